"""Putting cleaned segments in the place of old ones, so that a crash at any step leaves the old segments or the new one.

Kafka's steps (LocalLog.replaceSegments), and what its recovery (and ours) makes of a directory found between them:

| step | files | found after a crash |
|---|---|---|
| the worker writes | `.log.cleaned` and its indexes | removed: old |
| `to_swap` | each renamed to `.swap`, directory flushed | old while a `.cleaned` of it is left, new when none is |
| `take_place` | old `.log` -> `.log.deleted`, then `.log.swap` -> `.log`, then its indexes | new: what lies in its range goes |
| `clear_away` | old indexes -> `.deleted`, old snapshots removed, directory flushed | new: they belong to no `.log` |

`take_place` runs on the loop, in the same breath in which readers are given the new segment, since threads open segments by their
names: one rename for every old segment and four for the new one, some 10 us each. Everything else is off the loop.
"""

from __future__ import annotations

from ottla.storage.local.aborted import AbortedIndex, parse_aborted
from ottla.storage.local.compaction.job import (
    CLEANED,
    DELETED,
    FILES,
    INDEX,
    LOG,
    SWAP,
    TIME_INDEX,
    TXN_INDEX,
    segment_path,
)
from ottla.storage.local.disk import Disk

SNAPSHOT = ".snapshot"


def remove_cleaned(disk: Disk, directory: str) -> None:
    """Takes away what a round left that did not come to its end. Raises OSError."""
    for name in disk.listdir(directory):
        if name.endswith(CLEANED):
            disk.unlink_if_there(f"{directory}/{name}")


def to_swap(disk: Disk, directory: str, bases: list[int]) -> AbortedIndex | None:
    """From here on the new segment (at `bases[0]`) is what a start after a crash finds. Raises OSError.

    Returns the new segment's aborted transactions, None for none.
    """
    base = bases[0]
    for old in bases:
        # What the last round retired there may not have been deleted yet; freeing it is nothing for the loop.
        disk.unlink_if_there(segment_path(directory, old, LOG + DELETED))
    for kind in FILES:
        _rename(disk, segment_path(directory, base, kind + CLEANED), segment_path(directory, base, kind + SWAP))
    disk.fsync_dir(directory)
    try:
        return parse_aborted(disk.read_file(segment_path(directory, base, TXN_INDEX + SWAP)), base) or None
    except FileNotFoundError:
        return None


def take_back(disk: Disk, directory: str, base: int) -> None:
    """Undoes `to_swap`. The log goes last: an index that outlived it would be given to the old log. Raises OSError."""
    for kind in reversed(FILES):
        for suffix in (CLEANED, SWAP):
            disk.unlink_if_there(segment_path(directory, base, kind + suffix))
    disk.fsync_dir(directory)


def take_place(disk: Disk, directory: str, bases: list[int], *, has_txn_index: bool) -> None:
    """On the loop. Raises OSError: then only a new start can tell what is in force."""
    base = bases[0]
    for old in reversed(bases):
        path = segment_path(directory, old, LOG)
        disk.rename(path, path + DELETED)
    for kind in (LOG, INDEX, TIME_INDEX):
        path = segment_path(directory, base, kind)
        disk.rename(path + SWAP, path)
    path = segment_path(directory, base, TXN_INDEX)
    if has_txn_index:
        disk.rename(path + SWAP, path)
    else:
        disk.unlink_if_there(path)


def clear_away(disk: Disk, directory: str, bases: list[int]) -> list[str]:
    """Retires what is left of the old segments; the paths to be deleted after file.delete.delay.ms. Raises OSError."""
    doomed = [segment_path(directory, old, LOG + DELETED) for old in bases]
    for old in bases[1:]:
        for kind in (INDEX, TIME_INDEX, TXN_INDEX):
            disk.unlink_if_there(segment_path(directory, old, kind))
        disk.unlink_if_there(segment_path(directory, old, SNAPSHOT))
    disk.fsync_dir(directory)
    return doomed


def _rename(disk: Disk, old: str, new: str) -> None:
    try:
        disk.rename(old, new)
    except FileNotFoundError:
        return
