"""Seeded simulation: a whole broker, its clients, its disk and its network in one process, on virtual time, from one seed.

    from ottla.testing.sim import Options, run

    report = run(Options(seed=7))
    assert report.ok, report.page()

`python -m ottla.testing.sim --seed 7` tells a seed's story; `--seeds 0:1000` runs many. The same seed gives the same run, packet by
packet (`Report.digest`), on every supported Python and under every hash seed.

The broker is the real one (`ottla.server.node.Node` with the local engine); what waits in it is replaced: the loop's clock (`loop`),
sockets (`net`), files and threads (`disk`, `parts`). Clients (`producers`, `readers`, `members`) are written against the generated
messages. The `nemesis` kills, cuts power, fills disks, drops connections; the auditors (`auditor`, `groups`) hold a plain model of what
clients were told and raise `Violation` when an answer contradicts it. `world` makes all of it from a seed.

Not done: transactions, compacted topics, flipped bits, several brokers.
"""

from __future__ import annotations

from ottla.testing.sim.auditor import Violation
from ottla.testing.sim.nemesis import FAULTS
from ottla.testing.sim.world import Options, Report, World, run

__all__ = ["FAULTS", "Options", "Report", "Violation", "World", "run"]
