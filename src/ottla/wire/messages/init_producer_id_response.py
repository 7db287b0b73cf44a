# Generated from table.txt by ottla.wire.generator; do not edit.
"""InitProducerIdResponse, API key 22: versions 0 to 6, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    skip_tags,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 22
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 2

_p_ihqh = Struct(">ihqh").pack
_p_ihqhqhx = Struct(">ihqhqhx").pack
_p_ihqhx = Struct(">ihqhx").pack
_u_ihqh = Struct(">ihqh").unpack_from
_u_ihqhB = Struct(">ihqhB").unpack_from
_u_ihqhqhB = Struct(">ihqhqhB").unpack_from


class InitProducerIdResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "producer_id", "producer_epoch", "ongoing_txn_producer_id", "ongoing_txn_producer_epoch")
    throttle_time_ms: int
    error_code: int
    producer_id: int
    producer_epoch: int
    ongoing_txn_producer_id: int
    ongoing_txn_producer_epoch: int

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        producer_id: int = -1,
        producer_epoch: int = 0,
        ongoing_txn_producer_id: int = -1,
        ongoing_txn_producer_epoch: int = -1,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.ongoing_txn_producer_id = ongoing_txn_producer_id
        self.ongoing_txn_producer_epoch = ongoing_txn_producer_epoch


def _read_init_producer_id_response_v0(buf: bytes, pos: int) -> tuple[InitProducerIdResponse, int]:
    throttle_time_ms, error_code, producer_id, producer_epoch = _u_ihqh(buf, pos)
    pos += 16
    return InitProducerIdResponse(throttle_time_ms, error_code, producer_id, producer_epoch, -1, -1), pos


def _read_init_producer_id_response_v2(buf: bytes, pos: int) -> tuple[InitProducerIdResponse, int]:
    throttle_time_ms, error_code, producer_id, producer_epoch, tags = _u_ihqhB(buf, pos)
    pos += 17
    if tags:
        pos = skip_tags(buf, pos, tags)
    return InitProducerIdResponse(throttle_time_ms, error_code, producer_id, producer_epoch, -1, -1), pos


def _read_init_producer_id_response_v6(buf: bytes, pos: int) -> tuple[InitProducerIdResponse, int]:
    throttle_time_ms, error_code, producer_id, producer_epoch, ongoing_txn_producer_id, ongoing_txn_producer_epoch, tags = _u_ihqhqhB(buf, pos)
    pos += 27
    if tags:
        pos = skip_tags(buf, pos, tags)
    return InitProducerIdResponse(throttle_time_ms, error_code, producer_id, producer_epoch, ongoing_txn_producer_id, ongoing_txn_producer_epoch), pos


def _write_init_producer_id_response_v0(w: Write, x: InitProducerIdResponse) -> None:
    if x.ongoing_txn_producer_id != -1:
        raise absent_fault("OngoingTxnProducerId")
    if x.ongoing_txn_producer_epoch != -1:
        raise absent_fault("OngoingTxnProducerEpoch")
    w(_p_ihqh(x.throttle_time_ms, x.error_code, x.producer_id, x.producer_epoch))


def _write_init_producer_id_response_v2(w: Write, x: InitProducerIdResponse) -> None:
    if x.ongoing_txn_producer_id != -1:
        raise absent_fault("OngoingTxnProducerId")
    if x.ongoing_txn_producer_epoch != -1:
        raise absent_fault("OngoingTxnProducerEpoch")
    w(_p_ihqhx(x.throttle_time_ms, x.error_code, x.producer_id, x.producer_epoch))


def _write_init_producer_id_response_v6(w: Write, x: InitProducerIdResponse) -> None:
    w(_p_ihqhqhx(x.throttle_time_ms, x.error_code, x.producer_id, x.producer_epoch, x.ongoing_txn_producer_id, x.ongoing_txn_producer_epoch))


_READ: Final[dict[int, Callable[[bytes, int], tuple[InitProducerIdResponse, int]]]] = {
    0: _read_init_producer_id_response_v0,
    1: _read_init_producer_id_response_v0,
    2: _read_init_producer_id_response_v2,
    3: _read_init_producer_id_response_v2,
    4: _read_init_producer_id_response_v2,
    5: _read_init_producer_id_response_v2,
    6: _read_init_producer_id_response_v6,
}
_WRITE: Final[dict[int, Callable[[Write, InitProducerIdResponse], None]]] = {
    0: _write_init_producer_id_response_v0,
    1: _write_init_producer_id_response_v0,
    2: _write_init_producer_id_response_v2,
    3: _write_init_producer_id_response_v2,
    4: _write_init_producer_id_response_v2,
    5: _write_init_producer_id_response_v2,
    6: _write_init_producer_id_response_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> InitProducerIdResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("InitProducerIdResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("InitProducerIdResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[InitProducerIdResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("InitProducerIdResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("InitProducerIdResponse", version, len(data), end)
    return message, end


def encode_parts(message: InitProducerIdResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("InitProducerIdResponse", version, exc) from exc
    return parts


def encode(message: InitProducerIdResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("InitProducerIdResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: InitProducerIdResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
