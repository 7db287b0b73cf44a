# Generated from table.txt by ottla.wire.generator; do not edit.
"""AddOffsetsToTxnResponse, API key 25: versions 0 to 4, flexible from 3."""

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

API_KEY: Final = 25
MIN_VERSION: Final = 0
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 3

_p_ih = Struct(">ih").pack
_p_ihx = Struct(">ihx").pack
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class AddOffsetsToTxnResponse(WireStruct):
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


def _read_add_offsets_to_txn_response_v0(buf: bytes, pos: int) -> tuple[AddOffsetsToTxnResponse, int]:
    throttle_time_ms, error_code = _u_ih(buf, pos)
    pos += 6
    return AddOffsetsToTxnResponse(throttle_time_ms, error_code), pos


def _read_add_offsets_to_txn_response_v3(buf: bytes, pos: int) -> tuple[AddOffsetsToTxnResponse, int]:
    throttle_time_ms, error_code, tags = _u_ihB(buf, pos)
    pos += 7
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddOffsetsToTxnResponse(throttle_time_ms, error_code), pos


def _write_add_offsets_to_txn_response_v0(w: Write, x: AddOffsetsToTxnResponse) -> None:
    w(_p_ih(x.throttle_time_ms, x.error_code))


def _write_add_offsets_to_txn_response_v3(w: Write, x: AddOffsetsToTxnResponse) -> None:
    w(_p_ihx(x.throttle_time_ms, x.error_code))


_READ: Final[dict[int, Callable[[bytes, int], tuple[AddOffsetsToTxnResponse, int]]]] = {
    0: _read_add_offsets_to_txn_response_v0,
    1: _read_add_offsets_to_txn_response_v0,
    2: _read_add_offsets_to_txn_response_v0,
    3: _read_add_offsets_to_txn_response_v3,
    4: _read_add_offsets_to_txn_response_v3,
}
_WRITE: Final[dict[int, Callable[[Write, AddOffsetsToTxnResponse], None]]] = {
    0: _write_add_offsets_to_txn_response_v0,
    1: _write_add_offsets_to_txn_response_v0,
    2: _write_add_offsets_to_txn_response_v0,
    3: _write_add_offsets_to_txn_response_v3,
    4: _write_add_offsets_to_txn_response_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AddOffsetsToTxnResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddOffsetsToTxnResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AddOffsetsToTxnResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AddOffsetsToTxnResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddOffsetsToTxnResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AddOffsetsToTxnResponse", version, len(data), end)
    return message, end


def encode_parts(message: AddOffsetsToTxnResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddOffsetsToTxnResponse", version, exc) from exc
    return parts


def encode(message: AddOffsetsToTxnResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddOffsetsToTxnResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AddOffsetsToTxnResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
