"""JoinGroup of classic groups, as Apache Kafka's GroupMetadataManager answers it."""

from __future__ import annotations

import pytest
from tests.groups.stage import DELAY, RANGE, REBALANCE, ROBIN, SESSION, SETTINGS, Stage, limits

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.join import check_join
from ottla.rules.groups.classic.messages import JoinRequest
from ottla.rules.groups.settings import (
    METADATA_BYTES_MAX,
    NEW_MEMBER_JOIN_TIMEOUT_MS,
    PENDING_MEMBERS_MAX,
    PROTOCOLS_MAX,
)


def request(**fields: object) -> JoinRequest:
    plain: dict[str, object] = {
        "member_id": "",
        "protocol_type": "consumer",
        "protocols": (RANGE,),
        "session_timeout_ms": SESSION,
        "rebalance_timeout_ms": REBALANCE,
        "new_member_suffix": "x",
    }
    return JoinRequest(**{**plain, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("group_id", "fields", "error"),
    [
        ("g", {}, ErrorCode.NONE),
        ("", {}, ErrorCode.INVALID_GROUP_ID),
        ("g", {"session_timeout_ms": 5_999}, ErrorCode.INVALID_SESSION_TIMEOUT),
        ("g", {"session_timeout_ms": 6_000}, ErrorCode.NONE),
        ("g", {"session_timeout_ms": 1_800_000}, ErrorCode.NONE),
        ("g", {"session_timeout_ms": 1_800_001}, ErrorCode.INVALID_SESSION_TIMEOUT),
        ("g", {"session_timeout_ms": -1}, ErrorCode.INVALID_SESSION_TIMEOUT),
        ("g", {"protocols": tuple((str(i), b"") for i in range(PROTOCOLS_MAX))}, ErrorCode.NONE),
        ("g", {"protocols": tuple((str(i), b"") for i in range(PROTOCOLS_MAX + 1))}, ErrorCode.MESSAGE_TOO_LARGE),
        ("g", {"protocols": (("a", bytes(METADATA_BYTES_MAX)),)}, ErrorCode.NONE),
        ("g", {"protocols": (("a", bytes(METADATA_BYTES_MAX)), ("b", b"x"))}, ErrorCode.MESSAGE_TOO_LARGE),
    ],
)
def test_what_is_refused_without_looking_at_the_group(
    group_id: str, fields: dict[str, object], error: ErrorCode
) -> None:
    assert check_join(group_id, request(**fields), SETTINGS) is error


def test_a_new_dynamic_member_first_gets_its_id_then_joins_with_it() -> None:
    stage = Stage()
    first = stage.joined(stage.join())
    assert first.error is ErrorCode.MEMBER_ID_REQUIRED
    assert first.member_id == "client-1"
    assert stage.state == "Empty"

    second = stage.join(first.member_id)
    assert stage.is_parked(second)
    assert stage.state == "PreparingRebalance"
    stage.pass_time(DELAY)
    reply = stage.joined(second)
    assert (reply.error, reply.generation_id, reply.leader) == (ErrorCode.NONE, 1, first.member_id)
    assert (reply.protocol_type, reply.protocol_name) == ("consumer", "range")
    assert [tuple(member) for member in reply.members] == [(first.member_id, None, b"range-metadata")]


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_before_version_4_a_member_gets_in_at_once(version: int) -> None:
    stage = Stage()
    token = stage.join(version=version)
    stage.pass_time(DELAY)
    assert stage.joined(token).error is ErrorCode.NONE
    assert stage.joined(token).member_id == "client-1"


def test_a_static_member_needs_no_round_trip() -> None:
    stage = Stage()
    token = stage.join(instance_id="desk")
    stage.pass_time(DELAY)
    assert stage.joined(token).member_id == "desk-1"
    assert stage.joined(token).members[0].instance_id == "desk"


def test_only_the_leader_is_told_of_the_members() -> None:
    stage = Stage()
    tokens = [stage.new_member()[1] for _ in range(3)]
    stage.pass_time(2 * DELAY)
    replies = [stage.joined(token) for token in tokens]
    leaders = [reply for reply in replies if reply.member_id == reply.leader]
    assert len(leaders) == 1
    assert len(leaders[0].members) == 3
    assert all(reply.members == () for reply in replies if reply is not leaders[0])
    assert {reply.leader for reply in replies} == {leaders[0].member_id}


def test_a_pending_member_that_never_comes_back_is_forgotten_after_its_session() -> None:
    stage = Stage()
    member_id = stage.joined(stage.join()).member_id
    stage.pass_time(SESSION - 1)
    assert member_id in stage.group.pending
    stage.pass_time(1)
    assert stage.group.is_disposable
    token = stage.join(member_id)
    assert stage.joined(token).error is ErrorCode.UNKNOWN_MEMBER_ID


def test_pending_members_are_bounded() -> None:
    stage = Stage()
    for _ in range(PENDING_MEMBERS_MAX):
        stage.join()
    assert stage.joined(stage.join()).error is ErrorCode.COORDINATOR_NOT_AVAILABLE


def test_a_rebalance_waits_for_pending_members() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    pending = stage.joined(stage.join()).member_id
    tokens = [stage.join(leader), stage.join(follower)]
    assert all(stage.is_parked(token) for token in tokens)
    late = stage.join(pending)
    assert stage.state == "CompletingRebalance"
    assert {stage.joined(token).generation_id for token in [*tokens, late]} == {2}


def test_a_pending_member_that_goes_away_lets_the_rebalance_end() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    pending = stage.joined(stage.join()).member_id
    tokens = [stage.join(leader), stage.join(follower)]
    stage.leave(pending)
    assert all(stage.joined(token).error is ErrorCode.NONE for token in tokens)


def test_the_first_rebalance_is_delayed_and_extended_while_members_come() -> None:
    stage = Stage()
    _, first = stage.new_member()
    stage.pass_time(DELAY - 1)
    _, second = stage.new_member()
    stage.pass_time(1)
    assert stage.is_parked(first)
    stage.pass_time(DELAY - 1)
    assert stage.is_parked(second)
    stage.pass_time(1)
    assert stage.joined(first).generation_id == stage.joined(second).generation_id == 1


def test_the_first_rebalance_is_extended_at_most_to_the_rebalance_timeout() -> None:
    stage = Stage()
    _, first = stage.new_member(rebalance=10_000)
    for _ in range(100):
        stage.pass_time(500)
        if not stage.is_parked(first):
            break
        stage.new_member(rebalance=10_000)
    assert stage.ticks - 1_000_000 <= 10_000 + DELAY
    assert stage.joined(first).error is ErrorCode.NONE


def test_without_a_delay_the_first_member_is_alone() -> None:
    stage = Stage(limits(initial_rebalance_delay_ms=0))
    _, token = stage.new_member()
    stage.pass_time(0)
    assert stage.joined(token).generation_id == 1


@pytest.mark.parametrize(
    ("protocol_type", "protocols"), [("", (RANGE,)), ("consumer", ())], ids=["no type", "no protocols"]
)
def test_the_first_member_must_bring_a_protocol(protocol_type: str, protocols: tuple[tuple[str, bytes], ...]) -> None:
    stage = Stage()
    token = stage.join(protocol_type=protocol_type, protocols=protocols)
    assert stage.joined(token).error is ErrorCode.INCONSISTENT_GROUP_PROTOCOL


@pytest.mark.parametrize(
    ("protocol_type", "protocols"),
    [("connect", (RANGE,)), ("consumer", (("sticky", b""),)), ("consumer", ())],
    ids=["other type", "nothing in common", "none"],
)
def test_members_must_have_a_protocol_in_common(protocol_type: str, protocols: tuple[tuple[str, bytes], ...]) -> None:
    stage = Stage()
    stage.stable()
    token = stage.join(protocol_type=protocol_type, protocols=protocols)
    assert stage.joined(token).error is ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    assert stage.state == "Stable"


def test_any_protocol_type_is_served() -> None:
    stage = Stage()
    leader, _ = stage.stable(protocol_type="connect", protocols=(("sessioned", b"\x00\x01"),))
    assert stage.group.protocol_type == "connect"
    assert stage.group.describe().protocol_name == "sessioned"
    assert stage.heartbeat(leader) is ErrorCode.NONE


def test_the_protocol_most_members_prefer_is_chosen() -> None:
    stage = Stage()
    tokens = [
        stage.new_member(protocols=(RANGE, ROBIN))[1],
        stage.new_member(protocols=(ROBIN, RANGE))[1],
        stage.new_member(protocols=(("own", b""), ROBIN, RANGE))[1],
    ]
    stage.pass_time(2 * DELAY)
    assert {stage.joined(token).protocol_name for token in tokens} == {"roundrobin"}


def test_the_leader_gets_the_metadata_of_the_chosen_protocol() -> None:
    stage = Stage()
    stage.new_member(protocols=(RANGE, ROBIN))
    stage.new_member(protocols=(ROBIN,))
    stage.pass_time(2 * DELAY)
    leader = next(reply for reply in stage.replies.values() if reply.members)
    assert {member.metadata for member in leader.members} == {b"robin-metadata"}


def test_a_follower_that_joins_unchanged_is_told_the_current_generation() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    reply = stage.joined(stage.join(follower))
    assert (reply.error, reply.generation_id, reply.leader, reply.members) == (ErrorCode.NONE, 1, leader, ())
    assert stage.state == "Stable"


def test_a_leader_that_joins_wants_a_rebalance() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    token = stage.join(leader)
    assert stage.is_parked(token)
    assert stage.state == "PreparingRebalance"
    assert stage.heartbeat(follower) is ErrorCode.REBALANCE_IN_PROGRESS
    stage.join(follower)
    assert stage.joined(token).generation_id == 2


def test_a_follower_with_other_metadata_starts_a_rebalance() -> None:
    stage = Stage()
    _, follower = stage.stable()
    assert stage.is_parked(stage.join(follower, protocols=(("range", b"other"),)))
    assert stage.state == "PreparingRebalance"


def test_while_the_leader_assigns_an_unchanged_join_is_answered_again_and_a_changed_one_rebalances() -> None:
    stage = Stage()
    leader, first = stage.new_member()
    _, second = stage.new_member()
    stage.pass_time(2 * DELAY)
    assert stage.state == "CompletingRebalance"
    again = stage.joined(stage.join(leader))
    assert again == stage.joined(first)
    assert len(again.members) == 2
    stage.join(stage.joined(second).member_id, protocols=(("range", b"other"),))
    assert stage.state == "PreparingRebalance"


def test_a_rebalance_ends_without_those_who_do_not_join_in_time() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    token = stage.join(leader)
    stage.keep_alive(REBALANCE - 3000, follower)
    assert stage.is_parked(token)
    stage.keep_alive(3000, follower)
    assert [member.member_id for member in stage.joined(token).members] == [leader]
    assert stage.heartbeat(follower) is ErrorCode.UNKNOWN_MEMBER_ID


def test_the_longest_rebalance_timeout_counts() -> None:
    stage = Stage()
    slow, _ = stage.new_member(rebalance=90_000, session=200_000)
    quick, _ = stage.new_member(rebalance=20_000, session=200_000)
    stage.pass_time(2 * DELAY)
    stage.assign([slow, quick])
    token = stage.join(quick, protocols=(("range", b"new"),), rebalance=20_000, session=200_000)
    stage.pass_time(90_000 - 1)
    assert stage.is_parked(token)
    stage.pass_time(1)
    assert stage.joined(token).leader == quick


def test_when_the_leader_stays_away_another_leads() -> None:
    stage = Stage()
    leader, follower = stage.stable(session=200_000)
    token = stage.join(follower, protocols=(("range", b"new"),), session=200_000)
    stage.pass_time(REBALANCE)
    assert stage.joined(token).leader == follower != leader
    assert len(stage.joined(token).members) == 1


def test_without_rebalance_timeout_the_session_serves() -> None:
    stage = Stage()
    member_id, _ = stage.new_member(rebalance=-1)
    assert stage.group.members[member_id].rebalance_timeout_ms == SESSION


def test_an_unknown_member_id_is_refused() -> None:
    stage = Stage()
    stage.stable()
    reply = stage.joined(stage.join("stranger"))
    assert (reply.error, reply.member_id) == (ErrorCode.UNKNOWN_MEMBER_ID, "stranger")


def test_an_empty_group_knows_no_members() -> None:
    stage = Stage()
    (leader,) = stage.stable(1)
    stage.leave(leader)
    assert stage.state == "Empty"
    assert stage.joined(stage.join(leader)).error is ErrorCode.UNKNOWN_MEMBER_ID


def test_a_new_member_that_waits_too_long_is_dropped() -> None:
    stage = Stage()
    leader, follower = stage.stable(rebalance=3_600_000)
    _, token = stage.new_member(rebalance=3_600_000)
    stage.keep_alive(NEW_MEMBER_JOIN_TIMEOUT_MS + 3000, leader, follower)
    assert stage.joined(token).error is ErrorCode.UNKNOWN_MEMBER_ID
    assert stage.state == "PreparingRebalance"


def test_a_parked_join_keeps_a_known_member_alive() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    token = stage.join(leader)
    stage.keep_alive(3 * SESSION, follower)
    assert stage.is_parked(token)
    stage.join(follower)
    assert stage.joined(token).error is ErrorCode.NONE


def test_a_second_join_of_one_member_takes_the_place_of_the_first() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    first = stage.join(leader)
    second = stage.join(leader)
    assert stage.joined(first).error is ErrorCode.REBALANCE_IN_PROGRESS
    assert stage.is_parked(second)
    stage.join(follower)
    assert stage.joined(second).generation_id == 2


def test_group_max_size_counts_members() -> None:
    stage = Stage(limits(max_size=2))
    _leader, follower = stage.stable()
    assert stage.joined(stage.join()).error is ErrorCode.GROUP_MAX_SIZE_REACHED
    assert not stage.joined(stage.join(follower)).error
    assert stage.state == "Stable"


def test_during_a_rebalance_group_max_size_counts_those_who_joined() -> None:
    stage = Stage(limits(max_size=2))
    # Three get their id while the group is empty; two join.
    ids = [stage.joined(stage.join()).member_id for _ in range(3)]
    tokens = [stage.join(member_id) for member_id in ids]
    assert stage.joined(tokens[2]).error is ErrorCode.GROUP_MAX_SIZE_REACHED
    assert stage.joined(tokens[2]).member_id == ""
    stage.pass_time(2 * DELAY)
    assert [stage.joined(token).error for token in tokens[:2]] == [ErrorCode.NONE] * 2


def test_a_member_whose_id_nobody_knows_goes_with_its_connection() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    ghost = stage.join(version=3)
    tokens = [stage.join(leader)]
    stage.run(stage.group.disconnected(ghost, stage.now))
    tokens.append(stage.join(follower))
    assert all(stage.joined(token).generation_id == 2 for token in tokens)
    assert len(stage.group.members) == 2


def test_a_member_that_knows_its_id_may_come_back_after_its_connection() -> None:
    stage = Stage()
    leader, follower = stage.stable()
    token = stage.join(leader)
    stage.run(stage.group.disconnected(token, stage.now))
    again = stage.join(leader)
    stage.join(follower)
    assert stage.joined(again).generation_id == 2
