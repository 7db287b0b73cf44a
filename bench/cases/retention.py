"""Produce latency while much data leaves the disk: a topic is filled, then given a bound, and everything beyond it goes at once."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ResourceType,
)

from bench.clients import Delivered, Refused, make_topic, payloads, producer, pump
from bench.lives import LifeCase, LifeSetting, Server
from bench.measure import percentile
from bench.model import NOT_THE_SAME, Metric, Sample

LIMIT_S = 900.0
RECORD = 10_000
IDLE_S = 8.0
SEGMENTS = 16
INITIAL_DELAY_S = 31.0  # neither server looks at retention sooner after its start


class ClosedLoops:
    """One-record produce requests, one at a time, at acks=1 and acks=all side by side: when each began, and how long it took."""

    def __init__(self, bootstrap: str) -> None:
        self.times: dict[str, list[tuple[float, float]]] = {"1": [], "all": []}
        self._bootstrap = bootstrap
        self._stop = threading.Event()
        self._failed: list[str] = []
        self._threads = [threading.Thread(target=self._loop, args=(acks,)) for acks in self.times]
        make_topic(bootstrap, "beside", 2)

    def _loop(self, acks: str) -> None:
        client = producer(self._bootstrap, acks=acks, linger_ms=0)
        (value, *_) = payloads(100)
        delivered = Delivered()
        sent = 0
        while not self._stop.is_set():
            begun = time.perf_counter()
            client.produce("beside", value, partition=int(acks == "1"), on_delivery=delivered)
            sent += 1
            while delivered.count < sent and delivered.error is None:
                client.poll(1.0)
            if delivered.error is not None:
                self._failed.append(str(delivered.error))
                return
            self.times[acks].append((begun, time.perf_counter() - begun))
            time.sleep(0.001)  # room for the server on a small machine; the loop stays closed

    def __enter__(self) -> ClosedLoops:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def p99_ms(self, acks: str, begun: float, ended: float) -> float:
        """Of the requests that began in between. Raises Refused when there are too few."""
        if self._failed:
            raise Refused(self._failed[0])
        found = sorted(took for at, took in self.times[acks] if begun <= at < ended)
        if len(found) < 20:
            raise Refused(f"only {len(found)} requests with acks={acks} in {ended - begun:.1f} s")
        return percentile(found, 0.99) * 1e3


def configure(bootstrap: str, topic: str, **configs: str) -> None:
    """Sets configurations of a topic."""
    entries = [
        ConfigEntry(key.replace("_", "."), value, incremental_operation=AlterConfigOpType.SET)
        for key, value in configs.items()
    ]
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=entries)
    admin = AdminClient({"bootstrap.servers": bootstrap})  # its futures fail when it goes
    for future in admin.incremental_alter_configs([resource]).values():
        future.result(30)


def wait_for(done: Callable[[], object], what: str, pause_s: float = 0.02) -> None:
    """Raises Refused when it does not come about."""
    ends = time.monotonic() + LIMIT_S
    while not done():
        if time.monotonic() > ends:
            raise Refused(f"{what}: not within {LIMIT_S:.0f} s")
        time.sleep(pause_s)


def size_of(folder: Path) -> int:
    """Bytes on disk, those included that only wait for their deletion."""
    total = 0
    with contextlib.suppress(FileNotFoundError):
        for path in folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_blocks * 512 if path.suffix != ".index" else 0
    return total


def segment_bytes(size: int) -> int:
    return max(size // SEGMENTS, 1 << 20)


@contextlib.contextmanager
def started(make: Callable[[], Server], **settings: str) -> Iterator[Server]:
    server = make()
    server.settings = {**server.settings, **{key.replace("_", "."): value for key, value in settings.items()}}
    with server:
        yield server


def retention(make: Callable[[], Server], setting: LifeSetting) -> Sample:
    size = setting.bytes
    with started(make, log_retention_check_interval_ms="500") as server:
        up = time.perf_counter()
        make_topic(server.bootstrap, "old", 1, segment_bytes=str(segment_bytes(size)), file_delete_delay_ms="1000")
        client = producer(server.bootstrap, acks="1", linger_ms=20, queue_buffering_max_kbytes=256 * 1024)
        pump(client, "old", RECORD, seconds=LIMIT_S, bytes_max=size)
        del client
        time.sleep(max(0.0, up + INITIAL_DELAY_S - time.perf_counter()))
        folder = Path(server.log_dir) / "old-0"
        full = size_of(folder)
        with ClosedLoops(server.bootstrap) as loops:
            time.sleep(2)
            idle = time.perf_counter()
            time.sleep(IDLE_S)
            configure(server.bootstrap, "old", retention_bytes="1")
            begun = time.perf_counter()
            wait_for(lambda: any(folder.glob("*.deleted")), "retention began")
            wait_for(lambda: not any(folder.glob("*.deleted")) and size_of(folder) < full // 2, "the files are gone")
            ended = time.perf_counter()
            time.sleep(1)  # the journal is still at it
        figures: dict[str, float] = {"deleted_s": ended - begun}
        for acks, name in (("1", "acks_1"), ("all", "acks_all")):
            before, during = loops.p99_ms(acks, idle, begun), loops.p99_ms(acks, begun, ended + 1)
            figures |= {f"{name}_p99_ms": during, f"{name}_to_idle": during / before}
        return figures


def _p99(name: str, acks: str) -> tuple[Metric, ...]:
    return (
        Metric(f"{name}_p99_ms", f"ms p99 acks={acks}", False),
        Metric(f"{name}_to_idle", f"x idle, acks={acks}", False, bound=2.0),
    )


CASES = (
    LifeCase(
        "retention",
        "produce while retention deletes much at once",
        (*_p99("acks_1", "1"), *_p99("acks_all", "all"), Metric("deleted_s", "s", False)),
        retention,
        quick=False,
        note=f"{NOT_THE_SAME}; --restart-gb sets the size",
        limit_s=3 * LIMIT_S,
    ),
)
