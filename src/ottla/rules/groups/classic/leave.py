"""LeaveGroup: members go at once, one by one with their own errors, then one rebalance for those who stay."""

from __future__ import annotations

from collections.abc import Sequence

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import Leaving, Left
from ottla.rules.groups.classic.rebalance import dismiss, maybe_complete_join, rebalance_or_complete
from ottla.rules.groups.classic.state import GroupState, State
from ottla.rules.groups.kinds import Outcome


def leave(group: GroupState, out: Outcome, leaving: Sequence[Leaving]) -> tuple[Left, ...]:
    left = tuple(Left(one.member_id, one.instance_id, _leave_one(group, out, one)) for one in leaving)
    if all(one.error for one in left):
        return left
    if group.state in (State.STABLE, State.COMPLETING_REBALANCE):
        rebalance_or_complete(group, out)
    elif group.state is State.PREPARING_REBALANCE:
        maybe_complete_join(group, out)
    return left


def _leave_one(group: GroupState, out: Outcome, leaving: Leaving) -> ErrorCode:
    member_id, instance_id = leaving
    if not member_id:
        found = None if instance_id is None else group.static.get(instance_id)
        if found is None:
            return ErrorCode.UNKNOWN_MEMBER_ID
        member_id = found
    elif member_id in group.pending:
        group.remove(member_id)
        return ErrorCode.NONE
    else:
        error = group.check_member(member_id, instance_id)
        if error:
            return error
    dismiss(group, out, group.members[member_id], ErrorCode.UNKNOWN_MEMBER_ID)
    group.remove(member_id)
    return ErrorCode.NONE
