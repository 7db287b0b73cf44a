"""A broker made of the real topic service and handlers on a fake engine and a fake catalogue (its image is the real one)."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, field, fields
from importlib import import_module
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.base.ids import random_uuid, uuid_to_text
from ottla.broker.api_table import BY_KEY
from ottla.broker.broker import Broker, Endpoint
from ottla.broker.producer_ids import ProducerIds
from ottla.broker.request import Request
from ottla.broker.topics import TopicService
from ottla.catalogue.image import Image
from ottla.catalogue.model import CatalogueError, Change, PartitionInfo, PutTopic, Topic
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.rules.producers import ProducerEntry
from ottla.storage.engine import Directory, DirectoryUse, EpochEnd, OffsetAt, PartitionSpec
from ottla.wire.registry import request_module, response_module

NODE = 7
KEYS = {api.name: key for key, api in BY_KEY.items()}


class FakeClock:
    def __init__(self) -> None:
        self.ms = 1_700_000_000_000

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class FakeCatalogue:
    """Commits on the next turn of the loop; `broken` makes it refuse."""

    def __init__(self) -> None:
        self.image = Image()
        self.cluster_id = uuid_to_text(random_uuid())
        self.commits: list[list[Change]] = []
        self.broken = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.image, name)

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        group = list(changes)

        def finish() -> None:
            if self.broken:
                future.set_exception(CatalogueError("no room"))
                return
            self.commits.append(group)
            for change in group:
                self.image.apply(change)
            future.set_result(None)

        loop.call_soon(finish)
        return future


@dataclass
class FakePartition:
    topic: str
    topic_id: bytes
    index: int
    leader_epoch: int
    config: TopicConfig
    log_start_offset: int = 0
    high_watermark: int = 0
    last_stable_offset: int = 0
    log_end_offset: int = 0
    error: ErrorCode = ErrorCode.NONE
    records: list[tuple[int, int]] = field(default_factory=list)  # (timestamp, leader epoch) by offset
    producers: list[ProducerEntry] = field(default_factory=list)

    def fill(self, records: Iterable[tuple[int, int]], *, visible: int | None = None) -> None:
        self.records += records
        self.log_end_offset = len(self.records)
        self.high_watermark = self.last_stable_offset = self.log_end_offset if visible is None else visible


class FakeEngine:
    def __init__(self) -> None:
        self.topics: dict[str, list[FakePartition | None]] = {}
        self.topic_ids: dict[bytes, list[FakePartition | None]] = {}
        self.dropped: list[tuple[str, int]] = []
        self.open_calls = 0
        self.fail_open: OSError | None = None
        self.directory = Directory("/data/one", random_uuid(), ErrorCode.NONE, 1000, 400, ())
        self.more_directories: list[Directory] = []

    async def open(self, partitions: Sequence[PartitionSpec]) -> None:
        self.open_calls += 1
        await asyncio.sleep(0)
        if self.fail_open is not None:
            raise self.fail_open
        for spec in partitions:
            opened = self.topic_ids.setdefault(spec.topic_id, [])
            opened += [None] * (spec.index + 1 - len(opened))
            opened[spec.index] = FakePartition(spec.topic, spec.topic_id, spec.index, spec.leader_epoch, spec.config)
            self.topics[spec.topic] = opened

    async def drop(self, partitions: Sequence[FakePartition]) -> None:
        for one in partitions:
            self.dropped.append((one.topic, one.index))
            self.topic_ids.pop(one.topic_id, None)
            self.topics.pop(one.topic, None)

    async def offset_at(self, partition: FakePartition, timestamp_ms: int, *, committed: bool = False) -> OffsetAt:
        for offset, (timestamp, epoch) in enumerate(partition.records):
            if offset >= partition.log_start_offset and timestamp >= timestamp_ms:
                return OffsetAt(offset, timestamp, epoch)
        return OffsetAt()

    async def max_timestamp(self, partition: FakePartition) -> OffsetAt:
        if not partition.records:
            return OffsetAt()
        best = max(range(len(partition.records)), key=lambda offset: (partition.records[offset][0], -offset))
        timestamp, epoch = partition.records[best]
        return OffsetAt(best, timestamp, epoch)

    def epoch_end(self, partition: FakePartition, leader_epoch: int) -> EpochEnd:
        if leader_epoch > partition.leader_epoch:
            return EpochEnd()
        if leader_epoch == partition.leader_epoch:
            return EpochEnd(leader_epoch, partition.log_end_offset)
        known = [epoch for _, epoch in partition.records if epoch <= leader_epoch]
        if not known:
            return EpochEnd(leader_epoch, 0) if leader_epoch >= 0 else EpochEnd()
        return EpochEnd(max(known), sum(epoch <= leader_epoch for _, epoch in partition.records))

    async def trim(self, partition: FakePartition, before_offset: int) -> ErrorCode:
        if before_offset > partition.high_watermark:
            return ErrorCode.OFFSET_OUT_OF_RANGE
        partition.log_start_offset = max(partition.log_start_offset, before_offset)
        return ErrorCode.NONE

    def producers(self, partition: FakePartition) -> Sequence[ProducerEntry]:
        return partition.producers

    async def directories(self) -> Sequence[Directory]:
        uses = tuple(
            DirectoryUse(one.topic, one.index, 10 * len(one.records))
            for opened in self.topics.values()
            for one in opened
            if one is not None
        )
        first = self.directory
        return [
            Directory(first.path, first.directory_id, first.error, first.total_bytes, first.usable_bytes, uses),
            *self.more_directories,
        ]


class FakeGroups:
    def __init__(self) -> None:
        self.deleted: list[str] = []

    def topics_deleted(self, names: Iterable[str]) -> None:
        self.deleted += names


class FakePeer:
    listener = "PLAINTEXT"
    client_host = "127.0.0.1"
    principal = "User:ANONYMOUS"
    software_name = ""
    software_version = ""
    closed = False

    def __init__(self) -> None:
        self.sent: list[Request] = []

    def send(self, request: Request) -> None:
        self.sent.append(request)

    def on_close(self, callback: Callable[[], None]) -> None:
        pass

    def abort(self, reason: str) -> None:
        raise AssertionError(reason)


class Lab:
    """A broker to call handlers of, each way through the codecs of the version asked for."""

    def __init__(self, **settings: str) -> None:
        self.catalogue = FakeCatalogue()
        self.engine = FakeEngine()
        self.groups = FakeGroups()
        self.clock = FakeClock()
        self.settings = Settings.from_mapping({key.replace("__", "."): value for key, value in settings.items()})
        catalogue: Any = self.catalogue
        engine: Any = self.engine
        groups: Any = self.groups
        self.service = TopicService(catalogue, engine, self.settings, NODE, self.clock)
        parts: dict[str, Any] = {one.name: None for one in fields(Broker) if one.default_factory is MISSING}
        parts |= {
            "node_id": NODE,
            "settings": self.settings,
            "clock": self.clock,
            "catalogue": catalogue,
            "engine": engine,
            "topics": self.service,
            "groups": groups,
            "producer_ids": ProducerIds(catalogue),
            "endpoints": {"PLAINTEXT": Endpoint(NODE, "localhost", 9092, "rack-a")},
        }
        self.broker = Broker(**parts)  # what these handlers never ask for is None

    async def call(self, api: str, version: int, message: Any) -> Any:
        """Encode, decode, handle, encode, decode: what a client would read."""
        key = KEYS[api]
        row = BY_KEY[key]
        assert row.versions[0] <= version <= row.versions[1], (api, version)
        body = request_module(key).encode(message, version)
        peer: Any = FakePeer()
        request = Request(peer, key, version, 1, "test", memoryview(body), 0)
        module, _, name = row.handler.partition(":")
        handler = getattr(import_module(f"ottla.broker.handlers.{module}"), name)
        assert (row.stage.value == "async") == inspect.iscoroutinefunction(handler), row.handler
        answer = handler(self.broker, request, request_module(key).decode(request.body, version, 0))
        if inspect.isawaitable(answer):
            answer = await answer
        response = response_module(key)
        return response.decode(response.encode(answer, version), version)

    def put(self, name: str, partitions: int = 1) -> Topic:
        """A topic that is simply there."""
        topic = Topic(name, random_uuid(), [PartitionInfo(index, 0, (NODE,)) for index in range(partitions)])
        self.catalogue.image.apply(PutTopic(topic))
        self.service._remember(name)
        config = TopicConfig()
        opened: list[FakePartition | None] = [
            FakePartition(name, topic.topic_id, index, 0, config) for index in range(partitions)
        ]
        self.engine.topics[name] = self.engine.topic_ids[topic.topic_id] = opened
        return self.catalogue.topics[name]  # type: ignore[no-any-return]

    def partition(self, name: str, index: int = 0) -> FakePartition:
        found = self.engine.topics[name][index]
        assert found is not None
        return found


def versions(api: str) -> list[int]:
    """Every version of an API that is served."""
    low, high = BY_KEY[KEYS[api]].versions
    return list(range(low, high + 1))


def message(name: str) -> Any:
    """A module of generated messages by its snake case name."""
    return import_module(f"ottla.wire.messages.{name}")
