# Generated from table.txt by ottla.wire.generator; do not edit.
"""EndTxnMarker: version 0."""

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
)
from ottla.wire.structs import WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = None

_p_i = Struct(">i").pack
_u_i = Struct(">i").unpack_from


class EndTxnMarker(WireStruct):
    __slots__ = ("coordinator_epoch",)
    coordinator_epoch: int

    def __init__(
        self,
        coordinator_epoch: int = 0,
    ) -> None:
        self.coordinator_epoch = coordinator_epoch


def _read_end_txn_marker_v0(buf: bytes, pos: int) -> tuple[EndTxnMarker, int]:
    (coordinator_epoch,) = _u_i(buf, pos)
    pos += 4
    return EndTxnMarker(coordinator_epoch), pos


def _write_end_txn_marker_v0(w: Write, x: EndTxnMarker) -> None:
    w(_p_i(x.coordinator_epoch))


_READ: Final[dict[int, Callable[[bytes, int], tuple[EndTxnMarker, int]]]] = {
    0: _read_end_txn_marker_v0,
}
_WRITE: Final[dict[int, Callable[[Write, EndTxnMarker], None]]] = {
    0: _write_end_txn_marker_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> EndTxnMarker:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("EndTxnMarker", version, exc) from exc
    if end != len(data):
        raise length_fault("EndTxnMarker", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[EndTxnMarker, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("EndTxnMarker", version, exc) from exc
    if end > len(data):
        raise length_fault("EndTxnMarker", version, len(data), end)
    return message, end


def encode_parts(message: EndTxnMarker, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("EndTxnMarker", version, exc) from exc
    return parts


def encode(message: EndTxnMarker, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("EndTxnMarker", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: EndTxnMarker, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
