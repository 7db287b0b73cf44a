"""Listeners and what their connections share: limits, memory for requests, the idle sweep."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections import Counter, deque
from collections.abc import Sequence

from ottla.broker.dispatch import Dispatcher
from ottla.rules.configs.settings import Settings
from ottla.server.connection import SCRATCH_SIZE, Connection

log = logging.getLogger("ottla.server.listener")

# `queued.max.request.bytes` is -1 (no bound) by default in Kafka; here memory for request bodies is always bounded.
REQUEST_MEMORY_DEFAULT = 512 * 1024 * 1024
WRITE_HIGH_WATER = 4 * 1024 * 1024
_SWEEP_S = 1.0
STOP_S = 2.0  # longer than a long poll's usual wait


class ListenError(Exception):
    """A listener's address cannot be bound; the message names it and says what to do."""


class Hub:
    """The connections of one node, over all its listeners."""

    def __init__(self, dispatcher: Dispatcher, settings: Settings) -> None:
        self.dispatcher = dispatcher
        self.settings = settings
        self.connections: dict[
            Connection, None
        ] = {}  # in the order they came, so that stopping does the same every time
        self.scratch = memoryview(bytearray(SCRATCH_SIZE))
        self._empty = asyncio.Event()
        self.request_max_bytes = settings.int("socket.request.max.bytes")
        self.write_high_water = WRITE_HIGH_WATER
        self.now_s = 0.0  # the loop's time at the last sweep: fine enough for idle timeouts, free to read
        memory = settings.int("queued.max.request.bytes")
        self._memory_free = max(memory, self.request_max_bytes) if memory > 0 else REQUEST_MEMORY_DEFAULT
        self._memory_waiters: deque[Connection] = deque()
        self._per_ip: Counter[str] = Counter()
        self._servers: list[asyncio.Server] = []
        self._sweeper: asyncio.TimerHandle | None = None

    # --- admission -------------------------------------------------------------------------------------------------------------

    def admit(self, connection: Connection) -> bool:
        """Counts a new connection; False when a limit is reached (`max.connections`, `max.connections.per.ip`)."""
        host = connection.client_host
        most = self.settings.int("max.connections")
        if len(self.connections) >= most:
            log.warning("refusing a connection from %s: max.connections=%d are open", host, most)
            return False
        per_ip = self._per_ip_limit(host)
        if self._per_ip[host] >= per_ip:
            log.warning("refusing a connection from %s: it has max.connections.per.ip=%d open", host, per_ip)
            return False
        self._per_ip[host] += 1
        self.connections[connection] = None
        connection.last_active_s = self.now_s
        return True

    def _per_ip_limit(self, host: str) -> int:
        for override in self.settings.str("max.connections.per.ip.overrides").split(","):
            name, _, limit = override.strip().rpartition(":")
            if name == host:
                return int(limit)
        return self.settings.int("max.connections.per.ip")

    def forget(self, connection: Connection) -> None:
        if connection in self.connections:
            del self.connections[connection]
            if not self.connections:
                self._empty.set()
            self._per_ip[connection.client_host] -= 1
            if not self._per_ip[connection.client_host]:
                del self._per_ip[connection.client_host]

    # --- memory ----------------------------------------------------------------------------------------------------------------

    def reserve(self, size: int, connection: Connection) -> bool:
        """Takes memory for a frame's body; False: none left, `connection.memory_available` is called when there is."""
        if size <= self._memory_free and not self._memory_waiters:
            self._memory_free -= size
            return True
        self._memory_waiters.append(connection)
        return False

    def release(self, size: int) -> None:
        self._memory_free += size
        waiters, self._memory_waiters = self._memory_waiters, deque()
        for connection in waiters:
            if not connection.closed:
                connection.memory_available()

    # --- life ------------------------------------------------------------------------------------------------------------------

    async def listen(self, name: str, host: str, port: int) -> int:
        """Binds a listener and returns its port (the one given, or the one chosen for 0). Raises ListenError."""
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(
                lambda: Connection(self, name),
                host or None,
                port,
                backlog=max(self.settings.int("socket.listen.backlog.size"), 1),
                start_serving=False,
            )
        except OSError as e:
            raise ListenError(_bind_problem(name, host, port, e)) from e
        self._servers.append(server)
        sockets: Sequence[socket.socket] = server.sockets
        if not self._sweeper:
            self._sweep()
        return int(sockets[0].getsockname()[1])

    async def serve(self) -> None:
        """Begins to accept, on every listener at once: nobody connects to a half-started node."""
        for server in self._servers:
            await server.start_serving()

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        self.now_s = loop.time()
        idle_s = self.settings.int("connections.max.idle.ms") / 1000
        if idle_s >= 0:
            for connection in [c for c in self.connections if self.now_s - c.last_active_s > idle_s]:
                connection.close_idle()
        self._sweeper = loop.call_later(_SWEEP_S, self._sweep)

    async def stop(self, timeout_s: float = STOP_S) -> None:
        """Closes the listeners, answers what is in flight, closes the connections; aborts what is left after `timeout_s`."""
        for server in self._servers:
            server.close()
        if self._sweeper:
            self._sweeper.cancel()
            self._sweeper = None
        if self.connections:
            self._empty.clear()
            for connection in list(self.connections):
                connection.drain()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._empty.wait()
            except TimeoutError:
                pass  # what is still parked (a join that waits for others) is cut off below; its client asks again elsewhere
        for connection in list(self.connections):
            connection.abort("stopping")


def _bind_problem(name: str, host: str, port: int, e: OSError) -> str:
    address = f"{host or '*'}:{port}"
    if e.errno == errno.EADDRINUSE:
        return f"listener {name}: {address} is in use by another process; stop it or choose another port (--listen HOST:PORT)"
    if e.errno == errno.EACCES:
        return (
            f"listener {name}: no permission to bind {address}; ports below 1024 need privileges, choose a higher one"
        )
    if e.errno == errno.EADDRNOTAVAIL:
        return f"listener {name}: {host} is not an address of this machine"
    return f"listener {name}: cannot bind {address}: {e.strerror or e}"
