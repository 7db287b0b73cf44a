"""The table on the terminal and the JSON beside it."""

from __future__ import annotations

import json
import math
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from bench.measure import median, spread
from bench.model import Metric

Samples = dict[str, list[Mapping[str, float]]]


class Titled(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def metrics(self) -> tuple[Metric, ...]: ...
    @property
    def note(self) -> str: ...


@dataclass
class Outcome:
    """The samples of one case, by server label, and what refused."""

    case: Titled
    samples: Samples = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def values(self, label: str, metric: str) -> list[float]:
        return [sample[metric] for sample in self.samples.get(label, []) if metric in sample]


def machine() -> dict[str, Any]:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "confluent_kafka": metadata.version("confluent-kafka"),
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def _lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return ()


def number(value: float) -> str:
    if math.isnan(value):
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def show(outcomes: Sequence[Outcome], labels: Sequence[str], console: Console) -> None:
    """Prints medians, their spread, the ratio of the first server to the second, and whether the target is met."""
    table = Table(
        title="Ottla beside Apache Kafka: medians" if len(labels) > 1 else f"{labels[0]}: medians", pad_edge=False
    )
    table.add_column("case")
    table.add_column("unit")
    for label in labels:
        table.add_column(label, justify="right")
        table.add_column("±", justify="right", style="dim")
    if len(labels) > 1:
        table.add_column("ratio", justify="right")
        table.add_column("target", justify="right")
    for outcome in outcomes:
        for row, metric in enumerate(outcome.case.metrics):
            cells = [outcome.case.title if row == 0 else "", metric.unit]
            middles = []
            for label in labels:
                values = outcome.values(label, metric.name)
                middles.append(median(values))
                wide = spread(values)
                cells += [number(middles[-1]), "" if math.isnan(wide) else f"{wide / 2:.0%}"]
            if len(labels) > 1:
                cells += list(_verdict(metric, middles))
            table.add_row(*cells)
        for label, why in outcome.refused.items():
            table.add_row("", f"[red]{label}: {why}[/red]")
        if outcome.case.note:
            table.add_row(f"[dim]{outcome.case.note}[/dim]")
        table.add_section()
    console.print(table)


def _verdict(metric: Metric, middles: Sequence[float]) -> tuple[str, str]:
    ours, theirs = middles[:2]
    if math.isnan(ours) or math.isnan(theirs) or theirs == 0:
        return "-", ""
    ratio = ours / theirs
    met = metric.met(ratio)
    if met is None:
        return f"{ratio:.2f}×", ""
    sign = "≥" if metric.more_is_better else "≤"
    colour = "green" if met else "red"
    return f"[{colour}]{ratio:.2f}×[/{colour}]", f"{sign} {metric.target:g}×"


def save(
    outcomes: Sequence[Outcome], labels: Sequence[str], versions: Mapping[str, str], folder: Path, took_s: float
) -> Path:
    """Writes everything measured to `folder/<date>.json` and returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y-%m-%dT%H%M%S")
    written = {
        "date": stamp,
        "command": ["python", "-m", "bench", *sys.argv[1:]],
        "seconds": round(took_s, 1),
        "machine": machine(),
        "servers": [{"label": label, "version": versions.get(label, "unknown")} for label in labels],
        "cases": [
            {
                "name": outcome.case.name,
                "title": outcome.case.title,
                "note": outcome.case.note,
                "refused": outcome.refused,
                "metrics": [
                    {
                        "name": metric.name,
                        "unit": metric.unit,
                        "target_ratio": metric.target,
                        "more_is_better": metric.more_is_better,
                        "samples": {label: outcome.values(label, metric.name) for label in labels},
                    }
                    for metric in outcome.case.metrics
                ],
            }
            for outcome in outcomes
        ],
    }
    path = folder / f"{stamp}.json"
    path.write_text(json.dumps(written, indent=1, allow_nan=True) + "\n")
    return path
