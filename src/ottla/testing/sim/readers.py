"""Readers of assigned partitions: whole fetches or fetch sessions (KIP-227), at any version and isolation, quick ones and ones that stop
reading.

A fetch gives all there is, markers and aborted records too, so that positions and gaps can be judged. What a consumer of committed data
would be given of it (`delivered`) is found as the Java client finds it: by the aborted transactions that came with the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ottla.base.errors import ErrorCode
from ottla.records.builder import ABORT, COMMIT, control_type
from ottla.records.errors import RecordError
from ottla.records.header import CONTROL, TRANSACTIONAL, crc_ok
from ottla.records.reader import iter_batches, iter_records
from ottla.testing.sim.auditor import MARKER, Floor, Key
from ottla.testing.sim.client import BACKOFF_S, FETCH, LIST_OFFSETS, RETRIED, Client
from ottla.testing.sim.link import Link, LinkError
from ottla.wire.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from ottla.wire.messages.list_offsets_request import ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

EARLIEST, LATEST = -2, -1
_SESSION_LOST = (
    ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
    ErrorCode.INVALID_FETCH_SESSION_EPOCH,
    ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
)
_ASK_AGAIN = RETRIED | {ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.UNKNOWN_TOPIC_ID}


class Fetcher:
    """Fetches from positions. The owner is told of records by `on_records` (key, records); it moves the positions itself."""

    def __init__(self, client: Client, *, isolation: int = 0) -> None:
        rng = client.rng
        self.client = client
        self.world = client.world
        self.isolation = isolation
        self.positions: dict[Key, int] = {}
        self.max_wait_ms = rng.choice((100, 300, 500))
        self.max_bytes = rng.choice((1, 500, 5000, 1 << 20, 1 << 20, 1 << 20))
        self.partition_max_bytes = rng.choice((1, 300, 1 << 20, 1 << 20, 1 << 20, 1 << 20))
        self.uses_sessions = client.version(FETCH) >= 7 and rng.random() < 0.6
        self.session_id = 0
        self.session_epoch = 0
        self._sent: dict[Key, int] = {}
        """What the session was last told of."""
        self.delivered: dict[Key, list[tuple[int, str]]] = {}
        """What a consumer was given by the last fetch."""

    def forget_session(self) -> None:
        """The next fetch begins anew."""
        self.session_id = self.session_epoch = 0
        self._sent.clear()

    async def fetch(self, link: Link, max_wait_ms: int | None = None) -> dict[Key, list[tuple[int, str]]]:
        """One round. Raises LinkError; returns what came, by partition, and moves nothing."""
        client, world = self.client, self.world
        version = client.version(FETCH)
        wanted = dict(self.positions)
        incremental = self.uses_sessions and self.session_epoch > 0
        told = {key: position for key, position in wanted.items() if not incremental or self._sent.get(key) != position}
        topics: dict[str, FetchTopic] = {}
        for (name, index), position in told.items():
            topic = topics.get(name)
            if topic is None:
                topic = topics[name] = FetchTopic(name, world.topic_ids[name])
            topic.partitions.append(
                FetchPartition(index, fetch_offset=position, partition_max_bytes=self.partition_max_bytes)
            )
        request = FetchRequest(
            max_wait_ms=self.max_wait_ms if max_wait_ms is None else max_wait_ms,
            min_bytes=1,
            max_bytes=self.max_bytes,
            isolation_level=self.isolation,
            session_id=self.session_id,
            session_epoch=self.session_epoch if self.uses_sessions else -1,
            topics=list(topics.values()),
        )
        floors = {key: world.auditor.floor(key) for key in wanted}
        sent_at = world.loop.now
        self.delivered = {}
        answer = await link.call(FETCH, version, request)
        if answer.error_code in _SESSION_LOST:
            self.forget_session()
            return {}
        if answer.error_code:
            raise client.unexpected("Fetch", answer.error_code)
        if self.uses_sessions and answer.session_id:
            self._sent = wanted
            self.session_id = answer.session_id
            self.session_epoch += 1
        return await self._take(link, answer, wanted, floors, sent_at)

    async def _take(
        self, link: Link, answer: Any, wanted: dict[Key, int], floors: dict[Key, Floor], sent_at: float
    ) -> dict[Key, list[tuple[int, str]]]:
        world, client = self.world, self.client
        names = {topic_id: name for name, topic_id in world.topic_ids.items()}
        found: dict[Key, list[tuple[int, str]]] = {}
        again = False
        for topic in answer.responses:
            for part in topic.partitions:
                key = (topic.topic or names.get(topic.topic_id, ""), part.partition_index)
                position = wanted.get(key)
                if position is None:
                    raise world.auditor.violate("error", f"{client.name}: was given {key}, which it did not ask for")
                if part.error_code == ErrorCode.OFFSET_OUT_OF_RANGE:
                    world.auditor.out_of_range(key, client.name, position, floors[key], sent_at)
                    await self._reset(link, key)
                elif part.error_code in _ASK_AGAIN:
                    again = True
                elif part.error_code:
                    raise client.unexpected(f"Fetch of {key} at {position}", part.error_code)
                else:
                    records = self._judge(key, part, position, floors[key], sent_at)
                    if records:
                        found[key] = records
        if again:
            await asyncio.sleep(BACKOFF_S)
        return found

    def _judge(self, key: Key, part: Any, position: int, floor: Floor, sent_at: float) -> list[tuple[int, str]]:
        """Has the auditors look at one partition of an answer. Returns all there is from `position` on."""
        world, name = self.world, self.client.name
        aborted = part.aborted_transactions if self.isolation else None
        records, dropped = self.decode(key, part.records, position, aborted)
        end, stable = part.high_watermark, part.last_stable_offset
        if end < 0:
            raise world.auditor.violate("high-watermark", f"{name}: {key} has none")
        world.auditor.bounds(key, name, part.log_start_offset, end, floor, sent_at, stable)
        world.auditor.saw(key, name, records, end, sent_at)
        if records and records[0][0] != position and position >= part.log_start_offset:
            raise world.auditor.violate("gap", f"{name}: fetched {key} at {position}, was given {records[0][0]}")
        world.transactions.stable(key, name, stable, end, sent_at)
        if self.isolation:
            if records and records[-1][0] >= stable:
                raise world.auditor.violate(
                    "dirty", f"{key}: {name} was given offset {records[-1][0]}, the last stable offset is {stable}"
                )
            given = self.delivered[key] = [
                one for one in records if one[0] not in dropped and not one[1].startswith(MARKER)
            ]
            world.transactions.delivered(key, name, given)
            world.transactions.dropped(key, name, [value for offset, value in records if offset in dropped])
        return records

    def decode(
        self, key: Key, data: Any, position: int, aborted: Sequence[Any] | None
    ) -> tuple[list[tuple[int, str]], set[int]]:
        """The records and markers from `position` on, and the offsets of those that are aborted."""
        records: list[tuple[int, str]] = []
        dropped: set[int] = set()
        if not data:
            return records, dropped
        to_come = sorted(((one.first_offset, one.producer_id) for one in aborted or ()), reverse=True)
        aborting: set[int] = set()
        try:
            for header, batch in iter_batches(data):
                if not crc_ok(batch, header):
                    raise self.world.auditor.violate("torn", f"{self.client.name}: a batch of {key} has a wrong CRC")
                last = header.base_offset + header.last_offset_delta
                while to_come and to_come[-1][0] <= last:
                    aborting.add(to_come.pop()[1])
                is_control = header.attributes & CONTROL
                is_dropped = header.attributes & TRANSACTIONAL and not is_control and header.producer_id in aborting
                for record in iter_records(batch, header):
                    if is_control and control_type(record.key) == ABORT:
                        aborting.discard(header.producer_id)
                    if record.offset < position or record.value is None:
                        continue
                    if is_control:
                        kind = control_type(record.key)
                        ended = "abort" if kind == ABORT else "commit" if kind == COMMIT else "?"
                        value = f"{MARKER}{ended}/{header.producer_id}/{header.producer_epoch}"
                    else:
                        value = record.value.rstrip(b".").decode()
                    records.append((record.offset, value))
                    if is_dropped:
                        dropped.add(record.offset)
        except RecordError as problem:
            raise self.world.auditor.violate("torn", f"{self.client.name}: {key}: {problem}") from problem
        return records, dropped

    async def _reset(self, link: Link, key: Key) -> None:
        bound = await self.list_offset(link, key, EARLIEST)
        if bound is not None:
            self.positions[key] = bound

    async def list_offset(self, link: Link, key: Key, timestamp: int, isolation: int = 0) -> int | None:
        """ListOffsets for one partition; None when the broker asks to come again."""
        world, client = self.world, self.client
        topic, index = key
        floor, sent_at = world.auditor.floor(key), world.loop.now
        request = ListOffsetsRequest(
            -1, isolation, [ListOffsetsTopic(topic, [ListOffsetsPartition(index, timestamp=timestamp)])], 30_000
        )
        answer = await link.call(LIST_OFFSETS, client.version(LIST_OFFSETS), request)
        part = answer.topics[0].partitions[0]
        if part.error_code in _ASK_AGAIN:
            await asyncio.sleep(BACKOFF_S)
            return None
        if part.error_code:
            raise client.unexpected(f"ListOffsets of {key}", part.error_code)
        if timestamp == LATEST and not isolation:
            world.auditor.bounds(key, client.name, -1, part.offset, floor, sent_at)
        elif timestamp == LATEST:
            world.auditor.bounds(key, client.name, -1, -1, floor, sent_at, part.offset)
            world.transactions.stable(key, client.name, part.offset, -1, sent_at)
        return int(part.offset)


class Reader(Client):
    """Reads partitions from the beginning, again and again from somewhere else."""

    def __init__(self, world: World, name: str, keys: Sequence[Key], *, isolation: int = 0) -> None:
        super().__init__(world, name)
        self.fetcher = Fetcher(self, isolation=isolation)
        self.fetcher.positions = dict.fromkeys(keys, 0)
        self.dawdles = self.rng.random() < 0.3

    async def session(self) -> None:
        link = await self.connect()
        fetcher = self.fetcher
        rng = self.rng
        while not self.stopping:
            chance = rng.random()
            if chance < 0.02:
                key = rng.choice(list(fetcher.positions))
                await fetcher.list_offset(
                    link, key, LATEST, fetcher.isolation if self.version(LIST_OFFSETS) >= 2 else 0
                )
            elif chance < 0.03 and not self.world.draining:
                key = rng.choice(list(fetcher.positions))
                fetcher.positions[key] = rng.randrange(fetcher.positions[key] + 1)
            elif chance < 0.05 and self.dawdles and not self.world.draining:
                await self.dawdle(link)
            for key, records in (await fetcher.fetch(link)).items():
                fetcher.positions[key] = records[-1][0] + 1
                self.went_well()
            if self.is_at_end():
                self.went_well()
            if self.world.calm and not self.world.draining:
                await asyncio.sleep(0.1)

    async def dawdle(self, link: Link) -> None:
        """Asks for much and does not read it: the broker must not hold it all."""
        fetcher = self.fetcher
        request = FetchRequest(
            max_wait_ms=0,
            min_bytes=0,
            max_bytes=1 << 20,
            session_epoch=-1,
            topics=[
                FetchTopic(
                    name,
                    self.world.topic_ids[name],
                    [FetchPartition(index, fetch_offset=0, partition_max_bytes=1 << 20)],
                )
                for name, index in fetcher.positions
            ],
        )
        link.pause_reading()
        futures = [link.post(FETCH, self.version(FETCH), request) for _ in range(self.rng.choice((2, 8, 40)))]
        await asyncio.sleep(self.rng.uniform(0.1, 3.0))
        link.resume_reading()
        _, pending = await asyncio.wait(futures, timeout=30.0)
        if pending:
            raise LinkError("dawdled, and was not answered")

    def is_at_end(self) -> bool:
        """Everything that was visible has been read."""
        auditor = self.world.auditor
        return all(position >= auditor.seen_end(key) for key, position in self.fetcher.positions.items())

    def lost(self, why: str) -> None:
        self.fetcher.forget_session()
