"""The coordinator: replies wait for durability, failures send everyone back, restarts and deletions leave nothing behind."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.groups.stage import DELAY, RANGE, REBALANCE, SESSION, subscription
from tests.groups.world import World, in_loop

from ottla.base.believed import BELIEVE_MS
from ottla.base.clock import SystemClock
from ottla.base.errors import ErrorCode
from ottla.broker.groups import coordinator as coordinator_module
from ottla.broker.groups.wakes import Wakes
from ottla.catalogue.model import DeleteTopic, GroupRow, OffsetRow
from ottla.rules.groups.classic.messages import JoinReply, JoinRequest, Leaving, SyncReply, SyncRequest

DAY = 24 * 3600 * 1000


class Members:
    """Talks to the coordinator without handlers."""

    def __init__(self, world: World, group_id: str = "g") -> None:
        self.world = world
        self.group_id = group_id
        self.suffix = 0

    def join(
        self, member_id: str = "", *, version: int = 3, instance: str | None = None, topic: str = "t"
    ) -> list[Any]:
        self.suffix += 1
        replies: list[JoinReply] = []
        request = JoinRequest(
            member_id=member_id,
            instance_id=instance,
            protocol_type="consumer",
            protocols=(("range", subscription(topic)),),
            session_timeout_ms=SESSION,
            rebalance_timeout_ms=REBALANCE,
            new_member_suffix=str(self.suffix),
            client_id="c",
            version=version,
        )
        self.world.groups.join(self.group_id, request, replies.append)
        return replies

    def sync(self, member_id: str, generation: int, assignments: dict[str, bytes] | None = None) -> list[Any]:
        replies: list[SyncReply] = []
        request = SyncRequest(member_id=member_id, generation_id=generation, assignments=assignments or {})
        self.world.groups.sync(self.group_id, request, replies.append)
        return replies

    def heartbeat(self, member_id: str, generation: int) -> ErrorCode:
        return self.world.groups.heartbeat(self.group_id, member_id, None, generation)

    def leave(self, member_id: str) -> list[Any]:
        replies: list[Any] = []
        self.world.groups.leave(self.group_id, [Leaving(member_id)], replies.append)
        return replies

    async def stable(self) -> str:
        """A Stable group of one member at generation 1."""
        joined = self.join()
        await self.world.pass_time(DELAY)
        member_id: str = joined[0].member_id
        synced = self.sync(member_id, joined[0].generation_id, {member_id: b"mine"})
        await self.world.settle()
        assert synced[0].assignment == b"mine"
        return member_id


def row(world: World, partition: int = 0, offset: int = 5, topic: str = "t", group: str = "g") -> OffsetRow:
    return OffsetRow(group, topic, partition, offset, -1, "", world.clock.wall, -1, world.topic_id(topic))


def commit(world: World, *rows: OffsetRow, group: str = "g") -> list[ErrorCode]:
    """Commits as a consumer in no group."""
    done: list[ErrorCode] = []
    error = world.groups.check_commit(group, "", None, -1, 10)
    if error:
        return [error]
    world.groups.commit(group, list(rows), done.append)
    return done


@in_loop
async def test_nothing_is_served_before_the_load_and_after_the_close() -> None:
    world = World()
    world.boot(load=False)
    members = Members(world)
    assert members.join()[0].error is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert members.sync("m", 1)[0].error is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert members.leave("m")[0].error is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert members.heartbeat("m", 1) is ErrorCode.NONE
    assert world.groups.check_commit("g", "", None, -1, 10) is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    world.groups.load()
    parked = members.join()
    world.groups.close()
    world.groups.close()
    assert parked[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert members.join()[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert members.heartbeat("m", 1) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert world.groups.check_offset_fetch("g", None, -1) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert world.groups.check_offset_delete("g") is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert await world.groups.delete_groups(["g"]) == {"g": ErrorCode.COORDINATOR_NOT_AVAILABLE}


@in_loop
async def test_members_go_on_over_a_restart() -> None:
    world = World()
    members = Members(world)
    member = await members.stable()
    world.groups.close()
    world.boot()
    assert members.heartbeat(member, 1) is ErrorCode.NONE
    assert members.sync(member, 1)[0].assignment == b"mine"
    await world.pass_time(SESSION)
    described = world.groups.describe("g")
    assert described is not None
    assert described.state == "Empty"
    assert world.groups.describe("h") is None


@in_loop
async def test_an_assignment_reaches_nobody_before_it_is_durable() -> None:
    world = World()
    members = Members(world)
    joined = members.join()
    await world.pass_time(DELAY)
    world.catalogue.holds = True
    synced = members.sync(joined[0].member_id, 1, {joined[0].member_id: b"mine"})
    await world.settle()
    assert synced == []
    world.catalogue.grant()
    await world.settle()
    assert synced[0].assignment == b"mine"


@in_loop
async def test_a_failed_write_sends_the_members_back_to_what_was_durable() -> None:
    world = World()
    members = Members(world)
    member = await members.stable()
    joined = members.join(member)
    await world.settle()
    assert joined[0].generation_id == 2
    world.catalogue.fails = True
    synced = members.sync(member, 2, {member: b"new"})
    await world.settle()
    assert synced[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    world.catalogue.fails = False
    assert members.heartbeat(member, 2) is ErrorCode.ILLEGAL_GENERATION
    assert members.heartbeat(member, 1) is ErrorCode.NONE
    assert members.sync(member, 1)[0].assignment == b"mine"


@in_loop
async def test_while_other_writes_of_a_failed_group_are_in_flight_nobody_gets_in() -> None:
    world = World()
    members = Members(world)
    one = await members.stable()
    world.catalogue.holds = True
    members.join(one)
    first = members.sync(one, 2, {one: b"2"})
    members.join(one, topic="u")
    assert first[0].error is ErrorCode.REBALANCE_IN_PROGRESS
    second = members.sync(one, 3, {one: b"3"})
    world.catalogue.fails = True
    world.catalogue.grant()
    await asyncio.sleep(0)
    assert second[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert members.heartbeat(one, 3) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert members.join()[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert await world.groups.delete_groups(["g"]) == {"g": ErrorCode.COORDINATOR_NOT_AVAILABLE}
    world.catalogue.fails = False
    world.catalogue.grant()
    await world.settle()
    # The second write landed: the group is what it says.
    assert members.heartbeat(one, 3) is ErrorCode.NONE
    assert members.sync(one, 3)[0].assignment == b"3"


@in_loop
async def test_a_group_that_was_never_durable_is_gone_after_a_failed_write() -> None:
    world = World()
    members = Members(world)
    joined = members.join()
    await world.pass_time(DELAY)
    world.catalogue.fails = True
    members.sync(joined[0].member_id, 1)
    await world.settle()
    assert world.groups.describe("g") is None
    assert members.heartbeat(joined[0].member_id, 1) is ErrorCode.UNKNOWN_MEMBER_ID


@in_loop
async def test_a_leave_that_cannot_be_stored_says_so() -> None:
    world = World()
    members = Members(world)
    member = await members.stable()
    world.catalogue.fails = True
    left = members.leave(member)
    await world.settle()
    assert left[0].error is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert members.heartbeat(member, 1) is ErrorCode.NONE


@in_loop
async def test_a_group_made_for_a_refused_member_never_was() -> None:
    world = World()
    replies: list[JoinReply] = []
    request = JoinRequest(
        member_id="",
        protocol_type="",
        protocols=(RANGE,),
        session_timeout_ms=SESSION,
        rebalance_timeout_ms=REBALANCE,
        new_member_suffix="1",
    )
    world.groups.join("g", request, replies.append)
    assert replies[0].error is ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    assert world.groups.listed() == []


@in_loop
async def test_groups_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinator_module, "GROUPS_MAX", 1)
    world = World()
    assert commit(world, row(world)) == []
    assert Members(world, "h").join()[0].error is ErrorCode.POLICY_VIOLATION
    assert world.groups.check_commit("h", "", None, -1, 10) is ErrorCode.POLICY_VIOLATION


# --- offsets ----------------------------------------------------------------------------------------------------------------


@in_loop
async def test_a_commit_is_visible_and_acknowledged_when_it_is_durable() -> None:
    world = World()
    world.catalogue.holds = True
    done = commit(world, row(world, 0, 5), row(world, 1, 6))
    await world.settle()
    assert (done, world.groups.commits.visible("g", "t", 0)) == ([], None)
    world.catalogue.grant()
    await world.settle()
    assert done == [ErrorCode.NONE]
    found = world.groups.commits.visible("g", "t", 1)
    assert found is not None
    assert found.offset == 6


@in_loop
async def test_commits_do_not_wait_for_each_other() -> None:
    world = World()
    world.catalogue.holds = True
    done = [commit(world, row(world, 0, offset)) for offset in range(50)]
    assert len(world.catalogue.waiting) == 50
    world.catalogue.grant(50)
    await world.settle()
    assert done == [[ErrorCode.NONE]] * 50
    assert world.groups.commits.store.get("g", "t", 0).offset == 49  # type: ignore[union-attr]


@in_loop
async def test_a_failed_commit_changes_nothing() -> None:
    world = World()
    commit(world, row(world, 0, 5))
    await world.settle()
    world.catalogue.fails = True
    done = commit(world, row(world, 0, 6))
    await world.settle()
    assert done == [ErrorCode.COORDINATOR_NOT_AVAILABLE]
    assert world.groups.commits.visible("g", "t", 0).offset == 5  # type: ignore[union-attr]
    assert not world.groups.commits.in_flight("g")


@in_loop
async def test_stable_offsets_wait_for_what_is_in_flight() -> None:
    world = World()
    world.catalogue.holds = True
    told: list[str] = []
    assert world.groups.commits.when_settled(["g", "h"], lambda: told.append("early"))
    commit(world, row(world, 0, 5))
    commit(world, row(world, 0, 6, group="h"), group="h")
    commit(world, row(world, 0, 7))
    assert not world.groups.commits.when_settled(["g", "h"], lambda: told.append("now"))
    world.catalogue.grant(2)
    await world.settle()
    assert told == []
    world.catalogue.grant()
    await world.settle()
    assert told == ["now"]
    assert world.groups.commits.visible("g", "t", 0).offset == 7  # type: ignore[union-attr]


@in_loop
async def test_offsets_of_a_deleted_topic_do_not_attach_to_its_successor() -> None:
    world = World()
    commit(world, row(world), row(world, 0, 9, "u"))
    await world.settle()
    world.catalogue.holds = True
    late = commit(world, row(world, 1, 8))
    old = world.topic_id("t")
    world.catalogue._apply(DeleteTopic(old))
    world.groups.topics_deleted(["t"])
    world.make_topic("t", 3)
    world.catalogue.holds = False
    world.catalogue.grant()
    await world.settle()
    assert late == [ErrorCode.NONE]
    assert world.groups.commits.store.topics("g").keys() == {"u"}
    assert {key[1] for key in world.catalogue.offsets} == {"u"}


@in_loop
async def test_a_stored_offset_of_another_topic_of_the_name_is_not_shown() -> None:
    world = World()
    world.catalogue.offsets["g", "t", 0] = OffsetRow("g", "t", 0, 3, -1, "", 0, -1, bytes(15) + b"x")
    world.catalogue.offsets["g", "t", 1] = OffsetRow("g", "t", 1, 3, -1, "", 0, -1, None)
    world.boot()
    assert world.groups.commits.visible("g", "t", 0) is None
    assert world.groups.commits.visible("g", "t", 1) is not None
    assert [group.state for group in world.groups.listed()] == ["Empty"]


# --- deletion and age -------------------------------------------------------------------------------------------------------


@in_loop
async def test_deleting_groups() -> None:
    world = World()
    member = await Members(world).stable()
    commit(world, row(world, group="simple"), group="simple")
    await world.settle()
    assert await world.groups.delete_groups(["g", "simple", "none"]) == {
        "g": ErrorCode.NON_EMPTY_GROUP,
        "simple": ErrorCode.NONE,
        "none": ErrorCode.GROUP_ID_NOT_FOUND,
    }
    assert world.catalogue.offsets == {}
    Members(world).leave(member)
    await world.settle()
    assert await world.groups.delete_groups(["g"]) == {"g": ErrorCode.NONE}
    assert world.catalogue.groups == {}
    assert world.groups.listed() == []


@in_loop
async def test_a_commit_behind_a_deletion_makes_a_new_group() -> None:
    world = World()
    commit(world, row(world, 0, 5))
    await world.settle()
    world.catalogue.holds = True
    deletion = asyncio.ensure_future(world.groups.delete_groups(["g"]))
    await asyncio.sleep(0)
    done = commit(world, row(world, 1, 6))
    world.catalogue.grant(2)
    await world.settle()
    assert (await deletion, done) == ({"g": ErrorCode.NONE}, [ErrorCode.NONE])
    assert world.groups.commits.store.topics("g").keys() == {"t"}
    assert list(world.groups.commits.store.topics("g")["t"]) == [1] == [key[2] for key in world.catalogue.offsets]


@in_loop
async def test_a_failed_deletion_brings_the_group_back() -> None:
    world = World()
    members = Members(world)
    members.leave(await members.stable())
    commit(world, row(world))
    await world.settle()
    world.catalogue.fails = True
    assert await world.groups.delete_groups(["g"]) == {"g": ErrorCode.COORDINATOR_NOT_AVAILABLE}
    assert world.groups.commits.visible("g", "t", 0) is not None
    assert [(group.protocol_type, group.state) for group in world.groups.listed()] == [("consumer", "Empty")]


@in_loop
async def test_old_offsets_and_then_their_group_go() -> None:
    world = World()
    members = Members(world)
    member = await members.stable()
    commit_rows = [row(world, 0), row(world, 0, 5, "u")]
    world.groups.commit("g", commit_rows, lambda error: None)
    commit(world, row(world, group="simple"), group="simple")
    await world.settle()

    async def live(ms: int) -> None:
        """A week without heartbeats would be a long one, so the wall clock jumps; which ages nothing until it has lasted."""
        lasting = min(ms, BELIEVE_MS)
        world.clock.wall += ms - lasting
        before = set(world.catalogue.offsets)
        world.groups.sweep()
        await world.settle()
        assert set(world.catalogue.offsets) == before
        world.clock.advance(lasting)
        world.groups.sweep()
        await world.settle()

    await live(7 * DAY)
    # Of the group with a member only the topic nobody reads is gone; the simple group aged by its commit.
    assert world.catalogue.offsets.keys() == {("g", "t", 0)}
    assert [group.group_id for group in world.groups.listed()] == ["g"]
    members.leave(member)
    await live(7 * DAY - 1)
    assert world.catalogue.offsets.keys() == {("g", "t", 0)}
    await live(1)
    assert world.catalogue.offsets == world.catalogue.groups == {}
    assert world.groups.listed() == []


@in_loop
async def test_the_sweep_goes_in_slices_and_by_its_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinator_module, "SWEEP_SLICE", 3)
    world = World(offsets_retention_check_interval_ms=1)
    for number in range(10):
        commit(world, row(world, group=f"g{number}"), group=f"g{number}")
    await world.settle()
    world.clock.advance(7 * DAY)
    deadline = asyncio.get_running_loop().time() + 10
    while world.groups.listed() and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.002)
    assert world.groups.listed() == []
    assert world.catalogue.offsets == {}
    world.groups.close()


@in_loop
async def test_a_group_somebody_is_about_to_join_is_not_swept() -> None:
    world = World()
    reply = Members(world).join(version=9)[0]
    assert reply.error is ErrorCode.MEMBER_ID_REQUIRED
    world.groups.sweep()
    await world.settle()
    assert [group.group_id for group in world.groups.listed()] == ["g"]


@in_loop
async def test_unreadable_and_unknown_rows_do_not_stop_the_start(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.catalogue.groups["bad"] = GroupRow("bad", "classic", b"\xc1", 0)
    world.catalogue.groups["new"] = GroupRow("new", "hologram", b"", 0)
    world.catalogue.offsets["bad", "t", 0] = row(world, group="bad")
    world.catalogue.offsets["new", "t", 0] = row(world, group="new")
    world.boot()
    assert [group.group_id for group in world.groups.listed()] == ["bad"]
    assert world.groups.commits.visible("bad", "t", 0) is not None
    assert "'bad' is unreadable" in caplog.text
    assert "hologram" in caplog.text


# --- time -------------------------------------------------------------------------------------------------------------------


@in_loop
async def test_sessions_end_by_the_loop_s_timer() -> None:
    world = World(group_min_session_timeout_ms=1, group_initial_rebalance_delay_ms=0)
    world.clock = SystemClock()  # type: ignore[assignment]
    world.boot()
    replies: list[JoinReply] = []
    request = JoinRequest(
        member_id="",
        protocol_type="consumer",
        protocols=(RANGE,),
        session_timeout_ms=30,
        rebalance_timeout_ms=50,
        new_member_suffix="1",
        version=3,
    )
    world.groups.join("g", request, replies.append)
    deadline = asyncio.get_running_loop().time() + 10
    while asyncio.get_running_loop().time() < deadline:
        described = world.groups.describe("g")
        if replies and described is not None and described.state == "Empty":
            break
        await asyncio.sleep(0.005)
    assert replies[0].generation_id == 1
    assert described is not None
    assert described.state == "Empty"
    world.groups.close()


@in_loop
async def test_wakes_come_in_order_and_never_early() -> None:
    clock = SystemClock()
    seen: list[tuple[int, str]] = []
    late: list[int] = []

    def wake(at_ms: int, name: str) -> None:
        seen.append((at_ms, name))
        late.append(clock.monotonic_ms() - at_ms)

    wakes = Wakes(clock, wake)
    start = clock.monotonic_ms()
    for after, name in ((30, "c"), (10, "a"), (20, "b"), (10, "a2"), (-5, "past")):
        wakes.add(start + after, name)
    deadline = asyncio.get_running_loop().time() + 10
    while len(seen) < 5 and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.002)
    assert [name for _, name in seen] == ["past", "a", "a2", "b", "c"]
    assert min(late) >= 0
    wakes.add(clock.monotonic_ms() + 1, "never")
    wakes.close()
    wakes.add(clock.monotonic_ms() + 1, "never")
    await asyncio.sleep(0.01)
    assert len(seen) == 5
