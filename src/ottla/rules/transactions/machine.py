"""One transactional id: who its producer is, whether a transaction is open, and how it ends.

Each step takes the request and the time and returns what is to be done (`Outcome`). Facts change when the write that carries them is
durable (`written`); until then the machine is busy (`pending`) and answers CONCURRENT_TRANSACTIONS. A decision to commit or abort is a
durable PrepareCommit or PrepareAbort; its producer is answered then, the participants are told (`Outcome.ending`), and when the last one
knows (`told`) the transaction is complete. Completion needs no durability of its own before the next step: the facts of whatever comes next
replace the prepared ones, and if nothing does, telling the participants again after a crash changes nothing.

Which errors, and in which order checks come, is Kafka 4.3.1's (KIP-98, KIP-360, KIP-588, KIP-890; KAFKA-18464 and KAFKA-18660: a busy
transactional id says so before it looks at epochs; KAFKA-19367, KAFKA-20090: a fence raises the epoch once, also at its end). Where
Kafka answers PRODUCER_FENCED it is for `versions.py` to say it in the words of an older request.

Different from Kafka: after a failed write the facts are what they durably were (`hasFailedEpochFence` is not needed: an epoch that could
not be stored was never raised).

Not done: two-phase commit by the client (KIP-939, InitProducerId 6).
"""

from __future__ import annotations

from collections.abc import Iterable

from ottla.base.errors import ErrorCode
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
    Token,
    Write,
)
from ottla.rules.transactions.settings import PARTICIPANTS_MAX, TransactionSettings
from ottla.rules.transactions.states import (
    EPOCH_BUMP_VERSION,
    FROM,
    LAST_EPOCH,
    MAX_EPOCH,
    NO_EPOCH,
    NO_PRODUCER_ID,
    PREPARED,
    SETTLED,
    Facts,
    State,
    TopicPartition,
    is_exhausted,
)

_COMPLETE = {State.PREPARE_COMMIT: State.COMPLETE_COMMIT, State.PREPARE_ABORT: State.COMPLETE_ABORT}
_BUSY = ErrorCode.CONCURRENT_TRANSACTIONS
_FENCED = ErrorCode.PRODUCER_FENCED
_OTHER_PRODUCER = ErrorCode.INVALID_PRODUCER_ID_MAPPING
_WRONG_STATE = ErrorCode.INVALID_TXN_STATE


class Transaction:
    """`facts` are durable, or about to be and beyond doubt (a completion); None: a new id nothing is known of. `pending`: where it goes."""

    __slots__ = (
        "_deadline_ms",
        "_settings",
        "_untold_groups",
        "_untold_partitions",
        "facts",
        "pending",
        "transactional_id",
    )

    def __init__(self, transactional_id: str, settings: TransactionSettings) -> None:
        self.transactional_id = transactional_id
        self.facts: Facts | None = None
        self.pending: State | None = None
        self._settings = settings
        self._deadline_ms: int | None = None
        self._untold_partitions: set[TopicPartition] = set()
        self._untold_groups: set[str] = set()

    # --- life ---------------------------------------------------------------------------------------------------------------

    def load(self, facts: Facts, now: Now) -> Outcome:
        """Stored facts, after a start or a failed write: what was decided is told again; what was open runs on or out."""
        self.facts = facts
        out = Outcome()
        if facts.state in PREPARED:
            self._tell(out, facts, now)
        elif facts.state is State.ONGOING:
            left_ms = facts.started_ms + facts.timeout_ms - now.wall_ms
            # A clock that was wrong must not give a transaction more than its timeout.
            self._deadline_ms = now.ticks_ms + min(max(left_ms, 0), facts.timeout_ms)
        return out

    @property
    def wake_ms(self) -> int | None:
        """When `expire` has work at the earliest (ticks). None: not before something else happened."""
        return None if self.pending is not None else self._deadline_ms

    @property
    def is_unknown(self) -> bool:
        """Nothing is stored of this id and nothing is being stored."""
        return self.facts is None and self.pending is None

    # --- InitProducerId -----------------------------------------------------------------------------------------------------

    def init(
        self, token: Token, request: Init, now: Now, *, server_version: int, fresh_id: int | None = None
    ) -> Outcome:
        """A producer introduces itself: it gets its producer id and an epoch above all before it. An open transaction is aborted first.

        `server_version`: the finalized transaction protocol version, by which a transaction nobody ended is aborted.
        """
        out = Outcome()
        facts = self.facts
        if not 0 < request.timeout_ms <= self._settings.max_timeout_ms:
            return self._say(out, token, InitReply(ErrorCode.INVALID_TRANSACTION_TIMEOUT))
        if self.pending is not None:
            return self._say(out, token, InitReply(_BUSY))
        expected = request.expected
        if facts is None:
            if fresh_id is None:
                out.wants_producer_id = True
                return out
            return self._introduce(out, token, request, fresh_id, 0, NO_EPOCH, now)
        if expected is not None and not _may_go_on(facts, expected[0], expected[1]):
            return self._say(out, token, InitReply(_FENCED))
        if facts.state is State.ONGOING:
            return self._fence(out, now, server_version, fresh_id, ((token, InitReply(_BUSY)),))
        epoch = facts.producer_epoch
        if is_exhausted(epoch) and (expected is None or expected[1] == epoch):
            if fresh_id is None:
                out.wants_producer_id = True
                return out
            last = NO_EPOCH if expected is None else epoch
            return self._introduce(out, token, request, fresh_id, 0, last, now)
        if expected is None:
            return self._introduce(out, token, request, facts.producer_id, epoch + 1, NO_EPOCH, now)
        if expected[1] == epoch:
            return self._introduce(out, token, request, facts.producer_id, epoch + 1, epoch, now)
        if expected[1] == facts.last_producer_epoch:
            # The answer to this very request was lost. Nobody else came meanwhile, or the last epoch would have been forgotten.
            return self._introduce(out, token, request, facts.producer_id, epoch, facts.last_producer_epoch, now)
        return self._say(out, token, InitReply(_FENCED))

    def _introduce(
        self, out: Outcome, token: Token, request: Init, producer_id: int, epoch: int, last_epoch: int, now: Now
    ) -> Outcome:
        before = self.facts
        facts = Facts(
            State.EMPTY,
            producer_id,
            epoch,
            request.timeout_ms,
            now.wall_ms,
            last_producer_epoch=last_epoch,
            previous_producer_id=producer_id if before is None else before.producer_id,
            version=0 if before is None else before.version,
        )
        return self._go(out, facts, ((token, InitReply(ErrorCode.NONE, producer_id, epoch)),))

    # --- what belongs to the transaction ------------------------------------------------------------------------------------

    def add(self, token: Token, request: Add, now: Now) -> Outcome:
        """Partitions and groups join the transaction; the first ones begin it."""
        out = Outcome()
        error = self._check_add(request)
        facts = self.facts
        if error is not None or facts is None:
            return self._say(out, token, AddReply(_OTHER_PRODUCER if error is None else error))
        is_open = facts.state is State.ONGOING
        partitions = facts.partitions | request.partitions
        groups = facts.groups | request.groups
        if len(partitions) + len(groups) > PARTICIPANTS_MAX:
            return self._say(out, token, AddReply(ErrorCode.POLICY_VIOLATION))
        return self._go(
            out,
            facts._replace(
                state=State.ONGOING,
                partitions=partitions,
                groups=groups,
                started_ms=facts.started_ms if is_open else now.wall_ms,
                updated_ms=now.wall_ms,
                previous_producer_id=facts.producer_id,
                version=request.version,
            ),
            ((token, AddReply(ErrorCode.NONE)),),
        )

    def _check_add(self, request: Add) -> ErrorCode | None:
        """What is answered at once; None: the facts change."""
        if self.pending is not None:
            # Before the epoch is looked at: this may be the first call with an epoch that is about to be stored.
            return _BUSY
        error = self._check_producer(request.producer_id, request.producer_epoch)
        if error:
            return error
        facts = self.facts
        if facts is not None and facts.state is State.ONGOING:
            if request.partitions <= facts.partitions and request.groups <= facts.groups:
                return ErrorCode.NONE
        return None

    def _check_producer(self, producer_id: int, producer_epoch: int) -> ErrorCode:
        facts = self.facts
        if facts is None or facts.producer_id != producer_id:
            return _OTHER_PRODUCER
        if facts.producer_epoch != producer_epoch:
            return _FENCED
        return ErrorCode.NONE

    def check(self, producer_id: int, producer_epoch: int) -> ErrorCode:
        """Whether this producer may write to partitions of the open transaction (KIP-890's verification), but for which partitions."""
        error = self._check_producer(producer_id, producer_epoch)
        if not error and self.facts is not None and self.facts.state in PREPARED:
            return _BUSY
        return error

    def verify(
        self, producer_id: int, producer_epoch: int, partitions: Iterable[TopicPartition]
    ) -> dict[TopicPartition, ErrorCode]:
        """AddPartitionsToTxn with `verify_only`: whether partitions belong to the open transaction."""
        error = self.check(producer_id, producer_epoch)
        if error or self.facts is None:
            return dict.fromkeys(partitions, error)
        known = self.facts.partitions
        return {one: ErrorCode.NONE if one in known else ErrorCode.TRANSACTION_ABORTABLE for one in partitions}

    def verify_group(self, producer_id: int, producer_epoch: int, group_id: str) -> ErrorCode:
        """The same for a group whose offsets are to be committed with the transaction."""
        error = self.check(producer_id, producer_epoch)
        if error or self.facts is None or group_id in self.facts.groups:
            return error
        return ErrorCode.TRANSACTION_ABORTABLE

    # --- the end ------------------------------------------------------------------------------------------------------------

    def end(self, token: Token, request: End, now: Now, *, fresh_id: int | None = None) -> Outcome:
        """The producer commits or aborts."""
        if request.version >= EPOCH_BUMP_VERSION:
            return self._end_and_raise(token, request, now, fresh_id)
        out = Outcome()
        facts = self.facts
        error = self._check_producer(request.producer_id, request.producer_epoch)
        if not error and self.pending is not None:
            error = _BUSY
        if error or facts is None:
            return self._say(out, token, EndReply(error))
        if facts.state is State.ONGOING:
            return self._prepare(out, facts, request, now, NO_PRODUCER_ID, token)
        done = State.COMPLETE_COMMIT if request.is_commit else State.COMPLETE_ABORT
        return self._say(out, token, EndReply(ErrorCode.NONE if facts.state is done else _WRONG_STATE))

    def _end_and_raise(self, token: Token, request: End, now: Now, fresh_id: int | None) -> Outcome:
        """EndTxn 5 (KIP-890): the epoch tells a retry from the next call.

        An abort is always possible with the current epoch, also when nothing was added; a commit needs an open transaction.
        """
        out = Outcome()
        facts = self.facts
        if self.pending is not None:
            return self._say(out, token, EndReply(_BUSY))
        if facts is None:
            return self._say(out, token, EndReply(_OTHER_PRODUCER))
        epoch = request.producer_epoch
        is_complete = facts.state in _COMPLETE.values()
        rolled_over = (
            facts.previous_producer_id == request.producer_id and epoch == LAST_EPOCH and facts.producer_epoch == 0
        )
        is_retry = is_complete and (rolled_over or facts.producer_epoch == epoch + 1)
        if facts.producer_id != request.producer_id and not rolled_over:
            return self._say(out, token, EndReply(_OTHER_PRODUCER))
        if facts.producer_epoch != epoch and not is_retry:
            return self._say(out, token, EndReply(_FENCED))
        if is_retry:
            done = State.COMPLETE_COMMIT if request.is_commit else State.COMPLETE_ABORT
            if facts.state is not done:
                return self._say(out, token, EndReply(_WRONG_STATE))
            if not facts.version:
                # An older EndTxn raises no epoch, so this is no retry but a zombie, one epoch behind who sent that. Kafka 4.3.1 answers it
                # that its transaction ended as it wished, with the identity of its successor.
                return self._say(out, token, EndReply(_FENCED))
            return self._say(out, token, EndReply(ErrorCode.NONE, facts.producer_id, facts.producer_epoch))
        if facts.state is not State.ONGOING and request.is_commit:
            return self._say(out, token, EndReply(_WRONG_STATE))
        next_id = NO_PRODUCER_ID
        if is_exhausted(facts.producer_epoch):
            if fresh_id is None:
                out.wants_producer_id = True
                return out
            next_id = fresh_id
        return self._prepare(out, facts, request, now, next_id, token)

    def _prepare(self, out: Outcome, facts: Facts, request: End, now: Now, next_id: int, token: Token) -> Outcome:
        prepared = _prepared(facts, request.is_commit, request.version, next_id, now)
        final = _completed(prepared, now)
        reply = EndReply(ErrorCode.NONE, final.producer_id, final.producer_epoch)
        return self._go(out, prepared, ((token, reply),))

    def expire(self, now: Now, *, server_version: int, fresh_id: int | None = None) -> Outcome:
        """Aborts the transaction if its time is over; its producer's epoch is used up with it."""
        out = Outcome()
        if self._deadline_ms is None or self.pending is not None or now.ticks_ms < self._deadline_ms:
            return out
        return self._fence(out, now, server_version, fresh_id, ())

    def _fence(
        self, out: Outcome, now: Now, version: int, fresh_id: int | None, then: tuple[tuple[Token, Reply], ...]
    ) -> Outcome:
        """PrepareEpochFence: aborts with an epoch above the producer's, which nobody is given."""
        facts = self.facts
        assert facts is not None
        if version >= EPOCH_BUMP_VERSION:
            next_id = NO_PRODUCER_ID
            if is_exhausted(facts.producer_epoch):
                if fresh_id is None:
                    out.wants_producer_id = True
                    return out
                next_id = fresh_id
            return self._go(out, _prepared(facts, False, version, next_id, now), then)
        fenced = facts._replace(producer_epoch=min(facts.producer_epoch + 1, MAX_EPOCH), last_producer_epoch=NO_EPOCH)
        return self._go(out, _prepared(fenced, False, version, NO_PRODUCER_ID, now), then)

    def told(self, partitions: Iterable[TopicPartition], groups: Iterable[str], now: Now) -> Outcome:
        """These participants know how the transaction ended (or are gone)."""
        out = Outcome()
        facts = self.facts
        if facts is None or facts.state not in PREPARED:
            return out
        self._untold_partitions.difference_update(partitions)
        self._untold_groups.difference_update(groups)
        if not self._untold_partitions and not self._untold_groups:
            self._complete(out, facts, now)
        return out

    @property
    def untold(self) -> tuple[frozenset[TopicPartition], frozenset[str]]:
        """The participants who do not know yet how the transaction ended."""
        return frozenset(self._untold_partitions), frozenset(self._untold_groups)

    def _tell(self, out: Outcome, facts: Facts, now: Now) -> None:
        self.pending = _COMPLETE[facts.state]
        self._deadline_ms = None
        self._untold_partitions = set(facts.partitions)
        self._untold_groups = set(facts.groups)
        if not facts.partitions and not facts.groups:
            self._complete(out, facts, now)
            return
        out.ending = Ending(
            facts.producer_id,
            facts.producer_epoch,
            facts.state is State.PREPARE_COMMIT,
            facts.version,
            facts.partitions,
            facts.groups,
        )

    def _complete(self, out: Outcome, facts: Facts, now: Now) -> None:
        self.facts = _completed(facts, now)
        self.pending = None
        out.writes.append(Write(self.facts))

    # --- expiry of the id ---------------------------------------------------------------------------------------------------

    def forget(self, now: Now) -> Outcome:
        """Lets the id go when nobody used it for `transactional.id.expiration.ms`."""
        out = Outcome()
        facts = self.facts
        if facts is None or self.pending is not None or facts.state not in SETTLED:
            return out
        if facts.updated_ms <= now.wall_ms - self._settings.id_expiration_ms:
            self.pending = State.DEAD
            out.writes.append(Write(None))
        return out

    # --- writes -------------------------------------------------------------------------------------------------------------

    def written(self, write: Write, now: Now) -> Outcome:
        """The facts are durable."""
        out = Outcome()
        facts = write.facts
        if facts is None:
            self.facts = None
            self.pending = None
            return out
        if facts.state in _COMPLETE.values():
            return out  # it was complete before it was durable
        started = self.facts is None or self.facts.state is not State.ONGOING
        self.facts = facts
        self.pending = None
        if facts.state in PREPARED:
            self._tell(out, facts, now)
        elif facts.state is State.ONGOING:
            if started:
                self._deadline_ms = now.ticks_ms + facts.timeout_ms
        else:
            self._deadline_ms = None
        return out

    def _go(self, out: Outcome, facts: Facts, then: tuple[tuple[Token, Reply], ...]) -> Outcome:
        assert self.facts is None or self.facts.state in FROM[facts.state]
        self.pending = facts.state
        out.writes.append(Write(facts, then))
        return out

    def _say(self, out: Outcome, token: Token, reply: Reply) -> Outcome:
        out.replies.append((token, reply))
        return out


def _may_go_on(facts: Facts, producer_id: int, epoch: int) -> bool:
    """KIP-360: the producer id is the current one, or the one before it whose epochs were used up (a lost answer)."""
    if producer_id == facts.producer_id:
        return True
    return producer_id == facts.previous_producer_id and is_exhausted(epoch)


def _prepared(facts: Facts, is_commit: bool, version: int, next_id: int, now: Now) -> Facts:
    raises = version >= EPOCH_BUMP_VERSION
    return facts._replace(
        state=State.PREPARE_COMMIT if is_commit else State.PREPARE_ABORT,
        # At the last epoch this reaches 32767, which only the marker carries: the producer goes on with the next id and epoch 0.
        producer_epoch=min(facts.producer_epoch + 1, MAX_EPOCH) if raises else facts.producer_epoch,
        last_producer_epoch=facts.producer_epoch if raises else facts.last_producer_epoch,
        previous_producer_id=facts.producer_id,
        next_producer_id=next_id,
        started_ms=facts.started_ms if facts.state is State.ONGOING else now.wall_ms,
        updated_ms=now.wall_ms,
        version=version,
    )


def _completed(facts: Facts, now: Now) -> Facts:
    rolls_over = facts.version >= EPOCH_BUMP_VERSION and facts.next_producer_id != NO_PRODUCER_ID
    return facts._replace(
        state=_COMPLETE[facts.state],
        producer_id=facts.next_producer_id if rolls_over else facts.producer_id,
        producer_epoch=0 if rolls_over else facts.producer_epoch,
        previous_producer_id=facts.producer_id,
        next_producer_id=NO_PRODUCER_ID,
        partitions=frozenset(),
        groups=frozenset(),
        updated_ms=now.wall_ms,
    )
