# Generated from table.txt by ottla.wire.generator; do not edit.
"""UnregisterBrokerRequest, API key 64: version 0, flexible from 0."""

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

API_KEY: Final = 64
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ix = Struct(">ix").pack
_u_iB = Struct(">iB").unpack_from


class UnregisterBrokerRequest(WireStruct):
    __slots__ = ("broker_id",)
    broker_id: int

    def __init__(
        self,
        broker_id: int = 0,
    ) -> None:
        self.broker_id = broker_id


def _read_unregister_broker_request_v0(buf: bytes, pos: int) -> tuple[UnregisterBrokerRequest, int]:
    broker_id, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UnregisterBrokerRequest(broker_id), pos


def _write_unregister_broker_request_v0(w: Write, x: UnregisterBrokerRequest) -> None:
    w(_p_ix(x.broker_id))


_READ: Final[dict[int, Callable[[bytes, int], tuple[UnregisterBrokerRequest, int]]]] = {
    0: _read_unregister_broker_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, UnregisterBrokerRequest], None]]] = {
    0: _write_unregister_broker_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> UnregisterBrokerRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UnregisterBrokerRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("UnregisterBrokerRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[UnregisterBrokerRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UnregisterBrokerRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("UnregisterBrokerRequest", version, len(data), end)
    return message, end


def encode_parts(message: UnregisterBrokerRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UnregisterBrokerRequest", version, exc) from exc
    return parts


def encode(message: UnregisterBrokerRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UnregisterBrokerRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: UnregisterBrokerRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
