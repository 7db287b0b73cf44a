"""One segment of a log: `<base offset>.log` and what is known of it in memory.

Only the loop changes a segment; threads of the pool may read files of one that is pinned. The rolling rules are Kafka's
(LogSegment.shouldRoll): by size, by the span between the timestamps of its first batch and of the batch to come (segment.ms
less the jitter; the wall clock since its creation where the first batch has no timestamp), by a full index, and where an offset would no
longer fit 32 bits. As in Kafka an idle segment is not rolled by the clock: the next append does it, or retention.
"""

from __future__ import annotations

from ottla.storage.local.aborted import AbortedIndex
from ottla.storage.local.index import OFFSET_ENTRY_SIZE, TIME_ENTRY_SIZE, SegmentIndex

MAX_RELATIVE_OFFSET = 2**31 - 1


class Segment:
    """`index` is None while it has not been loaded, `fd` is -1 while the file is not open, `first_timestamp` -2 while not read.

    `max_timestamp` (ms) is -1 for a segment without timestamps, -2 while not read; `max_timestamp_offset` is the last offset of the first
    batch that has it. `aborted`: the transactions that were aborted by a marker here, None for none. `pins` counts threads that use the
    file; a doomed segment is closed when the last of them lets go.

    `trusted_from`: this process wrote the bytes from here on, or checked them, and the page cache has not missed since. Of those before
    it [checked_from, checked_to) were checked. What is not trusted is read through `checks`.
    """

    __slots__ = (
        "aborted",
        "base_offset",
        "checked_from",
        "checked_to",
        "created_ms",
        "doomed",
        "fd",
        "first_timestamp",
        "full",
        "index",
        "index_saved",
        "max_timestamp",
        "max_timestamp_offset",
        "pins",
        "prefix",
        "since_entry",
        "size",
        "synced_size",
        "time_saved",
        "trusted_from",
        "used",
        "writable",
    )

    def __init__(self, directory: str, base_offset: int, created_ms: int) -> None:
        self.base_offset = base_offset
        self.prefix = f"{directory}/{base_offset:020d}"
        self.created_ms = created_ms
        self.size = 0
        self.synced_size = 0  # bytes known to be on the device
        self.fd = -1
        self.pins = 0
        self.used = False
        self.doomed = False
        self.writable = False
        self.index: SegmentIndex | None = None
        self.index_saved = 0  # entries the files hold
        self.time_saved = 0
        self.since_entry = 0  # bytes written since the last index entry
        self.full = False  # an index can take no more
        self.first_timestamp = -2
        self.max_timestamp = -2
        self.max_timestamp_offset = -1
        self.aborted: AbortedIndex | None = None
        self.trusted_from = 0
        self.checked_from = 0
        self.checked_to = 0

    def __repr__(self) -> str:
        return f"Segment({self.prefix}, size={self.size})"

    @property
    def log_path(self) -> str:
        return self.prefix + ".log"

    @property
    def index_path(self) -> str:
        return self.prefix + ".index"

    @property
    def time_path(self) -> str:
        return self.prefix + ".timeindex"

    @property
    def txn_path(self) -> str:
        return self.prefix + ".txnindex"

    @property
    def txn_name(self) -> str:
        """The same without the directory."""
        return f"{self.base_offset:020d}.txnindex"

    def fresh(self) -> None:
        """Marks a segment that was just created: everything is known of it."""
        self.index = SegmentIndex()
        self.max_timestamp = -1
        self.max_timestamp_offset = -1

    def note(
        self, last_offset: int, position: int, size: int, max_timestamp: int, interval: int, index_limit: int
    ) -> None:
        """Takes note of a batch of `size` bytes at `position`. The caller has moved `self.size` or will.

        `interval`: index.interval.bytes; `index_limit`: segment.index.bytes.
        """
        if position == 0:
            self.first_timestamp = max_timestamp
        if max_timestamp > self.max_timestamp:
            self.max_timestamp = max_timestamp
            self.max_timestamp_offset = last_offset
        if self.since_entry > interval:
            index = self.index
            assert index is not None
            base = self.base_offset
            index.add(last_offset - base, position, self.max_timestamp, self.max_timestamp_offset - base)
            self.since_entry = 0
            self.check_full(index_limit)
        self.since_entry += size

    def is_trusted(self, start: int, end: int) -> bool:
        """Whether these bytes need no check before they are served."""
        return start >= self.trusted_from or (self.checked_from <= start and end <= self.checked_to)

    def note_checked(self, start: int, end: int) -> None:
        """These bytes are whole batches, undamaged."""
        if start <= self.checked_to and end >= self.checked_from:
            self.checked_from, self.checked_to = min(start, self.checked_from), max(end, self.checked_to)
        else:
            self.checked_from, self.checked_to = start, end
        if not self.checked_from and self.checked_to >= self.trusted_from:
            self.trusted_from = 0

    def distrust(self) -> None:
        """What is read from here on comes from the device, or has never been looked at."""
        self.trusted_from = self.size
        self.checked_from = self.checked_to = 0

    def check_full(self, index_limit: int) -> None:
        """Whether an index file may still grow (segment.index.bytes)."""
        index = self.index
        assert index is not None
        self.full = (
            len(index.offsets) >= index_limit // OFFSET_ENTRY_SIZE
            or len(index.times) >= index_limit // TIME_ENTRY_SIZE - 1
        )

    def index_tail(self, *, closing: bool) -> tuple[bytes, int, bytes, int]:
        """What the index files still lack: (bytes, where they go) of `.index` and of `.timeindex`.

        `closing`: the segment takes no more, so the time index gets its last entry. Counts them as saved.
        """
        index = self.index
        assert index is not None
        if closing and self.max_timestamp >= 0:
            index.add_time(self.max_timestamp, self.max_timestamp_offset - self.base_offset)
        offset_at = self.index_saved * OFFSET_ENTRY_SIZE
        time_at = self.time_saved * TIME_ENTRY_SIZE
        offsets = index.offset_bytes(self.index_saved)
        times = index.time_bytes(self.time_saved)
        self.index_saved = len(index.offsets)
        self.time_saved = len(index.times)
        return offsets, offset_at, times, time_at
