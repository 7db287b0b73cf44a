# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeTransactionsResponse, API key 65: version 0, flexible from 0."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 65
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iqqh = Struct(">iqqh").pack
_p_iqqhB = Struct(">iqqhB").pack
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iqqhB = Struct(">iqqhB").unpack_from


class TopicData(WireStruct):
    __slots__ = ("topic", "partitions")
    topic: str
    partitions: list[int]

    def __init__(
        self,
        topic: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is NEW else partitions


class TransactionState(WireStruct):
    __slots__ = ("error_code", "transactional_id", "transaction_state", "transaction_timeout_ms", "transaction_start_time_ms", "producer_id", "producer_epoch", "topics")
    error_code: int
    transactional_id: str
    transaction_state: str
    transaction_timeout_ms: int
    transaction_start_time_ms: int
    producer_id: int
    producer_epoch: int
    topics: list[TopicData]

    def __init__(
        self,
        error_code: int = 0,
        transactional_id: str = "",
        transaction_state: str = "",
        transaction_timeout_ms: int = 0,
        transaction_start_time_ms: int = 0,
        producer_id: int = 0,
        producer_epoch: int = 0,
        topics: list[TopicData] = NEW,
    ) -> None:
        self.error_code = error_code
        self.transactional_id = transactional_id
        self.transaction_state = transaction_state
        self.transaction_timeout_ms = transaction_timeout_ms
        self.transaction_start_time_ms = transaction_start_time_ms
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.topics = [] if topics is NEW else topics


class DescribeTransactionsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "transaction_states")
    throttle_time_ms: int
    transaction_states: list[TransactionState]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        transaction_states: list[TransactionState] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.transaction_states = [] if transaction_states is NEW else transaction_states


def _read_topic_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicData], int]:
    out: list[TopicData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Topic")
        end = pos + n - 1
        topic = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicData(topic, partitions))
    return out, pos


def _read_transaction_state_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TransactionState], int]:
    out: list[TransactionState] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionState")
        end = pos + n - 1
        transaction_state = buf[pos:end].decode()
        pos = end
        transaction_timeout_ms, transaction_start_time_ms, producer_id, producer_epoch, n = _u_iqqhB(buf, pos)
        pos += 23
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_topic_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TransactionState(error_code, transactional_id, transaction_state, transaction_timeout_ms, transaction_start_time_ms, producer_id, producer_epoch, topics))
    return out, pos


def _read_describe_transactions_response_v0(buf: bytes, pos: int) -> tuple[DescribeTransactionsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 28, "TransactionStates")
    transaction_states, pos = _read_transaction_state_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeTransactionsResponse(throttle_time_ms, transaction_states), pos


def _write_topic_data_list_v0(w: Write, items: list[TopicData]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_transaction_state_list_v0(w: Write, items: list[TransactionState]) -> None:
    for x in items:
        s = x.transactional_id.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "TransactionalId"))
        w(s)
        s = x.transaction_state.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionState"))
        w(s)
        n = len(x.topics) + 1
        w(_p_iqqhB(x.transaction_timeout_ms, x.transaction_start_time_ms, x.producer_id, x.producer_epoch, n) if n < 128 else _p_iqqh(x.transaction_timeout_ms, x.transaction_start_time_ms, x.producer_id, x.producer_epoch) + uvarint(n))
        if x.topics:
            _write_topic_data_list_v0(w, x.topics)
        w(b"\0")


def _write_describe_transactions_response_v0(w: Write, x: DescribeTransactionsResponse) -> None:
    n = len(x.transaction_states) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.transaction_states:
        _write_transaction_state_list_v0(w, x.transaction_states)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeTransactionsResponse, int]]]] = {
    0: _read_describe_transactions_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeTransactionsResponse], None]]] = {
    0: _write_describe_transactions_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeTransactionsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTransactionsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeTransactionsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeTransactionsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTransactionsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeTransactionsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeTransactionsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTransactionsResponse", version, exc) from exc
    return parts


def encode(message: DescribeTransactionsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTransactionsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeTransactionsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
