"""confluent-kafka as every case uses it: the same settings against either server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

PAYLOADS = 64
BLOCK = 500
BLOCK_BYTES = 8 << 20
# Old data leaves the disk soon after its topic is deleted, or a long bench fills it.
TOPIC_CONFIG = {"file.delete.delay.ms": "1000", "retention.ms": "-1"}


class Refused(Exception):
    """The server did not do what a case needs."""


def make_topic(bootstrap: str, name: str, partitions: int, **configs: str) -> AdminClient:
    """Makes a topic and waits until its partitions are there; returns the client that did it."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    chosen = TOPIC_CONFIG | {key.replace("_", "."): value for key, value in configs.items()}
    admin.create_topics([NewTopic(name, partitions, 1, config=chosen)])[name].result(60)
    deadline = time.monotonic() + 30
    while len(getattr(admin.list_topics(timeout=10).topics.get(name), "partitions", {})) != partitions:
        if time.monotonic() > deadline:
            raise Refused(f"topic {name} does not appear")
        time.sleep(0.05)
    return admin


@contextmanager
def topic(bootstrap: str, name: str, partitions: int, **configs: str) -> Iterator[str]:
    """A topic for one sample, deleted at its end."""
    admin = make_topic(bootstrap, name, partitions, **configs)
    try:
        yield name
    finally:
        admin.delete_topics([name])[name].result(60)


def wait_until_writable(bootstrap: str, name: str, partitions: int) -> None:
    """Writes a record to each partition with a client that retries: Kafka shows a topic a moment before it leads it."""
    client, delivered = producer(bootstrap, acks="1", linger_ms=0), Delivered()
    for partition in range(partitions):
        client.produce(name, b"ready", partition=partition, on_delivery=delivered)
    client.flush(30)
    delivered.check(partitions)


def payloads(size: int) -> list[bytes]:
    """Values that compress about as well as JSON does: half noise, half text."""
    kinds = PAYLOADS if size <= 100_000 else 8
    noise = _noise(size * kinds)
    text = b'{"origin":"EWR","carrier":"UA","dep_delay":2.0,"distance":1400}'
    made = []
    for i in range(kinds):
        head = noise[i * size : i * size + size // 2]
        made.append((head + text * (size // len(text) + 1))[:size])
    return made


def _noise(size: int) -> bytes:
    import random

    return random.Random(size).randbytes(size)


def producer(bootstrap: str, **more: Any) -> Producer:
    chosen = {key.replace("_", "."): value for key, value in more.items()}
    return Producer({"bootstrap.servers": bootstrap, "log_level": 0, **chosen})


class Delivered:
    """Counts delivery reports; the first failure is kept and raised by `check`."""

    def __init__(self) -> None:
        self.count = 0
        self.error: KafkaError | None = None

    def __call__(self, error: KafkaError | None, message: Message) -> None:
        if error is None:
            self.count += 1
        elif self.error is None:
            self.error = error

    def check(self, wanted: int) -> None:
        if self.error is not None or self.count != wanted:
            raise Refused(f"{self.count} of {wanted} records acknowledged; first failure: {self.error}")


def pump(client: Producer, name: str, size: int, *, seconds: float, bytes_max: int) -> int:
    """Produces blocks until time or volume is used up, flushes, and returns the number of records acknowledged."""
    values = payloads(size)
    rows = max(1, min(BLOCK, BLOCK_BYTES // size))
    block = [{"value": values[i % len(values)]} for i in range(rows)]
    delivered = Delivered()
    sent = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and sent * size < bytes_max:
        taken = client.produce_batch(name, block, on_delivery=delivered)
        sent += taken
        client.poll(0 if taken == rows else 0.005)
        if taken < rows:  # the queue is full: what did not fit is marked, and sent in a later round
            for row in block:
                row.pop("_error", None)
    if client.flush(120):
        raise Refused("records unanswered after 120 s")
    delivered.check(sent)
    return sent


def consumer(bootstrap: str, group: str, **more: Any) -> Consumer:
    chosen = {key.replace("_", "."): value for key, value in more.items()}
    return Consumer(
        {"bootstrap.servers": bootstrap, "group.id": group, "enable.auto.commit": False, "log_level": 0, **chosen}
    )


def drain(client: Consumer, name: str, partitions: int, count: int, limit_s: float = 120.0) -> tuple[int, float]:
    """Reads `count` records from the start of a topic; returns their bytes and the seconds from the first one on.

    What comes before is the client finding its leaders and offsets: half a second that says nothing about reading.
    """
    client.assign([TopicPartition(name, partition, OFFSET_BEGINNING) for partition in range(partitions)])
    got = size = 0
    first = 0.0
    end = time.perf_counter() + limit_s
    while got < count:
        # It waits until it has them all, so the first one is asked for alone.
        batch = client.consume(min(2000, count - got) if got else 1, 1.0)
        if batch and not got:
            first = time.perf_counter()
        for message in batch:
            if message.error() is not None:
                raise Refused(str(message.error()))
            size += len(message)
        got += len(batch)
        if time.perf_counter() > end:
            raise Refused(f"{got} of {count} records read within {limit_s:.0f} s")
    return size, time.perf_counter() - first
