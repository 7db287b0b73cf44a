"""Offsets sent with a transaction: stored as pending at once, settled when their transaction has ended.

Settling is one change of the catalogue: committed offsets replace what the group had, pending ones go. It may be asked for again at any
time; what is settled already is simply not there any more. It waits for pending offsets of the same producer and group that are still
being stored, so that none is left behind.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from ottla.base.errors import ErrorCode
from ottla.broker.groups.commits import failure
from ottla.broker.transactions.ports import (
    AnyChange,
    DeletePendingOffset,
    GroupOffsets,
    PendingOffsetRow,
    PutPendingOffset,
    TransactionCatalogue,
)
from ottla.catalogue.model import CatalogueError, OffsetRow, PutOffset
from ottla.rules.transactions.listing import offsets_partition
from ottla.rules.transactions.pending import Key, Pending, PendingOffsets, Settled
from ottla.rules.transactions.states import TopicPartition

log = logging.getLogger("ottla.transactions")

Told = Callable[[str, ErrorCode], None]
"""Called with a group and how telling it went."""


def submit(catalogue: TransactionCatalogue, changes: Sequence[AnyChange]) -> asyncio.Future[None]:
    """Hands changes to the catalogue; the future fails with CatalogueError even where the catalogue refuses at once."""
    try:
        return catalogue.commit(changes)
    except CatalogueError as exc:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        future.set_exception(exc)
        return future


class TransactionalOffsets:
    """The pending offsets of every group of this node. Lives on the event loop."""

    def __init__(self, catalogue: TransactionCatalogue, groups: GroupOffsets) -> None:
        self._catalogue = catalogue
        self._groups = groups
        self._store: PendingOffsets[OffsetRow] = PendingOffsets()
        self._storing: dict[tuple[str, int], int] = {}  # (group, producer id) -> commits on their way
        self._then: dict[tuple[str, int], list[Callable[[], None]]] = {}

    def load(self) -> None:
        """Reads every pending offset."""
        for row in self._catalogue.load_pending_offsets():
            self._store.put(_key(row), Pending(row.sequence, row.offset, row.is_superseded))

    @property
    def waiting(self) -> list[tuple[str, int]]:
        """(group, producer id) of everything that waits for an end."""
        return list(dict.fromkeys((key.group_id, key.producer_id) for key in self._store))

    def is_pending(self, group_id: str, topic: str, partition: int) -> bool:
        """Whether a reader who asked for stable offsets has to be told UNSTABLE_OFFSET_COMMIT."""
        return self._store.is_pending(group_id, topic, partition)

    def has_pending(self, group_id: str) -> bool:
        """Such a group stays, whatever its age."""
        return self._store.has_group(group_id) or any(group == group_id for group, _ in self._storing)

    # --- storing ------------------------------------------------------------------------------------------------------------

    def commit(
        self, group_id: str, producer_id: int, rows: Sequence[OffsetRow], done: Callable[[ErrorCode], None]
    ) -> None:
        """Stores offsets as pending, then calls `done` with NONE or COORDINATOR_NOT_AVAILABLE."""
        pending = [PendingOffsetRow(producer_id, self._store.next_sequence(), False, row) for row in rows]
        who = (group_id, producer_id)
        self._storing[who] = self._storing.get(who, 0) + 1

        def stored(future: asyncio.Future[None]) -> None:
            problem = failure(future)
            if problem is None:
                for row in pending:
                    if self._is_there(row.offset):
                        self._store.put(_key(row), Pending(row.sequence, row.offset))
            else:
                log.warning("offsets of group %r in a transaction could not be stored: %s", group_id, problem)
            self._stored(who)
            done(ErrorCode.NONE if problem is None else ErrorCode.COORDINATOR_NOT_AVAILABLE)

        submit(self._catalogue, [PutPendingOffset(row) for row in pending]).add_done_callback(stored)

    def _stored(self, who: tuple[str, int]) -> None:
        self._storing[who] -= 1
        if not self._storing[who]:
            del self._storing[who]
            for then in self._then.pop(who, ()):
                then()

    def _is_there(self, row: OffsetRow) -> bool:
        """Whether the topic an offset was sent for is still that topic."""
        topic = self._catalogue.topics.get(row.topic)
        return topic is not None and (row.topic_id is None or topic.topic_id == row.topic_id)

    def superseding(self, rows: Iterable[OffsetRow]) -> tuple[list[AnyChange], Callable[[], None]]:
        """For a plain commit of these offsets: what to store in the same change, and what to call when that is durable."""
        by_group: dict[str, list[TopicPartition]] = {}
        for row in rows:
            by_group.setdefault(row.group_id, []).append((row.topic, row.partition))
        found = [one for group_id, where in by_group.items() for one in self._store.supersede(group_id, where)]
        return [PutPendingOffset(_row(*one)) for one in found], lambda: self._store.mark(found)

    # --- settling -----------------------------------------------------------------------------------------------------------

    def settle(self, producer_id: int, group_ids: Iterable[str], *, is_commit: bool, told: Told) -> None:
        """Ends a producer's transaction for groups; `told` is called for each when that is durable, or failed."""
        for group_id in group_ids:
            self._settle(group_id, producer_id, is_commit, told)

    def _settle(self, group_id: str, producer_id: int, is_commit: bool, told: Told) -> None:
        who = (group_id, producer_id)
        if who in self._storing:
            self._then.setdefault(who, []).append(lambda: self._settle(group_id, producer_id, is_commit, told))
            return
        settled = self._store.settle(group_id, producer_id, is_commit=is_commit)
        if not settled.removed:
            told(group_id, ErrorCode.NONE)
            return
        rows = [row for _, row in settled.applied if self._is_there(row)]
        changes: list[AnyChange] = [PutOffset(row) for row in rows]
        changes += [DeletePendingOffset(*key) for key in settled.removed]
        changes += [PutPendingOffset(_row(*one)) for one in settled.superseded]

        def done(future: asyncio.Future[None]) -> None:
            problem = failure(future)
            if problem is None:
                self._applied(settled, rows)
                told(group_id, ErrorCode.NONE)
            else:
                log.warning("the end of a transaction could not be stored for group %r: %s", group_id, problem)
                told(group_id, ErrorCode.COORDINATOR_NOT_AVAILABLE)

        submit(self._catalogue, changes).add_done_callback(done)

    def _applied(self, settled: Settled[OffsetRow], rows: Sequence[OffsetRow]) -> None:
        self._store.apply(settled)
        self._groups.offsets_committed([row for row in rows if self._is_there(row)])

    # --- others' deletions --------------------------------------------------------------------------------------------------

    def groups_deleted(self, group_ids: Iterable[str]) -> None:
        """These groups are gone from the catalogue, their pending offsets with them."""
        for group_id in group_ids:
            self._store.remove_group(group_id)

    def topics_deleted(self, names: Iterable[str]) -> None:
        """These topics are gone from the catalogue, the pending offsets for them with them."""
        for name in names:
            self._store.remove_topic(name)

    def groups_in(self, offsets_partition_index: int, offsets_partitions: int, producer_id: int) -> list[str]:
        """The groups of a partition of Kafka's offsets topic for which this producer has offsets pending (WriteTxnMarkers)."""
        return [
            group_id
            for group_id in self._store.groups_of(producer_id)
            if offsets_partition(group_id, offsets_partitions) == offsets_partition_index
        ]


def _key(row: PendingOffsetRow) -> Key:
    return Key(row.offset.group_id, row.producer_id, row.offset.topic, row.offset.partition)


def _row(key: Key, pending: Pending[OffsetRow]) -> PendingOffsetRow:
    return PendingOffsetRow(key.producer_id, pending.sequence, pending.is_superseded, pending.value)
