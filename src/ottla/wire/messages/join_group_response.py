# Generated from table.txt by ottla.wire.generator; do not edit.
"""JoinGroupResponse, API key 11: versions 0 to 9, flexible from 6."""

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

API_KEY: Final = 11
MIN_VERSION: Final = 0
MAX_VERSION: Final = 9
FLEXIBLE_SINCE: Final[int | None] = 6

_p_Z = Struct(">?").pack
_p_ZB = Struct(">?B").pack
_p_h = Struct(">h").pack
_p_hih = Struct(">hih").pack
_p_i = Struct(">i").pack
_p_ihi = Struct(">ihi").pack
_p_ihiB = Struct(">ihiB").pack
_p_ihih = Struct(">ihih").pack
_u_ZB = Struct(">?B").unpack_from
_u_h = Struct(">h").unpack_from
_u_hih = Struct(">hih").unpack_from
_u_i = Struct(">i").unpack_from
_u_ihiB = Struct(">ihiB").unpack_from
_u_ihih = Struct(">ihih").unpack_from


class JoinGroupResponseMember(WireStruct):
    __slots__ = ("member_id", "group_instance_id", "metadata")
    member_id: str
    group_instance_id: str | None
    metadata: bytes

    def __init__(
        self,
        member_id: str = "",
        group_instance_id: str | None = None,
        metadata: bytes = b"",
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.metadata = metadata


class JoinGroupResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "generation_id", "protocol_type", "protocol_name", "leader", "skip_assignment", "member_id", "members")
    throttle_time_ms: int
    error_code: int
    generation_id: int
    protocol_type: str | None
    protocol_name: str | None
    leader: str
    skip_assignment: bool
    member_id: str
    members: list[JoinGroupResponseMember]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        generation_id: int = -1,
        protocol_type: str | None = None,
        protocol_name: str | None = "",
        leader: str = "",
        skip_assignment: bool = False,
        member_id: str = "",
        members: list[JoinGroupResponseMember] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.generation_id = generation_id
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.leader = leader
        self.skip_assignment = skip_assignment
        self.member_id = member_id
        self.members = [] if members is NEW else members


def _read_join_group_response_member_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[JoinGroupResponseMember], int]:
    out: list[JoinGroupResponseMember] = []
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
            raise null_fault("Metadata")
        end = pos + n
        metadata = buf[pos:end]
        pos = end
        out.append(JoinGroupResponseMember(member_id, None, metadata))
    return out, pos


def _read_join_group_response_v0(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    error_code, generation_id, n = _u_hih(buf, pos)
    pos += 8
    if n < 0:
        raise null_fault("ProtocolName")
    end = pos + n
    protocol_name = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Leader")
    end = pos + n
    leader = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Members")
    members, pos = _read_join_group_response_member_list_v0(buf, pos, n) if n else ([], pos)
    return JoinGroupResponse(0, error_code, generation_id, None, protocol_name, leader, False, member_id, members), pos


def _read_join_group_response_v2(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    throttle_time_ms, error_code, generation_id, n = _u_ihih(buf, pos)
    pos += 12
    if n < 0:
        raise null_fault("ProtocolName")
    end = pos + n
    protocol_name = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Leader")
    end = pos + n
    leader = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Members")
    members, pos = _read_join_group_response_member_list_v0(buf, pos, n) if n else ([], pos)
    return JoinGroupResponse(throttle_time_ms, error_code, generation_id, None, protocol_name, leader, False, member_id, members), pos


def _read_join_group_response_member_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[JoinGroupResponseMember], int]:
    out: list[JoinGroupResponseMember] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
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
        if n < 0:
            raise null_fault("Metadata")
        end = pos + n
        metadata = buf[pos:end]
        pos = end
        out.append(JoinGroupResponseMember(member_id, group_instance_id, metadata))
    return out, pos


def _read_join_group_response_v5(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    throttle_time_ms, error_code, generation_id, n = _u_ihih(buf, pos)
    pos += 12
    if n < 0:
        raise null_fault("ProtocolName")
    end = pos + n
    protocol_name = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Leader")
    end = pos + n
    leader = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Members")
    members, pos = _read_join_group_response_member_list_v5(buf, pos, n) if n else ([], pos)
    return JoinGroupResponse(throttle_time_ms, error_code, generation_id, None, protocol_name, leader, False, member_id, members), pos


def _read_join_group_response_member_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[JoinGroupResponseMember], int]:
    out: list[JoinGroupResponseMember] = []
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
            n, pos = long_bytes(buf, pos, n, "Metadata")
        end = pos + n - 1
        metadata = buf[pos:end]
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(JoinGroupResponseMember(member_id, group_instance_id, metadata))
    return out, pos


def _read_join_group_response_v6(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    throttle_time_ms, error_code, generation_id, n = _u_ihiB(buf, pos)
    pos += 11
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ProtocolName")
    end = pos + n - 1
    protocol_name = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "Leader")
    end = pos + n - 1
    leader = buf[pos:end].decode()
    pos = end
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
        n, pos = long_count(buf, pos, n, 4, "Members")
    members, pos = _read_join_group_response_member_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return JoinGroupResponse(throttle_time_ms, error_code, generation_id, None, protocol_name, leader, False, member_id, members), pos


def _read_join_group_response_v7(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    throttle_time_ms, error_code, generation_id, n = _u_ihiB(buf, pos)
    pos += 11
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
        n, pos = long_string(buf, pos, n, "Leader")
    end = pos + n - 1
    leader = buf[pos:end].decode()
    pos = end
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
        n, pos = long_count(buf, pos, n, 4, "Members")
    members, pos = _read_join_group_response_member_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return JoinGroupResponse(throttle_time_ms, error_code, generation_id, protocol_type, protocol_name, leader, False, member_id, members), pos


def _read_join_group_response_v9(buf: bytes, pos: int) -> tuple[JoinGroupResponse, int]:
    throttle_time_ms, error_code, generation_id, n = _u_ihiB(buf, pos)
    pos += 11
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
        n, pos = long_string(buf, pos, n, "Leader")
    end = pos + n - 1
    leader = buf[pos:end].decode()
    pos = end
    skip_assignment, n = _u_ZB(buf, pos)
    pos += 2
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Members")
    members, pos = _read_join_group_response_member_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return JoinGroupResponse(throttle_time_ms, error_code, generation_id, protocol_type, protocol_name, leader, skip_assignment, member_id, members), pos


def _write_join_group_response_member_list_v0(w: Write, items: list[JoinGroupResponseMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        d = x.metadata
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_join_group_response_v0(w: Write, x: JoinGroupResponse) -> None:
    if x.skip_assignment:
        raise absent_fault("SkipAssignment")
    if x.protocol_name is None:
        raise null_fault("ProtocolName")
    s = x.protocol_name.encode()
    n = len(s)
    w(_p_hih(x.error_code, x.generation_id, n))
    w(s)
    s = x.leader.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.members)
    w(_p_i(n))
    if x.members:
        _write_join_group_response_member_list_v0(w, x.members)


def _write_join_group_response_v2(w: Write, x: JoinGroupResponse) -> None:
    if x.skip_assignment:
        raise absent_fault("SkipAssignment")
    if x.protocol_name is None:
        raise null_fault("ProtocolName")
    s = x.protocol_name.encode()
    n = len(s)
    w(_p_ihih(x.throttle_time_ms, x.error_code, x.generation_id, n))
    w(s)
    s = x.leader.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.members)
    w(_p_i(n))
    if x.members:
        _write_join_group_response_member_list_v0(w, x.members)


def _write_join_group_response_member_list_v5(w: Write, items: list[JoinGroupResponseMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.group_instance_id is None:
            s = b""
            n = -1
        else:
            s = x.group_instance_id.encode()
            n = len(s)
        w(_p_h(n))
        w(s)
        d = x.metadata
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_join_group_response_v5(w: Write, x: JoinGroupResponse) -> None:
    if x.skip_assignment:
        raise absent_fault("SkipAssignment")
    if x.protocol_name is None:
        raise null_fault("ProtocolName")
    s = x.protocol_name.encode()
    n = len(s)
    w(_p_ihih(x.throttle_time_ms, x.error_code, x.generation_id, n))
    w(s)
    s = x.leader.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.members)
    w(_p_i(n))
    if x.members:
        _write_join_group_response_member_list_v5(w, x.members)


def _write_join_group_response_member_list_v6(w: Write, items: list[JoinGroupResponseMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        if x.group_instance_id is None:
            s = b""
            n = 0
        else:
            s = x.group_instance_id.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
        w(s)
        d = x.metadata
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        w(b"\0")


def _write_join_group_response_v6(w: Write, x: JoinGroupResponse) -> None:
    if x.skip_assignment:
        raise absent_fault("SkipAssignment")
    if x.protocol_name is None:
        raise null_fault("ProtocolName")
    s = x.protocol_name.encode()
    n = len(s) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.generation_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.generation_id) + string_length(n, "ProtocolName"))
    w(s)
    s = x.leader.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Leader"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = len(x.members) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.members:
        _write_join_group_response_member_list_v6(w, x.members)
    w(b"\0")


def _write_join_group_response_v7(w: Write, x: JoinGroupResponse) -> None:
    if x.skip_assignment:
        raise absent_fault("SkipAssignment")
    if x.protocol_type is None:
        s = b""
        n = 0
    else:
        s = x.protocol_type.encode()
        n = len(s) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.generation_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.generation_id) + string_length(n, "ProtocolType"))
    w(s)
    if x.protocol_name is None:
        s = b""
        n = 0
    else:
        s = x.protocol_name.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolName"))
    w(s)
    s = x.leader.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Leader"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = len(x.members) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.members:
        _write_join_group_response_member_list_v6(w, x.members)
    w(b"\0")


def _write_join_group_response_v9(w: Write, x: JoinGroupResponse) -> None:
    if x.protocol_type is None:
        s = b""
        n = 0
    else:
        s = x.protocol_type.encode()
        n = len(s) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.generation_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.generation_id) + string_length(n, "ProtocolType"))
    w(s)
    if x.protocol_name is None:
        s = b""
        n = 0
    else:
        s = x.protocol_name.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolName"))
    w(s)
    s = x.leader.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Leader"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_ZB(x.skip_assignment, n) if n < 128 else _p_Z(x.skip_assignment) + string_length(n, "MemberId"))
    w(s)
    n = len(x.members) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.members:
        _write_join_group_response_member_list_v6(w, x.members)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[JoinGroupResponse, int]]]] = {
    0: _read_join_group_response_v0,
    1: _read_join_group_response_v0,
    2: _read_join_group_response_v2,
    3: _read_join_group_response_v2,
    4: _read_join_group_response_v2,
    5: _read_join_group_response_v5,
    6: _read_join_group_response_v6,
    7: _read_join_group_response_v7,
    8: _read_join_group_response_v7,
    9: _read_join_group_response_v9,
}
_WRITE: Final[dict[int, Callable[[Write, JoinGroupResponse], None]]] = {
    0: _write_join_group_response_v0,
    1: _write_join_group_response_v0,
    2: _write_join_group_response_v2,
    3: _write_join_group_response_v2,
    4: _write_join_group_response_v2,
    5: _write_join_group_response_v5,
    6: _write_join_group_response_v6,
    7: _write_join_group_response_v7,
    8: _write_join_group_response_v7,
    9: _write_join_group_response_v9,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> JoinGroupResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("JoinGroupResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("JoinGroupResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[JoinGroupResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("JoinGroupResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("JoinGroupResponse", version, len(data), end)
    return message, end


def encode_parts(message: JoinGroupResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("JoinGroupResponse", version, exc) from exc
    return parts


def encode(message: JoinGroupResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("JoinGroupResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: JoinGroupResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
