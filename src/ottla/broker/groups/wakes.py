"""Wake-ups for many things on one event loop: one heap, one loop timer for the earliest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from ottla.base.clock import Clock

Sleeper = TypeVar("Sleeper")


class Wakes(Generic[Sleeper]):
    """Calls `wake(at_ms, sleeper)` for each added wake-up, never early. There is no taking back: who was woken looks and goes."""

    def __init__(self, clock: Clock, wake: Callable[[int, Sleeper], None]) -> None:
        self._clock = clock
        self._wake = wake
        self._heap: list[tuple[int, int, Sleeper]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_ms = 0
        self._closed = False

    def add(self, at_ms: int, sleeper: Sleeper) -> None:
        """`at_ms` in the clock's monotonic milliseconds."""
        if self._closed:
            return
        heappush(self._heap, (at_ms, next(self._order), sleeper))
        self._schedule()

    def run_due(self) -> None:
        """Wakes whoever is due by the clock."""
        now_ms = self._clock.monotonic_ms()
        due = []
        while self._heap and self._heap[0][0] <= now_ms:
            due.append(heappop(self._heap))
        for at_ms, _, sleeper in due:
            if self._closed:
                return
            self._wake(at_ms, sleeper)
        self._schedule()

    def close(self) -> None:
        self._closed = True
        self._heap.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self) -> None:
        if self._closed or not self._heap:
            return
        at_ms = self._heap[0][0]
        if self._timer is not None:
            if self._timer_ms <= at_ms:
                return
            self._timer.cancel()
        self._timer_ms = at_ms
        # At least a millisecond: the clock counts in whole ones and the loop's timer may come a little before the next.
        after_ms = max(at_ms - self._clock.monotonic_ms(), 1)
        self._timer = asyncio.get_running_loop().call_later(after_ms / 1000, self._fired)

    def _fired(self) -> None:
        self._timer = None
        self.run_due()
