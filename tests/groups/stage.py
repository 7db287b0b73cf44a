"""A classic group on a stage: a virtual clock, tokens that are names, durability that the test grants or refuses."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.classic.join import check_join
from ottla.rules.groups.classic.messages import JoinReply, JoinRequest, LeaveReply, Leaving, SyncReply, SyncRequest
from ottla.rules.groups.kinds import Now, Outcome, Write
from ottla.rules.groups.settings import GroupSettings

SETTINGS = GroupSettings()
DELAY = SETTINGS.initial_rebalance_delay_ms
SESSION = 10_000
REBALANCE = 60_000
RANGE = ("range", b"range-metadata")
ROBIN = ("roundrobin", b"robin-metadata")


def subscription(*topics: str, version: int = 1) -> bytes:
    """An embedded consumer protocol Subscription, with what version 1 appends."""
    body = b"".join(struct.pack(">h", len(t.encode())) + t.encode() for t in topics)
    return struct.pack(">hi", version, len(topics)) + body + struct.pack(">i", -1) + struct.pack(">i", 0)


class Stage:
    """Calls the group and keeps every reply by its token. Writes are granted at once unless `holds_writes`."""

    def __init__(self, settings: GroupSettings = SETTINGS, group: ClassicGroup | None = None) -> None:
        self.settings = settings
        self.ticks = 1_000_000
        self.wall = 1_700_000_000_000
        self.group = group or ClassicGroup("g", settings, self.wall)
        self.replies: dict[str, Any] = {}
        self.held: list[Write] = []
        self.stored: bytes | None = None
        self.holds_writes = False
        self.tokens: set[str] = set()
        self._names = count(1)
        self._suffixes = count(1)

    @property
    def now(self) -> Now:
        return Now(self.ticks, self.wall)

    @property
    def state(self) -> str:
        return self.group.state.value

    # --- acts ---------------------------------------------------------------------------------------------------------------

    def join(
        self,
        member_id: str = "",
        *,
        token: str = "",
        protocols: Sequence[tuple[str, bytes]] = (RANGE,),
        protocol_type: str = "consumer",
        session: int = SESSION,
        rebalance: int = REBALANCE,
        **fields: Any,
    ) -> str:
        """Sends a JoinGroup; returns its token."""
        token = self.token(token)
        request = JoinRequest(
            member_id=member_id,
            protocol_type=protocol_type,
            protocols=tuple(protocols),
            session_timeout_ms=session,
            rebalance_timeout_ms=rebalance,
            new_member_suffix=str(next(self._suffixes)),
            **{"client_id": "client", "client_host": "/127.0.0.1", **fields},
        )
        error = check_join("g", request, self.settings)
        assert not error, error
        self.run(self.group.join(token, request, self.now))
        return token

    def sync(
        self,
        member_id: str,
        generation: int | None = None,
        assignments: Mapping[str, bytes] | None = None,
        *,
        token: str = "",
        **fields: Any,
    ) -> str:
        token = self.token(token)
        generation = self.group.generation_id if generation is None else generation
        request = SyncRequest(
            member_id=member_id, generation_id=generation, assignments=dict(assignments or {}), **fields
        )
        self.run(self.group.sync(token, request, self.now))
        return token

    def heartbeat(self, member_id: str, generation: int | None = None, instance_id: str | None = None) -> ErrorCode:
        generation = self.group.generation_id if generation is None else generation
        return self.group.heartbeat(member_id, instance_id, generation, self.now)

    def leave(self, *leaving: str | Leaving) -> LeaveReply:
        token = self.token("")
        members = [Leaving(one) if isinstance(one, str) else one for one in leaving]
        self.run(self.group.leave(token, members, self.now))
        reply = self.replies[token]
        assert isinstance(reply, LeaveReply)
        return reply

    def pass_time(self, ms: int) -> None:
        """Lets time pass, waking the group whenever it wants to be."""
        end = self.ticks + ms
        while self.group.wake_ms is not None and self.group.wake_ms <= end:
            step = max(self.group.wake_ms, self.ticks)
            self.wall += step - self.ticks
            self.ticks = step
            self.run(self.group.expire(self.now))
        self.wall += end - self.ticks
        self.ticks = end

    def keep_alive(self, ms: int, *member_ids: str, every: int = 3000) -> None:
        """Lets time pass while these members send heartbeats."""
        for _ in range(0, ms, every):
            for member_id in member_ids:
                self.heartbeat(member_id)
            self.pass_time(min(every, ms))

    def grant(self) -> None:
        """Makes the oldest held write durable."""
        write = self.held.pop(0)
        self.stored = write.state
        for token, reply in write.then:
            self.answer(token, reply)
        self.run(self.group.written(write.ticket, self.now))

    def restart(self) -> None:
        """The broker dies and loads what was durable."""
        self.held.clear()
        self.tokens = {t for t in self.tokens if t in self.replies}
        if self.stored is None:
            self.group = ClassicGroup("g", self.settings, self.wall)
        else:
            self.group = ClassicGroup.load("g", self.stored, self.settings, self.now)
            self.run(self.group.loaded(self.now))

    # --- what came of it ----------------------------------------------------------------------------------------------------

    def token(self, name: str) -> str:
        name = name or f"#{next(self._names)}"
        assert name not in self.tokens
        self.tokens.add(name)
        return name

    def run(self, out: Outcome) -> None:
        for token, reply in out.replies:
            self.answer(token, reply)
        self.held += out.writes
        while self.held and not self.holds_writes:
            self.grant()

    def answer(self, token: str, reply: Any) -> None:
        assert token in self.tokens, f"{token} was never asked"
        assert token not in self.replies, f"{token} is answered twice: {self.replies[token]} and {reply}"
        self.replies[token] = reply

    def joined(self, token: str) -> JoinReply:
        reply = self.replies[token]
        assert isinstance(reply, JoinReply)
        return reply

    def synced(self, token: str) -> SyncReply:
        reply = self.replies[token]
        assert isinstance(reply, SyncReply)
        return reply

    def is_parked(self, token: str) -> bool:
        return token not in self.replies

    # --- scenes -------------------------------------------------------------------------------------------------------------

    def new_member(self, **fields: Any) -> tuple[str, str]:
        """A version 9 dynamic member's two JoinGroups; returns (member id, token of the second)."""
        first = self.joined(self.join(**fields))
        assert first.error is ErrorCode.MEMBER_ID_REQUIRED
        return first.member_id, self.join(first.member_id, **fields)

    def stable(self, members: int = 2, **fields: Any) -> list[str]:
        """A Stable group of dynamic members; the leader first. Assignments are b"to <member id>"."""
        joining = [self.new_member(**fields) for _ in range(members)]
        self.pass_time(2 * DELAY + 1)
        ids = [member_id for member_id, _ in joining]
        assert all(not self.joined(token).error for _, token in joining)
        self.assign(ids)
        leader = self.group.leader_id
        return sorted(ids, key=lambda member_id: member_id != leader)

    def static_group(self, *instances: str, **fields: Any) -> dict[str, str]:
        """A Stable group of static members; instance id -> member id."""
        tokens = {name: self.join(instance_id=name, **fields) for name in instances}
        self.pass_time(2 * DELAY + 1)
        ids = {name: self.joined(token).member_id for name, token in tokens.items()}
        self.assign(list(ids.values()))
        return ids

    def assign(self, ids: Sequence[str]) -> None:
        """Everyone syncs, the leader with everyone's assignment."""
        leader = self.group.leader_id
        assert leader is not None
        tokens = {one: self.sync(one) for one in ids if one != leader}
        tokens[leader] = self.sync(leader, assignments={one: f"to {one}".encode() for one in ids})
        for one, token in tokens.items():
            assert self.synced(token).assignment == f"to {one}".encode()
        assert self.state == "Stable"


def limits(**changes: int) -> GroupSettings:
    return replace(SETTINGS, **changes)
