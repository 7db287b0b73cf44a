# Generated from table.txt by ottla.wire.generator; do not edit.
"""InitProducerIdRequest, API key 22: versions 0 to 6, flexible from 2, the last unstable."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_string,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 22
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iqhZZx = Struct(">iqh??x").pack
_p_iqhx = Struct(">iqhx").pack
_p_ix = Struct(">ix").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iqhB = Struct(">iqhB").unpack_from
_u_iqhZZB = Struct(">iqh??B").unpack_from


class InitProducerIdRequest(WireStruct):
    __slots__ = ("transactional_id", "transaction_timeout_ms", "producer_id", "producer_epoch", "enable2_pc", "keep_prepared_txn")
    transactional_id: str | None
    transaction_timeout_ms: int
    producer_id: int
    producer_epoch: int
    enable2_pc: bool
    keep_prepared_txn: bool

    def __init__(
        self,
        transactional_id: str | None = "",
        transaction_timeout_ms: int = 0,
        producer_id: int = -1,
        producer_epoch: int = -1,
        enable2_pc: bool = False,
        keep_prepared_txn: bool = False,
    ) -> None:
        self.transactional_id = transactional_id
        self.transaction_timeout_ms = transaction_timeout_ms
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.enable2_pc = enable2_pc
        self.keep_prepared_txn = keep_prepared_txn


def _read_init_producer_id_request_v0(buf: bytes, pos: int) -> tuple[InitProducerIdRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        transactional_id = None
    else:
        end = pos + n
        transactional_id = buf[pos:end].decode()
        pos = end
    (transaction_timeout_ms,) = _u_i(buf, pos)
    pos += 4
    return InitProducerIdRequest(transactional_id, transaction_timeout_ms, -1, -1, False, False), pos


def _read_init_producer_id_request_v2(buf: bytes, pos: int) -> tuple[InitProducerIdRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        transactional_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
    transaction_timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return InitProducerIdRequest(transactional_id, transaction_timeout_ms, -1, -1, False, False), pos


def _read_init_producer_id_request_v3(buf: bytes, pos: int) -> tuple[InitProducerIdRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        transactional_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
    transaction_timeout_ms, producer_id, producer_epoch, tags = _u_iqhB(buf, pos)
    pos += 15
    if tags:
        pos = skip_tags(buf, pos, tags)
    return InitProducerIdRequest(transactional_id, transaction_timeout_ms, producer_id, producer_epoch, False, False), pos


def _read_init_producer_id_request_v6(buf: bytes, pos: int) -> tuple[InitProducerIdRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        transactional_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
    transaction_timeout_ms, producer_id, producer_epoch, enable2_pc, keep_prepared_txn, tags = _u_iqhZZB(buf, pos)
    pos += 17
    if tags:
        pos = skip_tags(buf, pos, tags)
    return InitProducerIdRequest(transactional_id, transaction_timeout_ms, producer_id, producer_epoch, enable2_pc, keep_prepared_txn), pos


def _write_init_producer_id_request_v0(w: Write, x: InitProducerIdRequest) -> None:
    if x.producer_id != -1:
        raise absent_fault("ProducerId")
    if x.producer_epoch != -1:
        raise absent_fault("ProducerEpoch")
    if x.enable2_pc:
        raise absent_fault("Enable2Pc")
    if x.keep_prepared_txn:
        raise absent_fault("KeepPreparedTxn")
    if x.transactional_id is None:
        s = b""
        n = -1
    else:
        s = x.transactional_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    w(_p_i(x.transaction_timeout_ms))


def _write_init_producer_id_request_v2(w: Write, x: InitProducerIdRequest) -> None:
    if x.producer_id != -1:
        raise absent_fault("ProducerId")
    if x.producer_epoch != -1:
        raise absent_fault("ProducerEpoch")
    if x.enable2_pc:
        raise absent_fault("Enable2Pc")
    if x.keep_prepared_txn:
        raise absent_fault("KeepPreparedTxn")
    if x.transactional_id is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    w(_p_ix(x.transaction_timeout_ms))


def _write_init_producer_id_request_v3(w: Write, x: InitProducerIdRequest) -> None:
    if x.enable2_pc:
        raise absent_fault("Enable2Pc")
    if x.keep_prepared_txn:
        raise absent_fault("KeepPreparedTxn")
    if x.transactional_id is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    w(_p_iqhx(x.transaction_timeout_ms, x.producer_id, x.producer_epoch))


def _write_init_producer_id_request_v6(w: Write, x: InitProducerIdRequest) -> None:
    if x.transactional_id is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    w(_p_iqhZZx(x.transaction_timeout_ms, x.producer_id, x.producer_epoch, x.enable2_pc, x.keep_prepared_txn))


_READ: Final[dict[int, Callable[[bytes, int], tuple[InitProducerIdRequest, int]]]] = {
    0: _read_init_producer_id_request_v0,
    1: _read_init_producer_id_request_v0,
    2: _read_init_producer_id_request_v2,
    3: _read_init_producer_id_request_v3,
    4: _read_init_producer_id_request_v3,
    5: _read_init_producer_id_request_v3,
    6: _read_init_producer_id_request_v6,
}
_WRITE: Final[dict[int, Callable[[Write, InitProducerIdRequest], None]]] = {
    0: _write_init_producer_id_request_v0,
    1: _write_init_producer_id_request_v0,
    2: _write_init_producer_id_request_v2,
    3: _write_init_producer_id_request_v3,
    4: _write_init_producer_id_request_v3,
    5: _write_init_producer_id_request_v3,
    6: _write_init_producer_id_request_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> InitProducerIdRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("InitProducerIdRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("InitProducerIdRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[InitProducerIdRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("InitProducerIdRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("InitProducerIdRequest", version, len(data), end)
    return message, end


def encode_parts(message: InitProducerIdRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("InitProducerIdRequest", version, exc) from exc
    return parts


def encode(message: InitProducerIdRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("InitProducerIdRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: InitProducerIdRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
