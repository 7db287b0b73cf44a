"""Some seeds, every time; and that a seed is a run."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ottla.testing.sim import Options, run


# Seeds that failed once: 1415, 3167 (a zombie of protocol 2 one epoch behind a producer of protocol 1 was served); 3267 (a flush failed
# while the disk was full, and nothing noted it for the next start); 7690 (a new producer's second batch went before its first, which the
# disk had refused).
@pytest.mark.parametrize("seed", [*range(12), 1415, 3167, 3267, 7690])
def test_all_is_as_it_should_be(seed: int) -> None:
    report = run(Options(seed))
    assert report.ok, "\n".join(report.page())


def test_transactions_are_committed_and_copied() -> None:
    reports = [run(Options(seed, steps=2, transactional=1, copiers=1)) for seed in range(2)]
    assert all(report.ok for report in reports)
    assert min(report.transactions for report in reports) > 10


def test_a_seed_is_the_same_run_in_every_process() -> None:
    script = "from ottla.testing.sim import Options, run; print(run(Options(3, transactional=2, copiers=1)).digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for hash_seed in ("1", "2", "3")
    }
    assert len(digests) == 1
    assert digests.pop().strip()
