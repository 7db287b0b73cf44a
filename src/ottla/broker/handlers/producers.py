"""InitProducerId and DescribeProducers.

InitProducerId 0-5, for idempotent producers: a producer without a transactional id always gets a fresh id and epoch 0, whatever it says
it had (KIP-360 bumps epochs of transactional ids only); an id without an epoch, or the other way round, is INVALID_REQUEST.
DescribeProducers 0 (KIP-664).

With a transactional id the transaction coordinator answers (see `transactions`).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.broker.handlers.transactions import init_transactional
from ottla.broker.lookup import find_partition
from ottla.catalogue.model import CatalogueError
from ottla.rules.topics import name_fault
from ottla.wire.messages.describe_producers_request import DescribeProducersRequest
from ottla.wire.messages.describe_producers_response import (
    DescribeProducersResponse,
    PartitionResponse,
    ProducerState,
    TopicResponse,
)
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from ottla.wire.messages.init_producer_id_response import InitProducerIdResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

log = logging.getLogger("ottla.broker.producers")


async def init_producer_id(broker: Broker, request: Request, message: InitProducerIdRequest) -> InitProducerIdResponse:
    """Answers InitProducerId."""
    if (message.producer_id == -1) != (message.producer_epoch == -1):
        return _refused(ErrorCode.INVALID_REQUEST)
    if message.transactional_id is not None:
        if not message.transactional_id:
            return _refused(ErrorCode.INVALID_REQUEST)
        return await init_transactional(broker, request, message)
    try:
        producer_id = await broker.producer_ids.allocate()
    except CatalogueError as problem:
        log.warning("no producer id: %s", problem)
        return _refused(ErrorCode.COORDINATOR_NOT_AVAILABLE)  # retriable in every client
    return InitProducerIdResponse(producer_id=producer_id, producer_epoch=0)


def _refused(error: ErrorCode) -> InitProducerIdResponse:
    return InitProducerIdResponse(error_code=error, producer_id=-1, producer_epoch=-1)


def describe_producers(
    broker: Broker, request: Request, message: DescribeProducersRequest
) -> DescribeProducersResponse:
    """Answers DescribeProducers."""
    return DescribeProducersResponse(
        topics=[
            TopicResponse(topic.name, [_producers(broker, topic.name, index) for index in topic.partition_indexes])
            for topic in message.topics
        ]
    )


def _producers(broker: Broker, topic: str, index: int) -> PartitionResponse:
    fault = name_fault(topic)
    if fault is not None:
        return PartitionResponse(index, ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
    if topic not in broker.catalogue.topics:
        return PartitionResponse(
            index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition."
        )
    partition = find_partition(broker, topic, index)
    if isinstance(partition, ErrorCode):
        return PartitionResponse(index, partition)
    return PartitionResponse(
        index,
        active_producers=[
            ProducerState(
                producer_id=one.producer_id,
                producer_epoch=one.producer_epoch,
                last_sequence=one.last_sequence,
                last_timestamp=one.last_timestamp_ms,
                coordinator_epoch=one.coordinator_epoch,
                current_txn_start_offset=one.current_txn_start_offset,
            )
            for one in broker.engine.producers(partition)
        ],
    )
