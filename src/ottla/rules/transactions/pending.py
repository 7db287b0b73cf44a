"""Group offsets that wait for the end of the transaction they were sent with (KIP-98, KIP-447).

They are seen by nobody until the transaction commits; meanwhile a reader that asks for stable offsets is told UNSTABLE_OFFSET_COMMIT for
their partitions. Which of several commits for a partition holds in the end is decided by when each was sent, not by when its transaction
ended, as in Kafka: an offset that was committed after a pending one, plainly or by a transaction that ended sooner, supersedes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from ottla.rules.transactions.states import TopicPartition

Value = TypeVar("Value")


class Pending(NamedTuple, Generic[Value]):
    """One offset. `sequence` orders offsets by when they were sent. A superseded one is not applied, but is pending like any other."""

    sequence: int
    value: Value
    is_superseded: bool = False


class Key(NamedTuple):
    """What a pending offset is found by."""

    group_id: str
    producer_id: int
    topic: str
    partition: int


class Settled(NamedTuple, Generic[Value]):
    """What the end of a transaction does to a group."""

    applied: list[tuple[TopicPartition, Value]]
    removed: list[Key]
    superseded: list[tuple[Key, Pending[Value]]]
    """Others' pending offsets that were sent before one of those that hold now, to be stored as superseded."""


class PendingOffsets(Generic[Value]):
    """Every pending offset: group, producer id, partition."""

    __slots__ = ("_groups", "_next")

    def __init__(self) -> None:
        self._groups: dict[str, dict[int, dict[TopicPartition, Pending[Value]]]] = {}
        self._next = 1

    def next_sequence(self) -> int:
        """For an offset that is sent now."""
        self._next += 1
        return self._next - 1

    def put(self, key: Key, pending: Pending[Value]) -> None:
        """Takes in one offset; a producer's later one for the same partition replaces its earlier one."""
        self._next = max(self._next, pending.sequence + 1)
        producers = self._groups.setdefault(key.group_id, {})
        producers.setdefault(key.producer_id, {})[key.topic, key.partition] = pending

    def has_group(self, group_id: str) -> bool:
        return group_id in self._groups

    def groups_of(self, producer_id: int) -> list[str]:
        """The groups a producer has pending offsets for."""
        return [group_id for group_id, producers in self._groups.items() if producer_id in producers]

    def is_pending(self, group_id: str, topic: str, partition: int) -> bool:
        """Whether some transaction may still change this partition's offset."""
        producers = self._groups.get(group_id)
        return producers is not None and any((topic, partition) in offsets for offsets in producers.values())

    def settle(self, group_id: str, producer_id: int, *, is_commit: bool) -> Settled[Value]:
        """What the end of this producer's transaction does. Changes nothing yet: `apply` does, when that is durable."""
        offsets = self._groups.get(group_id, {}).get(producer_id, {})
        settled: Settled[Value] = Settled([], [Key(group_id, producer_id, *where) for where in offsets], [])
        if not is_commit:
            return settled
        for where, pending in offsets.items():
            if pending.is_superseded:
                continue
            settled.applied.append((where, pending.value))
            settled.superseded.extend(self._sent_before(group_id, where, pending.sequence, but=producer_id))
        return settled

    def supersede(self, group_id: str, partitions: Iterable[TopicPartition]) -> list[tuple[Key, Pending[Value]]]:
        """Pending offsets that a plain commit for these partitions supersedes, to be stored as such; `mark` makes it so."""
        if group_id not in self._groups:
            return []
        return [one for where in partitions for one in self._sent_before(group_id, where, self._next)]

    def _sent_before(
        self, group_id: str, where: TopicPartition, sequence: int, *, but: int | None = None
    ) -> Iterator[tuple[Key, Pending[Value]]]:
        for producer_id, offsets in self._groups[group_id].items():
            pending = offsets.get(where)
            if pending is None or producer_id == but or pending.is_superseded or pending.sequence >= sequence:
                continue
            yield Key(group_id, producer_id, *where), pending._replace(is_superseded=True)

    def apply(self, settled: Settled[Value]) -> None:
        """What `settle` said is durable."""
        for key in settled.removed:
            self.remove(key)
        self.mark(settled.superseded)

    def mark(self, superseded: Iterable[tuple[Key, Pending[Value]]]) -> None:
        """These are superseded, durably."""
        for key, pending in superseded:
            found = self._groups.get(key.group_id, {}).get(key.producer_id, {}).get((key.topic, key.partition))
            if found is not None and found.sequence == pending.sequence:
                self.put(key, pending)

    def remove(self, key: Key) -> None:
        producers = self._groups.get(key.group_id)
        offsets = None if producers is None else producers.get(key.producer_id)
        if producers is None or offsets is None:
            return
        offsets.pop((key.topic, key.partition), None)
        if not offsets:
            del producers[key.producer_id]
        if not producers:
            del self._groups[key.group_id]

    def remove_group(self, group_id: str) -> None:
        """The group was deleted."""
        self._groups.pop(group_id, None)

    def remove_topic(self, topic: str) -> None:
        """The topic was deleted."""
        for key in [key for key in self if key.topic == topic]:
            self.remove(key)

    def __iter__(self) -> Iterator[Key]:
        for group_id, producers in self._groups.items():
            for producer_id, offsets in producers.items():
                for topic, partition in offsets:
                    yield Key(group_id, producer_id, topic, partition)
