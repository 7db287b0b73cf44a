# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeClusterRequest, API key 60: versions 0 to 2, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    skip_tags,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 60
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ZbZx = Struct(">?b?x").pack
_p_Zbx = Struct(">?bx").pack
_p_Zx = Struct(">?x").pack
_u_ZB = Struct(">?B").unpack_from
_u_ZbB = Struct(">?bB").unpack_from
_u_ZbZB = Struct(">?b?B").unpack_from


class DescribeClusterRequest(WireStruct):
    __slots__ = ("include_cluster_authorized_operations", "endpoint_type", "include_fenced_brokers")
    include_cluster_authorized_operations: bool
    endpoint_type: int
    include_fenced_brokers: bool

    def __init__(
        self,
        include_cluster_authorized_operations: bool = False,
        endpoint_type: int = 1,
        include_fenced_brokers: bool = False,
    ) -> None:
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.endpoint_type = endpoint_type
        self.include_fenced_brokers = include_fenced_brokers


def _read_describe_cluster_request_v0(buf: bytes, pos: int) -> tuple[DescribeClusterRequest, int]:
    include_cluster_authorized_operations, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterRequest(include_cluster_authorized_operations, 1, False), pos


def _read_describe_cluster_request_v1(buf: bytes, pos: int) -> tuple[DescribeClusterRequest, int]:
    include_cluster_authorized_operations, endpoint_type, tags = _u_ZbB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterRequest(include_cluster_authorized_operations, endpoint_type, False), pos


def _read_describe_cluster_request_v2(buf: bytes, pos: int) -> tuple[DescribeClusterRequest, int]:
    include_cluster_authorized_operations, endpoint_type, include_fenced_brokers, tags = _u_ZbZB(buf, pos)
    pos += 4
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClusterRequest(include_cluster_authorized_operations, endpoint_type, include_fenced_brokers), pos


def _write_describe_cluster_request_v0(w: Write, x: DescribeClusterRequest) -> None:
    if x.endpoint_type != 1:
        raise absent_fault("EndpointType")
    if x.include_fenced_brokers:
        raise absent_fault("IncludeFencedBrokers")
    w(_p_Zx(x.include_cluster_authorized_operations))


def _write_describe_cluster_request_v1(w: Write, x: DescribeClusterRequest) -> None:
    if x.include_fenced_brokers:
        raise absent_fault("IncludeFencedBrokers")
    w(_p_Zbx(x.include_cluster_authorized_operations, x.endpoint_type))


def _write_describe_cluster_request_v2(w: Write, x: DescribeClusterRequest) -> None:
    w(_p_ZbZx(x.include_cluster_authorized_operations, x.endpoint_type, x.include_fenced_brokers))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeClusterRequest, int]]]] = {
    0: _read_describe_cluster_request_v0,
    1: _read_describe_cluster_request_v1,
    2: _read_describe_cluster_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeClusterRequest], None]]] = {
    0: _write_describe_cluster_request_v0,
    1: _write_describe_cluster_request_v1,
    2: _write_describe_cluster_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeClusterRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClusterRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeClusterRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeClusterRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClusterRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeClusterRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeClusterRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClusterRequest", version, exc) from exc
    return parts


def encode(message: DescribeClusterRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClusterRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeClusterRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
