"""Real transactional clients (librdkafka) that live through kills of their broker: writers, copiers and readers.

What they do and what they are told goes to a `Sink`; they judge nothing. `ledger.py` (rounds of kill -9) and `tests/histories` (the
Elle-style checker) are two judges that share no code with each other. Writers and copiers each live in a process of their own
(`hosted.py`) and tell a `ClientSink` more: what is needed to judge a client whose library ended its process.

Of every transaction its worker says one of three things. COMMITTED: the commit was answered. ABORTED: a commit was never asked for
and another producer took over the id, or the abort was answered, or librdkafka said that it must be aborted and it was. UNKNOWN: the
commit was asked for and its answer never heard; all or nothing of it may stand.

A value names itself: `worker:transaction:index`, for a copy `worker:transaction:index<value of the source`, then `|` and filler that
follows from the name, so that every record is unique and an altered one shows.
"""

from __future__ import annotations

import hashlib
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol
from zlib import crc32

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition

# Text, so that a copier that takes values for strings copies them unaltered.
FILLER = hashlib.shake_256(b"transactors").hexdigest(32 * 1024).encode()
CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
CALL_LIMIT_S = 5.0
# How long one transaction may take to end while the broker comes and goes.
PATIENCE_S = 90.0
TIMEOUTS_MS = (8_000, 20_000, 60_000)

Place = tuple[str, int]


class Outcome(Enum):
    COMMITTED = "committed"
    ABORTED = "aborted"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Sent:
    """One record handed to the producer. `offset` is what the delivery report said; None when none came."""

    place: Place
    name: str
    offset: int | None = None


@dataclass(slots=True)
class Got:
    """One record as a consumer handed it over; `name` is None when the value was not what its name says."""

    place: Place
    offset: int
    name: str | None


@dataclass(slots=True)
class Ended:
    """One transaction, over. Times are of `time.monotonic`; `deciding_s` is when the commit was asked for, None if it was not."""

    worker: str
    number: int
    begun_s: float
    sent: list[Sent] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    session: int = 0
    deciding_s: float | None = None
    ended_s: float = 0.0
    outcome: Outcome = Outcome.UNKNOWN


class Failures(Protocol):
    """Who is told what went wrong."""

    def fail(self, what: str) -> None: ...


class Sink(Failures, Protocol):
    """Who is told. Called from the actors' threads."""

    def deciding(self, ended: Ended) -> None:
        """A commit is about to be asked for."""

    def ended(self, ended: Ended) -> None: ...
    def polled(self, reader: str, committed: bool, got: list[Got]) -> None: ...


class ClientSink(Failures, Protocol):
    """Whom one transactional client tells each step, before it takes it."""

    def begun(self, ended: Ended) -> None:
        """The transaction's number is used up; what it read is known, nothing is sent yet."""

    def sending(self, ended: Ended, sent: Sent) -> None:
        """`sent` is about to be handed to the producer."""

    def deciding(self, ended: Ended) -> None:
        """A commit is about to be asked for; `sent` is whole. Returns when that is noted."""

    def ended(self, ended: Ended) -> None: ...
    def took_over(self) -> None:
        """The first producer of a client that has a dead one's transactional id: nothing of the dead one is open any more."""


def value_of(name: str) -> bytes:
    """The one right value of the record of this name."""
    mixed = crc32(name.encode())
    size = (mixed >> 8) % 400 if mixed & 7 else (mixed >> 8) % 6000
    start = (mixed >> 16) % (len(FILLER) - 6000)
    return name.encode() + b"|" + FILLER[start : start + size]


def name_of(value: bytes) -> str | None:
    name = value.split(b"|", 1)[0].decode(errors="replace")
    return name if value == value_of(name) else None


def place_of(message: Message) -> Place:
    topic, partition = message.topic(), message.partition()
    assert topic is not None
    assert partition is not None
    return topic, partition


def got_of(message: Message) -> Got:
    offset = message.offset()
    assert offset is not None
    return Got(place_of(message), offset, name_of(message.value() or b""))


class Reported:
    """The offsets of one producer's delivery reports, None where the report's is made up.

    A retried batch that is out of the broker's window of five (after a restart only the last batch of a snapshot is in it, in Apache
    Kafka as well) is answered DUPLICATE_SEQUENCE_NUMBER with base offset -1. To librdkafka that is a success, and it counts on from
    -1: no offset for the batch's first record, then 0, 1, 2.
    """

    def __init__(self) -> None:
        self._made_up: dict[Place, int] = {}

    def offset(self, place: Place, offset: int | None) -> int | None:
        """The offset reported for the next record of this place, or None."""
        if offset is None or offset < 0:
            self._made_up[place] = 0
            return None
        if self._made_up.get(place) == offset:
            self._made_up[place] += 1
            return None
        self._made_up.pop(place, None)
        return offset


def silent() -> Any:
    """librdkafka reports each lost connection; here they are the point."""
    logger = logging.getLogger("transactors.librdkafka")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def quick(bootstrap: str) -> dict[str, Any]:
    """Settings of a client whose broker is away for a second now and then."""
    return {
        "bootstrap.servers": bootstrap,
        "reconnect.backoff.ms": 20,
        "reconnect.backoff.max.ms": 100,
        "retry.backoff.ms": 20,
        "retry.backoff.max.ms": 100,
        "topic.metadata.refresh.interval.ms": 5000,
        # With `rebootstrap` send_offsets_to_transaction may wait for ever for a broker that librdkafka itself has taken out of
        # service because no broker was up (librdkafka issues 5511 and 5456).
        "metadata.recovery.strategy": "none",
        "logger": silent(),
        "error_cb": lambda _: None,
    }


class Actor:
    """A thread that acts until it is told to end."""

    def __init__(self, name: str, bootstrap: str, sink: Failures, rng: random.Random) -> None:
        self.name = name
        self.bootstrap = bootstrap
        self.sink = sink
        self.rng = rng
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.act, name=name, daemon=True)

    def act(self) -> None:
        """Until it is told to end. What its thread does, or the process that it has for itself."""
        try:
            self._enter()
            self._run()
        except (KafkaException, RuntimeError, AssertionError, OSError) as error:
            self.sink.fail(f"{self.name} ended: {error!r}")

    def _enter(self) -> None:
        """Before it acts."""

    def _run(self) -> None:
        raise NotImplementedError

    def finish(self, limit_s: float) -> None:
        """Lets it end what it has begun; what does not end in time is a failure of its own."""
        self.ending.set()
        self.thread.join(limit_s)
        if self.thread.is_alive():
            self.sink.fail(f"{self.name} did not come to an end within {limit_s:.0f} s of the last start")


class Transactor(Actor):
    """One transactional id and its producers, one after the other.

    `number` and `session`: the last that are used up. `succeeds`: the id was another's, who may have left a transaction open.
    """

    sink: ClientSink

    def __init__(self, name: str, bootstrap: str, sink: ClientSink, rng: random.Random) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.number = 0
        self.session = 0
        self.succeeds = False
        self.producer: Producer | None = None
        self.reported = Reported()

    def _enter(self) -> None:
        if self.succeeds:
            self._ready()
            self.sink.took_over()

    def _new(self) -> Producer:
        settings = quick(self.bootstrap) | {
            "transactional.id": f"id-{self.name}",
            "transaction.timeout.ms": self.rng.choice(TIMEOUTS_MS),
            "compression.type": self.rng.choice(CODECS),
            "linger.ms": self.rng.choice([0, 2, 20]),
            "batch.num.messages": self.rng.choice([3, 30, 1000]),
        }
        producer = Producer(settings)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                producer.init_transactions(CALL_LIMIT_S)
            except KafkaException as refused:
                if not refused.args[0].retriable() or time.monotonic() > deadline:
                    raise
            else:
                return producer

    def _ready(self) -> Producer:
        if self.producer is None:
            self.producer = self._new()
        return self.producer

    def _drop(self) -> None:
        """What a crash of the client is to the broker: no word, and later a new producer of the same id."""
        if self.producer is not None:
            self.producer.purge()
            self.producer = None

    def _begin(self, got: list[Got] | None = None) -> Ended:
        producer = self._ready()
        self.number += 1
        ended = Ended(self.name, self.number, time.monotonic(), got=got or [], session=self.session)
        self.sink.begun(ended)
        producer.begin_transaction()
        return ended

    def _send(self, ended: Ended, place: Place, source: str | None = None) -> None:
        assert self.producer is not None
        name = f"{self.name}:{ended.number}:{len(ended.sent)}" + (f"<{source}" if source is not None else "")
        sent = Sent(place, name)

        def delivered(error: KafkaError | None, message: Message) -> None:
            if error is None:
                sent.offset = self.reported.offset(place, message.offset())

        ended.sent.append(sent)
        self.sink.sending(ended, sent)
        self.producer.produce(place[0], value_of(name), partition=place[1], on_delivery=delivered)

    def _over(self, ended: Ended, outcome: Outcome) -> Outcome:
        ended.outcome, ended.ended_s = outcome, time.monotonic()
        self.sink.ended(ended)
        return outcome

    def _commit(self, ended: Ended, *, hasty: bool = False) -> Outcome:
        """Asks for the commit until it is answered. `hasty`: asks once, hardly listens, and is gone."""
        assert self.producer is not None
        ended.deciding_s = time.monotonic()
        self.sink.deciding(ended)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                self.producer.commit_transaction(self.rng.uniform(0.001, 0.02) if hasty else CALL_LIMIT_S)
            except KafkaException as refused:
                error = refused.args[0]
                if error.retriable() and not hasty and time.monotonic() < deadline:
                    continue
                if error.txn_requires_abort():
                    return self._abort(ended)
                self._drop()
                return self._over(ended, Outcome.UNKNOWN)
            return self._over(ended, Outcome.COMMITTED)

    def _abort(self, ended: Ended) -> Outcome:
        assert self.producer is not None
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                self.producer.abort_transaction(CALL_LIMIT_S)
            except KafkaException as refused:
                if refused.args[0].retriable() and time.monotonic() < deadline:
                    continue
                self._drop()
            return self._over(ended, Outcome.ABORTED)

    def _settle(self) -> None:
        """At the end: a producer that was dropped may have left a transaction open; the next one of its id closes it."""
        self._ready()

    def _failed(self, ended: Ended, refused: KafkaException) -> Outcome:
        """Something was refused before the commit was asked for: nothing of it may ever be seen."""
        if refused.args[0].fatal():
            self._drop()
            return self._over(ended, Outcome.ABORTED)
        return self._abort(ended)


class Writer(Transactor):
    """Writes transactions over several topics and partitions; commits, aborts, leaves in the middle, comes back as a zombie."""

    def __init__(
        self, name: str, bootstrap: str, sink: ClientSink, rng: random.Random, places: list[Place], pause_s: float
    ) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.places = places
        self.pause_s = pause_s

    def _run(self) -> None:
        while not self.ending.is_set():
            self._transaction()
            self.ending.wait(self.rng.uniform(0, 2 * self.pause_s))
        self._settle()

    def _transaction(self) -> Outcome:
        ended = self._begin()
        assert self.producer is not None
        try:
            chosen = self.rng.sample(self.places, self.rng.randint(1, min(4, len(self.places))))
            for _ in range(self.rng.choice([1, 3, 10, 40])):
                self._send(ended, self.rng.choice(chosen))
                if self.rng.random() < 0.1:
                    self.producer.poll(self.rng.choice([0, 0, 0.005]))
            if self.rng.random() < 0.3:
                self.producer.flush(self.rng.uniform(0, 0.2))
        except KafkaException as refused:
            return self._failed(ended, refused)
        chance = self.rng.random()
        if chance < 0.70:
            return self._commit(ended)
        if chance < 0.88:
            return self._abort(ended)
        if chance < 0.93:
            return self._commit(ended, hasty=True)
        if chance < 0.97:
            self._drop()
            return self._over(ended, Outcome.ABORTED)
        return self._zombie(ended)

    def _zombie(self, ended: Ended) -> Outcome:
        """Another producer of the same id takes over, then the first one asks for its commit: in vain."""
        old, self.producer = self.producer, None
        self.producer = self._new()
        assert old is not None
        try:
            old.commit_transaction(CALL_LIMIT_S)
        except KafkaException:
            old.purge()
        else:
            self.sink.fail(f"{ended.worker}:{ended.number} was committed by a producer whose id another one had taken")
        return self._over(ended, Outcome.ABORTED)


class Copier(Transactor):
    """Consume, transform, produce: copies records to the same partition of another topic, offsets within the transaction."""

    def __init__(
        self,
        name: str,
        bootstrap: str,
        sink: ClientSink,
        rng: random.Random,
        source: str,
        target: str,
        group: str,
        pause_s: float,
    ) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.source = source
        self.target = target
        self.group = group
        self.pause_s = pause_s
        self.consumer = self._member()

    def _member(self) -> Consumer:
        consumer = Consumer(
            quick(self.bootstrap)
            | {
                "group.id": self.group,
                # A client that takes a dead one's place has its membership, too. A dynamic one would have to expire first, and each
                # start of a broker gives it a whole session anew: with a kill every second the group would never move again.
                "group.instance.id": self.name,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "isolation.level": "read_committed",
                "session.timeout.ms": 10_000,
                "heartbeat.interval.ms": 500,
                "fetch.wait.max.ms": 50,
            }
        )
        consumer.subscribe([self.source], on_assign=self._assigned)
        return consumer

    def _poll(self) -> list[Message]:
        """What was consumed, without errors. A consumer that will never consume again is replaced.

        librdkafka fences itself: when it gave its session up (no heartbeat came through for 10 s) it forgets its member id, and the
        heartbeat that was due goes out without one, which any broker answers FENCED_INSTANCE_ID, and that is fatal.
        """
        found = []
        for message in self.consumer.consume(self.rng.choice([1, 10, 60]), 0.1):
            error = message.error()
            if error is None:
                found.append(message)
            elif error.fatal():
                self.consumer.close()
                self.consumer = self._member()
                self.session += 1
                return []
        return found

    def _assigned(self, _: Consumer, __: list[TopicPartition]) -> None:
        self.session += 1

    def _run(self) -> None:
        try:
            while not self.ending.is_set():
                found = self._poll()
                if found and self._copy(found) is not Outcome.COMMITTED:
                    self._rewind()
                self.ending.wait(self.rng.uniform(0, 2 * self.pause_s))
            self._settle()
        finally:
            self.consumer.close()

    def _copy(self, found: list[Message]) -> Outcome:
        # Taken before anything else is done, so that it is of the generation in which the records were read.
        metadata = self.consumer.consumer_group_metadata()
        # So is the session: a new assignment only comes while the consumer is polled.
        ended = self._begin([got_of(message) for message in found])
        try:
            for got in ended.got:
                self._send(ended, (self.target, got.place[1]), got.name or "altered")
            after = {got.place: got.offset + 1 for got in ended.got}
            self._offsets([TopicPartition(*place, offset) for place, offset in after.items()], metadata)
        except KafkaException as refused:
            return self._failed(ended, refused)
        chance = self.rng.random()
        if chance < 0.85:
            return self._commit(ended)
        if chance < 0.93:
            return self._abort(ended)
        if chance < 0.97:
            return self._commit(ended, hasty=True)
        self._drop()
        return self._over(ended, Outcome.ABORTED)

    def _offsets(self, rows: list[TopicPartition], metadata: Any) -> None:
        assert self.producer is not None
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                self.producer.send_offsets_to_transaction(rows, metadata, CALL_LIMIT_S)
            except KafkaException as refused:
                if refused.args[0].retriable() and time.monotonic() < deadline:
                    continue
                raise
            return

    def _rewind(self) -> None:
        """Goes on from what is committed, once nothing of this id is open any more."""
        self._ready()
        self.session += 1
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                rows = self.consumer.committed(self.consumer.assignment(), CALL_LIMIT_S)
                for row in rows:
                    if row.error is not None:
                        raise KafkaException(row.error)
                for row in rows:
                    self.consumer.seek(TopicPartition(row.topic, row.partition, max(row.offset, 0)))
            except KafkaException:
                if time.monotonic() > deadline or self.ending.is_set():
                    return
                self.consumer.poll(0)
                time.sleep(0.05)
                continue
            return


class Reader(Actor):
    """Reads all places from their start as records become visible."""

    sink: Sink

    def __init__(
        self, name: str, bootstrap: str, sink: Sink, rng: random.Random, places: list[Place], *, committed: bool
    ) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.committed = committed
        self.got: Counter[Place] = Counter()
        self.consumer = Consumer(
            quick(bootstrap)
            | {
                "group.id": f"group-{name}",
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "isolation.level": "read_committed" if committed else "read_uncommitted",
                "fetch.wait.max.ms": 50,
            }
        )
        self.consumer.assign([TopicPartition(*place, 0) for place in places])

    def _run(self) -> None:
        try:
            while not self.ending.is_set():
                messages = self.consumer.consume(500, 0.1)
                got = [got_of(message) for message in messages if message.error() is None]
                if got:
                    self.sink.polled(self.name, self.committed, got)
                    self.got.update(one.place for one in got)
                for message in messages:
                    error = message.error()
                    if error is not None and error.code() == KafkaError._AUTO_OFFSET_RESET:
                        self.sink.fail(f"{self.name}: the log went back behind what was read: {error}")
                        return
        finally:
            self.consumer.close()


def ends_of(bootstrap: str, places: list[Place], *, committed: bool) -> dict[Place, int]:
    """The end offsets a consumer of this isolation is told."""
    level = "read_committed" if committed else "read_uncommitted"
    consumer = Consumer(quick(bootstrap) | {"group.id": "ends", "isolation.level": level})
    found = {}
    for place in places:
        found[place] = int(consumer.get_watermark_offsets(TopicPartition(*place), timeout=30, cached=False)[1])
    consumer.close()
    return found


def read_all(
    bootstrap: str, ends: dict[Place, int], each: Callable[[Got], None], *, committed: bool, limit_s: float
) -> list[str]:
    """A fresh consumer reads every place from its start to its end. Returns what went wrong."""
    level = "read_committed" if committed else "read_uncommitted"
    settings = {"group.id": f"final-{level}", "isolation.level": level, "enable.auto.commit": False, "check.crcs": True}
    consumer = Consumer(quick(bootstrap) | settings | {"enable.partition.eof": True, "fetch.wait.max.ms": 50})
    consumer.assign([TopicPartition(*place, 0) for place in ends])
    wrong: list[str] = []
    left, deadline = {place for place, end in ends.items() if end > 0}, time.monotonic() + limit_s
    while left and not wrong:
        for message in consumer.consume(1000, 0.2):
            error = message.error()
            if error is None:
                each(got_of(message))
            elif error.code() == KafkaError._PARTITION_EOF:
                # Markers at the end are passed over in silence, so the end itself is what says that all was read.
                if (message.offset() or 0) >= ends[place_of(message)]:
                    left.discard(place_of(message))
            else:
                wrong.append(f"the final {level} reading: {error}")
        if time.monotonic() > deadline:
            wrong.append(f"the final {level} reading did not come to the ends of {sorted(left)} in {limit_s:.0f} s")
    consumer.close()
    return wrong
