# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteShareGroupOffsetsResponse, API key 92: version 0, flexible from 0."""

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

API_KEY: Final = 92
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Uh = Struct(">16sh").pack
_p_UhB = Struct(">16shB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_UhB = Struct(">16shB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class DeleteShareGroupOffsetsResponseTopic(WireStruct):
    __slots__ = ("topic_name", "topic_id", "error_code", "error_message")
    topic_name: str
    topic_id: bytes
    error_code: int
    error_message: str | None

    def __init__(
        self,
        topic_name: str = "",
        topic_id: bytes = ZERO_UUID,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message


class DeleteShareGroupOffsetsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "responses")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    responses: list[DeleteShareGroupOffsetsResponseTopic]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        responses: list[DeleteShareGroupOffsetsResponseTopic] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.responses = [] if responses is NEW else responses


def _read_delete_share_group_offsets_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteShareGroupOffsetsResponseTopic], int]:
    out: list[DeleteShareGroupOffsetsResponseTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        topic_id, error_code, n = _u_UhB(buf, pos)
        pos += 19
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
        out.append(DeleteShareGroupOffsetsResponseTopic(topic_name, topic_id, error_code, error_message))
    return out, pos


def _read_delete_share_group_offsets_response_v0(buf: bytes, pos: int) -> tuple[DeleteShareGroupOffsetsResponse, int]:
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
        n, pos = long_count(buf, pos, n, 21, "Responses")
    responses, pos = _read_delete_share_group_offsets_response_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteShareGroupOffsetsResponse(throttle_time_ms, error_code, error_message, responses), pos


def _write_delete_share_group_offsets_response_topic_list_v0(w: Write, items: list[DeleteShareGroupOffsetsResponseTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_UhB(x.topic_id, x.error_code, n) if n < 128 else _p_Uh(x.topic_id, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_delete_share_group_offsets_response_v0(w: Write, x: DeleteShareGroupOffsetsResponse) -> None:
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
        _write_delete_share_group_offsets_response_topic_list_v0(w, x.responses)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteShareGroupOffsetsResponse, int]]]] = {
    0: _read_delete_share_group_offsets_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteShareGroupOffsetsResponse], None]]] = {
    0: _write_delete_share_group_offsets_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteShareGroupOffsetsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteShareGroupOffsetsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteShareGroupOffsetsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteShareGroupOffsetsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteShareGroupOffsetsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteShareGroupOffsetsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DeleteShareGroupOffsetsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteShareGroupOffsetsResponse", version, exc) from exc
    return parts


def encode(message: DeleteShareGroupOffsetsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteShareGroupOffsetsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteShareGroupOffsetsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
