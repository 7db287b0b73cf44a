"""The group protocol's handlers through the codec, at every version that is served."""

from __future__ import annotations

from typing import Any

import pytest
from tests.groups.stage import DELAY, REBALANCE, SESSION, subscription
from tests.groups.world import NODE, Call, World, in_loop

from ottla.base.errors import ErrorCode
from ottla.broker.request import Request
from ottla.wire.messages.join_group_request import JoinGroupRequestProtocol
from ottla.wire.messages.leave_group_request import MemberIdentity
from ottla.wire.messages.sync_group_request import SyncGroupRequestAssignment

PROTOCOLS = [JoinGroupRequestProtocol("range", subscription("t"))]


def join(world: World, version: int, member_id: str = "", **fields: Any) -> Call:
    timeouts: dict[str, Any] = {"session_timeout_ms": SESSION}
    if version >= 1:
        timeouts["rebalance_timeout_ms"] = REBALANCE
    return world.send(
        "JoinGroup",
        version,
        **{
            "group_id": "g",
            "protocol_type": "consumer",
            "protocols": PROTOCOLS,
            "member_id": member_id,
            **timeouts,
            **fields,
        },
    )


async def stable(world: World, join_version: int = 9, sync_version: int = 5) -> str:
    """A group of one member in generation 1; its id."""
    call = join(world, join_version)
    if join_version >= 4:
        assert call.response.error_code == ErrorCode.MEMBER_ID_REQUIRED
        call = join(world, join_version, call.response.member_id)
    await world.pass_time(DELAY)
    member_id: str = call.response.member_id
    protocol = {"protocol_type": "consumer", "protocol_name": "range"} if sync_version >= 5 else {}
    answer = await world.ask(
        "SyncGroup",
        sync_version,
        group_id="g",
        generation_id=call.response.generation_id,
        member_id=member_id,
        assignments=[SyncGroupRequestAssignment(member_id, b"mine")],
        **protocol,
    )
    assert (answer.error_code, answer.assignment) == (0, b"mine")
    return member_id


# --- FindCoordinator --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(7))
@in_loop
async def test_every_group_is_coordinated_here(version: int) -> None:
    world = World()
    asked = {"coordinator_keys": ["g", ""]} if version >= 4 else {"key": "g"}
    answer = await world.ask("FindCoordinator", version, **asked)
    found = answer.coordinators if version >= 4 else [answer]
    assert [(one.node_id, one.host, one.port, one.error_code) for one in found] == [
        (NODE, "here.example", 9092, 0)
    ] * len(found)
    if version >= 4:
        assert [one.key for one in found] == ["g", ""]


@pytest.mark.parametrize("version", [1, 3, 4, 6])
@in_loop
async def test_a_transactional_id_has_its_coordinator_here(version: int) -> None:
    world = World()
    asked: dict[str, Any] = {"coordinator_keys": ["x"]} if version >= 4 else {"key": "x"}
    answer = await world.ask("FindCoordinator", version, key_type=1, **asked)
    found = answer.coordinators[0] if version >= 4 else answer
    assert (found.error_code, found.node_id, found.host, found.port) == (0, NODE, "here.example", 9092)


@pytest.mark.parametrize(("version", "key_type"), [(5, 2), (6, 2), (6, 9), (2, -1)])
@in_loop
async def test_other_coordinators_are_refused_for_good_with_a_reason(version: int, key_type: int) -> None:
    world = World()
    asked: dict[str, Any] = {"coordinator_keys": ["x"]} if version >= 4 else {"key": "x"}
    answer = await world.ask("FindCoordinator", version, key_type=key_type, **asked)
    found = answer.coordinators[0] if version >= 4 else answer
    assert found.error_code == ErrorCode.INVALID_REQUEST
    assert "coordinator" in found.error_message
    assert (found.node_id, found.host, found.port) == (-1, "", -1)


# --- JoinGroup, SyncGroup ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(10))
@in_loop
async def test_joining_at_every_version(version: int) -> None:
    world = World()
    call = join(world, version)
    if version >= 4:
        first = call.response
        assert first.error_code == ErrorCode.MEMBER_ID_REQUIRED
        assert first.protocol_name == (None if version >= 7 else "")
        assert (first.generation_id, first.leader, first.members) == (-1, "", [])
        call = join(world, version, first.member_id)
    assert call.is_parked
    await world.pass_time(DELAY)
    answer = call.response
    assert (answer.error_code, answer.generation_id, answer.protocol_name) == (0, 1, "range")
    assert answer.protocol_type == ("consumer" if version >= 7 else None)
    assert answer.leader == answer.member_id
    assert answer.member_id.startswith("client-")
    assert len(answer.member_id) == len("client-") + 36
    assert [(one.member_id, one.metadata) for one in answer.members] == [(answer.member_id, subscription("t"))]
    timeout = SESSION if version == 0 else REBALANCE
    group = world.groups._entries["g"].group
    assert group.rebalance_timeout_ms == timeout  # type: ignore[attr-defined]


@pytest.mark.parametrize("version", range(6))
@in_loop
async def test_syncing_at_every_version(version: int) -> None:
    world = World()
    member_id = await stable(world, 9, version)
    protocol = {"protocol_type": "consumer", "protocol_name": "range"} if version >= 5 else {}
    answer = await world.ask("SyncGroup", version, group_id="g", generation_id=1, member_id=member_id, **protocol)
    assert (answer.error_code, answer.assignment) == (0, b"mine")
    assert (answer.protocol_type, answer.protocol_name) == (("consumer", "range") if version >= 5 else (None, None))


@pytest.mark.parametrize("protocol", [{}, {"protocol_type": "consumer"}, {"protocol_name": "range"}])
@in_loop
async def test_from_version_5_a_sync_must_name_the_protocol(protocol: dict[str, str]) -> None:
    world = World()
    member_id = await stable(world)
    answer = await world.ask("SyncGroup", 5, group_id="g", generation_id=1, member_id=member_id, **protocol)
    assert answer.error_code == ErrorCode.INCONSISTENT_GROUP_PROTOCOL


@pytest.mark.parametrize("version", [2, 6, 7, 9])
@in_loop
async def test_refused_joins(version: int) -> None:
    world = World()
    cases: list[tuple[dict[str, Any], ErrorCode, str]] = [
        ({"group_id": ""}, ErrorCode.INVALID_GROUP_ID, "m"),
        ({"session_timeout_ms": 1}, ErrorCode.INVALID_SESSION_TIMEOUT, "m"),
        ({}, ErrorCode.UNKNOWN_MEMBER_ID, "m"),
        ({"member_id": "", "protocols": []}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, ""),
    ]
    for fields, error, member_id in cases:
        answer = join(world, version, **{"member_id": "m", **fields}).response
        assert (answer.error_code, answer.member_id) == (error, member_id)
        assert answer.protocol_name == (None if version >= 7 else "")
    assert world.groups.listed() == []


@in_loop
async def test_a_static_leader_is_told_to_skip_the_assignment() -> None:
    world = World()
    call = join(world, 9, group_instance_id="desk")
    await world.pass_time(DELAY)
    member_id = call.response.member_id
    assert member_id.startswith("desk-")
    await world.ask(
        "SyncGroup",
        5,
        group_id="g",
        generation_id=1,
        member_id=member_id,
        group_instance_id="desk",
        protocol_type="consumer",
        protocol_name="range",
        assignments=[SyncGroupRequestAssignment(member_id, b"mine")],
    )
    back = join(world, 9, group_instance_id="desk")
    await world.settle()
    assert back.response.skip_assignment
    assert [one.group_instance_id for one in back.response.members] == ["desk"]
    beat = await world.ask("Heartbeat", 4, group_id="g", generation_id=1, member_id=member_id, group_instance_id="desk")
    assert beat.error_code == ErrorCode.FENCED_INSTANCE_ID


@in_loop
async def test_a_connection_that_closes_takes_its_nameless_member_along() -> None:
    world = World()
    ghost, other = join(world, 3), join(world, 3)
    assert len(ghost.peer.callbacks) == 1
    ghost.peer.close()
    await world.pass_time(3 * DELAY)
    assert ghost.response.error_code == ErrorCode.UNKNOWN_MEMBER_ID
    assert len(other.response.members) == 1
    assert join(world, 9).peer.callbacks == []


@in_loop
async def test_a_client_without_id_gets_a_member_id_too() -> None:
    world = World()
    call = join(world, 9, client_id=None)
    assert call.response.member_id.startswith("-")
    assert call.response.error_code == ErrorCode.MEMBER_ID_REQUIRED


# --- Heartbeat, LeaveGroup --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(5))
@in_loop
async def test_heartbeats(version: int) -> None:
    world = World()
    member_id = await stable(world)
    for group_id, member, generation, error in (
        ("g", member_id, 1, ErrorCode.NONE),
        ("g", member_id, 2, ErrorCode.ILLEGAL_GENERATION),
        ("g", "m", 1, ErrorCode.UNKNOWN_MEMBER_ID),
        ("h", member_id, 1, ErrorCode.UNKNOWN_MEMBER_ID),
        ("", member_id, 1, ErrorCode.INVALID_GROUP_ID),
    ):
        answer = await world.ask("Heartbeat", version, group_id=group_id, generation_id=generation, member_id=member)
        assert answer.error_code == error


@pytest.mark.parametrize("version", range(6))
@in_loop
async def test_leaving_at_every_version(version: int) -> None:
    world = World()
    member_id = await stable(world)
    if version >= 3:
        answer = await world.ask(
            "LeaveGroup", version, group_id="g", members=[MemberIdentity("m"), MemberIdentity(member_id)]
        )
        assert answer.error_code == 0
        assert [(one.member_id, one.error_code) for one in answer.members] == [
            ("m", ErrorCode.UNKNOWN_MEMBER_ID),
            (member_id, 0),
        ]
    else:
        stranger = await world.ask("LeaveGroup", version, group_id="g", member_id="m")
        assert stranger.error_code == ErrorCode.UNKNOWN_MEMBER_ID
        answer = await world.ask("LeaveGroup", version, group_id="g", member_id=member_id)
        assert (answer.error_code, answer.members) == (0, [])
    assert [group.state for group in world.groups.listed()] == ["Empty"]


@pytest.mark.parametrize("version", [0, 2, 3, 5])
@in_loop
async def test_leaving_a_group_that_does_not_exist(version: int) -> None:
    world = World()
    who: dict[str, Any] = {"members": [MemberIdentity("m", "i")]} if version >= 3 else {"member_id": "m"}
    answer = await world.ask("LeaveGroup", version, group_id="none", **who)
    if version >= 3:
        assert answer.error_code == 0
        assert (answer.members[0].error_code, answer.members[0].group_instance_id) == (
            ErrorCode.UNKNOWN_MEMBER_ID,
            "i",
        )
    else:
        assert answer.error_code == ErrorCode.UNKNOWN_MEMBER_ID
    nameless = await world.ask("LeaveGroup", version, group_id="", **who)
    assert (nameless.error_code, nameless.members) == (ErrorCode.INVALID_GROUP_ID, [])


@in_loop
async def test_a_close_answers_parked_requests() -> None:
    world = World()
    call = join(world, 3)
    world.groups.close()
    assert call.response.error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert isinstance(call.request, Request)
