"""Many consumers that wait for records which do not come: long polls over raw sockets, answered and repeated."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time

from bench import kafka_wire
from bench.clients import Refused, topic
from bench.measure import Span
from bench.model import Case, Metric, Sample, Setting

MAX_WAIT_MS = 500


class Waiter:
    """One connection with one Fetch under way, in a fetch session where the server grants one."""

    def __init__(self, address: tuple[str, int], name: str, partition: int) -> None:
        self.link = socket.create_connection(address, 10)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.name, self.partition = name, partition
        self.session = self.epoch = self.correlation = self.answers = 0
        self._inbox = kafka_wire.Inbox("an idle consumer's connection")

    def ask(self) -> None:
        self.correlation += 1
        if self.session:
            self.epoch += 1
            body = kafka_wire.incremental_fetch_body(
                max_wait_ms=MAX_WAIT_MS, session_id=self.session, session_epoch=self.epoch
            )
        else:
            body = kafka_wire.fetch_body(self.name, self.partition, 0, max_wait_ms=MAX_WAIT_MS)
        self.link.sendall(kafka_wire.frame(kafka_wire.FETCH, kafka_wire.FETCH_VERSION, self.correlation, body))

    def ready(self) -> None:
        """Takes what arrived; asks again when an answer is whole."""
        for answer in self._inbox.receive(self.link):
            _, error, session = kafka_wire.fetch_outcome(answer)
            if error in {70, 71}:  # the session was evicted: start over without
                self.session = self.epoch = 0
            elif error:
                raise Refused(f"fetch error {error}")
            elif session != self.session:
                self.session, self.epoch = session, 0
            self.answers += 1
            self.ask()


def case(consumers: int, *, quick: bool = True) -> Case:
    def run(setting: Setting) -> Sample:
        number = min(consumers, setting.count_max)
        address = kafka_wire.address(setting.bootstrap)
        with contextlib.ExitStack() as stack:
            name = stack.enter_context(topic(setting.bootstrap, f"idle-{setting.tag}", 10))
            selector = stack.enter_context(contextlib.closing(selectors.DefaultSelector()))
            waiters = []
            for i in range(number):
                waiter = Waiter(address, name, i % 10)
                stack.enter_context(contextlib.closing(waiter.link))
                selector.register(waiter.link, selectors.EVENT_READ, waiter)
                waiters.append(waiter)
                waiter.ask()

            def wait(seconds: float) -> None:
                end = time.perf_counter() + seconds
                while (left := end - time.perf_counter()) > 0:
                    for key, _ in selector.select(left):
                        key.data.ready()

            wait(2 * MAX_WAIT_MS / 1000 + 0.5)
            before = sum(waiter.answers for waiter in waiters)
            with Span(setting.pid) as span:
                wait(setting.seconds)
            answers = sum(waiter.answers for waiter in waiters) - before
        if answers < number * setting.seconds * 1000 / MAX_WAIT_MS * 0.5:
            raise Refused(f"{answers} answers to {number} consumers in {setting.seconds:.1f} s")
        return {"cores": span.server_s / span.wall_s, "cpu_us_per_poll": span.server_s / answers * 1e6}

    metrics = (Metric("cores", "cores", False, 0.4), Metric("cpu_us_per_poll", "CPU-µs/poll", False))
    return Case(f"idle-{consumers}", f"{consumers:,} idle consumers, {MAX_WAIT_MS} ms long polls", metrics, run, quick)


CASES = (case(200), case(2000, quick=False))
