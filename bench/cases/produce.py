"""Batched produce: throughput and the server's CPU for it."""

from __future__ import annotations

from bench.clients import producer, pump, topic
from bench.measure import Span
from bench.model import BOTH_DURABLE, CPU_PER_GB, NOT_THE_SAME, THROUGHPUT, Case, Sample, Setting

PARTITIONS = 6


def case(
    size: int,
    label: str,
    acks: str,
    *,
    idempotent: bool = False,
    codec: str = "none",
    quick: bool = True,
    flush: bool = False,
    partitions: int = PARTITIONS,
) -> Case:
    def run(setting: Setting) -> Sample:
        with topic(setting.bootstrap, f"produce-{setting.tag}", count_of(setting), **configs) as name:
            client = producer(
                setting.bootstrap,
                acks=acks,
                enable_idempotence=idempotent,
                compression_type=codec,
                linger_ms=5,
                queue_buffering_max_messages=200_000,
                queue_buffering_max_kbytes=256 * 1024,
                message_max_bytes=2_000_000,
            )
            pump(
                client, name, size, seconds=min(0.3, setting.seconds), bytes_max=32 << 20
            )  # connections, first segments
            with Span(setting.pid) as span:
                count = pump(client, name, size, seconds=setting.seconds, bytes_max=setting.bytes_max)
        moved = count * size
        return {
            "mb_per_s": moved / 1e6 / span.wall_s,
            "cpu_s_per_gb": span.server_s / (moved / 1e9),
            "client_cpu_s_per_gb": span.client_s / (moved / 1e9),
        }

    def count_of(setting: Setting) -> int:
        return min(partitions, max(setting.count_max, PARTITIONS))

    configs = {"flush_messages": "1"} if flush else {}
    if size > 900_000:
        configs["max_message_bytes"] = "2000000"
    parts = [f"produce-{label}", f"acks-{acks}"]
    parts += ["idempotent"] if idempotent else []
    parts += [codec] if codec != "none" else []
    parts += [f"p{partitions}"] if partitions != PARTITIONS else []
    parts += ["durable"] if flush else []
    title = f"produce {label}, acks={acks}" + ", idempotent" * idempotent + f", {codec}" * (codec != "none")
    title += f", {partitions:,} partitions" * (partitions != PARTITIONS)
    note = BOTH_DURABLE if flush else NOT_THE_SAME if acks == "all" else ""
    return Case("-".join(parts), title + ", both durable" * flush, (THROUGHPUT, CPU_PER_GB), run, quick, note)


CASES = (
    case(1000, "1KB", "1"),
    case(1000, "1KB", "all"),
    case(1000, "1KB", "all", idempotent=True, quick=False),
    case(1000, "1KB", "0", quick=False),
    case(100, "100B", "1"),
    case(100, "100B", "all", quick=False),
    case(10_000, "10KB", "1"),
    case(10_000, "10KB", "all", quick=False),
    case(1_000_000, "1MB", "1", quick=False),
    case(1_000_000, "1MB", "all", quick=False),
    case(1000, "1KB", "1", codec="lz4", quick=False),
    case(1000, "1KB", "1", codec="zstd", quick=False),
    case(1000, "1KB", "1", codec="gzip", quick=False),
    case(1000, "1KB", "1", codec="snappy", quick=False),
    case(1000, "1KB", "all", flush=True, quick=False),
    case(1000, "1KB", "1", partitions=1, quick=False),
    case(1000, "1KB", "1", partitions=100, quick=False),
    case(1000, "1KB", "1", partitions=5000, quick=False),
)
