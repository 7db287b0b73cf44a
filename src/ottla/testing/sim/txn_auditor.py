"""The judge of transactions: a plain model of what producers did and were told, and of what readers of committed data were given.

It knows no states and no epoch arithmetic. A transaction is a set of records and offsets that one instance of a transactional id sent
between two ends. How it ended is known from its producer (an answered EndTxn) or from readers (a record of it was given to a reader of
committed data, or dropped as aborted), and no two of them may disagree:

- `dirty`: given, although nobody asked for a commit. `aborted`: given, although it was aborted. `lost-commit`: dropped, missing or
  aborted, although it was committed. Whoever commits has every record acknowledged, so one record of it stands for all.
- `lso`: the last stable offset is above the first record of a transaction that cannot have ended. (That it never goes back is the
  log auditor's rule.)
- `blocked`: without faults, the last stable offset stays at a transaction for longer than its timeout.
- `fenced`: a producer was told so without a reason: no other instance introduced itself and its time was not over.
- `zombie`: an instance was served after a later one had been introduced.
- `copied-twice`, `not-copied`: a copy-transform worker's copies name what they were made of, and each is there exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ottla.testing.sim.auditor import MARKER, Auditor, Key
from ottla.testing.sim.groups import FOREVER, Commit, GroupAuditor

COPY_OF = "="
"""In the value of a copy, before what it was made of."""
LATE_S = 35.0
"""A request that was not answered has reached the broker by then, or never will: the longest wait for an answer and some."""
SLACK_S = 15.0
"""Beyond a transaction's timeout: until its markers are written and everyone has heard of it."""
NO_OUTCOME, COMMITTED, ABORTED = "", "committed", "aborted"


@dataclass(slots=True, eq=False)
class Introduction:
    """One InitProducerId of a transactional id. `known_by`: when it was answered, or can have no effect any more."""

    sent: float
    answered: float = FOREVER
    known_by: float = FOREVER
    producer_id: int = -1
    producer_epoch: int = -1


@dataclass(slots=True, eq=False)
class Txn:
    """One transaction. `first`: the lowest place of a record of it in each partition, as far as known."""

    number: int
    transactional_id: str
    who: str
    timeout_s: float
    began: float
    introduction: Introduction
    values: list[tuple[Key, str]] = field(default_factory=list)
    first: dict[Key, int] = field(default_factory=dict)
    known_at: float = FOREVER
    """When the broker was known to have it."""
    commit_sent: bool = False
    end_sent: bool = False
    outcome: str = NO_OUTCOME
    commits: list[Commit] = field(default_factory=list)

    def __str__(self) -> str:
        return f"transaction {self.number} of {self.transactional_id} ({self.who})"


class TransactionAuditor:
    """Collects what transactional producers and readers of committed data observe."""

    def __init__(self, time: Callable[[], float], auditor: Auditor, groups: GroupAuditor) -> None:
        self.time = time
        self.violate = auditor.violate
        self.transactions = 0
        self.committed = 0
        self.calm_since = FOREVER
        self._auditor = auditor
        self._groups = groups
        self._of: dict[str, Txn] = {}
        """Transactions by the values of their records."""
        self._live: dict[Key, dict[Txn, None]] = {}
        """Those with a record in a partition whose end nobody asked for."""
        self._introductions: dict[str, list[Introduction]] = {}
        self._copies: dict[tuple[Key, int], str] = {}
        self._jumped_at = -1.0
        self._started_at = 0.0
        auditor.on_placed = self._placed

    # --- the broker -------------------------------------------------------------------------------------------------------------

    def started(self) -> None:
        """A broker serves."""
        self._started_at = self.time()

    def clock_jumped(self) -> None:
        """After a start, timeouts are measured by the wall clock."""
        self._jumped_at = self.time()

    # --- identities -------------------------------------------------------------------------------------------------------------

    def introducing(self, transactional_id: str) -> Introduction:
        """InitProducerId is about to be sent."""
        found = Introduction(self.time())
        self._introductions.setdefault(transactional_id, []).append(found)
        return found

    def introduction_lost(self, introduction: Introduction) -> None:
        """It was not answered: it may yet arrive."""
        introduction.known_by = self.time() + LATE_S

    def introduced(
        self, transactional_id: str, introduction: Introduction, producer_id: int, producer_epoch: int
    ) -> None:
        """It was answered with an identity."""
        introduction.answered = introduction.known_by = self.time()
        introduction.producer_id, introduction.producer_epoch = producer_id, producer_epoch
        for other in self._introductions[transactional_id]:
            if other.answered >= introduction.sent or other is introduction:
                continue
            if other.producer_id == producer_id and other.producer_epoch >= producer_epoch:
                raise self.violate(
                    "zombie",
                    f"{transactional_id} was given epoch {producer_epoch} of {producer_id} after {other.producer_epoch}",
                )

    def introduction_refused(self, introduction: Introduction) -> None:
        """It changed nothing, but may have ended a transaction."""
        introduction.known_by = self.time()

    def served(self, transactional_id: str, introduction: Introduction, what: str, sent_at: float) -> None:
        """An instance was told that all is well with a request of its own."""
        for other in self._introductions[transactional_id]:
            if other.answered < sent_at and other.sent > introduction.answered:
                raise self.violate(
                    "zombie",
                    f"{what} of {transactional_id} (epoch {introduction.producer_epoch}) was served, although epoch "
                    f"{other.producer_epoch} of {other.producer_id} had been given to another",
                )

    def fenced(self, transactional_id: str, introduction: Introduction, txn: Txn | None, what: str) -> None:
        """An instance was told that it is not the one any more."""
        if not self._may_be_fenced(transactional_id, introduction) and (txn is None or not self._may_be_over(txn)):
            raise self.violate("fenced", f"{what} of {transactional_id}: fenced by nobody")

    def _may_be_fenced(self, transactional_id: str, introduction: Introduction) -> bool:
        return any(
            other is not introduction and other.known_by > introduction.sent
            for other in self._introductions[transactional_id]
        )

    # --- a transaction ----------------------------------------------------------------------------------------------------------

    def begin(self, transactional_id: str, who: str, timeout_s: float, introduction: Introduction) -> Txn:
        """A producer begins; nothing is sent yet."""
        self.transactions += 1
        return Txn(self.transactions, transactional_id, who, timeout_s, self.time(), introduction)

    def writing(self, txn: Txn, key: Key, values: Iterable[str]) -> None:
        """Records of a transaction are about to be sent."""
        for value in values:
            txn.values.append((key, value))
            self._of[value] = txn

    def _placed(self, key: Key, offset: int, value: str) -> None:
        txn = self._of.get(value)
        if txn is None:
            return
        txn.known_at = min(txn.known_at, self.time())
        if offset < txn.first.get(key, offset + 1):
            txn.first[key] = offset
        if not txn.end_sent and not txn.outcome:
            self._live.setdefault(key, {})[txn] = None

    def may_have_ended(self, txn: Txn) -> bool:
        """Whether someone asked for its end, or its time may be over."""
        if txn.end_sent or txn.outcome or self._may_be_over(txn):
            return True
        return self._may_be_fenced(txn.transactional_id, txn.introduction)

    def _may_be_over(self, txn: Txn) -> bool:
        return self.time() >= txn.began + txn.timeout_s or self._jumped_at >= txn.began

    def committing(self, txn: Txn, group: str, key: Key, offset: int, generation: int) -> None:
        """Offsets are about to be sent with it."""
        txn.commits.append(self._groups.committing(group, key, offset, generation))

    def ending(self, txn: Txn, *, is_commit: bool) -> None:
        """EndTxn is about to be sent."""
        txn.end_sent = True
        txn.commit_sent = is_commit
        self._forget_live(txn)

    def ended(self, txn: Txn, *, is_commit: bool) -> None:
        """EndTxn was answered."""
        txn.end_sent = True
        if is_commit:
            self.committed += 1
            self._decide(txn, COMMITTED, "its producer was told so")
            for commit in txn.commits:
                self._groups.committed(commit)
            txn.commits = []
        else:
            self._decide(txn, ABORTED, "its producer was told so")

    def given_up(self, txn: Txn) -> None:
        """Its producer was fenced, or does not go on with it. Unless it asked for a commit it can only be aborted."""
        if not txn.commit_sent:
            self._decide(txn, ABORTED, "its producer was fenced")

    def _decide(self, txn: Txn, outcome: str, why: str) -> None:
        if txn.outcome == outcome:
            return
        if txn.outcome:
            rule = "lost-commit" if COMMITTED in (txn.outcome, outcome) and outcome == ABORTED else "aborted"
            if txn.outcome == ABORTED and txn.commit_sent:
                rule = "lost-commit"
            raise self.violate(rule, f"{txn} was {txn.outcome}; now it is {outcome}: {why}")
        if outcome == COMMITTED and not txn.commit_sent:
            raise self.violate("dirty", f"{txn} is committed ({why}), nobody asked for that")
        txn.outcome = outcome
        self._forget_live(txn)
        if outcome == COMMITTED:
            for _, value in txn.values:
                self._note_copy(value)
        else:
            for commit in txn.commits:
                self._groups.withdrawn(commit)
            txn.commits = []

    def _note_copy(self, value: str) -> None:
        """This one is committed."""
        made_of = self.made_of(value)
        if made_of is not None:
            first = self._copies.setdefault(made_of, value)
            if first != value:
                raise self.violate("copied-twice", f"{made_of} was copied to {first} and to {value}, both committed")

    def _forget_live(self, txn: Txn) -> None:
        for key in txn.first:
            self._live.get(key, {}).pop(txn, None)

    # --- readers ----------------------------------------------------------------------------------------------------------------

    def delivered(self, key: Key, reader: str, records: Sequence[tuple[int, str]]) -> None:
        """A consumer of committed data was given these."""
        for offset, value in records:
            txn = self._of.get(value)
            if txn is None:
                continue
            if txn.outcome != COMMITTED:
                if txn.outcome == ABORTED:
                    raise self.violate("aborted", f"{key}: {reader} was given {value} at {offset} of {txn}")
                self._decide(txn, COMMITTED, f"{reader} was given {value} of {key}")
            self._note_copy(value)

    def dropped(self, key: Key, reader: str, values: Sequence[str]) -> None:
        """A reader of committed data had these and was told that they are aborted."""
        for value in values:
            txn = self._of.get(value)
            if txn is None:
                raise self.violate(
                    "lost", f"{key}: {reader} was told that {value} is aborted; it was in no transaction"
                )
            if txn.outcome != ABORTED:
                self._decide(txn, ABORTED, f"{reader} was told so of {value} in {key}")

    def is_in_none(self, value: str) -> bool:
        """Whether it is a record of no transaction."""
        return value not in self._of and not value.startswith(MARKER)

    @staticmethod
    def made_of(value: str) -> tuple[Key, int] | None:
        """The place a copy was made of."""
        _, is_copy, place = value.partition(COPY_OF)
        if not is_copy:
            return None
        where, _, offset = place.partition("@")
        topic, _, index = where.rpartition("-")
        return (topic, int(index)), int(offset)

    def stable(self, key: Key, reader: str, stable: int, high_watermark: int, sent_at: float) -> None:
        """Someone was told a last stable offset (and a high watermark; -1: not)."""
        auditor = self._auditor
        if stable < 0 or sent_at <= auditor.power_cut_at:
            return
        live = self._live.get(key)
        if live:
            trimmed = auditor.partition(key).log_start_max
            for txn in live:
                first = max(txn.first[key], trimmed)
                if stable > first and not self.may_have_ended(txn):
                    raise self.violate(
                        "lso", f"{key}: {reader} was told last stable offset {stable}, {txn} is open from {first} on"
                    )
        if stable >= high_watermark:
            return
        value = auditor.known(key, stable)
        blocking = None if value is None else self._of.get(value)
        if blocking is None:
            return
        since = max(self.calm_since, self._started_at, blocking.known_at)
        if sent_at > since + blocking.timeout_s + SLACK_S:
            raise self.violate(
                "blocked",
                f"{key}: {reader} waits at {stable} for {blocking}, {sent_at - since:.0f} s after all was well; its timeout is "
                f"{blocking.timeout_s:.0f} s",
            )

    # --- the end ----------------------------------------------------------------------------------------------------------------

    def final(self, delivered: dict[Key, dict[str, int]], sources: Iterable[Key]) -> None:
        """Everything that a fresh reader of committed data was given, of all partitions, when nothing moves any more."""
        auditor = self._auditor
        for txn in {id(one): one for one in self._of.values()}.values():
            if txn.outcome != COMMITTED:
                continue
            for key, value in txn.values:
                place = auditor.partition(key).places.get(value, -1)
                if value not in delivered[key] and not 0 <= place < auditor.partition(key).log_start_max:
                    raise self.violate("lost-commit", f"{key}: {value} is not there, but {txn} was committed")
        for key in sources:
            start = auditor.partition(key).log_start_max
            missing = [
                offset
                for value, offset in delivered[key].items()
                if offset >= start and (key, offset) not in self._copies
            ]
            if missing:
                raise self.violate("not-copied", f"{key}: nobody copied {missing[:10]}")


__all__ = ["COPY_OF", "Introduction", "TransactionAuditor", "Txn"]
