# Generated from table.txt by ottla.wire.generator; do not edit.
"""SyncGroupResponse, API key 14: versions 0 to 5, flexible from 4."""

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
    long_bytes,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 14
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 4

_p_hi = Struct(">hi").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihi = Struct(">ihi").pack
_u_hi = Struct(">hi").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihi = Struct(">ihi").unpack_from


class SyncGroupResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "protocol_type", "protocol_name", "assignment")
    throttle_time_ms: int
    error_code: int
    protocol_type: str | None
    protocol_name: str | None
    assignment: bytes

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        protocol_type: str | None = None,
        protocol_name: str | None = None,
        assignment: bytes = b"",
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.assignment = assignment


def _read_sync_group_response_v0(buf: bytes, pos: int) -> tuple[SyncGroupResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("Assignment")
    end = pos + n
    assignment = buf[pos:end]
    pos = end
    return SyncGroupResponse(0, error_code, None, None, assignment), pos


def _read_sync_group_response_v1(buf: bytes, pos: int) -> tuple[SyncGroupResponse, int]:
    throttle_time_ms, error_code, n = _u_ihi(buf, pos)
    pos += 10
    if n < 0:
        raise null_fault("Assignment")
    end = pos + n
    assignment = buf[pos:end]
    pos = end
    return SyncGroupResponse(throttle_time_ms, error_code, None, None, assignment), pos


def _read_sync_group_response_v4(buf: bytes, pos: int) -> tuple[SyncGroupResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_bytes(buf, pos, n, "Assignment")
    end = pos + n - 1
    assignment = buf[pos:end]
    pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SyncGroupResponse(throttle_time_ms, error_code, None, None, assignment), pos


def _read_sync_group_response_v5(buf: bytes, pos: int) -> tuple[SyncGroupResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
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
        n, pos = long_bytes(buf, pos, n, "Assignment")
    end = pos + n - 1
    assignment = buf[pos:end]
    pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SyncGroupResponse(throttle_time_ms, error_code, protocol_type, protocol_name, assignment), pos


def _write_sync_group_response_v0(w: Write, x: SyncGroupResponse) -> None:
    d: bytes | bytearray | memoryview
    d = x.assignment
    n = len(d)
    w(_p_hi(x.error_code, n))
    w(d)


def _write_sync_group_response_v1(w: Write, x: SyncGroupResponse) -> None:
    d: bytes | bytearray | memoryview
    d = x.assignment
    n = len(d)
    w(_p_ihi(x.throttle_time_ms, x.error_code, n))
    w(d)


def _write_sync_group_response_v4(w: Write, x: SyncGroupResponse) -> None:
    d: bytes | bytearray | memoryview
    d = x.assignment
    n = len(d) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    w(d)
    w(b"\0")


def _write_sync_group_response_v5(w: Write, x: SyncGroupResponse) -> None:
    d: bytes | bytearray | memoryview
    if x.protocol_type is None:
        s = b""
        n = 0
    else:
        s = x.protocol_type.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ProtocolType"))
    w(s)
    if x.protocol_name is None:
        s = b""
        n = 0
    else:
        s = x.protocol_name.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolName"))
    w(s)
    d = x.assignment
    n = len(d) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    w(d)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[SyncGroupResponse, int]]]] = {
    0: _read_sync_group_response_v0,
    1: _read_sync_group_response_v1,
    2: _read_sync_group_response_v1,
    3: _read_sync_group_response_v1,
    4: _read_sync_group_response_v4,
    5: _read_sync_group_response_v5,
}
_WRITE: Final[dict[int, Callable[[Write, SyncGroupResponse], None]]] = {
    0: _write_sync_group_response_v0,
    1: _write_sync_group_response_v1,
    2: _write_sync_group_response_v1,
    3: _write_sync_group_response_v1,
    4: _write_sync_group_response_v4,
    5: _write_sync_group_response_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SyncGroupResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SyncGroupResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("SyncGroupResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SyncGroupResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SyncGroupResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("SyncGroupResponse", version, len(data), end)
    return message, end


def encode_parts(message: SyncGroupResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SyncGroupResponse", version, exc) from exc
    return parts


def encode(message: SyncGroupResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SyncGroupResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SyncGroupResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
