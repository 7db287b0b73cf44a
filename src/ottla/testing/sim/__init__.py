"""Seeded simulation: a whole broker, its clients, its disk and its network in one process, on virtual time, from one seed.

    from ottla.testing.sim import Options, run

    report = run(Options(seed=7))
    assert report.ok, report.page()

`python -m ottla.testing.sim --seed 7` tells a seed's story; `--seeds 0:1000` runs many. The same seed gives the same run, packet by
packet (`Report.digest`), on every supported Python and under every hash seed.

The broker is the real one (`ottla.server.node.Node` with the local engine); what waits in it is replaced: the loop's clock (`loop`),
sockets (`net`), files and threads (`disk`, `parts`). Clients are written against the generated messages: `producers`, `transactional`
(transactions in both protocols, over `transactor`), `readers` (of all records or of committed ones), `members` of a group, `copier`
(members that copy what they read, exactly once). `cast` makes, kills and doubles them; the `nemesis` kills, cuts power, fills disks, drops
connections. The auditors (`auditor`, `groups`, `txn_auditor`) hold a plain model of what clients were told and raise `Violation` when an
answer contradicts it. `world` makes all of it from a seed, `finale` reads everything at the end.

tests/sim/planted*.py lists bugs that a broker could have; the auditors find each of them within a few seeds.

Not done: compacted topics, flipped bits, several brokers, epochs of producers that are used up.
"""

from __future__ import annotations

from ottla.testing.sim.auditor import Violation
from ottla.testing.sim.nemesis import FAULTS
from ottla.testing.sim.options import Options, Report
from ottla.testing.sim.world import World, run

__all__ = ["FAULTS", "Options", "Report", "Violation", "World", "run"]
