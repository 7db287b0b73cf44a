# Generated from table.txt by ottla.wire.generator; do not edit.
"""ShareGroupDescribeRequest, API key 77: version 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    read_compact_strings,
    skip_tags,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 77
MIN_VERSION: Final = 1
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Zx = Struct(">?x").pack
_u_ZB = Struct(">?B").unpack_from


class ShareGroupDescribeRequest(WireStruct):
    __slots__ = ("group_ids", "include_authorized_operations")
    group_ids: list[str]
    include_authorized_operations: bool

    def __init__(
        self,
        group_ids: list[str] = NEW,
        include_authorized_operations: bool = False,
    ) -> None:
        self.group_ids = [] if group_ids is NEW else group_ids
        self.include_authorized_operations = include_authorized_operations


def _read_share_group_describe_request_v1(buf: bytes, pos: int) -> tuple[ShareGroupDescribeRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "GroupIds")
    group_ids, pos = read_compact_strings(buf, pos, n - 1, "GroupIds")
    include_authorized_operations, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ShareGroupDescribeRequest(group_ids, include_authorized_operations), pos


def _write_share_group_describe_request_v1(w: Write, x: ShareGroupDescribeRequest) -> None:
    n = len(x.group_ids) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.group_ids:
        write_compact_strings(w, x.group_ids, "GroupIds")
    w(_p_Zx(x.include_authorized_operations))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ShareGroupDescribeRequest, int]]]] = {
    1: _read_share_group_describe_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ShareGroupDescribeRequest], None]]] = {
    1: _write_share_group_describe_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ShareGroupDescribeRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareGroupDescribeRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ShareGroupDescribeRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ShareGroupDescribeRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareGroupDescribeRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ShareGroupDescribeRequest", version, len(data), end)
    return message, end


def encode_parts(message: ShareGroupDescribeRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareGroupDescribeRequest", version, exc) from exc
    return parts


def encode(message: ShareGroupDescribeRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareGroupDescribeRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ShareGroupDescribeRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
