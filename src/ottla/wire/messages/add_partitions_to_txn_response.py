# Generated from table.txt by ottla.wire.generator; do not edit.
"""AddPartitionsToTxnResponse, API key 24: versions 0 to 5, flexible from 3."""

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
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihx = Struct(">ihx").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from


class AddPartitionsToTxnPartitionResult(WireStruct):
    __slots__ = ("partition_index", "partition_error_code")
    partition_index: int
    partition_error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        partition_error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.partition_error_code = partition_error_code


class AddPartitionsToTxnTopicResult(WireStruct):
    __slots__ = ("name", "results_by_partition")
    name: str
    results_by_partition: list[AddPartitionsToTxnPartitionResult]

    def __init__(
        self,
        name: str = "",
        results_by_partition: list[AddPartitionsToTxnPartitionResult] = NEW,
    ) -> None:
        self.name = name
        self.results_by_partition = [] if results_by_partition is NEW else results_by_partition


class AddPartitionsToTxnResult(WireStruct):
    __slots__ = ("transactional_id", "topic_results")
    transactional_id: str
    topic_results: list[AddPartitionsToTxnTopicResult]

    def __init__(
        self,
        transactional_id: str = "",
        topic_results: list[AddPartitionsToTxnTopicResult] = NEW,
    ) -> None:
        self.transactional_id = transactional_id
        self.topic_results = [] if topic_results is NEW else topic_results


class AddPartitionsToTxnResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "results_by_transaction", "results_by_topic_v3_and_below")
    throttle_time_ms: int
    error_code: int
    results_by_transaction: list[AddPartitionsToTxnResult]
    results_by_topic_v3_and_below: list[AddPartitionsToTxnTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        results_by_transaction: list[AddPartitionsToTxnResult] = NEW,
        results_by_topic_v3_and_below: list[AddPartitionsToTxnTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.results_by_transaction = [] if results_by_transaction is NEW else results_by_transaction
        self.results_by_topic_v3_and_below = [] if results_by_topic_v3_and_below is NEW else results_by_topic_v3_and_below


def _read_add_partitions_to_txn_partition_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnPartitionResult], int]:
    out: list[AddPartitionsToTxnPartitionResult] = []
    for _ in range(count):
        partition_index, partition_error_code = _u_ih(buf, pos)
        pos += 6
        out.append(AddPartitionsToTxnPartitionResult(partition_index, partition_error_code))
    return out, pos


def _read_add_partitions_to_txn_topic_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnTopicResult], int]:
    out: list[AddPartitionsToTxnTopicResult] = []
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
            check_count(buf, pos, n, 6, "ResultsByPartition")
        results_by_partition, pos = _read_add_partitions_to_txn_partition_result_list_v0(buf, pos, n) if n else ([], pos)
        out.append(AddPartitionsToTxnTopicResult(name, results_by_partition))
    return out, pos


def _read_add_partitions_to_txn_response_v0(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ResultsByTopicV3AndBelow")
    results_by_topic_v3_and_below, pos = _read_add_partitions_to_txn_topic_result_list_v0(buf, pos, n) if n else ([], pos)
    return AddPartitionsToTxnResponse(throttle_time_ms, 0, [], results_by_topic_v3_and_below), pos


def _read_add_partitions_to_txn_partition_result_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnPartitionResult], int]:
    out: list[AddPartitionsToTxnPartitionResult] = []
    for _ in range(count):
        partition_index, partition_error_code, tags = _u_ihB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AddPartitionsToTxnPartitionResult(partition_index, partition_error_code))
    return out, pos


def _read_add_partitions_to_txn_topic_result_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnTopicResult], int]:
    out: list[AddPartitionsToTxnTopicResult] = []
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
            n, pos = long_count(buf, pos, n, 7, "ResultsByPartition")
        results_by_partition, pos = _read_add_partitions_to_txn_partition_result_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AddPartitionsToTxnTopicResult(name, results_by_partition))
    return out, pos


def _read_add_partitions_to_txn_response_v3(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ResultsByTopicV3AndBelow")
    results_by_topic_v3_and_below, pos = _read_add_partitions_to_txn_topic_result_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddPartitionsToTxnResponse(throttle_time_ms, 0, [], results_by_topic_v3_and_below), pos


def _read_add_partitions_to_txn_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[AddPartitionsToTxnResult], int]:
    out: list[AddPartitionsToTxnResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "TopicResults")
        topic_results, pos = _read_add_partitions_to_txn_topic_result_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AddPartitionsToTxnResult(transactional_id, topic_results))
    return out, pos


def _read_add_partitions_to_txn_response_v4(buf: bytes, pos: int) -> tuple[AddPartitionsToTxnResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ResultsByTransaction")
    results_by_transaction, pos = _read_add_partitions_to_txn_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddPartitionsToTxnResponse(throttle_time_ms, error_code, results_by_transaction, []), pos


def _write_add_partitions_to_txn_partition_result_list_v0(w: Write, items: list[AddPartitionsToTxnPartitionResult]) -> None:
    for x in items:
        w(_p_ih(x.partition_index, x.partition_error_code))


def _write_add_partitions_to_txn_topic_result_list_v0(w: Write, items: list[AddPartitionsToTxnTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.results_by_partition)
        w(_p_i(n))
        if x.results_by_partition:
            _write_add_partitions_to_txn_partition_result_list_v0(w, x.results_by_partition)


def _write_add_partitions_to_txn_response_v0(w: Write, x: AddPartitionsToTxnResponse) -> None:
    if x.results_by_transaction:
        raise absent_fault("ResultsByTransaction")
    n = len(x.results_by_topic_v3_and_below)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results_by_topic_v3_and_below:
        _write_add_partitions_to_txn_topic_result_list_v0(w, x.results_by_topic_v3_and_below)


def _write_add_partitions_to_txn_partition_result_list_v3(w: Write, items: list[AddPartitionsToTxnPartitionResult]) -> None:
    for x in items:
        w(_p_ihx(x.partition_index, x.partition_error_code))


def _write_add_partitions_to_txn_topic_result_list_v3(w: Write, items: list[AddPartitionsToTxnTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.results_by_partition) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.results_by_partition:
            _write_add_partitions_to_txn_partition_result_list_v3(w, x.results_by_partition)
        w(b"\0")


def _write_add_partitions_to_txn_response_v3(w: Write, x: AddPartitionsToTxnResponse) -> None:
    if x.results_by_transaction:
        raise absent_fault("ResultsByTransaction")
    n = len(x.results_by_topic_v3_and_below) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results_by_topic_v3_and_below:
        _write_add_partitions_to_txn_topic_result_list_v3(w, x.results_by_topic_v3_and_below)
    w(b"\0")


def _write_add_partitions_to_txn_result_list_v4(w: Write, items: list[AddPartitionsToTxnResult]) -> None:
    for x in items:
        s = x.transactional_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
        w(s)
        n = len(x.topic_results) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topic_results:
            _write_add_partitions_to_txn_topic_result_list_v3(w, x.topic_results)
        w(b"\0")


def _write_add_partitions_to_txn_response_v4(w: Write, x: AddPartitionsToTxnResponse) -> None:
    if x.results_by_topic_v3_and_below:
        raise absent_fault("ResultsByTopicV3AndBelow")
    n = len(x.results_by_transaction) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.results_by_transaction:
        _write_add_partitions_to_txn_result_list_v4(w, x.results_by_transaction)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AddPartitionsToTxnResponse, int]]]] = {
    0: _read_add_partitions_to_txn_response_v0,
    1: _read_add_partitions_to_txn_response_v0,
    2: _read_add_partitions_to_txn_response_v0,
    3: _read_add_partitions_to_txn_response_v3,
    4: _read_add_partitions_to_txn_response_v4,
    5: _read_add_partitions_to_txn_response_v4,
}
_WRITE: Final[dict[int, Callable[[Write, AddPartitionsToTxnResponse], None]]] = {
    0: _write_add_partitions_to_txn_response_v0,
    1: _write_add_partitions_to_txn_response_v0,
    2: _write_add_partitions_to_txn_response_v0,
    3: _write_add_partitions_to_txn_response_v3,
    4: _write_add_partitions_to_txn_response_v4,
    5: _write_add_partitions_to_txn_response_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AddPartitionsToTxnResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddPartitionsToTxnResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AddPartitionsToTxnResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AddPartitionsToTxnResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddPartitionsToTxnResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AddPartitionsToTxnResponse", version, len(data), end)
    return message, end


def encode_parts(message: AddPartitionsToTxnResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddPartitionsToTxnResponse", version, exc) from exc
    return parts


def encode(message: AddPartitionsToTxnResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddPartitionsToTxnResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AddPartitionsToTxnResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
