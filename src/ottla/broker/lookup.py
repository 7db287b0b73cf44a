"""From a topic and an index to the partition that is open here, or to the error a client is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.storage.engine import Partition


def find_partition(broker: Broker, topic: str, index: int) -> Partition | ErrorCode:
    """The open partition, or UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER (exists, not open here), KAFKA_STORAGE_ERROR (offline)."""
    known = broker.catalogue.topics.get(topic)
    if known is None or not 0 <= index < len(known.partitions):
        return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    opened = broker.engine.topic_ids.get(known.topic_id, ())
    partition = opened[index] if index < len(opened) else None
    if partition is None:
        return ErrorCode.NOT_LEADER_OR_FOLLOWER
    return partition if partition.error is ErrorCode.NONE else ErrorCode.KAFKA_STORAGE_ERROR


def epoch_error(partition: Partition, current_leader_epoch: int) -> ErrorCode:
    """KIP-320: whether a client's idea of the leader epoch (-1: it has none) is behind or ahead of ours."""
    if current_leader_epoch == -1 or current_leader_epoch == partition.leader_epoch:
        return ErrorCode.NONE
    if current_leader_epoch < partition.leader_epoch:
        return ErrorCode.FENCED_LEADER_EPOCH
    return ErrorCode.UNKNOWN_LEADER_EPOCH
