"""One open partition: the attributes everyone may read, and the engine's own state of it."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.records.header import BatchHeader
from ottla.rules.producers import ProducerTable
from ottla.rules.transactions.open import OpenTransactions, Verifications
from ottla.storage.engine import Append, EpochEnd, Partition
from ottla.storage.local.aborted import AbortedIndex
from ottla.storage.local.damage import CorruptRange
from ottla.storage.local.recovery import Loaded
from ottla.storage.local.segment import MAX_RELATIVE_OFFSET, Segment

if TYPE_CHECKING:
    from ottla.rules.configs.topic import TopicConfig
    from ottla.storage.local.directory import DataDirectory

CURSORS_MAX = 8
"""Read positions remembered per partition: as many readers at different places need no search."""

FLUSH_MS_MAX = 2**31 - 1
"""A larger flush.ms (24 days) counts as never."""

Wake = Callable[[Partition], None]


class Waiter:
    """A call of `append` that waits until `remaining` of its batches are durable."""

    __slots__ = ("on_done", "remaining")

    def __init__(self, on_done: Callable[[], None] | None) -> None:
        self.on_done = on_done
        self.remaining = 0


class Hold:
    """A batch that waits for the device. What lies at `offset` and behind it is not to be seen until `needs` is durable."""

    __slots__ = ("append", "needs", "offset", "position", "segment", "waiter")

    def __init__(
        self, offset: int, needs: int, segment: Segment, position: int, append: Append, waiter: Waiter
    ) -> None:
        self.offset = offset
        self.needs = needs
        self.segment = segment
        self.position = position
        self.append = append
        self.waiter = waiter


class LocalPartition:
    """See `storage.engine.Partition` for the public attributes. The others belong to the local engine.

    `holds`: batches that wait for the device, in offset order; the first one keeps the high watermark. `unsynced`: segments closed
    since the last flush. `flushing`: a flush of this partition is under way (never two at a time, so that no failure is missed);
    `wants_flush`: another is due.

    `transactions`: None until the first one. `first_batches`: where the first batches of those begin that are open or not yet passed by
    the high watermark, as far as known, by offset. `unsaved_aborted`: segments with entries that their `.txnindex` does not have.
    `verifications`: whom the coordinator was asked about who have yet to begin their transaction here; None until the first one.
    """

    __slots__ = (
        "active",
        "bases",
        "config",
        "corrupt",
        "cursors",
        "directory",
        "dropped",
        "epochs",
        "epochs_dirty",
        "error",
        "files_dirty",
        "first_batches",
        "flush_at_messages",
        "flush_timed",
        "flush_timer",
        "flushing",
        "high_watermark",
        "holds",
        "index",
        "index_bytes",
        "index_interval",
        "jitter_ms",
        "last_stable_offset",
        "leader_epoch",
        "log_end_offset",
        "log_start_offset",
        "path",
        "pending_files",
        "producers",
        "recovery_point",
        "root_generation",
        "segment_bytes",
        "segment_ms",
        "segments",
        "snapshot_offset",
        "topic",
        "topic_id",
        "transactions",
        "unsaved_aborted",
        "unsynced",
        "verifications",
        "wants_flush",
        "watchers",
    )

    def __init__(
        self, topic: str, topic_id: bytes, index: int, leader_epoch: int, config: TopicConfig, directory: DataDirectory
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.index = index
        self.leader_epoch = leader_epoch
        self.log_start_offset = 0
        self.high_watermark = 0
        self.last_stable_offset = 0
        self.log_end_offset = 0
        self.error = ErrorCode.NONE
        self.directory = directory
        self.path = f"{directory.path}/{topic}-{index}"
        self.dropped = False
        self.segments: list[Segment] = []
        self.bases: list[int] = []
        self.active: Segment
        self.epochs: list[tuple[int, int]] = []
        self.epochs_dirty = False
        self.producers: ProducerTable | None = None
        self.transactions: OpenTransactions | None = None
        self.verifications: Verifications | None = None
        self.first_batches: dict[int, tuple[Segment, int]] = {}
        self.unsaved_aborted: list[Segment] = []
        self.corrupt: list[CorruptRange] = []
        self.cursors: dict[int, tuple[Segment, int]] = {}
        self.watchers: dict[int, Wake] | None = None
        self.holds: deque[Hold] = deque()
        self.unsynced: list[Segment] = []
        self.flushing = False
        self.wants_flush = False
        self.flush_timer = False
        self.recovery_point = 0
        self.pending_files: list[tuple[str, bytes]] = []
        self.snapshot_offset = -1  # where the newest producer snapshot stands
        self.files_dirty = False  # a file was created whose directory entry is not durable yet
        self.root_generation = 0
        self.configure(config)

    def __repr__(self) -> str:
        return f"LocalPartition({self.topic}-{self.index}, {self.log_start_offset}..{self.log_end_offset})"

    def configure(self, config: TopicConfig) -> None:
        """Takes over a topic's configuration."""
        self.config = config
        self.segment_bytes = config.segment_bytes
        self.segment_ms = config.segment_ms
        if "compact" in config.cleanup_policy:
            # Only closed segments are compacted, so a record that must be soon needs its segment closed (Kafka's maxSegmentMs).
            self.segment_ms = min(config.segment_ms, config.max_compaction_lag_ms)
        self.index_interval = config.index_interval_bytes
        self.index_bytes = config.segment_index_bytes
        self.flush_at_messages = config.flush_messages
        self.flush_timed = config.flush_ms <= FLUSH_MS_MAX
        limit = min(config.segment_jitter_ms, self.segment_ms)
        self.jitter_ms = random.randrange(limit) if limit > 0 else 0

    def adopt(self, loaded: Loaded) -> None:
        """Takes over what was found on disk."""
        self.segments = loaded.segments
        self.bases = [segment.base_offset for segment in loaded.segments]
        self.active = loaded.segments[-1]
        self.log_start_offset = loaded.log_start_offset
        self.log_end_offset = self.high_watermark = self.last_stable_offset = loaded.log_end_offset
        self.recovery_point = loaded.recovery_point
        self.epochs = loaded.epochs
        self.epochs_dirty = loaded.epochs_changed
        self.corrupt = loaded.corrupt
        if len(loaded.producers):
            self.producers = loaded.producers
        self.unsaved_aborted = loaded.unsaved_aborted
        for segment in self.unsaved_aborted:
            if segment is not self.active and segment.aborted is not None:
                self.pending_files.append((segment.txn_name, segment.aborted.encode()))
        if len(loaded.transactions) or any(segment.aborted for segment in self.segments):
            self.transactions = loaded.transactions
            self.transactions.trimmed(self.log_start_offset)
            self.last_stable_offset = self.transactions.last_stable_offset(self.high_watermark)
        # The first file of an empty segment may have appeared with its first batch and never have been flushed by name.
        self.files_dirty = self.active.size == 0
        if self.recovery_point == self.log_end_offset:
            self.active.synced_size = self.active.size

    def begin_epoch(self, leader_epoch: int) -> None:
        """This leader epoch's batches begin at the log end. Never goes back."""
        epochs = self.epochs
        if epochs and epochs[-1][0] >= leader_epoch:
            self.leader_epoch = epochs[-1][0]
            return
        self.leader_epoch = leader_epoch
        while epochs and epochs[-1][1] >= self.log_end_offset:
            epochs.pop()
        epochs.append((leader_epoch, self.log_end_offset))
        self.epochs_dirty = True

    def epoch_end(self, leader_epoch: int) -> EpochEnd:
        """Kafka's LeaderEpochFileCache.endOffsetFor."""
        epochs = self.epochs
        if leader_epoch < 0 or not epochs or leader_epoch > epochs[-1][0]:
            return EpochEnd()
        if leader_epoch == epochs[-1][0]:
            return EpochEnd(leader_epoch, self.log_end_offset)
        at = bisect_right([epoch for epoch, _ in epochs], leader_epoch)
        if at == 0:
            return EpochEnd(leader_epoch, epochs[0][1])
        return EpochEnd(epochs[at - 1][0], epochs[at][1])

    def epoch_at(self, offset: int) -> int:
        """The leader epoch a record was written in; -1 unknown."""
        at = bisect_right([start for _, start in self.epochs], offset) - 1
        return self.epochs[at][0] if at >= 0 else -1

    def must_roll(self, header: BatchHeader, now_ms: int) -> bool:
        """Whether the batch to come needs a new segment, its size aside. A segment that is empty is never rolled."""
        active = self.active
        if not active.size:
            # Kafka rolls an empty segment too when the offset does not fit; it cannot here, since the log end is its base.
            return False
        if active.full or self.log_end_offset + header.last_offset_delta - active.base_offset > MAX_RELATIVE_OFFSET:
            return True
        first = active.first_timestamp
        waited = header.max_timestamp - first if first >= 0 else now_ms - active.created_ms
        return waited > self.segment_ms - self.jitter_ms

    def segment_at(self, offset: int) -> int:
        """The place in `segments` of the one that holds (or would hold) an offset."""
        return max(bisect_right(self.bases, offset) - 1, 0)

    def remember(self, offset: int, segment: Segment, position: int) -> None:
        """The batch that begins at `offset` (or the next one written) lies at this place."""
        cursors = self.cursors
        if len(cursors) >= CURSORS_MAX and offset not in cursors:
            del cursors[next(iter(cursors))]
        cursors[offset] = (segment, position)

    def move_high_watermark(self) -> bool:
        """Sets the high watermark by what is held back; whether it moved."""
        offset = self.holds[0].offset if self.holds else self.log_end_offset
        if offset == self.high_watermark:
            return False
        self.high_watermark = self.last_stable_offset = offset
        if self.transactions is not None:
            self.move_stable()
        return True

    # -- transactions

    def move_stable(self) -> None:
        """Sets the last stable offset by what is open, after the high watermark or the log start moved."""
        assert self.transactions is not None
        stable = self.last_stable_offset = self.transactions.last_stable_offset(self.high_watermark)
        places = self.first_batches
        while places:
            first = next(iter(places))
            if first >= stable:
                break
            del places[first]

    def wrote_transactional(self, producer_id: int, base_offset: int, position: int, now_ms: int) -> None:
        """A transactional batch was written to the active segment."""
        if self.transactions is None:
            self.transactions = OpenTransactions()
        if self.transactions.wrote(producer_id, base_offset, now_ms):
            self.first_batches[base_offset] = (self.active, position)
            if self.verifications is not None:
                self.verifications.done(producer_id)

    def wrote_marker(self, producer_id: int, offset: int, *, is_commit: bool) -> None:
        """A marker was written to the active segment."""
        if self.verifications is not None:
            self.verifications.done(producer_id)
        if self.transactions is None:
            return
        ended = self.transactions.end(producer_id, offset, is_commit=is_commit)
        if ended is None or ended.aborted is None:
            return
        active = self.active
        if active.aborted is None:
            active.aborted = AbortedIndex()
        active.aborted.append(ended.aborted)
        if active not in self.unsaved_aborted:
            self.unsaved_aborted.append(active)

    def first_batch(self, offset: int) -> tuple[Segment, int] | None:
        """Where the first batch of a transaction begins, if it is known."""
        place = self.first_batches.get(offset)
        return None if place is None or place[0].doomed else place

    def found_first_batch(self, offset: int, segment: Segment, position: int) -> None:
        """A look-up found it."""
        if offset >= self.last_stable_offset and not segment.doomed:
            self.first_batches = dict(sorted({**self.first_batches, offset: (segment, position)}.items()))

    @property
    def durable_point(self) -> int:
        """The recovery point as a checkpoint may hold it: a start from there looks at every segment whose `.txnindex` lacks entries."""
        point = self.recovery_point
        for segment in self.unsaved_aborted:
            if segment.aborted:
                point = min(point, segment.aborted[-1].last_offset)
        return point

    def wake(self) -> None:
        """Tells the watchers."""
        if self.watchers:
            for wake in tuple(self.watchers.values()):
                wake(self)

    def go_offline(self, error: ErrorCode = ErrorCode.KAFKA_STORAGE_ERROR) -> None:
        """Refuses everything from now on."""
        self.error = error
        self.wake()

    @property
    def size_bytes(self) -> int:
        """Kafka's size of a log: its segments without their indexes."""
        return sum(segment.size for segment in self.segments)
