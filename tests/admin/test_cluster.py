"""DescribeCluster, DescribeQuorum, UpdateFeatures, UnregisterBroker, InitProducerId, DescribeProducers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.admin.fakes import NODE, Lab, message, versions

from ottla.base.errors import ErrorCode
from ottla.broker.features import changes, epoch, finalized_features, supported_features
from ottla.broker.producer_ids import BLOCK_SIZE
from ottla.catalogue.model import ReserveProducerIds
from ottla.rules.features import FeatureUpdate, check_update
from ottla.rules.producers import ProducerEntry

cluster = message("describe_cluster_request")
quorum = message("describe_quorum_request")
features = message("update_features_request")
unregister = message("unregister_broker_request")
init = message("init_producer_id_request")
producers = message("describe_producers_request")


def name(code: int) -> str:
    return ErrorCode(code).name


@pytest.mark.parametrize("version", versions("DescribeCluster"))
def test_describe_cluster(lab: Lab, version: int) -> None:
    answer = asyncio.run(lab.call("DescribeCluster", version, cluster.DescribeClusterRequest(True)))
    (node,) = answer.brokers
    assert (answer.error_code, answer.error_message) == (0, None)
    assert (answer.cluster_id, answer.controller_id) == (lab.catalogue.cluster_id, NODE)
    assert (node.broker_id, node.host, node.port, node.rack) == (NODE, "localhost", 9092, "rack-a")
    assert answer.cluster_authorized_operations == 8096
    if version >= 2:
        assert not node.is_fenced
    answer = asyncio.run(lab.call("DescribeCluster", version, cluster.DescribeClusterRequest()))
    assert answer.cluster_authorized_operations == -(2**31)


@pytest.mark.parametrize("version", versions("DescribeCluster")[1:])
def test_endpoints_of_another_type(lab: Lab, version: int) -> None:
    answer = asyncio.run(lab.call("DescribeCluster", version, cluster.DescribeClusterRequest(endpoint_type=2)))
    assert name(answer.error_code) == "MISMATCHED_ENDPOINT_TYPE"
    assert answer.error_message == (
        "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER"
    )
    answer = asyncio.run(lab.call("DescribeCluster", version, cluster.DescribeClusterRequest(endpoint_type=9)))
    assert name(answer.error_code) == "UNSUPPORTED_ENDPOINT_TYPE"


def ask_quorum(lab: Lab, version: int, *asked: tuple[str, int]) -> Any:
    topics = [quorum.TopicData(topic, [quorum.PartitionData(index)]) for topic, index in asked]
    return asyncio.run(lab.call("DescribeQuorum", version, quorum.DescribeQuorumRequest(topics)))


@pytest.mark.parametrize("version", versions("DescribeQuorum"))
def test_the_quorum_is_this_node(lab: Lab, version: int) -> None:
    answer = ask_quorum(lab, version, ("__cluster_metadata", 0))
    ((part,),) = [one.partitions for one in answer.topics]
    assert (answer.error_code, part.error_code, part.leader_id, part.observers) == (0, 0, NODE, [])
    (voter,) = part.current_voters
    assert voter.replica_id == NODE
    assert part.high_watermark == voter.log_end_offset > 0
    if version >= 1:
        assert voter.last_fetch_timestamp == voter.last_caught_up_timestamp == lab.clock.ms
    if version >= 2:
        (node,) = answer.nodes
        assert node.node_id == NODE
        assert [(one.name, one.host, one.port) for one in node.listeners] == [("PLAINTEXT", "localhost", 9092)]
    lab.clock.ms += 1000
    later = ask_quorum(lab, version, ("__cluster_metadata", 0)).topics[0].partitions[0]
    assert later.high_watermark > part.high_watermark
    assert later.leader_epoch == part.leader_epoch


@pytest.mark.parametrize("version", versions("DescribeQuorum"))
@pytest.mark.parametrize("asked", [[("t", 0)], [("__cluster_metadata", 1)], [("__cluster_metadata", 0), ("t", 0)]])
def test_other_quorums_are_unknown(lab: Lab, version: int, asked: list[tuple[str, int]]) -> None:
    answer = ask_quorum(lab, version, *asked)
    assert [name(topic.partitions[0].error_code) for topic in answer.topics] == ["UNKNOWN_TOPIC_OR_PARTITION"] * len(
        asked
    )


# --- features -----------------------------------------------------------------------------------------------------------------


def test_what_is_reported_is_what_works(lab: Lab) -> None:
    assert supported_features() == [
        ("kraft.version", 0, 1),
        ("metadata.version", 30, 30),
        ("transaction.version", 0, 2),
    ]
    catalogue: Any = lab.catalogue
    fresh = [("kraft.version", 1), ("metadata.version", 30), ("transaction.version", 2)]
    assert finalized_features(catalogue) == fresh
    lab.catalogue.image.features["of.the.future"] = 3
    assert finalized_features(catalogue) == fresh
    before = epoch(catalogue)
    for change in changes(catalogue, [("transaction.version", 1)]):
        lab.catalogue.image.apply(change)
    assert finalized_features(catalogue) == [*fresh[:2], ("transaction.version", 1)]
    assert epoch(catalogue) > before >= 0, "clients believe the highest epoch, after a downgrade, too"


@pytest.mark.parametrize(
    ("update", "fault"),
    [
        (FeatureUpdate("metadata.version", 30), None),
        (FeatureUpdate("kraft.version", 1), None),
        (FeatureUpdate("kraft.version", 1, 3), None),
        (FeatureUpdate("metadata.version", 31), "Local controller 7 only supports versions 30"),
        (FeatureUpdate("metadata.version", 29, 2), "Local controller 7 only supports versions 30"),
        (FeatureUpdate("kraft.version", 2), "Local controller 7 only supports versions 0-1"),
        (FeatureUpdate("kraft.version", 0, 2), "Can't downgrade the version of this feature."),
        (
            FeatureUpdate("kraft.version", 0),
            "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe "
            "downgrade.",
        ),
        (FeatureUpdate("share.version", 1), "Local controller 7 does not support this feature."),
        (FeatureUpdate("share.version", -1), "A feature version cannot be less than 0."),
        (FeatureUpdate("kraft.version", 1, 0), "The controller does not support the given upgrade type."),
        (FeatureUpdate("kraft.version", 1, 4), "The controller does not support the given upgrade type."),
    ],
)
def test_updates_that_may_be_and_may_not(update: FeatureUpdate, fault: str | None) -> None:
    refusal = check_update(update, {"metadata.version": 30, "kraft.version": 1}, 7)
    if fault is None:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.error is ErrorCode.INVALID_UPDATE_VERSION
        assert refusal.message == f"Invalid update version {update.level} for feature {update.name}. {fault}"


@pytest.mark.parametrize("version", versions("UpdateFeatures"))
def test_update_features(lab: Lab, version: int) -> None:
    def update(*wanted: Any, **more: Any) -> Any:
        request = features.UpdateFeaturesRequest(feature_updates=list(wanted), **more)
        return asyncio.run(lab.call("UpdateFeatures", version, request))

    good = features.FeatureUpdateKey("metadata.version", 30)
    answer = update(good)
    assert (answer.error_code, answer.error_message) == (0, None)
    if version <= 1:
        assert [(one.feature, one.error_code) for one in answer.results] == [("metadata.version", 0)]
    answer = update(good, features.FeatureUpdateKey("group.version", 1))
    assert name(answer.error_code) == "INVALID_UPDATE_VERSION"
    assert answer.error_message == (
        "The update failed for all features since the following feature had an error: Invalid update version 1 for "
        f"feature group.version. Local controller {NODE} does not support this feature."
    )
    assert answer.results == []

    lab.catalogue.image.features["kraft.version"] = 0
    raised = features.FeatureUpdateKey("kraft.version", 1)
    if version >= 1:
        assert update(raised, validate_only=True).error_code == 0
        assert lab.catalogue.features["kraft.version"] == 0
    assert update(raised).error_code == 0
    assert lab.catalogue.features["kraft.version"] == 1
    down = features.FeatureUpdateKey("kraft.version", 0)
    if version == 0:
        down.allow_downgrade = True
    else:
        down.upgrade_type = 2
    assert "Can't downgrade the version of this feature." in update(down).error_message

    lab.catalogue.image.features["kraft.version"] = 0
    lab.catalogue.broken = True
    assert name(update(raised).error_code) == "FEATURE_UPDATE_FAILED"


def test_unregister_broker(lab: Lab) -> None:
    answer = asyncio.run(lab.call("UnregisterBroker", 0, unregister.UnregisterBrokerRequest(99)))
    assert name(answer.error_code) == "BROKER_ID_NOT_REGISTERED"
    assert answer.error_message == "Broker ID 99 is not currently registered"
    answer = asyncio.run(lab.call("UnregisterBroker", 0, unregister.UnregisterBrokerRequest(NODE)))
    assert name(answer.error_code) == "INVALID_REQUEST"


# --- producers ----------------------------------------------------------------------------------------------------------------


def init_id(version: int, transactional_id: str | None = None, producer_id: int = -1, producer_epoch: int = -1) -> Any:
    return init.InitProducerIdRequest(transactional_id, 60_000, producer_id, producer_epoch)


@pytest.mark.parametrize("version", versions("InitProducerId"))
def test_every_producer_gets_an_id_of_its_own(lab: Lab, version: int) -> None:
    async def crowd() -> list[Any]:
        return await asyncio.gather(
            *(lab.call("InitProducerId", version, init_id(version)) for _ in range(BLOCK_SIZE + 5))
        )

    answers = asyncio.run(crowd())
    assert {(one.error_code, one.producer_epoch) for one in answers} == {(0, 0)}
    assert {one.producer_id for one in answers} == set(range(BLOCK_SIZE + 5))
    assert lab.catalogue.commits == [
        [ReserveProducerIds(BLOCK_SIZE)],
        [ReserveProducerIds(2 * BLOCK_SIZE)],
    ]


def test_ids_go_on_behind_the_reserved_block_after_a_restart(lab: Lab) -> None:
    lab.catalogue.image.next_producer_id = 3000
    answer = asyncio.run(lab.call("InitProducerId", 5, init_id(5)))
    assert answer.producer_id == 3000
    assert lab.catalogue.next_producer_id == 4000


@pytest.mark.parametrize("version", versions("InitProducerId"))
def test_init_producer_id_refusals(lab: Lab, version: int) -> None:
    def outcome(request: Any) -> tuple[str, int, int]:
        answer = asyncio.run(lab.call("InitProducerId", version, request))
        return name(answer.error_code), answer.producer_id, answer.producer_epoch

    assert outcome(init_id(version, "")) == ("INVALID_REQUEST", -1, -1)
    if version >= 3:
        assert outcome(init_id(version, None, 5, 1)) == ("NONE", 0, 0)
        assert outcome(init_id(version, None, 5, -1)) == ("INVALID_REQUEST", -1, -1)
        assert outcome(init_id(version, None, -1, 1)) == ("INVALID_REQUEST", -1, -1)


@pytest.mark.parametrize("version", versions("InitProducerId"))
def test_no_id_without_a_durable_reservation(lab: Lab, version: int) -> None:
    lab.catalogue.broken = True
    answer = asyncio.run(lab.call("InitProducerId", version, init_id(version)))
    assert name(answer.error_code) == "COORDINATOR_NOT_AVAILABLE"
    lab.catalogue.broken = False
    answer = asyncio.run(lab.call("InitProducerId", version, init_id(version)))
    assert answer.producer_id == 0


def test_describe_producers(lab: Lab) -> None:
    lab.put("t", 2)
    lab.partition("t").producers = [ProducerEntry(4, 1, 17, 1000)]
    lab.partition("t", 1).error = ErrorCode.KAFKA_STORAGE_ERROR
    request = producers.DescribeProducersRequest(
        [
            producers.TopicRequest("t", [0, 1, 2]),
            producers.TopicRequest("never", [0]),
            producers.TopicRequest("bad name", [0]),
        ]
    )
    answer = asyncio.run(lab.call("DescribeProducers", 0, request))
    assert [
        (topic.name, one.partition_index, name(one.error_code)) for topic in answer.topics for one in topic.partitions
    ] == [
        ("t", 0, "NONE"),
        ("t", 1, "KAFKA_STORAGE_ERROR"),
        ("t", 2, "UNKNOWN_TOPIC_OR_PARTITION"),
        ("never", 0, "UNKNOWN_TOPIC_OR_PARTITION"),
        ("bad name", 0, "INVALID_TOPIC_EXCEPTION"),
    ]
    (producer,) = answer.topics[0].partitions[0].active_producers
    assert (producer.producer_id, producer.producer_epoch, producer.last_sequence) == (4, 1, 17)
    assert (producer.last_timestamp, producer.current_txn_start_offset) == (1000, -1)
