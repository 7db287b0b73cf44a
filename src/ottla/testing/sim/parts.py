"""The twins of what the broker does on threads and in files: clock, flusher, catalogue, and the node that is built from them.

Each is the real class with its waiting replaced: the flusher runs the real `flush`, the catalogue runs the real SQL, at moments the
seed chooses. What is durable (the disk, the database's image) belongs to the machine and survives the process.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ottla.catalogue import schema
from ottla.catalogue.model import Change
from ottla.catalogue.sqlite import SqliteCatalogue, _load, _Pending
from ottla.server.listener import Hub
from ottla.server.node import Node
from ottla.storage.local.engine import LocalEngine
from ottla.storage.local.flusher import ACK_THREADS, Flusher, FlushTask, attempt
from ottla.testing.sim.disk import SimDisk
from ottla.testing.sim.loop import SimLoop

if TYPE_CHECKING:
    from ottla.testing.sim.machine import Machine

SLOWEST_S = 5.0
"""No flush takes longer, however slow the disk is."""
START_MS = 1_800_000_000_000
"""The wall clock at virtual time 0: early in 2027."""


class SimClock:
    """Both clocks of a machine: the monotonic one is the loop's, the wall clock may be moved."""

    def __init__(self, loop: SimLoop) -> None:
        self._loop = loop
        self.offset_ms = 0

    def now_ms(self) -> int:
        return START_MS + self.offset_ms + int(self._loop.now * 1000)

    def monotonic_ms(self) -> int:
        return int(self._loop.now * 1000)


class SimFlusher(Flusher):
    """Flushes at seeded moments: the device takes the bytes when the flush begins or when it ends, and the loop hears of it last."""

    def __init__(
        self, disk: SimDisk, loop: SimLoop, rng: random.Random, on_flushed: Callable[[list[FlushTask]], None]
    ) -> None:
        self._disk = disk
        self._loop: SimLoop = loop
        self._rng = rng
        self._on_flushed = on_flushed
        self._done: deque[FlushTask] = deque()
        self._told = False
        self._lanes: dict[bool, tuple[int, deque[FlushTask]]] = {False: (ACK_THREADS, deque()), True: (1, deque())}
        self._working: dict[bool, int] = {False: 0, True: 0}

    def submit(self, task: FlushTask, *, background: bool) -> None:
        threads, queue = self._lanes[background]
        queue.append(task)
        if self._working[background] < threads:
            self._working[background] += 1
            self._loop.call_later(self._rng.expovariate(1 / 2e-5), self._next, background)

    def _next(self, background: bool) -> None:
        queue = self._lanes[background][1]
        if not queue:
            self._working[background] -= 1
            return
        task = queue.popleft()
        rng = self._rng
        duration = rng.expovariate(1 / 3e-4) if rng.random() < 0.95 else rng.uniform(0.002, 0.05)
        duration *= self._disk.faults.slow if isinstance(self._disk, SimDisk) else 1.0
        duration = min(duration, SLOWEST_S)
        if rng.random() < 0.5:
            self._flush(task)
            self._loop.call_later(duration, self._finish, task, background)
        else:
            self._loop.call_later(duration, self._flush_and_finish, task, background)

    def _flush(self, task: FlushTask) -> None:
        attempt(self._disk, task)

    def _flush_and_finish(self, task: FlushTask, background: bool) -> None:
        self._flush(task)
        self._finish(task, background)

    def _finish(self, task: FlushTask, background: bool) -> None:
        self._done.append(task)
        if not self._told:
            self._told = True
            self._loop.call_later(self._rng.expovariate(1 / 1e-5), self._deliver)
        self._next(background)

    def stop(self) -> None:
        """The engine has waited for its flushes already; what is left is done at once."""
        for _, queue in self._lanes.values():
            while queue:
                task = queue.popleft()
                self._flush(task)
                self._done.append(task)
        self._deliver()


class SimEngine(LocalEngine):
    """The local engine on a simulated disk."""

    def __init__(self, machine: Machine, node: Node) -> None:
        super().__init__([node.data], node.settings, node.clock, disk=machine.disk)
        self._machine = machine
        self.nowait = 1  # any flag: the disk decides what is in memory

    def lock(self) -> None:
        super().lock()
        self.files.limit = self._machine.files_max

    def make_flusher(self, loop: asyncio.AbstractEventLoop) -> Flusher:
        assert isinstance(loop, SimLoop)
        return SimFlusher(self._machine.disk, loop, self._machine.rng, self.flushed)


@dataclass(slots=True)
class CatalogueFaults:
    """How the catalogue's file misbehaves. `refusal`: every transaction is taken back with this message."""

    refusal: str | None = None
    slow: float = 1.0


class SimCatalogue(SqliteCatalogue):
    """The SQLite catalogue with its file in memory and its writer on the virtual clock. A group is durable from one moment on."""

    _busy = False
    _idle: asyncio.Future[None] | None = None

    def __init__(self, machine: Machine, loop: SimLoop, cluster_id: str | None) -> None:
        super().__init__(Path("/sim/ottla.db"), machine.db, loop)
        self._machine = machine
        (version,) = machine.db.execute("PRAGMA user_version").fetchone()
        assert version in (0, schema.VERSION)
        self._migrate(version, cluster_id)
        _load(machine.db, self._image)

    def _latency(self) -> float:
        rng = self._machine.rng
        latency = rng.expovariate(1 / 5e-4) if rng.random() < 0.95 else rng.uniform(0.002, 0.1)
        return min(latency * self._machine.catalogue_faults.slow, SLOWEST_S)

    def _start_writer(self) -> None:
        if not self._busy:
            self._busy = True
            assert self._loop is not None
            self._loop.call_later(self._latency(), self._write_one)

    def _write_one(self) -> None:
        group = self._next_group()
        outcomes = self._write_group(group)
        assert self._loop is not None
        self._loop.call_later(self._latency() / 4, self._one_written, group, outcomes)

    def _one_written(self, group: list[_Pending], outcomes: list[str | None]) -> None:
        self._finish(group, outcomes)
        self._busy = False
        if self._pending:
            self._start_writer()
        elif self._idle is not None and not self._idle.done():
            self._idle.set_result(None)

    def _transaction(self, changes: Sequence[Change]) -> tuple[str | None, bool]:
        refusal = self._machine.catalogue_faults.refusal
        if refusal is not None:
            return refusal, False
        return super()._transaction(changes)

    async def close(self) -> None:
        self._closing = True
        if self._busy and self._idle is None:
            assert self._loop is not None
            self._idle = self._loop.create_future()
        if self._idle is not None:
            await asyncio.shield(self._idle)


def new_database() -> sqlite3.Connection:
    """The catalogue's file."""
    return sqlite3.connect(":memory:", isolation_level=None, cached_statements=64)


class SimNode(Node):
    """A broker on a simulated machine."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine.settings(), data=Path(machine.data), clock=machine.clock)
        self._machine = machine

    def make_engine(self) -> LocalEngine:
        return SimEngine(self._machine, self)

    def open_catalogue(self, cluster_id: str | None, loop: asyncio.AbstractEventLoop) -> SqliteCatalogue:
        assert isinstance(loop, SimLoop)
        return SimCatalogue(self._machine, loop, cluster_id)

    @property
    def hub(self) -> Hub:
        """For checks of bounds."""
        assert self._hub is not None
        return self._hub

    @property
    def engine(self) -> LocalEngine:
        assert self._engine is not None
        return self._engine
