"""What a round of cleaning is told and what it answers, as lines of JSON where it runs in another process."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TypeAlias

CLEANED = ".cleaned"
SWAP = ".swap"
DELETED = ".deleted"
LOG, INDEX, TIME_INDEX, TXN_INDEX = ".log", ".index", ".timeindex", ".txnindex"
FILES = (LOG, INDEX, TIME_INDEX, TXN_INDEX)
"""What a segment is made of. Only the first is needed; the last is there where a transaction was aborted."""


class Uncleanable(Exception):
    """The log holds what should not be there (damage, a batch that does not parse). Trying again will not help."""


class Stopped(Exception):
    """The round was told to end."""


def segment_path(directory: str, base_offset: int, kind: str) -> str:
    """A file of a segment; `kind` is its suffix."""
    return f"{directory}/{base_offset:020d}{kind}"


@dataclass(slots=True)
class CleanJob:
    """One round on one partition. Sizes in bytes, times in ms.

    `segments`: (base offset, size) of every segment, the active one included: transactions that began below the range may end in
    it. Nothing at or above `high_watermark` is read.
    """

    directory: str
    segments: list[tuple[int, int]]
    first_dirty_offset: int
    first_uncleanable_offset: int
    high_watermark: int
    now_ms: int
    delete_retention_ms: int
    segment_bytes: int
    index_bytes: int
    index_interval_bytes: int
    dedupe_bytes: int
    load_factor: float
    io_bytes: int
    bytes_per_second: float
    segments_max: int
    producers: list[tuple[int, int, int]] = field(default_factory=list)
    """(producer id, last data offset or -1, epoch) of the live ones."""


@dataclass(slots=True)
class CleanedGroup:
    """Neighbouring segments, replaced by one whose files end in `.cleaned` and are on the device. Nothing to replace: `is_unchanged`."""

    base_offsets: list[int]
    is_unchanged: bool = False
    size: int = 0
    first_timestamp: int = -2
    max_timestamp: int = -1
    max_timestamp_offset: int = -1
    has_txn_index: bool = False


@dataclass(slots=True)
class Finished:
    """Everything below `end_offset` is clean. `survey_ms`, `map_ms`, `rewrite_ms`: what each pass took."""

    end_offset: int
    keys: int = 0
    map_bytes: int = 0
    capacity: int = 0
    bytes_read: int = 0
    bytes_written: int = 0
    records_read: int = 0
    records_kept: int = 0
    survey_ms: int = 0
    map_ms: int = 0
    rewrite_ms: int = 0


@dataclass(slots=True)
class Failed:
    """The round ended early. `is_final`: it would again (`Uncleanable`)."""

    message: str
    is_final: bool


Report: TypeAlias = CleanedGroup | Finished | Failed
_KINDS: dict[str, type[CleanedGroup] | type[Finished] | type[Failed]] = {
    kind.__name__: kind for kind in (CleanedGroup, Finished, Failed)
}


def encode_job(job: CleanJob) -> bytes:
    """A line."""
    return json.dumps(asdict(job)).encode() + b"\n"


def decode_job(line: bytes) -> CleanJob:
    """Raises ValueError."""
    try:
        fields = json.loads(line)
        fields["segments"] = [(base, size) for base, size in fields["segments"]]
        fields["producers"] = [(producer, offset, epoch) for producer, offset, epoch in fields["producers"]]
        return CleanJob(**fields)
    except (TypeError, KeyError) as problem:
        raise ValueError(f"not a cleaning job: {problem}") from problem


def encode_report(report: Report) -> bytes:
    """A line."""
    return json.dumps({"kind": type(report).__name__, **asdict(report)}).encode() + b"\n"


def decode_report(line: bytes) -> Report:
    """Raises ValueError."""
    try:
        fields = json.loads(line)
        return _KINDS[fields.pop("kind")](**fields)
    except (TypeError, KeyError) as problem:
        raise ValueError(f"not a cleaning report: {problem}") from problem
