# Generated from table.txt by ottla.wire.generator; do not edit.
"""ElectLeadersResponse, API key 43: versions 0 to 2, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
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

API_KEY: Final = 43
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihh = Struct(">ihh").pack
_p_ihi = Struct(">ihi").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihh = Struct(">ihh").unpack_from
_u_ihi = Struct(">ihi").unpack_from
_u_ii = Struct(">ii").unpack_from


class PartitionResult(WireStruct):
    __slots__ = ("partition_id", "error_code", "error_message")
    partition_id: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        partition_id: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.partition_id = partition_id
        self.error_code = error_code
        self.error_message = error_message


class ReplicaElectionResult(WireStruct):
    __slots__ = ("topic", "partition_result")
    topic: str
    partition_result: list[PartitionResult]

    def __init__(
        self,
        topic: str = "",
        partition_result: list[PartitionResult] = NEW,
    ) -> None:
        self.topic = topic
        self.partition_result = [] if partition_result is NEW else partition_result


class ElectLeadersResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "replica_election_results")
    throttle_time_ms: int
    error_code: int
    replica_election_results: list[ReplicaElectionResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        replica_election_results: list[ReplicaElectionResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.replica_election_results = [] if replica_election_results is NEW else replica_election_results


def _read_partition_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionResult], int]:
    out: list[PartitionResult] = []
    for _ in range(count):
        partition_id, error_code, n = _u_ihh(buf, pos)
        pos += 8
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        out.append(PartitionResult(partition_id, error_code, error_message))
    return out, pos


def _read_replica_election_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReplicaElectionResult], int]:
    out: list[ReplicaElectionResult] = []
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
            check_count(buf, pos, n, 8, "PartitionResult")
        partition_result, pos = _read_partition_result_list_v0(buf, pos, n) if n else ([], pos)
        out.append(ReplicaElectionResult(topic, partition_result))
    return out, pos


def _read_elect_leaders_response_v0(buf: bytes, pos: int) -> tuple[ElectLeadersResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ReplicaElectionResults")
    replica_election_results, pos = _read_replica_election_result_list_v0(buf, pos, n) if n else ([], pos)
    return ElectLeadersResponse(throttle_time_ms, 0, replica_election_results), pos


def _read_elect_leaders_response_v1(buf: bytes, pos: int) -> tuple[ElectLeadersResponse, int]:
    throttle_time_ms, error_code, n = _u_ihi(buf, pos)
    pos += 10
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ReplicaElectionResults")
    replica_election_results, pos = _read_replica_election_result_list_v0(buf, pos, n) if n else ([], pos)
    return ElectLeadersResponse(throttle_time_ms, error_code, replica_election_results), pos


def _read_partition_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[PartitionResult], int]:
    out: list[PartitionResult] = []
    for _ in range(count):
        partition_id, error_code, n = _u_ihB(buf, pos)
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
        out.append(PartitionResult(partition_id, error_code, error_message))
    return out, pos


def _read_replica_election_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[ReplicaElectionResult], int]:
    out: list[ReplicaElectionResult] = []
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
            n, pos = long_count(buf, pos, n, 8, "PartitionResult")
        partition_result, pos = _read_partition_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReplicaElectionResult(topic, partition_result))
    return out, pos


def _read_elect_leaders_response_v2(buf: bytes, pos: int) -> tuple[ElectLeadersResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ReplicaElectionResults")
    replica_election_results, pos = _read_replica_election_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ElectLeadersResponse(throttle_time_ms, error_code, replica_election_results), pos


def _write_partition_result_list_v0(w: Write, items: list[PartitionResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_ihh(x.partition_id, x.error_code, n))
        w(s)


def _write_replica_election_result_list_v0(w: Write, items: list[ReplicaElectionResult]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_result)
        w(_p_i(n))
        if x.partition_result:
            _write_partition_result_list_v0(w, x.partition_result)


def _write_elect_leaders_response_v0(w: Write, x: ElectLeadersResponse) -> None:
    if x.error_code:
        raise absent_fault("ErrorCode")
    n = len(x.replica_election_results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.replica_election_results:
        _write_replica_election_result_list_v0(w, x.replica_election_results)


def _write_elect_leaders_response_v1(w: Write, x: ElectLeadersResponse) -> None:
    n = len(x.replica_election_results)
    w(_p_ihi(x.throttle_time_ms, x.error_code, n))
    if x.replica_election_results:
        _write_replica_election_result_list_v0(w, x.replica_election_results)


def _write_partition_result_list_v2(w: Write, items: list[PartitionResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition_id, x.error_code, n) if n < 128 else _p_ih(x.partition_id, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_replica_election_result_list_v2(w: Write, items: list[ReplicaElectionResult]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partition_result) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_result:
            _write_partition_result_list_v2(w, x.partition_result)
        w(b"\0")


def _write_elect_leaders_response_v2(w: Write, x: ElectLeadersResponse) -> None:
    n = len(x.replica_election_results) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.replica_election_results:
        _write_replica_election_result_list_v2(w, x.replica_election_results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ElectLeadersResponse, int]]]] = {
    0: _read_elect_leaders_response_v0,
    1: _read_elect_leaders_response_v1,
    2: _read_elect_leaders_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ElectLeadersResponse], None]]] = {
    0: _write_elect_leaders_response_v0,
    1: _write_elect_leaders_response_v1,
    2: _write_elect_leaders_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ElectLeadersResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ElectLeadersResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ElectLeadersResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ElectLeadersResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ElectLeadersResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ElectLeadersResponse", version, len(data), end)
    return message, end


def encode_parts(message: ElectLeadersResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ElectLeadersResponse", version, exc) from exc
    return parts


def encode(message: ElectLeadersResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ElectLeadersResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ElectLeadersResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
