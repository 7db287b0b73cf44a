"""Kafka's metadata log: as Kafka 4.3.1 wrote it (`foreign/kafka_changes.py` made the files), damaged, missing, adopted by a node."""

from __future__ import annotations

import asyncio
import logging
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage.kit import NOW, batch

from ottla.base.ids import uuid_to_text
from ottla.records.builder import BatchBuilder
from ottla.records.errors import RecordError
from ottla.records.metadata_log import MetadataImage
from ottla.records.reader import iter_batches, iter_records
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import topic_config
from ottla.server.adoption import KEEP_ALL
from ottla.server.node import Node
from ottla.storage.local.disk import Disk
from ottla.storage.local.kafka_metadata import METADATA_DIRECTORY, FoundMetadata, read_metadata

GOLDEN = Path(__file__).parent / "kafka-4.3.1-metadata"
FIRST = f"{0:020d}.log"

TOPICS = {"kept": 3, "latest": 1, "plain": 2, "regained": 1}
CONFIGS = {
    ("broker", ""): {"min.insync.replicas": "1", "log.retention.ms": "86400000"},
    ("broker", "0"): {"log.cleaner.threads": "2"},
    ("topic", "kept"): {"retention.ms": "-1"},
    ("topic", "latest"): {"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.01"},
    ("topic", "plain"): {"segment.bytes": "1048576", "max.message.bytes": "3000"},
    ("topic", "regained"): {"segment.ms": "60000"},
}


def golden(folder: Path, which: str) -> Path:
    """Kafka's metadata log in a data directory."""
    target = folder / METADATA_DIRECTORY
    shutil.copytree(GOLDEN / which, target)
    return target


def read(folder: Path) -> FoundMetadata:
    found = read_metadata(Disk(), str(folder))
    assert found is not None
    return found


def check_whole(found: FoundMetadata) -> None:
    assert found.problem is None
    image = found.image
    assert {topic.name: len(topic.replicas) for topic in image.topics.values()} == TOPICS
    assert image.configs == CONFIGS
    assert image.next_producer_id == 1000
    assert len(image.removed) == 2


def cut_before(log: Path, offset: int) -> None:
    """Drops what stands before an offset, as Kafka does behind a snapshot; the rest begins there."""
    raw = log.read_bytes()
    position = 0
    for header, view in iter_batches(raw):
        if header.next_offset > offset:
            break
        position += len(view)
    base = struct.unpack_from(">q", raw, position)[0]
    log.unlink()
    (log.parent / f"{base:020d}.log").write_bytes(raw[position:])


@pytest.mark.parametrize("which", ["log", "snapshot"])
def test_what_kafka_wrote(tmp_path: Path, which: str) -> None:
    golden(tmp_path, which)
    check_whole(read(tmp_path))


def test_a_snapshot_and_the_log_behind_it(tmp_path: Path) -> None:
    path = golden(tmp_path, "snapshot")
    cut_before(path / FIRST, 50)
    assert not (path / FIRST).exists()
    check_whole(read(tmp_path))


def test_a_snapshot_alone_and_files_that_are_none(tmp_path: Path) -> None:
    path = golden(tmp_path, "snapshot")
    (path / FIRST).unlink()
    (path / f"{99:020d}-0000000003.checkpoint.part").write_bytes(b"half")
    (path / f"{7:020d}.log.deleted").write_bytes(b"gone")
    found = read(tmp_path)
    assert found.problem is None
    assert {topic.name for topic in found.image.topics.values()} == {"kept", "latest", "gone", "plain", "regained"}
    assert found.image.configs["topic", "plain"] == {"retention.ms": "-1", "segment.bytes": "1048576"}


def test_no_metadata_log(tmp_path: Path) -> None:
    assert read_metadata(Disk(), str(tmp_path)) is None
    (tmp_path / METADATA_DIRECTORY).mkdir()
    assert read_metadata(Disk(), str(tmp_path)) is None


def test_a_batch_cut_short_at_the_end_was_never_committed(tmp_path: Path) -> None:
    log = golden(tmp_path, "log") / FIRST
    raw = log.read_bytes()
    for tail in (raw[:80], bytes(5000)):
        log.write_bytes(raw + tail[: len(tail) - 1])
        check_whole(read(tmp_path))


def flip(at: int) -> Callable[[bytes], bytes]:
    return lambda raw: raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(flip(1000), "fails its checksum", id="flipped bit"),
        pytest.param(flip(-3), "fails its checksum", id="flipped bit in the last batch"),
        pytest.param(lambda raw: raw[:100] + flip(8)(raw[100:]), "", id="somewhere"),
        pytest.param(flip(8), "others follow", id="a length that leads past the end"),
        pytest.param(flip(16), "magic", id="magic"),
        pytest.param(lambda raw: raw[:91] + raw[:91] + raw[91:], "where 1 should", id="an offset twice"),
    ],
)
def test_damage_is_told(tmp_path: Path, damage: Callable[[bytes], bytes], said: str) -> None:
    log = golden(tmp_path, "log") / FIRST
    log.write_bytes(damage(log.read_bytes()))
    found = read(tmp_path)
    assert found.problem is not None
    assert said in found.problem


def test_a_gap_before_the_log_is_told(tmp_path: Path) -> None:
    path = golden(tmp_path, "log")
    cut_before(path / FIRST, 20)
    problem = read(tmp_path).problem
    assert problem is not None
    assert "no snapshot stands before it" in problem


@pytest.mark.parametrize("has_log", [True, False])
def test_a_damaged_snapshot_falls_back_on_the_log(tmp_path: Path, has_log: bool) -> None:
    path = golden(tmp_path, "snapshot")
    (snapshot,) = path.glob("*.checkpoint")
    snapshot.write_bytes(snapshot.read_bytes()[:-100])  # without its footer
    if has_log:
        check_whole(read(tmp_path))
        return
    cut_before(path / FIRST, 50)
    problem = read(tmp_path).problem
    assert problem is not None
    assert "not complete" in problem


def test_every_cut_and_flip_is_survived(tmp_path: Path) -> None:
    """Whatever one byte is, reading ends; and where it says that all is well, nothing that was configured is missing but the very end."""
    log = golden(tmp_path, "log") / FIRST
    raw = log.read_bytes()
    for at in range(0, len(raw), 13):
        log.write_bytes(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
        found = read(tmp_path)
        if found.problem is None:  # a byte that no checksum covers: a leader epoch, an offset of the first batch
            assert found.image.configs == CONFIGS


# --- records ------------------------------------------------------------------------------------------------------------------

ID = bytes(range(16))


def text(value: str | None) -> bytes:
    raw = b"" if value is None else value.encode()
    assert len(raw) < 127
    return bytes([0 if value is None else len(raw) + 1]) + raw


def config(key: str, value: str | None, name: str = "t") -> bytes:
    return b"\x01\x04\x00\x02" + text(name) + text(key) + text(value) + b"\x00"


TOPIC = b"\x01\x02\x00" + text("t") + ID + b"\x00"
BEGIN, END, ABORT, NOTHING = b"\x01\x17\x00\x00", b"\x01\x18\x00\x00", b"\x01\x19\x00\x00", b"\x01\x14\x00\x00"


def image_of(*values: bytes) -> MetadataImage:
    image = MetadataImage()
    for value in values:
        image.apply(value)
    return image


def test_a_transaction_counts_when_it_ends() -> None:
    one, two = config("a", "1"), config("b", "2")
    assert image_of(TOPIC, BEGIN, one).configs == {}
    assert image_of(TOPIC, BEGIN, one, ABORT, two).configs == {("topic", "t"): {"b": "2"}}
    assert image_of(TOPIC, BEGIN, one, END, two).configs == {("topic", "t"): {"a": "1", "b": "2"}}


def test_what_is_removed_and_what_is_not_known() -> None:
    image = image_of(NOTHING, TOPIC, config("a", "1"), config("a", None), b"\x01\xff\x7f\x00anything", config("b", "2"))
    assert image.configs == {("topic", "t"): {"b": "2"}}
    image.apply(b"\x01\x09\x00" + ID + b"\x00")
    assert (image.topics, image.configs, image.removed) == ({}, {}, {ID})
    image.apply(b"\x01\x04\x00\x10" + text("group") + text("a") + text("1") + b"\x00")  # of another kind of resource
    assert image.configs == {}


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"\x02\x04\x00",
        b"\x01\x04\x01" + config("a", "1")[3:],
        b"\x01\x02\x00\x7fname",
        config("a", "1")[:-3],
        b"\x01\x03\x02\x00\x00\x00\x00" + bytes(16) + b"\x01",
        b"\x01\x03\x02\x00\x00\x00\x00" + ID + b"\xff\xff\xff\x0f",
    ],
)
def test_records_that_cannot_be_read(value: bytes) -> None:
    image = image_of(TOPIC)
    with pytest.raises(RecordError):
        image.apply(value)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_record_or_refused(value: bytes) -> None:
    image = image_of(TOPIC)
    try:
        image.apply(b"\x01" + value)
    except RecordError:
        pass


# --- a node -------------------------------------------------------------------------------------------------------------------


def kafka_directory(folder: Path, *, metadata: str | None = "snapshot") -> dict[str, bytes]:
    """Partitions of every topic that ever was there, with old records; the topics' ids by name."""
    golden(folder, "log")
    log_only = read(folder).image
    shutil.rmtree(folder / METADATA_DIRECTORY)
    raw = (GOLDEN / "snapshot" / FIRST).read_bytes()
    ids: dict[str, bytes] = {}
    for _, view in iter_batches(raw):
        for record in iter_records(view):
            value = record.value or b""
            if value[:3] == b"\x01\x02\x00":
                name = value[4 : 3 + value[3]].decode()
                ids.setdefault(name, value[3 + value[3] : 19 + value[3]])
                ids[name + "'"] = value[3 + value[3] : 19 + value[3]]
    assert {topic.name for topic in log_only.topics.values()} == set(TOPICS)
    old = bytes(batch(20, timestamp=1_600_000_000_000))
    for name, count in {"kept": 3, "latest": 1, "gone": 2, "plain": 1}.items():
        for index in range(count):
            path = folder / f"{name}-{index}"
            path.mkdir()
            (path / "partition.metadata").write_text(f"version: 0\ntopic_id: {uuid_to_text(ids[name])}")
            (path / FIRST).write_bytes(old)
    (folder / "meta.properties").write_text("version=1\nnode.id=0\ncluster.id=5L6g3nShT-eMCtK--X86sw\n")
    if metadata is not None:
        golden(folder, metadata)
    return ids


async def started(folder: Path, **keys: str) -> Node:
    settings = {key.replace("_", "."): value for key, value in keys.items()}
    node = Node(Settings.from_mapping({"listeners": "PLAINTEXT://127.0.0.1:0", **settings}), data=folder)
    await node.start()
    return node


def configs_of(node: Node) -> dict[str, dict[str, str]]:
    return {topic.name: topic.configs for topic in node.broker.catalogue.topics.values() if not topic.is_internal}


def test_a_node_takes_over_what_was_configured(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        ids = kafka_directory(tmp_path)
        node = await started(tmp_path)
        catalogue = node.broker.catalogue
        assert configs_of(node) == {name: configs for (kind, name), configs in CONFIGS.items() if kind == "topic"}
        found = {name: topic for name, topic in catalogue.topics.items() if not topic.is_internal}
        assert {name: len(topic.partitions) for name, topic in found.items()} == TOPICS
        assert found["regained"].topic_id == ids["regained'"] != ids["regained"]
        assert {kind: dict(configs) for kind, configs in catalogue.configs.items() if kind[0] == "broker"} == {
            kind: configs for kind, configs in CONFIGS.items() if kind[0] == "broker"
        }
        assert node.settings.int("log.cleaner.threads") == 2
        assert topic_config(found["plain"].configs, node.settings).retention_ms == 86_400_000
        assert catalogue.next_producer_id >= 1000
        assert [p.high_watermark for p in node.broker.engine.topics["kept"] if p is not None] == [20] * 3
        assert "gone" not in catalogue.topics
        assert (tmp_path / "gone-0" / FIRST).exists(), (
            "what Kafka had deleted does not come back, and is not deleted either"
        )
        await node.stop()

        # What is changed here holds, whatever Kafka's log says.
        shutil.rmtree(tmp_path / METADATA_DIRECTORY)
        golden(tmp_path, "log")
        node = await started(tmp_path)
        assert await node.broker.topics.delete([ids["kept"]]) == {ids["kept"]: None}
        await node.stop()
        for path in tmp_path.glob("*-delete"):
            shutil.rmtree(path)
        for _ in range(2):
            node = await started(tmp_path)
            assert set(configs_of(node)) == set(TOPICS) - {"kept"}
            await node.stop()

    asyncio.run(work())


@pytest.mark.parametrize("why", ["missing", "damaged", "other place"])
def test_without_configurations_nothing_is_deleted(tmp_path: Path, why: str, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        data, other = tmp_path / "data", tmp_path / "other"
        data.mkdir()
        other.mkdir()
        kafka_directory(data, metadata="log" if why == "damaged" else None)
        settings = {}
        if why == "damaged":
            log = data / METADATA_DIRECTORY / FIRST
            log.write_bytes(flip(2000)(log.read_bytes()))
        elif why == "other place":
            golden(other, "log")
            settings["metadata_log_dir"] = str(other)
        with caplog.at_level(logging.WARNING, "ottla.server.adoption"):
            node = await started(data, **settings)
        configs = configs_of(node)
        told = "\n".join(caplog.messages)
        if why == "other place":
            assert configs["kept"] == {"retention.ms": "-1"}
            assert "gone" not in configs
        else:
            assert "configuration of" in told
            assert "nothing is deleted" in told
            for name in ("kept", "latest", "plain"):
                assert configs[name].items() >= KEEP_ALL.items()
            assert ("metadata log cannot be read" if why == "damaged" else METADATA_DIRECTORY) in told
        await node.stop()

    asyncio.run(work())


def test_a_configuration_that_is_not_understood_counts_as_unknown(tmp_path: Path) -> None:
    async def work() -> None:
        kafka_directory(tmp_path, metadata="log")
        log = tmp_path / METADATA_DIRECTORY / FIRST
        end = list(iter_batches(log.read_bytes()))[-1][0].next_offset
        builder = BatchBuilder(base_offset=end)
        builder.append(NOW, None, config("from.a.later.kafka", "1", "latest"))
        log.write_bytes(log.read_bytes() + builder.build())
        node = await started(tmp_path)
        configs = configs_of(node)
        assert configs["latest"] == {"min.cleanable.dirty.ratio": "0.01", **KEEP_ALL}
        assert configs["kept"] == {"retention.ms": "-1"}
        await node.stop()

    asyncio.run(work())
