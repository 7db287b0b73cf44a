"""Heartbeat, and what happens when one does not come: sessions, new members that wait too long, deadlines of the phases."""

from __future__ import annotations

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.rebalance import (
    complete_join,
    dismiss,
    join_timer_fired,
    rebalance_or_complete,
    sync_deadline_passed,
)
from ottla.rules.groups.classic.state import GroupState, State
from ottla.rules.groups.kinds import Now, Outcome


def heartbeat(group: GroupState, now: Now, member_id: str, instance_id: str | None, generation_id: int) -> ErrorCode:
    """Keeps a member's session; REBALANCE_IN_PROGRESS tells it to join again."""
    if group.state is State.DEAD:
        return ErrorCode.COORDINATOR_NOT_AVAILABLE
    error = group.check_member(member_id, instance_id)
    if error:
        return error
    if generation_id != group.generation_id:
        return ErrorCode.ILLEGAL_GENERATION
    group.alive(group.members[member_id], now)
    return ErrorCode.REBALANCE_IN_PROGRESS if group.state is State.PREPARING_REBALANCE else ErrorCode.NONE


def expire(group: GroupState, out: Outcome) -> None:
    """Does everything that is due by now, earliest first, and finds out when to look again."""
    now_ms = out.now.ticks_ms
    due = sorted((at_ms, order, name) for at_ms, order, name in _deadlines(group) if at_ms <= now_ms)
    for at_ms, order, name in due:
        _FIRE[order](group, out, at_ms, name)
    group.wake_ms = min((at_ms for at_ms, _, _ in _deadlines(group)), default=None)


_MEMBER, _PENDING, _JOIN, _SYNC = range(4)


def _deadlines(group: GroupState) -> list[tuple[int, int, str]]:
    found = [(m.deadline_ms, _MEMBER, m.member_id) for m in group.members.values() if m.deadline_ms is not None]
    found += [(at_ms, _PENDING, member_id) for member_id, at_ms in group.pending.items()]
    if group.join_timer is not None:
        found.append((group.join_timer.at_ms, _JOIN, ""))
    if group.sync_deadline_ms is not None:
        found.append((group.sync_deadline_ms, _SYNC, ""))
    return found


# Each of these first checks that its deadline still stands: an earlier one of the same step may have moved it.


def _member_due(group: GroupState, out: Outcome, at_ms: int, member_id: str) -> None:
    member = group.members.get(member_id)
    if member is None or member.deadline_ms != at_ms:
        return
    if not member.is_new and (member.join_token is not None or member.sync_token is not None):
        # Its parked request shows that it lives; the session begins anew when that is answered.
        member.deadline_ms = None
        return
    dismiss(group, out, member, ErrorCode.UNKNOWN_MEMBER_ID)
    group.remove(member_id)
    if group.state in (State.STABLE, State.COMPLETING_REBALANCE):
        rebalance_or_complete(group, out)
    elif group.state is State.PREPARING_REBALANCE and group.all_joined:
        complete_join(group, out)


def _pending_due(group: GroupState, out: Outcome, at_ms: int, member_id: str) -> None:
    if group.pending.get(member_id) != at_ms:
        return
    group.remove(member_id)
    if group.state is State.PREPARING_REBALANCE and group.all_joined:
        complete_join(group, out)


def _join_due(group: GroupState, out: Outcome, at_ms: int, _name: str) -> None:
    timer = group.join_timer
    if timer is not None and timer.at_ms == at_ms:
        join_timer_fired(group, out, timer)


def _sync_due(group: GroupState, out: Outcome, at_ms: int, _name: str) -> None:
    if group.sync_deadline_ms == at_ms:
        sync_deadline_passed(group, out)


_FIRE = (_member_due, _pending_due, _join_due, _sync_due)
