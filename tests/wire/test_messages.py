"""Every message of every version: round trips, what a version cannot carry, golden bytes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.wire.samples import MESSAGES, PAIRS, Values, sample, strategy

from ottla.wire.emit import class_fields, default_value
from ottla.wire.errors import WireError
from ottla.wire.messages import (
    api_versions_request,
    api_versions_response,
    consumer_protocol_subscription,
    fetch_request,
    fetch_response,
    find_coordinator_request,
    join_group_request,
    metadata_request,
    metadata_response,
    offset_commit_request,
    produce_request,
    share_fetch_response,
)
from ottla.wire.registry import message_module

ID = bytes(range(16))


@pytest.mark.parametrize("name", MESSAGES)
def test_round_trip(name: str) -> None:
    module = message_module(name)
    rng = random.Random(name)
    for version in MESSAGES[name].versions:
        for _ in range(4):
            message = sample(name, version, rng)
            data = module.encode(message, version)
            assert module.decode(data, version) == message
            assert module.decode(memoryview(bytearray(data)), version) == message
            assert module.decode(b"head" + data, version, 4) == message
            assert module.decode_prefix(data + b"\x01tail", version) == (message, len(data))
            assert b"".join(module.encode_parts(message, version)) == data
            out = bytearray(b"head")
            module.encode_into(out, message, version)
            assert out == b"head" + data


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_round_trip_of_any_message(data: st.DataObject) -> None:
    name, version = data.draw(st.sampled_from(PAIRS))
    message = data.draw(strategy(name, version))
    module = message_module(name)
    assert module.decode(module.encode(message, version), version) == message


def test_a_default_message_is_what_a_new_one_is() -> None:
    for name, version in PAIRS:
        module = message_module(name)
        fresh = getattr(module, name)
        assert module.decode(module.encode(fresh(), version), version) == fresh()


def other_than_default(message: Any, module: Any, one: Any) -> Any:
    values = Values(random.Random(one.name))
    version = one.versions.low if one.versions.low in message.versions else message.versions.low
    for _ in range(1000):
        value = values.field(message, module, max(version, message.versions.low), one)
        fresh = eval(default_value(message, one), {**vars(module), "ZERO_UUID": bytes(16)})
        if value != fresh and value is not None:
            return value
    raise AssertionError(one.name)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_version_drops_what_may_be_ignored_and_refuses_the_rest(name: str) -> None:
    """As Kafka does: "Attempted to write a non-default X at version N"."""
    message, module = MESSAGES[name], message_module(name)
    body = message.structs[name]
    for one in class_fields(message, body):
        value = other_than_default(message, module, one)
        for version in message.versions:
            if version in one.versions:
                continue
            fresh = getattr(module, name)
            changed = fresh(**{one.attribute: value})
            if one.ignorable:
                assert module.decode(module.encode(changed, version), version) == fresh()
            else:
                with pytest.raises(WireError, match=rf"{name} v{version}: {one.name} .*cannot carry"):
                    module.encode(changed, version)


def test_nested_fields_a_version_lacks_are_refused_too() -> None:
    partition = produce_request.PartitionProduceData(index=1)
    topic = produce_request.TopicProduceData(topic_id=ID, partition_data=[partition])
    data = produce_request.encode(produce_request.ProduceRequest(topic_data=[topic]), 12)  # TopicId is ignorable
    assert produce_request.decode(data, 12).topic_data[0].topic_id == bytes(16)
    members = [join_group_request.JoinGroupRequestProtocol("range", b"")]
    asked = join_group_request.JoinGroupRequest("g", 1, group_instance_id="one", protocols=members)
    with pytest.raises(WireError, match="JoinGroupRequest v4: GroupInstanceId"):
        join_group_request.encode(asked, 4)


@pytest.mark.parametrize("version", [0, 3, 8, 9, 13])
def test_null_where_it_may_not_be(version: int) -> None:
    with pytest.raises(WireError):
        metadata_response.encode(metadata_response.MetadataResponse(brokers=None), version)  # type: ignore[arg-type]
    topic = metadata_request.MetadataRequestTopic(name=None)
    asked = metadata_request.MetadataRequest(topics=[topic])
    if version < 10:
        with pytest.raises(WireError, match="Name"):
            metadata_request.encode(asked, version)
    else:
        assert metadata_request.decode(metadata_request.encode(asked, version), version) == asked
    with pytest.raises(WireError, match="no version"):
        metadata_request.encode(asked, 14)
    with pytest.raises(WireError, match="no version"):
        metadata_request.decode(b"", -1)


def test_values_that_do_not_fit() -> None:
    """What the caller got wrong is one error too, and says where."""
    for wrong in (2**31, "1", None, 1.5):
        with pytest.raises(WireError, match="OffsetCommitRequest v2"):
            offset_commit_request.encode(offset_commit_request.OffsetCommitRequest("g", wrong), 2)  # type: ignore[arg-type]
    for version in (2, 8):
        for text in ("x" * 32768, "\ud800", 7):
            with pytest.raises(WireError, match=f"OffsetCommitRequest v{version}"):
                offset_commit_request.encode(offset_commit_request.OffsetCommitRequest(text), version)  # type: ignore[arg-type]
        long = offset_commit_request.OffsetCommitRequest("ä" * 16383)
        assert offset_commit_request.decode(offset_commit_request.encode(long, version), version) == long
    for uuid in (b"", b"x" * 15, b"x" * 17):
        topic = offset_commit_request.OffsetCommitRequestTopic(topic_id=uuid)
        with pytest.raises(WireError, match="TopicId is not 16 bytes"):
            offset_commit_request.encode(offset_commit_request.OffsetCommitRequest("g", topics=[topic]), 10)
    out = bytearray(b"kept")
    with pytest.raises(WireError):
        offset_commit_request.encode_into(out, offset_commit_request.OffsetCommitRequest("g", 2**31), 2)
    assert out == b"kept"


def test_records_are_views_in_and_uncopied_out() -> None:
    records = bytearray(b"r" * 1000)
    partition = fetch_response.PartitionData(partition_index=3, records=records)
    topic = fetch_response.FetchableTopicResponse(topic_id=ID, partitions=[partition])
    message = fetch_response.FetchResponse(responses=[topic])
    parts = fetch_response.encode_parts(message, 17)
    assert any(part is records for part in parts)
    data = b"".join(parts)
    read = fetch_response.decode(data, 17).responses[0].partitions[0].records
    assert isinstance(read, memoryview)
    assert read.obj is data
    assert read == records
    partition.records = None
    assert fetch_response.decode(fetch_response.encode(message, 4 + 9), 13).responses[0].partitions[0].records is None
    nothing = share_fetch_response.PartitionData(records=None)  # type: ignore[arg-type]
    topics = [share_fetch_response.ShareFetchableTopicResponse(partitions=[nothing])]
    with pytest.raises(WireError):
        share_fetch_response.encode(share_fetch_response.ShareFetchResponse(responses=topics), 1)


GOLDEN = [
    # ApiVersions 3 as the Java client opens with: compact strings, empty tag section.
    (
        api_versions_request,
        3,
        api_versions_request.ApiVersionsRequest("apache-kafka-java", "4.3.1"),
        "12" + b"apache-kafka-java".hex() + "06" + b"4.3.1".hex() + "00",
    ),
    (api_versions_request, 0, api_versions_request.ApiVersionsRequest(), ""),
    # One API, throttle, then tags 0 (features) and 1 (epoch); the others stand at their defaults and are not written.
    (
        api_versions_response,
        3,
        api_versions_response.ApiVersionsResponse(
            0,
            [api_versions_response.ApiVersion(18, 0, 4)],
            5,
            [api_versions_response.SupportedFeatureKey("group.version", 0, 1)],
            7,
        ),
        "0000"
        "02" + "0012 0000 0004 00" + "00000005"
        "02"
        "00 14" + "02" + "0e" + b"group.version".hex() + "0000 0001 00" + "01 08" + "0000000000000007",
    ),
    # All topics: null from version 1 on, an empty list in version 0.
    (metadata_request, 0, metadata_request.MetadataRequest([]), "00000000"),
    (metadata_request, 1, metadata_request.MetadataRequest(None), "ffffffff"),
    (metadata_request, 9, metadata_request.MetadataRequest(None, True), "00 01 00 00 00"),
    (
        metadata_request,
        12,
        metadata_request.MetadataRequest([metadata_request.MetadataRequestTopic(ID, None)], False),
        "02" + ID.hex() + "00 00" + "00 00 00",
    ),
    (find_coordinator_request, 0, find_coordinator_request.FindCoordinatorRequest("g"), "0001 67"),
    (
        find_coordinator_request,
        4,
        find_coordinator_request.FindCoordinatorRequest(key_type=1, coordinator_keys=["t1", "t2"]),
        "01 03 03 7431 03 7432 00",
    ),
    # Transactional id null, acks -1, timeout, one topic by id with one partition of four record bytes.
    (
        produce_request,
        13,
        produce_request.ProduceRequest(
            None,
            -1,
            30000,
            [
                produce_request.TopicProduceData(
                    topic_id=ID,
                    partition_data=[produce_request.PartitionProduceData(2, memoryview(b"abcd"))],
                )
            ],
        ),
        "00 ffff 00007530 02" + ID.hex() + "02 00000002 05 61626364 00 00 00",
    ),
    # The embedded protocol is never flexible.
    (
        consumer_protocol_subscription,
        3,
        consumer_protocol_subscription.ConsumerProtocolSubscription(
            ["t"], None, [consumer_protocol_subscription.TopicPartition("t", [0, 1])], 5, "r"
        ),
        "00000001 0001 74 ffffffff 00000001 0001 74 00000002 00000000 00000001 00000005 0001 72",
    ),
]


@pytest.mark.parametrize(("module", "version", "message", "text"), GOLDEN)
def test_golden_bytes(module: Any, version: int, message: Any, text: str) -> None:
    data = bytes.fromhex(text)
    assert module.encode(message, version) == data
    assert module.decode(data, version) == message


def test_messages_are_dataclasses_to_who_asks() -> None:
    request = metadata_request.MetadataRequest([metadata_request.MetadataRequestTopic(name="a")])
    assert [one.name for one in dataclasses.fields(request)] == list(metadata_request.MetadataRequest.__slots__)
    assert dataclasses.is_dataclass(request)
    changed = dataclasses.replace(request, allow_auto_topic_creation=False)
    assert changed != request
    assert changed.topics is request.topics
    assert dataclasses.asdict(request) == {
        "topics": [{"topic_id": bytes(16), "name": "a"}],
        "allow_auto_topic_creation": True,
        "include_cluster_authorized_operations": False,
        "include_topic_authorized_operations": False,
    }
    state = next(one for one in dataclasses.fields(fetch_request.FetchRequest) if one.name == "replica_state")
    assert state.default_factory is not dataclasses.MISSING
    assert state.default_factory() == fetch_request.ReplicaState()
    assert repr(request.topics) == f"[MetadataRequestTopic(topic_id={bytes(16)!r}, name='a')]"
    assert copy.deepcopy(request) == pickle.loads(pickle.dumps(request)) == request
    assert metadata_request.MetadataRequest().topics is not metadata_request.MetadataRequest().topics
    assert fetch_request.FetchRequest().replica_state is not fetch_request.FetchRequest().replica_state
    assert request != "something else"
    with pytest.raises(TypeError):
        hash(request)
    with pytest.raises(AttributeError):
        request.topic = []  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        metadata_request.MetadataRequest(topic=[])  # type: ignore[call-arg]
