"""TCP in memory: connections whose bytes arrive late, in pieces, or not at all.

A direction of a connection is a queue of bytes with a window (socket buffers and what is under way). What does not fit into the window
waits in the sender's transport, which then tells its protocol to pause, as asyncio's transports do; a receiver that does not read
keeps the window full. Order is kept, as TCP keeps it; everything else (delays, cuts, resets, silence) is up to the seed.

What waits in a transport is kept by reference until it enters the window, so a sender that changes a buffer after `write` corrupts
its stream here as it would on uvloop.
"""

from __future__ import annotations

import asyncio
import errno
import random
from collections import deque
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from ottla.testing.sim.loop import OWNER, Owner, SimLoop, context_of

Trace = Callable[[str, int, int], None]
"""(what happened, two numbers): goes into the run's hash."""


@dataclass(slots=True)
class Weather:
    """How the network behaves now. Times in seconds."""

    latency: float = 0.0002
    jitter: float = 0.0005
    split: float = 0.1
    """How often a write arrives in pieces."""
    spike: float = 0.02
    """How often something is delayed by up to `spike_s`."""
    spike_s: float = 0.2
    window: int = 65536
    stalled_until: float = 0.0
    """Nothing arrives before this moment (a partition of the network that heals)."""


class Server:
    """What `create_server` returns: enough of asyncio.Server for the broker."""

    def __init__(self, net: SimNet, factory: Callable[[], Any], port: int, context: Context) -> None:
        self.net = net
        self.factory = factory
        self.port = port
        self.context = context
        self.serving = False
        self.sockets = [self]

    def getsockname(self) -> tuple[str, int]:
        return ("10.0.0.1", self.port)

    async def start_serving(self) -> None:
        self.serving = True

    def is_serving(self) -> bool:
        return self.serving

    def close(self) -> None:
        self.serving = False
        if self.net.servers.get(self.port) is self:
            del self.net.servers[self.port]

    async def wait_closed(self) -> None:
        return None


class SimNet:
    """The network of one simulation."""

    def __init__(self, loop: SimLoop, rng: random.Random, trace: Trace) -> None:
        self.loop = loop
        self.rng = rng
        self.trace = trace
        self.weather = Weather()
        self.servers: dict[int, Server] = {}
        self.ends: dict[End, None] = {}
        self.unsent_max = 0  # the most any transport of a server ever held back
        self._ports = 40000
        self._ids = 0

    async def create_server(
        self, factory: Callable[[], Any], host: str | None, port: int, *, start_serving: bool = True, **_: Any
    ) -> Server:
        if port == 0:
            self._ports += 1
            port = self._ports
        if port in self.servers:
            raise OSError(errno.EADDRINUSE, "address in use")
        server = self.servers[port] = Server(self, factory, port, context_of(OWNER.get()))
        server.serving = start_serving
        return server

    async def create_connection(self, factory: Callable[[], Any], host: str, port: int, **_: Any) -> tuple[Any, Any]:
        """A client's connection. Raises ConnectionRefusedError when nobody listens."""
        await asyncio.sleep(self.delay())
        server = self.servers.get(port)
        if server is None or not server.serving:
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens on port {port}")
        protocol = factory()
        self._ids += 1
        number = self._ids
        client = End(self, f"c{number}", context_of(OWNER.get()))
        accepted = End(self, f"s{number}", server.context)
        client.peer, accepted.peer = accepted, client
        client.peername, accepted.peername = ("10.0.0.1", port), ("10.0.1.1", 50000 + number)
        self.ends[client] = self.ends[accepted] = None
        client.start(protocol)
        self.loop.call_later(self.delay(), accepted.accept, server, context=server.context)
        return client, protocol

    def delay(self) -> float:
        """Seconds the next piece of data is under way."""
        rng, weather = self.rng, self.weather
        delay = weather.latency + rng.random() * weather.jitter
        if rng.random() < weather.spike:
            delay += rng.random() * weather.spike_s
        stall = weather.stalled_until - self.loop.now
        return delay + stall if stall > 0 else delay

    # --- what goes wrong ------------------------------------------------------------------------------------------------------

    def reset(self, chosen: Callable[[End], bool]) -> int:
        """Cuts connections (chosen by their client's end): both sides see a reset. How many."""
        victims = [end for end in self.ends if end.name[0] == "c" and not end.lost and chosen(end)]
        for end in victims:
            for side in (end, end.peer):
                if side is not None:
                    self.loop.call_later(self.delay(), side.lose, ConnectionResetError("cut"), context=side.context)
                    if self.rng.random() < 0.5:
                        side.drop_in_flight()
        return len(victims)

    def owner_died(self, owner: Owner, *, silently: bool) -> None:
        """A process is gone. Its kernel resets the connections, unless the machine went with it: then peers learn of it much later."""
        for end in [end for end in self.ends if end.owner is owner]:
            end.lost = True
            self.ends.pop(end, None)
            end.unsent.clear()
            peer = end.peer
            if peer is None or peer.lost:
                continue
            peer.peer = None
            after = self.rng.uniform(0.5, 8.0) if silently else self.delay()
            if silently or self.rng.random() < 0.5:
                peer.drop_in_flight()
            self.loop.call_later(after, peer.lose, ConnectionResetError("peer died"), context=peer.context)
        for server in [one for one in self.servers.values() if one.context.get(OWNER) is owner]:
            server.close()


class End(asyncio.Transport):
    """One side of a connection: the transport its protocol sees."""

    def __init__(self, net: SimNet, name: str, context: Context) -> None:
        super().__init__()
        self.net = net
        self.name = name
        self.context = context
        self.owner = context.get(OWNER)
        self.peer: End | None = None
        self.peername: tuple[str, int] = ("", 0)
        self.protocol: Any = None
        self.buffered = False
        self.lost = False
        self.closing = False
        self.unsent: deque[bytes | bytearray | memoryview] = deque()
        self.unsent_bytes = 0
        self.in_window = 0
        self.last_arrival = 0.0
        self.deaf = False  # what is still under way to it never arrives: its end has come, it only does not know yet
        self.finished = False
        self.inbox: deque[bytes] = deque()
        self.reading = True
        self.eof_at_end = False
        self.high = 65536
        self.low = 16384
        self.paused = False

    # --- life -------------------------------------------------------------------------------------------------------------------

    def start(self, protocol: Any) -> None:
        self.protocol = protocol
        self.buffered = isinstance(protocol, asyncio.BufferedProtocol)
        protocol.connection_made(self)
        if self.inbox:
            self._deliver()

    def accept(self, server: Server) -> None:
        if self.lost:
            return
        if not server.serving:
            self.lose(None)
            self._tell_peer(ConnectionResetError("not accepted"))
            return
        self.start(server.factory())

    def lose(self, problem: Exception | None) -> None:
        """The connection is over for this side."""
        if self.lost:
            return
        self.lost = self.closing = True
        self.net.ends.pop(self, None)
        self.unsent.clear()
        self.unsent_bytes = 0
        self.inbox.clear()
        if self.protocol is not None:
            self.protocol.connection_lost(problem)

    def drop_in_flight(self) -> None:
        """What is under way to this side never arrives."""
        self.deaf = True

    def _tell_peer(self, problem: Exception | None) -> None:
        peer = self.peer
        if peer is not None and not peer.lost:
            self.net.loop.call_later(self.net.delay(), peer.lose, problem, context=peer.context)

    # --- asyncio.Transport ---------------------------------------------------------------------------------------------------

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self.peername if name == "peername" else default

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self.high = 65536 if high is None else high
        self.low = self.high // 4 if low is None else low

    def get_write_buffer_size(self) -> int:
        return self.unsent_bytes

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def get_protocol(self) -> Any:
        return self.protocol

    def is_closing(self) -> bool:
        return self.closing

    def is_reading(self) -> bool:
        return self.reading

    def can_write_eof(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        if not self.reading:
            self.reading = True
            if self.inbox or self.eof_at_end:
                self.net.loop.call_soon(self._deliver, context=self.context)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self.lost or self.closing or not data:
            return
        self.unsent.append(data)
        self.unsent_bytes += len(data)
        self._send()
        if self.unsent_bytes > self.net.unsent_max and self.name[0] == "s":
            self.net.unsent_max = self.unsent_bytes
        if self.unsent_bytes > self.high and not self.paused:
            self.paused = True
            self.protocol.pause_writing()

    def writelines(self, list_of_data: Any) -> None:
        for data in list_of_data:
            self.write(data)

    def close(self) -> None:
        if self.closing:
            return
        self.closing = True
        if not self.unsent:
            self._finish()

    def abort(self) -> None:
        if self.lost:
            return
        self.closing = True
        self.unsent.clear()
        self.unsent_bytes = 0
        if self.net.rng.random() < 0.5 and self.peer is not None:
            self.peer.drop_in_flight()
        self._tell_peer(ConnectionResetError("aborted by peer"))
        self.net.loop.call_soon(self.lose, None, context=self.context)

    def _finish(self) -> None:
        """Everything is sent: FIN goes out behind it."""
        if self.finished:
            return
        self.finished = True
        peer = self.peer
        if peer is not None and not peer.lost:
            arrival = max(self.last_arrival, self.net.loop.now + self.net.delay())
            self.net.loop.call_at(arrival, peer.fin, context=peer.context)
        self.net.loop.call_soon(self.lose, None, context=self.context)

    # --- bytes on their way ---------------------------------------------------------------------------------------------------

    def _send(self) -> None:
        """Moves what fits from the transport into the window."""
        net = self.net
        weather = net.weather
        unsent = self.unsent
        room = weather.window - self.in_window
        while unsent and room > 0:
            data = unsent[0]
            if len(data) > room:
                piece = bytes(data[:room])
                unsent[0] = memoryview(data)[room:]
            else:
                piece = bytes(data)
                unsent.popleft()
            self.unsent_bytes -= len(piece)
            self.in_window += len(piece)
            room -= len(piece)
            self._fly(piece)

    def _fly(self, piece: bytes) -> None:
        net = self.net
        peer = self.peer
        if peer is None:
            return
        rng = net.rng
        cuts: list[int] = []
        if len(piece) > 1 and rng.random() < net.weather.split:
            cuts = sorted({rng.randrange(1, len(piece)) for _ in range(rng.randrange(1, 4))})
        start = 0
        for stop in (*cuts, len(piece)):
            part = piece[start:stop] if cuts else piece
            start = stop
            arrival = max(self.last_arrival + 1e-7, net.loop.now + net.delay())
            self.last_arrival = arrival
            net.loop.call_at(arrival, peer.arrive, part, context=peer.context)

    def arrive(self, data: bytes) -> None:
        if self.lost or self.deaf:
            return
        self.net.trace(self.name, len(data), crc32(data))
        self.inbox.append(data)
        if self.reading and self.protocol is not None:
            self._deliver()

    def fin(self) -> None:
        """The peer sends no more."""
        if self.lost or self.deaf:
            return
        self.eof_at_end = True
        if self.reading:
            self._deliver()

    def _deliver(self) -> None:
        inbox = self.inbox
        protocol = self.protocol
        taken = 0
        while inbox and self.reading and not self.lost and not self.closing:
            data = inbox.popleft()
            taken += len(data)
            if not self.buffered:
                protocol.data_received(data)
                continue
            view = memoryview(data)
            while view and not self.lost and not self.closing:
                buffer = protocol.get_buffer(-1)
                size = min(len(buffer), len(view))
                buffer[:size] = view[:size]
                view = view[size:]
                protocol.buffer_updated(size)
                if view and not self.is_reading():
                    inbox.appendleft(bytes(view))
                    taken -= len(view)
                    break
        peer = self.peer
        if taken and peer is not None and not peer.lost:
            self.net.loop.call_soon(peer.acknowledged, taken, context=peer.context)
        if self.eof_at_end and not inbox and self.reading and not self.lost:
            protocol.eof_received()
            self.closing = True
            self.net.loop.call_soon(self.lose, None, context=self.context)

    def acknowledged(self, size: int) -> None:
        """The other side took bytes out of the window."""
        if self.lost:
            return
        self.in_window -= size
        if self.unsent:
            self._send()
        if self.paused and self.unsent_bytes <= self.low:
            self.paused = False
            self.protocol.resume_writing()
        if self.closing and not self.unsent:
            self._finish()
