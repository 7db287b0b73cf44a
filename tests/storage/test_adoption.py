"""A directory as Apache Kafka 4.3 leaves it, made by hand byte for byte: opened, served and continued."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.storage.kit import NOW, TOPIC_ID, Store, batch, batches_of, crash, local_engine, opened, run

from ottla.base.errors import ErrorCode
from ottla.base.ids import uuid_to_text
from ottla.records.builder import ABORT, COMMIT, BatchBuilder, control_batch
from ottla.records.snapshot import ProducerEntry as SnapshotEntry
from ottla.records.snapshot import encode_snapshot
from ottla.rules.configs.topic import TopicConfig
from ottla.rules.producers import ProducerEntry
from ottla.storage.engine import EpochEnd, OffsetAt

CLUSTER = "5L6g3nShT-eMCtK--X86sw"


def data(base: int, count: int, epoch: int, **more: object) -> bytes:
    builder = BatchBuilder(base_offset=base, leader_epoch=epoch, **more)  # type: ignore[arg-type]
    for n in range(count):
        builder.append(NOW + base + n, b"key", b"value %d" % (base + n))
    return builder.build()


def marker(base: int, kind: int, epoch: int, *, producer: int, coordinator_epoch: int) -> bytes:
    return bytes(
        control_batch(
            kind,
            base_offset=base,
            leader_epoch=epoch,
            producer_id=producer,
            producer_epoch=0,
            coordinator_epoch=coordinator_epoch,
            timestamp_ms=NOW + base,
        )
    )


FIRST = [data(0, 3, 0), data(3, 2, 0, producer_id=5, producer_epoch=0, base_sequence=0)]
SECOND = [
    data(5, 2, 2, producer_id=9, producer_epoch=0, base_sequence=0, is_transactional=True),
    marker(7, COMMIT, 2, producer=9, coordinator_epoch=3),
    data(10, 1, 2),  # offsets 8 and 9 were compacted away
    data(11, 4, 4, producer_id=9, producer_epoch=0, base_sequence=2, is_transactional=True),
    marker(15, ABORT, 4, producer=9, coordinator_epoch=4),
]
EVERYTHING = [*FIRST, *SECOND]


def write_directory(root: Path, *, clean: bool) -> Path:
    """Two segments with indexes, epochs, a snapshot; checkpoints beside it and Kafka's own metadata log."""
    folder = root / "orders-3"
    folder.mkdir(parents=True)
    (folder / "partition.metadata").write_text(f"version: 0\ntopic_id: {uuid_to_text(TOPIC_ID)}")
    (folder / "leader-epoch-checkpoint").write_text("0\n3\n0 0\n2 5\n4 11\n")
    for base, batches in ((0, FIRST), (5, SECOND)):
        stem = folder / f"{base:020d}"
        active = base == 5
        stem.with_suffix(".log").write_bytes(b"".join(batches))
        index = struct.pack(">ii", 4, len(FIRST[0])) if not active else b""
        times = struct.pack(">qi", NOW + (4 if not active else 15), 4 if not active else 10)
        # The index files of an active segment are preallocated; a clean stop trims them.
        padding = bytes(10 * 1024 * 1024) if active and not clean else b""
        stem.with_suffix(".index").write_bytes(index + padding[: len(padding) // 8 * 8])
        stem.with_suffix(".timeindex").write_bytes(times + padding[: len(padding) // 12 * 12])
    (folder / f"{5:020d}.txnindex").write_bytes(struct.pack(">hqqqq", 0, 9, 11, 15, 16))
    (folder / f"{5:020d}.snapshot").write_bytes(encode_snapshot([SnapshotEntry(5, 0, 1, 4, 1, NOW + 4, -1, -1)]))
    if clean:
        (folder / f"{16:020d}.snapshot").write_bytes(
            encode_snapshot(
                [SnapshotEntry(5, 0, 1, 4, 1, NOW + 4, -1, -1), SnapshotEntry(9, 0, 5, 14, 3, NOW + 15, 4, -1)]
            )
        )
        (root / ".kafka_cleanshutdown").write_text('{"version":0,"brokerEpoch":27}')
    (root / "recovery-point-offset-checkpoint").write_text(f"0\n1\norders 3 {16 if clean else 5}\n")
    (root / "log-start-offset-checkpoint").write_text("0\n1\norders 3 1\n")
    (root / "replication-offset-checkpoint").write_text("0\n1\norders 3 16\n")
    (root / ".lock").write_text("")
    (root / "bootstrap.checkpoint").write_bytes(b"\0" * 30)
    (root / "meta.properties").write_text(
        f"#\nnode.id=1\nversion=1\ncluster.id={CLUSTER}\ndirectory.id={uuid_to_text(TOPIC_ID)}\n"
    )
    metadata = root / "__cluster_metadata-0"
    metadata.mkdir()
    (metadata / f"{0:020d}.log").write_bytes(b"kept as it is")
    return folder


@pytest.mark.parametrize("clean", [True, False], ids=["stopped", "crashed"])
def test_a_kafka_directory_is_served_and_continued(tmp_path: Path, clean: bool) -> None:
    async def work() -> None:
        folder = write_directory(tmp_path, clean=clean)
        engine = local_engine(tmp_path)
        engine.lock()
        assert engine.meta()[0].cluster_id == CLUSTER
        assert [(one.topic, one.index, one.topic_id, one.leader_epoch) for one in engine.scan()] == [
            ("orders", 3, TOPIC_ID, 4)
        ]
        store = Store(engine)
        partition = await store.open("orders", index=3, leader_epoch=0)
        assert (partition.log_start_offset, partition.high_watermark, partition.leader_epoch) == (1, 16, 4)
        assert await store.read_all(partition) == EVERYTHING, "markers and gaps are passed through"
        for offset in range(1, 16):
            [(header, _), *_] = batches_of(await store.read(partition, offset, 10))
            assert header.last_offset >= offset > header.base_offset - 3
        assert await store.engine.offset_at(partition, NOW + 6) == OffsetAt(6, NOW + 6, 2)
        assert await store.engine.offset_at(partition, NOW + 8) == OffsetAt(10, NOW + 10, 2)
        assert await store.engine.max_timestamp(partition) == OffsetAt(15, NOW + 15, 4)
        assert store.engine.epoch_end(partition, 3) == EpochEnd(2, 11)
        entries = {entry.producer_id: entry for entry in store.engine.producers(partition)}
        assert entries[5] == ProducerEntry(5, 0, 1, NOW + 4, -1, -1)
        assert (entries[9].last_sequence, entries[9].coordinator_epoch) == (5, 4)
        again = await store.append(partition, batch(2, producer=5, sequence=0))
        assert (again.error, again.base_offset) == (ErrorCode.NONE, 3)
        new = batch(2, producer=5, sequence=2)
        assert (await store.append(partition, new, acks_all=True)).base_offset == 16
        await crash(engine)
        async with opened(tmp_path) as store:
            partition = await store.open("orders", index=3)
            assert await store.read_all(partition) == [*EVERYTHING, bytes(new)]
            assert (await store.append(partition, batch(2, producer=5, sequence=2))).base_offset == 16
        async with opened(tmp_path) as store:
            partition = await store.open("orders", index=3)
            assert await store.read_all(partition) == [*EVERYTHING, bytes(new)]
        assert (tmp_path / "__cluster_metadata-0" / f"{0:020d}.log").read_bytes() == b"kept as it is"
        assert (folder / f"{5:020d}.txnindex").exists()
        assert (tmp_path / "recovery-point-offset-checkpoint").read_text() == "0\n1\norders 3 18\n"

    run(work())


def test_indexes_of_closed_segments_are_kafkas(tmp_path: Path) -> None:
    """Entry for entry what LogSegment.append would have written, by its rule in other words."""

    async def work() -> None:
        config = TopicConfig(segment_bytes=20_000, index_interval_bytes=700)
        async with opened(tmp_path) as store:
            partition = await store.open(config=config)
            for n in range(150):
                await store.append(partition, batch(1 + n % 3, timestamp=NOW + n * 7919 % 500, size=n * 31 % 400))
        for log in sorted((tmp_path / "events-0").glob("*.log")):
            base, raw = int(log.stem), log.read_bytes()
            offsets, times = [], []
            position = since = 0
            newest, newest_offset = -1, -1
            while position < len(raw):
                start, length = struct.unpack_from(">qi", raw, position)
                (delta,) = struct.unpack_from(">i", raw, position + 23)
                (timestamp,) = struct.unpack_from(">q", raw, position + 35)
                if timestamp > newest:
                    newest, newest_offset = timestamp, start + delta
                if since > 700:
                    offsets.append((start + delta - base, position))
                    if not times or newest > times[-1][0]:
                        times.append((newest, newest_offset - base))
                    since = 0
                since += length + 12
                position += length + 12
            if not times or newest > times[-1][0]:
                times.append((newest, newest_offset - base))
            assert log.with_suffix(".index").read_bytes() == b"".join(struct.pack(">ii", *one) for one in offsets)
            assert log.with_suffix(".timeindex").read_bytes() == b"".join(struct.pack(">qi", *one) for one in times)

    run(work())
