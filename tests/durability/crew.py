"""Transactional clients at work on three topics, each in a process of its own, and how they are brought to an end: what `ledger.py`
and `tests/histories` share.

`SOURCE` and `OTHER` are written by transactions over both, `COPY` is made of `SOURCE` by two copiers of one group.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from tests.durability.hosted import Abort, Hosted, Make
from tests.durability.transactors import Actor, Copier, Got, Place, Reader, Sink, Writer, ends_of, quick, read_all

SOURCE, OTHER, COPY, GROUP = "kill9-source", "kill9-other", "kill9-copy", "kill9-copiers"
TOPICS = {SOURCE: 3, OTHER: 2, COPY: 3}
PLACES: list[Place] = [(topic, partition) for topic, count in TOPICS.items() for partition in range(count)]
WRITTEN: list[Place] = [place for place in PLACES if place[0] != COPY]
# Small segments, so that kills also hit rolls and the transaction indexes of closed segments.
TOPIC_CONFIG = {"segment.bytes": str(1 << 20), "index.interval.bytes": "1024", "retention.ms": "-1"}
SETTLE_LIMIT_S = 120.0


class Crew:
    """Three writers, two copiers in one group, a reader of each isolation. `more`: further actors, ended with the writers.

    `aborts`, for tests: what the processes of an actor, by its name, do one after the other.
    """

    def __init__(
        self,
        bootstrap: str,
        seed: int,
        sink: Sink,
        *,
        pause_s: float = 0.05,
        more: list[Actor] | None = None,
        aborts: Mapping[str, Sequence[Abort]] | None = None,
    ) -> None:
        self.bootstrap = bootstrap
        self.sink = sink

        def rng(number: int) -> random.Random:
            return random.Random(seed * 1000 + number)

        def hosted(name: str, number: int, make: Make) -> Hosted:
            return Hosted(name, bootstrap, sink, rng(number), make, (aborts or {}).get(name, ()))

        write = partial(Writer, places=WRITTEN, pause_s=pause_s)
        copy = partial(Copier, source=SOURCE, target=COPY, group=GROUP, pause_s=pause_s)
        self.writers = [hosted(f"w{n}", n, write) for n in range(3)]
        self.more = more or []
        self.copiers = [hosted(f"c{n}", 10 + n, copy) for n in range(2)]
        self.readers = [
            Reader("committed", bootstrap, sink, rng(20), PLACES, committed=True),
            Reader("uncommitted", bootstrap, sink, rng(21), PLACES, committed=False),
        ]

    def _actors(self) -> list[Actor]:
        return [*self.writers, *self.more, *self.copiers, *self.readers]

    def start(self) -> None:
        for actor in self._actors():
            actor.thread.start()

    @property
    def copied(self) -> int:
        return sum(copier.copied for copier in self.copiers)

    @property
    def client_aborts(self) -> Counter[str]:
        """How often the client library ended a client's process, by what it said."""
        # Copies: the clients' threads may be counting on.
        counted = (hosted.client_aborts.copy() for hosted in (*self.writers, *self.copiers))
        return sum(counted, Counter[str]())

    def abandon(self) -> None:
        """Ends what still runs, without judgement: for a run that was broken off. Harmless after `finish`."""
        for actor in self._actors():
            actor.ending.set()
        for hosted in (*self.writers, *self.copiers):
            hosted.abandon()

    def finish(self, each: Callable[[bool, Got], None]) -> None:
        """Ends everything against a running broker; `each` is told of every record that fresh readers of both isolations then get."""
        for writer in (*self.writers, *self.more):
            writer.finish(SETTLE_LIMIT_S)
        wait_for_copies(self.bootstrap, GROUP, [place for place in PLACES if place[0] == SOURCE], self.sink.fail)
        for copier in self.copiers:
            copier.finish(SETTLE_LIMIT_S)
        stable = ends_of(self.bootstrap, PLACES, committed=True)
        ends = ends_of(self.bootstrap, PLACES, committed=False)
        for place in PLACES:
            if stable[place] != ends[place]:
                self.sink.fail(f"{place}: open at the end from offset {stable[place]} of {ends[place]}")
        for reader in self.readers:
            wanted: Counter[Place] = Counter()

            def keep(got: Got, reader: Reader = reader, wanted: Counter[Place] = wanted) -> None:
                wanted[got.place] += 1
                each(reader.committed, got)

            limit_s = SETTLE_LIMIT_S + sum(ends.values()) / 5_000
            for wrong in read_all(self.bootstrap, ends, keep, committed=reader.committed, limit_s=limit_s):
                self.sink.fail(wrong)
            deadline = time.monotonic() + SETTLE_LIMIT_S
            while not reader.got >= wanted and time.monotonic() < deadline:
                time.sleep(0.05)
            reader.finish(SETTLE_LIMIT_S)


def wait_for_copies(bootstrap: str, group: str, source: list[Place], fail: Callable[[str], None]) -> None:
    """Until the group's committed offsets stand behind the last visible record of each source partition."""
    consumer = Consumer(quick(bootstrap) | {"group.id": group, "isolation.level": "read_committed"})
    last = dict.fromkeys(source, -1)

    def note(got: Got) -> None:
        last[got.place] = got.offset

    ends = ends_of(bootstrap, source, committed=True)
    for wrong in read_all(bootstrap, ends, note, committed=True, limit_s=SETTLE_LIMIT_S):
        fail(wrong)
    # Lives too short for a consumer to find its coordinator leave the copiers behind: the longer the run, the more there is to catch up.
    deadline = time.monotonic() + SETTLE_LIMIT_S + sum(ends.values()) / 100
    while True:
        at: dict[Place, int] = {}
        try:
            rows = consumer.committed([TopicPartition(*place) for place in source], 10)
            at = {(row.topic, row.partition): row.offset for row in rows if row.error is None}
        except KafkaException as refused:
            if not refused.args[0].retriable() and refused.args[0].code() != KafkaError.NOT_COORDINATOR:
                raise  # Apache Kafka says NOT_COORDINATOR for a while after its start
        if all(at.get(place, -1) > last[place] for place in source if last[place] >= 0):
            break
        if time.monotonic() > deadline:
            fail(f"the copiers of {group} stand at {sorted(at.items())}, the last records at {sorted(last.items())}")
            break
        time.sleep(0.1)
    consumer.close()


def create_topics(bootstrap: str, topics: Mapping[str, int]) -> None:
    """Topics of these names and numbers of partitions; returns when they can be used."""
    admin = AdminClient(quick(bootstrap))
    wanted = [NewTopic(topic, count, 1, config=TOPIC_CONFIG) for topic, count in topics.items()]
    for future in admin.create_topics(wanted).values():
        future.result(30)
    deadline = time.monotonic() + 30
    while not set(topics) <= set(admin.list_topics(timeout=10).topics):
        if time.monotonic() > deadline:
            raise TimeoutError(f"topics {sorted(topics)} do not appear")
        time.sleep(0.05)
