"""Transactions by confluent-kafka (librdkafka) and aiokafka: commit, abort, fencing, timeouts, copying exactly once."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import ProducerFenced
from aiokafka.structs import TopicPartition as AioPartition
from confluent_kafka import Consumer, IsolationLevel, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec
from tests.foreign.files import create
from tests.foreign.support import wait_for

LIMIT_S = 20.0


class Kit:
    """The broker, and the producers and consumers of a test."""

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.consumers: list[Consumer] = []

    def topic(self, name: str, partitions: int = 1) -> str:
        create(self.bootstrap, name, partitions)
        return name

    def producer(self, transactional_id: str, **more: Any) -> Producer:
        settings = {key.replace("_", "."): value for key, value in more.items()}
        producer = Producer(
            {"bootstrap.servers": self.bootstrap, "transactional.id": transactional_id, "linger.ms": 1, **settings}
        )
        producer.init_transactions(LIMIT_S)
        return producer

    def consumer(self, group: str, isolation: str = "read_committed", **more: Any) -> Consumer:
        settings = {key.replace("_", "."): value for key, value in more.items()}
        consumer = Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": group,
                "isolation.level": isolation,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                **settings,
            }
        )
        self.consumers.append(consumer)
        return consumer

    def read(self, topic: str, isolation: str = "read_committed", partitions: int = 1) -> list[bytes]:
        """What a reader of this isolation finds up to the end it may see."""
        consumer = self.consumer(f"{topic}-reader", isolation, enable_partition_eof=True)
        consumer.assign([TopicPartition(topic, index, 0) for index in range(partitions)])
        found: list[bytes] = []
        at_end: set[int] = set()

        def turn() -> bool:
            for message in consumer.consume(500, 0.1):
                error = message.error()
                if error is None:
                    found.append(message.value() or b"")
                    continue
                assert error.code() == KafkaError._PARTITION_EOF, error
                at_end.add(message.partition())
            return len(at_end) == partitions

        wait_for(f"the end of {topic}", turn, pause_s=0, limit_s=LIMIT_S)
        return found

    def stable_end(self, topic: str) -> int:
        """Up to which offset everything is decided (the last stable offset)."""
        admin = AdminClient({"bootstrap.servers": self.bootstrap})
        asked = {TopicPartition(topic, 0): OffsetSpec.latest()}
        (future,) = admin.list_offsets(asked, isolation_level=IsolationLevel.READ_COMMITTED).values()
        return int(future.result(LIMIT_S).offset)


@pytest.fixture
def kit(broker: str) -> Iterator[Kit]:
    kit = Kit(broker)
    yield kit
    for consumer in kit.consumers:
        consumer.close()


def code_of(refused: Callable[[], Any]) -> tuple[int, bool, bool]:
    """(error code, whether it is fatal, whether the transaction must be aborted) of what must be refused."""
    with pytest.raises(KafkaException) as caught:
        refused()
    error = caught.value.args[0]
    return error.code(), error.fatal(), error.txn_requires_abort()


# --- confluent-kafka ----------------------------------------------------------------------------------------------------------


def test_confluent_commits_and_aborts(kit: Kit, name: str) -> None:
    topic = kit.topic(name, 2)
    producer = kit.producer(name)
    committed = []
    for n in range(6):
        producer.begin_transaction()
        for i in range(20):
            value = b"%d-%d" % (n, i)
            producer.produce(topic, value, partition=i % 2)
            if n % 3 != 1:
                committed.append(value)
        if n % 3 == 1:
            producer.flush(LIMIT_S)  # what is aborted has been written
            producer.abort_transaction(LIMIT_S)
        else:
            producer.commit_transaction(LIMIT_S)
    assert sorted(kit.read(topic, partitions=2)) == sorted(committed)
    everything = kit.read(topic, "read_uncommitted", 2)
    assert len(everything) == 120
    assert set(committed) < set(everything)


def test_confluent_readers_of_committed_data_stop_at_an_open_transaction(kit: Kit, name: str) -> None:
    topic = kit.topic(name)
    one, two = kit.producer(f"{name}-1"), kit.producer(f"{name}-2")
    one.begin_transaction()
    one.produce(topic, b"open", partition=0)
    assert one.flush(LIMIT_S) == 0
    two.begin_transaction()
    two.produce(topic, b"committed behind it", partition=0)
    two.commit_transaction(LIMIT_S)
    assert kit.read(topic) == []
    assert kit.stable_end(topic) == 0
    assert kit.read(topic, "read_uncommitted") == [b"open", b"committed behind it"]
    one.abort_transaction(LIMIT_S)
    wait_for("the marker", lambda: kit.stable_end(topic) == 4)
    assert kit.read(topic) == [b"committed behind it"]


def test_confluent_a_successor_fences_its_elder(kit: Kit, name: str) -> None:
    topic = kit.topic(name)
    elder = kit.producer(name)
    elder.begin_transaction()
    elder.produce(topic, b"never seen", partition=0)
    assert elder.flush(LIMIT_S) == 0
    successor = kit.producer(name)
    code, is_fatal, _ = code_of(lambda: elder.commit_transaction(LIMIT_S))
    assert code in {KafkaError._FENCED, KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH}
    assert is_fatal
    successor.begin_transaction()
    successor.produce(topic, b"seen", partition=0)
    successor.commit_transaction(LIMIT_S)
    assert kit.read(topic) == [b"seen"]
    assert kit.read(topic, "read_uncommitted") == [b"never seen", b"seen"]


def test_confluent_a_transaction_that_takes_too_long_is_aborted(kit: Kit, name: str) -> None:
    topic = kit.topic(name)
    slow = kit.producer(name, transaction_timeout_ms=1000, message_timeout_ms=1000)
    slow.begin_transaction()
    slow.produce(topic, b"too late", partition=0)
    assert slow.flush(LIMIT_S) == 0
    wait_for("the abort", lambda: kit.stable_end(topic) == 2)
    code, _, _ = code_of(lambda: slow.commit_transaction(LIMIT_S))
    assert code in {
        KafkaError._FENCED,
        KafkaError.PRODUCER_FENCED,
        KafkaError.INVALID_PRODUCER_EPOCH,
        KafkaError.INVALID_TXN_STATE,
        KafkaError._STATE,
    }
    assert kit.read(topic) == []


def test_confluent_copies_exactly_once_through_aborts_and_a_change_of_hands(kit: Kit, name: str) -> None:
    """Reads, transforms, writes; offsets go with the transaction. Every third one is aborted, and half way another worker takes over."""
    source, target, group = kit.topic(f"{name}-in"), kit.topic(f"{name}-out"), f"{name}-group"
    total = 300
    feeder = kit.producer(f"{name}-feeder")
    feeder.begin_transaction()
    for i in range(total):
        feeder.produce(source, b"%d" % i, partition=0)
    feeder.commit_transaction(LIMIT_S)

    done = 0
    turns = itertools.count(1)
    aborted = 0
    while done < total:
        producer = kit.producer(f"{name}-copier")
        consumer = kit.consumer(group)
        consumer.subscribe([source])
        stop_at = total // 2 if done < total // 2 else total
        last = -1
        while done < stop_at:
            messages = [m for m in consumer.consume(25, 1.0) if m.error() is None]
            if not messages:
                continue
            assert [m.offset() for m in messages] == sorted(m.offset() for m in messages)
            producer.begin_transaction()
            for message in messages:
                producer.produce(target, b"copy of " + (message.value() or b""), partition=0)
            last = (messages[-1].offset() or 0) + 1
            offsets = [TopicPartition(source, 0, last)]
            producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata(), LIMIT_S)
            if next(turns) % 3 == 0:
                assert producer.flush(LIMIT_S) == 0
                producer.abort_transaction(LIMIT_S)
                aborted += 1
                consumer.seek(TopicPartition(source, 0, messages[0].offset()))
                continue
            producer.commit_transaction(LIMIT_S)
            done += len(messages)
        (committed,) = consumer.committed([TopicPartition(source, 0)], LIMIT_S)
        assert committed.offset == last
        consumer.close()
        kit.consumers.remove(consumer)
    assert aborted
    assert kit.read(target) == [b"copy of %d" % i for i in range(total)]
    assert len(kit.read(target, "read_uncommitted")) > total


def test_confluent_offsets_of_a_stale_member_are_refused(kit: Kit, name: str) -> None:
    topic = kit.topic(name)
    producer = kit.producer(name)
    member = kit.consumer(f"{name}-group")
    member.subscribe([topic])
    wait_for("an assignment", lambda: member.consume(1, 0.1) or member.assignment(), pause_s=0)
    stale = member.consumer_group_metadata()
    member.close()
    kit.consumers.remove(member)
    producer.begin_transaction()
    offsets = [TopicPartition(topic, 0, 5)]
    code, is_fatal, must_abort = code_of(lambda: producer.send_offsets_to_transaction(offsets, stale, LIMIT_S))
    assert (is_fatal, must_abort) == (False, True)
    assert code in {KafkaError.UNKNOWN_MEMBER_ID, KafkaError.ILLEGAL_GENERATION}
    producer.abort_transaction(LIMIT_S)
    after = kit.consumer(f"{name}-group")
    assert after.committed([TopicPartition(topic, 0)], LIMIT_S)[0].offset < 0


# --- aiokafka -----------------------------------------------------------------------------------------------------------------


async def _aio_read(bootstrap: str, topic: str, isolation: str) -> list[bytes]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, isolation_level=isolation, auto_offset_reset="earliest")
    await consumer.start()
    try:
        where = AioPartition(topic, 0)
        consumer.assign([where])
        await consumer.seek_to_beginning(where)
        end = (await consumer.end_offsets([where]))[where]
        found: list[bytes] = []
        async with asyncio.timeout(LIMIT_S):
            while await consumer.position(where) < end:
                for records in (await consumer.getmany(where, timeout_ms=200)).values():
                    found += [record.value for record in records]
        return found
    finally:
        await consumer.stop()


def test_aiokafka_commits_and_aborts(broker: str, name: str) -> None:
    create(broker, name, 1)

    async def scenario() -> None:
        async with AIOKafkaProducer(bootstrap_servers=broker, transactional_id=name) as producer:
            async with producer.transaction():
                for i in range(10):
                    await producer.send(name, b"%d" % i, partition=0)
            await producer.begin_transaction()
            await producer.send_and_wait(name, b"aborted", partition=0)
            await producer.abort_transaction()
            async with producer.transaction():
                await producer.send_and_wait(name, b"last", partition=0)
        committed = [b"%d" % i for i in range(10)]
        assert await _aio_read(broker, name, "read_committed") == [*committed, b"last"]
        assert await _aio_read(broker, name, "read_uncommitted") == [*committed, b"aborted", b"last"]

    asyncio.run(scenario())


def test_aiokafka_a_successor_fences_its_elder(broker: str, name: str) -> None:
    create(broker, name, 1)

    async def scenario() -> None:
        elder = AIOKafkaProducer(bootstrap_servers=broker, transactional_id=name)
        await elder.start()
        await elder.begin_transaction()
        await elder.send_and_wait(name, b"never seen", partition=0)
        async with AIOKafkaProducer(bootstrap_servers=broker, transactional_id=name) as successor:
            with pytest.raises(ProducerFenced):
                await elder.commit_transaction()
            async with successor.transaction():
                await successor.send_and_wait(name, b"seen", partition=0)
        await elder.stop()
        assert await _aio_read(broker, name, "read_committed") == [b"seen"]

    asyncio.run(scenario())


def test_aiokafka_copies_exactly_once(broker: str, name: str) -> None:
    source, target, group, total = f"{name}-in", f"{name}-out", f"{name}-group", 120
    create(broker, source, 1)
    create(broker, target, 1)

    async def worker(stop_at: int, first: int) -> int:
        """Copies until `stop_at` records are through; ends with a transaction that is left to be aborted."""
        consumer = AIOKafkaConsumer(
            source,
            bootstrap_servers=broker,
            group_id=group,
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        done = first
        async with AIOKafkaProducer(bootstrap_servers=broker, transactional_id=f"{name}-copier") as producer:
            await consumer.start()
            try:
                async with asyncio.timeout(LIMIT_S):
                    while done < stop_at:
                        for where, records in (await consumer.getmany(timeout_ms=200, max_records=16)).items():
                            async with producer.transaction():
                                for record in records:
                                    await producer.send(target, b"copy of " + record.value, partition=0)
                                offsets = {where: records[-1].offset + 1}
                                await producer.send_offsets_to_transaction(offsets, group)
                            done += len(records)
                    await producer.begin_transaction()
                    await producer.send_and_wait(target, b"aborted", partition=0)
                    await producer.send_offsets_to_transaction({AioPartition(source, 0): total}, group)
                    await producer.abort_transaction()
            finally:
                await consumer.stop()
        return done

    async def scenario() -> None:
        async with AIOKafkaProducer(bootstrap_servers=broker) as feeder:
            for i in range(total):
                await feeder.send(source, b"%d" % i, partition=0)
        half = await worker(total // 2, 0)
        assert await worker(total, half) == total
        found = await _aio_read(broker, target, "read_committed")
        assert found == [b"copy of %d" % i for i in range(total)]
        assert (await _aio_read(broker, target, "read_uncommitted")).count(b"aborted") == 2

    asyncio.run(scenario())
