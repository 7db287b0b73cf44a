"""A partition's leader epochs: (epoch, start offset), both rising (KIP-101, KIP-279)."""

from __future__ import annotations

from bisect import bisect_right


def merge_epochs(
    stored: list[tuple[int, int]], found: list[tuple[int, int]], log_start: int, end: int
) -> list[tuple[int, int]]:
    """The checkpoint's epochs and those met in the batches: rising epochs with rising starts, within the log."""
    merged: list[tuple[int, int]] = []
    for epoch, start in sorted({**dict(found), **dict(stored)}.items()):
        while merged and merged[-1][1] >= start:
            merged.pop()
        merged.append((epoch, start))
    merged = [(epoch, start) for epoch, start in merged if start <= end]
    return trim_epochs(merged, log_start)


def trim_epochs(epochs: list[tuple[int, int]], log_start: int) -> list[tuple[int, int]]:
    """Without the epochs that end before the log start; the one that spans it begins there (Kafka's truncateFromStart)."""
    at = bisect_right([start for _, start in epochs], log_start) - 1
    if at < 0:
        return epochs
    return [(epochs[at][0], log_start), *epochs[at + 1 :]]
