"""The part of README between `<!-- bench -->` and `<!-- /bench -->`: when, where and with what it was measured, the targets, the plots."""

from __future__ import annotations

import math
import os
from pathlib import Path

from bench.report import Document, middle, number, verdict

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
PLOTS = {"throughput.svg": "Throughput", "latency.svg": "Latency", "cpu.svg": "Server CPU per GB"}


def section(found: Document, plots: Path, base: Path) -> str:
    """Markdown of a document. `plots`: the folder of the SVGs; `base`: the folder links are relative to."""
    labels = [server["label"] for server in found["servers"]]
    servers = ", ".join(f"{server['label']} {server['version']}" for server in found["servers"])
    on = found["machine"]
    lines = [
        f"Measured {found['date'][:10]}: {servers}; {on['cpu']}, {on['cores']} cores, {on['memory_gb']:g} GB, Linux {on['kernel']}, "
        f"Python {on['python']}, confluent-kafka {on['confluent_kafka']} on the same machine; `{found['command']}`. "
        "Medians; [how to read them](docs/bench.md).",
        "",
    ]
    for name, title in PLOTS.items():
        if (plots / name).exists():
            lines.append(f"![{title}]({Path(os.path.relpath(plots / name, base)).as_posix()})")
    lines += ["", f"| case | | {' | '.join(labels)} |{' ratio |' if labels[1:] else ''} target |"]
    lines.append("|---|---|" + "---:|" * (len(labels) + 1 + bool(labels[1:])))
    for case in found["cases"]:
        title = case["title"] + (f" ({case['note']})" if case["note"] else "")
        for metric in case["metrics"]:
            standing = verdict(metric, labels)
            if not standing.target:
                continue
            figures = [number(middle(metric, label)) for label in labels]
            if all(figure == "-" for figure in figures):
                continue
            cells = [title, metric["unit"], *figures]
            if labels[1:]:
                cells.append("-" if math.isnan(standing.ratio) else f"{standing.ratio:.2f}×")
            sign = {True: " ✓", False: " ✗", None: ""}[standing.met]
            lines.append("| " + " | ".join([*cells, standing.target + sign]) + " |")
            title = ""
    return "\n".join(lines)


def rewrite(readme: Path, found: Document, plots: Path) -> bool:
    """Puts the section between its marks; False when the file has none (or not in order), and then nothing is written."""
    text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    begin, end = text.find(BEGIN), text.find(END)
    if begin < 0 or end < begin:
        return False
    fresh = f"{text[: begin + len(BEGIN)]}\n{section(found, plots, readme.parent)}\n{text[end:]}"
    readme.write_text(fresh, encoding="utf-8")
    return True
