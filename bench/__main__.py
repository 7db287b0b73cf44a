"""`python -m bench`: Ottla and Apache Kafka side by side on this machine, driven by the same clients in alternation.

    make bench                                    every case, three samples each
    make bench ARGS=--quick                       the short list, under five minutes
    make bench ARGS="--only 'produce*' --repeats 5"
    make bench ARGS="--against host:9092"         another server instead of Apache Kafka (no CPU or memory of it)
    make bench ARGS=--no-peer                     Ottla alone

Figures mean something only on a quiet machine: the load average is printed first and kept with the results.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from rich.console import Console

from bench import lives, toolbox
from bench.cases import ALL
from bench.clients import Refused
from bench.kafka_server import KafkaServer
from bench.measure import rss_mb
from bench.model import Case, Metric, Setting
from bench.ottla_server import OttlaServer
from bench.report import Outcome, save, show

RESULTS = Path(__file__).resolve().parent / "results"
SAMPLE_LIMIT_S = 900.0
AFTER = Metric("rss_mb", "MB RSS", False, 0.4)


@dataclass(frozen=True)
class Scale:
    """How much one sample does."""

    seconds: float
    bytes_max: int
    count_max: int
    topics: int
    warm_s: float
    repeats: int


FULL = Scale(seconds=5.0, bytes_max=1 << 30, count_max=10_000, topics=5000, warm_s=8.0, repeats=3)
QUICK = Scale(seconds=2.0, bytes_max=400 << 20, count_max=2000, topics=1000, warm_s=4.0, repeats=2)
SMOKE = Scale(seconds=0.2, bytes_max=4 << 20, count_max=20, topics=20, warm_s=0.1, repeats=1)


@dataclass
class Subject:
    """A server under measurement."""

    label: str
    kind: str
    bootstrap: str
    version: str
    pid: int | None = None
    make: Callable[[], OttlaServer | KafkaServer] | None = None
    refused: dict[str, str] = field(default_factory=dict)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Ottla measured beside Apache Kafka 4.3.1.")
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--quick", action="store_true", help="the short list of cases, short samples")
    scale.add_argument(
        "--smoke", action="store_true", help="every case once, tiny: shows that the bench works, measures nothing"
    )
    parser.add_argument("--only", action="append", metavar="PATTERN", help="cases whose names match (may be repeated)")
    parser.add_argument("--repeats", type=int, help="samples of each case and server")
    parser.add_argument("--seconds", type=float, help="length of a sample")
    parser.add_argument("--against", metavar="HOST:PORT", help="a running server as peer instead of Apache Kafka")
    parser.add_argument("--no-peer", action="store_true", help="Ottla alone")
    parser.add_argument("--no-ottla", action="store_true", help="the peer alone")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="broker key for Ottla (may be repeated)"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the JSON")
    parser.add_argument("--list", action="store_true", help="list the cases and end")
    return parser.parse_args()


def chosen(cases: Sequence[Case | lives.LifeCase], options: argparse.Namespace) -> list[Case | lives.LifeCase]:
    if options.only:
        return [case for case in cases if any(fnmatch.fnmatch(case.name, pattern) for pattern in options.only)]
    return [case for case in cases if case.quick or not options.quick]


def sample(case: Case, setting: Setting) -> dict[str, float]:
    """One sample, in a driver process of its own."""
    asked = json.dumps({"case": case.name, "setting": setting.text()})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.driver"],
            input=asked,
            capture_output=True,
            text=True,
            timeout=SAMPLE_LIMIT_S,
            check=False,
            cwd=toolbox.ROOT,
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"no end within {SAMPLE_LIMIT_S:.0f} s") from None
    if done.returncode != 0:
        raise Refused("the driver failed: " + (done.stderr.strip().splitlines() or ["no output"])[-1])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return {name: float(value) for name, value in answer["sample"].items()}


def measure(
    case: Case | lives.LifeCase, subjects: Sequence[Subject], scale: Scale, repeats: int, console: Console
) -> Outcome:
    """A B A B ...: every server once, then again."""
    outcome = Outcome(case)
    for turn in range(repeats):
        for subject in subjects:
            if console.is_terminal:
                console.print(f"[dim]{case.name}  {subject.label}  {turn + 1}/{repeats}[/dim]", end="\r")
            try:
                if isinstance(case, lives.LifeCase):
                    if subject.make is None:
                        continue
                    got = dict(case.run(subject.make, scale.topics))
                else:
                    got = sample(case, setting(subject, scale, f"{os.getpid():x}-{case.name}-{turn}"))
            except (Refused, toolbox.Unavailable) as refused:
                outcome.refused[subject.label] = str(refused)
                continue
            outcome.samples.setdefault(subject.label, []).append(got)
    return outcome


def setting(subject: Subject, scale: Scale, tag: str) -> Setting:
    return Setting(
        bootstrap=subject.bootstrap,
        pid=subject.pid,
        kind=subject.kind,
        seconds=scale.seconds,
        bytes_max=scale.bytes_max,
        count_max=scale.count_max,
        tag=tag,
    )


def warm(subject: Subject, scale: Scale) -> None:
    """A JVM compiles what it runs often: neither server is measured cold."""
    for name in ("produce-1KB-acks-1", "consume-1KB", "pipelined-acks-1"):
        case = next(case for case in ALL if case.name == name)
        told = setting(subject, scale, f"{os.getpid():x}-warm").shorter(scale.warm_s)
        with contextlib.suppress(Refused):  # the case itself will say so
            sample(case, told)


def servers(options: argparse.Namespace, stack: contextlib.ExitStack, *, running: bool) -> list[Subject]:
    """The servers to measure, ours first. `running`: whether any case needs one that stays up."""
    subjects = []
    if not options.no_ottla:
        keys = dict(pair.split("=", 1) for pair in options.set)
        ours = Subject("Ottla", "ottla", "", metadata.version("ottla"), make=lambda: OttlaServer(settings=keys))
        subjects.append(ours)
    if options.against:
        subjects.append(Subject(options.against, "other", options.against, "unknown"))
    elif not options.no_peer:
        toolbox.java_class_path()
        subjects.append(Subject("Kafka", "kafka", "", "4.3.1", make=KafkaServer))
    for subject in subjects if running else []:
        if subject.make is not None:
            server: OttlaServer | KafkaServer = subject.make()
            stack.enter_context(server)
            subject.bootstrap, subject.pid = server.bootstrap, server.pid
    return subjects


def main() -> int:
    options = arguments()
    console = Console(stderr=False)
    every: list[Case | lives.LifeCase] = [*lives.CASES, *ALL]
    if options.list:
        for case in every:
            console.print(
                f"{case.name:34} {case.title}{'' if case.quick else '   [dim]not in --quick[/dim]'}", highlight=False
            )
        return 0
    cases = chosen(every, options)
    if not cases:
        console.print("no case has such a name; `--list` shows them")
        return 2
    scale = SMOKE if options.smoke else QUICK if options.quick else FULL
    if options.seconds:
        scale = Scale(options.seconds, scale.bytes_max, scale.count_max, scale.topics, scale.warm_s, scale.repeats)
    repeats = options.repeats or scale.repeats
    load = os.getloadavg()[0]
    if load > 0.5 and not options.smoke:
        console.print(f"[yellow]load average {load:.1f}: others use this machine, the figures will not hold[/yellow]")
    begun = time.monotonic()
    outcomes: list[Outcome] = []
    with contextlib.ExitStack() as stack:
        try:
            # Lives first, while no other server holds memory or the page cache.
            own = [case for case in cases if isinstance(case, lives.LifeCase)]
            subjects = servers(options, stack, running=False)
            outcomes += [measure(case, subjects, scale, repeats, console) for case in own]
            rest = [case for case in cases if isinstance(case, Case)]
            if rest:
                subjects = servers(options, stack, running=True)
                for subject in subjects:
                    warm(subject, scale)
                outcomes += [measure(case, subjects, scale, repeats, console) for case in rest]
                outcomes.append(after(subjects))
        except toolbox.Unavailable as missing:
            console.print(f"[red]{missing}[/red]")
            return 1
    labels = [subject.label for subject in subjects]
    show(outcomes, labels, console)
    versions = {subject.label: subject.version for subject in subjects}
    path = save(outcomes, labels, versions, options.results, time.monotonic() - begun)
    console.print(f"written: {os.path.relpath(path)}", highlight=False)
    return 1 if any(outcome.refused for outcome in outcomes) else 0


def after(subjects: Sequence[Subject]) -> Outcome:
    """Memory of each server at the end of everything."""
    case = Case("rss-after", "memory after all of this", (AFTER,), lambda _: {})
    outcome = Outcome(case)
    for subject in subjects:
        if subject.pid is not None:
            outcome.samples[subject.label] = [{"rss_mb": rss_mb(subject.pid)}]
    return outcome


if __name__ == "__main__":
    sys.exit(main())
