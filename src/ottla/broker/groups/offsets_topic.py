"""`__consumer_offsets` as tools and Apache Kafka find it: a copy of committed offsets and classic groups, in Kafka's own records.

The truth is the catalogue. Here what became durable there is copied, after the client was answered, into the partition Kafka would use,
written as acks=1 is. Nothing a copy meets can fail or delay a commit: problems are logged once. Changes that become durable together go
into one batch for each partition.

The topic is made when a group's coordinator is first looked up, as Kafka does, in the background. Then its log is read once and what
differs from the catalogue (after a crash, after a time without copying, in a topic just made) is written. That takes turns with
everything else on the loop: at most about a sixth of its time.

Deleting the topic is allowed, as Kafka's controller allows it, but here no offset is lost by it: it comes back with the next look-up.

Measured on 2 busy cores (`python tests/offsets_topic/measure.py`): 55 us of CPU for a commit when 50 groups commit at once (on a quiet one
some 30: record 14, header and checks 3, engine 7, the rest the loop), 115 us for a commit alone. Making the topic: 30 ms of CPU, 0.2 s.

Left out: records of consumer, share and streams groups (their offsets are copied); pending offsets of transactions, which are copied once
they are committed, outside any transaction. A record above the topic's `max.message.bytes`, which Kafka would refuse, is not copied.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from ottla.base.clock import Clock
from ottla.broker.groups.adoption import internal_configs
from ottla.catalogue.model import (
    Catalogue,
    Change,
    DeleteGroup,
    DeleteOffset,
    GroupRow,
    PutGroup,
    PutOffset,
)
from ottla.records.builder import BatchBuilder
from ottla.records.errors import RecordError
from ottla.records.header import read_header
from ottla.records.offsets_topic import (
    OFFSETS_TOPIC,
    GroupMember,
    GroupValue,
    Latest,
    OffsetKey,
    OffsetValue,
    group_key,
    group_value,
    offset_key,
    offset_value,
    read_key,
)
from ottla.rules.configs.settings import Settings
from ottla.rules.groups.classic.stored import StoredGroup
from ottla.rules.groups.offsets import Committed, OffsetStore
from ottla.rules.topics import NewTopic, Refusal
from ottla.rules.transactions.listing import offsets_partition
from ottla.storage.engine import Append, Engine, Partition

if TYPE_CHECKING:
    from ottla.broker.topics import TopicService

log = logging.getLogger("ottla.groups")

FLUSH_CHANGES: Final = 500
"""Changes copied in one turn of the loop: about a millisecond."""
PACE_KEYS: Final = 200
PACE_S: Final = 0.005
READ_BYTES: Final = 64 * 1024
RETRY_S: Final = 30.0

Entry = tuple[bytes, bytes | None]
"""A record's key and value."""

# Java's hash in Python takes 4 us for a short name, and few groups commit often.
_partition_of = lru_cache(4096)(offsets_partition)


class Groups(Protocol):
    """What is durable, as the coordinator knows it."""

    def group_ids(self) -> Sequence[str]: ...

    def durable_row(self, group_id: str) -> GroupRow | None: ...


class OffsetsTopic:
    """Keeps the copy. Lives on the event loop; every method returns at once."""

    def __init__(
        self,
        catalogue: Catalogue,
        engine: Engine,
        topics: TopicService,
        settings: Settings,
        clock: Clock,
        groups: Groups,
        store: OffsetStore,
    ) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._topics = topics
        self._settings = settings
        self._clock = clock
        self._groups = groups
        self._store = store
        self._pending: deque[Change] = deque()
        self._is_scheduled = False
        self._is_verified = False
        self._is_closed = False
        self._not_before = 0.0
        self._task: asyncio.Task[None] | None = None
        self._complained: set[object] = set()

    # --- what others call -----------------------------------------------------------------------------------------------------

    def wanted(self) -> None:
        """Somebody looked for a coordinator: the topic is made, if need be, and checked against the catalogue, once."""
        if self._task is not None or self._is_closed:
            return
        if self._is_verified and OFFSETS_TOPIC in self._catalogue.topics:
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._not_before:
            self._task = loop.create_task(self._prepare())
            self._task.add_done_callback(self._prepared)

    def copy(self, changes: Sequence[Change], future: asyncio.Future[None]) -> None:
        """Copies these changes when (and if) they are durable. To be called before anyone else adds a callback to `future`."""
        future.add_done_callback(lambda done: self._durable(changes, done))

    def copy_durable(self, changes: Iterable[Change]) -> None:
        """Copies changes that are durable already. Deletions of whole groups: before their offsets are forgotten in memory."""
        for change in changes:
            if isinstance(change, DeleteGroup):
                self._pending += self._offsets_of(change.group_id)
            self._pending.append(change)
        if self._pending and not self._is_scheduled and not self._is_closed:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def topic_deleted(self, name: str) -> None:
        """A topic is gone, its offsets with it. To be called before these are forgotten in memory."""
        self.copy_durable(
            [
                DeleteOffset(group_id, name, partition)
                for group_id in self._store
                for partition in self._store.topics(group_id).get(name, ())
            ]
        )

    def close(self) -> None:
        """Writes what is waiting and stops. The engine must still be open."""
        if self._is_closed:
            return
        if self._task is not None:
            self._task.cancel()
        while self._pending:
            self._write_slice()
        self._is_closed = True

    @property
    def is_settled(self) -> bool:
        """Nothing is under way: the log says what the catalogue says."""
        return self._task is None and not self._pending and self._is_verified

    # --- changes --------------------------------------------------------------------------------------------------------------

    def _durable(self, changes: Sequence[Change], future: asyncio.Future[None]) -> None:
        if not future.cancelled() and future.exception() is None:
            self.copy_durable(changes)

    def _offsets_of(self, group_id: str) -> list[Change]:
        return [
            DeleteOffset(group_id, topic, partition)
            for topic, partitions in self._store.topics(group_id).items()
            for partition in partitions
        ]

    def _flush(self) -> None:
        self._is_scheduled = False
        if self._is_closed:
            return
        self._write_slice()
        if self._pending:
            self._is_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _write_slice(self) -> None:
        partitions = self._partitions()
        if not partitions:
            # Whoever makes the topic writes all there is.
            self._pending.clear()
            self.wanted()
            return
        if not self._is_verified:
            self.wanted()
        count = len(partitions)
        entries: dict[int, list[Entry]] = {}
        pending = self._pending
        for _ in range(min(len(pending), FLUSH_CHANGES)):
            change = pending.popleft()
            entry = _entry(change)
            if entry is not None:
                group_id, record = entry
                entries.setdefault(_partition_of(group_id, count), []).append(record)
        self._append(partitions, entries)

    def _partitions(self) -> Sequence[Partition | None]:
        topic = self._catalogue.topics.get(OFFSETS_TOPIC)
        if topic is None:
            return ()
        opened = self._engine.topic_ids.get(topic.topic_id)
        # Which partition a group has depends on how many there are, so all or none.
        return opened if opened is not None and len(opened) >= len(topic.partitions) else ()

    def _append(self, partitions: Sequence[Partition | None], entries: Mapping[int, Iterable[Entry]]) -> None:
        appends: list[Append] = []
        now_ms = self._clock.now_ms()
        for index, records in entries.items():
            partition = partitions[index]
            if partition is None:
                self._complain(index, f"partition {index} is not open")
                continue
            limit = partition.config.max_message_bytes
            batch = BatchBuilder()
            for key, value in records:
                if batch.size + len(key) + len(value or b"") > limit // 2 and len(batch):
                    appends.append(_append_of(partition, batch))
                    batch = BatchBuilder()
                if BatchBuilder.record_size_max(key, value) + batch.size > limit:
                    self._complain("size", f"a record of {len(value or b'')} bytes is above its max.message.bytes")
                    continue
                batch.append(now_ms, key, value)
            if len(batch):
                appends.append(_append_of(partition, batch))
        if not appends:
            return
        self._engine.append(appends, acks_all=False, on_done=None)
        for one in appends:
            if one.error:
                self._complain(one.partition.index, f"{one.error.name} {one.error_message or ''}".rstrip())
            elif self._complained:
                self._complained.discard(one.partition.index)

    def _complain(self, about: object, why: str) -> None:
        """Once, until it works again."""
        if about not in self._complained:
            self._complained.add(about)
            log.warning("%s falls behind the catalogue, which has everything: %s", OFFSETS_TOPIC, why)

    # --- making the topic, and making it say what the catalogue says ------------------------------------------------------------

    async def _prepare(self) -> None:
        if OFFSETS_TOPIC not in self._catalogue.topics:
            made = (await self._topics.create([new_offsets_topic(self._settings)]))[0]
            if isinstance(made, Refusal) and OFFSETS_TOPIC not in self._catalogue.topics:
                self._complain("topic", f"it cannot be made: {made.message or made.error.name}")
                return
        self._complained.discard("topic")
        partitions = self._partitions()
        if partitions:
            await self._verify(partitions)
            self._is_verified = True

    def _prepared(self, task: asyncio.Task[None]) -> None:
        self._task = None
        self._not_before = asyncio.get_running_loop().time() + RETRY_S if not self._is_verified else 0.0
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("copying offsets to %s went wrong, it will be tried again", OFFSETS_TOPIC, exc_info=problem)

    async def _verify(self, partitions: Sequence[Partition | None]) -> None:
        """Writes what the log lacks or has too much, partition by partition.

        What changes meanwhile is copied as always. That is no conflict: here only what memory holds at this moment is written, and a
        change that memory does not show yet is written after it.
        """
        pace = _Pace()
        groups: dict[int, list[str]] = {}
        for group_id in self._groups.group_ids():
            groups.setdefault(offsets_partition(group_id, len(partitions)), []).append(group_id)
            await pace.step()
        for index, partition in enumerate(partitions):
            if partition is None or partition.error:
                continue
            if partition.log_end_offset == partition.log_start_offset and index not in groups:
                continue
            latest = await self._read(partition, pace)
            if latest is None:
                continue
            in_log = latest.values
            differing: list[bytes] = []
            for group_id in groups.get(index, ()):
                for key, value in self._live(group_id):
                    if in_log.pop(key, None) != value:
                        differing.append(key)
                if len(differing) >= PACE_KEYS:
                    self._put_current(partitions, index, differing)
                await pace.step()
            for key in in_log:
                differing.append(key)
                if len(differing) >= PACE_KEYS:
                    self._put_current(partitions, index, differing)
                await pace.step()
            self._put_current(partitions, index, differing)

    def _put_current(self, partitions: Sequence[Partition | None], index: int, keys: list[bytes]) -> None:
        """Writes what memory says under these keys now, not when they were found to differ."""
        self._append(partitions, {index: [(key, self._current(key, index, len(partitions))) for key in keys]})
        keys.clear()

    async def _read(self, partition: Partition, pace: _Pace) -> Latest | None:
        """What the log says, up to where it ends when that is reached. None: it cannot be read."""
        latest = Latest()
        offset = partition.log_start_offset
        while offset < partition.high_watermark:
            got = self._engine.read(partition, offset, READ_BYTES, at_least_one=True)
            if got is None:
                got = await self._engine.read_cold(partition, offset, READ_BYTES, at_least_one=True)
            before = offset
            try:
                for buffer in got.buffers:
                    latest.feed(buffer)
                    offset = max(offset, _next_offset(buffer))
            except RecordError as problem:
                self._complain(partition.index, f"its log is damaged: {problem.message}")
                return None
            if got.error or offset <= before:
                self._complain(partition.index, f"its log cannot be read: {got.error.name}")
                return None
            await pace.step(PACE_KEYS)
        return latest

    def _live(self, group_id: str) -> list[tuple[bytes, bytes]]:
        entries: list[tuple[bytes, bytes]] = []
        try:
            for topic, partitions in self._store.topics(group_id).items():
                for partition, row in partitions.items():
                    entries.append((offset_key(group_id, topic, partition), _offset_value(row)))
            row_of_group = self._groups.durable_row(group_id)
            if row_of_group is not None and (value := classic_value(row_of_group)) is not None:
                entries.append((group_key(group_id), value))
        except ValueError:
            return []
        return entries

    def _current(self, raw: bytes, index: int, count: int) -> bytes | None:
        """What belongs under a key in this partition; None: nothing."""
        try:
            key = read_key(raw)
        except RecordError:
            return None
        if key is None or offsets_partition(key.group_id, count) != index:
            return None
        if isinstance(key, OffsetKey):
            row = self._store.get(*key)
            return None if row is None else _offset_value(row)
        group = self._groups.durable_row(key.group_id)
        return None if group is None else classic_value(group)


class _Pace:
    """Gives the loop back after every few keys."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = PACE_KEYS

    async def step(self, keys: int = 1) -> None:
        self._left -= keys
        if self._left <= 0:
            self._left = PACE_KEYS
            await asyncio.sleep(PACE_S)


def new_offsets_topic(settings: Settings) -> NewTopic:
    """The topic as Kafka's group coordinator asks for it; one replica, as there is one node."""
    configs = tuple(internal_configs(OFFSETS_TOPIC, settings).items())
    return NewTopic(OFFSETS_TOPIC, settings.int("offsets.topic.num.partitions"), 1, configs=configs)


def _append_of(partition: Partition, batch: BatchBuilder) -> Append:
    view = memoryview(bytearray(batch.build()))
    return Append(partition, view, read_header(view))


def _next_offset(buffer: bytes | bytearray | memoryview) -> int:
    """The offset after the whole batches of a buffer."""
    view = memoryview(buffer)
    position = 0
    offset = -1
    while position < len(view):
        header = read_header(view, position)
        offset = header.next_offset
        position += header.total_size
    return offset


def _offset_value(row: Committed) -> bytes:
    return offset_value(
        OffsetValue(row.offset, row.leader_epoch, row.metadata, row.commit_ms, row.expire_ms, row.topic_id)
    )


def _entry(change: Change) -> tuple[str, Entry] | None:
    """The record of a change, with its group; None for changes that have none, and for names Kafka's records cannot hold."""
    try:
        if isinstance(change, PutOffset):
            row = change.row
            return row.group_id, (offset_key(row.group_id, row.topic, row.partition), _offset_value(row))
        if isinstance(change, DeleteOffset):
            return change.group_id, (offset_key(change.group_id, change.topic, change.partition), None)
        if isinstance(change, DeleteGroup):
            return change.group_id, (group_key(change.group_id), None)
        if isinstance(change, PutGroup):
            value = classic_value(change.row)
            return None if value is None else (change.row.group_id, (group_key(change.row.group_id), value))
    except ValueError:
        return None
    return None


_stored_group = msgspec.msgpack.Decoder(StoredGroup).decode


def classic_value(row: GroupRow) -> bytes | None:
    """A stored classic group as Kafka's record; None for other kinds, and for a state that is none."""
    if row.kind != "classic":
        return None
    try:
        group = _stored_group(row.state)
        return group_value(_group_value(group))
    except (msgspec.DecodeError, ValueError):
        return None  # unreadable, or a text beyond 32767 bytes, which Kafka's record cannot hold


def _group_value(group: StoredGroup) -> GroupValue:
    name = group.protocol_name
    return GroupValue(
        group.protocol_type or "",
        group.generation_id,
        name,
        group.leader_id,
        group.state_since_ms,
        tuple(
            GroupMember(
                member.member_id,
                member.instance_id,
                member.client_id,
                member.client_host,
                member.rebalance_timeout_ms,
                member.session_timeout_ms,
                next((metadata for protocol, metadata in member.protocols if protocol == name), b""),
                member.assignment,
            )
            for member in group.members
        ),
    )
