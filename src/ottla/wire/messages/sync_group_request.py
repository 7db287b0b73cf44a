# Generated from table.txt by ottla.wire.generator; do not edit.
"""SyncGroupRequest, API key 14: versions 0 to 5, flexible from 4."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 14
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 4

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from


class SyncGroupRequestAssignment(WireStruct):
    __slots__ = ("member_id", "assignment")
    member_id: str
    assignment: bytes

    def __init__(
        self,
        member_id: str = "",
        assignment: bytes = b"",
    ) -> None:
        self.member_id = member_id
        self.assignment = assignment


class SyncGroupRequest(WireStruct):
    __slots__ = ("group_id", "generation_id", "member_id", "group_instance_id", "protocol_type", "protocol_name", "assignments")
    group_id: str
    generation_id: int
    member_id: str
    group_instance_id: str | None
    protocol_type: str | None
    protocol_name: str | None
    assignments: list[SyncGroupRequestAssignment]

    def __init__(
        self,
        group_id: str = "",
        generation_id: int = 0,
        member_id: str = "",
        group_instance_id: str | None = None,
        protocol_type: str | None = None,
        protocol_name: str | None = None,
        assignments: list[SyncGroupRequestAssignment] = NEW,
    ) -> None:
        self.group_id = group_id
        self.generation_id = generation_id
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.assignments = [] if assignments is NEW else assignments


def _read_sync_group_request_assignment_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[SyncGroupRequestAssignment], int]:
    out: list[SyncGroupRequestAssignment] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("MemberId")
        end = pos + n
        member_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Assignment")
        end = pos + n
        assignment = buf[pos:end]
        pos = end
        out.append(SyncGroupRequestAssignment(member_id, assignment))
    return out, pos


def _read_sync_group_request_v0(buf: bytes, pos: int) -> tuple[SyncGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Assignments")
    assignments, pos = _read_sync_group_request_assignment_list_v0(buf, pos, n) if n else ([], pos)
    return SyncGroupRequest(group_id, generation_id, member_id, None, None, None, assignments), pos


def _read_sync_group_request_v3(buf: bytes, pos: int) -> tuple[SyncGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        group_instance_id = None
    else:
        end = pos + n
        group_instance_id = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Assignments")
    assignments, pos = _read_sync_group_request_assignment_list_v0(buf, pos, n) if n else ([], pos)
    return SyncGroupRequest(group_id, generation_id, member_id, group_instance_id, None, None, assignments), pos


def _read_sync_group_request_assignment_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[SyncGroupRequestAssignment], int]:
    out: list[SyncGroupRequestAssignment] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Assignment")
        end = pos + n - 1
        assignment = buf[pos:end]
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(SyncGroupRequestAssignment(member_id, assignment))
    return out, pos


def _read_sync_group_request_v4(buf: bytes, pos: int) -> tuple[SyncGroupRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Assignments")
    assignments, pos = _read_sync_group_request_assignment_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SyncGroupRequest(group_id, generation_id, member_id, group_instance_id, None, None, assignments), pos


def _read_sync_group_request_v5(buf: bytes, pos: int) -> tuple[SyncGroupRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        protocol_type = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        protocol_name = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ProtocolName")
        end = pos + n - 1
        protocol_name = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Assignments")
    assignments, pos = _read_sync_group_request_assignment_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SyncGroupRequest(group_id, generation_id, member_id, group_instance_id, protocol_type, protocol_name, assignments), pos


def _write_sync_group_request_assignment_list_v0(w: Write, items: list[SyncGroupRequestAssignment]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        d = x.assignment
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_sync_group_request_v0(w: Write, x: SyncGroupRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id, n))
    w(s)
    n = len(x.assignments)
    w(_p_i(n))
    if x.assignments:
        _write_sync_group_request_assignment_list_v0(w, x.assignments)


def _write_sync_group_request_v3(w: Write, x: SyncGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id, n))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = -1
    else:
        s = x.group_instance_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.assignments)
    w(_p_i(n))
    if x.assignments:
        _write_sync_group_request_assignment_list_v0(w, x.assignments)


def _write_sync_group_request_assignment_list_v4(w: Write, items: list[SyncGroupRequestAssignment]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        d = x.assignment
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        w(b"\0")


def _write_sync_group_request_v4(w: Write, x: SyncGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iB(x.generation_id, n) if n < 128 else _p_i(x.generation_id) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    n = len(x.assignments) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.assignments:
        _write_sync_group_request_assignment_list_v4(w, x.assignments)
    w(b"\0")


def _write_sync_group_request_v5(w: Write, x: SyncGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iB(x.generation_id, n) if n < 128 else _p_i(x.generation_id) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    if x.protocol_type is None:
        s = b""
        n = 0
    else:
        s = x.protocol_type.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
    w(s)
    if x.protocol_name is None:
        s = b""
        n = 0
    else:
        s = x.protocol_name.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolName"))
    w(s)
    n = len(x.assignments) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.assignments:
        _write_sync_group_request_assignment_list_v4(w, x.assignments)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[SyncGroupRequest, int]]]] = {
    0: _read_sync_group_request_v0,
    1: _read_sync_group_request_v0,
    2: _read_sync_group_request_v0,
    3: _read_sync_group_request_v3,
    4: _read_sync_group_request_v4,
    5: _read_sync_group_request_v5,
}
_WRITE: Final[dict[int, Callable[[Write, SyncGroupRequest], None]]] = {
    0: _write_sync_group_request_v0,
    1: _write_sync_group_request_v0,
    2: _write_sync_group_request_v0,
    3: _write_sync_group_request_v3,
    4: _write_sync_group_request_v4,
    5: _write_sync_group_request_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SyncGroupRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SyncGroupRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("SyncGroupRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SyncGroupRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SyncGroupRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("SyncGroupRequest", version, len(data), end)
    return message, end


def encode_parts(message: SyncGroupRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SyncGroupRequest", version, exc) from exc
    return parts


def encode(message: SyncGroupRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SyncGroupRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SyncGroupRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
