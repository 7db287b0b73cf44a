# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeGroupsRequest, API key 15: versions 0 to 6, flexible from 5."""

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
    long_count,
    read_compact_strings,
    read_strings,
    skip_tags,
    uvarint,
    write_compact_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 15
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 5

_p_Z = Struct(">?").pack
_p_Zx = Struct(">?x").pack
_p_i = Struct(">i").pack
_u_Z = Struct(">?").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_i = Struct(">i").unpack_from


class DescribeGroupsRequest(WireStruct):
    __slots__ = ("groups", "include_authorized_operations")
    groups: list[str]
    include_authorized_operations: bool

    def __init__(
        self,
        groups: list[str] = NEW,
        include_authorized_operations: bool = False,
    ) -> None:
        self.groups = [] if groups is NEW else groups
        self.include_authorized_operations = include_authorized_operations


def _read_describe_groups_request_v0(buf: bytes, pos: int) -> tuple[DescribeGroupsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Groups")
    groups, pos = read_strings(buf, pos, n, "Groups")
    return DescribeGroupsRequest(groups, False), pos


def _read_describe_groups_request_v3(buf: bytes, pos: int) -> tuple[DescribeGroupsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Groups")
    groups, pos = read_strings(buf, pos, n, "Groups")
    (include_authorized_operations,) = _u_Z(buf, pos)
    pos += 1
    return DescribeGroupsRequest(groups, include_authorized_operations), pos


def _read_describe_groups_request_v5(buf: bytes, pos: int) -> tuple[DescribeGroupsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "Groups")
    groups, pos = read_compact_strings(buf, pos, n - 1, "Groups")
    include_authorized_operations, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeGroupsRequest(groups, include_authorized_operations), pos


def _write_describe_groups_request_v0(w: Write, x: DescribeGroupsRequest) -> None:
    if x.include_authorized_operations:
        raise absent_fault("IncludeAuthorizedOperations")
    n = len(x.groups)
    w(_p_i(n))
    if x.groups:
        write_strings(w, x.groups, "Groups")


def _write_describe_groups_request_v3(w: Write, x: DescribeGroupsRequest) -> None:
    n = len(x.groups)
    w(_p_i(n))
    if x.groups:
        write_strings(w, x.groups, "Groups")
    w(_p_Z(x.include_authorized_operations))


def _write_describe_groups_request_v5(w: Write, x: DescribeGroupsRequest) -> None:
    n = len(x.groups) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups:
        write_compact_strings(w, x.groups, "Groups")
    w(_p_Zx(x.include_authorized_operations))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeGroupsRequest, int]]]] = {
    0: _read_describe_groups_request_v0,
    1: _read_describe_groups_request_v0,
    2: _read_describe_groups_request_v0,
    3: _read_describe_groups_request_v3,
    4: _read_describe_groups_request_v3,
    5: _read_describe_groups_request_v5,
    6: _read_describe_groups_request_v5,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeGroupsRequest], None]]] = {
    0: _write_describe_groups_request_v0,
    1: _write_describe_groups_request_v0,
    2: _write_describe_groups_request_v0,
    3: _write_describe_groups_request_v3,
    4: _write_describe_groups_request_v3,
    5: _write_describe_groups_request_v5,
    6: _write_describe_groups_request_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeGroupsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeGroupsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeGroupsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeGroupsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeGroupsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeGroupsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeGroupsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeGroupsRequest", version, exc) from exc
    return parts


def encode(message: DescribeGroupsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeGroupsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeGroupsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
