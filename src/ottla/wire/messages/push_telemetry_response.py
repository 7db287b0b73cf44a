# Generated from table.txt by ottla.wire.generator; do not edit.
"""PushTelemetryResponse, API key 72: version 0, flexible from 0."""

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

API_KEY: Final = 72
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ihx = Struct(">ihx").pack
_u_ihB = Struct(">ihB").unpack_from


class PushTelemetryResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code")
    throttle_time_ms: int
    error_code: int

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code


def _read_push_telemetry_response_v0(buf: bytes, pos: int) -> tuple[PushTelemetryResponse, int]:
    throttle_time_ms, error_code, tags = _u_ihB(buf, pos)
    pos += 7
    if tags:
        pos = skip_tags(buf, pos, tags)
    return PushTelemetryResponse(throttle_time_ms, error_code), pos


def _write_push_telemetry_response_v0(w: Write, x: PushTelemetryResponse) -> None:
    w(_p_ihx(x.throttle_time_ms, x.error_code))


_READ: Final[dict[int, Callable[[bytes, int], tuple[PushTelemetryResponse, int]]]] = {
    0: _read_push_telemetry_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, PushTelemetryResponse], None]]] = {
    0: _write_push_telemetry_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> PushTelemetryResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("PushTelemetryResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("PushTelemetryResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[PushTelemetryResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("PushTelemetryResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("PushTelemetryResponse", version, len(data), end)
    return message, end


def encode_parts(message: PushTelemetryResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("PushTelemetryResponse", version, exc) from exc
    return parts


def encode(message: PushTelemetryResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("PushTelemetryResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: PushTelemetryResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
