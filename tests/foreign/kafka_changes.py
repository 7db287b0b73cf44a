"""Changes of every kind that an adopted metadata log may hold, made in a running Apache Kafka.

    python tests/foreign/kafka_changes.py FOLDER

writes `log` (a log without snapshot) and `snapshot` (the oldest of its snapshots, and the log) for tests without Java into the folder.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.kafka_server import KafkaServer
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic
from tests.foreign.support import wait_for
from tests.support.raw import RawClient

from ottla.wire.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)

TOPIC, BROKER = 2, 4
SET, DELETE = 0, 1
METADATA = "__cluster_metadata-0"


def first_changes(kafka: KafkaServer) -> None:
    """Topics `kept`, `latest`, `gone`, `plain`, `regained`, and records in them that Kafka's defaults would soon delete."""
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    done(
        admin.create_topics(
            [
                NewTopic("kept", 3, 1, config={"retention.ms": "-1"}),
                NewTopic("latest", 1, 1, config={"cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.01"}),
                NewTopic("gone", 2, 1, config={"retention.ms": "-1"}),
                NewTopic("plain", 1, 1, config={"retention.ms": "-1", "segment.bytes": "1048576"}),
                NewTopic("regained", 1, 1, config={"cleanup.policy": "compact"}),
            ]
        )
    )
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "enable.idempotence": True})
    for n in range(20):
        for topic in ("kept", "latest", "gone"):
            producer.produce(topic, b"value %d" % n, b"key %d" % (n % 5), timestamp=1_600_000_000_000 + n)
    assert producer.flush(30) == 0
    configure(kafka, BROKER, "", "log.retention.ms", "86400000")
    configure(kafka, BROKER, "", "log.cleaner.delete.retention.ms", "1000")
    configure(kafka, BROKER, "0", "log.cleaner.threads", "2")


def later_changes(kafka: KafkaServer) -> None:
    """A config deleted again, a deleted topic, one deleted and made anew, one with more partitions."""
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    configure(kafka, TOPIC, "plain", "max.message.bytes", "2000")
    configure(kafka, TOPIC, "plain", "retention.ms", None)
    configure(kafka, TOPIC, "plain", "max.message.bytes", "3000")
    configure(kafka, BROKER, "", "log.cleaner.delete.retention.ms", None)
    done(admin.create_partitions([NewPartitions("plain", 2)]))
    done(admin.delete_topics(["gone", "regained"]))
    done(admin.create_topics([NewTopic("regained", 1, 1, config={"segment.ms": "60000"})]))


def done(futures: Mapping[str, Any]) -> None:
    for future in futures.values():
        future.result(30)


def configure(kafka: KafkaServer, kind: int, name: str, key: str, value: str | None) -> None:
    edit = AlterableConfig(key, DELETE if value is None else SET, value)
    with RawClient(kafka.port) as client:
        answer = client.call(44, 1, IncrementalAlterConfigsRequest([AlterConfigsResource(kind, name, [edit])], False))
    assert [one.error_code for one in answer.responses] == [0], answer


def make(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kafka = KafkaServer(Path(folder) / "log", heap_mb=384)
        with kafka:
            first_changes(kafka)
            later_changes(kafka)
        take(kafka.log_dir / METADATA, target / "log")
        kafka = KafkaServer(Path(folder) / "snapshot", {"metadata.max.idle.interval.ms": "0"}, heap_mb=384)
        with kafka:
            first_changes(kafka)
        kafka.settings["metadata.log.max.snapshot.interval.ms"] = "1"
        with kafka.start():
            wait_for("a snapshot", lambda: newest(kafka.log_dir) > 0)
            kafka.stop()
        kafka.settings["metadata.log.max.snapshot.interval.ms"] = "3600000"
        with kafka.start():
            later_changes(kafka)
        take(kafka.log_dir / METADATA, target / "snapshot")


def newest(directory: Path) -> int:
    """The end offset of the newest snapshot, 0 without one."""
    return max((int(path.name[:20]) for path in (directory / METADATA).glob("*.checkpoint")), default=0)


def take(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for path in [*source.glob("*.log"), *sorted(source.glob("*.checkpoint"))[:1]]:
        shutil.copyfile(path, target / path.name)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
