"""CPU seconds and memory of a process, read from /proc, and the arithmetic of samples."""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_CPUCLOCK_SCHED = 2
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system CPU seconds of a process with all its threads.

    Linux has a clock for any process (clock_getcpuclockid), in nanoseconds; /proc counts in hundredths of a second.
    """
    with contextlib.suppress(OSError):
        return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def rss_mb(pid: int) -> float:
    """Resident memory in MB (10^6 bytes)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return math.nan


@dataclass
class Span:
    """Wall and CPU time of a `with` block. `server_s` is nan when the server's process is not ours to look into."""

    pid: int | None
    wall_s: float = 0.0
    server_s: float = math.nan
    client_s: float = 0.0

    def __enter__(self) -> Span:
        self._server = cpu_seconds(self.pid) if self.pid else math.nan
        self._client = time.process_time()
        self._wall = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wall_s = time.perf_counter() - self._wall
        self.client_s = time.process_time() - self._client
        if self.pid:
            self.server_s = cpu_seconds(self.pid) - self._server


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of values in ascending order; nan of nothing."""
    if not sorted_values:
        return math.nan
    return sorted_values[min(len(sorted_values) - 1, math.ceil(share * len(sorted_values)) - 1)]


def median(values: Sequence[float]) -> float:
    known = sorted(value for value in values if not math.isnan(value))
    if not known:
        return math.nan
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2


def spread(values: Sequence[float]) -> float:
    """(largest - smallest) / median: how far the samples lie apart."""
    known = [value for value in values if not math.isnan(value)]
    middle = median(known)
    return (max(known) - min(known)) / middle if known and middle else math.nan
