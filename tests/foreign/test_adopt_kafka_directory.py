"""A log directory that Apache Kafka 4.3.1 wrote is handed to Ottla: every record is served, and the log goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench import toolbox
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from confluent_kafka.admin import AdminClient
from tests.foreign.conftest import ready
from tests.foreign.files import CODECS, Record, create, read_all, write

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
    # Kafka keeps topic configurations in its metadata log, which is not adopted.
    with OttlaServer(tmp_path_factory.mktemp("ottla"), {"log.retention.ms": "-1"}, data=log_dir) as ottla:
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
