# Generated from table.txt by ottla.wire.generator; do not edit.
"""ShareFetchRequest, API key 78: versions 1 to 2, flexible from 0."""

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
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    pack_int32s,
    pack_numbers,
    read_int32s,
    read_numbers,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 78
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iiiiii = Struct(">iiiiii").pack
_p_iiiiiiB = Struct(">iiiiiiB").pack
_p_iiiiiibZ = Struct(">iiiiiib?").pack
_p_iiiiiibZB = Struct(">iiiiiib?B").pack
_p_qq = Struct(">qq").pack
_p_qqB = Struct(">qqB").pack
_u_UB = Struct(">16sB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iiiiiiB = Struct(">iiiiiiB").unpack_from
_u_iiiiiibZB = Struct(">iiiiiib?B").unpack_from
_u_qqB = Struct(">qqB").unpack_from


class AcknowledgementBatch(WireStruct):
    __slots__ = ("first_offset", "last_offset", "acknowledge_types")
    first_offset: int
    last_offset: int
    acknowledge_types: list[int]

    def __init__(
        self,
        first_offset: int = 0,
        last_offset: int = 0,
        acknowledge_types: list[int] = NEW,
    ) -> None:
        self.first_offset = first_offset
        self.last_offset = last_offset
        self.acknowledge_types = [] if acknowledge_types is NEW else acknowledge_types


class FetchPartition(WireStruct):
    __slots__ = ("partition_index", "acknowledgement_batches")
    partition_index: int
    acknowledgement_batches: list[AcknowledgementBatch]

    def __init__(
        self,
        partition_index: int = 0,
        acknowledgement_batches: list[AcknowledgementBatch] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.acknowledgement_batches = [] if acknowledgement_batches is NEW else acknowledgement_batches


class FetchTopic(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[FetchPartition]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[FetchPartition] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class ForgottenTopic(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[int]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[int] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class ShareFetchRequest(WireStruct):
    __slots__ = ("group_id", "member_id", "share_session_epoch", "max_wait_ms", "min_bytes", "max_bytes", "max_records", "batch_size", "share_acquire_mode", "is_renew_ack", "topics", "forgotten_topics_data")
    group_id: str | None
    member_id: str | None
    share_session_epoch: int
    max_wait_ms: int
    min_bytes: int
    max_bytes: int
    max_records: int
    batch_size: int
    share_acquire_mode: int
    is_renew_ack: bool
    topics: list[FetchTopic]
    forgotten_topics_data: list[ForgottenTopic]

    def __init__(
        self,
        group_id: str | None = None,
        member_id: str | None = "",
        share_session_epoch: int = 0,
        max_wait_ms: int = 0,
        min_bytes: int = 0,
        max_bytes: int = 2147483647,
        max_records: int = 0,
        batch_size: int = 0,
        share_acquire_mode: int = 0,
        is_renew_ack: bool = False,
        topics: list[FetchTopic] = NEW,
        forgotten_topics_data: list[ForgottenTopic] = NEW,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.share_session_epoch = share_session_epoch
        self.max_wait_ms = max_wait_ms
        self.min_bytes = min_bytes
        self.max_bytes = max_bytes
        self.max_records = max_records
        self.batch_size = batch_size
        self.share_acquire_mode = share_acquire_mode
        self.is_renew_ack = is_renew_ack
        self.topics = [] if topics is NEW else topics
        self.forgotten_topics_data = [] if forgotten_topics_data is NEW else forgotten_topics_data


def _read_acknowledgement_batch_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AcknowledgementBatch], int]:
    out: list[AcknowledgementBatch] = []
    for _ in range(count):
        first_offset, last_offset, n = _u_qqB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 1, "AcknowledgeTypes")
        acknowledge_types = read_numbers(buf, pos, n - 1, "b")
        pos += (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AcknowledgementBatch(first_offset, last_offset, acknowledge_types))
    return out, pos


def _read_fetch_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition_index, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "AcknowledgementBatches")
        acknowledgement_batches, pos = _read_acknowledgement_batch_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchPartition(partition_index, acknowledgement_batches))
    return out, pos


def _read_fetch_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "Partitions")
        partitions, pos = _read_fetch_partition_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchTopic(topic_id, partitions))
    return out, pos


def _read_forgotten_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ForgottenTopic], int]:
    out: list[ForgottenTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ForgottenTopic(topic_id, partitions))
    return out, pos


def _read_share_fetch_request_v1(buf: bytes, pos: int) -> tuple[ShareFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        group_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        member_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
    share_session_epoch, max_wait_ms, min_bytes, max_bytes, max_records, batch_size, n = _u_iiiiiiB(buf, pos)
    pos += 25
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ShareFetchRequest(group_id, member_id, share_session_epoch, max_wait_ms, min_bytes, max_bytes, max_records, batch_size, 0, False, topics, forgotten_topics_data), pos


def _read_share_fetch_request_v2(buf: bytes, pos: int) -> tuple[ShareFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        group_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        member_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
    share_session_epoch, max_wait_ms, min_bytes, max_bytes, max_records, batch_size, share_acquire_mode, is_renew_ack, n = _u_iiiiiibZB(buf, pos)
    pos += 27
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ShareFetchRequest(group_id, member_id, share_session_epoch, max_wait_ms, min_bytes, max_bytes, max_records, batch_size, share_acquire_mode, is_renew_ack, topics, forgotten_topics_data), pos


def _write_acknowledgement_batch_list_v1(w: Write, items: list[AcknowledgementBatch]) -> None:
    for x in items:
        n = len(x.acknowledge_types) + 1
        w(_p_qqB(x.first_offset, x.last_offset, n) if n < 128 else _p_qq(x.first_offset, x.last_offset) + uvarint(n))
        if x.acknowledge_types:
            w(pack_numbers(x.acknowledge_types, "b"))
        w(b"\0")


def _write_fetch_partition_list_v1(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        n = len(x.acknowledgement_batches) + 1
        w(_p_iB(x.partition_index, n) if n < 128 else _p_i(x.partition_index) + uvarint(n))
        if x.acknowledgement_batches:
            _write_acknowledgement_batch_list_v1(w, x.acknowledgement_batches)
        w(b"\0")


def _write_fetch_topic_list_v1(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_fetch_partition_list_v1(w, x.partitions)
        w(b"\0")


def _write_forgotten_topic_list_v1(w: Write, items: list[ForgottenTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_share_fetch_request_v1(w: Write, x: ShareFetchRequest) -> None:
    if x.is_renew_ack:
        raise absent_fault("IsRenewAck")
    if x.group_id is None:
        s = b""
        n = 0
    else:
        s = x.group_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    if x.member_id is None:
        s = b""
        n = 0
    else:
        s = x.member_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iiiiiiB(x.share_session_epoch, x.max_wait_ms, x.min_bytes, x.max_bytes, x.max_records, x.batch_size, n) if n < 128 else _p_iiiiii(x.share_session_epoch, x.max_wait_ms, x.min_bytes, x.max_bytes, x.max_records, x.batch_size) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v1(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v1(w, x.forgotten_topics_data)
    w(b"\0")


def _write_share_fetch_request_v2(w: Write, x: ShareFetchRequest) -> None:
    if x.group_id is None:
        s = b""
        n = 0
    else:
        s = x.group_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    if x.member_id is None:
        s = b""
        n = 0
    else:
        s = x.member_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iiiiiibZB(x.share_session_epoch, x.max_wait_ms, x.min_bytes, x.max_bytes, x.max_records, x.batch_size, x.share_acquire_mode, x.is_renew_ack, n) if n < 128 else _p_iiiiiibZ(x.share_session_epoch, x.max_wait_ms, x.min_bytes, x.max_bytes, x.max_records, x.batch_size, x.share_acquire_mode, x.is_renew_ack) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v1(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v1(w, x.forgotten_topics_data)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ShareFetchRequest, int]]]] = {
    1: _read_share_fetch_request_v1,
    2: _read_share_fetch_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ShareFetchRequest], None]]] = {
    1: _write_share_fetch_request_v1,
    2: _write_share_fetch_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ShareFetchRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareFetchRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ShareFetchRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ShareFetchRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareFetchRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ShareFetchRequest", version, len(data), end)
    return message, end


def encode_parts(message: ShareFetchRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareFetchRequest", version, exc) from exc
    return parts


def encode(message: ShareFetchRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareFetchRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ShareFetchRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
