"""Static members (KIP-345, KIP-814): they come back under their instance id without a rebalance, and fence whoever was there."""

from __future__ import annotations

import pytest
from tests.groups.stage import DELAY, RANGE, REBALANCE, ROBIN, SESSION, Stage

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import Leaving


def test_a_static_member_comes_back_without_a_rebalance() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    follower = next(name for name in ids if ids[name] != stage.group.leader_id)
    stage.holds_writes = True
    token = stage.join(instance_id=follower)
    assert stage.is_parked(token)
    stage.grant()
    reply = stage.joined(token)
    assert (reply.error, reply.generation_id, reply.skip_assignment) == (ErrorCode.NONE, 1, False)
    assert reply.member_id not in ids.values()
    assert reply.members == ()
    assert stage.state == "Stable"
    # It keeps its assignment, and the old id is out.
    assert stage.synced(stage.sync(reply.member_id, instance_id=follower)).assignment == f"to {ids[follower]}".encode()
    assert stage.heartbeat(ids[follower], instance_id=follower) is ErrorCode.FENCED_INSTANCE_ID
    assert stage.heartbeat(ids[follower]) is ErrorCode.UNKNOWN_MEMBER_ID


def test_a_static_leader_is_told_to_skip_the_assignment() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    leader = next(name for name in ids if ids[name] == stage.group.leader_id)
    reply = stage.joined(stage.join(instance_id=leader))
    assert reply.skip_assignment
    assert reply.leader == reply.member_id == stage.group.leader_id
    assert {member.instance_id for member in reply.members} == {"a", "b"}


@pytest.mark.parametrize("version", [5, 8])
def test_before_version_9_a_static_leader_comes_back_as_a_follower(version: int) -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    leader = next(name for name in ids if ids[name] == stage.group.leader_id)
    reply = stage.joined(stage.join(instance_id=leader, version=version))
    assert reply.leader == ids[leader] != reply.member_id
    assert (reply.members, reply.skip_assignment) == ((), False)
    assert stage.group.leader_id == reply.member_id


def test_a_static_member_that_changes_the_protocol_starts_a_rebalance() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b", protocols=(RANGE, ROBIN))
    assert stage.group.protocol_name == "range"
    token = stage.join(instance_id="a", protocols=(ROBIN,))
    assert stage.state == "PreparingRebalance"
    other = stage.join(ids["b"], instance_id="b", protocols=(RANGE, ROBIN))
    assert stage.joined(token).protocol_name == stage.joined(other).protocol_name == "roundrobin"


def test_a_static_member_that_returns_while_the_leader_assigns_starts_a_rebalance() -> None:
    stage = Stage()
    tokens = {name: stage.join(instance_id=name) for name in "ab"}
    stage.pass_time(2 * DELAY)
    ids = {name: stage.joined(token).member_id for name, token in tokens.items()}
    parked = stage.sync(next(i for i in ids.values() if i != stage.group.leader_id))
    leader_name = next(name for name in ids if ids[name] == stage.group.leader_id)
    token = stage.join(instance_id=leader_name)
    assert stage.is_parked(token)
    assert stage.synced(parked).error is ErrorCode.REBALANCE_IN_PROGRESS
    assert stage.state == "PreparingRebalance"


def test_the_parked_request_of_a_replaced_member_is_fenced() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    old = stage.join(ids["a"], instance_id="a", protocols=(("range", b"new"),))
    assert stage.is_parked(old)
    new = stage.join(instance_id="a", protocols=(("range", b"new"),))
    assert (stage.joined(old).error, stage.joined(old).member_id) == (ErrorCode.FENCED_INSTANCE_ID, ids["a"])
    assert stage.is_parked(new)
    other = stage.join(ids["b"], instance_id="b")
    assert stage.joined(new).generation_id == stage.joined(other).generation_id == 2


def test_a_parked_sync_of_a_replaced_member_is_fenced() -> None:
    stage = Stage()
    tokens = {name: stage.join(instance_id=name) for name in "ab"}
    stage.pass_time(2 * DELAY)
    ids = {name: stage.joined(token).member_id for name, token in tokens.items()}
    follower = next(name for name in ids if ids[name] != stage.group.leader_id)
    parked = stage.sync(ids[follower])
    stage.join(instance_id=follower)
    assert stage.synced(parked).error is ErrorCode.FENCED_INSTANCE_ID


@pytest.mark.parametrize(
    ("member_id", "instance_id", "error"),
    [
        ("stranger", "a", ErrorCode.FENCED_INSTANCE_ID),
        ("stranger", "nobody", ErrorCode.UNKNOWN_MEMBER_ID),
    ],
)
def test_who_names_another_members_instance_is_refused_everywhere(
    member_id: str, instance_id: str, error: ErrorCode
) -> None:
    stage = Stage()
    stage.static_group("a", "b")
    assert stage.joined(stage.join(member_id, instance_id=instance_id)).error is error
    assert stage.synced(stage.sync(member_id, instance_id=instance_id)).error is error
    assert stage.heartbeat(member_id, instance_id=instance_id) is error
    assert stage.leave(Leaving(member_id, instance_id)).members[0].error is error
    assert stage.group.check_commit(member_id, instance_id, 1) is error


def test_a_pending_dynamic_member_cannot_become_static() -> None:
    stage = Stage()
    member_id = stage.joined(stage.join()).member_id
    assert stage.joined(stage.join(member_id, instance_id="a")).error is ErrorCode.UNKNOWN_MEMBER_ID


def test_a_static_member_stays_through_a_rebalance_it_misses() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b", session=300_000)
    token = stage.join(ids["a"], instance_id="a", protocols=(("range", b"new"),), session=300_000)
    stage.pass_time(REBALANCE)
    assert {member.instance_id for member in stage.joined(token).members} == {"a", "b"}


def test_a_rebalance_nobody_joins_is_tried_again_while_static_members_are_there() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b", session=300_000)
    dynamic, parked = stage.new_member(session=300_000)
    stage.leave(dynamic)
    assert stage.joined(parked).error is ErrorCode.UNKNOWN_MEMBER_ID
    stage.pass_time(3 * REBALANCE)
    assert (stage.state, stage.group.generation_id) == ("PreparingRebalance", 1)
    tokens = [stage.join(ids[name], instance_id=name, session=300_000) for name in "ab"]
    assert {stage.joined(token).generation_id for token in tokens} == {2}


def test_an_administrator_removes_a_static_member_by_its_instance_id() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    reply = stage.leave(Leaving("", "a"), Leaving("", "nobody"), Leaving(""))
    assert [one.error for one in reply.members] == [
        ErrorCode.NONE,
        ErrorCode.UNKNOWN_MEMBER_ID,
        ErrorCode.UNKNOWN_MEMBER_ID,
    ]
    assert list(stage.group.static) == ["b"]
    assert stage.heartbeat(ids["b"]) is ErrorCode.REBALANCE_IN_PROGRESS


def test_a_rebalance_that_begins_before_the_new_id_is_durable_takes_the_join_along() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    stage.holds_writes = True
    follower, leader = sorted(ids, key=lambda name: ids[name] == stage.group.leader_id)
    token = stage.join(instance_id=follower)
    leading = stage.join(ids[leader], instance_id=leader)
    assert stage.joined(token).generation_id == stage.joined(leading).generation_id == 2
    stage.grant()
    assert stage.state == "CompletingRebalance"


def test_a_session_of_a_static_member_that_does_not_come_back_ends() -> None:
    stage = Stage()
    stage.static_group("a")
    stage.pass_time(SESSION)
    assert stage.group.static == {}
    assert stage.state == "Empty"


def test_a_static_member_that_returned_before_it_synced_is_not_thrown_out() -> None:
    stage = Stage()
    tokens = {name: stage.join(instance_id=name, session=300_000) for name in "ab"}
    stage.pass_time(2 * DELAY)
    ids = {name: stage.joined(token).member_id for name, token in tokens.items()}
    leader = stage.group.leader_id
    assert leader is not None
    stage.sync(leader, assignments=dict.fromkeys(ids.values(), b"x"))
    follower = next(name for name in ids if ids[name] != leader)
    reply = stage.joined(stage.join(instance_id=follower, session=300_000))
    stage.sync(reply.member_id)
    stage.pass_time(2 * REBALANCE)
    assert stage.state == "Stable"
