# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterPartitionReassignmentsResponse, API key 45: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
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

API_KEY: Final = 45
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_iZh = Struct(">i?h").pack
_p_iZhB = Struct(">i?hB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_iZhB = Struct(">i?hB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class ReassignablePartitionResponse(WireStruct):
    __slots__ = ("partition_index", "error_code", "error_message")
    partition_index: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message


class ReassignableTopicResponse(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[ReassignablePartitionResponse]

    def __init__(
        self,
        name: str = "",
        partitions: list[ReassignablePartitionResponse] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class AlterPartitionReassignmentsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "allow_replication_factor_change", "error_code", "error_message", "responses")
    throttle_time_ms: int
    allow_replication_factor_change: bool
    error_code: int
    error_message: str | None
    responses: list[ReassignableTopicResponse]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        allow_replication_factor_change: bool = True,
        error_code: int = 0,
        error_message: str | None = "",
        responses: list[ReassignableTopicResponse] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.allow_replication_factor_change = allow_replication_factor_change
        self.error_code = error_code
        self.error_message = error_message
        self.responses = [] if responses is NEW else responses


def _read_reassignable_partition_response_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReassignablePartitionResponse], int]:
    out: list[ReassignablePartitionResponse] = []
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
        out.append(ReassignablePartitionResponse(partition_index, error_code, error_message))
    return out, pos


def _read_reassignable_topic_response_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReassignableTopicResponse], int]:
    out: list[ReassignableTopicResponse] = []
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
            n, pos = long_count(buf, pos, n, 8, "Partitions")
        partitions, pos = _read_reassignable_partition_response_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReassignableTopicResponse(name, partitions))
    return out, pos


def _read_alter_partition_reassignments_response_v0(buf: bytes, pos: int) -> tuple[AlterPartitionReassignmentsResponse, int]:
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
        n, pos = long_count(buf, pos, n, 3, "Responses")
    responses, pos = _read_reassignable_topic_response_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterPartitionReassignmentsResponse(throttle_time_ms, True, error_code, error_message, responses), pos


def _read_alter_partition_reassignments_response_v1(buf: bytes, pos: int) -> tuple[AlterPartitionReassignmentsResponse, int]:
    throttle_time_ms, allow_replication_factor_change, error_code, n = _u_iZhB(buf, pos)
    pos += 8
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
        n, pos = long_count(buf, pos, n, 3, "Responses")
    responses, pos = _read_reassignable_topic_response_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterPartitionReassignmentsResponse(throttle_time_ms, allow_replication_factor_change, error_code, error_message, responses), pos


def _write_reassignable_partition_response_list_v0(w: Write, items: list[ReassignablePartitionResponse]) -> None:
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


def _write_reassignable_topic_response_list_v0(w: Write, items: list[ReassignableTopicResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_reassignable_partition_response_list_v0(w, x.partitions)
        w(b"\0")


def _write_alter_partition_reassignments_response_v0(w: Write, x: AlterPartitionReassignmentsResponse) -> None:
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
        _write_reassignable_topic_response_list_v0(w, x.responses)
    w(b"\0")


def _write_alter_partition_reassignments_response_v1(w: Write, x: AlterPartitionReassignmentsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_iZhB(x.throttle_time_ms, x.allow_replication_factor_change, x.error_code, n) if n < 128 else _p_iZh(x.throttle_time_ms, x.allow_replication_factor_change, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.responses) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.responses:
        _write_reassignable_topic_response_list_v0(w, x.responses)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterPartitionReassignmentsResponse, int]]]] = {
    0: _read_alter_partition_reassignments_response_v0,
    1: _read_alter_partition_reassignments_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, AlterPartitionReassignmentsResponse], None]]] = {
    0: _write_alter_partition_reassignments_response_v0,
    1: _write_alter_partition_reassignments_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterPartitionReassignmentsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterPartitionReassignmentsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterPartitionReassignmentsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterPartitionReassignmentsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterPartitionReassignmentsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterPartitionReassignmentsResponse", version, len(data), end)
    return message, end


def encode_parts(message: AlterPartitionReassignmentsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterPartitionReassignmentsResponse", version, exc) from exc
    return parts


def encode(message: AlterPartitionReassignmentsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterPartitionReassignmentsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterPartitionReassignmentsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
