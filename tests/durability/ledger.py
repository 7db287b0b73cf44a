"""Transactions under kill -9, judged by a plain model: what was committed is there whole and once, what was aborted is nowhere.

`Ledger` is the model; `TransactionLoad` puts real clients to work on it (`transactors.py`). Judged:

- every record of a COMMITTED transaction is read by read_committed exactly once, at the offset it was acknowledged with;
- of an ABORTED one never any; of an UNKNOWN one all or none;
- a read_committed reader never gets a record before its commit was asked for;
- records of one writer stand in each partition in the order in which they were sent;
- the copy of a topic, made by copiers of one group, has every record of its source once and in the source's order;
- what readers (both isolations) got while the broker was killed is what a fresh reader gets from the start at the end: same
  records, same offsets, nothing between;
- at the end nothing is left open: both isolations have the same end offsets.
"""

from __future__ import annotations

import random
import threading
import time
from array import array
from collections import Counter
from dataclasses import dataclass, field

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from tests.durability.transactors import (
    Actor,
    Copier,
    Ended,
    Got,
    Outcome,
    Place,
    Reader,
    Writer,
    ends_of,
    quick,
    read_all,
)

FAILURES_MAX = 20
SOURCE, OTHER, COPY, GROUP = "kill9-source", "kill9-other", "kill9-copy", "kill9-copiers"
TOPICS = {SOURCE: 3, OTHER: 2, COPY: 3}
PLACES: list[Place] = [(topic, partition) for topic, count in TOPICS.items() for partition in range(count)]
WRITTEN: list[Place] = [place for place in PLACES if place[0] != COPY]
WORKERS = {"w0": 1, "w1": 2, "w2": 3, "c0": 4, "c1": 5}
# Small segments, so that kills also hit rolls and the transaction indexes of closed segments.
TOPIC_CONFIG = {"segment.bytes": str(1 << 20), "index.interval.bytes": "1024", "retention.ms": "-1"}
SETTLE_LIMIT_S = 120.0

_OUTCOMES = (Outcome.COMMITTED, Outcome.ABORTED, Outcome.UNKNOWN)


def packed(name: str) -> int:
    """`worker:transaction:index` as one number whose order, for one worker, is the order of sending."""
    worker, number, index = name.split("<", 1)[0].split(":")
    return WORKERS[worker] << 48 | int(number) << 16 | int(index)


def named(number: int) -> str:
    worker = next(name for name, value in WORKERS.items() if value == number >> 48)
    return f"{worker}:{number >> 16 & 0xFFFFFFFF}:{number & 0xFFFF}"


@dataclass
class Column:
    """What one reader got from one place: offsets ascending, and the records' packed names; for copies their sources' too."""

    offsets: array[int] = field(default_factory=lambda: array("q"))
    names: array[int] = field(default_factory=lambda: array("q"))
    sources: array[int] = field(default_factory=lambda: array("q"))

    def add(self, got: Got) -> str | None:
        """Returns what is wrong, if anything."""
        if got.name is None:
            return f"{got.place} offset {got.offset}: altered record"
        if self.offsets and got.offset <= self.offsets[-1]:
            return f"{got.place}: after offset {self.offsets[-1]} came {got.offset}"
        self.offsets.append(got.offset)
        self.names.append(packed(got.name))
        if "<" in got.name:
            self.sources.append(packed(got.name.split("<", 1)[1]))
        return None


Columns = dict[Place, Column]


def columns() -> Columns:
    return {place: Column() for place in PLACES}


class Ledger:
    """The model. Told by the clients' threads, judged at the end by `judge`."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._asked: set[int] = set()
        self._outcomes: dict[int, tuple[int, int]] = {}  # transaction -> (index into _OUTCOMES, records)
        self._places = {place: number for number, place in enumerate(PLACES)}
        self._acknowledged = (array("q"), array("b"), array("q"))  # name, place, offset
        self.live: dict[bool, Columns] = {True: columns(), False: columns()}

    def fail(self, what: str) -> None:
        with self._lock:
            if len(self.failures) < FAILURES_MAX:
                self.failures.append(what)

    def deciding(self, ended: Ended) -> None:
        with self._lock:
            self._asked.add(packed(f"{ended.worker}:{ended.number}:0"))

    def ended(self, ended: Ended) -> None:
        with self._lock:
            self.counts[ended.outcome.value] += 1
            key = packed(f"{ended.worker}:{ended.number}:0")
            if ended.sent:
                self._outcomes[key] = (_OUTCOMES.index(ended.outcome), len(ended.sent))
            if ended.outcome is Outcome.COMMITTED:
                names, places, offsets = self._acknowledged
                for sent in ended.sent:
                    # A report without an offset stands for "already there"; the final reading finds it all the same.
                    if sent.offset is not None:
                        names.append(packed(sent.name))
                        places.append(self._places[sent.place])
                        offsets.append(sent.offset)

    def polled(self, reader: str, committed: bool, got: list[Got]) -> None:
        live = self.live[committed]
        for one in got:
            wrong = live[one.place].add(one)
            if wrong is None and committed and one.name is not None:
                key = packed(one.name) & ~0xFFFF
                with self._lock:
                    early = key not in self._asked
                wrong = (
                    f"{one.place} offset {one.offset}: {one.name} before its commit was asked for" if early else None
                )
            if wrong is not None:
                self.fail(f"{reader}: {wrong}")

    def judge(self, committed: Columns, uncommitted: Columns) -> None:
        """`committed` and `uncommitted`: what fresh readers got from all places, from start to end, after everything had ended."""
        for isolation, final in ((True, committed), (False, uncommitted)):
            label = "read_committed" if isolation else "read_uncommitted"
            for place in PLACES:
                self._same(label, place, self.live[isolation][place], final[place])
                self._ordered(label, place, final[place])
        self._whole(committed)
        self._where_acknowledged(committed)
        self._subset(committed, uncommitted)
        self._copied(committed)

    def _same(self, label: str, place: Place, live: Column, final: Column) -> None:
        if live.offsets == final.offsets and live.names == final.names:
            return
        for position in range(max(len(live.offsets), len(final.offsets))):
            one, other = (
                (column.offsets[position], named(column.names[position])) if position < len(column.offsets) else None
                for column in (live, final)
            )
            if one != other:
                self.fail(f"{label} {place}: the reader that lived through it got {one}, a fresh one {other}")
                return

    def _ordered(self, label: str, place: Place, final: Column) -> None:
        """Sequences keep a producer's order and let nothing in twice: also among what was aborted."""
        last: dict[int, int] = {}
        for offset, name in zip(final.offsets, final.names, strict=True):
            before = last.get(name >> 48, -1)
            if name <= before:
                kind = "again" if name == before else f"behind {named(before)}"
                self.fail(f"{label} {place} offset {offset}: {named(name)} came {kind}")
                return
            last[name >> 48] = name

    def _whole(self, committed: Columns) -> None:
        seen: Counter[int] = Counter()
        for column in committed.values():
            seen.update(name & ~0xFFFF for name in column.names)
        for key, (number, count) in self._outcomes.items():
            outcome, found = _OUTCOMES[number], seen.pop(key, 0)
            right = {Outcome.COMMITTED: (count,), Outcome.ABORTED: (0,), Outcome.UNKNOWN: (0, count)}[outcome]
            if outcome is Outcome.UNKNOWN and found:
                self.counts["unknown, found committed"] += 1
            if found not in right:
                self.fail(f"transaction {named(key)} ({outcome.value}): {found} of {count} records are there")
        for key in seen:
            self.fail(f"records of {named(key)}, which nobody ended")

    def _where_acknowledged(self, committed: Columns) -> None:
        there = {place: dict(zip(column.offsets, column.names, strict=True)) for place, column in committed.items()}
        for name, place, offset in zip(*self._acknowledged, strict=True):
            found = there[PLACES[place]].get(offset)
            if found != name:
                instead = "nothing" if found is None else named(found)
                self.fail(f"{PLACES[place]} offset {offset}: {instead}, acknowledged was {named(name)}")

    def _subset(self, committed: Columns, uncommitted: Columns) -> None:
        for place in PLACES:
            rows = set(zip(uncommitted[place].offsets, uncommitted[place].names, strict=True))
            for row in zip(committed[place].offsets, committed[place].names, strict=True):
                if row not in rows:
                    self.fail(f"{place} offset {row[0]}: read_committed has {named(row[1])}, read_uncommitted has not")
                    return

    def _copied(self, committed: Columns) -> None:
        for partition in range(TOPICS[SOURCE]):
            source, copy = committed[SOURCE, partition].names, committed[COPY, partition].sources
            if source == copy:
                continue
            many = [named(name) for name, count in Counter(copy).items() if count > 1]
            lost = [named(name) for name in set(source) - set(copy)]
            strange = [named(name) for name in set(copy) - set(source)]
            self.fail(
                f"copy of {SOURCE}-{partition}: {len(source)} records became {len(copy)}; more than once {many[:5]}, "
                f"lost {lost[:5]}, of nothing {strange[:5]}" + ("" if many or lost or strange else ", in another order")
            )


class TransactionLoad:
    """Three writers, two copiers in one group, a reader of each isolation, and the ledger they report to."""

    def __init__(self, bootstrap: str, seed: int, *, pause_s: float = 0.05) -> None:
        self.bootstrap = bootstrap
        self.ledger = Ledger()

        def rng(number: int) -> random.Random:
            return random.Random(seed * 1000 + number)

        self.writers = [Writer(f"w{n}", bootstrap, self.ledger, rng(n), WRITTEN, pause_s) for n in range(3)]
        self.copiers = [
            Copier(f"c{n}", bootstrap, self.ledger, rng(10 + n), SOURCE, COPY, GROUP, pause_s) for n in range(2)
        ]
        self.readers = [
            Reader("committed", bootstrap, self.ledger, rng(20), PLACES, committed=True),
            Reader("uncommitted", bootstrap, self.ledger, rng(21), PLACES, committed=False),
        ]

    @staticmethod
    def create_topics(bootstrap: str) -> None:
        admin = AdminClient(quick(bootstrap))
        for future in admin.create_topics(
            [NewTopic(topic, count, 1, config=TOPIC_CONFIG) for topic, count in TOPICS.items()]
        ).values():
            future.result(30)
        deadline = time.monotonic() + 30
        while not set(TOPICS) <= set(admin.list_topics(timeout=10).topics):
            if time.monotonic() > deadline:
                raise TimeoutError(f"topics {sorted(TOPICS)} do not appear")
            time.sleep(0.05)

    def _actors(self) -> list[Actor]:
        return [*self.writers, *self.copiers, *self.readers]

    def start(self) -> None:
        for actor in self._actors():
            actor.thread.start()

    def progress(self) -> str:
        counts = self.ledger.counts
        copied = sum(copier.copied for copier in self.copiers)
        return f"{counts['committed']} committed, {counts['aborted']} aborted, {counts['unknown']} unknown, {copied} copied"

    def summary(self) -> dict[str, int]:
        return dict(self.ledger.counts) | {"records copied": sum(copier.copied for copier in self.copiers)}

    def finish(self) -> None:
        """Ends everything against a running broker and judges."""
        for writer in self.writers:
            writer.finish(SETTLE_LIMIT_S)
        self._wait_for_copies()
        for copier in self.copiers:
            copier.finish(SETTLE_LIMIT_S)
        stable = ends_of(self.bootstrap, PLACES, committed=True)
        ends = ends_of(self.bootstrap, PLACES, committed=False)
        for place in PLACES:
            if stable[place] != ends[place]:
                self.ledger.fail(f"{place}: open at the end from offset {stable[place]} of {ends[place]}")
        finals: dict[bool, Columns] = {True: columns(), False: columns()}
        for committed, final in finals.items():

            def keep(got: Got, final: Columns = final) -> None:
                wrong = final[got.place].add(got)
                if wrong is not None:
                    self.ledger.fail(f"the final reading: {wrong}")

            limit_s = SETTLE_LIMIT_S + sum(ends.values()) / 5_000
            for wrong in read_all(self.bootstrap, ends, keep, committed=committed, limit_s=limit_s):
                self.ledger.fail(wrong)
        self._wait_for_readers(finals)
        for reader in self.readers:
            reader.finish(SETTLE_LIMIT_S)
        self.ledger.judge(finals[True], finals[False])

    def _wait_for_copies(self) -> None:
        """Until the group's committed offsets stand behind the last visible record of each source partition."""
        consumer = Consumer(quick(self.bootstrap) | {"group.id": GROUP, "isolation.level": "read_committed"})
        source = [place for place in PLACES if place[0] == SOURCE]
        last = dict.fromkeys(source, -1)

        def note(got: Got) -> None:
            last[got.place] = got.offset

        ends = ends_of(self.bootstrap, source, committed=True)
        for wrong in read_all(self.bootstrap, ends, note, committed=True, limit_s=SETTLE_LIMIT_S):
            self.ledger.fail(wrong)
        deadline = time.monotonic() + SETTLE_LIMIT_S
        while True:
            rows = consumer.committed([TopicPartition(*place) for place in source], 10)
            at = {(row.topic, row.partition): row.offset if row.error is None else -1 for row in rows}
            behind = [place for place in source if max(at[place], 0) <= last[place]]
            if not behind:
                break
            if time.monotonic() > deadline:
                self.ledger.fail(f"the copiers stand at {at}, the last records at {sorted(last.items())}")
                break
            time.sleep(0.1)
        consumer.close()

    def _wait_for_readers(self, finals: dict[bool, Columns]) -> None:
        deadline = time.monotonic() + SETTLE_LIMIT_S
        while time.monotonic() < deadline:
            if all(
                len(self.ledger.live[committed][place].offsets) >= len(column.offsets)
                for committed, final in finals.items()
                for place, column in final.items()
            ):
                return
            time.sleep(0.05)
