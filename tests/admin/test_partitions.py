"""DeleteRecords, ElectLeaders, reassignments and log directories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from tests.admin.fakes import NODE, Lab, message, versions

from ottla.base.errors import ErrorCode
from ottla.base.ids import random_uuid
from ottla.storage.engine import Directory

records = message("delete_records_request")
elections = message("elect_leaders_request")
reassign = message("alter_partition_reassignments_request")
ongoing = message("list_partition_reassignments_request")
log_dirs = message("describe_log_dirs_request")
moves = message("alter_replica_log_dirs_request")


def name(code: int) -> str:
    return ErrorCode(code).name


def trim(lab: Lab, version: int, topic: str, *asked: tuple[int, int]) -> list[tuple[int, str, int]]:
    request = records.DeleteRecordsRequest(
        [records.DeleteRecordsTopic(topic, [records.DeleteRecordsPartition(*one) for one in asked])]
    )
    (answer,) = asyncio.run(lab.call("DeleteRecords", version, request)).topics
    assert answer.name == topic
    return [(one.partition_index, name(one.error_code), one.low_watermark) for one in answer.partitions]


@pytest.mark.parametrize("version", versions("DeleteRecords"))
def test_delete_records(lab: Lab, version: int) -> None:
    lab.put("t", 3)
    for index in range(3):
        lab.partition("t", index).fill([(0, 0)] * 10, visible=8)
    assert trim(lab, version, "t", (0, 5), (1, -1), (2, 9), (3, 0)) == [
        (0, "NONE", 5),
        (1, "NONE", 8),
        (2, "OFFSET_OUT_OF_RANGE", -1),
        (3, "UNKNOWN_TOPIC_OR_PARTITION", -1),
    ]
    assert trim(lab, version, "t", (0, 2), (1, -2)) == [(0, "NONE", 5), (1, "OFFSET_OUT_OF_RANGE", -1)]
    assert trim(lab, version, "never", (0, 0)) == [(0, "UNKNOWN_TOPIC_OR_PARTITION", -1)]


@pytest.mark.parametrize("version", versions("DeleteRecords"))
def test_delete_records_where_it_may_not_be(lab: Lab, version: int) -> None:
    lab.put("compacted")
    partition = lab.partition("compacted")
    partition.config = replace(partition.config, cleanup_policy=("compact",))
    lab.put("__consumer_offsets")
    assert trim(lab, version, "compacted", (0, 0)) == [(0, "POLICY_VIOLATION", -1)]
    assert trim(lab, version, "__consumer_offsets", (0, 0)) == [(0, "INVALID_TOPIC_EXCEPTION", -1)]
    partition.config = replace(partition.config, cleanup_policy=("compact", "delete"))
    assert trim(lab, version, "compacted", (0, 0)) == [(0, "NONE", 0)]
    partition.error = ErrorCode.KAFKA_STORAGE_ERROR
    assert trim(lab, version, "compacted", (0, 0)) == [(0, "KAFKA_STORAGE_ERROR", -1)]


def elect(lab: Lab, version: int, kind: int, asked: Iterable[tuple[str, list[int]]] | None) -> Any:
    topics = None if asked is None else [elections.TopicPartitions(*one) for one in asked]
    return asyncio.run(lab.call("ElectLeaders", version, elections.ElectLeadersRequest(kind, topics)))


@pytest.mark.parametrize("version", versions("ElectLeaders"))
def test_elections(lab: Lab, version: int) -> None:
    lab.put("t", 2)
    lab.partition("t", 1).error = ErrorCode.KAFKA_STORAGE_ERROR
    for kind, none_to_have in ((0, "PREFERRED_LEADER_NOT_AVAILABLE"), (1, "ELIGIBLE_LEADERS_NOT_AVAILABLE")):
        if version == 0 and kind == 1:
            continue
        answer = elect(lab, version, kind, [("t", [0, 1, 2]), ("never", [0])])
        assert [
            (topic.topic, one.partition_id, name(one.error_code), one.error_message)
            for topic in answer.replica_election_results
            for one in topic.partition_result
        ] == [
            ("t", 0, "ELECTION_NOT_NEEDED", "Leader election not needed for topic partition."),
            (
                "t",
                1,
                none_to_have,
                "The preferred leader was not available."
                if kind == 0
                else "Eligible topic partition leaders are not available.",
            ),
            ("t", 2, "UNKNOWN_TOPIC_OR_PARTITION", "No such partition as t-2"),
            ("never", 0, "UNKNOWN_TOPIC_OR_PARTITION", "No such topic as never"),
        ]
        answer = elect(lab, version, kind, None)
        assert [
            (topic.topic, [one.partition_id for one in topic.partition_result])
            for topic in answer.replica_election_results
        ] == [("t", [1])]


def test_an_election_of_an_unknown_kind(lab: Lab) -> None:
    answer = elect(lab, 2, 9, [("t", [0])])
    assert name(answer.error_code) == "INVALID_REQUEST"
    assert answer.replica_election_results[0].partition_result[0].error_message == "Unknown election type 9"


@pytest.mark.parametrize("version", versions("AlterPartitionReassignments"))
def test_reassignments(lab: Lab, version: int) -> None:
    lab.put("t", 1)

    def outcome(topic: str, index: int, replicas: list[int] | None) -> tuple[str, str | None]:
        request = reassign.AlterPartitionReassignmentsRequest(
            topics=[reassign.ReassignableTopic(topic, [reassign.ReassignablePartition(index, replicas)])]
        )
        answer = asyncio.run(lab.call("AlterPartitionReassignments", version, request))
        assert (answer.error_code, answer.error_message) == (0, None)
        ((one,),) = [one.partitions for one in answer.responses]
        return name(one.error_code), one.error_message

    assert outcome("t", 0, [NODE]) == ("NONE", None)
    assert outcome("t", 0, None)[0] == "NO_REASSIGNMENT_IN_PROGRESS"
    assert outcome("t", 0, [NODE, 99]) == (
        "INVALID_REPLICA_ASSIGNMENT",
        "The manual partition assignment includes broker 99, but no such broker is registered.",
    )
    assert outcome("t", 0, []) == (
        "INVALID_REPLICA_ASSIGNMENT",
        "The manual partition assignment includes an empty replica list.",
    )
    assert outcome("t", 1, [NODE]) == ("UNKNOWN_TOPIC_OR_PARTITION", "Unable to find partition t:1.")
    assert outcome("never", 0, [NODE]) == ("UNKNOWN_TOPIC_OR_PARTITION", "Unable to find a topic named never.")


@pytest.mark.parametrize("topics", [None, ["t"]])
def test_no_reassignment_is_ever_under_way(lab: Lab, topics: list[str] | None) -> None:
    lab.put("t")
    asked = None if topics is None else [ongoing.ListPartitionReassignmentsTopics(one, [0]) for one in topics]
    request = ongoing.ListPartitionReassignmentsRequest(topics=asked)
    answer = asyncio.run(lab.call("ListPartitionReassignments", 0, request))
    assert (answer.error_code, answer.error_message, answer.topics) == (0, None, [])


@pytest.mark.parametrize("version", versions("DescribeLogDirs"))
def test_log_directories(lab: Lab, version: int) -> None:
    lab.put("t", 2)
    lab.put("u")
    lab.partition("t", 1).fill([(0, 0)] * 3)
    lab.engine.more_directories = [Directory("/data/bad", random_uuid(), ErrorCode.KAFKA_STORAGE_ERROR, -1, -1, ())]

    def sizes(topics: Any) -> tuple[Any, dict[tuple[str, int], int]]:
        answer = asyncio.run(lab.call("DescribeLogDirs", version, log_dirs.DescribeLogDirsRequest(topics)))
        good, bad = answer.results
        assert (good.error_code, good.log_dir) == (0, "/data/one")
        assert (name(bad.error_code), bad.log_dir, bad.topics) == ("KAFKA_STORAGE_ERROR", "/data/bad", [])
        found = {}
        for topic in good.topics:
            for one in topic.partitions:
                assert (one.offset_lag, one.is_future_key) == (0, False)
                found[topic.name, one.partition_index] = one.partition_size
        return good, found

    good, found = sizes(None)
    assert found == {("t", 0): 0, ("t", 1): 30, ("u", 0): 0}
    if version >= 4:
        assert (good.total_bytes, good.usable_bytes) == (1000, 400)
    assert sizes([log_dirs.DescribableLogDirTopic("t", [1, 5])])[1] == {("t", 1): 30}
    good, found = sizes([])
    assert good.topics == []


@pytest.mark.parametrize("version", versions("AlterReplicaLogDirs"))
def test_moves_between_log_directories(lab: Lab, version: int) -> None:
    lab.put("t", 2)
    lab.engine.topics["t"][1] = None
    lab.engine.more_directories = [
        Directory("/data/bad", random_uuid(), ErrorCode.KAFKA_STORAGE_ERROR, -1, -1, ()),
        Directory("/data/two", random_uuid(), ErrorCode.NONE, -1, -1, ()),
    ]

    def outcome(path: str, topic: str = "t", index: int = 0) -> str:
        request = moves.AlterReplicaLogDirsRequest(
            [moves.AlterReplicaLogDir(path, [moves.AlterReplicaLogDirTopic(topic, [index])])]
        )
        (answer,) = asyncio.run(lab.call("AlterReplicaLogDirs", version, request)).results
        assert answer.topic_name == topic
        return name(answer.partitions[0].error_code)

    assert outcome("/data/one") == "NONE"
    assert outcome("/data/two") == "KAFKA_STORAGE_ERROR"
    assert outcome("/data/bad") == "KAFKA_STORAGE_ERROR"
    assert outcome("/elsewhere") == "LOG_DIR_NOT_FOUND"
    assert outcome("/data/one", "never") == "UNKNOWN_TOPIC_OR_PARTITION"
    assert outcome("/data/one", "t", 1) == "REPLICA_NOT_AVAILABLE"
