# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListGroupsResponse, API key 16: versions 0 to 5, flexible from 3."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 16
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3

_p_h = Struct(">h").pack
_p_hi = Struct(">hi").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihi = Struct(">ihi").pack
_u_h = Struct(">h").unpack_from
_u_hi = Struct(">hi").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihi = Struct(">ihi").unpack_from


class ListedGroup(WireStruct):
    __slots__ = ("group_id", "protocol_type", "group_state", "group_type")
    group_id: str
    protocol_type: str
    group_state: str
    group_type: str

    def __init__(
        self,
        group_id: str = "",
        protocol_type: str = "",
        group_state: str = "",
        group_type: str = "",
    ) -> None:
        self.group_id = group_id
        self.protocol_type = protocol_type
        self.group_state = group_state
        self.group_type = group_type


class ListGroupsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "groups")
    throttle_time_ms: int
    error_code: int
    groups: list[ListedGroup]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        groups: list[ListedGroup] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.groups = [] if groups is NEW else groups


def _read_listed_group_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ListedGroup], int]:
    out: list[ListedGroup] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("GroupId")
        end = pos + n
        group_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolType")
        end = pos + n
        protocol_type = buf[pos:end].decode()
        pos = end
        out.append(ListedGroup(group_id, protocol_type, "", ""))
    return out, pos


def _read_list_groups_response_v0(buf: bytes, pos: int) -> tuple[ListGroupsResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Groups")
    groups, pos = _read_listed_group_list_v0(buf, pos, n) if n else ([], pos)
    return ListGroupsResponse(0, error_code, groups), pos


def _read_list_groups_response_v1(buf: bytes, pos: int) -> tuple[ListGroupsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihi(buf, pos)
    pos += 10
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Groups")
    groups, pos = _read_listed_group_list_v0(buf, pos, n) if n else ([], pos)
    return ListGroupsResponse(throttle_time_ms, error_code, groups), pos


def _read_listed_group_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[ListedGroup], int]:
    out: list[ListedGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListedGroup(group_id, protocol_type, "", ""))
    return out, pos


def _read_list_groups_response_v3(buf: bytes, pos: int) -> tuple[ListGroupsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Groups")
    groups, pos = _read_listed_group_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsResponse(throttle_time_ms, error_code, groups), pos


def _read_listed_group_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[ListedGroup], int]:
    out: list[ListedGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupState")
        end = pos + n - 1
        group_state = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListedGroup(group_id, protocol_type, group_state, ""))
    return out, pos


def _read_list_groups_response_v4(buf: bytes, pos: int) -> tuple[ListGroupsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Groups")
    groups, pos = _read_listed_group_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsResponse(throttle_time_ms, error_code, groups), pos


def _read_listed_group_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[ListedGroup], int]:
    out: list[ListedGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupState")
        end = pos + n - 1
        group_state = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupType")
        end = pos + n - 1
        group_type = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListedGroup(group_id, protocol_type, group_state, group_type))
    return out, pos


def _read_list_groups_response_v5(buf: bytes, pos: int) -> tuple[ListGroupsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Groups")
    groups, pos = _read_listed_group_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsResponse(throttle_time_ms, error_code, groups), pos


def _write_listed_group_list_v0(w: Write, items: list[ListedGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)


def _write_list_groups_response_v0(w: Write, x: ListGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_hi(x.error_code, n))
    if x.groups:
        _write_listed_group_list_v0(w, x.groups)


def _write_list_groups_response_v1(w: Write, x: ListGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_ihi(x.throttle_time_ms, x.error_code, n))
    if x.groups:
        _write_listed_group_list_v0(w, x.groups)


def _write_listed_group_list_v3(w: Write, items: list[ListedGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        s = x.protocol_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
        w(s)
        w(b"\0")


def _write_list_groups_response_v3(w: Write, x: ListGroupsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.groups:
        _write_listed_group_list_v3(w, x.groups)
    w(b"\0")


def _write_listed_group_list_v4(w: Write, items: list[ListedGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        s = x.protocol_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
        w(s)
        s = x.group_state.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupState"))
        w(s)
        w(b"\0")


def _write_list_groups_response_v4(w: Write, x: ListGroupsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.groups:
        _write_listed_group_list_v4(w, x.groups)
    w(b"\0")


def _write_listed_group_list_v5(w: Write, items: list[ListedGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        s = x.protocol_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
        w(s)
        s = x.group_state.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupState"))
        w(s)
        s = x.group_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupType"))
        w(s)
        w(b"\0")


def _write_list_groups_response_v5(w: Write, x: ListGroupsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.groups:
        _write_listed_group_list_v5(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListGroupsResponse, int]]]] = {
    0: _read_list_groups_response_v0,
    1: _read_list_groups_response_v1,
    2: _read_list_groups_response_v1,
    3: _read_list_groups_response_v3,
    4: _read_list_groups_response_v4,
    5: _read_list_groups_response_v5,
}
_WRITE: Final[dict[int, Callable[[Write, ListGroupsResponse], None]]] = {
    0: _write_list_groups_response_v0,
    1: _write_list_groups_response_v1,
    2: _write_list_groups_response_v1,
    3: _write_list_groups_response_v3,
    4: _write_list_groups_response_v4,
    5: _write_list_groups_response_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListGroupsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListGroupsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ListGroupsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListGroupsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListGroupsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ListGroupsResponse", version, len(data), end)
    return message, end


def encode_parts(message: ListGroupsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListGroupsResponse", version, exc) from exc
    return parts


def encode(message: ListGroupsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListGroupsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListGroupsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
