"""Markers: what one says, when a partition takes it, and what the coordinator makes of the answer.

A marker ends a producer's transaction in one partition. It is written by whoever is the coordinator, so a partition remembers the
coordinator's epoch with each producer and refuses an older one (a zombie). The producer's epoch in a marker of transaction protocol 2
was raised for it, so only a higher one than the partition knows can be meant (KIP-1228, KIP-890); where it is the same, the marker is the
retry of one that was written, or of a transaction that never wrote here, and is written again, which changes nothing.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.states import EPOCH_BUMP_VERSION, MAX_EPOCH


class Marker(NamedTuple):
    """The end of a producer's transaction, for any number of partitions."""

    producer_id: int
    producer_epoch: int
    coordinator_epoch: int
    is_commit: bool
    version: int = 0
    """The transaction protocol version by which it was decided."""


class Known(NamedTuple):
    """What a partition knows of a producer when a marker comes. -1: never heard of one."""

    producer_epoch: int = -1
    coordinator_epoch: int = -1
    is_open: bool = False


def check_marker(marker: Marker, known: Known) -> tuple[ErrorCode, str | None]:
    """Whether a partition takes a marker: NONE, INVALID_PRODUCER_EPOCH or TRANSACTION_COORDINATOR_FENCED, and why not."""
    epoch = marker.producer_epoch
    is_raised = marker.version >= EPOCH_BUMP_VERSION
    if epoch < known.producer_epoch or (
        is_raised and epoch == known.producer_epoch and known.is_open and epoch != MAX_EPOCH
    ):
        return (
            ErrorCode.INVALID_PRODUCER_EPOCH,
            f"Epoch of producer {marker.producer_id} is {epoch}, which is smaller than {'or equal to ' if is_raised else ''}"
            f"the last seen epoch {known.producer_epoch}",
        )
    if marker.coordinator_epoch < known.coordinator_epoch:
        return (
            ErrorCode.TRANSACTION_COORDINATOR_FENCED,
            f"Invalid coordinator epoch for producer {marker.producer_id}: {marker.coordinator_epoch} (zombie), "
            f"{known.coordinator_epoch} (current)",
        )
    return ErrorCode.NONE, None


class Verdict(Enum):
    """What the coordinator does about a participant's answer."""

    TOLD = "told"
    GONE = "gone"  # it will never answer otherwise, and needs no telling
    AGAIN = "again"


_VERDICTS: Final = {
    ErrorCode.NONE: Verdict.TOLD,
    # The partition saw a later epoch of this producer, or a later coordinator: whatever this transaction wrote there has been ended
    # since. Kafka stops telling everyone then and leaves the transaction prepared until somebody looks (KAFKA-19999).
    ErrorCode.INVALID_PRODUCER_EPOCH: Verdict.GONE,
    ErrorCode.TRANSACTION_COORDINATOR_FENCED: Verdict.GONE,
    ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT: Verdict.GONE,
    ErrorCode.UNSUPPORTED_VERSION: Verdict.GONE,
}


def verdict(error: ErrorCode, *, exists: bool) -> Verdict:
    """`exists`: the partition (still) does. A deleted one needs no marker; one that cannot be reached now is told again later."""
    if not exists:
        return Verdict.GONE
    return _VERDICTS.get(error, Verdict.AGAIN)


RETRY_FIRST_MS: Final = 20
RETRY_MOST_MS: Final = 5000


def retry_after_ms(attempt: int) -> int:
    """How long to wait before telling again, after the `attempt`-th answer that was none (from 1)."""
    return min(RETRY_FIRST_MS << min(attempt - 1, 16), RETRY_MOST_MS)
