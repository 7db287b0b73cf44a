"""CreateTopics, DeleteTopics, CreatePartitions, at every version, through the codecs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from tests.admin.fakes import NODE, Lab, message, versions

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID, random_uuid
from ottla.rules.configs.keys import TOPIC_KEYS

create = message("create_topics_request")
delete = message("delete_topics_request")
grow = message("create_partitions_request")


def creatable(name: str, partitions: int = -1, factor: int = -1, **configs: str | None) -> Any:
    return create.CreatableTopic(
        name,
        partitions,
        factor,
        configs=[create.CreatableTopicConfig(key.replace("_", "."), value) for key, value in configs.items()],
    )


def make(lab: Lab, version: int, *topics: Any, validate_only: bool = False) -> dict[str, Any]:
    request = create.CreateTopicsRequest(list(topics), validate_only=validate_only)
    answer = asyncio.run(lab.call("CreateTopics", version, request))
    assert len({one.name for one in answer.topics}) == len(answer.topics)
    return {one.name: one for one in answer.topics}


@pytest.mark.parametrize("version", versions("CreateTopics"))
def test_a_topic_is_everywhere_before_the_reply(lab: Lab, version: int) -> None:
    answer = make(lab, version, creatable("orders", 3, 1, retention_ms="1000"))["orders"]
    topic = lab.catalogue.topics["orders"]
    assert answer.error_code == ErrorCode.NONE
    assert answer.error_message is None
    assert [one.replicas for one in topic.partitions] == [(NODE,)] * 3
    assert topic.configs == {"retention.ms": "1000"}
    assert [one.index for one in lab.engine.topics["orders"] if one] == [0, 1, 2]
    assert lab.partition("orders", 2).config.retention_ms == 1000
    if version >= 7:
        assert answer.topic_id == topic.topic_id
    if version >= 5:
        assert (answer.num_partitions, answer.replication_factor) == (3, 1)
        configs = {one.name: one for one in answer.configs}
        assert set(configs) == {key for key, row in TOPIC_KEYS.items() if not row.internal}
        assert list(configs) == sorted(configs)
        assert (configs["retention.ms"].value, configs["retention.ms"].config_source) == ("1000", 1)
        assert (configs["cleanup.policy"].value, configs["cleanup.policy"].config_source) == ("delete", 5)
        assert not any(one.read_only or one.is_sensitive for one in configs.values())


def test_configs_say_where_they_come_from(lab_with: Callable[..., Lab]) -> None:
    lab = lab_with(log__retention__hours="2", num__partitions="4")
    answer = make(lab, 7, creatable("t"))["t"]
    configs = {one.name: one for one in answer.configs}
    assert (configs["retention.ms"].value, configs["retention.ms"].config_source) == (str(2 * 3_600_000), 4)
    assert answer.num_partitions == 4
    lab.settings.set_dynamic({}, {"log.retention.ms": "5000"})
    configs = {one.name: one for one in make(lab, 7, creatable("u"))["u"].configs}
    assert (configs["retention.ms"].value, configs["retention.ms"].config_source) == ("5000", 3)


@pytest.mark.parametrize("version", versions("CreateTopics"))
def test_each_topic_stands_for_itself(lab: Lab, version: int) -> None:
    lab.put("there")
    answers = make(
        lab,
        version,
        creatable("there"),
        creatable("bad name"),
        creatable("twice"),
        creatable("good"),
        creatable("twice"),
        creatable("factor", 1, 3),
        creatable("zero", 0),
        creatable("config", retention_ms="soon"),
        creatable("unknown", retention_msec="1"),
        creatable("null", retention_ms=None),
        creatable("__cluster_metadata"),
    )
    assert {name: ErrorCode(one.error_code).name for name, one in answers.items()} == {
        "there": "TOPIC_ALREADY_EXISTS",
        "bad name": "INVALID_TOPIC_EXCEPTION",
        "twice": "INVALID_REQUEST",
        "good": "NONE",
        "factor": "INVALID_REPLICATION_FACTOR",
        "zero": "INVALID_PARTITIONS",
        "config": "INVALID_CONFIG",
        "unknown": "INVALID_CONFIG",
        "null": "INVALID_CONFIG",
        "__cluster_metadata": "INVALID_REQUEST",
    }
    assert set(lab.catalogue.topics) == {"there", "good"}
    assert answers["there"].error_message == "Topic 'there' already exists."
    assert answers["unknown"].error_message == "Unknown topic config name: retention.msec"
    if version >= 5:
        assert all(one.configs is not None for one in answers.values())


@pytest.mark.parametrize("version", versions("CreateTopics"))
def test_validate_only_changes_nothing(lab: Lab, version: int) -> None:
    answers = make(lab, version, creatable("a", 2), creatable("b", 0), validate_only=True)
    assert [answers[name].error_code for name in "ab"] == [ErrorCode.NONE, ErrorCode.INVALID_PARTITIONS]
    assert not lab.catalogue.topics
    assert not lab.engine.topics
    assert not lab.catalogue.commits


def test_a_manual_assignment(lab: Lab) -> None:
    topic = creatable("a")
    topic.assignments = [create.CreatableReplicaAssignment(index, [NODE]) for index in (1, 0)]
    assert make(lab, 7, topic)["a"].num_partitions == 2
    topic = creatable("b")
    topic.assignments = [create.CreatableReplicaAssignment(0, [NODE + 1])]
    answer = make(lab, 7, topic)["b"]
    assert answer.error_code == ErrorCode.INVALID_REPLICA_ASSIGNMENT
    assert f"includes broker {NODE + 1}, but no such broker" in answer.error_message


def test_too_many_partitions_refuse_the_whole_request(lab: Lab) -> None:
    answers = make(lab, 7, creatable("a", 10_000), creatable("b"))
    assert {one.error_code for one in answers.values()} == {ErrorCode.POLICY_VIOLATION}
    assert not lab.catalogue.topics


def test_min_insync_replicas_above_the_replicas_is_accepted(lab: Lab) -> None:
    assert make(lab, 7, creatable("t", min_insync_replicas="2"))["t"].error_code == ErrorCode.NONE


@pytest.mark.parametrize("version", versions("CreateTopics"))
def test_a_catalogue_that_refuses(lab: Lab, version: int) -> None:
    lab.catalogue.broken = True
    answers = make(lab, version, creatable("a"), creatable("b", 0))
    assert answers["a"].error_code == ErrorCode.KAFKA_STORAGE_ERROR
    assert answers["b"].error_code == ErrorCode.INVALID_PARTITIONS
    assert not lab.engine.topics


def test_partitions_that_cannot_be_opened_are_taken_back(lab: Lab) -> None:
    lab.engine.fail_open = OSError(28, "No space left on device")
    answer = make(lab, 7, creatable("a.b"))["a.b"]
    assert answer.error_code == ErrorCode.KAFKA_STORAGE_ERROR
    assert "No space left" in answer.error_message
    assert not lab.catalogue.topics
    lab.engine.fail_open = None
    assert make(lab, 7, creatable("a_b"))["a_b"].error_code == ErrorCode.NONE  # nor does the name linger


# --- deletion -----------------------------------------------------------------------------------------------------------------


def remove(lab: Lab, version: int, *names: str, ids: tuple[bytes, ...] = ()) -> list[Any]:
    if version >= 6:
        states = [delete.DeleteTopicState(name) for name in names]
        request = delete.DeleteTopicsRequest(states + [delete.DeleteTopicState(None, one) for one in ids])
    else:
        request = delete.DeleteTopicsRequest(topic_names=list(names))
    return asyncio.run(lab.call("DeleteTopics", version, request)).responses  # type: ignore[no-any-return]


@pytest.mark.parametrize("version", versions("DeleteTopics"))
def test_deletion_by_name(lab: Lab, version: int) -> None:
    topic = lab.put("gone", 2)
    lab.put("stays")
    answers = {one.name: one for one in remove(lab, version, "gone", "never", "stays", "stays")}
    assert {name: ErrorCode(one.error_code).name for name, one in answers.items()} == {
        "gone": "NONE",
        "never": "UNKNOWN_TOPIC_OR_PARTITION",
        "stays": "INVALID_REQUEST",
    }
    assert set(lab.catalogue.topics) == set(lab.engine.topics) == {"stays"}
    assert lab.engine.dropped == [("gone", 0), ("gone", 1)]
    assert lab.groups.deleted == ["gone"]
    if version >= 5:
        assert answers["stays"].error_message == "Duplicate topic name."
    if version >= 6:
        assert answers["gone"].topic_id == topic.topic_id


def test_deletion_by_id(lab: Lab) -> None:
    a, b, c = (lab.put(name) for name in "abc")
    unknown = random_uuid()
    answers = {
        one.topic_id: one for one in remove(lab, 6, "c", ids=(a.topic_id, unknown, b.topic_id, b.topic_id, ZERO_UUID))
    }
    assert {key: ErrorCode(one.error_code).name for key, one in answers.items()} == {
        a.topic_id: "NONE",
        b.topic_id: "INVALID_REQUEST",
        c.topic_id: "NONE",
        unknown: "UNKNOWN_TOPIC_ID",
        ZERO_UUID: "INVALID_REQUEST",
    }
    assert answers[a.topic_id].name == "a"
    assert answers[unknown].name is None
    assert answers[b.topic_id].error_message == "Duplicate topic id."
    assert answers[ZERO_UUID].error_message == "Neither topic name nor id were specified."
    assert set(lab.catalogue.topics) == {"b"}


def test_a_name_and_its_own_id_are_one_too_many(lab: Lab) -> None:
    topic = lab.put("a")
    (answer,) = remove(lab, 6, "a", ids=(topic.topic_id,))
    assert answer.error_code == ErrorCode.INVALID_REQUEST
    assert answer.error_message == "The provided topic name maps to an ID that was already supplied."
    request = delete.DeleteTopicsRequest([delete.DeleteTopicState("a", topic.topic_id)])
    (answer,) = asyncio.run(lab.call("DeleteTopics", 6, request)).responses
    assert answer.error_message == "You may not specify both topic name and topic id."
    assert "a" in lab.catalogue.topics


@pytest.mark.parametrize("version", versions("DeleteTopics"))
def test_deletion_can_be_forbidden(lab_with: Callable[..., Lab], version: int) -> None:
    lab = lab_with(delete__topic__enable="false")
    lab.put("kept")
    (answer,) = remove(lab, version, "kept")
    assert answer.error_code == (ErrorCode.INVALID_REQUEST if version < 3 else ErrorCode.TOPIC_DELETION_DISABLED)
    assert "kept" in lab.catalogue.topics


@pytest.mark.parametrize("version", versions("DeleteTopics"))
def test_deletion_and_a_catalogue_that_refuses(lab: Lab, version: int) -> None:
    lab.put("a")
    lab.catalogue.broken = True
    (answer,) = remove(lab, version, "a")
    assert answer.error_code == ErrorCode.KAFKA_STORAGE_ERROR
    assert not lab.engine.dropped
    assert not lab.groups.deleted


def test_a_recreated_topic_is_another_topic(lab: Lab) -> None:
    first = make(lab, 7, creatable("t"))["t"].topic_id
    remove(lab, 6, "t")
    second = make(lab, 7, creatable("t"))["t"].topic_id
    assert first != second
    assert lab.catalogue.topics["t"].topic_id == second
    assert list(lab.engine.topic_ids) == [second]


# --- more partitions ------------------------------------------------------------------------------------------------------------


def more(lab: Lab, version: int, *topics: Any, validate_only: bool = False) -> dict[str, Any]:
    request = grow.CreatePartitionsRequest(list(topics), validate_only=validate_only)
    return {one.name: one for one in asyncio.run(lab.call("CreatePartitions", version, request)).results}


@pytest.mark.parametrize("version", versions("CreatePartitions"))
def test_growth(lab: Lab, version: int) -> None:
    before = lab.put("t", 2)
    lab.put("u", 3)
    lab.put("x")
    answers = more(
        lab,
        version,
        grow.CreatePartitionsTopic("t", 5, None),
        grow.CreatePartitionsTopic("u", 2, None),
        grow.CreatePartitionsTopic("never", 2, None),
        grow.CreatePartitionsTopic("x", 2, None),
        grow.CreatePartitionsTopic("x", 3, None),
    )
    assert {name: ErrorCode(one.error_code).name for name, one in answers.items()} == {
        "t": "NONE",
        "u": "INVALID_PARTITIONS",
        "never": "UNKNOWN_TOPIC_OR_PARTITION",
        "x": "INVALID_REQUEST",
    }
    assert answers["t"].error_message is None
    assert answers["u"].error_message == "The topic u currently has 3 partition(s); 2 would not be an increase."
    after = lab.catalogue.topics["t"]
    assert after.topic_id == before.topic_id
    assert [(one.index, one.replicas) for one in after.partitions] == [(index, (NODE,)) for index in range(5)]
    assert [one is not None for one in lab.engine.topics["t"]] == [True] * 5
    assert len(lab.catalogue.topics["x"].partitions) == 1


@pytest.mark.parametrize("version", versions("CreatePartitions"))
def test_growth_by_assignment_and_validate_only(lab: Lab, version: int) -> None:
    lab.put("t")
    assignment = [grow.CreatePartitionsAssignment([NODE])]
    wanted = grow.CreatePartitionsTopic("t", 2, assignment)
    assert more(lab, version, wanted, validate_only=True)["t"].error_code == ErrorCode.NONE
    assert len(lab.catalogue.topics["t"].partitions) == 1
    assert more(lab, version, wanted)["t"].error_code == ErrorCode.NONE
    assert len(lab.catalogue.topics["t"].partitions) == 2
    refused = more(lab, version, grow.CreatePartitionsTopic("t", 4, assignment))["t"]
    assert refused.error_code == ErrorCode.INVALID_REPLICA_ASSIGNMENT
    assert refused.error_message == (
        "Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified."
    )


def test_growth_that_cannot_be_opened_leaves_partitions_without_a_leader(lab: Lab) -> None:
    lab.put("t")
    lab.engine.fail_open = OSError(28, "No space left on device")
    assert more(lab, 3, grow.CreatePartitionsTopic("t", 2, None))["t"].error_code == ErrorCode.KAFKA_STORAGE_ERROR
    request = message("metadata_request").MetadataRequest(None)
    (topic,) = asyncio.run(lab.call("Metadata", 12, request)).topics
    assert [(one.leader_id, one.error_code) for one in topic.partitions] == [
        (NODE, ErrorCode.NONE),
        (-1, ErrorCode.LEADER_NOT_AVAILABLE),
    ]
