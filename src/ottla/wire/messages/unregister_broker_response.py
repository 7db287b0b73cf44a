# Generated from table.txt by ottla.wire.generator; do not edit.
"""UnregisterBrokerResponse, API key 64: version 0, flexible from 0."""

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
    long_string,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 64
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_ihB = Struct(">ihB").unpack_from


class UnregisterBrokerResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message")
    throttle_time_ms: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message


def _read_unregister_broker_response_v0(buf: bytes, pos: int) -> tuple[UnregisterBrokerResponse, int]:
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
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UnregisterBrokerResponse(throttle_time_ms, error_code, error_message), pos


def _write_unregister_broker_response_v0(w: Write, x: UnregisterBrokerResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[UnregisterBrokerResponse, int]]]] = {
    0: _read_unregister_broker_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, UnregisterBrokerResponse], None]]] = {
    0: _write_unregister_broker_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> UnregisterBrokerResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UnregisterBrokerResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("UnregisterBrokerResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[UnregisterBrokerResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UnregisterBrokerResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("UnregisterBrokerResponse", version, len(data), end)
    return message, end


def encode_parts(message: UnregisterBrokerResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UnregisterBrokerResponse", version, exc) from exc
    return parts


def encode(message: UnregisterBrokerResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UnregisterBrokerResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: UnregisterBrokerResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
