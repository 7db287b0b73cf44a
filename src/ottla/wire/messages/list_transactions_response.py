# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListTransactionsResponse, API key 66: versions 0 to 2, flexible from 0."""

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
    long_count,
    long_string,
    read_compact_strings,
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

_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_q = Struct(">q").pack
_p_qB = Struct(">qB").pack
_u_ihB = Struct(">ihB").unpack_from
_u_qB = Struct(">qB").unpack_from


class TransactionState(WireStruct):
    __slots__ = ("transactional_id", "producer_id", "transaction_state")
    transactional_id: str
    producer_id: int
    transaction_state: str

    def __init__(
        self,
        transactional_id: str = "",
        producer_id: int = 0,
        transaction_state: str = "",
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.transaction_state = transaction_state


class ListTransactionsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "unknown_state_filters", "transaction_states")
    throttle_time_ms: int
    error_code: int
    unknown_state_filters: list[str]
    transaction_states: list[TransactionState]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        unknown_state_filters: list[str] = NEW,
        transaction_states: list[TransactionState] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.unknown_state_filters = [] if unknown_state_filters is NEW else unknown_state_filters
        self.transaction_states = [] if transaction_states is NEW else transaction_states


def _read_transaction_state_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TransactionState], int]:
    out: list[TransactionState] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
        producer_id, n = _u_qB(buf, pos)
        pos += 9
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionState")
        end = pos + n - 1
        transaction_state = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TransactionState(transactional_id, producer_id, transaction_state))
    return out, pos


def _read_list_transactions_response_v0(buf: bytes, pos: int) -> tuple[ListTransactionsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "UnknownStateFilters")
    unknown_state_filters, pos = read_compact_strings(buf, pos, n - 1, "UnknownStateFilters")
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "TransactionStates")
    transaction_states, pos = _read_transaction_state_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListTransactionsResponse(throttle_time_ms, error_code, unknown_state_filters, transaction_states), pos


def _write_transaction_state_list_v0(w: Write, items: list[TransactionState]) -> None:
    for x in items:
        s = x.transactional_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
        w(s)
        s = x.transaction_state.encode()
        n = len(s) + 1
        w(_p_qB(x.producer_id, n) if n < 128 else _p_q(x.producer_id) + string_length(n, "TransactionState"))
        w(s)
        w(b"\0")


def _write_list_transactions_response_v0(w: Write, x: ListTransactionsResponse) -> None:
    n = len(x.unknown_state_filters) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.unknown_state_filters:
        write_compact_strings(w, x.unknown_state_filters, "UnknownStateFilters")
    n = len(x.transaction_states) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.transaction_states:
        _write_transaction_state_list_v0(w, x.transaction_states)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListTransactionsResponse, int]]]] = {
    0: _read_list_transactions_response_v0,
    1: _read_list_transactions_response_v0,
    2: _read_list_transactions_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ListTransactionsResponse], None]]] = {
    0: _write_list_transactions_response_v0,
    1: _write_list_transactions_response_v0,
    2: _write_list_transactions_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListTransactionsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListTransactionsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ListTransactionsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListTransactionsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListTransactionsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ListTransactionsResponse", version, len(data), end)
    return message, end


def encode_parts(message: ListTransactionsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListTransactionsResponse", version, exc) from exc
    return parts


def encode(message: ListTransactionsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListTransactionsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListTransactionsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
