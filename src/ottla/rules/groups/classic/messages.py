"""What classic groups are asked and what they answer, without wire types: the handlers translate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from ottla.base.errors import ErrorCode

Protocols = tuple[tuple[str, bytes], ...]
"""(name, metadata) pairs in the member's order of preference."""


@dataclass(slots=True, frozen=True, kw_only=True)
class JoinRequest:
    """JoinGroup. `new_member_suffix` is a fresh random text that makes a member id; `rebalance_timeout_ms` below 0: the session timeout."""

    member_id: str
    protocol_type: str
    protocols: Protocols
    session_timeout_ms: int
    rebalance_timeout_ms: int
    new_member_suffix: str
    client_id: str = ""
    client_host: str = ""
    instance_id: str | None = None
    version: int = 9

    @property
    def requires_known_member_id(self) -> bool:
        """From version 4 a dynamic member first gets its id and joins again with it (KIP-394)."""
        return self.version >= 4

    @property
    def can_skip_assignment(self) -> bool:
        """From version 9 a returning static leader can be told that it is the leader but need not assign (KIP-814)."""
        return self.version >= 9


class JoinedMember(NamedTuple):
    """A member as the leader is told of it."""

    member_id: str
    instance_id: str | None
    metadata: bytes


@dataclass(slots=True, frozen=True)
class JoinReply:
    error: ErrorCode
    member_id: str = ""
    generation_id: int = -1
    protocol_type: str | None = None
    protocol_name: str | None = None
    leader: str = ""
    members: tuple[JoinedMember, ...] = ()
    skip_assignment: bool = False

    def failed(self, error: ErrorCode) -> JoinReply:
        return JoinReply(error, self.member_id)


@dataclass(slots=True, frozen=True, kw_only=True)
class SyncRequest:
    """SyncGroup. Protocol type and name are None before version 5."""

    member_id: str
    generation_id: int
    assignments: dict[str, bytes]
    instance_id: str | None = None
    protocol_type: str | None = None
    protocol_name: str | None = None


@dataclass(slots=True, frozen=True)
class SyncReply:
    error: ErrorCode
    assignment: bytes = b""
    protocol_type: str | None = None
    protocol_name: str | None = None

    def failed(self, error: ErrorCode) -> SyncReply:
        return SyncReply(error)


class Leaving(NamedTuple):
    """Who leaves; an empty `member_id` with an instance id is an administrator removing a static member (KIP-345)."""

    member_id: str
    instance_id: str | None = None


class Left(NamedTuple):
    member_id: str
    instance_id: str | None
    error: ErrorCode


@dataclass(slots=True, frozen=True)
class LeaveReply:
    """`error` for the whole request, or NONE and one for each member."""

    error: ErrorCode
    members: tuple[Left, ...] = ()

    def failed(self, error: ErrorCode) -> LeaveReply:
        return replace(self, error=error, members=())


class DescribedMember(NamedTuple):
    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str
    metadata: bytes
    assignment: bytes


class Description(NamedTuple):
    """A line of DescribeGroups."""

    state: str
    protocol_type: str
    protocol_name: str
    members: tuple[DescribedMember, ...]
