"""Reading a topic from its start: throughput and the server's CPU per GB fetched; warm, cold, and by many groups at once."""

from __future__ import annotations

import threading
import time

from bench import page_cache
from bench.clients import Refused, consumer, drain, producer, pump, topic
from bench.measure import Span
from bench.model import Case, Metric, Sample, Setting

METRICS = (Metric("mb_per_s", "MB/s", True, 1.0), Metric("cpu_s_per_gb", "CPU-s/GB", False, 0.5))
PARTITIONS = 6
COLD_AT_MOST = 0.05


def filled(setting: Setting, name: str, size: int) -> int:
    """Fills a topic for this sample; returns the number of its records."""
    client = producer(
        setting.bootstrap, acks="1", linger_ms=5, queue_buffering_max_kbytes=256 * 1024, message_max_bytes=2_000_000
    )
    return pump(client, name, size, seconds=setting.seconds * 2, bytes_max=setting.bytes_max)


def configs(size: int) -> dict[str, str]:
    return {"max_message_bytes": "2000000"} if size > 900_000 else {}


def case(size: int, label: str, *, readers: int = 1, partitions: int = PARTITIONS, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        number = min(partitions, max(setting.count_max, PARTITIONS))
        with topic(setting.bootstrap, f"consume-{setting.tag}", number, **configs(size)) as name:
            count = filled(setting, name, size)
            moved, seconds = 0, 0.0
            with Span(setting.pid) as span:
                for reader in range(readers):
                    size_read, took = _drained(setting, f"bench-{setting.tag}-{reader}", name, number, count)
                    moved, seconds = moved + size_read, seconds + took
        return {"mb_per_s": moved / 1e6 / seconds, "cpu_s_per_gb": span.server_s / (moved / 1e9)}

    title = f"consume {label}" + f", {readers} readers in turn" * (readers > 1)
    name = f"consume-{label}" + f"-x{readers}" * (readers > 1) + f"-p{partitions}" * (partitions != PARTITIONS)
    title += f", {partitions:,} partitions" * (partitions != PARTITIONS)
    return Case(name, title, METRICS, run, quick)


def _drained(setting: Setting, group: str, name: str, partitions: int, count: int) -> tuple[int, float]:
    client = consumer(setting.bootstrap, group, fetch_wait_max_ms=100, queued_min_messages=200_000)
    try:
        return drain(client, name, partitions, count)
    finally:
        client.close()


def cold(size: int, label: str, *, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        if setting.data is None:
            raise Refused("the server's files are not on this machine: nothing can be made cold")
        with topic(setting.bootstrap, f"cold-{setting.tag}", PARTITIONS, **configs(size)) as name:
            count = filled(setting, name, size)
            resident = page_cache.drop(setting.data, name)
            if resident > COLD_AT_MOST:
                raise Refused(f"{resident:.0%} of the log stayed in memory (a tmpfs?): a read would not be cold")
            with Span(setting.pid) as span:
                moved, seconds = _drained(setting, f"bench-{setting.tag}", name, PARTITIONS, count)
        return {"mb_per_s": moved / 1e6 / seconds, "cpu_s_per_gb": span.server_s / (moved / 1e9)}

    note = "page cache dropped before the read; the disk below may still have its own"
    return Case(f"consume-cold-{label}", f"catch-up read of cold data, {label}", METRICS, run, quick, note)


def fan_out(groups: int, *, quick: bool = False) -> Case:
    """Every group reads what one producer writes, at the same time, with committed offsets, as subscribers do."""

    def run(setting: Setting) -> Sample:
        number = min(groups, max(2, setting.count_max))
        with topic(setting.bootstrap, f"fan-{setting.tag}", PARTITIONS) as name:
            goal = threading.Event()
            wanted = [0]
            assigned = threading.Semaphore(0)
            sizes = [0] * number
            failures: list[str] = []

            def read(index: int) -> None:
                client = consumer(
                    setting.bootstrap,
                    f"fan-{setting.tag}-{index}",
                    enable_auto_commit=True,
                    auto_offset_reset="earliest",
                    fetch_wait_max_ms=100,
                )
                client.subscribe([name], on_assign=lambda *_: assigned.release())
                got = 0
                limit = time.monotonic() + 40 + 15 * setting.seconds
                while not (goal.is_set() and got >= wanted[0]):
                    batch = client.consume(2000, 0.1)
                    for message in batch:
                        if message.error() is not None:
                            failures.append(str(message.error()))
                            return
                        sizes[index] += len(message)
                    got += len(batch)
                    if time.monotonic() > limit:
                        failures.append(f"group {index} read {got} of {wanted[0]} records")
                        return
                client.close()

            threads = [threading.Thread(target=read, args=(index,), daemon=True) for index in range(number)]
            for thread in threads:
                thread.start()
            for _ in threads:
                if not assigned.acquire(timeout=30):
                    raise Refused("a group got no assignment within 30 s")
            client = producer(setting.bootstrap, acks="1", linger_ms=5, queue_buffering_max_kbytes=64 * 1024)
            with Span(setting.pid) as span:
                wanted[0] = pump(
                    client, name, 1000, seconds=setting.seconds, bytes_max=max(setting.bytes_max // number, 1 << 20)
                )
                goal.set()
                for thread in threads:
                    thread.join(60 + 15 * setting.seconds)
            if failures:
                raise Refused(failures[0])
        moved = sum(sizes)
        return {"mb_per_s": moved / 1e6 / span.wall_s, "cpu_s_per_gb": span.server_s / (moved / 1e9)}

    metrics = (Metric("mb_per_s", "MB/s read", True, 1.0), Metric("cpu_s_per_gb", "CPU-s/GB", False, 0.5))
    title = f"one producer, {groups} group{'s' * (groups > 1)} reading along, 1KB"
    return Case(f"fan-out-{groups}", title, metrics, run, quick, "the clients share two cores with the server")


CASES = (
    case(1000, "1KB"),
    case(100, "100B", quick=False),
    case(10_000, "10KB", quick=False),
    case(1_000_000, "1MB", quick=False),
    case(1000, "1KB", readers=5, quick=False),
    case(1000, "1KB", partitions=100, quick=False),
    cold(1000, "1KB"),
    cold(10_000, "10KB", quick=False),
    fan_out(1),
    fan_out(10),
)
