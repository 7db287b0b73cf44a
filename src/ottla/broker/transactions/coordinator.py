"""Keeps the transactional ids: runs their machines, makes what they decide durable, then lets go of the replies and tells participants.

One step of an id at a time. Where Kafka answers CONCURRENT_TRANSACTIONS because the step before is not finished, a request waits here for
up to `patience_ms` and is then taken as if it came anew, in the order in which requests came: the step before usually ends within a
millisecond, while clients come back after 20 to 100.

A write that fails throws its id back to what it durably was (after a moment, in case the catalogue fails for longer); whoever waits for
it is told COORDINATOR_NOT_AVAILABLE and comes back. While a participant cannot be told how a transaction ended its id is busy, and the
transaction blocks readers of committed data there, as in Kafka.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, Protocol

from ottla.base.clock import Clock
from ottla.base.errors import ErrorCode
from ottla.broker.groups.commits import failure
from ottla.broker.groups.wakes import Wakes
from ottla.broker.transactions.offsets import TransactionalOffsets, submit
from ottla.broker.transactions.ports import (
    AnyChange,
    DeleteTransaction,
    MarkerWriter,
    ProducerIdSource,
    PutTransaction,
    TransactionCatalogue,
    TransactionRow,
)
from ottla.broker.transactions.telling import Telling
from ottla.catalogue.model import CatalogueError
from ottla.rules.transactions.machine import Transaction
from ottla.rules.transactions.markers import retry_after_ms
from ottla.rules.transactions.messages import (
    Add,
    AddReply,
    End,
    Ending,
    EndReply,
    Init,
    InitReply,
    Now,
    Outcome,
    Reply,
    Write,
)
from ottla.rules.transactions.orphans import OpenOne, orphans
from ottla.rules.transactions.settings import PATIENCE_MS, TRANSACTIONS_MAX, WAITING_MAX, TransactionSettings
from ottla.rules.transactions.states import Facts, State, TopicPartition
from ottla.rules.transactions.stored import StoredStateError, decode, encode

log = logging.getLogger("ottla.transactions")

SLICE = 500
"""Ids looked at in one turn of the loop."""

Step = Callable[[Transaction, Now, int | None], Outcome]


class Status(Enum):
    """What a request is answered before and after the coordinator works."""

    LOADING = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    ACTIVE = ErrorCode.NONE
    CLOSED = ErrorCode.COORDINATOR_NOT_AVAILABLE


class ReadsSettings(Protocol):
    """`Settings`, as far as it is read here."""

    def int(self, key: str) -> int: ...
    def bool(self, key: str) -> bool: ...


class Job:
    """A request on its way through a machine; the token its reply comes back with."""

    __slots__ = ("entry", "gives_up_ms", "is_answered", "is_timed", "refusal", "step", "waiter")

    def __init__(
        self, entry: Entry, step: Step, refusal: Reply, waiter: Callable[[Any], None], gives_up_ms: int
    ) -> None:
        self.entry = entry
        self.step = step
        self.refusal = refusal
        self.waiter = waiter
        self.gives_up_ms = gives_up_ms
        self.is_timed = False
        self.is_answered = False

    def answer(self, reply: Reply) -> None:
        if not self.is_answered:
            self.is_answered = True
            self.waiter(reply)


class Entry:
    """A transactional id and what is known of its durability. `durable`: its last durable facts."""

    __slots__ = (
        "allocating",
        "armed_ms",
        "durable",
        "failed",
        "failures",
        "machine",
        "telling",
        "waiting",
        "writing",
    )

    def __init__(self, machine: Transaction, durable: Facts | None = None) -> None:
        self.machine = machine
        self.durable = durable
        self.writing = 0
        self.failed = False
        self.failures = 0
        self.allocating = False
        self.armed_ms: int | None = None
        self.waiting: deque[Job] = deque()
        self.telling: Telling | None = None


class TransactionCoordinator:
    """The transactional ids of this node. Lives on the event loop; every method returns at once.

    `version`: the finalized level of `transaction.version`, by which transactions nobody ended are aborted. `coordinator_epoch`: what
    markers carry; rises whenever another may have been coordinator before.
    """

    def __init__(
        self,
        catalogue: TransactionCatalogue,
        settings: ReadsSettings,
        clock: Clock,
        producer_ids: ProducerIdSource,
        markers: MarkerWriter,
        offsets: TransactionalOffsets,
        *,
        version: Callable[[], int],
        coordinator_epoch: int = 0,
        patience_ms: int = PATIENCE_MS,
    ) -> None:
        self.limits = TransactionSettings.read(settings.int, settings.bool)
        self.offsets = offsets
        self.coordinator_epoch = coordinator_epoch
        self._catalogue = catalogue
        self._clock = clock
        self._producer_ids = producer_ids
        self._markers = markers
        self._version = version
        self._patience_ms = patience_ms
        self._entries: dict[str, Entry] = {}
        self._status = Status.LOADING
        self._wakes: Wakes[Callable[[], None]] = Wakes(clock, lambda at_ms, then: then())
        self._sweep_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def unavailable(self) -> ErrorCode:
        """What to answer while nothing is served; NONE when all is well."""
        return self._status.value

    def now(self) -> Now:
        return Now(self._clock.monotonic_ms(), self._clock.now_ms())

    # --- life ---------------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Reads every transactional id and pending offset. What was decided is finished, what nobody can end is aborted.

        To be called on the event loop, when the partitions of this node are open and its groups are loaded.
        """
        self.offsets.load()
        for row in self._catalogue.load_transactions():
            try:
                facts = decode(row.transactional_id, row.state)
            except StoredStateError as exc:
                log.error("%s; its producer has to begin anew", exc)
                continue
            self._entries[row.transactional_id] = Entry(Transaction(row.transactional_id, self.limits), facts)
        self._status = Status.ACTIVE
        self._abandon_offsets()
        for entry in list(self._entries.values()):
            if entry.durable is not None:
                self._run(entry, entry.machine.load(entry.durable, self.now()))
        self._schedule_sweep()

    def _abandon_offsets(self) -> None:
        """Pending offsets of no open transaction will never be committed."""
        open_groups = {
            (group_id, entry.durable.producer_id)
            for entry in self._entries.values()
            if entry.durable is not None
            for group_id in entry.durable.groups
        }
        for group_id, producer_id in self.offsets.waiting:
            if (group_id, producer_id) not in open_groups:
                self.offsets.settle(producer_id, [group_id], is_commit=False, told=lambda group, error: None)

    def abort_orphans(self, opened: Iterable[OpenOne]) -> int:
        """Aborts the open transactions of partitions that no transactional id knows of; how many. To be called after `load`."""
        known: dict[int, Facts] = {}
        for entry in self._entries.values():
            if entry.machine.facts is not None:
                known[entry.machine.facts.producer_id] = entry.machine.facts
        found = orphans(opened, known, self.coordinator_epoch)
        for marker, where in found:
            log.warning(
                "aborting the open transaction of producer %d in %s-%d: nobody can end it", marker.producer_id, *where
            )
            self._markers.write(marker, [where], _log_refusals)
        return len(found)

    def close(self) -> None:
        """Answers everyone who waits with COORDINATOR_NOT_AVAILABLE and serves no more; what is being stored is still answered."""
        if self._status is Status.CLOSED:
            return
        self._status = Status.CLOSED
        self._wakes.close()
        if self._sweep_timer is not None:
            self._sweep_timer.cancel()
            self._sweep_timer = None
        for entry in self._entries.values():
            while entry.waiting:
                job = entry.waiting.popleft()
                job.answer(job.refusal.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE))

    # --- requests -----------------------------------------------------------------------------------------------------------

    def init(self, transactional_id: str, request: Init, waiter: Callable[[InitReply], None]) -> None:
        """InitProducerId."""
        error = self._check(transactional_id)
        entry = self._entries.get(transactional_id)
        if not error and entry is None:
            if len(self._entries) >= TRANSACTIONS_MAX:
                error = ErrorCode.POLICY_VIOLATION
            else:
                entry = self._entries[transactional_id] = Entry(Transaction(transactional_id, self.limits))
        if error or entry is None:
            waiter(InitReply(error))
            return

        def step(machine: Transaction, now: Now, fresh_id: int | None) -> Outcome:
            return machine.init(job, request, now, server_version=self._version(), fresh_id=fresh_id)

        job = self._job(entry, step, InitReply(ErrorCode.CONCURRENT_TRANSACTIONS), waiter)
        self._take(entry, job)
        self._forget_unknown(entry)

    def add(self, transactional_id: str, request: Add, waiter: Callable[[AddReply], None]) -> None:
        """AddPartitionsToTxn, AddOffsetsToTxn, and the implicit additions."""
        entry, error = self._find(transactional_id)
        if entry is None:
            waiter(AddReply(error))
            return

        def step(machine: Transaction, now: Now, fresh_id: int | None) -> Outcome:
            return machine.add(job, request, now)

        job = self._job(entry, step, AddReply(ErrorCode.CONCURRENT_TRANSACTIONS), waiter)
        self._take(entry, job)

    def end(self, transactional_id: str, request: End, waiter: Callable[[EndReply], None]) -> None:
        """EndTxn."""
        entry, error = self._find(transactional_id)
        if entry is None:
            waiter(EndReply(error))
            return

        def step(machine: Transaction, now: Now, fresh_id: int | None) -> Outcome:
            return machine.end(job, request, now, fresh_id=fresh_id)

        job = self._job(entry, step, EndReply(ErrorCode.CONCURRENT_TRANSACTIONS), waiter)
        self._take(entry, job)

    def verify(
        self, transactional_id: str, producer_id: int, producer_epoch: int, partitions: Iterable[TopicPartition]
    ) -> dict[TopicPartition, ErrorCode]:
        """Whether partitions belong to the producer's open transaction."""
        entry, error = self._find(transactional_id)
        if entry is None:
            return dict.fromkeys(partitions, error)
        return entry.machine.verify(producer_id, producer_epoch, partitions)

    def verify_group(self, transactional_id: str, producer_id: int, producer_epoch: int, group_id: str) -> ErrorCode:
        """Whether a group's offsets belong to the producer's open transaction."""
        entry, error = self._find(transactional_id)
        return error if entry is None else entry.machine.verify_group(producer_id, producer_epoch, group_id)

    def describe(self, transactional_id: str) -> Facts | ErrorCode:
        """What is known of an id."""
        error = self._check(transactional_id)
        if error:
            return error
        entry = self._entries.get(transactional_id)
        if entry is None or entry.machine.facts is None or entry.machine.pending is State.DEAD:
            return ErrorCode.TRANSACTIONAL_ID_NOT_FOUND
        return entry.machine.facts

    def known(self) -> Iterator[tuple[str, Facts]]:
        """Every id that is known, as it was when this was called."""
        for transactional_id, entry in list(self._entries.items()):
            if entry.machine.facts is not None and entry.machine.pending is not State.DEAD:
                yield transactional_id, entry.machine.facts

    def _check(self, transactional_id: str) -> ErrorCode:
        if not transactional_id:
            return ErrorCode.INVALID_REQUEST
        return self.unavailable

    def _find(self, transactional_id: str) -> tuple[Entry | None, ErrorCode]:
        """The entry, or what to answer without one."""
        error = self._check(transactional_id)
        if error:
            return None, error
        entry = self._entries.get(transactional_id)
        if entry is None:
            return None, ErrorCode.INVALID_PRODUCER_ID_MAPPING
        if entry.failed:
            return None, ErrorCode.COORDINATOR_NOT_AVAILABLE
        return entry, ErrorCode.NONE

    # --- running the machines -----------------------------------------------------------------------------------------------

    def _job(self, entry: Entry, step: Step, refusal: Reply, waiter: Callable[[Any], None]) -> Job:
        return Job(entry, step, refusal, waiter, self._clock.monotonic_ms() + self._patience_ms)

    def _take(self, entry: Entry, job: Job) -> None:
        """A request came: it is its turn, or it waits."""
        if entry.failed:
            job.answer(job.refusal.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE))
        elif entry.waiting or entry.allocating:
            self._wait(job, first=False)
        else:
            self._attempt(entry, job)

    def _attempt(self, entry: Entry, job: Job, fresh_id: int | None = None) -> None:
        out = job.step(entry.machine, self.now(), fresh_id)
        if out.wants_producer_id:
            entry.allocating = True
            task = asyncio.get_running_loop().create_task(self._allocate(entry, job))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return
        self._run(entry, out)

    async def _allocate(self, entry: Entry, job: Job) -> None:
        """Gets a producer id, then takes the step again. What others did meanwhile waits behind it."""
        fresh_id: int | None = None
        try:
            fresh_id = await self._producer_ids.allocate()
        except CatalogueError as problem:
            log.warning("no producer id for a transactional id: %s", problem)
        entry.allocating = False
        if fresh_id is None or entry.failed or self._status is not Status.ACTIVE:
            job.answer(job.refusal.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE))
        else:
            self._attempt(entry, job, fresh_id)
        self._drain(entry)
        self._forget_unknown(entry)

    def _run(self, entry: Entry, out: Outcome) -> None:
        for write in out.writes:
            self._write(entry, write)
        self._arm(entry)
        for job, reply in out.replies:
            self._release(job, reply)
        if out.ending is not None:
            self._tell(entry, out.ending)
        self._drain(entry)

    def _tell(self, entry: Entry, ending: Ending) -> None:
        def told(partitions: Iterable[TopicPartition], groups: Iterable[str]) -> None:
            if self._status is Status.ACTIVE:
                self._run(entry, entry.machine.told(partitions, groups, self.now()))

        entry.telling = Telling(
            entry.machine.transactional_id,
            ending,
            self.coordinator_epoch,
            self._catalogue,
            self._markers,
            self.offsets,
            self._later,
            told,
        )
        entry.telling.start()

    def _later(self, after_ms: int, then: Callable[[], None]) -> None:
        self._wakes.add(self._clock.monotonic_ms() + after_ms, then)

    def _release(self, job: Job, reply: Reply) -> None:
        """Answers, or keeps for later what would only be told to come back."""
        if reply.error is ErrorCode.CONCURRENT_TRANSACTIONS and self._status is Status.ACTIVE:
            self._wait(job, first=True)
        else:
            job.answer(reply)

    def _wait(self, job: Job, *, first: bool) -> None:
        """Only whoever's turn it is gets here as the first of those who wait."""
        waiting = job.entry.waiting
        if len(waiting) >= WAITING_MAX or job.gives_up_ms <= self._clock.monotonic_ms():
            job.answer(job.refusal)
            return
        if first:
            waiting.appendleft(job)
        else:
            waiting.append(job)
        if not job.is_timed:
            job.is_timed = True
            self._wakes.add(job.gives_up_ms, lambda: self._give_up(job))

    def _drain(self, entry: Entry) -> None:
        """Takes the requests that waited, now that the step before is finished."""
        while entry.waiting and entry.machine.pending is None and not entry.allocating and not entry.failed:
            job = entry.waiting.popleft()
            if not job.is_answered:
                self._attempt(entry, job)

    def _write(self, entry: Entry, write: Write) -> None:
        entry.writing += 1
        transactional_id = entry.machine.transactional_id
        change: AnyChange
        if write.facts is None:
            change = DeleteTransaction(transactional_id)
        else:
            change = PutTransaction(TransactionRow(transactional_id, encode(write.facts), write.facts.updated_ms))

        def written(future: asyncio.Future[None]) -> None:
            entry.writing -= 1
            problem = failure(future)
            if problem is None:
                entry.durable = write.facts
                entry.failures = 0
                out = None if entry.failed else entry.machine.written(write, self.now())
                for job, reply in write.then:
                    self._release(job, reply)
                if out is not None:
                    self._run(entry, out)
            else:
                log.warning("transactional id %r could not be stored: %s", transactional_id, problem)
                self._fail(entry, write)
            if entry.failed and not entry.writing:
                entry.failures += 1
                self._later(retry_after_ms(entry.failures), lambda: self._reload(entry))
            self._forget_unknown(entry)

        submit(self._catalogue, [change]).add_done_callback(written)

    def _fail(self, entry: Entry, write: Write) -> None:
        """Lets nobody into an id whose memory may be ahead of what is durable."""
        entry.failed = True
        if entry.telling is not None:
            entry.telling.stop()
        refused = [job for job, _ in write.then]
        refused += entry.waiting
        entry.waiting.clear()
        for job in refused:
            job.answer(job.refusal.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE))

    def _reload(self, entry: Entry) -> None:
        """Puts an id back as it last was durable."""
        if self._status is not Status.ACTIVE or not entry.failed or entry.writing:
            return
        entry.failed = False
        entry.armed_ms = None
        entry.machine = Transaction(entry.machine.transactional_id, self.limits)
        if entry.durable is not None:
            self._run(entry, entry.machine.load(entry.durable, self.now()))
        self._drain(entry)
        self._forget_unknown(entry)

    def _forget_unknown(self, entry: Entry) -> None:
        """An id nothing is known of any more, or that was refused before anything was, need not be kept."""
        if not entry.machine.is_unknown or entry.writing or entry.allocating or entry.waiting or entry.failed:
            return
        transactional_id = entry.machine.transactional_id
        if self._entries.get(transactional_id) is entry:
            del self._entries[transactional_id]

    # --- time ---------------------------------------------------------------------------------------------------------------

    def _arm(self, entry: Entry) -> None:
        """Sees to it that the id is woken when it wants to be. A wake-up that comes too early only looks and goes."""
        wake_ms = entry.machine.wake_ms
        if wake_ms is None or (entry.armed_ms is not None and entry.armed_ms <= wake_ms):
            return
        entry.armed_ms = wake_ms
        self._wakes.add(wake_ms, lambda: self._woken(entry, wake_ms))

    def _woken(self, entry: Entry, at_ms: int) -> None:
        if entry.armed_ms == at_ms:
            entry.armed_ms = None
            self._expire(entry)

    def _give_up(self, job: Job) -> None:
        if job in job.entry.waiting:
            job.entry.waiting.remove(job)
            job.answer(job.refusal)

    def _expire(self, entry: Entry) -> None:
        if entry.failed or entry.allocating:
            return  # it is armed again when it is loaded, or when the step is over

        def step(machine: Transaction, now: Now, fresh_id: int | None) -> Outcome:
            out = machine.expire(now, server_version=self._version(), fresh_id=fresh_id)
            if out.writes:
                log.info("transactional id %r: its transaction took too long and is aborted", machine.transactional_id)
            return out

        self._attempt(entry, self._job(entry, step, EndReply(ErrorCode.NONE), _ignore))
        self._arm(entry)

    def sweep(self, transactional_ids: Sequence[str] | None = None) -> None:
        """Forgets transactional ids that nobody uses any more; a slice at a time."""
        if self._status is not Status.ACTIVE:
            return
        ids = list(self._entries) if transactional_ids is None else transactional_ids
        now = self.now()
        for transactional_id in ids[:SLICE]:
            entry = self._entries.get(transactional_id)
            if entry is not None and not entry.failed and not entry.allocating and not entry.waiting:
                self._run(entry, entry.machine.forget(now))
        if len(ids) > SLICE:
            asyncio.get_running_loop().call_soon(self.sweep, ids[SLICE:])

    def _schedule_sweep(self) -> None:
        interval_s = self.limits.id_expiration_check_interval_ms / 1000
        self._sweep_timer = asyncio.get_running_loop().call_later(interval_s, self._sweep_due)

    def _sweep_due(self) -> None:
        self._schedule_sweep()
        self.sweep()


def _ignore(reply: object) -> None:
    """Nobody waits."""


def _log_refusals(results: Sequence[tuple[TopicPartition, ErrorCode]]) -> None:
    for (topic, index), error in results:
        if error:
            log.warning("the marker for %s-%d was refused: %s", topic, index, error.name)
