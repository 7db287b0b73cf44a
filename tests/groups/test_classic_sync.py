"""SyncGroup: the leader's assignment, durable before anyone has it, each member's part to itself."""

from __future__ import annotations

import pytest
from tests.groups.stage import DELAY, REBALANCE, SESSION, Stage

from ottla.base.errors import ErrorCode
from ottla.rules.groups.settings import ASSIGNMENT_BYTES_MAX


def completing(stage: Stage, members: int = 3) -> tuple[str, list[str]]:
    """A group whose leader has to assign: (leader, followers)."""
    ids = [stage.new_member()[0] for _ in range(members)]
    stage.pass_time(2 * DELAY)
    assert stage.state == "CompletingRebalance"
    leader = stage.group.leader_id
    assert leader is not None
    return leader, [one for one in ids if one != leader]


def test_followers_wait_for_the_leader_and_each_gets_its_own() -> None:
    stage = Stage()
    leader, (one, other) = completing(stage)
    parked = stage.sync(one)
    assert stage.is_parked(parked)
    stage.holds_writes = True
    leading = stage.sync(leader, assignments={leader: b"L", one: b"1", other: b"2", "stranger": b"?"})
    assert stage.is_parked(leading)
    assert stage.state == "CompletingRebalance"
    stage.grant()
    assert stage.state == "Stable"
    assert (stage.synced(parked).assignment, stage.synced(leading).assignment) == (b"1", b"L")
    assert stage.synced(stage.sync(other)).assignment == b"2"
    assert (stage.synced(parked).protocol_type, stage.synced(parked).protocol_name) == ("consumer", "range")


def test_members_the_leader_forgot_get_nothing() -> None:
    stage = Stage()
    leader, (one, _) = completing(stage)
    parked = stage.sync(one)
    stage.sync(leader, assignments={leader: b"all"})
    assert (stage.synced(parked).error, stage.synced(parked).assignment) == (ErrorCode.NONE, b"")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"generation": 0}, ErrorCode.ILLEGAL_GENERATION),
        ({"generation": 2}, ErrorCode.ILLEGAL_GENERATION),
        ({"protocol_type": "connect"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_name": "sticky"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": "consumer", "protocol_name": "range"}, ErrorCode.NONE),
    ],
)
def test_what_a_sync_must_know(fields: dict[str, object], error: ErrorCode) -> None:
    stage = Stage()
    leader, _ = stage.stable()
    assert stage.synced(stage.sync(leader, **fields)).error is error  # type: ignore[arg-type]


def test_strangers_and_empty_groups() -> None:
    stage = Stage()
    assert stage.synced(stage.sync("m", 0)).error is ErrorCode.UNKNOWN_MEMBER_ID
    stage.stable()
    assert stage.synced(stage.sync("m")).error is ErrorCode.UNKNOWN_MEMBER_ID


def test_during_a_rebalance_there_is_nothing_to_sync() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    stage.join(leader)
    assert stage.synced(stage.sync(follower)).error is ErrorCode.REBALANCE_IN_PROGRESS


def test_a_rebalance_sends_parked_syncs_back_to_join() -> None:
    stage = Stage()
    _, (one, other) = completing(stage)
    parked = stage.sync(one)
    stage.join(other, protocols=(("range", b"new"),))
    assert stage.synced(parked).error is ErrorCode.REBALANCE_IN_PROGRESS


def test_an_assignment_made_durable_too_late_is_void() -> None:
    stage = Stage()
    leader, (one, other) = completing(stage)
    stage.holds_writes = True
    leading = stage.sync(leader, assignments={leader: b"old"})
    stage.leave(one)
    assert stage.synced(leading).error is ErrorCode.REBALANCE_IN_PROGRESS
    tokens = [stage.join(leader), stage.join(other)]
    assert stage.joined(tokens[0]).generation_id == 2
    again = stage.sync(leader, assignments={leader: b"new"})
    stage.grant()
    assert stage.is_parked(again)
    assert stage.state == "CompletingRebalance"
    stage.grant()
    assert stage.synced(again).assignment == b"new"


def test_a_leader_that_syncs_twice_is_answered_once_from_its_first_assignment() -> None:
    stage = Stage()
    leader, _ = completing(stage)
    stage.holds_writes = True
    first = stage.sync(leader, assignments={leader: b"first"})
    second = stage.sync(leader, assignments={leader: b"second"})
    assert len(stage.held) == 1
    assert stage.synced(first).error is ErrorCode.REBALANCE_IN_PROGRESS
    stage.grant()
    assert stage.synced(second).assignment == b"first"


def test_members_that_never_sync_are_out_at_the_rebalance_timeout() -> None:
    stage = Stage()
    leader, (one, other) = completing(stage)
    stage.sync(leader, assignments={leader: b"L"})
    stage.sync(one)
    assert stage.state == "Stable"
    stage.keep_alive(REBALANCE, leader, one, other)
    assert other not in stage.group.members
    assert stage.state == "PreparingRebalance"
    assert stage.heartbeat(other) is ErrorCode.UNKNOWN_MEMBER_ID
    assert stage.heartbeat(one) is ErrorCode.REBALANCE_IN_PROGRESS


def test_a_leader_that_never_assigns_is_out_at_the_rebalance_timeout() -> None:
    stage = Stage()
    leader, (one, other) = completing(stage)
    parked = [stage.sync(one), stage.sync(other)]
    stage.keep_alive(REBALANCE, leader)
    assert leader not in stage.group.members
    assert {stage.synced(token).error for token in parked} == {ErrorCode.REBALANCE_IN_PROGRESS}
    assert stage.group.leader_id in (one, other)


def test_a_parked_sync_keeps_a_member_alive_and_its_session_begins_anew_with_the_answer() -> None:
    stage = Stage()
    leader, (one, other) = completing(stage)
    parked = [stage.sync(one), stage.sync(other)]
    stage.keep_alive(3 * SESSION, leader)
    assert all(stage.is_parked(token) for token in parked)
    stage.sync(leader, assignments={})
    assert stage.state == "Stable"
    stage.keep_alive(SESSION - 1, leader, other, every=3333)
    assert one in stage.group.members
    stage.keep_alive(3333, leader, other, every=3333)
    assert one not in stage.group.members


def test_assignments_are_bounded() -> None:
    stage = Stage()
    leader, (one, _) = completing(stage)
    half = bytes(ASSIGNMENT_BYTES_MAX // 2)
    token = stage.sync(leader, assignments={leader: half, one: half + b"x"})
    assert stage.synced(token).error is ErrorCode.MESSAGE_TOO_LARGE
    assert stage.state == "CompletingRebalance"
