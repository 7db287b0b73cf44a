# Generated from table.txt by ottla.wire.generator; do not edit.
"""SnapshotFooterRecord: version 0, flexible from 0."""

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

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_hx = Struct(">hx").pack
_u_hB = Struct(">hB").unpack_from


class SnapshotFooterRecord(WireStruct):
    __slots__ = ("version",)
    version: int

    def __init__(
        self,
        version: int = 0,
    ) -> None:
        self.version = version


def _read_snapshot_footer_record_v0(buf: bytes, pos: int) -> tuple[SnapshotFooterRecord, int]:
    version, tags = _u_hB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SnapshotFooterRecord(version), pos


def _write_snapshot_footer_record_v0(w: Write, x: SnapshotFooterRecord) -> None:
    w(_p_hx(x.version))


_READ: Final[dict[int, Callable[[bytes, int], tuple[SnapshotFooterRecord, int]]]] = {
    0: _read_snapshot_footer_record_v0,
}
_WRITE: Final[dict[int, Callable[[Write, SnapshotFooterRecord], None]]] = {
    0: _write_snapshot_footer_record_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SnapshotFooterRecord:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SnapshotFooterRecord", version, exc) from exc
    if end != len(data):
        raise length_fault("SnapshotFooterRecord", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SnapshotFooterRecord, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SnapshotFooterRecord", version, exc) from exc
    if end > len(data):
        raise length_fault("SnapshotFooterRecord", version, len(data), end)
    return message, end


def encode_parts(message: SnapshotFooterRecord, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SnapshotFooterRecord", version, exc) from exc
    return parts


def encode(message: SnapshotFooterRecord, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SnapshotFooterRecord", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SnapshotFooterRecord, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
