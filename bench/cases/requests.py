"""One record a request: pipelined for rate, one at a time for latency."""

from __future__ import annotations

import time

from bench.clients import Delivered, Refused, payloads, producer, topic
from bench.measure import Span, percentile
from bench.model import BOTH_DURABLE, NOT_THE_SAME, Case, Metric, Sample, Setting


def pipelined(acks: str, *, durable: bool = False, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        configs = {"flush_messages": "1"} if durable else {}
        with topic(setting.bootstrap, f"requests-{setting.tag}", 1, **configs) as name:
            client = producer(
                setting.bootstrap, acks=acks, linger_ms=0, batch_num_messages=1, max_in_flight_requests_per_connection=5
            )
            (value, *_) = payloads(100)
            delivered = Delivered()
            sent = 0
            with Span(setting.pid) as span:
                end = time.perf_counter() + setting.seconds
                while time.perf_counter() < end:
                    for _ in range(50):
                        client.produce(name, value, on_delivery=delivered)
                    sent += 50
                    client.poll(0)
                    while sent - delivered.count > 200:
                        client.poll(0.001)
                if client.flush(60):
                    raise Refused("records unanswered after 60 s")
            delivered.check(sent)
        return {"requests_per_s": sent / span.wall_s, "cpu_us_per_request": span.server_s / sent * 1e6}

    metrics = (
        Metric("requests_per_s", "requests/s", True, 1.2),
        Metric("cpu_us_per_request", "CPU-µs/request", False, 0.6),
    )
    suffix = "-durable" if durable else ""
    title = f"one-record requests, pipelined, acks={acks}" + ", both durable" * durable
    note = BOTH_DURABLE if durable else NOT_THE_SAME if acks == "all" else ""
    return Case(f"pipelined-acks-{acks}{suffix}", title, metrics, run, quick, note)


def closed_loop(acks: str, *, durable: bool = False, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        configs = {"flush_messages": "1"} if durable else {}
        with topic(setting.bootstrap, f"closed-{setting.tag}", 1, **configs) as name:
            client = producer(setting.bootstrap, acks=acks, linger_ms=0)
            (value, *_) = payloads(100)
            times: list[float] = []
            delivered = Delivered()
            for _ in range(20):
                client.produce(name, value)
                client.flush(10)
            with Span(setting.pid) as span:
                end = time.perf_counter() + setting.seconds
                while time.perf_counter() < end:
                    begun = time.perf_counter()
                    client.produce(name, value, on_delivery=delivered)
                    while delivered.count == len(times) and delivered.error is None:
                        client.poll(1.0)
                    if delivered.error is not None:
                        raise Refused(str(delivered.error))
                    times.append(time.perf_counter() - begun)
        times.sort()
        return {
            "p50_ms": percentile(times, 0.5) * 1e3,
            "p99_ms": percentile(times, 0.99) * 1e3,
            "p999_ms": percentile(times, 0.999) * 1e3,
            "cpu_us_per_request": span.server_s / len(times) * 1e6,
        }

    p50, p99, cpu = (0.4, 0.3, 0.1) if durable else (1.0, 0.7, 0.5)
    metrics = (
        Metric("p50_ms", "ms p50", False, p50),
        Metric("p99_ms", "ms p99", False, p99),
        Metric("p999_ms", "ms p99.9", False),
        Metric("cpu_us_per_request", "CPU-µs/request", False, cpu),
    )
    suffix = "-durable" if durable else ""
    title = f"closed loop, acks={acks}" + ", both durable" * durable
    note = BOTH_DURABLE if durable else NOT_THE_SAME if acks == "all" else ""
    return Case(f"closed-loop-acks-{acks}{suffix}", title, metrics, run, quick, note, steady=True)


CASES = (
    pipelined("1"),
    pipelined("all", quick=False),
    pipelined("all", durable=True, quick=False),
    closed_loop("1"),
    closed_loop("all"),
    closed_loop("all", durable=True),
)
