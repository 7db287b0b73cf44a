"""Frames, order, back-pressure and limits of a connection, over real sockets and with handlers of the test's own."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from guards.world import Transport
from ottla.broker.request import Request
from ottla.rules.configs.settings import Settings
from ottla.server.connection import PEEK_SIZE, PIPELINE_MAX, SCRATCH_SIZE, TURN_BYTES, TURN_REQUESTS, Connection
from ottla.server.listener import Hub, ListenError
from ottla.wire.errors import WireError


class FakeDispatcher:
    """Reads (correlation id, payload) frames and hands them to `handle`."""

    def __init__(self, handle: Callable[[Request, bytes], Awaitable[None] | None]) -> None:
        self.handle = handle

    def read(self, peer: Any, frame: memoryview) -> Request:
        if bytes(frame[:4]) == b"\xff\xff\xff\xff":
            raise WireError("no such API")
        return Request(peer, 0, 0, struct.unpack_from(">i", frame, 4)[0], None, frame, 8)

    def dispatch(self, request: Request) -> Awaitable[None] | None:
        return self.handle(request, bytes(request.body[8:]))


@asynccontextmanager
async def serving(
    handle: Callable[[Request, bytes], Awaitable[None] | None], **config: str
) -> AsyncIterator[tuple[Hub, int]]:
    hub = Hub(FakeDispatcher(handle), Settings.from_mapping({k.replace("_", "."): v for k, v in config.items()}))  # type: ignore[arg-type]
    port = await hub.listen("PLAINTEXT", "127.0.0.1", 0)
    await hub.serve()
    try:
        yield hub, port
    finally:
        await hub.stop(0.2)


def frame(correlation_id: int, payload: bytes = b"") -> bytes:
    return struct.pack(">iii", 8 + len(payload), 0, correlation_id) + payload


async def reply(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    size, correlation_id = struct.unpack(">ii", await asyncio.wait_for(reader.readexactly(8), 5))
    return correlation_id, await asyncio.wait_for(reader.readexactly(size - 4), 5)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 30))


def echo(request: Request, payload: bytes) -> None:
    request.reply(b"<", payload, b">")


@pytest.mark.parametrize("size", [0, 1, 1000, 40_000, 130_000, 300_000, 3_000_000])
@pytest.mark.parametrize("piece", [7, 65_536, 10_000_000])
def test_a_frame_arrives_whole_however_it_is_cut(size: int, piece: int) -> None:
    if size // piece > 3000:
        piece = 2000

    async def test() -> None:
        async with serving(echo) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            payload = bytes(i * 7 % 251 for i in range(1000)) * (size // 1000 + 1)
            sent = frame(1, payload[:size]) + frame(2, b"after") + frame(3)
            for at in range(0, len(sent), piece):
                writer.write(sent[at : at + piece])
                await writer.drain()
            assert await reply(reader) == (1, b"<" + payload[:size] + b">")
            assert await reply(reader) == (2, b"<after>")
            assert await reply(reader) == (3, b"<>")
            writer.close()

    run(test())


def test_replies_leave_in_request_order() -> None:
    async def test() -> None:
        kept: list[Request] = []

        def handle(request: Request, payload: bytes) -> None:
            if payload == b"later":
                kept.append(request)
            elif payload == b"never":
                request.no_reply()
            else:
                request.reply(payload)

        async with serving(handle) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                frame(1, b"later") + frame(2, b"now") + frame(3, b"later") + frame(4, b"never") + frame(5, b"now")
            )
            while len(kept) < 2:
                await asyncio.sleep(0)
            kept[1].reply(b"third")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.read(1), 0.05)
            kept[0].reply(b"first")
            assert [await reply(reader) for _ in range(4)] == [(1, b"first"), (2, b"now"), (3, b"third"), (5, b"now")]
            writer.close()

    run(test())


def test_an_awaited_request_holds_back_the_next() -> None:
    async def test() -> None:
        log: list[str] = []
        gate = asyncio.Event()

        async def slow(request: Request) -> None:
            await gate.wait()
            log.append("slow")
            request.reply(b"slow")

        def handle(request: Request, payload: bytes) -> Awaitable[None] | None:
            if payload == b"slow":
                return slow(request)
            log.append(payload.decode())
            request.reply(payload)
            return None

        async with serving(handle) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(frame(1, b"a") + frame(2, b"slow") + frame(3, b"b" * 100_000) + frame(4, b"c"))
            assert await reply(reader) == (1, b"a")
            assert log == ["a"]
            gate.set()
            assert await reply(reader) == (2, b"slow")
            assert (await reply(reader))[0] == 3
            assert await reply(reader) == (4, b"c")
            assert [entry[0] for entry in log] == ["a", "s", "b", "c"]
            writer.close()

    run(test())


def test_unanswered_requests_are_bounded() -> None:
    async def test() -> None:
        kept: list[Request] = []
        async with serving(lambda request, _: kept.append(request)) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"".join(frame(n) for n in range(3 * PIPELINE_MAX)))
            await writer.drain()
            while len(kept) < PIPELINE_MAX:
                await asyncio.sleep(0)
            await asyncio.sleep(0.05)
            assert len(kept) == PIPELINE_MAX
            answered = 0
            while answered < 3 * PIPELINE_MAX:
                for request in kept[answered:]:
                    request.reply(b"x")
                    answered += 1
                await asyncio.sleep(0)
            got = [(await reply(reader))[0] for _ in range(3 * PIPELINE_MAX)]
            assert got == list(range(3 * PIPELINE_MAX))
            writer.close()

    run(test())


@pytest.mark.parametrize(
    "bad",
    [
        struct.pack(">i", -1),
        struct.pack(">i", 0),
        struct.pack(">i", 7) + b"1234567",
        struct.pack(">i", 2_000_001),
        struct.pack(">i", 0x7FFFFFFF),
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">i", 8) + b"\xff" * 8,
    ],
)
def test_a_bad_frame_costs_only_its_own_connection(bad: bytes) -> None:
    async def test() -> None:
        async with serving(echo, socket_request_max_bytes="2000000") as (hub, port):
            good_reader, good_writer = await asyncio.open_connection("127.0.0.1", port)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(frame(1, b"fine") + bad)
            try:
                rest = await asyncio.wait_for(reader.read(), 5)
            except ConnectionResetError:
                rest = b""
            assert rest in (b"", struct.pack(">ii", 10, 1) + b"<fine>")
            good_writer.write(frame(9, b"still here"))
            assert await reply(good_reader) == (9, b"<still here>")
            assert len(hub.connections) == 1
            writer.close()
            good_writer.close()

    run(test())


def test_a_client_that_does_not_read_is_not_served_more_than_it_may_leave_lying() -> None:
    async def test() -> None:
        answered = 0

        def handle(request: Request, payload: bytes) -> None:
            nonlocal answered
            answered += 1
            request.reply(bytes(1_000_000))

        async with serving(handle) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            writer.write(b"".join(frame(n) for n in range(100)))
            await writer.drain()
            before = -1
            while answered != before:
                before = answered
                await asyncio.sleep(0.05)
            assert 4 <= answered < 60
            writer.transport.resume_reading()  # type: ignore[attr-defined]
            for n in range(100):
                correlation_id, body = await reply(reader)
                assert (correlation_id, len(body)) == (n, 1_000_000)
            writer.close()

    run(test())


def test_who_pipelines_much_does_not_go_first_all_the_time() -> None:
    async def test() -> None:
        order: list[bytes] = []
        quiet = socket.socket()

        def handle(request: Request, payload: bytes) -> None:
            if not order:
                quiet.sendall(frame(1, b"quiet"))
            order.append(payload)
            request.reply(b"")

        async with serving(handle) as (_, port):
            with quiet:
                quiet.connect(("127.0.0.1", port))
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"".join(frame(n, b"noisy") for n in range(1000)))
                for n in range(1000):
                    assert (await reply(reader))[0] == n
                assert order.index(b"quiet") <= 2 * TURN_REQUESTS < 1000
                assert order.count(b"noisy") == 1000
                writer.close()

    run(test())


@pytest.mark.parametrize("size", [20_000, 40_000, 1_000_000])
def test_who_sends_large_requests_does_not_go_first_all_the_time(size: int) -> None:
    """uvloop reads a socket that has more up to 32 times before it looks at another one."""
    uvloop = pytest.importorskip("uvloop")
    number = 32_000_000 // size

    async def test() -> None:
        order: list[bytes] = []
        quiet = socket.socket()

        def handle(request: Request, payload: bytes) -> None:
            if not order:
                quiet.sendall(frame(1, b"quiet"))
                time.sleep(0.05)  # the kernel gets the rest of what the noisy one sends
            order.append(payload[:5])
            request.reply(b"")

        async with serving(handle) as (_, port):
            with quiet:
                quiet.connect(("127.0.0.1", port))
                noisy = threading.Thread(target=send, args=(port,))
                noisy.start()
                while len(order) <= number:
                    await asyncio.sleep(0.01)
                noisy.join()
        assert order.index(b"quiet") * size <= 2 * TURN_BYTES + 2 * size

    def send(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"".join(frame(n, b"noisy".ljust(size)) for n in range(number)))
            left = 8 * number
            while left:
                left -= len(client.recv(left))

    uvloop.run(asyncio.wait_for(test(), 30))


class StillTransport(Transport):
    """A transport over which the test says what arrives. Knows whether it is read from."""

    reading = True

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def abort(self) -> None: ...


def receive(connection: Connection, data: bytes) -> None:
    """What the loop does when bytes have arrived at a socket."""
    while data:
        space = connection.get_buffer(-1)
        taken = min(len(space), len(data))
        space[:taken] = data[:taken]
        connection.buffer_updated(taken)
        data = data[taken:]


def test_a_large_request_lets_those_go_first_that_arrived_in_the_same_round() -> None:
    async def test() -> None:
        kept: list[Request] = []
        hub = Hub(FakeDispatcher(lambda request, _: kept.append(request)), Settings.from_mapping({}))  # type: ignore[arg-type]
        noisy, quiet = Connection(hub, "PLAINTEXT"), Connection(hub, "PLAINTEXT")
        pipe = StillTransport()
        noisy.connection_made(pipe)
        quiet.connection_made(StillTransport())
        free = hub._memory_free
        receive(noisy, frame(1) + frame(2, bytes(SCRATCH_SIZE)))
        receive(quiet, frame(3))
        assert [request.correlation_id for request in kept] == [1, 3]
        assert not pipe.reading
        kept[0].reply(b"")
        assert hub._memory_free < free, "the one that waits keeps its memory"
        await asyncio.sleep(0)
        assert [request.correlation_id for request in kept] == [1, 3, 2]
        assert pipe.reading
        kept[2].reply(b"")
        assert hub._memory_free == free

    run(test())


def test_who_sends_large_requests_is_received_into_them() -> None:
    """The shared buffer's bytes are copied; the second large frame must not come through it by the quarter megabyte."""

    async def test() -> None:
        kept: list[Request] = []
        hub = Hub(FakeDispatcher(lambda request, _: kept.append(request)), Settings.from_mapping({}))  # type: ignore[arg-type]
        client = Connection(hub, "PLAINTEXT")
        client.connection_made(StillTransport())
        for n in range(3):
            payload = bytes([n]) * 1_000_000
            assert len(client.get_buffer(-1)) == (PEEK_SIZE if n else SCRATCH_SIZE)
            receive(client, frame(n, payload))
            await asyncio.sleep(0)
            assert bytes(kept[n].body[8:]) == payload
        receive(client, frame(3, b"small"))
        assert len(client.get_buffer(-1)) == SCRATCH_SIZE
        assert bytes(kept[3].body[8:]) == b"small"

    run(test())


@pytest.mark.parametrize("lost", [True, False])
def test_a_large_request_that_waits_is_dropped_with_its_connection(lost: bool) -> None:
    async def test() -> None:
        kept: list[Request] = []
        hub = Hub(FakeDispatcher(lambda request, _: kept.append(request)), Settings.from_mapping({}))  # type: ignore[arg-type]
        free = hub._memory_free
        noisy = Connection(hub, "PLAINTEXT")
        noisy.connection_made(StillTransport())
        receive(noisy, frame(2, bytes(SCRATCH_SIZE)))
        if lost:
            noisy.connection_lost(None)
        else:
            noisy.abort("the test says so")
        await asyncio.sleep(0)
        assert not kept
        noisy.connection_lost(None)
        assert hub._memory_free == free

    run(test())


def test_request_memory_is_reserved_and_given_back() -> None:
    async def test() -> None:
        kept: list[Request] = []
        size = 400_000
        async with serving(
            lambda request, _: kept.append(request),
            socket_request_max_bytes="1000000",
            queued_max_request_bytes="1000000",
        ) as (_, port):
            clients = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
            for n, (_, writer) in enumerate(clients):
                writer.write(frame(n, bytes(size)))
            while len(kept) < 2:
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.05)
            assert len(kept) == 2, "two frames of 400 kB fit into 1 MB, a third does not"
            done = 0
            while done < 5:
                for request in kept[done:]:
                    request.reply(b"ok")
                    done += 1
                await asyncio.sleep(0.001)
            for reader, writer in clients:
                assert (await reply(reader))[1] == b"ok"
                writer.close()

    run(test())


def test_connection_limits() -> None:
    async def test() -> None:
        async with serving(echo, max_connections_per_ip="2") as (hub, port):
            clients = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
            refused = clients[2][0]
            try:
                assert await asyncio.wait_for(refused.read(), 5) == b""
            except ConnectionResetError:
                pass
            clients[0][1].close()
            while len(hub.connections) > 1:
                await asyncio.sleep(0)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(frame(1))
            assert await reply(reader) == (1, b"<>")
            for _, w in [*clients[1:], (reader, writer)]:
                w.close()

    run(test())


def test_idle_connections_are_closed_busy_ones_are_not() -> None:
    async def test() -> None:
        kept: list[Request] = []
        async with serving(lambda request, _: kept.append(request), connections_max_idle_ms="100") as (_, port):
            idle_reader, idle_writer = await asyncio.open_connection("127.0.0.1", port)
            busy_reader, busy_writer = await asyncio.open_connection("127.0.0.1", port)
            busy_writer.write(frame(1))
            assert await asyncio.wait_for(idle_reader.read(), 5) == b""
            kept[0].reply(b"done")
            assert await reply(busy_reader) == (1, b"done")
            idle_writer.close()
            busy_writer.close()

    run(test())


def test_stop_answers_what_is_in_flight() -> None:
    async def test() -> None:
        kept: list[Request] = []
        async with serving(lambda request, _: kept.append(request)) as (hub, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(frame(1))
            while not kept:
                await asyncio.sleep(0)
            stopping = asyncio.create_task(hub.stop(5))
            await asyncio.sleep(0.02)
            kept[0].reply(b"last")
            assert await reply(reader) == (1, b"last")
            assert await asyncio.wait_for(reader.read(), 5) == b""
            await stopping
            writer.close()

    run(test())


def test_a_port_in_use_is_one_clear_line() -> None:
    async def test() -> None:
        async with serving(echo) as (hub, port):
            with pytest.raises(ListenError, match=rf"127.0.0.1:{port} is in use by another process"):
                await hub.listen("OTHER", "127.0.0.1", port)

    run(test())
