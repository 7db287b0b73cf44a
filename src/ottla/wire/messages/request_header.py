# Generated from table.txt by ottla.wire.generator; do not edit.
"""RequestHeader: versions 1 to 2, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    skip_tags,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_hhih = Struct(">hhih").pack
_u_hhih = Struct(">hhih").unpack_from


class RequestHeader(WireStruct):
    __slots__ = ("request_api_key", "request_api_version", "correlation_id", "client_id")
    request_api_key: int
    request_api_version: int
    correlation_id: int
    client_id: str | None

    def __init__(
        self,
        request_api_key: int = 0,
        request_api_version: int = 0,
        correlation_id: int = 0,
        client_id: str | None = "",
    ) -> None:
        self.request_api_key = request_api_key
        self.request_api_version = request_api_version
        self.correlation_id = correlation_id
        self.client_id = client_id


def _read_request_header_v1(buf: bytes, pos: int) -> tuple[RequestHeader, int]:
    request_api_key, request_api_version, correlation_id, n = _u_hhih(buf, pos)
    pos += 10
    if n < 0:
        client_id = None
    else:
        end = pos + n
        client_id = buf[pos:end].decode()
        pos = end
    return RequestHeader(request_api_key, request_api_version, correlation_id, client_id), pos


def _read_request_header_v2(buf: bytes, pos: int) -> tuple[RequestHeader, int]:
    request_api_key, request_api_version, correlation_id, n = _u_hhih(buf, pos)
    pos += 10
    if n < 0:
        client_id = None
    else:
        end = pos + n
        client_id = buf[pos:end].decode()
        pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return RequestHeader(request_api_key, request_api_version, correlation_id, client_id), pos


def _write_request_header_v1(w: Write, x: RequestHeader) -> None:
    if x.client_id is None:
        s = b""
        n = -1
    else:
        s = x.client_id.encode()
        n = len(s)
    w(_p_hhih(x.request_api_key, x.request_api_version, x.correlation_id, n))
    w(s)


def _write_request_header_v2(w: Write, x: RequestHeader) -> None:
    if x.client_id is None:
        s = b""
        n = -1
    else:
        s = x.client_id.encode()
        n = len(s)
    w(_p_hhih(x.request_api_key, x.request_api_version, x.correlation_id, n))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[RequestHeader, int]]]] = {
    1: _read_request_header_v1,
    2: _read_request_header_v2,
}
_WRITE: Final[dict[int, Callable[[Write, RequestHeader], None]]] = {
    1: _write_request_header_v1,
    2: _write_request_header_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> RequestHeader:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RequestHeader", version, exc) from exc
    if end != len(data):
        raise length_fault("RequestHeader", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[RequestHeader, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RequestHeader", version, exc) from exc
    if end > len(data):
        raise length_fault("RequestHeader", version, len(data), end)
    return message, end


def encode_parts(message: RequestHeader, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RequestHeader", version, exc) from exc
    return parts


def encode(message: RequestHeader, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RequestHeader", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: RequestHeader, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
