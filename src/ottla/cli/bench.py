"""`ottla bench`: what one client gets out of a cluster, Ottla or any other. Measured at the client; see docs/bench.md."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import Annotated, Literal

from cyclopts import Parameter

from ottla.cli.client import load
from ottla.cli.client.model import Partition
from ottla.cli.errors import OK, CliError, UsageError
from ottla.cli.options import Json, Server, report
from ottla.cli.output import Row, note, print_json, print_table
from ottla.cli.values import duration_ms, size_bytes

SIZE_MAX = 100 << 20
SECONDS_MAX = 3600.0
LATENCY_SIZE_MAX = 100


def percentile(ascending: Sequence[float], share: float) -> float:
    """Nearest rank."""
    return ascending[min(len(ascending) - 1, math.ceil(share * len(ascending)) - 1)]


def bench(
    *,
    topic: Annotated[
        str | None,
        Parameter(
            help="Topic to use; what is sent stays in it. Without one, a topic is made and deleted.", show_default=False
        ),
    ] = None,
    partitions: Annotated[
        int, Parameter(name=["--partitions", "-p"], help="Partitions of the topic that is made.")
    ] = 6,
    replicas: Annotated[
        int, Parameter(help="Replicas of the topic that is made; -1 is the broker's default.", show_default=False)
    ] = -1,
    size: Annotated[str, Parameter(help="Size of a record.")] = "1KB",
    seconds: Annotated[str, Parameter(name=["--time", "-t"], help="How long each part takes at most.")] = "5s",
    most: Annotated[str, Parameter(help="How much is sent at most.")] = "1GB",
    acks: Annotated[Literal["all", "1", "0"], Parameter(help="Which answer counts as sent.")] = "all",
    compression: Annotated[
        Literal["none", "gzip", "snappy", "lz4", "zstd"],
        Parameter(name=["--compression", "-z"], help="How batches are packed."),
    ] = "none",
    json: Json = False,
    server: Server | None = None,
) -> int:
    """Measure a cluster: produce, consume, and one record at a time."""
    width, most_bytes, length_s = size_bytes(size), size_bytes(most), duration_ms(seconds) / 1000
    if not 1 <= width <= SIZE_MAX:
        raise UsageError(f"--size {size}: between 1B and {SIZE_MAX >> 20}MiB")
    if not 0 < length_s <= SECONDS_MAX:
        raise UsageError(f"--time {seconds}: between 1ms and 1h")
    if partitions < 1:
        raise UsageError(f"--partitions {partitions}: at least 1")
    where = server or Server()
    cluster, access = where.cluster(), where.access()
    name = topic or f"ottla-bench-{os.urandom(4).hex()}"
    if topic is None:
        configs = {"max.message.bytes": str(width + 4096)} if width > 900_000 else {}
        report(cluster.create_topics([name], partitions=partitions, replicas=replicas, configs=configs).failed)
    try:
        places: list[Partition] = [(name, found.index) for found in cluster.topic(name).partitions]
        starts = cluster.latest(places)
        sent = load.produce(
            access, name, size=width, seconds=length_s, bytes_max=most_bytes, acks=acks, compression=compression
        )
        if not sent.records:
            raise CliError("nothing was sent: give more --time or a greater --most")
        if acks == "0":  # nobody says how many of them arrived
            ends = cluster.latest(places)
            wanted = sum(ends[place] - starts[place] for place in places)
        else:
            wanted = sent.records
        read = load.consume(access, starts, wanted)
        times = load.round_trips(
            access, name, size=min(width, LATENCY_SIZE_MAX), seconds=length_s, acks="1" if acks == "0" else acks
        )
    finally:
        if topic is None:
            left = cluster.delete_topics([name]).failed
    if topic is None and left:
        note(f"topic {name} was not deleted: {left[name]}")
    _show(sent, read, times, json=json)
    return OK


def _show(sent: load.Moved, read: load.Moved, times: Sequence[float], *, json: bool) -> None:
    rows: list[Row] = [
        {
            "what": what,
            "records": moved.records,
            "seconds": round(moved.seconds, 3),
            "records_per_s": round(moved.records / moved.seconds),
            "mb_per_s": round(moved.bytes / 1e6 / moved.seconds, 2),
        }
        for what, moved in (("produce", sent), ("consume", read))
    ]
    shares = {"p50_ms": 0.5, "p99_ms": 0.99, "p999_ms": 0.999}
    latency = {name: round(percentile(times, share) * 1000, 3) for name, share in shares.items()}
    if json:
        print_json({**{str(row["what"]): row for row in rows}, "one_at_a_time": {"records": len(times), **latency}})
        return
    headings = {"what": "part", "records": "records", "seconds": "s", "records_per_s": "records/s", "mb_per_s": "MB/s"}
    print_table(rows, headings)
    print()
    print_table(
        [{"what": "one at a time", "records": len(times), **latency}],
        {"what": "part", "records": "records", "p50_ms": "p50 ms", "p99_ms": "p99 ms", "p999_ms": "p99.9 ms"},
    )
