# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterShareGroupOffsetsResponse, API key 91: version 0, flexible from 0."""

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
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 91
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_UB = Struct(">16sB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class AlterShareGroupOffsetsResponsePartition(WireStruct):
    __slots__ = ("partition_index", "error_code", "error_message")
    partition_index: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message


class AlterShareGroupOffsetsResponseTopic(WireStruct):
    __slots__ = ("topic_name", "topic_id", "partitions")
    topic_name: str
    topic_id: bytes
    partitions: list[AlterShareGroupOffsetsResponsePartition]

    def __init__(
        self,
        topic_name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[AlterShareGroupOffsetsResponsePartition] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class AlterShareGroupOffsetsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "responses")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    responses: list[AlterShareGroupOffsetsResponseTopic]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        responses: list[AlterShareGroupOffsetsResponseTopic] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.responses = [] if responses is NEW else responses


def _read_alter_share_group_offsets_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterShareGroupOffsetsResponsePartition], int]:
    out: list[AlterShareGroupOffsetsResponsePartition] = []
    for _ in range(count):
        partition_index, error_code, n = _u_ihB(buf, pos)
        pos += 7
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterShareGroupOffsetsResponsePartition(partition_index, error_code, error_message))
    return out, pos


def _read_alter_share_group_offsets_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterShareGroupOffsetsResponseTopic], int]:
    out: list[AlterShareGroupOffsetsResponseTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 8, "Partitions")
        partitions, pos = _read_alter_share_group_offsets_response_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterShareGroupOffsetsResponseTopic(topic_name, topic_id, partitions))
    return out, pos


def _read_alter_share_group_offsets_response_v0(buf: bytes, pos: int) -> tuple[AlterShareGroupOffsetsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if n == 0:
        error_message = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ErrorMessage")
        end = pos + n - 1
        error_message = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 19, "Responses")
    responses, pos = _read_alter_share_group_offsets_response_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterShareGroupOffsetsResponse(throttle_time_ms, error_code, error_message, responses), pos


def _write_alter_share_group_offsets_response_partition_list_v0(w: Write, items: list[AlterShareGroupOffsetsResponsePartition]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition_index, x.error_code, n) if n < 128 else _p_ih(x.partition_index, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_alter_share_group_offsets_response_topic_list_v0(w: Write, items: list[AlterShareGroupOffsetsResponseTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_alter_share_group_offsets_response_partition_list_v0(w, x.partitions)
        w(b"\0")


def _write_alter_share_group_offsets_response_v0(w: Write, x: AlterShareGroupOffsetsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.responses) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.responses:
        _write_alter_share_group_offsets_response_topic_list_v0(w, x.responses)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterShareGroupOffsetsResponse, int]]]] = {
    0: _read_alter_share_group_offsets_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, AlterShareGroupOffsetsResponse], None]]] = {
    0: _write_alter_share_group_offsets_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterShareGroupOffsetsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterShareGroupOffsetsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterShareGroupOffsetsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterShareGroupOffsetsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterShareGroupOffsetsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterShareGroupOffsetsResponse", version, len(data), end)
    return message, end


def encode_parts(message: AlterShareGroupOffsetsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterShareGroupOffsetsResponse", version, exc) from exc
    return parts


def encode(message: AlterShareGroupOffsetsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterShareGroupOffsetsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterShareGroupOffsetsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
