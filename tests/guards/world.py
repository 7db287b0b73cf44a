"""A broker in this process behind a transport that only remembers: what a connection does, without a socket."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from ottla.rules.configs.settings import Settings
from ottla.rules.topics import NewTopic
from ottla.server.connection import Connection
from ottla.server.node import Node
from ottla.wire.registry import flexible_since, request_module, response_module

TOPIC = "hot"
ANSWER_LIMIT_S = 20.0


class Transport:
    """Takes what a connection writes."""

    def __init__(self) -> None:
        self.written = bytearray()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1)

    def set_write_buffer_limits(self, **_: Any) -> None: ...

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data

    def writelines(self, parts: Iterable[bytes | bytearray | memoryview]) -> None:
        for part in parts:
            self.written += part

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def abort(self) -> None:
        raise AssertionError("the broker aborted the connection")

    def close(self) -> None:
        raise AssertionError("the broker closed the connection")


def frame(api_key: int, version: int, message: Any) -> bytes:
    """A whole request, with its size in front."""
    body = request_module(api_key).encode(message, version)
    since = flexible_since(api_key)
    tags = b"\0" if since is not None and version >= since else b""
    head = struct.pack(">hhih", api_key, version, 7, 6) + b"guards" + tags
    return struct.pack(">i", len(head) + len(body)) + head + body


class World:
    """One node, one connection, one topic with one partition."""

    def __init__(self, node: Node, topic_id: bytes) -> None:
        self.node, self.topic_id = node, topic_id
        assert node._hub is not None
        self.transport = Transport()
        self.connection = Connection(node._hub, "PLAINTEXT")
        self.connection.connection_made(self.transport)  # type: ignore[arg-type]

    def feed(self, data: bytes) -> None:
        """What the loop does when bytes arrive."""
        buffer = self.connection.get_buffer(-1)
        buffer[: len(data)] = data
        self.connection.buffer_updated(len(data))

    def answers(self) -> list[bytes]:
        """Takes the whole response frames written so far, without their sizes."""
        found, data = [], self.transport.written
        while len(data) >= 4:
            (size,) = struct.unpack_from(">i", data)
            if len(data) < 4 + size:
                break
            found.append(bytes(data[4 : 4 + size]))
            del data[: 4 + size]
        return found

    async def settle(self, number: int) -> list[bytes]:
        """Lets the loop go round until `number` answers are there."""
        found = self.answers()
        async with asyncio.timeout(ANSWER_LIMIT_S):
            while len(found) < number:
                await asyncio.sleep(0.0005)
                found += self.answers()
        assert len(found) == number
        return found

    async def call(self, api_key: int, version: int, message: Any) -> Any:
        self.feed(frame(api_key, version, message))
        (answer,) = await self.settle(1)
        return decoded(api_key, version, answer)


def decoded(api_key: int, version: int, answer: bytes) -> Any:
    since = flexible_since(api_key)
    pos = 5 if since is not None and version >= since and api_key != 18 else 4
    return response_module(api_key).decode(memoryview(answer), version, pos)


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    """A started node on a fresh directory."""
    keys = {"listeners": "PLAINTEXT://127.0.0.1:0", "group.initial.rebalance.delay.ms": "0"}
    node = Node(Settings.from_mapping(keys), data=folder)
    await node.start()
    try:
        (topic,) = await node.broker.topics.create([NewTopic(TOPIC)])
        assert hasattr(topic, "topic_id"), topic
        made = World(node, bytes(topic.topic_id))
        try:
            yield made
        finally:
            made.connection.connection_lost(None)
    finally:
        await node.stop()
