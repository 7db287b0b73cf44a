"""A directory that a Kafka broker wrote: its committed offsets and classic groups come along, once."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.offsets_topic.test_codec import GOLDEN, TRIPS, entry, in_transaction, marker
from tests.offsets_topic.test_copy import catalogued, commit, in_loop, logged, settled, start

from ottla.base.errors import ErrorCode
from ottla.base.ids import uuid_to_text
from ottla.broker.groups.adoption import adopted_groups
from ottla.catalogue.model import OffsetRow, PartitionInfo, PutGroup, PutOffset, Topic
from ottla.records.builder import ABORT, COMMIT, build_batch
from ottla.records.compress import Codec
from ottla.records.header import patch, read_header
from ottla.records.offsets_topic import OFFSETS_TOPIC, OffsetValue, offset_key, offset_value
from ottla.records.reader import iter_batches
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.kinds import Now
from ottla.rules.groups.settings import GroupSettings
from ottla.storage.local.disk import Disk

NOW = 1_795_000_000_000
OFFSETS_ID = bytes(range(16))
TOPICS = {"trips": Topic("trips", TRIPS, [PartitionInfo(0, 0, (0,)), PartitionInfo(1, 0, (0,))])}
T = {"t": Topic("t", bytes(range(1, 17)), [PartitionInfo(0, 0, (0,))])}
CODECS = list(Codec)


def partition(path: Path, segments: Iterable[bytes], topic_id: bytes = OFFSETS_ID) -> str:
    """A partition's directory; the batches of each segment get their offsets."""
    path.mkdir(parents=True)
    (path / "partition.metadata").write_text(f"version: 0\ntopic_id: {uuid_to_text(topic_id)}")
    offset = 0
    for content in segments:
        data = bytearray(content)
        name = f"{offset:020d}.log"
        position = 0
        for header, _ in iter_batches(bytes(data)):
            view = memoryview(data)[position : position + header.total_size]
            patch(view, offset, 0)
            offset = read_header(view).next_offset
            position += header.total_size
        (path / name).write_bytes(data)
    return str(path)


def offsets(changes: Iterable[object]) -> dict[tuple[str, str, int], int]:
    rows = [change.row for change in changes if isinstance(change, PutOffset)]
    return {(row.group_id, row.topic, row.partition): row.offset for row in rows}


def test_every_codec_and_segment(tmp_path: Path) -> None:
    entries = [[entry(f"{codec.name}-{n}", n) for n in range(50)] for codec in CODECS]
    batches = [build_batch(some, codec) for some, codec in zip(entries, CODECS, strict=True)]
    older = [build_batch([entry("NONE-0", 1234)])]
    path = partition(tmp_path / "p", [b"".join(older + batches[:2]), b"".join(batches[2:])])
    found = offsets(adopted_groups(Disk(), [path], T, NOW))
    assert found == {(f"{codec.name}-{n}", "t", 0): n for codec in CODECS for n in range(50)}


def test_transactions_over_segments(tmp_path: Path) -> None:
    path = partition(
        tmp_path / "p",
        [
            in_transaction(1, entry("committed", 1)) + in_transaction(2, entry("aborted", 1)),
            in_transaction(3, entry("open", 1)) + marker(COMMIT, 1) + marker(ABORT, 2),
        ],
    )
    assert offsets(adopted_groups(Disk(), [path], T, NOW)) == {("committed", "t", 0): 1}


def test_offsets_of_other_topics_stay_behind(tmp_path: Path) -> None:
    recreated = (1, offset_key("b", "t", 0), offset_value(OffsetValue(5, -1, "", 1, topic_id=bytes(15) + b"\x09")))
    same = (1, offset_key("c", "t", 0), offset_value(OffsetValue(6, -1, "", 1, topic_id=T["t"].topic_id)))
    gone = (1, offset_key("d", "gone", 0), offset_value(OffsetValue(7, -1, "", 1)))
    path = partition(tmp_path / "p", [build_batch([entry("a", 4), recreated, same, gone])])
    changes = adopted_groups(Disk(), [path], T, NOW)
    assert offsets(changes) == {("a", "t", 0): 4, ("c", "t", 0): 6}
    assert all(change.row.topic_id == T["t"].topic_id for change in changes if isinstance(change, PutOffset))


def test_damage_is_told_once_and_the_rest_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bad = bytearray(build_batch([entry("bad", 1)]))
    bad[-1] ^= 1
    unreadable = (1, offset_key("version", "t", 0), b"\x00\x63")
    first = build_batch([entry("a", 1), unreadable]) + bytes(bad) + build_batch([entry("b", 2)])
    path = partition(tmp_path / "p", [first, build_batch([entry("c", 3)]), build_batch([entry("d", 4)])])
    second = sorted(Path(path).glob("*.log"))[1]
    second.write_bytes(second.read_bytes() + b"\x07" * 100)
    last = sorted(Path(path).glob("*.log"))[2]
    last.write_bytes(last.read_bytes() + build_batch([entry("torn", 1)])[:-1])
    with caplog.at_level(logging.WARNING, "ottla.groups"):
        found = offsets(adopted_groups(Disk(), [path], T, NOW))
    assert {group: offset for (group, _, _), offset in found.items()} == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("4 records or batches")


def test_space_reserved_ahead_is_no_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = partition(tmp_path / "p", [build_batch([entry("a", 1)])])
    (log,) = Path(path).glob("*.log")
    log.write_bytes(log.read_bytes() + bytes(5000))
    with caplog.at_level(logging.WARNING, "ottla.groups"):
        assert offsets(adopted_groups(Disk(), [path], T, NOW)) == {("a", "t", 0): 1}
    assert not caplog.messages


def kafkas_partitions(folder: Path) -> list[str]:
    paths = []
    for index in range(3):
        path = folder / f"{OFFSETS_TOPIC}-{index}"
        path.mkdir(parents=True)
        (path / "partition.metadata").write_text(f"version: 0\ntopic_id: {uuid_to_text(OFFSETS_ID)}")
        shutil.copy(GOLDEN / f"partition-{index}.log", path / f"{0:020d}.log")
        paths.append(str(path))
    return paths


def test_kafkas_groups_are_groups(tmp_path: Path) -> None:
    changes = adopted_groups(Disk(), kafkas_partitions(tmp_path), TOPICS, NOW)
    groups = {change.row.group_id: change.row for change in changes if isinstance(change, PutGroup)}
    assert sorted(groups) == ["classic", "static", "tx-group"]
    loaded = {
        name: ClassicGroup.load(name, row.state, GroupSettings(), Now(0, NOW)).describe()
        for name, row in groups.items()
    }
    assert loaded["classic"].state == loaded["tx-group"].state == "Empty"
    assert loaded["static"].state == "Stable"
    assert [member.instance_id for member in loaded["static"].members] == ["i-1"]


@in_loop
async def test_a_node_takes_them_in_once(tmp_path: Path) -> None:
    kafkas_partitions(tmp_path)
    for index in range(2):
        partition(tmp_path / f"trips-{index}", [], TRIPS)
    (tmp_path / "meta.properties").write_text("version=1\nnode.id=0\ncluster.id=5L6g3nShT-eMCtK--X86sw\n")
    node = await start(tmp_path)
    broker = node.broker
    assert broker.node_id == 0
    assert broker.cluster_id == "5L6g3nShT-eMCtK--X86sw"
    topic = broker.catalogue.topics[OFFSETS_TOPIC]
    assert (topic.is_internal, topic.configs["cleanup.policy"], len(topic.partitions)) == (True, "compact", 3)
    visible = broker.groups.commits.visible
    assert {
        (g, p): found.offset
        for g in ("classic", "static", "modern", "tx-group", "gone")
        for p in (0, 1)
        if (found := visible(g, "trips", p))
    } == {
        ("classic", 0): 5,
        ("classic", 1): 4,
        ("static", 0): 5,
        ("static", 1): 6,
        ("modern", 0): 5,
        ("modern", 1): 6,
        ("tx-group", 0): 2,
    }
    assert await commit(node, "modern", ("t", 0, 77)) is ErrorCode.NONE
    await broker.groups.delete_groups(["classic"])
    await settled(node)
    assert logged(tmp_path) == catalogued(node)
    await node.stop()

    node = await start(tmp_path)
    assert node.broker.groups.commits.visible("classic", "trips", 0) is None
    found = node.broker.groups.commits.visible("modern", "t", 0)
    assert isinstance(found, OffsetRow)
    assert found.offset == 77
    await node.stop()
