"""What the compaction tests share: logs on disk made of batches, a round on them, and a plain model of what a round may keep."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ottla.records.builder import ABORT, COMMIT, BatchBuilder, control_batch
from ottla.records.header import BatchHeader, crc_ok
from ottla.records.indexes import AbortedTxn, encode_txn, parse_txn_index
from ottla.records.reader import Record, iter_batches, iter_records
from ottla.storage.local.compaction.job import CLEANED, FILES, CleanedGroup, CleanJob, Finished, segment_path
from ottla.storage.local.compaction.work import clean
from ottla.storage.local.disk import Disk

NOW = 1_700_000_000_000
RETENTION = 10_000
Pair = tuple[bytes | None, bytes | None]


@dataclass
class Log:
    """A partition's directory, written batch by batch. `aborted`: what the transaction index of each segment (by base offset) holds."""

    path: Path
    next_offset: int = 0
    bases: list[int] = field(default_factory=list)
    batches: dict[int, list[bytes]] = field(default_factory=dict)
    aborted: dict[int, list[AbortedTxn]] = field(default_factory=dict)
    open: dict[int, int] = field(default_factory=dict)
    producers: dict[int, tuple[int, int]] = field(default_factory=dict)
    timestamp: int = NOW

    def __post_init__(self) -> None:
        self.path.mkdir(exist_ok=True)
        self.roll()

    def roll(self) -> None:
        """Begins a segment."""
        if self.bases and self.bases[-1] == self.next_offset:
            return
        self.bases.append(self.next_offset)
        self.batches[self.next_offset] = []

    def data(
        self,
        pairs: Sequence[Pair],
        *,
        producer: int = -1,
        epoch: int = 0,
        sequence: int = 0,
        transactional: bool = False,
        codec: int = 0,
        append_time: bool = False,
        headers: Sequence[tuple[str, bytes | None]] = (),
    ) -> int:
        """Appends a batch; its base offset."""
        builder = BatchBuilder(
            codec,
            base_offset=self.next_offset,
            leader_epoch=3,
            producer_id=producer,
            producer_epoch=epoch if producer >= 0 else -1,
            base_sequence=sequence if producer >= 0 else -1,
            is_transactional=transactional,
            log_append_time_ms=self.timestamp if append_time else None,
        )
        for key, value in pairs:
            self.timestamp += 1
            builder.append(self.timestamp, key, value, headers)
        base = self.next_offset
        self._add(builder.build(), len(pairs))
        if producer >= 0:
            self.producers[producer] = (self.next_offset - 1, epoch)
            if transactional:
                self.open.setdefault(producer, base)
        return base

    def end(self, producer: int, *, commit: bool, epoch: int = 0) -> None:
        """Appends a transaction marker."""
        offset = self.next_offset
        first = self.open.pop(producer, None)
        if first is not None and not commit:
            stable = min(self.open.values(), default=offset + 1)
            self.aborted.setdefault(self.bases[-1], []).append(AbortedTxn(producer, first, offset, stable))
        self.timestamp += 1
        self._add(
            control_batch(
                COMMIT if commit else ABORT,
                producer_id=producer,
                producer_epoch=epoch,
                coordinator_epoch=1,
                timestamp_ms=self.timestamp,
                base_offset=offset,
                leader_epoch=3,
            ),
            1,
        )
        last, known = self.producers.get(producer, (-1, epoch))
        self.producers[producer] = (last if known == epoch else -1, epoch)

    def gap(self, offsets: int) -> None:
        """Offsets that hold nothing, as an earlier compaction leaves them."""
        self.next_offset += offsets

    def _add(self, batch: bytes, offsets: int) -> None:
        self.batches[self.bases[-1]].append(batch)
        self.next_offset += offsets

    @property
    def last_stable_offset(self) -> int:
        return min(self.open.values(), default=self.next_offset)

    def write(self) -> None:
        """Puts the segments on the disk, without indexes."""
        for base in self.bases:
            Path(segment_path(str(self.path), base, ".log")).write_bytes(b"".join(self.batches[base]))
            if base in self.aborted:
                entries = b"".join(map(encode_txn, self.aborted[base]))
                Path(segment_path(str(self.path), base, ".txnindex")).write_bytes(entries)

    def job(self, *, first_dirty: int = 0, **more: object) -> CleanJob:
        """A round over everything below the active segment and the last stable offset."""
        segments = [
            (base, os.path.getsize(segment_path(str(self.path), base, ".log")))
            for base in sorted(found_bases(self.path))
        ]
        limit = min(self.last_stable_offset, segments[-1][0])
        job = CleanJob(
            directory=str(self.path),
            segments=segments,
            first_dirty_offset=first_dirty,
            first_uncleanable_offset=max(base for base, _ in segments if base <= limit),
            high_watermark=self.next_offset,
            now_ms=NOW,
            delete_retention_ms=RETENTION,
            segment_bytes=1 << 30,
            index_bytes=10 << 20,
            index_interval_bytes=64,
            dedupe_bytes=1 << 20,
            load_factor=0.9,
            io_bytes=4096,
            bytes_per_second=1e300,
            segments_max=64,
            producers=[(producer, *last) for producer, last in self.producers.items()],
        )
        return replace(job, **more)  # type: ignore[arg-type]


def found_bases(path: Path) -> list[int]:
    return sorted(int(name.name[:20]) for name in path.glob("*.log"))


def adopt(path: Path, groups: Iterable[CleanedGroup]) -> None:
    """Swaps in what a round made, the plain way."""
    for group in groups:
        if group.is_unchanged:
            continue
        for base in group.base_offsets:
            for kind in FILES:
                Path(segment_path(str(path), base, kind)).unlink(missing_ok=True)
        for kind in FILES:
            cleaned = Path(segment_path(str(path), group.base_offsets[0], kind + CLEANED))
            if cleaned.exists():
                cleaned.rename(segment_path(str(path), group.base_offsets[0], kind))


def run(
    log: Log, disk: Disk | None = None, check: Callable[[], None] = lambda: None, **more: object
) -> tuple[Finished, list[CleanedGroup]]:
    """A round, swapped in."""
    groups: list[CleanedGroup] = []
    done = clean(disk or Disk(), log.job(**more), groups.append, check)  # type: ignore[arg-type]
    adopt(log.path, groups)
    return done, groups


def read(path: Path) -> list[tuple[BatchHeader, list[Record]]]:
    """Every batch of a directory, checked."""
    found = []
    after = -1
    bases = found_bases(path)
    for number, base in enumerate(bases):
        data = Path(segment_path(str(path), base, ".log")).read_bytes()
        size = 0
        for header, view in iter_batches(data):
            assert crc_ok(view, header)
            assert header.base_offset >= max(after, base)
            if number + 1 < len(bases):
                assert header.last_offset < bases[number + 1]
            after = header.next_offset
            records = list(iter_records(view, header))
            offsets = [record.offset for record in records]
            assert offsets == sorted(set(offsets))
            assert all(header.base_offset <= offset <= header.last_offset for offset in offsets)
            found.append((header, records))
            size += len(view)
        assert size == len(data)
    return found


def records_of(path: Path) -> list[Record]:
    """Data records, aborted ones too."""
    return [record for header, records in read(path) if not header.is_control for record in records]


def txn_index(path: Path) -> list[AbortedTxn]:
    return [entry for name in sorted(path.glob("*.txnindex")) for entry in parse_txn_index(name.read_bytes())]


def committed(path: Path) -> list[Record]:
    """What a read_committed consumer of the whole directory sees: aborted transactions by the index, up to their markers."""
    entries = txn_index(path)
    return [
        record
        for header, records in read(path)
        if not header.is_control
        and not (
            header.is_transactional
            and any(
                entry.producer_id == header.producer_id and entry.first_offset <= header.base_offset < entry.last_offset
                for entry in entries
            )
        )
        for record in records
    ]


def table(records: Iterable[Record]) -> dict[bytes | None, tuple[int, bytes | None]]:
    """The newest record of every key, as a consumer that builds a table ends up with."""
    return {record.key: (record.offset, record.value) for record in records}
