"""ListOffsets and OffsetForLeaderEpoch."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admin.fakes import Lab, message, versions

from ottla.base.errors import ErrorCode
from ottla.broker.handlers.offsets import epoch_of

wire = message("list_offsets_request")
epochs = message("offset_for_leader_epoch_request")
LATEST, EARLIEST, MAX, LOCAL, TIERED, PENDING = -1, -2, -3, -4, -5, -6
SINCE = {LATEST: 1, EARLIEST: 1, MAX: 7, LOCAL: 8, TIERED: 9, PENDING: 11}


def ask(
    lab: Lab,
    version: int,
    timestamp: int,
    *,
    topic: str = "t",
    index: int = 0,
    epoch: int = -1,
    replica: int = -1,
    committed: bool = False,
) -> tuple[str, int, int, int]:
    """(error, offset, timestamp, leader epoch)"""
    request = wire.ListOffsetsRequest(
        replica, int(committed), [wire.ListOffsetsTopic(topic, [wire.ListOffsetsPartition(index, epoch, timestamp)])]
    )
    answer = asyncio.run(lab.call("ListOffsets", version, request))
    ((found,),) = [one.partitions for one in answer.topics]
    assert found.partition_index == index
    return ErrorCode(found.error_code).name, found.offset, found.timestamp, found.leader_epoch


@pytest.fixture
def log(lab: Lab) -> Lab:
    """Offsets 0..5, the last one not visible yet; offset 1 is no longer there; the time goes back once."""
    lab.put("t", 2)
    partition = lab.partition("t")
    partition.leader_epoch = 3
    partition.fill([(100, 0), (200, 0), (400, 2), (300, 2), (500, 3), (600, 3)], visible=5)
    partition.last_stable_offset = 3
    partition.log_start_offset = 2
    return lab


def since(version: int, epoch: int) -> int:
    return epoch if version >= 4 else -1


@pytest.mark.parametrize("version", versions("ListOffsets"))
def test_ends(log: Lab, version: int) -> None:
    assert ask(log, version, LATEST) == ("NONE", 5, -1, since(version, 3))
    assert ask(log, version, EARLIEST) == ("NONE", 2, -1, since(version, 2))
    assert ask(log, version, LATEST, replica=-2) == ("NONE", 6, -1, since(version, 3))
    if version >= 2:
        assert ask(log, version, LATEST, committed=True) == ("NONE", 3, -1, since(version, 3))


@pytest.mark.parametrize("version", versions("ListOffsets"))
def test_by_time_the_first_record_that_is_not_older(log: Lab, version: int) -> None:
    assert ask(log, version, 0) == ("NONE", 2, 400, since(version, 2))
    assert ask(log, version, 400) == ("NONE", 2, 400, since(version, 2))
    assert ask(log, version, 401) == ("NONE", 4, 500, since(version, 3))
    nothing = ("NONE", -1, -1, -1)
    assert ask(log, version, 501) == nothing  # offset 5 is not visible
    assert ask(log, version, 501, replica=-2) == ("NONE", 5, 600, since(version, 3))
    assert ask(log, version, 601) == nothing
    if version >= 2:
        assert ask(log, version, 401, committed=True) == nothing


@pytest.mark.parametrize("version", versions("ListOffsets"))
@pytest.mark.parametrize("timestamp", [*SINCE, -7, -(2**63)])
def test_special_timestamps_have_their_versions(log: Lab, version: int, timestamp: int) -> None:
    error, *_ = ask(log, version, timestamp)
    known = version >= SINCE.get(timestamp, 99)
    assert error == ("NONE" if known else "UNSUPPORTED_VERSION")


def test_the_newer_special_timestamps(log: Lab) -> None:
    log.partition("t").high_watermark = 6
    assert ask(log, 11, MAX) == ("NONE", 5, 600, 3)
    log.partition("t").high_watermark = 5
    assert ask(log, 11, MAX) == ("NONE", -1, -1, -1)
    assert ask(log, 11, LOCAL) == ("NONE", 2, -1, 2)
    assert ask(log, 11, TIERED) == ("NONE", -1, -1, -1)
    assert ask(log, 11, PENDING) == ("NONE", -1, -1, -1)


@pytest.mark.parametrize("version", versions("ListOffsets"))
def test_an_empty_log(log: Lab, version: int) -> None:
    assert ask(log, version, EARLIEST, index=1) == ("NONE", 0, -1, since(version, 0))
    assert ask(log, version, LATEST, index=1) == ("NONE", 0, -1, since(version, 0))
    assert ask(log, version, 0, index=1) == ("NONE", -1, -1, -1)


@pytest.mark.parametrize("version", versions("ListOffsets"))
def test_refusals(log: Lab, version: int) -> None:
    assert ask(log, version, LATEST, topic="never")[0] == "UNKNOWN_TOPIC_OR_PARTITION"
    assert ask(log, version, LATEST, index=2)[0] == "UNKNOWN_TOPIC_OR_PARTITION"
    assert ask(log, version, LATEST, index=-1)[0] == "UNKNOWN_TOPIC_OR_PARTITION"
    if version >= 4:
        assert ask(log, version, LATEST, epoch=3)[0] == "NONE"
        assert ask(log, version, LATEST, epoch=2)[0] == "FENCED_LEADER_EPOCH"
        assert ask(log, version, LATEST, epoch=4)[0] == "UNKNOWN_LEADER_EPOCH"
    log.partition("t").error = ErrorCode.KAFKA_STORAGE_ERROR
    assert ask(log, version, LATEST)[0] == "KAFKA_STORAGE_ERROR"
    log.engine.topics["t"][1] = None
    assert ask(log, version, LATEST, index=1)[0] == "NOT_LEADER_OR_FOLLOWER"


@pytest.mark.parametrize("version", versions("ListOffsets"))
def test_a_partition_that_stands_twice(log: Lab, version: int) -> None:
    asked = [wire.ListOffsetsPartition(index, -1, LATEST) for index in (0, 1, 0)]
    request = wire.ListOffsetsRequest(-1, 0, [wire.ListOffsetsTopic("t", asked)])
    (topic,) = asyncio.run(log.call("ListOffsets", version, request)).topics
    assert [(one.partition_index, ErrorCode(one.error_code).name) for one in topic.partitions] == [
        (0, "INVALID_REQUEST"),
        (1, "NONE"),
    ]


def test_an_isolation_level_that_is_none(log: Lab) -> None:
    request = wire.ListOffsetsRequest(-1, 2, [wire.ListOffsetsTopic("t", [wire.ListOffsetsPartition(0, -1, LATEST)])])
    (topic,) = asyncio.run(log.call("ListOffsets", 11, request)).topics
    assert topic.partitions[0].error_code == ErrorCode.INVALID_REQUEST


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=20), st.data())
def test_the_epoch_of_an_offset(written: list[int], data: st.DataObject) -> None:
    lab = Lab()
    lab.put("t")
    partition = lab.partition("t")
    written.sort()
    partition.leader_epoch = max(written, default=0)
    partition.fill((0, epoch) for epoch in written)
    offset = data.draw(st.integers(0, len(written)))
    engine: Any = lab.engine
    expected = written[offset] if offset < len(written) else partition.leader_epoch
    assert epoch_of(engine, partition, offset) == expected


# --- OffsetForLeaderEpoch -----------------------------------------------------------------------------------------------------


def end_of(
    lab: Lab, version: int, leader_epoch: int, *, topic: str = "t", index: int = 0, current: int = -1
) -> tuple[str, int, int]:
    request = epochs.OffsetForLeaderEpochRequest(
        topics=[epochs.OffsetForLeaderTopic(topic, [epochs.OffsetForLeaderPartition(index, current, leader_epoch)])]
    )
    answer = asyncio.run(lab.call("OffsetForLeaderEpoch", version, request))
    ((found,),) = [one.partitions for one in answer.topics]
    assert found.partition == index
    return ErrorCode(found.error_code).name, found.leader_epoch, found.end_offset


@pytest.mark.parametrize("version", versions("OffsetForLeaderEpoch"))
def test_where_epochs_end(log: Lab, version: int) -> None:
    assert end_of(log, version, 0) == ("NONE", 0, 2)
    assert end_of(log, version, 1) == ("NONE", 0, 2)
    assert end_of(log, version, 2) == ("NONE", 2, 4)
    assert end_of(log, version, 3) == ("NONE", 3, 6)
    assert end_of(log, version, 4) == ("NONE", -1, -1)
    assert end_of(log, version, 0, topic="never") == ("UNKNOWN_TOPIC_OR_PARTITION", -1, -1)
    assert end_of(log, version, 0, index=9) == ("UNKNOWN_TOPIC_OR_PARTITION", -1, -1)
    assert end_of(log, version, 0, current=3) == ("NONE", 0, 2)
    assert end_of(log, version, 0, current=2) == ("FENCED_LEADER_EPOCH", -1, -1)
    assert end_of(log, version, 0, current=4) == ("UNKNOWN_LEADER_EPOCH", -1, -1)
    log.partition("t").error = ErrorCode.KAFKA_STORAGE_ERROR
    assert end_of(log, version, 0) == ("KAFKA_STORAGE_ERROR", -1, -1)
