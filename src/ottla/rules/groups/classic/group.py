"""A classic group as the coordinator holds it: one method for each thing that can happen to it."""

from __future__ import annotations

from collections.abc import Sequence

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic import join, leave, rebalance, sessions, sync
from ottla.rules.groups.classic.messages import (
    DescribedMember,
    Description,
    JoinRequest,
    LeaveReply,
    Leaving,
    SyncRequest,
)
from ottla.rules.groups.classic.state import GroupState, State
from ottla.rules.groups.classic.stored import restore
from ottla.rules.groups.kinds import ListedGroup, Now, Outcome, RetentionBase, Token
from ottla.rules.groups.settings import GroupSettings


class ClassicGroup(GroupState):
    """States: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead.

    Durable are the Stable and Empty states. A rebalance in progress is not: after a restart the group is what it was before the rebalance,
    and its members find out by their next heartbeat, as with Kafka.
    """

    @classmethod
    def load(cls, group_id: str, state: bytes, settings: GroupSettings, now: Now) -> ClassicGroup:
        """A stored group. Raises StoredStateError."""
        group = cls(group_id, settings, now.wall_ms)
        restore(group, state, now)
        return group

    def loaded(self, now: Now) -> Outcome:
        """After a load: a group above a `group.max.size` that was lowered rebalances, so that those who go can commit first."""
        out = Outcome(now)
        if len(self.members) > self.settings.max_size:
            rebalance.prepare(self, out)
        return out

    # --- requests -----------------------------------------------------------------------------------------------------------

    def join(self, token: Token, request: JoinRequest, now: Now) -> Outcome:
        out = Outcome(now)
        join.join(self, out, token, request)
        return out

    def disconnected(self, token: Token, now: Now) -> Outcome:
        out = Outcome(now)
        join.disconnected(self, out, token)
        return out

    def sync(self, token: Token, request: SyncRequest, now: Now) -> Outcome:
        out = Outcome(now)
        sync.sync(self, out, token, request)
        return out

    def heartbeat(self, member_id: str, instance_id: str | None, generation_id: int, now: Now) -> ErrorCode:
        return sessions.heartbeat(self, now, member_id, instance_id, generation_id)

    def leave(self, token: Token, leaving: Sequence[Leaving], now: Now) -> Outcome:
        """The reply waits for the group's state to be durable where leaving changed that (it is Empty now)."""
        out = Outcome(now)
        if self.state is State.DEAD:
            out.replies.append((token, LeaveReply(ErrorCode.COORDINATOR_NOT_AVAILABLE)))
            return out
        reply = LeaveReply(ErrorCode.NONE, leave.leave(self, out, leaving))
        if out.writes:
            out.writes[-1] = out.writes[-1]._replace(then=((token, reply),))
        else:
            out.replies.append((token, reply))
        return out

    def expire(self, now: Now) -> Outcome:
        out = Outcome(now)
        sessions.expire(self, out)
        return out

    def written(self, ticket: object, now: Now) -> Outcome:
        out = Outcome(now)
        if isinstance(ticket, sync.Assigned):
            sync.assigned(self, out, ticket)
        elif isinstance(ticket, join.StaticReturned):
            join.static_returned(self, out, ticket)
        return out

    def die(self, error: ErrorCode, now: Now) -> Outcome:
        out = Outcome(now)
        for member in self.members.values():
            rebalance.dismiss(self, out, member, error, tell_id=True)
        self.move_to(State.DEAD, now)
        self.join_timer = self.sync_deadline_ms = self.wake_ms = None
        return out

    # --- views --------------------------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        return self.state is State.EMPTY

    @property
    def is_disposable(self) -> bool:
        return self.state is State.EMPTY and not self.pending

    def listed(self) -> ListedGroup:
        return ListedGroup(self.group_id, self.protocol_type or "", self.state.value, self.kind)

    def describe(self) -> Description:
        """Protocol and metadata are known of a Stable group only: during a rebalance they are about to change."""
        name = (self.protocol_name or "") if self.state is State.STABLE else ""
        members = tuple(
            DescribedMember(
                m.member_id, m.instance_id, m.client_id, m.client_host, m.metadata(name) if name else b"", m.assignment
            )
            for m in self.members.values()
        )
        return Description(self.state.value, self.protocol_type or "", name, members)

    # --- offsets ------------------------------------------------------------------------------------------------------------

    def check_commit(
        self, member_id: str, instance_id: str | None, generation_id: int, *, is_transactional: bool = False
    ) -> ErrorCode:
        """In a transaction nobody has to be named (TxnOffsetCommit before 3), and a rebalance that is being completed does not matter."""
        if self.state is State.DEAD:
            return ErrorCode.COORDINATOR_NOT_AVAILABLE
        if generation_id < 0 and self.state is State.EMPTY:
            # An administrator, or a consumer that assigns its partitions itself.
            return ErrorCode.NONE
        if generation_id < 0 and not member_id and instance_id is None:
            return ErrorCode.NONE if is_transactional else ErrorCode.UNKNOWN_MEMBER_ID
        error = self.check_member(member_id, instance_id)
        if error:
            return error
        if generation_id != self.generation_id:
            return ErrorCode.ILLEGAL_GENERATION
        if self.state is State.COMPLETING_REBALANCE and not is_transactional:
            # It has the new generation already, so the offsets may be of partitions that are another's now.
            return ErrorCode.REBALANCE_IN_PROGRESS
        return ErrorCode.NONE

    def committed_by(self, member_id: str, now: Now) -> None:
        member = self.members.get(member_id)
        if member is not None and self.state in (State.STABLE, State.PREPARING_REBALANCE):
            self.alive(member, now)

    def check_offset_fetch(self, member_id: str | None, member_epoch: int) -> ErrorCode:
        """Classic groups do not ask who reads their offsets, as in Kafka; member id and epoch are KIP-848's."""
        return ErrorCode.GROUP_ID_NOT_FOUND if self.state is State.DEAD else ErrorCode.NONE

    def check_offset_delete(self) -> ErrorCode:
        if self.state is State.DEAD:
            return ErrorCode.GROUP_ID_NOT_FOUND
        if self.state is not State.EMPTY and not self.is_consumer_protocol:
            return ErrorCode.NON_EMPTY_GROUP
        return ErrorCode.NONE

    def check_delete(self) -> ErrorCode:
        if self.state is State.DEAD:
            return ErrorCode.GROUP_ID_NOT_FOUND
        return ErrorCode.NONE if self.state is State.EMPTY else ErrorCode.NON_EMPTY_GROUP

    def is_subscribed_to(self, topic: str) -> bool:
        """Members whose metadata cannot be read may subscribe to anything."""
        if self.subscribed is None:
            return self.is_consumer_protocol
        return topic in self.subscribed

    def retention_base(self) -> RetentionBase | None:
        """KIP-211: since the group became Empty; in a Stable consumer group, for topics nobody subscribes to, since their commit."""
        if self.protocol_type is None:
            return RetentionBase(None)
        if self.state is State.EMPTY:
            return RetentionBase(self.state_since_ms)
        if self.is_consumer_protocol and self.subscribed is not None and self.state is State.STABLE:
            return RetentionBase(None)
        return None
