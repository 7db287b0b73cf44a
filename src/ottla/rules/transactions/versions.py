"""The same refusal in the words that a request of some version understands.

The coordinator decides in today's words (PRODUCER_FENCED, TRANSACTION_ABORTABLE); older clients know others, or take them for something
else. Sources: KIP-588 (PRODUCER_FENCED), KIP-890 (TRANSACTION_ABORTABLE), and what Kafka 4.3.1 answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ottla.base.errors import ErrorCode

PRODUCE: Final = 0
_INIT: Final = 22
_ADD_PARTITIONS: Final = 24
_ADD_OFFSETS: Final = 25
_END: Final = 26
_TXN_OFFSET_COMMIT: Final = 28

FENCED_SINCE: Final[Mapping[int, int]] = {_INIT: 4, _ADD_PARTITIONS: 2, _ADD_OFFSETS: 2, _END: 2}
"""API key -> the first version whose clients know PRODUCER_FENCED; before, it is INVALID_PRODUCER_EPOCH."""

ABORTABLE_SINCE: Final[Mapping[int, int]] = {PRODUCE: 11, _TXN_OFFSET_COMMIT: 4}
"""API key -> the first version whose clients know TRANSACTION_ABORTABLE; before, it is INVALID_TXN_STATE."""

IMPLICIT_SINCE: Final[Mapping[int, int]] = {PRODUCE: 12, _TXN_OFFSET_COMMIT: 5}
"""API key -> the first version whose requests add what they touch to the transaction (KIP-890); before, they are verified."""

BATCHED_ADD_SINCE: Final = 4
"""AddPartitionsToTxn from this version on comes from brokers, for many transactions, and may ask to verify only."""
EPOCH_BUMP_END_SINCE: Final = 5
"""EndTxn from this version on raises the epoch and tells the new one."""

_NOT_NOW: Final = frozenset(
    (
        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
        ErrorCode.COORDINATOR_NOT_AVAILABLE,
        ErrorCode.NOT_COORDINATOR,
        ErrorCode.NETWORK_EXCEPTION,
    )
)


def coordinator_error(api_key: int, version: int, error: ErrorCode) -> ErrorCode:
    """An error of InitProducerId, AddPartitionsToTxn, AddOffsetsToTxn or EndTxn."""
    if error is ErrorCode.PRODUCER_FENCED and version < FENCED_SINCE[api_key]:
        return ErrorCode.INVALID_PRODUCER_EPOCH
    return error


def produce_error(version: int, error: ErrorCode) -> tuple[ErrorCode, str | None]:
    """Why a partition's transactional batch cannot be written, as Produce says it: code and message.

    Producers expect INVALID_PRODUCER_EPOCH here and abort; what will pass is NOT_ENOUGH_REPLICAS, which every client retries without
    asking for metadata first. CONCURRENT_TRANSACTIONS is retried by those who add partitions implicitly.
    """
    if error is ErrorCode.PRODUCER_FENCED:
        return ErrorCode.INVALID_PRODUCER_EPOCH, None
    if error is ErrorCode.TRANSACTION_ABORTABLE and version < ABORTABLE_SINCE[PRODUCE]:
        error = ErrorCode.INVALID_TXN_STATE
    if error is ErrorCode.INVALID_TXN_STATE:
        return error, "Partition was not added to the transaction"
    if error in _NOT_NOW or (error is ErrorCode.CONCURRENT_TRANSACTIONS and version < IMPLICIT_SINCE[PRODUCE]):
        return (
            ErrorCode.NOT_ENOUGH_REPLICAS,
            f"Unable to verify the partition has been added to the transaction. Underlying error: {error.name}",
        )
    return error, None


def offset_commit_error(version: int, error: ErrorCode) -> ErrorCode:
    """Why offsets cannot be committed with a transaction, as TxnOffsetCommit says it."""
    if error is ErrorCode.PRODUCER_FENCED:
        return ErrorCode.INVALID_PRODUCER_EPOCH
    if error is ErrorCode.TRANSACTION_ABORTABLE and version < ABORTABLE_SINCE[_TXN_OFFSET_COMMIT]:
        return ErrorCode.INVALID_TXN_STATE
    if error is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS and version < 2:
        return ErrorCode.COORDINATOR_NOT_AVAILABLE  # KAFKA-7296: clients before 2.0 fail on the other
    return error
