"""SyncGroup: members wait for the leader's assignment, which is made durable before anyone gets its part of it, and only its part."""

from __future__ import annotations

from dataclasses import dataclass

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import SyncReply, SyncRequest
from ottla.rules.groups.classic.state import GroupState, State
from ottla.rules.groups.classic.stored import snapshot
from ottla.rules.groups.kinds import Outcome, Token, Write
from ottla.rules.groups.settings import ASSIGNMENT_BYTES_MAX


@dataclass(slots=True, frozen=True)
class Assigned:
    """Ticket of the write that makes a generation's assignment durable."""

    generation_id: int
    assignments: dict[str, bytes]


def check_sync(group: GroupState, request: SyncRequest) -> ErrorCode:
    if group.state is State.DEAD:
        return ErrorCode.COORDINATOR_NOT_AVAILABLE
    if group.state is State.EMPTY:
        return ErrorCode.UNKNOWN_MEMBER_ID
    error = group.check_member(request.member_id, request.instance_id)
    if error:
        return error
    if request.generation_id != group.generation_id:
        return ErrorCode.ILLEGAL_GENERATION
    if _differs(request.protocol_type, group.protocol_type) or _differs(request.protocol_name, group.protocol_name):
        return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    if group.state is State.PREPARING_REBALANCE:
        return ErrorCode.REBALANCE_IN_PROGRESS
    if request.assignments and group.leader_id == request.member_id:
        if sum(len(part) for part in request.assignments.values()) > ASSIGNMENT_BYTES_MAX:
            return ErrorCode.MESSAGE_TOO_LARGE
    return ErrorCode.NONE


def sync(group: GroupState, out: Outcome, token: Token, request: SyncRequest) -> None:
    error = check_sync(group, request)
    if error:
        out.replies.append((token, SyncReply(error)))
        return
    member = group.members[request.member_id]
    group.pending_sync.discard(member.member_id)
    if group.state is State.STABLE:
        out.replies.append((token, _assignment(group, member.assignment)))
        return
    older, member.sync_token = member.sync_token, token
    if older is not None:
        out.replies.append((older, SyncReply(ErrorCode.REBALANCE_IN_PROGRESS)))
    # A leader that asks twice waits for its first assignment: two of one generation could be answered from different ones.
    if group.leader_id == member.member_id and group.syncing_generation != group.generation_id:
        group.syncing_generation = group.generation_id
        assignments = {member_id: request.assignments.get(member_id, b"") for member_id in group.members}
        ticket = Assigned(group.generation_id, assignments)
        out.writes.append(Write(snapshot(group, assignments), ticket))


def assigned(group: GroupState, out: Outcome, ticket: Assigned) -> None:
    """A generation's assignment is durable. If the group has moved on since, it is void."""
    if group.state is not State.COMPLETING_REBALANCE or group.generation_id != ticket.generation_id:
        return
    for member in group.members.values():
        member.assignment = ticket.assignments.get(member.member_id, b"")
        token, member.sync_token = member.sync_token, None
        if token is not None:
            out.replies.append((token, _assignment(group, member.assignment)))
            # Its session did not run while its SyncGroup was parked.
            group.alive(member, out.now)
    group.move_to(State.STABLE, out.now)


def _assignment(group: GroupState, assignment: bytes) -> SyncReply:
    return SyncReply(ErrorCode.NONE, assignment, group.protocol_type, group.protocol_name)


def _differs(asked: str | None, actual: str | None) -> bool:
    return asked is not None and actual is not None and asked != actual
