# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteTopicsRequest, API key 20: versions 1 to 6, flexible from 4."""

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
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    read_compact_strings,
    read_strings,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
    write_compact_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 20
MIN_VERSION: Final = 1
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 4

_p_Ux = Struct(">16sx").pack
_p_i = Struct(">i").pack
_p_ix = Struct(">ix").pack
_u_UB = Struct(">16sB").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from


class DeleteTopicState(WireStruct):
    __slots__ = ("name", "topic_id")
    name: str | None
    topic_id: bytes

    def __init__(
        self,
        name: str | None = None,
        topic_id: bytes = ZERO_UUID,
    ) -> None:
        self.name = name
        self.topic_id = topic_id


class DeleteTopicsRequest(WireStruct):
    __slots__ = ("topics", "topic_names", "timeout_ms")
    topics: list[DeleteTopicState]
    topic_names: list[str]
    timeout_ms: int

    def __init__(
        self,
        topics: list[DeleteTopicState] = NEW,
        topic_names: list[str] = NEW,
        timeout_ms: int = 0,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.topic_names = [] if topic_names is NEW else topic_names
        self.timeout_ms = timeout_ms


def _read_delete_topics_request_v1(buf: bytes, pos: int) -> tuple[DeleteTopicsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "TopicNames")
    topic_names, pos = read_strings(buf, pos, n, "TopicNames")
    (timeout_ms,) = _u_i(buf, pos)
    pos += 4
    return DeleteTopicsRequest([], topic_names, timeout_ms), pos


def _read_delete_topics_request_v4(buf: bytes, pos: int) -> tuple[DeleteTopicsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "TopicNames")
    topic_names, pos = read_compact_strings(buf, pos, n - 1, "TopicNames")
    timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteTopicsRequest([], topic_names, timeout_ms), pos


def _read_delete_topic_state_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[DeleteTopicState], int]:
    out: list[DeleteTopicState] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if n == 0:
            name = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Name")
            end = pos + n - 1
            name = buf[pos:end].decode()
            pos = end
        topic_id, tags = _u_UB(buf, pos)
        pos += 17
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteTopicState(name, topic_id))
    return out, pos


def _read_delete_topics_request_v6(buf: bytes, pos: int) -> tuple[DeleteTopicsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_delete_topic_state_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteTopicsRequest(topics, [], timeout_ms), pos


def _write_delete_topics_request_v1(w: Write, x: DeleteTopicsRequest) -> None:
    if x.topics:
        raise absent_fault("Topics")
    n = len(x.topic_names)
    w(_p_i(n))
    if x.topic_names:
        write_strings(w, x.topic_names, "TopicNames")
    w(_p_i(x.timeout_ms))


def _write_delete_topics_request_v4(w: Write, x: DeleteTopicsRequest) -> None:
    if x.topics:
        raise absent_fault("Topics")
    n = len(x.topic_names) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topic_names:
        write_compact_strings(w, x.topic_names, "TopicNames")
    w(_p_ix(x.timeout_ms))


def _write_delete_topic_state_list_v6(w: Write, items: list[DeleteTopicState]) -> None:
    for x in items:
        if x.name is None:
            s = b""
            n = 0
        else:
            s = x.name.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        w(_p_Ux(x.topic_id))


def _write_delete_topics_request_v6(w: Write, x: DeleteTopicsRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_delete_topic_state_list_v6(w, x.topics)
    w(_p_ix(x.timeout_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteTopicsRequest, int]]]] = {
    1: _read_delete_topics_request_v1,
    2: _read_delete_topics_request_v1,
    3: _read_delete_topics_request_v1,
    4: _read_delete_topics_request_v4,
    5: _read_delete_topics_request_v4,
    6: _read_delete_topics_request_v6,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteTopicsRequest], None]]] = {
    1: _write_delete_topics_request_v1,
    2: _write_delete_topics_request_v1,
    3: _write_delete_topics_request_v1,
    4: _write_delete_topics_request_v4,
    5: _write_delete_topics_request_v4,
    6: _write_delete_topics_request_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteTopicsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteTopicsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteTopicsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteTopicsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteTopicsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteTopicsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DeleteTopicsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteTopicsRequest", version, exc) from exc
    return parts


def encode(message: DeleteTopicsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteTopicsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteTopicsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
