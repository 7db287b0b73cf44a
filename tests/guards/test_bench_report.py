"""What the bench shows is made from its document alone: figures, verdicts, plots and the README section."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from bench import kafka_wire, leavings, plots, readme, report
from bench.clients import Refused
from bench.deadline import deadline
from bench.model import CPU_PER_GB, THROUGHPUT, Case, Metric, Setting
from rich.console import Console

from ottla.records.header import crc_ok
from ottla.records.reader import iter_batches, iter_records

MACHINE = {"cpu": "a & b <c>", "cores": 2, "memory_gb": 8.0, "kernel": "6", "python": "3.11", "confluent_kafka": "2"}
SERVERS = [{"label": "Ottla", "version": "1"}, {"label": "Kafka", "version": "4.3.1"}]


def made(name: str, metrics: tuple[Metric, ...], **samples: list[dict[str, float]]) -> report.Outcome:
    case = Case(name, f"case <{name}>", metrics, lambda _: {})
    return report.Outcome(case, dict(samples))


def document(*outcomes: report.Outcome) -> dict[str, Any]:
    found = report.document(outcomes, SERVERS, MACHINE, "full", 1.0)
    return json.loads(json.dumps(found, allow_nan=False))


@pytest.fixture
def found() -> dict[str, Any]:
    latency = (
        Metric("p50", "ms p50", False, 1.0),
        Metric("p99", "ms p99", False),
        Metric("own", "×", False, bound=2.0),
    )
    return document(
        made(
            "fast",
            (THROUGHPUT, CPU_PER_GB),
            Ottla=[{"mb_per_s": 280.0, "cpu_s_per_gb": 1.0}, {"mb_per_s": 300.0, "cpu_s_per_gb": float("nan")}],
            Kafka=[{"mb_per_s": 200.0, "cpu_s_per_gb": 4.0}],
        ),
        made("slow", latency, Ottla=[{"p50": 3.0, "p99": 30.0, "own": 1.5}], Kafka=[{"p50": 1.0, "p99": 90.0}]),
        report.Outcome(Case("gone", "gone", (THROUGHPUT,), lambda _: {}), refused={"Kafka": "no end within 9 s"}),
    )


def by_name(found: dict[str, Any], case: str, metric: str) -> dict[str, Any]:
    (one,) = (c for c in found["cases"] if c["name"] == case)
    (measured,) = (m for m in one["metrics"] if m["name"] == metric)
    return measured


def test_verdicts(found: dict[str, Any]) -> None:
    labels = ["Ottla", "Kafka"]
    fast = report.verdict(by_name(found, "fast", "mb_per_s"), labels)
    assert (fast.ratio, fast.met, fast.target) == (pytest.approx(1.45), True, "≥ 1.3×")
    assert (
        report.verdict(by_name(found, "fast", "cpu_s_per_gb"), labels).ratio == 0.25
    )  # a nan sample counts for nothing
    assert report.verdict(by_name(found, "slow", "p50"), labels).met is False
    own = report.verdict(by_name(found, "slow", "own"), labels)
    assert (own.met, own.target) == (True, "≤ 2")
    assert report.verdict(by_name(found, "gone", "mb_per_s"), labels).met is None


def test_table_names_refusals(found: dict[str, Any]) -> None:
    out = io.StringIO()
    report.show(found, Console(file=out, width=200))
    text = out.getvalue()
    assert "1.45×" in text
    assert "Kafka: no end within 9 s" in text


def test_plots_are_well_formed(found: dict[str, Any], tmp_path: Path) -> None:
    paths = plots.write(found, tmp_path)
    assert [path.name for path in paths] == ["throughput.svg", "cpu.svg", "latency.svg"]
    texts = {path.name: [node.text for node in ElementTree.parse(path).iter() if node.text] for path in paths}
    assert {"case <fast>", "290", "200", "1.45×"} <= set(texts["throughput.svg"])
    assert "case <slow>" in texts["latency.svg"]
    assert plots.write(document(), tmp_path / "none") == []


def test_readme_section_is_put_between_its_marks(found: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n")
    folder = tmp_path / "bench" / "results"
    plots.write(found, folder)
    assert readme.rewrite(page, found, folder)
    once = page.read_text()
    assert once.startswith("before\n<!-- bench -->\n")
    assert once.endswith("\n<!-- /bench -->\nafter\n")
    assert "old" not in once
    assert "![Throughput](bench/results/throughput.svg)" in once
    assert "1.45× | ≥ 1.3× ✓ |" in once
    assert "3.00× | ≤ 1× ✗ |" in once
    assert readme.rewrite(page, found, folder)
    assert page.read_text() == once


def test_readme_without_marks_is_left_alone(found: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("nothing <!-- /bench --> <!-- bench -->")
    assert not readme.rewrite(page, found, tmp_path)
    assert page.read_text() == "nothing <!-- /bench --> <!-- bench -->"


def test_a_run_of_one_case_keeps_the_others(found: dict[str, Any], tmp_path: Path) -> None:
    first = report.save({**found, "date": "2026-01-01T00:00:00"}, tmp_path)
    again = document(made("fast", (THROUGHPUT,), Ottla=[{"mb_per_s": 1.0}]), made("new", (THROUGHPUT,)))
    assert report.save({**again, "date": "2026-01-02T00:00:00"}, tmp_path) == first
    kept = report.load(first)
    assert [case["name"] for case in kept["cases"]] == ["fast", "slow", "gone", "new"]
    assert by_name(kept, "fast", "mb_per_s")["samples"]["Ottla"] == [1.0]
    other = document()
    other["machine"]["cores"] = 64
    assert report.merged(kept, other) == other


def test_a_deadline_ends_what_hangs() -> None:
    import threading

    with pytest.raises(Refused, match="no end within"), deadline(0.05):
        threading.Event().wait(20)
    with deadline(5):
        pass


def test_limits_grow_with_the_sample() -> None:
    case = Case("one", "one", (), lambda _: {}, slack_s=10)
    setting = Setting("x:1", None, "other", 2.0, 1, 1, "tag")
    assert case.limit_s(setting) == 50


def test_the_bench_own_batch_is_a_batch() -> None:
    raw = kafka_wire.record_batch(b"value" * 30, 1_700_000_000_000)
    ((header, view),) = iter_batches(raw)
    assert crc_ok(view, header)
    (record,) = iter_records(view, header)
    assert (record.key, record.value) == (None, b"value" * 30)


def test_leavings_are_removed_at_once_or_together_at_the_end(tmp_path: Path) -> None:
    now, later = tmp_path / "now", tmp_path / "later"
    for folder in (now, later):
        folder.mkdir()
    leavings.remove(now)
    assert not now.exists()
    with leavings.kept_until_the_end():
        leavings.remove(later)
        assert later.exists()
    assert not later.exists()
