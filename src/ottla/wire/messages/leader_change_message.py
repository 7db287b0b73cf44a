# Generated from table.txt by ottla.wire.generator; do not edit.
"""LeaderChangeMessage: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    skip_tags,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_hi = Struct(">hi").pack
_p_hiB = Struct(">hiB").pack
_p_iUx = Struct(">i16sx").pack
_p_ix = Struct(">ix").pack
_u_hiB = Struct(">hiB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iUB = Struct(">i16sB").unpack_from


class Voter(WireStruct):
    __slots__ = ("voter_id", "voter_directory_id")
    voter_id: int
    voter_directory_id: bytes

    def __init__(
        self,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
    ) -> None:
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id


class LeaderChangeMessage(WireStruct):
    __slots__ = ("version", "leader_id", "voters", "granting_voters")
    version: int
    leader_id: int
    voters: list[Voter]
    granting_voters: list[Voter]

    def __init__(
        self,
        version: int = 0,
        leader_id: int = 0,
        voters: list[Voter] = NEW,
        granting_voters: list[Voter] = NEW,
    ) -> None:
        self.version = version
        self.leader_id = leader_id
        self.voters = [] if voters is NEW else voters
        self.granting_voters = [] if granting_voters is NEW else granting_voters


def _read_voter_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Voter], int]:
    out: list[Voter] = []
    for _ in range(count):
        voter_id, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Voter(voter_id, ZERO_UUID))
    return out, pos


def _read_leader_change_message_v0(buf: bytes, pos: int) -> tuple[LeaderChangeMessage, int]:
    version, leader_id, n = _u_hiB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Voters")
    voters, pos = _read_voter_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "GrantingVoters")
    granting_voters, pos = _read_voter_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaderChangeMessage(version, leader_id, voters, granting_voters), pos


def _read_voter_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[Voter], int]:
    out: list[Voter] = []
    for _ in range(count):
        voter_id, voter_directory_id, tags = _u_iUB(buf, pos)
        pos += 21
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Voter(voter_id, voter_directory_id))
    return out, pos


def _read_leader_change_message_v1(buf: bytes, pos: int) -> tuple[LeaderChangeMessage, int]:
    version, leader_id, n = _u_hiB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 21, "Voters")
    voters, pos = _read_voter_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 21, "GrantingVoters")
    granting_voters, pos = _read_voter_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaderChangeMessage(version, leader_id, voters, granting_voters), pos


def _write_voter_list_v0(w: Write, items: list[Voter]) -> None:
    for x in items:
        if x.voter_directory_id != ZERO_UUID:
            raise absent_fault("VoterDirectoryId")
        w(_p_ix(x.voter_id))


def _write_leader_change_message_v0(w: Write, x: LeaderChangeMessage) -> None:
    n = len(x.voters) + 1
    w(_p_hiB(x.version, x.leader_id, n) if n < 128 else _p_hi(x.version, x.leader_id) + uvarint(n))
    if x.voters:
        _write_voter_list_v0(w, x.voters)
    n = len(x.granting_voters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.granting_voters:
        _write_voter_list_v0(w, x.granting_voters)
    w(b"\0")


def _write_voter_list_v1(w: Write, items: list[Voter]) -> None:
    for x in items:
        if len(x.voter_directory_id) != 16:
            raise uuid_fault("VoterDirectoryId")
        w(_p_iUx(x.voter_id, x.voter_directory_id))


def _write_leader_change_message_v1(w: Write, x: LeaderChangeMessage) -> None:
    n = len(x.voters) + 1
    w(_p_hiB(x.version, x.leader_id, n) if n < 128 else _p_hi(x.version, x.leader_id) + uvarint(n))
    if x.voters:
        _write_voter_list_v1(w, x.voters)
    n = len(x.granting_voters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.granting_voters:
        _write_voter_list_v1(w, x.granting_voters)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[LeaderChangeMessage, int]]]] = {
    0: _read_leader_change_message_v0,
    1: _read_leader_change_message_v1,
}
_WRITE: Final[dict[int, Callable[[Write, LeaderChangeMessage], None]]] = {
    0: _write_leader_change_message_v0,
    1: _write_leader_change_message_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> LeaderChangeMessage:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaderChangeMessage", version, exc) from exc
    if end != len(data):
        raise length_fault("LeaderChangeMessage", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[LeaderChangeMessage, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaderChangeMessage", version, exc) from exc
    if end > len(data):
        raise length_fault("LeaderChangeMessage", version, len(data), end)
    return message, end


def encode_parts(message: LeaderChangeMessage, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaderChangeMessage", version, exc) from exc
    return parts


def encode(message: LeaderChangeMessage, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaderChangeMessage", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: LeaderChangeMessage, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
