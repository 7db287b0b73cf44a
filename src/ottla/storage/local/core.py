"""What the parts of the local engine share: settings, files, threads, and the partitions that are open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from ottla.base.believed import BelievedTime
from ottla.base.clock import Clock
from ottla.base.errors import ErrorCode
from ottla.rules.configs.settings import Settings
from ottla.storage.engine import Partition
from ottla.storage.local.deleting import Doomed
from ottla.storage.local.directory import DataDirectory
from ottla.storage.local.disk import RWF_NOWAIT, Disk
from ottla.storage.local.files import RESERVED, Files, raise_file_limit
from ottla.storage.local.flusher import Flusher
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.segment import Segment

LOG = logging.getLogger("ottla.storage")

POOL_THREADS = 4
"""Cold reads, look-ups by time, deletions and loading. Bounded, since each may hold a read's bytes."""
ACKS_ALL_FLUSHES = "ottla.flush.acks.all"

T = TypeVar("T")


class Core:
    """State of a LocalEngine. Everything but what is said to run on a thread belongs to the loop."""

    def __init__(
        self, directories: Sequence[Path], settings: Settings, clock: Clock, *, disk: Disk | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.disk = disk if disk is not None else Disk()
        self.data_directories = [DataDirectory(Path(path).absolute(), self.disk) for path in directories]
        self.topics: dict[str, list[Partition | None]] = {}
        self.topic_ids: dict[bytes, list[Partition | None]] = {}
        self.files = Files(self.disk, 512)
        self.nowait = RWF_NOWAIT
        self.flush_acks_all = settings.bool(ACKS_ALL_FLUSHES)
        self.producer_expiration_ms = settings.int("producer.id.expiration.ms")
        self.locked = False
        self.closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._flusher: Flusher | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._tasks: set[asyncio.Future[Any]] = set()
        self.flush_ended = asyncio.Event()
        self.believed = BelievedTime(clock)
        self._due: list[LocalPartition] = []
        self._examined: set[Segment] = set()  # those that are being looked through for damage
        self._kicked = False
        self._flights = [0, 0]  # flushes under way: of appends that wait, and in the background
        self._homes: dict[str, DataDirectory] = {}
        self._doomed: list[Doomed] = []
        self._checkpoint_lock = asyncio.Lock()
        self._cancel_settings = settings.on_change(self._settings_changed)

    def lock(self) -> None:
        """Locks the data directories (creating them where needed) and raises the limit of open files.

        Raises DirectoryInUse, or another OSError, each with a one-line message. Nothing stays locked then.
        """
        if self.locked:
            return
        limit = raise_file_limit()
        self.files.limit = max(limit - RESERVED, limit // 2)
        locked: list[DataDirectory] = []
        try:
            for directory in self.data_directories:
                directory.lock()
                locked.append(directory)
        except OSError:
            for directory in locked:
                directory.unlock()
            raise
        self.locked = True

    def _settings_changed(self, *_: object) -> None:
        self.flush_acks_all = self.settings.bool(ACKS_ALL_FLUSHES)
        self.producer_expiration_ms = self.settings.int("producer.id.expiration.ms")

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop that owns the engine, known from the first `open`."""
        assert self._loop is not None, "the engine has not been opened"
        return self._loop

    @property
    def flusher(self) -> Flusher:
        assert self._flusher is not None, "the engine is closed"
        return self._flusher

    async def on_thread(self, work: Callable[[], T]) -> T:
        """Runs `work` in the pool."""
        assert self._pool is not None, "the engine is closed"
        return await self.loop.run_in_executor(self._pool, work)

    def in_background(self, work: Awaitable[Any]) -> None:
        """Starts a task that the engine waits for when it closes."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Future[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            LOG.error("background work failed: %s", problem, exc_info=problem)

    def all_partitions(self) -> list[LocalPartition]:
        """Every open partition."""
        return [one for row in self.topics.values() for one in row if isinstance(one, LocalPartition)]

    def set_offline(self, partition: LocalPartition, why: OSError, doing: str) -> None:
        """The partition's files cannot be relied on any more."""
        if partition.error is ErrorCode.NONE:
            LOG.error("%s-%d goes offline: %s: %s", partition.topic, partition.index, doing, why)
            partition.go_offline()

    def discard_segments(self, segments: Sequence[Segment]) -> None:
        """Closes the files of segments that left their log."""
        for segment in segments:
            self.files.discard(segment)
