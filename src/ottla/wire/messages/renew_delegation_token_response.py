# Generated from table.txt by ottla.wire.generator; do not edit.
"""RenewDelegationTokenResponse, API key 39: versions 1 to 2, flexible from 2."""

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

API_KEY: Final = 39
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_hqi = Struct(">hqi").pack
_p_hqix = Struct(">hqix").pack
_u_hqi = Struct(">hqi").unpack_from
_u_hqiB = Struct(">hqiB").unpack_from


class RenewDelegationTokenResponse(WireStruct):
    __slots__ = ("error_code", "expiry_timestamp_ms", "throttle_time_ms")
    error_code: int
    expiry_timestamp_ms: int
    throttle_time_ms: int

    def __init__(
        self,
        error_code: int = 0,
        expiry_timestamp_ms: int = 0,
        throttle_time_ms: int = 0,
    ) -> None:
        self.error_code = error_code
        self.expiry_timestamp_ms = expiry_timestamp_ms
        self.throttle_time_ms = throttle_time_ms


def _read_renew_delegation_token_response_v1(buf: bytes, pos: int) -> tuple[RenewDelegationTokenResponse, int]:
    error_code, expiry_timestamp_ms, throttle_time_ms = _u_hqi(buf, pos)
    pos += 14
    return RenewDelegationTokenResponse(error_code, expiry_timestamp_ms, throttle_time_ms), pos


def _read_renew_delegation_token_response_v2(buf: bytes, pos: int) -> tuple[RenewDelegationTokenResponse, int]:
    error_code, expiry_timestamp_ms, throttle_time_ms, tags = _u_hqiB(buf, pos)
    pos += 15
    if tags:
        pos = skip_tags(buf, pos, tags)
    return RenewDelegationTokenResponse(error_code, expiry_timestamp_ms, throttle_time_ms), pos


def _write_renew_delegation_token_response_v1(w: Write, x: RenewDelegationTokenResponse) -> None:
    w(_p_hqi(x.error_code, x.expiry_timestamp_ms, x.throttle_time_ms))


def _write_renew_delegation_token_response_v2(w: Write, x: RenewDelegationTokenResponse) -> None:
    w(_p_hqix(x.error_code, x.expiry_timestamp_ms, x.throttle_time_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[RenewDelegationTokenResponse, int]]]] = {
    1: _read_renew_delegation_token_response_v1,
    2: _read_renew_delegation_token_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, RenewDelegationTokenResponse], None]]] = {
    1: _write_renew_delegation_token_response_v1,
    2: _write_renew_delegation_token_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> RenewDelegationTokenResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RenewDelegationTokenResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("RenewDelegationTokenResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[RenewDelegationTokenResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RenewDelegationTokenResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("RenewDelegationTokenResponse", version, len(data), end)
    return message, end


def encode_parts(message: RenewDelegationTokenResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RenewDelegationTokenResponse", version, exc) from exc
    return parts


def encode(message: RenewDelegationTokenResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RenewDelegationTokenResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: RenewDelegationTokenResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
