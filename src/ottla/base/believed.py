"""Wall time for what cannot be undone: retention, tombstones that compaction drops, committed offsets that age out.

A machine whose clock goes a week ahead for a minute (a wrong time source, a virtual machine that was moved) would lose what its topics keep
for a week; Apache Kafka does. So a jump forward counts only when it has lasted for `BELIEVE_MS`. A jump back is believed at once: it
only makes deletions later.
"""

from __future__ import annotations

from typing import Final

from ottla.base.clock import Clock

JUMP_MS: Final = 60_000
"""How much the wall clock may gain on the monotonic one between two looks without being doubted."""
BELIEVE_MS: Final = 3_600_000


class BelievedTime:
    """A wall clock that doubts jumps forward. Asked every few minutes at least, or a machine that slept is doubted as well."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall_ms = clock.now_ms()
        self._ticks_ms = clock.monotonic_ms()
        self._doubted_at_ms: int | None = None  # on the monotonic clock

    def now_ms(self) -> int:
        """Milliseconds since the epoch, never later than the wall clock."""
        wall_ms, ticks_ms = self._clock.now_ms(), self._clock.monotonic_ms()
        expected_ms = self._wall_ms + ticks_ms - self._ticks_ms
        if wall_ms > expected_ms + JUMP_MS:
            if self._doubted_at_ms is None:
                self._doubted_at_ms = ticks_ms
            if ticks_ms - self._doubted_at_ms < BELIEVE_MS:
                return expected_ms
        self._doubted_at_ms = None
        self._wall_ms, self._ticks_ms = wall_ms, ticks_ms
        return wall_ms
