# Generated from table.txt by ottla.wire.generator; do not edit.
"""ExpireDelegationTokenResponse, API key 40: versions 1 to 2, flexible from 2."""

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

API_KEY: Final = 40
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_hqi = Struct(">hqi").pack
_p_hqix = Struct(">hqix").pack
_u_hqi = Struct(">hqi").unpack_from
_u_hqiB = Struct(">hqiB").unpack_from


class ExpireDelegationTokenResponse(WireStruct):
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


def _read_expire_delegation_token_response_v1(buf: bytes, pos: int) -> tuple[ExpireDelegationTokenResponse, int]:
    error_code, expiry_timestamp_ms, throttle_time_ms = _u_hqi(buf, pos)
    pos += 14
    return ExpireDelegationTokenResponse(error_code, expiry_timestamp_ms, throttle_time_ms), pos


def _read_expire_delegation_token_response_v2(buf: bytes, pos: int) -> tuple[ExpireDelegationTokenResponse, int]:
    error_code, expiry_timestamp_ms, throttle_time_ms, tags = _u_hqiB(buf, pos)
    pos += 15
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ExpireDelegationTokenResponse(error_code, expiry_timestamp_ms, throttle_time_ms), pos


def _write_expire_delegation_token_response_v1(w: Write, x: ExpireDelegationTokenResponse) -> None:
    w(_p_hqi(x.error_code, x.expiry_timestamp_ms, x.throttle_time_ms))


def _write_expire_delegation_token_response_v2(w: Write, x: ExpireDelegationTokenResponse) -> None:
    w(_p_hqix(x.error_code, x.expiry_timestamp_ms, x.throttle_time_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ExpireDelegationTokenResponse, int]]]] = {
    1: _read_expire_delegation_token_response_v1,
    2: _read_expire_delegation_token_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ExpireDelegationTokenResponse], None]]] = {
    1: _write_expire_delegation_token_response_v1,
    2: _write_expire_delegation_token_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ExpireDelegationTokenResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ExpireDelegationTokenResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ExpireDelegationTokenResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ExpireDelegationTokenResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ExpireDelegationTokenResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ExpireDelegationTokenResponse", version, len(data), end)
    return message, end


def encode_parts(message: ExpireDelegationTokenResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ExpireDelegationTokenResponse", version, exc) from exc
    return parts


def encode(message: ExpireDelegationTokenResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ExpireDelegationTokenResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ExpireDelegationTokenResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
