"""The hot paths: how each is set up, what is fed in one round, and the proof that the answer was a good one.

A path that answered an error would be quick for the wrong reason, so every round's answers are decoded and looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guards.world import TOPIC, World, decoded, frame
from ottla.wire.messages import (
    api_versions_request,
    find_coordinator_request,
    heartbeat_request,
    init_producer_id_request,
    join_group_request,
    list_offsets_request,
    metadata_request,
    offset_commit_request,
    sync_group_request,
)
from support.talk import batch, fetch_message, produce_message

PRODUCE, FETCH, LIST_OFFSETS, METADATA, OFFSET_COMMIT = 0, 1, 2, 3, 8
FIND_COORDINATOR, JOIN_GROUP, HEARTBEAT, SYNC_GROUP, API_VERSIONS, INIT_PRODUCER_ID = 10, 11, 12, 14, 18, 22
PIPELINED = 20
GROUP = "readers"

Check = Callable[[Any], object]


@dataclass
class Round:
    """Bytes to feed at once, the answers that belong to them, and the fields of each that must be zero (error codes).

    `per`: what the counts are divided by: requests in the round, or rows in the answer where it grows with the broker.
    `rest_s`: how long to wait after the answer for work the request left behind, which is counted as well.
    """

    data: bytes
    api_key: int
    version: int
    errors: Check
    number: int = 1
    rest_s: float = 0.0
    per: int = 1

    def check(self, answers: list[bytes]) -> None:
        assert len(answers) == self.number
        for answer in answers:
            found = self.errors(decoded(self.api_key, self.version, answer))
            assert found == 0, f"error {found}"


@dataclass(frozen=True)
class HotPath:
    """`rounds` sets up what it needs and yields round after round."""

    name: str
    what: str
    rounds: Callable[[World], Awaitable[Iterator[Round]]]


def _produce_error(answer: Any) -> int:
    return int(answer.responses[0].partition_responses[0].error_code)


def _fetched(least: int) -> Check:
    """The error code of a fetch answer, or a sentence when it brought fewer bytes than `least`."""

    def errors(answer: Any) -> object:
        if answer.error_code:
            return answer.error_code
        size = sum(len(p.records or b"") for topic in answer.responses for p in topic.partitions)
        return 0 if size >= least else f"only {size} bytes"

    return errors


def _repeat(one: Round) -> Iterator[Round]:
    while True:
        yield one


async def produce(world: World) -> Iterator[Round]:
    data = frame(PRODUCE, 13, produce_message(13, world.topic_id, batch(bytes(100)), acks=1))
    return _repeat(Round(data, PRODUCE, 13, _produce_error))


async def produce_pipelined(world: World) -> Iterator[Round]:
    data = frame(PRODUCE, 13, produce_message(13, world.topic_id, batch(bytes(100)), acks=1))
    return _repeat(Round(data * PIPELINED, PRODUCE, 13, _produce_error, PIPELINED, per=PIPELINED))


async def produce_idempotent(world: World) -> Iterator[Round]:
    message = init_producer_id_request.InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=60_000)
    given = await world.call(INIT_PRODUCER_ID, 4, message)
    assert given.error_code == 0

    def rounds() -> Iterator[Round]:
        sequence = 0
        while True:
            records = batch(
                bytes(100),
                producer_id=given.producer_id,
                producer_epoch=given.producer_epoch,
                base_sequence=sequence,
            )
            data = frame(PRODUCE, 13, produce_message(13, world.topic_id, records, acks=1))
            yield Round(data, PRODUCE, 13, _produce_error)
            sequence += 1

    return rounds()


async def fetch_tail(world: World) -> Iterator[Round]:
    """A consumer at the end of the log in its session: something was written, the answer brings it."""
    records = batch(bytes(1000))
    written = await world.call(PRODUCE, 13, produce_message(13, world.topic_id, records, acks=1))
    offset = written.responses[0].partition_responses[0].base_offset
    data = frame(FETCH, 13, fetch_message(13, world.topic_id, {0: offset}))
    return _repeat(Round(data, FETCH, 13, _fetched(1000)))


async def fetch_empty(world: World) -> Iterator[Round]:
    """What an idle consumer repeats: an incremental fetch to which nothing happened."""
    log = world.node.broker.engine.topics[TOPIC][0]
    opened = await world.call(FETCH, 13, fetch_message(13, world.topic_id, {0: log.high_watermark}, session=(0, 0)))
    assert opened.error_code == 0
    assert opened.session_id

    def rounds() -> Iterator[Round]:
        epoch = 1
        while True:
            data = frame(FETCH, 13, fetch_message(13, world.topic_id, {}, session=(opened.session_id, epoch)))
            yield Round(data, FETCH, 13, _fetched(0))
            epoch += 1

    return rounds()


async def metadata(world: World) -> Iterator[Round]:
    asked = metadata_request.MetadataRequest(topics=[metadata_request.MetadataRequestTopic(name=TOPIC)])
    return _repeat(Round(frame(METADATA, 12, asked), METADATA, 12, lambda answer: answer.topics[0].error_code))


async def list_offsets(world: World) -> Iterator[Round]:
    wanted = list_offsets_request.ListOffsetsPartition(partition_index=0, current_leader_epoch=-1, timestamp=-1)
    topic = list_offsets_request.ListOffsetsTopic(name=TOPIC, partitions=[wanted])
    asked = list_offsets_request.ListOffsetsRequest(replica_id=-1, topics=[topic])
    return _repeat(
        Round(frame(LIST_OFFSETS, 7, asked), LIST_OFFSETS, 7, lambda answer: answer.topics[0].partitions[0].error_code)
    )


async def api_versions(world: World) -> Iterator[Round]:
    asked = api_versions_request.ApiVersionsRequest(client_software_name="guards", client_software_version="1")
    served = len((await world.call(API_VERSIONS, 3, asked)).api_keys)
    data = frame(API_VERSIONS, 3, asked)
    return _repeat(Round(data, API_VERSIONS, 3, lambda answer: answer.error_code, per=served))


async def find_coordinator(world: World) -> Iterator[Round]:
    asked = find_coordinator_request.FindCoordinatorRequest(key=GROUP, key_type=0)
    return _repeat(Round(frame(FIND_COORDINATOR, 3, asked), FIND_COORDINATOR, 3, lambda answer: answer.error_code))


async def _member(world: World, group: str) -> tuple[int, str]:
    """The one member of a stable group: (generation, member id)."""
    member_id = ""
    while True:
        asked = join_group_request.JoinGroupRequest(
            group_id=group,
            session_timeout_ms=30_000,
            rebalance_timeout_ms=30_000,
            member_id=member_id,
            protocol_type="consumer",
            protocols=[join_group_request.JoinGroupRequestProtocol(name="range", metadata=b"\0")],
        )
        joined = await world.call(JOIN_GROUP, 5, asked)
        if joined.error_code == 0:
            break
        assert joined.error_code == 79  # MEMBER_ID_REQUIRED: come again with the one given
        member_id = joined.member_id
    given = sync_group_request.SyncGroupRequestAssignment(member_id=joined.member_id, assignment=b"\0")
    asked_sync = sync_group_request.SyncGroupRequest(
        group_id=group, generation_id=joined.generation_id, member_id=joined.member_id, assignments=[given]
    )
    synced = await world.call(SYNC_GROUP, 3, asked_sync)
    assert synced.error_code == 0
    return joined.generation_id, joined.member_id


async def heartbeat(world: World) -> Iterator[Round]:
    generation, member_id = await _member(world, "beating")
    asked = heartbeat_request.HeartbeatRequest(group_id="beating", generation_id=generation, member_id=member_id)
    return _repeat(Round(frame(HEARTBEAT, 4, asked), HEARTBEAT, 4, lambda answer: answer.error_code))


async def offset_commit(world: World) -> Iterator[Round]:
    generation, member_id = await _member(world, "committing")
    one = offset_commit_request.OffsetCommitRequestPartition(partition_index=0, committed_offset=0)
    asked = offset_commit_request.OffsetCommitRequest(
        group_id="committing",
        generation_id_or_member_epoch=generation,
        member_id=member_id,
        topics=[offset_commit_request.OffsetCommitRequestTopic(name=TOPIC, partitions=[one])],
    )
    data = frame(OFFSET_COMMIT, 8, asked)
    # Its record in __consumer_offsets may be written before or after the answer.
    return _repeat(Round(data, OFFSET_COMMIT, 8, lambda answer: answer.topics[0].partitions[0].error_code, rest_s=0.02))


PATHS = (
    HotPath("produce", "one record, acks=1: decode, check, append, answer", produce),
    HotPath("produce-pipelined", f"{PIPELINED} small produce requests in one read", produce_pipelined),
    HotPath("produce-idempotent", "one record with a producer's sequence number", produce_idempotent),
    HotPath("fetch-tail", "a fetch that finds one batch", fetch_tail),
    HotPath("fetch-empty", "an incremental fetch that finds nothing", fetch_empty),
    HotPath("metadata", "one topic's metadata", metadata),
    HotPath("list-offsets", "the end offset of one partition", list_offsets),
    HotPath("api-versions", "what a client asks first, for each API in the answer", api_versions),
    HotPath("find-coordinator", "where a group's coordinator is", find_coordinator),
    HotPath("heartbeat", "a group member's heartbeat", heartbeat),
    HotPath("offset-commit", "one partition's offset, until it is durable, answered and copied", offset_commit),
)
