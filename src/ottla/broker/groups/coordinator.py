"""Keeps the groups: runs their machines, makes what they decide durable, then lets go of the replies; keeps their time.

A step's writes are handed to the catalogue before its replies go out, so that a reply which brings the next request at once cannot
overtake them. Nothing here waits: the catalogue groups what is committed in one turn of the loop.

When a write fails its group is dropped and, once nothing of it is in flight any more, loaded again from its last durable state; whoever
waited is told COORDINATOR_NOT_AVAILABLE and comes back. Groups of other kinds get a row in `_LOADERS` and methods of their own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from ottla.base.believed import BelievedTime
from ottla.base.clock import Clock
from ottla.base.errors import ErrorCode
from ottla.broker.groups.commits import Commits, failure
from ottla.broker.groups.wakes import Wakes
from ottla.catalogue.model import Catalogue, Change, DeleteGroup, GroupRow, OffsetRow, PutGroup, PutOffset
from ottla.rules.configs.settings import Settings
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.classic.join import check_join
from ottla.rules.groups.classic.messages import (
    Description,
    JoinReply,
    JoinRequest,
    LeaveReply,
    Leaving,
    Left,
    SyncReply,
    SyncRequest,
)
from ottla.rules.groups.classic.stored import StoredStateError
from ottla.rules.groups.kinds import Group, ListedGroup, Now, Outcome, Reply, Write
from ottla.rules.groups.offsets import check_unknown_group, expired_offsets
from ottla.rules.groups.settings import GROUPS_MAX, GroupSettings

if TYPE_CHECKING:
    from ottla.broker.groups.offsets_topic import OffsetsTopic

log = logging.getLogger("ottla.groups")

Waiter = Callable[[Any], None]
"""The token of this coordinator: called once with the reply."""

SWEEP_SLICE = 500
"""Groups looked at in one turn of the loop when old offsets are swept."""

_LOADERS: dict[str, Callable[[str, bytes, GroupSettings, Now], Group]] = {"classic": ClassicGroup.load}


class Status(Enum):
    """What a request is answered before and after the coordinator works."""

    LOADING = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    ACTIVE = ErrorCode.NONE
    CLOSED = ErrorCode.COORDINATOR_NOT_AVAILABLE


@dataclass(slots=True, eq=False)
class Entry:
    """A group and what is known of its durability. `row` is its last durable state."""

    group: Group
    row: GroupRow | None = None
    writing: int = 0
    failed: bool = False
    armed_ms: int | None = None


class GroupCoordinator:
    """The groups of this node. Lives on the event loop; every method returns at once."""

    def __init__(self, catalogue: Catalogue, settings: Settings, clock: Clock) -> None:
        self.limits = GroupSettings.read(settings.int)
        self._catalogue = catalogue
        self._clock = clock
        self._entries: dict[str, Entry] = {}
        self._status = Status.LOADING
        self._wakes: Wakes[Entry] = Wakes(clock, self._wake)
        self._sweep_timer: asyncio.TimerHandle | None = None
        self._believed = BelievedTime(clock)
        self.commits = Commits(catalogue)
        self.offsets_topic: OffsetsTopic | None = None

    @property
    def unavailable(self) -> ErrorCode:
        """What to answer while nothing is served; NONE when all is well."""
        return self._status.value

    def now(self) -> Now:
        return Now(self._clock.monotonic_ms(), self._clock.now_ms())

    # --- life ---------------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Reads every group and offset. Members go on: their sessions begin now. To be called on the event loop."""
        for offset_row in self._catalogue.load_offsets():
            self.commits.store.put(offset_row.group_id, offset_row.topic, offset_row.partition, offset_row)
        rows = self._catalogue.load_groups()
        for row in rows:
            self._load_row(row)
        known = {row.group_id for row in rows}
        for group_id in self.commits.store:
            if group_id not in known:
                self._entries[group_id] = Entry(self._simple_group(group_id))
        self._status = Status.ACTIVE
        self._schedule_sweep()

    def close(self) -> None:
        """Answers everyone who waits with COORDINATOR_NOT_AVAILABLE and serves no more; what is being committed is still answered."""
        if self._status is Status.CLOSED:
            return
        self._status = Status.CLOSED
        self._wakes.close()
        if self._sweep_timer is not None:
            self._sweep_timer.cancel()
            self._sweep_timer = None
        now = self.now()
        for entry in list(self._entries.values()):
            self._release(entry.group.die(ErrorCode.COORDINATOR_NOT_AVAILABLE, now))

    def topics_deleted(self, names: Collection[str]) -> None:
        """These topics are gone from the catalogue, their offsets with them."""
        for name in names:
            if self.offsets_topic is not None:
                self.offsets_topic.topic_deleted(name)
            self.commits.store.remove_topic(name)
        if self.commits.transactional is not None:
            self.commits.transactional.topics_deleted(names)

    # --- the copy in `__consumer_offsets` -------------------------------------------------------------------------------------

    def copy_to(self, offsets_topic: OffsetsTopic) -> None:
        """From here on what becomes durable is copied there."""
        self.offsets_topic = offsets_topic
        self.commits.copy = offsets_topic.copy

    def looked_up(self) -> None:
        """Somebody asked who coordinates a group."""
        if self.offsets_topic is not None:
            self.offsets_topic.wanted()

    def group_ids(self) -> Sequence[str]:
        return list(self._entries)

    def durable_row(self, group_id: str) -> GroupRow | None:
        """A group's last durable state."""
        entry = self._entries.get(group_id)
        return None if entry is None else entry.row

    # --- classic groups -----------------------------------------------------------------------------------------------------

    def join(self, group_id: str, request: JoinRequest, waiter: Waiter) -> None:
        error = self.unavailable or check_join(group_id, request, self.limits)
        entry = self._entries.get(group_id)
        if not error and entry is None:
            if request.member_id:
                error = ErrorCode.UNKNOWN_MEMBER_ID
            else:
                error, entry = self._create(group_id)
        if not error and entry is not None and not isinstance(entry.group, ClassicGroup):
            error = ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        if error or entry is None:
            waiter(JoinReply(error, request.member_id))
            return
        assert isinstance(entry.group, ClassicGroup)
        self._run(entry, entry.group.join(waiter, request, self.now()))
        self._forget_pristine(entry)

    def disconnected(self, group_id: str, waiter: Waiter) -> None:
        """The connection whose JoinGroup waits is gone."""
        entry = self._entries.get(group_id)
        if entry is not None and isinstance(entry.group, ClassicGroup):
            self._run(entry, entry.group.disconnected(waiter, self.now()))

    def sync(self, group_id: str, request: SyncRequest, waiter: Waiter) -> None:
        entry, error = self._classic(group_id)
        if entry is None:
            waiter(SyncReply(error))
            return
        assert isinstance(entry.group, ClassicGroup)
        self._run(entry, entry.group.sync(waiter, request, self.now()))

    def heartbeat(self, group_id: str, member_id: str, instance_id: str | None, generation_id: int) -> ErrorCode:
        if self._status is Status.LOADING:
            # Whether the member is known will be seen in a moment; a heartbeat that is late is no reason to tell it anything.
            return ErrorCode.NONE
        entry, error = self._classic(group_id)
        if entry is None:
            return error
        assert isinstance(entry.group, ClassicGroup)
        error = entry.group.heartbeat(member_id, instance_id, generation_id, self.now())
        self._arm(entry)
        return error

    def leave(self, group_id: str, leaving: Sequence[Leaving], waiter: Waiter) -> None:
        entry, error = self._classic(group_id)
        if entry is None:
            if error is ErrorCode.UNKNOWN_MEMBER_ID:
                # No group: every member is unknown, each by itself.
                members = tuple(Left(one.member_id, one.instance_id, error) for one in leaving)
                waiter(LeaveReply(ErrorCode.NONE, members))
            else:
                waiter(LeaveReply(error))
            return
        assert isinstance(entry.group, ClassicGroup)
        self._run(entry, entry.group.leave(waiter, leaving, self.now()))

    def describe(self, group_id: str) -> Description | None:
        """None: no such classic group."""
        entry = self._entries.get(group_id)
        if entry is None or not isinstance(entry.group, ClassicGroup) or entry.failed:
            return None
        return entry.group.describe()

    def listed(self) -> list[ListedGroup]:
        return [entry.group.listed() for entry in self._entries.values()]

    def _classic(self, group_id: str) -> tuple[Entry | None, ErrorCode]:
        """The entry of a classic group, or what to answer without one."""
        if self.unavailable:
            return None, self.unavailable
        if not group_id:
            return None, ErrorCode.INVALID_GROUP_ID
        entry = self._entries.get(group_id)
        if entry is None or not isinstance(entry.group, ClassicGroup):
            return None, ErrorCode.UNKNOWN_MEMBER_ID
        return entry, ErrorCode.NONE

    # --- offsets ------------------------------------------------------------------------------------------------------------

    def check_commit(
        self, group_id: str, member_id: str, instance_id: str | None, generation_id: int, version: int
    ) -> ErrorCode:
        """Whether offsets may be committed now; a consumer in no group gets a simple one made. The member is alive for it."""
        if self.unavailable:
            return self.unavailable
        entry = self._entries.get(group_id)
        if entry is None:
            error = check_unknown_group(generation_id, version)
            if not error:
                error, entry = self._create(group_id)
            if error or entry is None:
                return error
        error = entry.group.check_commit(member_id, instance_id, generation_id)
        if not error:
            entry.group.committed_by(member_id, self.now())
            self._arm(entry)
        return error

    def check_transactional_commit(
        self, group_id: str, member_id: str, instance_id: str | None, generation_id: int
    ) -> ErrorCode:
        """The same for offsets that are sent with a transaction (see `broker.transactions.ports.GroupOffsets`)."""
        if self.unavailable:
            return self.unavailable
        entry = self._entries.get(group_id)
        if entry is None:
            if generation_id >= 0:
                return ErrorCode.ILLEGAL_GENERATION
            error, entry = self._create(group_id)
            if error or entry is None:
                return error
        error = entry.group.check_commit(member_id, instance_id, generation_id, is_transactional=True)
        if not error:
            entry.group.committed_by(member_id, self.now())
            self._arm(entry)
        return error

    def offsets_committed(self, rows: Sequence[OffsetRow]) -> None:
        """A transaction's offsets are durable: from here on readers see them."""
        for group_id in {row.group_id for row in rows}:
            if group_id not in self._entries:
                self._entries[group_id] = Entry(self._simple_group(group_id))
        self.commits.committed_elsewhere(list(rows))
        if self.offsets_topic is not None:
            self.offsets_topic.copy_durable([PutOffset(row) for row in rows])

    def commit(self, group_id: str, rows: list[OffsetRow], done: Callable[[ErrorCode], None]) -> None:
        """Makes offsets durable, then visible, then calls `done`."""
        self.commits.commit(group_id, rows, done)

    def check_offset_fetch(self, group_id: str, member_id: str | None, member_epoch: int) -> ErrorCode:
        """NONE, or what the whole group is answered. An unknown group has no offsets, which is no error."""
        if self.unavailable:
            return self.unavailable
        entry = self._entries.get(group_id)
        if entry is None:
            return ErrorCode.NONE
        error = entry.group.check_offset_fetch(member_id, member_epoch)
        return ErrorCode.NONE if error is ErrorCode.GROUP_ID_NOT_FOUND else error

    def check_offset_delete(self, group_id: str) -> ErrorCode:
        if self.unavailable:
            return self.unavailable
        if not group_id:
            return ErrorCode.INVALID_GROUP_ID
        entry = self._entries.get(group_id)
        return ErrorCode.GROUP_ID_NOT_FOUND if entry is None else entry.group.check_offset_delete()

    def is_subscribed_to(self, group_id: str, topic: str) -> bool:
        entry = self._entries.get(group_id)
        return entry is not None and entry.group.is_subscribed_to(topic)

    async def delete_offsets(self, group_id: str, partitions: list[tuple[str, int]]) -> ErrorCode:
        """Forgets committed offsets that were checked (`check_offset_delete`, `is_subscribed_to`)."""
        return await self.commits.delete([(group_id, topic, partition) for topic, partition in partitions])

    # --- deletion -----------------------------------------------------------------------------------------------------------

    async def delete_groups(self, group_ids: Iterable[str]) -> dict[str, ErrorCode]:
        """Deletes groups without members, their offsets with them; says how it went for each."""
        results: dict[str, ErrorCode] = {}
        entries: list[Entry] = []
        for group_id in group_ids:
            entry = self._entries.get(group_id)
            if self.unavailable:
                results[group_id] = self.unavailable
            elif entry is None:
                results[group_id] = ErrorCode.GROUP_ID_NOT_FOUND
            elif entry.failed:
                results[group_id] = ErrorCode.COORDINATOR_NOT_AVAILABLE
            else:
                results[group_id] = entry.group.check_delete()
            if entry is not None and not results[group_id]:
                entries.append(entry)
        if entries:
            problem = await self._delete(entries)
            if problem:
                results.update((entry.group.group_id, ErrorCode.COORDINATOR_NOT_AVAILABLE) for entry in entries)
        return results

    def _delete(self, entries: list[Entry]) -> asyncio.Future[str | None]:
        """Takes groups out at once; the future says what went wrong, if anything did. A failed deletion brings them back."""
        now = self.now()
        for entry in entries:
            del self._entries[entry.group.group_id]
            self._release(entry.group.die(ErrorCode.COORDINATOR_NOT_AVAILABLE, now))
        changes: list[Change] = [DeleteGroup(entry.group.group_id) for entry in entries]
        finished: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

        def deleted(future: asyncio.Future[None]) -> None:
            problem = failure(future)
            for entry in entries:
                if problem is None:
                    self.commits.store.remove_group(entry.group.group_id)
                elif entry.group.group_id not in self._entries:
                    self._reload(entry)
            if problem is None and self.commits.transactional is not None:
                self.commits.transactional.groups_deleted([entry.group.group_id for entry in entries])
            if problem is not None:
                log.warning("deleting groups failed, they stay: %s", problem)
            if not finished.done():
                finished.set_result(problem)

        self.commits.submit(changes).add_done_callback(deleted)
        return finished

    # --- old offsets --------------------------------------------------------------------------------------------------------

    def sweep(self, group_ids: Sequence[str] | None = None) -> None:
        """Deletes offsets that have aged out, and groups that have neither members nor offsets; a slice at a time."""
        if self._status is not Status.ACTIVE:
            return
        ids = list(self._entries) if group_ids is None else group_ids
        now_ms = self._believed.now_ms()
        aged: list[tuple[str, str, int]] = []
        gone: list[Entry] = []
        for group_id in ids[:SWEEP_SLICE]:
            entry = self._entries.get(group_id)
            if entry is None or entry.failed or self.commits.in_flight(group_id):
                continue
            if self.commits.transactional is not None and self.commits.transactional.has_pending(group_id):
                continue
            topics = self.commits.store.topics(group_id)
            expired, is_all = expired_offsets(entry.group, topics, now_ms, self.limits.offsets_retention_ms)
            if is_all and entry.group.is_disposable and not entry.writing:
                gone.append(entry)
            else:
                aged += [(group_id, topic, partition) for topic, partition in expired]
        if aged:
            self.commits.delete(aged)
        if gone:
            self._delete(gone)
        if len(ids) > SWEEP_SLICE:
            asyncio.get_running_loop().call_soon(self.sweep, ids[SWEEP_SLICE:])

    def _schedule_sweep(self) -> None:
        interval = self.limits.offsets_retention_check_interval_ms / 1000
        self._sweep_timer = asyncio.get_running_loop().call_later(interval, self._sweep_due)

    def _sweep_due(self) -> None:
        self._schedule_sweep()
        self.sweep()

    # --- running the machines -----------------------------------------------------------------------------------------------

    def _run(self, entry: Entry, out: Outcome) -> None:
        for write in out.writes:
            self._write(entry, write)
        self._arm(entry)
        self._release(out)

    def _release(self, out: Outcome) -> None:
        for waiter, reply in out.replies:
            waiter(reply)

    def _write(self, entry: Entry, write: Write) -> None:
        group = entry.group
        row = GroupRow(group.group_id, group.kind, write.state, self._clock.now_ms())
        entry.writing += 1

        def written(future: asyncio.Future[None]) -> None:
            entry.writing -= 1
            problem = failure(future)
            if problem is None:
                entry.row = row
                for waiter, reply in write.then:
                    waiter(reply)
                if not entry.failed:
                    self._run(entry, group.written(write.ticket, self.now()))
            else:
                log.warning("group %r could not be stored and is loaded again: %s", group.group_id, problem)
                self._fail(entry, write.then)
            if entry.failed and not entry.writing and self._entries.get(group.group_id) is entry:
                self._reload(entry)

        self.commits.submit([PutGroup(row)]).add_done_callback(written)

    def _fail(self, entry: Entry, refused: Iterable[tuple[Waiter, Reply]]) -> None:
        """Lets nobody into a group whose memory may be ahead of what is durable."""
        entry.failed = True
        for waiter, reply in refused:
            waiter(reply.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE))
        self._release(entry.group.die(ErrorCode.COORDINATOR_NOT_AVAILABLE, self.now()))

    def _reload(self, entry: Entry) -> None:
        """Puts a group back as it last was durable."""
        group_id = entry.group.group_id
        self._entries.pop(group_id, None)
        if self._status is not Status.ACTIVE:
            return
        if entry.row is not None:
            self._load_row(entry.row)
        elif self.commits.store.has_group(group_id):
            self._entries[group_id] = Entry(self._simple_group(group_id))

    def _load_row(self, row: GroupRow) -> None:
        loader = _LOADERS.get(row.kind)
        if loader is None:
            log.error(
                "group %r is of kind %r, which this version does not know; it is left alone", row.group_id, row.kind
            )
            return
        now = self.now()
        try:
            group = loader(row.group_id, row.state, self.limits, now)
        except StoredStateError as exc:
            log.error("%s; the group starts anew, its offsets stay", exc)
            group = self._simple_group(row.group_id)
        entry = self._entries[row.group_id] = Entry(group, row)
        self._run(entry, group.loaded(now))

    def _simple_group(self, group_id: str) -> ClassicGroup:
        """A group that only keeps offsets, or is about to get its first member."""
        return ClassicGroup(group_id, self.limits, self._clock.now_ms())

    def _create(self, group_id: str) -> tuple[ErrorCode, Entry | None]:
        if len(self._entries) >= GROUPS_MAX:
            return ErrorCode.POLICY_VIOLATION, None
        entry = self._entries[group_id] = Entry(self._simple_group(group_id))
        return ErrorCode.NONE, entry

    def _forget_pristine(self, entry: Entry) -> None:
        """A group made for a member that was refused never was."""
        group = entry.group
        if entry.row is not None or entry.writing or not group.is_disposable:
            return
        if self.commits.store.has_group(group.group_id) or self.commits.in_flight(group.group_id):
            return
        if self._entries.get(group.group_id) is entry:
            del self._entries[group.group_id]

    # --- time ---------------------------------------------------------------------------------------------------------------

    def _arm(self, entry: Entry) -> None:
        """Sees to it that the group is woken when it wants to be. A wake-up that comes too early only looks and goes."""
        wake_ms = entry.group.wake_ms
        if wake_ms is None or (entry.armed_ms is not None and entry.armed_ms <= wake_ms):
            return
        entry.armed_ms = wake_ms
        self._wakes.add(wake_ms, entry)

    def _wake(self, at_ms: int, entry: Entry) -> None:
        if entry.armed_ms != at_ms:
            return
        entry.armed_ms = None
        if self._entries.get(entry.group.group_id) is entry:
            self._run(entry, entry.group.expire(self.now()))
