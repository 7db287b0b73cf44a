# Generated from table.txt by ottla.wire.generator; do not edit.
"""ControlRecordTypeSchema: version 0."""

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

_p_h = Struct(">h").pack
_u_h = Struct(">h").unpack_from


class ControlRecordTypeSchema(WireStruct):
    __slots__ = ("type",)
    type: int

    def __init__(
        self,
        type: int = 0,
    ) -> None:
        self.type = type


def _read_control_record_type_schema_v0(buf: bytes, pos: int) -> tuple[ControlRecordTypeSchema, int]:
    (type,) = _u_h(buf, pos)
    pos += 2
    return ControlRecordTypeSchema(type), pos


def _write_control_record_type_schema_v0(w: Write, x: ControlRecordTypeSchema) -> None:
    w(_p_h(x.type))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ControlRecordTypeSchema, int]]]] = {
    0: _read_control_record_type_schema_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ControlRecordTypeSchema], None]]] = {
    0: _write_control_record_type_schema_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ControlRecordTypeSchema:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ControlRecordTypeSchema", version, exc) from exc
    if end != len(data):
        raise length_fault("ControlRecordTypeSchema", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ControlRecordTypeSchema, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ControlRecordTypeSchema", version, exc) from exc
    if end > len(data):
        raise length_fault("ControlRecordTypeSchema", version, len(data), end)
    return message, end


def encode_parts(message: ControlRecordTypeSchema, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ControlRecordTypeSchema", version, exc) from exc
    return parts


def encode(message: ControlRecordTypeSchema, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ControlRecordTypeSchema", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ControlRecordTypeSchema, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
