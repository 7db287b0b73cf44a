"""Metadata and DescribeTopicPartitions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.admin.fakes import NODE, Lab, message, versions

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID, random_uuid

wire = message("metadata_request")
described = message("describe_topic_partitions_request")
UNASKED = -(2**31)
TOPIC_OPERATIONS = 3576  # what Apache Kafka 4.3.1 without an authorizer reports
CLUSTER_OPERATIONS = 8096


def ask(lab: Lab, version: int, *names: str, ids: tuple[bytes, ...] = (), create: bool = False, **more: bool) -> Any:
    topics = [wire.MetadataRequestTopic(name=name) for name in names]
    topics += [wire.MetadataRequestTopic(one, None) for one in ids]
    # Versions 0-3 have no such field: creation is allowed there.
    create = create or version < 4
    request = wire.MetadataRequest(topics, allow_auto_topic_creation=create, **more)
    return asyncio.run(lab.call("Metadata", version, request))


@pytest.mark.parametrize("version", versions("Metadata"))
def test_all_topics(lab: Lab, version: int) -> None:
    a, _ = lab.put("a", 2), lab.put("__consumer_offsets")
    lab.catalogue.topics["__consumer_offsets"].is_internal = True
    lab.put("a").partitions[0].leader_epoch = 4
    everything = wire.MetadataRequest([] if version == 0 else None)
    answer = asyncio.run(lab.call("Metadata", version, everything))
    assert [(one.node_id, one.host, one.port) for one in answer.brokers] == [(NODE, "localhost", 9092)]
    topics = {one.name: one for one in answer.topics}
    assert set(topics) == {"a", "__consumer_offsets"}
    (only,) = topics["a"].partitions
    assert (only.error_code, only.partition_index, only.leader_id) == (0, 0, NODE)
    assert only.replica_nodes == only.isr_nodes == [NODE]
    if version >= 1:
        assert answer.brokers[0].rack == "rack-a"
        assert answer.controller_id == NODE
        assert topics["__consumer_offsets"].is_internal
        assert not topics["a"].is_internal
    if version >= 2:
        assert answer.cluster_id == lab.catalogue.cluster_id
    if version >= 5:
        assert only.offline_replicas == []
    if version >= 7:
        assert only.leader_epoch == 4
    if version >= 10:
        assert topics["a"].topic_id == lab.catalogue.topics["a"].topic_id != a.topic_id
    if version >= 8:
        assert topics["a"].topic_authorized_operations == UNASKED


@pytest.mark.parametrize("version", versions("Metadata")[1:])
def test_no_topics_at_all(lab: Lab, version: int) -> None:
    lab.put("a")
    assert ask(lab, version).topics == []


@pytest.mark.parametrize("version", versions("Metadata"))
def test_by_name(lab_with: Callable[..., Lab], version: int) -> None:
    lab = lab_with(auto__create__topics__enable="false")
    lab.put("a")
    answer = ask(lab, version, "a", "never", "bad name", "a", create=True)
    assert [(one.name, ErrorCode(one.error_code).name, len(one.partitions)) for one in answer.topics] == [
        ("a", "NONE", 1),
        ("never", "UNKNOWN_TOPIC_OR_PARTITION", 0),
        ("bad name", "INVALID_TOPIC_EXCEPTION", 0),
    ]
    assert set(lab.catalogue.topics) == {"a"}


@pytest.mark.parametrize("version", versions("Metadata"))
def test_a_topic_is_created_for_who_asks_and_there_for_who_asks_again(
    lab_with: Callable[..., Lab], version: int
) -> None:
    lab = lab_with(num__partitions="3")
    lab.put("a.b")
    answer = ask(lab, version, "new", "a_b", "__consumer_offsets", "bad name", create=True)
    topics = {one.name: one for one in answer.topics}
    assert {name: ErrorCode(one.error_code).name for name, one in topics.items()} == {
        "new": "UNKNOWN_TOPIC_OR_PARTITION",
        "a_b": "UNKNOWN_TOPIC_OR_PARTITION",
        "__consumer_offsets": "UNKNOWN_TOPIC_OR_PARTITION",
        "bad name": "INVALID_TOPIC_EXCEPTION",
    }
    assert not topics["new"].partitions
    (new,) = ask(lab, version, "new", create=True).topics
    assert new.error_code == ErrorCode.NONE
    assert [one.leader_id for one in new.partitions] == [NODE] * 3
    assert set(lab.catalogue.topics) == {"a.b", "new"}


@pytest.mark.parametrize("version", versions("Metadata")[4:])
def test_a_client_may_forbid_creation(lab: Lab, version: int) -> None:
    (topic,) = ask(lab, version, "new").topics
    assert topic.error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    assert not lab.catalogue.topics


def test_many_who_ask_for_one_new_topic_make_one(lab: Lab) -> None:
    async def crowd() -> list[Any]:
        request = wire.MetadataRequest([wire.MetadataRequestTopic(name="new")])
        return await asyncio.gather(*(lab.call("Metadata", 12, request) for _ in range(20)))

    answers = asyncio.run(crowd())
    assert {one.topics[0].error_code for one in answers} == {ErrorCode.UNKNOWN_TOPIC_OR_PARTITION}
    assert set(lab.catalogue.topics) == {"new"}
    assert len(lab.catalogue.commits) == 1


@pytest.mark.parametrize("version", versions("Metadata")[12:])
def test_by_id(lab: Lab, version: int) -> None:
    a, unknown = lab.put("a"), random_uuid()
    answer = ask(lab, version, ids=(a.topic_id, unknown, a.topic_id))
    assert [(one.name, one.topic_id, one.error_code) for one in answer.topics] == [
        ("a", a.topic_id, 0),
        (None, unknown, ErrorCode.UNKNOWN_TOPIC_ID),
    ]
    both = wire.MetadataRequest([wire.MetadataRequestTopic(a.topic_id, "other")], allow_auto_topic_creation=False)
    (topic,) = asyncio.run(lab.call("Metadata", version, both)).topics
    assert topic.name == "a"  # the id counts
    (topic,) = ask(lab, version, ids=(ZERO_UUID,)).topics
    assert topic.error_code == ErrorCode.INVALID_REQUEST
    assert ask(lab, version, "a", ids=(unknown,)).topics[0].error_code == ErrorCode.UNKNOWN_TOPIC_ID


@pytest.mark.parametrize("version", [10, 11])
def test_ids_before_their_version(lab: Lab, version: int) -> None:
    a = lab.put("a")
    (topic,) = ask(lab, version, ids=(a.topic_id,)).topics
    assert topic.error_code == ErrorCode.INVALID_REQUEST
    (topic,) = ask(lab, version, ids=(ZERO_UUID,)).topics
    assert (topic.name, topic.error_code) == ("", ErrorCode.INVALID_REQUEST)


@pytest.mark.parametrize("version", versions("Metadata")[8:])
def test_authorized_operations_when_asked(lab: Lab, version: int) -> None:
    lab.put("a")
    more = {"include_topic_authorized_operations": True}
    if version <= 10:
        more["include_cluster_authorized_operations"] = True
    answer = ask(lab, version, "a", **more)
    assert answer.topics[0].topic_authorized_operations == TOPIC_OPERATIONS
    if version <= 10:
        assert answer.cluster_authorized_operations == CLUSTER_OPERATIONS
    assert ask(lab, version, "a").topics[0].topic_authorized_operations == UNASKED


@pytest.mark.parametrize("version", versions("Metadata"))
def test_a_partition_whose_storage_failed_has_no_leader(lab: Lab, version: int) -> None:
    lab.put("a", 2)
    ask(lab, version, "a")
    lab.partition("a", 1).error = ErrorCode.KAFKA_STORAGE_ERROR
    (topic,) = ask(lab, version, "a").topics
    assert [(one.leader_id, one.error_code) for one in topic.partitions] == [
        (NODE, ErrorCode.NONE),
        (-1, ErrorCode.LEADER_NOT_AVAILABLE),
    ]
    if version >= 5:
        assert [one.offline_replicas for one in topic.partitions] == [[], [NODE]]
    lab.partition("a", 1).error = ErrorCode.NONE
    (topic,) = ask(lab, version, "a").topics
    assert [one.leader_id for one in topic.partitions] == [NODE, NODE]


def test_metadata_of_five_thousand_partitions_is_quick(lab: Lab) -> None:
    for number in range(500):
        lab.put(f"topic-{number}", 10)

    async def measure() -> float:
        request = wire.MetadataRequest(None)
        await lab.call("Metadata", 12, request)
        best = 1e9
        handler = message_handler()
        for _ in range(5):
            start = time.perf_counter()
            answer = await handler(lab)
            encoded = message("metadata_response").encode(answer, 12)
            best = min(best, time.perf_counter() - start)
        assert len(encoded) > 100_000
        return best

    def message_handler() -> Callable[[Lab], Any]:
        from tests.admin.fakes import FakePeer

        from ottla.broker.handlers.metadata import metadata
        from ottla.broker.request import Request

        async def handle(lab: Lab) -> Any:
            peer: Any = FakePeer()
            return await metadata(
                lab.broker, Request(peer, 3, 12, 1, None, memoryview(b""), 0), wire.MetadataRequest(None)
            )

        return handle

    assert asyncio.run(measure()) < 0.25  # ~10 ms on a quiet machine


# --- DescribeTopicPartitions ------------------------------------------------------------------------------------------------------


def describe(lab: Lab, *names: str, limit: int = 2000, cursor: tuple[str, int] | None = None) -> Any:
    request = described.DescribeTopicPartitionsRequest(
        [described.TopicRequest(name) for name in names], limit, described.Cursor(*cursor) if cursor else None
    )
    return asyncio.run(lab.call("DescribeTopicPartitions", 0, request))


def test_described_in_order_of_name_with_all_it_takes(lab: Lab) -> None:
    b, a = lab.put("b", 2), lab.put("a")
    lab.partition("b", 1).error = ErrorCode.KAFKA_STORAGE_ERROR
    answer = describe(lab)
    assert [(one.name, one.topic_id, one.error_code) for one in answer.topics] == [
        ("a", a.topic_id, 0),
        ("b", b.topic_id, 0),
    ]
    assert answer.next_cursor is None
    assert answer.topics[0].topic_authorized_operations == TOPIC_OPERATIONS
    good, bad = answer.topics[1].partitions
    assert (good.leader_id, good.isr_nodes, good.offline_replicas) == (NODE, [NODE], [])
    assert (good.eligible_leader_replicas, good.last_known_elr) == ([], [])
    assert (bad.leader_id, bad.error_code, bad.offline_replicas) == (-1, 0, [NODE])


def test_described_by_name(lab: Lab) -> None:
    lab.put("a")
    answer = describe(lab, "z", "a", "bad name", "a")
    assert [(one.name, ErrorCode(one.error_code).name) for one in answer.topics] == [
        ("a", "NONE"),
        ("bad name", "INVALID_TOPIC_EXCEPTION"),
        ("z", "UNKNOWN_TOPIC_OR_PARTITION"),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 100])
def test_page_by_page_nothing_is_lost_or_doubled(lab: Lab, limit: int) -> None:
    for name, count in (("a", 3), ("b", 1), ("c", 4)):
        lab.put(name, count)
    seen: list[tuple[str, int]] = []
    cursor: tuple[str, int] | None = None
    for _ in range(20):
        answer = describe(lab, limit=limit, cursor=cursor)
        page = [(topic.name, one.partition_index) for topic in answer.topics for one in topic.partitions]
        assert len(page) <= limit
        seen += page
        if answer.next_cursor is None:
            break
        cursor = (answer.next_cursor.topic_name, answer.next_cursor.partition_index)
    assert seen == [(name, index) for name, count in (("a", 3), ("b", 1), ("c", 4)) for index in range(count)]


def test_the_page_size_is_bounded_by_the_broker(lab_with: Callable[..., Lab]) -> None:
    lab = lab_with(max__request__partition__size__limit="2")
    lab.put("a", 3)
    answer = describe(lab)
    assert len(answer.topics[0].partitions) == 2
    assert (answer.next_cursor.topic_name, answer.next_cursor.partition_index) == ("a", 2)
    assert len(describe(lab, limit=-5).topics[0].partitions) == 1


def test_cursors_that_make_no_sense(lab: Lab) -> None:
    lab.put("a")
    assert describe(lab, "a", cursor=("b", 0)).topics[0].error_code == ErrorCode.INVALID_REQUEST
    assert describe(lab, "a", cursor=("a", -1)).topics[0].error_code == ErrorCode.INVALID_REQUEST
    assert [one.name for one in describe(lab, cursor=("0", 5)).topics] == ["a"]
    assert describe(lab, cursor=("a", 5)).topics[0].partitions == []
