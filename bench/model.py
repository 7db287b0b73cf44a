"""What a bench case is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Metric:
    """One number of a case.

    `target` bounds the ratio Ottla / Apache Kafka: at least it when more is better, else at most. `bound` bounds our own value instead.
    """

    name: str
    unit: str
    more_is_better: bool
    target: float | None = None
    bound: float | None = None


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
    data: str | None = (
        None  # the folder of `<topic>-<partition>` folders, where the server's files are ours to look into
    )

    def text(self) -> dict[str, object]:
        return asdict(self)


Sample = Mapping[str, float]

PAUSED = "paused_s"  # in every sample: how long the machine itself stood still while it was taken (`bench.pauses`)


@dataclass(frozen=True)
class Case:
    """One row block of the report.

    `run` measures one sample against a running server, in a process of its own. `needs`: the key of an API without which the
    case says nothing about a server (it is then shown as not served, which is no failure). `slack_s`: what a sample may take
    beyond what its length explains; a sample that takes longer is ended and the bench goes on. `steady`: what it measures is worth
    nothing while the machine itself stands still (high percentiles), so a sample during which it did is taken again. `tidy`: removes what a
    sample left, when all samples were taken; for cases that file removals just before would slow down.
    """

    name: str
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[Setting], Sample]
    quick: bool = True
    note: str = ""
    needs: int | None = None
    slack_s: float = 60.0
    steady: bool = False
    tidy: Callable[[Setting], None] | None = None

    def limit_s(self, setting: Setting) -> float:
        """When a sample of this case is given up."""
        return self.slack_s + 20 * setting.seconds

    def spoilt(self, paused_s: float, seconds: float) -> bool:
        """Whether pauses of the machine decide what a sample of `seconds` says: a 99th percentile hides a hundredth of the time."""
        return self.steady and paused_s > seconds / 100


# What acks=all means is not the same on both sides; every such row says which of the two it is.
BOTH_DURABLE = "both durable: Kafka with flush.messages=1, Ottla as it is"
NOT_THE_SAME = "not the same promise: Ottla answers after fdatasync, Kafka (its default) from the page cache"

THROUGHPUT = Metric("mb_per_s", "MB/s", True, 1.3)
CPU_PER_GB = Metric("cpu_s_per_gb", "CPU-s/GB", False, 0.4)
