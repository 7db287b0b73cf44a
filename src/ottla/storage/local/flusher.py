"""Makes partitions durable on threads: one fdatasync serves everything that was written before it began.

The loop hands over a partition with the files to flush and goes on; a thread flushes them; the loop is told once for all that were
finished meanwhile. A partition is never in two hands at once, because the kernel reports a failed write-back only once per open file: a
second, concurrent fdatasync of the same file could succeed on bytes that are lost.

Lanes: `ACK` threads serve appends that wait; `BACKGROUND`, one thread, serves closed segments and the clock (flush.ms), so that writing
out a gigabyte of an acks=1 topic does not hold up the acknowledgements of others.

Measured on 2 cores, ext4, fdatasync 0.2 ms (tests/storage/bench_engine.py flush): see the engine's header.
"""

from __future__ import annotations

import os
import threading
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue

from ottla.storage.local import checkpoints
from ottla.storage.local.damage import distrust
from ottla.storage.local.directory import DataDirectory
from ottla.storage.local.disk import Disk
from ottla.storage.local.index_files import write_index
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.segment import Segment

ACK_THREADS = 4


@dataclass(slots=True)
class ClosedSegment:
    """A segment that takes no more: the bytes its index files lack."""

    segment: Segment
    offsets: bytes
    offset_at: int
    times: bytes
    time_at: int


@dataclass(slots=True)
class FlushTask:
    """Everything that makes a partition durable up to `end_offset`. Filled on the loop, worked off by a thread."""

    partition: LocalPartition
    directory: DataDirectory
    end_offset: int
    segments: list[tuple[Segment, int, int]]
    """(segment, file descriptor, size)."""
    closed: list[ClosedSegment] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    """Whole files to put in place: producer snapshots, leader epochs."""
    names_changed: bool = False
    root_generation: int = 0
    background: bool = False
    error: OSError | None = None
    beside_error: OSError | None = None
    """The batches are durable, but not all of the files beside them could be written."""


class Flusher:
    """The threads of one engine. `on_flushed` gets the finished tasks, on the loop."""

    def __init__(self, disk: Disk, loop: AbstractEventLoop, on_flushed: Callable[[list[FlushTask]], None]) -> None:
        self._disk = disk
        self._loop = loop
        self._on_flushed = on_flushed
        self._done: deque[FlushTask] = deque()
        self._told = False
        self._ack: SimpleQueue[FlushTask | None] = SimpleQueue()
        self._background: SimpleQueue[FlushTask | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, args=(self._ack,), name=f"ottla-flush-{n}", daemon=True)
            for n in range(ACK_THREADS)
        ]
        self._threads.append(
            threading.Thread(target=self._work, args=(self._background,), name="ottla-flush-background", daemon=True)
        )
        for thread in self._threads:
            thread.start()

    def submit(self, task: FlushTask, *, background: bool) -> None:
        """Hands a task over."""
        (self._background if background else self._ack).put(task)

    def stop(self) -> None:
        """Ends the threads after what they have; does not return before."""
        for _ in range(ACK_THREADS):
            self._ack.put(None)
        self._background.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, tasks: SimpleQueue[FlushTask | None]) -> None:
        while (task := tasks.get()) is not None:
            attempt(self._disk, task)
            self._done.append(task)
            if not self._told:
                self._told = True
                try:
                    self._loop.call_soon_threadsafe(self._deliver)
                except RuntimeError:  # the loop is closed: nobody is left to be told
                    return

    def _deliver(self) -> None:
        self._told = False
        done = self._done
        tasks = []
        while done:
            tasks.append(done.popleft())
        if tasks:
            self._on_flushed(tasks)


def attempt(disk: Disk, task: FlushTask) -> None:
    """Flushes; a failure is noted in the task, and for whoever recovers the partition."""
    try:
        flush(disk, task)
    except OSError as problem:
        task.error = problem
        distrust(disk, task.partition.path)


def flush(disk: Disk, task: FlushTask) -> None:
    """Makes a task's partition durable. Raises OSError; then nothing may be believed of what it covers."""
    for _, fd, _ in task.segments:
        disk.fdatasync(fd)
    partition = task.partition
    try:
        for closed in task.closed:
            write_index(disk, closed.segment, closed.offsets, closed.offset_at, closed.times, closed.time_at, sync=True)
        for name, data in task.files:
            disk.write_file(f"{partition.path}/{name}", data, sync=True)
    except OSError as problem:
        # On a full disk, say. All of these can be made anew from the batches, but half an index must not be believed.
        task.beside_error = problem
        for closed in task.closed:
            disk.unlink_if_there(closed.segment.index_path)
            disk.unlink_if_there(closed.segment.time_path)
    if task.names_changed:
        directory = task.directory
        if directory.synced_generation < task.root_generation:
            sync_file(disk, f"{partition.path}/{checkpoints.PARTITION_METADATA}")
            disk.fsync_dir(partition.path)
            generation = directory.generation
            disk.fsync_dir(directory.path)
            directory.synced_generation = max(directory.synced_generation, generation)
        else:
            sync_file(disk, f"{partition.path}/{checkpoints.PARTITION_METADATA}")
            disk.fsync_dir(partition.path)


def sync_file(disk: Disk, path: str) -> None:
    """Flushes a file by name."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        disk.fsync(fd)
    finally:
        disk.close(fd)
