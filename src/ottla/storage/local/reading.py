"""Reads: from the page cache on the loop where the bytes are there, else on a thread; and waiting for more to read."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Sequence

from ottla.base.errors import ErrorCode
from ottla.records.header import MAGIC, MAGIC_AT
from ottla.rules.transactions.open import aborted_between
from ottla.storage.engine import Cancel, Got, OffsetAt, Partition
from ottla.storage.local import checks, lookups, reads
from ottla.storage.local.batches import reading
from ottla.storage.local.core import LOG, Core
from ottla.storage.local.damage import CorruptRange, write_corrupt
from ottla.storage.local.index_files import ensure_index
from ottla.storage.local.partition import LocalPartition, Wake
from ottla.storage.local.reads import Damaged, Place
from ottla.storage.local.segment import Segment

COLD_SEGMENTS_MAX = 16
"""Segments one cold read may cross."""
_RANGE = ErrorCode.OFFSET_OUT_OF_RANGE

_watch_ids = itertools.count()


class Reading(Core):
    """`read`, `read_cold`, `watch`, `offset_at`, `max_timestamp`."""

    def read(
        self, partition: Partition, offset: int, max_bytes: int, *, at_least_one: bool, committed: bool = False
    ) -> Got | None:
        assert type(partition) is LocalPartition
        got = Got()
        if partition.error:
            got.error = partition.error
            return got
        end = partition.high_watermark
        if not partition.log_start_offset <= offset < end:
            if offset != end:
                got.error = _RANGE
            elif offset not in partition.cursors:
                partition.remember(offset, *_end_of(partition))
            return got
        place: Place | None = None
        if committed and partition.last_stable_offset < end:
            end = partition.last_stable_offset
            if offset >= end:
                return got
            place = partition.first_batch(end)
            if place is None:
                return None
        elif partition.holds:
            hold = partition.holds[0]
            place = (hold.segment, hold.position)
        known = partition.cursors.get(offset)
        if (
            known is not None
            and known[0] is partition.active
            and end == partition.log_end_offset
            and not partition.corrupt
        ):
            # The reader at the tail, again: everything behind its place, when that fits.
            segment, position = known
            size = segment.size - position
            if size <= max_bytes:
                data = self._at_hand(segment, position, size)
                if data is None or data[MAGIC_AT] != MAGIC:
                    return None
                partition.remember(end, segment, position + size)
                got.buffers.append(data)
                got.size = size
                if committed and partition.transactions is not None:
                    got.aborted = _aborted([segment], offset, end)
                return got
        segments = partition.segments
        number = partition.segment_at(offset)
        start = 0
        if partition.corrupt:
            clipped = _clip(partition, offset)
            if clipped is not None:
                if clipped.first_offset <= offset:
                    got.error = ErrorCode.CORRUPT_MESSAGE
                    return got
                end, place = _nearer(partition, clipped, end, place)
            start = _behind(partition, offset, segments[number])
        try:
            places = reads.collect(
                segments,
                number,
                known,
                start,
                offset,
                max_bytes,
                at_least_one,
                place,
                self._at_hand,
                got,
            )
        except Damaged:
            return None  # looked at again from disk, then judged
        if places is None:
            return None
        for next_offset, segment, position in places:
            partition.remember(next_offset if next_offset >= 0 else end, segment, position)
        if committed and got.size and partition.transactions is not None:
            after = places[-1][0] if places else reads.next_offset_of(got)
            got.aborted = _aborted(segments[number:], offset, after if after >= 0 else end)
        return got

    def _at_hand(self, segment: Segment, position: int, size: int) -> bytearray | None:
        """Bytes of a segment that the page cache holds and that need no check."""
        fd = segment.fd
        if fd < 0 or not segment.is_trusted(position, position + size):
            return None
        buffer = bytearray(size)
        try:
            read = self.disk.preadv(fd, (buffer,), position, self.nowait)
        except BlockingIOError:
            segment.distrust()
            return None
        except OSError as problem:
            if self.nowait and problem.errno in (95, 22):  # EOPNOTSUPP, EINVAL: this file system cannot say
                self.nowait = 0
            return None
        segment.used = True
        if read != size:  # the page cache has the beginning only
            segment.distrust()
            return None
        return buffer

    async def read_cold(
        self, partition: Partition, offset: int, max_bytes: int, *, at_least_one: bool, committed: bool = False
    ) -> Got:
        assert type(partition) is LocalPartition
        got = Got()
        if partition.error:
            got.error = partition.error
            return got
        end = partition.high_watermark
        if not partition.log_start_offset <= offset < end:
            got.error = _RANGE if offset != end else ErrorCode.NONE
            return got
        place = _end_of(partition)
        if committed and partition.last_stable_offset < end:
            if offset >= partition.last_stable_offset:
                return got
            found = partition.first_batch(partition.last_stable_offset)
            if found is None:
                got.error = await self._find_stable(partition, partition.last_stable_offset)
                if got.error:
                    return got
                return await self.read_cold(partition, offset, max_bytes, at_least_one=at_least_one, committed=True)
            end, place = partition.last_stable_offset, found
        number = partition.segment_at(offset)
        behind = partition.segments[number:]
        segments = behind[:COLD_SEGMENTS_MAX]
        if place[0] not in segments:
            end, place = segments[-1].base_offset, (segments[-1], segments[-1].size)
        clipped = _clip(partition, offset) if partition.corrupt else None
        if clipped is not None:
            if clipped.first_offset <= offset:
                got.error = ErrorCode.CORRUPT_MESSAGE
                return got
            end, place = _nearer(partition, clipped, end, place)
        for segment in segments:
            segment.pins += 1  # now, not when the task begins: a compaction may take their place in between
        # A reader that goes away must not let go of files a thread still reads: the work runs in a task of its own.
        task = asyncio.ensure_future(self._cold(partition, segments, offset, max_bytes, at_least_one, place, end, got))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)
        if committed and got.size and partition.transactions is not None:
            got.aborted = _aborted(behind, offset, reads.next_offset_of(got))
        return got

    async def _find_stable(self, partition: LocalPartition, offset: int) -> ErrorCode:
        """Finds where a transaction begins that was open when the partition was opened; only the first such read needs it."""
        segment = partition.segments[partition.segment_at(offset)]
        size = segment.size
        start = _behind(partition, offset, segment)

        def work() -> tuple[int, bool]:
            is_new = segment.index is None
            if is_new:
                ensure_index(
                    self.disk, segment, partition.index_interval, partition.index_bytes, list(partition.corrupt)
                )
            assert segment.index is not None
            with reading(self.disk, segment.log_path) as read_at:
                found = reads.find(
                    segment,
                    offset,
                    max(segment.index.floor(offset - segment.base_offset), start),
                    size,
                    lambda _, position, count: read_at(position, count),
                )
            if found is None or found >= size:
                raise Damaged
            return found, is_new

        segment.pins += 1
        try:
            position, is_new = await self.on_thread(work)
        except Damaged:
            LOG.error("%s-%d: the transaction at offset %d cannot be found", partition.topic, partition.index, offset)
            return ErrorCode.CORRUPT_MESSAGE
        except OSError as problem:
            LOG.error("%s-%d: cannot read at offset %d: %s", partition.topic, partition.index, offset, problem)
            return ErrorCode.KAFKA_STORAGE_ERROR
        finally:
            self.files.unpin(segment)
        if is_new and not segment.doomed:
            self.files.note_index(segment)
        partition.found_first_batch(offset, segment, position)
        return ErrorCode.NONE

    async def _cold(
        self,
        partition: LocalPartition,
        segments: list[Segment],
        offset: int,
        max_bytes: int,
        at_least_one: bool,
        place: Place,
        end: int,
        got: Got,
    ) -> Got:
        cursor = partition.cursors.get(offset)
        start = _behind(partition, offset, segments[0])
        opened: dict[Segment, int] = {}
        indexed: list[Segment] = []
        spans: list[Place] = []
        bad: Place | None = None
        looked_at = segments[0]
        disk = self.disk

        def read_at(segment: Segment, position: int, size: int) -> bytes | None:
            fd = segment.fd if segment.fd >= 0 else opened.get(segment, -1)
            nonlocal looked_at
            looked_at = segment
            if fd < 0:
                fd = opened[segment] = disk.open(segment.log_path, os.O_RDWR | os.O_CLOEXEC)
            parts = []
            while size:
                part = disk.pread(fd, size, position)
                if not part:
                    raise Damaged
                parts.append(part)
                position += len(part)
                size -= len(part)
            return parts[0] if len(parts) == 1 else b"".join(parts)

        def work() -> list[tuple[int, Segment, int]] | None:
            budget = max_bytes
            for segment in segments:
                if segment.index is None:
                    ensure_index(disk, segment, partition.index_interval, partition.index_bytes, partition.corrupt)
                    indexed.append(segment)
                budget -= segment.size
                if budget <= 0 and segment is not segments[0]:
                    break
            found = reads.collect(
                segments, 0, cursor, start, offset, max_bytes, at_least_one, place, read_at, got, spans
            )
            nonlocal bad
            bad = checks.cut_damaged(got, spans, end)
            return found

        try:
            places = await self.on_thread(work)
        except Damaged:
            LOG.error(
                "%s-%d: offset %d cannot be read: the bytes there are not a batch",
                partition.topic,
                partition.index,
                offset,
            )
            self._examine(partition, looked_at)
            return reads.damaged(got)
        except OSError as problem:
            LOG.error("%s-%d: cannot read at offset %d: %s", partition.topic, partition.index, offset, problem)
            got.buffers.clear()
            got.size = 0
            got.error = ErrorCode.KAFKA_STORAGE_ERROR
            return got
        finally:
            for segment, fd in opened.items():
                self.files.install(segment, fd)
            for segment in indexed:
                if segment.index is not None and not segment.doomed:
                    self.files.note_index(segment)
            for segment in segments:
                self.files.unpin(segment)
        if bad is not None:
            LOG.error("%s-%d: damage at position %d of %s", partition.topic, partition.index, bad[1], bad[0].log_path)
            self._examine(partition, bad[0])
            return reads.damaged(got)
        for (segment, position), buffer in zip(spans, got.buffers, strict=True):
            segment.note_checked(position, position + len(buffer))
        for next_offset, segment, position in places or ():
            if next_offset >= 0 and not segment.doomed:
                partition.remember(next_offset, segment, position)
        return got

    def _examine(self, partition: LocalPartition, segment: Segment) -> None:
        """Looks through a segment in which a read met damage, and marks what cannot be read. Once at a time for a segment."""
        if segment in self._examined or segment.doomed:
            return
        self._examined.add(segment)
        segment.pins += 1
        number = partition.segment_at(segment.base_offset)
        is_last = segment is partition.active
        offset_end = partition.log_end_offset if is_last else partition.bases[number + 1]
        self.in_background(self._mark_damage(partition, segment, segment.size, offset_end))

    async def _mark_damage(self, partition: LocalPartition, segment: Segment, size: int, offset_end: int) -> None:
        try:
            found = await self.on_thread(lambda: checks.find_damage(self.disk, segment, size, offset_end))
            if partition.dropped or segment.doomed:
                return
            known = [one for one in partition.corrupt if one.base_offset != segment.base_offset]
            partition.corrupt = sorted([*known, *found], key=lambda one: one.first_offset)
            for one in found:
                LOG.error(
                    "%s-%d: damage in %s, bytes %d to %d: offsets %d to %d cannot be read",
                    partition.topic, partition.index, segment.log_path,
                    one.position, one.end, one.first_offset, one.next_offset - 1,
                )  # fmt: skip
            corrupt = list(partition.corrupt)
            await self.on_thread(lambda: write_corrupt(self.disk, partition.path, corrupt))
        except OSError as problem:
            LOG.error("%s-%d: cannot look for damage: %s", partition.topic, partition.index, problem)
        finally:
            self._examined.discard(segment)
            self.files.unpin(segment)

    def watch(self, partitions: Sequence[Partition], wake: Wake) -> Cancel:
        key = next(_watch_ids)
        watched: list[LocalPartition] = []
        for partition in partitions:
            assert type(partition) is LocalPartition
            if partition.watchers is None:
                partition.watchers = {key: wake}
            else:
                partition.watchers[key] = wake
            watched.append(partition)

        def cancel() -> None:
            for partition in watched:
                watchers = partition.watchers
                if watchers is not None:
                    watchers.pop(key, None)
                    if not watchers:
                        partition.watchers = None

        return cancel

    async def offset_at(self, partition: Partition, timestamp_ms: int, *, committed: bool = False) -> OffsetAt:
        assert type(partition) is LocalPartition
        end = partition.last_stable_offset if committed else partition.high_watermark
        return await self._look_up(partition, timestamp_ms, end)

    async def max_timestamp(self, partition: Partition) -> OffsetAt:
        assert type(partition) is LocalPartition
        return await self._look_up(partition, None, partition.high_watermark)

    async def _look_up(self, partition: LocalPartition, timestamp_ms: int | None, end: int) -> OffsetAt:
        if partition.error or partition.log_start_offset >= end:
            return OffsetAt()
        view = lookups.View(
            self.disk,
            partition.segments[partition.segment_at(partition.log_start_offset) :],
            partition.log_start_offset,
            end,
            _end_of(partition),
            partition.index_interval,
            partition.index_bytes,
            list(partition.corrupt),
        )
        for segment in view.segments:
            segment.pins += 1
        task = asyncio.ensure_future(self._look(view, timestamp_ms))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            found = await asyncio.shield(task)
        except OSError as problem:
            LOG.error("%s-%d: cannot look up a timestamp: %s", partition.topic, partition.index, problem)
            return OffsetAt()
        if found is None:
            return OffsetAt()
        offset, timestamp = found
        return OffsetAt(offset, timestamp, partition.epoch_at(offset))

    async def _look(self, view: lookups.View, timestamp_ms: int | None) -> tuple[int, int] | None:
        try:
            if timestamp_ms is None:
                return await self.on_thread(view.max_timestamp)
            return await self.on_thread(lambda: view.first_at(timestamp_ms))
        finally:
            for segment in view.indexed:
                if segment.index is not None and not segment.doomed:
                    self.files.note_index(segment)
            for segment in view.segments:
                self.files.unpin(segment)


def _end_of(partition: LocalPartition) -> Place:
    """The place of the first byte that is not to be seen."""
    if partition.holds:
        hold = partition.holds[0]
        return hold.segment, hold.position
    return partition.active, partition.active.size


def _aborted(segments: Sequence[Segment], from_offset: int, to_offset: int) -> list[tuple[int, int]]:
    """Producer id and first offset of the aborted transactions that overlap a range; `segments` from the one that holds its begin."""
    indexes = (segment.aborted for segment in segments if segment.aborted)
    return [(one.producer_id, one.first_offset) for one in aborted_between(indexes, from_offset, to_offset)]


def _clip(partition: LocalPartition, offset: int) -> CorruptRange | None:
    """The first corrupt range that ends behind an offset."""
    for found in partition.corrupt:
        if found.next_offset > offset:
            return found
    return None


def _behind(partition: LocalPartition, offset: int, segment: Segment) -> int:
    """The position behind the last damage before an offset in its segment."""
    ends = [
        found.end
        for found in partition.corrupt
        if found.base_offset == segment.base_offset and found.next_offset <= offset
    ]
    return max(ends, default=0)


def _nearer(partition: LocalPartition, found: CorruptRange, end: int, place: Place | None) -> tuple[int, Place]:
    """The nearer of the visible end and the beginning of a corrupt range."""
    if place is None:
        place = _end_of(partition)
    if found.first_offset >= end:
        return end, place
    for segment in partition.segments:
        if segment.base_offset == found.base_offset:
            return found.first_offset, (segment, found.position)
    return end, place
