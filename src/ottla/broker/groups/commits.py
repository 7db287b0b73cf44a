"""Committed offsets on their way: handed to the catalogue at once, visible and answered when they are durable.

The catalogue resolves commits in the order they were handed in, so what is applied here follows the same order as what is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ottla.base.errors import ErrorCode
from ottla.catalogue.model import Catalogue, CatalogueError, Change, DeleteOffset, OffsetRow, PutOffset
from ottla.rules.groups.offsets import Committed, OffsetStore

log = logging.getLogger("ottla.groups")


def failure(future: asyncio.Future[None]) -> str | None:
    """Why a commit failed, None when it is durable."""
    if future.cancelled():
        return "the catalogue was closed"
    error = future.exception()
    if error is None:
        return None
    if not isinstance(error, CatalogueError):
        log.error("a commit to the catalogue failed unexpectedly", exc_info=error)
    return str(error) or type(error).__name__


class Transactional(Protocol):
    """Offsets that wait for the end of a transaction, as far as plain ones meet them."""

    def is_pending(self, group_id: str, topic: str, partition: int) -> bool: ...
    def has_pending(self, group_id: str) -> bool: ...
    def superseding(self, rows: Iterable[OffsetRow]) -> tuple[list[Change], Callable[[], None]]: ...
    def groups_deleted(self, group_ids: Iterable[str]) -> None: ...
    def topics_deleted(self, names: Iterable[str]) -> None: ...


class Commits:
    """The offsets of all groups. `store` holds what is durable."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.store = OffsetStore()
        self._catalogue = catalogue
        self.copy: Callable[[Sequence[Change], asyncio.Future[None]], None] | None = None  # to the offsets topic
        self.transactional: Transactional | None = None
        self._last: dict[str, asyncio.Future[None]] = {}  # a group's latest commit in flight

    def submit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        """Hands changes to the catalogue; the future fails with CatalogueError even where the catalogue refuses at once."""
        try:
            future = self._catalogue.commit(changes)
        except CatalogueError as exc:
            future = asyncio.get_running_loop().create_future()
            future.set_exception(exc)
            return future
        if self.copy is not None:
            self.copy(changes, future)
        return future

    def in_flight(self, group_id: str) -> bool:
        return group_id in self._last

    def commit(self, group_id: str, rows: list[OffsetRow], done: Callable[[ErrorCode], None]) -> None:
        """Makes one group's offsets durable, then visible, then calls `done` with NONE or COORDINATOR_NOT_AVAILABLE."""
        changes: list[Change] = [PutOffset(row) for row in rows]
        superseded: Callable[[], None] | None = None
        if self.transactional is not None:
            more, superseded = self.transactional.superseding(rows)
            changes += more
        future = self.submit(changes)
        self._last[group_id] = future

        def committed(future: asyncio.Future[None]) -> None:
            if self._last.get(group_id) is future:
                del self._last[group_id]
            problem = failure(future)
            if problem is None:
                if superseded is not None:
                    superseded()
                self._apply(rows)
                done(ErrorCode.NONE)
            else:
                log.warning("offsets of group %r could not be stored: %s", group_id, problem)
                done(ErrorCode.COORDINATOR_NOT_AVAILABLE)

        future.add_done_callback(committed)

    def committed_elsewhere(self, rows: list[OffsetRow]) -> None:
        """Offsets that someone else made durable (the end of a transaction) become visible."""
        self._apply(rows)

    def is_unstable(self, group_id: str, topic: str, partition: int) -> bool:
        """Whether a transaction that is not ended may still change this offset (KIP-447)."""
        return self.transactional is not None and self.transactional.is_pending(group_id, topic, partition)

    def _apply(self, rows: list[OffsetRow]) -> None:
        topics = self._catalogue.topics
        stale: list[Change] = []
        for row in rows:
            topic = topics.get(row.topic)
            if topic is not None and topic.topic_id == row.topic_id:
                self.store.put(row.group_id, row.topic, row.partition, row)
            else:
                # The topic was deleted while its offset was on the way: a later topic of that name must not find it.
                stale.append(DeleteOffset(row.group_id, row.topic, row.partition))
        if stale:
            self.submit(stale).add_done_callback(_log_failure)

    def delete(self, partitions: list[tuple[str, str, int]]) -> asyncio.Future[ErrorCode]:
        """Forgets offsets (group, topic, partition) durably, then in memory."""
        finished: asyncio.Future[ErrorCode] = asyncio.get_running_loop().create_future()

        def deleted(future: asyncio.Future[None]) -> None:
            problem = failure(future)
            if problem is None:
                for group_id, topic, partition in partitions:
                    self.store.remove(group_id, topic, partition)
            else:
                log.warning("offsets could not be deleted: %s", problem)
            if not finished.done():
                finished.set_result(ErrorCode.NONE if problem is None else ErrorCode.COORDINATOR_NOT_AVAILABLE)

        self.submit([DeleteOffset(*one) for one in partitions]).add_done_callback(deleted)
        return finished

    def when_settled(self, group_ids: Sequence[str], then: Callable[[], None]) -> bool:
        """True: nothing of these groups is in flight. False: `then` is called once that is so (`require_stable`, KIP-447)."""
        waiting = {self._last[group_id] for group_id in group_ids if group_id in self._last}
        if not waiting:
            return True
        left = len(waiting)

        def settled(_future: asyncio.Future[None]) -> None:
            nonlocal left
            left -= 1
            if not left:
                then()

        for future in waiting:
            future.add_done_callback(settled)
        return False

    def visible(self, group_id: str, topic: str, partition: int) -> Committed | None:
        """A durable offset, unless it was committed for an earlier topic of the same name."""
        found = self.store.get(group_id, topic, partition)
        if found is None or found.topic_id is None:
            return found
        now = self._catalogue.topics.get(topic)
        return found if now is None or now.topic_id == found.topic_id else None


def _log_failure(future: asyncio.Future[None]) -> None:
    problem = failure(future)
    if problem is not None:
        log.warning("offsets of a deleted topic could not be forgotten: %s", problem)
