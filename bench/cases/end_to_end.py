"""From the moment a record was due to the moment a consumer has it, at a fixed rate.

Counted from the schedule, not from the send, so that a stall delays every record it held up (no coordinated omission).
"""

from __future__ import annotations

import struct
import threading
import time

from confluent_kafka import TopicPartition

from bench.clients import Refused, consumer, producer, topic
from bench.measure import Span, percentile
from bench.model import Case, Metric, Sample, Setting


def case(rate: int, *, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        count = max(int(rate * setting.seconds), 20)
        warm = min(rate // 2, count // 2)
        with topic(setting.bootstrap, f"e2e-{setting.tag}", 1) as name:
            reader = consumer(setting.bootstrap, f"bench-{setting.tag}", fetch_wait_max_ms=500, fetch_min_bytes=1)
            reader.assign([TopicPartition(name, 0, 0)])
            late: list[float] = []
            failure: list[str] = []

            def read() -> None:
                limit = time.perf_counter() + setting.seconds * 3 + 60
                while len(late) < warm + count:
                    message = reader.poll(0.2)
                    if message is not None:
                        if message.error() is not None:
                            failure.append(str(message.error()))
                            return
                        late.append(time.perf_counter() - struct.unpack_from(">d", message.value() or b"")[0])
                    if time.perf_counter() > limit:
                        failure.append(f"{len(late)} of {warm + count} records came")
                        return

            client = producer(setting.bootstrap, acks="1", linger_ms=0)
            thread = threading.Thread(target=read)
            thread.start()
            filler = bytes(92)

            def send(number: int) -> None:
                begun = time.perf_counter()
                for i in range(number):
                    due = begun + i / rate
                    while (wait := due - time.perf_counter()) > 0:
                        client.poll(0)
                        time.sleep(min(wait, 0.0005))
                    client.produce(name, struct.pack(">d", due) + filler)
                    client.poll(0)
                client.flush(60)

            send(warm)
            with Span(setting.pid) as span:
                send(count)
            thread.join()
            reader.close()
        if failure:
            raise Refused(failure[0])
        times = sorted(late[warm:])
        return {
            "p50_ms": percentile(times, 0.5) * 1e3,
            "p99_ms": percentile(times, 0.99) * 1e3,
            "cores": span.server_s / span.wall_s,
        }

    metrics = (
        Metric("p50_ms", "ms p50", False, 1.2),
        Metric("p99_ms", "ms p99", False, 0.3),
        Metric("cores", "cores", False, 0.3),
    )
    return Case(f"end-to-end-{rate}", f"end to end at {rate:,}/s, acks=1", metrics, run, quick, steady=True)


CASES = (case(1000), case(100, quick=False), case(5000, quick=False))
