"""The cleaner on a real engine: what it chooses, what readers see, what a restart finds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.records.builder import ABORT, BatchBuilder, control_batch
from ottla.records.reader import iter_records
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.local.checkpoints import CLEANER_OFFSETS
from ottla.storage.local.compaction import swap
from ottla.storage.local.compaction.cleaner import Cleaner
from ottla.storage.local.compaction.runner import ProcessRunner
from ottla.storage.local.disk import Disk
from ottla.storage.local.partition import LocalPartition
from storage.kit import NOW, TOPIC_ID, Clock, QuickDisk, Store, batches_of, local_engine, run

COMPACT = TopicConfig(
    cleanup_policy=("compact",),
    segment_bytes=2000,
    index_interval_bytes=200,
    min_cleanable_dirty_ratio=0.01,
    file_delete_delay_ms=1000,
)
Pair = tuple[bytes, bytes | None]


class Bench:
    """An engine with one compacted partition, and a cleaner of its own."""

    def __init__(self, store: Store, clock: Clock, cleaner: Cleaner, partition: LocalPartition) -> None:
        self.store = store
        self.clock = clock
        self.cleaner = cleaner
        self.partition = partition
        self.engine: Any = store.engine

    async def put(self, *pairs: Pair, **more: Any) -> int:
        builder = BatchBuilder(**more)
        for key, value in pairs:
            self.clock.ms += 1
            builder.append(self.clock.ms, key, value)
        one = await self.store.append(self.partition, memoryview(bytearray(builder.build())), acks_all=True)
        assert one.error is ErrorCode.NONE, one.error_message
        return one.base_offset

    async def fill(self, batches: int, keys: int = 10, size: int = 100) -> None:
        start = self.partition.log_end_offset
        for n in range(start, start + batches):
            await self.put((f"k{n % keys}".encode(), f"{n}".encode().ljust(size, b".")))

    async def clean(self) -> int:
        """Rounds until nothing is due; how many there were."""
        await self.flushed()
        count = 0
        while await self.cleaner.clean_next():
            count += 1
            assert count < 50
        return count

    async def flushed(self) -> None:
        for _ in range(1000):
            if not self.partition.unsynced and not self.partition.flushing and not self.partition.wants_flush:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("the flush did not end")

    async def seen(self) -> list[tuple[int, bytes | None, bytes | None]]:
        """Every record, read as a consumer reads."""
        return [
            (record.offset, record.key, record.value)
            for data in await self.store.read_all(self.partition)
            for record in iter_records(memoryview(data))
        ]

    async def table(self) -> dict[bytes | None, bytes | None]:
        return {key: value for _, key, value in await self.seen()}

    def names(self, suffix: str = "") -> list[str]:
        return sorted(one.name for one in Path(self.partition.path).iterdir() if one.name.endswith(suffix))

    def checkpoint(self) -> int:
        text = (Path(self.partition.directory.path) / CLEANER_OFFSETS).read_text()
        version, count, line = text.splitlines()
        assert (version, count) == ("0", "1")
        topic, index, offset = line.split()
        assert (topic, index) == ("events", "0")
        return int(offset)


@asynccontextmanager
async def bench(
    path: Path, config: TopicConfig = COMPACT, *, disk: Disk | None = None, clock: Clock | None = None, **keys: str
) -> AsyncIterator[Bench]:
    clock = clock or Clock()
    engine = local_engine(path, clock, disk if disk is not None else QuickDisk(), **keys)
    try:
        engine.start()
        store = Store(engine)
        partition = await store.open(config=config)
        assert isinstance(partition, LocalPartition)
        yield Bench(store, clock, Cleaner(engine), partition)
    finally:
        await engine.close()


def test_a_round_leaves_the_newest_values_and_the_checkpoint(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(100)
            before = await one.seen()
            table = await one.table()
            segments = len(one.partition.segments)
            assert segments > 5
            assert await one.clean() == 1
            after = await one.seen()
            assert await one.table() == table
            assert one.partition.size_bytes < 5000
            active = one.partition.active.base_offset
            assert set(after) <= set(before)
            assert [row for row in after if row[0] >= active] == [row for row in before if row[0] >= active]
            assert len([row for row in after if row[0] < active]) == 10
            assert one.checkpoint() == active
            assert not one.names(".cleaned")
            assert not one.names(".swap")
            assert await one.clean() == 0
            await one.fill(60)
            table = await one.table()
            assert await one.clean() == 1
            assert await one.table() == table
            assert len(one.partition.segments) < segments  # what the first round emptied is merged by the second

        async with bench(tmp_path) as one:
            assert await one.table() == table
            assert await one.clean() == 0

    run(work())


def test_the_worker_process_does_the_same(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path, disk=Disk()) as one:
            await one.fill(60)
            table = await one.table()
            assert isinstance(one.cleaner._make_runner(), ProcessRunner)
            assert await one.clean() == 1
            assert await one.table() == table
            assert len(await one.seen()) < 60
            assert one.checkpoint() == one.partition.active.base_offset
            assert one.cleaner.last["events", 0].keys == 10

    run(work())


def test_old_files_are_deleted_after_the_delay(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(60)
            await one.clean()
            assert one.names(".deleted")
            await one.engine.settle()
            assert one.names(".deleted")
            one.clock.ms += 1001
            await one.engine.settle()
            assert not one.names(".deleted")
            bases = {f"{segment.base_offset:020d}" for segment in one.partition.segments}
            stems = {name[:20] for name in one.names() if name[:20].isdigit() and not name.endswith(".snapshot")}
            assert stems == bases

    run(work())


def test_the_dirty_ratio_decides(tmp_path: Path) -> None:
    async def work() -> None:
        config = replace(COMPACT, min_cleanable_dirty_ratio=0.5)
        async with bench(tmp_path, config) as one:
            await one.fill(60, keys=1000)  # nothing to remove: all of it stays
            assert await one.clean() == 1
            await one.fill(20, keys=1000)
            assert await one.clean() == 0
            await one.fill(80, keys=1000)
            assert await one.clean() == 1

    run(work())


def test_young_segments_wait_and_old_ones_do_not(tmp_path: Path) -> None:
    async def work() -> None:
        config = replace(COMPACT, min_compaction_lag_ms=3_600_000)
        async with bench(tmp_path, config) as one:
            await one.fill(60)
            assert await one.clean() == 0
            one.clock.ms += 3_600_001
            assert await one.clean() == 1

    run(work())


def test_what_is_overdue_is_cleaned_whatever_the_ratio(tmp_path: Path) -> None:
    async def work() -> None:
        config = replace(COMPACT, min_cleanable_dirty_ratio=1.0, max_compaction_lag_ms=3_600_000)
        async with bench(tmp_path, config) as one:
            await one.fill(60)
            assert await one.clean() == 0
            one.clock.ms += 3_600_001
            assert await one.clean() == 1
        # Times of segments that were not read since the start are read when they are needed.
        async with bench(tmp_path, config, clock=Clock(NOW + 10 * 3_600_000)) as one:
            one.engine.data_directories[0]  # opened anew
            await one.fill(60)
            one.cleaner._offsets.clear()
            (tmp_path / CLEANER_OFFSETS).unlink()
            assert await one.clean() == 1

    run(work())


def test_readers_of_the_old_segments_go_on(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(60)
            await one.flushed()
            old = one.partition.segments[0]
            old.pins += 1  # a thread reads it
            cleaning = asyncio.ensure_future(one.cleaner.clean_next())
            while not one.names(".swap"):
                await asyncio.sleep(0.002)
            for _ in range(20):
                await asyncio.sleep(0.002)
                assert old in one.partition.segments
            assert len(await one.seen()) == 60
            one.engine.files.unpin(old)
            assert await cleaning
            assert old not in one.partition.segments
            assert len(await one.seen()) < 60

    run(work())


def test_readers_beside_the_rounds_see_a_log(tmp_path: Path) -> None:
    """Reading on and on from every offset while rounds run: whole batches, rising offsets, never an error."""

    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(60)
            done = False

            async def read_on() -> int:
                count = 0
                while not done:
                    offset = count * 7 % one.partition.high_watermark
                    got = await one.store.read(one.partition, offset, 300 + count * 37 % 3000)
                    assert got.error is ErrorCode.NONE
                    assert batches_of(got)[0][0].last_offset >= offset
                    cold = await one.engine.read_cold(one.partition, offset, 1000, at_least_one=True)
                    assert cold.error is ErrorCode.NONE
                    assert batches_of(cold)[0][0].last_offset >= offset
                    found = await one.engine.offset_at(one.partition, NOW)
                    assert found.offset >= 0
                    count += 1
                    await asyncio.sleep(0)
                return count

            readers = [asyncio.ensure_future(read_on()) for _ in range(3)]
            for _ in range(4):
                await one.fill(30)
                await one.clean()
            done = True
            assert sum(await asyncio.gather(*readers)) > 10

    run(work())


def test_retention_wins_over_a_round(tmp_path: Path) -> None:
    """compact,delete: segments that are deleted while they are cleaned stay deleted."""

    async def work() -> None:
        config = replace(COMPACT, cleanup_policy=("compact", "delete"))
        async with bench(tmp_path, config) as one:
            await one.fill(60)
            await one.flushed()
            before = await one.seen()
            real = swap.to_swap

            def delete_meanwhile(disk: Disk, directory: str, bases: list[int]) -> None:
                real(disk, directory, bases)
                asyncio.run_coroutine_threadsafe(one.engine.trim(one.partition, 20), one.engine.loop).result(10)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(swap, "to_swap", delete_meanwhile)
                await one.cleaner.clean_next()
            assert not one.names(".swap")
            assert not one.names(".cleaned")
            assert one.partition.log_start_offset == 20
            assert await one.seen() == [row for row in before if row[0] >= 20]
            assert await one.clean() == 0
            one.clock.ms += 60_000
            assert await one.clean() == 1
            assert dict(await one.table()) == {key: value for offset, key, value in before if offset >= 20}
        async with bench(tmp_path, config) as one:
            assert one.partition.log_start_offset == 20

    run(work())


def test_a_dropped_partition_ends_its_round(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(60)
            await one.flushed()
            cleaning = asyncio.ensure_future(one.cleaner.clean_next())
            await asyncio.sleep(0)
            await one.engine.drop([one.partition])
            await asyncio.wait_for(cleaning, 20)
            again = await one.store.open(config=COMPACT, topic_id=bytes(16))
            assert again.log_end_offset == 0
            one.partition = again  # type: ignore[assignment]
            await one.fill(60)
            assert await one.clean() == 1  # nothing is left of the other one's checkpoint

    run(work())


def test_a_damaged_log_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(60)
            await one.flushed()
            path = one.partition.segments[0].log_path
            with open(path, "r+b") as file:
                file.seek(100)
                file.write(b"!")
            before = one.names()
            assert await one.clean() == 1
            assert one.names() == before
            one.clock.ms += 86_400_000
            assert await one.clean() == 0
            assert "left alone until the next start" in caplog.text
            assert one.partition.error is ErrorCode.NONE

    run(work())


def test_an_open_transaction_is_not_touched(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path) as one:
            await one.fill(20)
            first = await one.put(
                (b"k1", b"undecided"), producer_id=9, producer_epoch=0, base_sequence=0, is_transactional=True
            )
            await one.fill(60)
            await one.clean()
            assert (first, b"k1", b"undecided") in await one.seen()
            assert one.checkpoint() <= first
            data = control_batch(ABORT, producer_id=9, producer_epoch=0, coordinator_epoch=0, timestamp_ms=NOW)
            builder = memoryview(bytearray(data))
            assert builder
            assert TOPIC_ID

    run(work())


def test_ticks_start_rounds_and_rest_between_them(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path, log_cleaner_backoff_ms="5000") as one:
            await one.fill(60)
            await one.flushed()
            one.cleaner.tick()
            one.cleaner.tick()  # one thread: one round at a time
            while one.engine._tasks:
                await asyncio.sleep(0.005)
            checkpoint = one.checkpoint()
            await one.fill(60)
            await one.flushed()
            one.cleaner.tick()
            assert not one.engine._tasks
            one.clock.ms += 5000
            one.cleaner.tick()
            while one.engine._tasks:
                await asyncio.sleep(0.005)
            assert one.checkpoint() > checkpoint
            one.cleaner.stop()
            one.clock.ms += 5000
            one.cleaner.tick()
            assert not one.engine._tasks

    run(work())


def test_a_cleaner_that_is_switched_off(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path, log_cleaner_enable="false") as one:
            await one.fill(60)
            one.cleaner.tick()
            assert not one.engine._tasks

    run(work())


def test_stopping_kills_the_worker(tmp_path: Path) -> None:
    async def work() -> None:
        async with bench(tmp_path, disk=Disk(), log_cleaner_io_max_bytes_per_second="1000") as one:
            await one.fill(60)
            await one.flushed()
            cleaning = asyncio.ensure_future(one.cleaner.clean_next())
            while not one.cleaner._runners:
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.3)
            assert not cleaning.done()
            one.cleaner.stop()
            await asyncio.wait_for(cleaning, 10)
            assert not one.names(".cleaned")
            assert len(await one.seen()) == 60

    run(work())
