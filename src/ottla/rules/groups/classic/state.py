"""The state of a classic group, and the moves that keep its parts consistent. Decisions live beside it: join, sync, leave, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import JoinedMember, Protocols
from ottla.rules.groups.kinds import Now, Token
from ottla.rules.groups.settings import GroupSettings
from ottla.rules.groups.subscription import CONSUMER_PROTOCOL, subscribed_topics


class State(Enum):
    """A classic group's state, spelled as ListGroups and DescribeGroups do."""

    EMPTY = "Empty"
    PREPARING_REBALANCE = "PreparingRebalance"
    COMPLETING_REBALANCE = "CompletingRebalance"
    STABLE = "Stable"
    DEAD = "Dead"


@dataclass(slots=True)
class Member:
    """A member. `deadline_ms` (ticks) None: its session does not run, because a parked request shows that it lives."""

    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str
    session_timeout_ms: int
    rebalance_timeout_ms: int
    protocols: Protocols
    assignment: bytes = b""
    is_new: bool = False
    id_is_secret: bool = False  # it was never told its id (JoinGroup before version 4), so nobody can come back as it
    join_token: Token | None = None
    sync_token: Token | None = None
    deadline_ms: int | None = None

    @property
    def is_static(self) -> bool:
        return self.instance_id is not None

    def metadata(self, protocol_name: str) -> bytes:
        """What it said for this protocol; empty when it does not know it."""
        for name, metadata in self.protocols:
            if name == protocol_name:
                return metadata
        return b""


class JoinTimer(NamedTuple):
    """When the join phase ends. `delay_ms` None: at the rebalance timeout; else the first rebalance's delay and what may be added."""

    at_ms: int
    delay_ms: int | None = None
    remaining_ms: int = 0


class GroupState:
    """A classic group. Members keep the order they came in, so that nothing here depends on hashing."""

    kind = "classic"

    def __init__(self, group_id: str, settings: GroupSettings, wall_ms: int) -> None:
        self.group_id = group_id
        self.settings = settings
        self.state = State.EMPTY
        self.previous = State.DEAD
        self.state_since_ms = wall_ms
        self.generation_id = 0
        self.protocol_type: str | None = None
        self.protocol_name: str | None = None
        self.leader_id: str | None = None
        self.members: dict[str, Member] = {}
        self.static: dict[str, str] = {}  # instance id -> member id
        self.pending: dict[str, int] = {}  # member ids given out and not joined yet -> deadline (ticks)
        self.pending_sync: set[str] = set()
        self.protocol_counts: dict[str, int] = {}
        self.subscribed: frozenset[str] | None = None
        self.new_member_added = False
        self.joined_count = 0  # members with a parked JoinGroup
        self.syncing_generation = -1  # the generation whose assignment is being made durable
        self.join_timer: JoinTimer | None = None
        self.sync_deadline_ms: int | None = None
        self.wake_ms: int | None = None

    # --- members ------------------------------------------------------------------------------------------------------------

    def add(self, member: Member) -> None:
        assert member.member_id not in self.members
        if member.instance_id is not None:
            assert member.instance_id not in self.static
            self.static[member.instance_id] = member.member_id
        if self.leader_id is None:
            self.leader_id = member.member_id
        self.members[member.member_id] = member
        self._count_protocols(member, 1)
        self.joined_count += member.join_token is not None
        self.pending.pop(member.member_id, None)

    def remove(self, member_id: str) -> None:
        """Forgets a member whose parked requests were answered, or a pending id."""
        member = self.members.pop(member_id, None)
        if member is not None:
            assert member.join_token is None
            assert member.sync_token is None
            self._count_protocols(member, -1)
            if member.instance_id is not None:
                del self.static[member.instance_id]
        if self.leader_id == member_id:
            self.leader_id = next(iter(self.members), None)
        self.pending.pop(member_id, None)
        self.pending_sync.discard(member_id)

    def replace_static(self, old_id: str, new_id: str) -> Member:
        """Gives a static member, whose parked requests were answered, another member id; it keeps its place and its assignment."""
        member = self.members[old_id]
        assert member.instance_id is not None
        assert member.join_token is None
        assert member.sync_token is None
        member.member_id = new_id
        self.members = {m.member_id: m for m in self.members.values()}
        if self.leader_id == old_id:
            self.leader_id = new_id
        if old_id in self.pending_sync:
            self.pending_sync.remove(old_id)
            self.pending_sync.add(new_id)
        self.static[member.instance_id] = new_id
        return member

    def update(self, member: Member, protocols: Protocols, session_timeout_ms: int, rebalance_timeout_ms: int) -> None:
        self._count_protocols(member, -1)
        member.protocols = protocols
        self._count_protocols(member, 1)
        member.session_timeout_ms = session_timeout_ms
        member.rebalance_timeout_ms = rebalance_timeout_ms

    def park_join(self, member: Member, token: Token) -> Token | None:
        """Parks a JoinGroup; returns the one it takes the place of."""
        older, member.join_token = member.join_token, token
        self.joined_count += older is None
        return older

    def unpark_join(self, member: Member) -> Token | None:
        token, member.join_token = member.join_token, None
        self.joined_count -= token is not None
        return token

    def _count_protocols(self, member: Member, by: int) -> None:
        for name in {name for name, _ in member.protocols}:
            count = self.protocol_counts.get(name, 0) + by
            if count:
                self.protocol_counts[name] = count
            else:
                self.protocol_counts.pop(name, None)

    def check_member(self, member_id: str, instance_id: str | None) -> ErrorCode:
        """UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID when another member id has this instance id now."""
        if instance_id is not None:
            current = self.static.get(instance_id)
            if current is None:
                return ErrorCode.UNKNOWN_MEMBER_ID
            if current != member_id:
                return ErrorCode.FENCED_INSTANCE_ID
        return ErrorCode.NONE if member_id in self.members else ErrorCode.UNKNOWN_MEMBER_ID

    # --- protocols ----------------------------------------------------------------------------------------------------------

    def supports(self, protocol_type: str, protocols: Protocols) -> bool:
        """Whether a member that knows these protocols can be in one group with the members there are."""
        if self.state is State.EMPTY:
            return bool(protocol_type) and bool(protocols)
        count = len(self.members)
        return self.protocol_type == protocol_type and any(
            self.protocol_counts.get(name, 0) == count for name, _ in protocols
        )

    def select_protocol(self) -> str:
        """The protocol that most members prefer among those all know; on a tie the one voted for first."""
        count = len(self.members)
        candidates = {name for name, members in self.protocol_counts.items() if members == count}
        votes: dict[str, int] = {}
        for member in self.members.values():
            vote = next(name for name, _ in member.protocols if name in candidates)
            votes[vote] = votes.get(vote, 0) + 1
        return max(votes, key=votes.__getitem__)

    @property
    def is_consumer_protocol(self) -> bool:
        return self.protocol_type == CONSUMER_PROTOCOL

    def read_subscriptions(self) -> None:
        """Finds out which topics the members subscribe to; None when the broker cannot know."""
        self.subscribed = None
        if not self.is_consumer_protocol:
            return
        topics: set[str] = set()
        for member in self.members.values():
            found = subscribed_topics(member.metadata(self.protocol_name or ""))
            if found is None:
                return
            topics |= found
        self.subscribed = frozenset(topics)

    # --- states and time ----------------------------------------------------------------------------------------------------

    def move_to(self, state: State, now: Now) -> None:
        self.previous, self.state = self.state, state
        self.state_since_ms = now.wall_ms

    def next_generation(self, now: Now) -> None:
        """The join phase is over: Empty without members, else CompletingRebalance under the protocol the members voted for."""
        self.generation_id += 1
        self.pending_sync.clear()
        self.new_member_added = False
        if self.members:
            self.protocol_name = self.select_protocol()
            self.move_to(State.COMPLETING_REBALANCE, now)
        else:
            self.protocol_name = None
            self.move_to(State.EMPTY, now)
        self.read_subscriptions()

    @property
    def all_joined(self) -> bool:
        return self.joined_count == len(self.members) and not self.pending

    @property
    def rebalance_timeout_ms(self) -> int:
        return max((member.rebalance_timeout_ms for member in self.members.values()), default=0)

    def elect_joined_leader(self) -> bool:
        """Keeps the leader if it has joined again, else takes the first member that has. False: nobody has."""
        leader = None if self.leader_id is None else self.members[self.leader_id]
        if leader is None or leader.join_token is not None:
            return leader is not None
        for member in self.members.values():
            if member.join_token is not None:
                self.leader_id = member.member_id
                return True
        return False

    def for_leader(self) -> tuple[JoinedMember, ...]:
        """The members as the leader is told of them: it alone gets their metadata."""
        name = self.protocol_name or ""
        return tuple(JoinedMember(m.member_id, m.instance_id, m.metadata(name)) for m in self.members.values())

    def alive(self, member: Member, now: Now, timeout_ms: int | None = None) -> None:
        """Begins a member's session anew."""
        member.deadline_ms = now.ticks_ms + (member.session_timeout_ms if timeout_ms is None else timeout_ms)
        self.wake_by(member.deadline_ms)

    def wake_by(self, at_ms: int) -> None:
        if self.wake_ms is None or at_ms < self.wake_ms:
            self.wake_ms = at_ms
