# Generated from table.txt by ottla.wire.generator; do not edit.
"""ResponseHeader: versions 0 to 1, flexible from 1."""

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
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 1

_p_i = Struct(">i").pack
_p_ix = Struct(">ix").pack
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from


class ResponseHeader(WireStruct):
    __slots__ = ("correlation_id",)
    correlation_id: int

    def __init__(
        self,
        correlation_id: int = 0,
    ) -> None:
        self.correlation_id = correlation_id


def _read_response_header_v0(buf: bytes, pos: int) -> tuple[ResponseHeader, int]:
    (correlation_id,) = _u_i(buf, pos)
    pos += 4
    return ResponseHeader(correlation_id), pos


def _read_response_header_v1(buf: bytes, pos: int) -> tuple[ResponseHeader, int]:
    correlation_id, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ResponseHeader(correlation_id), pos


def _write_response_header_v0(w: Write, x: ResponseHeader) -> None:
    w(_p_i(x.correlation_id))


def _write_response_header_v1(w: Write, x: ResponseHeader) -> None:
    w(_p_ix(x.correlation_id))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ResponseHeader, int]]]] = {
    0: _read_response_header_v0,
    1: _read_response_header_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ResponseHeader], None]]] = {
    0: _write_response_header_v0,
    1: _write_response_header_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ResponseHeader:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ResponseHeader", version, exc) from exc
    if end != len(data):
        raise length_fault("ResponseHeader", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ResponseHeader, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ResponseHeader", version, exc) from exc
    if end > len(data):
        raise length_fault("ResponseHeader", version, len(data), end)
    return message, end


def encode_parts(message: ResponseHeader, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ResponseHeader", version, exc) from exc
    return parts


def encode(message: ResponseHeader, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ResponseHeader", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ResponseHeader, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
