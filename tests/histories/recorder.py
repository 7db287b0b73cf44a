"""Turns what the clients of `tests/durability` report into operations of a history."""

from __future__ import annotations

import random
import threading
import time

from confluent_kafka import KafkaError, KafkaException, Message, Producer
from tests.durability.transactors import Actor, Ended, Got, Place, Reported, Sent, quick, value_of
from tests.durability.transactors import Outcome as Said
from tests.histories.history import Operation, Outcome, Read, Send

FAILURES_MAX = 20
PLAIN = "p"  # names of producers without transactions begin so


def content(name: str) -> str:
    """Of a copy (`c0:1:0<w0:1:0`) the part that came from the source."""
    return name.rsplit("<", 1)[-1]


class Recorder:
    """A `Sink` that keeps everything. `failures` is what no history can hold: altered records, clients that gave up."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.failures: list[str] = []
        self._lock = threading.Lock()

    def fail(self, what: str) -> None:
        with self._lock:
            if len(self.failures) < FAILURES_MAX:
                self.failures.append(what)

    def deciding(self, ended: Ended) -> None:
        return

    def ended(self, ended: Ended) -> None:
        operation = Operation(
            ended.worker,
            Outcome(ended.outcome.value),
            tuple(Send(sent.place, sent.name, sent.offset) for sent in ended.sent),
            self.reads(ended.got),
            ended.session,
            transactional=not ended.worker.startswith(PLAIN),
            begun_s=ended.begun_s,
            deciding_s=ended.deciding_s,
            ended_s=ended.ended_s,
        )
        with self._lock:
            self.operations.append(operation)

    def polled(self, reader: str, committed: bool, got: list[Got]) -> None:
        now_s = time.monotonic()
        reads = self.reads(got)
        with self._lock:
            self.operations.append(
                Operation(
                    reader,
                    Outcome.COMMITTED,
                    reads=reads,
                    read_committed=committed,
                    transactional=False,
                    begun_s=now_s,
                    ended_s=now_s,
                )
            )

    def finals(self, committed: bool, got: Got) -> None:
        """One record of a reading from the start, after everything."""
        self.polled(f"final {'read_committed' if committed else 'read_uncommitted'}", committed, [got])

    def reads(self, got: list[Got]) -> tuple[Read, ...]:
        reads = []
        for one in got:
            if one.name is None:
                self.fail(f"{one.place} offset {one.offset}: altered record")
            else:
                reads.append(Read(one.place, one.offset, one.name))
        return tuple(reads)


class Plain(Actor):
    """An idempotent producer without transactions among the transactional ones; what it has to say is waited for."""

    sink: Recorder

    def __init__(self, name: str, bootstrap: str, sink: Recorder, rng: random.Random, places: list[Place]) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.places = places
        self.number = 0
        self.reported = Reported()

    def _run(self) -> None:
        producer = Producer(quick(self.bootstrap) | {"enable.idempotence": True, "linger.ms": 1})
        while not self.ending.is_set():
            self.number += 1
            now_s = time.monotonic()
            ended = Ended(self.name, self.number, now_s, deciding_s=now_s)
            for index in range(self.rng.choice([1, 5, 20])):
                self._send(producer, ended, Sent(self.rng.choice(self.places), f"{self.name}:{self.number}:{index}"))
            if producer.flush(90):
                self.sink.fail(f"{self.name}: records unanswered for 90 s")
                return
            ended.outcome, ended.ended_s = Said.COMMITTED, time.monotonic()
            self.sink.ended(ended)
            self.ending.wait(self.rng.uniform(0, 0.1))

    def _send(self, producer: Producer, ended: Ended, sent: Sent) -> None:
        def delivered(error: KafkaError | None, message: Message) -> None:
            if error is not None:
                self.sink.fail(f"delivery of {sent.name} failed: {error}")
            else:
                sent.offset = self.reported.offset(sent.place, message.offset())

        ended.sent.append(sent)
        try:
            producer.produce(sent.place[0], value_of(sent.name), partition=sent.place[1], on_delivery=delivered)
        except KafkaException as refused:
            self.sink.fail(f"{self.name}: {refused}")
