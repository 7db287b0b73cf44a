"""Transactions' APIs: AddPartitionsToTxn 0-5, AddOffsetsToTxn 0-4, EndTxn 0-5, TxnOffsetCommit 0-5, WriteTxnMarkers 1-2,
DescribeTransactions 0, ListTransactions 0-2, and InitProducerId with a transactional id.

AddPartitionsToTxn before 4 comes from clients, for one transaction; one partition that does not exist fails all (the others are answered
OPERATION_NOT_ATTEMPTED). From 4 on it carries many transactions and may ask to verify only. EndTxn from 5 on raises the producer's epoch
and tells it. TxnOffsetCommit from 5 on adds its group to the transaction, before that the group must have been added. WriteTxnMarkers
comes from coordinators on other nodes and from tools that abort a hanging transaction; a partition of Kafka's offsets topic stands for the
groups in it. Which words a version knows: `rules.transactions.versions`.

Not done: authorisation; quotas.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from ottla.base.errors import ErrorCode
from ottla.catalogue.model import OffsetRow, Topic
from ottla.rules.transactions.listing import OFFSETS_TOPIC, Filter, describe
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.messages import Add, AddReply, End, EndReply, Init, InitReply
from ottla.rules.transactions.pattern import PatternError
from ottla.rules.transactions.states import EPOCH_BUMP_VERSION, TopicPartition
from ottla.rules.transactions.versions import (
    BATCHED_ADD_SINCE,
    EPOCH_BUMP_END_SINCE,
    IMPLICIT_SINCE,
    coordinator_error,
    offset_commit_error,
)
from ottla.wire.messages.add_offsets_to_txn_request import AddOffsetsToTxnRequest
from ottla.wire.messages.add_offsets_to_txn_response import AddOffsetsToTxnResponse
from ottla.wire.messages.add_partitions_to_txn_request import (
    AddPartitionsToTxnRequest,
    AddPartitionsToTxnTopic,
    AddPartitionsToTxnTransaction,
)
from ottla.wire.messages.add_partitions_to_txn_response import (
    AddPartitionsToTxnPartitionResult,
    AddPartitionsToTxnResponse,
    AddPartitionsToTxnResult,
    AddPartitionsToTxnTopicResult,
)
from ottla.wire.messages.describe_transactions_request import DescribeTransactionsRequest
from ottla.wire.messages.describe_transactions_response import DescribeTransactionsResponse, TopicData
from ottla.wire.messages.describe_transactions_response import TransactionState as DescribedState
from ottla.wire.messages.end_txn_request import EndTxnRequest
from ottla.wire.messages.end_txn_response import EndTxnResponse
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from ottla.wire.messages.init_producer_id_response import InitProducerIdResponse
from ottla.wire.messages.list_transactions_request import ListTransactionsRequest
from ottla.wire.messages.list_transactions_response import ListTransactionsResponse
from ottla.wire.messages.list_transactions_response import TransactionState as ListedState
from ottla.wire.messages.txn_offset_commit_request import TxnOffsetCommitRequest
from ottla.wire.messages.txn_offset_commit_response import (
    TxnOffsetCommitResponse,
    TxnOffsetCommitResponsePartition,
    TxnOffsetCommitResponseTopic,
)
from ottla.wire.messages.write_txn_markers_request import WritableTxnMarker, WriteTxnMarkersRequest
from ottla.wire.messages.write_txn_markers_response import (
    WritableTxnMarkerPartitionResult,
    WritableTxnMarkerResult,
    WritableTxnMarkerTopicResult,
    WriteTxnMarkersResponse,
)

if TYPE_CHECKING:
    from ottla.base.clock import Clock
    from ottla.broker.request import Request
    from ottla.broker.transactions.coordinator import TransactionCoordinator
    from ottla.broker.transactions.ports import GroupOffsets, MarkerWriter

_INIT = 22
_ADD_PARTITIONS = 24
_ADD_OFFSETS = 25
_END = 26
_TXN_OFFSET_COMMIT = 28
_LIST_SLICE = 2000
"""Transactional ids looked at in one turn of the loop."""

T = TypeVar("T")
R = TypeVar("R")


class Topics(Protocol):
    @property
    def topics(self) -> Mapping[str, Topic]: ...


class ReadsInt(Protocol):
    def int(self, key: str) -> int: ...


class TransactionalBroker(Protocol):
    """What of the broker is used here."""

    @property
    def transactions(self) -> TransactionCoordinator: ...
    @property
    def markers(self) -> MarkerWriter: ...
    @property
    def groups(self) -> GroupOffsets: ...
    @property
    def catalogue(self) -> Topics: ...
    @property
    def settings(self) -> ReadsInt: ...
    @property
    def clock(self) -> Clock: ...


async def _reply(call: Callable[[str, T, Callable[[R], None]], None], transactional_id: str, request: T) -> R:
    """A coordinator's answer, waited for."""
    future: asyncio.Future[R] = asyncio.get_running_loop().create_future()

    def answer(reply: R) -> None:
        if not future.done():
            future.set_result(reply)

    call(transactional_id, request, answer)
    return await future


def _exists(broker: TransactionalBroker, where: TopicPartition) -> bool:
    topic = broker.catalogue.topics.get(where[0])
    return topic is not None and 0 <= where[1] < len(topic.partitions)


# --- the producer -------------------------------------------------------------------------------------------------------------


async def init_transactional(
    broker: TransactionalBroker, request: Request, message: InitProducerIdRequest
) -> InitProducerIdResponse:
    """Answers InitProducerId for a transactional id (`message.transactional_id` is not None)."""
    no_id, no_epoch = message.producer_id == -1, message.producer_epoch == -1
    if no_id != no_epoch:
        return _init_response(request, InitReply(ErrorCode.INVALID_REQUEST))
    init = Init(message.transaction_timeout_ms, None if no_id else (message.producer_id, message.producer_epoch))
    reply: InitReply = await _reply(broker.transactions.init, message.transactional_id or "", init)
    return _init_response(request, reply)


def _init_response(request: Request, reply: InitReply) -> InitProducerIdResponse:
    return InitProducerIdResponse(
        error_code=coordinator_error(_INIT, request.api_version, reply.error),
        producer_id=reply.producer_id,
        producer_epoch=reply.producer_epoch,
    )


async def add_partitions_to_txn(
    broker: TransactionalBroker, request: Request, message: AddPartitionsToTxnRequest
) -> AddPartitionsToTxnResponse:
    """Answers AddPartitionsToTxn."""
    version = request.api_version
    if version >= BATCHED_ADD_SINCE:
        results = await asyncio.gather(*(_add_partitions(broker, version, one) for one in message.transactions))
        return AddPartitionsToTxnResponse(results_by_transaction=list(results))
    only = AddPartitionsToTxnTransaction(
        message.v3_and_below_transactional_id,
        message.v3_and_below_producer_id,
        message.v3_and_below_producer_epoch,
        topics=message.v3_and_below_topics,
    )
    result = await _add_partitions(broker, version, only)
    return AddPartitionsToTxnResponse(results_by_topic_v3_and_below=result.topic_results)


async def _add_partitions(
    broker: TransactionalBroker, version: int, asked: AddPartitionsToTxnTransaction
) -> AddPartitionsToTxnResult:
    partitions = [(topic.name, index) for topic in asked.topics for index in topic.partitions]
    missing = {where for where in partitions if not _exists(broker, where)}
    if missing:
        return _add_result(
            asked,
            lambda where: (
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION if where in missing else ErrorCode.OPERATION_NOT_ATTEMPTED
            ),
        )
    if asked.verify_only:
        verified = broker.transactions.verify(
            asked.transactional_id, asked.producer_id, asked.producer_epoch, partitions
        )
        return _add_result(asked, verified.__getitem__)
    add = Add(
        asked.producer_id,
        asked.producer_epoch,
        frozenset(partitions),
        version=EPOCH_BUMP_VERSION if version >= BATCHED_ADD_SINCE else 0,
    )
    reply: AddReply = await _reply(broker.transactions.add, asked.transactional_id, add)
    error = coordinator_error(_ADD_PARTITIONS, version, reply.error)
    return _add_result(asked, lambda where: error)


def _add_result(
    asked: AddPartitionsToTxnTransaction, error_of: Callable[[TopicPartition], ErrorCode]
) -> AddPartitionsToTxnResult:
    def topic_result(topic: AddPartitionsToTxnTopic) -> AddPartitionsToTxnTopicResult:
        return AddPartitionsToTxnTopicResult(
            topic.name,
            [AddPartitionsToTxnPartitionResult(index, error_of((topic.name, index))) for index in topic.partitions],
        )

    return AddPartitionsToTxnResult(asked.transactional_id, [topic_result(topic) for topic in asked.topics])


async def add_offsets_to_txn(
    broker: TransactionalBroker, request: Request, message: AddOffsetsToTxnRequest
) -> AddOffsetsToTxnResponse:
    """Answers AddOffsetsToTxn."""
    add = Add(message.producer_id, message.producer_epoch, groups=frozenset((message.group_id,)))
    reply: AddReply = await _reply(broker.transactions.add, message.transactional_id, add)
    return AddOffsetsToTxnResponse(error_code=coordinator_error(_ADD_OFFSETS, request.api_version, reply.error))


async def end_txn(broker: TransactionalBroker, request: Request, message: EndTxnRequest) -> EndTxnResponse:
    """Answers EndTxn when the decision is durable; participants may learn of it a moment later."""
    version = EPOCH_BUMP_VERSION if request.api_version >= EPOCH_BUMP_END_SINCE else 0
    end = End(message.producer_id, message.producer_epoch, message.committed, version)
    reply: EndReply = await _reply(broker.transactions.end, message.transactional_id, end)
    return EndTxnResponse(
        error_code=coordinator_error(_END, request.api_version, reply.error),
        producer_id=reply.producer_id,
        producer_epoch=reply.producer_epoch,
    )


# --- offsets ------------------------------------------------------------------------------------------------------------------


async def txn_offset_commit(
    broker: TransactionalBroker, request: Request, message: TxnOffsetCommitRequest
) -> TxnOffsetCommitResponse:
    """Answers TxnOffsetCommit when the offsets are stored as pending."""
    response = TxnOffsetCommitResponse()
    rows: list[tuple[OffsetRow, TxnOffsetCommitResponsePartition]] = []
    now_ms = broker.clock.now_ms()
    for asked in message.topics:
        topic = broker.catalogue.topics.get(asked.name)
        answered = TxnOffsetCommitResponseTopic(asked.name)
        response.topics.append(answered)
        for one in asked.partitions:
            part = TxnOffsetCommitResponsePartition(one.partition_index)
            answered.partitions.append(part)
            if topic is None or not 0 <= one.partition_index < len(topic.partitions):
                part.error_code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                continue
            row = OffsetRow(
                message.group_id,
                topic.name,
                one.partition_index,
                one.committed_offset,
                one.committed_leader_epoch,
                one.committed_metadata or "",
                now_ms,
                topic_id=topic.topic_id,
            )
            rows.append((row, part))
    if not rows:
        return response
    refusal = await _may_commit(broker, request.api_version, message)
    if refusal:
        for _, part in rows:
            part.error_code = refusal
        return response
    metadata_max = broker.settings.int("offset.metadata.max.bytes")
    for row, part in rows:
        if len(row.metadata) > metadata_max:
            part.error_code = ErrorCode.OFFSET_METADATA_TOO_LARGE
    stored = [(row, part) for row, part in rows if not part.error_code]
    if stored:
        error = await _store(broker, message, [row for row, _ in stored])
        for _, part in stored:
            part.error_code = offset_commit_error(request.api_version, error)
    return response


async def _may_commit(broker: TransactionalBroker, version: int, message: TxnOffsetCommitRequest) -> ErrorCode:
    """NONE, or what every partition is answered: first the transaction is asked, then the group."""
    groups = broker.groups
    if groups.unavailable:
        return offset_commit_error(version, groups.unavailable)
    if not message.group_id:
        return ErrorCode.INVALID_GROUP_ID
    transactions = broker.transactions
    producer = (message.producer_id, message.producer_epoch)
    if version >= IMPLICIT_SINCE[_TXN_OFFSET_COMMIT]:
        add = Add(*producer, groups=frozenset((message.group_id,)), version=EPOCH_BUMP_VERSION)
        reply: AddReply = await _reply(transactions.add, message.transactional_id, add)
        error = reply.error
    elif transactions.limits.verifies_partitions:
        error = transactions.verify_group(message.transactional_id, *producer, message.group_id)
    else:
        error = ErrorCode.NONE
    if error:
        return offset_commit_error(version, error)
    return groups.check_transactional_commit(
        message.group_id, message.member_id, message.group_instance_id, message.generation_id
    )


async def _store(broker: TransactionalBroker, message: TxnOffsetCommitRequest, rows: Sequence[OffsetRow]) -> ErrorCode:
    future: asyncio.Future[ErrorCode] = asyncio.get_running_loop().create_future()

    def done(error: ErrorCode) -> None:
        if not future.done():
            future.set_result(error)

    broker.transactions.offsets.commit(message.group_id, message.producer_id, rows, done)
    return await future


# --- markers ------------------------------------------------------------------------------------------------------------------


async def write_txn_markers(
    broker: TransactionalBroker, request: Request, message: WriteTxnMarkersRequest
) -> WriteTxnMarkersResponse:
    """Answers WriteTxnMarkers when the markers are durable."""
    errors = await asyncio.gather(*(_write_marker(broker, marker) for marker in message.markers))
    by_producer: dict[int, dict[TopicPartition, ErrorCode]] = {}
    for marker, found in zip(message.markers, errors, strict=True):
        by_producer.setdefault(marker.producer_id, {}).update(found)
    return WriteTxnMarkersResponse(
        markers=[
            WritableTxnMarkerResult(producer_id, _marker_results(found)) for producer_id, found in by_producer.items()
        ]
    )


def _marker_results(errors: Mapping[TopicPartition, ErrorCode]) -> list[WritableTxnMarkerTopicResult]:
    topics: dict[str, WritableTxnMarkerTopicResult] = {}
    for (name, index), error in errors.items():
        if name not in topics:
            topics[name] = WritableTxnMarkerTopicResult(name)
        topics[name].partitions.append(WritableTxnMarkerPartitionResult(index, error))
    return list(topics.values())


async def _write_marker(broker: TransactionalBroker, asked: WritableTxnMarker) -> dict[TopicPartition, ErrorCode]:
    """Everyone this marker is for, and how it went."""
    marker = Marker(
        asked.producer_id,
        asked.producer_epoch,
        asked.coordinator_epoch,
        asked.transaction_result,
        asked.transaction_version,
    )
    partitions: list[TopicPartition] = []
    groups: dict[str, TopicPartition] = {}
    errors: dict[TopicPartition, ErrorCode] = {}
    count = broker.settings.int("offsets.topic.num.partitions")
    for topic in asked.topics:
        for index in topic.partition_indexes:
            where = (topic.name, index)
            if topic.name == OFFSETS_TOPIC and 0 <= index < count and not _exists(broker, where):
                # Nobody but the groups in it needs to be told; the topic itself does not exist here.
                errors[where] = ErrorCode.NONE
                found = broker.transactions.offsets.groups_in(index, count, asked.producer_id)
                groups.update(dict.fromkeys(found, where))
            elif _exists(broker, where):
                partitions.append(where)
            else:
                errors[where] = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    left = len(partitions) + len(groups)
    if not left:
        return errors
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def told(results: Iterable[tuple[TopicPartition, ErrorCode]]) -> None:
        nonlocal left
        for where, error in results:
            errors[where] = error or errors.get(where, ErrorCode.NONE)
            left -= 1
        if not left and not future.done():
            future.set_result(None)

    if partitions:
        broker.markers.write(marker, partitions, told)
    if groups:
        broker.transactions.offsets.settle(
            asked.producer_id,
            groups,
            is_commit=asked.transaction_result,
            # Coordinators expect a partition's errors, not a group's: this one has them ask again (Kafka says the same).
            told=lambda group_id, error: told(
                [(groups[group_id], ErrorCode.NOT_LEADER_OR_FOLLOWER if error else ErrorCode.NONE)]
            ),
        )
    await future
    return errors


# --- looking ------------------------------------------------------------------------------------------------------------------


def describe_transactions(
    broker: TransactionalBroker, request: Request, message: DescribeTransactionsRequest
) -> DescribeTransactionsResponse:
    """Answers DescribeTransactions."""
    return DescribeTransactionsResponse(
        transaction_states=[_described(broker, transactional_id) for transactional_id in message.transactional_ids]
    )


def _described(broker: TransactionalBroker, transactional_id: str) -> DescribedState:
    facts = broker.transactions.describe(transactional_id)
    if isinstance(facts, ErrorCode):
        return DescribedState(error_code=facts, transactional_id=transactional_id)
    found = describe(facts, broker.settings.int("offsets.topic.num.partitions"))
    return DescribedState(
        transactional_id=transactional_id,
        transaction_state=found.state,
        transaction_timeout_ms=found.timeout_ms,
        transaction_start_time_ms=found.started_ms,
        producer_id=found.producer_id,
        producer_epoch=found.producer_epoch,
        topics=[TopicData(topic, list(partitions)) for topic, partitions in found.topics],
    )


async def list_transactions(
    broker: TransactionalBroker, request: Request, message: ListTransactionsRequest
) -> ListTransactionsResponse:
    """Answers ListTransactions; a slice at a time, so that half a million ids do not hold everyone else up."""
    if broker.transactions.unavailable:
        return ListTransactionsResponse(error_code=broker.transactions.unavailable)
    try:
        wanted = Filter.read(
            message.state_filters,
            message.producer_id_filters,
            message.duration_filter,
            message.transactional_id_pattern,
        )
    except PatternError:
        return ListTransactionsResponse(error_code=ErrorCode.INVALID_REGULAR_EXPRESSION)
    now_ms = broker.clock.now_ms()
    found = []
    for at, (transactional_id, facts) in enumerate(broker.transactions.known(), 1):
        if wanted.lets_through(transactional_id, facts, now_ms):
            found.append(ListedState(transactional_id, facts.producer_id, facts.state.label))
        if not at % _LIST_SLICE:
            await asyncio.sleep(0)
    return ListTransactionsResponse(unknown_state_filters=list(wanted.unknown_states), transaction_states=found)
