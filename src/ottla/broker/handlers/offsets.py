"""ListOffsets and OffsetForLeaderEpoch: offsets by time, by name (earliest, latest, ...) and by leader epoch.

ListOffsets 1-11. Special timestamps: -1 latest, -2 earliest, -3 largest timestamp (from version 7), -4 earliest local (8), -5 latest
tiered (9), -6 earliest pending upload (11); another negative one, or one newer than the version, is UNSUPPORTED_VERSION. By time the
answer is exact to the record. A consumer (replica id -1) sees nothing at or above the high watermark, with read_committed the last
stable offset; other replica ids see the log end, as in Kafka. A partition that stands twice in a request is INVALID_REQUEST, once.
OffsetForLeaderEpoch 2-4 (KIP-101, KIP-320).

Not done: tiered storage, so -4 equals -2 and -5 and -6 find nothing (-1), which is what Kafka answers without it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.broker.lookup import epoch_error, find_partition
from ottla.wire.messages.list_offsets_request import ListOffsetsPartition, ListOffsetsRequest
from ottla.wire.messages.list_offsets_response import (
    ListOffsetsPartitionResponse,
    ListOffsetsResponse,
    ListOffsetsTopicResponse,
)
from ottla.wire.messages.offset_for_leader_epoch_request import OffsetForLeaderEpochRequest, OffsetForLeaderPartition
from ottla.wire.messages.offset_for_leader_epoch_response import (
    EpochEndOffset,
    OffsetForLeaderEpochResponse,
    OffsetForLeaderTopicResult,
)

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.storage.engine import Engine, Partition

LATEST, EARLIEST, MAX_TIMESTAMP, EARLIEST_LOCAL, LATEST_TIERED, EARLIEST_PENDING_UPLOAD = -1, -2, -3, -4, -5, -6
_SINCE = {LATEST: 1, EARLIEST: 1, MAX_TIMESTAMP: 7, EARLIEST_LOCAL: 8, LATEST_TIERED: 9, EARLIEST_PENDING_UPLOAD: 11}
_WITH_EPOCH = 4
_CONSUMER = -1
_READ_UNCOMMITTED, _READ_COMMITTED = 0, 1


async def list_offsets(broker: Broker, request: Request, message: ListOffsetsRequest) -> ListOffsetsResponse:
    """Answers ListOffsets."""
    with_epoch = request.api_version >= _WITH_EPOCH
    times_asked = Counter((topic.name, one.partition_index) for topic in message.topics for one in topic.partitions)
    out = ListOffsetsResponse()
    for topic in message.topics:
        answers: list[ListOffsetsPartitionResponse] = []
        for one in topic.partitions:
            times = times_asked[topic.name, one.partition_index]
            if not times:
                continue  # a duplicate that was answered
            if times > 1 or not 0 <= message.isolation_level <= 1:
                times_asked[topic.name, one.partition_index] = 0
                error = ErrorCode.INVALID_REQUEST
            elif one.timestamp < 0 and _SINCE.get(one.timestamp, 1 << 15) > request.api_version:
                error = ErrorCode.UNSUPPORTED_VERSION
            else:
                answer = await _list_offset(broker, message, topic.name, one)
                if not with_epoch:
                    answer.leader_epoch = -1
                answers.append(answer)
                continue
            answers.append(ListOffsetsPartitionResponse(one.partition_index, error))
        out.topics.append(ListOffsetsTopicResponse(topic.name, answers))
    return out


async def _list_offset(
    broker: Broker, message: ListOffsetsRequest, topic: str, one: ListOffsetsPartition
) -> ListOffsetsPartitionResponse:
    index = one.partition_index
    partition = find_partition(broker, topic, index)
    if isinstance(partition, ErrorCode):
        return ListOffsetsPartitionResponse(index, partition)
    error = epoch_error(partition, one.current_leader_epoch)
    if error:
        return ListOffsetsPartitionResponse(index, error)

    committed = message.replica_id == _CONSUMER and message.isolation_level == _READ_COMMITTED
    if message.replica_id != _CONSUMER:
        end = partition.log_end_offset
    elif committed:
        end = partition.last_stable_offset
    else:
        end = partition.high_watermark

    timestamp = one.timestamp
    if timestamp == LATEST:
        return ListOffsetsPartitionResponse(index, ErrorCode.NONE, -1, end, partition.leader_epoch)
    if timestamp in (EARLIEST, EARLIEST_LOCAL):
        epoch = epoch_of(broker.engine, partition, partition.log_start_offset)
        return ListOffsetsPartitionResponse(index, ErrorCode.NONE, -1, partition.log_start_offset, epoch)
    if timestamp in (LATEST_TIERED, EARLIEST_PENDING_UPLOAD):
        return ListOffsetsPartitionResponse(index, ErrorCode.NONE)
    if timestamp == MAX_TIMESTAMP:
        found = await broker.engine.max_timestamp(partition)
    else:
        found = await broker.engine.offset_at(partition, timestamp, committed=committed)
    if partition.error:
        return ListOffsetsPartitionResponse(index, ErrorCode.KAFKA_STORAGE_ERROR)
    if found.offset >= end:  # there, but not yet for this reader
        return ListOffsetsPartitionResponse(index, ErrorCode.NONE)
    return ListOffsetsPartitionResponse(index, ErrorCode.NONE, found.timestamp_ms, found.offset, found.leader_epoch)


def epoch_of(engine: Engine, partition: Partition, offset: int) -> int:
    """The leader epoch an offset belongs to (an unwritten one: the current). The ends of epochs only rise, so a few looks will do."""
    if offset >= partition.log_end_offset:
        return partition.leader_epoch
    low, high = 0, partition.leader_epoch
    while low < high:
        middle = (low + high) // 2
        if engine.epoch_end(partition, middle).end_offset > offset:
            high = middle
        else:
            low = middle + 1
    return engine.epoch_end(partition, low).leader_epoch


def offset_for_leader_epoch(
    broker: Broker, request: Request, message: OffsetForLeaderEpochRequest
) -> OffsetForLeaderEpochResponse:
    """Answers OffsetForLeaderEpoch."""
    return OffsetForLeaderEpochResponse(
        topics=[
            OffsetForLeaderTopicResult(topic.topic, [_epoch_end(broker, topic.topic, one) for one in topic.partitions])
            for topic in message.topics
        ]
    )


def _epoch_end(broker: Broker, topic: str, one: OffsetForLeaderPartition) -> EpochEndOffset:
    partition = find_partition(broker, topic, one.partition)
    if isinstance(partition, ErrorCode):
        return EpochEndOffset(partition, one.partition)
    error = epoch_error(partition, one.current_leader_epoch)
    if error:
        return EpochEndOffset(error, one.partition)
    found = broker.engine.epoch_end(partition, one.leader_epoch)
    return EpochEndOffset(ErrorCode.NONE, one.partition, found.leader_epoch, found.end_offset)
