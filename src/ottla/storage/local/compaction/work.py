"""One round of cleaning one partition: survey, map, rewrite. Runs wherever the loop does not.

1. *Survey*: the headers of everything below the range's end (and beyond it, until the transactions that began below it are decided)
   tell which transactions were aborted. One that is undecided lowers the range's end to its segment.
2. *Map*: the records of the dirty range, newest offset per key, until the map is full or the range ends.
3. *Rewrite*: group by group, every segment below the mapped end is written anew beside the old one, as `.cleaned`, made durable and
   reported. A batch from which nothing goes is copied as it is; a group of one segment from which nothing goes is not written.

Every batch's CRC is checked before anything is concluded from it or written again: damage must not get a fresh checksum. A log with a
damaged batch is not cleaned.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ottla.records.header import BatchHeader
from ottla.records.indexes import AbortedTxn, encode_txn, parse_txn_index
from ottla.rules.compaction import (
    Aborted,
    AbortedRanges,
    Judge,
    LastRecord,
    Retention,
    Survey,
    group_segments,
    keeps_tombstones,
)
from ottla.storage.local.compaction.batches import (
    RecordError,
    block_of,
    emptied,
    marker,
    read_batches,
    read_heads,
    rewrite,
)
from ottla.storage.local.compaction.blocks import Kept, keep_by_bits, keep_by_key, map_block
from ottla.storage.local.compaction.job import (
    CLEANED,
    FILES,
    INDEX,
    LOG,
    TIME_INDEX,
    TXN_INDEX,
    CleanedGroup,
    CleanJob,
    Finished,
    Uncleanable,
    segment_path,
)
from ottla.storage.local.compaction.offset_map import OffsetMap
from ottla.storage.local.disk import Disk
from ottla.storage.local.segment import Segment

SYNC_BYTES: Final = 256 << 10
"""Written data is put on the device in pieces of this size, and as long as that took is waited before the next: one large flush at the
end would hold up the producers' flushes behind it. (p99 of acks=all beside a round, on a busy disk: 41 ms so, 183 ms with one flush.)
"""
SYNC_REST_MAX_S: Final = 0.05
CHUNK_BYTES: Final = 1 << 20
WRITE_BYTES: Final = 128 << 10

Say = Callable[[CleanedGroup], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be cleaned."""

    base_offset: int
    size: int
    index_size: int
    time_index_size: int


class Throttle:
    """Keeps reading and writing together below `log.cleaner.io.max.bytes.per.second`, and asks whether to go on."""

    def __init__(self, bytes_per_second: float, check: Callable[[], None]) -> None:
        self._rate = bytes_per_second
        self._check = check
        self._free_at = 0.0

    def spend(self, size: int) -> None:
        """`size` bytes were read or written. Sleeps as long as that is too many. Raises what `check` raises (Stopped)."""
        self._check()
        now = time.monotonic()
        self._free_at = max(self._free_at, now) + size / self._rate
        while (wait := self._free_at - now) > 0.001:
            time.sleep(min(wait, 0.1))
            self._check()
            now = time.monotonic()


def clean(disk: Disk, job: CleanJob, say: Say, check: Callable[[], None] = lambda: None) -> Finished:
    """Does a round; `say` is told of every group as soon as its files are durable. `check` is called often and may raise Stopped.

    Raises Uncleanable, OSError. What was written and not yet reported is removed then.
    """
    return _Round(disk, job, say, Throttle(job.bytes_per_second, check)).run()


class _Round:
    def __init__(self, disk: Disk, job: CleanJob, say: Say, throttle: Throttle) -> None:
        self.disk = disk
        self.job = job
        self.say = say
        self.throttle = throttle
        self.end = job.first_uncleanable_offset
        self.chunk = min(max(job.io_bytes // 2, 4096), CHUNK_BYTES)
        self.map: OffsetMap
        self.done = Finished(job.first_dirty_offset)

    def run(self) -> Finished:
        job, done = self.job, self.done
        started = time.monotonic()
        survey, dirty_records = self._survey()
        undecided = survey.undecided_below(self.end)
        if undecided is not None:
            self.end = max(base for base, _ in job.segments if base <= max(undecided, job.segments[0][0]))
        if self.end <= job.first_dirty_offset:
            return done
        aborted = self._with_index(survey.aborted)
        surveyed = time.monotonic()
        self.map = OffsetMap(
            job.dedupe_bytes, job.load_factor, job.first_dirty_offset, self.end, most_keys=dirty_records
        )
        self._map(AbortedRanges(aborted))
        mapped = time.monotonic()
        end_offset = self.map.latest_offset + 1
        producers = {producer: LastRecord(offset, epoch) for producer, offset, epoch in job.producers}
        judge = Judge(AbortedRanges(aborted), producers, self.end, job.now_ms)
        groups = group_segments(
            [self._source(base, size) for base, size in job.segments if base < end_offset],
            self.end,
            segment_bytes=job.segment_bytes,
            index_bytes=job.index_bytes,
            segments_max=job.segments_max,
        )
        for group in groups:
            self.say(self._clean_group(group, judge))
        done.end_offset = end_offset
        done.keys, done.capacity, done.map_bytes = self.map.size, self.map.capacity, self.map.memory_bytes
        done.survey_ms = int((surveyed - started) * 1000)
        done.map_ms = int((mapped - surveyed) * 1000)
        done.rewrite_ms = int((time.monotonic() - mapped) * 1000)
        return done

    def _source(self, base: int, size: int) -> Source:
        directory = self.job.directory
        return Source(
            base,
            size,
            self._file_size(segment_path(directory, base, INDEX)),
            self._file_size(segment_path(directory, base, TIME_INDEX)),
        )

    def _file_size(self, path: str) -> int:
        try:
            return int(self.disk.stat(path).st_size)
        except FileNotFoundError:
            return 0

    # -- survey

    def _survey(self) -> tuple[Survey, int]:
        """The transactions, and how many records the dirty range can hold at most."""
        job = self.job
        survey = Survey()
        records = 0
        for base, size in job.segments:
            if base >= self.end and survey.undecided_below(self.end) is None:
                break
            self.throttle.spend(0)
            for header, kind in read_heads(self.disk, segment_path(job.directory, base, LOG), size):
                if header.base_offset >= job.high_watermark:
                    break
                if header.is_transactional:
                    survey.note(header, kind)
                if job.first_dirty_offset <= header.last_offset and header.base_offset < self.end:
                    records += header.records_count
        return survey, records

    def _with_index(self, found: list[Aborted]) -> list[Aborted]:
        """With the last stable offsets that the transaction index remembers, where it does."""
        if not found:
            return found
        known: dict[tuple[int, int], AbortedTxn] = {}
        for base, _ in self.job.segments:
            for entry in self._txn_entries(base):
                known[entry.producer_id, entry.last_offset] = entry
        return [
            Aborted(*known[one.producer_id, one.last_offset]) if (one.producer_id, one.last_offset) in known else one
            for one in found
        ]

    def _txn_entries(self, base: int) -> list[AbortedTxn]:
        try:
            return list(parse_txn_index(self.disk.read_file(segment_path(self.job.directory, base, TXN_INDEX))))
        except (FileNotFoundError, RecordError):
            return []

    # -- map

    def _map(self, aborted: AbortedRanges) -> None:
        job = self.job
        bases = [base for base, _ in job.segments]
        for number, (base, size) in enumerate(job.segments):
            following = bases[number + 1] if number + 1 < len(bases) else self.end
            if following <= job.first_dirty_offset:
                continue
            if base >= self.end:
                break
            path = segment_path(job.directory, base, LOG)
            for _, header, batch in read_batches(self.disk, path, 0, size, self.chunk):
                self.throttle.spend(len(batch))
                if header.last_offset < job.first_dirty_offset:
                    continue
                if not header.is_control and not (
                    header.is_transactional and aborted.find(header.producer_id, header.base_offset)
                ):
                    if not self._map_batch(path, header, batch):
                        return
                self.map.latest_offset = header.last_offset
            self.map.latest_offset = min(following, self.end) - 1

    def _map_batch(self, path: str, header: BatchHeader, batch: memoryview) -> bool:
        """False when the map is full."""
        if not header.records_count:
            return True
        try:
            data = block_of(batch, header)
            return map_block(
                data,
                header.records_count,
                header.base_offset,
                header.last_offset,
                self.job.first_dirty_offset,
                self.map,
            )
        except RecordError as problem:
            raise _unreadable(path, header, problem) from problem

    # -- rewrite

    def _clean_group(self, group: list[Source], judge: Judge) -> CleanedGroup:
        job = self.job
        output = _Output(self.disk, job, group, self.throttle)
        judge.retained.clear()
        try:
            for source in group:
                path = segment_path(job.directory, source.base_offset, LOG)
                for position, header, batch in read_batches(self.disk, path, 0, source.size, self.chunk):
                    self.throttle.spend(len(batch))
                    self.done.bytes_read += len(batch)
                    self.done.records_read += header.records_count
                    kept = self._filter(path, header, batch, judge)
                    if kept is not None:
                        output.add(header, kept, position)
                    else:
                        output.drop(position)
            before = [entry for source in group for entry in self._txn_entries(source.base_offset)]
            result = output.finish([AbortedTxn._make(entry) for entry in judge.retained], before)
        except BaseException:
            output.discard()
            raise
        self.done.bytes_written += 0 if result.is_unchanged else result.size
        return result

    def _filter(self, path: str, header: BatchHeader, batch: memoryview, judge: Judge) -> memoryview | bytes | None:
        """What is kept of a batch: the very bytes, a new batch, or nothing."""
        verdict = judge.judge(header, marker(batch, header) if header.is_control else None)
        count = header.records_count
        if verdict.retention is Retention.DROP:
            return None
        if count and not verdict.discards_records:
            try:
                new = self._kept(header, batch, expires=verdict.expires)
            except RecordError as problem:
                raise _unreadable(path, header, problem) from problem
            if new is not None:
                return new
        if verdict.retention is Retention.DROP_EMPTY:
            return None
        return emptied(header) if count else batch

    def _kept(self, header: BatchHeader, batch: memoryview, *, expires: bool) -> memoryview | bytes | None:
        """The batch with the records that stay; None when none does."""
        done, offsets, count = self.done, self.map, header.records_count
        if header.is_control:
            kept = Kept(b"", count, 0, False)
        elif offsets.is_plain(header.base_offset, header.last_offset):
            if not offsets.any_superseded(header.base_offset, header.last_offset):
                kept = Kept(b"", count, 0, False)
            else:
                kept = keep_by_bits(block_of(batch, header), count, header.base_offset, offsets)
        else:
            keeps = keeps_tombstones(header, self.job.now_ms)
            kept = keep_by_key(block_of(batch, header), count, header.base_offset, keeps, offsets)
        done.records_kept += kept.records
        if not kept.records:
            return None
        horizon_ms = None
        if (kept.has_tombstone or expires) and not header.has_delete_horizon:
            horizon_ms = min(self.job.now_ms + self.job.delete_retention_ms, 2**63 - 1)
        elif kept.records == count:
            return batch
        if header.is_control:
            kept = Kept(block_of(batch, header), count, header.max_timestamp - header.base_timestamp, False)
        return rewrite(header, kept, horizon_ms=horizon_ms)


def _unreadable(path: str, header: BatchHeader, problem: RecordError) -> Uncleanable:
    return Uncleanable(f"{path}: the batch at offset {header.base_offset}: {problem.message}")


class _Output:
    """The segment that replaces a group. While it would equal the only one of its group, nothing is written."""

    def __init__(self, disk: Disk, job: CleanJob, group: list[Source], throttle: Throttle) -> None:
        self._disk = disk
        self._job = job
        self._group = group
        self._throttle = throttle
        self._segment = Segment(job.directory, group[0].base_offset, job.now_ms)
        self._segment.fresh()
        self._fd = -1
        self._buffer = bytearray()
        self._written = 0
        self._synced = 0
        if len(group) > 1:
            self._begin(0)

    def add(self, header: BatchHeader, batch: memoryview | bytes, position: int) -> None:
        """A batch that is kept. `position`: where the old one lies."""
        segment = self._segment
        if self._fd < 0 and not isinstance(batch, memoryview):
            self._begin(position)
        if self._fd >= 0:
            self._buffer += batch
            if len(self._buffer) >= WRITE_BYTES:
                self._write()
        size = len(batch)
        max_timestamp = _max_timestamp(batch)
        segment.note(
            header.last_offset, segment.size, size, max_timestamp, self._job.index_interval_bytes, self._job.index_bytes
        )
        segment.size += size

    def drop(self, position: int) -> None:
        """The batch at `position` goes."""
        if self._fd < 0:
            self._begin(position)

    def _path(self, kind: str) -> str:
        return segment_path(self._job.directory, self._segment.base_offset, kind + CLEANED)

    def _begin(self, same: int) -> None:
        """Makes the file, with the first `same` bytes of the old segment, which were found to stay as they are."""
        for kind in FILES:
            self._disk.unlink_if_there(self._path(kind))
        self._fd = self._disk.open(self._path(LOG), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        if same:
            self._copy(same)

    def _copy(self, size: int) -> None:
        disk = self._disk
        source = segment_path(self._job.directory, self._segment.base_offset, LOG)
        fd = disk.open(source, os.O_RDONLY | os.O_CLOEXEC)
        try:
            position = 0
            while position < size:
                part = disk.pread(fd, min(CHUNK_BYTES, size - position), position)
                if not part:
                    raise Uncleanable(f"{source} became shorter")
                self._buffer += part
                position += len(part)
                self._write()
        finally:
            disk.close(fd)

    def _write(self) -> None:
        size = len(self._buffer)
        with memoryview(self._buffer) as view:
            self._disk.write_all(self._fd, view, self._written)
        self._written += size
        self._buffer.clear()
        if self._written - self._synced >= SYNC_BYTES:
            started = time.monotonic()
            self._disk.fdatasync(self._fd)
            self._synced = self._written
            took = time.monotonic() - started
            if took > 0.0002:
                time.sleep(min(took, SYNC_REST_MAX_S))
        self._throttle.spend(size)

    def finish(self, aborted: list[AbortedTxn], before: list[AbortedTxn]) -> CleanedGroup:
        """Makes everything durable. `aborted`: the transaction index that belongs to it; `before`: what the old ones held."""
        bases = [source.base_offset for source in self._group]
        if self._fd < 0:
            if aborted == before:
                return CleanedGroup(bases, is_unchanged=True)
            self._begin(self._segment.size)
        disk, segment = self._disk, self._segment
        if self._buffer:
            self._write()
        offsets, _, times, _ = segment.index_tail(closing=True)
        self._small_file(INDEX, offsets)
        self._small_file(TIME_INDEX, times)
        if aborted:
            self._small_file(TXN_INDEX, b"".join(encode_txn(entry) for entry in aborted))
        disk.fsync(self._fd)
        fd, self._fd = self._fd, -1
        disk.close(fd)
        if segment.max_timestamp < 0:
            # Retention goes by when a segment without timestamps was written.
            old = disk.stat(segment_path(self._job.directory, bases[-1], LOG))
            disk.utime(self._path(LOG), (old.st_atime, old.st_mtime))
        return CleanedGroup(
            bases,
            False,
            segment.size,
            segment.first_timestamp,
            segment.max_timestamp,
            segment.max_timestamp_offset,
            bool(aborted),
        )

    def _small_file(self, kind: str, data: bytes) -> None:
        disk = self._disk
        fd = disk.open(self._path(kind), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            disk.write_all(fd, data, 0)
            disk.fsync(fd)
        finally:
            disk.close(fd)

    def discard(self) -> None:
        """Takes away what was written."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            self._disk.close(fd)
        for kind in FILES:
            self._disk.unlink_if_there(self._path(kind))


def _max_timestamp(batch: memoryview | bytes) -> int:
    return int.from_bytes(batch[35:43], "big", signed=True)
