"""Start a broker, fill it, say what to try, stay up; with `--once`, read everything back and compare instead."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NoReturn

from ottla.cli.client.access import Access
from ottla.cli.client.cluster import Cluster
from ottla.cli.client.records import Reader, Writer
from ottla.cli.errors import INTERRUPTED, OK, CliError, UsageError, one_line
from ottla.cli.values import Beginning, human_bytes
from ottla.demo import flights

TOPIC = "flights"
PARTITIONS = 6
# The flights are of 2013: the usual retention of a week would take them at once, and each week would have a segment of its own.
TOPIC_CONFIGS = {"retention.ms": "-1", "segment.ms": str(400 * 86_400_000)}
LISTEN = "127.0.0.1:9092"
CHECK_GROUP = "demo-check"
_STOP_LIMIT_S = 30
_TIMEOUT_S = 30.0
_EVERY = 2_000  # records between two looks at the clock


@dataclass(slots=True)
class Tally:
    """What was sent or read, per key: how many, and a checksum over the values in their order."""

    records: Counter[bytes] = field(default_factory=Counter)
    checksums: dict[bytes, int] = field(default_factory=dict)
    size_bytes: int = 0

    def add(self, key: bytes, value: bytes) -> None:
        self.records[key] += 1
        self.checksums[key] = zlib.crc32(value, self.checksums.get(key, 0))
        self.size_bytes += len(key) + len(value)

    @property
    def total(self) -> int:
        return self.records.total()

    def spoken(self) -> str:
        """`EWR 120,835, JFK 111,279, LGA 104,662`."""
        return ", ".join(f"{key.decode(errors='replace')} {count:,}" for key, count in sorted(self.records.items()))


class Progress:
    """How far a count is: a bar on a terminal, nothing elsewhere; at the end one line with the rate."""

    def __init__(self, doing: str, done: str, total: int) -> None:
        self._done, self._total = done, total
        self._started = time.monotonic()
        self._bar = None
        if sys.stdout.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            rate = TextColumn("{task.fields[rate]}")
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                rate,
                TimeRemainingColumn(),
                transient=True,
            )
            self._task = self._bar.add_task(doing, total=total, rate="")
            self._bar.start()
        else:
            say(f"{doing} …")

    def _rate(self, count: int) -> float:
        return count / max(time.monotonic() - self._started, 1e-6)

    def at(self, count: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=count, rate=f"{self._rate(count):,.0f}/s")

    def end(self, tally: Tally) -> None:
        seconds = time.monotonic() - self._started
        self.close()
        size = human_bytes(tally.size_bytes)
        say(
            f"{self._done} {tally.total:,} records ({size}) in {seconds:.1f} s, {self._rate(tally.total):,.0f} a second"
        )

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def say(text: str = "") -> None:
    print(text, flush=True)


@dataclass(slots=True, frozen=True)
class Running:
    """A broker that this program started."""

    process: subprocess.Popen[bytes]
    bootstrap: str
    data: str


@contextmanager
def started(listen: str, data: Path) -> Iterator[Running]:
    """A broker in a process of its own, stopped at the end. It also ends when this process dies, however that happens."""
    command = [sys.executable, "-m", "ottla.cli", "start", "--json", "--until-stdin-closes"]
    process = subprocess.Popen(
        [*command, "--listen", listen, "--data", str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for this program, which then stops the broker in good order
    )
    try:
        assert process.stdout is not None
        facts = _first_line(process, process.stdout)
        yield Running(process, next(iter(facts["listeners"].values())), facts["data"])
    finally:
        process.terminate()
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _first_line(process: subprocess.Popen[bytes], stdout: IO[bytes]) -> dict[str, Any]:
    line = stdout.readline()
    if not line:
        # It has said why itself, on standard error.
        raise CliError(f"the broker did not start (it ended with {process.wait(_STOP_LIMIT_S)})")
    facts: dict[str, Any] = json.loads(line)
    return facts


def load(access: Access, path: Path, limit: int | None) -> Tally:
    """Writes the flights to the topic. Raises CliError unless every record was acknowledged."""
    total = min(limit or flights.FLIGHTS, flights.FLIGHTS)
    progress = Progress("Loading flights", "Loaded", total)
    tally = Tally()
    writer = Writer(access, acks="all", compression="lz4", linger_ms=20)
    try:
        for flight in flights.read(path):
            writer.send(TOPIC, flight.value, flight.key, timestamp_ms=flight.timestamp_ms)
            tally.add(flight.key, flight.value)
            if tally.total % _EVERY == 0:
                progress.at(tally.total)
            if tally.total == total:
                break
        writer.close()
    finally:
        progress.close()
    if writer.failed:
        raise CliError(f"{writer.failed} flights were not acknowledged: {'; '.join(writer.failures)}")
    if writer.sent != total:
        raise CliError(f"{writer.sent:,} flights were sent, the data set has {total:,}")
    progress.end(tally)
    return tally


def read_back(access: Access, expected: int) -> Tally:
    """Reads the topic as a consumer group, up to its end."""
    progress = Progress("Reading them back", "Read back", expected)
    cluster = Cluster(access)
    reader = Reader(access, group=CHECK_GROUP, follow=False)
    tally = Tally()
    try:
        reader.join([TOPIC], lambda fresh: cluster.resolve(fresh, Beginning()))
        for records in reader.records():
            for record in records:
                tally.add(record.key or b"", record.value or b"")
                reader.done_with(record)
            progress.at(tally.total)
    finally:
        progress.close()
        reader.close()
    progress.end(tally)
    return tally


def compare(sent: Tally, read: Tally) -> None:
    """Raises CliError unless every record came back, each key's in their order."""
    if read.records != sent.records:
        raise CliError(f"the counts differ: sent {sent.spoken()}; read back {read.spoken()}")
    if read.checksums != sent.checksums:
        differing = sorted(key.decode() for key in sent.checksums if read.checksums.get(key) != sent.checksums[key])
        raise CliError(f"the records of {', '.join(differing)} came back altered or in another order")


def _ready_topic(cluster: Cluster, data: str) -> bool:
    """Whether the flights are there already; otherwise the empty topic is made. Raises CliError for a topic with other records."""
    found = cluster.find_topic(TOPIC)
    if found is None:
        outcome = cluster.create_topics([TOPIC], partitions=PARTITIONS, replicas=-1, configs=TOPIC_CONFIGS)
        if outcome.failed:
            raise CliError(f"cannot create topic {TOPIC}: {outcome.failed[TOPIC]}")
        return False
    partitions = [(TOPIC, partition.index) for partition in found.partitions]
    earliest, latest = cluster.earliest(partitions), cluster.latest(partitions)
    held = sum(latest[p] - earliest[p] for p in partitions)
    if held not in (0, flights.FLIGHTS):
        raise CliError(
            f"topic {TOPIC} in {data} holds {held:,} records already: take another directory with --data DIR"
        )
    return held > 0


def _command() -> str:
    """How the `ottla` command is called from where the user stands."""
    script = Path(sys.executable).parent / "ottla"
    on_path = shutil.which("ottla")
    if on_path is not None and Path(on_path).exists() and script.exists() and Path(on_path).samefile(script):
        return "ottla"
    if not script.exists():
        return f"{sys.executable} -m ottla.cli"
    relative = os.path.relpath(script)
    return relative if not relative.startswith("..") else str(script)


def _what_next(bootstrap: str) -> None:
    ottla = _command()
    there = "" if bootstrap == LISTEN else f" -b {bootstrap}"
    say()
    say("Try these in another terminal:")
    for line in (
        f"topic describe {TOPIC}{there}",
        f"consume {TOPIC} --count 5 --keys{there}",
        f"consume {TOPIC} --from 2013-07-04 --count 3 --json{there}",
        f"consume {TOPIC} --group readers --count 1000 --format '%k %d\\n'{there}",
        f"group describe readers{there}",
    ):
        say(f"  {ottla} {line}")
    say(f"  echo 'hello' | {ottla} produce greetings{there}")
    say(f"Or connect any Kafka client to {bootstrap}.")
    say("Ctrl-C stops the broker.")


def demo(options: argparse.Namespace) -> int:
    """The whole of it. Raises CliError."""
    data = Path(options.data) if options.data else Path(tempfile.mkdtemp(prefix="ottla-demo-"))
    listen = options.listen or ("127.0.0.1:0" if options.once else LISTEN)
    try:
        path = flights.ensure(say)
        with started(listen, data) as broker:
            say(f"Ottla is up at {broker.bootstrap}, with its data in {broker.data}{_until_when(options)}")
            access = Access(broker.bootstrap, timeout_s=_TIMEOUT_S)
            cluster = Cluster(access)
            sent = None
            if _ready_topic(cluster, broker.data):
                say(f"Topic {TOPIC} holds the flights already.")
            else:
                sent = load(access, path, options.limit)
            if options.once:
                if sent is None:
                    raise CliError("--once needs a fresh data directory")
                read = read_back(access, sent.total)
                compare(sent, read)
                say(f"Every record came back, in order: {read.spoken()}")
                return OK
            _what_next(broker.bootstrap)
            code = broker.process.wait()
            raise CliError(f"the broker ended by itself, with {code}")
    finally:
        if not options.data:
            shutil.rmtree(data, ignore_errors=True)


def _until_when(options: argparse.Namespace) -> str:
    return "" if options.data else " (temporary: removed at the end; --data DIR keeps it)"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 done, 1 failed, 2 wrong command line."""
    parser = _Parser(
        prog="python -m ottla.demo", description="A broker with a year of flights in it, to try things on."
    )
    parser.add_argument("--once", action="store_true", help="read everything back, compare, and end")
    parser.add_argument("--data", metavar="DIR", help="data directory to use and keep (default: a temporary one)")
    parser.add_argument("--listen", metavar="HOST:PORT", help=f"address (default: {LISTEN}; with --once, a free port)")
    parser.add_argument("--limit", type=int, metavar="N", help="load only so many flights")
    previous = signal.signal(signal.SIGTERM, _on_sigterm)
    try:
        options = parser.parse_args(arguments)
        if options.limit is not None and options.limit < 1:
            raise UsageError(f"--limit {options.limit}: at least 1")
        return demo(options)
    except CliError as error:
        print(f"ottla.demo: {one_line(error)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return OK if not options.once else INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, previous)


def _on_sigterm(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
