"""Rounds of `kill -9` under load, and an auditor with its own plain model of what must have survived.

    python -m tests.durability.kill9 --rounds 200 --seed 1

One data directory lives through all rounds. In each round the broker is started, loaded and killed at a random moment (sometimes
while it is still starting, sometimes stopped in good order instead). The producers live through the kills: what they had in flight
they send again, with the same sequence numbers. Judged, while it runs and again at the end by reading every partition from its start:

- every record acknowledged with acks=all stands, unaltered, at the offset it was acknowledged with; so does one acknowledged
  with acks=1, since a killed process does not take the page cache with it;
- for each idempotent producer and partition the records are 0, 1, 2, ... without gap or duplicate, in order;
- offsets are dense, and what any consumer once read is still there, the same, at the same offset;
- committed group offsets never go back behind a commit that was answered, topics answered as created exist, deleted ones do not;
- transactions, consume-transform-produce and read_committed readers by the rules that stand in `ledger.py`.

The transactional clients are processes of their own (`hosted.py`): an assertion of librdkafka's own ends one of them, not the run.

`--server kafka` runs the same rounds against Apache Kafka, which checks this program.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from tests.durability.crew import TOPICS, create_topics
from tests.durability.hosted import client_aborts_line
from tests.durability.ledger import TransactionLoad
from tests.durability.lives import Server, lives
from tests.durability.transactors import Reported

TOPIC = "kill9"
GROUP = "kill9-group"
PARTITIONS = 4
CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
FILLER = hashlib.shake_256(b"kill9").digest(64 * 1024)
SIZE_MAX = 1500
# Small segments, so that kills also hit rolls, index files and closed segments.
TOPIC_CONFIG = {"segment.bytes": str(1 << 20), "index.interval.bytes": "1024", "retention.ms": "-1"}
SETTLE_LIMIT_S = 60.0
CHUNK = 40
FAILURES_MAX = 20


def value_of(producer: int, partition: int, number: int) -> bytes:
    """The one right value of a record: its name, and filler whose place and length follow from the name."""
    mixed = (producer * 7919 + partition * 104729 + number * 31337) & 0x7FFFFFFF
    start, size = mixed % (len(FILLER) - SIZE_MAX), (mixed >> 7) % SIZE_MAX
    # Half of the records repeat one byte, so that the codecs have something to find.
    filler = FILLER[start : start + size] if mixed & 1 else FILLER[start : start + 1] * size
    return b"%d:%d:%d:" % (producer, partition, number) + filler


def packed(producer: int, number: int) -> int:
    return producer << 40 | number


class Acknowledged:
    """(name, partition, offset) of millions of records, in 17 bytes each."""

    def __init__(self) -> None:
        self._columns = (array("q"), array("b"), array("q"))

    def append(self, row: tuple[int, int, int]) -> None:
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def __len__(self) -> int:
        return len(self._columns[2])

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return zip(*self._columns, strict=True)


@dataclass
class Model:
    """What was acknowledged and what was read; every contradiction becomes a line in `failures`."""

    failures: list[str] = field(default_factory=list)
    seen: list[array[int]] = field(default_factory=lambda: [array("q") for _ in range(PARTITIONS)])
    sent: dict[tuple[int, int], int] = field(default_factory=dict)
    acknowledged: Acknowledged = field(default_factory=Acknowledged)
    idempotent: set[int] = field(default_factory=set)
    next_number: dict[tuple[int, int], int] = field(default_factory=dict)
    topics: dict[str, bool | None] = field(default_factory=dict)
    commit_answered: int = 0
    commit_tried: int = 0
    duplicates: int = 0
    without_offset: int = 0

    def fail(self, what: str) -> None:
        if len(self.failures) < FAILURES_MAX:
            self.failures.append(what)

    def read(self, message: Message) -> None:
        """One record as the tail reader got it, the next of its partition."""
        partition, offset = message.partition(), message.offset()
        known = self.seen[partition]
        name = self._name(message)
        if name is None:
            return
        producer, number = name
        if offset != len(known):
            self.fail(f"partition {partition}: after offset {len(known) - 1} came {offset}")
            return
        known.append(packed(producer, number))
        wanted = self.next_number.get((producer, partition), 0)
        if producer in self.idempotent:
            if number != wanted:
                kind = "again" if number < wanted else "too early"
                self.fail(
                    f"partition {partition} offset {offset}: producer {producer}: {number} came {kind}, {wanted} was next"
                )
        elif number < wanted:
            self.duplicates += 1  # acks=1 without idempotence: a retry may double a record
        self.next_number[producer, partition] = max(wanted, number + 1)

    def read_again(self, message: Message) -> None:
        """One record of the final reading, from the start of each partition."""
        partition, offset = message.partition(), message.offset()
        name = self._name(message)
        known = self.seen[partition]
        if name is not None and (offset >= len(known) or known[offset] != packed(*name)):
            self.fail(f"partition {partition} offset {offset}: now {name}, before it was another record")

    def _name(self, message: Message) -> tuple[int, int] | None:
        value = message.value() or b""
        producer, partition, number = (int(part) for part in value.split(b":", 3)[:3])
        if partition != message.partition() or value != value_of(producer, partition, number):
            self.fail(f"partition {message.partition()} offset {message.offset()}: altered record {value[:60]!r}")
            return None
        return producer, number

    def judge(self) -> None:
        """At the very end: everything acknowledged is where it was acknowledged, everything sent by idempotence is there."""
        for name, partition, offset in self.acknowledged:
            known = self.seen[partition]
            if offset >= len(known) or known[offset] != name:
                self.fail(f"partition {partition} offset {offset}: acknowledged {divmod(name, 1 << 40)}, not there")
        for (producer, partition), count in self.sent.items():
            if producer in self.idempotent and self.next_number.get((producer, partition), 0) != count:
                got = self.next_number.get((producer, partition), 0)
                self.fail(f"producer {producer} partition {partition}: sent and flushed {count}, the log has {got}")


class Load:
    """Producers that live through kills, driven by one thread."""

    def __init__(self, bootstrap: str, model: Model, rng: random.Random) -> None:
        self.model = model
        self.rng = rng
        self.paused = threading.Event()
        self.ended = threading.Event()
        self.producers: list[tuple[int, Producer]] = []
        self.bootstrap = bootstrap
        self.reported: defaultdict[int, Reported] = defaultdict(Reported)
        self._ids = 0
        for codec in CODECS:
            self._add(codec, idempotent=True)
        self._add("none", idempotent=False)
        self._add("lz4", idempotent=False)
        self.thread = threading.Thread(target=self._run, name="load", daemon=True)

    def _add(self, codec: str, *, idempotent: bool) -> None:
        self._ids += 1
        settings = {
            "bootstrap.servers": self.bootstrap,
            "compression.type": codec,
            "linger.ms": self.rng.choice([0, 2, 10]),
            "batch.num.messages": self.rng.choice([10, 100, 1000]),
            "queue.buffering.max.messages": 2000,
            "message.timeout.ms": 300_000,
            "reconnect.backoff.ms": 20,
            "reconnect.backoff.max.ms": 100,
            "retry.backoff.ms": 20,
            "retry.backoff.max.ms": 100,
            "topic.metadata.refresh.interval.ms": 5000,
            "error_cb": self._on_error,
            "logger": _silent(),
        }
        if idempotent:
            settings["enable.idempotence"] = True
            self.model.idempotent.add(self._ids)
        else:
            settings |= {"acks": 1, "retries": 1000}
        self.producers.append((self._ids, Producer(settings)))

    def _on_error(self, error: KafkaError) -> None:
        if error.fatal():
            self.model.fail(f"a producer gave up: {error}")

    def _run(self) -> None:
        while not self.ended.is_set():
            if self.paused.is_set():
                for _, producer in self.producers:
                    producer.poll(0.01)
                continue
            for number, producer in self.producers:
                self._chunk(number, producer)
                producer.poll(0)
            time.sleep(0.004)  # a pace both cores can bear; the kills, not the rate, are the test

    def _chunk(self, number: int, producer: Producer) -> None:
        partition = self.rng.randrange(PARTITIONS)
        reported = self.reported[number]
        for _ in range(self.rng.randrange(1, CHUNK)):
            sequence = self.model.sent.get((number, partition), 0)
            name = packed(number, sequence)

            def delivered(error: KafkaError | None, message: Message, name: int = name) -> None:
                if error is not None:
                    self.model.fail(f"delivery of {divmod(name, 1 << 40)} failed: {error}")
                else:
                    at = reported.offset((TOPIC, partition), message.offset())
                    if at is None:
                        self.model.without_offset += 1
                    else:
                        self.model.acknowledged.append((name, partition, at))

            try:
                producer.produce(
                    TOPIC, value_of(number, partition, sequence), partition=partition, on_delivery=delivered
                )
            except BufferError:
                return  # the broker is away and the queue is full
            except KafkaException as refused:
                self.model.fail(f"producer {number}: {refused}")
                return
            self.model.sent[number, partition] = sequence + 1

    def finish(self) -> None:
        """Ends the load and waits until everything is acknowledged."""
        self.ended.set()
        self.thread.join(30)
        for number, producer in self.producers:
            left = producer.flush(SETTLE_LIMIT_S)
            if left:
                self.model.fail(
                    f"producer {number}: {left} records unanswered {SETTLE_LIMIT_S:.0f} s after the last start"
                )


class Tail:
    """Reads everything as it becomes visible, across the kills."""

    def __init__(self, bootstrap: str, model: Model) -> None:
        self.model = model
        self.ended = threading.Event()
        self.consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "kill9-tail",
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "fetch.wait.max.ms": 50,
                "reconnect.backoff.ms": 20,
                "reconnect.backoff.max.ms": 100,
                "logger": _silent(),
            }
        )
        self.consumer.assign([TopicPartition(TOPIC, partition, 0) for partition in range(PARTITIONS)])
        self.thread = threading.Thread(target=self._run, name="tail", daemon=True)

    def _run(self) -> None:
        while not self.ended.is_set():
            for message in self.consumer.consume(500, 0.1):
                error = message.error()
                if error is None:
                    self.model.read(message)
                elif error.code() == KafkaError._AUTO_OFFSET_RESET:
                    self.model.fail(f"the log went back behind what was read: {message.error()}")
                    self.ended.set()

    def read_to(self, ends: list[int]) -> None:
        deadline = time.monotonic() + SETTLE_LIMIT_S
        while any(len(seen) < end for seen, end in zip(self.model.seen, ends, strict=True)):
            if time.monotonic() > deadline or self.ended.is_set():
                have = [len(seen) for seen in self.model.seen]
                self.model.fail(f"the tail reader came to {have} of {ends}")
                break
            time.sleep(0.05)
        self.ended.set()
        self.thread.join(10)
        self.consumer.close()


class Clerk:
    """Commits offsets and makes topics; what was answered must stay."""

    def __init__(self, bootstrap: str, model: Model) -> None:
        self.model = model
        self.ended = threading.Event()
        quick = {"bootstrap.servers": bootstrap, "reconnect.backoff.max.ms": 100, "logger": _silent()}
        self.consumer = Consumer({**quick, "group.id": GROUP, "enable.auto.commit": False})
        self.admin = AdminClient(quick)
        self.thread = threading.Thread(target=self._run, name="clerk", daemon=True)

    def _run(self) -> None:
        turn = 0
        while not self.ended.is_set():
            turn += 1
            self.commit()
            if turn % 5 == 0:
                self.check_commit()
                self.make_or_delete(turn)
            self.ended.wait(0.02)

    def commit(self) -> None:
        self.model.commit_tried += 1
        tried = self.model.commit_tried
        try:
            row = TopicPartition(TOPIC, 0, tried, metadata=f"turn {tried}")
            self.consumer.commit(offsets=[row], asynchronous=False)
        except KafkaException:
            return  # its outcome is open: it may or may not have landed
        self.model.commit_answered = tried

    def check_commit(self, limit_s: float = 3.0) -> bool:
        answered = self.model.commit_answered
        try:
            (row,) = self.consumer.committed([TopicPartition(TOPIC, 0)], timeout=limit_s)
        except KafkaException:
            return False
        if row.error is not None:
            return False
        if not answered <= max(row.offset, 0) <= self.model.commit_tried:
            self.model.fail(
                f"committed offset is {row.offset}; {answered} was answered, {self.model.commit_tried} tried"
            )
        return True

    def make_or_delete(self, turn: int) -> None:
        standing = [name for name, exists in self.model.topics.items() if exists]
        if len(standing) > 5:
            name = standing[0]
            self.model.topics[name] = None  # open until answered
            futures, settled = self.admin.delete_topics([name], request_timeout=2), False
        else:
            name = f"kill9-made-{turn}"
            self.model.topics[name] = None
            futures, settled = self.admin.create_topics([NewTopic(name, 2, 1)], request_timeout=2), True
        try:
            futures[name].result(5)
        except KafkaException:
            return
        self.model.topics[name] = settled

    def finish(self) -> None:
        self.ended.set()
        self.thread.join(30)
        deadline = time.monotonic() + SETTLE_LIMIT_S
        while not self.check_commit():
            if time.monotonic() > deadline:
                self.model.fail("committed offsets could not be read after the last start")
                break
            time.sleep(0.2)
        names = set(self.admin.list_topics(timeout=20).topics)
        for name, exists in self.model.topics.items():
            if exists is not None and exists != (name in names):
                self.model.fail(
                    f"topic {name} was answered as {'created' if exists else 'deleted'}, the listing disagrees"
                )
        self.consumer.close()


def _silent() -> Any:
    """librdkafka reports each lost connection; here they are the point."""
    import logging

    logger = logging.getLogger("kill9.librdkafka")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def create_topic(bootstrap: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1, config=TOPIC_CONFIG)])[TOPIC].result(30)
    deadline = time.monotonic() + 30
    while TOPIC not in admin.list_topics(timeout=10).topics:
        if time.monotonic() > deadline:
            raise TimeoutError(f"topic {TOPIC} does not appear")
        time.sleep(0.05)


def ends_of(bootstrap: str) -> list[int]:
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "kill9-ends"})
    rows = [TopicPartition(TOPIC, partition) for partition in range(PARTITIONS)]
    ends = [int(consumer.get_watermark_offsets(row, timeout=30, cached=False)[1]) for row in rows]
    consumer.close()
    return ends


def read_all(bootstrap: str, ends: list[int], each: Callable[[Message], None], fail: Callable[[str], None]) -> None:
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "kill9-again", "enable.auto.commit": False, "check.crcs": True}
    )
    consumer.assign([TopicPartition(TOPIC, partition, OFFSET_BEGINNING) for partition in range(PARTITIONS)])
    left, deadline = sum(ends), time.monotonic() + SETTLE_LIMIT_S + sum(ends) / 20_000
    while left > 0:
        for message in consumer.consume(1000, 0.5):
            if message.error() is None:
                each(message)
                left -= 1
            else:
                fail(f"the final reading: {message.error()}")
        if time.monotonic() > deadline:
            fail(f"the final reading misses {left} of {sum(ends)} records")
            break
    consumer.close()


@dataclass(frozen=True)
class Report:
    """What one run came to. `failures` is empty when nothing was lost, altered, doubled or taken back."""

    seed: int
    rounds: int
    seconds: float
    records: int
    acknowledged: int
    without_offset: int
    duplicates_of_acks_1: int
    commits: int
    transactions: dict[str, int]
    client_aborts: Counter[str]
    failures: list[str]

    def __str__(self) -> str:
        verdict = "PASS" if not self.failures else "FAIL"
        lines = [
            f"kill9 {verdict}: seed {self.seed}, {self.rounds} rounds in {self.seconds:.0f} s ({self.seconds / self.rounds:.2f} s each); "
            f"{self.records} records in the log, {self.acknowledged} acknowledged "
            f"({self.without_offset} more as duplicates, without offset), {self.commits} commits answered, "
            f"{self.duplicates_of_acks_1} records doubled by acks=1 retries (allowed); "
            f"transactions: {', '.join(f'{count} {what}' for what, count in self.transactions.items())}",
            client_aborts_line(self.client_aborts),
        ]
        return "\n".join([*lines, *(f"  {failure}" for failure in self.failures)])


def run(
    server: Server,
    *,
    rounds: int,
    seed: int,
    load_s: float = 1.0,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """`rounds` lives of `server` on one data directory. Stops early at the first contradiction."""
    begun = time.monotonic()
    server.start()
    create_topic(server.bootstrap)
    create_topics(server.bootstrap, TOPICS)
    transactions = TransactionLoad(server.bootstrap, seed)
    try:
        return _run(server, transactions, begun, rounds, seed, load_s, progress)
    finally:
        transactions.abandon()


def _run(
    server: Server,
    transactions: TransactionLoad,
    begun: float,
    rounds: int,
    seed: int,
    load_s: float,
    progress: Callable[[str], None],
) -> Report:
    rng = random.Random(seed)
    model = Model()
    load = Load(server.bootstrap, model, random.Random(seed + 1))
    tail, clerk = Tail(server.bootstrap, model), Clerk(server.bootstrap, model)
    for part in (load, tail, clerk):
        part.thread.start()
    transactions.start()
    done = 0
    for done in lives(server, rounds, rng, load_s):
        if done % 10 == 0 or done == rounds:
            progress(
                f"round {done}/{rounds} after {time.monotonic() - begun:.0f} s: {sum(map(len, model.seen))} records, "
                f"{len(model.acknowledged)} acknowledged; transactions: {transactions.progress()}; "
                f"this program: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
            )
        failures = [*model.failures, *transactions.ledger.failures]
        if failures:
            progress("\n".join([f"no more than {done} rounds, because:", *failures]))
            break
    clerk.finish()
    load.finish()
    transactions.end()
    ends = ends_of(server.bootstrap)
    tail.read_to(ends)
    model.judge()
    read_all(server.bootstrap, ends, model.read_again, model.fail)
    server.stop()
    return Report(
        seed=seed,
        rounds=done,
        seconds=time.monotonic() - begun,
        records=sum(ends),
        acknowledged=len(model.acknowledged),
        without_offset=model.without_offset,
        duplicates_of_acks_1=model.duplicates,
        commits=model.commit_answered,
        transactions=transactions.summary(),
        client_aborts=transactions.client_aborts,
        failures=[*model.failures, *transactions.ledger.failures],
    )


def main() -> int:
    from bench.kafka_server import KafkaServer
    from bench.ottla_server import OttlaServer

    parser = argparse.ArgumentParser(description="Kill the broker again and again under load; judge what survived.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--load-s", type=float, default=1.0, help="longest life of a broker before its kill, in seconds"
    )
    parser.add_argument("--server", choices=["ottla", "kafka"], default="ottla")
    parser.add_argument("--keep", action="store_true", help="keep the folder with data and log")
    chosen = parser.parse_args()
    # So that the broker is ended and the folder removed, as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    folder = Path(tempfile.mkdtemp(prefix="kill9-"))
    server: Server = OttlaServer(folder) if chosen.server == "ottla" else KafkaServer(folder)
    try:
        report = run(server, rounds=chosen.rounds, seed=chosen.seed, load_s=chosen.load_s, progress=print)
        print(report)
        if report.failures:
            print(server.log_tail())
        return 1 if report.failures else 0
    finally:
        server.kill()
        if chosen.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
