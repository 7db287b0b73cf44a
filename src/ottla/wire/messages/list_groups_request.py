# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListGroupsRequest, API key 16: versions 0 to 5, flexible from 3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
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

API_KEY: Final = 16
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3



class ListGroupsRequest(WireStruct):
    __slots__ = ("states_filter", "types_filter")
    states_filter: list[str]
    types_filter: list[str]

    def __init__(
        self,
        states_filter: list[str] = NEW,
        types_filter: list[str] = NEW,
    ) -> None:
        self.states_filter = [] if states_filter is NEW else states_filter
        self.types_filter = [] if types_filter is NEW else types_filter


def _read_list_groups_request_v0(buf: bytes, pos: int) -> tuple[ListGroupsRequest, int]:
    return ListGroupsRequest([], []), pos


def _read_list_groups_request_v3(buf: bytes, pos: int) -> tuple[ListGroupsRequest, int]:
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsRequest([], []), pos


def _read_list_groups_request_v4(buf: bytes, pos: int) -> tuple[ListGroupsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "StatesFilter")
    states_filter, pos = read_compact_strings(buf, pos, n - 1, "StatesFilter")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsRequest(states_filter, []), pos


def _read_list_groups_request_v5(buf: bytes, pos: int) -> tuple[ListGroupsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "StatesFilter")
    states_filter, pos = read_compact_strings(buf, pos, n - 1, "StatesFilter")
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "TypesFilter")
    types_filter, pos = read_compact_strings(buf, pos, n - 1, "TypesFilter")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListGroupsRequest(states_filter, types_filter), pos


def _write_list_groups_request_v0(w: Write, x: ListGroupsRequest) -> None:
    if x.states_filter:
        raise absent_fault("StatesFilter")
    if x.types_filter:
        raise absent_fault("TypesFilter")


def _write_list_groups_request_v3(w: Write, x: ListGroupsRequest) -> None:
    if x.states_filter:
        raise absent_fault("StatesFilter")
    if x.types_filter:
        raise absent_fault("TypesFilter")
    w(b"\0")


def _write_list_groups_request_v4(w: Write, x: ListGroupsRequest) -> None:
    if x.types_filter:
        raise absent_fault("TypesFilter")
    n = len(x.states_filter) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.states_filter:
        write_compact_strings(w, x.states_filter, "StatesFilter")
    w(b"\0")


def _write_list_groups_request_v5(w: Write, x: ListGroupsRequest) -> None:
    n = len(x.states_filter) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.states_filter:
        write_compact_strings(w, x.states_filter, "StatesFilter")
    n = len(x.types_filter) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.types_filter:
        write_compact_strings(w, x.types_filter, "TypesFilter")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListGroupsRequest, int]]]] = {
    0: _read_list_groups_request_v0,
    1: _read_list_groups_request_v0,
    2: _read_list_groups_request_v0,
    3: _read_list_groups_request_v3,
    4: _read_list_groups_request_v4,
    5: _read_list_groups_request_v5,
}
_WRITE: Final[dict[int, Callable[[Write, ListGroupsRequest], None]]] = {
    0: _write_list_groups_request_v0,
    1: _write_list_groups_request_v0,
    2: _write_list_groups_request_v0,
    3: _write_list_groups_request_v3,
    4: _write_list_groups_request_v4,
    5: _write_list_groups_request_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListGroupsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListGroupsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ListGroupsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListGroupsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListGroupsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ListGroupsRequest", version, len(data), end)
    return message, end


def encode_parts(message: ListGroupsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListGroupsRequest", version, exc) from exc
    return parts


def encode(message: ListGroupsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListGroupsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListGroupsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
