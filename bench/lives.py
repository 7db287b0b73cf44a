"""Cases about a server's own life: they start, stop and restart fresh ones. Run by the parent, one server at a time."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from confluent_kafka import Producer

from bench.cases.topics import create
from bench.clients import Delivered, Refused, make_topic, producer, pump
from bench.kafka_server import KafkaServer
from bench.measure import cpu_seconds, rss_mb
from bench.model import Metric, Sample
from bench.ottla_server import OttlaServer

Server = OttlaServer | KafkaServer
IDLE_S = 2.0
RESTART_LIMIT_S = 600.0


@dataclass(frozen=True)
class LifeSetting:
    """How much a life holds: topics made one by one; the partitions and bytes a restart has to take in."""

    topics: int
    partitions: int
    bytes: int


@dataclass(frozen=True)
class LifeCase:
    """Like `bench.model.Case`, but `run` is given a maker of fresh servers. Every step has an end of its own.

    `keeps_files`: nothing is removed between samples (`bench.leavings`); for cases with many files and few bytes.
    """

    name: str
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[Callable[[], Server], LifeSetting], Sample]
    quick: bool = True
    note: str = ""
    limit_s: float = 300.0
    keeps_files: bool = False


def first_ack(make: Callable[[], Server], setting: LifeSetting) -> Sample:
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


def many_partitions(make: Callable[[], Server], setting: LifeSetting) -> Sample:
    """Topics made on an empty server, then a restart in good order with them."""
    server = make()
    with server:
        begun = time.perf_counter()
        create(server.bootstrap, "many", setting.topics)
        made = time.perf_counter() - begun
        rss = rss_mb(server.pid)
        server.stop()
        begun = time.perf_counter()
        server.start()
        return {"created_s": made, "restart_s": time.perf_counter() - begun, "rss_mb": rss}


def restart(make: Callable[[], Server], setting: LifeSetting) -> Sample:
    """One topic with many partitions and much data: a restart in good order, and one after SIGKILL, each until a record is acknowledged."""
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < setting.bytes * 2 + (1 << 30):
        raise Refused(f"{free / 1e9:.0f} GB free: too little for {setting.bytes / 1e9:.0f} GB of log; see --restart-gb")
    server = make()
    server.start_limit_s = RESTART_LIMIT_S
    with server:
        make_topic(server.bootstrap, "full", setting.partitions)
        client = producer(server.bootstrap, acks="1", linger_ms=20, queue_buffering_max_kbytes=256 * 1024)
        pump(client, "full", 10_000, seconds=RESTART_LIMIT_S, bytes_max=setting.bytes)
        del client  # or it would go on knocking while the server is away
        begun = time.perf_counter()
        server.stop()
        stopped = time.perf_counter() - begun
        clean = _start_to_ack(server, setting.partitions)
        rss = rss_mb(server.pid)
        server.kill()
        return {
            "stop_s": stopped,
            "restart_s": clean,
            "recovery_s": _start_to_ack(server, setting.partitions),
            "rss_mb": rss,
        }


def _start_to_ack(server: Server, partitions: int) -> float:
    """Starts it and produces to the last partition; returns the seconds to the acknowledgement."""
    begun = time.perf_counter()
    server.start()
    client = producer(server.bootstrap, acks="1", linger_ms=0)
    delivered = Delivered()
    client.produce("full", b"here again", partition=partitions - 1, on_delivery=delivered)
    client.flush(RESTART_LIMIT_S)
    delivered.check(1)
    return time.perf_counter() - begun


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
        limit_s=900,
        keeps_files=True,
    ),
    LifeCase(
        "restart",
        "restart with many partitions and much data",
        (
            Metric("stop_s", "s stop", False),
            Metric("restart_s", "s restart", False, 0.7),
            Metric("recovery_s", "s after SIGKILL", False),
            Metric("rss_mb", "MB RSS", False),
        ),
        restart,
        quick=False,
        note="one topic; --restart-partitions and --restart-gb set its size",
        limit_s=3 * RESTART_LIMIT_S,
    ),
)
