"""Transactions under kill -9, judged by a plain model: what was committed is there whole and once, what was aborted is nowhere.

`Ledger` is the model; `TransactionLoad` puts real clients to work on it (`crew.py`). Judged:

- every record of a COMMITTED transaction is read by read_committed exactly once, at the offset it was acknowledged with;
- of an ABORTED one never any; of an UNKNOWN one all or none;
- a read_committed reader never gets a record before its commit was asked for;
- records of one writer stand in each partition in the order in which they were sent;
- the copy of a topic, made by copiers of one group, has every record of its source once and in the source's order;
- what readers (both isolations) got while the broker was killed is what a fresh reader gets from the start at the end: same
  records, same offsets, nothing between;
- at the end nothing is left open: both isolations have the same end offsets.
"""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.durability.crew import COPY, PLACES, SOURCE, TOPICS, Crew
from tests.durability.hosted import Abort
from tests.durability.transactors import Ended, Got, Outcome, Place

FAILURES_MAX = 20
WORKERS = {"w0": 1, "w1": 2, "w2": 3, "c0": 4, "c1": 5}

_OUTCOMES = (Outcome.COMMITTED, Outcome.ABORTED, Outcome.UNKNOWN)


def packed(name: str) -> int:
    """`worker:transaction:index` as one number whose order, for one worker, is the order of sending."""
    worker, number, index = name.split("<", 1)[0].split(":")
    return WORKERS[worker] << 48 | int(number) << 16 | int(index)


def named(number: int) -> str:
    worker = next(name for name, value in WORKERS.items() if value == number >> 48)
    return f"{worker}:{number >> 16 & 0xFFFFFFFF}:{number & 0xFFFF}"


@dataclass
class Column:
    """What one reader got from one place: offsets ascending, and the records' packed names; for copies their sources' too."""

    offsets: array[int] = field(default_factory=lambda: array("q"))
    names: array[int] = field(default_factory=lambda: array("q"))
    sources: array[int] = field(default_factory=lambda: array("q"))

    def add(self, got: Got) -> str | None:
        """Returns what is wrong, if anything."""
        if got.name is None:
            return f"{got.place} offset {got.offset}: altered record"
        if self.offsets and got.offset <= self.offsets[-1]:
            return f"{got.place}: after offset {self.offsets[-1]} came {got.offset}"
        self.offsets.append(got.offset)
        self.names.append(packed(got.name))
        if "<" in got.name:
            self.sources.append(packed(got.name.split("<", 1)[1]))
        return None


Columns = dict[Place, Column]


def columns() -> Columns:
    return {place: Column() for place in PLACES}


class Ledger:
    """The model. Told by the clients' threads, judged at the end by `judge`."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._asked: set[int] = set()
        self._outcomes: dict[int, tuple[int, int]] = {}  # transaction -> (index into _OUTCOMES, records)
        self._places = {place: number for number, place in enumerate(PLACES)}
        self._acknowledged = (array("q"), array("b"), array("q"))  # name, place, offset
        self.live: dict[bool, Columns] = {True: columns(), False: columns()}

    def fail(self, what: str) -> None:
        with self._lock:
            if len(self.failures) < FAILURES_MAX:
                self.failures.append(what)

    def deciding(self, ended: Ended) -> None:
        with self._lock:
            self._asked.add(packed(f"{ended.worker}:{ended.number}:0"))

    def ended(self, ended: Ended) -> None:
        with self._lock:
            self.counts[ended.outcome.value] += 1
            key = packed(f"{ended.worker}:{ended.number}:0")
            if ended.sent:
                self._outcomes[key] = (_OUTCOMES.index(ended.outcome), len(ended.sent))
            if ended.outcome is Outcome.COMMITTED:
                names, places, offsets = self._acknowledged
                for sent in ended.sent:
                    # A report without an offset stands for "already there"; the final reading finds it all the same.
                    if sent.offset is not None:
                        names.append(packed(sent.name))
                        places.append(self._places[sent.place])
                        offsets.append(sent.offset)

    def polled(self, reader: str, committed: bool, got: list[Got]) -> None:
        live = self.live[committed]
        for one in got:
            wrong = live[one.place].add(one)
            if wrong is None and committed and one.name is not None:
                key = packed(one.name) & ~0xFFFF
                with self._lock:
                    early = key not in self._asked
                wrong = (
                    f"{one.place} offset {one.offset}: {one.name} before its commit was asked for" if early else None
                )
            if wrong is not None:
                self.fail(f"{reader}: {wrong}")

    def judge(self, committed: Columns, uncommitted: Columns) -> None:
        """`committed` and `uncommitted`: what fresh readers got from all places, from start to end, after everything had ended."""
        for isolation, final in ((True, committed), (False, uncommitted)):
            label = "read_committed" if isolation else "read_uncommitted"
            for place in PLACES:
                self._same(label, place, self.live[isolation][place], final[place])
                self._ordered(label, place, final[place])
        self._whole(committed)
        self._where_acknowledged(committed)
        self._subset(committed, uncommitted)
        self._copied(committed)

    def _same(self, label: str, place: Place, live: Column, final: Column) -> None:
        if live.offsets == final.offsets and live.names == final.names:
            return
        for position in range(max(len(live.offsets), len(final.offsets))):
            one, other = (
                (column.offsets[position], named(column.names[position])) if position < len(column.offsets) else None
                for column in (live, final)
            )
            if one != other:
                self.fail(f"{label} {place}: the reader that lived through it got {one}, a fresh one {other}")
                return

    def _ordered(self, label: str, place: Place, final: Column) -> None:
        """Sequences keep a producer's order and let nothing in twice: also among what was aborted."""
        last: dict[int, int] = {}
        for offset, name in zip(final.offsets, final.names, strict=True):
            before = last.get(name >> 48, -1)
            if name <= before:
                kind = "again" if name == before else f"behind {named(before)}"
                self.fail(f"{label} {place} offset {offset}: {named(name)} came {kind}")
                return
            last[name >> 48] = name

    def _whole(self, committed: Columns) -> None:
        seen: Counter[int] = Counter()
        for column in committed.values():
            seen.update(name & ~0xFFFF for name in column.names)
        for key, (number, count) in self._outcomes.items():
            outcome, found = _OUTCOMES[number], seen.pop(key, 0)
            right = {Outcome.COMMITTED: (count,), Outcome.ABORTED: (0,), Outcome.UNKNOWN: (0, count)}[outcome]
            if outcome is Outcome.UNKNOWN and found:
                self.counts["unknown, found committed"] += 1
            if found not in right:
                self.fail(f"transaction {named(key)} ({outcome.value}): {found} of {count} records are there")
        for key in seen:
            self.fail(f"records of {named(key)}, which nobody ended")

    def _where_acknowledged(self, committed: Columns) -> None:
        there = {place: dict(zip(column.offsets, column.names, strict=True)) for place, column in committed.items()}
        for name, place, offset in zip(*self._acknowledged, strict=True):
            found = there[PLACES[place]].get(offset)
            if found != name:
                instead = "nothing" if found is None else named(found)
                self.fail(f"{PLACES[place]} offset {offset}: {instead}, acknowledged was {named(name)}")

    def _subset(self, committed: Columns, uncommitted: Columns) -> None:
        for place in PLACES:
            rows = set(zip(uncommitted[place].offsets, uncommitted[place].names, strict=True))
            for row in zip(committed[place].offsets, committed[place].names, strict=True):
                if row not in rows:
                    self.fail(f"{place} offset {row[0]}: read_committed has {named(row[1])}, read_uncommitted has not")
                    return

    def _copied(self, committed: Columns) -> None:
        for partition in range(TOPICS[SOURCE]):
            source, copy = committed[SOURCE, partition].names, committed[COPY, partition].sources
            if source == copy:
                continue
            many = [named(name) for name, count in Counter(copy).items() if count > 1]
            lost = [named(name) for name in set(source) - set(copy)]
            strange = [named(name) for name in set(copy) - set(source)]
            self.fail(
                f"copy of {SOURCE}-{partition}: {len(source)} records became {len(copy)}; more than once {many[:5]}, "
                f"lost {lost[:5]}, of nothing {strange[:5]}" + ("" if many or lost or strange else ", in another order")
            )


class TransactionLoad(Crew):
    """The crew and the ledger it reports to."""

    def __init__(
        self,
        bootstrap: str,
        seed: int,
        *,
        ledger: Ledger | None = None,
        aborts: Mapping[str, Sequence[Abort]] | None = None,
    ) -> None:
        self.ledger = ledger or Ledger()
        super().__init__(bootstrap, seed, self.ledger, aborts=aborts)

    def progress(self) -> str:
        counts = self.ledger.counts
        told = f"{counts['committed']} committed, {counts['aborted']} aborted, {counts['unknown']} unknown, {self.copied} copied"
        return f"{told}, {self.client_aborts.total()} client aborts"

    def summary(self) -> dict[str, int]:
        return dict(self.ledger.counts) | {"records copied": self.copied}

    def end(self) -> None:
        """Ends everything against a running broker and judges."""
        finals: dict[bool, Columns] = {True: columns(), False: columns()}

        def keep(committed: bool, got: Got) -> None:
            wrong = finals[committed][got.place].add(got)
            if wrong is not None:
                self.ledger.fail(f"the final reading: {wrong}")

        self.finish(keep)
        self.ledger.judge(finals[True], finals[False])
