"""What the storage tests share: batches, a clock, and a driver that speaks to an engine through the seam only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.records.builder import BatchBuilder
from ottla.records.header import BatchHeader, crc_ok, read_header
from ottla.records.reader import iter_batches, iter_records
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Append, Engine, Got, Partition, PartitionSpec
from ottla.storage.local.disk import Disk
from ottla.storage.local.engine import LocalEngine

NOW = 1_700_000_000_000
TOPIC_ID = bytes(range(1, 17))
SMALL = TopicConfig(segment_bytes=4096, index_interval_bytes=256)
"""Segments small enough that a test fills several."""


class QuickDisk(Disk):
    """A disk that does not wait for the device: what most tests need, since no machine goes down in them."""

    @staticmethod
    def fsync(fd: int) -> None:
        pass

    @staticmethod
    def fdatasync(fd: int) -> None:
        pass

    def fsync_dir(self, path: str) -> None:
        pass

    @staticmethod
    def sync() -> None:
        pass


class Clock:
    """Time that a test moves."""

    def __init__(self, now_ms: int = NOW) -> None:
        self.ms = now_ms

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms


def run(work: Coroutine[Any, Any, None]) -> None:
    """Runs a test's coroutine, bounded."""

    async def bounded() -> None:
        await asyncio.wait_for(work, 60)

    asyncio.run(bounded())


def batch(
    count: int = 1,
    *,
    timestamp: int = NOW,
    size: int = 20,
    producer: int = -1,
    epoch: int = 0,
    sequence: int = 0,
    **more: Any,
) -> memoryview:
    """A batch whose records have rising timestamps from `timestamp` on, in a buffer that may be patched."""
    if producer >= 0:
        more.update(producer_id=producer, producer_epoch=epoch, base_sequence=sequence)
    builder = BatchBuilder(**more)
    for n in range(count):
        builder.append(timestamp + n, b"k", b"v" * size)
    return memoryview(bytearray(builder.build()))


def to_append(partition: Partition, data: memoryview) -> Append:
    return Append(partition, data, read_header(data))


async def settled(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits until something is so."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it did not come about"
        await asyncio.sleep(0.001)


class Store:
    """One engine and one partition of it, as a test wants to speak to them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def open(
        self,
        topic: str = "events",
        index: int = 0,
        config: TopicConfig | None = None,
        topic_id: bytes = TOPIC_ID,
        leader_epoch: int = 0,
    ) -> Partition:
        await self.engine.open([PartitionSpec(topic, topic_id, index, leader_epoch, config or TopicConfig())])
        partition = self.engine.topic_ids[topic_id][index]
        assert partition is not None
        return partition

    def send(
        self, partition: Partition, data: memoryview, *, acks_all: bool = False
    ) -> tuple[Append, asyncio.Future[None]]:
        """An append that is not waited for, and what ends with it."""
        one = to_append(partition, data)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.engine.append([one], acks_all=acks_all, on_done=lambda: done.set_result(None))
        return one, done

    async def append(self, partition: Partition, data: memoryview, *, acks_all: bool = False) -> Append:
        one, done = self.send(partition, data, acks_all=acks_all)
        await asyncio.wait_for(done, 30)
        return one

    async def fill(self, partition: Partition, batches: int, *, size: int = 100, acks_all: bool = False) -> list[bytes]:
        """Appends batches of one record, each with its own timestamp; their bytes as they lie in the log."""
        sent = []
        for n in range(batches):
            data = batch(timestamp=NOW + n, size=size)
            one = await self.append(partition, data, acks_all=acks_all)
            assert one.error is ErrorCode.NONE, one.error_message
            sent.append(bytes(data))
        return sent

    async def read(
        self, partition: Partition, offset: int, max_bytes: int = 1 << 20, *, at_least_one: bool = True
    ) -> Got:
        """From memory where it can, else from disk; the answer is checked for wholeness."""
        got = self.engine.read(partition, offset, max_bytes, at_least_one=at_least_one)
        if got is None:
            got = await self.engine.read_cold(partition, offset, max_bytes, at_least_one=at_least_one)
        check(partition, got, offset)
        return got

    async def read_all(self, partition: Partition, max_bytes: int = 1 << 20) -> list[bytes]:
        """Every batch from the log start to the high watermark, read as a consumer reads."""
        offset = partition.log_start_offset
        found: list[bytes] = []
        while offset < partition.high_watermark:
            got = await self.read(partition, offset, max_bytes)
            assert got.error is ErrorCode.NONE
            assert got.buffers, f"nothing at offset {offset}"
            for header, view in batches_of(got):
                found.append(bytes(view))
                offset = header.next_offset
        return found


def batches_of(got: Got) -> list[tuple[BatchHeader, memoryview]]:
    return [one for buffer in got.buffers for one in iter_batches(buffer)]


def check(partition: Partition, got: Got, offset: int) -> None:
    """Whole, valid batches in offset order, all below the high watermark, the first holding the offset."""
    found = batches_of(got)
    assert sum(len(view) for _, view in found) == got.size == sum(len(buffer) for buffer in got.buffers)
    after = -1
    for header, view in found:
        assert crc_ok(view, header)
        assert header.base_offset >= after
        after = header.next_offset
        assert after <= partition.high_watermark
    if found:
        assert found[0][0].last_offset >= offset


def offsets_of(got: Got) -> list[int]:
    return [record.offset for header, view in batches_of(got) for record in iter_records(view, header)]


def local_engine(
    path: Path | Sequence[Path], clock: Clock | None = None, disk: Disk | None = None, **keys: str
) -> LocalEngine:
    settings = Settings.from_mapping({key.replace("_", "."): value for key, value in keys.items()})
    paths = [path] if isinstance(path, Path) else path
    return LocalEngine(paths, settings, clock or Clock(), disk=disk or QuickDisk())


@asynccontextmanager
async def opened(path: Path, clock: Clock | None = None, disk: Disk | None = None, **keys: str) -> AsyncIterator[Store]:
    """A local engine that is closed at the end."""
    engine = local_engine(path, clock, disk, **keys)
    try:
        engine.start()
        yield Store(engine)
    finally:
        await engine.close()


async def crash(engine: LocalEngine) -> None:
    """Ends an engine as `kill -9` does: nothing is written any more, the kernel lets go of the lock."""
    engine.closed = True
    if engine._flusher is not None:
        flusher, engine._flusher = engine._flusher, None
        await asyncio.get_running_loop().run_in_executor(None, flusher.stop)
    if engine._pool is not None:
        engine._pool.shutdown(wait=True)
    engine.files.close_all()
    for directory in engine.data_directories:
        directory.unlock()


def other_boot(path: Path) -> None:
    """Makes the directory look as if the machine had gone down since."""
    (path / ".lock").write_text("1 another-boot\n")


__all__ = [
    "NOW",
    "SMALL",
    "TOPIC_ID",
    "Awaitable",
    "Clock",
    "Store",
    "batch",
    "batches_of",
    "check",
    "crash",
    "local_engine",
    "offsets_of",
    "opened",
    "other_boot",
    "replace",
    "run",
    "settled",
    "to_append",
]
