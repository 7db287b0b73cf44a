"""Offsets by time, on a thread: the time index leads near, batch headers nearer, and one batch is decoded."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ottla.records.errors import RecordError
from ottla.records.header import BatchHeader
from ottla.records.reader import find_by_timestamp, max_timestamp_record
from ottla.storage.local.batches import ReadAt, Walk, reading
from ottla.storage.local.damage import CorruptRange, holes_of
from ottla.storage.local.disk import Disk
from ottla.storage.local.index_files import ensure_index
from ottla.storage.local.reads import Place
from ottla.storage.local.segment import Segment

TIME_ENTRY_SIZE = 12


class View:
    """What a look-up may see of a partition: records from `log_start` to below `end`. Its segments are pinned.

    `indexed` are the segments whose index was loaded on the way. Methods raise OSError.
    """

    def __init__(
        self,
        disk: Disk,
        segments: list[Segment],
        log_start: int,
        end: int,
        place: Place,
        interval: int,
        index_bytes: int,
        corrupt: list[CorruptRange],
    ) -> None:
        self.disk = disk
        self.segments = segments
        self.log_start = log_start
        self.end = end
        self.place = place
        self.interval = interval
        self.index_bytes = index_bytes
        self.corrupt = corrupt
        self.indexed: list[Segment] = []
        # As they were when the view was made: the loop may write on.
        self._sizes = {segment: segment.size for segment in segments}

    def first_at(self, timestamp_ms: int) -> tuple[int, int] | None:
        """(offset, timestamp) of the first record at or after a time."""
        for segment in self.segments:
            if segment.base_offset >= self.end:
                return None
            self._load(segment)
            if segment.max_timestamp < timestamp_ms:
                continue
            assert segment.index is not None
            with reading(self.disk, segment.log_path) as read_at:
                for header, batch in self._batches(
                    segment, read_at, segment.index.time_floor(timestamp_ms), bodies=True
                ):
                    if header.max_timestamp < timestamp_ms:
                        continue
                    try:
                        found = find_by_timestamp(batch, header, timestamp_ms, start_offset=self.log_start)
                    except RecordError:
                        # It cannot be decoded here; its first offset is the nearest that loses nothing.
                        found = max(header.base_offset, self.log_start), header.max_timestamp
                    if found is not None:
                        return found if found[0] < self.end else None
        return None

    def max_timestamp(self) -> tuple[int, int] | None:
        """(offset, timestamp) of the first record with the largest timestamp."""
        best: tuple[int, Segment, int] | None = None  # timestamp, segment, last offset of its batch
        for segment in self.segments:
            if segment.base_offset >= self.end:
                break
            self._load(segment)
            timestamp, last_offset = segment.max_timestamp, segment.max_timestamp_offset
            if segment is self.place[0] or last_offset < self.log_start:
                timestamp, last_offset = self._largest(segment)
            if timestamp >= 0 and (best is None or timestamp > best[0]):
                best = timestamp, segment, last_offset
        if best is None:
            return None
        timestamp, segment, last_offset = best
        assert segment.index is not None
        with reading(self.disk, segment.log_path) as read_at:
            start = segment.index.floor(last_offset - segment.base_offset)
            for header, batch in self._batches(segment, read_at, start, bodies=True):
                if header.last_offset < last_offset:
                    continue
                try:
                    found = max_timestamp_record(batch, header)
                except RecordError:
                    found = None
                if found is None:
                    return max(header.base_offset, self.log_start), timestamp
                return max(found[0], self.log_start), found[1]
        return None

    def _largest(self, segment: Segment) -> tuple[int, int]:
        """The largest timestamp among a segment's visible batches, and its batch's last offset: index first, then headers."""
        index = segment.index
        assert index is not None
        base = segment.base_offset
        start, timestamp, relative = 0, -1, -1
        if base >= self.log_start:
            start, timestamp, relative = index.max_before(min(self.end - base, 2**31 - 1))
        else:
            start = index.floor(self.log_start - base)
        best = timestamp, base + relative
        with reading(self.disk, segment.log_path) as read_at:
            for header, _ in self._batches(segment, read_at, start, bodies=False):
                if header.max_timestamp > best[0]:
                    best = header.max_timestamp, header.last_offset
        return best

    def _batches(
        self, segment: Segment, read_at: ReadAt, position: int, *, bodies: bool
    ) -> Iterator[tuple[BatchHeader, memoryview]]:
        """The visible batches of a segment from a position on, around what is corrupt."""
        end = self.place[1] if segment is self.place[0] else self._sizes[segment]
        holes = holes_of(self.corrupt, segment)
        for _, header, batch in Walk(read_at, position, end, segment.base_offset, bodies=bodies, holes=holes):
            if header.base_offset >= self.end:
                return
            if header.last_offset >= self.log_start:
                yield header, batch

    def _load(self, segment: Segment) -> None:
        if segment.index is None:
            ensure_index(self.disk, segment, self.interval, self.index_bytes, self.corrupt)
            self.indexed.append(segment)


def load_max_timestamp(disk: Disk, segment: Segment) -> bool:
    """Reads a closed segment's largest timestamp from the end of its time index; False when there is none to believe."""
    try:
        fd = disk.open(segment.time_path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        size = disk.fstat(fd).st_size
        if size < TIME_ENTRY_SIZE or size % TIME_ENTRY_SIZE:
            return False
        data = disk.pread(fd, TIME_ENTRY_SIZE, size - TIME_ENTRY_SIZE)
    finally:
        disk.close(fd)
    timestamp, relative = int.from_bytes(data[:8], "big", signed=True), int.from_bytes(data[8:], "big", signed=True)
    if len(data) < TIME_ENTRY_SIZE or timestamp <= 0:
        return False
    segment.max_timestamp, segment.max_timestamp_offset = timestamp, segment.base_offset + relative
    return True
