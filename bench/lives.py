"""Cases about a server's own life: they start, stop and restart fresh ones. Run by the parent, one server at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from confluent_kafka import Producer

from bench.cases.topics import create
from bench.clients import Delivered, Refused
from bench.kafka_server import KafkaServer
from bench.measure import cpu_seconds, rss_mb
from bench.model import Metric, Sample
from bench.ottla_server import OttlaServer

Server = OttlaServer | KafkaServer
IDLE_S = 2.0


@dataclass(frozen=True)
class LifeCase:
    """Like `bench.model.Case`, but `run` is given a maker of fresh servers and the number of topics of this scale."""

    name: str
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[Callable[[], Server], int], Sample]
    quick: bool = True
    note: str = ""


def first_ack(make: Callable[[], Server], count: int) -> Sample:
    """From the start of the process to the first acknowledged record; then the memory of an idle server."""
    server = make()
    with server:
        server.stop()  # the data directory is made and formatted; what is measured is a start on it
        client = Producer(
            {
                "bootstrap.servers": server.bootstrap,
                "acks": 1,
                "reconnect.backoff.ms": 5,
                "reconnect.backoff.max.ms": 10,
                "retry.backoff.ms": 5,
                "retry.backoff.max.ms": 10,
                "topic.metadata.refresh.fast.interval.ms": 10,
                "log_level": 0,
            }
        )
        delivered = Delivered()
        starter = threading.Thread(target=server.start)
        begun = time.perf_counter()
        starter.start()
        client.produce("first", b"ack", on_delivery=delivered)
        while delivered.count == 0:
            client.poll(0.01)
            if time.perf_counter() - begun > 60 or delivered.error is not None:
                raise Refused(f"no first ack within 60 s: {delivered.error}")
        seconds = time.perf_counter() - begun
        starter.join()
        used = cpu_seconds(server.pid)
        time.sleep(IDLE_S)
        return {
            "start_s": seconds,
            "start_cpu_s": used,
            "idle_rss_mb": rss_mb(server.pid),
            "idle_cores": (cpu_seconds(server.pid) - used) / IDLE_S,
        }


def many_partitions(make: Callable[[], Server], count: int) -> Sample:
    """`count` topics made on an empty server, then a restart in good order with them."""
    server = make()
    with server:
        begun = time.perf_counter()
        create(server.bootstrap, "many", count)
        made = time.perf_counter() - begun
        rss = rss_mb(server.pid)
        server.stop()
        begun = time.perf_counter()
        server.start()
        return {"created_s": made, "restart_s": time.perf_counter() - begun, "rss_mb": rss}


CASES = (
    LifeCase(
        "start",
        "start to first ack, and idle",
        (
            Metric("start_s", "s", False, 0.2),
            Metric("start_cpu_s", "CPU-s", False),
            Metric("idle_rss_mb", "MB RSS", False, 0.2),
            Metric("idle_cores", "cores idle", False),
        ),
        first_ack,
    ),
    LifeCase(
        "partitions-5000",
        "5,000 topics created, restart with them",
        (
            Metric("created_s", "s created", False, 0.7),
            Metric("restart_s", "s restart", False, 0.7),
            Metric("rss_mb", "MB RSS", False),
        ),
        many_partitions,
        quick=False,
    ),
)
