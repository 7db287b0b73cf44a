"""What one partition knows of the transactions that write to it: which are open, up to where all is decided, which were aborted.

The last stable offset is the first offset of the oldest transaction that is open, or that was ended by a marker above the high watermark
(a reader must not see what a crash may undo); without one, the high watermark.

An aborted transaction is remembered from its first offset to its marker, with the last stable offset as it was right behind the marker.
Readers of committed data are given those that overlap what they fetch. Entries come in the order of their markers, and the remembered
last stable offset says when no later entry can overlap any more: whatever was still open then began at or above it (Kafka's
`.txnindex`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final, NamedTuple

from ottla.base.errors import ErrorCode

# --- open transactions --------------------------------------------------------------------------------------------------------


class Aborted(NamedTuple):
    """An aborted transaction, as the index keeps it. `last_offset` is its marker's; see the module."""

    producer_id: int
    first_offset: int
    last_offset: int
    last_stable_offset: int


class Ended(NamedTuple):
    """What a marker did. `aborted`: the entry for the index, if the transaction wrote here and was aborted."""

    first_offset: int
    aborted: Aborted | None


class OpenTransactions:
    """The open transactions of one partition, by producer id."""

    __slots__ = ("_ended", "_open", "_since_ms")

    def __init__(self) -> None:
        self._open: dict[
            int, int
        ] = {}  # producer id -> first offset; begun in the order of offsets, so the first is the lowest
        self._since_ms: dict[int, int] = {}
        self._ended: deque[tuple[int, int]] = (
            deque()
        )  # (marker's offset, first offset) of what the high watermark has not passed

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, producer_id: int) -> bool:
        return producer_id in self._open

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """(producer id, first offset), oldest first."""
        return iter(self._open.items())

    def first_offset(self, producer_id: int) -> int:
        """Where a producer's open transaction begins; -1: it has none."""
        return self._open.get(producer_id, -1)

    def wrote(self, producer_id: int, base_offset: int, now_ms: int) -> bool:
        """A transactional batch was appended; whether it began a transaction here."""
        if producer_id in self._open:
            return False
        self._open[producer_id] = base_offset
        self._since_ms[producer_id] = now_ms
        return True

    def end(self, producer_id: int, marker_offset: int, *, is_commit: bool) -> Ended | None:
        """A marker was appended at this offset. None: the producer had nothing open here."""
        first_offset = self._open.pop(producer_id, None)
        if first_offset is None:
            return None
        del self._since_ms[producer_id]
        self._ended.append((marker_offset, first_offset))
        if is_commit:
            return Ended(first_offset, None)
        stable = next(iter(self._open.values()), marker_offset + 1)
        return Ended(first_offset, Aborted(producer_id, first_offset, marker_offset, stable))

    def last_stable_offset(self, high_watermark: int) -> int:
        """Below it everything is decided for good. `high_watermark` never goes back between calls."""
        ended = self._ended
        while ended and ended[0][0] < high_watermark:
            ended.popleft()
        stable = high_watermark
        if ended:
            stable = min(stable, min(first for _, first in ended))
        for first in self._open.values():
            return min(stable, first)
        return stable

    def trimmed(self, log_start_offset: int) -> None:
        """The log begins here now. A transaction that began before stays open; its first offset that can be read is the start."""
        behind = [one for one, first in self._open.items() if first < log_start_offset]
        if behind:
            # They are the oldest: raising them to the start keeps the order.
            self._open = {one: max(first, log_start_offset) for one, first in self._open.items()}
        if self._ended and any(first < log_start_offset for _, first in self._ended):
            self._ended = deque((marker, max(first, log_start_offset)) for marker, first in self._ended)

    def cut(self, end_offset: int) -> None:
        """Everything from this offset on is gone from the log again. Markers among it make this state unusable: rebuild it then."""
        for producer_id in [one for one, first in self._open.items() if first >= end_offset]:
            del self._open[producer_id]
            del self._since_ms[producer_id]

    def oldest_since_ms(self) -> int | None:
        """When the oldest open transaction began here (what `wrote` was told); None without one. For "late transactions" in metrics."""
        return next(iter(self._since_ms.values()), None)

    @classmethod
    def restore(cls, opened: Iterable[tuple[int, int]], now_ms: int) -> OpenTransactions:
        """From (producer id, first offset) in any order, as a producer snapshot keeps them."""
        table = cls()
        for producer_id, first_offset in sorted(opened, key=lambda one: one[1]):
            table.wrote(producer_id, first_offset, now_ms)
        return table


def check_batch(
    *, is_transactional: bool, is_open: bool, is_verified: bool, producer_id: int
) -> tuple[ErrorCode, str | None]:
    """Whether a data batch fits the producer's open transaction. `is_verified`: the coordinator knows of it (or none is asked)."""
    if is_open and not is_transactional:
        return ErrorCode.INVALID_TXN_STATE, f"Expected transactional write from producer {producer_id}"
    if is_transactional and not is_open and not is_verified:
        return ErrorCode.INVALID_TXN_STATE, "Record was not part of an ongoing transaction"
    return ErrorCode.NONE, None


# --- aborted transactions -----------------------------------------------------------------------------------------------------


class Overlap(NamedTuple):
    """Aborted transactions that overlap a range, in the order of their markers. `is_all`: later entries cannot hold another one."""

    aborted: list[Aborted]
    is_all: bool


def overlapping(entries: Sequence[Aborted], from_offset: int, to_offset: int) -> Overlap:
    """Those among one segment's entries that overlap [from_offset, to_offset). The next segment's follow unless `is_all`."""
    found: list[Aborted] = []
    for at in range(bisect_left(entries, from_offset, key=_marker), len(entries)):
        entry = entries[at]
        if entry.first_offset < to_offset:
            found.append(entry)
        if entry.last_stable_offset >= to_offset:
            return Overlap(found, True)
    return Overlap(found, False)


def _marker(entry: Aborted) -> int:
    return entry.last_offset


def aborted_between(segments: Iterable[Sequence[Aborted]], from_offset: int, to_offset: int) -> list[Aborted]:
    """Over the indexes of the segments from the one that holds `from_offset` on, for one fetched range, sorted by first offset."""
    found: list[Aborted] = []
    for entries in segments:
        overlap = overlapping(entries, from_offset, to_offset)
        found += overlap.aborted
        if overlap.is_all:
            break
    found.sort(key=lambda entry: entry.first_offset)
    return found


# --- verification (KIP-890) ---------------------------------------------------------------------------------------------------


Guard = int
NO_GUARD: Final[Guard] = 0
EXPECTED_MAX: Final = 10_000
"""Producers of one partition that may be waited for at a time. Whoever asks with made-up producer ids pushes out the oldest."""


class _Verification:
    __slots__ = ("epoch", "guard", "is_implicit", "lowest_sequence", "since_ms")

    def __init__(self, guard: Guard, epoch: int, sequence: int, since_ms: int, is_implicit: bool) -> None:
        self.guard = guard
        self.epoch = epoch
        self.lowest_sequence = sequence
        self.since_ms = since_ms
        self.is_implicit = is_implicit


class Verifications:
    """Producers whose first batch of a transaction waits for the coordinator's word that the partition belongs to it.

    An end of the transaction may overtake the answer: the guard given at the start must still stand when the batch is appended. Writing to
    the transaction or ending it takes the guard away.
    """

    __slots__ = ("_by_producer", "_guards")

    def __init__(self) -> None:
        self._by_producer: dict[int, _Verification] = {}
        self._guards = count(1)

    def __len__(self) -> int:
        return len(self._by_producer)

    def begin(
        self, producer_id: int, producer_epoch: int, sequence: int, now_ms: int, *, is_implicit: bool = False
    ) -> Guard:
        """The guard to come back with. The lowest sequence number that was seen is kept: a later batch must not be written first."""
        found = self._by_producer.get(producer_id)
        if found is None:
            guard = next(self._guards)
            if len(self._by_producer) >= EXPECTED_MAX:
                del self._by_producer[next(iter(self._by_producer))]
            self._by_producer[producer_id] = _Verification(guard, producer_epoch, sequence, now_ms, is_implicit)
            return guard
        if producer_epoch > found.epoch:
            found.epoch, found.lowest_sequence = producer_epoch, sequence
        elif producer_epoch == found.epoch and sequence < found.lowest_sequence:
            found.lowest_sequence = sequence
        return found.guard

    def is_verified(self, producer_id: int, guard: Guard) -> bool:
        """Whether the guard a batch comes back with still stands."""
        found = self._by_producer.get(producer_id)
        return guard != NO_GUARD and found is not None and found.guard == guard

    def check_sequence(self, producer_id: int, sequence: int, *, is_new: bool) -> tuple[ErrorCode, str | None]:
        """Whether a verified batch may be the first one written. `is_new`: the partition knows no batch of this producer."""
        found = self._by_producer.get(producer_id)
        if found is None:
            return ErrorCode.NONE, None
        if found.is_implicit and is_new and sequence != 0:
            # With protocol 2 every transaction has an epoch of its own, so its first batch here begins at 0, whatever was forgotten.
            return (
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                f"Invalid sequence number for producer {producer_id}: {sequence} (incoming seq. number), expected 0",
            )
        if sequence > found.lowest_sequence:
            return (
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                f"Out of order sequence number for producer {producer_id}: {sequence} (incoming seq. number), "
                f"{found.lowest_sequence} (earliest seen sequence)",
            )
        return ErrorCode.NONE, None

    def done(self, producer_id: int) -> None:
        """A batch of the transaction was appended, or its marker."""
        self._by_producer.pop(producer_id, None)

    def expire(self, now_ms: int, expiration_ms: int) -> int:
        """Forgets what began longer ago (`producer.id.expiration.ms`); how many."""
        gone = [one for one, found in self._by_producer.items() if now_ms - found.since_ms >= expiration_ms]
        for producer_id in gone:
            del self._by_producer[producer_id]
        return len(gone)
