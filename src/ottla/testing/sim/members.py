"""Members of a classic consumer group: join, sync, heartbeat, fetch, commit, leave; the leader assigns round robin."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import (
    BACKOFF_S,
    FIND_COORDINATOR,
    HEARTBEAT,
    JOIN_GROUP,
    LEAVE_GROUP,
    OFFSET_COMMIT,
    OFFSET_FETCH,
    RETRIED,
    SYNC_GROUP,
    Client,
)
from ottla.testing.sim.link import Link, LinkError
from ottla.testing.sim.readers import Fetcher
from ottla.wire.messages import consumer_protocol_assignment as assignment_codec
from ottla.wire.messages import consumer_protocol_subscription as subscription_codec
from ottla.wire.messages.find_coordinator_request import FindCoordinatorRequest
from ottla.wire.messages.heartbeat_request import HeartbeatRequest
from ottla.wire.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from ottla.wire.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from ottla.wire.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from ottla.wire.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)
from ottla.wire.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

PROTOCOL = "roundrobin"
_CODEC_VERSION = 0
HEARTBEAT_S = 0.3


class Rejoin(Exception):
    """The group moves on: join again."""


class Member(Client):
    """One member. `generation` is -1 while it has no assignment."""

    def __init__(
        self,
        world: World,
        name: str,
        group: str,
        topics: Sequence[str],
        *,
        instance_id: str | None = None,
        isolation: int = 0,
    ) -> None:
        super().__init__(world, name)
        self.group = group
        self.topics = list(topics)
        self.instance_id = instance_id
        self.member_id = ""
        self.generation = -1
        self.fetcher = Fetcher(self, isolation=isolation)
        self.assigned: tuple[Key, ...] = ()
        self.data: Link | None = None
        self.session_timeout_ms = self.rng.choice((800, 1500, 3000))
        self.rebalance_timeout_ms = self.rng.choice((600, 2000, 4000))
        self.commit_every_s = self.rng.choice((0.15, 0.4, 1.0))
        self.committed: dict[Key, int] = {}
        self.stalls = False
        self.next_heartbeat = 0.0

    # --- life -------------------------------------------------------------------------------------------------------------------

    async def session(self) -> None:
        link = await self.connect()
        try:
            await self.find_coordinator()
            await self.join(link)
            await self.work(link)
        except Rejoin as why:
            self.world.tell("member", f"{self.name} joins again: {why}")
        if self.stopping:
            await self.leave(link)

    def lost(self, why: str) -> None:
        self.fetcher.forget_session()
        if self.data is not None:
            self.data.close()
            self.data = None

    def close(self) -> None:
        super().close()
        if self.data is not None:
            self.data.close()
            self.data = None

    async def find_coordinator(self) -> None:
        while True:
            version = self.version(FIND_COORDINATOR)
            request = (
                FindCoordinatorRequest("", 0, [self.group]) if version >= 4 else FindCoordinatorRequest(self.group)
            )
            answer = await self.ask(FIND_COORDINATOR, request)
            error = answer.coordinators[0].error_code if version >= 4 else answer.error_code
            if not error:
                return
            if error not in RETRIED:
                raise self.unexpected("FindCoordinator", error)
            await asyncio.sleep(BACKOFF_S)

    # --- joining ----------------------------------------------------------------------------------------------------------------

    def _refused(self, what: str, error: int) -> Exception:
        """What an error of the group's means for a member."""
        if error in (ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.ILLEGAL_GENERATION):
            self.generation = -1
            if error == ErrorCode.UNKNOWN_MEMBER_ID:
                self.member_id = ""
            return Rejoin(f"{what}: {ErrorCode(error).name}")
        if error == ErrorCode.REBALANCE_IN_PROGRESS or error in RETRIED:
            return Rejoin(f"{what}: {ErrorCode(error).name}")
        return self.unexpected(what, error)

    async def join(self, link: Link) -> None:
        """JoinGroup and SyncGroup, until there is an assignment. Raises Rejoin, LinkError."""
        groups = self.world.groups
        version = self.version(JOIN_GROUP)
        metadata = subscription_codec.ConsumerProtocolSubscription(self.topics, None)
        raw = (0).to_bytes(2, "big") + subscription_codec.encode(metadata, _CODEC_VERSION)
        self.generation = -1
        while True:
            floor = groups.floor(self.group)
            answer = await link.call(
                JOIN_GROUP,
                version,
                JoinGroupRequest(
                    self.group,
                    self.session_timeout_ms,
                    self.rebalance_timeout_ms,
                    self.member_id,
                    self.instance_id if version >= 5 else None,
                    "consumer",
                    [JoinGroupRequestProtocol(PROTOCOL, raw)],
                ),
                timeout_s=60.0,
            )
            error = answer.error_code
            if error == ErrorCode.MEMBER_ID_REQUIRED:
                self.member_id = answer.member_id
                continue
            if error:
                if error in RETRIED:
                    await asyncio.sleep(BACKOFF_S)
                raise self._refused("JoinGroup", error)
            break
        self.member_id = answer.member_id
        generation = answer.generation_id
        members = [one.member_id for one in answer.members]
        groups.joined(self.group, generation, self.member_id, answer.leader, members, floor)
        plan: dict[str, tuple[Key, ...]] = {}
        if answer.leader == self.member_id and not answer.skip_assignment:
            plan = self.plan(members)
            groups.planned(self.group, generation, plan)
        synced = await link.call(
            SYNC_GROUP,
            self.version(SYNC_GROUP),
            SyncGroupRequest(
                self.group,
                generation,
                self.member_id,
                self.instance_id if self.version(SYNC_GROUP) >= 3 else None,
                "consumer" if self.version(SYNC_GROUP) >= 5 else None,
                PROTOCOL if self.version(SYNC_GROUP) >= 5 else None,
                [SyncGroupRequestAssignment(member, _pack(keys)) for member, keys in plan.items()],
            ),
            timeout_s=60.0,
        )
        if synced.error_code:
            raise self._refused("SyncGroup", synced.error_code)
        given = _unpack(synced.assignment)
        groups.synced(self.group, generation, self.member_id, given)
        self.generation = generation
        self.assigned = given
        self.world.tell("member", f"{self.name} has {_names(given)} in generation {generation} of {self.group}")

    def plan(self, members: Sequence[str]) -> dict[str, tuple[Key, ...]]:
        """Round robin over members and partitions in order."""
        keys = [(topic, index) for topic in sorted(self.topics) for index in range(self.world.partition_counts[topic])]
        order = sorted(members)
        return {member: tuple(keys[place :: len(order)]) for place, member in enumerate(order)}

    async def leave(self, link: Link) -> None:
        if not self.member_id or link.closed:
            return
        version = self.version(LEAVE_GROUP)
        request = LeaveGroupRequest(self.group, self.member_id)
        if version >= 3:
            request = LeaveGroupRequest(self.group, members=[MemberIdentity(self.member_id, self.instance_id)])
        await link.call(LEAVE_GROUP, version, request)
        self.generation = -1

    # --- consuming --------------------------------------------------------------------------------------------------------------

    async def work(self, link: Link) -> None:
        """Fetches and commits until the group moves on. Raises Rejoin, LinkError."""
        await self.load_positions(link)
        fetcher = self.fetcher
        fetcher.forget_session()
        if self.data is None or self.data.closed:
            self.data = await self.open_link()
        loop = self.world.loop
        self.next_heartbeat = loop.now + HEARTBEAT_S
        next_commit = loop.now + self.commit_every_s
        while not self.stopping:
            if self.stalls:
                self.stalls = False
                self.world.tell("member", f"{self.name} stalls")
                await asyncio.sleep(self.session_timeout_ms / 1000 * self.rng.uniform(0.8, 2.5))
            if fetcher.positions:
                for key, records in (await fetcher.fetch(self.data, max_wait_ms=200)).items():
                    fetcher.positions[key] = records[-1][0] + 1
                    self.world.cast.processed(self.group, key, records)
                    self.went_well()
            else:
                await asyncio.sleep(0.2)
            if loop.now >= next_commit:
                next_commit = loop.now + self.commit_every_s
                await self.commit(link)
            if loop.now >= self.next_heartbeat:
                self.next_heartbeat = loop.now + HEARTBEAT_S
                await self.heartbeat(link)
        await self.commit(link)

    async def heartbeat(self, link: Link) -> None:
        answer = await link.call(
            HEARTBEAT,
            self.version(HEARTBEAT),
            HeartbeatRequest(
                self.group, self.generation, self.member_id, self.instance_id if self.version(HEARTBEAT) >= 3 else None
            ),
        )
        if not answer.error_code:
            self.went_well()
            return
        if answer.error_code == ErrorCode.REBALANCE_IN_PROGRESS:
            await self.commit(link)
        raise self._refused("Heartbeat", answer.error_code)

    async def load_positions(self, link: Link) -> None:
        """OffsetFetch for the assigned partitions, until it is known; without one, from the beginning. Raises Rejoin, LinkError."""
        while not await self._load_positions(link):
            await asyncio.sleep(BACKOFF_S)
            await self.heartbeat(link)

    async def _load_positions(self, link: Link) -> bool:
        """False: a transaction that is not ended may still change them."""
        groups, world = self.world.groups, self.world
        version = self.version(OFFSET_FETCH)
        self.fetcher.positions = {}
        self.committed = {}
        if not self.assigned:
            return True
        by_topic: dict[str, list[int]] = {}
        for topic, index in self.assigned:
            by_topic.setdefault(topic, []).append(index)
        asked_at = world.loop.now
        if version >= 8:
            wanted = [
                OffsetFetchRequestTopics(
                    topic if version < 10 else "", world.topic_ids[topic] if version >= 10 else ZERO_UUID, parts
                )
                for topic, parts in by_topic.items()
            ]
            request = OffsetFetchRequest(
                groups=[OffsetFetchRequestGroup(self.group, topics=wanted)], require_stable=True
            )
        else:
            topics = [OffsetFetchRequestTopic(topic, parts) for topic, parts in by_topic.items()]
            request = OffsetFetchRequest(self.group, topics, require_stable=version >= 7)
        answer = await link.call(OFFSET_FETCH, version, request)
        names = {topic_id: name for name, topic_id in world.topic_ids.items()}
        if version >= 8:
            error, answered = answer.groups[0].error_code, answer.groups[0].topics
        else:
            error, answered = answer.error_code, answer.topics
        if error:
            raise self._refused("OffsetFetch", error)
        for one in answered:
            for part in one.partitions:
                if part.error_code == ErrorCode.UNSTABLE_OFFSET_COMMIT:
                    return False
                if part.error_code:
                    raise self._refused("OffsetFetch", part.error_code)
                key = (one.name or names[one.topic_id], part.partition_index)
                groups.fetched(self.group, key, part.committed_offset, asked_at)
                self.fetcher.positions[key] = max(part.committed_offset, 0)
                self.committed[key] = part.committed_offset
        missing = set(self.assigned) - set(self.fetcher.positions)
        if missing:
            raise world.auditor.violate("error", f"{self.name}: OffsetFetch says nothing of {sorted(missing)}")
        return True

    async def commit(self, link: Link) -> None:
        """Commits the positions that moved. Raises Rejoin, LinkError."""
        groups, world = self.world.groups, self.world
        moved = {key: at for key, at in self.fetcher.positions.items() if self.committed.get(key) != at}
        if not moved:
            return
        commits = {key: groups.committing(self.group, key, at, self.generation) for key, at in moved.items()}
        by_topic: dict[str, list[OffsetCommitRequestPartition]] = {}
        for (topic, index), at in moved.items():
            by_topic.setdefault(topic, []).append(OffsetCommitRequestPartition(index, at))
        version = self.version(OFFSET_COMMIT)
        request = OffsetCommitRequest(
            self.group,
            self.generation,
            self.member_id,
            self.instance_id if version >= 7 else None,
            topics=[
                OffsetCommitRequestTopic(topic, world.topic_ids[topic], parts) for topic, parts in by_topic.items()
            ],
        )
        answer = await link.call(OFFSET_COMMIT, version, request)
        names = {topic_id: name for name, topic_id in world.topic_ids.items()}
        worst = 0
        for one in answer.topics:
            for part in one.partitions:
                key = (one.name or names[one.topic_id], part.partition_index)
                commit = commits.pop(key)
                if not part.error_code:
                    groups.committed(commit)
                    self.committed[key] = moved[key]
                    self.went_well()
                    continue
                worst = part.error_code
                if part.error_code not in RETRIED:  # those leave open whether it was stored
                    groups.refused(commit)
        if commits:
            raise world.auditor.violate("error", f"{self.name}: OffsetCommit says nothing of {sorted(commits)}")
        if worst:
            raise self._refused("OffsetCommit", worst)


def _pack(keys: Sequence[Key]) -> bytes:
    by_topic: dict[str, list[int]] = {}
    for topic, index in keys:
        by_topic.setdefault(topic, []).append(index)
    topics = [assignment_codec.TopicPartition(topic, indexes) for topic, indexes in by_topic.items()]
    message = assignment_codec.ConsumerProtocolAssignment(topics, None)
    return (0).to_bytes(2, "big") + assignment_codec.encode(message, _CODEC_VERSION)


def _unpack(raw: bytes) -> tuple[Key, ...]:
    if not raw:
        return ()
    message = assignment_codec.decode(raw, int.from_bytes(raw[:2], "big"), 2)
    return tuple((one.topic, index) for one in message.assigned_partitions for index in one.partitions)


def _names(keys: Sequence[Key]) -> str:
    return ", ".join(f"{topic}-{index}" for topic, index in keys) or "nothing"


__all__ = ["LinkError", "Member", "Rejoin"]
