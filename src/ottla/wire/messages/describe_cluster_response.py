# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeClusterResponse, API key 60: versions 0 to 2, flexible from 0."""

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

API_KEY: Final = 60
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Zx = Struct(">?x").pack
_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ix = Struct(">ix").pack
_u_ZB = Struct(">?B").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class DescribeClusterBroker(WireStruct):
    __slots__ = ("broker_id", "host", "port", "rack", "is_fenced")
    broker_id: int
    host: str
    port: int
    rack: str | None
    is_fenced: bool

    def __init__(
        self,
        broker_id: int = 0,
        host: str = "",
        port: int = 0,
        rack: str | None = None,
        is_fenced: bool = False,
    ) -> None:
        self.broker_id = broker_id
        self.host = host
        self.port = port
        self.rack = rack
        self.is_fenced = is_fenced


class DescribeClusterResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "endpoint_type", "cluster_id", "controller_id", "brokers", "cluster_authorized_operations")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    endpoint_type: int
    cluster_id: str
    controller_id: int
    brokers: list[DescribeClusterBroker]
    cluster_authorized_operations: int

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        endpoint_type: int = 1,
        cluster_id: str = "",
        controller_id: int = -1,
        brokers: list[DescribeClusterBroker] = NEW,
        cluster_authorized_operations: int = -2147483648,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.endpoint_type = endpoint_type
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.brokers = [] if brokers is NEW else brokers
        self.cluster_authorized_operations = cluster_authorized_operations


def _read_describe_cluster_broker_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeClusterBroker], int]:
    out: list[DescribeClusterBroker] = []
    for _ in range(count):
        broker_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            rack = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Rack")
            end = pos + n - 1
            rack = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeClusterBroker(broker_id, host, port, rack, False))
    return out, pos


def _read_describe_cluster_response_v0(buf: bytes, pos: int) -> tuple[DescribeClusterResponse, int]:
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
        n, pos = long_string(buf, pos, n, "ClusterId")
    end = pos + n - 1
    cluster_id = buf[pos:end].decode()
    pos = end
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_describe_cluster_broker_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    cluster_authorized_operations, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterResponse(throttle_time_ms, error_code, error_message, 1, cluster_id, controller_id, brokers, cluster_authorized_operations), pos


def _read_describe_cluster_response_v1(buf: bytes, pos: int) -> tuple[DescribeClusterResponse, int]:
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
    endpoint_type, n = _u_bB(buf, pos)
    pos += 2
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ClusterId")
    end = pos + n - 1
    cluster_id = buf[pos:end].decode()
    pos = end
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_describe_cluster_broker_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    cluster_authorized_operations, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterResponse(throttle_time_ms, error_code, error_message, endpoint_type, cluster_id, controller_id, brokers, cluster_authorized_operations), pos


def _read_describe_cluster_broker_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeClusterBroker], int]:
    out: list[DescribeClusterBroker] = []
    for _ in range(count):
        broker_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            rack = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Rack")
            end = pos + n - 1
            rack = buf[pos:end].decode()
            pos = end
        is_fenced, tags = _u_ZB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeClusterBroker(broker_id, host, port, rack, is_fenced))
    return out, pos


def _read_describe_cluster_response_v2(buf: bytes, pos: int) -> tuple[DescribeClusterResponse, int]:
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
    endpoint_type, n = _u_bB(buf, pos)
    pos += 2
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ClusterId")
    end = pos + n - 1
    cluster_id = buf[pos:end].decode()
    pos = end
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_describe_cluster_broker_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    cluster_authorized_operations, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterResponse(throttle_time_ms, error_code, error_message, endpoint_type, cluster_id, controller_id, brokers, cluster_authorized_operations), pos


def _write_describe_cluster_broker_list_v0(w: Write, items: list[DescribeClusterBroker]) -> None:
    for x in items:
        if x.is_fenced:
            raise absent_fault("IsFenced")
        s = x.host.encode()
        n = len(s) + 1
        w(_p_iB(x.broker_id, n) if n < 128 else _p_i(x.broker_id) + string_length(n, "Host"))
        w(s)
        if x.rack is None:
            s = b""
            n = 0
        else:
            s = x.rack.encode()
            n = len(s) + 1
        w(_p_iB(x.port, n) if n < 128 else _p_i(x.port) + string_length(n, "Rack"))
        w(s)
        w(b"\0")


def _write_describe_cluster_response_v0(w: Write, x: DescribeClusterResponse) -> None:
    if x.endpoint_type != 1:
        raise absent_fault("EndpointType")
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    s = x.cluster_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.brokers) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.brokers:
        _write_describe_cluster_broker_list_v0(w, x.brokers)
    w(_p_ix(x.cluster_authorized_operations))


def _write_describe_cluster_response_v1(w: Write, x: DescribeClusterResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    s = x.cluster_id.encode()
    n = len(s) + 1
    w(_p_bB(x.endpoint_type, n) if n < 128 else _p_b(x.endpoint_type) + string_length(n, "ClusterId"))
    w(s)
    n = len(x.brokers) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.brokers:
        _write_describe_cluster_broker_list_v0(w, x.brokers)
    w(_p_ix(x.cluster_authorized_operations))


def _write_describe_cluster_broker_list_v2(w: Write, items: list[DescribeClusterBroker]) -> None:
    for x in items:
        s = x.host.encode()
        n = len(s) + 1
        w(_p_iB(x.broker_id, n) if n < 128 else _p_i(x.broker_id) + string_length(n, "Host"))
        w(s)
        if x.rack is None:
            s = b""
            n = 0
        else:
            s = x.rack.encode()
            n = len(s) + 1
        w(_p_iB(x.port, n) if n < 128 else _p_i(x.port) + string_length(n, "Rack"))
        w(s)
        w(_p_Zx(x.is_fenced))


def _write_describe_cluster_response_v2(w: Write, x: DescribeClusterResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    s = x.cluster_id.encode()
    n = len(s) + 1
    w(_p_bB(x.endpoint_type, n) if n < 128 else _p_b(x.endpoint_type) + string_length(n, "ClusterId"))
    w(s)
    n = len(x.brokers) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.brokers:
        _write_describe_cluster_broker_list_v2(w, x.brokers)
    w(_p_ix(x.cluster_authorized_operations))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeClusterResponse, int]]]] = {
    0: _read_describe_cluster_response_v0,
    1: _read_describe_cluster_response_v1,
    2: _read_describe_cluster_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeClusterResponse], None]]] = {
    0: _write_describe_cluster_response_v0,
    1: _write_describe_cluster_response_v1,
    2: _write_describe_cluster_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeClusterResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClusterResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeClusterResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeClusterResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClusterResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeClusterResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeClusterResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClusterResponse", version, exc) from exc
    return parts


def encode(message: DescribeClusterResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClusterResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeClusterResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
