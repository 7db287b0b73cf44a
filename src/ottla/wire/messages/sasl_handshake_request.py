# Generated from table.txt by ottla.wire.generator; do not edit.
"""SaslHandshakeRequest, API key 17: versions 0 to 1."""

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
    null_fault,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 17
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = None

_p_h = Struct(">h").pack
_u_h = Struct(">h").unpack_from


class SaslHandshakeRequest(WireStruct):
    __slots__ = ("mechanism",)
    mechanism: str

    def __init__(
        self,
        mechanism: str = "",
    ) -> None:
        self.mechanism = mechanism


def _read_sasl_handshake_request_v0(buf: bytes, pos: int) -> tuple[SaslHandshakeRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Mechanism")
    end = pos + n
    mechanism = buf[pos:end].decode()
    pos = end
    return SaslHandshakeRequest(mechanism), pos


def _write_sasl_handshake_request_v0(w: Write, x: SaslHandshakeRequest) -> None:
    s = x.mechanism.encode()
    n = len(s)
    w(_p_h(n))
    w(s)


_READ: Final[dict[int, Callable[[bytes, int], tuple[SaslHandshakeRequest, int]]]] = {
    0: _read_sasl_handshake_request_v0,
    1: _read_sasl_handshake_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, SaslHandshakeRequest], None]]] = {
    0: _write_sasl_handshake_request_v0,
    1: _write_sasl_handshake_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SaslHandshakeRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslHandshakeRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("SaslHandshakeRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SaslHandshakeRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslHandshakeRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("SaslHandshakeRequest", version, len(data), end)
    return message, end


def encode_parts(message: SaslHandshakeRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslHandshakeRequest", version, exc) from exc
    return parts


def encode(message: SaslHandshakeRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslHandshakeRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SaslHandshakeRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
