"""From one generation to the next: prepare, wait for members to join, hand out the generation, wait for the leader's assignment."""

from __future__ import annotations

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import JoinReply, SyncReply
from ottla.rules.groups.classic.state import GroupState, JoinTimer, Member, State
from ottla.rules.groups.classic.stored import snapshot
from ottla.rules.groups.kinds import Outcome, Write
from ottla.rules.groups.settings import MIN_JOIN_RETRY_MS


def dismiss(group: GroupState, out: Outcome, member: Member, error: ErrorCode, *, tell_id: bool = False) -> None:
    """Answers whatever a member has parked; its client tries again if it is alive."""
    token = group.unpark_join(member)
    if token is not None:
        out.replies.append((token, JoinReply(error, member.member_id if tell_id else "")))
    token, member.sync_token = member.sync_token, None
    if token is not None:
        out.replies.append((token, SyncReply(error)))


def current_generation(group: GroupState, member: Member, *, leader: str | None = None) -> JoinReply:
    """The answer to a member that is in the current generation; `leader`: whom to name instead of the present leader."""
    is_leader = group.leader_id == member.member_id and leader is None
    return JoinReply(
        ErrorCode.NONE,
        member.member_id,
        group.generation_id,
        group.protocol_type,
        group.protocol_name,
        leader if leader is not None else group.leader_id or "",
        group.for_leader() if is_leader else (),
    )


def rebalance_or_complete(group: GroupState, out: Outcome) -> None:
    """After a change of members: begins a rebalance where one may begin, or ends the join phase if this was the last one missing."""
    if group.state in (State.EMPTY, State.STABLE, State.COMPLETING_REBALANCE):
        prepare(group, out)
    else:
        maybe_complete_join(group, out)


def prepare(group: GroupState, out: Outcome) -> None:
    """Begins a rebalance. The first of a group is delayed, so that members started together get one generation, not one each."""
    if group.state is State.COMPLETING_REBALANCE:
        for member in group.members.values():
            member.assignment = b""
            token, member.sync_token = member.sync_token, None
            if token is not None:
                out.replies.append((token, SyncReply(ErrorCode.REBALANCE_IN_PROGRESS)))
                group.alive(member, out.now)
    group.pending_sync.clear()
    group.sync_deadline_ms = None
    is_first = group.state is State.EMPTY
    group.move_to(State.PREPARING_REBALANCE, out.now)
    if is_first:
        delay_ms = max(group.settings.initial_rebalance_delay_ms, 0)
        remaining_ms = max(group.rebalance_timeout_ms - delay_ms, 0)
        _end_join_at(group, JoinTimer(out.now.ticks_ms + delay_ms, delay_ms, remaining_ms))
    elif group.all_joined:
        complete_join(group, out)
    else:
        _end_join_at(group, JoinTimer(out.now.ticks_ms + group.rebalance_timeout_ms))


def maybe_complete_join(group: GroupState, out: Outcome) -> None:
    """Ends the join phase when everyone is there. A group's first rebalance ends by its timer only."""
    if group.state is State.PREPARING_REBALANCE and group.previous is not State.EMPTY and group.all_joined:
        complete_join(group, out)


def join_timer_fired(group: GroupState, out: Outcome, timer: JoinTimer) -> None:
    """The rebalance timeout, or the first rebalance's delay: while new members keep coming it is extended, up to the rebalance timeout."""
    if timer.delay_ms is not None and group.new_member_added and timer.remaining_ms > 0:
        group.new_member_added = False
        delay_ms = min(group.settings.initial_rebalance_delay_ms, timer.remaining_ms)
        remaining_ms = max(timer.remaining_ms - timer.delay_ms, 0)
        _end_join_at(group, JoinTimer(out.now.ticks_ms + delay_ms, delay_ms, remaining_ms))
    else:
        complete_join(group, out)


def complete_join(group: GroupState, out: Outcome) -> None:
    """Ends the join phase. Dynamic members that did not join are out; static ones stay until their session ends (KIP-345)."""
    group.join_timer = None
    for member in [m for m in group.members.values() if m.join_token is None and not m.is_static]:
        group.remove(member.member_id)
    if not group.elect_joined_leader() and group.members:
        retry_ms = max(group.rebalance_timeout_ms, MIN_JOIN_RETRY_MS)
        _end_join_at(group, JoinTimer(out.now.ticks_ms + retry_ms))
        return
    group.next_generation(out.now)
    if group.state is State.EMPTY:
        out.writes.append(Write(snapshot(group), None))
        return
    for member in group.members.values():
        token = group.unpark_join(member)
        if token is not None:
            out.replies.append((token, current_generation(group, member)))
        group.alive(member, out.now)
        member.is_new = False
        member.id_is_secret = False
        group.pending_sync.add(member.member_id)
    group.sync_deadline_ms = out.now.ticks_ms + group.rebalance_timeout_ms
    group.wake_by(group.sync_deadline_ms)


def sync_deadline_passed(group: GroupState, out: Outcome) -> None:
    """Members that joined this generation and never asked for their assignment are out."""
    group.sync_deadline_ms = None
    if group.state not in (State.COMPLETING_REBALANCE, State.STABLE) or not group.pending_sync:
        return
    for member_id in [m for m in group.members if m in group.pending_sync]:
        dismiss(group, out, group.members[member_id], ErrorCode.UNKNOWN_MEMBER_ID)
        group.remove(member_id)
    prepare(group, out)


def _end_join_at(group: GroupState, timer: JoinTimer) -> None:
    group.join_timer = timer
    group.wake_by(timer.at_ms)
