"""Fetch, versions 4-18: sessions, long polls, budgets, epoch checks. Records leave as the engine's own buffers, never decoded.

A fetch is answered at once when it has `min_bytes`, an error to tell, nothing to wait for, or `max_wait_ms` of 0; else it is parked until
a partition it watches has more to read, or its time is up. The first partition with data gives at least one whole batch, however
large; after that `max_bytes` holds, and the partitions that were served go last next time.

Left out: followers' fields (replica state, snapshots) are read and ignored, as one node has no followers; the rack of the client
plays no part (KIP-392) while every partition has one replica.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.broker.sessions import FINAL_EPOCH, INITIAL_EPOCH, Item, Key, Session, resolve
from ottla.storage.engine import Cancel, Engine, Got, Partition
from ottla.wire import hot_fetch
from ottla.wire.hot_fetch import FetchAnswer, FetchCall

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

INLINE_BYTES = (
    4 << 20
)  # what one fetch may copy out of the page cache on the loop (about a millisecond); the rest is read on threads
_AGAIN_S = 0.002  # a waiting fetch that wants more than one byte looks again at most this often
_NO_RECORDS: tuple[bytes, ...] = ()


def handle(broker: Broker, request: Request) -> Awaitable[None] | None:
    """Decodes, finds the session, tries; parks the fetch when there is nothing to say yet.

    A fetch that is read from disk keeps the connection's next request waiting, as Kafka does with every request: a client that
    pipelines fetches and does not read would otherwise have the answers to all of them made.
    """
    version = request.api_version
    body, pos = request.body, request.body_pos
    uses_ids = version >= hot_fetch.TOPIC_IDS_SINCE
    sessions = broker.fetch_sessions
    session_id, epoch = hot_fetch.peek_session(body, version, pos)
    known = sessions.find(session_id)
    asked = known.asked if known is not None else None
    if asked is not None and not hot_fetch.asks_again(body, version, pos, asked):
        asked = None
    call = asked.call if asked is not None else hot_fetch.decode(body, version, pos)
    session: Session | None = None
    incremental = False
    if epoch in (INITIAL_EPOCH, FINAL_EPOCH):
        if session_id:
            sessions.close(session_id)
        if epoch == INITIAL_EPOCH and call.topics:
            session = sessions.create(uses_ids, broker.clock.monotonic_ms())
    else:
        found = sessions.get(session_id, epoch, uses_ids, broker.clock.monotonic_ms())
        if isinstance(found, ErrorCode):
            request.reply(*hot_fetch.encode((), version, error=found))
            return None
        session = found
        incremental = True
        if session.on_ready is not None:  # a pipelined fetch of the same session: the older one ends with what it has
            session.on_ready = None
        if asked is None:
            session.apply(call)
            session.asked = hot_fetch.remember(body, version, pos, call)
            if not session.items:
                sessions.close(session_id)
                session = None
    fetch = Fetch(broker, request, call, session, incremental)
    if not incremental:
        for key, partitions in call.topics:
            for wanted in partitions:
                item = Item(key, wanted)
                fetch.items.append(item)
                if session is not None:
                    session.add(item)
    fetch.attempt()
    return fetch.cold


class Fetch:
    """One fetch request, from its first try to its answer."""

    __slots__ = (
        "broker",
        "bucket",
        "call",
        "cancel",
        "cold",
        "done",
        "incremental",
        "items",
        "request",
        "scheduled",
        "session",
    )

    def __init__(
        self, broker: Broker, request: Request, call: FetchCall, session: Session | None, incremental: bool
    ) -> None:
        self.broker = broker
        self.request = request
        self.call = call
        self.session = session
        self.incremental = incremental
        self.items: list[Item] = []  # of a whole (not incremental) fetch, in the request's order
        self.bucket = 0
        self.cancel: Cancel | None = None
        self.cold: asyncio.Task[None] | None = None
        self.done = False
        self.scheduled = False

    # --- waiting ---------------------------------------------------------------------------------------------------------------

    def attempt(self, last: bool = False) -> None:
        """Reads what is there; answers, or parks (or stays parked)."""
        self.scheduled = False
        if self.done or self.cold is not None:
            return
        if self.request.peer.closed:
            self._leave()
            return
        session = self.session
        if session is not None and self.incremental and not session.ready:
            # Nothing has happened, and that is mostly so.
            if last or self.call.min_bytes <= 0 or self.call.max_wait_ms <= 0:
                self._leave()
                self.request.reply(hot_fetch.encode_nothing_new(self.request.api_version, session.session_id))
            elif not self.bucket:
                self._park()
            return
        reading = Reading(self)
        if reading.cold:
            self.cold = asyncio.ensure_future(self._attempt_cold(reading, last))
            return
        self._decide(reading, last)

    async def _attempt_cold(self, reading: Reading, last: bool) -> None:
        await reading.read_cold()
        self.cold = None
        if not self.done:
            self._decide(reading, last)

    def _decide(self, reading: Reading, last: bool) -> None:
        call = self.call
        if last or reading.failed or reading.size >= call.min_bytes or call.max_wait_ms <= 0 or not reading.partitions:
            self._answer(reading)
        elif not self.bucket:
            self._park()

    def _park(self) -> None:
        self.broker.deadlines.add(self, self.call.max_wait_ms)
        session = self.session
        if session is not None:
            session.on_ready = self._wake
            session.watch(self.request.peer)
        else:
            partitions = [item.partition for item in self.items if item.partition is not None]
            self.cancel = self.broker.engine.watch(partitions, self._wake_sessionless)

    def _wake_sessionless(self, _: Partition) -> None:
        self._wake()

    def _wake(self) -> None:
        if self.scheduled:
            return
        self.scheduled = True
        loop = asyncio.get_running_loop()
        if self.call.min_bytes > 1:
            loop.call_later(_AGAIN_S, self.attempt)
        else:
            loop.call_soon(self.attempt)

    def expire(self) -> None:
        """`max_wait_ms` passed: answers with whatever there is."""
        if self.cold is None:
            self.attempt(last=True)
        elif not self.done:
            self.call = self.call._replace(min_bytes=0)

    def _leave(self) -> None:
        """No longer waits for anything."""
        self.done = True
        if self.bucket:
            self.broker.deadlines.drop(self)
        if self.cancel is not None:
            self.cancel()
            self.cancel = None
        session = self.session
        if session is not None and session.on_ready == self._wake:
            session.on_ready = None

    # --- answering -------------------------------------------------------------------------------------------------------------

    def _answer(self, reading: Reading) -> None:
        self._leave()
        session = self.session
        topics: dict[Key, list[FetchAnswer]] = {}
        served: list[Item] = []
        for item, answer in reading.answers:
            if answer.size:
                served.append(item)
            if self.incremental and not self._worth_telling(item, answer):
                continue
            item.sent_high_watermark = answer.high_watermark
            item.sent_log_start = answer.log_start_offset
            topics.setdefault(item.key, []).append(answer)
        if session is not None:
            if served:
                session.rotate(served)
            session.watch(self.request.peer)
            for item, answer in reading.answers:
                if not answer.size and not answer.error and item.cancel is not None and not reading.has_more(item):
                    session.ready.pop(item, None)
        self.request.reply(
            *hot_fetch.encode(
                list(topics.items()),
                self.request.api_version,
                session_id=session.session_id if session is not None else 0,
            )
        )

    @staticmethod
    def _worth_telling(item: Item, answer: FetchAnswer) -> bool:
        """KIP-227: an incremental response names only partitions with data, news or errors."""
        return bool(
            answer.size
            or answer.error
            or answer.diverging is not None
            or answer.high_watermark != item.sent_high_watermark
            or answer.log_start_offset != item.sent_log_start
        )


class Reading:
    """One pass over a fetch's partitions under its budgets."""

    __slots__ = ("answers", "budget", "cold", "committed", "engine", "failed", "fetch", "partitions", "size")

    def __init__(self, fetch: Fetch) -> None:
        broker = fetch.broker
        call = fetch.call
        self.fetch = fetch
        self.engine = broker.engine
        self.committed = call.isolation_level == 1
        self.budget = min(call.max_bytes, broker.settings.int("fetch.max.bytes"))
        self.answers: list[tuple[Item, FetchAnswer]] = []
        self.cold: list[tuple[int, Item]] = []  # (place in `answers`, item) whose bytes must come from disk
        self.failed = False
        self.size = 0
        items: Iterable[Item]
        session = fetch.session
        if fetch.incremental and session is not None:
            items = list(session.ready)
            self.partitions = len(session.items)
        else:
            items = fetch.items
            self.partitions = len(fetch.items)
        for item in items:
            self._look(item)

    def _look(self, item: Item) -> None:
        before = item.partition
        partition = resolve(self.engine, item)
        if partition is not before and item.cancel is not None and self.fetch.session is not None:
            self.fetch.session.rewatch(item)
        if partition is None:
            self._fail(item, _unknown(self.engine, item))
            return
        if partition.error:
            self._fail(item, partition.error)
            return
        epoch = item.leader_epoch
        if epoch >= 0 and epoch != partition.leader_epoch:
            self._fail(
                item,
                ErrorCode.FENCED_LEADER_EPOCH if epoch < partition.leader_epoch else ErrorCode.UNKNOWN_LEADER_EPOCH,
            )
            return
        if 0 <= item.last_fetched_epoch != partition.leader_epoch:
            end = self.engine.epoch_end(partition, item.last_fetched_epoch)
            if end.end_offset < 0:
                self._fail(item, ErrorCode.OFFSET_OUT_OF_RANGE)
                return
            if end.leader_epoch < item.last_fetched_epoch or end.end_offset < item.offset:
                self.failed = True  # told at once
                self.answers.append((item, _plain(item, partition, diverging=(end.leader_epoch, end.end_offset))))
                return
        visible = partition.last_stable_offset if self.committed else partition.high_watermark
        if item.offset == visible:
            self.answers.append((item, _plain(item, partition, committed=self.committed)))
            return
        limit = min(item.max_bytes, self.budget - self.size)
        if limit <= 0 and self.size:
            self.answers.append((item, _plain(item, partition, committed=self.committed)))
            return
        got = None
        if self.size < INLINE_BYTES:
            got = self.engine.read(
                partition, item.offset, max(limit, 0), at_least_one=self.size == 0, committed=self.committed
            )
        if got is None:
            self.cold.append((len(self.answers), item))
            self.answers.append((item, _plain(item, partition, committed=self.committed)))
            # What a cold read will bring is not known yet; it counts as its limit so that the budget holds.
            self.size += max(limit, 0)
            return
        self._take(item, partition, got)

    def _take(self, item: Item, partition: Partition, got: Got, place: int | None = None) -> None:
        if got.error:
            if (
                got.error == ErrorCode.OFFSET_OUT_OF_RANGE
                and partition.log_start_offset <= item.offset <= partition.log_end_offset
            ):
                # Written but not visible yet (above the high watermark): nothing to read for now.
                answer = _plain(item, partition, committed=self.committed)
            else:
                self.failed = True
                answer = FetchAnswer(item.index, got.error, -1, -1, -1, 0, _NO_RECORDS)
        else:
            self.size += got.size
            answer = FetchAnswer(
                item.index,
                0,
                partition.high_watermark,
                partition.last_stable_offset,
                partition.log_start_offset,
                got.size,
                got.buffers,
                aborted=got.aborted if self.committed else None,
            )
        if place is None:
            self.answers.append((item, answer))
        else:
            self.answers[place] = (item, answer)

    async def read_cold(self) -> None:
        """Reads from disk what was not in memory, one partition after another."""
        self.size = sum(answer.size for _, answer in self.answers)
        for place, item in self.cold:
            partition = item.partition
            if partition is None:
                continue
            limit = min(item.max_bytes, self.budget - self.size)
            if limit <= 0 and self.size:
                continue
            got = await self.engine.read_cold(
                partition, item.offset, max(limit, 0), at_least_one=self.size == 0, committed=self.committed
            )
            self._take(item, partition, got, place)
        self.cold = []

    def has_more(self, item: Item) -> bool:
        """Whether a partition that was given nothing has something to read all the same.

        It may be that the next batch did not fit (`partition_max_bytes`, what was left of `max_bytes`), or that it came while others
        were read from disk. Nobody else would wake a session for it.
        """
        partition = item.partition
        if partition is None:
            return False
        return item.offset < (partition.last_stable_offset if self.committed else partition.high_watermark)

    def _fail(self, item: Item, error: ErrorCode) -> None:
        self.failed = True
        self.answers.append((item, FetchAnswer(item.index, error, -1, -1, -1, 0, _NO_RECORDS)))


def _plain(
    item: Item, partition: Partition, *, committed: bool = False, diverging: tuple[int, int] | None = None
) -> FetchAnswer:
    """An answer without records."""
    return FetchAnswer(
        item.index,
        0,
        partition.high_watermark,
        partition.last_stable_offset,
        partition.log_start_offset,
        0,
        _NO_RECORDS,
        aborted=() if committed else None,
        diverging=diverging,
    )


def _unknown(engine: Engine, item: Item) -> ErrorCode:
    """By id an unknown topic has an error of its own (KIP-516); an unknown partition of a known topic has not."""
    if isinstance(item.key, bytes) and item.key not in engine.topic_ids:
        return ErrorCode.UNKNOWN_TOPIC_ID
    return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
