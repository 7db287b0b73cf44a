"""A coordinator and its handlers behind the real codec, on a catalogue and a clock that the test holds in its hand."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from ottla.base.ids import random_uuid
from ottla.broker.api_table import APIS, Stage
from ottla.broker.broker import Endpoint
from ottla.broker.groups.coordinator import GroupCoordinator
from ottla.broker.request import Request
from ottla.catalogue.image import Image
from ottla.catalogue.model import (
    CatalogueError,
    Change,
    DeleteGroup,
    DeleteOffset,
    DeleteTopic,
    GroupRow,
    OffsetRow,
    PartitionInfo,
    PutGroup,
    PutOffset,
    PutTopic,
    Topic,
)
from ottla.rules.configs.settings import Settings
from ottla.wire.registry import request_module, response_module

NODE = 7
API = {api.name: api for api in APIS}


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs an async test; what goes wrong in a callback fails it, too."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def main() -> None:
            problems: list[dict[str, Any]] = []
            asyncio.get_running_loop().set_exception_handler(lambda _, context: problems.append(context))
            await test(*args, **kwargs)
            assert not problems, problems

        asyncio.run(asyncio.wait_for(main(), 30))

    run.__signature__ = inspect.signature(test)  # type: ignore[attr-defined]
    return run


class FakeClock:
    def __init__(self) -> None:
        self.ticks = 5_000_000
        self.wall = 1_700_000_000_000

    def now_ms(self) -> int:
        return self.wall

    def monotonic_ms(self) -> int:
        return self.ticks

    def advance(self, ms: int) -> None:
        self.ticks += ms
        self.wall += ms


class FakeCatalogue:
    """Keeps rows in dictionaries. `holds`: commits wait for `grant`; `fails`: they are refused when their turn comes."""

    def __init__(self) -> None:
        self.cluster_id = "cluster"
        self.image = Image()
        self.groups: dict[str, GroupRow] = {}
        self.offsets: dict[tuple[str, str, int], OffsetRow] = {}
        self.holds = False
        self.fails = False
        self.waiting: list[tuple[Sequence[Change], asyncio.Future[None]]] = []
        self.commits: list[Sequence[Change]] = []

    topics = property(lambda self: self.image.topics)
    topic_ids = property(lambda self: self.image.topic_ids)

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self.commits.append(changes)
        self.waiting.append((changes, future))
        if not self.holds:
            loop.call_soon(self._next)
        return future

    def _next(self) -> None:
        if self.waiting and not self.holds:
            self.grant()

    def grant(self, count: int = 1) -> None:
        for _ in range(count):
            changes, future = self.waiting.pop(0)
            if self.fails:
                future.set_exception(CatalogueError("disk is full"))
                continue
            for change in changes:
                self._apply(change)
            future.set_result(None)

    def _apply(self, change: Change) -> None:
        match change:
            case PutGroup(row):
                self.groups[row.group_id] = row
            case DeleteGroup(group_id):
                self.groups.pop(group_id, None)
                self.offsets = {key: row for key, row in self.offsets.items() if key[0] != group_id}
            case PutOffset(row):
                self.offsets[row.group_id, row.topic, row.partition] = row
            case DeleteOffset(group_id, topic, partition):
                self.offsets.pop((group_id, topic, partition), None)
            case DeleteTopic(topic_id):
                name = self.image.topic_ids[topic_id].name
                self.offsets = {key: row for key, row in self.offsets.items() if key[1] != name}
                self.image.apply(change)
            case _:
                self.image.apply(change)

    def load_groups(self) -> Sequence[GroupRow]:
        return list(self.groups.values())

    def load_offsets(self) -> Sequence[OffsetRow]:
        return list(self.offsets.values())


class FakePeer:
    listener = "PLAINTEXT"
    client_host = "127.0.0.1"
    principal = "User:ANONYMOUS"
    closed = False

    def __init__(self) -> None:
        self.callbacks: list[Callable[[], None]] = []

    def send(self, request: Request) -> None:
        assert request.response is not None

    def on_close(self, callback: Callable[[], None]) -> None:
        self.callbacks.append(callback)

    def close(self) -> None:
        self.closed = True
        for callback in self.callbacks:
            callback()


class Call:
    """One request through the codec and its handler; `response` is there when it is answered."""

    def __init__(self, world: World, name: str, version: int, fields: dict[str, Any], client_id: str | None) -> None:
        self.api = API[name]
        self.version = version
        assert self.api.versions[0] <= version <= self.api.versions[1]
        codec = request_module(self.api.key)
        message = getattr(codec, f"{name}Request")(**fields)
        body = codec.encode(message, version)
        self.peer = FakePeer()
        self.request = Request(self.peer, self.api.key, version, 1, client_id, memoryview(body), 0)
        self.task: asyncio.Task[None] | None = None
        module, _, function = self.api.handler.partition(":")
        handler = getattr(import_module(f"ottla.broker.handlers.{module}"), function)
        decoded = codec.decode(self.request.body, version, 0)
        if self.api.stage is Stage.ASYNC:
            self.task = asyncio.get_running_loop().create_task(
                self._finish(handler(world.broker, self.request, decoded))
            )
        else:
            answer = handler(world.broker, self.request, decoded)
            if answer is not None:
                assert self.request.response is None
                self.request.reply_message(answer)

    async def _finish(self, answer: Awaitable[Any]) -> None:
        self.request.reply_message(await answer)

    @property
    def is_parked(self) -> bool:
        return self.request.response is None

    @property
    def response(self) -> Any:
        assert self.request.response is not None, f"{self.api.name} is not answered"
        body = memoryview(b"".join(bytes(part) for part in self.request.response))
        return response_module(self.api.key).decode(body, self.version, 0)


class World:
    """A broker with a coordinator, two topics (`t` of 3 partitions, `u` of 1) and Kafka's settings."""

    def __init__(self, **config: object) -> None:
        texts = {key.replace("_", "."): str(value) for key, value in config.items()}
        self.settings = Settings.from_mapping(texts)
        self.catalogue = FakeCatalogue()
        self.clock = FakeClock()
        for name, count in (("t", 3), ("u", 1)):
            self.make_topic(name, count)
        self.boot()

    def boot(self, load: bool = True) -> None:
        """Starts a broker on what is durable."""
        self.groups = GroupCoordinator(self.catalogue, self.settings, self.clock)
        endpoint = Endpoint(NODE, "here.example", 9092)
        self.broker: Any = SimpleNamespace(
            node_id=NODE,
            settings=self.settings,
            clock=self.clock,
            catalogue=self.catalogue,
            groups=self.groups,
            nodes=lambda listener: {NODE: endpoint},
        )
        if load:
            self.groups.load()

    def make_topic(self, name: str, count: int) -> bytes:
        topic = Topic(name, random_uuid(), [PartitionInfo(index, 0, (NODE,)) for index in range(count)])
        self.catalogue.image.apply(PutTopic(topic))
        return topic.topic_id

    def topic_id(self, name: str) -> bytes:
        return self.catalogue.image.topics[name].topic_id

    def send(self, name: str, version: int, /, *, client_id: str | None = "client", **fields: Any) -> Call:
        return Call(self, name, version, fields, client_id)

    async def ask(self, name: str, version: int, /, **fields: Any) -> Any:
        """Sends and waits for the answer."""
        call = self.send(name, version, **fields)
        await self.settle()
        return call.response

    async def settle(self) -> None:
        """Lets everything that can happen now happen."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def pass_time(self, ms: int) -> None:
        """Lets time pass, a wake-up at a time."""
        end = self.clock.ticks + ms
        while True:
            await self.settle()
            heap = self.groups._wakes._heap
            if not heap or heap[0][0] > end:
                break
            self.clock.advance(max(heap[0][0] - self.clock.ticks, 0))
            self.groups._wakes.run_due()
        self.clock.advance(end - self.clock.ticks)
        await self.settle()
