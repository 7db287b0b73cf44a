"""Deadlines for many waiting requests, cheap to set and cheap to drop.

Two thousand long polls a second are set and mostly dropped before their time: a heap of loop timers costs more than the polls.
Deadlines are kept in buckets of a few milliseconds; one loop timer serves the next bucket.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

BUCKET_MS = 5


class Waiting(Protocol):
    """Something with a deadline. `bucket` belongs to `Deadlines`."""

    bucket: int

    def expire(self) -> None:
        """The deadline passed. Called once, not after `drop`."""
        ...


class Deadlines:
    """Deadlines on one event loop, late by at most `BUCKET_MS` and never early."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._buckets: dict[int, dict[Waiting, None]] = {}  # in the order they were added: a run can be repeated
        self._timer: asyncio.TimerHandle | None = None
        self._timer_bucket = 0

    def add(self, waiting: Waiting, after_ms: int) -> None:
        """Calls `waiting.expire()` after `after_ms` milliseconds."""
        bucket = int(self._loop.time() * 1000 + after_ms) // BUCKET_MS + 1
        waiting.bucket = bucket
        entry = self._buckets.get(bucket)
        if entry is None:
            self._buckets[bucket] = {waiting: None}
            if self._timer is None or bucket < self._timer_bucket:
                self._arm(bucket)
        else:
            entry[waiting] = None

    def drop(self, waiting: Waiting) -> None:
        """Forgets a deadline; harmless when it has passed."""
        entry = self._buckets.get(waiting.bucket)
        if entry is not None:
            entry.pop(waiting, None)

    def _arm(self, bucket: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer_bucket = bucket
        self._timer = self._loop.call_at(bucket * BUCKET_MS / 1000, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now = int(self._loop.time() * 1000) // BUCKET_MS
        for bucket in range(self._timer_bucket, now + 1):  # nothing lies before the bucket the timer was set for
            for waiting in self._buckets.pop(bucket, ()):
                waiting.expire()
        if self._buckets and self._timer is None:
            self._arm(min(self._buckets))
