# Generated from table.txt by ottla.wire.generator; do not edit.
"""ProduceRequest, API key 0: versions 3 to 13, flexible from 9."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 0
MIN_VERSION: Final = 3
MAX_VERSION: Final = 13
FLEXIBLE_SINCE: Final[int | None] = 9

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_hi = Struct(">hi").pack
_p_hiB = Struct(">hiB").pack
_p_hii = Struct(">hii").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_hiB = Struct(">hiB").unpack_from
_u_hii = Struct(">hii").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class PartitionProduceData(WireStruct):
    __slots__ = ("index", "records")
    index: int
    records: bytes | bytearray | memoryview | None

    def __init__(
        self,
        index: int = 0,
        records: bytes | bytearray | memoryview | None = None,
    ) -> None:
        self.index = index
        self.records = records


class TopicProduceData(WireStruct):
    __slots__ = ("name", "topic_id", "partition_data")
    name: str
    topic_id: bytes
    partition_data: list[PartitionProduceData]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_data: list[PartitionProduceData] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_data = [] if partition_data is NEW else partition_data


class ProduceRequest(WireStruct):
    __slots__ = ("transactional_id", "acks", "timeout_ms", "topic_data")
    transactional_id: str | None
    acks: int
    timeout_ms: int
    topic_data: list[TopicProduceData]

    def __init__(
        self,
        transactional_id: str | None = None,
        acks: int = 0,
        timeout_ms: int = 0,
        topic_data: list[TopicProduceData] = NEW,
    ) -> None:
        self.transactional_id = transactional_id
        self.acks = acks
        self.timeout_ms = timeout_ms
        self.topic_data = [] if topic_data is NEW else topic_data


def _read_partition_produce_data_list_v3(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionProduceData], int]:
    out: list[PartitionProduceData] = []
    for _ in range(count):
        index, n = _u_ii(buf, pos)
        pos += 8
        if n < 0:
            records = None
        else:
            end = pos + n
            records = buf[pos:end]
            pos = end
        out.append(PartitionProduceData(index, records))
    return out, pos


def _read_topic_produce_data_list_v3(buf: memoryview, pos: int, count: int) -> tuple[list[TopicProduceData], int]:
    out: list[TopicProduceData] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = str(buf[pos:end], "utf-8")
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 8, "PartitionData")
        partition_data, pos = _read_partition_produce_data_list_v3(buf, pos, n) if n else ([], pos)
        out.append(TopicProduceData(name, ZERO_UUID, partition_data))
    return out, pos


def _read_produce_request_v3(buf: memoryview, pos: int) -> tuple[ProduceRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        transactional_id = None
    else:
        end = pos + n
        transactional_id = str(buf[pos:end], "utf-8")
        pos = end
    acks, timeout_ms, n = _u_hii(buf, pos)
    pos += 10
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "TopicData")
    topic_data, pos = _read_topic_produce_data_list_v3(buf, pos, n) if n else ([], pos)
    return ProduceRequest(transactional_id, acks, timeout_ms, topic_data), pos


def _read_partition_produce_data_list_v9(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionProduceData], int]:
    out: list[PartitionProduceData] = []
    for _ in range(count):
        index, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            records = None
        else:
            if n > 127:
                n, pos = long_bytes(buf, pos, n, "Records")
            end = pos + n - 1
            records = buf[pos:end]
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionProduceData(index, records))
    return out, pos


def _read_topic_produce_data_list_v9(buf: memoryview, pos: int, count: int) -> tuple[list[TopicProduceData], int]:
    out: list[TopicProduceData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = str(buf[pos:end], "utf-8")
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "PartitionData")
        partition_data, pos = _read_partition_produce_data_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicProduceData(name, ZERO_UUID, partition_data))
    return out, pos


def _read_produce_request_v9(buf: memoryview, pos: int) -> tuple[ProduceRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        transactional_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = str(buf[pos:end], "utf-8")
        pos = end
    acks, timeout_ms, n = _u_hiB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "TopicData")
    topic_data, pos = _read_topic_produce_data_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ProduceRequest(transactional_id, acks, timeout_ms, topic_data), pos


def _read_topic_produce_data_list_v13(buf: memoryview, pos: int, count: int) -> tuple[list[TopicProduceData], int]:
    out: list[TopicProduceData] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "PartitionData")
        partition_data, pos = _read_partition_produce_data_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicProduceData("", topic_id, partition_data))
    return out, pos


def _read_produce_request_v13(buf: memoryview, pos: int) -> tuple[ProduceRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        transactional_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "TransactionalId")
        end = pos + n - 1
        transactional_id = str(buf[pos:end], "utf-8")
        pos = end
    acks, timeout_ms, n = _u_hiB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "TopicData")
    topic_data, pos = _read_topic_produce_data_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ProduceRequest(transactional_id, acks, timeout_ms, topic_data), pos


def _write_partition_produce_data_list_v3(w: Write, items: list[PartitionProduceData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.records is None:
            d = b""
            n = -1
        else:
            d = x.records
            n = len(d)
        w(_p_ii(x.index, n))
        w(d)


def _write_topic_produce_data_list_v3(w: Write, items: list[TopicProduceData]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_data)
        w(_p_i(n))
        if x.partition_data:
            _write_partition_produce_data_list_v3(w, x.partition_data)


def _write_produce_request_v3(w: Write, x: ProduceRequest) -> None:
    if x.transactional_id is None:
        s = b""
        n = -1
    else:
        s = x.transactional_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topic_data)
    w(_p_hii(x.acks, x.timeout_ms, n))
    if x.topic_data:
        _write_topic_produce_data_list_v3(w, x.topic_data)


def _write_partition_produce_data_list_v9(w: Write, items: list[PartitionProduceData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.records is None:
            d = b""
            n = 0
        else:
            d = x.records
            n = len(d) + 1
        w(_p_iB(x.index, n) if n < 128 else _p_i(x.index) + uvarint(n))
        w(d)
        w(b"\0")


def _write_topic_produce_data_list_v9(w: Write, items: list[TopicProduceData]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_data) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_data:
            _write_partition_produce_data_list_v9(w, x.partition_data)
        w(b"\0")


def _write_produce_request_v9(w: Write, x: ProduceRequest) -> None:
    if x.transactional_id is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    n = len(x.topic_data) + 1
    w(_p_hiB(x.acks, x.timeout_ms, n) if n < 128 else _p_hi(x.acks, x.timeout_ms) + uvarint(n))
    if x.topic_data:
        _write_topic_produce_data_list_v9(w, x.topic_data)
    w(b"\0")


def _write_topic_produce_data_list_v13(w: Write, items: list[TopicProduceData]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partition_data) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partition_data:
            _write_partition_produce_data_list_v9(w, x.partition_data)
        w(b"\0")


def _write_produce_request_v13(w: Write, x: ProduceRequest) -> None:
    if x.transactional_id is None:
        s = b""
        n = 0
    else:
        s = x.transactional_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    n = len(x.topic_data) + 1
    w(_p_hiB(x.acks, x.timeout_ms, n) if n < 128 else _p_hi(x.acks, x.timeout_ms) + uvarint(n))
    if x.topic_data:
        _write_topic_produce_data_list_v13(w, x.topic_data)
    w(b"\0")


_READ: Final[dict[int, Callable[[memoryview, int], tuple[ProduceRequest, int]]]] = {
    3: _read_produce_request_v3,
    4: _read_produce_request_v3,
    5: _read_produce_request_v3,
    6: _read_produce_request_v3,
    7: _read_produce_request_v3,
    8: _read_produce_request_v3,
    9: _read_produce_request_v9,
    10: _read_produce_request_v9,
    11: _read_produce_request_v9,
    12: _read_produce_request_v9,
    13: _read_produce_request_v13,
}
_WRITE: Final[dict[int, Callable[[Write, ProduceRequest], None]]] = {
    3: _write_produce_request_v3,
    4: _write_produce_request_v3,
    5: _write_produce_request_v3,
    6: _write_produce_request_v3,
    7: _write_produce_request_v3,
    8: _write_produce_request_v3,
    9: _write_produce_request_v9,
    10: _write_produce_request_v9,
    11: _write_produce_request_v9,
    12: _write_produce_request_v9,
    13: _write_produce_request_v13,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ProduceRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ProduceRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ProduceRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ProduceRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ProduceRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ProduceRequest", version, len(data), end)
    return message, end


def encode_parts(message: ProduceRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ProduceRequest", version, exc) from exc
    return parts


def encode(message: ProduceRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ProduceRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ProduceRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
