"""A segment's index files: loading, appending to, rebuilding. On threads, or on the loop for bytes that were taken before."""

from __future__ import annotations

import os

from ottla.storage.local.batches import Walk, reading
from ottla.storage.local.damage import CorruptRange, holes_of
from ottla.storage.local.disk import Disk
from ottla.storage.local.index import SegmentIndex, parse
from ottla.storage.local.segment import Segment


def load_index(disk: Disk, segment: Segment) -> SegmentIndex | None:
    """Reads a segment's index files; None when one is missing or does not add up. Sets how many entries the files hold."""
    try:
        index = parse(disk.read_file(segment.index_path), disk.read_file(segment.time_path), segment.size)
    except FileNotFoundError:
        return None
    if index is not None:
        segment.index_saved = len(index.offsets)
        segment.time_saved = len(index.times)
    return index


def ensure_index(disk: Disk, segment: Segment, interval: int, index_bytes: int, corrupt: list[CorruptRange]) -> None:
    """Loads a closed segment's indexes, or builds them from its batches (headers only) where the files do not add up.

    Runs on a thread; the segment is pinned and takes no more. Raises OSError.
    """
    index = load_index(disk, segment)
    if index is None:
        built = build_index(disk, segment, interval, index_bytes, corrupt)
        save_index(disk, built, closing=True, sync=False)
        segment.max_timestamp_offset, segment.max_timestamp = built.max_timestamp_offset, built.max_timestamp
        segment.first_timestamp = built.first_timestamp
        index = built.index
    elif segment.max_timestamp == -2:
        if index.times:
            segment.max_timestamp_offset = segment.base_offset + index.time_offsets[-1]
        segment.max_timestamp = index.times[-1] if index.times else -1
    segment.index = index


def build_index(disk: Disk, segment: Segment, interval: int, index_bytes: int, corrupt: list[CorruptRange]) -> Segment:
    """A copy of a closed segment with indexes built from its batches (headers only). Raises OSError."""
    built = Segment(segment.prefix.rpartition("/")[0], segment.base_offset, segment.created_ms)
    built.fresh()
    built.size = segment.size
    with reading(disk, segment.log_path) as read_at:
        holes = holes_of(corrupt, segment)
        for at, header, _ in Walk(read_at, 0, segment.size, segment.base_offset, holes=holes):
            built.note(header.last_offset, at, header.total_size, header.max_timestamp, interval, index_bytes)
    return built


def save_index(disk: Disk, segment: Segment, *, closing: bool, sync: bool) -> bool:
    """Appends to the index files what they lack; whether that was anything."""
    offsets, offset_at, times, time_at = segment.index_tail(closing=closing)
    if not offsets and not times and offset_at + time_at:
        return False
    write_index(disk, segment, offsets, offset_at, times, time_at, sync=sync)
    return True


def write_index(
    disk: Disk, segment: Segment, offsets: bytes, offset_at: int, times: bytes, time_at: int, *, sync: bool
) -> None:
    """The same, with bytes taken before (`Segment.index_tail`, on the loop)."""
    for path, data, at in ((segment.index_path, offsets, offset_at), (segment.time_path, times, time_at)):
        fd = disk.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            disk.write_all(fd, data, at)
            disk.ftruncate(fd, at + len(data))
            if sync:
                disk.fdatasync(fd)
        finally:
            disk.close(fd)
