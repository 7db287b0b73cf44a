# Generated from table.txt by ottla.wire.generator; do not edit.
"""SnapshotHeaderRecord: version 0, flexible from 0."""

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

_p_hqx = Struct(">hqx").pack
_u_hqB = Struct(">hqB").unpack_from


class SnapshotHeaderRecord(WireStruct):
    __slots__ = ("version", "last_contained_log_timestamp")
    version: int
    last_contained_log_timestamp: int

    def __init__(
        self,
        version: int = 0,
        last_contained_log_timestamp: int = 0,
    ) -> None:
        self.version = version
        self.last_contained_log_timestamp = last_contained_log_timestamp


def _read_snapshot_header_record_v0(buf: bytes, pos: int) -> tuple[SnapshotHeaderRecord, int]:
    version, last_contained_log_timestamp, tags = _u_hqB(buf, pos)
    pos += 11
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SnapshotHeaderRecord(version, last_contained_log_timestamp), pos


def _write_snapshot_header_record_v0(w: Write, x: SnapshotHeaderRecord) -> None:
    w(_p_hqx(x.version, x.last_contained_log_timestamp))


_READ: Final[dict[int, Callable[[bytes, int], tuple[SnapshotHeaderRecord, int]]]] = {
    0: _read_snapshot_header_record_v0,
}
_WRITE: Final[dict[int, Callable[[Write, SnapshotHeaderRecord], None]]] = {
    0: _write_snapshot_header_record_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> SnapshotHeaderRecord:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SnapshotHeaderRecord", version, exc) from exc
    if end != len(data):
        raise length_fault("SnapshotHeaderRecord", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[SnapshotHeaderRecord, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("SnapshotHeaderRecord", version, exc) from exc
    if end > len(data):
        raise length_fault("SnapshotHeaderRecord", version, len(data), end)
    return message, end


def encode_parts(message: SnapshotHeaderRecord, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SnapshotHeaderRecord", version, exc) from exc
    return parts


def encode(message: SnapshotHeaderRecord, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("SnapshotHeaderRecord", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: SnapshotHeaderRecord, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
