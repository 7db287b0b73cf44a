"""Transactional produce with a commit at a fixed interval."""

from __future__ import annotations

import time

from bench.clients import Delivered, Refused, payloads, producer, topic
from bench.measure import Span, percentile
from bench.model import Case, Metric, Sample, Setting

ADD_PARTITIONS_TO_TXN = 24
PARTITIONS = 6
BLOCK = 200
QUEUE_KIB = 4096  # small, so that a commit's time is the commit's and not that of a long queue before it


def case(interval_ms: int, *, quick: bool = False) -> Case:
    def run(setting: Setting) -> Sample:
        with topic(setting.bootstrap, f"txn-{setting.tag}", PARTITIONS) as name:
            client = producer(
                setting.bootstrap,
                transactional_id=f"bench-{setting.tag}",
                linger_ms=5,
                transaction_timeout_ms=30_000,
                queue_buffering_max_kbytes=QUEUE_KIB,
            )
            client.init_transactions(30)
            values = payloads(1000)
            block = [{"value": values[i % len(values)]} for i in range(BLOCK)]
            delivered = Delivered()
            commits: list[float] = []
            sent = 0
            with Span(setting.pid) as span:
                end = time.perf_counter() + setting.seconds
                while time.perf_counter() < end and sent * 1000 < setting.bytes_max:
                    client.begin_transaction()
                    commit_at = time.perf_counter() + interval_ms / 1000
                    while True:
                        taken = client.produce_batch(name, block, on_delivery=delivered)
                        sent += taken
                        client.poll(0 if taken == BLOCK else 0.002)
                        if taken < BLOCK:
                            for row in block:
                                row.pop("_error", None)
                        if time.perf_counter() >= commit_at:
                            break
                    begun = time.perf_counter()
                    client.commit_transaction(30)
                    commits.append(time.perf_counter() - begun)
            delivered.check(sent)
        if not commits:
            raise Refused("no transaction was committed")
        commits.sort()
        return {
            "mb_per_s": sent / 1e3 / span.wall_s,
            "cpu_s_per_gb": span.server_s / (sent / 1e6),
            "p50_ms": percentile(commits, 0.5) * 1e3,
            "p99_ms": percentile(commits, 0.99) * 1e3,
        }

    metrics = (
        Metric("mb_per_s", "MB/s", True),
        Metric("cpu_s_per_gb", "CPU-s/GB", False),
        Metric("p50_ms", "ms p50 commit", False),
        Metric("p99_ms", "ms p99 commit", False),
    )
    title = f"transactions, 1KB, a commit every {interval_ms:,} ms"
    note = "a commit waits for its records to be delivered; ours are flushed, Kafka's are in the page cache"
    return Case(f"transactions-{interval_ms}ms", title, metrics, run, quick, note, needs=ADD_PARTITIONS_TO_TXN)


CASES = (case(10), case(100), case(1000))
