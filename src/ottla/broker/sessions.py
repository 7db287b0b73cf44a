"""Fetch sessions (KIP-227): what a consumer fetches, remembered between its requests.

A session also watches its partitions, so that a long poll costs nothing per partition: an append marks the partition `ready`, and an
incremental fetch looks at the ready ones only. `ready` is a superset of the partitions that have something to say; a partition leaves
it when it was looked at and had nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode

if TYPE_CHECKING:
    from ottla.broker.request import Peer
    from ottla.storage.engine import Cancel, Engine, Partition
    from ottla.wire.hot_fetch import Asked, FetchCall, FetchPartition

Key = str | bytes

INITIAL_EPOCH = 0
FINAL_EPOCH = -1
_EPOCH_MAX = (1 << 31) - 1


class Item:
    """One partition of a fetch, and what the client was last told of it."""

    __slots__ = (
        "cancel",
        "index",
        "key",
        "last_fetched_epoch",
        "leader_epoch",
        "max_bytes",
        "offset",
        "partition",
        "sent_high_watermark",
        "sent_log_start",
    )

    def __init__(self, key: Key, wanted: FetchPartition) -> None:
        self.key = key
        self.index = wanted.partition
        self.partition: Partition | None = None
        self.cancel: Cancel | None = None
        self.sent_high_watermark = -1
        self.sent_log_start = -1
        self.update(wanted)

    def update(self, wanted: FetchPartition) -> None:
        self.leader_epoch = wanted.current_leader_epoch
        self.offset = wanted.fetch_offset
        self.last_fetched_epoch = wanted.last_fetched_epoch
        self.max_bytes = wanted.max_bytes


def resolve(engine: Engine, item: Item) -> Partition | None:
    """The open partition an item means now: a topic may have been deleted, or made again, since the last look."""
    partitions = engine.topics.get(item.key) if isinstance(item.key, str) else engine.topic_ids.get(item.key)
    found = partitions[item.index] if partitions is not None and 0 <= item.index < len(partitions) else None
    if found is not item.partition:
        item.partition = found
        item.sent_high_watermark = item.sent_log_start = -1
    return found


class Session:
    """A client's set of partitions. `on_ready` is set while a fetch of this session waits."""

    __slots__ = (
        "asked",
        "engine",
        "epoch",
        "items",
        "last_used_ms",
        "on_ready",
        "peer",
        "ready",
        "session_id",
        "uses_ids",
        "watching",
    )

    def __init__(self, engine: Engine, session_id: int, uses_ids: bool) -> None:
        self.engine = engine
        self.session_id = session_id
        self.uses_ids = uses_ids
        self.epoch = 1
        self.asked: Asked | None = None  # the latest request, when it changed nothing
        self.items: dict[tuple[Key, int], Item] = {}
        self.ready: dict[Item, None] = {}
        self.on_ready: Callable[[], None] | None = None
        self.last_used_ms = 0
        self.peer: Peer | None = None
        self.watching = False

    def add(self, item: Item) -> None:
        self.items[item.key, item.index] = item
        self.ready[item] = None

    def apply(self, call: FetchCall) -> None:
        """The request's changes: new and moved partitions, then the forgotten ones."""
        for key, partitions in call.topics:
            for wanted in partitions:
                item = self.items.get((key, wanted.partition))
                if item is None:
                    item = Item(key, wanted)
                    self.items[key, wanted.partition] = item
                else:
                    item.update(wanted)
                self.ready[item] = None
        for key, indexes in call.forgotten:
            for index in indexes:
                item = self.items.pop((key, index), None)
                if item is not None:
                    self.ready.pop(item, None)
                    self._unwatch(item)

    def watch(self, peer: Peer) -> None:
        """Watches every partition that is not watched yet."""
        if peer.closed:
            return  # it left while its fetch was read from disk: nobody would ever take the watches away
        if peer is not self.peer:
            self.peer = peer
            peer.on_close(lambda: self.release(peer))
        for item in self.items.values() if not self.watching else self.ready:
            if item.cancel is None and item.partition is not None:
                item.cancel = self.engine.watch([item.partition], self._waker(item))
        self.watching = True

    def _waker(self, item: Item) -> Callable[[Partition], None]:
        ready = self.ready

        def wake(_: Partition) -> None:
            ready[item] = None
            if self.on_ready is not None:
                self.on_ready()

        return wake

    def _unwatch(self, item: Item) -> None:
        if item.cancel is not None:
            item.cancel()
            item.cancel = None

    def rewatch(self, item: Item) -> None:
        """The item means another partition now (its topic was deleted or made again)."""
        self._unwatch(item)

    def release(self, peer: Peer | None) -> None:
        """The connection is gone, or the session is closed: nothing is watched any more. The session may be used again."""
        if peer is not None and peer is not self.peer:
            return
        self.peer = None
        self.on_ready = None
        self.watching = False
        for item in self.items.values():
            self._unwatch(item)
            self.ready[item] = None

    def rotate(self, served: list[Item]) -> None:
        """Partitions that were given data go to the end, so that under `max_bytes` everyone has a turn."""
        for item in served:
            key = (item.key, item.index)
            if self.items.pop(key, None) is not None:
                self.items[key] = item
            if item in self.ready:
                del self.ready[item]
                self.ready[item] = None

    def next_epoch(self) -> None:
        self.epoch = 1 if self.epoch == _EPOCH_MAX else self.epoch + 1


class FetchSessions:
    """The sessions of one node: `max.incremental.fetch.session.cache.slots` of them, the least recently used go first."""

    def __init__(self, engine: Engine, slots: int, min_eviction_ms: int = 120_000) -> None:
        self._engine = engine
        self._slots = slots
        self._min_eviction_ms = min_eviction_ms
        self._sessions: dict[int, Session] = {}  # least recently used first

    def __len__(self) -> int:
        return len(self._sessions)

    def create(self, uses_ids: bool, now_ms: int) -> Session | None:
        """A new session, or None when all slots are in use: the client then sends whole requests, which works as well."""
        if len(self._sessions) >= self._slots:
            oldest = next(iter(self._sessions.values()), None)
            if oldest is None or (oldest.peer is not None and now_ms - oldest.last_used_ms < self._min_eviction_ms):
                return None
            self.close(oldest.session_id)
        session_id = 0
        while session_id == 0 or session_id in self._sessions:
            session_id = secrets.randbelow(_EPOCH_MAX)
        session = Session(self._engine, session_id, uses_ids)
        session.last_used_ms = now_ms
        self._sessions[session_id] = session
        return session

    def find(self, session_id: int) -> Session | None:
        """A session by its id."""
        return self._sessions.get(session_id)

    def get(self, session_id: int, epoch: int, uses_ids: bool, now_ms: int) -> Session | ErrorCode:
        """The session an incremental request continues, its epoch moved on; or the error that makes the client begin anew."""
        session = self._sessions.get(session_id)
        if session is None:
            return ErrorCode.FETCH_SESSION_ID_NOT_FOUND
        if session.epoch != epoch:
            return ErrorCode.INVALID_FETCH_SESSION_EPOCH
        if session.uses_ids != uses_ids:
            return ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR
        session.last_used_ms = now_ms
        del self._sessions[session_id]
        self._sessions[session_id] = session
        session.next_epoch()
        return session

    def close(self, session_id: int) -> None:
        session = self._sessions.pop(session_id, None)
        if session is not None:
            session.release(None)
