"""What was measured as one document (JSON), and the terminal table of it.

Everything that is shown, now or later, is made from the document: `python -m bench --report` needs no servers.
"""

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
from bench.model import PAUSED, Metric

LATEST = "latest.json"
PAUSED_SHOWN_S = 0.05
Document = dict[str, Any]
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
    """The samples of one case by server label; what refused, and what a server does not serve or time did not allow."""

    case: Titled
    samples: Samples = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def values(self, label: str, metric: str) -> list[float | None]:
        found = [sample[metric] for sample in self.samples.get(label, []) if metric in sample]
        return [None if math.isnan(value) else value for value in found]  # JSON knows no nan


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


def document(
    outcomes: Sequence[Outcome],
    servers: Sequence[Mapping[str, str]],
    measured_on: Mapping[str, Any],
    scale: str,
    took_s: float,
) -> Document:
    """Everything measured. `servers`: label and version of each, ours first."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S")
    labels = [server["label"] for server in servers]
    return {
        "date": stamp,
        "command": " ".join(["python", "-m", "bench", *sys.argv[1:]]),
        "scale": scale,
        "seconds": round(took_s, 1),
        "machine": dict(measured_on),
        "servers": [dict(server) for server in servers],
        "cases": [
            {
                "name": outcome.case.name,
                "title": outcome.case.title,
                "note": outcome.case.note,
                "date": stamp,
                "scale": scale,
                "refused": outcome.refused,
                "skipped": outcome.skipped,
                PAUSED: {label: outcome.values(label, PAUSED) for label in labels},
                "metrics": [
                    {
                        "name": metric.name,
                        "unit": metric.unit,
                        "more_is_better": metric.more_is_better,
                        "target_ratio": metric.target,
                        "bound": metric.bound,
                        "samples": {label: outcome.values(label, metric.name) for label in labels},
                    }
                    for metric in outcome.case.metrics
                ],
            }
            for outcome in outcomes
        ],
    }


def merged(old: Document | None, new: Document) -> Document:
    """The new document with the cases that only the old one has, when both come from the same machine and servers.

    A case keeps its own date, so that nobody takes an old row for a new one.
    """
    if old is None or any(old["machine"][key] != new["machine"][key] for key in ("cpu", "cores")):
        return new
    if [server["label"] for server in old["servers"]] != [server["label"] for server in new["servers"]]:
        return new
    fresh = {case["name"]: case for case in new["cases"]}
    kept = [fresh.pop(case["name"], case) for case in old["cases"]]
    return {**new, "cases": [*kept, *fresh.values()]}


def load(path: Path) -> Document:
    found: Document = json.loads(path.read_text())
    return found


def save(found: Document, folder: Path) -> Path:
    """Writes the document under its date, and merges it into `latest.json`. Returns the latter's path."""
    folder.mkdir(parents=True, exist_ok=True)
    latest = folder / LATEST
    whole = merged(load(latest) if latest.exists() else None, found)
    stamp = found["date"].replace(":", "")
    (folder / f"{stamp}.json").write_text(json.dumps(found, indent=1, allow_nan=False) + "\n")
    latest.write_text(json.dumps(whole, indent=1, allow_nan=False) + "\n")
    return latest


def number(value: float) -> str:
    if math.isnan(value):
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def middle(metric: Mapping[str, Any], label: str) -> float:
    """The median of a metric's samples of one server; nan of none."""
    return median([value for value in metric["samples"].get(label, []) if value is not None])


@dataclass(frozen=True)
class Verdict:
    """How a metric stands. `ratio`: ours to theirs, nan without a peer. `met` is None where no target is set."""

    ratio: float
    met: bool | None
    target: str


def verdict(metric: Mapping[str, Any], labels: Sequence[str]) -> Verdict:
    ours = middle(metric, labels[0])
    theirs = middle(metric, labels[1]) if len(labels) > 1 else math.nan
    ratio = ours / theirs if theirs else math.nan
    more = metric["more_is_better"]
    if metric.get("bound") is not None:
        met = None if math.isnan(ours) else ours >= metric["bound"] if more else ours <= metric["bound"]
        return Verdict(ratio, met, f"{'≥' if more else '≤'} {metric['bound']:g}")
    if metric["target_ratio"] is None:
        return Verdict(ratio, None, "")
    met = None if math.isnan(ratio) else ratio >= metric["target_ratio"] if more else ratio <= metric["target_ratio"]
    return Verdict(ratio, met, f"{'≥' if more else '≤'} {metric['target_ratio']:g}×")


def paused(case: Mapping[str, Any]) -> str:
    """A sentence about the machine where it stood still for more than a moment in the middle sample; else nothing."""
    lost = {
        label: median([seconds for seconds in found if seconds is not None])
        for label, found in case.get(PAUSED, {}).items()
        if found
    }
    if not any(seconds > PAUSED_SHOWN_S for seconds in lost.values()):
        return ""
    return "the machine stood still meanwhile: " + ", ".join(f"{label} {s * 1e3:.0f} ms" for label, s in lost.items())


def show(found: Document, console: Console) -> None:
    """Prints medians, their spread, the ratio of the first server to the second, and whether the target is met."""
    labels = [server["label"] for server in found["servers"]]
    names = ", ".join(f"{server['label']} {server['version']}" for server in found["servers"])
    table = Table(title=f"{names}: medians", pad_edge=False)
    table.add_column("case")
    table.add_column("unit")
    for label in labels:
        table.add_column(label, justify="right")
        table.add_column("±", justify="right", style="dim")
    if len(labels) > 1:
        table.add_column("ratio", justify="right")
    table.add_column("target", justify="right")
    for case in found["cases"]:
        for row, metric in enumerate(case["metrics"]):
            cells = [case["title"] if row == 0 else "", metric["unit"]]
            for label in labels:
                wide = spread([value for value in metric["samples"].get(label, []) if value is not None])
                cells += [number(middle(metric, label)), "" if math.isnan(wide) else f"{wide / 2:.0%}"]
            found_out = verdict(metric, labels)
            colour = {True: "green", False: "red", None: "default"}[found_out.met]
            if len(labels) > 1:
                ratio = "-" if math.isnan(found_out.ratio) else f"{found_out.ratio:.2f}×"
                cells.append(f"[{colour}]{ratio}[/{colour}]")
            table.add_row(*cells, f"[{colour}]{found_out.target}[/{colour}]")
        for label, why in case["refused"].items():
            table.add_row(f"  [red]{label}: {why}[/red]")
        for label, why in case.get("skipped", {}).items():
            table.add_row(f"  [yellow]{label}: {why}[/yellow]")
        if taken := paused(case):
            table.add_row(f"  [yellow]{taken}[/yellow]")
        if case["note"]:
            table.add_row(f"  [dim]{case['note']}[/dim]")
        table.add_section()
    console.print(table)
