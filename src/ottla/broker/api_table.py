"""The one place an API exists. ApiVersions, dispatch, the docs' API page and the test matrix derive from these rows.

A row names its handler as "module:function" under `ottla.broker.handlers`, imported on first use so that start-up pays for nothing.

Stages:
- RAW    `def f(broker, request) -> None`: the hot path; reads the body itself and answers when it can (Produce, Fetch).
- PLAIN  `def f(broker, request, message) -> Response | None`: decides at once; None: it keeps the request and answers later
         with `request.reply_message` (JoinGroup). The next request of the connection is handled meanwhile, replies stay in order.
- ASYNC  `async def f(broker, request, message) -> Response`: does IO; the connection's next request waits until it is done, as in Kafka.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Stage(Enum):
    RAW = "raw"
    PLAIN = "plain"
    ASYNC = "async"


class Authz(Enum):
    """What a caller must be allowed to do; enforced once the security issue lands. Written here now so that no API is forgotten."""

    NONE = "none"
    TOPIC_READ = "topic read"
    TOPIC_WRITE = "topic write"
    TOPIC_DESCRIBE = "topic describe"
    TOPIC_CREATE = "topic or cluster create"
    TOPIC_ALTER = "topic alter"
    TOPIC_DELETE = "topic delete"
    GROUP_READ = "group read"
    GROUP_DESCRIBE = "group describe"
    GROUP_DELETE = "group delete"
    CONFIG_DESCRIBE = "describe configs of the resource"
    CONFIG_ALTER = "alter configs of the resource"
    TRANSACTION_WRITE = "transactional id write"
    TRANSACTION_DESCRIBE = "transactional id describe"
    CLUSTER_DESCRIBE = "cluster describe"
    CLUSTER_ALTER = "cluster alter"
    IDEMPOTENT_WRITE = "topic write on any topic, or cluster idempotent write"


class Api(NamedTuple):
    """`versions` is what we serve; `advertised` what ApiVersions says where the two differ (KAFKA-18659: Produce 0)."""

    key: int
    name: str
    versions: tuple[int, int]
    stage: Stage
    handler: str
    authz: Authz
    advertised: tuple[int, int] | None = None


_R, _P, _A = Stage.RAW, Stage.PLAIN, Stage.ASYNC

APIS: tuple[Api, ...] = (
    Api(0, "Produce", (3, 13), _R, "produce:handle", Authz.TOPIC_WRITE, advertised=(0, 13)),
    Api(1, "Fetch", (4, 18), _R, "fetch:handle", Authz.TOPIC_READ),
    Api(2, "ListOffsets", (1, 11), _A, "offsets:list_offsets", Authz.TOPIC_DESCRIBE),
    Api(3, "Metadata", (0, 13), _A, "metadata:metadata", Authz.TOPIC_DESCRIBE),
    Api(8, "OffsetCommit", (2, 10), _P, "groups_offsets:offset_commit", Authz.GROUP_READ),
    Api(9, "OffsetFetch", (1, 10), _P, "groups_offsets:offset_fetch", Authz.GROUP_DESCRIBE),
    Api(10, "FindCoordinator", (0, 6), _P, "groups:find_coordinator", Authz.GROUP_DESCRIBE),
    Api(11, "JoinGroup", (0, 9), _P, "groups:join_group", Authz.GROUP_READ),
    Api(12, "Heartbeat", (0, 4), _P, "groups:heartbeat", Authz.GROUP_READ),
    Api(13, "LeaveGroup", (0, 5), _P, "groups:leave_group", Authz.GROUP_READ),
    Api(14, "SyncGroup", (0, 5), _P, "groups:sync_group", Authz.GROUP_READ),
    Api(15, "DescribeGroups", (0, 6), _P, "groups_admin:describe_groups", Authz.GROUP_DESCRIBE),
    Api(16, "ListGroups", (0, 5), _P, "groups_admin:list_groups", Authz.GROUP_DESCRIBE),
    Api(18, "ApiVersions", (0, 4), _P, "api_versions:handle", Authz.NONE),
    Api(19, "CreateTopics", (2, 7), _A, "topics:create_topics", Authz.TOPIC_CREATE),
    Api(20, "DeleteTopics", (1, 6), _A, "topics:delete_topics", Authz.TOPIC_DELETE),
    Api(21, "DeleteRecords", (0, 2), _A, "partitions:delete_records", Authz.TOPIC_DELETE),
    Api(22, "InitProducerId", (0, 5), _A, "producers:init_producer_id", Authz.IDEMPOTENT_WRITE),
    Api(23, "OffsetForLeaderEpoch", (2, 4), _P, "offsets:offset_for_leader_epoch", Authz.TOPIC_DESCRIBE),
    Api(24, "AddPartitionsToTxn", (0, 5), _A, "transactions:add_partitions_to_txn", Authz.TRANSACTION_WRITE),
    Api(25, "AddOffsetsToTxn", (0, 4), _A, "transactions:add_offsets_to_txn", Authz.TRANSACTION_WRITE),
    Api(26, "EndTxn", (0, 5), _A, "transactions:end_txn", Authz.TRANSACTION_WRITE),
    Api(27, "WriteTxnMarkers", (1, 2), _A, "transactions:write_txn_markers", Authz.CLUSTER_ALTER),
    Api(28, "TxnOffsetCommit", (0, 5), _A, "transactions:txn_offset_commit", Authz.TRANSACTION_WRITE),
    Api(29, "DescribeAcls", (1, 3), _P, "acls:describe_acls", Authz.CLUSTER_DESCRIBE),
    Api(30, "CreateAcls", (1, 3), _P, "acls:create_acls", Authz.CLUSTER_ALTER),
    Api(31, "DeleteAcls", (1, 3), _P, "acls:delete_acls", Authz.CLUSTER_ALTER),
    Api(32, "DescribeConfigs", (1, 4), _P, "configs:describe_configs", Authz.CONFIG_DESCRIBE),
    Api(33, "AlterConfigs", (0, 2), _A, "configs:alter_configs", Authz.CONFIG_ALTER),
    Api(34, "AlterReplicaLogDirs", (1, 2), _A, "partitions:alter_replica_log_dirs", Authz.CLUSTER_ALTER),
    Api(35, "DescribeLogDirs", (1, 5), _A, "partitions:describe_log_dirs", Authz.CLUSTER_DESCRIBE),
    Api(37, "CreatePartitions", (0, 3), _A, "topics:create_partitions", Authz.TOPIC_ALTER),
    Api(42, "DeleteGroups", (0, 2), _A, "groups_admin:delete_groups", Authz.GROUP_DELETE),
    Api(43, "ElectLeaders", (0, 2), _P, "partitions:elect_leaders", Authz.CLUSTER_ALTER),
    Api(44, "IncrementalAlterConfigs", (0, 1), _A, "configs:incremental_alter_configs", Authz.CONFIG_ALTER),
    Api(45, "AlterPartitionReassignments", (0, 1), _P, "partitions:alter_partition_reassignments", Authz.CLUSTER_ALTER),
    Api(
        46, "ListPartitionReassignments", (0, 0), _P, "partitions:list_partition_reassignments", Authz.CLUSTER_DESCRIBE
    ),
    Api(47, "OffsetDelete", (0, 0), _A, "groups_admin:offset_delete", Authz.GROUP_DELETE),
    Api(55, "DescribeQuorum", (0, 2), _P, "cluster:describe_quorum", Authz.CLUSTER_DESCRIBE),
    Api(57, "UpdateFeatures", (0, 2), _A, "cluster:update_features", Authz.CLUSTER_ALTER),
    Api(60, "DescribeCluster", (0, 2), _P, "cluster:describe_cluster", Authz.NONE),
    Api(61, "DescribeProducers", (0, 0), _P, "producers:describe_producers", Authz.TOPIC_READ),
    Api(64, "UnregisterBroker", (0, 0), _P, "cluster:unregister_broker", Authz.CLUSTER_ALTER),
    Api(65, "DescribeTransactions", (0, 0), _P, "transactions:describe_transactions", Authz.TRANSACTION_DESCRIBE),
    Api(66, "ListTransactions", (0, 2), _A, "transactions:list_transactions", Authz.TRANSACTION_DESCRIBE),
    Api(74, "ListConfigResources", (0, 1), _P, "configs:list_config_resources", Authz.CLUSTER_DESCRIBE),
    Api(75, "DescribeTopicPartitions", (0, 0), _P, "metadata:describe_topic_partitions", Authz.TOPIC_DESCRIBE),
)

BY_KEY: dict[int, Api] = {api.key: api for api in APIS}


def advertised() -> list[tuple[int, int, int]]:
    """(key, min version, max version) of every API, as ApiVersions reports them."""
    return [(api.key, *(api.advertised or api.versions)) for api in APIS]
