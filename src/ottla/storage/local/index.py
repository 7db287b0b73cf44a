"""A segment's sparse indexes, in memory and as Kafka's `.index` and `.timeindex` files.

`.index` holds 8-byte entries (relative offset i32, position i32): the last offset of a batch, and where that batch begins. `.timeindex`
holds 12-byte entries (timestamp i64, relative offset i32): the largest timestamp so far, and the last offset of the batch that brought it.
An entry is due when more than `index.interval.bytes` were written since the one before; timestamps only when they grew. Both are
redundant: what is missing or does not add up is built anew from the batches.

In memory they are four arrays (20 bytes an entry, so about 5 MB for a full 1 GiB segment of small batches), searched by bisection.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from struct import Struct

_TIME_ENTRY = Struct(">qi")
OFFSET_ENTRY_SIZE = 8
TIME_ENTRY_SIZE = 12
_SWAP = sys.byteorder == "little"


class SegmentIndex:
    """Both indexes of one segment. Relative offsets count from the segment's base offset."""

    __slots__ = ("offsets", "positions", "time_offsets", "times")

    def __init__(self) -> None:
        self.offsets = array("i")
        self.positions = array("i")
        self.times = array("q")
        self.time_offsets = array("i")

    def add(self, relative_offset: int, position: int, max_timestamp: int, max_timestamp_relative: int) -> None:
        """An entry for the batch at `position`, which ends with `relative_offset`."""
        self.offsets.append(relative_offset)
        self.positions.append(position)
        self.add_time(max_timestamp, max_timestamp_relative)

    def add_time(self, max_timestamp: int, relative_offset: int) -> None:
        """An entry of the time index, unless the timestamp is no larger than the last one."""
        if max_timestamp >= 0 and (not self.times or max_timestamp > self.times[-1]):
            self.times.append(max_timestamp)
            self.time_offsets.append(relative_offset)

    def floor(self, relative_offset: int) -> int:
        """A position at or before the batch that holds this offset; a batch begins there."""
        at = bisect_right(self.offsets, relative_offset) - 1
        return self.positions[at] if at >= 0 else 0

    def boundary(self, position: int) -> int:
        """The largest indexed batch start at or before `position`; 0 where there is none."""
        at = bisect_right(self.positions, position) - 1
        return self.positions[at] if at >= 0 else 0

    def time_floor(self, timestamp: int) -> int:
        """A position at or before the first batch with a record at or after `timestamp`."""
        at = bisect_right(self.times, timestamp) - 1
        return self.floor(self.time_offsets[at]) if at >= 0 else 0

    def max_before(self, relative_offset: int) -> tuple[int, int, int]:
        """What is known of the batches that end before an offset: (position from where on nothing is known, largest timestamp before
        it, last relative offset of its batch); -1, -1 where nothing is known.
        """
        at = bisect_left(self.offsets, relative_offset) - 1
        if at < 0:
            return 0, -1, -1
        time_at = bisect_right(self.time_offsets, self.offsets[at]) - 1
        if time_at < 0:
            return 0, -1, -1
        return self.positions[at], self.times[time_at], self.time_offsets[time_at]

    @property
    def size_bytes(self) -> int:
        """Memory taken."""
        return 8 * len(self.offsets) + 12 * len(self.times)

    def offset_bytes(self, from_entry: int = 0) -> bytes:
        """The `.index` file from an entry on."""
        mixed = array("i", bytes(8 * (len(self.offsets) - from_entry)))
        mixed[0::2] = self.offsets[from_entry:]
        mixed[1::2] = self.positions[from_entry:]
        if _SWAP:
            mixed.byteswap()
        return mixed.tobytes()

    def time_bytes(self, from_entry: int = 0) -> bytes:
        """The `.timeindex` file from an entry on."""
        pack = _TIME_ENTRY.pack
        return b"".join(map(pack, self.times[from_entry:], self.time_offsets[from_entry:]))


def parse(offset_data: bytes, time_data: bytes, log_size: int) -> SegmentIndex | None:
    """The indexes two files hold, or None when they cannot belong to a log of this size.

    Kafka preallocates the files of an active segment: what follows the last entry that is not zero does not count.
    """
    if len(offset_data) % OFFSET_ENTRY_SIZE or len(time_data) % TIME_ENTRY_SIZE:
        return None
    index = SegmentIndex()
    mixed = array("i")
    mixed.frombytes(offset_data)
    if _SWAP:
        mixed.byteswap()
    index.offsets = mixed[0::2]
    index.positions = mixed[1::2]
    while index.offsets and index.positions[-1] == 0:  # an entry is never due at position 0
        index.offsets.pop()
        index.positions.pop()
    for timestamp, relative in _TIME_ENTRY.iter_unpack(time_data):
        if index.times and timestamp <= index.times[-1]:
            if timestamp == 0 and relative == 0:
                break
            return None
        index.times.append(timestamp)
        index.time_offsets.append(relative)
    if not _rising(index.offsets) or not _rising(index.positions):
        return None
    if index.offsets and (index.positions[-1] >= log_size or index.positions[0] <= 0 or index.offsets[0] < 0):
        return None
    if any(relative < 0 for relative in index.time_offsets):
        return None
    return index


def _rising(values: array[int]) -> bool:
    return all(map(int.__lt__, values[:-1], values[1:]))
