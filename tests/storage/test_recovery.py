"""What is found after a crash: torn tails, damage, missing indexes, producer state."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.storage.kit import (
    NOW,
    SMALL,
    Clock,
    QuickDisk,
    Store,
    batch,
    batches_of,
    crash,
    local_engine,
    opened,
    other_boot,
    run,
)

from ottla.base.errors import ErrorCode
from ottla.records.header import read_header
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import EpochEnd, OffsetAt
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.recovery import LoadOptions, load

OPTIONS = LoadOptions(
    clean=False,
    same_boot=True,
    recovery_point=0,
    log_start_offset=0,
    index_interval_bytes=4096,
    index_bytes=10 << 20,
    now_ms=NOW,
)
LOG = "events-0/00000000000000000000.log"


async def crashed(
    path: Path, batches: int, *, config: TopicConfig | None = None, checkpoint: bool = False
) -> list[bytes]:
    """A directory after `kill -9`: batches that were acknowledged with acks=1 (flushed and checkpointed with `checkpoint`)."""
    engine = local_engine(path)
    store = Store(engine)
    partition = await store.open(config=config)
    sent = await store.fill(partition, batches, acks_all=checkpoint)
    if checkpoint:
        await engine.settle()
    await crash(engine)
    return sent


def test_a_tail_torn_at_any_byte_is_cut(tmp_path: Path) -> None:
    async def work() -> None:
        sent = await crashed(tmp_path / "whole", 5)
        data = (tmp_path / "whole" / LOG).read_bytes()
        assert data == b"".join(sent)
        ends = [0]
        for one in sent:
            ends.append(ends[-1] + len(one))
        for cut in range(ends[2], len(data) + 1):
            path = tmp_path / "cut"
            shutil.copytree(tmp_path / "whole", path)
            with (path / LOG).open("r+b") as file:
                file.truncate(cut)
            kept = sum(end <= cut for end in ends) - 1
            if cut % 16 and cut not in ends:
                found = load(QuickDisk(), str(path / "events-0"), OPTIONS)
                assert (found.log_start_offset, found.log_end_offset) == (0, kept)
                assert (path / LOG).read_bytes() == data[: ends[kept]]
                shutil.rmtree(path)
                continue
            async with opened(path) as store:
                partition = await store.open()
                assert partition.high_watermark == kept
                assert (path / LOG).stat().st_size == ends[kept]
                assert await store.read_all(partition) == sent[:kept]
                one = await store.append(partition, batch(timestamp=NOW + 9), acks_all=True)
                assert one.base_offset == kept
            async with opened(path) as store:
                assert len(await store.read_all(await store.open())) == kept + 1
            shutil.rmtree(path)

    run(work())


@pytest.mark.parametrize(
    "tail", [b"\0" * 5000, b"\2" * 61, bytes(range(256)) * 9, b"\x7f" * 17], ids=["zeros", "twos", "all", "few"]
)
@pytest.mark.parametrize("same_boot", [True, False])
def test_garbage_behind_the_last_batch_is_cut(tmp_path: Path, tail: bytes, same_boot: bool) -> None:
    async def work() -> None:
        sent = await crashed(tmp_path, 4)
        with (tmp_path / LOG).open("ab") as file:
            file.write(tail)
        if not same_boot:
            other_boot(tmp_path)
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert await store.read_all(partition) == sent
            assert (tmp_path / LOG).stat().st_size == len(b"".join(sent))
            assert not list(tmp_path.glob("events-0/corrupt-ranges"))

    run(work())


def flip(path: Path, position: int) -> None:
    with path.open("r+b") as file:
        file.seek(position)
        byte = file.read(1)[0]
        file.seek(position)
        file.write(bytes([byte ^ 0x10]))


@pytest.mark.parametrize("where", [70, 9, 16, 0, 25], ids=["records", "length", "magic", "offset", "delta"])
@pytest.mark.parametrize("case", ["same boot", "flushed"])
def test_damage_amid_good_data_costs_only_itself(tmp_path: Path, where: int, case: str) -> None:
    """What lies behind a damaged batch was acknowledged: it is served, and the damaged offsets say what they are."""

    async def work() -> None:
        sent = await crashed(tmp_path, 10, checkpoint=case == "flushed")
        if case == "flushed":
            other_boot(tmp_path)
        size = len(sent[0])
        flip(tmp_path / LOG, 4 * size + where)
        flip(tmp_path / LOG, 7 * size + where)

        async def look(store: Store) -> None:
            partition = await store.open()
            assert partition.high_watermark >= 10
            for offset in (4, 7):
                assert (await store.read(partition, offset)).error is ErrorCode.CORRUPT_MESSAGE
                cold = await store.engine.read_cold(partition, offset, 1 << 20, at_least_one=True)
                assert cold.error is ErrorCode.CORRUPT_MESSAGE
            for first, last in ((0, 3), (5, 6), (8, 9)):
                for offset in range(first, last + 1):
                    for budget in (10, size * 2, 1 << 20):
                        got = await store.read(partition, offset, budget)
                        assert got.error is ErrorCode.NONE
                        found = [bytes(view) for _, view in batches_of(got)]
                        wanted = sent[offset : last + 1]
                        if last == 9:
                            wanted = wanted + found[len(wanted) :]
                        assert found == wanted[: max(budget // size, 1)]
            assert await store.engine.offset_at(partition, NOW + 3) == OffsetAt(3, NOW + 3, 0)
            assert await store.engine.offset_at(partition, NOW + 8) == OffsetAt(8, NOW + 8, 0)

        async with opened(tmp_path) as store:
            await look(store)
            partition = await store.open()
            assert (await store.append(partition, batch(timestamp=NOW + 10))).base_offset == 10
        async with opened(tmp_path) as store:  # after a clean stop nothing is read again, and it is still known
            await look(store)
            partition = await store.open()
            assert partition.high_watermark == 11
            await store.engine.trim(partition, 8)
            assert len(await store.read_all(partition)) == 3
        engine = local_engine(tmp_path)
        await Store(engine).open()
        await crash(engine)
        async with opened(tmp_path) as store:
            assert len(await store.read_all(await store.open())) == 3

    run(work())


def test_damaged_batches_at_the_end_of_flushed_data_are_not_forgotten(tmp_path: Path) -> None:
    """The recovery point says that ten batches were durable. Their offsets are not given out again."""

    async def work() -> None:
        sent = await crashed(tmp_path, 10, checkpoint=True)
        size = len(sent[0])
        flip(tmp_path / LOG, 8 * size + 70)
        flip(tmp_path / LOG, 9 * size + 70)
        for expected in (10, 11, 12):
            async with opened(tmp_path) as store:
                partition = await store.open()
                assert partition.high_watermark == expected
                assert (await store.read(partition, 8)).error is ErrorCode.CORRUPT_MESSAGE
                assert (await store.read(partition, 9)).error is ErrorCode.CORRUPT_MESSAGE
                got = await store.read(partition, 2)
                assert [header.base_offset for header, _ in batches_of(got)] == [2, 3, 4, 5, 6, 7]
                assert (await store.append(partition, batch(), acks_all=True)).base_offset == expected
                assert (await store.read(partition, 10)).error is ErrorCode.NONE

    run(work())


def test_holes_after_a_power_cut_end_the_log(tmp_path: Path) -> None:
    """The machine went down: pages above the recovery point may be missing in any order, so what is behind a hole proves nothing."""

    async def work() -> None:
        sent = await crashed(tmp_path, 60, config=SMALL)
        other_boot(tmp_path)
        logs = sorted((tmp_path / "events-0").glob("*.log"))
        assert len(logs) > 2
        second = int(logs[1].stem)
        flip(logs[1], 2 * len(sent[0]) + 80)
        tail = logs[1].read_bytes()[2 * len(sent[0]) :]
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            assert await store.read_all(partition) == sent[: second + 2]
            [cut] = logs[1].parent.glob(f"{logs[1].name}.*.cut")
            assert cut.read_bytes() == tail, "kept for a person to look at"
            assert logs[2].with_name(logs[2].name + ".cut").exists()
            assert (await store.append(partition, batch())).base_offset == second + 2

    run(work())


def test_a_torn_tail_above_flushed_data(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open()
        sent = await store.fill(partition, 6, acks_all=True)
        await engine.settle()
        await store.fill(partition, 3)
        await crash(engine)
        other_boot(tmp_path)
        with (tmp_path / LOG).open("r+b") as file:
            file.truncate(6 * len(sent[0]) + 100)
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert await store.read_all(partition) == sent

    run(work())


def test_producers_are_known_after_a_crash(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        for n in range(40):
            await store.append(partition, batch(2, producer=7, epoch=1, sequence=n * 2, size=50))
            await store.append(partition, batch(producer=8, sequence=n))
        assert len(list((tmp_path / "events-0").glob("*.log"))) > 2
        entries = sorted(engine.producers(partition), key=lambda entry: entry.producer_id)
        await crash(engine)
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            assert sorted(store.engine.producers(partition), key=lambda entry: entry.producer_id) == entries
            for n in range(35, 40):  # the last batches were written since the last snapshot: all five are known
                again = await store.append(partition, batch(2, producer=7, epoch=1, sequence=n * 2, size=50))
                assert (again.error, again.base_offset) == (ErrorCode.NONE, n * 3)
            assert (await store.append(partition, batch(producer=8, sequence=39))).base_offset == 119
            assert (await store.append(partition, batch(producer=8, sequence=40))).base_offset == 120

    run(work())


@pytest.mark.parametrize("harm", ["remove", "truncate", "garbage", "zeros behind", "other size"])
@pytest.mark.parametrize("kind", ["index", "timeindex", "snapshot"])
def test_what_lies_beside_the_batches_is_built_anew(tmp_path: Path, harm: str, kind: str) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 80)
            data = batch(producer=3, sequence=0)
            await store.append(partition, data)
            sent.append(bytes(data))
        random.seed(5)
        for file in (tmp_path / "events-0").glob(f"*.{kind}"):
            match harm:
                case "remove":
                    file.unlink()
                case "truncate":
                    file.write_bytes(file.read_bytes()[:-3])
                case "garbage":
                    file.write_bytes(random.randbytes(len(file.read_bytes())))
                case "zeros behind":
                    file.write_bytes(file.read_bytes() + bytes(24 * 10))
                case "other size":
                    file.write_bytes(file.read_bytes() + random.randbytes(24))
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            assert partition.high_watermark == 81
            assert await store.read_all(partition, 300) == sent
            for target in range(0, 80, 7):
                assert await store.engine.offset_at(partition, NOW + target) == OffsetAt(target, NOW + target, 0)
            assert (await store.engine.max_timestamp(partition)).offset == 79
            if harm in ("remove", "truncate") and kind == "snapshot":
                return
            if kind != "snapshot":
                again = await store.append(partition, batch(producer=3, sequence=0))
                assert again.base_offset == 80

    run(work())


def test_epochs_survive_a_crash_in_the_batches(tmp_path: Path) -> None:
    async def work() -> None:
        for epoch in (2, 5, 6):
            engine = local_engine(tmp_path)
            store = Store(engine)
            partition = await store.open(leader_epoch=epoch)
            await store.append(partition, batch(3))
            await crash(engine)
        (tmp_path / "events-0" / "leader-epoch-checkpoint").unlink(missing_ok=True)
        async with opened(tmp_path) as store:
            partition = await store.open(leader_epoch=6)
            assert [store.engine.epoch_end(partition, epoch) for epoch in (2, 4, 5, 6)] == [
                EpochEnd(2, 3),
                EpochEnd(2, 3),
                EpochEnd(5, 6),
                EpochEnd(6, 9),
            ]

    run(work())


def test_a_crash_while_nothing_was_written(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        await Store(engine).open()
        await crash(engine)
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert partition.high_watermark == 0
            assert (await store.append(partition, batch(), acks_all=True)).base_offset == 0

    run(work())


def test_the_log_start_survives_a_crash(tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open(config=SMALL)
        await store.fill(partition, 50)
        await engine.trim(partition, 31)
        await crash(engine)
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            assert (partition.log_start_offset, partition.high_watermark) == (31, 50)

    run(work())


def test_segments_lost_below_the_log_start(tmp_path: Path) -> None:
    """Somebody removed the files: the log goes on where the records that were deleted ended, as in Kafka."""

    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open()
            await store.fill(partition, 20)
            await store.engine.trim(partition, 12)
        for file in (tmp_path / "events-0").glob("0*"):
            file.unlink()
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert (partition.log_start_offset, partition.high_watermark) == (12, 12)
            assert (await store.append(partition, batch())).base_offset == 12

    run(work())


def test_unreadable_checkpoints_cost_only_time(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open()
            sent = await store.fill(partition, 5)
        (tmp_path / "recovery-point-offset-checkpoint").write_text("0\n2\nevents 0\n")
        (tmp_path / "events-0" / "leader-epoch-checkpoint").write_text("nonsense")
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert await store.read_all(partition) == sent
            assert partition.leader_epoch == 0

    run(work())


def test_an_interrupted_compaction_of_kafkas_is_finished(tmp_path: Path) -> None:
    """`.cleaned` files are thrown away; `.swap` files take the place of the segments they cover."""

    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 60)
        logs = sorted((tmp_path / "events-0").glob("*.log"))
        assert len(logs) >= 3
        merged = logs[0].read_bytes() + logs[1].read_bytes()
        logs[0].with_name(logs[0].name + ".swap").write_bytes(merged)
        logs[2].with_name(logs[2].name + ".cleaned").write_bytes(b"half done")
        (tmp_path / "events-0" / "00000000000000000099.log.deleted").write_bytes(b"gone")
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            assert await store.read_all(partition) == sent
            assert isinstance(partition, LocalPartition)
            assert len(partition.segments) == len(logs) - 1
            names = {file.suffix for file in (tmp_path / "events-0").iterdir()}
            assert not names & {".swap", ".cleaned", ".deleted"}

    run(work())


def test_a_partition_that_cannot_be_loaded_is_offline_alone(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            await store.append(await store.open("a", topic_id=bytes(15) + b"a"), batch())
            await store.append(await store.open("b", topic_id=bytes(15) + b"b"), batch())
        (tmp_path / "a-0" / "00000000000000000000.log").unlink()
        (tmp_path / "a-0" / "00000000000000000000.log").mkdir()
        async with opened(tmp_path) as store:
            bad = await store.open("a", topic_id=bytes(15) + b"a")
            good = await store.open("b", topic_id=bytes(15) + b"b")
            assert bad.error is ErrorCode.KAFKA_STORAGE_ERROR
            assert (await store.append(bad, batch())).error is ErrorCode.KAFKA_STORAGE_ERROR
            assert (await store.append(good, batch())).base_offset == 1

    run(work())


def test_recovery_of_old_timestamps_keeps_producers(tmp_path: Path) -> None:
    """Expiry counts from when a producer was seen, so loading last year's records does not undo its protection."""

    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open()
            await store.append(partition, batch(producer=1, sequence=0, timestamp=1000))
            await store.engine.settle()
            assert len(store.engine.producers(partition)) == 1
        clock.ms += 3_600_000
        async with opened(tmp_path, clock) as store:
            partition = await store.open()
            assert (await store.append(partition, batch(producer=1, sequence=0, timestamp=1000))).base_offset == 0
            clock.ms += 86_400_000
            await store.engine.settle()
            assert store.engine.producers(partition) == []

    run(work())


def test_header_of_what_is_read_back(tmp_path: Path) -> None:
    """Bytes on disk are the bytes that were sent, but for base offset and leader epoch."""

    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(leader_epoch=4)
            await store.append(partition, batch())
            before = batch(3, codec=4, size=200)
            untouched = bytes(before[12 + 4 :])
            await store.append(partition, before)
            [_, (header, view)] = batches_of(await store.read(partition, 0))
            assert bytes(view[16:]) == untouched
            assert (header.base_offset, header.partition_leader_epoch) == (1, 4)
            assert read_header(view) == header

    run(work())


def test_snapshots_do_not_pile_up(tmp_path: Path) -> None:
    async def work() -> None:
        for n in range(5):
            async with opened(tmp_path) as store:
                partition = await store.open()
                await store.append(partition, batch(producer=1, sequence=n))
        assert {file.name for file in tmp_path.glob("events-0/*.snapshot")} == {f"{n:020d}.snapshot" for n in (4, 5)}

    run(work())
