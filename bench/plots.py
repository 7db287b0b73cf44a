"""SVG plots of a document: throughput, latency percentiles, server CPU per GB. A few shapes need no library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bench.report import Document, middle, number, verdict

COLOURS = ("#2563eb", "#f59e0b", "#6b7280")
WIDTH = 960
LABEL = 410  # where the case's name ends
RIGHT = 120  # room for a bar's number
BAR, GAP, HEAD, FOOT = 13, 12, 62, 30
FONT = 'font-family="system-ui,-apple-system,Segoe UI,sans-serif"'


@dataclass(frozen=True)
class Mark:
    """A server's value of one row, with its least and greatest sample."""

    value: float
    least: float
    most: float


@dataclass(frozen=True)
class Row:
    title: str
    marks: Sequence[Mark | None]
    note: str = ""


def _text(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", fill: str = "#111827") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" rx="2" fill="{fill}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1.0) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}"/>'


def _sheet(title: str, about: str, labels: Sequence[str], height: float, parts: Sequence[str]) -> str:
    """A white page, so that it reads on a dark one, too."""
    legend, x = [], float(WIDTH - 16)
    for label, colour in reversed(list(zip(labels, COLOURS, strict=False))):
        x -= 8 * len(label) + 22
        legend += [_rect(x, 15, 11, 11, colour), _text(x + 16, 25, label)]
    body = [_text(16, 26, title, size=16), _text(16, 45, about, size=11, fill="#6b7280"), *legend, *parts]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}" {FONT}>\n'
        f'<rect width="100%" height="100%" rx="6" fill="#ffffff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def bars(title: str, about: str, labels: Sequence[str], rows: Sequence[Row]) -> str:
    """Horizontal bars from zero, one group a row; a thin line shows the spread of the samples."""
    most = max((mark.most for row in rows for mark in row.marks if mark), default=1.0) or 1.0
    scale = (WIDTH - LABEL - RIGHT) / most
    parts, y = [], float(HEAD)
    for row in rows:
        tall = BAR * len(row.marks)
        parts.append(_text(LABEL - 10, y + tall / 2 + 4, row.title, anchor="end"))
        for index, mark in enumerate(row.marks):
            top = y + index * BAR
            if mark is None:
                parts.append(_text(LABEL, top + 10, "not measured", size=10, fill="#9ca3af"))
                continue
            parts.append(_rect(LABEL, top, mark.value * scale, BAR - 2, COLOURS[index % len(COLOURS)]))
            middle_y = top + (BAR - 2) / 2
            parts.append(
                _line(LABEL + mark.least * scale, middle_y, LABEL + mark.most * scale, middle_y, "#111827", 1.2)
            )
            end = LABEL + max(mark.value, mark.most) * scale + 6
            parts.append(_text(end, top + 10, number(mark.value), size=10, fill="#374151"))
        if row.note:
            parts.append(_text(WIDTH - 16, y + tall / 2 + 4, row.note, size=12, anchor="end"))
        y += tall + GAP
    return _sheet(title, about, labels, y + FOOT - GAP, parts)


def ranges(title: str, about: str, labels: Sequence[str], rows: Sequence[tuple[str, Sequence[Sequence[float]]]]) -> str:
    """Percentiles on a logarithmic axis: a line from the lowest to the highest, a dot at each."""
    values = [value for _, sets in rows for points in sets for value in points if value > 0]
    low = math.floor(math.log10(min(values, default=0.1)))
    high = math.ceil(math.log10(max(values, default=100)))
    high = max(high, low + 1)
    scale = (WIDTH - LABEL - 40) / (high - low)

    def place(value: float) -> float:
        return LABEL + (math.log10(value) - low) * scale

    parts, y = [], float(HEAD + 14)
    bottom = y + sum(BAR * len(sets) + GAP for _, sets in rows)
    for power in range(low, high + 1):
        x = place(10.0**power)
        parts += [
            _line(x, y - 8, x, bottom, "#e5e7eb"),
            _text(x, y - 12, f"{10.0**power:g} ms", size=10, anchor="middle"),
        ]
    for name, sets in rows:
        parts.append(_text(LABEL - 10, y + BAR * len(sets) / 2 + 4, name, anchor="end"))
        for index, points in enumerate(sets):
            known = [value for value in points if value > 0]
            if known:
                line_y, colour = y + index * BAR + BAR / 2, COLOURS[index % len(COLOURS)]
                parts.append(_line(place(known[0]), line_y, place(known[-1]), line_y, colour, 3))
                parts += [f'<circle cx="{place(v):.1f}" cy="{line_y:.1f}" r="4" fill="{colour}"/>' for v in known]
        y += BAR * len(sets) + GAP
    return _sheet(title, about, labels, bottom + FOOT - GAP, parts)


def _rows(found: Document, labels: Sequence[str], units: Sequence[str]) -> list[Row]:
    rows = []
    for case in found["cases"]:
        for metric in case["metrics"]:
            if metric["unit"] not in units:
                continue
            marks: list[Mark | None] = []
            for label in labels:
                known = [value for value in metric["samples"].get(label, []) if value is not None]
                marks.append(Mark(middle(metric, label), min(known), max(known)) if known else None)
            ratio = verdict(metric, labels).ratio
            if any(marks):
                rows.append(Row(case["title"], marks, "" if math.isnan(ratio) else f"{ratio:.2f}×"))
    return rows


def _latencies(found: Document, labels: Sequence[str]) -> list[tuple[str, list[list[float]]]]:
    rows = []
    for case in found["cases"]:
        metrics = [metric for metric in case["metrics"] if metric["unit"] in {"ms p50", "ms p99", "ms p99.9"}]
        sets = [[value for m in metrics if not math.isnan(value := middle(m, label))] for label in labels]
        if any(sets):
            rows.append((case["title"], sets))
    return rows


def write(found: Document, folder: Path) -> list[Path]:
    """Writes the plots that the document has figures for; returns their paths."""
    labels = [server["label"] for server in found["servers"]]
    ratio = (
        f"median; the line is the spread of the samples; at the right {' : '.join(labels[:2])}"
        if labels[1:]
        else "median"
    )
    made = {
        "throughput.svg": ("Throughput, MB/s", f"more is better; {ratio}", _rows(found, labels, ["MB/s", "MB/s read"])),
        "cpu.svg": ("Server CPU seconds per GB", f"less is better; {ratio}", _rows(found, labels, ["CPU-s/GB"])),
    }
    paths = []
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, about, rows) in made.items():
        if rows:
            (folder / name).write_text(bars(title, about, labels, rows))
            paths.append(folder / name)
    latencies = _latencies(found, labels)
    if latencies:
        about = "dots: p50, p99 and, where measured, p99.9; less is better; logarithmic"
        (folder / "latency.svg").write_text(ranges("Latency, ms", about, labels, latencies))
        paths.append(folder / "latency.svg")
    return paths
