"""What the two recording programs have in common: arguments, a server of the chosen kind, the verdict."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.durability.hosted import client_aborts_line
from tests.durability.lives import Server
from tests.histories.checker import Findings, check
from tests.histories.history import History, save


@dataclass(frozen=True)
class Recorded:
    """`failures`: what went wrong beside the history (clients that gave up, altered records)."""

    history: History
    failures: list[str]
    client_aborts: Counter[str]

    def findings(self) -> Findings:
        return check(self.history)

    def outcomes(self) -> Counter[str]:
        """How many transactions ended how."""
        return Counter(one.outcome.value for one in self.history.operations if one.transactional)


class Record(Protocol):
    def __call__(self, server: Server, *, rounds: int, seed: int, load_s: float = 1.0) -> Recorded: ...


def command(description: str, record: Record) -> int:
    """The program around `record`. Returns the exit status: 0 when nothing was found."""
    from bench.kafka_server import KafkaServer
    from bench.ottla_server import OttlaServer

    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--load-s", type=float, default=1.0, help="longest life of a broker before its kill, in seconds"
    )
    parser.add_argument("--server", choices=["ottla", "kafka"], default="ottla")
    parser.add_argument("--keep", type=Path, help="write the operations to this file")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="histories-"))
    server: Server = OttlaServer(folder) if chosen.server == "ottla" else KafkaServer(folder)
    begun = time.monotonic()
    try:
        recorded = record(server, rounds=chosen.rounds, seed=chosen.seed, load_s=chosen.load_s)
    finally:
        server.kill()
        tail = server.log_tail()
        shutil.rmtree(folder, ignore_errors=True)
    recorded_s = time.monotonic() - begun
    found = recorded.findings()
    if chosen.keep:
        save(chosen.keep, recorded.history.operations)
    bad = bool(found.anomalies or recorded.failures)
    print(f"{'FAIL' if bad else 'PASS'}: seed {chosen.seed}, {chosen.rounds} rounds in {recorded_s:.0f} s, ", end="")
    print(f"checked in {time.monotonic() - begun - recorded_s:.1f} s; transactions: {dict(recorded.outcomes())}")
    print(client_aborts_line(recorded.client_aborts))
    print(found)
    for failure in recorded.failures:
        print(f"  {failure}")
    if bad:
        print(tail)
    return int(bad)
