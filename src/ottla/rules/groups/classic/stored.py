"""A classic group as it is stored: what lets its members go on after a restart of the broker.

MessagePack of named fields: a later version may add fields with defaults and still reads this one's. All protocols of a member are
stored (Kafka stores the selected one's), so that a member which joins again unchanged after a restart is seen to be unchanged.
"""

from __future__ import annotations

import msgspec

from ottla.rules.groups.classic.state import GroupState, Member, State
from ottla.rules.groups.kinds import Now


class StoredStateError(ValueError):
    """Bytes that are no stored classic group; the message says why."""


class StoredMember(msgspec.Struct):
    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str
    session_timeout_ms: int
    rebalance_timeout_ms: int
    protocols: list[tuple[str, bytes]]
    assignment: bytes


class StoredGroup(msgspec.Struct):
    generation_id: int
    protocol_type: str | None
    protocol_name: str | None
    leader_id: str | None
    state_since_ms: int
    members: list[StoredMember]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(StoredGroup).decode


def snapshot(group: GroupState, assignments: dict[str, bytes] | None = None) -> bytes:
    """The group as it will be once this is durable. `assignments`: those of a generation about to become Stable."""
    members = [
        StoredMember(
            member.member_id,
            member.instance_id,
            member.client_id,
            member.client_host,
            member.session_timeout_ms,
            member.rebalance_timeout_ms,
            list(member.protocols),
            member.assignment if assignments is None else assignments.get(member.member_id, b""),
        )
        for member in group.members.values()
    ]
    return _encode(
        StoredGroup(
            group.generation_id,
            group.protocol_type,
            group.protocol_name,
            group.leader_id,
            group.state_since_ms,
            members,
        )
    )


def restore(group: GroupState, state: bytes, now: Now) -> None:
    """Fills a fresh group: Stable with its members, whose sessions begin now, or Empty. Raises StoredStateError."""
    try:
        stored = _decode(state)
    except (msgspec.DecodeError, RecursionError) as exc:
        raise StoredStateError(f"stored state of group {group.group_id!r} is unreadable: {exc}") from exc
    group.generation_id = stored.generation_id
    group.protocol_type = stored.protocol_type
    group.protocol_name = stored.protocol_name
    group.state_since_ms = stored.state_since_ms
    for one in stored.members:
        if one.member_id in group.members or (one.instance_id is not None and one.instance_id in group.static):
            raise StoredStateError(f"stored state of group {group.group_id!r} has member {one.member_id!r} twice")
        member = Member(
            one.member_id,
            one.instance_id,
            one.client_id,
            one.client_host,
            one.session_timeout_ms,
            one.rebalance_timeout_ms,
            tuple(one.protocols),
            one.assignment,
        )
        group.add(member)
        group.alive(member, now)
    if group.members:
        if stored.leader_id not in group.members or stored.protocol_type is None or stored.protocol_name is None:
            raise StoredStateError(f"stored state of group {group.group_id!r} has members but no leader or protocol")
        if group.protocol_counts.get(stored.protocol_name, 0) != len(group.members):
            raise StoredStateError(f"stored state of group {group.group_id!r} has a protocol not all members know")
        group.leader_id = stored.leader_id
        group.state = State.STABLE
    group.read_subscriptions()
