# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeLogDirsRequest, API key 35: versions 1 to 5, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
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

API_KEY: Final = 35
MIN_VERSION: Final = 1
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class DescribableLogDirTopic(WireStruct):
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


class DescribeLogDirsRequest(WireStruct):
    __slots__ = ("topics",)
    topics: list[DescribableLogDirTopic] | None

    def __init__(
        self,
        topics: list[DescribableLogDirTopic] | None = NEW,
    ) -> None:
        self.topics = [] if topics is NEW else topics


def _read_describable_log_dir_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribableLogDirTopic], int]:
    out: list[DescribableLogDirTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(DescribableLogDirTopic(topic, partitions))
    return out, pos


def _read_describe_log_dirs_request_v1(buf: bytes, pos: int) -> tuple[DescribeLogDirsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topics = None
    else:
        if n > 127:
            check_count(buf, pos, n, 6, "Topics")
        topics, pos = _read_describable_log_dir_topic_list_v1(buf, pos, n) if n else ([], pos)
    return DescribeLogDirsRequest(topics), pos


def _read_describable_log_dir_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribableLogDirTopic], int]:
    out: list[DescribableLogDirTopic] = []
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
        out.append(DescribableLogDirTopic(topic, partitions))
    return out, pos


def _read_describe_log_dirs_request_v2(buf: bytes, pos: int) -> tuple[DescribeLogDirsRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_describable_log_dir_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeLogDirsRequest(topics), pos


def _write_describable_log_dir_topic_list_v1(w: Write, items: list[DescribableLogDirTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_describe_log_dirs_request_v1(w: Write, x: DescribeLogDirsRequest) -> None:
    n = -1 if x.topics is None else len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_describable_log_dir_topic_list_v1(w, x.topics)


def _write_describable_log_dir_topic_list_v2(w: Write, items: list[DescribableLogDirTopic]) -> None:
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


def _write_describe_log_dirs_request_v2(w: Write, x: DescribeLogDirsRequest) -> None:
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_describable_log_dir_topic_list_v2(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeLogDirsRequest, int]]]] = {
    1: _read_describe_log_dirs_request_v1,
    2: _read_describe_log_dirs_request_v2,
    3: _read_describe_log_dirs_request_v2,
    4: _read_describe_log_dirs_request_v2,
    5: _read_describe_log_dirs_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeLogDirsRequest], None]]] = {
    1: _write_describe_log_dirs_request_v1,
    2: _write_describe_log_dirs_request_v2,
    3: _write_describe_log_dirs_request_v2,
    4: _write_describe_log_dirs_request_v2,
    5: _write_describe_log_dirs_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeLogDirsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeLogDirsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeLogDirsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeLogDirsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeLogDirsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeLogDirsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeLogDirsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeLogDirsRequest", version, exc) from exc
    return parts


def encode(message: DescribeLogDirsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeLogDirsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeLogDirsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
