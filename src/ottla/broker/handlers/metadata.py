"""Metadata and DescribeTopicPartitions: which topics there are, and who leads their partitions.

Metadata 0-13. All topics: a null list, or at version 0 an empty one. By name, or from version 12 by id; when one entry has an id,
entries without one are left out, as in Kafka. A topic that does not exist is created when the request and `auto.create.topics.enable`
allow it; as with Kafka the answer to that request is UNKNOWN_TOPIC_OR_PARTITION all the same (a client that deleted a topic and looks
whether it is gone gets its answer), and who asks again finds it. Internal topics are not created that way. A partition whose storage
failed has no leader and LEADER_NOT_AVAILABLE.

DescribeTopicPartitions 0 (KIP-966): topics in order of name, at most `response_partition_limit` partitions (bounded by
`max.request.partition.size.limit`), a cursor to go on from. One replica makes no eligible leader replicas: those lists are empty.

Not done: authorisation (every operation is reported as allowed, as Kafka does without an authorizer).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.rules.topics import is_internal, name_fault
from ottla.wire.messages.describe_topic_partitions_request import DescribeTopicPartitionsRequest
from ottla.wire.messages.describe_topic_partitions_response import (
    Cursor,
    DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponsePartition,
    DescribeTopicPartitionsResponseTopic,
)
from ottla.wire.messages.metadata_request import MetadataRequest
from ottla.wire.messages.metadata_response import (
    MetadataResponse,
    MetadataResponseBroker,
    MetadataResponsePartition,
    MetadataResponseTopic,
)

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.catalogue.model import Topic
    from ottla.storage.engine import Partition

# Bits of AclOperation that a topic knows: read, write, create, delete, alter, describe, describe and alter configs.
TOPIC_OPERATIONS = sum(1 << code for code in (3, 4, 5, 6, 7, 8, 10, 11))
# Of the cluster: create, alter, describe, cluster action, describe and alter configs, idempotent write.
CLUSTER_OPERATIONS = sum(1 << code for code in (5, 7, 8, 9, 10, 11, 12))

_FIRST_BY_ID = 12


async def metadata(broker: Broker, request: Request, message: MetadataRequest) -> MetadataResponse:
    """Answers Metadata."""
    version = request.api_version
    everything = message.topics is None or (version == 0 and not message.topics)
    if message.topics is None or everything:
        topics = [_metadata_topic(broker, topic) for topic in broker.catalogue.topics.values()]
    elif version < _FIRST_BY_ID and any(one.name is None or one.topic_id != ZERO_UUID for one in message.topics):
        return _refused(message, ErrorCode.INVALID_REQUEST)
    else:
        ids = dict.fromkeys(one.topic_id for one in message.topics if one.topic_id != ZERO_UUID)
        if ids:
            topics = [_by_id(broker, topic_id) for topic_id in ids]
        else:
            names = dict.fromkeys(one.name for one in message.topics)
            topics = await _by_name(broker, names, create=message.allow_auto_topic_creation)
    if message.include_topic_authorized_operations:
        topics = [replace(one, topic_authorized_operations=TOPIC_OPERATIONS) for one in topics]
    out = MetadataResponse(
        brokers=[
            MetadataResponseBroker(node.node_id, node.host, node.port, node.rack)
            for node in broker.nodes(request.peer.listener).values()
        ],
        cluster_id=broker.cluster_id,
        controller_id=broker.node_id,
        topics=topics,
    )
    if message.include_cluster_authorized_operations:
        out.cluster_authorized_operations = CLUSTER_OPERATIONS
    return out


def _refused(message: MetadataRequest, error: ErrorCode) -> MetadataResponse:
    return MetadataResponse(
        topics=[MetadataResponseTopic(error, one.name or "", one.topic_id) for one in message.topics or ()],
        error_code=error,
    )


def _by_id(broker: Broker, topic_id: bytes) -> MetadataResponseTopic:
    topic = broker.catalogue.topic_ids.get(topic_id)
    if topic is None:
        return MetadataResponseTopic(ErrorCode.UNKNOWN_TOPIC_ID, None, topic_id)
    return _metadata_topic(broker, topic)


async def _by_name(broker: Broker, names: Iterable[str | None], *, create: bool) -> list[MetadataResponseTopic]:
    found = {name: None if name is None else broker.catalogue.topics.get(name) for name in names}
    missing = [name for name, topic in found.items() if name is not None and topic is None]
    if missing and create and broker.settings.bool("auto.create.topics.enable"):
        await broker.topics.auto_create(missing)
    out: list[MetadataResponseTopic] = []
    for name, topic in found.items():
        if topic is not None:
            out.append(_metadata_topic(broker, topic))
        elif name is None:
            out.append(MetadataResponseTopic(ErrorCode.INVALID_REQUEST, None))  # neither a name nor an id
        else:
            error = ErrorCode.INVALID_TOPIC_EXCEPTION if name_fault(name) else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            out.append(MetadataResponseTopic(error, name, is_internal=is_internal(name)))
    return out


def _metadata_topic(broker: Broker, topic: Topic) -> MetadataResponseTopic:
    """A topic as Metadata tells it: the same object from request to request while all its partitions are well, because a look costs
    0.1 µs a partition and building it 1 µs."""
    opened = broker.engine.topic_ids.get(topic.topic_id, ())
    ailing: set[int] = set()
    if not _all_well(opened, len(topic.partitions)):
        ailing = _ailing(broker, topic, opened)
    kept: tuple[Topic, int, MetadataResponseTopic] | None = broker.topics.views.get(topic.topic_id)
    if kept is not None and not ailing and kept[0] is topic and kept[1] == len(topic.partitions):
        return kept[2]
    view = MetadataResponseTopic(
        name=topic.name,
        topic_id=topic.topic_id,
        is_internal=topic.is_internal,
        partitions=[
            MetadataResponsePartition(
                error_code=ErrorCode.LEADER_NOT_AVAILABLE if one.index in ailing else ErrorCode.NONE,
                partition_index=one.index,
                leader_id=-1 if one.index in ailing else broker.owner(topic.topic_id, one.index),
                leader_epoch=one.leader_epoch,
                replica_nodes=list(one.replicas),
                isr_nodes=list(one.replicas),
                offline_replicas=list(one.replicas) if one.index in ailing else [],
            )
            for one in topic.partitions
        ],
    )
    if not ailing:
        broker.topics.views[topic.topic_id] = (topic, len(topic.partitions), view)
    return view


def _all_well(opened: Sequence[Partition | None], count: int) -> bool:
    for one in opened:
        if one is None or one.error is not ErrorCode.NONE:
            return False
    return len(opened) == count


def _ailing(broker: Broker, topic: Topic, opened: Sequence[Partition | None]) -> set[int]:
    """The partitions that should be open here and are not, or are offline."""
    ailing = {index for index, one in enumerate(opened) if one is None or one.error}
    ailing.update(range(len(opened), len(topic.partitions)))
    return {index for index in ailing if broker.owner(topic.topic_id, index) == broker.node_id}


def describe_topic_partitions(
    broker: Broker, request: Request, message: DescribeTopicPartitionsRequest
) -> DescribeTopicPartitionsResponse:
    """Answers DescribeTopicPartitions."""
    everything = not message.topics
    asked = broker.catalogue.topics if everything else {one.name for one in message.topics}
    cursor = message.cursor
    names = sorted(name for name in asked if cursor is None or name >= cursor.topic_name)
    if cursor is not None and (cursor.partition_index < 0 or (not everything and cursor.topic_name not in names[:1])):
        return DescribeTopicPartitionsResponse(
            topics=[DescribeTopicPartitionsResponseTopic(ErrorCode.INVALID_REQUEST, one.name) for one in message.topics]
        )
    bound = broker.settings.int("max.request.partition.size.limit")
    remaining = max(min(bound, message.response_partition_limit), 1)
    out = DescribeTopicPartitionsResponse()
    for name in names:
        if remaining == 0:
            out.next_cursor = Cursor(name, 0)
            break
        topic = broker.catalogue.topics.get(name)
        if topic is None:
            error = ErrorCode.INVALID_TOPIC_EXCEPTION if name_fault(name) else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            out.topics.append(
                DescribeTopicPartitionsResponseTopic(
                    error, name, is_internal=is_internal(name), topic_authorized_operations=TOPIC_OPERATIONS
                )
            )
            continue
        start = cursor.partition_index if cursor is not None and cursor.topic_name == name else 0
        view = _metadata_topic(broker, topic)
        out.topics.append(
            DescribeTopicPartitionsResponseTopic(
                name=name,
                topic_id=topic.topic_id,
                is_internal=topic.is_internal,
                partitions=[_described(one) for one in view.partitions[start : start + remaining]],
                topic_authorized_operations=TOPIC_OPERATIONS,
            )
        )
        if start + remaining < len(view.partitions):
            out.next_cursor = Cursor(name, start + remaining)
            break
        remaining -= len(out.topics[-1].partitions)
    return out


def _described(one: MetadataResponsePartition) -> DescribeTopicPartitionsResponsePartition:
    return DescribeTopicPartitionsResponsePartition(
        # Kafka leaves error_code at 0 here and says it with the leader alone.
        partition_index=one.partition_index,
        leader_id=one.leader_id,
        leader_epoch=one.leader_epoch,
        replica_nodes=one.replica_nodes,
        isr_nodes=one.isr_nodes,
        eligible_leader_replicas=[],
        last_known_elr=[],
        offline_replicas=one.offline_replicas,
    )
