"""Short ways to say the usual requests over a RawClient."""

from __future__ import annotations

from typing import Any

from ottla.base.errors import ErrorCode
from ottla.records.builder import BatchBuilder
from ottla.wire.messages import (
    create_topics_request as create,
)
from ottla.wire.messages import (
    fetch_request as fetch,
)
from ottla.wire.messages import (
    metadata_request as metadata,
)
from ottla.wire.messages import (
    produce_request as produce,
)
from support.raw import RawClient

PRODUCE, FETCH, LIST_OFFSETS, METADATA, CREATE_TOPICS = 0, 1, 2, 3, 19


def batch(*values: bytes, key: bytes | None = b"k", timestamp_ms: int = 1_700_000_000_000, **fields: Any) -> bytes:
    """A batch of records with these values."""
    builder = BatchBuilder(**fields)
    for n, value in enumerate(values):
        builder.append(timestamp_ms + n, key, value)
    return builder.build()


def create_topic(client: RawClient, name: str, partitions: int = 1, **configs: str) -> bytes:
    """Creates a topic (config keys with underscores) and returns its id."""
    message = create.CreateTopicsRequest(
        topics=[
            create.CreatableTopic(
                name=name,
                num_partitions=partitions,
                replication_factor=-1,
                configs=[create.CreatableTopicConfig(name=k.replace("_", "."), value=v) for k, v in configs.items()],
            )
        ],
        timeout_ms=5000,
    )
    (topic,) = client.call(CREATE_TOPICS, 7, message).topics
    assert topic.error_code == ErrorCode.NONE, topic
    return bytes(topic.topic_id)


def topic_id(client: RawClient, name: str) -> bytes:
    message = metadata.MetadataRequest(topics=[metadata.MetadataRequestTopic(name=name)])
    (topic,) = client.call(METADATA, 12, message).topics
    assert topic.error_code == ErrorCode.NONE
    return bytes(topic.topic_id)


def produce_message(
    version: int, key: str | bytes, records: bytes | None, *, partition: int = 0, acks: int = -1, timeout_ms: int = 5000
) -> produce.ProduceRequest:
    topic = produce.TopicProduceData(partition_data=[produce.PartitionProduceData(index=partition, records=records)])
    if isinstance(key, bytes):
        topic.topic_id = key
    else:
        topic.name = key
    return produce.ProduceRequest(acks=acks, timeout_ms=timeout_ms, topic_data=[topic])


def send_records(client: RawClient, key: str | bytes, records: bytes | None, *, version: int = 9, **more: Any) -> Any:
    """Produces to one partition and returns that partition's answer."""
    answer = client.call(PRODUCE, version, produce_message(version, key, records, **more))
    (topic,) = answer.responses
    (partition,) = topic.partition_responses
    return partition


def fetch_message(
    version: int,
    key: str | bytes,
    offsets: dict[int, int],
    *,
    max_wait_ms: int = 0,
    min_bytes: int = 1,
    max_bytes: int = 50 << 20,
    partition_max_bytes: int = 1 << 20,
    isolation_level: int = 0,
    session: tuple[int, int] = (0, -1),
    forget: tuple[int, ...] = (),
    leader_epoch: int = -1,
) -> fetch.FetchRequest:
    message = fetch.FetchRequest(
        max_wait_ms=max_wait_ms, min_bytes=min_bytes, max_bytes=max_bytes, isolation_level=isolation_level
    )
    if version >= 7:
        message.session_id, message.session_epoch = session
    partitions = [
        fetch.FetchPartition(
            partition=index,
            fetch_offset=offset,
            partition_max_bytes=partition_max_bytes,
            current_leader_epoch=leader_epoch,
        )
        for index, offset in offsets.items()
    ]
    if partitions:
        topic = fetch.FetchTopic(partitions=partitions)
        if isinstance(key, bytes):
            topic.topic_id = key
        else:
            topic.topic = key
        message.topics = [topic]
    if forget:
        forgotten = fetch.ForgottenTopic(partitions=list(forget))
        if isinstance(key, bytes):
            forgotten.topic_id = key
        else:
            forgotten.topic = key
        message.forgotten_topics_data = [forgotten]
    return message


def fetch_call(client: RawClient, key: str | bytes, offsets: dict[int, int], *, version: int = 12, **more: Any) -> Any:
    """Fetches and returns the whole response."""
    return client.call(FETCH, version, fetch_message(version, key, offsets, **more))


def partitions_of(response: Any) -> dict[int, Any]:
    """The response's partitions by index (of its one topic)."""
    return {p.partition_index: p for topic in response.responses for p in topic.partitions}
