"""What log compaction may remove, and which log is next. Kafka's rules (LogCleanerManager, Cleaner, KIP-58, KIP-354, KIP-534).

A log has a clean part, compacted before, and a dirty one behind it, from the offset in `cleaner-offset-checkpoint` on. A round maps
the keys of the dirty part to their newest offsets and writes every segment below the dirty part's end anew, without the records that
a newer one of the same key supersedes. Never touched: the active segment, what lies at or above the last stable offset, segments younger
than `min.compaction.lag.ms`, and (stricter than Kafka) what is not on the device yet, since a crash must not take back the record for whose
sake an older one was removed.

What goes when, beside superseded records:
- A tombstone stays for `delete.retention.ms` after the first round that saw it: that round writes the time into its batch (the *delete
  horizon*), a round after that time removes it.
- Records of aborted transactions go at once. A transaction's marker stays while any batch of the transaction is there, then as long as a
  tombstone would.
- The batch with a live producer's last sequence number stays, if need be without its records; likewise its last marker where it
  wrote no data in its epoch, and the last batch of the round, which holds the end offset.
- Offsets never change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, Protocol, TypeVar

from ottla.records.builder import ABORT, COMMIT
from ottla.records.header import BatchHeader
from ottla.rules.configs.topic import TopicConfig

RANGE_MAX: Final = 2**31 - 1
"""How far a segment's last offset may lie from its base: index entries hold 32 bits."""

# --- which log -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """A segment as planning sees it. Times in ms: of its first batch and the largest in it; -1 where it has none."""

    base_offset: int
    size_bytes: int
    first_timestamp_ms: int = -1
    max_timestamp_ms: int = -1


@dataclass(frozen=True, slots=True)
class LogFacts:
    """A log as planning sees it. The last segment is the active one. `durable_offset`: everything below is on the device."""

    segments: Sequence[SegmentFacts]
    log_start_offset: int
    log_end_offset: int
    last_stable_offset: int
    durable_offset: int
    checkpoint: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a round would do: map [first_dirty_offset, first_uncleanable_offset), rewrite what lies below.

    `first_uncleanable_offset` is the base offset of a segment. `is_reset`: the checkpoint was of no use. `is_overdue`: a dirty record is
    older than `max.compaction.lag.ms`.
    """

    first_dirty_offset: int
    first_uncleanable_offset: int
    clean_bytes: int
    cleanable_bytes: int
    is_overdue: bool
    is_reset: bool

    @property
    def ratio(self) -> float:
        """The dirty part of what a round would rewrite."""
        total = self.clean_bytes + self.cleanable_bytes
        return self.cleanable_bytes / total if total else 0.0


def first_dirty_offset(facts: LogFacts) -> tuple[int, bool]:
    """Where the dirty part begins, and whether the checkpoint had to be put aside (below the log start, or beyond its end)."""
    checkpoint = facts.checkpoint
    if checkpoint is None:
        return facts.log_start_offset, False
    if facts.log_start_offset <= checkpoint <= facts.log_end_offset:
        return checkpoint, False
    return facts.log_start_offset, True


def assess(facts: LogFacts, config: TopicConfig, now_ms: int) -> Assessment:
    """How dirty a compacted log is now."""
    segments = facts.segments
    bases = [segment.base_offset for segment in segments]
    dirty, is_reset = first_dirty_offset(facts)
    closed_dirty = segments[max(bisect_right(bases, dirty) - 1, 0) : -1] if dirty <= bases[-1] else []
    limit = min(facts.last_stable_offset, facts.durable_offset, bases[-1])
    if config.min_compaction_lag_ms > 0:
        for segment in closed_dirty:
            if segment.max_timestamp_ms > now_ms - config.min_compaction_lag_ms:
                limit = min(limit, segment.base_offset)
                break
    limit = max(limit, dirty)
    # Whole segments only: up to the base of the one that holds the limit.
    uncleanable = bases[max(bisect_right(bases, limit) - 1, 0)]
    cleanable_bytes = 0
    if dirty < uncleanable:
        first = max(bisect_right(bases, dirty) - 1, 0)
        cleanable_bytes = sum(one.size_bytes for one in segments[first:] if one.base_offset < uncleanable)
    oldest_ms = min((one.first_timestamp_ms for one in closed_dirty if one.first_timestamp_ms > 0), default=None)
    return Assessment(
        dirty,
        uncleanable,
        sum(one.size_bytes for one in segments if one.base_offset < dirty),
        cleanable_bytes,
        oldest_ms is not None and oldest_ms < now_ms - config.max_compaction_lag_ms,
        is_reset,
    )


def is_due(assessment: Assessment, config: TopicConfig) -> bool:
    """Whether a log is worth (or owed) a round."""
    if not assessment.cleanable_bytes:
        return False
    return assessment.is_overdue or assessment.ratio > config.min_cleanable_dirty_ratio


Log = TypeVar("Log")


def dirtiest(logs: Iterable[tuple[Log, Assessment, TopicConfig]]) -> tuple[Log, Assessment] | None:
    """The log with the largest dirty part among those that are due."""
    best: tuple[Log, Assessment] | None = None
    for log, assessment, config in logs:
        if is_due(assessment, config) and (best is None or assessment.ratio > best[1].ratio):
            best = log, assessment
    return best


class Sized(Protocol):
    """A segment's files as grouping sees them, sizes in bytes."""

    @property
    def base_offset(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def index_size(self) -> int: ...
    @property
    def time_index_size(self) -> int: ...


Segment = TypeVar("Segment", bound=Sized)


def group_segments(
    segments: Sequence[Segment],
    first_uncleanable_offset: int,
    *,
    segment_bytes: int,
    index_bytes: int,
    segments_max: int,
) -> list[list[Segment]]:
    """Neighbours whose sum stays within the limits of one (`segment.bytes`, `segment.index.bytes`, 2^31 offsets): each group becomes one.

    `segments_max` bounds a group beyond what Kafka does, since swapping one in costs time for every segment it replaces.
    """
    groups: list[list[Segment]] = []
    sizes = (0, 0, 0)
    for number, segment in enumerate(segments):
        more = (segment.size, segment.index_size, segment.time_index_size)
        if groups:
            following = segments[number + 1].base_offset if number + 1 < len(segments) else first_uncleanable_offset
            total = (sizes[0] + more[0], sizes[1] + more[1], sizes[2] + more[2])
            if (
                len(groups[-1]) < segments_max
                and total[0] <= segment_bytes
                and total[1] <= index_bytes
                and total[2] <= index_bytes
                and (segment.size == 0 or following - 1 - groups[-1][0].base_offset <= RANGE_MAX)
            ):
                groups[-1].append(segment)
                sizes = total
                continue
        groups.append([segment])
        sizes = more
    return groups


# --- what of a batch -----------------------------------------------------------------------------------------------------------


class LastRecord(NamedTuple):
    """A live producer: the last offset of its newest data batch (-1: none in its epoch) and its epoch."""

    offset: int
    epoch: int


class Aborted(NamedTuple):
    """An aborted transaction: data of the producer in [first_offset, last_offset), the marker at `last_offset`."""

    producer_id: int
    first_offset: int
    last_offset: int
    last_stable_offset: int


class Retention(Enum):
    """What becomes of a batch."""

    DROP = 0
    """Gone, whatever is in it."""
    DROP_EMPTY = 1
    """Gone if no record is kept."""
    KEEP_EMPTY = 2
    """Kept, without records if none is kept."""


class Verdict(NamedTuple):
    """`discards_records`: all of them. `expires`: it is the marker of a transaction that has no data left, so it gets a delete horizon."""

    retention: Retention
    discards_records: bool
    expires: bool


class Survey:
    """Finds the aborted transactions of a log from its batches, given in offset order.

    The transaction index says the same, but this cannot be stale or missing: a record that were taken for committed would
    supersede one that is.
    """

    __slots__ = ("aborted", "open")

    def __init__(self) -> None:
        self.open: dict[int, int] = {}
        """producer id -> first offset of its undecided transaction."""
        self.aborted: list[Aborted] = []

    def note(self, header: BatchHeader, marker: int | None) -> None:
        """A transactional batch; `marker`: the type in a control batch, None for data or a control batch that is empty."""
        producer_id = header.producer_id
        if not header.is_control:
            if producer_id not in self.open:
                self.open[producer_id] = header.base_offset
            return
        if marker not in (ABORT, COMMIT):
            return
        first_offset = self.open.pop(producer_id, None)
        if marker == ABORT and first_offset is not None:
            marker_offset = header.last_offset
            stable = min(self.open.values(), default=marker_offset + 1)
            self.aborted.append(Aborted(producer_id, first_offset, marker_offset, stable))

    def undecided_below(self, offset: int) -> int | None:
        """The first offset of the oldest undecided transaction, if it lies below `offset`."""
        first = min(self.open.values(), default=offset)
        return first if first < offset else None


class AbortedRanges:
    """Whether a batch belongs to an aborted transaction."""

    __slots__ = ("_by_producer",)

    def __init__(self, aborted: Iterable[Aborted]) -> None:
        self._by_producer: dict[int, list[Aborted]] = {}
        for entry in sorted(aborted, key=lambda one: one.last_offset):
            self._by_producer.setdefault(entry.producer_id, []).append(entry)

    def find(self, producer_id: int, offset: int) -> Aborted | None:
        """The aborted transaction of this producer that holds an offset (its marker's included)."""
        entries = self._by_producer.get(producer_id)
        if entries is None:
            return None
        at = bisect_right(entries, offset, key=lambda entry: entry.first_offset) - 1
        return entries[at] if at >= 0 and offset <= entries[at].last_offset else None


class Judge:
    """Decides, batch by batch in offset order from the log's first one on, what a round keeps.

    `producers`: the live ones. `end_offset`: of the round's range. `retained`: the aborted transactions whose marker stays because data was
    met; whoever writes the new transaction index takes them out.
    """

    __slots__ = ("_aborted", "_end_offset", "_now_ms", "_producers", "_seen", "retained")

    def __init__(
        self, aborted: AbortedRanges, producers: Mapping[int, LastRecord], end_offset: int, now_ms: int
    ) -> None:
        self._aborted = aborted
        self._producers = producers
        self._end_offset = end_offset
        self._now_ms = now_ms
        self._seen: set[int] = set()  # producers with data since their last marker
        self.retained: list[Aborted] = []

    def judge(self, header: BatchHeader, marker: int | None) -> Verdict:
        """`marker`: the type in a control batch; None for a data batch, or a control batch that lost its record."""
        is_control = header.is_control
        if is_control:
            can_go = self._marker_can_go(header, marker)
            discards = can_go and header.has_delete_horizon and header.base_timestamp <= self._now_ms
        elif header.is_transactional:
            self._seen.add(header.producer_id)
            discards = can_go = self._aborted.find(header.producer_id, header.base_offset) is not None
        else:
            discards = can_go = False
        if self._is_last_of_producer(header) or header.next_offset == self._end_offset:
            retention = Retention.KEEP_EMPTY
        else:
            retention = Retention.DROP if discards else Retention.DROP_EMPTY
        return Verdict(retention, discards, can_go and is_control)

    def _marker_can_go(self, header: BatchHeader, marker: int | None) -> bool:
        if marker is None:
            return True  # emptied by an earlier round
        if marker not in (ABORT, COMMIT):
            return False
        producer_id = header.producer_id
        if producer_id not in self._seen:
            return True
        self._seen.discard(producer_id)
        if marker == ABORT:
            entry = self._aborted.find(producer_id, header.last_offset)
            if entry is not None:
                self.retained.append(entry)
        return False

    def _is_last_of_producer(self, header: BatchHeader) -> bool:
        if header.producer_id < 0:
            return False
        last = self._producers.get(header.producer_id)
        if last is None:
            return False
        if last.offset >= 0:
            return header.last_offset == last.offset
        return header.is_control and header.producer_epoch == last.epoch


def keeps_tombstones(header: BatchHeader, now_ms: int) -> bool:
    """Whether a batch's tombstones stay: the time of their going is not set yet, or has not come."""
    return not header.has_delete_horizon or now_ms < header.base_timestamp
