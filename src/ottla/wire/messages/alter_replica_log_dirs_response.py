# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterReplicaLogDirsResponse, API key 34: versions 1 to 2, flexible from 2."""

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
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 34
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihx = Struct(">ihx").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from


class AlterReplicaLogDirPartitionResult(WireStruct):
    __slots__ = ("partition_index", "error_code")
    partition_index: int
    error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code


class AlterReplicaLogDirTopicResult(WireStruct):
    __slots__ = ("topic_name", "partitions")
    topic_name: str
    partitions: list[AlterReplicaLogDirPartitionResult]

    def __init__(
        self,
        topic_name: str = "",
        partitions: list[AlterReplicaLogDirPartitionResult] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class AlterReplicaLogDirsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "results")
    throttle_time_ms: int
    results: list[AlterReplicaLogDirTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        results: list[AlterReplicaLogDirTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is NEW else results


def _read_alter_replica_log_dir_partition_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirPartitionResult], int]:
    out: list[AlterReplicaLogDirPartitionResult] = []
    for _ in range(count):
        partition_index, error_code = _u_ih(buf, pos)
        pos += 6
        out.append(AlterReplicaLogDirPartitionResult(partition_index, error_code))
    return out, pos


def _read_alter_replica_log_dir_topic_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirTopicResult], int]:
    out: list[AlterReplicaLogDirTopicResult] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("TopicName")
        end = pos + n
        topic_name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 6, "Partitions")
        partitions, pos = _read_alter_replica_log_dir_partition_result_list_v1(buf, pos, n) if n else ([], pos)
        out.append(AlterReplicaLogDirTopicResult(topic_name, partitions))
    return out, pos


def _read_alter_replica_log_dirs_response_v1(buf: bytes, pos: int) -> tuple[AlterReplicaLogDirsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Results")
    results, pos = _read_alter_replica_log_dir_topic_result_list_v1(buf, pos, n) if n else ([], pos)
    return AlterReplicaLogDirsResponse(throttle_time_ms, results), pos


def _read_alter_replica_log_dir_partition_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirPartitionResult], int]:
    out: list[AlterReplicaLogDirPartitionResult] = []
    for _ in range(count):
        partition_index, error_code, tags = _u_ihB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterReplicaLogDirPartitionResult(partition_index, error_code))
    return out, pos


def _read_alter_replica_log_dir_topic_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirTopicResult], int]:
    out: list[AlterReplicaLogDirTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 7, "Partitions")
        partitions, pos = _read_alter_replica_log_dir_partition_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterReplicaLogDirTopicResult(topic_name, partitions))
    return out, pos


def _read_alter_replica_log_dirs_response_v2(buf: bytes, pos: int) -> tuple[AlterReplicaLogDirsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Results")
    results, pos = _read_alter_replica_log_dir_topic_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterReplicaLogDirsResponse(throttle_time_ms, results), pos


def _write_alter_replica_log_dir_partition_result_list_v1(w: Write, items: list[AlterReplicaLogDirPartitionResult]) -> None:
    for x in items:
        w(_p_ih(x.partition_index, x.error_code))


def _write_alter_replica_log_dir_topic_result_list_v1(w: Write, items: list[AlterReplicaLogDirTopicResult]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_alter_replica_log_dir_partition_result_list_v1(w, x.partitions)


def _write_alter_replica_log_dirs_response_v1(w: Write, x: AlterReplicaLogDirsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_alter_replica_log_dir_topic_result_list_v1(w, x.results)


def _write_alter_replica_log_dir_partition_result_list_v2(w: Write, items: list[AlterReplicaLogDirPartitionResult]) -> None:
    for x in items:
        w(_p_ihx(x.partition_index, x.error_code))


def _write_alter_replica_log_dir_topic_result_list_v2(w: Write, items: list[AlterReplicaLogDirTopicResult]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_alter_replica_log_dir_partition_result_list_v2(w, x.partitions)
        w(b"\0")


def _write_alter_replica_log_dirs_response_v2(w: Write, x: AlterReplicaLogDirsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_alter_replica_log_dir_topic_result_list_v2(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterReplicaLogDirsResponse, int]]]] = {
    1: _read_alter_replica_log_dirs_response_v1,
    2: _read_alter_replica_log_dirs_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, AlterReplicaLogDirsResponse], None]]] = {
    1: _write_alter_replica_log_dirs_response_v1,
    2: _write_alter_replica_log_dirs_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterReplicaLogDirsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterReplicaLogDirsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterReplicaLogDirsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterReplicaLogDirsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterReplicaLogDirsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterReplicaLogDirsResponse", version, len(data), end)
    return message, end


def encode_parts(message: AlterReplicaLogDirsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterReplicaLogDirsResponse", version, exc) from exc
    return parts


def encode(message: AlterReplicaLogDirsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterReplicaLogDirsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterReplicaLogDirsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
