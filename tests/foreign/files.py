"""Writing and reading whole logs, for the tests that hand a data directory from one server to another."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from confluent_kafka import OFFSET_BEGINNING, Consumer, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from tests.foreign.support import wait_for

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
NOISE = hashlib.shake_256(b"files").digest(1 << 16)

Record = tuple[int, int, bytes | None, bytes | None, tuple[tuple[str, bytes], ...], tuple[int, int]]


def server_under_test(folder: Path, **settings: str) -> OttlaServer | KafkaServer:
    """Ottla as a process; `OTTLA_TEST_SERVER=kafka` puts Apache Kafka in its place, which checks the tests themselves."""
    chosen = {key.replace("_", "."): value for key, value in settings.items()}
    if os.environ.get("OTTLA_TEST_SERVER") == "kafka":
        return KafkaServer(folder, chosen)
    return OttlaServer(folder, chosen)


def create(bootstrap: str, topic: str, partitions: int, **configs: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    chosen = {key.replace("_", "."): value for key, value in configs.items()}
    admin.create_topics([NewTopic(topic, partitions, 1, config=chosen)])[topic].result(30)
    wait_for(topic, lambda: topic in admin.list_topics(timeout=10).topics)


def write(bootstrap: str, topic: str, partitions: int, each: int, codec: str, *, first: int = 0, **more: Any) -> None:
    """`each` records to every partition, half of them compressible, with keys, headers, nulls and growing times."""
    settings = {key.replace("_", "."): value for key, value in more.items()}
    producer = Producer(
        {
            "bootstrap.servers": bootstrap,
            "compression.type": codec,
            "linger.ms": 5,
            "batch.num.messages": 50,
            **settings,
        }
    )
    for i in range(first, first + each):
        for partition in range(partitions):
            key = None if i % 9 == 0 else b"key-%d" % i
            start, size = i * 37 % 60_000, i * 13 % 700
            value = None if i % 11 == 0 else NOISE[start : start + size] if i % 2 else b"%d " % i * 40
            headers = [("i", b"%d" % i)]
            when = 1_700_000_000_000 + i * 10
            producer.produce(topic, value, key, partition, headers=headers, timestamp=when)
        producer.poll(0)
    assert producer.flush(60) == 0


def read_all(bootstrap: str, topic: str, partitions: int) -> list[Record]:
    """Every record of a topic, sorted by partition and offset."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "files", "enable.auto.commit": False, "check.crcs": True}
    )
    rows = [TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in range(partitions)]
    bounds = [consumer.get_watermark_offsets(row, timeout=20, cached=False) for row in rows]
    left = sum(high - low for low, high in bounds)
    consumer.assign(rows)
    found: list[Record] = []

    def turn() -> bool:
        for message in consumer.consume(1000, 0.2):
            assert message.error() is None, message.error()
            found.append(record(message))
        return len(found) >= left

    wait_for(f"{left} records of {topic}", turn, pause_s=0, limit_s=90)
    consumer.close()
    return sorted(found, key=lambda row: row[:2])


def record(message: Message) -> Record:
    headers = tuple((key, value) for key, value in message.headers() or [])
    return message.partition(), message.offset(), message.key(), message.value(), headers, message.timestamp()
