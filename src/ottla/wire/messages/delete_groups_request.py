# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteGroupsRequest, API key 42: versions 0 to 2, flexible from 2."""

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
    read_compact_strings,
    read_strings,
    skip_tags,
    uvarint,
    write_compact_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 42
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_i = Struct(">i").pack
_u_i = Struct(">i").unpack_from


class DeleteGroupsRequest(WireStruct):
    __slots__ = ("groups_names",)
    groups_names: list[str]

    def __init__(
        self,
        groups_names: list[str] = NEW,
    ) -> None:
        self.groups_names = [] if groups_names is NEW else groups_names


def _read_delete_groups_request_v0(buf: bytes, pos: int) -> tuple[DeleteGroupsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "GroupsNames")
    groups_names, pos = read_strings(buf, pos, n, "GroupsNames")
    return DeleteGroupsRequest(groups_names), pos


def _read_delete_groups_request_v2(buf: bytes, pos: int) -> tuple[DeleteGroupsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "GroupsNames")
    groups_names, pos = read_compact_strings(buf, pos, n - 1, "GroupsNames")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteGroupsRequest(groups_names), pos


def _write_delete_groups_request_v0(w: Write, x: DeleteGroupsRequest) -> None:
    n = len(x.groups_names)
    w(_p_i(n))
    if x.groups_names:
        write_strings(w, x.groups_names, "GroupsNames")


def _write_delete_groups_request_v2(w: Write, x: DeleteGroupsRequest) -> None:
    n = len(x.groups_names) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups_names:
        write_compact_strings(w, x.groups_names, "GroupsNames")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteGroupsRequest, int]]]] = {
    0: _read_delete_groups_request_v0,
    1: _read_delete_groups_request_v0,
    2: _read_delete_groups_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteGroupsRequest], None]]] = {
    0: _write_delete_groups_request_v0,
    1: _write_delete_groups_request_v0,
    2: _write_delete_groups_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteGroupsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteGroupsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteGroupsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteGroupsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteGroupsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteGroupsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DeleteGroupsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteGroupsRequest", version, exc) from exc
    return parts


def encode(message: DeleteGroupsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteGroupsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteGroupsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
