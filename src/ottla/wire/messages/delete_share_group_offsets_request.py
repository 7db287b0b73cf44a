# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteShareGroupOffsetsRequest, API key 92: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
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
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 92
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0



class DeleteShareGroupOffsetsRequestTopic(WireStruct):
    __slots__ = ("topic_name",)
    topic_name: str

    def __init__(
        self,
        topic_name: str = "",
    ) -> None:
        self.topic_name = topic_name


class DeleteShareGroupOffsetsRequest(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[DeleteShareGroupOffsetsRequestTopic]

    def __init__(
        self,
        group_id: str = "",
        topics: list[DeleteShareGroupOffsetsRequestTopic] = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


def _read_delete_share_group_offsets_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteShareGroupOffsetsRequestTopic], int]:
    out: list[DeleteShareGroupOffsetsRequestTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteShareGroupOffsetsRequestTopic(topic_name))
    return out, pos


def _read_delete_share_group_offsets_request_v0(buf: bytes, pos: int) -> tuple[DeleteShareGroupOffsetsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 2, "Topics")
    topics, pos = _read_delete_share_group_offsets_request_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteShareGroupOffsetsRequest(group_id, topics), pos


def _write_delete_share_group_offsets_request_topic_list_v0(w: Write, items: list[DeleteShareGroupOffsetsRequestTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        w(b"\0")


def _write_delete_share_group_offsets_request_v0(w: Write, x: DeleteShareGroupOffsetsRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_delete_share_group_offsets_request_topic_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteShareGroupOffsetsRequest, int]]]] = {
    0: _read_delete_share_group_offsets_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteShareGroupOffsetsRequest], None]]] = {
    0: _write_delete_share_group_offsets_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteShareGroupOffsetsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteShareGroupOffsetsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteShareGroupOffsetsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteShareGroupOffsetsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteShareGroupOffsetsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteShareGroupOffsetsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DeleteShareGroupOffsetsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteShareGroupOffsetsRequest", version, exc) from exc
    return parts


def encode(message: DeleteShareGroupOffsetsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteShareGroupOffsetsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteShareGroupOffsetsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
