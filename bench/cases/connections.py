"""Many connections that each say little: latency at a fixed rate over all of them, alone and beside one that says much.

Requests go out in small bursts on a fixed schedule, round robin, and are timed from the schedule (no coordinated omission).
"""

from __future__ import annotations

import contextlib
import resource
import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator

from bench import kafka_wire, toolbox
from bench.clients import Refused, topic, wait_until_writable
from bench.measure import Span, percentile
from bench.model import Case, Metric, Sample, Setting

PARTITIONS = 10
TICK_S = 0.01
RATE = 1000
SETTLE_S = 10.0


class Link:
    """One connection; its requests under way by the time they were due."""

    def __init__(self, address: tuple[str, int], name: str, index: int) -> None:
        self.socket = socket.create_connection(address, 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        records = kafka_wire.record_batch(bytes(100), int(time.time() * 1000))
        body = kafka_wire.produce_body(name, index % PARTITIONS, records, acks=1)
        self._request = kafka_wire.frame(kafka_wire.PRODUCE, kafka_wire.PRODUCE_VERSION, index, body)
        self._due: deque[float] = deque()
        self._inbox = kafka_wire.Inbox("a connection")

    def send(self, due: float) -> None:
        self._due.append(due)
        self.socket.sendall(self._request)

    def take(self, late: list[float]) -> None:
        for answer in self._inbox.receive(self.socket):
            if error := kafka_wire.produce_error(answer):
                raise Refused(f"produce error {error}")
            late.append(time.perf_counter() - self._due.popleft())


class Crowd:
    """`number` open connections."""

    def __init__(self, bootstrap: str, name: str, number: int, stack: contextlib.ExitStack) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < number + 200:
            if hard != resource.RLIM_INFINITY and hard < number + 200:
                raise Refused(f"this machine allows {hard} open files: too few for {number} connections")
            resource.setrlimit(resource.RLIMIT_NOFILE, (number + 200, hard))
        self._selector = stack.enter_context(contextlib.closing(selectors.DefaultSelector()))
        address = kafka_wire.address(bootstrap)
        self.links = []
        for index in range(number):
            link = Link(address, name, index)
            stack.enter_context(contextlib.closing(link.socket))
            self._selector.register(link.socket, selectors.EVENT_READ, link)
            self.links.append(link)
        self._next = 0

    def _pass(self, until: float, late: list[float]) -> None:
        """Takes answers until a moment. The kernel's timeouts are whole milliseconds: the last one is spent looking."""
        while True:
            left = until - time.perf_counter()
            for key, _ in self._selector.select(max(0.0, int(left * 1000) / 1000)):
                key.data.take(late)
            if left <= 0:
                return

    def run(self, seconds: float) -> list[float]:
        """Sends `RATE` requests a second; returns their times from due to answered, in ascending order."""
        late: list[float] = []
        burst = int(RATE * TICK_S)
        begun = time.perf_counter()
        sent = 0
        for tick in range(max(1, int(seconds / TICK_S))):
            due = begun + tick * TICK_S
            self._pass(due, late)
            for _ in range(burst):
                self.links[self._next % len(self.links)].send(due)
                self._next += 1
            sent += burst
        limit = time.perf_counter() + SETTLE_S
        while len(late) < sent:
            if time.perf_counter() > limit:
                raise Refused(f"{len(late)} of {sent} requests answered")
            self._pass(time.perf_counter() + 0.005, late)
        return sorted(late)


def case(number: int, *, quick: bool = False) -> Case:
    def run(setting: Setting) -> Sample:
        with contextlib.ExitStack() as stack:
            name = stack.enter_context(topic(setting.bootstrap, f"links-{setting.tag}", PARTITIONS))
            wait_until_writable(setting.bootstrap, name, PARTITIONS)
            begun = time.perf_counter()
            crowd = Crowd(setting.bootstrap, name, min(number, max(10, setting.count_max)), stack)
            opened = time.perf_counter() - begun
            crowd.run(min(setting.seconds, 1.0))
            with Span(setting.pid) as span:
                times = crowd.run(setting.seconds)
        return {
            "p50_ms": percentile(times, 0.5) * 1e3,
            "p99_ms": percentile(times, 0.99) * 1e3,
            "cpu_us_per_request": span.server_s / len(times) * 1e6,
            "connect_ms": opened * 1e3 / len(crowd.links),
        }

    metrics = (
        Metric("p50_ms", "ms p50", False),
        Metric("p99_ms", "ms p99", False, 0.7),
        Metric("cpu_us_per_request", "CPU-µs/request", False, 0.6),
        Metric("connect_ms", "ms/connect", False),
    )
    title = f"{number:,} connections, {RATE:,} one-record requests/s over all, acks=1"
    return Case(f"connections-{number}", title, metrics, run, quick, steady=True)


@contextlib.contextmanager
def neighbour(setting: Setting) -> Iterator[None]:
    """A process that produces as fast as it can, on a topic of its own, at a lower priority than the one that measures."""
    with topic(setting.bootstrap, f"noise-{setting.tag}", 6) as name:
        argv = [sys.executable, "-m", "bench.neighbour", setting.bootstrap, name, str(setting.seconds * 3 + 30)]
        with subprocess.Popen(argv, cwd=toolbox.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            try:
                assert process.stdout is not None
                if process.stdout.readline() != b"running\n":
                    raise Refused("the neighbour did not start")
                yield
                if process.poll() is not None:
                    raise Refused("the neighbour ended too early")
            finally:
                process.kill()


def noisy(number: int, *, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        with contextlib.ExitStack() as stack:
            name = stack.enter_context(topic(setting.bootstrap, f"quiet-{setting.tag}", PARTITIONS))
            wait_until_writable(setting.bootstrap, name, PARTITIONS)
            crowd = Crowd(setting.bootstrap, name, min(number, max(10, setting.count_max)), stack)
            crowd.run(min(setting.seconds, 1.0))
            quiet = percentile(crowd.run(setting.seconds), 0.99)
            with neighbour(setting):
                crowd.run(min(setting.seconds, 0.5))
                loud = percentile(crowd.run(setting.seconds), 0.99)
        return {"quiet_p99_ms": quiet * 1e3, "noisy_p99_ms": loud * 1e3, "times": loud / quiet}

    metrics = (
        Metric("quiet_p99_ms", "ms p99 quiet", False),
        Metric("noisy_p99_ms", "ms p99 noisy", False),
        Metric("times", "× quiet p99", False, bound=2.0),
    )
    title = f"{number:,} connections, one noisy neighbour"
    return Case(
        f"noisy-{number}",
        title,
        metrics,
        run,
        quick,
        "the neighbour's own client takes its share of two cores",
        steady=True,
    )


CASES = (case(10), case(500), case(2000), noisy(500))
