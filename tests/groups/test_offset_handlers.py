"""OffsetCommit and OffsetFetch through the codec, at every version that is served."""

from __future__ import annotations

from typing import Any

import pytest
from tests.groups.test_group_handlers import join, stable
from tests.groups.world import Call, World, in_loop

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.catalogue.model import DeleteTopic
from ottla.wire.messages.offset_commit_request import OffsetCommitRequestPartition, OffsetCommitRequestTopic
from ottla.wire.messages.offset_fetch_request import (
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)

NONE = (-1, -1, "", 0)


def commit(
    world: World, version: int, partitions: dict[int, int], topic: str = "t", metadata: str | None = "m", **fields: Any
) -> Call:
    """Commits {partition: offset}, with leader epoch 3 where the version has one."""
    epoch = {"committed_leader_epoch": 3} if version >= 6 else {}
    parts = [
        OffsetCommitRequestPartition(index, offset, committed_metadata=metadata, **epoch)
        for index, offset in partitions.items()
    ]
    if version >= 10:
        known = world.catalogue.topics.get(topic)
        topics = [OffsetCommitRequestTopic(topic_id=known.topic_id if known else bytes(15) + b"?", partitions=parts)]
    else:
        topics = [OffsetCommitRequestTopic(topic, partitions=parts)]
    return world.send("OffsetCommit", version, **{"group_id": "g", "topics": topics, **fields})


def errors(answer: Any) -> list[tuple[int, int]]:
    return [(part.partition_index, part.error_code) for topic in answer.topics for part in topic.partitions]


async def committed(world: World, version: int, partitions: dict[int, int], **fields: Any) -> list[tuple[int, int]]:
    call = commit(world, version, partitions, **fields)
    await world.settle()
    return errors(call.response)


async def fetch(
    world: World, version: int, topics: dict[str, list[int]] | None, group: str = "g", **fields: Any
) -> dict[str, dict[int, tuple[int, int, str, int]]]:
    """{topic: {partition: (offset, epoch, metadata, error)}}; no error for the group is expected."""
    if version >= 8:
        named = None
        if topics is not None:
            named = [
                OffsetFetchRequestTopics(topic_id=world.topic_id(name), partition_indexes=parts)
                if version >= 10
                else OffsetFetchRequestTopics(name, partition_indexes=parts)
                for name, parts in topics.items()
            ]
        answer = await world.ask(
            "OffsetFetch", version, groups=[OffsetFetchRequestGroup(group, topics=named)], **fields
        )
        (found,) = answer.groups
        assert found.group_id == group
    else:
        old = None if topics is None else [OffsetFetchRequestTopic(name, parts) for name, parts in topics.items()]
        found = await world.ask("OffsetFetch", version, group_id=group, topics=old, **fields)
    assert found.error_code == 0
    names = {topic.topic_id: name for name, topic in world.catalogue.topics.items()}
    return {
        names[topic.topic_id] if version >= 10 else topic.name: {
            part.partition_index: (part.committed_offset, part.committed_leader_epoch, part.metadata, part.error_code)
            for part in topic.partitions
        }
        for topic in found.topics
    }


@pytest.mark.parametrize("version", range(2, 11))
@in_loop
async def test_a_simple_consumer_commits_at_every_version(version: int) -> None:
    world = World()
    world.catalogue.holds = True
    call = commit(world, version, {0: 10, 2: 2**40})
    assert call.is_parked
    assert await fetch(world, 9, {"t": [0]}) == {"t": {0: NONE}}
    world.catalogue.grant()
    await world.settle()
    assert errors(call.response) == [(0, 0), (2, 0)]
    (topic,) = call.response.topics
    assert (topic.name, topic.topic_id) == (("", world.topic_id("t")) if version >= 10 else ("t", ZERO_UUID))
    epoch = 3 if version >= 6 else -1
    world.boot()
    assert await fetch(world, 9, {"t": [0, 1, 2]}) == {
        "t": {0: (10, epoch, "m", 0), 1: NONE, 2: (2**40, epoch, "m", 0)}
    }


@pytest.mark.parametrize("version", range(1, 11))
@in_loop
async def test_fetching_at_every_version(version: int) -> None:
    world = World()
    await committed(world, 9, {0: 10})
    await committed(world, 9, {0: 20}, topic="u")
    epoch = 3 if version >= 5 else -1
    assert await fetch(world, version, {"t": [0, 1], "u": [0]}) == {
        "t": {0: (10, epoch, "m", 0), 1: NONE},
        "u": {0: (20, epoch, "m", 0)},
    }
    assert await fetch(world, version, {}) == {}
    assert await fetch(world, version, {"t": [0]}, group="nobody") == {"t": {0: NONE}}
    if version >= 2:
        everything = {"t": {0: (10, epoch, "m", 0)}, "u": {0: (20, epoch, "m", 0)}}
        assert await fetch(world, version, None) == everything
        assert await fetch(world, version, None, group="nobody") == {}


@in_loop
async def test_many_groups_in_one_fetch() -> None:
    world = World()
    await committed(world, 9, {0: 1}, group_id="a")
    await committed(world, 9, {0: 2}, group_id="b")
    asked = [OffsetFetchRequestGroup(group, topics=None) for group in ("b", "none", "a")]
    answer = await world.ask("OffsetFetch", 8, groups=asked)
    assert [
        (one.group_id, [part.committed_offset for topic in one.topics for part in topic.partitions])
        for one in answer.groups
    ] == [
        ("b", [2]),
        ("none", []),
        ("a", [1]),
    ]


@pytest.mark.parametrize("version", range(2, 11))
@in_loop
async def test_what_does_not_exist_is_refused_by_partition(version: int) -> None:
    world = World()
    assert await committed(world, version, {0: 1, 3: 1, -1: 1}) == [
        (0, 0),
        (3, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (-1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
    ]
    unknown = ErrorCode.UNKNOWN_TOPIC_ID if version >= 10 else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    call = commit(world, version, {0: 1, 1: 1}, topic="nowhere", group_id="h")
    assert errors(call.response) == [(0, unknown), (1, unknown)]
    assert [group.group_id for group in world.groups.listed()] == ["g"]


@in_loop
async def test_an_unknown_topic_id_is_refused_in_a_fetch() -> None:
    world = World()
    topics = [OffsetFetchRequestTopics(topic_id=bytes(15) + b"?", partition_indexes=[0])]
    answer = await world.ask("OffsetFetch", 10, groups=[OffsetFetchRequestGroup("g", topics=topics)])
    (part,) = answer.groups[0].topics[0].partitions
    assert (part.committed_offset, part.error_code) == (-1, ErrorCode.UNKNOWN_TOPIC_ID)


@in_loop
async def test_metadata_has_a_bound_and_comes_back_as_it_was() -> None:
    world = World()
    assert await committed(world, 9, {0: 1}, metadata="é" * 4096) == [(0, 0)]
    assert await committed(world, 9, {1: 1}, metadata="x" * 4097) == [(1, ErrorCode.OFFSET_METADATA_TOO_LARGE)]
    assert await committed(world, 9, {2: 1}, metadata=None) == [(2, 0)]
    assert await fetch(world, 9, {"t": [0, 1, 2]}) == {"t": {0: (1, 3, "é" * 4096, 0), 1: NONE, 2: (1, 3, "", 0)}}


@in_loop
async def test_a_member_commits_with_its_generation() -> None:
    world = World()
    member = await stable(world)
    for version in range(2, 11):
        instance = {"group_instance_id": None} if version >= 7 else {}
        who = {"member_id": member, "generation_id_or_member_epoch": 1, **instance}
        assert await committed(world, version, {0: version}, **who) == [(0, 0)]
    cases = [
        ({"member_id": member, "generation_id_or_member_epoch": 2}, ErrorCode.ILLEGAL_GENERATION),
        ({"member_id": "m", "generation_id_or_member_epoch": 1}, ErrorCode.UNKNOWN_MEMBER_ID),
        ({}, ErrorCode.UNKNOWN_MEMBER_ID),
        (
            {"member_id": member, "generation_id_or_member_epoch": 1, "group_instance_id": "i"},
            ErrorCode.UNKNOWN_MEMBER_ID,
        ),
    ]
    for who, error in cases:
        assert errors(commit(world, 9, {0: 99, 1: 99}, **who).response) == [(0, error), (1, error)]
    call = join(world, 9, member)
    await world.settle()
    assert call.response.generation_id == 2
    who = {"member_id": member, "generation_id_or_member_epoch": 2}
    assert errors(commit(world, 9, {0: 99}, **who).response) == [(0, ErrorCode.REBALANCE_IN_PROGRESS)]
    assert await fetch(world, 9, {"t": [0, 1]}) == {"t": {0: (10, 3, "m", 0), 1: NONE}}


@pytest.mark.parametrize(
    ("version", "error"),
    [(2, ErrorCode.ILLEGAL_GENERATION), (8, ErrorCode.ILLEGAL_GENERATION), (9, ErrorCode.GROUP_ID_NOT_FOUND)],
)
@in_loop
async def test_a_member_of_a_group_that_is_gone(version: int, error: ErrorCode) -> None:
    world = World()
    call = commit(world, version, {0: 1}, member_id="m", generation_id_or_member_epoch=4)
    assert errors(call.response) == [(0, error)]
    assert world.groups.listed() == []


@pytest.mark.parametrize(("version", "expires"), [(2, True), (4, True), (5, False)])
@in_loop
async def test_before_version_5_a_client_says_how_long_its_offsets_live(version: int, expires: bool) -> None:
    world = World()
    retention = {"retention_time_ms": 1000} if version <= 4 else {}
    await committed(world, version, {0: 1}, **retention)
    world.clock.advance(999)
    world.groups.sweep()
    await world.settle()
    assert await fetch(world, 9, {"t": [0]}) != {"t": {0: NONE}}
    world.clock.advance(1)
    world.groups.sweep()
    await world.settle()
    assert (await fetch(world, 9, {"t": [0]}) == {"t": {0: NONE}}) is expires


@pytest.mark.parametrize("version", [7, 8, 10])
@in_loop
async def test_require_stable_waits_for_commits_in_flight(version: int) -> None:
    world = World()
    await committed(world, 9, {0: 1})
    world.catalogue.holds = True
    late = commit(world, 9, {0: 2})
    asked: dict[str, Any] = {"group_id": "g", "topics": None}
    if version >= 8:
        asked = {"groups": [OffsetFetchRequestGroup("g", topics=None)]}
    now = world.send("OffsetFetch", version, **asked)
    stable_one = world.send("OffsetFetch", version, require_stable=True, **asked)
    assert stable_one.is_parked
    assert not now.is_parked
    world.catalogue.grant()
    await world.settle()
    assert not late.is_parked
    topics = stable_one.response.groups[0].topics if version >= 8 else stable_one.response.topics
    assert topics[0].partitions[0].committed_offset == 2


@in_loop
async def test_a_failed_commit_is_worth_a_retry() -> None:
    world = World()
    world.catalogue.fails = True
    assert await committed(world, 9, {0: 1, 9: 1}) == [
        (0, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (9, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
    ]


@pytest.mark.parametrize("version", range(1, 11))
@in_loop
async def test_while_loading_offsets_are_not_told_at_any_version(version: int) -> None:
    world = World()
    world.boot(load=False)
    loading = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    if version >= 8:
        asked: dict[str, Any] = {"groups": [OffsetFetchRequestGroup("g", topics=[])]}
        assert world.send("OffsetFetch", version, **asked).response.groups[0].error_code == loading
    elif version >= 2:
        assert world.send("OffsetFetch", version, group_id="g", topics=None).response.error_code == loading
    else:
        answer = world.send("OffsetFetch", 1, group_id="g", topics=[OffsetFetchRequestTopic("t", [0])]).response
        assert answer.topics[0].partitions[0].error_code == loading
    assert errors(commit(world, max(version, 2), {0: 1}).response) == [(0, loading)]


@in_loop
async def test_the_empty_group_id_keeps_offsets_of_simple_consumers() -> None:
    world = World()
    assert await committed(world, 9, {0: 7}, group_id="") == [(0, 0)]
    assert await fetch(world, 9, {"t": [0]}, group="") == {"t": {0: (7, 3, "m", 0)}}


@in_loop
async def test_everything_by_id_leaves_out_topics_that_are_gone() -> None:
    world = World()
    await committed(world, 9, {0: 1})
    await committed(world, 9, {0: 2}, topic="u")
    world.catalogue.image.apply(DeleteTopic(world.topic_id("u")))
    assert await fetch(world, 10, None) == {"t": {0: (1, 3, "m", 0)}}
    assert (await fetch(world, 9, None)).keys() == {"t", "u"}
