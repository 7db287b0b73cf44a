"""What is done to single partitions: DeleteRecords, ElectLeaders, reassignments, and their place on disk.

DeleteRecords 0-2 (KIP-107): -1 stands for the high watermark; not for internal topics, nor for topics that only compact.
ElectLeaders 0-2 (KIP-460): with one replica the leader is the preferred one, so an election is never needed, except for a partition whose
storage failed, for which no leader can be had.
AlterPartitionReassignments 0-1 and ListPartitionReassignments 0 (KIP-455, KIP-860): a partition can only be assigned to this node, which
it is; so a reassignment is complete at once and none is ever under way.
DescribeLogDirs 1-5, AlterReplicaLogDirs 1-2 (KIP-113): a partition may be "moved" to the directory it is in.

Not done: authorisation; moving a partition to another data directory (refused with KAFKA_STORAGE_ERROR).
"""

from __future__ import annotations

import os.path
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.broker.lookup import find_partition
from ottla.rules.topics import Refusal, assignment_fault, is_internal
from ottla.wire.messages.alter_partition_reassignments_request import (
    AlterPartitionReassignmentsRequest,
    ReassignablePartition,
)
from ottla.wire.messages.alter_partition_reassignments_response import (
    AlterPartitionReassignmentsResponse,
    ReassignablePartitionResponse,
    ReassignableTopicResponse,
)
from ottla.wire.messages.alter_replica_log_dirs_request import AlterReplicaLogDirsRequest
from ottla.wire.messages.alter_replica_log_dirs_response import (
    AlterReplicaLogDirPartitionResult,
    AlterReplicaLogDirsResponse,
    AlterReplicaLogDirTopicResult,
)
from ottla.wire.messages.delete_records_request import DeleteRecordsPartition, DeleteRecordsRequest
from ottla.wire.messages.delete_records_response import (
    DeleteRecordsPartitionResult,
    DeleteRecordsResponse,
    DeleteRecordsTopicResult,
)
from ottla.wire.messages.describe_log_dirs_request import DescribeLogDirsRequest
from ottla.wire.messages.describe_log_dirs_response import (
    DescribeLogDirsPartition,
    DescribeLogDirsResponse,
    DescribeLogDirsResult,
    DescribeLogDirsTopic,
)
from ottla.wire.messages.elect_leaders_request import ElectLeadersRequest
from ottla.wire.messages.elect_leaders_response import ElectLeadersResponse, PartitionResult, ReplicaElectionResult
from ottla.wire.messages.list_partition_reassignments_request import ListPartitionReassignmentsRequest
from ottla.wire.messages.list_partition_reassignments_response import ListPartitionReassignmentsResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

_HIGH_WATERMARK = -1
_PREFERRED, _UNCLEAN = 0, 1
_NOT_AVAILABLE = {
    _PREFERRED: Refusal(ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE, "The preferred leader was not available."),
    _UNCLEAN: Refusal(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE, "Eligible topic partition leaders are not available."),
}
_NOT_NEEDED = Refusal(ErrorCode.ELECTION_NOT_NEEDED, "Leader election not needed for topic partition.")
_DONE = Refusal(ErrorCode.NONE)


async def delete_records(broker: Broker, request: Request, message: DeleteRecordsRequest) -> DeleteRecordsResponse:
    """Answers DeleteRecords."""
    return DeleteRecordsResponse(
        topics=[
            DeleteRecordsTopicResult(
                topic.name, [await _delete_records(broker, topic.name, one) for one in topic.partitions]
            )
            for topic in message.topics
        ]
    )


async def _delete_records(broker: Broker, topic: str, one: DeleteRecordsPartition) -> DeleteRecordsPartitionResult:
    index = one.partition_index
    partition = find_partition(broker, topic, index)
    if isinstance(partition, ErrorCode):
        return DeleteRecordsPartitionResult(index, -1, partition)
    if is_internal(topic):
        return DeleteRecordsPartitionResult(index, -1, ErrorCode.INVALID_TOPIC_EXCEPTION)
    if "delete" not in partition.config.cleanup_policy:
        return DeleteRecordsPartitionResult(index, -1, ErrorCode.POLICY_VIOLATION)
    before = partition.high_watermark if one.offset == _HIGH_WATERMARK else one.offset
    if before < 0:
        return DeleteRecordsPartitionResult(index, -1, ErrorCode.OFFSET_OUT_OF_RANGE)
    error = await broker.engine.trim(partition, before)
    return DeleteRecordsPartitionResult(index, -1 if error else partition.log_start_offset, error)


def elect_leaders(broker: Broker, request: Request, message: ElectLeadersRequest) -> ElectLeadersResponse:
    """Answers ElectLeaders."""
    kind = message.election_type
    if kind not in _NOT_AVAILABLE:
        unknown = Refusal(ErrorCode.INVALID_REQUEST, f"Unknown election type {kind}")
        return ElectLeadersResponse(
            error_code=unknown.error,
            replica_election_results=[
                ReplicaElectionResult(topic.topic, [_elected(index, unknown) for index in topic.partitions])
                for topic in message.topic_partitions or ()
            ],
        )
    if message.topic_partitions is not None:
        return ElectLeadersResponse(
            replica_election_results=[
                ReplicaElectionResult(
                    topic.topic,
                    [_elected(index, _elect(broker, topic.topic, index, kind)) for index in topic.partitions],
                )
                for topic in message.topic_partitions
            ]
        )
    # All partitions: those that have the leader they should have are not spoken of.
    out = ElectLeadersResponse()
    for known in broker.catalogue.topics.values():
        outcomes = [(one.index, _elect(broker, known.name, one.index, kind)) for one in known.partitions]
        told = [_elected(index, outcome) for index, outcome in outcomes if outcome is not _NOT_NEEDED]
        out.replica_election_results.append(ReplicaElectionResult(known.name, told))
    return out


def _elect(broker: Broker, topic: str, index: int, kind: int) -> Refusal:
    known = broker.catalogue.topics.get(topic)
    if known is None:
        return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"No such topic as {topic}")
    if not 0 <= index < len(known.partitions):
        return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"No such partition as {topic}-{index}")
    if broker.owner(known.topic_id, index) == broker.node_id and isinstance(
        find_partition(broker, topic, index), ErrorCode
    ):
        return _NOT_AVAILABLE[kind]
    return _NOT_NEEDED


def _elected(index: int, outcome: Refusal) -> PartitionResult:
    return PartitionResult(index, outcome.error, outcome.message)


def alter_partition_reassignments(
    broker: Broker, request: Request, message: AlterPartitionReassignmentsRequest
) -> AlterPartitionReassignmentsResponse:
    """Answers AlterPartitionReassignments."""
    out = AlterPartitionReassignmentsResponse(
        allow_replication_factor_change=message.allow_replication_factor_change, error_message=None
    )
    brokers = list(broker.nodes(request.peer.listener))
    for topic in message.topics:
        answers: list[ReassignablePartitionResponse] = []
        for one in topic.partitions:
            outcome = _reassign(broker, topic.name, one, brokers)
            answers.append(ReassignablePartitionResponse(one.partition_index, outcome.error, outcome.message))
        out.responses.append(ReassignableTopicResponse(topic.name, answers))
    return out


def _reassign(broker: Broker, topic: str, one: ReassignablePartition, brokers: list[int]) -> Refusal:
    known = broker.catalogue.topics.get(topic)
    if known is None:
        return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"Unable to find a topic named {topic}.")
    if not 0 <= one.partition_index < len(known.partitions):
        return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"Unable to find partition {topic}:{one.partition_index}.")
    if one.replicas is None:
        return Refusal(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, None)
    # The brokers there are hold every partition, so whatever passes is what is.
    return assignment_fault(one.replicas, brokers, None) or _DONE


def list_partition_reassignments(
    broker: Broker, request: Request, message: ListPartitionReassignmentsRequest
) -> ListPartitionReassignmentsResponse:
    """Answers ListPartitionReassignments: none is ever under way."""
    return ListPartitionReassignmentsResponse(error_message=None)


async def describe_log_dirs(
    broker: Broker, request: Request, message: DescribeLogDirsRequest
) -> DescribeLogDirsResponse:
    """Answers DescribeLogDirs."""
    wanted = None
    if message.topics is not None:
        wanted = {(topic.topic, index) for topic in message.topics for index in topic.partitions}
    out = DescribeLogDirsResponse()
    for directory in await broker.engine.directories():
        if directory.error:
            out.results.append(DescribeLogDirsResult(directory.error, directory.path))
            continue
        topics: dict[str, DescribeLogDirsTopic] = {}
        for use in directory.partitions:
            if wanted is None or (use.topic, use.index) in wanted:
                topic = topics.setdefault(use.topic, DescribeLogDirsTopic(use.topic))
                topic.partitions.append(DescribeLogDirsPartition(use.index, use.size_bytes))
        out.results.append(
            DescribeLogDirsResult(
                log_dir=directory.path,
                topics=list(topics.values()),
                total_bytes=directory.total_bytes,
                usable_bytes=directory.usable_bytes,
            )
        )
    return out


async def alter_replica_log_dirs(
    broker: Broker, request: Request, message: AlterReplicaLogDirsRequest
) -> AlterReplicaLogDirsResponse:
    """Answers AlterReplicaLogDirs."""
    states: dict[str, ErrorCode] = {}
    homes: dict[tuple[str, int], str] = {}
    for directory in await broker.engine.directories():
        path = os.path.abspath(directory.path)
        states[path] = directory.error
        homes.update(dict.fromkeys(((use.topic, use.index) for use in directory.partitions), path))
    topics: dict[str, AlterReplicaLogDirTopicResult] = {}
    for move in message.dirs:
        for topic in move.topics:
            result = topics.setdefault(topic.name, AlterReplicaLogDirTopicResult(topic.name))
            for index in topic.partitions:
                error = _move(broker, topic.name, index, move.path, states, homes)
                result.partitions.append(AlterReplicaLogDirPartitionResult(index, error))
    return AlterReplicaLogDirsResponse(results=list(topics.values()))


def _move(
    broker: Broker,
    topic: str,
    index: int,
    path: str,
    states: Mapping[str, ErrorCode],
    homes: Mapping[tuple[str, int], str],
) -> ErrorCode:
    state = states.get(path)
    if state is None:
        return ErrorCode.LOG_DIR_NOT_FOUND
    if state:
        return ErrorCode.KAFKA_STORAGE_ERROR
    partition = find_partition(broker, topic, index)
    if partition is ErrorCode.NOT_LEADER_OR_FOLLOWER:
        return ErrorCode.REPLICA_NOT_AVAILABLE
    if isinstance(partition, ErrorCode):
        return partition
    return ErrorCode.NONE if homes.get((topic, index)) == path else ErrorCode.KAFKA_STORAGE_ERROR
