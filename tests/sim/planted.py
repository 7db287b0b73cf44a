"""Bugs a broker could have, each put into it by a patch, and what the auditor should call it. They prove that the auditor can fail.

`rules` are the rules that may catch it first: a bug has more than one face. `faults` are those under which it shows; a run has nothing else
in it, so that few seeds are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.broker.groups.commits import Commits
from ottla.broker.handlers import fetch as fetch_handler
from ottla.broker.producer_ids import ProducerIds
from ottla.broker.request import Request
from ottla.broker.sessions import Session
from ottla.rules.groups.classic import sync
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.classic.messages import SyncReply
from ottla.rules.producers import ACCEPT, Duplicate, ProducerTable
from ottla.server import connection as server_connection
from ottla.server.connection import Connection
from ottla.storage.engine import Append
from ottla.storage.local import recovery
from ottla.storage.local.appends import Appends
from ottla.storage.local.directory import DataDirectory
from ottla.storage.local.disk import Disk
from ottla.storage.local.flusher import FlushTask
from ottla.storage.local.index import SegmentIndex
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.upkeep import Upkeep
from ottla.testing.sim import Options, parts
from ottla.testing.sim.disk import SimDisk
from ottla.testing.sim.parts import SimCatalogue

Patch = pytest.MonkeyPatch
CRASHES = {"kill": 1, "power cut": 2, "doom": 2}


@dataclass(frozen=True)
class Planted:
    """One bug. `seeds`: within so many it must be caught."""

    plant: Callable[[Patch], None]
    rules: frozenset[str]
    faults: Mapping[str, int]
    seeds: int = 25
    steps: int = 5
    options: Mapping[str, int] = field(default_factory=dict)
    slow: bool = False
    """Takes many seeds: left to `make test-all`."""

    def run(self, seed: int) -> Options:
        """The run in which it may show."""
        return Options(seed, steps=self.steps, faults=self.faults, **{"transactional": 0, "copiers": 0, **self.options})


PLANTED: dict[str, Planted] = {}


def planted(
    rules: str, faults: Mapping[str, int], **more: Any
) -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Adds a bug to the list under the name of its function."""

    def add(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
        PLANTED[plant.__name__] = Planted(plant, frozenset(rules.split()), faults, **more)
        return plant

    return add


# --- durability -----------------------------------------------------------------------------------------------------------------


@planted("high-watermark lost two-values", {"power cut": 1})
def acks_before_fsync(patch: Patch) -> None:
    def pretend(disk: Disk, task: FlushTask) -> None:
        """Says that everything is on the device."""

    patch.setattr(parts, "attempt", pretend)


@planted("high-watermark lost two-values", {"power cut": 2, "doom": 2, "slow disk": 2})
def high_watermark_passes_what_is_not_flushed(patch: Patch) -> None:
    append = Appends.append

    def eager(self: Appends, appends: Sequence[Append], *, acks_all: bool, on_done: Any) -> None:
        append(self, appends, acks_all=acks_all, on_done=on_done)
        for one in appends:
            partition = one.partition
            assert isinstance(partition, LocalPartition)
            if partition.holds and not partition.error:
                for hold in partition.holds:
                    hold.offset = partition.log_end_offset
                    hold.segment, hold.position = partition.active, partition.active.size
                partition.move_high_watermark()
                partition.wake()

    patch.setattr(Appends, "append", eager)


@planted("error high-watermark lost two-values", {"sync errors": 1, "kill": 1}, seeds=40)
def a_failed_flush_is_forgotten(patch: Patch) -> None:
    patch.setattr(parts, "attempt", _attempt_and_forget)


def _attempt_and_forget(disk: Disk, task: FlushTask) -> None:
    from ottla.storage.local.flusher import flush

    try:
        flush(disk, task)
    except OSError:
        return


@planted(
    "error gap high-watermark lost torn two-values", {"sync errors": 1, "kill": 1, "power cut": 1}, seeds=60, slow=True
)
def a_flush_after_a_failed_one_is_believed(patch: Patch) -> None:
    patch.setattr("ottla.storage.local.flusher.distrust", lambda disk, directory: None)


@planted("error gap high-watermark lost torn two-values", {"kill": 1}, seeds=40)
def an_answer_goes_out_before_the_write(patch: Patch) -> None:
    """acks=1 from a buffer in the process: what a user-space buffer loses at kill -9."""
    pwrite = SimDisk.pwrite

    def lazy(self: SimDisk, fd: int, data: Any, position: int) -> int:
        copy = bytes(data)
        file = self._files[fd]
        before = len(file.data)
        done = pwrite(self, fd, copy, position)
        if len(file.unsynced) % 5 == 4 and before == position:
            file.data[position:] = b""
            file.unsynced.pop()

            def really() -> None:
                if len(file.data) == position:
                    self._put(file, position, copy)

            import asyncio

            asyncio.get_running_loop().call_later(0.3, really)
        return done

    patch.setattr(SimDisk, "pwrite", lazy)


@planted("error gap high-watermark lost torn two-values", {"doom": 3, "power cut": 2})
def recovery_leaves_the_torn_tail(patch: Patch) -> None:
    def leave(self: Any, segment: Any, position: int, next_offset: int, read_at: Any, *, keep: bool) -> None:
        """Notes it, cuts nothing."""

    patch.setattr(recovery._Loader, "_cut", leave)


@planted("error gap high-watermark lost phantom torn two-values", {"power cut": 1, "doom": 2}, seeds=40, slow=True)
def recovery_checks_no_crc(patch: Patch) -> None:
    walk = recovery.Walk

    def trusting(*args: Any, check: bool = False, **more: Any) -> Any:
        return walk(*args, **more, bodies=True) if check else walk(*args, **more)

    patch.setattr(recovery, "Walk", trusting)


@planted("error high-watermark lost torn two-values", {"power cut": 2, "catalogue": 2}, seeds=60, steps=8, slow=True)
def a_start_that_fails_hides_the_power_cut(patch: Patch) -> None:
    write_lock = DataDirectory._write_lock

    def forgetful(self: DataDirectory) -> None:
        self._recovering = False
        write_lock(self)

    patch.setattr(DataDirectory, "_write_lock", forgetful)


@planted("high-watermark lost two-values", {"kill": 1, "power cut": 1}, seeds=40, slow=True)
def recovered_records_are_served_without_a_flush(patch: Patch) -> None:
    patch.setattr(recovery._Loader, "_sync", lambda self, segments, distrusted: None)


@planted("log-start", {"trim": 4, "restart": 1, "kill": 2}, seeds=40, steps=8)
def a_checkpoint_forgets_where_the_log_starts(patch: Patch) -> None:
    checkpoint = Upkeep._checkpoint_directory

    async def forgetful(self: Upkeep, directory: DataDirectory, partitions: list[LocalPartition]) -> None:
        for partition in partitions:
            if partition.log_start_offset <= partition.active.base_offset:
                directory.log_starts.pop((partition.topic, partition.index), None)
        await checkpoint(self, directory, partitions)

    patch.setattr(Upkeep, "_checkpoint_directory", forgetful)


# --- the log --------------------------------------------------------------------------------------------------------------------


@planted("high-watermark", {"reset": 1})
def high_watermark_is_one_too_low(patch: Patch) -> None:
    answer = fetch_handler.FetchAnswer

    def low(index: int, error: int, high_watermark: int, *rest: Any, **more: Any) -> Any:
        return answer(index, error, max(high_watermark - 1, -1), *rest, **more)

    patch.setattr(fetch_handler, "FetchAnswer", low)


@planted("high-watermark lost", {"reset": 1})
def high_watermark_is_one_too_high(patch: Patch) -> None:
    answer = fetch_handler.FetchAnswer

    def high(index: int, error: int, high_watermark: int, *rest: Any, **more: Any) -> Any:
        return answer(index, error, high_watermark + 1 if not error else -1, *rest, **more)

    patch.setattr(fetch_handler, "FetchAnswer", high)


@planted("gap stuck", {"reset": 1})
def the_index_is_one_entry_off(patch: Patch) -> None:
    floor = SegmentIndex.floor

    def off(self: SegmentIndex, relative_offset: int) -> int:
        position = floor(self, relative_offset)
        positions = self.positions
        following = positions.index(position) + 1 if position in positions else 0
        return positions[following] if following < len(positions) else position

    patch.setattr(SegmentIndex, "floor", off)


@planted("stuck", {"reset": 1}, options={"producers": 3, "readers": 4}, slow=True)
def what_did_not_fit_is_not_offered_again(patch: Patch) -> None:
    patch.setattr(fetch_handler.Reading, "has_more", lambda self, item: False)


@planted("stuck", {"reset": 1}, seeds=40)
def a_wake_up_is_lost(patch: Patch) -> None:
    wake = LocalPartition.wake

    def sleepy(self: LocalPartition) -> None:
        if self.log_end_offset % 7:
            wake(self)

    patch.setattr(LocalPartition, "wake", sleepy)


# --- producers ------------------------------------------------------------------------------------------------------------------


@planted("duplicate", {"reset": 2, "stall": 1})
def a_duplicate_is_written_again(patch: Patch) -> None:
    check = ProducerTable.check

    def forgetful(self: ProducerTable, header: Any, now_ms: int) -> Any:
        verdict = check(self, header, now_ms)
        return ACCEPT if isinstance(verdict, Duplicate) else verdict

    patch.setattr(ProducerTable, "check", forgetful)


@planted("duplicate", {"kill": 2, "restart": 1, "doom": 1}, seeds=40)
def the_sequence_window_is_forgotten_at_a_restart(patch: Patch) -> None:
    producers = recovery._Loader._producers

    def empty(self: Any, segments: Any, end: int) -> Any:
        _, *rest = producers(self, segments, end)
        return (ProducerTable(), *rest)

    patch.setattr(recovery._Loader, "_producers", empty)


@planted("two-values lost duplicate error", {"reset": 2, "stall": 1}, seeds=40)
def a_duplicate_is_answered_with_the_wrong_offset(patch: Patch) -> None:
    check = ProducerTable.check

    def wrong(self: ProducerTable, header: Any, now_ms: int) -> Any:
        verdict = check(self, header, now_ms)
        return Duplicate(0, verdict.timestamp_ms) if isinstance(verdict, Duplicate) else verdict

    patch.setattr(ProducerTable, "check", wrong)


@planted("order error gap lost", {"full disk": 2, "write errors": 2, "reset": 1}, seeds=40)
def a_gap_in_the_sequence_is_taken(patch: Patch) -> None:
    check = ProducerTable.check

    def lenient(self: ProducerTable, header: Any, now_ms: int) -> Any:
        verdict = check(self, header, now_ms)
        error = getattr(verdict, "error", None)
        return ACCEPT if error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER else verdict

    patch.setattr(ProducerTable, "check", lenient)


@planted("producer-id error", {"kill": 1, "restart": 1, "client": 2}, seeds=40)
def producer_ids_are_given_twice(patch: Patch) -> None:
    async def allocate(self: ProducerIds) -> int:
        self._next += 1
        return self._next - 1

    patch.setattr(ProducerIds, "allocate", allocate)


# --- groups ---------------------------------------------------------------------------------------------------------------------


@planted("group-offset skipped", {"kill": 1, "restart": 1, "member": 2}, options={"members": 2})
def a_committed_offset_is_not_stored(patch: Patch) -> None:
    transaction = SimCatalogue._transaction

    def lossy(self: SimCatalogue, changes: Sequence[Any]) -> Any:
        kept = [one for one in changes if type(one).__name__ != "PutOffset" or one.row.offset % 5]
        return transaction(self, kept)

    patch.setattr(SimCatalogue, "_transaction", lossy)


@planted("group-offset", {"catalogue": 2, "slow disk": 1, "kill": 2}, options={"members": 2}, seeds=40)
def a_commit_is_answered_before_it_is_durable(patch: Patch) -> None:
    commit = Commits.commit

    def hasty(self: Commits, group_id: str, rows: Any, done: Any) -> None:
        self._apply(rows)
        commit(self, group_id, rows, lambda error: None)
        done(ErrorCode.NONE)

    patch.setattr(Commits, "commit", hasty)


@planted("assignment", {"member": 1}, options={"members": 3})
def a_member_is_given_the_assignment_of_another(patch: Patch) -> None:
    def mixed(group: Any, assignment: bytes) -> SyncReply:
        others = [member.assignment for member in group.members.values() if member.assignment]
        return SyncReply(ErrorCode.NONE, others[0] if others else assignment, group.protocol_type, group.protocol_name)

    patch.setattr(sync, "_assignment", mixed)


@planted("zombie group-offset", {"member": 3, "stall": 1}, options={"members": 3}, seeds=60, steps=8)
def an_old_generation_may_commit(patch: Patch) -> None:
    patch.setattr(ClassicGroup, "check_commit", lambda self, *args, **more: ErrorCode.NONE)


@planted("generation stuck error", {"kill": 1, "restart": 1}, options={"members": 2}, seeds=40)
def generations_begin_anew_after_a_restart(patch: Patch) -> None:
    patch.setattr(SimCatalogue, "load_groups", lambda self: [])


# --- the connection -------------------------------------------------------------------------------------------------------------


@planted("reply-order", {"reset": 1})
def replies_go_out_as_they_come(patch: Patch) -> None:
    send = Connection.send

    def unordered(self: Connection, request: Request) -> None:
        if request in self._requests and self._requests[0] is not request:
            self._requests.remove(request)
            self._requests.appendleft(request)
        send(self, request)

    patch.setattr(Connection, "send", unordered)


@planted("bounds", {"weather": 3}, options={"readers": 4}, seeds=40)
def a_client_that_does_not_read_is_written_to_all_the_same(patch: Patch) -> None:
    patch.setattr(Connection, "pause_writing", lambda self: None)


@planted("bounds", {"reset": 3}, options={"readers": 3})
def watches_are_never_taken_away(patch: Patch) -> None:
    patch.setattr(Session, "_unwatch", lambda self, item: None)


@planted("bounds stuck error bug", {"reset": 1, "client": 1})
def connections_are_never_forgotten(patch: Patch) -> None:
    patch.setattr(server_connection.Connection, "drain", lambda self: None)
    patch.setattr("ottla.server.listener.Hub.forget", lambda self, connection: None)


__all__ = ["PLANTED", "Planted"]
