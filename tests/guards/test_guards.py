"""No hot path does more than its bound allows: a slow-down fails here without a clock.

When one fails and the work is wanted, `python -m tests.guards --update` makes it the new bound; the diff shows what it costs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from guards.bounds import Bounds, bound, kept, version
from guards.counter import Count, counting_c_calls, counting_instructions
from guards.paths import PATHS

ROOT = Path(__file__).resolve().parent.parent.parent
BOUNDS = kept().get(version())
NO_BOUNDS = f"no bounds for {version()} yet: `python -m tests.guards --update` under it records them"


def count() -> Bounds:
    """Counts in a process of its own: pytest rewrites asserts, in the product's modules as well, and a plugin may trace."""
    argv = [sys.executable, "-m", "tests.guards", "--json"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    found: Bounds = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def counted() -> Bounds:
    return count()


@pytest.mark.skipif(BOUNDS is None, reason=NO_BOUNDS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
@pytest.mark.parametrize("field", ["instructions", "c_calls"])
def test_path_stays_within_its_bound(path, field: str, counted: Bounds) -> None:
    assert BOUNDS is not None
    assert path.name in BOUNDS, "a new path: `python -m tests.guards --update` records its bound"
    seen, most = counted[path.name][field], BOUNDS[path.name][field]
    assert seen <= most, f"{path.what}: {seen:.1f} {field} a request, at most {most} wanted"


def test_a_count_is_the_same_again(counted: Bounds) -> None:
    again = count()
    for name, fields in counted.items():
        for field, value in fields.items():
            assert again[name][field] <= bound(value), f"{name} {field}: {value}, then {again[name][field]}"
            assert value <= bound(again[name][field]), f"{name} {field}: {value}, then {again[name][field]}"


def test_more_work_is_seen() -> None:
    """The counters themselves: a loop of twice the length counts twice."""

    def work(number: int) -> None:
        for n in range(number):
            abs(n)

    # Code of this folder is not counted, so it has to look like somebody else's.
    work.__code__ = work.__code__.replace(co_filename="elsewhere.py")
    counts = []
    for number in (100, 200):
        count_ = Count()
        with counting_instructions(count_):
            work(number)
        with counting_c_calls(count_):
            work(number)
        counts.append(count_)
    assert counts[1].c_calls - counts[0].c_calls == 100
    assert counts[1].instructions == pytest.approx(2 * counts[0].instructions, rel=0.05)
