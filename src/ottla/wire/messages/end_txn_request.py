# Generated from table.txt by ottla.wire.generator; do not edit.
"""EndTxnRequest, API key 26: versions 0 to 5, flexible from 3."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_string,
    null_fault,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 26
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3

_p_h = Struct(">h").pack
_p_qhZ = Struct(">qh?").pack
_p_qhZx = Struct(">qh?x").pack
_u_h = Struct(">h").unpack_from
_u_qhZ = Struct(">qh?").unpack_from
_u_qhZB = Struct(">qh?B").unpack_from


class EndTxnRequest(WireStruct):
    __slots__ = ("transactional_id", "producer_id", "producer_epoch", "committed")
    transactional_id: str
    producer_id: int
    producer_epoch: int
    committed: bool

    def __init__(
        self,
        transactional_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        committed: bool = False,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.committed = committed


def _read_end_txn_request_v0(buf: bytes, pos: int) -> tuple[EndTxnRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("TransactionalId")
    end = pos + n
    transactional_id = buf[pos:end].decode()
    pos = end
    producer_id, producer_epoch, committed = _u_qhZ(buf, pos)
    pos += 11
    return EndTxnRequest(transactional_id, producer_id, producer_epoch, committed), pos


def _read_end_txn_request_v3(buf: bytes, pos: int) -> tuple[EndTxnRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "TransactionalId")
    end = pos + n - 1
    transactional_id = buf[pos:end].decode()
    pos = end
    producer_id, producer_epoch, committed, tags = _u_qhZB(buf, pos)
    pos += 12
    if tags:
        pos = skip_tags(buf, pos, tags)
    return EndTxnRequest(transactional_id, producer_id, producer_epoch, committed), pos


def _write_end_txn_request_v0(w: Write, x: EndTxnRequest) -> None:
    s = x.transactional_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    w(_p_qhZ(x.producer_id, x.producer_epoch, x.committed))


def _write_end_txn_request_v3(w: Write, x: EndTxnRequest) -> None:
    s = x.transactional_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    w(_p_qhZx(x.producer_id, x.producer_epoch, x.committed))


_READ: Final[dict[int, Callable[[bytes, int], tuple[EndTxnRequest, int]]]] = {
    0: _read_end_txn_request_v0,
    1: _read_end_txn_request_v0,
    2: _read_end_txn_request_v0,
    3: _read_end_txn_request_v3,
    4: _read_end_txn_request_v3,
    5: _read_end_txn_request_v3,
}
_WRITE: Final[dict[int, Callable[[Write, EndTxnRequest], None]]] = {
    0: _write_end_txn_request_v0,
    1: _write_end_txn_request_v0,
    2: _write_end_txn_request_v0,
    3: _write_end_txn_request_v3,
    4: _write_end_txn_request_v3,
    5: _write_end_txn_request_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> EndTxnRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("EndTxnRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("EndTxnRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[EndTxnRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("EndTxnRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("EndTxnRequest", version, len(data), end)
    return message, end


def encode_parts(message: EndTxnRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("EndTxnRequest", version, exc) from exc
    return parts


def encode(message: EndTxnRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("EndTxnRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: EndTxnRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
