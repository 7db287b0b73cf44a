# Generated from table.txt by ottla.wire.generator; do not edit.
"""FindCoordinatorResponse, API key 10: versions 0 to 6, flexible from 3."""

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

API_KEY: Final = 10
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 3

_p_hih = Struct(">hih").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihh = Struct(">ihh").pack
_p_ix = Struct(">ix").pack
_u_hih = Struct(">hih").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihh = Struct(">ihh").unpack_from


class Coordinator(WireStruct):
    __slots__ = ("key", "node_id", "host", "port", "error_code", "error_message")
    key: str
    node_id: int
    host: str
    port: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        key: str = "",
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.key = key
        self.node_id = node_id
        self.host = host
        self.port = port
        self.error_code = error_code
        self.error_message = error_message


class FindCoordinatorResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "node_id", "host", "port", "coordinators")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    node_id: int
    host: str
    port: int
    coordinators: list[Coordinator]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        coordinators: list[Coordinator] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.node_id = node_id
        self.host = host
        self.port = port
        self.coordinators = [] if coordinators is NEW else coordinators


def _read_find_coordinator_response_v0(buf: bytes, pos: int) -> tuple[FindCoordinatorResponse, int]:
    error_code, node_id, n = _u_hih(buf, pos)
    pos += 8
    if n < 0:
        raise null_fault("Host")
    end = pos + n
    host = buf[pos:end].decode()
    pos = end
    (port,) = _u_i(buf, pos)
    pos += 4
    return FindCoordinatorResponse(0, error_code, "", node_id, host, port, []), pos


def _read_find_coordinator_response_v1(buf: bytes, pos: int) -> tuple[FindCoordinatorResponse, int]:
    throttle_time_ms, error_code, n = _u_ihh(buf, pos)
    pos += 8
    if n < 0:
        error_message = None
    else:
        end = pos + n
        error_message = buf[pos:end].decode()
        pos = end
    node_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("Host")
    end = pos + n
    host = buf[pos:end].decode()
    pos = end
    (port,) = _u_i(buf, pos)
    pos += 4
    return FindCoordinatorResponse(throttle_time_ms, error_code, error_message, node_id, host, port, []), pos


def _read_find_coordinator_response_v3(buf: bytes, pos: int) -> tuple[FindCoordinatorResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if n == 0:
        error_message = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ErrorMessage")
        end = pos + n - 1
        error_message = buf[pos:end].decode()
        pos = end
    node_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "Host")
    end = pos + n - 1
    host = buf[pos:end].decode()
    pos = end
    port, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FindCoordinatorResponse(throttle_time_ms, error_code, error_message, node_id, host, port, []), pos


def _read_coordinator_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[Coordinator], int]:
    out: list[Coordinator] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Key")
        end = pos + n - 1
        key = buf[pos:end].decode()
        pos = end
        node_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, error_code, n = _u_ihB(buf, pos)
        pos += 7
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
        out.append(Coordinator(key, node_id, host, port, error_code, error_message))
    return out, pos


def _read_find_coordinator_response_v4(buf: bytes, pos: int) -> tuple[FindCoordinatorResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 14, "Coordinators")
    coordinators, pos = _read_coordinator_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FindCoordinatorResponse(throttle_time_ms, 0, "", 0, "", 0, coordinators), pos


def _write_find_coordinator_response_v0(w: Write, x: FindCoordinatorResponse) -> None:
    if x.coordinators:
        raise absent_fault("Coordinators")
    s = x.host.encode()
    n = len(s)
    w(_p_hih(x.error_code, x.node_id, n))
    w(s)
    w(_p_i(x.port))


def _write_find_coordinator_response_v1(w: Write, x: FindCoordinatorResponse) -> None:
    if x.coordinators:
        raise absent_fault("Coordinators")
    if x.error_message is None:
        s = b""
        n = -1
    else:
        s = x.error_message.encode()
        n = len(s)
    w(_p_ihh(x.throttle_time_ms, x.error_code, n))
    w(s)
    s = x.host.encode()
    n = len(s)
    w(_p_ih(x.node_id, n))
    w(s)
    w(_p_i(x.port))


def _write_find_coordinator_response_v3(w: Write, x: FindCoordinatorResponse) -> None:
    if x.coordinators:
        raise absent_fault("Coordinators")
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    s = x.host.encode()
    n = len(s) + 1
    w(_p_iB(x.node_id, n) if n < 128 else _p_i(x.node_id) + string_length(n, "Host"))
    w(s)
    w(_p_ix(x.port))


def _write_coordinator_list_v4(w: Write, items: list[Coordinator]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Key"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(_p_iB(x.node_id, n) if n < 128 else _p_i(x.node_id) + string_length(n, "Host"))
        w(s)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.port, x.error_code, n) if n < 128 else _p_ih(x.port, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_find_coordinator_response_v4(w: Write, x: FindCoordinatorResponse) -> None:
    if x.error_code:
        raise absent_fault("ErrorCode")
    if x.node_id:
        raise absent_fault("NodeId")
    if x.host:
        raise absent_fault("Host")
    if x.port:
        raise absent_fault("Port")
    n = len(x.coordinators) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.coordinators:
        _write_coordinator_list_v4(w, x.coordinators)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[FindCoordinatorResponse, int]]]] = {
    0: _read_find_coordinator_response_v0,
    1: _read_find_coordinator_response_v1,
    2: _read_find_coordinator_response_v1,
    3: _read_find_coordinator_response_v3,
    4: _read_find_coordinator_response_v4,
    5: _read_find_coordinator_response_v4,
    6: _read_find_coordinator_response_v4,
}
_WRITE: Final[dict[int, Callable[[Write, FindCoordinatorResponse], None]]] = {
    0: _write_find_coordinator_response_v0,
    1: _write_find_coordinator_response_v1,
    2: _write_find_coordinator_response_v1,
    3: _write_find_coordinator_response_v3,
    4: _write_find_coordinator_response_v4,
    5: _write_find_coordinator_response_v4,
    6: _write_find_coordinator_response_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> FindCoordinatorResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FindCoordinatorResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("FindCoordinatorResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[FindCoordinatorResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FindCoordinatorResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("FindCoordinatorResponse", version, len(data), end)
    return message, end


def encode_parts(message: FindCoordinatorResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FindCoordinatorResponse", version, exc) from exc
    return parts


def encode(message: FindCoordinatorResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FindCoordinatorResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: FindCoordinatorResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
