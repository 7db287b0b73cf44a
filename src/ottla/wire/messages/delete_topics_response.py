# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteTopicsResponse, API key 20: versions 1 to 6, flexible from 4."""

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
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 20
MIN_VERSION: Final = 1
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 4

_p_Uh = Struct(">16sh").pack
_p_UhB = Struct(">16shB").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hx = Struct(">hx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_UhB = Struct(">16shB").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class DeletableTopicResult(WireStruct):
    __slots__ = ("name", "topic_id", "error_code", "error_message")
    name: str | None
    topic_id: bytes
    error_code: int
    error_message: str | None

    def __init__(
        self,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message


class DeleteTopicsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "responses")
    throttle_time_ms: int
    responses: list[DeletableTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        responses: list[DeletableTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses = [] if responses is NEW else responses


def _read_deletable_topic_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DeletableTopicResult], int]:
    out: list[DeletableTopicResult] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (error_code,) = _u_h(buf, pos)
        pos += 2
        out.append(DeletableTopicResult(name, ZERO_UUID, error_code, None))
    return out, pos


def _read_delete_topics_response_v1(buf: bytes, pos: int) -> tuple[DeleteTopicsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Responses")
    responses, pos = _read_deletable_topic_result_list_v1(buf, pos, n) if n else ([], pos)
    return DeleteTopicsResponse(throttle_time_ms, responses), pos


def _read_deletable_topic_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DeletableTopicResult], int]:
    out: list[DeletableTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeletableTopicResult(name, ZERO_UUID, error_code, None))
    return out, pos


def _read_delete_topics_response_v4(buf: bytes, pos: int) -> tuple[DeleteTopicsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Responses")
    responses, pos = _read_deletable_topic_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteTopicsResponse(throttle_time_ms, responses), pos


def _read_deletable_topic_result_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[DeletableTopicResult], int]:
    out: list[DeletableTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        error_code, n = _u_hB(buf, pos)
        pos += 3
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
        out.append(DeletableTopicResult(name, ZERO_UUID, error_code, error_message))
    return out, pos


def _read_delete_topics_response_v5(buf: bytes, pos: int) -> tuple[DeleteTopicsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Responses")
    responses, pos = _read_deletable_topic_result_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteTopicsResponse(throttle_time_ms, responses), pos


def _read_deletable_topic_result_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[DeletableTopicResult], int]:
    out: list[DeletableTopicResult] = []
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
        out.append(DeletableTopicResult(name, topic_id, error_code, error_message))
    return out, pos


def _read_delete_topics_response_v6(buf: bytes, pos: int) -> tuple[DeleteTopicsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 21, "Responses")
    responses, pos = _read_deletable_topic_result_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteTopicsResponse(throttle_time_ms, responses), pos


def _write_deletable_topic_result_list_v1(w: Write, items: list[DeletableTopicResult]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_h(x.error_code))


def _write_delete_topics_response_v1(w: Write, x: DeleteTopicsResponse) -> None:
    n = len(x.responses)
    w(_p_ii(x.throttle_time_ms, n))
    if x.responses:
        _write_deletable_topic_result_list_v1(w, x.responses)


def _write_deletable_topic_result_list_v4(w: Write, items: list[DeletableTopicResult]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(_p_hx(x.error_code))


def _write_delete_topics_response_v4(w: Write, x: DeleteTopicsResponse) -> None:
    n = len(x.responses) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.responses:
        _write_deletable_topic_result_list_v4(w, x.responses)
    w(b"\0")


def _write_deletable_topic_result_list_v5(w: Write, items: list[DeletableTopicResult]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_delete_topics_response_v5(w: Write, x: DeleteTopicsResponse) -> None:
    n = len(x.responses) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.responses:
        _write_deletable_topic_result_list_v5(w, x.responses)
    w(b"\0")


def _write_deletable_topic_result_list_v6(w: Write, items: list[DeletableTopicResult]) -> None:
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
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_UhB(x.topic_id, x.error_code, n) if n < 128 else _p_Uh(x.topic_id, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_delete_topics_response_v6(w: Write, x: DeleteTopicsResponse) -> None:
    n = len(x.responses) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.responses:
        _write_deletable_topic_result_list_v6(w, x.responses)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteTopicsResponse, int]]]] = {
    1: _read_delete_topics_response_v1,
    2: _read_delete_topics_response_v1,
    3: _read_delete_topics_response_v1,
    4: _read_delete_topics_response_v4,
    5: _read_delete_topics_response_v5,
    6: _read_delete_topics_response_v6,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteTopicsResponse], None]]] = {
    1: _write_delete_topics_response_v1,
    2: _write_delete_topics_response_v1,
    3: _write_delete_topics_response_v1,
    4: _write_delete_topics_response_v4,
    5: _write_delete_topics_response_v5,
    6: _write_delete_topics_response_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteTopicsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteTopicsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteTopicsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteTopicsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteTopicsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteTopicsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DeleteTopicsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteTopicsResponse", version, exc) from exc
    return parts


def encode(message: DeleteTopicsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteTopicsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteTopicsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
