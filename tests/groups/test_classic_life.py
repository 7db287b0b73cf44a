"""Heartbeats, sessions, leaving, descriptions, and what is left after a restart."""

from __future__ import annotations

import pytest
from tests.groups.stage import DELAY, RANGE, REBALANCE, ROBIN, SESSION, SETTINGS, Stage, limits, subscription

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.classic.messages import JoinReply, Leaving
from ottla.rules.groups.classic.stored import StoredStateError


def test_heartbeats_in_each_state() -> None:
    stage = Stage()
    assert stage.heartbeat("m", 0) is ErrorCode.UNKNOWN_MEMBER_ID  # Empty
    one, _ = stage.new_member()
    other, _ = stage.new_member()
    assert stage.heartbeat(one) is ErrorCode.REBALANCE_IN_PROGRESS  # PreparingRebalance
    stage.pass_time(2 * DELAY)
    assert stage.heartbeat(one) is ErrorCode.NONE  # CompletingRebalance
    stage.assign([one, other])
    assert stage.heartbeat(one) is ErrorCode.NONE  # Stable
    assert stage.heartbeat(one, 0) is ErrorCode.ILLEGAL_GENERATION
    assert stage.heartbeat(one, 2) is ErrorCode.ILLEGAL_GENERATION
    assert stage.heartbeat("m") is ErrorCode.UNKNOWN_MEMBER_ID
    assert stage.heartbeat("") is ErrorCode.UNKNOWN_MEMBER_ID
    stage.group.die(ErrorCode.NOT_COORDINATOR, stage.now)
    assert stage.heartbeat(one) is ErrorCode.COORDINATOR_NOT_AVAILABLE  # Dead


def test_a_member_that_falls_silent_is_out_after_its_session_and_the_rest_rebalance() -> None:
    stage = Stage()
    leader, _follower = stage.stable()
    stage.keep_alive(SESSION + 3000, leader)
    assert list(stage.group.members) == [leader]
    assert stage.heartbeat(leader) is ErrorCode.REBALANCE_IN_PROGRESS
    assert stage.joined(stage.join(leader)).generation_id == 2


def test_a_session_lasts_exactly_its_timeout() -> None:
    stage = Stage()
    (member,) = stage.stable(1)
    stage.heartbeat(member)
    stage.pass_time(SESSION - 1)
    assert stage.heartbeat(member) is ErrorCode.NONE
    stage.pass_time(SESSION)
    assert stage.heartbeat(member, 1) is not ErrorCode.NONE


def test_the_last_member_out_leaves_an_empty_group_of_a_new_generation() -> None:
    stage = Stage()
    (_member,) = stage.stable(1)
    stage.wall += 5
    stage.pass_time(SESSION)
    assert (stage.state, stage.group.generation_id) == ("Empty", 2)
    assert stage.group.protocol_name is None
    assert stage.group.protocol_type == "consumer"
    stage.restart()
    assert (stage.state, stage.group.generation_id, stage.group.protocol_type) == ("Empty", 2, "consumer")


def test_a_session_that_ends_during_a_rebalance_ends_the_rebalance_when_it_was_the_last_missing() -> None:
    stage = Stage()
    leader, _follower = stage.stable()
    token = stage.join(leader)
    stage.pass_time(SESSION)
    assert [member.member_id for member in stage.joined(token).members] == [leader]


def test_all_members_of_a_first_rebalance_gone_leaves_it_empty() -> None:
    stage = Stage()
    member, token = stage.new_member()
    stage.leave(member)
    assert stage.joined(token).error is ErrorCode.UNKNOWN_MEMBER_ID
    stage.pass_time(2 * DELAY)
    assert (stage.state, stage.group.generation_id) == ("Empty", 1)


# --- leaving ----------------------------------------------------------------------------------------------------------------


def test_leaving_members_each_get_their_own_answer() -> None:
    stage = Stage()
    ids = stage.stable(3)
    pending = stage.joined(stage.join()).member_id
    reply = stage.leave(ids[1], "stranger", pending)
    assert reply.error is ErrorCode.NONE
    assert [(one.member_id, one.error) for one in reply.members] == [
        (ids[1], ErrorCode.NONE),
        ("stranger", ErrorCode.UNKNOWN_MEMBER_ID),
        (pending, ErrorCode.NONE),
    ]
    assert stage.state == "PreparingRebalance"


def test_a_leave_that_hits_nobody_changes_nothing() -> None:
    stage = Stage()
    stage.stable()
    stage.leave("stranger")
    assert stage.state == "Stable"


def test_leaving_twice_in_one_request() -> None:
    stage = Stage()
    _leader, follower = stage.stable()
    reply = stage.leave(follower, follower)
    assert [one.error for one in reply.members] == [ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID]


def test_the_leave_that_empties_a_group_is_answered_when_that_is_durable() -> None:
    stage = Stage()
    (member,) = stage.stable(1)
    stage.holds_writes = True
    token = stage.token("leaving")
    stage.run(stage.group.leave(token, [Leaving(member)], stage.now))
    assert stage.state == "Empty"
    assert stage.is_parked(token)
    stage.grant()
    assert stage.replies[token].members[0].error is ErrorCode.NONE


def test_whoever_leaves_with_a_parked_request_has_it_answered() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    joining = stage.join(leader)
    stage.leave(leader)
    assert stage.joined(joining).error is ErrorCode.UNKNOWN_MEMBER_ID
    again = stage.join(follower)
    assert stage.joined(again).leader == follower
    other, _ = stage.new_member()
    stage.join(follower)
    parked = stage.sync(other)
    stage.leave(other)
    assert stage.synced(parked).error is ErrorCode.UNKNOWN_MEMBER_ID


def test_a_dead_group_answers_everyone() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    token = stage.join(leader)
    stage.run(stage.group.die(ErrorCode.NOT_COORDINATOR, stage.now))
    assert stage.joined(token) == JoinReply(ErrorCode.NOT_COORDINATOR, leader)
    assert stage.joined(stage.join()).error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert stage.joined(stage.join(leader)).error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert stage.synced(stage.sync(leader)).error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert stage.leave(follower).error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert stage.group.check_commit(leader, None, 1) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert stage.group.wake_ms is None


# --- descriptions -----------------------------------------------------------------------------------------------------------


def test_a_stable_group_is_described_with_its_protocol_and_metadata() -> None:
    stage = Stage()
    leader, _ = stage.stable()
    described = stage.group.describe()
    assert (described.state, described.protocol_type, described.protocol_name) == ("Stable", "consumer", "range")
    first = next(member for member in described.members if member.member_id == leader)
    assert (first.client_id, first.client_host, first.instance_id) == ("client", "/127.0.0.1", None)
    assert (first.metadata, first.assignment) == (b"range-metadata", f"to {leader}".encode())


def test_a_rebalancing_group_is_described_without_them() -> None:
    stage = Stage()
    leader, _ = stage.stable()
    stage.join(leader)
    described = stage.group.describe()
    assert (described.state, described.protocol_name) == ("PreparingRebalance", "")
    assert {member.metadata for member in described.members} == {b""}


# --- restart ----------------------------------------------------------------------------------------------------------------


def test_members_go_on_after_a_restart_without_a_rebalance() -> None:
    stage = Stage()
    leader, follower = stage.stable(protocols=(RANGE, ROBIN))
    before = stage.group.describe()
    stage.pass_time(SESSION - 2 * DELAY - 2)
    stage.restart()
    assert stage.group.describe() == before
    stage.pass_time(SESSION - 1)
    assert stage.heartbeat(leader) is ErrorCode.NONE
    assert stage.heartbeat(follower) is ErrorCode.NONE
    assert stage.synced(stage.sync(follower)).assignment == f"to {follower}".encode()
    assert stage.joined(stage.join(follower, protocols=(RANGE, ROBIN))).generation_id == 1
    assert stage.state == "Stable"
    assert stage.group.leader_id == leader


def test_after_a_restart_members_that_are_gone_leave_by_their_sessions() -> None:
    stage = Stage()
    leader, _ = stage.stable()
    stage.restart()
    stage.keep_alive(SESSION + 3000, leader)
    assert list(stage.group.members) == [leader]


def test_a_rebalance_is_not_remembered_over_a_restart() -> None:
    stage = Stage()
    leader, _follower = stage.stable()
    stage.join(leader)
    stage.restart()
    assert stage.state == "Stable"
    assert stage.heartbeat(leader) is ErrorCode.NONE


def test_static_members_are_remembered() -> None:
    stage = Stage()
    ids = stage.static_group("a", "b")
    stage.restart()
    assert stage.group.static == ids
    assert not stage.joined(stage.join(instance_id="a")).error


def test_a_group_above_a_lowered_max_size_rebalances_at_once() -> None:
    stage = Stage()
    ids = stage.stable(3)
    stage.settings = limits(max_size=2)
    stage.restart()
    assert stage.state == "PreparingRebalance"
    tokens = [stage.join(member_id) for member_id in ids]
    assert stage.joined(tokens[2]).error is ErrorCode.GROUP_MAX_SIZE_REACHED
    assert [stage.joined(token).error for token in tokens[:2]] == [ErrorCode.NONE] * 2


@pytest.mark.parametrize("state", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x81\xa1x\x01", b"\x91" * 100_000])
def test_a_state_that_cannot_be_read_says_so(state: bytes) -> None:
    with pytest.raises(StoredStateError, match="'g'"):
        ClassicGroup.load("g", state, SETTINGS, Stage().now)


# --- offsets ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member_id", "instance_id", "generation", "error"),
    [
        ("", None, -1, ErrorCode.NONE),
        ("whoever", None, -1, ErrorCode.NONE),
        ("", None, 0, ErrorCode.UNKNOWN_MEMBER_ID),
        ("m", None, 1, ErrorCode.UNKNOWN_MEMBER_ID),
    ],
)
def test_who_may_commit_to_an_empty_group(
    member_id: str, instance_id: str | None, generation: int, error: ErrorCode
) -> None:
    assert Stage().group.check_commit(member_id, instance_id, generation) is error


def test_who_may_commit_to_a_group_with_members() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    check = stage.group.check_commit
    assert check(leader, None, 1) is ErrorCode.NONE
    assert check(leader, None, 0) is ErrorCode.ILLEGAL_GENERATION
    assert check(leader, None, -1) is ErrorCode.ILLEGAL_GENERATION
    assert check("", None, -1) is ErrorCode.UNKNOWN_MEMBER_ID
    assert check("", "nobody", -1) is ErrorCode.UNKNOWN_MEMBER_ID
    assert check("stranger", None, 1) is ErrorCode.UNKNOWN_MEMBER_ID
    stage.join(leader)
    assert check(follower, None, 1) is ErrorCode.NONE  # what it had before the rebalance
    stage.join(follower)
    assert check(follower, None, 2) is ErrorCode.REBALANCE_IN_PROGRESS
    assert check(follower, None, 1) is ErrorCode.ILLEGAL_GENERATION


def test_a_commit_keeps_a_member_alive() -> None:
    stage = Stage()
    (member,) = stage.stable(1)
    for _ in range(4):
        stage.pass_time(SESSION - 1)
        stage.group.committed_by(member, stage.now)
    assert stage.state == "Stable"


def test_subscriptions_are_read_from_metadata_of_any_version() -> None:
    stage = Stage()
    stage.new_member(protocols=(("range", subscription("a", "b", version=0)),))
    stage.new_member(protocols=(("range", subscription("b", "ç", version=99)),))
    stage.pass_time(2 * DELAY)
    assert stage.group.subscribed == {"a", "b", "ç"}
    assert stage.group.is_subscribed_to("ç")
    assert not stage.group.is_subscribed_to("c")


def test_members_whose_metadata_cannot_be_read_may_subscribe_to_anything() -> None:
    stage = Stage()
    stage.stable()
    assert stage.group.is_subscribed_to("anything")
    assert stage.group.retention_base() is None


def test_other_protocol_types_subscribe_to_nothing() -> None:
    stage = Stage()
    stage.stable(protocol_type="connect")
    assert not stage.group.is_subscribed_to("anything")
    assert stage.group.check_offset_delete() is ErrorCode.NON_EMPTY_GROUP
    assert stage.group.retention_base() is None


def test_deletions_need_an_empty_group_except_for_offsets_of_consumers() -> None:
    stage = Stage()
    assert stage.group.check_delete() is ErrorCode.NONE
    (member,) = stage.stable(1)
    assert stage.group.check_delete() is ErrorCode.NON_EMPTY_GROUP
    assert stage.group.check_offset_delete() is ErrorCode.NONE
    stage.leave(member)
    assert stage.group.check_delete() is ErrorCode.NONE
    assert stage.group.is_subscribed_to("anything") is False


def test_the_deadline_of_a_rebalance_with_no_timeout_does_not_spin() -> None:
    stage = Stage()
    stage.static_group("a", session=300_000)
    stage.join(instance_id="a", rebalance=0, session=300_000)
    member, _ = stage.new_member(rebalance=0, session=300_000)
    stage.leave(member)
    wakes = 0
    end = stage.ticks + 1000
    while stage.group.wake_ms is not None and stage.group.wake_ms <= end and wakes < 1000:
        wakes += 1
        stage.pass_time(max(stage.group.wake_ms - stage.ticks, 0))
    assert wakes <= 11


def test_rebalance_timeout_applies_from_the_start_of_the_rebalance() -> None:
    stage = Stage()
    leader, _follower = stage.stable(session=300_000)
    token = stage.join(leader, session=300_000)
    stage.pass_time(REBALANCE - 1)
    assert stage.is_parked(token)
    stage.pass_time(1)
    assert not stage.is_parked(token)
