"""The admin half as a real client meets it: librdkafka's AdminClient against a broker in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import (
    ConsumerGroupTopicPartitions,
    ElectionType,
    KafkaError,
    KafkaException,
    Producer,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic, OffsetSpec

from ottla.testing import EmbeddedBroker, broker

LIMIT_S = 20


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedBroker]:
    with broker(num_partitions=3) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: EmbeddedBroker) -> AdminClient:
    return client(server)


def client(server: EmbeddedBroker) -> AdminClient:
    return AdminClient({"bootstrap.servers": server.bootstrap, "log_level": 0})


def outcome(futures: dict[Any, Any]) -> dict[Any, str]:
    """Each future's end: "ok" or the error's name."""
    out = {}
    for key, future in futures.items():
        try:
            future.result(LIMIT_S)
            out[key] = "ok"
        except KafkaException as problem:
            error: KafkaError = problem.args[0]
            out[key] = error.name()
    return out


def produce(server: EmbeddedBroker, topic: str, count: int, partition: int = 0) -> None:
    producer = Producer({"bootstrap.servers": server.bootstrap, "acks": "all", "log_level": 0})
    for number in range(count):
        producer.produce(topic, str(number).encode(), partition=partition, timestamp=1_000_000 + 1000 * number)
    assert producer.flush(LIMIT_S) == 0


def offset(admin: AdminClient, topic: str, spec: Any, partition: int = 0) -> int:
    (future,) = admin.list_offsets({TopicPartition(topic, partition): spec}).values()
    found: int = future.result(LIMIT_S).offset
    return found


def test_the_life_of_a_topic(server: EmbeddedBroker, admin: AdminClient) -> None:
    assert outcome(admin.create_topics([NewTopic("life", 2, 1, config={"retention.ms": "60000"})])) == {"life": "ok"}
    assert outcome(admin.create_topics([NewTopic("life", 2, 1)])) == {"life": "TOPIC_ALREADY_EXISTS"}
    listed = admin.list_topics(timeout=LIMIT_S)
    assert sorted(listed.topics["life"].partitions) == [0, 1]
    assert listed.cluster_id == server.node.cluster_id if server.node else True

    assert outcome(admin.create_partitions([NewPartitions("life", 4)])) == {"life": "ok"}
    assert outcome(admin.create_partitions([NewPartitions("life", 3)])) == {"life": "INVALID_PARTITIONS"}
    described = admin.describe_topics(TopicCollection(["life"]), include_authorized_operations=True)["life"].result(
        LIMIT_S
    )
    assert [(one.id, one.leader.id, [node.id for node in one.isr]) for one in described.partitions] == [
        (index, 1, [1]) for index in range(4)
    ]
    assert len(described.authorized_operations) == 8

    assert outcome(admin.delete_topics(["life"])) == {"life": "ok"}
    assert outcome(admin.delete_topics(["life"])) == {"life": "UNKNOWN_TOPIC_OR_PART"}
    assert "life" not in admin.list_topics(timeout=LIMIT_S).topics


@pytest.mark.parametrize(
    ("topic", "error"),
    [
        (NewTopic("no such name", 1, 1), "TOPIC_EXCEPTION"),
        (NewTopic("t", 1, 3), "INVALID_REPLICATION_FACTOR"),
        (NewTopic("t", 1, 1, config={"retention.ms": "soon"}), "INVALID_CONFIG"),
        (NewTopic("t", 1, 1, config={"retention.msec": "1"}), "INVALID_CONFIG"),
        (NewTopic("t", 2, replica_assignment=[[1], [99]]), "INVALID_REPLICA_ASSIGNMENT"),
    ],
)
def test_topics_that_cannot_be(admin: AdminClient, topic: NewTopic, error: str) -> None:
    assert list(outcome(admin.create_topics([topic])).values()) == [error]
    assert "t" not in admin.list_topics(timeout=LIMIT_S).topics


def test_validate_only(admin: AdminClient) -> None:
    assert outcome(admin.create_topics([NewTopic("maybe", 1, 1)], validate_only=True)) == {"maybe": "ok"}
    assert "maybe" not in admin.list_topics(timeout=LIMIT_S).topics


def test_producing_to_a_topic_that_is_not_there_makes_it(server: EmbeddedBroker, admin: AdminClient) -> None:
    produce(server, "fresh", 5, partition=2)
    assert len(admin.list_topics("fresh", timeout=LIMIT_S).topics["fresh"].partitions) == 3
    assert offset(admin, "fresh", OffsetSpec.latest(), 2) == 5


def test_offsets_by_time_and_deleted_records(server: EmbeddedBroker, admin: AdminClient) -> None:
    outcome(admin.create_topics([NewTopic("times", 1, 1)]))
    assert offset(admin, "times", OffsetSpec.latest()) == 0
    produce(server, "times", 10)
    assert offset(admin, "times", OffsetSpec.earliest()) == 0
    assert offset(admin, "times", OffsetSpec.latest()) == 10
    assert offset(admin, "times", OffsetSpec.max_timestamp()) == 9
    assert offset(admin, "times", OffsetSpec.for_timestamp(1_003_500)) == 4
    assert offset(admin, "times", OffsetSpec.for_timestamp(9_000_000)) == -1

    (future,) = admin.delete_records([TopicPartition("times", 0, 4)]).values()
    assert future.result(LIMIT_S).low_watermark == 4
    assert offset(admin, "times", OffsetSpec.earliest()) == 4
    assert offset(admin, "times", OffsetSpec.for_timestamp(0)) == 4
    assert outcome(admin.delete_records([TopicPartition("times", 0, 11)])) == {
        TopicPartition("times", 0): "OFFSET_OUT_OF_RANGE"
    }


def test_the_cluster_and_elections(server: EmbeddedBroker, admin: AdminClient) -> None:
    found = admin.describe_cluster(include_authorized_operations=True).result(LIMIT_S)
    assert (found.controller.id, [node.id for node in found.nodes]) == (1, [1])
    assert f"127.0.0.1:{found.nodes[0].port}" == server.bootstrap
    assert len(found.authorized_operations) == 7
    outcome(admin.create_topics([NewTopic("led", 1, 1)]))
    result = admin.elect_leaders(ElectionType.PREFERRED, [TopicPartition("led", 0)]).result(LIMIT_S)
    assert [error.name() for error in result.values()] == ["ELECTION_NOT_NEEDED"]


def test_topics_over_a_restart(tmp_path: Path) -> None:
    with broker(data=tmp_path) as server:
        admin = client(server)
        outcome(admin.create_topics([NewTopic(name, 2, 1) for name in ("kept", "gone", "again")]))
        produce(server, "kept", 3, partition=1)
        produce(server, "again", 3)
        outcome(admin.delete_topics(["gone", "again"]))
        outcome(admin.create_topics([NewTopic("again", 1, 1)]))
        outcome(admin.create_partitions([NewPartitions("kept", 3)]))
        ids = {name: topic.topic_id for name, topic in topics(server).items()}
    with broker(data=tmp_path) as server:
        admin = client(server)
        assert {name: topic.topic_id for name, topic in topics(server).items()} == ids
        listed = admin.list_topics(timeout=LIMIT_S).topics
        assert {name: len(topic.partitions) for name, topic in listed.items()} == {"kept": 3, "again": 1}
        assert offset(admin, "kept", OffsetSpec.latest(), 1) == 3
        assert offset(admin, "again", OffsetSpec.latest()) == 0
        assert outcome(admin.create_topics([NewTopic("gone", 1, 1)])) == {"gone": "ok"}
        assert offset(admin, "gone", OffsetSpec.latest()) == 0


def topics(server: EmbeddedBroker) -> dict[str, Any]:
    assert server.node is not None
    return dict(server.node.broker.catalogue.topics)


def test_deleting_a_topic_takes_its_committed_offsets_along(server: EmbeddedBroker, admin: AdminClient) -> None:
    outcome(admin.create_topics([NewTopic("offsets", 1, 1)]))
    produce(server, "offsets", 3)
    given = ConsumerGroupTopicPartitions("readers", [TopicPartition("offsets", 0, 2)])
    (future,) = admin.alter_consumer_group_offsets([given]).values()
    future.result(LIMIT_S)

    def committed() -> list[int]:
        asked = ConsumerGroupTopicPartitions("readers", [TopicPartition("offsets", 0)])
        (future,) = admin.list_consumer_group_offsets([asked]).values()
        return [one.offset for one in future.result(LIMIT_S).topic_partitions]

    assert committed() == [2]
    outcome(admin.delete_topics(["offsets"]))
    outcome(admin.create_topics([NewTopic("offsets", 1, 1)]))
    assert committed() == [-1001]


@pytest.mark.slow
def test_five_thousand_topics_in_less_than_ten_seconds() -> None:
    with broker() as server:
        admin = client(server)
        start = time.process_time()
        futures: dict[Any, Any] = {}
        for request in range(10):
            futures |= admin.create_topics([NewTopic(f"many-{request}-{number}", 1, 1) for number in range(500)])
        assert set(outcome(futures).values()) == {"ok"}
        # CPU of client and broker together: how long it takes by the clock is also the neighbours' doing (1.4 s on a quiet machine).
        assert time.process_time() - start < 8
        assert len(admin.list_topics(timeout=LIMIT_S).topics) == 5000
