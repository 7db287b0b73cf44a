"""Rolling, retention, deletion, checkpoints, directories: what goes on while nobody asks for anything."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.storage.kit import (
    NOW,
    SMALL,
    TOPIC_ID,
    Clock,
    QuickDisk,
    Store,
    batch,
    batches_of,
    crash,
    local_engine,
    offsets_of,
    opened,
    run,
    settled,
    to_append,
)

from ottla.base.errors import ErrorCode
from ottla.base.ids import random_uuid, uuid_to_text
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Partition, PartitionSpec
from ottla.storage.local import checkpoints
from ottla.storage.local.engine import DirectoryInUse
from ottla.storage.local.files import Files
from ottla.storage.local.partition import LocalPartition

HOUR = 3_600_000


def ids(letter: str) -> bytes:
    return bytes(15) + letter.encode()


def segments(partition: Partition) -> list[int]:
    assert isinstance(partition, LocalPartition)
    return [segment.base_offset for segment in partition.segments]


def names(path: Path) -> set[str]:
    return {file.name for file in path.iterdir()}


# -- rolling


def test_segments_roll_by_size_and_leave_their_files(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            await store.fill(partition, 60)
            await settled(lambda: not partition.unsynced and not partition.flushing)  # type: ignore[attr-defined]
            found = segments(partition)
            assert len(found) > 2
            for base in found[:-1]:
                stem = f"{base:020d}"
                assert {f"{stem}.log", f"{stem}.index", f"{stem}.timeindex"} <= names(tmp_path / "events-0")
                assert (tmp_path / "events-0" / f"{stem}.log").stat().st_size <= SMALL.segment_bytes
                assert (tmp_path / "events-0" / f"{stem}.index").stat().st_size % 8 == 0
            for base in found[1:]:
                assert f"{base:020d}.snapshot" in names(tmp_path / "events-0")

    run(work())


def test_segments_roll_by_the_time_between_batches(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=replace(TopicConfig(), segment_ms=1000))
            for at in (0, 400, 1000, 1001, 1500, 2002, 500):
                await store.append(partition, batch(timestamp=NOW + at))
            assert segments(partition) == [0, 3, 5]

    run(work())


def test_segments_without_timestamps_roll_by_the_clock(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(TopicConfig(), segment_ms=1000))
            await store.append(partition, batch(timestamp=-1))
            clock.ms += 1000
            await store.append(partition, batch(timestamp=-1))
            clock.ms += 1
            await store.append(partition, batch(timestamp=-1))
            assert segments(partition) == [0, 2]

    run(work())


def test_the_time_of_the_first_batch_is_known_after_a_restart(tmp_path: Path) -> None:
    async def work() -> None:
        config = replace(TopicConfig(), segment_ms=1000)
        for at in (0, 900, 1100):
            async with opened(tmp_path) as store:
                partition = await store.open(config=config)
                await store.append(partition, batch(timestamp=NOW + at))
                assert segments(partition) == ([0] if at < 1000 else [0, 2])

    run(work())


def test_segments_roll_when_an_index_is_full(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=replace(TopicConfig(), segment_index_bytes=36, index_interval_bytes=1))
            sent = await store.fill(partition, 12)
            assert segments(partition) == [0, 3, 6, 9]  # two time entries: Kafka keeps room for a last one
            assert await store.read_all(partition) == sent

    run(work())


def test_offsets_stay_within_32_bits_of_their_segment(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open()
            sent = []
            for _ in range(4):  # batches that stand for a billion records each, as compaction leaves them
                data = batch(1)
                data[23:27] = (1_000_000_000 - 1).to_bytes(4, "big")
                from ottla.records.header import crc32c

                data[17:21] = crc32c(data[21:]).to_bytes(4, "big")
                await store.append(partition, data)
                sent.append(bytes(data))
            assert segments(partition) == [0, 2_000_000_000]
            assert partition.high_watermark == 4_000_000_000
            assert await store.read_all(partition) == sent
        async with opened(tmp_path) as store:
            partition = await store.open()
            assert partition.high_watermark == 4_000_000_000
            assert [header.base_offset for header, _ in batches_of(await store.read(partition, 3_500_000_000))] == [
                3_000_000_000
            ]

    run(work())


def test_jitter_only_shortens(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=replace(TopicConfig(), segment_ms=1000, segment_jitter_ms=900))
            assert isinstance(partition, LocalPartition)
            assert 0 <= partition.jitter_ms < 900
            await store.append(partition, batch(timestamp=NOW))
            await store.append(partition, batch(timestamp=NOW + 100))
            await store.append(partition, batch(timestamp=NOW + 1001))
            assert segments(partition)[-1] == 2

    run(work())


def test_preallocated_segments(tmp_path: Path) -> None:
    async def work() -> None:
        config = replace(SMALL, preallocate=True)
        log = tmp_path / "events-0" / f"{0:020d}.log"
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open(config=config)
        sent = await store.fill(partition, 5)
        assert log.stat().st_size == SMALL.segment_bytes
        await crash(engine)
        async with opened(tmp_path) as store:
            partition = await store.open(config=config)
            assert await store.read_all(partition) == sent
            sent += await store.fill(partition, 40)
            assert log.stat().st_size <= SMALL.segment_bytes
        assert sum(file.stat().st_size for file in (tmp_path / "events-0").glob("*.log")) == len(b"".join(sent))
        async with opened(tmp_path) as store:
            assert await store.read_all(await store.open(config=config)) == sent

    run(work())


# -- retention


async def retain(store: Store, clock: Clock) -> None:
    """Lets the retention check come round."""
    await store.engine.settle()
    clock.ms += 300_000
    await store.engine.settle()


def test_retention_by_time_goes_by_the_newest_record_of_a_segment(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_ms=10 * HOUR, segment_ms=10**12))
            for n in range(60):
                await store.append(partition, batch(timestamp=NOW + n * HOUR // 4, size=100))
            all_segments = segments(partition)
            woken: list[object] = []
            store.engine.watch([partition], woken.append)
            clock.ms = NOW + 16 * HOUR
            await retain(store, clock)
            newest = {
                base: NOW + (after - 1) * HOUR // 4
                for base, after in zip(all_segments, [*all_segments[1:], 60], strict=True)
            }
            kept = [base for base in all_segments if clock.ms - newest[base] <= 10 * HOUR]
            assert segments(partition) == kept
            assert 0 < len(kept) < len(all_segments)
            assert partition.log_start_offset == kept[0]
            assert woken
            assert (await store.read(partition, 0)).error is ErrorCode.OFFSET_OUT_OF_RANGE
            assert offsets_of(await store.read(partition, kept[0]))[0] == kept[0]

    run(work())


def test_when_everything_is_old_the_active_segment_goes_too(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_ms=HOUR))
            await store.fill(partition, 30)
            clock.ms += 2 * HOUR
            await retain(store, clock)
            assert segments(partition) == [30]
            assert (partition.log_start_offset, partition.high_watermark) == (30, 30)
            clock.ms += 2 * HOUR
            await retain(store, clock)
            assert segments(partition) == [30], "an empty active segment stays"
            assert (await store.append(partition, batch())).base_offset == 30
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=SMALL)
            assert (partition.log_start_offset, partition.high_watermark) == (30, 31)

    run(work())


def test_timestamps_from_the_future_pin_a_segment(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_ms=HOUR, segment_ms=10**15))
            await store.append(partition, batch(timestamp=NOW + 1000 * HOUR))
            await store.fill(partition, 60)
            before = segments(partition)
            clock.ms += 2 * HOUR
            await retain(store, clock)
            assert segments(partition) == before

    run(work())


def test_retention_by_size_keeps_at_least_that_much(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_bytes=9000))
            await store.fill(partition, 100)
            assert isinstance(partition, LocalPartition)
            before = partition.size_bytes
            first = partition.segments[0].size
            await retain(store, clock)
            assert before > 9000 + first
            assert 9000 <= partition.size_bytes < 9000 + first
            store.engine.configure(TOPIC_ID, replace(SMALL, retention_bytes=0))
            await retain(store, clock)
            assert partition.log_start_offset == 100, "retention.bytes=0 keeps nothing"

    run(work())


def test_compact_topics_keep_their_segments(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(
                config=replace(SMALL, cleanup_policy=("compact",), retention_ms=1, retention_bytes=0)
            )
            await store.fill(partition, 60)
            before = segments(partition)
            clock.ms += 2 * HOUR
            await retain(store, clock)
            assert segments(partition)[: len(before)] == before
            assert partition.log_start_offset == 0

    run(work())


def test_what_waits_for_the_device_is_never_deleted(tmp_path: Path) -> None:
    from tests.storage.disks import GateDisk

    async def work() -> None:
        clock, disk = Clock(), GateDisk()
        async with opened(tmp_path, clock, disk) as store:
            partition = await store.open(config=replace(SMALL, retention_ms=HOUR))
            await store.fill(partition, 3, acks_all=True)
            disk.gate.clear()
            _, done = store.send(partition, batch(), acks_all=True)
            clock.ms += 3 * HOUR
            await retain(store, clock)
            assert (partition.log_start_offset, partition.log_end_offset) == (0, 4)
            disk.gate.set()
            await done

    run(work())


def test_segments_known_only_from_their_files_are_retained_by_time(tmp_path: Path) -> None:
    """After a restart the newest timestamp of a closed segment is read from its time index; or built anew without one."""

    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=SMALL)
            await store.fill(partition, 90)
            old = segments(partition)
        os.unlink(tmp_path / "events-0" / f"{old[1]:020d}.timeindex")
        os.truncate(tmp_path / "events-0" / f"{old[2]:020d}.timeindex", 5)
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_ms=HOUR))
            await store.append(partition, batch(timestamp=NOW + 3 * HOUR))
            clock.ms += 3 * HOUR
            await retain(store, clock)
            assert segments(partition) == [old[-1]]

    run(work())


def test_deleted_files_wait_for_their_delay(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, retention_bytes=0, file_delete_delay_ms=60_000))
            await store.fill(partition, 30)
            await retain(store, clock)
            marked = [name for name in names(tmp_path / "events-0") if name.endswith(".deleted")]
            assert f"{0:020d}.log.deleted" in marked
            clock.ms += 59_000
            await store.engine.settle()
            assert set(marked) <= names(tmp_path / "events-0")
            clock.ms += 1_000
            await store.engine.settle()
            assert not [name for name in names(tmp_path / "events-0") if name.endswith(".deleted")]

    run(work())


def test_a_read_under_way_outlives_the_deletion_of_its_segment(tmp_path: Path) -> None:
    import threading

    class SlowDisk(QuickDisk):
        def __init__(self) -> None:
            self.gate = threading.Event()
            self.gate.set()

        def pread(self, fd: int, size: int, position: int) -> bytes:  # type: ignore[override]
            self.gate.wait(20)
            return os.pread(fd, size, position)

    async def work() -> None:
        clock, disk = Clock(), SlowDisk()
        async with opened(tmp_path, clock, disk) as store:
            partition = await store.open(config=replace(SMALL, retention_bytes=0, file_delete_delay_ms=0))
            sent = await store.fill(partition, 60)
            disk.gate.clear()
            reading = asyncio.ensure_future(store.engine.read_cold(partition, 0, 2000, at_least_one=True))
            await asyncio.sleep(0.01)
            await retain(store, clock)
            assert partition.log_start_offset == 60
            disk.gate.set()
            got = await reading
            assert [bytes(view) for _, view in batches_of(got)] == sent[: len(batches_of(got))]
            assert got.size > 0
            await store.engine.settle()
            assert isinstance(store.engine.files, Files)  # type: ignore[attr-defined]
            assert len(store.engine.files) == 1, "what was deleted is closed"  # type: ignore[attr-defined]

    run(work())


# -- dropping


def test_dropped_partitions_leave_the_disk_after_their_delay(tmp_path: Path) -> None:
    async def work() -> None:
        clock = Clock()
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=replace(SMALL, file_delete_delay_ms=1000))
            await store.fill(partition, 10)
            await store.engine.drop([partition])
            [marked] = [name for name in names(tmp_path) if name.startswith("events-0")]
            assert marked.startswith("events-0.")
            assert marked.endswith("-delete")
            assert store.engine.scan() == []  # type: ignore[attr-defined]
            again = await store.open(topic_id=ids("n"))
            await store.append(again, batch())
            clock.ms += 1000
            await store.engine.settle()
            assert marked not in names(tmp_path)
            assert "events-0" in names(tmp_path)

    run(work())


def test_marked_directories_are_deleted_at_the_next_start(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open()
            await store.append(partition, batch())
            await store.engine.drop([partition])
        assert any(name.endswith("-delete") for name in names(tmp_path))
        async with opened(tmp_path) as store:
            await store.engine.settle()
            assert not any(name.endswith("-delete") for name in names(tmp_path))

    run(work())


def test_long_topic_names_are_cut_when_marked(tmp_path: Path) -> None:
    async def work() -> None:
        topic = "n" * 249
        async with opened(tmp_path) as store:
            partition = await store.open(topic)
            await store.append(partition, batch())
            await store.engine.drop([partition])
            [marked] = [name for name in names(tmp_path) if name.startswith("nnn")]
            assert len(marked) == 255
            assert marked.endswith("-delete")

    run(work())


def test_a_drop_fails_what_waits(tmp_path: Path) -> None:
    from tests.storage.disks import GateDisk

    async def work() -> None:
        disk = GateDisk()
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            disk.gate.clear()
            first, done = store.send(partition, batch(), acks_all=True)
            await asyncio.sleep(0.01)
            second, done_too = store.send(partition, batch(), acks_all=True)
            await store.engine.drop([partition])
            disk.gate.set()
            await asyncio.gather(done, done_too)
            assert second.error is ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            assert first.error in (ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)

    run(work())


def test_a_directory_of_an_older_topic_of_this_name_is_set_aside(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            await store.fill(await store.open(), 5)
        async with opened(tmp_path) as store:
            partition = await store.open(topic_id=ids("x"))
            assert partition.high_watermark == 0
            assert any(name.startswith("events-0.") and name.endswith("-stray") for name in names(tmp_path))
            assert [one.topic_id for one in store.engine.scan()] == [ids("x")]  # type: ignore[attr-defined]

    run(work())


# -- the directory


def test_two_engines_cannot_share_a_directory(tmp_path: Path) -> None:
    first = local_engine(tmp_path / "data")
    first.lock()
    second = local_engine(tmp_path / "data")
    with pytest.raises(DirectoryInUse) as caught:
        second.lock()
    message = str(caught.value)
    assert str(tmp_path / "data") in message
    assert str(os.getpid()) in message
    assert "\n" not in message
    for directory in first.data_directories:
        directory.unlock()
    second.lock()


def test_an_unusable_directory_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"cannot use data directory .*file"):
        local_engine(tmp_path / "file").lock()


def test_scan_finds_partitions_and_nothing_else(tmp_path: Path) -> None:
    topic_id = random_uuid()
    for name in ("a-0", "a.b_c-12", "with-dash-3"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "partition.metadata").write_text(f"version: 0\ntopic_id: {uuid_to_text(topic_id)}\n")
    (tmp_path / "old-1").mkdir()
    (tmp_path / "old-1" / "leader-epoch-checkpoint").write_text("0\n2\n3 0\n8 100\n")
    for name in (
        "__cluster_metadata-0",
        "a-0.0123456789abcdef0123456789abcdef-delete",
        "b-0." + "a" * 32 + "-stray",
        "nope",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / "file-0").write_text("")
    engine = local_engine(tmp_path)
    engine.lock()
    assert [(one.topic, one.index, one.topic_id, one.leader_epoch) for one in engine.scan()] == [
        ("a", 0, topic_id, -1),
        ("a.b_c", 12, topic_id, -1),
        ("old", 1, None, 8),
        ("with-dash", 3, topic_id, -1),
    ]


def test_meta_properties_keep_what_kafka_wrote(tmp_path: Path) -> None:
    directory_id = random_uuid()
    (tmp_path / "meta.properties").write_text(
        f"#\n#Sat Nov 22 20:00:00 UTC 2026\nnode.id=7\nversion=1\ndirectory.id={uuid_to_text(directory_id)}\n"
        "cluster.id=MkU3OEVBNTcwNTJENDM2Qk\n"
    )
    engine = local_engine(tmp_path)
    engine.lock()
    [meta] = engine.meta()
    assert (meta.cluster_id, meta.node_id, meta.directory_id) == ("MkU3OEVBNTcwNTJENDM2Qk", 7, directory_id)
    before = (tmp_path / "meta.properties").read_bytes()
    engine.write_meta("MkU3OEVBNTcwNTJENDM2Qk", 7)
    assert (tmp_path / "meta.properties").read_bytes() == before


def test_a_fresh_directory_gets_an_identity(tmp_path: Path) -> None:
    engine = local_engine(tmp_path / "new")
    engine.lock()
    [meta] = engine.meta()
    assert (meta.cluster_id, meta.node_id) == (None, None)
    engine.write_meta("abc", 1)
    for directory in engine.data_directories:
        directory.unlock()
    engine = local_engine(tmp_path / "new")
    engine.lock()
    assert engine.meta()[0] == replace(meta, cluster_id="abc", node_id=1)


def test_several_directories_share_the_partitions(tmp_path: Path) -> None:
    async def work() -> None:
        paths = [tmp_path / "one", tmp_path / "two"]
        for expected in (1, 2):
            engine = local_engine(paths)
            specs = [PartitionSpec("t", TOPIC_ID, n, 0, TopicConfig()) for n in range(10)]
            await engine.open(specs)
            store = Store(engine)
            row = [one for one in engine.topics["t"] if one is not None]
            done = asyncio.Event()
            engine.append([to_append(one, batch()) for one in row], acks_all=True, on_done=done.set)
            await done.wait()
            assert [one.high_watermark for one in row] == [expected] * 10
            found = await engine.directories()
            assert [len(one.partitions) for one in found] == [5, 5]
            assert all(one.total_bytes > 0 and one.usable_bytes > 0 for one in found)
            assert len({one.directory_id for one in found}) == 2
            assert sum(use.size_bytes for one in found for use in one.partitions) == 10 * expected * len(batch())
            assert (await store.read(row[3], 0)).size
            await engine.close()
            assert all((path / ".kafka_cleanshutdown").exists() for path in paths)

    run(work())


def test_checkpoints_are_kafkas(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            a, b = await store.open("a", topic_id=ids("a")), await store.open("b", index=2, topic_id=ids("b"))
            await store.fill(a, 3, acks_all=True)
            await store.fill(b, 7)
            await store.engine.trim(a, 2)
            await store.engine.settle()
            assert (tmp_path / checkpoints.RECOVERY_POINTS).read_text() == "0\n1\na 0 3\n"
        assert (tmp_path / checkpoints.RECOVERY_POINTS).read_text() == "0\n2\na 0 3\nb 2 7\n"
        assert (tmp_path / checkpoints.HIGH_WATERMARKS).read_text() == "0\n2\na 0 3\nb 2 7\n"
        assert (tmp_path / checkpoints.LOG_STARTS).read_text() == "0\n1\na 0 2\n"
        assert (tmp_path / "b-2" / "leader-epoch-checkpoint").read_text() == "0\n1\n0 0\n"
        assert (tmp_path / ".kafka_cleanshutdown").read_text() == '{"version":0,"brokerEpoch":-1}'

    run(work())


def test_more_partitions_than_files(tmp_path: Path) -> None:
    """Segments are closed and opened again when the bound of open files is reached."""

    async def work() -> None:
        async with opened(tmp_path) as store:
            engine = store.engine
            engine.files.limit = 16  # type: ignore[attr-defined]
            await engine.open([PartitionSpec("t", TOPIC_ID, n, 0, SMALL) for n in range(60)])
            row = [one for one in engine.topics["t"] if one is not None]
            sent: dict[int, list[bytes]] = {n: [] for n in range(60)}
            for turn in range(40):
                for one in row[turn % 3 :: 2]:
                    data = batch(timestamp=NOW + turn, size=200)
                    assert (await store.append(one, data, acks_all=turn % 2 == 0)).error is ErrorCode.NONE
                    sent[one.index].append(bytes(data))
                assert len(engine.files) <= 17  # type: ignore[attr-defined]
            for one in row:
                assert await store.read_all(one) == sent[one.index]
                assert len(engine.files) <= 17  # type: ignore[attr-defined]

    run(work())


def test_a_small_limit_of_open_files_is_raised_or_lived_with(tmp_path: Path) -> None:
    """The whole thing in a process that may open 64 files, with more partitions than that."""
    code = f"""
import asyncio, resource
from pathlib import Path
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from tests.storage.kit import *
from ottla.storage.engine import PartitionSpec
async def work():
    engine = local_engine(Path({str(tmp_path)!r}))
    await engine.open([PartitionSpec("t", TOPIC_ID, n, 0, SMALL) for n in range(200)])
    for turn in range(2):
        appends = [to_append(one, batch()) for one in engine.topics["t"]]
        done = asyncio.Event()
        engine.append(appends, acks_all=True, on_done=done.set)
        await done.wait()
        assert not any(one.error for one in appends), [one.error_message for one in appends if one.error][:3]
    store = Store(engine)
    for one in engine.topics["t"]:
        assert len(await store.read_all(one)) == 2
    await engine.close()
asyncio.run(work())
print("fine")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "fine\n", done.stderr[-2000:]


def test_soft_limits_are_raised(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
        engine = local_engine(tmp_path)
        engine.lock()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_reads_work_where_the_page_cache_cannot_be_asked(tmp_path: Path) -> None:
    class OldDisk(QuickDisk):
        @staticmethod
        def preadv(fd: int, buffers: object, position: int, flags: int = 0) -> int:
            if flags:
                raise OSError(errno.EOPNOTSUPP, "no")
            return os.preadv(fd, buffers, position)  # type: ignore[arg-type]

    async def work() -> None:
        async with opened(tmp_path, disk=OldDisk()) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 50)
            assert await store.read_all(partition, 500) == sent
            assert store.engine.read(partition, 49, 1000, at_least_one=True) is not None

    run(work())


@pytest.mark.slow
def test_five_thousand_partitions(tmp_path: Path) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        specs = [PartitionSpec(f"t{n}", n.to_bytes(16, "big"), 0, 0, TopicConfig()) for n in range(1, 5001)]
        started = loop.time()
        engine = local_engine(tmp_path)
        await engine.open(specs)
        created = loop.time() - started
        row = [engine.topic_ids[spec.topic_id][0] for spec in specs]
        done = asyncio.Event()
        engine.append([to_append(one, batch()) for one in row if one], acks_all=True, on_done=done.set)
        await done.wait()
        await engine.close()
        started = loop.time()
        engine = local_engine(tmp_path)
        await engine.open(specs)
        opened_again = loop.time() - started
        assert all(one is not None and one.high_watermark == 1 for [one] in engine.topic_ids.values())
        await crash(engine)
        started = loop.time()
        engine = local_engine(tmp_path)
        await engine.open(specs)
        recovered = loop.time() - started
        assert all(one is not None and one.high_watermark == 1 for [one] in engine.topic_ids.values())
        await engine.close()
        assert max(created, opened_again, recovered) < 20, (created, opened_again, recovered)

    run(work())
