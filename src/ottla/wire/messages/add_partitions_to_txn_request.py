# Generated from table.txt by ottla.wire.generator; do not edit.
"""AddPartitionsToTxnRequest, API key 24: versions 0 to 5, flexible from 3."""

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
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 24
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_qh = Struct(">qh").pack
_p_qhB = Struct(">qhB").pack
_p_qhZ = Struct(">qh?").pack
_p_qhZB = Struct(">qh?B").pack
_p_qhi = Struct(">qhi").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_qhB = Struct(">qhB").unpack_from
_u_qhZB = Struct(">qh?B").unpack_from
_u_qhi = Struct(">qhi").unpack_from


class AddPartitionsToTxnTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[int]

    def __init__(
        self,
        name: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class AddPartitionsToTxnTransaction(WireStruct):
    __slots__ = ("transactional_id", "producer_id", "producer_epoch", "verify_only", "topics")
    transactional_id: str
    producer_id: int
    producer_epoch: int
    verify_only: bool
    topics: list[AddPartitionsToTxnTopic]

    def __init__(
        self,
        transactional_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        verify_only: bool = False,
        topics: list[AddPartitionsToTxnTopic] = NEW,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.verify_only = verify_only
        self.topics = [] if topics is NEW else topics


class AddPartitionsToTxnRequest(WireStruct):
    __slots__ = ("transactions", "v3_and_below_transactional_id", "v3_and_below_producer_id", "v3_and_below_producer_epoch", "v3_and_below_topics")
    transactions: list[AddPartitionsToTxnTransaction]
    v3_and_below_transactional_id: str
    v3_and_below_producer_id: int
    v3_and_below_producer_epoch: int
    v3_and_below_topics: list[AddPartitionsToTxnTopic]

    def __init__(
        self,
        transactions: list[AddPartitionsToTxnTransaction] = NEW,
        v3_and_below_transactional_id: str = "",
        v3_and_below_producer_id: int = 0,
        v3_and_below_producer_epoch: int = 0,
        v3_and_below_topics: list[AddPartitionsToTxnTopic] = NEW,
    ) -> None:
        self.transactions = [] if transactions is NEW else transactions
        self.v3_and_below_transactional_id = v3_and_below_transactional_id
        self.v3_and_below_producer_id = v3_and_below_producer_id
        self.v3_and_below_producer_epoch = v3_and_below_producer_epoch
        self.v3_and_below_topics = [] if v3_and_below_topics is NEW else v3_and_below_topics


def _read_add_partitions_to_txn_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnTopic], int]:
    out: list[AddPartitionsToTxnTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(AddPartitionsToTxnTopic(name, partitions))
    return out, pos


def _read_add_partitions_to_txn_request_v0(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("V3AndBelowTransactionalId")
    end = pos + n
    v3_and_below_transactional_id = buf[pos:end].decode()
    pos = end
    v3_and_below_producer_id, v3_and_below_producer_epoch, n = _u_qhi(buf, pos)
    pos += 14
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "V3AndBelowTopics")
    v3_and_below_topics, pos = _read_add_partitions_to_txn_topic_list_v0(buf, pos, n) if n else ([], pos)
    return AddPartitionsToTxnRequest([], v3_and_below_transactional_id, v3_and_below_producer_id, v3_and_below_producer_epoch, v3_and_below_topics), pos


def _read_add_partitions_to_txn_topic_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnTopic], int]:
    out: list[AddPartitionsToTxnTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
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
        out.append(AddPartitionsToTxnTopic(name, partitions))
    return out, pos


def _read_add_partitions_to_txn_request_v3(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "V3AndBelowTransactionalId")
    end = pos + n - 1
    v3_and_below_transactional_id = buf[pos:end].decode()
    pos = end
    v3_and_below_producer_id, v3_and_below_producer_epoch, n = _u_qhB(buf, pos)
    pos += 11
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "V3AndBelowTopics")
    v3_and_below_topics, pos = _read_add_partitions_to_txn_topic_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddPartitionsToTxnRequest([], v3_and_below_transactional_id, v3_and_below_producer_id, v3_and_below_producer_epoch, v3_and_below_topics), pos


def _read_add_partitions_to_txn_transaction_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnTransaction], int]:
    out: list[AddPartitionsToTxnTransaction] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
        producer_id, producer_epoch, verify_only, n = _u_qhZB(buf, pos)
        pos += 12
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_add_partitions_to_txn_topic_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AddPartitionsToTxnTransaction(transactional_id, producer_id, producer_epoch, verify_only, topics))
    return out, pos


def _read_add_partitions_to_txn_request_v4(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 14, "Transactions")
    transactions, pos = _read_add_partitions_to_txn_transaction_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddPartitionsToTxnRequest(transactions, "", 0, 0, []), pos


def _write_add_partitions_to_txn_topic_list_v0(w: Write, items: list[AddPartitionsToTxnTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_add_partitions_to_txn_request_v0(w: Write, x: AddPartitionsToTxnRequest) -> None:
    if x.transactions:
        raise absent_fault("Transactions")
    s = x.v3_and_below_transactional_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.v3_and_below_topics)
    w(_p_qhi(x.v3_and_below_producer_id, x.v3_and_below_producer_epoch, n))
    if x.v3_and_below_topics:
        _write_add_partitions_to_txn_topic_list_v0(w, x.v3_and_below_topics)


def _write_add_partitions_to_txn_topic_list_v3(w: Write, items: list[AddPartitionsToTxnTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_add_partitions_to_txn_request_v3(w: Write, x: AddPartitionsToTxnRequest) -> None:
    if x.transactions:
        raise absent_fault("Transactions")
    s = x.v3_and_below_transactional_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "V3AndBelowTransactionalId"))
    w(s)
    n = len(x.v3_and_below_topics) + 1
    w(_p_qhB(x.v3_and_below_producer_id, x.v3_and_below_producer_epoch, n) if n < 128 else _p_qh(x.v3_and_below_producer_id, x.v3_and_below_producer_epoch) + uvarint(n))
    if x.v3_and_below_topics:
        _write_add_partitions_to_txn_topic_list_v3(w, x.v3_and_below_topics)
    w(b"\0")


def _write_add_partitions_to_txn_transaction_list_v4(w: Write, items: list[AddPartitionsToTxnTransaction]) -> None:
    for x in items:
        s = x.transactional_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
        w(s)
        n = len(x.topics) + 1
        w(_p_qhZB(x.producer_id, x.producer_epoch, x.verify_only, n) if n < 128 else _p_qhZ(x.producer_id, x.producer_epoch, x.verify_only) + uvarint(n))
        if x.topics:
            _write_add_partitions_to_txn_topic_list_v3(w, x.topics)
        w(b"\0")


def _write_add_partitions_to_txn_request_v4(w: Write, x: AddPartitionsToTxnRequest) -> None:
    if x.v3_and_below_transactional_id:
        raise absent_fault("V3AndBelowTransactionalId")
    if x.v3_and_below_producer_id:
        raise absent_fault("V3AndBelowProducerId")
    if x.v3_and_below_producer_epoch:
        raise absent_fault("V3AndBelowProducerEpoch")
    if x.v3_and_below_topics:
        raise absent_fault("V3AndBelowTopics")
    n = len(x.transactions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.transactions:
        _write_add_partitions_to_txn_transaction_list_v4(w, x.transactions)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AddPartitionsToTxnRequest, int]]]] = {
    0: _read_add_partitions_to_txn_request_v0,
    1: _read_add_partitions_to_txn_request_v0,
    2: _read_add_partitions_to_txn_request_v0,
    3: _read_add_partitions_to_txn_request_v3,
    4: _read_add_partitions_to_txn_request_v4,
    5: _read_add_partitions_to_txn_request_v4,
}
_WRITE: Final[dict[int, Callable[[Write, AddPartitionsToTxnRequest], None]]] = {
    0: _write_add_partitions_to_txn_request_v0,
    1: _write_add_partitions_to_txn_request_v0,
    2: _write_add_partitions_to_txn_request_v0,
    3: _write_add_partitions_to_txn_request_v3,
    4: _write_add_partitions_to_txn_request_v4,
    5: _write_add_partitions_to_txn_request_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AddPartitionsToTxnRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddPartitionsToTxnRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AddPartitionsToTxnRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AddPartitionsToTxnRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddPartitionsToTxnRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AddPartitionsToTxnRequest", version, len(data), end)
    return message, end


def encode_parts(message: AddPartitionsToTxnRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddPartitionsToTxnRequest", version, exc) from exc
    return parts


def encode(message: AddPartitionsToTxnRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddPartitionsToTxnRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AddPartitionsToTxnRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
