"""JoinGroup: who may enter, who must first learn its id, who starts a rebalance and who is only told what is.

Follows GroupMetadataManager of Apache Kafka (KIP-62, 134, 345, 394, 389, 814). Differences, all where Kafka leaves a client without an
answer: a JoinGroup parked twice for one member answers the older one with REBALANCE_IN_PROGRESS; a pending member that names an instance id
gets UNKNOWN_MEMBER_ID (Kafka: UNKNOWN_SERVER_ERROR).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import JoinReply, JoinRequest
from ottla.rules.groups.classic.rebalance import (
    current_generation,
    dismiss,
    maybe_complete_join,
    prepare,
    rebalance_or_complete,
)
from ottla.rules.groups.classic.state import GroupState, Member, State
from ottla.rules.groups.classic.stored import snapshot
from ottla.rules.groups.kinds import Outcome, Token, Write
from ottla.rules.groups.settings import (
    METADATA_BYTES_MAX,
    NEW_MEMBER_JOIN_TIMEOUT_MS,
    PENDING_MEMBERS_MAX,
    PROTOCOLS_MAX,
    GroupSettings,
)


@dataclass(slots=True, frozen=True)
class StaticReturned:
    """Ticket of the write that makes a static member's new id durable, in a group that stays Stable."""

    member_id: str
    token: Token
    generation_id: int
    leader_before: str
    can_skip_assignment: bool


def check_join(group_id: str, request: JoinRequest, settings: GroupSettings) -> ErrorCode:
    """What can be refused without looking at the group."""
    if not group_id:
        return ErrorCode.INVALID_GROUP_ID
    if not settings.min_session_timeout_ms <= request.session_timeout_ms <= settings.max_session_timeout_ms:
        return ErrorCode.INVALID_SESSION_TIMEOUT
    size = sum(len(metadata) for _, metadata in request.protocols)
    if len(request.protocols) > PROTOCOLS_MAX or size > METADATA_BYTES_MAX:
        return ErrorCode.MESSAGE_TOO_LARGE
    return ErrorCode.NONE


def join(group: GroupState, out: Outcome, token: Token, request: JoinRequest) -> None:
    """One JoinGroup that passed `check_join`. An unknown group exists only for a member without id."""
    member_id = request.member_id
    if group.state is State.DEAD:
        _refuse(out, token, ErrorCode.COORDINATOR_NOT_AVAILABLE, member_id)
    elif not _has_room(group, member_id):
        if member_id in group.members:
            dismiss(group, out, group.members[member_id], ErrorCode.GROUP_MAX_SIZE_REACHED)
        group.remove(member_id)
        _refuse(out, token, ErrorCode.GROUP_MAX_SIZE_REACHED)
        maybe_complete_join(group, out)
    elif not group.supports(request.protocol_type, request.protocols):
        _refuse(out, token, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, member_id)
    elif not member_id:
        _join_without_id(group, out, token, request)
    elif member_id in group.pending and request.instance_id is None:
        _add(group, out, token, request, member_id)
    else:
        _join_with_id(group, out, token, request)


def static_returned(group: GroupState, out: Outcome, ticket: StaticReturned) -> None:
    """The new id of a static member is durable. If a rebalance began meanwhile, its JoinGroup stays parked for that one's result."""
    member = group.members.get(ticket.member_id)
    if member is None or member.join_token is not ticket.token:
        return
    if group.state is not State.STABLE or group.generation_id != ticket.generation_id:
        return
    group.unpark_join(member)
    group.alive(member, out.now)
    if not ticket.can_skip_assignment:
        # Before version 9 a leader cannot be told to skip the assignment, so it is told of the leader there was: itself by its old id.
        reply = current_generation(group, member, leader=ticket.leader_before)
    elif group.leader_id == member.member_id:
        reply = replace(current_generation(group, member), skip_assignment=True)
    else:
        reply = current_generation(group, member)
    out.replies.append((ticket.token, reply))


def disconnected(group: GroupState, out: Outcome, token: Token) -> None:
    """The connection of a parked JoinGroup is gone.

    Nobody can come back as a member that was never told its id, so it is removed; every other member has its session or the new member's
    join timeout to come back, as in Kafka.
    """
    for member in group.members.values():
        if member.join_token is token and member.id_is_secret:
            dismiss(group, out, member, ErrorCode.UNKNOWN_MEMBER_ID)
            group.remove(member.member_id)
            maybe_complete_join(group, out)
            return


def _refuse(out: Outcome, token: Token, error: ErrorCode, member_id: str = "") -> None:
    out.replies.append((token, JoinReply(error, member_id)))


def _has_room(group: GroupState, member_id: str) -> bool:
    """`group.max.size` (KIP-389). While a rebalance is prepared those who joined it count, so that the last to come are the ones out."""
    max_size = group.settings.max_size
    member = group.members.get(member_id)
    if group.state is State.PREPARING_REBALANCE:
        return (member is not None and member.join_token is not None) or group.joined_count < max_size
    if group.state in (State.STABLE, State.COMPLETING_REBALANCE):
        return member is not None or len(group.members) < max_size
    return True


def _join_without_id(group: GroupState, out: Outcome, token: Token, request: JoinRequest) -> None:
    if request.instance_id is not None:
        member_id = f"{request.instance_id}-{request.new_member_suffix}"
        old_id = group.static.get(request.instance_id)
        if old_id is None:
            _add(group, out, token, request, member_id)
        else:
            _return_static(group, out, token, request, old_id, member_id)
        return
    member_id = f"{request.client_id}-{request.new_member_suffix}"
    if not request.requires_known_member_id:
        _add(group, out, token, request, member_id)
    elif len(group.pending) >= PENDING_MEMBERS_MAX:
        _refuse(out, token, ErrorCode.COORDINATOR_NOT_AVAILABLE)
    else:
        deadline_ms = out.now.ticks_ms + request.session_timeout_ms
        group.pending[member_id] = deadline_ms
        group.wake_by(deadline_ms)
        _refuse(out, token, ErrorCode.MEMBER_ID_REQUIRED, member_id)


def _join_with_id(group: GroupState, out: Outcome, token: Token, request: JoinRequest) -> None:
    error = group.check_member(request.member_id, request.instance_id)
    if error:
        _refuse(out, token, error, request.member_id)
        return
    member = group.members[request.member_id]
    changed = member.protocols != request.protocols
    is_leader = group.leader_id == member.member_id
    # A leader that joins a Stable group wants a rebalance: what it assigns by (the topics' partitions, say) has changed.
    if group.state is State.PREPARING_REBALANCE or changed or (group.state is State.STABLE and is_leader):
        _update_and_park(group, out, token, request, member)
        rebalance_or_complete(group, out)
    else:
        # It missed the answer, or asks for nothing new: the current generation, for which it then sends SyncGroup.
        out.replies.append((token, current_generation(group, member)))


def _add(group: GroupState, out: Outcome, token: Token, request: JoinRequest, member_id: str) -> None:
    if not group.members:
        group.protocol_type = request.protocol_type
    if group.state is State.PREPARING_REBALANCE and group.previous is State.EMPTY:
        group.new_member_added = True
    member = Member(
        member_id,
        request.instance_id,
        request.client_id,
        request.client_host,
        request.session_timeout_ms,
        _rebalance_timeout(request),
        request.protocols,
        is_new=True,
        id_is_secret=request.instance_id is None and not request.requires_known_member_id,
        join_token=token,
    )
    group.add(member)
    group.alive(member, out.now, NEW_MEMBER_JOIN_TIMEOUT_MS)
    rebalance_or_complete(group, out)


def _return_static(
    group: GroupState, out: Outcome, token: Token, request: JoinRequest, old_id: str, new_id: str
) -> None:
    """A static member is back without its id (KIP-345): the old id is fenced; a Stable group goes on if the protocol stays."""
    leader_before = group.leader_id or ""
    dismiss(group, out, group.members[old_id], ErrorCode.FENCED_INSTANCE_ID, tell_id=True)
    member = group.replace_static(old_id, new_id)
    member.is_new = False
    member.client_id = request.client_id
    member.client_host = request.client_host
    _update_and_park(group, out, token, request, member)
    group.alive(member, out.now)
    if group.state is State.STABLE and group.select_protocol() == group.protocol_name:
        ticket = StaticReturned(new_id, token, group.generation_id, leader_before, request.can_skip_assignment)
        out.writes.append(Write(snapshot(group), ticket))
    elif group.state in (State.STABLE, State.COMPLETING_REBALANCE):
        # CompletingRebalance: the leader may already assign to the old id, so the new one would get nothing.
        prepare(group, out)
    else:
        maybe_complete_join(group, out)


def _update_and_park(group: GroupState, out: Outcome, token: Token, request: JoinRequest, member: Member) -> None:
    group.update(member, request.protocols, request.session_timeout_ms, _rebalance_timeout(request))
    older = group.park_join(member, token)
    if older is not None:
        _refuse(out, older, ErrorCode.REBALANCE_IN_PROGRESS, member.member_id)


def _rebalance_timeout(request: JoinRequest) -> int:
    return request.session_timeout_ms if request.rebalance_timeout_ms < 0 else request.rebalance_timeout_ms
