"""The copy in `__consumer_offsets` on a real node: it says what the catalogue says, and never hurts what it copies."""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.broker.groups.offsets_topic import OffsetsTopic, classic_value
from ottla.catalogue.model import GroupRow, OffsetRow, PutGroup
from ottla.records.offsets_topic import (
    OFFSETS_TOPIC,
    Latest,
    OffsetValue,
    group_key,
    offset_key,
    offset_value,
    read_key,
)
from ottla.rules.configs.settings import Settings
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.topics import MorePartitions, NewTopic
from ottla.rules.transactions.listing import offsets_partition
from ottla.server.node import Node
from ottla.storage.engine import Append

PARTITIONS = 5
LIMIT_S = 20.0


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), LIMIT_S))

    run.__signature__ = inspect.signature(test)  # type: ignore[attr-defined]
    return run


async def start(data: Path, **more: str) -> Node:
    fixed = {"listeners": "PLAINTEXT://127.0.0.1:0", "offsets.topic.num.partitions": str(PARTITIONS)}
    chosen = {key.replace("_", "."): value for key, value in more.items()}
    node = Node(Settings.from_mapping(fixed | chosen), data=data)
    await node.start()
    if not node.broker.catalogue.topics.get("t"):
        await node.broker.topics.create([NewTopic("t", 4, 1), NewTopic("u", 2, 1)])
    return node


def copy_of(node: Node) -> OffsetsTopic:
    copy = node.broker.groups.offsets_topic
    assert copy is not None
    return copy


async def settled(node: Node) -> None:
    copy_of(node).wanted()
    deadline = asyncio.get_running_loop().time() + LIMIT_S
    while not copy_of(node).is_settled:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.005)


def commit(node: Node, group: str, *offsets: tuple[str, int, int]) -> asyncio.Future[ErrorCode]:
    done: asyncio.Future[ErrorCode] = asyncio.get_running_loop().create_future()
    rows = [row(node, group, *one) for one in offsets]
    assert not node.broker.groups.check_commit(group, "", None, -1, 9)
    node.broker.groups.commit(group, rows, done.set_result)
    return done


def row(node: Node, group: str, topic: str, partition: int, offset: int) -> OffsetRow:
    topic_id = node.broker.catalogue.topics[topic].topic_id
    expire_ms = 4_000_000_000_000 if offset % 7 == 0 else -1
    return OffsetRow(group, topic, partition, offset, -1, f"m{offset}", 1_700_000_000_000, expire_ms, topic_id)


async def stored_group(node: Node, group: str) -> None:
    """A classic group with a generation, as a rebalance would store it."""
    coordinator = node.broker.groups
    entry = coordinator._entries[group]
    machine = entry.group
    assert isinstance(machine, ClassicGroup)
    from ottla.rules.groups.classic.stored import snapshot

    machine.generation_id += 1
    stored = GroupRow(group, "classic", snapshot(machine), node.clock.now_ms())
    future = coordinator.commits.submit([PutGroup(stored)])
    await future
    entry.row = stored


def logged(data: Path) -> dict[bytes, bytes]:
    """What the logs on disk say, all partitions together; each key where it belongs."""
    found: dict[bytes, bytes] = {}
    count = len(list(data.glob(f"{OFFSETS_TOPIC}-?")))
    for index in range(count):
        latest = Latest()
        for path in sorted((data / f"{OFFSETS_TOPIC}-{index}").glob("*.log")):
            content = path.read_bytes()
            assert latest.feed(content, check_crc=True) == len(content)
        assert not latest.skipped.count
        for key in latest.values:
            about = read_key(key)
            assert about is not None
            assert offsets_partition(about.group_id, count) == index
        found.update(latest.values)
    return found


def catalogued(node: Node) -> dict[bytes, bytes]:
    catalogue = node.broker.catalogue
    found: dict[bytes, bytes] = {}
    for one in catalogue.load_offsets():
        value = OffsetValue(one.offset, one.leader_epoch, one.metadata, one.commit_ms, one.expire_ms, one.topic_id)
        found[offset_key(one.group_id, one.topic, one.partition)] = offset_value(value)
    for group in catalogue.load_groups():
        value_of_group = classic_value(group)
        assert value_of_group is not None
        found[group_key(group.group_id)] = value_of_group
    return found


async def turmoil(node: Node, seed: int, steps: int = 120) -> None:
    """Commits, deletions of offsets, groups and a topic, many at once."""
    dice = random.Random(seed)
    groups = [f"group-{n}" for n in range(12)]
    coordinator = node.broker.groups
    waiting: list[Awaitable[Any]] = []
    for step in range(steps):
        group = dice.choice(groups)
        kind = dice.random()
        if kind < 0.7:
            where = dice.sample([("t", 0), ("t", 1), ("t", 2), ("t", 3), ("u", 0), ("u", 1)], dice.randint(1, 4))
            where = [(topic, index) for topic, index in where if topic in node.broker.catalogue.topics]
            if where:
                waiting.append(commit(node, group, *((topic, index, step) for topic, index in where)))
        elif kind < 0.8:
            waiting.append(asyncio.ensure_future(coordinator.delete_offsets(group, [("t", dice.randint(0, 3))])))
        elif kind < 0.9:
            waiting.append(asyncio.ensure_future(coordinator.delete_groups([group])))
        elif group in coordinator._entries:
            await stored_group(node, group)
        if step == steps // 2:
            topic_id = node.broker.catalogue.topics["u"].topic_id
            await node.broker.topics.delete([topic_id])
            coordinator.topics_deleted(["u"])
        if dice.random() < 0.2:
            await asyncio.sleep(0)
    await asyncio.gather(*waiting)


@pytest.mark.parametrize("seed", range(4))
@in_loop
async def test_the_log_says_what_the_catalogue_says(tmp_path: Path, seed: int) -> None:
    node = await start(tmp_path)
    try:
        await turmoil(node, seed)
        await settled(node)
        assert catalogued(node)
        assert logged(tmp_path) == catalogued(node)
        topic = node.broker.catalogue.topics[OFFSETS_TOPIC]
        assert topic.is_internal
        assert topic.configs == {
            "cleanup.policy": "compact",
            "compression.type": "producer",
            "segment.bytes": "104857600",
        }
    finally:
        await node.stop()


@in_loop
async def test_what_was_committed_right_before_a_stop_is_in_the_log(tmp_path: Path) -> None:
    node = await start(tmp_path)
    await commit(node, "first", ("t", 0, 1))
    await settled(node)
    assert await commit(node, "last", ("t", 0, 9)) is ErrorCode.NONE
    expected = catalogued(node)
    await node.stop()
    assert offset_key("last", "t", 0) in expected
    assert logged(tmp_path) == expected


@in_loop
async def test_a_log_that_fell_behind_catches_up(tmp_path: Path) -> None:
    node = await start(tmp_path)
    await turmoil(node, 1)
    await settled(node)
    await node.stop()
    node = await start(tmp_path, ottla_offsets_topic_mirror="false")
    before = logged(tmp_path)
    await node.broker.groups.delete_groups(node.broker.groups.group_ids()[:3])
    for n in range(30):
        await commit(node, f"later-{n}", ("t", 0, n))
    assert logged(tmp_path) == before
    await node.stop()
    node = await start(tmp_path)
    await settled(node)
    assert logged(tmp_path) == catalogued(node) != before
    end = [partition.log_end_offset for partition in node.broker.engine.topics[OFFSETS_TOPIC] if partition]
    await node.stop()
    node = await start(tmp_path)
    await settled(node)
    assert end == [partition.log_end_offset for partition in node.broker.engine.topics[OFFSETS_TOPIC] if partition]
    await node.stop()


@in_loop
async def test_a_deleted_topic_comes_back_whole(tmp_path: Path) -> None:
    node = await start(tmp_path)
    try:
        await turmoil(node, 2)
        await settled(node)
        first = node.broker.catalogue.topics[OFFSETS_TOPIC].topic_id
        await node.broker.topics.delete([first])
        await commit(node, "after", ("t", 0, 5))
        await settled(node)
        assert node.broker.catalogue.topics[OFFSETS_TOPIC].topic_id != first
        assert logged(tmp_path) == catalogued(node)
    finally:
        await node.stop()


@in_loop
async def test_a_partition_that_refuses_hurts_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    node = await start(tmp_path)
    await commit(node, "g", ("t", 0, 1))
    await settled(node)
    engine = node.broker.engine

    def refuse(appends: Sequence[Append], *, acks_all: bool, on_done: Callable[[], None] | None) -> None:
        assert not acks_all
        for one in appends:
            one.error = ErrorCode.KAFKA_STORAGE_ERROR

    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING, "ottla.groups"):
        broken.setattr(engine, "append", refuse)
        for offset in range(2, 20):
            assert await commit(node, "g", ("t", 0, offset)) is ErrorCode.NONE
        assert node.broker.groups.commits.visible("g", "t", 0).offset == 19  # type: ignore[union-attr]
        assert len([line for line in caplog.messages if "KAFKA_STORAGE_ERROR" in line]) == 1
    await node.stop()
    node = await start(tmp_path)
    await settled(node)
    assert logged(tmp_path) == catalogued(node)
    await node.stop()


@in_loop
async def test_commits_that_fail_are_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ottla.catalogue.model import CatalogueError

    node = await start(tmp_path)
    await commit(node, "g", ("t", 0, 1))
    await settled(node)

    def broken(changes: object) -> asyncio.Future[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        future.set_exception(CatalogueError("full"))
        return future

    with monkeypatch.context() as patch:
        patch.setattr(node.broker.catalogue, "commit", broken)
        assert await commit(node, "g", ("t", 0, 2)) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert await commit(node, "h", ("t", 0, 3)) is ErrorCode.NONE
    await settled(node)
    assert logged(tmp_path) == catalogued(node)
    assert catalogued(node)[offset_key("g", "t", 0)][9:10] == b"\x01"
    await node.stop()


@in_loop
async def test_names_and_groups_that_kafkas_records_cannot_hold_are_left_out(tmp_path: Path) -> None:
    node = await start(tmp_path)
    try:
        await commit(node, "g" * 40_000, ("t", 0, 1))
        await commit(node, "g", ("t", 0, 2))
        await settled(node)
        assert list(logged(tmp_path)) == [offset_key("g", "t", 0)]
    finally:
        await node.stop()


@in_loop
async def test_more_partitions_put_groups_where_they_belong_after_a_restart(tmp_path: Path) -> None:
    node = await start(tmp_path, offsets_topic_num_partitions=str(PARTITIONS - 2))
    await turmoil(node, 3)
    await settled(node)
    await node.broker.topics.add_partitions([MorePartitions(OFFSETS_TOPIC, PARTITIONS)])
    await node.stop()
    node = await start(tmp_path)
    await settled(node)
    assert logged(tmp_path) == catalogued(node)
    await node.stop()


@in_loop
async def test_nothing_is_made_when_it_is_off(tmp_path: Path) -> None:
    node = await start(tmp_path, ottla_offsets_topic_mirror="false")
    await commit(node, "g", ("t", 0, 1))
    node.broker.groups.looked_up()
    await asyncio.sleep(0)
    await node.stop()
    assert not list(tmp_path.glob(f"{OFFSETS_TOPIC}-*"))
