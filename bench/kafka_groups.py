"""The classic group protocol by hand, for hundreds of members in one thread: JoinGroup v3, SyncGroup v2, Heartbeat v2, LeaveGroup v2."""

from __future__ import annotations

import selectors
import socket
import struct
import time
from enum import Enum

from bench import kafka_wire
from bench.clients import Refused

FIND_COORDINATOR, JOIN_GROUP, HEARTBEAT, LEAVE_GROUP, SYNC_GROUP = 10, 11, 12, 13, 14
HEARTBEAT_S = 0.1
SESSION_MS = 45_000
REBALANCE_MS = 60_000
LOADING, NOT_AVAILABLE, NOT_COORDINATOR, ILLEGAL_GENERATION, UNKNOWN_MEMBER, REBALANCING = 14, 15, 16, 22, 25, 27


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack(">h", len(raw)) + raw


def _blob(value: bytes) -> bytes:
    return struct.pack(">i", len(value)) + value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, code: str) -> int:
        (value,) = struct.unpack_from(">" + code, self._data, self._at)
        self._at += struct.calcsize(code)
        return int(value)

    def text(self) -> str:
        size = self.number("h")
        self._at += max(size, 0)
        return self._data[self._at - size : self._at].decode() if size > 0 else ""

    def blob(self) -> bytes:
        size = self.number("i")
        self._at += max(size, 0)
        return self._data[self._at - size : self._at] if size > 0 else b""


def wait_for_coordinator(bootstrap: str, group: str, limit_s: float = 30.0) -> None:
    """Asks until the server knows the group's coordinator (Kafka makes its offsets topic at the first question)."""
    end = time.monotonic() + limit_s
    with socket.create_connection(kafka_wire.address(bootstrap), 10) as link:
        while True:
            link.sendall(kafka_wire.frame(FIND_COORDINATOR, 1, 1, _text(group) + b"\0"))
            answer = _Reader(kafka_wire.receive(link))
            answer.number("i"), answer.number("i")
            error = answer.number("h")
            if error == 0:
                return
            if error != NOT_AVAILABLE or time.monotonic() > end:
                raise Refused(f"no group coordinator: error {error}")
            time.sleep(0.1)


class State(Enum):
    OUT = "not a member"
    JOINING = "joining"
    SYNCING = "syncing"
    STABLE = "stable"


class Member:
    """A member as a state machine: what it does next follows from the last answer."""

    def __init__(self, address: tuple[str, int], group: str) -> None:
        self.socket = socket.create_connection(address, 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.group = group
        self.state = State.OUT
        self.member_id = ""
        self.generation = -1
        self.assigned = b""
        self.due = 0.0  # when to heartbeat, or to ask again
        self._asked: int | None = None
        self._inbox = kafka_wire.Inbox("a group member's connection")

    def _ask(self, key: int, version: int, body: bytes) -> None:
        self._asked = key
        self.socket.sendall(kafka_wire.frame(key, version, key, body))

    def join(self) -> None:
        self.state = State.JOINING
        body = _text(self.group) + struct.pack(">ii", SESSION_MS, REBALANCE_MS) + _text(self.member_id)
        self._ask(JOIN_GROUP, 3, body + _text("consumer") + struct.pack(">i", 1) + _text("range") + _blob(b"\0" * 8))

    def _sync(self, members: list[str]) -> None:
        self.state = State.SYNCING
        given = b"".join(_text(member) + _blob(member.encode()) for member in members)
        body = _text(self.group) + struct.pack(">i", self.generation) + _text(self.member_id)
        self._ask(SYNC_GROUP, 2, body + struct.pack(">i", len(members)) + given)

    def on_time(self, now: float) -> None:
        """What is due when nothing is under way."""
        if self._asked is not None or now < self.due:
            return
        if self.state is State.OUT:
            self.join()
        elif self.state is State.STABLE:
            self.due = now + HEARTBEAT_S
            self._ask(HEARTBEAT, 2, _text(self.group) + struct.pack(">i", self.generation) + _text(self.member_id))

    def leave(self) -> None:
        body = _text(self.group) + _text(self.member_id)
        self.socket.sendall(kafka_wire.frame(LEAVE_GROUP, 2, LEAVE_GROUP, body))

    def take(self) -> None:
        for answer in self._inbox.receive(self.socket, 1 << 18):
            self._answered(_Reader(answer))

    def _answered(self, answer: _Reader) -> None:
        key = answer.number("i")
        answer.number("i")  # throttle time
        error = answer.number("h")
        self._asked = None
        if error:
            self._refused(error)
        elif key == JOIN_GROUP:
            self.generation = answer.number("i")
            answer.text()
            leader, self.member_id = answer.text(), answer.text()
            members = []
            for _ in range(answer.number("i")):
                members.append(answer.text())
                answer.blob()
            self._sync(members if leader == self.member_id else [])
        elif key == SYNC_GROUP:
            self.assigned = answer.blob()
            self.state, self.due = State.STABLE, time.perf_counter() + HEARTBEAT_S

    def _refused(self, error: int) -> None:
        if error in {LOADING, NOT_AVAILABLE, NOT_COORDINATOR}:
            self.state, self.due = State.OUT, time.perf_counter() + 0.05
        elif error in {REBALANCING, ILLEGAL_GENERATION}:
            self.join()
        elif error == UNKNOWN_MEMBER:
            self.member_id = ""
            self.join()
        else:
            raise Refused(f"group error {error}")


class Group:
    """All members of a group, driven from one thread."""

    def __init__(self, bootstrap: str, name: str) -> None:
        self._address, self._name = kafka_wire.address(bootstrap), name
        self._selector = selectors.DefaultSelector()
        self.members: list[Member] = []

    def add(self, number: int) -> None:
        """Opens connections for `number` more members; they join at the next `settle`."""
        for _ in range(number):
            member = Member(self._address, self._name)
            self._selector.register(member.socket, selectors.EVENT_READ, member)
            self.members.append(member)

    def drop(self, member: Member) -> None:
        """A member leaves in good order."""
        member.leave()
        self._selector.unregister(member.socket)
        self.members.remove(member)
        kafka_wire.receive(member.socket)
        member.socket.close()

    def settled(self) -> bool:
        """Whether every member holds its own assignment of one and the same generation."""
        return len({member.generation for member in self.members}) == 1 and all(
            member.state is State.STABLE and member.assigned == member.member_id.encode() for member in self.members
        )

    def settle(self, limit_s: float, *, after: int | None = None) -> float:
        """Drives the members until the group is settled in a generation above `after`; returns the seconds it took."""
        begun = time.perf_counter()
        while not self.settled() or (after is not None and self.members[0].generation <= after):
            now = time.perf_counter()
            if now - begun > limit_s:
                states = sorted({member.state.value for member in self.members})
                raise Refused(
                    f"{len(self.members)} members did not settle within {limit_s:.0f} s ({', '.join(states)})"
                )
            for member in self.members:
                member.on_time(now)
            for key, _ in self._selector.select(0.002):
                key.data.take()
        return time.perf_counter() - begun

    def close(self) -> None:
        for member in self.members:
            member.socket.close()
        self._selector.close()
