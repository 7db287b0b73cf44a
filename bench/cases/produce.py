"""Batched produce: throughput and the server's CPU for it."""

from __future__ import annotations

from bench.clients import producer, pump, topic
from bench.measure import Span
from bench.model import CPU_PER_GB, THROUGHPUT, Case, Sample, Setting

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
) -> Case:
    def run(setting: Setting) -> Sample:
        with topic(setting.bootstrap, f"produce-{setting.tag}", PARTITIONS, **configs) as name:
            client = producer(
                setting.bootstrap,
                acks=acks,
                enable_idempotence=idempotent,
                compression_type=codec,
                linger_ms=5,
                queue_buffering_max_messages=200_000,
                queue_buffering_max_kbytes=256 * 1024,
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

    configs = {"flush_messages": "1"} if flush else {}
    parts = [f"produce-{label}", f"acks-{acks}"]
    parts += ["idempotent"] if idempotent else []
    parts += [codec] if codec != "none" else []
    parts += ["durable"] if flush else []
    title = f"produce {label}, acks={acks}" + ", idempotent" * idempotent + f", {codec}" * (codec != "none")
    note = "Kafka with flush.messages=1, Ottla as it is" if flush else ""
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
    case(900_000, "900KB", "1", quick=False),
    case(1000, "1KB", "1", codec="lz4", quick=False),
    case(1000, "1KB", "1", codec="zstd", quick=False),
    case(1000, "1KB", "1", codec="gzip", quick=False),
    case(1000, "1KB", "1", codec="snappy", quick=False),
    case(1000, "1KB", "all", flush=True, quick=False),
)
