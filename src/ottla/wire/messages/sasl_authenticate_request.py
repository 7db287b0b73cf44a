# Generated from table.txt by ottla.wire.generator; do not edit.
"""SaslAuthenticateRequest, API key 36: versions 0 to 2, flexible from 2."""

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
    null_fault,
    skip_tags,
    uvarint,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 36
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_i = Struct(">i").pack
_u_i = Struct(">i").unpack_from


class SaslAuthenticateRequest(WireStruct):
    __slots__ = ("auth_bytes",)
    auth_bytes: bytes

    def __init__(
        self,
        auth_bytes: bytes = b"",
    ) -> None:
        self.auth_bytes = auth_bytes


def _read_sasl_authenticate_request_v0(buf: bytes, pos: int) -> tuple[SaslAuthenticateRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        raise null_fault("AuthBytes")
    end = pos + n
    auth_bytes = buf[pos:end]
    pos = end
    return SaslAuthenticateRequest(auth_bytes), pos


def _read_sasl_authenticate_request_v2(buf: bytes, pos: int) -> tuple[SaslAuthenticateRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_bytes(buf, pos, n, "AuthBytes")
    end = pos + n - 1
    auth_bytes = buf[pos:end]
    pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SaslAuthenticateRequest(auth_bytes), pos


def _write_sasl_authenticate_request_v0(w: Write, x: SaslAuthenticateRequest) -> None:
    d: bytes | bytearray | memoryview
    d = x.auth_bytes
    n = len(d)
    w(_p_i(n))
    w(d)


def _write_sasl_authenticate_request_v2(w: Write, x: SaslAuthenticateRequest) -> None:
    d: bytes | bytearray | memoryview
    d = x.auth_bytes
    n = len(d) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    w(d)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[SaslAuthenticateRequest, int]]]] = {
    0: _read_sasl_authenticate_request_v0,
    1: _read_sasl_authenticate_request_v0,
    2: _read_sasl_authenticate_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, SaslAuthenticateRequest], None]]] = {
    0: _write_sasl_authenticate_request_v0,
    1: _write_sasl_authenticate_request_v0,
    2: _write_sasl_authenticate_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SaslAuthenticateRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslAuthenticateRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("SaslAuthenticateRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SaslAuthenticateRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslAuthenticateRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("SaslAuthenticateRequest", version, len(data), end)
    return message, end


def encode_parts(message: SaslAuthenticateRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslAuthenticateRequest", version, exc) from exc
    return parts


def encode(message: SaslAuthenticateRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslAuthenticateRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SaslAuthenticateRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
