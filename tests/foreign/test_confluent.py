"""confluent-kafka (librdkafka): produce, groups, rebalances, commits, admin."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    ConsumerGroupState,
    ConsumerGroupTopicPartitions,
    IsolationLevel,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)
from tests.foreign.support import wait_for

CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]


def outcomes(futures: dict[Any, Future[Any]]) -> dict[Any, Any]:
    """Results of a batch of admin futures; an error becomes its name."""
    found = {}
    for key, future in futures.items():
        try:
            found[key] = future.result(30)
        except KafkaException as refused:
            found[key] = refused.args[0].name()
    return found


class Kit:
    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.admin = AdminClient({"bootstrap.servers": bootstrap})
        self.open: list[Consumer] = []

    def create(self, topic: str, partitions: int, **configs: str) -> str:
        chosen = {key.replace("_", "."): value for key, value in configs.items()}
        made = self.admin.create_topics([NewTopic(topic, partitions, 1, config=chosen)])
        assert outcomes(made) == {topic: None}
        wait_for(topic, lambda: len(self.partitions(topic)) == partitions)
        return topic

    def partitions(self, topic: str) -> dict[int, Any]:
        # All topics at once: asking for one name would create it where auto-creation is on.
        found = self.admin.list_topics(timeout=10).topics.get(topic)
        return found.partitions if found is not None and found.error is None else {}

    def producer(self, **more: Any) -> Producer:
        return Producer(
            {"bootstrap.servers": self.bootstrap, **{key.replace("_", "."): value for key, value in more.items()}}
        )

    def fill(self, topic: str, partitions: int, each: int) -> None:
        producer = self.producer(linger_ms=5)
        for partition in range(partitions):
            for i in range(each):
                producer.produce(topic, f"v{i}", partition=partition)
        assert producer.flush(30) == 0

    def consumer(self, group: str, **more: Any) -> Consumer:
        consumer = Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": group,
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "heartbeat.interval.ms": 200,
                "session.timeout.ms": 10000,
                **{key.replace("_", "."): value for key, value in more.items()},
            }
        )
        self.open.append(consumer)
        return consumer

    def close(self, consumer: Consumer) -> None:
        self.open.remove(consumer)
        consumer.close()

    def committed(self, group: str) -> dict[int, tuple[int, str | None]]:
        futures = self.admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])
        rows = futures[group].result(30).topic_partitions
        return {row.partition: (row.offset, row.metadata or None) for row in rows}


@pytest.fixture
def kit(broker: str) -> Iterator[Kit]:
    kit = Kit(broker)
    yield kit
    for consumer in kit.open:
        consumer.close()


def read(consumer: Consumer, count: int, limit_s: float = 45.0) -> list[Message]:
    """The next `count` records."""
    got: list[Message] = []
    deadline = time.monotonic() + limit_s
    while len(got) < count:
        assert time.monotonic() < deadline, f"{len(got)} of {count} records within {limit_s:.0f} s"
        message = consumer.poll(0.2)
        if message is not None:
            assert message.error() is None, message.error()
            got.append(message)
    return got


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("idempotent", [False, True])
def test_every_codec_key_header_and_null_comes_back(kit: Kit, name: str, codec: str, idempotent: bool) -> None:
    topic = kit.create(name, 1)
    delivered: list[int] = []

    def on_delivery(error: KafkaError | None, message: Message) -> None:
        assert error is None, error
        delivered.append(message.offset())

    producer = kit.producer(compression_type=codec, enable_idempotence=idempotent, linger_ms=20)
    sent = []
    for i in range(60):
        key = None if i % 5 == 0 else f"k{i}".encode()
        value = None if i % 7 == 0 else (b"" if i % 11 == 0 else f"v{i}-{'x' * i * 3}".encode())
        headers = [("i", str(i).encode()), ("null", None), ("empty", b"")]
        sent.append((key, value, headers, 1_700_000_000_000 + i))
        producer.produce(
            topic, value, key, 0, headers=headers, timestamp=1_700_000_000_000 + i, on_delivery=on_delivery
        )
    assert producer.flush(30) == 0
    assert delivered == list(range(60))

    consumer = kit.consumer(f"{name}-g")
    consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    got = read(consumer, 60)
    assert [(m.key(), m.value(), m.headers(), m.timestamp()[1]) for m in got] == sent
    assert [m.offset() for m in got] == list(range(60))


@pytest.mark.parametrize("acks", [0, 1, -1])
def test_acks(kit: Kit, name: str, acks: int) -> None:
    topic = kit.create(name, 2)
    producer = kit.producer(acks=acks, linger_ms=5)
    for i in range(500):
        producer.produce(topic, f"v{i}", partition=i % 2)
    assert producer.flush(30) == 0
    consumer = kit.consumer(f"{name}-g")
    ends = wait_for(
        "500 records", lambda: ends if sum(ends := [end(consumer, topic, p) for p in range(2)]) == 500 else None
    )
    assert ends == [250, 250]


def end(consumer: Consumer, topic: str, partition: int) -> int:
    return int(consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10, cached=False)[1])


def test_a_topic_is_made_by_its_first_record(kit: Kit, name: str) -> None:
    producer = kit.producer(allow_auto_create_topics=True)
    producer.produce(name, "first")
    assert producer.flush(30) == 0
    assert kit.partitions(name)


def test_log_append_time(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1, message_timestamp_type="LogAppendTime")
    before = int(time.time() * 1000) - 5000
    producer = kit.producer(compression_type="lz4", linger_ms=5)
    for i in range(10):
        producer.produce(topic, f"v{i}", timestamp=1_000_000_000_000)
    assert producer.flush(30) == 0
    consumer = kit.consumer(f"{name}-g")
    consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    kinds = {(m.timestamp()[0], before < m.timestamp()[1] < before + 120_000) for m in read(consumer, 10)}
    assert kinds == {(2, True)}  # TIMESTAMP_LOG_APPEND_TIME


def test_offsets_for_times(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    producer = kit.producer(linger_ms=20, compression_type="zstd")
    for i in range(100):
        producer.produce(topic, f"v{i}", timestamp=1_700_000_000_000 + 10 * i)
    assert producer.flush(30) == 0
    consumer = kit.consumer(f"{name}-g")

    def at(when_ms: int) -> int:
        (found,) = consumer.offsets_for_times([TopicPartition(topic, 0, when_ms)], timeout=20)
        assert found.error is None
        return int(found.offset)

    assert at(0) == 0
    assert at(1_700_000_000_000) == 0
    assert at(1_700_000_000_455) == 46  # inside a batch, between two records
    assert at(1_700_000_000_990) == 99
    assert at(1_700_000_000_991) == -1  # librdkafka's OFFSET_END: no such record
    specs = {"earliest": OffsetSpec.earliest(), "latest": OffsetSpec.latest(), "max": OffsetSpec.max_timestamp()}
    found = {}
    for kind, spec in specs.items():
        (future,) = kit.admin.list_offsets({TopicPartition(topic, 0): spec}).values()
        found[kind] = future.result(20).offset
    assert found == {"earliest": 0, "latest": 100, "max": 99}


def test_reading_past_either_end_follows_the_reset_policy(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    kit.fill(topic, 1, 20)
    ((_, low),) = outcomes(kit.admin.delete_records([TopicPartition(topic, 0, 8)])).items()
    assert low.low_watermark == 8
    for wanted, reset, first in [(3, "earliest", 8), (1000, "earliest", 8)]:
        consumer = kit.consumer(f"{name}-g", auto_offset_reset=reset)
        consumer.assign([TopicPartition(topic, 0, wanted)])
        assert read(consumer, 1)[0].offset() == first
    stuck = kit.consumer(f"{name}-g", auto_offset_reset="error")
    stuck.assign([TopicPartition(topic, 0, 1000)])
    message = wait_for("the error", lambda: stuck.poll(0.2))
    assert message.error().code() == KafkaError._AUTO_OFFSET_RESET


class Member:
    """A consumer of a group and what the group told it."""

    def __init__(self, kit: Kit, group: str, topic: str, **more: Any) -> None:
        self.consumer = kit.consumer(group, **more)
        self.assigned: list[int] = []
        self.revoked: list[int] = []
        self.lost = 0
        self.seen: list[tuple[int, int]] = []
        self.uncommitted = False
        self.incremental = more.get("partition_assignment_strategy") == "cooperative-sticky"
        self.consumer.subscribe([topic], on_assign=self._assign, on_revoke=self._revoke, on_lost=self._lose)

    def _assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self.assigned.append(len(partitions))
        (consumer.incremental_assign if self.incremental else consumer.assign)(partitions)

    def _revoke(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self.revoked.append(len(partitions))
        if self.uncommitted:
            consumer.commit(asynchronous=False)
            self.uncommitted = False
        if self.incremental:
            consumer.incremental_unassign(partitions)
        else:
            consumer.unassign()

    def _lose(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self.lost += len(partitions)
        consumer.unassign()

    def poll(self) -> None:
        message = self.consumer.poll(0.02)
        if message is not None:
            assert message.error() is None, message.error()
            self.seen.append((message.partition(), message.offset()))
            self.uncommitted = True

    def has(self) -> set[int]:
        return {row.partition for row in self.consumer.assignment()}


def poll_until(what: str, members: list[Member], done: Callable[[], bool]) -> None:
    def turn() -> bool:
        for member in members:
            member.poll()
        return done()

    wait_for(what, turn, pause_s=0)


@pytest.mark.parametrize(
    ("strategy", "revoked"), [("range", [4, 2]), ("roundrobin", [4, 2]), ("cooperative-sticky", [2])]
)
def test_a_group_splits_and_heals(kit: Kit, name: str, strategy: str, revoked: list[int]) -> None:
    topic = kit.create(name, 4)
    kit.fill(topic, 4, 25)
    group = f"{name}-g"
    one = Member(kit, group, topic, partition_assignment_strategy=strategy, client_id="one")
    poll_until("one has everything", [one], lambda: len(one.has()) == 4 and len(one.seen) == 100)
    one.consumer.commit(asynchronous=False)
    one.uncommitted = False
    two = Member(kit, group, topic, partition_assignment_strategy=strategy, client_id="two")
    poll_until("both have two", [one, two], lambda: len(one.has()) == 2 and len(two.has()) == 2)
    assert one.has().isdisjoint(two.has())

    (described,) = outcomes(kit.admin.describe_consumer_groups([group])).values()
    assert described.state == ConsumerGroupState.STABLE
    assert described.partition_assignor == strategy
    assert sorted(member.client_id for member in described.members) == ["one", "two"]
    assert [len(member.assignment.topic_partitions) for member in described.members] == [2, 2]

    kit.close(two.consumer)
    poll_until("one has everything again", [one], lambda: len(one.has()) == 4)
    assert one.revoked == revoked
    assert one.lost == two.lost == 0
    assert two.seen == []
    assert sorted(one.seen) == [(partition, offset) for partition in range(4) for offset in range(25)]
    assert kit.committed(group) == dict.fromkeys(range(4), (25, None))


def test_a_static_member_returns_without_a_rebalance_and_fences_its_elder(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 2), f"{name}-g"
    static = {"partition_assignment_strategy": "range", "session_timeout_ms": 30000}
    one = Member(kit, group, topic, group_instance_id="one", **static)
    two = Member(kit, group, topic, group_instance_id="two", **static)
    poll_until("both have one", [one, two], lambda: len(one.has()) == 1 and len(two.has()) == 1)
    before, told = two.has(), (list(one.assigned), list(one.revoked))
    kit.close(two.consumer)  # a static member does not leave
    again = Member(kit, group, topic, group_instance_id="two", **static)
    poll_until("two is back", [one, again], lambda: len(again.has()) == 1)
    assert again.has() == before
    assert (one.assigned, one.revoked) == told

    usurper = Member(kit, group, topic, group_instance_id="two", **static)
    fenced: list[str] = []

    def turn() -> bool:
        one.poll()
        usurper.poll()
        message = again.consumer.poll(0.02)
        if message is not None and message.error() is not None:
            fenced.append(message.error().name())
        return bool(fenced)

    wait_for("fencing", turn, pause_s=0)
    assert fenced[0] in {"FENCED_INSTANCE_ID", "_FATAL"}


def test_commits_with_metadata_and_resumes(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 1), f"{name}-g"
    kit.fill(topic, 1, 100)
    first = kit.consumer(group)
    first.subscribe([topic])
    assert [m.offset() for m in read(first, 40)] == list(range(40))
    first.commit(offsets=[TopicPartition(topic, 0, 40, metadata="forty")], asynchronous=False)
    kit.close(first)
    assert kit.committed(group) == {0: (40, "forty")}

    second = kit.consumer(group)
    second.subscribe([topic])
    assert [m.offset() for m in read(second, 60)] == list(range(40, 100))
    second.commit(asynchronous=False)
    kit.close(second)
    assert kit.committed(group)[0][0] == 100

    simple = kit.consumer(group)  # no subscription: commits beside an empty group
    simple.commit(offsets=[TopicPartition(topic, 0, 7)], asynchronous=False)
    (row,) = simple.committed([TopicPartition(topic, 0)], timeout=10)
    assert row.offset == 7


def test_too_large_a_record_is_refused_and_the_next_one_taken(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1, max_message_bytes="1000")
    errors: list[str | None] = []
    producer = kit.producer()
    for size in (5000, 10):
        producer.produce(
            topic, b"x" * size, on_delivery=lambda error, _: errors.append(error.name() if error else None)
        )
        assert producer.flush(30) == 0
    assert errors == ["MSG_SIZE_TOO_LARGE", None]


def test_admin_topics(kit: Kit, name: str) -> None:
    topic = kit.create(name, 2)
    refused = [
        NewTopic(topic, 1, 1),
        NewTopic("no/slash", 1, 1),
        NewTopic(f"{name}-x", 0, 1),
        NewTopic(f"{name}-y", 1, 7),
        NewTopic(f"{name}-z", 1, 1, config={"retention.ms": "soon"}),
    ]
    assert list(outcomes(kit.admin.create_topics(refused)).values()) == [
        "TOPIC_ALREADY_EXISTS",
        "TOPIC_EXCEPTION",
        "INVALID_PARTITIONS",
        "INVALID_REPLICATION_FACTOR",
        "INVALID_CONFIG",
    ]
    assert outcomes(kit.admin.create_topics([NewTopic(f"{name}-dry", 1, 1)], validate_only=True)) == {
        f"{name}-dry": None
    }
    assert not kit.partitions(f"{name}-dry")

    assert outcomes(kit.admin.create_partitions([NewPartitions(topic, 5)])) == {topic: None}
    wait_for("5 partitions", lambda: len(kit.partitions(topic)) == 5)
    assert outcomes(kit.admin.create_partitions([NewPartitions(topic, 2)])) == {topic: "INVALID_PARTITIONS"}

    assert outcomes(kit.admin.delete_topics([topic])) == {topic: None}
    wait_for("its end", lambda: not kit.partitions(topic))
    assert outcomes(kit.admin.delete_topics([topic])) == {topic: "UNKNOWN_TOPIC_OR_PART"}
    kit.create(topic, 1)  # a new topic of the same name is empty
    assert end(kit.consumer(f"{name}-g"), topic, 0) == 0


def test_admin_configs(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1, retention_ms="123456789")

    def described() -> dict[str, ConfigEntry]:
        resource = ConfigResource(ResourceType.TOPIC, topic)
        return next(iter(outcomes(kit.admin.describe_configs([resource])).values()))

    before = described()
    assert (before["retention.ms"].value, before["retention.ms"].is_default) == ("123456789", False)
    assert (before["cleanup.policy"].value, before["cleanup.policy"].is_default) == ("delete", True)

    def alter(key: str, value: str | None, kind: AlterConfigOpType) -> Any:
        entry = ConfigEntry(key, value, incremental_operation=kind)
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        return next(iter(outcomes(kit.admin.incremental_alter_configs([resource])).values()))

    assert alter("retention.ms", "60000", AlterConfigOpType.SET) is None
    wait_for("the new value", lambda: described()["retention.ms"].value == "60000")
    assert alter("cleanup.policy", "compact", AlterConfigOpType.APPEND) is None
    wait_for("both policies", lambda: described()["cleanup.policy"].value == "delete,compact")
    assert alter("retention.ms", None, AlterConfigOpType.DELETE) is None
    wait_for("the default", lambda: described()["retention.ms"].value == "604800000")
    assert alter("retention.ms", "soon", AlterConfigOpType.SET) == "INVALID_CONFIG"
    assert alter("no.such.key", "1", AlterConfigOpType.SET) == "INVALID_CONFIG"


def test_admin_groups(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 2), f"{name}-g"
    kit.fill(topic, 2, 5)
    consumer = kit.consumer(group)
    consumer.subscribe([topic])
    read(consumer, 10)
    consumer.commit(asynchronous=False)
    assert outcomes(kit.admin.delete_consumer_groups([group])) == {group: "NON_EMPTY_GROUP"}
    kit.close(consumer)

    listed = kit.admin.list_consumer_groups(request_timeout=20).result(30)
    assert [(g.state, g.is_simple_consumer_group) for g in listed.valid if g.group_id == group] == [
        (ConsumerGroupState.EMPTY, False)
    ]
    wanted = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 3)])
    kit.admin.alter_consumer_group_offsets([wanted])[group].result(30)
    assert kit.committed(group) == {0: (3, None), 1: (5, None)}
    assert outcomes(kit.admin.delete_consumer_groups([group])) == {group: None}
    assert outcomes(kit.admin.delete_consumer_groups([group])) == {group: "GROUP_ID_NOT_FOUND"}


def test_the_cluster_describes_itself(kit: Kit) -> None:
    described = kit.admin.describe_cluster(request_timeout=20).result(30)
    assert described.cluster_id
    assert [node.id for node in described.nodes] == [described.controller.id]


def test_read_committed_reads_what_no_transaction_wrote(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    kit.fill(topic, 1, 10)
    consumer = kit.consumer(f"{name}-g", isolation_level="read_committed")
    consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
    assert len(read(consumer, 10)) == 10
    (future,) = kit.admin.list_offsets(
        {TopicPartition(topic, 0): OffsetSpec.latest()}, isolation_level=IsolationLevel.READ_COMMITTED
    ).values()
    assert future.result(20).offset == 10
