"""Which transactions ListTransactions shows (KIP-664; duration: KIP-994; pattern: KIP-1152), and what DescribeTransactions says.

Group offsets committed with a transaction are shown as Kafka shows them, as a partition of its offsets topic: tools print it, and nobody
reads it from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from ottla.rules.transactions.pattern import Pattern
from ottla.rules.transactions.states import BY_LABEL, Facts, State

OFFSETS_TOPIC: Final = "__consumer_offsets"


class Listed(NamedTuple):
    """A line of ListTransactions."""

    transactional_id: str
    producer_id: int
    state: str


class Described(NamedTuple):
    """A transactional id in DescribeTransactions. `topics`: partitions by topic, in order. `started_ms` -1: none is open."""

    state: str
    timeout_ms: int
    started_ms: int
    producer_id: int
    producer_epoch: int
    topics: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(slots=True)
class Filter:
    """Conditions that must all hold. Empty ones, and a negative duration, hold always."""

    states: frozenset[State]
    unknown_states: tuple[str, ...]
    any_state: bool
    producer_ids: frozenset[int]
    longer_than_ms: int
    pattern: Pattern | None

    @classmethod
    def read(
        cls,
        state_names: Iterable[str],
        producer_ids: Iterable[int],
        longer_than_ms: int = -1,
        pattern: str | None = None,
    ) -> Filter:
        """From the request's fields. Raises PatternError; state names nobody knows are kept to be told."""
        names = list(dict.fromkeys(state_names))
        return cls(
            frozenset(BY_LABEL[name] for name in names if name in BY_LABEL),
            tuple(name for name in names if name not in BY_LABEL),
            not names,
            frozenset(producer_ids),
            longer_than_ms,
            Pattern(pattern) if pattern else None,
        )

    def lets_through(self, transactional_id: str, facts: Facts, now_wall_ms: int) -> bool:
        if self.producer_ids and facts.producer_id not in self.producer_ids:
            return False
        if not self.any_state and facts.state not in self.states:
            return False
        if self.longer_than_ms >= 0 and now_wall_ms - facts.started_ms <= self.longer_than_ms:
            return False  # as in Kafka, what never began counts as begun long ago
        return self.pattern is None or self.pattern.matches(transactional_id)


def describe(facts: Facts, offsets_partitions: int) -> Described:
    """`offsets_partitions`: how many partitions Kafka's offsets topic would have (`offsets.topic.num.partitions`)."""
    topics: dict[str, set[int]] = {}
    for topic, index in facts.partitions:
        topics.setdefault(topic, set()).add(index)
    for group_id in facts.groups:
        topics.setdefault(OFFSETS_TOPIC, set()).add(offsets_partition(group_id, offsets_partitions))
    return Described(
        facts.state.label,
        facts.timeout_ms,
        facts.started_ms,
        facts.producer_id,
        facts.producer_epoch,
        tuple((topic, tuple(sorted(topics[topic]))) for topic in sorted(topics)),
    )


def offsets_partition(group_id: str, count: int) -> int:
    """The partition of the offsets topic that a group belongs to: Java's `String.hashCode`, its absolute value, modulo."""
    value = 0
    units = group_id.encode("utf-16-be", "surrogatepass")
    for at in range(0, len(units), 2):
        value = (31 * value + (units[at] << 8 | units[at + 1])) & 0xFFFFFFFF
    # Kafka takes the absolute value of the smallest number, which has none, for 0.
    magnitude = value if value < 0x80000000 else (0x100000000 - value) & 0x7FFFFFFF
    return magnitude % count
