# Generated from table.txt by ottla.wire.generator; do not edit.
"""SaslAuthenticateResponse, API key 36: versions 0 to 2, flexible from 2."""

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

API_KEY: Final = 36
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_q = Struct(">q").pack
_p_qx = Struct(">qx").pack
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_q = Struct(">q").unpack_from
_u_qB = Struct(">qB").unpack_from


class SaslAuthenticateResponse(WireStruct):
    __slots__ = ("error_code", "error_message", "auth_bytes", "session_lifetime_ms")
    error_code: int
    error_message: str | None
    auth_bytes: bytes
    session_lifetime_ms: int

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        auth_bytes: bytes = b"",
        session_lifetime_ms: int = 0,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.auth_bytes = auth_bytes
        self.session_lifetime_ms = session_lifetime_ms


def _read_sasl_authenticate_response_v0(buf: bytes, pos: int) -> tuple[SaslAuthenticateResponse, int]:
    error_code, n = _u_hh(buf, pos)
    pos += 4
    if n < 0:
        error_message = None
    else:
        end = pos + n
        error_message = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        raise null_fault("AuthBytes")
    end = pos + n
    auth_bytes = buf[pos:end]
    pos = end
    return SaslAuthenticateResponse(error_code, error_message, auth_bytes, 0), pos


def _read_sasl_authenticate_response_v1(buf: bytes, pos: int) -> tuple[SaslAuthenticateResponse, int]:
    error_code, n = _u_hh(buf, pos)
    pos += 4
    if n < 0:
        error_message = None
    else:
        end = pos + n
        error_message = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        raise null_fault("AuthBytes")
    end = pos + n
    auth_bytes = buf[pos:end]
    pos = end
    (session_lifetime_ms,) = _u_q(buf, pos)
    pos += 8
    return SaslAuthenticateResponse(error_code, error_message, auth_bytes, session_lifetime_ms), pos


def _read_sasl_authenticate_response_v2(buf: bytes, pos: int) -> tuple[SaslAuthenticateResponse, int]:
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
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_bytes(buf, pos, n, "AuthBytes")
    end = pos + n - 1
    auth_bytes = buf[pos:end]
    pos = end
    session_lifetime_ms, tags = _u_qB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SaslAuthenticateResponse(error_code, error_message, auth_bytes, session_lifetime_ms), pos


def _write_sasl_authenticate_response_v0(w: Write, x: SaslAuthenticateResponse) -> None:
    d: bytes | bytearray | memoryview
    if x.error_message is None:
        s = b""
        n = -1
    else:
        s = x.error_message.encode()
        n = len(s)
    w(_p_hh(x.error_code, n))
    w(s)
    d = x.auth_bytes
    n = len(d)
    w(_p_i(n))
    w(d)


def _write_sasl_authenticate_response_v1(w: Write, x: SaslAuthenticateResponse) -> None:
    d: bytes | bytearray | memoryview
    if x.error_message is None:
        s = b""
        n = -1
    else:
        s = x.error_message.encode()
        n = len(s)
    w(_p_hh(x.error_code, n))
    w(s)
    d = x.auth_bytes
    n = len(d)
    w(_p_i(n))
    w(d)
    w(_p_q(x.session_lifetime_ms))


def _write_sasl_authenticate_response_v2(w: Write, x: SaslAuthenticateResponse) -> None:
    d: bytes | bytearray | memoryview
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    d = x.auth_bytes
    n = len(d) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    w(d)
    w(_p_qx(x.session_lifetime_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[SaslAuthenticateResponse, int]]]] = {
    0: _read_sasl_authenticate_response_v0,
    1: _read_sasl_authenticate_response_v1,
    2: _read_sasl_authenticate_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, SaslAuthenticateResponse], None]]] = {
    0: _write_sasl_authenticate_response_v0,
    1: _write_sasl_authenticate_response_v1,
    2: _write_sasl_authenticate_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SaslAuthenticateResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslAuthenticateResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("SaslAuthenticateResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SaslAuthenticateResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SaslAuthenticateResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("SaslAuthenticateResponse", version, len(data), end)
    return message, end


def encode_parts(message: SaslAuthenticateResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslAuthenticateResponse", version, exc) from exc
    return parts


def encode(message: SaslAuthenticateResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SaslAuthenticateResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SaslAuthenticateResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
