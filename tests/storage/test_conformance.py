"""What every engine must do. Another engine joins by a row in `ENGINES`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.storage.kit import (
    NOW,
    SMALL,
    TOPIC_ID,
    Clock,
    Store,
    batch,
    batches_of,
    local_engine,
    offsets_of,
    run,
    to_append,
)

from ottla.base.errors import ErrorCode
from ottla.records.builder import BatchBuilder
from ottla.records.header import read_header
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Append, Engine, EpochEnd, OffsetAt, Partition, PartitionSpec

Factory = Callable[[Path, Clock], Engine]
ENGINES: dict[str, Factory] = {"local": lambda path, clock: local_engine(path, clock)}


@pytest.fixture(params=list(ENGINES))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """A store on the same data each time it is called."""
    clock = Clock()
    return lambda: Store(ENGINES[request.param](tmp_path, clock))


def story(make: Callable[[], Store], tell: Callable[[Store], object]) -> None:
    async def work() -> None:
        store = make()
        try:
            await tell(store)  # type: ignore[misc]
        finally:
            await store.engine.close()

    run(work())


def test_offsets_are_assigned_in_order_and_patched_in(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(leader_epoch=7)
        first = await store.append(partition, batch(3))
        second = await store.append(partition, batch(2), acks_all=True)
        assert (first.base_offset, second.base_offset) == (0, 3)
        assert first.log_append_time_ms == -1
        assert first.log_start_offset == 0
        assert partition.high_watermark == partition.log_end_offset == partition.last_stable_offset == 5
        found = batches_of(await store.read(partition, 0))
        assert [(header.base_offset, header.partition_leader_epoch) for header, _ in found] == [(0, 7), (3, 7)]

    story(make, tell)


def test_one_call_may_span_partitions_and_answers_once(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        one, other = await store.open("a", topic_id=bytes(15) + b"a"), await store.open("b", topic_id=bytes(15) + b"b")
        answered = asyncio.Event()
        calls = []

        def on_done() -> None:
            calls.append(1)
            answered.set()

        appends = [to_append(one, batch()), to_append(other, batch(2)), to_append(one, batch(3))]
        store.engine.append(appends, acks_all=True, on_done=on_done)
        await answered.wait()
        assert [append.base_offset for append in appends] == [0, 0, 1]
        assert (one.high_watermark, other.high_watermark) == (4, 2)
        assert calls == [1]

    story(make, tell)


def test_an_append_nobody_waits_for_is_written(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        store.engine.append([to_append(partition, batch())], acks_all=False, on_done=None)
        assert partition.high_watermark == 1

    story(make, tell)


def test_a_read_returns_the_whole_batch_that_holds_the_offset(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        for _ in range(3):
            await store.append(partition, batch(10))
        for offset in range(30):
            got = await store.read(partition, offset)
            assert offsets_of(got)[0] == offset // 10 * 10
            assert offsets_of(got)[-1] == 29

    story(make, tell)


def test_reads_at_the_bounds(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        empty = await store.read(partition, 0)
        assert (empty.error, empty.buffers) == (ErrorCode.NONE, [])
        assert (await store.read(partition, 1)).error is ErrorCode.OFFSET_OUT_OF_RANGE
        await store.append(partition, batch(2))
        assert (await store.read(partition, 2)).buffers == []
        assert (await store.read(partition, 2)).error is ErrorCode.NONE
        assert (await store.read(partition, 3)).error is ErrorCode.OFFSET_OUT_OF_RANGE
        assert (await store.read(partition, -1)).error is ErrorCode.OFFSET_OUT_OF_RANGE
        assert (
            await store.engine.read_cold(partition, 3, 10, at_least_one=True)
        ).error is ErrorCode.OFFSET_OUT_OF_RANGE
        assert await store.engine.trim(partition, 1) is ErrorCode.NONE
        assert (await store.read(partition, 0)).error is ErrorCode.OFFSET_OUT_OF_RANGE
        assert offsets_of(await store.read(partition, 1)) == [0, 1]

    story(make, tell)


@pytest.mark.parametrize("config", [TopicConfig(), SMALL], ids=["one-segment", "many-segments"])
@pytest.mark.parametrize("cold", [False, True], ids=["memory", "disk"])
def test_every_budget_reads_everything_once(make: Callable[[], Store], config: TopicConfig, cold: bool) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(config=config)
        sent = []
        for n in range(60):
            data = batch(1 + n % 4, size=20 + n * 7 % 300)
            await store.append(partition, data)
            sent.append(bytes(data))
        if cold:
            store.engine.read = lambda *_, **__: None  # type: ignore[method-assign]
        for budget in (1, 70, 100, 255, 256, 257, 600, 1000, 4000, 5000, 1 << 20):
            assert await store.read_all(partition, budget) == sent, f"budget {budget}"

    story(make, tell)


def test_budgets_are_kept_but_for_the_first_batch(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        data = batch(size=500)
        for _ in range(4):
            await store.append(partition, batch(size=500))
        assert (await store.read(partition, 0, 10)).size == len(data)
        assert (await store.read(partition, 0, 10, at_least_one=False)).size == 0
        assert (await store.read(partition, 0, 0, at_least_one=False)).size == 0
        assert (await store.read(partition, 0, len(data) * 2 + 5, at_least_one=False)).size == len(data) * 2
        assert (await store.read(partition, 1, len(data) * 3, at_least_one=False)).size == len(data) * 3

    story(make, tell)


def test_watchers_hear_of_new_data_bounds_and_the_end(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        other = await store.open("other", topic_id=bytes(15) + b"o")
        woken: list[Partition] = []
        cancel = store.engine.watch([partition, other], woken.append)
        await store.append(partition, batch(3))
        assert woken == [partition]
        await store.append(other, batch(), acks_all=True)
        assert woken == [partition, other]
        await store.engine.trim(partition, 2)
        assert woken == [partition, other, partition]
        cancel()
        await store.append(partition, batch())
        assert len(woken) == 3
        cancel()  # again does no harm
        store.engine.watch([partition], woken.append)
        await store.engine.drop([partition])
        assert len(woken) == 4
        assert (await store.read(partition, 2)).error is ErrorCode.UNKNOWN_TOPIC_OR_PARTITION

    story(make, tell)


def test_idempotent_producers(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        send = lambda sequence, count=1, epoch=0, acks_all=False: store.append(  # noqa: E731
            partition, batch(count, producer=9, epoch=epoch, sequence=sequence), acks_all=acks_all
        )
        assert (await send(0, 3)).base_offset == 0
        assert (await send(3, 2)).base_offset == 3
        again = await send(0, 3)
        assert (again.error, again.base_offset, again.log_append_time_ms) == (ErrorCode.NONE, 0, NOW + 2)
        again = await send(3, 2, acks_all=True)
        assert (again.error, again.base_offset) == (ErrorCode.NONE, 3)
        assert (await send(7)).error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
        assert (await send(0, epoch=2)).base_offset == 5
        stale = await send(5, epoch=1)
        assert stale.error is ErrorCode.INVALID_PRODUCER_EPOCH
        assert "events-0" in (stale.error_message or "")
        assert partition.log_end_offset == 6
        [entry] = store.engine.producers(partition)
        assert (entry.producer_id, entry.producer_epoch, entry.last_sequence) == (9, 2, 0)
        assert (entry.coordinator_epoch, entry.current_txn_start_offset) == (-1, -1)

    story(make, tell)


@pytest.mark.parametrize("acks_all", [False, True])
def test_duplicates_within_one_call(make: Callable[[], Store], acks_all: bool) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        appends = [to_append(partition, batch(2, producer=4, sequence=0)) for _ in range(3)]
        done = asyncio.Event()
        store.engine.append(appends, acks_all=acks_all, on_done=done.set)
        await done.wait()
        assert [(one.error, one.base_offset) for one in appends] == [(ErrorCode.NONE, 0)] * 3
        assert partition.high_watermark == 2

    story(make, tell)


def test_log_append_time_is_answered(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        one = await store.append(partition, batch(log_append_time_ms=NOW + 5))
        assert one.log_append_time_ms == NOW + 5

    story(make, tell)


@pytest.mark.parametrize("config", [TopicConfig(), SMALL], ids=["one-segment", "many-segments"])
def test_offsets_by_time_are_exact(make: Callable[[], Store], config: TopicConfig) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(config=config)
        assert await store.engine.offset_at(partition, 0) == OffsetAt()
        assert await store.engine.max_timestamp(partition) == OffsetAt()
        times: list[int] = []
        for n in range(80):
            builder = BatchBuilder()
            for k in range(3):
                at = NOW + (n * 37 + k * 11) % 500 + n * 3
                builder.append(at, None, b"x" * (n * 13 % 90))
                times.append(at)
            await store.append(partition, memoryview(bytearray(builder.build())))
        for start in (0, 50, 100):
            assert await store.engine.trim(partition, start) is ErrorCode.NONE
            for target in range(NOW - 5, NOW + 760, 9):
                at = next((offset for offset in range(start, 240) if times[offset] >= target), None)
                want = OffsetAt() if at is None else OffsetAt(at, times[at], 0)
                assert await store.engine.offset_at(partition, target) == want, target - NOW
        newest = max(times[100:])
        assert await store.engine.max_timestamp(partition) == OffsetAt(times.index(newest, 100), newest, 0)

    story(make, tell)


def test_epochs(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(leader_epoch=3)
        assert store.engine.epoch_end(partition, 3) == EpochEnd(3, 0)
        await store.append(partition, batch(4))
        assert store.engine.epoch_end(partition, 3) == EpochEnd(3, 4)
        assert store.engine.epoch_end(partition, 4) == EpochEnd(-1, -1)
        assert store.engine.epoch_end(partition, 1) == EpochEnd(1, 0)
        assert store.engine.epoch_end(partition, -1) == EpochEnd(-1, -1)

    async def later(store: Store) -> None:
        partition = await store.open(leader_epoch=8)
        assert partition.leader_epoch == 8
        await store.append(partition, batch(2))
        assert store.engine.epoch_end(partition, 3) == EpochEnd(3, 4)
        assert store.engine.epoch_end(partition, 5) == EpochEnd(3, 4)
        assert store.engine.epoch_end(partition, 2) == EpochEnd(2, 0)
        assert store.engine.epoch_end(partition, 8) == EpochEnd(8, 6)

    async def backwards(store: Store) -> None:
        partition = await store.open(leader_epoch=1)
        assert partition.leader_epoch == 8, "a leader epoch never goes back"

    story(make, tell)
    story(make, later)
    story(make, backwards)


def test_trim_moves_the_log_start_for_good(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(config=SMALL)
        await store.fill(partition, 100)
        assert await store.engine.trim(partition, 101) is ErrorCode.OFFSET_OUT_OF_RANGE
        assert await store.engine.trim(partition, 77) is ErrorCode.NONE
        assert await store.engine.trim(partition, 5) is ErrorCode.NONE
        assert (partition.log_start_offset, partition.high_watermark) == (77, 100)
        [directory] = await store.engine.directories()
        assert 0 < directory.partitions[0].size_bytes < 60 * 180

    async def later(store: Store) -> None:
        partition = await store.open(config=SMALL)
        assert (partition.log_start_offset, partition.high_watermark) == (77, 100)
        assert len(await store.read_all(partition)) == 23
        assert await store.engine.trim(partition, 100) is ErrorCode.NONE
        assert (await store.read(partition, 100)).buffers == []
        one = await store.append(partition, batch())
        assert (one.base_offset, one.log_start_offset) == (100, 100)

    async def at_last(store: Store) -> None:
        partition = await store.open(config=SMALL)
        assert (partition.log_start_offset, partition.high_watermark) == (100, 101)

    story(make, tell)
    story(make, later)
    story(make, at_last)


def test_everything_survives_a_clean_restart(make: Callable[[], Store]) -> None:
    sent: list[bytes] = []

    async def tell(store: Store) -> None:
        partition = await store.open(config=SMALL)
        sent.extend(await store.fill(partition, 50))
        data = batch(2, producer=5, sequence=10)
        await store.append(partition, data, acks_all=True)
        sent.append(bytes(data))

    async def later(store: Store) -> None:
        partition = await store.open(config=SMALL)
        assert (partition.log_start_offset, partition.high_watermark) == (0, 52)
        assert await store.read_all(partition) == sent
        again = await store.append(partition, batch(2, producer=5, sequence=10))
        assert (again.error, again.base_offset) == (ErrorCode.NONE, 50)
        assert (await store.append(partition, batch(producer=5, sequence=12))).base_offset == 52

    story(make, tell)
    story(make, later)


def test_a_dropped_topic_begins_anew(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        await store.fill(partition, 5)
        await store.engine.trim(partition, 3)
        await store.engine.drop([partition])
        assert store.engine.topics == {}
        assert store.engine.topic_ids == {}
        one = to_append(partition, batch())
        store.engine.append([one], acks_all=False, on_done=None)
        assert one.error is ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        again = await store.open(topic_id=bytes(16 * [7]))
        assert (again.log_start_offset, again.high_watermark) == (0, 0)
        await store.append(again, batch())

    async def later(store: Store) -> None:
        partition = await store.open(topic_id=bytes(16 * [7]))
        assert (partition.log_start_offset, partition.high_watermark) == (0, 1)

    story(make, tell)
    story(make, later)


def test_maps_of_open_partitions(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        spec = PartitionSpec("events", TOPIC_ID, 2, 0, TopicConfig())
        await store.engine.open([spec])
        assert [one is not None for one in store.engine.topics["events"]] == [False, False, True]
        await store.engine.open([spec, replace(spec, index=0)])
        row = store.engine.topics["events"]
        assert row is store.engine.topic_ids[TOPIC_ID]
        assert [one.index if one else None for one in row] == [0, None, 2]
        kept = row[2]
        assert kept is not None
        await store.engine.open([spec])
        assert store.engine.topics["events"][2] is kept, "opening twice changes nothing"
        first = row[0]
        assert first is not None
        await store.engine.drop([first])
        assert [one.index if one else None for one in store.engine.topics["events"]] == [None, None, 2]

    story(make, tell)


def test_a_batch_larger_than_a_segment_is_refused(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(config=SMALL)
        one = await store.append(partition, batch(size=5000))
        assert one.error is ErrorCode.RECORD_LIST_TOO_LARGE
        assert (await store.append(partition, batch(size=3000))).error is ErrorCode.NONE

    story(make, tell)


def test_configure_takes_effect(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open()
        config = replace(TopicConfig(), segment_bytes=2000)
        store.engine.configure(TOPIC_ID, config)
        assert partition.config is config
        assert (await store.append(partition, batch(size=3000))).error is ErrorCode.RECORD_LIST_TOO_LARGE
        store.engine.configure(bytes(16), config)  # a topic that is not open here

    story(make, tell)


def test_refused_appends_do_not_disturb_their_neighbours(make: Callable[[], Store]) -> None:
    async def tell(store: Store) -> None:
        partition = await store.open(config=SMALL)
        data = [batch(), batch(size=9000), batch(producer=1, sequence=5), batch(producer=1, sequence=9), batch()]
        appends = [Append(partition, one, read_header(one)) for one in data]
        done = asyncio.Event()
        store.engine.append(appends, acks_all=True, on_done=done.set)
        await done.wait()
        assert [one.base_offset for one in appends] == [0, -1, 1, -1, 2]
        assert partition.high_watermark == 3

    story(make, tell)
