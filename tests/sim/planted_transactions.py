"""Bugs a broker could have with transactions (see `planted`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.broker.groups.commits import Commits
from ottla.broker.transactions.coordinator import Entry, TransactionCoordinator
from ottla.broker.transactions.markers import EngineMarkers
from ottla.rules.producers import ACCEPT, ProducerTable, Refuse
from ottla.rules.transactions.machine import Transaction
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.messages import Now, Outcome, Write
from ottla.rules.transactions.open import OpenTransactions, aborted_between
from ottla.rules.transactions.pending import PendingOffsets
from ottla.rules.transactions.states import PREPARED, Facts, State, TopicPartition
from ottla.storage.local import recovery
from ottla.storage.local.appends import Appends, MarkerAppend
from ottla.storage.local.partition import LocalPartition
from ottla.testing.sim.parts import SimCatalogue
from sim.planted import PLANTED, Patch, planted

FEW = {"transactional": 2, "copiers": 0, "members": 0, "producers": 1, "readers": 2}
"""Producers and readers."""
COPYING = {"transactional": 1, "copiers": 2, "members": 0, "producers": 0, "readers": 0}
"""Workers of a group beside a producer."""


# --- what readers of committed data are given --------------------------------------------------------------------------------


@planted("aborted dirty", {"reset": 1}, options=FEW)
def aborted_records_are_named_to_nobody(patch: Patch) -> None:
    patch.setattr("ottla.storage.local.reading._aborted", lambda segments, from_offset, to_offset: [])


@planted("aborted", {"reset": 1}, options=FEW)
def an_aborted_transaction_that_began_before_the_fetch_is_not_named(patch: Patch) -> None:
    def narrow(segments: Any, from_offset: int, to_offset: int) -> Any:
        return [one for one in aborted_between(segments, from_offset, to_offset) if one.first_offset >= from_offset]

    patch.setattr("ottla.storage.local.reading.aborted_between", narrow)


@planted("aborted", {"kill": 2, "power cut": 1}, options=FEW)
def the_abort_index_is_forgotten_at_a_restart(patch: Patch) -> None:
    adopt = LocalPartition.adopt

    def forgetful(self: LocalPartition, loaded: recovery.Loaded) -> None:
        for segment in loaded.segments:
            segment.aborted = None
        loaded.unsaved_aborted = []
        adopt(self, loaded)

    patch.setattr(LocalPartition, "adopt", forgetful)


@planted("lso dirty", {"reset": 1}, options=FEW)
def the_last_stable_offset_is_one_too_high(patch: Patch) -> None:
    stable = OpenTransactions.last_stable_offset

    def high(self: OpenTransactions, high_watermark: int) -> int:
        offset = stable(self, high_watermark)
        return min(offset + 1, high_watermark)

    patch.setattr(OpenTransactions, "last_stable_offset", high)


@planted("lso dirty aborted lost-commit", {"reset": 1}, options=FEW)
def only_the_newest_open_transaction_holds_readers_back(patch: Patch) -> None:
    def newest(self: OpenTransactions, high_watermark: int) -> int:
        return min([high_watermark, *list(self._open.values())[-1:]])

    patch.setattr(OpenTransactions, "last_stable_offset", newest)


@planted("lso dirty aborted lost-commit", {"kill": 2, "restart": 1}, options=FEW)
def open_transactions_are_forgotten_at_a_restart(patch: Patch) -> None:
    patch.setattr(OpenTransactions, "restore", classmethod(lambda cls, opened, now_ms: cls()))
    wrote = OpenTransactions.wrote
    replay = recovery._Loader._replay

    def silent(self: Any, *args: Any) -> None:
        with Patch.context() as inner:
            inner.setattr(OpenTransactions, "wrote", lambda *given: False)
            replay(self, *args)
        assert OpenTransactions.wrote is wrote

    patch.setattr(recovery._Loader, "_replay", silent)


@planted("lso dirty aborted lost-commit two-values high-watermark", {"power cut": 3, "doom": 1}, options=FEW, seeds=40)
def a_marker_is_seen_before_it_is_durable(patch: Patch) -> None:
    append = Appends.append

    def hasty(self: Appends, appends: Sequence[Any], *, acks_all: bool, on_done: Any) -> None:
        append(self, appends, acks_all=acks_all and not isinstance(appends[0], MarkerAppend), on_done=on_done)

    patch.setattr(Appends, "append", hasty)


# --- the end of a transaction --------------------------------------------------------------------------------------------------


@planted(
    "lost-commit fenced error aborted", {"kill": 2, "doom": 2, "power cut": 2, "catalogue": 1}, options=FEW, seeds=40
)
def a_commit_is_answered_before_the_decision_is_durable(patch: Patch) -> None:
    write = TransactionCoordinator._write

    def hasty(self: TransactionCoordinator, entry: Entry, decision: Write) -> None:
        if decision.facts is not None and decision.facts.state is State.PREPARE_COMMIT:
            for job, reply in decision.then:
                job.answer(reply)
        write(self, entry, decision)

    patch.setattr(TransactionCoordinator, "_write", hasty)


@planted("blocked stuck lso lost-commit", {"reset": 1}, options=FEW)
def one_partition_is_told_no_end(patch: Patch) -> None:
    write = EngineMarkers.write

    def lazy(
        self: EngineMarkers,
        marker: Marker,
        partitions: Sequence[TopicPartition],
        done: Callable[[Sequence[tuple[TopicPartition, ErrorCode]]], None],
    ) -> None:
        left_out = partitions[1:2]
        told = [one for one in partitions if one not in left_out]
        write(self, marker, told, lambda results: done([*results, *((one, ErrorCode.NONE) for one in left_out)]))

    patch.setattr(EngineMarkers, "write", lazy)


@planted("blocked stuck error", {"kill": 2, "doom": 2, "sync errors": 1}, options=FEW, seeds=60)
def what_was_decided_is_not_told_after_a_restart(patch: Patch) -> None:
    load = Transaction.load

    def silent(self: Transaction, facts: Facts, now: Now) -> Outcome:
        out = load(self, facts, now)
        if facts.state in PREPARED:
            out.ending = None
        return out

    patch.setattr(Transaction, "load", silent)


@planted("blocked stuck", {"client": 3}, options=FEW, steps=8)
def a_transaction_never_times_out(patch: Patch) -> None:
    patch.setattr(Transaction, "expire", lambda self, now, **more: Outcome())


@planted("fenced error", {"stall": 1, "reset": 1}, options=FEW)
def a_transaction_times_out_too_soon(patch: Patch) -> None:
    written = Transaction.written

    def hurried(self: Transaction, write: Write, now: Now) -> Outcome:
        out = written(self, write, now)
        if self._deadline_ms is not None:
            self._deadline_ms = min(self._deadline_ms, now.ticks_ms + 50)
        return out

    patch.setattr(Transaction, "written", hurried)


@planted("error lost-commit aborted fenced zombie lso", {"kill": 2, "restart": 1}, options=FEW)
def transactions_are_forgotten_at_a_restart(patch: Patch) -> None:
    patch.setattr(SimCatalogue, "load_transactions", lambda self: [])


@planted("lost-commit lost", {"reset": 1}, options=FEW)
def a_commit_is_marked_as_an_abort_where_it_wrote_little(patch: Patch) -> None:
    write = EngineMarkers.write

    def mixed(self: EngineMarkers, marker: Marker, partitions: Sequence[TopicPartition], done: Any) -> None:
        if len(partitions) > 1:
            last = [partitions[-1]]
            write(self, marker._replace(is_commit=False), last, done)
            partitions = partitions[:-1]
        write(self, marker, partitions, done)

    patch.setattr(EngineMarkers, "write", mixed)


# --- who may --------------------------------------------------------------------------------------------------------------------


@planted("zombie aborted dirty error lost-commit", {"double": 3}, options=FEW, seeds=40, steps=8)
def a_fenced_epoch_is_accepted(patch: Patch) -> None:
    check_producer = Transaction._check_producer
    check = ProducerTable.check

    def lenient(self: Transaction, producer_id: int, producer_epoch: int) -> ErrorCode:
        facts = self.facts
        if facts is not None and facts.producer_id == producer_id and producer_epoch < facts.producer_epoch:
            return ErrorCode.NONE
        return check_producer(self, producer_id, producer_epoch)

    def any_epoch(self: ProducerTable, header: Any, *more: Any) -> Any:
        verdict = check(self, header, *more)
        refused = isinstance(verdict, Refuse) and verdict.error is ErrorCode.INVALID_PRODUCER_EPOCH
        return ACCEPT if refused else verdict

    patch.setattr(Transaction, "_check_producer", lenient)
    patch.setattr(ProducerTable, "check", any_epoch)


@planted("zombie lost-commit aborted", {"double": 3}, options=FEW, seeds=40, steps=8)
def an_introduction_does_not_raise_the_epoch(patch: Patch) -> None:
    introduce = Transaction._introduce

    def same(self: Transaction, out: Any, token: Any, request: Any, producer_id: int, epoch: int, *more: Any) -> Any:
        return introduce(self, out, token, request, producer_id, max(epoch - 1, 0), *more)

    patch.setattr(Transaction, "_introduce", same)


# --- offsets in transactions ------------------------------------------------------------------------------------------------------


@planted("group-offset not-copied", {"member": 2, "reset": 1}, options=COPYING, seeds=40)
def offsets_of_an_aborted_transaction_are_kept(patch: Patch) -> None:
    settle = PendingOffsets.settle

    def kept(self: PendingOffsets[Any], group_id: str, producer_id: int, *, is_commit: bool) -> Any:
        return settle(self, group_id, producer_id, is_commit=True)

    patch.setattr(PendingOffsets, "settle", kept)


@planted("group-offset copied-twice", {"member": 2, "reset": 1}, options=COPYING, seeds=40)
def offsets_of_a_transaction_are_dropped(patch: Patch) -> None:
    settle = PendingOffsets.settle

    def dropped(self: PendingOffsets[Any], group_id: str, producer_id: int, *, is_commit: bool) -> Any:
        return settle(self, group_id, producer_id, is_commit=False)

    patch.setattr(PendingOffsets, "settle", dropped)


@planted("group-offset copied-twice", {"kill": 2, "member": 1, "doom": 2}, options=COPYING, seeds=80)
def pending_offsets_are_forgotten_at_a_restart(patch: Patch) -> None:
    patch.setattr(SimCatalogue, "load_pending_offsets", lambda self: [])


@planted("group-offset copied-twice", {"member": 1}, options=COPYING, seeds=80, steps=10, slow=True)
def an_offset_that_may_still_change_counts_as_stable(patch: Patch) -> None:
    patch.setattr(Commits, "is_unstable", lambda self, *args: False)


@planted("zombie copied-twice group-offset", {"member": 4, "stall": 1}, options=COPYING, seeds=80, steps=10, slow=True)
def an_old_generation_may_commit_with_a_transaction(patch: Patch) -> None:
    patch.setattr(
        "ottla.broker.groups.coordinator.GroupCoordinator.check_transactional_commit",
        lambda self, *args: ErrorCode.NONE,
    )


__all__ = ["PLANTED"]
