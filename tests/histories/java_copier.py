"""A history from Java's `TransactionalMessageCopier` while its broker is killed again and again.

    python -m tests.histories.java_copier --rounds 10 --seed 1 [--server kafka] [--keep history.jsonl]

Two copiers in a chain, IN to MID to OUT, with random aborts and in groups; they end when they have come to the end they saw at their
start, and are started again until everything is copied. IN is written by librdkafka's transactions. The copiers do not say what they
did, the log does: afterwards the segments are read, each batch names its producer and epoch, and with transaction protocol 2 each
transaction has an epoch of its own. So a transaction is what stands under one producer id and epoch, committed or aborted by the
marker behind it; what it read is where the copied records stand in the source. Readers of both isolations watch all along.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.durability.crew import SETTLE_LIMIT_S, create_topics, wait_for_copies
from tests.durability.hosted import Hosted
from tests.durability.lives import lives
from tests.durability.transactors import Actor, Got, Place, Reader, Writer, ends_of, name_of, read_all
from tests.foreign.support import java_command
from tests.histories.command import Recorded, command
from tests.histories.history import History, Operation, Outcome, Read, Send
from tests.histories.recorder import Recorder, content

from ottla.records.dump import dump_buffer

CHAIN = ("chain-in", "chain-mid", "chain-out")
PARTITIONS = 2
PLACES: list[Place] = [(topic, partition) for topic in CHAIN for partition in range(PARTITIONS)]
MAIN = "org.apache.kafka.tools.TransactionalMessageCopier"
TRANSACTION_SIZE = 10
TRANSACTION_TIMEOUT_MS = 10_000


def group_of(target: str) -> str:
    return f"{target}-group"


class JavaCopier(Actor):
    """One transactional id; a JVM after the other until it is told to end."""

    def __init__(
        self, bootstrap: str, sink: Recorder, rng: random.Random, source: str, target: str, folder: Path
    ) -> None:
        super().__init__(f"copier-{target}", bootstrap, sink, rng)
        self.source = source
        self.target = target
        self.log = folder / f"{target}.log"
        self.statuses: Counter[int] = Counter()
        self.process: subprocess.Popen[bytes] | None = None

    def _arguments(self) -> list[str]:
        return [
            *java_command(heap_mb=96),
            MAIN,
            f"--broker-list={self.bootstrap}",
            f"--input-topic={self.source}",
            "--input-partition=0",
            f"--output-topic={self.target}",
            f"--transactional-id={self.target}-id",
            f"--consumer-group={group_of(self.target)}",
            f"--transaction-size={TRANSACTION_SIZE}",
            f"--transaction-timeout={TRANSACTION_TIMEOUT_MS}",
            "--max-messages=-1",
            "--enable-random-aborts",
            "--group-mode",
            "--use-group-metadata",
        ]

    def _run(self) -> None:
        with self.log.open("wb") as log:
            while not self.ending.is_set():
                self.process = subprocess.Popen(
                    self._arguments(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
                )
                while self.process.poll() is None and not self.ending.wait(0.05):
                    pass
                if self.process.poll() is None:
                    self._stop(self.process)
                else:
                    self.statuses[self.process.returncode] += 1

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        """Everything is copied by now: how it ends is its own affair, that it ends is ours."""
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""


@dataclass
class Written:
    """What the log says of one producer id and epoch."""

    sends: list[Send] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)


def rows_of(log_dir: Path, place: Place) -> Iterator[dict[str, Any]]:
    """Batches of one partition's segments, in order."""
    for path in sorted((log_dir / f"{place[0]}-{place[1]}").glob("*.log")):
        yield from dump_buffer(path.read_bytes(), deep=True, contents=True)


def record(server: Any, *, rounds: int, seed: int, load_s: float = 2.0) -> Recorded:
    """`rounds` lives of `server`, then everything copied, then the logs read."""
    rng = random.Random(seed)
    server.start()
    create_topics(server.bootstrap, dict.fromkeys(CHAIN, PARTITIONS))
    recorder = Recorder()
    sources = [place for place in PLACES if place[0] == CHAIN[0]]
    write = partial(Writer, places=sources, pause_s=0.08)
    writers = [Hosted(f"w{n}", server.bootstrap, recorder, random.Random(seed * 100 + n), write) for n in range(2)]
    copiers = [
        JavaCopier(server.bootstrap, recorder, rng, source, target, server.folder) for source, target in pairwise(CHAIN)
    ]
    readers = [
        Reader("committed", server.bootstrap, recorder, rng, PLACES, committed=True),
        Reader("uncommitted", server.bootstrap, recorder, rng, PLACES, committed=False),
    ]
    try:
        for actor in (*writers, *copiers, *readers):
            actor.thread.start()
        _wait_for_a_copy(copiers[-1], readers[0])
        for _ in lives(server, rounds, rng, load_s):
            if recorder.failures:
                break
        for actor in writers:
            actor.finish(SETTLE_LIMIT_S)
        for copier in copiers:
            source = [place for place in PLACES if place[0] == copier.source]
            wait_for_copies(server.bootstrap, group_of(copier.target), source, recorder.fail)
    finally:
        for writer in writers:
            writer.abandon()
        for actor in copiers:
            actor.finish(SETTLE_LIMIT_S)
    _read_again(server.bootstrap, recorder, readers)
    server.stop()
    for copier in copiers:
        if recorder.failures:
            recorder.failures.append(f"{copier.name}: exit statuses {dict(copier.statuses)}\n{copier.log_tail()}")
    client_aborts = sum((writer.client_aborts for writer in writers), Counter[str]())
    return Recorded(_history(server.log_dir, recorder), recorder.failures, client_aborts)


def _wait_for_a_copy(last: JavaCopier, reader: Reader) -> None:
    """The kills begin when the chain works: two JVMs take their time to start."""
    deadline = time.monotonic() + SETTLE_LIMIT_S
    while not any(place[0] == last.target for place in list(reader.got)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing was copied to {last.target}\n{last.log_tail()}")
        time.sleep(0.05)


def _read_again(bootstrap: str, recorder: Recorder, readers: list[Reader]) -> None:
    """Fresh readers read everything; those that lived through it are let come as far."""
    stable, ends = (ends_of(bootstrap, PLACES, committed=committed) for committed in (True, False))
    if stable != ends:
        recorder.fail(f"open at the end: {stable} of {ends}")
    for reader in readers:
        wanted: Counter[Place] = Counter()

        def keep(got: Got, reader: Reader = reader, wanted: Counter[Place] = wanted) -> None:
            wanted[got.place] += 1
            recorder.finals(reader.committed, got)

        for wrong in read_all(bootstrap, ends, keep, committed=reader.committed, limit_s=SETTLE_LIMIT_S):
            recorder.fail(wrong)
        deadline = time.monotonic() + SETTLE_LIMIT_S
        while not reader.got >= wanted and time.monotonic() < deadline:
            time.sleep(0.05)
        reader.finish(SETTLE_LIMIT_S)


def _named(place: Place, offset: int, name: str) -> str:
    """Copies carry their source's name; for the history each sending has one of its own."""
    return name if place[0] == CHAIN[0] else f"{place[0]}-{place[1]}@{offset}<{name}"


def _history(log_dir: Path, recorder: Recorder) -> History:
    operations = [
        changed(
            one, reads=tuple(changed(read, value=_named(read.place, read.offset, read.value)) for read in one.reads)
        )
        for one in recorder.operations
    ]
    stands = _Stands()
    for source in CHAIN[:1]:
        _written(log_dir, source, stands, recorder)
    for target in CHAIN[1:]:
        for (producer_id, epoch), written in sorted(_written(log_dir, target, stands, recorder).items()):
            outcome = Outcome.COMMITTED if "COMMIT" in written.markers else Outcome.ABORTED
            if len(written.markers) != 1:
                recorder.fail(f"{target}: producer {producer_id} epoch {epoch} has markers {sorted(written.markers)}")
            sends, reads = tuple(written.sends), tuple(written.reads)
            operations.append(Operation(f"{target} {producer_id}", outcome, sends, reads, session=epoch))
    return History(operations, set(PLACES), list(pairwise(CHAIN)), content)


class _Stands:
    """Where in each topic a content stands: among what was committed if it is there, else among the rest."""

    def __init__(self) -> None:
        self._where: dict[tuple[str, str], Read] = {}

    def add(self, read: Read, *, committed: bool) -> None:
        key = (read.place[0], content(read.value))
        if committed or key not in self._where:
            self._where[key] = read

    def find(self, topic: str, name: str) -> Read | None:
        return self._where.get((topic, name))


def _written(log_dir: Path, topic: str, stands: _Stands, recorder: Recorder) -> dict[tuple[int, int], Written]:
    """The topic's transactions by producer id and epoch, from its segments; tells `stands` where everything is."""
    found: dict[tuple[int, int], Written] = defaultdict(Written)
    source = CHAIN[CHAIN.index(topic) - 1] if topic != CHAIN[0] else None
    for place in (place for place in PLACES if place[0] == topic):
        opened: dict[int, tuple[int, int]] = {}
        unsettled: dict[int, list[Read]] = defaultdict(list)
        ended: set[tuple[int, int]] = set()
        key = (-1, -1)
        for row in rows_of(log_dir, place):
            if row["kind"] == "batch":
                key = (row["producerId"], row["producerEpoch"])
            elif row["kind"] != "record":
                recorder.fail(f"{place}: {row}")
            elif "endTxnMarker" in row:
                for read in unsettled.pop(key[0], []):
                    stands.add(read, committed=row["endTxnMarker"] == "COMMIT")
                if key[0] in opened:
                    ended.add(opened[key[0]])
                    found[opened.pop(key[0])].markers.add(row["endTxnMarker"])
            else:
                opened[key[0]] = key
                name, offset = name_of(row["payload"]) or "altered", row["offset"]
                if key in ended and source is not None:
                    recorder.fail(f"{place} offset {offset}: producer {key} wrote on after its end")
                value = _named(place, offset, name)
                unsettled[key[0]].append(Read(place, offset, value))
                found[key].sends.append(Send(place, value, offset))
                read_at = stands.find(source, name) if source is not None else None
                if read_at is not None:
                    found[key].reads.append(read_at)
        for producer_id, left in opened.items():
            recorder.fail(f"{place}: the transaction of producer {producer_id} epoch {left[1]} has no end")
    return found


if __name__ == "__main__":
    sys.exit(command("Kill the broker under Java's TransactionalMessageCopier and check the history.", record))
