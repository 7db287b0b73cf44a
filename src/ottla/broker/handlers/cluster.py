"""The cluster as its tools see it: DescribeCluster, DescribeQuorum, UpdateFeatures, UnregisterBroker. Truthful for one node.

DescribeCluster 0-2 (KIP-700, KIP-919): asked as a broker, we answer as one; another endpoint type is refused. No broker is ever fenced.

DescribeQuorum 0-2 (KIP-595, KIP-836, KIP-853): there is no Raft log; the catalogue plays its part. So the quorum is this node: leader,
only voter, always caught up, in epoch 1 for good. The log end offset counts half seconds: Kafka's own metadata log grows by a no-op record
each 500 ms (`metadata.max.idle.interval.ms`), and like it ours rises while the node lives and across restarts.

UpdateFeatures 0-2 (KIP-584, KIP-778): all or nothing. Version 0's `allow_downgrade` counts as a safe downgrade. Results per feature
are told up to version 1, and only on success, as in Kafka.

UnregisterBroker 0 (KIP-746): an id that is not registered is BROKER_ID_NOT_REGISTERED; the last node cannot be unregistered.

Not done: authorisation; AddRaftVoter, RemoveRaftVoter (there is nothing to vote).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.broker.features import changes as feature_changes
from ottla.broker.features import finalized_levels
from ottla.broker.handlers.metadata import CLUSTER_OPERATIONS
from ottla.catalogue.model import CatalogueError
from ottla.rules.features import FeatureUpdate, UpgradeType, check_updates
from ottla.rules.topics import CLUSTER_METADATA_TOPIC
from ottla.wire.messages.describe_cluster_request import DescribeClusterRequest
from ottla.wire.messages.describe_cluster_response import DescribeClusterBroker, DescribeClusterResponse
from ottla.wire.messages.describe_quorum_request import DescribeQuorumRequest
from ottla.wire.messages.describe_quorum_response import (
    DescribeQuorumResponse,
    Listener,
    Node,
    PartitionData,
    ReplicaState,
    TopicData,
)
from ottla.wire.messages.unregister_broker_request import UnregisterBrokerRequest
from ottla.wire.messages.unregister_broker_response import UnregisterBrokerResponse
from ottla.wire.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest
from ottla.wire.messages.update_features_response import UpdatableFeatureResult, UpdateFeaturesResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

_ENDPOINT_TYPES = {1: "BROKER", 2: "CONTROLLER"}
_BROKER_ENDPOINT = 1
_QUORUM_EPOCH = 1
_IDLE_INTERVAL_MS = 500
_WITH_NODES = 2


def describe_cluster(broker: Broker, request: Request, message: DescribeClusterRequest) -> DescribeClusterResponse:
    """Answers DescribeCluster."""
    wanted = message.endpoint_type
    if wanted != _BROKER_ENDPOINT:
        if wanted in _ENDPOINT_TYPES:
            return DescribeClusterResponse(
                error_code=ErrorCode.MISMATCHED_ENDPOINT_TYPE,
                error_message="The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type "
                f"{_ENDPOINT_TYPES[wanted]}",
            )
        return DescribeClusterResponse(
            error_code=ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, error_message=f"Unsupported endpoint type {wanted}"
        )
    out = DescribeClusterResponse(
        cluster_id=broker.cluster_id,
        controller_id=broker.node_id,
        brokers=[
            DescribeClusterBroker(node.node_id, node.host, node.port, node.rack)
            for node in broker.nodes(request.peer.listener).values()
        ],
    )
    if message.include_cluster_authorized_operations:
        out.cluster_authorized_operations = CLUSTER_OPERATIONS
    return out


def describe_quorum(broker: Broker, request: Request, message: DescribeQuorumRequest) -> DescribeQuorumResponse:
    """Answers DescribeQuorum."""
    asked = [(topic.topic_name, one.partition_index) for topic in message.topics for one in topic.partitions]
    if len(message.topics) != 1 or asked != [(CLUSTER_METADATA_TOPIC, 0)]:
        return DescribeQuorumResponse(
            topics=[
                TopicData(
                    topic.topic_name,
                    [
                        PartitionData(
                            one.partition_index,
                            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                            "This server does not host this topic-partition.",
                        )
                        for one in topic.partitions
                    ],
                )
                for topic in message.topics
            ]
        )
    now_ms = broker.clock.now_ms()
    end = now_ms // _IDLE_INTERVAL_MS
    voter = ReplicaState(
        replica_id=broker.node_id,
        replica_directory_id=ZERO_UUID,
        log_end_offset=end,
        last_fetch_timestamp=now_ms,
        last_caught_up_timestamp=now_ms,
    )
    quorum = PartitionData(
        partition_index=0,
        leader_id=broker.node_id,
        leader_epoch=_QUORUM_EPOCH,
        high_watermark=end,
        current_voters=[voter],
    )
    out = DescribeQuorumResponse(topics=[TopicData(CLUSTER_METADATA_TOPIC, [quorum])])
    if request.api_version >= _WITH_NODES:
        listeners = [Listener(name, one.host, one.port) for name, one in broker.endpoints.items()]
        out.nodes.append(Node(broker.node_id, listeners))
    return out


async def update_features(broker: Broker, request: Request, message: UpdateFeaturesRequest) -> UpdateFeaturesResponse:
    """Answers UpdateFeatures."""
    updates = [
        FeatureUpdate(one.feature, one.max_version_level, _upgrade_type(one, request.api_version))
        for one in message.feature_updates
    ]
    finalized = finalized_levels(broker.catalogue)
    refusal = check_updates(updates, finalized, broker.node_id)
    if refusal is not None:
        return UpdateFeaturesResponse(error_code=refusal.error, error_message=refusal.message)
    levels = [(one.name, one.level) for one in updates if finalized.get(one.name, 0) != one.level]
    changes = feature_changes(broker.catalogue, levels)
    if changes and not message.validate_only:
        try:
            await broker.catalogue.commit(changes)
        except CatalogueError as problem:
            return UpdateFeaturesResponse(
                error_code=ErrorCode.FEATURE_UPDATE_FAILED,
                error_message=f"The catalogue could not be written: {problem}",
            )
    out = UpdateFeaturesResponse(error_message=None)
    if request.api_version <= 1:
        out.results = [UpdatableFeatureResult(one.name, ErrorCode.NONE, None) for one in updates]
    return out


def _upgrade_type(update: FeatureUpdateKey, version: int) -> int:
    if version == 0:
        return UpgradeType.SAFE_DOWNGRADE if update.allow_downgrade else UpgradeType.UPGRADE
    return update.upgrade_type


def unregister_broker(broker: Broker, request: Request, message: UnregisterBrokerRequest) -> UnregisterBrokerResponse:
    """Answers UnregisterBroker."""
    if message.broker_id not in broker.nodes(request.peer.listener):
        return UnregisterBrokerResponse(
            error_code=ErrorCode.BROKER_ID_NOT_REGISTERED,
            error_message=f"Broker ID {message.broker_id} is not currently registered",
        )
    return UnregisterBrokerResponse(
        error_code=ErrorCode.INVALID_REQUEST,
        error_message=f"Broker ID {message.broker_id} is this cluster's only node and cannot be unregistered",
    )
