"""Reading the metadata log that an Apache Kafka (KRaft) node keeps in `__cluster_metadata-0`: the newest snapshot, then the log behind it.

Snapshots are `<end offset>-<epoch>.checkpoint`, complete with the footer Raft writes last; the log's segments are named as any. Of a
damaged snapshot the next older one is tried, as far back as the log reaches.

What counts as committed: with one controller everything in its log, since Kafka flushes it before it answers; a batch that the file ends
in the midst of was never acknowledged. A node of several controllers may hold a few changes at the end that the others never agreed to;
nothing in its directory says which, and they are taken for true.

Nothing is written there: the directory can go back to Kafka.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ottla.records.errors import RecordError, corrupt
from ottla.records.metadata_log import BATCH_BYTES_MAX, MetadataBatch, MetadataImage, holds_batch, metadata_batches
from ottla.storage.local.disk import Disk

METADATA_DIRECTORY: Final = "__cluster_metadata-0"
READ_BYTES: Final = 1 << 20
LOG_BYTES_MAX: Final = 4 << 30
"""Of all that is read: Kafka makes a snapshot every 20 MB, so more than this is not what it seems."""
_SNAPSHOT: Final = re.compile(r"^([0-9]{20})-([0-9]{10})\.checkpoint$")
_SEGMENT: Final = re.compile(r"^([0-9]{20})\.log$")
_SNAPSHOT_FOOTER: Final = 4  # a control record's type


@dataclass(slots=True, frozen=True)
class FoundMetadata:
    """`problem`: why the image may not be the last word (damage, a gap); it then holds what stands before. None: it is whole."""

    image: MetadataImage
    problem: str | None


def read_metadata(disk: Disk, directory: str) -> FoundMetadata | None:
    """What the metadata log in a data directory says; None when there is none. Blocks. Raises OSError."""
    path = f"{directory}/{METADATA_DIRECTORY}"
    if not disk.is_directory(path):
        return None
    names = disk.listdir(path)
    snapshots = sorted(
        (match for name in names if (match := _SNAPSHOT.match(name))), key=lambda one: one[0], reverse=True
    )
    segments = sorted(name for name in names if _SEGMENT.match(name))
    first = int(segments[0][:20]) if segments else -1
    if not snapshots and not segments:
        return None
    budget = _Budget()
    problem: str | None = None
    for snapshot in snapshots:
        end = int(snapshot[1])
        if problem is not None and not 0 <= first <= end:
            break  # the log does not reach back to it
        image = MetadataImage()
        try:
            _read_snapshot(disk, f"{path}/{snapshot[0]}", image, budget)
        except RecordError as damage:
            problem = problem or f"{path}/{snapshot[0]}: {damage.message}"
            continue
        return _with_log(disk, path, segments, end, image, budget)
    if first == 0:
        return _with_log(disk, path, segments, 0, MetadataImage(), budget)
    return FoundMetadata(
        MetadataImage(), problem or f"{path}: the log begins at offset {first}, and no snapshot stands before it"
    )


class _Budget:
    """How much may be read still."""

    def __init__(self) -> None:
        self.left = LOG_BYTES_MAX

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise corrupt(f"more than {LOG_BYTES_MAX} bytes of metadata")


def _read_snapshot(disk: Disk, path: str, image: MetadataImage, budget: _Budget) -> None:
    """Raises RecordError for a snapshot that is damaged or incomplete."""
    ended = False

    def take(batch: MetadataBatch) -> None:
        nonlocal ended
        ended = _SNAPSHOT_FOOTER in batch.control
        for value in batch.values:
            image.apply(value)

    left = _each_batch(disk, path, take, budget)
    if left or not ended:
        raise corrupt("it is not complete")


def _with_log(
    disk: Disk, path: str, segments: list[str], start: int, image: MetadataImage, budget: _Budget
) -> FoundMetadata:
    """Takes in the log from offset `start` on."""
    expected = -1

    def take(batch: MetadataBatch) -> None:
        nonlocal expected
        if expected < 0:
            if batch.base_offset > start:
                raise corrupt(f"the log begins at offset {batch.base_offset}, {start} is wanted")
        elif batch.base_offset != expected:
            raise corrupt(f"offset {batch.base_offset} follows where {expected} should")
        expected = batch.next_offset
        skip = start - batch.base_offset
        # Snapshots end where a batch ends; where one did not, the records before it count twice, which changes nothing.
        if skip < batch.next_offset - batch.base_offset:
            for value in batch.values:
                image.apply(value)

    bases = [int(name[:20]) for name in segments]
    for number, name in enumerate(segments):
        last = number + 1 == len(segments)
        if not last and bases[number + 1] <= start:
            continue
        try:
            left = _each_batch(disk, f"{path}/{name}", take, budget)
            if left and not last:
                raise corrupt(f"{left} bytes at its end are no whole batch")
        except RecordError as damage:
            return FoundMetadata(image, f"{path}/{name}: {damage.message}")
    return FoundMetadata(image, None)


def _each_batch(disk: Disk, path: str, take: Callable[[MetadataBatch], None], budget: _Budget) -> int:
    """Feeds the batches of a file; the bytes of an incomplete one at its end. Raises RecordError, OSError."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        position = 0
        data = b""
        while part := disk.pread(fd, READ_BYTES, position):
            position += len(part)
            budget.take(len(part))
            data += part
            done = 0
            try:
                for batch in metadata_batches(data):
                    done += batch.size
                    take(batch)
            except RecordError:
                if _is_zero(disk, fd, position - len(data) + done):  # grown, but never written: the power went
                    return 0
                raise
            data = data[done:]
            if len(data) > BATCH_BYTES_MAX:
                raise corrupt(f"a batch of more than {BATCH_BYTES_MAX} bytes")
        if holds_batch(data):
            raise corrupt(f"a batch {position - len(data)} bytes into it is damaged, and others follow")
        return len(data)
    finally:
        disk.close(fd)


def _is_zero(disk: Disk, fd: int, position: int) -> bool:
    while part := disk.pread(fd, READ_BYTES, position):
        if part.strip(b"\0"):
            return False
        position += len(part)
    return True
