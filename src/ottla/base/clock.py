"""Time as a value that is handed in, so that a test or the simulation can own it."""

import time
from typing import Protocol


class Clock(Protocol):
    """Wall time for what is stored (record timestamps, retention), monotonic time for waits."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch; may jump with the machine's clock."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds that never go back; only differences mean something."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000
