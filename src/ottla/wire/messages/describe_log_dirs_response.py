# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeLogDirsResponse, API key 35: versions 1 to 5, flexible from 2."""

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

API_KEY: Final = 35
MIN_VERSION: Final = 1
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ii = Struct(">ii").pack
_p_iqqZ = Struct(">iqq?").pack
_p_iqqZx = Struct(">iqq?x").pack
_p_qqZx = Struct(">qq?x").pack
_p_qqx = Struct(">qqx").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iqqZ = Struct(">iqq?").unpack_from
_u_iqqZB = Struct(">iqq?B").unpack_from
_u_qqB = Struct(">qqB").unpack_from
_u_qqZB = Struct(">qq?B").unpack_from


class DescribeLogDirsPartition(WireStruct):
    __slots__ = ("partition_index", "partition_size", "offset_lag", "is_future_key")
    partition_index: int
    partition_size: int
    offset_lag: int
    is_future_key: bool

    def __init__(
        self,
        partition_index: int = 0,
        partition_size: int = 0,
        offset_lag: int = 0,
        is_future_key: bool = False,
    ) -> None:
        self.partition_index = partition_index
        self.partition_size = partition_size
        self.offset_lag = offset_lag
        self.is_future_key = is_future_key


class DescribeLogDirsTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[DescribeLogDirsPartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[DescribeLogDirsPartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class DescribeLogDirsResult(WireStruct):
    __slots__ = ("error_code", "log_dir", "topics", "total_bytes", "usable_bytes", "is_cordoned")
    error_code: int
    log_dir: str
    topics: list[DescribeLogDirsTopic]
    total_bytes: int
    usable_bytes: int
    is_cordoned: bool

    def __init__(
        self,
        error_code: int = 0,
        log_dir: str = "",
        topics: list[DescribeLogDirsTopic] = NEW,
        total_bytes: int = -1,
        usable_bytes: int = -1,
        is_cordoned: bool = False,
    ) -> None:
        self.error_code = error_code
        self.log_dir = log_dir
        self.topics = [] if topics is NEW else topics
        self.total_bytes = total_bytes
        self.usable_bytes = usable_bytes
        self.is_cordoned = is_cordoned


class DescribeLogDirsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "results")
    throttle_time_ms: int
    error_code: int
    results: list[DescribeLogDirsResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        results: list[DescribeLogDirsResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.results = [] if results is NEW else results


def _read_describe_log_dirs_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsPartition], int]:
    out: list[DescribeLogDirsPartition] = []
    for _ in range(count):
        partition_index, partition_size, offset_lag, is_future_key = _u_iqqZ(buf, pos)
        pos += 21
        out.append(DescribeLogDirsPartition(partition_index, partition_size, offset_lag, is_future_key))
    return out, pos


def _read_describe_log_dirs_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsTopic], int]:
    out: list[DescribeLogDirsTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 21, "Partitions")
        partitions, pos = _read_describe_log_dirs_partition_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribeLogDirsTopic(name, partitions))
    return out, pos


def _read_describe_log_dirs_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsResult], int]:
    out: list[DescribeLogDirsResult] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("LogDir")
        end = pos + n
        log_dir = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 6, "Topics")
        topics, pos = _read_describe_log_dirs_topic_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribeLogDirsResult(error_code, log_dir, topics, -1, -1, False))
    return out, pos


def _read_describe_log_dirs_response_v1(buf: bytes, pos: int) -> tuple[DescribeLogDirsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Results")
    results, pos = _read_describe_log_dirs_result_list_v1(buf, pos, n) if n else ([], pos)
    return DescribeLogDirsResponse(throttle_time_ms, 0, results), pos


def _read_describe_log_dirs_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsPartition], int]:
    out: list[DescribeLogDirsPartition] = []
    for _ in range(count):
        partition_index, partition_size, offset_lag, is_future_key, tags = _u_iqqZB(buf, pos)
        pos += 22
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeLogDirsPartition(partition_index, partition_size, offset_lag, is_future_key))
    return out, pos


def _read_describe_log_dirs_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsTopic], int]:
    out: list[DescribeLogDirsTopic] = []
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
            n, pos = long_count(buf, pos, n, 22, "Partitions")
        partitions, pos = _read_describe_log_dirs_partition_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeLogDirsTopic(name, partitions))
    return out, pos


def _read_describe_log_dirs_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsResult], int]:
    out: list[DescribeLogDirsResult] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "LogDir")
        end = pos + n - 1
        log_dir = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_describe_log_dirs_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeLogDirsResult(error_code, log_dir, topics, -1, -1, False))
    return out, pos


def _read_describe_log_dirs_response_v2(buf: bytes, pos: int) -> tuple[DescribeLogDirsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Results")
    results, pos = _read_describe_log_dirs_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeLogDirsResponse(throttle_time_ms, 0, results), pos


def _read_describe_log_dirs_response_v3(buf: bytes, pos: int) -> tuple[DescribeLogDirsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Results")
    results, pos = _read_describe_log_dirs_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeLogDirsResponse(throttle_time_ms, error_code, results), pos


def _read_describe_log_dirs_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsResult], int]:
    out: list[DescribeLogDirsResult] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "LogDir")
        end = pos + n - 1
        log_dir = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_describe_log_dirs_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        total_bytes, usable_bytes, tags = _u_qqB(buf, pos)
        pos += 17
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeLogDirsResult(error_code, log_dir, topics, total_bytes, usable_bytes, False))
    return out, pos


def _read_describe_log_dirs_response_v4(buf: bytes, pos: int) -> tuple[DescribeLogDirsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 21, "Results")
    results, pos = _read_describe_log_dirs_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeLogDirsResponse(throttle_time_ms, error_code, results), pos


def _read_describe_log_dirs_result_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[DescribeLogDirsResult], int]:
    out: list[DescribeLogDirsResult] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "LogDir")
        end = pos + n - 1
        log_dir = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_describe_log_dirs_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        total_bytes, usable_bytes, is_cordoned, tags = _u_qqZB(buf, pos)
        pos += 18
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeLogDirsResult(error_code, log_dir, topics, total_bytes, usable_bytes, is_cordoned))
    return out, pos


def _read_describe_log_dirs_response_v5(buf: bytes, pos: int) -> tuple[DescribeLogDirsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 22, "Results")
    results, pos = _read_describe_log_dirs_result_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeLogDirsResponse(throttle_time_ms, error_code, results), pos


def _write_describe_log_dirs_partition_list_v1(w: Write, items: list[DescribeLogDirsPartition]) -> None:
    for x in items:
        w(_p_iqqZ(x.partition_index, x.partition_size, x.offset_lag, x.is_future_key))


def _write_describe_log_dirs_topic_list_v1(w: Write, items: list[DescribeLogDirsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_describe_log_dirs_partition_list_v1(w, x.partitions)


def _write_describe_log_dirs_result_list_v1(w: Write, items: list[DescribeLogDirsResult]) -> None:
    for x in items:
        s = x.log_dir.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.topics)
        w(_p_i(n))
        if x.topics:
            _write_describe_log_dirs_topic_list_v1(w, x.topics)


def _write_describe_log_dirs_response_v1(w: Write, x: DescribeLogDirsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_describe_log_dirs_result_list_v1(w, x.results)


def _write_describe_log_dirs_partition_list_v2(w: Write, items: list[DescribeLogDirsPartition]) -> None:
    for x in items:
        w(_p_iqqZx(x.partition_index, x.partition_size, x.offset_lag, x.is_future_key))


def _write_describe_log_dirs_topic_list_v2(w: Write, items: list[DescribeLogDirsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_describe_log_dirs_partition_list_v2(w, x.partitions)
        w(b"\0")


def _write_describe_log_dirs_result_list_v2(w: Write, items: list[DescribeLogDirsResult]) -> None:
    for x in items:
        s = x.log_dir.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "LogDir"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_log_dirs_topic_list_v2(w, x.topics)
        w(b"\0")


def _write_describe_log_dirs_response_v2(w: Write, x: DescribeLogDirsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_describe_log_dirs_result_list_v2(w, x.results)
    w(b"\0")


def _write_describe_log_dirs_response_v3(w: Write, x: DescribeLogDirsResponse) -> None:
    n = len(x.results) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.results:
        _write_describe_log_dirs_result_list_v2(w, x.results)
    w(b"\0")


def _write_describe_log_dirs_result_list_v4(w: Write, items: list[DescribeLogDirsResult]) -> None:
    for x in items:
        s = x.log_dir.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "LogDir"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_log_dirs_topic_list_v2(w, x.topics)
        w(_p_qqx(x.total_bytes, x.usable_bytes))


def _write_describe_log_dirs_response_v4(w: Write, x: DescribeLogDirsResponse) -> None:
    n = len(x.results) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.results:
        _write_describe_log_dirs_result_list_v4(w, x.results)
    w(b"\0")


def _write_describe_log_dirs_result_list_v5(w: Write, items: list[DescribeLogDirsResult]) -> None:
    for x in items:
        s = x.log_dir.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "LogDir"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_log_dirs_topic_list_v2(w, x.topics)
        w(_p_qqZx(x.total_bytes, x.usable_bytes, x.is_cordoned))


def _write_describe_log_dirs_response_v5(w: Write, x: DescribeLogDirsResponse) -> None:
    n = len(x.results) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.results:
        _write_describe_log_dirs_result_list_v5(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeLogDirsResponse, int]]]] = {
    1: _read_describe_log_dirs_response_v1,
    2: _read_describe_log_dirs_response_v2,
    3: _read_describe_log_dirs_response_v3,
    4: _read_describe_log_dirs_response_v4,
    5: _read_describe_log_dirs_response_v5,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeLogDirsResponse], None]]] = {
    1: _write_describe_log_dirs_response_v1,
    2: _write_describe_log_dirs_response_v2,
    3: _write_describe_log_dirs_response_v3,
    4: _write_describe_log_dirs_response_v4,
    5: _write_describe_log_dirs_response_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeLogDirsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeLogDirsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeLogDirsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeLogDirsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeLogDirsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeLogDirsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeLogDirsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeLogDirsResponse", version, exc) from exc
    return parts


def encode(message: DescribeLogDirsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeLogDirsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeLogDirsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
