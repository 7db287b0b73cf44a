"""Reading a topic from its start: throughput and the server's CPU per GB fetched."""

from __future__ import annotations

from bench.clients import consumer, drain, producer, pump, topic
from bench.measure import Span
from bench.model import Case, Metric, Sample, Setting

METRICS = (Metric("mb_per_s", "MB/s", True, 1.0), Metric("cpu_s_per_gb", "CPU-s/GB", False, 0.5))


def case(size: int, label: str, *, readers: int = 1, quick: bool = True) -> Case:
    partitions = 6

    def run(setting: Setting) -> Sample:
        with topic(setting.bootstrap, f"consume-{setting.tag}", partitions) as name:
            count = pump(
                producer(setting.bootstrap, acks="1", linger_ms=5, queue_buffering_max_kbytes=256 * 1024),
                name,
                size,
                seconds=setting.seconds * 2,
                bytes_max=setting.bytes_max,
            )
            moved = 0
            with Span(setting.pid) as span:
                for reader in range(readers):
                    client = consumer(
                        setting.bootstrap,
                        f"bench-{setting.tag}-{reader}",
                        fetch_wait_max_ms=100,
                        queued_min_messages=200_000,
                    )
                    moved += drain(client, name, partitions, count)
                    client.close()
        return {"mb_per_s": moved / 1e6 / span.wall_s, "cpu_s_per_gb": span.server_s / (moved / 1e9)}

    times = f", {readers} readers in turn" if readers > 1 else ""
    return Case(
        f"consume-{label}" + (f"-x{readers}" if readers > 1 else ""), f"consume {label}{times}", METRICS, run, quick
    )


CASES = (
    case(1000, "1KB"),
    case(100, "100B", quick=False),
    case(10_000, "10KB", quick=False),
    case(1000, "1KB", readers=5, quick=False),
)
