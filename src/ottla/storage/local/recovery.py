"""Loads one partition's directory: what a clean stop left as it stands, what a crash left after checking it.

After a clean shutdown (the marker) only the tail of the active segment is looked at. Otherwise every batch from the segment that holds
the recovery point on is checked (size, CRC-32C, rising offsets), indexes of these segments and the producer state are rebuilt, and what
was read is flushed before it is served.

What happens to bytes that are not a valid batch:

- **The torn tail** (nothing valid follows, and it lies above the recovery point): cut. Nobody was told that it is safe.
- **Damage** (below the recovery point, or valid batches follow): kept, and the offsets from the damaged batch to the next valid one are
  marked corrupt (file `corrupt-ranges`). Reading them is answered with CORRUPT_MESSAGE, everything around them is served. Apache
  Kafka would cut the log there and lose every acknowledged record behind it.
- **After the machine itself went down** (its boot id differs from the one in `.lock`) unflushed pages may be missing in any order, so
  valid batches behind a hole above the recovery point do not prove damage. There the log is cut as Kafka does, but the cut bytes
  are kept beside it (`*.cut`), should they be worth something to a person. After `kill -9` on a living machine the page cache
  is whole, and only the last write can be torn.

What is open and what was aborted comes from the producer snapshots and the batches behind them; the `.txnindex` of a segment that was
checked, or whose file is damaged, is built anew from the snapshot at its start.

After a flush that failed (`damage.distrust`) what lies above the recovery point is written again before it is flushed: the kernel
reports a failed write-back once and counts the pages as written from then on.

Not done: batches of magic 0 and 1 (which Kafka 4 still reads on disk) count as damage.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from dataclasses import dataclass, field
from struct import Struct

from ottla.records.builder import ABORT, COMMIT, control_type
from ottla.records.errors import RecordError
from ottla.records.header import BatchHeader
from ottla.records.reader import iter_records
from ottla.records.snapshot import decode_snapshot
from ottla.rules.producers import ProducerTable
from ottla.rules.transactions.open import OpenTransactions
from ottla.storage.local import checkpoints
from ottla.storage.local.aborted import AbortedIndex, parse_aborted
from ottla.storage.local.batches import ReadAt, Walk, reading, resync
from ottla.storage.local.checkpoints import CheckpointError
from ottla.storage.local.damage import (
    CORRUPT_RANGES,
    CorruptRange,
    distrust,
    holes_of,
    is_distrusted,
    trust,
    write_corrupt,
)
from ottla.storage.local.disk import Disk
from ottla.storage.local.epochs import merge_epochs
from ottla.storage.local.index_files import load_index, save_index
from ottla.storage.local.segment import MAX_RELATIVE_OFFSET, Segment

REWRITE_BYTES = 1 << 20
LOG = logging.getLogger("ottla.storage")
_MAX_OFFSET = 2**63 - 1
_END_TXN_VALUE = Struct(">hi")
_DIGITS = 20


@dataclass(slots=True, frozen=True)
class LoadOptions:
    """What a load is told: settings of the topic and the checkpoints' word on this partition."""

    clean: bool
    same_boot: bool
    recovery_point: int  # 0 where no checkpoint names the partition
    log_start_offset: int
    index_interval_bytes: int
    index_bytes: int
    now_ms: int
    ticks_ms: int = 0  # the monotonic clock's word for `now_ms`
    is_compacted: bool = False  # offsets may be missing between batches and between segments


@dataclass(slots=True)
class Loaded:
    """A partition as it was found. `notes` are for the log."""

    segments: list[Segment]
    log_start_offset: int
    log_end_offset: int
    recovery_point: int
    epochs: list[tuple[int, int]]
    producers: ProducerTable
    corrupt: list[CorruptRange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    epochs_changed: bool = False
    """The epochs are not those of the checkpoint."""
    transactions: OpenTransactions = field(default_factory=OpenTransactions)
    unsaved_aborted: list[Segment] = field(default_factory=list)
    """Segments with aborted transactions that their `.txnindex` may not have."""


def load(disk: Disk, directory: str, options: LoadOptions) -> Loaded:
    """Loads (and recovers) the partition in `directory`. Raises OSError."""
    return _Loader(disk, directory, options).load()


class _Loader:
    def __init__(self, disk: Disk, directory: str, options: LoadOptions) -> None:
        self.disk = disk
        self.directory = directory
        self.options = options
        self.notes: list[str] = []
        self.corrupt: list[CorruptRange] = []
        self.snapshots: list[int] = []
        self.txn_indexes: set[int] = set()
        self.checked: set[Segment] = set()
        self.next_offset = 0
        self.found_epochs: list[tuple[int, int]] = []
        self.changed = False

    def load(self) -> Loaded:
        segments = self._list()
        options = self.options
        log_start = options.log_start_offset
        if not segments:
            segments = [self.create(max(log_start, 0))]
        self.corrupt = self._read_corrupt(segments)
        epochs = self._read_epochs()
        active = segments[-1]
        self.next_offset = active.base_offset
        distrusted = is_distrusted(self.disk, self.directory)
        clean = options.clean and not distrusted
        recovered = not clean
        if clean and not self._open_clean(active):
            self.notes.append(f"{active.log_path} does not end where its last batch ends: recovering it")
            recovered = True
        if recovered:
            first = max(bisect_right([segment.base_offset for segment in segments], options.recovery_point) - 1, 0)
            if clean:
                first = len(segments) - 1
            elif (
                first
                and segments[first].base_offset == options.recovery_point
                and not self._is_filled(segments[first - 1])
            ):
                first -= 1
            segments = self._recover(segments, first)
        end = self.next_offset
        if log_start > end:
            # Kafka's answer too: the checkpoint is durable before anyone is told, so the segments are older than what was deleted.
            self.notes.append(f"log start offset {log_start} lies above the log end {end}: beginning anew there")
            for segment in segments:
                self._set_aside(segment, ".deleted")
            segments = [self.create(log_start)]
            self.corrupt.clear()
            end = self.next_offset = log_start
        for segment in segments:
            if segment.size and segment not in self.checked:
                segment.distrust()
        log_start = max(log_start, segments[0].base_offset)
        if self.changed:
            self._write_corrupt()
        producers, transactions, unsaved = self._producers(segments, end)
        self._drop_stray_snapshots(segments)
        stored = epochs
        epochs = merge_epochs(stored, self.found_epochs, log_start, end)
        if recovered and (end > options.recovery_point or self.notes or distrusted):
            try:
                self._sync(segments, distrusted)
            except OSError:
                distrust(self.disk, self.directory)
                raise
        return Loaded(
            segments,
            log_start,
            end,
            end if recovered else min(max(options.recovery_point, end if clean else 0), end),
            epochs,
            producers,
            self.corrupt,
            self.notes,
            epochs != stored,
            transactions,
            unsaved,
        )

    def create(self, base_offset: int) -> Segment:
        """A new, empty segment."""
        segment = Segment(self.directory, base_offset, self.options.now_ms)
        self.disk.close(self.disk.open(segment.log_path, os.O_RDWR | os.O_CREAT, 0o644))
        segment.fresh()
        self.next_offset = base_offset
        return segment

    def _list(self) -> list[Segment]:
        """The segments, after finishing or undoing what a crash interrupted (deletions, a compaction of Kafka's)."""
        names = set(self.disk.listdir(self.directory))
        for name in [name for name in names if name.endswith((".deleted", ".tmp"))]:
            self._remove(name, names)
        if any(name.endswith((".cleaned", ".swap")) for name in names):
            self._finish_swap(names)
        segments = []
        for name in sorted(names):
            stem, _, kind = name.partition(".")
            if len(stem) != _DIGITS or not stem.isdigit():
                continue
            base = int(stem)
            if kind == "log":
                segment = Segment(self.directory, base, self.options.now_ms)
                segment.size = self.disk.stat(segment.log_path).st_size
                segments.append(segment)
            elif kind == "snapshot":
                self.snapshots.append(base)
            elif kind in ("index", "timeindex", "txnindex") and f"{stem}.log" not in names:
                self._remove(name, names)
            elif kind == "txnindex":
                self.txn_indexes.add(base)
        return segments

    def _finish_swap(self, names: set[str]) -> None:
        """Kafka's LogLoader: `.cleaned` files are a compaction that was not done; `.swap` files replace the segments they cover."""
        cleaned = [name for name in names if name.endswith(".cleaned")]
        floor = min((int(name[:_DIGITS]) for name in cleaned), default=_MAX_OFFSET)
        for name in cleaned:
            self._remove(name, names)
        for name in [name for name in names if name.endswith(".swap") and int(name[:_DIGITS]) >= floor]:
            self._remove(name, names)
        swaps = sorted(name for name in names if name.endswith(".log.swap"))
        low, high = _MAX_OFFSET, -1
        for name in swaps:
            base = int(name[:_DIGITS])
            path = f"{self.directory}/{name}"
            with reading(self.disk, path) as read_at:
                walk = Walk(read_at, 0, self.disk.stat(path).st_size, base)
                for _ in walk:
                    pass
            low, high = min(low, base), max(high, walk.next_offset)
        for name in list(names):
            stem = name[:_DIGITS]
            if not name.endswith(".swap") and stem.isdigit() and low <= int(stem) < high:
                self._remove(name, names)
        for name in [name for name in names if name.endswith(".swap")]:
            target = name.removesuffix(".swap")
            self.disk.replace(f"{self.directory}/{name}", f"{self.directory}/{target}")
            names.discard(name)
            names.add(target)
            self.notes.append(f"finished the interrupted replacement of {target}")

    def _remove(self, name: str, names: set[str]) -> None:
        self.disk.unlink_if_there(f"{self.directory}/{name}")
        names.discard(name)

    def _set_aside(self, segment: Segment, suffix: str) -> None:
        self.disk.replace(segment.log_path, segment.log_path + suffix)
        for path in (segment.index_path, segment.time_path, segment.txn_path):
            self.disk.unlink_if_there(path)

    # -- a clean stop

    def _open_clean(self, active: Segment) -> bool:
        """Reads the active segment's indexes and the batches behind the last entry. False when something does not add up."""
        if active.size == 0:
            active.fresh()
            self.next_offset = active.base_offset
            return True
        index = load_index(self.disk, active)
        if index is None:
            return False
        active.index = index
        interval = self.options.index_interval_bytes
        position = index.positions[-1] if index.positions else 0
        next_offset = active.base_offset + index.offsets[-1] if index.positions else active.base_offset
        active.max_timestamp = index.times[-1] if index.times else -1
        active.max_timestamp_offset = active.base_offset + index.time_offsets[-1] if index.times else -1
        with reading(self.disk, active.log_path) as read_at:
            holes = holes_of(self.corrupt, active)
            first = next(iter(Walk(read_at, 0, active.size, active.base_offset, holes=holes)), None)
            if first is not None:
                active.first_timestamp = first[1].max_timestamp
            walk = Walk(read_at, position, active.size, active.base_offset, holes=holes)
            for at, header, _ in walk:
                if at == position and index.positions:
                    if header.last_offset != next_offset:
                        return False
                    if header.max_timestamp > active.max_timestamp:
                        active.max_timestamp = header.max_timestamp
                        active.max_timestamp_offset = header.last_offset
                    active.since_entry = header.total_size
                    continue
                active.note(
                    header.last_offset, at, header.total_size, header.max_timestamp, interval, self.options.index_bytes
                )
        if walk.position != active.size:
            return False
        self.next_offset = walk.next_offset
        active.check_full(self.options.index_bytes)
        return True

    # -- after a crash

    def _is_filled(self, segment: Segment) -> bool:
        """Whether a segment ends where its last batch ends. One that was preallocated may have been full, flushed and followed by the next,
        but not yet cut to its size."""
        index = load_index(self.disk, segment)
        position = index.positions[-1] if index is not None and index.positions else 0
        with reading(self.disk, segment.log_path) as read_at:
            walk = Walk(read_at, position, segment.size, segment.base_offset, holes=holes_of(self.corrupt, segment))
            for _ in walk:
                pass
        return walk.position == segment.size

    def _recover(self, segments: list[Segment], first: int) -> list[Segment]:
        kept = segments[:first]
        corrupt_before = {found.base_offset for found in self.corrupt}
        recovered_bases = {segment.base_offset for segment in segments[first:]}
        if corrupt_before & recovered_bases:  # found again by the walk
            self.corrupt = [found for found in self.corrupt if found.base_offset not in recovered_bases]
            self.changed = True
        for number in range(first, len(segments)):
            segment = segments[number]
            following = segments[number + 1] if number + 1 < len(segments) else None
            whole = self._recover_segment(segment, following)
            kept.append(segment)
            if not whole:
                for lost in segments[number + 1 :]:
                    self.notes.append(f"set aside {lost.log_path}: it lies behind a hole in unflushed data")
                    self._set_aside(lost, ".cut")
                break
        last = kept[-1]
        if any(found.base_offset == last.base_offset and found.end == last.size for found in self.corrupt):
            kept.append(self.create(self.next_offset))
        self.snapshots = [
            offset for offset in self.snapshots if offset <= self.next_offset or self._drop_snapshot(offset)
        ]
        return kept

    def _drop_snapshot(self, offset: int) -> bool:
        self.disk.unlink_if_there(f"{self.directory}/{offset:020d}.snapshot")
        return False

    def _recover_segment(self, segment: Segment, following: Segment | None) -> bool:
        """Checks every batch and rebuilds the indexes. False when the log was cut here and what follows must go."""
        options = self.options
        self.checked.add(segment)
        segment.fresh()
        segment.since_entry = 0
        next_offset = segment.base_offset
        limit = segment.base_offset + MAX_RELATIVE_OFFSET
        if following is not None:
            limit = min(limit, following.base_offset - 1)
        whole = True
        with reading(self.disk, segment.log_path) as read_at:
            position = 0
            while True:
                walk = Walk(read_at, position, segment.size, next_offset, offset_max=limit, check=True)
                for at, header, _ in walk:
                    segment.note(
                        header.last_offset, at, header.total_size, header.max_timestamp,
                        options.index_interval_bytes, options.index_bytes,
                    )  # fmt: skip
                    self._note_epoch(header)
                position, next_offset = walk.position, walk.next_offset
                flushed = next_offset < options.recovery_point
                if position == segment.size:
                    whole = following is None or flushed or not self._lacks_offsets(segment, next_offset, following)
                    break
                found = resync(read_at, position, segment.size, next_offset, limit)
                follows = following is None or following.base_offset == next_offset
                if found is None and not flushed and follows:
                    self._cut(segment, position, next_offset, read_at, keep=False)
                    break
                if not flushed and not options.same_boot:
                    self._cut(segment, position, next_offset, read_at, keep=True)
                    whole = False
                    break
                if found is not None:
                    end, resume = found[0], found[1].base_offset
                else:
                    end = segment.size
                    resume = following.base_offset if following else max(options.recovery_point, next_offset + 1)
                self._mark(CorruptRange(next_offset, resume, segment.base_offset, position, end))
                position, next_offset = end, resume
                if found is None:
                    break
        self._rewrite_index(segment)
        self.next_offset = next_offset
        return whole

    def _lacks_offsets(self, segment: Segment, next_offset: int, following: Segment) -> bool:
        """Whether unflushed batches at the end of a segment went with the machine, though the next segment is there. Only compaction leaves
        such a gap otherwise."""
        if next_offset == following.base_offset or self.options.same_boot or self.options.is_compacted:
            return False
        self.notes.append(
            f"{segment.log_path} ends at offset {next_offset}, the next segment begins at {following.base_offset}"
        )
        return True

    def _cut(self, segment: Segment, position: int, next_offset: int, read_at: ReadAt, *, keep: bool) -> None:
        size = segment.size - position
        if keep:
            side = f"{segment.log_path}.{position}.cut"
            self.disk.write_file(side, read_at(position, size), sync=True)
        self.notes.append(f"cut {size} bytes at position {position} (offset {next_offset}) of {segment.log_path}")
        fd = self.disk.open(segment.log_path, os.O_RDWR)
        try:
            self.disk.ftruncate(fd, position)
        finally:
            self.disk.close(fd)
        segment.size = position

    def _mark(self, found: CorruptRange) -> None:
        self.notes.append(
            f"damage in {self.directory}/{found.base_offset:020d}.log, bytes {found.position} to {found.end}: offsets "
            f"{found.first_offset} to {found.next_offset - 1} cannot be read"
        )
        self.corrupt.append(found)
        self.changed = True

    def _rewrite_index(self, segment: Segment) -> None:
        """The files of a segment that was checked are built anew when it is closed; stale ones must not be believed before."""
        self.disk.unlink_if_there(segment.index_path)
        self.disk.unlink_if_there(segment.time_path)

    def _sync(self, segments: list[Segment], distrusted: bool) -> None:
        """What was recovered is flushed before anyone reads it: visibility follows durability."""
        for segment in segments:
            if segment.index is None:
                continue
            fd = self.disk.open(segment.log_path, os.O_RDWR)
            try:
                if distrusted:
                    self._write_again(fd, segment.size)
                self.disk.fdatasync(fd)
            finally:
                self.disk.close(fd)
            segment.synced_size = segment.size
            if segment is not segments[-1]:
                save_index(self.disk, segment, closing=True, sync=True)
        self.disk.fsync_dir(self.directory)
        if distrusted:
            trust(self.disk, self.directory, self.options.now_ms)

    def _write_again(self, fd: int, size: int) -> None:
        """After a failed flush the kernel takes the pages for written; only writing them again makes a flush mean something."""
        position = 0
        while position < size and (data := self.disk.pread(fd, min(REWRITE_BYTES, size - position), position)):
            self.disk.write_all(fd, data, position)
            position += len(data)

    def _note_epoch(self, header: BatchHeader) -> None:
        epoch = header.partition_leader_epoch
        if epoch >= 0 and (not self.found_epochs or epoch > self.found_epochs[-1][0]):
            self.found_epochs.append((epoch, header.base_offset))

    # -- what lies beside the segments

    def _read_epochs(self) -> list[tuple[int, int]]:
        path = f"{self.directory}/{checkpoints.LEADER_EPOCHS}"
        try:
            return checkpoints.decode_epochs(self.disk.read_file(path), path)
        except FileNotFoundError:
            return []
        except CheckpointError as problem:
            self.notes.append(f"{problem}; leader epochs are taken from the batches that were read")
            return []

    def _read_corrupt(self, segments: list[Segment]) -> list[CorruptRange]:
        path = f"{self.directory}/{CORRUPT_RANGES}"
        try:
            data = self.disk.read_file(path)
        except FileNotFoundError:
            return []
        bases = {segment.base_offset for segment in segments}
        try:
            rows = [CorruptRange(*map(int, line.split())) for line in data.decode("ascii").splitlines()]
        except (ValueError, TypeError):
            self.notes.append(f"{path} cannot be read and is ignored")
            return []
        return [row for row in rows if row.base_offset in bases]

    def _write_corrupt(self) -> None:
        write_corrupt(self.disk, self.directory, self.corrupt)

    def _aborted(self, segments: list[Segment]) -> list[Segment]:
        """Loads the transaction indexes; the segments whose own must be built anew."""
        stale = []
        for segment in segments:
            if segment in self.checked:
                stale.append(segment)
            elif segment.base_offset in self.txn_indexes:
                segment.aborted = parse_aborted(self.disk.read_file(segment.txn_path), segment.base_offset)
                if segment.aborted is None:
                    self.notes.append(f"{segment.txn_path} is damaged: building it anew")
                    stale.append(segment)
        return stale

    def _producers(self, segments: list[Segment], end: int) -> tuple[ProducerTable, OpenTransactions, list[Segment]]:
        """Producers and what they have open: the newest usable snapshot, then every batch behind it.

        Third: the segments whose aborted transactions were found by reading their batches.
        """
        options = self.options
        stale = self._aborted(segments)
        start, table = self._snapshot(segments, end)
        if start is None:
            if options.clean and not self.notes and not self.snapshots:
                # As Kafka: a clean stop without any snapshot means that there were no producers to keep.
                return table, OpenTransactions(), []
            start = segments[0].base_offset
        missing = set(stale)
        if stale and stale[0].base_offset < start:
            # What is open at a segment's start must be known to tell what was aborted in it.
            before, older = self._snapshot(segments, stale[0].base_offset)
            self._replay_all(segments, segments[0].base_offset if before is None else before, end, older, missing)
            missing.clear()
        transactions = self._replay_all(segments, start, end, table, missing)
        for segment in stale:
            if segment.aborted is None:
                self.disk.unlink_if_there(segment.txn_path)
        return table, transactions, [segment for segment in stale if segment.aborted is not None]

    def _drop_stray_snapshots(self, segments: list[Segment]) -> None:
        """Only those at a segment's start are of use later, and the newest (Kafka's removeStraySnapshots)."""
        kept = {segment.base_offset for segment in segments} | {max(self.snapshots, default=-1)}
        for offset in self.snapshots:
            if offset not in kept:
                self._drop_snapshot(offset)

    def _snapshot(self, segments: list[Segment], end: int) -> tuple[int | None, ProducerTable]:
        """The newest usable one at or before an offset, and where it stands."""
        for offset in sorted(self.snapshots, reverse=True):
            if offset > end:
                continue
            path = f"{self.directory}/{offset:020d}.snapshot"
            try:
                return offset, ProducerTable.restore(decode_snapshot(self.disk.read_file(path)), self.options.ticks_ms)
            except FileNotFoundError:
                continue
            except RecordError as problem:
                self.notes.append(f"{path}: {problem.message}; using the one before it")
                self._drop_snapshot(offset)
                self.snapshots.remove(offset)
        return None, ProducerTable()

    def _replay_all(
        self, segments: list[Segment], start: int, end: int, table: ProducerTable, missing: set[Segment]
    ) -> OpenTransactions:
        """Brings the table from `start` to the end, and finds what was aborted in the `missing` segments."""
        transactions = OpenTransactions.restore(table.open_transactions(), self.options.ticks_ms)
        if start < end:
            first = max(bisect_right([segment.base_offset for segment in segments], start) - 1, 0)
            for segment in segments[first:]:
                self._replay(segment, start, table, transactions, segment in missing)
        return transactions

    def _replay(
        self, segment: Segment, start: int, table: ProducerTable, transactions: OpenTransactions, collects: bool
    ) -> None:
        ticks_ms = self.options.ticks_ms
        index = segment.index or load_index(self.disk, segment)
        position = index.floor(start - segment.base_offset) if index else 0
        with reading(self.disk, segment.log_path) as read_at:
            holes = holes_of(self.corrupt, segment)
            for _, header, batch in Walk(
                read_at, position, segment.size, segment.base_offset, bodies=True, holes=holes
            ):
                if header.producer_id < 0 or header.base_offset < start:
                    continue
                if not header.is_control:
                    table.replay(header, ticks_ms)
                    if header.is_transactional:
                        transactions.wrote(header.producer_id, header.base_offset, ticks_ms)
                    continue
                kind, epoch = end_marker(header, batch)
                if kind not in (ABORT, COMMIT) and header.producer_id not in transactions:
                    continue  # as Kafka: an empty one belongs to a transaction that compaction removed altogether
                table.replay(header, ticks_ms, epoch)
                ended = transactions.end(header.producer_id, header.base_offset, is_commit=kind != ABORT)
                transactions.last_stable_offset(header.next_offset)  # forgets what is decided
                if collects and ended is not None and ended.aborted is not None:
                    if segment.aborted is None:
                        segment.aborted = AbortedIndex()
                    segment.aborted.append(ended.aborted)


def end_marker(header: BatchHeader, batch: memoryview) -> tuple[int, int]:
    """(type, coordinator epoch) of the transaction marker in a control batch, -1 when there is none."""
    try:
        for record in iter_records(batch, header):
            kind = control_type(record.key)
            if kind is None or record.value is None or len(record.value) < _END_TXN_VALUE.size:
                break
            return kind, int(_END_TXN_VALUE.unpack_from(record.value)[1])
    except RecordError:
        return -1, -1
    return -1, -1
