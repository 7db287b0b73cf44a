"""The rest of the broker as transactions see it, in memory, and able to be slow or to fail."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.broker.transactions.coordinator import TransactionCoordinator
from ottla.broker.transactions.offsets import TransactionalOffsets
from ottla.broker.transactions.ports import (
    AnyChange,
    DeletePendingOffset,
    DeleteTransaction,
    PendingOffsetRow,
    PutPendingOffset,
    PutTransaction,
    TransactionRow,
)
from ottla.catalogue.model import CatalogueError, OffsetRow, PartitionInfo, PutOffset, Topic
from ottla.rules.configs.settings import Settings
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.states import TopicPartition
from ottla.wire.registry import request_module, response_module

NOW_MS = 1_700_000_000_000


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.ticks = 5_000

    def now_ms(self) -> int:
        return NOW_MS + self.ticks

    def monotonic_ms(self) -> int:
        return self.ticks


class Store:
    """What is durable: survives a crash of the broker."""

    def __init__(self) -> None:
        self.transactions: dict[str, TransactionRow] = {}
        self.pending: dict[tuple[str, int, str, int], PendingOffsetRow] = {}
        self.offsets: dict[tuple[str, str, int], OffsetRow] = {}
        self.topics: dict[str, Topic] = {}

    def apply(self, change: AnyChange) -> None:
        match change:
            case PutTransaction(row):
                self.transactions[row.transactional_id] = row
            case DeleteTransaction(transactional_id):
                self.transactions.pop(transactional_id, None)
            case PutPendingOffset(row):
                key = (row.offset.group_id, row.producer_id, row.offset.topic, row.offset.partition)
                self.pending[key] = row
            case DeletePendingOffset(group_id, producer_id, topic, partition):
                self.pending.pop((group_id, producer_id, topic, partition), None)
            case PutOffset(row):
                self.offsets[row.group_id, row.topic, row.partition] = row
            case _:
                raise AssertionError(change)


class Catalogue:
    """Commits are durable at once unless `holds`; then `release` and `fail` say what becomes of the oldest."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.holds = False
        self.refuses = False
        self.held: deque[tuple[Sequence[AnyChange], asyncio.Future[None]]] = deque()
        self.commits = 0

    @property
    def topics(self) -> dict[str, Topic]:
        return self.store.topics

    def commit(self, changes: Sequence[AnyChange]) -> asyncio.Future[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.refuses:
            raise CatalogueError("refused")
        self.commits += 1
        self.held.append((changes, future))
        if not self.holds:
            self.release()
        return future

    def release(self, count: int = -1) -> None:
        while self.held and count:
            changes, future = self.held.popleft()
            for change in changes:
                self.store.apply(change)
            future.set_result(None)
            count -= 1

    def fail(self, count: int = -1) -> None:
        while self.held and count:
            self.held.popleft()[1].set_exception(CatalogueError("the disk is gone"))
            count -= 1

    def load_transactions(self) -> list[TransactionRow]:
        return list(self.store.transactions.values())

    def load_pending_offsets(self) -> list[PendingOffsetRow]:
        return list(self.store.pending.values())


class Markers:
    """Writes markers at once unless `holds`. `errors`: what a partition answers."""

    def __init__(self) -> None:
        self.holds = False
        self.errors: dict[TopicPartition, ErrorCode] = {}
        self.written: list[tuple[Marker, TopicPartition]] = []
        self.asked = 0
        self.held: list[tuple[Marker, Sequence[TopicPartition], Callable[[Any], None]]] = []

    def write(self, marker: Marker, partitions: Sequence[TopicPartition], done: Callable[[Any], None]) -> None:
        self.asked += 1
        self.held.append((marker, partitions, done))
        if not self.holds:
            self.release()

    def release(self) -> None:
        held, self.held = self.held, []
        for marker, partitions, done in held:
            results = [(where, self.errors.get(where, ErrorCode.NONE)) for where in partitions]
            self.written += [(marker, where) for where, error in results if not error]
            done(results)


class Groups:
    """Groups without members: whoever names a generation is unknown. The first commit makes a group."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.unavailable = ErrorCode.NONE
        self.known: set[str] = set()
        self.seen: list[OffsetRow] = []

    def check_transactional_commit(
        self, group_id: str, member_id: str, instance_id: str | None, generation_id: int
    ) -> ErrorCode:
        if generation_id >= 0:
            return ErrorCode.UNKNOWN_MEMBER_ID if group_id in self.known else ErrorCode.ILLEGAL_GENERATION
        self.known.add(group_id)
        return ErrorCode.NONE

    def offsets_committed(self, rows: Sequence[OffsetRow]) -> None:
        self.seen += rows


class Ids:
    def __init__(self) -> None:
        self.next = 7000
        self.fails = False
        self.waits: asyncio.Event | None = None

    async def allocate(self) -> int:
        if self.waits is not None:
            await self.waits.wait()
        if self.fails:
            raise CatalogueError("no ids")
        self.next += 1
        return self.next


class World:
    """A broker with nothing in it but transactions. `restart` crashes it: what was not durable is gone."""

    def __init__(self, *, patience_ms: int = 500, version: int = 2, **settings: str) -> None:
        self.clock = Clock()
        self.store = Store()
        self.settings = Settings.from_mapping({key.replace("_", "."): value for key, value in settings.items()})
        self.version = version
        self.patience_ms = patience_ms
        self.ids = Ids()
        self.make_markers: Callable[[], Markers] = Markers
        self.create_topic("data", 3)

    def create_topic(self, name: str, partitions: int, topic_id: bytes = b"t" * 16) -> None:
        self.store.topics[name] = Topic(name, topic_id, [PartitionInfo(index, 0, (1,)) for index in range(partitions)])

    def start(self) -> World:
        self.catalogue = Catalogue(self.store)
        self.markers = self.make_markers()
        self.groups = Groups(self.store)
        self.offsets = TransactionalOffsets(self.catalogue, self.groups)
        self.transactions = TransactionCoordinator(
            self.catalogue,
            self.settings,
            self.clock,
            self.ids,
            self.markers,
            self.offsets,
            version=lambda: self.version,
            patience_ms=self.patience_ms,
        )
        self.transactions.load()
        return self

    def restart(self) -> World:
        self.transactions.close()
        return self.start()

    async def pass_ms(self, ms: int) -> None:
        """Time passes, and whoever is due is woken."""
        self.clock.ticks += ms
        await self.turn()
        self.transactions._wakes.run_due()
        await self.turn()

    @staticmethod
    async def turn(count: int = 6) -> None:
        """Lets everything happen that is ready to."""
        for _ in range(count):
            await asyncio.sleep(0)

    async def call(self, handler: Any, api_key: int, version: int, message: Any) -> Any:
        """A request as a client would send it: through the codec, both ways."""
        body = request_module(api_key).encode(message, version)
        decoded = request_module(api_key).decode(memoryview(body), version, 0)
        request = type("Request", (), {"api_key": api_key, "api_version": version})()
        answer = handler(self, request, decoded)
        if asyncio.iscoroutine(answer):
            answer = await answer
        raw = response_module(api_key).encode(answer, version)
        return response_module(api_key).decode(memoryview(raw), version, 0)


def rows(
    group_id: str, offsets: Iterable[tuple[int, int]], topic: str = "data", topic_id: bytes = b"t" * 16
) -> list[OffsetRow]:
    return [OffsetRow(group_id, topic, index, offset, -1, "", NOW_MS, topic_id=topic_id) for index, offset in offsets]
