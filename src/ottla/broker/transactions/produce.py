"""Whether Produce may write transactional batches: asked of the coordinator before the engine sees them (KIP-890).

Only batches that would begin their producer's transaction in a partition have to be asked about; where it is open already (same
producer and epoch), the partition knows. Before Produce 12 the client added the partition itself and is held to it; from 12 on the
request adds what it touches, durably, before a batch is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from ottla.base.errors import ErrorCode
from ottla.broker.transactions.coordinator import TransactionCoordinator
from ottla.rules.transactions.messages import Add, AddReply
from ottla.rules.transactions.states import EPOCH_BUMP_VERSION, TopicPartition
from ottla.rules.transactions.versions import IMPLICIT_SINCE, PRODUCE, produce_error


class Refused(NamedTuple):
    """Why a partition's batch is not written."""

    error: ErrorCode
    message: str | None


Refusals = Mapping[TopicPartition, Refused]
ALL_ADMITTED: Final[Refusals] = {}


def check_request(transactional_id: str | None, producer_ids: Sequence[int]) -> ErrorCode:
    """For a request with transactional batches of these producers: NONE, or what every partition is answered."""
    if transactional_id is None:
        return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    if len(set(producer_ids)) > 1:
        return ErrorCode.INVALID_PRODUCER_ID_MAPPING
    return ErrorCode.NONE


def is_verified(transactions: TransactionCoordinator, api_version: int) -> bool:
    """Whether the coordinator is asked at all."""
    return api_version >= IMPLICIT_SINCE[PRODUCE] or transactions.limits.verifies_partitions


def admit(
    transactions: TransactionCoordinator,
    api_version: int,
    transactional_id: str,
    producer_id: int,
    producer_epoch: int,
    partitions: Sequence[TopicPartition],
    on_added: Callable[[], None] | None = None,
) -> Refusals | asyncio.Future[Refusals]:
    """Whether the producer may begin its transaction in these partitions: who may not, at once or when it is known.

    `on_added` is called at the moment the partitions belong to the transaction, before anybody can end it. The future never fails. It is to
    be waited for before the connection's next request, or batches would overtake each other.
    """
    if not partitions:
        return ALL_ADMITTED
    if not is_verified(transactions, api_version):
        return ALL_ADMITTED
    if api_version < IMPLICIT_SINCE[PRODUCE]:
        verified = transactions.verify(transactional_id, producer_id, producer_epoch, partitions)
        return {where: Refused(*produce_error(api_version, error)) for where, error in verified.items() if error}

    future: asyncio.Future[Refusals] = asyncio.get_running_loop().create_future()

    def added(reply: AddReply) -> None:
        if future.done():
            return
        if reply.error:
            future.set_result(dict.fromkeys(partitions, Refused(*produce_error(api_version, reply.error))))
        else:
            if on_added is not None:
                on_added()
            future.set_result(ALL_ADMITTED)

    request = Add(producer_id, producer_epoch, frozenset(partitions), version=EPOCH_BUMP_VERSION)
    transactions.add(transactional_id, request, added)
    return future.result() if future.done() else future
