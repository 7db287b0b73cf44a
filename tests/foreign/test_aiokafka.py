"""aiokafka: produce, groups, commits, admin, in one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.structs import OffsetAndMetadata

LIMIT_S = 45.0


async def wait_for(what: str, done: Callable[[], bool | Awaitable[bool]]) -> None:
    async def turns() -> None:
        while True:
            got = done()
            if got if isinstance(got, bool) else await got:
                return
            await asyncio.sleep(0.05)

    try:
        await asyncio.wait_for(turns(), LIMIT_S)
    except TimeoutError:
        raise AssertionError(f"not within {LIMIT_S:.0f} s: {what}") from None


@asynccontextmanager
async def started(client: Any) -> AsyncIterator[Any]:
    await client.start()
    try:
        yield client
    finally:
        await (client.stop() if hasattr(client, "stop") else client.close())


def admin(broker: str) -> Any:
    return started(AIOKafkaAdminClient(bootstrap_servers=broker))


async def create(client: AIOKafkaAdminClient, topic: str, partitions: int, **configs: str) -> str:
    chosen = {key.replace("_", "."): value for key, value in configs.items()}
    made = await client.create_topics([NewTopic(topic, partitions, 1, topic_configs=chosen)])
    assert [row[1] for row in made.topic_errors] == [0], made

    async def known() -> bool:
        # All topics at once: asking for one name would create it where auto-creation is on.
        described = {row["topic"]: row for row in await client.describe_topics()}
        return topic in described and len(described[topic]["partitions"]) == partitions

    await wait_for(topic, known)
    return topic


async def fill(broker: str, topic: str, partitions: int, each: int) -> None:
    async with started(AIOKafkaProducer(bootstrap_servers=broker, linger_ms=5)) as producer:
        sent = [await producer.send(topic, b"v%d" % i, partition=p) for p in range(partitions) for i in range(each)]
        await asyncio.gather(*sent)


def consumer(broker: str, *topics: str, group: str | None = None, **more: Any) -> Any:
    base: dict[str, Any] = {
        "bootstrap_servers": broker,
        "group_id": group,
        "auto_offset_reset": "earliest",
        "enable_auto_commit": False,
        "heartbeat_interval_ms": 200,
        "session_timeout_ms": 10000,
    }
    return started(AIOKafkaConsumer(*topics, **(base | more)))


async def read(client: AIOKafkaConsumer, count: int) -> list[Any]:
    async def records() -> list[Any]:
        return [await client.getone() for _ in range(count)]

    return await asyncio.wait_for(records(), LIMIT_S)


@pytest.mark.parametrize("idempotent", [False, True])
@pytest.mark.parametrize("codec", [None, "gzip", "snappy", "lz4", "zstd"])
def test_every_codec_key_header_and_null_comes_back(
    broker: str, name: str, codec: str | None, idempotent: bool
) -> None:
    async def story() -> None:
        async with admin(broker) as client:
            topic = await create(client, name, 1)
        settings = {"compression_type": codec, "enable_idempotence": idempotent, "acks": "all", "linger_ms": 20}
        sent = []
        async with started(AIOKafkaProducer(bootstrap_servers=broker, **settings)) as producer:
            futures = []
            for i in range(60):
                key = None if i % 6 == 0 else b"k%d" % i
                value = None if i % 6 == 3 else b"v%d-" % i + b"x" * i * 3
                headers = [("i", b"%d" % i), ("empty", b"")]
                sent.append((key, value, tuple(headers), 1_700_000_000_000 + i))
                futures.append(
                    await producer.send(topic, value, key, 0, timestamp_ms=1_700_000_000_000 + i, headers=headers)
                )
            offsets = [(await future).offset for future in futures]
        assert offsets == list(range(60))
        async with consumer(broker) as client:
            client.assign([TopicPartition(topic, 0)])
            await client.seek_to_beginning()
            got = await read(client, 60)
        assert [(r.key, r.value, tuple(r.headers), r.timestamp) for r in got] == sent

    asyncio.run(story())


def test_offsets_at_both_ends_and_by_time(broker: str, name: str) -> None:
    async def story() -> None:
        async with admin(broker) as client:
            topic = await create(client, name, 1)
            row = TopicPartition(topic, 0)
            async with started(AIOKafkaProducer(bootstrap_servers=broker, linger_ms=20)) as producer:
                for future in [
                    await producer.send(topic, b"v", partition=0, timestamp_ms=1_700_000_000_000 + 10 * i)
                    for i in range(100)
                ]:
                    await future
            async with consumer(broker) as reader:
                assert await reader.beginning_offsets([row]) == {row: 0}
                assert await reader.end_offsets([row]) == {row: 100}
                found = (await reader.offsets_for_times({row: 1_700_000_000_455}))[row]
                assert (found.offset, found.timestamp) == (46, 1_700_000_000_460)
                assert (await reader.offsets_for_times({row: 1_700_000_001_000}))[row] is None
                assert await client.delete_records({row: RecordsToDelete(before_offset=30)}) == {row: 30}
                assert await reader.beginning_offsets([row]) == {row: 30}

    asyncio.run(story())


class Ear(ConsumerRebalanceListener):  # type: ignore[misc]
    def __init__(self) -> None:
        self.assigned: set[int] = set()

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        self.assigned -= {row.partition for row in revoked}

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self.assigned |= {row.partition for row in assigned}


def test_a_group_splits_and_heals(broker: str, name: str) -> None:
    async def story() -> None:
        group = f"{name}-g"
        async with admin(broker) as client:
            topic = await create(client, name, 4)
            await fill(broker, topic, 4, 25)
            strategy = {"partition_assignment_strategy": (RangePartitionAssignor,)}
            ear_one, ear_two = Ear(), Ear()
            async with consumer(broker, group=group, **strategy) as one:
                one.subscribe([topic], listener=ear_one)
                seen = {(r.partition, r.offset) for r in await read(one, 100)}
                await one.commit()
                async with consumer(broker, group=group, **strategy) as two:
                    two.subscribe([topic], listener=ear_two)
                    await wait_for("both have two", lambda: len(ear_one.assigned) == len(ear_two.assigned) == 2)
                    assert ear_one.assigned.isdisjoint(ear_two.assigned)
                    (described,) = await client.describe_consumer_groups([group])
                    error, found, state, kind, protocol, members, *_ = described.groups[0]
                    assert (error, found, state, kind, protocol) == (0, group, "Stable", "consumer", "range")
                    assert len(members) == 2
                await wait_for("one has everything again", lambda: len(ear_one.assigned) == 4)
            assert seen == {(partition, offset) for partition in range(4) for offset in range(25)}
            kept = await client.list_consumer_group_offsets(group)
            assert {row.partition: meta.offset for row, meta in kept.items()} == dict.fromkeys(range(4), 25)
            assert (group, "consumer") in [tuple(row) for row in await client.list_consumer_groups()]

    asyncio.run(story())


def test_commits_with_metadata_and_resumes(broker: str, name: str) -> None:
    async def story() -> None:
        group = f"{name}-g"
        async with admin(broker) as client:
            topic = await create(client, name, 1)
        await fill(broker, topic, 1, 100)
        row = TopicPartition(topic, 0)
        async with consumer(broker, topic, group=group) as first:
            assert [r.offset for r in await read(first, 40)] == list(range(40))
            await first.commit({row: OffsetAndMetadata(40, "forty")})
        async with admin(broker) as client:
            assert (await client.list_consumer_group_offsets(group))[row] == OffsetAndMetadata(40, "forty")
        async with consumer(broker, topic, group=group) as second:
            assert [r.offset for r in await read(second, 60)] == list(range(40, 100))
            await second.commit()
            assert await second.committed(row) == 100

    asyncio.run(story())


def test_admin_topics_and_configs(broker: str, name: str) -> None:
    async def story() -> None:
        async with admin(broker) as client:
            topic = await create(client, name, 2, retention_ms="123456789")

            async def refused(wanted: NewTopic) -> int:
                return int((await client.create_topics([wanted])).topic_errors[0][1])

            assert await refused(NewTopic(topic, 1, 1)) == 36
            assert await refused(NewTopic(f"{name}-x", 0, 1)) == 37
            assert await refused(NewTopic(f"{name}-x", 1, 9)) == 38
            assert await refused(NewTopic("no/slash", 1, 1)) == 17
            await client.create_partitions({topic: NewPartitions(5)})

            async def partitions() -> bool:
                return len((await client.describe_topics([topic]))[0]["partitions"]) == 5

            await wait_for("5 partitions", partitions)

            async def value(key: str) -> str:
                (answer,) = await client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
                return str(next(row[1] for row in answer.resources[0][4] if row[0] == key))

            assert await value("retention.ms") == "123456789"
            await client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"retention.ms": "60000"})])

            async def altered() -> bool:
                return await value("retention.ms") == "60000"

            await wait_for("the new value", altered)
            answer = await client.delete_topics([topic])
            assert [row[1] for row in answer.topic_error_codes] == [0]

            async def gone() -> bool:
                return topic not in await client.list_topics()

            await wait_for("its end", gone)
            cluster = await client.describe_cluster()
            assert [row["node_id"] for row in cluster["brokers"]] == [cluster["controller_id"]]

    asyncio.run(story())
