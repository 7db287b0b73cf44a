# Generated from table.txt by ottla.wire.generator; do not edit.
"""WriteShareGroupStateResponse, API key 85: versions 0 to 1, flexible from 0."""

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

API_KEY: Final = 85
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_UB = Struct(">16sB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class PartitionResult(WireStruct):
    __slots__ = ("partition", "error_code", "error_message")
    partition: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        partition: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.partition = partition
        self.error_code = error_code
        self.error_message = error_message


class WriteStateResult(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[PartitionResult]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionResult] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class WriteShareGroupStateResponse(WireStruct):
    __slots__ = ("results",)
    results: list[WriteStateResult]

    def __init__(
        self,
        results: list[WriteStateResult] = NEW,
    ) -> None:
        self.results = [] if results is NEW else results


def _read_partition_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionResult], int]:
    out: list[PartitionResult] = []
    for _ in range(count):
        partition, error_code, n = _u_ihB(buf, pos)
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
        out.append(PartitionResult(partition, error_code, error_message))
    return out, pos


def _read_write_state_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[WriteStateResult], int]:
    out: list[WriteStateResult] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 8, "Partitions")
        partitions, pos = _read_partition_result_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WriteStateResult(topic_id, partitions))
    return out, pos


def _read_write_share_group_state_response_v0(buf: bytes, pos: int) -> tuple[WriteShareGroupStateResponse, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Results")
    results, pos = _read_write_state_result_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteShareGroupStateResponse(results), pos


def _write_partition_result_list_v0(w: Write, items: list[PartitionResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition, x.error_code, n) if n < 128 else _p_ih(x.partition, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_write_state_result_list_v0(w: Write, items: list[WriteStateResult]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_result_list_v0(w, x.partitions)
        w(b"\0")


def _write_write_share_group_state_response_v0(w: Write, x: WriteShareGroupStateResponse) -> None:
    n = len(x.results) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.results:
        _write_write_state_result_list_v0(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[WriteShareGroupStateResponse, int]]]] = {
    0: _read_write_share_group_state_response_v0,
    1: _read_write_share_group_state_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, WriteShareGroupStateResponse], None]]] = {
    0: _write_write_share_group_state_response_v0,
    1: _write_write_share_group_state_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> WriteShareGroupStateResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteShareGroupStateResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("WriteShareGroupStateResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[WriteShareGroupStateResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteShareGroupStateResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("WriteShareGroupStateResponse", version, len(data), end)
    return message, end


def encode_parts(message: WriteShareGroupStateResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteShareGroupStateResponse", version, exc) from exc
    return parts


def encode(message: WriteShareGroupStateResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteShareGroupStateResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: WriteShareGroupStateResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
