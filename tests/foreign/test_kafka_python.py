"""kafka-python 3 (pure Python, its own encoding of every message): produce, groups, commits, admin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, KafkaAdminClient, NewPartitions, NewTopic, OffsetSpec
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.errors import (
    InvalidPartitionsError,
    InvalidReplicationFactorError,
    KafkaError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
)
from kafka.structs import OffsetAndMetadata
from tests.foreign.support import wait_for


class Kit:
    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.admin = KafkaAdminClient(bootstrap_servers=bootstrap)
        self.open: list[Any] = []

    def create(self, topic: str, partitions: int, **configs: str) -> str:
        chosen = {key.replace("_", "."): value for key, value in configs.items()}
        self.admin.create_topics([NewTopic(topic, partitions, 1, topic_configs=chosen)], wait_for_metadata=True)
        return topic

    def producer(self, **more: Any) -> KafkaProducer:
        producer = KafkaProducer(bootstrap_servers=self.bootstrap, **more)
        self.open.append(producer)
        return producer

    def fill(self, topic: str, partitions: int, each: int) -> None:
        producer = self.producer(linger_ms=5)
        sent = [producer.send(topic, b"v%d" % i, partition=p) for p in range(partitions) for i in range(each)]
        for future in sent:
            future.get(30)

    def consumer(self, group: str | None, **more: Any) -> KafkaConsumer:
        base: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap,
            "group_id": group,
            "auto_offset_reset": "earliest",
            "enable_auto_commit": False,
            "heartbeat_interval_ms": 200,
            "session_timeout_ms": 10000,
        }
        consumer = KafkaConsumer(**(base | more))
        self.open.append(consumer)
        return consumer

    def subscribe(self, consumer: KafkaConsumer, topic: str, **more: Any) -> None:
        """Subscribes, and does not poll before the consumer knows the topic's partitions, in this order.

        kafka-python 3.0 notes what it assigns by only from a metadata answer that comes while it is subscribed (`_metadata_snapshot`).
        A leader that assigns before that joins once more when the answer comes, which may be any time later as it queues behind the
        fetches. For that rebalance `rejoin_needed` stays False, and the leader's assigning makes the snapshots equal again: if that poll's
        time is up before the SyncGroup answer, `need_rejoin()` is False at the next, nobody takes the assignment from `_join_task` and
        heartbeats stay off until the session ends. Seen with Apache Kafka as well; no broker can help it.
        """
        consumer.subscribe([topic], **more)
        wait_for("metadata", lambda: consumer.partitions_for_topic(topic))

    def close(self, client: Any) -> None:
        self.open.remove(client)
        client.close()

    def committed(self, group: str) -> dict[int, tuple[int, str]]:
        rows = self.admin.list_group_offsets({group: None})[group]
        return {row.partition: (kept.offset, kept.metadata) for row, kept in rows.items()}


@pytest.fixture
def kit(broker: str) -> Iterator[Kit]:
    kit = Kit(broker)
    yield kit
    for client in kit.open:
        client.close()
    kit.admin.close()


def read(consumer: KafkaConsumer, count: int) -> list[Any]:
    got: list[Any] = []

    def turn() -> bool:
        for records in consumer.poll(200).values():
            got.extend(records)
        return len(got) >= count

    wait_for(f"{count} records", turn, pause_s=0)
    return got


@pytest.mark.parametrize("idempotent", [False, True])
# This client needs further packages for snappy and zstd; the other clients cover them.
@pytest.mark.parametrize("codec", [None, "gzip", "lz4"])
def test_every_codec_key_header_and_null_comes_back(kit: Kit, name: str, codec: str | None, idempotent: bool) -> None:
    topic = kit.create(name, 1)
    producer = kit.producer(compression_type=codec, enable_idempotence=idempotent, acks="all", linger_ms=20)
    sent, futures = [], []
    for i in range(60):
        key = None if i % 6 == 0 else b"k%d" % i
        value = None if i % 6 == 3 else b"v%d-" % i + b"x" * i * 3
        headers = [("i", b"%d" % i), ("empty", b"")]
        when = 1_700_000_000_000 + i
        sent.append((key, value, headers, when))
        futures.append(producer.send(topic, value, key, headers, 0, when))
    assert [future.get(30).offset for future in futures] == list(range(60))
    consumer = kit.consumer(None)
    consumer.assign([TopicPartition(topic, 0)])
    consumer.seek_to_beginning()
    got = read(consumer, 60)
    assert [(r.key, r.value, [tuple(h) for h in r.headers], r.timestamp) for r in got] == sent
    assert [r.offset for r in got] == list(range(60))


def test_offsets_at_both_ends_and_by_time(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    producer = kit.producer(compression_type="gzip", linger_ms=20)
    futures = [producer.send(topic, b"v", partition=0, timestamp_ms=1_700_000_000_000 + 10 * i) for i in range(100)]
    for future in futures:
        future.get(30)
    row = TopicPartition(topic, 0)
    consumer = kit.consumer(None)
    assert consumer.beginning_offsets([row]) == {row: 0}
    assert consumer.end_offsets([row]) == {row: 100}
    found = consumer.offsets_for_times({row: 1_700_000_000_455})[row]
    assert (found.offset, found.timestamp) == (46, 1_700_000_000_460)
    assert consumer.offsets_for_times({row: 1_700_000_001_000})[row] is None
    listed = kit.admin.list_partition_offsets({row: OffsetSpec.MAX_TIMESTAMP})
    assert (listed[row].offset, listed[row].timestamp) == (99, 1_700_000_000_990)
    assert kit.admin.delete_records({row: 30})[row]["low_watermark"] == 30
    assert consumer.beginning_offsets([row]) == {row: 30}


class Member(ConsumerRebalanceListener):  # type: ignore[misc]
    """A consumer of a group that polls in its own thread and notes what it is told."""

    def __init__(self, kit: Kit, group: str, topic: str, assignor: Any) -> None:
        self.kit = kit
        self.consumer = kit.consumer(group, partition_assignment_strategy=(assignor,))
        self.assigned: set[int] = set()
        self.revoked: list[int] = []
        self.seen: list[tuple[int, int]] = []
        self.failure: BaseException | None = None
        self._stop = threading.Event()
        kit.subscribe(self.consumer, topic, listener=self)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self.assigned |= {row.partition for row in assigned}

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        if revoked:
            self.revoked.append(len(revoked))
        self.assigned -= {row.partition for row in revoked}

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                for row, records in self.consumer.poll(50).items():
                    self.seen.extend((row.partition, record.offset) for record in records)
                    self.consumer.commit()
        except KafkaError as failure:
            self.failure = failure

    def leave(self) -> None:
        self._stop.set()
        self._thread.join(30)
        self.kit.close(self.consumer)


@pytest.mark.parametrize("assignor", [RangePartitionAssignor, CooperativeStickyAssignor])
def test_a_group_splits_and_heals(kit: Kit, name: str, assignor: Any) -> None:
    topic = kit.create(name, 4)
    kit.fill(topic, 4, 25)
    group = f"{name}-g"
    one = Member(kit, group, topic, assignor)
    wait_for("one has everything", lambda: len(one.assigned) == 4 and len(one.seen) == 100)
    wait_for("its commits", lambda: sum(offset for offset, _ in kit.committed(group).values()) == 100)
    two = Member(kit, group, topic, assignor)
    wait_for("both have two", lambda: len(one.assigned) == 2 and len(two.assigned) == 2)
    assert one.assigned.isdisjoint(two.assigned)
    # kafka-python 3.0 throws an assignment away that comes between two polls, and joins once more (`join_group_async`: `is_done`).
    wait_for("the group is at rest", lambda: kit.admin.describe_groups([group])[group]["group_state"] == "Stable")
    assert len(kit.admin.describe_groups([group])[group]["members"]) == 2
    two.leave()
    wait_for("one has everything again", lambda: len(one.assigned) == 4)
    one.leave()
    assert (one.failure, two.failure, two.seen) == (None, None, [])
    assert sorted(one.seen) == [(partition, offset) for partition in range(4) for offset in range(25)]
    if assignor is CooperativeStickyAssignor:
        assert one.revoked[:1] == [2]


def test_commits_with_metadata_and_resumes(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 1), f"{name}-g"
    kit.fill(topic, 1, 100)
    row = TopicPartition(topic, 0)
    first = kit.consumer(group, max_poll_records=40)
    kit.subscribe(first, topic)
    assert [r.offset for r in read(first, 40)] == list(range(40))
    first.commit({row: OffsetAndMetadata(40, "forty", -1)})
    kit.close(first)
    assert kit.committed(group) == {0: (40, "forty")}
    second = kit.consumer(group)
    kit.subscribe(second, topic)
    assert [r.offset for r in read(second, 60)] == list(range(40, 100))
    second.commit()
    assert second.committed(row) == 100


def test_admin_topics(kit: Kit, name: str) -> None:
    topic = kit.create(name, 2)
    for wanted, refused in [
        (NewTopic(topic, 1, 1), TopicAlreadyExistsError),
        (NewTopic(f"{name}-x", 0, 1), InvalidPartitionsError),
        (NewTopic(f"{name}-x", 1, 9), InvalidReplicationFactorError),
    ]:
        with pytest.raises(refused):
            kit.admin.create_topics([wanted])
    kit.admin.create_topics([NewTopic(f"{name}-dry", 1, 1)], validate_only=True)
    assert f"{name}-dry" not in kit.admin.list_topics()
    assert topic in kit.admin.list_topics()

    kit.admin.create_partitions({topic: NewPartitions(5)})
    wait_for("5 partitions", lambda: len(kit.admin.describe_topics([topic])[0]["partitions"]) == 5)
    with pytest.raises(InvalidPartitionsError):
        kit.admin.create_partitions({topic: NewPartitions(2)})
    kit.admin.delete_topics([topic])
    wait_for("its end", lambda: topic not in kit.admin.list_topics())
    with pytest.raises(UnknownTopicOrPartitionError):
        kit.admin.delete_topics([topic])


def test_admin_configs(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1, retention_ms="123456789")

    def value() -> dict[str, Any]:
        described = kit.admin.describe_configs([ConfigResource("TOPIC", topic)], include_synonyms=True)
        return dict(described["topic"][topic].get("retention.ms", {}))

    assert (value()["value"], value()["config_source"]) == ("123456789", "DYNAMIC_TOPIC_CONFIG")
    altered = kit.admin.alter_configs([ConfigResource("TOPIC", topic, {"retention.ms": "60000"})])
    assert altered == {"topic": {topic: "OK"}}
    wait_for("the new value", lambda: value()["value"] == "60000")
    refused = kit.admin.alter_configs([ConfigResource("TOPIC", topic, {"retention.ms": "soon"})])
    assert "Error 40" in refused["topic"][topic]
    kit.admin.reset_configs([ConfigResource("TOPIC", topic, ["retention.ms"])])
    wait_for("the default", lambda: not value())


def test_admin_groups(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 2), f"{name}-g"
    kit.fill(topic, 2, 5)
    consumer = kit.consumer(group)
    kit.subscribe(consumer, topic)
    read(consumer, 10)
    consumer.commit()
    assert kit.admin.delete_groups([group]) == {group: "NonEmptyGroupError"}
    kit.close(consumer)
    (listed,) = [row for row in kit.admin.list_groups() if row["group_id"] == group]
    assert (listed["protocol_type"], listed["group_state"], listed["group_type"]) == ("consumer", "Empty", "classic")
    kit.admin.alter_group_offsets(group, {TopicPartition(topic, 0): OffsetAndMetadata(3, "", -1)})
    assert {partition: offset for partition, (offset, _) in kit.committed(group).items()} == {0: 3, 1: 5}
    kit.admin.delete_group_offsets(group, [TopicPartition(topic, 0)])
    assert list(kit.committed(group)) == [1]
    assert kit.admin.delete_groups([group]) == {group: "OK"}
    assert kit.admin.delete_groups([group]) == {group: "GroupIdNotFoundError"}


def test_the_cluster_describes_itself(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    kit.fill(topic, 1, 10)
    cluster = kit.admin.describe_cluster()
    assert cluster["cluster_id"]
    assert [row["broker_id"] for row in cluster["brokers"]] == [cluster["controller_id"]]
    assert "metadata.version" in str(kit.admin.describe_features())
    assert topic in str(kit.admin.describe_log_dirs())
    assert topic in str(kit.admin.describe_topic_partitions([topic]))
