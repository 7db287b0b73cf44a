"""What a bench case is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Metric:
    """One number of a case. `target` bounds the ratio Ottla / Apache Kafka: at least it when more is better, else at most."""

    name: str
    unit: str
    more_is_better: bool
    target: float | None = None

    def met(self, ratio: float) -> bool | None:
        if self.target is None:
            return None
        return ratio >= self.target if self.more_is_better else ratio <= self.target


@dataclass(frozen=True)
class Setting:
    """What one sample of a case is told. Times in seconds, sizes in bytes."""

    bootstrap: str
    pid: int | None
    kind: str  # "ottla", "kafka" or "other"
    seconds: float
    bytes_max: int
    count_max: int
    tag: str  # in every topic name, so that samples do not meet

    def text(self) -> dict[str, object]:
        return asdict(self)

    def shorter(self, seconds: float) -> Setting:
        return replace(self, seconds=min(self.seconds, seconds))


Sample = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """One row block of the report.

    `run` measures one sample against a running server, in a process of its own. `alone` cases are given a fresh server by the
    parent instead (start-up, restart); for them `run` is called in the parent with a `bench.subjects.Subject`.
    """

    name: str
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[Setting], Sample]
    quick: bool = True
    note: str = ""


THROUGHPUT = Metric("mb_per_s", "MB/s", True, 1.3)
CPU_PER_GB = Metric("cpu_s_per_gb", "CPU-s/GB", False, 0.4)
