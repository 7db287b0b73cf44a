"""A log directory that Apache Kafka 4.3.1 wrote is handed to Ottla: every record is served, and the log goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import toolbox
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from confluent_kafka.admin import AdminClient
from tests.foreign.conftest import ready
from tests.foreign.files import CODECS, Record, create, read_all, write
from tests.foreign.kafka_changes import BROKER, TOPIC, first_changes, later_changes, newest
from tests.foreign.support import wait_for
from tests.support.raw import RawClient

from ottla.wire.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

PARTITIONS = 2
RECORDS = 5000
TOPICS = [f"made-by-kafka-{codec}" for codec in CODECS] + ["made-by-kafka-appended"]


class Adopted:
    def __init__(self, ottla: OttlaServer, before: dict[str, list[Record]], ids: dict[str, str]) -> None:
        self.ottla = ottla
        self.before = before
        self.ids = ids


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adopted]:
    """Ottla on a directory that Kafka filled and left in good order."""
    ready(toolbox.java_class_path)
    before: dict[str, list[Record]] = {}
    with KafkaServer(tmp_path_factory.mktemp("kafka")) as kafka:
        for topic in TOPICS:
            # The records are older than the default retention, which would come round on a slow machine.
            kind = {"retention_ms": "-1"}
            if topic.endswith("appended"):
                kind["message_timestamp_type"] = "LogAppendTime"
            create(kafka.bootstrap, topic, PARTITIONS, segment_bytes=str(1 << 20), index_interval_bytes="1024", **kind)
            codec = topic.rsplit("-", 1)[1].replace("appended", "lz4")
            write(kafka.bootstrap, topic, PARTITIONS, RECORDS, codec, enable_idempotence=True)
            before[topic] = read_all(kafka.bootstrap, topic, PARTITIONS)
        ids = topic_ids(kafka.bootstrap)
        log_dir = kafka.log_dir
    with OttlaServer(tmp_path_factory.mktemp("ottla"), data=log_dir) as ottla:
        yield Adopted(ottla, before, ids)


def topic_ids(bootstrap: str) -> dict[str, str]:
    from confluent_kafka import TopicCollection

    admin = AdminClient({"bootstrap.servers": bootstrap})  # its futures fail when it goes
    futures = admin.describe_topics(TopicCollection(TOPICS))
    return {topic: str(future.result(30).topic_id) for topic, future in futures.items()}


def test_the_log_had_rolled(adopted: Adopted) -> None:
    logs = list((adopted.ottla.data / "made-by-kafka-none-0").glob("*.log"))
    assert len(logs) > 1


@pytest.mark.parametrize("topic", TOPICS)
def test_every_record_is_served(adopted: Adopted, topic: str) -> None:
    assert len(adopted.before[topic]) == PARTITIONS * RECORDS
    assert read_all(adopted.ottla.bootstrap, topic, PARTITIONS) == adopted.before[topic]


def test_topics_keep_their_ids(adopted: Adopted) -> None:
    assert topic_ids(adopted.ottla.bootstrap) == adopted.ids


@pytest.mark.parametrize("codec", CODECS)
def test_producing_goes_on_and_survives_a_kill(adopted: Adopted, codec: str) -> None:
    topic = f"made-by-kafka-{codec}"
    write(adopted.ottla.bootstrap, topic, PARTITIONS, 200, codec, first=RECORDS, enable_idempotence=True)
    after = read_all(adopted.ottla.bootstrap, topic, PARTITIONS)
    assert [row for row in after if row[1] < RECORDS] == adopted.before[topic]
    assert [row[1] for row in after] == list(range(RECORDS + 200)) * PARTITIONS
    adopted.ottla.kill()
    adopted.ottla.start()
    assert read_all(adopted.ottla.bootstrap, topic, PARTITIONS) == after


def overrides(port: int, kind: int, name: str, source: int) -> dict[str, str]:
    """What was set for a topic or broker itself."""
    with RawClient(port) as client:
        message = DescribeConfigsRequest([DescribeConfigsResource(kind, name, None)], False, False)
        (found,) = client.call(32, 4, message).results
    if found.error_code:  # Kafka's broker hears of a change after the client has
        return {}
    return {one.name: one.value for one in found.configs if one.config_source == source}


TOPIC_SOURCE, NODE_SOURCE, BROKERS_SOURCE = 1, 2, 3
KINDS = [
    (TOPIC, "kept", TOPIC_SOURCE),
    (TOPIC, "latest", TOPIC_SOURCE),
    (TOPIC, "plain", TOPIC_SOURCE),
    (TOPIC, "regained", TOPIC_SOURCE),
    (BROKER, "0", NODE_SOURCE),
    (BROKER, "", BROKERS_SOURCE),
]


@pytest.mark.parametrize("with_snapshot", [False, True])
def test_configurations_come_along(tmp_path: Path, with_snapshot: bool) -> None:
    """Kafka's own answers are the measure; the directory of a topic that it deleted lies there still, as a crash leaves it."""
    ready(toolbox.java_class_path)
    kafka = KafkaServer(tmp_path / "kafka")
    with kafka:
        first_changes(kafka)
        records = read_all(kafka.bootstrap, "kept", 3)
        shutil.copytree(kafka.log_dir / "gone-0", tmp_path / "gone-0")
        if with_snapshot:
            kafka.stop()
            kafka.settings["metadata.log.max.snapshot.interval.ms"] = "1"
            kafka.start()
            wait_for("a snapshot", lambda: newest(kafka.log_dir))
        later_changes(kafka)
        plain = {"segment.bytes": "1048576", "max.message.bytes": "3000"}
        wait_for("the last change", lambda: overrides(kafka.port, TOPIC, "plain", TOPIC_SOURCE) == plain)
        wait_for(
            "the last topic", lambda: overrides(kafka.port, TOPIC, "regained", TOPIC_SOURCE).keys() == {"segment.ms"}
        )
        said = {(kind, name): overrides(kafka.port, kind, name, source) for kind, name, source in KINDS}
    assert said[BROKER, ""]["log.retention.ms"] == "86400000"
    shutil.copytree(tmp_path / "gone-0", kafka.log_dir / "gone-0", dirs_exist_ok=True)
    # The records are older than any default lets them be.
    with OttlaServer(tmp_path / "ottla", {"log.retention.check.interval.ms": "100"}, data=kafka.log_dir) as ottla:
        assert {(kind, name): overrides(ottla.port, kind, name, source) for kind, name, source in KINDS} == said
        topics = AdminClient({"bootstrap.servers": ottla.bootstrap}).list_topics(timeout=20).topics
        there = {name: len(topic.partitions) for name, topic in topics.items() if not name.startswith("__")}
        assert there == {"kept": 3, "latest": 1, "plain": 2, "regained": 1}
        assert len(records) == 20
        assert read_all(ottla.bootstrap, "kept", 3) == records
