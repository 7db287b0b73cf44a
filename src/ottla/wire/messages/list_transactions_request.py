# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListTransactionsRequest, API key 66: versions 0 to 2, flexible from 0."""

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
    long_count,
    long_string,
    pack_numbers,
    read_compact_strings,
    read_numbers,
    skip_tags,
    string_length,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 66
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_q = Struct(">q").pack
_p_qB = Struct(">qB").pack
_p_qx = Struct(">qx").pack
_u_qB = Struct(">qB").unpack_from


class ListTransactionsRequest(WireStruct):
    __slots__ = ("state_filters", "producer_id_filters", "duration_filter", "transactional_id_pattern")
    state_filters: list[str]
    producer_id_filters: list[int]
    duration_filter: int
    transactional_id_pattern: str | None

    def __init__(
        self,
        state_filters: list[str] = NEW,
        producer_id_filters: list[int] = NEW,
        duration_filter: int = -1,
        transactional_id_pattern: str | None = None,
    ) -> None:
        self.state_filters = [] if state_filters is NEW else state_filters
        self.producer_id_filters = [] if producer_id_filters is NEW else producer_id_filters
        self.duration_filter = duration_filter
        self.transactional_id_pattern = transactional_id_pattern


def _read_list_transactions_request_v0(buf: bytes, pos: int) -> tuple[ListTransactionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "StateFilters")
    state_filters, pos = read_compact_strings(buf, pos, n - 1, "StateFilters")
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "ProducerIdFilters")
    producer_id_filters = read_numbers(buf, pos, n - 1, "q")
    pos += 8 * (n - 1)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListTransactionsRequest(state_filters, producer_id_filters, -1, None), pos


def _read_list_transactions_request_v1(buf: bytes, pos: int) -> tuple[ListTransactionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "StateFilters")
    state_filters, pos = read_compact_strings(buf, pos, n - 1, "StateFilters")
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "ProducerIdFilters")
    producer_id_filters = read_numbers(buf, pos, n - 1, "q")
    pos += 8 * (n - 1)
    duration_filter, tags = _u_qB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListTransactionsRequest(state_filters, producer_id_filters, duration_filter, None), pos


def _read_list_transactions_request_v2(buf: bytes, pos: int) -> tuple[ListTransactionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "StateFilters")
    state_filters, pos = read_compact_strings(buf, pos, n - 1, "StateFilters")
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "ProducerIdFilters")
    producer_id_filters = read_numbers(buf, pos, n - 1, "q")
    pos += 8 * (n - 1)
    duration_filter, n = _u_qB(buf, pos)
    pos += 9
    if n == 0:
        transactional_id_pattern = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalIdPattern")
        end = pos + n - 1
        transactional_id_pattern = buf[pos:end].decode()
        pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListTransactionsRequest(state_filters, producer_id_filters, duration_filter, transactional_id_pattern), pos


def _write_list_transactions_request_v0(w: Write, x: ListTransactionsRequest) -> None:
    if x.duration_filter != -1:
        raise absent_fault("DurationFilter")
    if x.transactional_id_pattern is not None:
        raise absent_fault("TransactionalIdPattern")
    n = len(x.state_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.state_filters:
        write_compact_strings(w, x.state_filters, "StateFilters")
    n = len(x.producer_id_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.producer_id_filters:
        w(pack_numbers(x.producer_id_filters, "q"))
    w(b"\0")


def _write_list_transactions_request_v1(w: Write, x: ListTransactionsRequest) -> None:
    if x.transactional_id_pattern is not None:
        raise absent_fault("TransactionalIdPattern")
    n = len(x.state_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.state_filters:
        write_compact_strings(w, x.state_filters, "StateFilters")
    n = len(x.producer_id_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.producer_id_filters:
        w(pack_numbers(x.producer_id_filters, "q"))
    w(_p_qx(x.duration_filter))


def _write_list_transactions_request_v2(w: Write, x: ListTransactionsRequest) -> None:
    n = len(x.state_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.state_filters:
        write_compact_strings(w, x.state_filters, "StateFilters")
    n = len(x.producer_id_filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.producer_id_filters:
        w(pack_numbers(x.producer_id_filters, "q"))
    if x.transactional_id_pattern is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id_pattern.encode()
        n = len(s) + 1
    w(_p_qB(x.duration_filter, n) if n < 128 else _p_q(x.duration_filter) + string_length(n, "TransactionalIdPattern"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListTransactionsRequest, int]]]] = {
    0: _read_list_transactions_request_v0,
    1: _read_list_transactions_request_v1,
    2: _read_list_transactions_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ListTransactionsRequest], None]]] = {
    0: _write_list_transactions_request_v0,
    1: _write_list_transactions_request_v1,
    2: _write_list_transactions_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListTransactionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListTransactionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ListTransactionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListTransactionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListTransactionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ListTransactionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: ListTransactionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListTransactionsRequest", version, exc) from exc
    return parts


def encode(message: ListTransactionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListTransactionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListTransactionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
