# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteGroupsResponse, API key 42: versions 0 to 2, flexible from 2."""

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

API_KEY: Final = 42
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_hx = Struct(">hx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class DeletableGroupResult(WireStruct):
    __slots__ = ("group_id", "error_code")
    group_id: str
    error_code: int

    def __init__(
        self,
        group_id: str = "",
        error_code: int = 0,
    ) -> None:
        self.group_id = group_id
        self.error_code = error_code


class DeleteGroupsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "results")
    throttle_time_ms: int
    results: list[DeletableGroupResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        results: list[DeletableGroupResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is NEW else results


def _read_deletable_group_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeletableGroupResult], int]:
    out: list[DeletableGroupResult] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("GroupId")
        end = pos + n
        group_id = buf[pos:end].decode()
        pos = end
        (error_code,) = _u_h(buf, pos)
        pos += 2
        out.append(DeletableGroupResult(group_id, error_code))
    return out, pos


def _read_delete_groups_response_v0(buf: bytes, pos: int) -> tuple[DeleteGroupsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Results")
    results, pos = _read_deletable_group_result_list_v0(buf, pos, n) if n else ([], pos)
    return DeleteGroupsResponse(throttle_time_ms, results), pos


def _read_deletable_group_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeletableGroupResult], int]:
    out: list[DeletableGroupResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeletableGroupResult(group_id, error_code))
    return out, pos


def _read_delete_groups_response_v2(buf: bytes, pos: int) -> tuple[DeleteGroupsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Results")
    results, pos = _read_deletable_group_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteGroupsResponse(throttle_time_ms, results), pos


def _write_deletable_group_result_list_v0(w: Write, items: list[DeletableGroupResult]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_h(x.error_code))


def _write_delete_groups_response_v0(w: Write, x: DeleteGroupsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_deletable_group_result_list_v0(w, x.results)


def _write_deletable_group_result_list_v2(w: Write, items: list[DeletableGroupResult]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        w(_p_hx(x.error_code))


def _write_delete_groups_response_v2(w: Write, x: DeleteGroupsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_deletable_group_result_list_v2(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteGroupsResponse, int]]]] = {
    0: _read_delete_groups_response_v0,
    1: _read_delete_groups_response_v0,
    2: _read_delete_groups_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteGroupsResponse], None]]] = {
    0: _write_delete_groups_response_v0,
    1: _write_delete_groups_response_v0,
    2: _write_delete_groups_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteGroupsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteGroupsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteGroupsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteGroupsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteGroupsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteGroupsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DeleteGroupsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteGroupsResponse", version, exc) from exc
    return parts


def encode(message: DeleteGroupsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteGroupsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteGroupsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
