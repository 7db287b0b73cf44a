"""Disks that run full, refuse, tear and lie: what was acknowledged stays, what was refused is not seen, others go on."""

from __future__ import annotations

import asyncio
import errno
import random
from pathlib import Path
from typing import Any

import pytest
from tests.storage.disks import WRITING, FaultDisk, FullDisk, GateDisk, ShortDisk
from tests.storage.kit import (
    NOW,
    SMALL,
    Clock,
    Store,
    batch,
    crash,
    local_engine,
    opened,
    replace,
    run,
    settled,
    to_append,
)

from ottla.base.errors import ErrorCode
from ottla.storage.local.engine import LocalEngine


def ids(letter: str) -> bytes:
    return bytes(15) + letter.encode()


def test_nothing_is_seen_before_it_is_durable(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            other = await store.open("other", topic_id=ids("o"))
            await store.append(partition, batch(2), acks_all=True)
            disk.gate.clear()
            woken: list[object] = []
            store.engine.watch([partition], woken.append)
            first, done = store.send(partition, batch(3), acks_all=True)
            second, done_too = store.send(partition, batch(), acks_all=False)
            await asyncio.sleep(0.02)
            assert not done.done()
            assert done_too.done(), "acks=1 does not wait for the device"
            assert (partition.high_watermark, partition.log_end_offset) == (2, 6)
            assert woken == []
            assert (await store.read(partition, 2)).buffers == []
            assert (await store.read(partition, 0)).size > 0
            assert (await store.read(partition, 3)).error is ErrorCode.OFFSET_OUT_OF_RANGE
            assert (await store.engine.offset_at(partition, NOW + 2)).offset == -1
            assert (await store.engine.max_timestamp(partition)).offset == 1
            # A duplicate of what is not durable yet is not acknowledged either; other partitions are not held up by readers.
            assert (await store.append(other, batch())).base_offset == 0
            disk.gate.set()
            await done
            await settled(lambda: partition.high_watermark == 6)
            assert (first.base_offset, second.base_offset) == (2, 5)
            assert woken

    run(work())


def test_a_duplicate_waits_for_the_first(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            disk.gate.clear()
            first, one = store.send(partition, batch(producer=1, sequence=0), acks_all=True)
            again, two = store.send(partition, batch(producer=1, sequence=0), acks_all=True)
            await asyncio.sleep(0.02)
            assert not one.done()
            assert not two.done()
            disk.gate.set()
            await asyncio.gather(one, two)
            assert (first.base_offset, again.base_offset, partition.high_watermark) == (0, 0, 1)
            disk.gate.clear()
            late, three = store.send(partition, batch(producer=1, sequence=0), acks_all=True)
            assert three.done(), "it has long been durable"
            assert late.base_offset == 0
            disk.gate.set()

    run(work())


def test_one_flush_serves_all_that_waited(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            await store.append(partition, batch(), acks_all=True)
            disk.gate.clear()
            before = disk.flushes
            waiting = [store.send(partition, batch(), acks_all=True)[1]]
            await asyncio.sleep(0.02)
            waiting += [store.send(partition, batch(), acks_all=True)[1] for _ in range(50)]
            disk.gate.set()
            await asyncio.gather(*waiting)
            assert disk.flushes - before == 2

    run(work())


def test_relaxed_acks_do_not_wait(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk, ottla_flush_acks_all="false") as store:
            partition = await store.open()
            disk.gate.clear()
            _, done = store.send(partition, batch(), acks_all=True)
            assert done.done()
            assert partition.high_watermark == 1
            disk.gate.set()

    run(work())


def test_flush_messages_and_flush_ms(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            by_count = await store.open(config=replace(SMALL, flush_messages=3))
            by_time = await store.open("t", topic_id=ids("t"), config=replace(SMALL, flush_ms=20))
            disk.gate.clear()
            assert store.send(by_count, batch(2))[1].done()
            _, third = store.send(by_count, batch(1))
            assert not third.done(), "as in Kafka the append that reaches flush.messages waits for the flush"
            disk.gate.set()
            await third
            await settled(lambda: by_count.high_watermark == 3)
            before = disk.flushes
            assert store.send(by_time, batch())[1].done()
            await settled(lambda: disk.flushes > before)

    run(work())


def test_a_failed_flush_takes_the_partition_offline(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        engine = local_engine(tmp_path, disk=disk)
        store = Store(engine)
        partition = await store.open()
        other = await store.open("other", topic_id=ids("o"))
        await store.append(partition, batch(), acks_all=True)
        woken: list[object] = []
        engine.watch([partition], woken.append)
        disk.fails = True
        one = await store.append(partition, batch(2), acks_all=True)
        assert one.error is ErrorCode.KAFKA_STORAGE_ERROR
        assert partition.error is ErrorCode.KAFKA_STORAGE_ERROR
        assert woken == [partition]
        assert partition.high_watermark == 1
        disk.fails = False  # the kernel would now say that all is well, and it would be a lie
        assert (await store.append(partition, batch(), acks_all=True)).error is ErrorCode.KAFKA_STORAGE_ERROR
        assert (await store.append(partition, batch())).error is ErrorCode.KAFKA_STORAGE_ERROR
        assert (await store.read(partition, 0)).error is ErrorCode.KAFKA_STORAGE_ERROR
        assert await engine.trim(partition, 1) is ErrorCode.KAFKA_STORAGE_ERROR
        assert (await store.append(other, batch(), acks_all=True)).base_offset == 0
        await engine.close()
        assert not (tmp_path / ".kafka_cleanshutdown").exists(), "such a stop is not clean"
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert partition.error is ErrorCode.NONE
            assert partition.high_watermark in (1, 3)

    run(work())


def test_a_full_disk_refuses_and_recovers(tmp_path: Path) -> None:
    async def work() -> None:
        disk = FullDisk(1 << 20)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=SMALL)
            other = await store.open("other", topic_id=ids("o"), config=SMALL)
            sent = await store.fill(partition, 30)
            size = len(sent[0])
            disk.room = size + size // 2
            data = batch(timestamp=NOW + 30, size=100)
            assert (await store.append(partition, data)).error is ErrorCode.NONE
            sent.append(bytes(data))
            for _ in range(3):
                one = await store.append(partition, batch(size=100), acks_all=True)
                assert one.error is ErrorCode.KAFKA_STORAGE_ERROR
                assert "space" in (one.error_message or "")
                assert partition.error is ErrorCode.NONE
                assert (await store.append(other, batch())).error is ErrorCode.KAFKA_STORAGE_ERROR
            assert await store.read_all(partition) == sent, "it goes on serving what it has"
            total = sum(file.stat().st_size for file in (tmp_path / "events-0").glob("*.log"))
            assert total == len(b"".join(sent)), "nothing torn is left"
            disk.room = 1 << 20
            for n in range(30):
                data = batch(timestamp=NOW + n, size=100)
                assert (await store.append(partition, data, acks_all=True)).base_offset == 31 + n
                sent.append(bytes(data))
            assert (await store.append(other, batch())).base_offset == 0
            assert await store.read_all(partition) == sent
        async with opened(tmp_path) as store:
            assert await store.read_all(await store.open(config=SMALL)) == sent

    run(work())


def test_an_idempotent_producer_retries_after_a_full_disk(tmp_path: Path) -> None:
    async def work() -> None:
        disk = FullDisk(1 << 20)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            await store.append(partition, batch(producer=1, sequence=0))
            disk.room = 10
            assert (await store.append(partition, batch(producer=1, sequence=1))).error is ErrorCode.KAFKA_STORAGE_ERROR
            disk.room = 1 << 20
            assert (await store.append(partition, batch(producer=1, sequence=1))).base_offset == 1

    run(work())


def test_what_was_in_flight_behind_a_producers_first_batch_does_not_overtake_it_on_a_full_disk(tmp_path: Path) -> None:
    async def work() -> None:
        disk = FullDisk(1 << 20)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            disk.room = 10
            first = await store.append(partition, batch(producer=1, sequence=0))
            assert first.error is ErrorCode.KAFKA_STORAGE_ERROR
            disk.room = 1 << 20
            second = await store.append(partition, batch(producer=1, sequence=1))
            assert second.error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
            assert (await store.append(partition, batch(producer=1, sequence=0))).base_offset == 0
            assert (await store.append(partition, batch(producer=1, sequence=1))).base_offset == 1

    run(work())


def test_torn_bytes_that_cannot_be_cut_take_the_partition_offline(tmp_path: Path) -> None:
    async def work() -> None:
        fails = False

        def judge(name: str, args: tuple[Any, ...]) -> int | None:
            return errno.EIO if fails and name in ("pwrite", "ftruncate") else None

        engine = local_engine(tmp_path, disk=FaultDisk(judge, short=True))
        store = Store(engine)
        partition = await store.open()
        sent = await store.fill(partition, 3)
        fails = True
        assert (await store.append(partition, batch())).error is ErrorCode.KAFKA_STORAGE_ERROR
        assert partition.error is ErrorCode.KAFKA_STORAGE_ERROR
        fails = False
        assert (await store.read(partition, 0)).error is ErrorCode.KAFKA_STORAGE_ERROR
        await crash(engine)
        async with opened(tmp_path) as store:
            assert await store.read_all(await store.open()) == sent

    run(work())


async def life(engine: LocalEngine, acknowledged: list[bytes], clock: Clock) -> None:
    """A bit of everything. Notes what was acknowledged with acks=all; an OSError may end it where the seam allows one."""
    store = Store(engine)
    config = replace(SMALL, segment_bytes=700, file_delete_delay_ms=0, flush_messages=5)
    partition = await store.open(config=config)
    for n in range(24):
        data = batch(1 + n % 2, timestamp=NOW + n, size=90, producer=1 if n % 3 == 0 else -1, sequence=n // 3 * 2)
        acks_all = n % 4 != 1
        one = to_append(partition, data)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        engine.append([one], acks_all=acks_all, on_done=lambda done=done: done.set_result(None))
        await asyncio.wait_for(done, 20)
        if acks_all and one.error is ErrorCode.NONE:
            acknowledged.append(bytes(data))
        if partition.error:
            return
        if n % 6 == 5:
            clock.ms += 70_000
            await engine.settle()
        if n == 15 and partition.high_watermark > 3:
            await engine.trim(partition, 3)
    await store.read_all(partition)


@pytest.mark.parametrize(
    ("code", "lasting", "short"),
    [
        pytest.param(code, lasting, short, marks=() if (code == errno.EIO) != lasting == short else pytest.mark.slow)
        for code in (errno.EIO, errno.ENOSPC)
        for lasting in (False, True)
        for short in (False, True)
    ],
)
def test_every_single_call_may_fail(tmp_path: Path, code: int, lasting: bool, short: bool) -> None:
    """The n-th call that changes something fails (and all after it): whatever n is, nothing acknowledged is lost or altered."""
    n = 0
    while True:
        n += 1
        path = tmp_path / str(n)
        acknowledged: list[bytes] = []
        calls = 0
        armed = False

        def judge(name: str, args: tuple[Any, ...]) -> int | None:
            nonlocal calls
            assert name in WRITING
            if not armed:  # noqa: B023
                return None
            calls += 1
            return code if calls == n or (lasting and calls > n) else None  # noqa: B023

        disk = FaultDisk(judge, short=short)

        async def work() -> None:
            nonlocal armed
            clock = Clock()
            engine = local_engine(path, clock, disk)  # noqa: B023
            engine.lock()
            armed = True
            try:
                await life(engine, acknowledged, clock)  # noqa: B023
                await engine.close()
            except OSError as problem:
                if problem.errno != code:
                    raise
            armed = False
            await crash(engine)
            async with opened(path) as store:  # noqa: B023
                partition = await store.open(config=SMALL)
                assert partition.error is ErrorCode.NONE
                found = await store.read_all(partition)
                wanted = [one for one in acknowledged if int.from_bytes(one[:8], "big") >= partition.log_start_offset]  # noqa: B023
                assert [one for one in wanted if one not in found] == []
                offsets = [int.from_bytes(one[:8], "big") for one in found]
                assert offsets == sorted(set(offsets))

        run(work())
        if not disk.failed:
            assert n > 60, "the life has many calls"
            return


@pytest.mark.parametrize("seed", range(4))
def test_short_writes_and_reads_are_gone_on_with(tmp_path: Path, seed: int) -> None:
    async def work() -> None:
        disk = ShortDisk(random.Random(seed))
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 60, acks_all=True)
            await store.engine.settle()
            assert await store.read_all(partition) == sent
        assert b"".join(path.read_bytes() for path in sorted((tmp_path / "events-0").glob("*.log"))) == b"".join(sent)
        engine = local_engine(tmp_path, disk=disk)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        assert await store.read_all(partition) == sent
        for offset in range(0, 60, 7):
            got = await engine.read_cold(partition, offset, 1000, at_least_one=True)
            assert got.error is ErrorCode.NONE
            assert bytes(got.buffers[0]).startswith(sent[offset])
        assert (await engine.offset_at(partition, NOW + 31)).offset == 31
        await crash(engine)
        async with opened(tmp_path, disk=disk) as store:  # recovered by short reads
            assert await store.read_all(await store.open(config=SMALL)) == sent

    run(work())
