"""Transactions in an engine: markers, the last stable offset, reads of committed data, the transaction index, restarts."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path
from typing import Any

from tests.storage.disks import FaultDisk, GateDisk
from tests.storage.kit import NOW, SMALL, Clock, Store, batch, batches_of, crash, local_engine, opened, run, settled

from ottla.base.errors import ErrorCode
from ottla.records.indexes import AbortedTxn, parse_txn_index
from ottla.records.reader import iter_records
from ottla.records.snapshot import decode_snapshot
from ottla.rules.transactions.markers import Marker
from ottla.storage.engine import Append, Engine, Got, Mark, OffsetAt, Partition


def txn(producer: int, sequence: int = 0, *, count: int = 1, epoch: int = 0, **more: Any) -> memoryview:
    return batch(count, producer=producer, epoch=epoch, sequence=sequence, is_transactional=True, **more)


async def send(store: Store, partition: Partition, data: memoryview, *, acks_all: bool = True) -> Append:
    one = await store.append(partition, data, acks_all=acks_all)
    assert one.error is ErrorCode.NONE, one.error_message
    return one


async def end(
    engine: Engine,
    partition: Partition,
    producer: int,
    *,
    commit: bool,
    epoch: int = 0,
    coordinator: int = 0,
    version: int = 0,
) -> ErrorCode:
    mark = Mark(partition)
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    marker = Marker(producer, epoch, coordinator, commit, version)
    engine.mark([mark], marker, on_done=lambda: done.set_result(None))
    await asyncio.wait_for(done, 30)
    return mark.error


async def read_committed(engine: Engine, partition: Partition, offset: int, max_bytes: int = 1 << 20) -> Got:
    got = engine.read(partition, offset, max_bytes, at_least_one=True, committed=True)
    if got is None:
        got = await engine.read_cold(partition, offset, max_bytes, at_least_one=True, committed=True)
    return got


def consumed(got: Got) -> list[int]:
    """The offsets a consumer of committed data is given of what it fetched."""
    waiting = sorted(got.aborted, key=lambda one: one[1])
    aborted: set[int] = set()
    offsets: list[int] = []
    for header, view in batches_of(got):
        while waiting and waiting[0][1] <= header.last_offset:
            aborted.add(waiting.pop(0)[0])
        if header.is_control:
            aborted.discard(header.producer_id)
        elif not (header.is_transactional and header.producer_id in aborted):
            offsets += [record.offset for record in iter_records(view, header)]
    return offsets


def test_an_open_transaction_holds_committed_readers_back(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            engine = store.engine
            partition = await store.open()
            await send(store, partition, batch(2))
            await send(store, partition, txn(7, count=2))
            await send(store, partition, batch(1), acks_all=False)
            assert (partition.last_stable_offset, partition.high_watermark) == (2, 5)
            assert engine.has_open_transaction(partition, 7, 0)
            assert not engine.has_open_transaction(partition, 7, 1)
            assert not engine.has_open_transaction(partition, 8, 0)
            assert consumed(await read_committed(engine, partition, 0)) == [0, 1]
            cold = await engine.read_cold(partition, 0, 1 << 20, at_least_one=True, committed=True)
            assert consumed(cold) == [0, 1]
            held = await read_committed(engine, partition, 3)
            assert (held.error, held.size) == (ErrorCode.NONE, 0)
            assert (await read_committed(engine, partition, 6)).error is ErrorCode.OFFSET_OUT_OF_RANGE
            assert len(await store.read_all(partition)) == 3
            (known,) = engine.producers(partition)
            assert (known.producer_id, known.current_txn_start_offset) == (7, 2)

            woken: list[Partition] = []
            cancel = engine.watch([partition], woken.append)
            assert await end(engine, partition, 7, commit=True) is ErrorCode.NONE
            cancel()
            assert woken
            assert partition.last_stable_offset == partition.high_watermark == 6
            assert not engine.has_open_transaction(partition, 7, 0)
            got = await read_committed(engine, partition, 0)
            assert (consumed(got), list(got.aborted)) == ([0, 1, 2, 3, 4], [])
            header, _ = batches_of(got)[-1]
            assert header.is_control
            assert header.is_transactional
            assert (header.base_sequence, header.producer_epoch, header.partition_leader_epoch) == (-1, 0, 0)

    run(work())


def test_what_was_aborted_is_listed_for_what_is_read(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            engine = store.engine
            partition = await store.open()
            await send(store, partition, txn(1, count=2))  # 0, 1
            await send(store, partition, txn(2, count=2))  # 2, 3
            assert await end(engine, partition, 1, commit=False) is ErrorCode.NONE  # 4
            assert partition.last_stable_offset == 2
            got = await read_committed(engine, partition, 0)
            assert (consumed(got), list(got.aborted)) == ([], [(1, 0)])
            assert await end(engine, partition, 2, commit=True) is ErrorCode.NONE  # 5
            await send(store, partition, txn(1, 2, count=2))  # 6, 7
            assert await end(engine, partition, 1, commit=False) is ErrorCode.NONE  # 8
            got = await read_committed(engine, partition, 0)
            assert (consumed(got), list(got.aborted)) == ([2, 3], [(1, 0), (1, 6)])
            got = await read_committed(engine, partition, 0, 1)
            assert ([header.base_offset for header, _ in batches_of(got)], list(got.aborted)) == ([0], [(1, 0)])
            assert list((await read_committed(engine, partition, 5)).aborted) == [(1, 6)]
            assert list((await read_committed(engine, partition, 4, 1)).aborted) == [(1, 0)]
            plain = await store.read(partition, 0)
            assert list(plain.aborted) == []

    run(work())


def test_batches_and_markers_that_do_not_fit(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            engine = store.engine
            partition = await store.open()
            await send(store, partition, txn(7))
            one = await store.append(partition, batch(producer=7, sequence=1))
            assert one.error is ErrorCode.INVALID_TXN_STATE
            assert (await store.append(partition, txn(7))).base_offset == 0  # a duplicate stays one
            assert await end(engine, partition, 7, commit=True, epoch=0, version=2) is ErrorCode.INVALID_PRODUCER_EPOCH
            assert await end(engine, partition, 7, commit=True, epoch=1, version=2, coordinator=3) is ErrorCode.NONE
            for commit in (True, False):  # the retry, and one of another mind: nothing is open, nothing changes
                assert (
                    await end(engine, partition, 7, commit=commit, epoch=1, version=2, coordinator=3) is ErrorCode.NONE
                )
            assert await end(engine, partition, 7, commit=True, epoch=0) is ErrorCode.INVALID_PRODUCER_EPOCH
            fenced = await end(engine, partition, 7, commit=True, epoch=1, coordinator=2)
            assert fenced is ErrorCode.TRANSACTION_COORDINATOR_FENCED
            (known,) = engine.producers(partition)
            assert (known.producer_epoch, known.last_sequence, known.coordinator_epoch) == (1, -1, 3)
            assert known.current_txn_start_offset == -1
            got = await read_committed(engine, partition, 0)
            assert (consumed(got), list(got.aborted)) == ([0], [])
            assert (await store.append(partition, txn(7, 1))).error is ErrorCode.INVALID_PRODUCER_EPOCH
            late = await store.append(partition, txn(7, 1, epoch=1))
            assert late.error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
            await send(store, partition, txn(7, 0, epoch=1))
            # A transaction that never wrote here is ended all the same.
            assert await end(engine, partition, 99, commit=False, epoch=4) is ErrorCode.NONE
            assert list((await read_committed(engine, partition, 0)).aborted) == []
            marker = memoryview(bytearray(batches_of(await store.read(partition, 1))[0][1]))
            refused = await store.append(partition, marker)
            assert refused.error is ErrorCode.INVALID_RECORD

    run(work())


def test_the_end_is_seen_when_the_marker_is_durable(tmp_path: Path) -> None:
    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            engine = store.engine
            partition = await store.open()
            await send(store, partition, txn(7))
            disk.gate.clear()
            ending = asyncio.ensure_future(end(engine, partition, 7, commit=True))
            await settled(lambda: partition.log_end_offset == 2)
            assert (partition.last_stable_offset, partition.high_watermark) == (0, 1)
            assert not engine.has_open_transaction(partition, 7, 0)
            assert consumed(await read_committed(engine, partition, 0)) == []
            disk.gate.set()
            assert await ending is ErrorCode.NONE
            assert partition.last_stable_offset == 2
            disk.fails = True
            assert await end(engine, partition, 7, commit=True) is ErrorCode.KAFKA_STORAGE_ERROR
            assert await end(engine, partition, 7, commit=True) is ErrorCode.KAFKA_STORAGE_ERROR

    run(work())


def test_offsets_by_time_of_committed_records(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            engine = store.engine
            partition = await store.open()
            await send(store, partition, batch(timestamp=NOW))
            await send(store, partition, txn(7, timestamp=NOW + 10))
            assert await engine.offset_at(partition, NOW, committed=True) == OffsetAt(0, NOW, 0)
            assert await engine.offset_at(partition, NOW + 5, committed=True) == OffsetAt()
            assert await engine.offset_at(partition, NOW + 5) == OffsetAt(1, NOW + 10, 0)
            await end(engine, partition, 7, commit=True)
            assert await engine.offset_at(partition, NOW + 5, committed=True) == OffsetAt(1, NOW + 10, 0)

    run(work())


def test_open_transactions_outlive_restarts_and_kills(tmp_path: Path) -> None:
    async def work() -> None:
        for round_number in range(4):
            engine = local_engine(tmp_path)
            store = Store(engine)
            partition = await store.open(config=SMALL)
            if round_number == 0:
                await send(store, partition, batch(3))
                await send(store, partition, txn(7, epoch=5))
                await send(store, partition, txn(8))
                await end(engine, partition, 8, commit=False, coordinator=4)
            await store.fill(partition, 20, size=300)  # rolls: what is open must come from a snapshot
            assert partition.last_stable_offset == 3
            assert engine.has_open_transaction(partition, 7, 5)
            assert consumed(await read_committed(engine, partition, 0)) == [0, 1, 2]
            assert consumed(await read_committed(engine, partition, 0)) == [0, 1, 2]
            known = {one.producer_id: one for one in engine.producers(partition)}
            assert known[7].current_txn_start_offset == 3
            assert known[8].coordinator_epoch == 4
            if round_number % 2:
                await crash(engine)
            else:
                await engine.close()
                newest = max((tmp_path / "events-0").glob("*.snapshot"))
                kept = {one.producer_id: one for one in decode_snapshot(newest.read_bytes())}
                assert kept[7].current_txn_first_offset == 3
                assert (kept[8].coordinator_epoch, kept[8].current_txn_first_offset) == (4, -1)
        engine = local_engine(tmp_path)
        partition = await Store(engine).open(config=SMALL)
        assert await end(engine, partition, 7, commit=True, epoch=5) is ErrorCode.NONE
        assert partition.last_stable_offset == partition.high_watermark == partition.log_end_offset
        got = await read_committed(engine, partition, 0, 1000)
        assert list(got.aborted) == [(8, 4)]
        await engine.close()

    run(work())


async def _aborted_here_and_there(engine: Engine, store: Store, partition: Partition) -> list[AbortedTxn]:
    """Aborts in several segments, of transactions that began in earlier ones; what the indexes should hold."""
    wanted = []
    await send(store, partition, txn(1))
    for n in range(6):
        first = partition.log_end_offset
        await send(store, partition, txn(2, n))
        await store.fill(partition, 15, size=300, acks_all=True)
        last = partition.log_end_offset
        await end(engine, partition, 2, commit=n == 3)
        if n != 3:
            wanted.append(AbortedTxn(2, first, last, 0))
    wanted.append(AbortedTxn(1, 0, partition.log_end_offset, partition.log_end_offset + 1))
    await end(engine, partition, 1, commit=False)
    return wanted


def _indexes(path: Path) -> list[AbortedTxn]:
    found = []
    for file in sorted((path / "events-0").glob("*.txnindex")):
        entries = list(parse_txn_index(file.read_bytes()))
        assert entries
        assert int(file.stem) <= entries[0].last_offset
        found += entries
    return found


def test_transaction_indexes_are_written_and_built_anew(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        wanted = await _aborted_here_and_there(engine, store, partition)
        listed = sorted((one.producer_id, one.first_offset) for one in wanted)
        await settled(lambda: not partition.unsynced and not partition.flushing)  # type: ignore[attr-defined]
        active = partition.active.base_offset  # type: ignore[attr-defined]
        assert _indexes(tmp_path) == [one for one in wanted if one.last_offset < active]
        await engine.close()
        assert _indexes(tmp_path) == wanted
        files = sorted((tmp_path / "events-0").glob("*.txnindex"))
        assert len(files) > 2

        async def look(engine: Any, *, clean: bool) -> None:
            partition = await Store(engine).open(config=SMALL)
            got = await engine.read_cold(partition, 0, 1 << 20, at_least_one=True, committed=True)
            offset, found = 0, set(got.aborted)
            while offset < partition.last_stable_offset:
                got = await read_committed(engine, partition, offset)
                assert got.size
                found |= set(got.aborted)
                offset = batches_of(got)[-1][0].next_offset
            assert sorted(found) == listed
            if clean:
                await engine.close()
                assert _indexes(tmp_path) == wanted
            else:
                await crash(engine)

        await look(local_engine(tmp_path), clean=True)
        for file in (files[0], files[-1]):
            file.write_bytes(file.read_bytes()[:-5])
            await look(local_engine(tmp_path), clean=True)
        await look(local_engine(tmp_path), clean=False)
        (tmp_path / "recovery-point-offset-checkpoint").unlink()
        for file in files:
            file.unlink()
        await look(local_engine(tmp_path), clean=False)
        await look(local_engine(tmp_path), clean=True)

    run(work())


def test_a_crash_before_an_index_is_written_loses_nothing(tmp_path: Path) -> None:
    """The recovery point stays behind a segment whose transaction index could not be written."""

    async def work() -> None:
        disk = FaultDisk(
            lambda name, args: errno.ENOSPC if name == "create" and args[0].endswith(".txnindex.tmp") else None
        )
        engine = local_engine(tmp_path, disk=disk)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        wanted = await _aborted_here_and_there(engine, store, partition)
        assert partition.error is ErrorCode.NONE
        assert ".txnindex" not in {file.suffix for file in (tmp_path / "events-0").iterdir()}
        await engine._checkpoint()
        await crash(engine)
        engine = local_engine(tmp_path)
        partition = await Store(engine).open(config=SMALL)
        await engine.close()
        assert _indexes(tmp_path) == wanted

    run(work())


def test_the_log_start_may_pass_an_open_transaction(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        await send(store, partition, txn(7))
        await store.fill(partition, 30, size=300)
        assert await engine.trim(partition, 20) is ErrorCode.NONE
        assert (partition.log_start_offset, partition.last_stable_offset) == (20, 20)
        assert (await read_committed(engine, partition, 20)).size == 0
        await send(store, partition, txn(8))
        await engine.close()
        engine = local_engine(tmp_path)
        partition = await Store(engine).open(config=SMALL)
        assert (partition.log_start_offset, partition.last_stable_offset) == (20, 20)
        await end(engine, partition, 7, commit=False)
        assert partition.last_stable_offset == 31
        got = await read_committed(engine, partition, 20)
        assert consumed(got) == list(range(20, 31))
        await engine.close()

    run(work())


def test_a_producer_with_an_open_transaction_does_not_expire(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open()
            await send(store, partition, txn(7))
            await send(store, partition, batch(producer=8))
            clock.ms += 30 * 86_400_000
            await store.engine.settle()
            assert [one.producer_id for one in store.engine.producers(partition)] == [7]
            await end(store.engine, partition, 7, commit=True)
            clock.ms += 30 * 86_400_000
            await store.engine.settle()
            assert list(store.engine.producers(partition)) == []

    run(work())
