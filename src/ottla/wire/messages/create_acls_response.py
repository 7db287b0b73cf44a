# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreateAclsResponse, API key 30: versions 1 to 3, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 30
MIN_VERSION: Final = 1
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class AclCreationResult(WireStruct):
    __slots__ = ("error_code", "error_message")
    error_code: int
    error_message: str | None

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message


class CreateAclsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "results")
    throttle_time_ms: int
    results: list[AclCreationResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        results: list[AclCreationResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is NEW else results


def _read_acl_creation_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AclCreationResult], int]:
    out: list[AclCreationResult] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        out.append(AclCreationResult(error_code, error_message))
    return out, pos


def _read_create_acls_response_v1(buf: bytes, pos: int) -> tuple[CreateAclsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Results")
    results, pos = _read_acl_creation_result_list_v1(buf, pos, n) if n else ([], pos)
    return CreateAclsResponse(throttle_time_ms, results), pos


def _read_acl_creation_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AclCreationResult], int]:
    out: list[AclCreationResult] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AclCreationResult(error_code, error_message))
    return out, pos


def _read_create_acls_response_v2(buf: bytes, pos: int) -> tuple[CreateAclsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Results")
    results, pos = _read_acl_creation_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateAclsResponse(throttle_time_ms, results), pos


def _write_acl_creation_result_list_v1(w: Write, items: list[AclCreationResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)


def _write_create_acls_response_v1(w: Write, x: CreateAclsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_acl_creation_result_list_v1(w, x.results)


def _write_acl_creation_result_list_v2(w: Write, items: list[AclCreationResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_create_acls_response_v2(w: Write, x: CreateAclsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_acl_creation_result_list_v2(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreateAclsResponse, int]]]] = {
    1: _read_create_acls_response_v1,
    2: _read_create_acls_response_v2,
    3: _read_create_acls_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, CreateAclsResponse], None]]] = {
    1: _write_create_acls_response_v1,
    2: _write_create_acls_response_v2,
    3: _write_create_acls_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreateAclsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateAclsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("CreateAclsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreateAclsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateAclsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("CreateAclsResponse", version, len(data), end)
    return message, end


def encode_parts(message: CreateAclsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateAclsResponse", version, exc) from exc
    return parts


def encode(message: CreateAclsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateAclsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreateAclsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
