"""`python -m bench`: Ottla and Apache Kafka side by side on this machine, driven by the same clients in alternation.

    make bench                                    every case, three samples each
    make bench ARGS=--quick                       the short list, under five minutes
    make bench ARGS="--only 'produce*' --repeats 5"
    make bench ARGS="--against host:9092"         another server instead of Apache Kafka (no CPU or memory of it)
    make bench ARGS=--no-peer                     Ottla alone
    make bench ARGS=--report                      table, plots and README from what was measured last

Figures mean something only on a quiet machine: the load average is printed first and kept with the results. See docs/bench.md.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path

from confluent_kafka import KafkaException
from rich.console import Console

from bench import kafka_wire, leavings, lives, page_cache, plots, readme, report, toolbox
from bench.cases import ALL, compaction, retention
from bench.clients import Refused
from bench.deadline import deadline
from bench.kafka_server import KafkaServer, answers_api_versions
from bench.measure import rss_mb
from bench.model import PAUSED, Case, Metric, Setting
from bench.ottla_server import OttlaServer
from bench.pauses import Pauses
from bench.report import Outcome

RESULTS = Path(__file__).resolve().parent / "results"
AFTER = Metric("rss_mb", "MB RSS", False, 0.4)
GRACE_S = 30.0  # what a driver may take to delete its topic after its limit
BULK = ("produce", "consume", "fan-out", "transactions", "noisy")  # cases that write much
AGAIN_MAX = 2  # how often a sample is taken again because the machine stood still
TOUCH_SECONDS_BYTES = 400 << 20  # what the client writes in a second at most


@dataclass(frozen=True)
class Scale:
    """How much one sample does. `budget_s`: when no further sample is begun (None: never)."""

    name: str
    seconds: float
    bytes_max: int
    count_max: int
    life: lives.LifeSetting
    warm_s: float
    repeats: int
    budget_s: float | None = None


GB = 1 << 30
FULL = Scale("full", 5.0, GB, 10_000, lives.LifeSetting(5000, 5000, 2 * GB), 8.0, 3)
QUICK = Scale("quick", 1.5, 300 << 20, 1000, lives.LifeSetting(1000, 1000, GB // 4), 3.0, 2, budget_s=270.0)
SMOKE = Scale("smoke", 0.2, 4 << 20, 20, lives.LifeSetting(20, 20, 4 << 20), 0.1, 1)


@dataclass
class Subject:
    """A server under measurement. `server` is the process, where it is ours."""

    label: str
    kind: str
    bootstrap: str
    version: str
    make: Callable[[], OttlaServer | KafkaServer] | None = None
    server: OttlaServer | KafkaServer | None = None
    apis: frozenset[int] = frozenset()

    def revive(self) -> str:
        """Starts the process again when it no longer answers; returns a sentence about it, or nothing."""
        if self.server is None or answers_api_versions(*kafka_wire.address(self.bootstrap)):
            return ""
        self.server.kill()
        self.server.start()
        return "; it no longer answered and was started again"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Ottla measured beside Apache Kafka 4.3.1.")
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument(
        "--quick", action="store_true", help="the short list of cases, short samples: under five minutes"
    )
    scale.add_argument(
        "--smoke",
        action="store_true",
        help="every case once, tiny: shows that the bench works, measures and keeps nothing",
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
    parser.add_argument("--restart-gb", type=float, metavar="N", help="log size of the restart case")
    parser.add_argument("--restart-partitions", type=int, metavar="N", help="partitions of the restart case")
    parser.add_argument("--results", type=Path, help="folder for JSON and plots (default: bench/results)")
    parser.add_argument(
        "--report", action="store_true", help="measure nothing: table, plots and README section from latest.json"
    )
    parser.add_argument("--readme", type=Path, default=toolbox.ROOT / "README.md", help="the file --report rewrites")
    parser.add_argument("--list", action="store_true", help="list the cases and end")
    return parser.parse_args()


def chosen(cases: Sequence[Case | lives.LifeCase], options: argparse.Namespace) -> list[Case | lives.LifeCase]:
    if options.only:
        return [case for case in cases if any(fnmatch.fnmatch(case.name, pattern) for pattern in options.only)]
    return [case for case in cases if case.quick or not options.quick]


def sample(case: Case, told: Setting) -> dict[str, float]:
    """One sample, in a driver process of its own."""
    if case.name.startswith(BULK):
        page_cache.touch(TOUCH_SECONDS_BYTES * math.ceil(told.seconds))
    asked = json.dumps({"case": case.name, "setting": told.text()})
    limit_s = case.limit_s(told) + GRACE_S
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.driver"],
            input=asked,
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
            cwd=toolbox.ROOT,
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"no end within {limit_s:.0f} s") from None
    if done.returncode != 0:
        raise Refused("the driver failed: " + (done.stderr.strip().splitlines() or ["no output"])[-1])
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return {name: float(value) for name, value in answer["sample"].items()}


def measure(
    case: Case | lives.LifeCase,
    subjects: Sequence[Subject],
    scale: Scale,
    console: Console,
    ends: float | None,
) -> Outcome:
    """A B A B ...: every server once, then again. A server that refused a case is not asked again for it."""
    outcome = Outcome(case)
    left: list[Callable[[], None]] = []
    for turn in range(scale.repeats):
        for subject in subjects:
            if subject.label in outcome.refused or subject.label in outcome.skipped:
                continue
            if isinstance(case, lives.LifeCase):
                if subject.make is None:
                    continue
            elif case.needs is not None and case.needs not in subject.apis:
                outcome.skipped[subject.label] = f"does not serve API {case.needs}"
                continue
            if ends is not None and time.monotonic() > ends:
                outcome.skipped[subject.label] = f"{turn} of {scale.repeats} samples: the time of this run was up"
                continue
            if console.is_terminal:
                console.print(
                    f"[dim]{case.name}  {subject.label}  {turn + 1}/{scale.repeats}[/dim]".ljust(90), end="\r"
                )
            tag = f"{os.getpid():x}-{case.name}-{turn}"
            if isinstance(case, Case) and case.tidy is not None:
                left.append(partial(case.tidy, setting(subject, scale, tag)))
            try:
                got = undisturbed(case, subject, scale, tag)
            except (Refused, toolbox.Unavailable, KafkaException, OSError) as refused:
                outcome.refused[subject.label] = f"{refused}{subject.revive()}"
                continue
            outcome.samples.setdefault(subject.label, []).append(got)
    for remove in left:
        with contextlib.suppress(KafkaException, OSError):  # a sample that failed left less
            remove()
    return outcome


def undisturbed(case: Case | lives.LifeCase, subject: Subject, scale: Scale, tag: str) -> dict[str, float]:
    """A sample; where the machine must not stand still meanwhile and did, one of three. It is chosen by the pauses alone.

    A run that must be over by some time has none for this.
    """
    best = one(case, subject, scale, tag)
    for again in range(0 if scale.budget_s else AGAIN_MAX):
        if not (isinstance(case, Case) and case.spoilt(best[PAUSED], scale.seconds)):
            break
        best = min(best, one(case, subject, scale, f"{tag}-{again}"), key=lambda sample: sample[PAUSED])
    return best


def one(case: Case | lives.LifeCase, subject: Subject, scale: Scale, tag: str) -> dict[str, float]:
    with Pauses() as pauses:
        if isinstance(case, Case):
            found = sample(case, setting(subject, scale, tag))
        else:
            assert subject.make is not None
            with deadline(case.limit_s):
                found = dict(case.run(subject.make, scale.life))
    return {**found, PAUSED: pauses.seconds}


def setting(subject: Subject, scale: Scale, tag: str) -> Setting:
    return Setting(
        bootstrap=subject.bootstrap,
        pid=subject.server.pid if subject.server else None,
        kind=subject.kind,
        seconds=scale.seconds,
        bytes_max=scale.bytes_max,
        count_max=scale.count_max,
        tag=tag,
        data=str(subject.server.log_dir) if subject.server else None,
    )


def warm(subject: Subject, scale: Scale) -> None:
    """A JVM compiles what it runs often: neither server is measured cold."""
    for name in ("produce-1KB-acks-1", "consume-1KB", "pipelined-acks-1"):
        case = next(case for case in ALL if case.name == name)
        told = replace(setting(subject, scale, f"{os.getpid():x}-warm"), seconds=scale.warm_s)
        with contextlib.suppress(Refused):  # the case itself will say so
            sample(case, told)


def candidates(options: argparse.Namespace) -> list[Subject]:
    """The servers to measure, ours first; none is started yet."""
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
    return subjects


def start(subjects: Sequence[Subject], stack: contextlib.ExitStack) -> None:
    """Starts the servers that are ours, and asks all what they serve. Raises Unavailable, OSError."""
    for subject in subjects:
        if subject.make is not None:
            server = subject.make()
            stack.enter_context(server)
            subject.server, subject.bootstrap = server, server.bootstrap
        subject.apis = frozenset(kafka_wire.api_versions(subject.bootstrap))


def scale_of(options: argparse.Namespace) -> Scale:
    scale = SMOKE if options.smoke else QUICK if options.quick else FULL
    life = scale.life
    if options.restart_gb is not None:
        life = replace(life, bytes=int(options.restart_gb * 1e9))
    if options.restart_partitions is not None:
        life = replace(life, partitions=options.restart_partitions)
    return replace(scale, life=life, seconds=options.seconds or scale.seconds, repeats=options.repeats or scale.repeats)


def rendered(options: argparse.Namespace, console: Console) -> int:
    """`--report`: everything that is shown, again, from the kept figures."""
    folder = options.results or RESULTS
    if not (folder / report.LATEST).exists():
        console.print(f"no {report.LATEST} in {folder}: `make bench` makes one", highlight=False)
        return 1
    found = report.load(folder / report.LATEST)
    report.show(found, console)
    for path in plots.write(found, folder):
        console.print(f"written: {os.path.relpath(path)}", highlight=False)
    if readme.rewrite(options.readme, found, folder):
        console.print(f"rewritten: {os.path.relpath(options.readme)}", highlight=False)
    else:
        console.print(f"{options.readme.name} has no {readme.BEGIN} … {readme.END}: left as it is", highlight=False)
    return 0


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers are stopped on the way out
    console = Console(stderr=False)
    if options.report:
        return rendered(options, console)
    every: list[Case | lives.LifeCase] = [*lives.CASES, *retention.CASES, *compaction.CASES, *ALL]
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
    scale = scale_of(options)
    measured_on = report.machine()
    if measured_on["load_at_start"] > 0.5 and not options.smoke:
        load = measured_on["load_at_start"]
        console.print(f"[yellow]load average {load}: others use this machine, the figures will not hold[/yellow]")
    begun = time.monotonic()
    ends = begun + scale.budget_s if scale.budget_s else None
    outcomes: list[Outcome] = []
    cut_short = False
    try:
        subjects = candidates(options)
        for outcome in run(cases, subjects, scale, console, ends):
            outcomes.append(outcome)
            if outcome.case in cases:  # the last row, memory after everything, is nobody's case
                done = f"{time.monotonic() - begun:5.0f} s  {len(outcomes)} of {len(cases)}  {outcome.case.name}"
                console.print(f"[dim]{done}[/dim]".ljust(90))
    except (toolbox.Unavailable, OSError) as missing:
        console.print(f"[red]{missing}[/red]")
        return 1
    except KeyboardInterrupt:  # an hour's figures are worth more than a quick end
        if not outcomes:
            raise
        cut_short = True
        console.print(f"[yellow]stopped after {len(outcomes)} of {len(cases)} cases: these are kept[/yellow]")
    servers = [{"label": subject.label, "version": subject.version} for subject in subjects]
    found = report.document(outcomes, servers, measured_on, scale.name, time.monotonic() - begun)
    report.show(found, console)
    if not options.smoke or options.results:
        folder = options.results or RESULTS
        path = report.save(found, folder)
        plots.write(report.load(path), folder)
        console.print(
            f"written: {os.path.relpath(path)} and its plots; `--report` puts them into README", highlight=False
        )
    return 130 if cut_short else 1 if any(outcome.refused for outcome in outcomes) else 0


def run(
    cases: Sequence[Case | lives.LifeCase],
    subjects: Sequence[Subject],
    scale: Scale,
    console: Console,
    ends: float | None,
) -> Iterator[Outcome]:
    """All cases, lives first, while no other server holds memory or the page cache."""
    for case in cases:
        if isinstance(case, lives.LifeCase):
            with leavings.kept_until_the_end() if case.keeps_files else contextlib.nullcontext():
                yield measure(case, subjects, scale, console, ends)
    rest = [case for case in cases if isinstance(case, Case)]
    if rest:
        with contextlib.ExitStack() as stack:
            start(subjects, stack)
            for subject in subjects:
                warm(subject, scale)
            for case in rest:
                yield measure(case, subjects, scale, console, ends)
            yield after(subjects)


def after(subjects: Sequence[Subject]) -> Outcome:
    """Memory of each server at the end of everything."""
    case = Case("rss-after", "memory after all of this", (AFTER,), lambda _: {})
    outcome = Outcome(case)
    for subject in subjects:
        if subject.server is not None:
            outcome.samples[subject.label] = [{"rss_mb": rss_mb(subject.server.pid)}]
    return outcome


if __name__ == "__main__":
    sys.exit(main())
