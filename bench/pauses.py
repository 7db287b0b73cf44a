"""Notices when the machine itself stands still: a virtual machine that its host does not run, or not enough of it.

Two ways, since neither sees all:
- On each core a thread that hardly runs wants to wake every few milliseconds. The scheduler lets such a one go first, so it is late by
  more than `LATE_S` only when nothing ran on that core at all.
- Stolen time (`steal` in proc(5)) counts short pauses too: on the machine that README's figures come from 8 to 19 % of both cores for half
  a minute. It does not count all: there a pause of 75 ms that a real-time process saw left no trace.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from types import TracebackType

TICK_S = 0.005
LATE_S = 0.02
STEAL = 8  # column of /proc/stat, its first being the name


class Pauses:
    """The seconds that a `with` block lost: to pauses longer than `LATE_S`, on the core that lost most, or to stolen time, on average."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._stolen_s = 0.0
        self._lost: dict[int, float] = dict.fromkeys(_cores(), 0.0)
        self._threads = [threading.Thread(target=self._watch, args=(core,), daemon=True) for core in self._lost]

    @property
    def seconds(self) -> float:
        return max(*self._lost.values(), self._stolen_s)

    def __enter__(self) -> Pauses:
        self._stolen_s = -stolen_s()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._stolen_s += stolen_s()

    def _watch(self, core: int) -> None:
        if core >= 0:
            with contextlib.suppress(OSError):  # a core may be taken away: then this thread watches another one
                os.sched_setaffinity(0, {core})  # of this thread alone
        last = time.perf_counter()
        while not self._over.wait(TICK_S):
            now = time.perf_counter()
            late = now - last - TICK_S
            if late > LATE_S:
                self._lost[core] += late
            last = now


def stolen_s() -> float:
    """Seconds the host kept from a core since the machine started, on average over its cores; 0 where nobody counts them."""
    try:
        rows = [row.split() for row in Path("/proc/stat").read_text().splitlines() if row.startswith("cpu")]
    except OSError:  # not Linux
        return 0.0
    cores = len(rows) - 1  # the first row is their sum
    return int(rows[0][STEAL]) / os.sysconf("SC_CLK_TCK") / cores


def _cores() -> list[int]:
    """The cores this process may use; [-1] where nobody says."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [-1]
