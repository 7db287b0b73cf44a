# Generated from table.txt by ottla.wire.generator; do not edit.
"""ExpireDelegationTokenRequest, API key 40: versions 1 to 2, flexible from 2."""

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

API_KEY: Final = 40
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_i = Struct(">i").pack
_p_q = Struct(">q").pack
_p_qx = Struct(">qx").pack
_u_i = Struct(">i").unpack_from
_u_q = Struct(">q").unpack_from
_u_qB = Struct(">qB").unpack_from


class ExpireDelegationTokenRequest(WireStruct):
    __slots__ = ("hmac", "expiry_time_period_ms")
    hmac: bytes
    expiry_time_period_ms: int

    def __init__(
        self,
        hmac: bytes = b"",
        expiry_time_period_ms: int = 0,
    ) -> None:
        self.hmac = hmac
        self.expiry_time_period_ms = expiry_time_period_ms


def _read_expire_delegation_token_request_v1(buf: bytes, pos: int) -> tuple[ExpireDelegationTokenRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        raise null_fault("Hmac")
    end = pos + n
    hmac = buf[pos:end]
    pos = end
    (expiry_time_period_ms,) = _u_q(buf, pos)
    pos += 8
    return ExpireDelegationTokenRequest(hmac, expiry_time_period_ms), pos


def _read_expire_delegation_token_request_v2(buf: bytes, pos: int) -> tuple[ExpireDelegationTokenRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_bytes(buf, pos, n, "Hmac")
    end = pos + n - 1
    hmac = buf[pos:end]
    pos = end
    expiry_time_period_ms, tags = _u_qB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ExpireDelegationTokenRequest(hmac, expiry_time_period_ms), pos


def _write_expire_delegation_token_request_v1(w: Write, x: ExpireDelegationTokenRequest) -> None:
    d: bytes | bytearray | memoryview
    d = x.hmac
    n = len(d)
    w(_p_i(n))
    w(d)
    w(_p_q(x.expiry_time_period_ms))


def _write_expire_delegation_token_request_v2(w: Write, x: ExpireDelegationTokenRequest) -> None:
    d: bytes | bytearray | memoryview
    d = x.hmac
    n = len(d) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    w(d)
    w(_p_qx(x.expiry_time_period_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ExpireDelegationTokenRequest, int]]]] = {
    1: _read_expire_delegation_token_request_v1,
    2: _read_expire_delegation_token_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ExpireDelegationTokenRequest], None]]] = {
    1: _write_expire_delegation_token_request_v1,
    2: _write_expire_delegation_token_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ExpireDelegationTokenRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ExpireDelegationTokenRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ExpireDelegationTokenRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ExpireDelegationTokenRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ExpireDelegationTokenRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ExpireDelegationTokenRequest", version, len(data), end)
    return message, end


def encode_parts(message: ExpireDelegationTokenRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ExpireDelegationTokenRequest", version, exc) from exc
    return parts


def encode(message: ExpireDelegationTokenRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ExpireDelegationTokenRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ExpireDelegationTokenRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
