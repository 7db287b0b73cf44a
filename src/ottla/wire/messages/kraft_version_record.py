# Generated from table.txt by ottla.wire.generator; do not edit.
"""KRaftVersionRecord: version 0, flexible from 0."""

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

_p_hhx = Struct(">hhx").pack
_u_hhB = Struct(">hhB").unpack_from


class KRaftVersionRecord(WireStruct):
    __slots__ = ("version", "kraft_version")
    version: int
    kraft_version: int

    def __init__(
        self,
        version: int = 0,
        kraft_version: int = 0,
    ) -> None:
        self.version = version
        self.kraft_version = kraft_version


def _read_kraft_version_record_v0(buf: bytes, pos: int) -> tuple[KRaftVersionRecord, int]:
    version, kraft_version, tags = _u_hhB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return KRaftVersionRecord(version, kraft_version), pos


def _write_kraft_version_record_v0(w: Write, x: KRaftVersionRecord) -> None:
    w(_p_hhx(x.version, x.kraft_version))


_READ: Final[dict[int, Callable[[bytes, int], tuple[KRaftVersionRecord, int]]]] = {
    0: _read_kraft_version_record_v0,
}
_WRITE: Final[dict[int, Callable[[Write, KRaftVersionRecord], None]]] = {
    0: _write_kraft_version_record_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> KRaftVersionRecord:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("KRaftVersionRecord", version, exc) from exc
    if end != len(data):
        raise length_fault("KRaftVersionRecord", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[KRaftVersionRecord, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("KRaftVersionRecord", version, exc) from exc
    if end > len(data):
        raise length_fault("KRaftVersionRecord", version, len(data), end)
    return message, end


def encode_parts(message: KRaftVersionRecord, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("KRaftVersionRecord", version, exc) from exc
    return parts


def encode(message: KRaftVersionRecord, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("KRaftVersionRecord", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: KRaftVersionRecord, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
