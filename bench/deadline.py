"""An end for what may hang."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from bench.clients import Refused


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises Refused inside the block once `seconds` have passed. Main thread only; what the block opened is closed as for any error."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Refused(f"no end within {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
