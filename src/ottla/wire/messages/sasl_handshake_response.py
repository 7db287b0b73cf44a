# Generated from table.txt by ottla.wire.generator; do not edit.
"""SaslHandshakeResponse, API key 17: versions 0 to 1."""

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
    read_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 17
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = None

_p_hi = Struct(">hi").pack
_u_hi = Struct(">hi").unpack_from


class SaslHandshakeResponse(WireStruct):
    __slots__ = ("error_code", "mechanisms")
    error_code: int
    mechanisms: list[str]

    def __init__(
        self,
        error_code: int = 0,
        mechanisms: list[str] = NEW,
    ) -> None:
        self.error_code = error_code
        self.mechanisms = [] if mechanisms is NEW else mechanisms


def _read_sasl_handshake_response_v0(buf: bytes, pos: int) -> tuple[SaslHandshakeResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Mechanisms")
    mechanisms, pos = read_strings(buf, pos, n, "Mechanisms")
    return SaslHandshakeResponse(error_code, mechanisms), pos


def _write_sasl_handshake_response_v0(w: Write, x: SaslHandshakeResponse) -> None:
    n = len(x.mechanisms)
    w(_p_hi(x.error_code, n))
    if x.mechanisms:
        write_strings(w, x.mechanisms, "Mechanisms")


_READ: Final[dict[int, Callable[[bytes, int], tuple[SaslHandshakeResponse, int]]]] = {
    0: _read_sasl_handshake_response_v0,
    1: _read_sasl_handshake_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, SaslHandshakeResponse], None]]] = {
    0: _write_sasl_handshake_response_v0,
    1: _write_sasl_handshake_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SaslHandshakeResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslHandshakeResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("SaslHandshakeResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SaslHandshakeResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslHandshakeResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("SaslHandshakeResponse", version, len(data), end)
    return message, end


def encode_parts(message: SaslHandshakeResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslHandshakeResponse", version, exc) from exc
    return parts


def encode(message: SaslHandshakeResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslHandshakeResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SaslHandshakeResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
