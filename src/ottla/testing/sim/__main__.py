"""`python -m ottla.testing.sim`: one seed with its story, or many seeds on several processes.

    --seed N            one seed; tells its story when it fails (or with --tell)
    --seeds A:B         seeds A to B-1
    --steps N           faults per run (default 5)
    --jobs N            processes for many seeds (default: the machine's cores)

Exit code 1 when a seed fails.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from ottla.testing.sim.options import Options, Report
from ottla.testing.sim.world import run

CHUNK = 10
FAILURES_TOLD = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m ottla.testing.sim", description="Seeded simulation of a broker and its clients."
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--seed", type=int, help="run this seed and tell its story when it fails")
    which.add_argument("--seeds", type=_range, metavar="A:B", help="run the seeds from A to B-1")
    parser.add_argument(
        "--steps", type=int, default=Options.steps_default, help="faults per run (default: %(default)s)"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: %(default)s)")
    parser.add_argument("--lines", type=int, default=60, help="length of a story (default: %(default)s)")
    parser.add_argument("--tell", action="store_true", help="tell the story of a seed that does not fail, too")
    given = parser.parse_args(arguments)
    if given.seeds is None:
        report = run(Options(given.seed if given.seed is not None else 0, steps=given.steps))
        print("\n".join(report.page(given.lines) if given.tell or not report.ok else [report.line()]))
        return 0 if report.ok else 1
    return many(given.seeds, given.steps, given.jobs, given.lines)


def _range(text: str) -> range:
    first, _, last = text.partition(":")
    try:
        return range(int(first), int(last))
    except ValueError:
        raise argparse.ArgumentTypeError("expected A:B, two whole numbers") from None


def many(seeds: range, steps: int, jobs: int, lines: int) -> int:
    """Runs seeds on several processes; tells the first few that fail."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else the other processes would outlive this one
    began = time.monotonic()
    totals: Counter[str] = Counter()
    failed: list[int] = []
    told = time.monotonic()
    for report in _reports(seeds, steps, jobs):
        totals.update(runs=1, acked=report.acked, seen=report.seen, commits=report.commits, starts=report.starts)
        totals.update(transactions=report.transactions)
        totals.update(virtual_s=int(report.virtual_s), cpu_ms=int(report.cpu_s * 1000), packets=report.events)
        totals.update({f"fault: {name}": count for name, count in report.faults.items()})
        if not report.ok:
            failed.append(report.seed)
            if len(failed) <= FAILURES_TOLD:
                print("\n".join(report.page(lines)), flush=True)
            else:
                print(report.line(), flush=True)
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"{totals['runs']} of {len(seeds)} seeds, {len(failed)} failed", file=sys.stderr, flush=True)
    seconds = time.monotonic() - began
    print(
        f"{totals['runs']} seeds in {seconds:.0f} s ({totals['runs'] / max(seconds, 0.001):.1f}/s, "
        f"{totals['runs'] * 1000 / max(totals['cpu_ms'], 1):.1f} per CPU second), {len(failed)} failed"
    )
    print(
        f"{totals['virtual_s']} virtual s, {totals['packets']} packets, {totals['acked']} records acknowledged, "
        f"{totals['seen']} read, {totals['commits']} offsets and {totals['transactions']} transactions "
        f"committed, {totals['starts']} broker starts"
    )
    print("faults: " + ", ".join(f"{name[7:]} {n}" for name, n in sorted(totals.items()) if name.startswith("fault: ")))
    if failed:
        print(f"failed seeds: {failed}")
    return 1 if failed else 0


def _reports(seeds: range, steps: int, jobs: int) -> Iterator[Report]:
    if jobs <= 1:
        yield from (run(Options(seed, steps=steps)) for seed in seeds)
        return
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    with ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGTERM, signal.SIG_DFL)) as pool:
        for reports in pool.map(_chunk, chunks, [steps] * len(chunks)):
            yield from reports


def _chunk(seeds: range, steps: int) -> list[Report]:
    reports = []
    for seed in seeds:
        report = run(Options(seed, steps=steps))
        report.story.forget(keep=not report.ok)
        reports.append(report)
    return reports


if __name__ == "__main__":
    sys.exit(main())
