"""A group on a real broker, over real connections and the real catalogue: restarts, shutdown, a dead connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.groups.stage import subscription
from tests.support.raw import RawClient

from ottla.base.errors import ErrorCode
from ottla.testing import broker as embedded_broker
from ottla.testing.embedded import EmbeddedBroker
from ottla.wire.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from ottla.wire.messages.describe_groups_request import DescribeGroupsRequest
from ottla.wire.messages.heartbeat_request import HeartbeatRequest
from ottla.wire.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from ottla.wire.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from ottla.wire.messages.offset_fetch_request import OffsetFetchRequest, OffsetFetchRequestGroup
from ottla.wire.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment

OFFSET_COMMIT, OFFSET_FETCH, JOIN, HEARTBEAT, SYNC, DESCRIBE, CREATE_TOPICS = 8, 9, 11, 12, 14, 15, 19


@pytest.fixture(scope="module")
def kafka() -> Iterator[EmbeddedBroker]:
    with embedded_broker() as running:
        with RawClient(running.port) as client:
            answer = client.call(CREATE_TOPICS, 7, CreateTopicsRequest([CreatableTopic("t", 2, 1)]))
            assert answer.topics[0].error_code == 0
        yield running


def join_request(group: str, member_id: str = "", *, session_ms: int = 10_000, rebalance_ms: int = 60_000) -> Any:
    return JoinGroupRequest(
        group_id=group,
        session_timeout_ms=session_ms,
        rebalance_timeout_ms=rebalance_ms,
        member_id=member_id,
        protocol_type="consumer",
        protocols=[JoinGroupRequestProtocol("range", subscription("t"))],
    )


def sync_request(group: str, generation: int, member_id: str, assignments: dict[str, bytes]) -> Any:
    parts = [SyncGroupRequestAssignment(*one) for one in assignments.items()]
    return SyncGroupRequest(group, generation, member_id, None, "consumer", "range", parts)


def alone(client: RawClient, group: str, **timeouts: int) -> str:
    """A Stable group of one member, in generation 1."""
    member_id = client.call(JOIN, 9, join_request(group, **timeouts)).member_id
    joined = client.call(JOIN, 9, join_request(group, member_id, **timeouts))
    assert (joined.error_code, joined.generation_id, joined.leader) == (0, 1, member_id)
    synced = client.call(SYNC, 5, sync_request(group, 1, member_id, {member_id: b"mine"}))
    assert (synced.error_code, synced.assignment) == (0, b"mine")
    return str(member_id)


def commit(client: RawClient, group: str, member_id: str, generation: int, offset: int) -> int:
    topics = [OffsetCommitRequestTopic("t", partitions=[OffsetCommitRequestPartition(1, offset, 0, "here")])]
    answer = client.call(OFFSET_COMMIT, 9, OffsetCommitRequest(group, generation, member_id, None, -1, topics))
    return int(answer.topics[0].partitions[0].error_code)


def offsets(client: RawClient, group: str) -> list[tuple[str, int, int, str | None]]:
    answer = client.call(OFFSET_FETCH, 9, OffsetFetchRequest(groups=[OffsetFetchRequestGroup(group, topics=None)]))
    return [
        (topic.name, part.partition_index, part.committed_offset, part.metadata)
        for topic in answer.groups[0].topics
        for part in topic.partitions
    ]


def test_a_member_and_its_offsets_outlive_a_restart_of_the_broker(kafka: EmbeddedBroker) -> None:
    with RawClient(kafka.port) as client:
        member_id = alone(client, "restarted")
        assert commit(client, "restarted", member_id, 1, 41) == 0
        assert commit(client, "restarted", member_id, 1, 42) == 0
    kafka.restart()
    with RawClient(kafka.port) as client:
        beat = client.call(HEARTBEAT, 4, HeartbeatRequest("restarted", 1, member_id))
        assert beat.error_code == 0
        assert offsets(client, "restarted") == [("t", 1, 42, "here")]
        assert commit(client, "restarted", member_id, 1, 43) == 0
        synced = client.call(SYNC, 5, sync_request("restarted", 1, member_id, {}))
        assert synced.assignment == b"mine"


def test_a_member_that_falls_silent_is_gone_after_its_session(kafka: EmbeddedBroker) -> None:
    with RawClient(kafka.port) as client:
        alone(client, "silent", session_ms=200)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            (group,) = client.call(DESCRIBE, 6, DescribeGroupsRequest(["silent"])).groups
            if group.group_state == "Empty":
                break
            time.sleep(0.02)
        assert (group.group_state, group.members) == ("Empty", [])


def test_a_shutdown_answers_who_waits_in_a_group_and_is_not_held_up_by_them(kafka: EmbeddedBroker) -> None:
    with RawClient(kafka.port) as leader, RawClient(kafka.port) as other:
        alone(leader, "waiting")
        parked = other.send_message(JOIN, 3, join_request("waiting"))
        deadline = time.monotonic() + 20
        state = ""
        while state != "PreparingRebalance" and time.monotonic() < deadline:
            state = leader.call(DESCRIBE, 6, DescribeGroupsRequest(["waiting"])).groups[0].group_state
        assert state == "PreparingRebalance"
        before = time.monotonic()
        kafka.stop()
        took = time.monotonic() - before
        try:
            assert other.receive(JOIN, 3, parked).error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
            assert took < 3
        finally:
            kafka.start()


def test_a_nameless_member_goes_with_its_connection(kafka: EmbeddedBroker) -> None:
    with RawClient(kafka.port) as leader:
        member_id = alone(leader, "ghost")
        with RawClient(kafka.port) as other:
            other.send_message(JOIN, 3, join_request("ghost"))
            deadline = time.monotonic() + 20
            error = 0
            while error != ErrorCode.REBALANCE_IN_PROGRESS and time.monotonic() < deadline:
                error = leader.call(HEARTBEAT, 4, HeartbeatRequest("ghost", 1, member_id)).error_code
            assert error == ErrorCode.REBALANCE_IN_PROGRESS
        members = 2
        while members == 2 and time.monotonic() < deadline:
            members = len(leader.call(DESCRIBE, 6, DescribeGroupsRequest(["ghost"])).groups[0].members)
        assert members == 1
        joined = leader.call(JOIN, 9, join_request("ghost", member_id))
        assert (joined.error_code, joined.generation_id, len(joined.members)) == (0, 2, 1)
