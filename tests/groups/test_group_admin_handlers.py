"""DescribeGroups, ListGroups, DeleteGroups and OffsetDelete through the codec."""

from __future__ import annotations

from typing import Any

import pytest
from tests.groups.stage import subscription
from tests.groups.test_group_handlers import join, stable
from tests.groups.test_offset_handlers import committed, errors, fetch
from tests.groups.world import World, in_loop

from ottla.base.errors import ErrorCode
from ottla.broker.handlers.groups_admin import GROUP_OPERATIONS
from ottla.wire.messages.leave_group_request import MemberIdentity
from ottla.wire.messages.offset_delete_request import OffsetDeleteRequestPartition, OffsetDeleteRequestTopic


@pytest.mark.parametrize("version", range(7))
@in_loop
async def test_describing_at_every_version(version: int) -> None:
    world = World()
    member = await stable(world)
    await committed(world, 9, {0: 1}, group_id="simple")
    with_operations = {"include_authorized_operations": True} if version >= 3 else {}
    answer = await world.ask("DescribeGroups", version, groups=["g", "none", "simple", ""], **with_operations)
    group, none, simple, nameless = answer.groups
    assert (group.error_code, group.group_id, group.group_state) == (0, "g", "Stable")
    assert (group.protocol_type, group.protocol_data) == ("consumer", "range")
    (one,) = group.members
    assert (one.member_id, one.client_id, one.client_host) == (member, "client", "/127.0.0.1")
    assert (one.member_metadata, one.member_assignment, one.group_instance_id) == (subscription("t"), b"mine", None)
    assert (simple.error_code, simple.group_state, simple.protocol_type, simple.members) == (0, "Empty", "", [])
    assert group.authorized_operations == (GROUP_OPERATIONS if version >= 3 else -(2**31))
    for missing in (none, nameless):
        assert missing.group_state == "Dead"
        assert missing.error_code == (ErrorCode.GROUP_ID_NOT_FOUND if version >= 6 else 0)
    assert none.error_message == ("Group none not found." if version >= 6 else None)


@pytest.mark.parametrize("version", range(6))
@in_loop
async def test_listing_at_every_version(version: int) -> None:
    world = World()
    await stable(world)
    await committed(world, 9, {0: 1}, group_id="simple")
    answer = await world.ask("ListGroups", version)
    found = [(one.group_id, one.protocol_type, one.group_state, one.group_type) for one in answer.groups]
    state = ("Stable", "Empty") if version >= 4 else ("", "")
    kind = "classic" if version >= 5 else ""
    assert sorted(found) == [("g", "consumer", state[0], kind), ("simple", "", state[1], kind)]


@pytest.mark.parametrize(
    ("states", "types", "groups"),
    [
        ([], [], ["g", "h"]),
        (["STABLE"], [], ["g"]),
        ([" stable ", "empty"], [], ["g", "h"]),
        (["PreparingRebalance"], [], []),
        ([], ["Classic"], ["g", "h"]),
        ([], ["consumer", "share"], []),
        (["empty"], ["CLASSIC"], ["h"]),
        ([], ["nonsense"], []),
    ],
)
@in_loop
async def test_filters_are_case_blind(states: list[str], types: list[str], groups: list[str]) -> None:
    world = World()
    await stable(world)
    await committed(world, 9, {0: 1}, group_id="h")
    answer = await world.ask("ListGroups", 5, states_filter=states, types_filter=types)
    assert sorted(one.group_id for one in answer.groups) == groups


@in_loop
async def test_nothing_is_described_or_listed_while_loading() -> None:
    world = World()
    world.boot(load=False)
    loading = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert (await world.ask("ListGroups", 5)).error_code == loading
    for version in (0, 6):
        assert (await world.ask("DescribeGroups", version, groups=["g"])).groups[0].error_code == loading
    assert (await world.ask("DeleteGroups", 2, groups_names=["g"])).results[0].error_code == loading
    assert (await world.ask("OffsetDelete", 0, group_id="g")).error_code == loading


@pytest.mark.parametrize("version", range(3))
@in_loop
async def test_deleting_groups_at_every_version(version: int) -> None:
    world = World()
    await stable(world)
    await committed(world, 9, {0: 1}, group_id="simple")
    answer = await world.ask("DeleteGroups", version, groups_names=["g", "simple", "none", "g"])
    assert [(one.group_id, one.error_code) for one in answer.results] == [
        ("g", ErrorCode.NON_EMPTY_GROUP),
        ("simple", 0),
        ("none", ErrorCode.GROUP_ID_NOT_FOUND),
    ]
    assert await fetch(world, 9, None, group="simple") == {}


async def delete(world: World, topics: dict[str, list[int]], group: str = "g") -> Any:
    asked = [
        OffsetDeleteRequestTopic(name, [OffsetDeleteRequestPartition(index) for index in parts])
        for name, parts in topics.items()
    ]
    return await world.ask("OffsetDelete", 0, group_id=group, topics=asked)


@in_loop
async def test_offsets_of_subscribed_topics_cannot_be_deleted() -> None:
    world = World()
    member = await stable(world)
    who = {"member_id": member, "generation_id_or_member_epoch": 1}
    await committed(world, 9, {0: 1, 1: 2}, **who)
    await committed(world, 9, {0: 3}, topic="u", **who)
    answer = await delete(world, {"t": [0, 9], "u": [0, 1], "nowhere": [0]})
    assert answer.error_code == 0
    assert errors(answer) == [
        (0, ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC),
        (9, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (0, 0),
        (1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
    ]
    assert (await fetch(world, 9, None)).keys() == {"t"}
    await world.ask("LeaveGroup", 5, group_id="g", members=[MemberIdentity(member)])
    assert errors(await delete(world, {"t": [0, 2]})) == [(0, 0), (2, 0)]
    world.boot()
    assert await fetch(world, 9, None) == {"t": {1: (2, 3, "m", 0)}}


@in_loop
async def test_refused_offset_deletions() -> None:
    world = World()
    assert (await delete(world, {"t": [0]}, "")).error_code == ErrorCode.INVALID_GROUP_ID
    assert (await delete(world, {"t": [0]}, "none")).error_code == ErrorCode.GROUP_ID_NOT_FOUND
    join(world, 3, protocol_type="connect")
    answer = await delete(world, {"t": [0]})
    assert (answer.error_code, answer.topics) == (ErrorCode.NON_EMPTY_GROUP, [])
    await committed(world, 9, {0: 1}, group_id="simple")
    world.catalogue.fails = True
    answer = await delete(world, {"t": [0]}, "simple")
    assert errors(answer) == [(0, ErrorCode.COORDINATOR_NOT_AVAILABLE)]
    assert await fetch(world, 9, {"t": [0]}, group="simple") == {"t": {0: (1, 3, "m", 0)}}
