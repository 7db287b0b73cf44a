"""Finds in a history what an exactly-once log must not do. Pure; after Elle and Jepsen's checker for Kafka-like logs.

| anomaly | what it means here |
|---|---|
| inconsistent offsets | two values at one offset of a partition: sends and polls must agree for ever |
| duplicate | one value, or one content of a topic, visible at two offsets |
| lost write | acknowledged and committed, and somebody read past it, or to the end, without it; nobody ever read it |
| torn transaction | of a commit whose outcome nobody heard a part is visible and a part is not |
| lost copy | visible in the source of a copy, not in its target |
| aborted read (G1a) | read_committed read a value of an aborted transaction |
| intermediate read (G1b) | read_committed had a value before its transaction was asked to commit |
| precommitted read | a transaction read what it itself had sent |
| nonmonotonic poll | within one session a later poll's offset is not higher |
| skipped poll | within one session a reader passed over a value that read_committed shows |
| nonmonotonic send | what one process sent later has the lower offset |
| unknown value | read, but nobody sent it |
| G1c | a cycle of transactions each of which read from the one before (wr edges) |
| G0, G1c with ww | cycles in which write order (ww edges: neighbours in a partition) takes part. Kafka allows both: its transactions are
|  | isolated from readers, not from each other's writes. Reported apart, in `Findings.allowed` |
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.histories.graph import strongly_connected
from tests.histories.history import History, Operation, Outcome, Place, Send

ALLOWED = frozenset({"G0", "G1c with ww"})
KEPT_MAX = 20


@dataclass(frozen=True)
class Anomaly:
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass
class Findings:
    """`anomalies` is empty for a sound history. At most `KEPT_MAX` of a kind are described; `counts` has them all."""

    anomalies: list[Anomaly] = field(default_factory=list)
    allowed: list[Anomaly] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    operations: int = 0
    values: int = 0

    def kinds(self) -> set[str]:
        return {anomaly.kind for anomaly in self.anomalies}

    def add(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= KEPT_MAX:
            (self.allowed if kind in ALLOWED else self.anomalies).append(Anomaly(kind, what))

    def __str__(self) -> str:
        head = f"{self.operations} operations, {self.values} values: {dict(self.counts) or 'nothing found'}"
        return "\n".join([head, *(f"  {anomaly}" for anomaly in self.anomalies)])


def check(history: History) -> Findings:
    """Everything wrong with `history`."""
    return _Check(history).run()


class _Check:
    def __init__(self, history: History) -> None:
        self.history = history
        self.operations = history.operations
        self.found = Findings(operations=len(history.operations))
        self.writer: dict[str, int] = {}  # value -> operation
        self.sent: dict[str, Send] = {}
        self.offsets: dict[str, set[tuple[Place, int]]] = defaultdict(set)  # value -> where it was said to be or seen
        self.values: dict[tuple[Place, int], set[str]] = defaultdict(set)
        self.visible: dict[str, set[tuple[Place, int]]] = defaultdict(set)  # value -> where read_committed saw it
        self.outcomes: list[Outcome] = [operation.outcome for operation in self.operations]

    def run(self) -> Findings:
        self._index()
        self._offsets()
        self._reads()
        self._whole()
        self._duplicates()
        self._polls()
        self._sends()
        self._copies()
        self._cycles()
        return self.found

    def _index(self) -> None:
        for number, operation in enumerate(self.operations):
            for send in operation.sends:
                if send.value in self.writer:
                    raise ValueError(f"{send.value} was sent twice: a history must name each sending")
                self.writer[send.value], self.sent[send.value] = number, send
                if send.offset is not None:
                    self.offsets[send.value].add((send.place, send.offset))
                    # What was acknowledged and then aborted keeps its offset for ever, too.
                    self.values[send.place, send.offset].add(send.value)
            for read in operation.reads:
                self.offsets[read.value].add((read.place, read.offset))
                self.values[read.place, read.offset].add(read.value)
                if operation.read_committed:
                    self.visible[read.value].add((read.place, read.offset))
        self.found.values = len(self.sent)
        for value in self.visible:
            writer = self.writer.get(value)
            if writer is not None and self.outcomes[writer] is Outcome.UNKNOWN:
                self.outcomes[writer] = Outcome.COMMITTED

    def _offsets(self) -> None:
        for (place, offset), values in self.values.items():
            if len(values) > 1:
                self.found.add("inconsistent offsets", f"{place} offset {offset}: {sorted(values)}")

    def _reads(self) -> None:
        for number, operation in enumerate(self.operations):
            for read in operation.reads:
                writer = self.writer.get(read.value)
                where = f"{operation.process} read {read.value} at {read.place} offset {read.offset}"
                if writer is None:
                    self.found.add("unknown value", f"{where}, which nobody sent")
                    continue
                if not operation.read_committed:
                    continue
                if self.outcomes[writer] is Outcome.ABORTED:
                    self.found.add("aborted read", f"{where}, which was aborted")
                wrote = self.operations[writer]
                if writer == number:
                    self.found.add("precommitted read", f"{where}, which is its own and not committed")
                elif wrote.deciding_s is not None and operation.ended_s is not None:
                    early_s = wrote.deciding_s - operation.ended_s
                    if early_s > 0:
                        self.found.add("intermediate read", f"{where}, {early_s:.3f} s before its commit was asked for")

    def _whole(self) -> None:
        passed: dict[Place, int] = {}
        for operation in self.operations:
            if operation.read_committed:
                for read in operation.reads:
                    passed[read.place] = max(passed.get(read.place, -1), read.offset)
        for number, operation in enumerate(self.operations):
            if self.outcomes[number] is not Outcome.COMMITTED:
                continue
            missing = [send for send in operation.sends if not self.visible.get(send.value)]
            missing = [send for send in missing if self._should_be_seen(send, passed)]
            if missing and operation.outcome is Outcome.UNKNOWN:
                seen = len(operation.sends) - len(missing)
                which = [send.value for send in missing[:5]]
                self.found.add("torn transaction", f"of {operation.process} {seen} values are visible, {which} are not")
            elif missing:
                for send in missing:
                    self.found.add(
                        "lost write", f"{send.value} at {send.place} offset {send.offset}: nobody ever read it"
                    )

    def _should_be_seen(self, send: Send, passed: dict[Place, int]) -> bool:
        if send.place in self.history.read_to_end:
            return True
        return send.offset is not None and passed.get(send.place, -1) > send.offset

    def _duplicates(self) -> None:
        if not self.history.idempotent:
            return
        for value, places in self.offsets.items():
            if len(places) > 1:
                self.found.add("duplicate", f"{value} at {sorted(places)}")
        contents: dict[tuple[str, str], set[str]] = defaultdict(set)
        for value, places in self.visible.items():
            for place, _ in places:
                contents[place[0], self.history.content(value)].add(value)
        for (topic, content), values in contents.items():
            if len(values) > 1:
                self.found.add("duplicate", f"{content} is in {topic} as {sorted(values)}")

    def _polls(self) -> None:
        """Each session's way through each place: upwards, past nothing that read_committed shows somebody else."""
        shown: dict[Place, set[int]] = defaultdict(set)
        for places in self.visible.values():
            for place, offset in places:
                shown[place].add(offset)
        ways: dict[tuple[str, int, Place], list[int]] = defaultdict(list)
        for operation in self.operations:
            for read in operation.reads:
                ways[operation.process, operation.session, read.place].append(read.offset)
        for (process, session, place), way in ways.items():
            for before, after in pairwise(way):
                if after <= before:
                    self.found.add("nonmonotonic poll", f"{process} ({session}) in {place}: {after} after {before}")
            if way == sorted(way):
                for offset in sorted(shown[place].intersection(range(way[0], way[-1])) - set(way)):
                    self.found.add("skipped poll", f"{process} ({session}) in {place} never got offset {offset}")

    def _sends(self) -> None:
        if not self.history.idempotent:
            return
        last: dict[tuple[str, Place], Send] = {}
        for operation in self.operations:
            for send in operation.sends:
                if send.offset is None:
                    continue
                before = last.get((operation.process, send.place))
                if before is not None and before.offset is not None and send.offset <= before.offset:
                    what = f"{send.value} at offset {send.offset} after {before.value} at {before.offset}"
                    self.found.add("nonmonotonic send", f"{operation.process} in {send.place}: {what}")
                last[operation.process, send.place] = send

    def _copies(self) -> None:
        topics: dict[str, set[str]] = defaultdict(set)
        for value, places in self.visible.items():
            for place, _ in places:
                topics[place[0]].add(self.history.content(value))
        for source, target in self.history.copies:
            for content in sorted(topics[source] - topics[target]):
                self.found.add("lost copy", f"{content} of {source} is not in {target}")
            for content in sorted(topics[target] - topics[source]):
                self.found.add("unknown value", f"{content} of {target} is not in {source}")

    def _cycles(self) -> None:
        reads = self._read_edges()
        writes = self._write_edges()
        for cycle in strongly_connected(reads):
            self.found.add("G1c", self._named(cycle))
        for cycle in strongly_connected(writes):
            self.found.add("G0", self._named(cycle))
        both = {node: reads.get(node, set()) | writes.get(node, set()) for node in sorted(reads.keys() | writes.keys())}
        pure = {frozenset(cycle) for edges in (reads, writes) for cycle in strongly_connected(edges)}
        for cycle in strongly_connected(both):
            if frozenset(cycle) not in pure:
                self.found.add("G1c with ww", self._named(cycle))

    def _transactions(self) -> Iterator[tuple[int, Operation]]:
        """The committed ones. A poll or a send alone can be in no cycle."""
        for number, operation in enumerate(self.operations):
            if operation.transactional and self.outcomes[number] is Outcome.COMMITTED:
                yield number, operation

    def _read_edges(self) -> dict[int, set[int]]:
        committed = dict(self._transactions())
        edges: dict[int, set[int]] = defaultdict(set)
        for number, operation in committed.items():
            for read in operation.reads:
                writer = self.writer.get(read.value)
                if writer is not None and writer != number and writer in committed:
                    edges[writer].add(number)
        return edges

    def _write_edges(self) -> dict[int, set[int]]:
        order: dict[Place, list[tuple[int, int]]] = defaultdict(list)
        for number, operation in self._transactions():
            for send in operation.sends:
                for place, offset in self.offsets[send.value]:
                    order[place].append((offset, number))
        edges: dict[int, set[int]] = defaultdict(set)
        for rows in order.values():
            rows.sort()
            for (_, before), (_, after) in pairwise(rows):
                if before != after:
                    edges[before].add(after)
        return edges

    def _named(self, cycle: list[int]) -> str:
        shown = [f"{self.operations[number].process}#{number}" for number in cycle[:6]]
        return " -> ".join(shown) + (f" and {len(cycle) - 6} more" if len(cycle) > 6 else "")
