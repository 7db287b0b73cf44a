"""What a run is made of, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ottla.testing.sim.nemesis import FAULTS
from ottla.testing.sim.story import Story


@dataclass(slots=True)
class Options:
    """What a run is made of. Everything that is None is drawn from the seed."""

    seed: int = 0
    steps: int = 5
    """Faults in all."""
    faults: Mapping[str, int] = field(default_factory=lambda: FAULTS)
    """Kinds of faults and how often each is picked."""
    storm_s: float = 2.0
    producers: int | None = None
    readers: int | None = None
    members: int | None = None
    transactional: int | None = None
    copiers: int | None = None
    steps_default: ClassVar[int] = 5


@dataclass(slots=True)
class Report:
    """What became of a run."""

    options: Options
    violation: str | None
    digest: str
    virtual_s: float
    cpu_s: float
    events: int
    acked: int
    seen: int
    commits: int
    transactions: int
    starts: int
    faults: Mapping[str, int]
    story: Story

    @property
    def ok(self) -> bool:
        return self.violation is None

    @property
    def seed(self) -> int:
        return self.options.seed

    def line(self) -> str:
        """One line."""
        return (
            f"seed {self.seed} steps {self.options.steps}: {self.violation or 'as it should be'} "
            f"({self.virtual_s:.1f} virtual s, {self.cpu_s:.2f} s of CPU, {self.events} packets, {self.acked} records acknowledged, "
            f"{self.transactions} transactions committed, "
            f"{self.starts} broker starts, trace {self.digest})"
        )

    def page(self, lines: int = 60) -> list[str]:
        """The story on one page."""
        again = f"python -m ottla.testing.sim --seed {self.seed} --steps {self.options.steps}"
        return [self.line(), f"again: {again}", "", *self.story.page(lines)]
