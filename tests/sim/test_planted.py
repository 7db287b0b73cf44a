"""Every planted bug is caught within its bounded number of seeds, and by a rule that fits it."""

from __future__ import annotations

import pytest

from ottla.testing.sim import run
from sim.planted_transactions import PLANTED


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if bug.slow else []) for name, bug in PLANTED.items()]
)
def test_the_auditor_catches(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = PLANTED[name]
    bug.plant(monkeypatch)
    for seed in range(bug.seeds):
        report = run(bug.run(seed))
        if not report.ok:
            assert report.violation is not None
            rule = report.violation.partition(":")[0]
            assert rule in bug.rules, "\n".join(report.page())
            return
    pytest.fail(f"not caught in {bug.seeds} seeds")
