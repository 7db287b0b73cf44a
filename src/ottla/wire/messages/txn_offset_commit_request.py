# Generated from table.txt by ottla.wire.generator; do not edit.
"""TxnOffsetCommitRequest, API key 28: versions 0 to 5, flexible from 3."""

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

API_KEY: Final = 28
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iqh = Struct(">iqh").pack
_p_iqi = Struct(">iqi").pack
_p_iqiB = Struct(">iqiB").pack
_p_iqih = Struct(">iqih").pack
_p_qhi = Struct(">qhi").pack
_p_qhiB = Struct(">qhiB").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iqh = Struct(">iqh").unpack_from
_u_iqiB = Struct(">iqiB").unpack_from
_u_iqih = Struct(">iqih").unpack_from
_u_qhi = Struct(">qhi").unpack_from
_u_qhiB = Struct(">qhiB").unpack_from


class TxnOffsetCommitRequestPartition(WireStruct):
    __slots__ = ("partition_index", "committed_offset", "committed_leader_epoch", "committed_metadata")
    partition_index: int
    committed_offset: int
    committed_leader_epoch: int
    committed_metadata: str | None

    def __init__(
        self,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        committed_metadata: str | None = "",
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.committed_metadata = committed_metadata


class TxnOffsetCommitRequestTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[TxnOffsetCommitRequestPartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[TxnOffsetCommitRequestPartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class TxnOffsetCommitRequest(WireStruct):
    __slots__ = ("transactional_id", "group_id", "producer_id", "producer_epoch", "generation_id", "member_id", "group_instance_id", "topics")
    transactional_id: str
    group_id: str
    producer_id: int
    producer_epoch: int
    generation_id: int
    member_id: str
    group_instance_id: str | None
    topics: list[TxnOffsetCommitRequestTopic]

    def __init__(
        self,
        transactional_id: str = "",
        group_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        generation_id: int = -1,
        member_id: str = "",
        group_instance_id: str | None = None,
        topics: list[TxnOffsetCommitRequestTopic] = NEW,
    ) -> None:
        self.transactional_id = transactional_id
        self.group_id = group_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.generation_id = generation_id
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.topics = [] if topics is NEW else topics


def _read_txn_offset_commit_request_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestPartition], int]:
    out: list[TxnOffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, n = _u_iqh(buf, pos)
        pos += 14
        if n < 0:
            committed_metadata = None
        else:
            end = pos + n
            committed_metadata = buf[pos:end].decode()
            pos = end
        out.append(TxnOffsetCommitRequestPartition(partition_index, committed_offset, -1, committed_metadata))
    return out, pos


def _read_txn_offset_commit_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestTopic], int]:
    out: list[TxnOffsetCommitRequestTopic] = []
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
            check_count(buf, pos, n, 14, "Partitions")
        partitions, pos = _read_txn_offset_commit_request_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(TxnOffsetCommitRequestTopic(name, partitions))
    return out, pos


def _read_txn_offset_commit_request_v0(buf: bytes, pos: int) -> tuple[TxnOffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("TransactionalId")
    end = pos + n
    transactional_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    producer_id, producer_epoch, n = _u_qhi(buf, pos)
    pos += 14
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_txn_offset_commit_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    return TxnOffsetCommitRequest(transactional_id, group_id, producer_id, producer_epoch, -1, "", None, topics), pos


def _read_txn_offset_commit_request_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestPartition], int]:
    out: list[TxnOffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqih(buf, pos)
        pos += 18
        if n < 0:
            committed_metadata = None
        else:
            end = pos + n
            committed_metadata = buf[pos:end].decode()
            pos = end
        out.append(TxnOffsetCommitRequestPartition(partition_index, committed_offset, committed_leader_epoch, committed_metadata))
    return out, pos


def _read_txn_offset_commit_request_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestTopic], int]:
    out: list[TxnOffsetCommitRequestTopic] = []
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
            check_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_txn_offset_commit_request_partition_list_v2(buf, pos, n) if n else ([], pos)
        out.append(TxnOffsetCommitRequestTopic(name, partitions))
    return out, pos


def _read_txn_offset_commit_request_v2(buf: bytes, pos: int) -> tuple[TxnOffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("TransactionalId")
    end = pos + n
    transactional_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    producer_id, producer_epoch, n = _u_qhi(buf, pos)
    pos += 14
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_txn_offset_commit_request_topic_list_v2(buf, pos, n) if n else ([], pos)
    return TxnOffsetCommitRequest(transactional_id, group_id, producer_id, producer_epoch, -1, "", None, topics), pos


def _read_txn_offset_commit_request_partition_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestPartition], int]:
    out: list[TxnOffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqiB(buf, pos)
        pos += 17
        if n == 0:
            committed_metadata = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "CommittedMetadata")
            end = pos + n - 1
            committed_metadata = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TxnOffsetCommitRequestPartition(partition_index, committed_offset, committed_leader_epoch, committed_metadata))
    return out, pos


def _read_txn_offset_commit_request_topic_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitRequestTopic], int]:
    out: list[TxnOffsetCommitRequestTopic] = []
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
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_txn_offset_commit_request_partition_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TxnOffsetCommitRequestTopic(name, partitions))
    return out, pos


def _read_txn_offset_commit_request_v3(buf: bytes, pos: int) -> tuple[TxnOffsetCommitRequest, int]:
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
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    producer_id, producer_epoch, generation_id, n = _u_qhiB(buf, pos)
    pos += 15
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_txn_offset_commit_request_topic_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return TxnOffsetCommitRequest(transactional_id, group_id, producer_id, producer_epoch, generation_id, member_id, group_instance_id, topics), pos


def _write_txn_offset_commit_request_partition_list_v0(w: Write, items: list[TxnOffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = -1
        else:
            s = x.committed_metadata.encode()
            n = len(s)
        w(_p_iqh(x.partition_index, x.committed_offset, n))
        w(s)


def _write_txn_offset_commit_request_topic_list_v0(w: Write, items: list[TxnOffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_txn_offset_commit_request_partition_list_v0(w, x.partitions)


def _write_txn_offset_commit_request_v0(w: Write, x: TxnOffsetCommitRequest) -> None:
    if x.generation_id != -1:
        raise absent_fault("GenerationId")
    if x.member_id:
        raise absent_fault("MemberId")
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.transactional_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_qhi(x.producer_id, x.producer_epoch, n))
    if x.topics:
        _write_txn_offset_commit_request_topic_list_v0(w, x.topics)


def _write_txn_offset_commit_request_partition_list_v2(w: Write, items: list[TxnOffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = -1
        else:
            s = x.committed_metadata.encode()
            n = len(s)
        w(_p_iqih(x.partition_index, x.committed_offset, x.committed_leader_epoch, n))
        w(s)


def _write_txn_offset_commit_request_topic_list_v2(w: Write, items: list[TxnOffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_txn_offset_commit_request_partition_list_v2(w, x.partitions)


def _write_txn_offset_commit_request_v2(w: Write, x: TxnOffsetCommitRequest) -> None:
    if x.generation_id != -1:
        raise absent_fault("GenerationId")
    if x.member_id:
        raise absent_fault("MemberId")
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.transactional_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_qhi(x.producer_id, x.producer_epoch, n))
    if x.topics:
        _write_txn_offset_commit_request_topic_list_v2(w, x.topics)


def _write_txn_offset_commit_request_partition_list_v3(w: Write, items: list[TxnOffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = 0
        else:
            s = x.committed_metadata.encode()
            n = len(s) + 1
        w(_p_iqiB(x.partition_index, x.committed_offset, x.committed_leader_epoch, n) if n < 128 else _p_iqi(x.partition_index, x.committed_offset, x.committed_leader_epoch) + string_length(n, "CommittedMetadata"))
        w(s)
        w(b"\0")


def _write_txn_offset_commit_request_topic_list_v3(w: Write, items: list[TxnOffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_txn_offset_commit_request_partition_list_v3(w, x.partitions)
        w(b"\0")


def _write_txn_offset_commit_request_v3(w: Write, x: TxnOffsetCommitRequest) -> None:
    s = x.transactional_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TransactionalId"))
    w(s)
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_qhiB(x.producer_id, x.producer_epoch, x.generation_id, n) if n < 128 else _p_qhi(x.producer_id, x.producer_epoch, x.generation_id) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_txn_offset_commit_request_topic_list_v3(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[TxnOffsetCommitRequest, int]]]] = {
    0: _read_txn_offset_commit_request_v0,
    1: _read_txn_offset_commit_request_v0,
    2: _read_txn_offset_commit_request_v2,
    3: _read_txn_offset_commit_request_v3,
    4: _read_txn_offset_commit_request_v3,
    5: _read_txn_offset_commit_request_v3,
}
_WRITE: Final[dict[int, Callable[[Write, TxnOffsetCommitRequest], None]]] = {
    0: _write_txn_offset_commit_request_v0,
    1: _write_txn_offset_commit_request_v0,
    2: _write_txn_offset_commit_request_v2,
    3: _write_txn_offset_commit_request_v3,
    4: _write_txn_offset_commit_request_v3,
    5: _write_txn_offset_commit_request_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> TxnOffsetCommitRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("TxnOffsetCommitRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("TxnOffsetCommitRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[TxnOffsetCommitRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("TxnOffsetCommitRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("TxnOffsetCommitRequest", version, len(data), end)
    return message, end


def encode_parts(message: TxnOffsetCommitRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("TxnOffsetCommitRequest", version, exc) from exc
    return parts


def encode(message: TxnOffsetCommitRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("TxnOffsetCommitRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: TxnOffsetCommitRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
