"""Producers: plain ones, which send every record once, and idempotent ones, which send until they are told.

The idempotent producer follows the Java client: at most five requests under way, a batch keeps its sequence numbers for ever, and a
batch that is sent again goes alone and first. It never gives up and never takes a new epoch, so that any OUT_OF_ORDER_SEQUENCE_NUMBER
for the batch that is due is a lie of the broker's.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ottla.base.errors import ErrorCode
from ottla.records.builder import build_batch
from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import BACKOFF_S, INIT_PRODUCER_ID, PRODUCE, RETRIED, Client
from ottla.testing.sim.link import Link, LinkError
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from ottla.wire.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

IN_FLIGHT_MAX = 5
REQUEST_TIMEOUT_S = 30.0
PADDING_MAX = 1500
"""Bytes in a batch: the smallest segments must hold it."""
CALM_PACE_S = 0.5
CODECS = (0, 0, 0, 0, 1, 3)


class Batch:
    """Records for one partition. `tries` counts how often it was sent."""

    __slots__ = ("base_sequence", "in_flight", "key", "numbers", "records", "retry_at", "tries", "values")

    def __init__(
        self, key: Key, numbers: Sequence[int], values: Sequence[str], records: bytes, base_sequence: int
    ) -> None:
        self.key = key
        self.numbers = numbers
        self.values = values
        self.records = records
        self.base_sequence = base_sequence
        self.tries = 0
        self.in_flight = False
        self.retry_at = 0.0


class Producer(Client):
    """`acks` -1, 0 or 1. `pace_s` is the mean time between two looks for something to send."""

    def __init__(self, world: World, name: str, keys: Sequence[Key], *, acks: int, pace_s: float) -> None:
        super().__init__(world, name)
        self.keys = list(keys)
        self.acks = acks
        self.pace_s = pace_s
        self.in_flight = 0
        self.oldest_sent = 0.0
        self.numbers = dict.fromkeys(self.keys, 0)
        self.waiting: dict[Key, deque[Batch]] = {key: deque() for key in self.keys}
        """Batches that were not answered for good, in order."""
        self.sent_at: dict[int, float] = {}
        self._requests = 0

    # --- life -------------------------------------------------------------------------------------------------------------------

    async def session(self) -> None:
        link = await self.connect()
        await self.prepare()
        while not self.is_done():
            if link.closed:
                raise LinkError("connection lost")
            now = self.world.loop.now
            if self.sent_at and now - min(self.sent_at.values()) > REQUEST_TIMEOUT_S:
                raise LinkError("a produce request was not answered in time")
            if self.in_flight < IN_FLIGHT_MAX and link.writable:
                if not self.stopping:
                    self.make()
                chosen = self.choose(now)
                if chosen:
                    self.send(link, chosen)
            pace_s = max(self.pace_s, CALM_PACE_S) if self.world.calm and not self.stopping else self.pace_s
            await asyncio.sleep(self.rng.expovariate(1 / pace_s))

    async def prepare(self) -> None:
        """Before the first batch of a session."""

    def is_done(self) -> bool:
        return self.stopping and not self.in_flight and not any(self.waiting.values())

    def lost(self, why: str) -> None:
        self.in_flight = 0
        self._requests += 1000  # answers of the old connection are not ours any more
        self.sent_at.clear()
        for batches in self.waiting.values():
            batches.clear()  # sent once, whatever became of them

    # --- batches ----------------------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Has a new batch waiting, most of the time."""
        key = self.rng.choice(self.keys)
        if len(self.waiting[key]) >= 2 * IN_FLIGHT_MAX:
            return
        first = self.numbers[key]
        count = self.rng.choice((1, 1, 1, 2, 3, 8))
        self.numbers[key] = first + count
        numbers = range(first, first + count)
        values = [f"{self.name}/{key[0]}-{key[1]}/{number}" for number in numbers]
        batch = Batch(key, numbers, values, b"", first)
        batch.records = self.build(batch)
        self.waiting[key].append(batch)

    def build(self, batch: Batch) -> bytes:
        rng = self.rng
        now_ms = self.world.machine.clock.now_ms()
        padding = b"." * (rng.randrange(20) if rng.random() < 0.9 else rng.randrange(PADDING_MAX // len(batch.values)))
        producer_id, producer_epoch = self.identity()
        return build_batch(
            [(now_ms + step, None, value.encode() + padding) for step, value in enumerate(batch.values)],
            rng.choice(CODECS),
            producer_id=producer_id,
            producer_epoch=producer_epoch,
            base_sequence=batch.base_sequence if producer_id >= 0 else -1,
        )

    def identity(self) -> tuple[int, int]:
        """Producer id and epoch, -1 for a plain producer."""
        return -1, -1

    def choose(self, now: float) -> list[Batch]:
        """What may be sent now, at most one batch of a partition."""
        chosen = []
        for batches in self.waiting.values():
            batch = self.sendable(batches, now)
            if batch is not None:
                chosen.append(batch)
        return chosen

    def sendable(self, batches: deque[Batch], now: float) -> Batch | None:
        for batch in batches:
            if not batch.in_flight:
                return batch
        return None

    # --- requests ---------------------------------------------------------------------------------------------------------------

    def send(self, link: Link, chosen: list[Batch]) -> None:
        world = self.world
        topics: dict[str, TopicProduceData] = {}
        for batch in chosen:
            if not batch.tries:
                world.auditor.sending(batch.key, self.name, batch.numbers, batch.values, self.acks)
            batch.tries += 1
            batch.in_flight = True
            topic, index = batch.key
            data = topics.get(topic)
            if data is None:
                data = topics[topic] = TopicProduceData(topic, world.topic_ids[topic])
            data.partition_data.append(PartitionProduceData(index, batch.records))
        request = ProduceRequest(self.transactional_id(), self.acks, 30_000, list(topics.values()))
        if self.acks == 0:
            link.post(PRODUCE, self.version(PRODUCE), request, answered=False)
            for batch in chosen:
                self.waiting[batch.key].remove(batch)
            self.went_well()
            return
        self.in_flight += 1
        self._requests += 1
        number = self._requests
        now = self.sent_at[number] = world.loop.now
        future = link.post(PRODUCE, self.version(PRODUCE), request)
        future.add_done_callback(lambda done: self._answered(done, number, chosen, now))

    def transactional_id(self) -> str | None:
        return None

    def _answered(self, future: asyncio.Future[Any], number: int, chosen: list[Batch], sent_at: float) -> None:
        if number not in self.sent_at or future.cancelled() or future.exception() is not None:
            return  # the session ends, and with it what was under way
        del self.sent_at[number]
        self.in_flight -= 1
        answers: dict[Key, Any] = {}
        names = {topic_id: name for name, topic_id in self.world.topic_ids.items()}
        for topic in future.result().responses:
            for partition in topic.partition_responses:
                answers[topic.name or names.get(topic.topic_id, ""), partition.index] = partition
        for batch in chosen:
            batch.in_flight = False
            answer = answers.get(batch.key)
            if answer is None:
                raise self.world.auditor.violate("error", f"{self.name}: no answer for {batch.key}")
            self.judge(batch, answer, sent_at)

    def judge(self, batch: Batch, answer: Any, sent_at: float) -> None:
        """What the broker said of one batch."""
        error = answer.error_code
        self.waiting[batch.key].remove(batch)
        if not error:
            self.took(batch, answer.base_offset, sent_at)
        elif error in (
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
            ErrorCode.UNKNOWN_TOPIC_ID,
            ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ):
            self.world.auditor.refused(batch.key, batch.values)
        elif error not in RETRIED:
            raise self.unexpected(f"a batch for {batch.key}", error)

    def took(self, batch: Batch, base_offset: int, sent_at: float) -> None:
        self.went_well()
        self.world.auditor.acked(batch.key, batch.values, base_offset, self.acks, sent_at)


class IdempotentProducer(Producer):
    """acks=all, with a producer id and sequence numbers."""

    def __init__(self, world: World, name: str, keys: Sequence[Key], *, pace_s: float) -> None:
        super().__init__(world, name, keys, acks=-1, pace_s=pace_s)
        self.producer_id = -1
        self.producer_epoch = -1

    async def prepare(self) -> None:
        while self.producer_id < 0:
            answer = await self.ask(INIT_PRODUCER_ID, InitProducerIdRequest(None, 60_000))
            if not answer.error_code:
                self.producer_id, self.producer_epoch = answer.producer_id, answer.producer_epoch
                self.world.cast.new_producer_id(self.name, answer.producer_id, answer.producer_epoch)
            elif answer.error_code not in RETRIED:
                raise self.unexpected("InitProducerId", answer.error_code)
            else:
                await asyncio.sleep(BACKOFF_S)

    def identity(self) -> tuple[int, int]:
        return self.producer_id, self.producer_epoch

    def lost(self, why: str) -> None:
        self.in_flight = 0
        self._requests += 1000
        self.sent_at.clear()
        for batches in self.waiting.values():
            for batch in batches:
                batch.in_flight = False

    def sendable(self, batches: deque[Batch], now: float) -> Batch | None:
        for place, batch in enumerate(batches):
            if batch.in_flight:
                continue
            if batch.tries and (place or batch.retry_at > now):
                return None  # sent again: alone and first
            return batch
        return None

    def judge(self, batch: Batch, answer: Any, sent_at: float) -> None:
        error = answer.error_code
        batches = self.waiting[batch.key]
        if not error or error == ErrorCode.DUPLICATE_SEQUENCE_NUMBER:
            batches.remove(batch)
            self.took(batch, answer.base_offset if not error else -1, sent_at)
            return
        batch.retry_at = self.world.loop.now + BACKOFF_S
        if error in RETRIED:
            return
        if error == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER and batches[0] is not batch:
            return  # the one before it did not get through
        raise self.unexpected(f"batch {batch.base_sequence} of {batch.key}, which is the next one due,", error)
