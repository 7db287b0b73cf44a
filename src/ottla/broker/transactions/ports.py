"""What transactions need from the rest of the broker, as narrow as it is. See docs/decisions/0002-transactions.md."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from ottla.base.errors import ErrorCode
from ottla.catalogue.model import (
    Change,
    DeletePendingOffset,
    DeleteTransaction,
    OffsetRow,
    PendingOffsetRow,
    PutPendingOffset,
    PutTransaction,
    Topic,
    TransactionRow,
)
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.states import TopicPartition

# --- the catalogue ------------------------------------------------------------------------------------------------------------


AnyChange: TypeAlias = Change


class TransactionCatalogue(Protocol):
    """The part of the catalogue that transactions use."""

    @property
    def topics(self) -> Mapping[str, Topic]: ...

    def commit(self, changes: Sequence[AnyChange]) -> asyncio.Future[None]:
        """As `Catalogue.commit`: durable in one transaction, in the order handed in; raises CatalogueError, at once or from the future."""
        ...

    def load_transactions(self) -> Sequence[TransactionRow]:
        """Every transactional id, read once at start."""
        ...

    def load_pending_offsets(self) -> Sequence[PendingOffsetRow]:
        """Every pending offset, read once at start."""
        ...


# --- participants -------------------------------------------------------------------------------------------------------------


class MarkerWriter(Protocol):
    """Ends a producer's transaction in partitions: here by the engine, on another node by WriteTxnMarkers."""

    def write(
        self,
        marker: Marker,
        partitions: Sequence[TopicPartition],
        done: Callable[[Sequence[tuple[TopicPartition, ErrorCode]]], None],
    ) -> None:
        """Answers for every partition exactly once, in one call of `done` or in several, possibly before this returns.

        NONE: the marker is durable (or was before). A partition that does not exist is UNKNOWN_TOPIC_OR_PARTITION.
        """
        ...


class GroupOffsets(Protocol):
    """What the group coordinator does for offsets that come with a transaction."""

    @property
    def unavailable(self) -> ErrorCode:
        """What to answer while no group is served; NONE when all is well."""
        ...

    def check_transactional_commit(
        self, group_id: str, member_id: str, instance_id: str | None, generation_id: int
    ) -> ErrorCode:
        """Whether these offsets may be sent now. As `check_commit`, but a rebalance that is being completed does not matter, and neither
        does it that nobody is named in a group with members (TxnOffsetCommit before 3); ILLEGAL_GENERATION where there is no group.
        """
        ...

    def offsets_committed(self, rows: Sequence[OffsetRow]) -> None:
        """These offsets are durable: readers may see them."""
        ...


class ProducerIdSource(Protocol):
    def allocate(self) -> Awaitable[int]:
        """An id nobody had before. Raises CatalogueError."""
        ...


__all__ = [
    "AnyChange",
    "DeletePendingOffset",
    "DeleteTransaction",
    "GroupOffsets",
    "MarkerWriter",
    "PendingOffsetRow",
    "ProducerIdSource",
    "PutPendingOffset",
    "PutTransaction",
    "TransactionCatalogue",
    "TransactionRow",
]
