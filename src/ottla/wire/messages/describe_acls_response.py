# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeAclsResponse, API key 29: versions 1 to 3, flexible from 2."""

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

API_KEY: Final = 29
MIN_VERSION: Final = 1
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bb = Struct(">bb").pack
_p_bbx = Struct(">bbx").pack
_p_bh = Struct(">bh").pack
_p_bi = Struct(">bi").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihh = Struct(">ihh").pack
_u_bB = Struct(">bB").unpack_from
_u_bb = Struct(">bb").unpack_from
_u_bbB = Struct(">bbB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_bi = Struct(">bi").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihh = Struct(">ihh").unpack_from


class AclDescription(WireStruct):
    __slots__ = ("principal", "host", "operation", "permission_type")
    principal: str
    host: str
    operation: int
    permission_type: int

    def __init__(
        self,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
    ) -> None:
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class DescribeAclsResource(WireStruct):
    __slots__ = ("resource_type", "resource_name", "pattern_type", "acls")
    resource_type: int
    resource_name: str
    pattern_type: int
    acls: list[AclDescription]

    def __init__(
        self,
        resource_type: int = 0,
        resource_name: str = "",
        pattern_type: int = 3,
        acls: list[AclDescription] = NEW,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.acls = [] if acls is NEW else acls


class DescribeAclsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "resources")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    resources: list[DescribeAclsResource]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        resources: list[DescribeAclsResource] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.resources = [] if resources is NEW else resources


def _read_acl_description_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AclDescription], int]:
    out: list[AclDescription] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Principal")
        end = pos + n
        principal = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Host")
        end = pos + n
        host = buf[pos:end].decode()
        pos = end
        operation, permission_type = _u_bb(buf, pos)
        pos += 2
        out.append(AclDescription(principal, host, operation, permission_type))
    return out, pos


def _read_describe_acls_resource_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeAclsResource], int]:
    out: list[DescribeAclsResource] = []
    for _ in range(count):
        resource_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            raise null_fault("ResourceName")
        end = pos + n
        resource_name = buf[pos:end].decode()
        pos = end
        pattern_type, n = _u_bi(buf, pos)
        pos += 5
        if not -1 < n < 128:
            check_count(buf, pos, n, 6, "Acls")
        acls, pos = _read_acl_description_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribeAclsResource(resource_type, resource_name, pattern_type, acls))
    return out, pos


def _read_describe_acls_response_v1(buf: bytes, pos: int) -> tuple[DescribeAclsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihh(buf, pos)
    pos += 8
    if n < 0:
        error_message = None
    else:
        end = pos + n
        error_message = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Resources")
    resources, pos = _read_describe_acls_resource_list_v1(buf, pos, n) if n else ([], pos)
    return DescribeAclsResponse(throttle_time_ms, error_code, error_message, resources), pos


def _read_acl_description_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AclDescription], int]:
    out: list[AclDescription] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Principal")
        end = pos + n - 1
        principal = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        operation, permission_type, tags = _u_bbB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AclDescription(principal, host, operation, permission_type))
    return out, pos


def _read_describe_acls_resource_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeAclsResource], int]:
    out: list[DescribeAclsResource] = []
    for _ in range(count):
        resource_type, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        pattern_type, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 5, "Acls")
        acls, pos = _read_acl_description_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeAclsResource(resource_type, resource_name, pattern_type, acls))
    return out, pos


def _read_describe_acls_response_v2(buf: bytes, pos: int) -> tuple[DescribeAclsResponse, int]:
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
        n, pos = long_count(buf, pos, n, 5, "Resources")
    resources, pos = _read_describe_acls_resource_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeAclsResponse(throttle_time_ms, error_code, error_message, resources), pos


def _write_acl_description_list_v1(w: Write, items: list[AclDescription]) -> None:
    for x in items:
        s = x.principal.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.host.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_bb(x.operation, x.permission_type))


def _write_describe_acls_resource_list_v1(w: Write, items: list[DescribeAclsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)
        n = len(x.acls)
        w(_p_bi(x.pattern_type, n))
        if x.acls:
            _write_acl_description_list_v1(w, x.acls)


def _write_describe_acls_response_v1(w: Write, x: DescribeAclsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = -1
    else:
        s = x.error_message.encode()
        n = len(s)
    w(_p_ihh(x.throttle_time_ms, x.error_code, n))
    w(s)
    n = len(x.resources)
    w(_p_i(n))
    if x.resources:
        _write_describe_acls_resource_list_v1(w, x.resources)


def _write_acl_description_list_v2(w: Write, items: list[AclDescription]) -> None:
    for x in items:
        s = x.principal.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Principal"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
        w(s)
        w(_p_bbx(x.operation, x.permission_type))


def _write_describe_acls_resource_list_v2(w: Write, items: list[DescribeAclsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        n = len(x.acls) + 1
        w(_p_bB(x.pattern_type, n) if n < 128 else _p_b(x.pattern_type) + uvarint(n))
        if x.acls:
            _write_acl_description_list_v2(w, x.acls)
        w(b"\0")


def _write_describe_acls_response_v2(w: Write, x: DescribeAclsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.resources) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.resources:
        _write_describe_acls_resource_list_v2(w, x.resources)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeAclsResponse, int]]]] = {
    1: _read_describe_acls_response_v1,
    2: _read_describe_acls_response_v2,
    3: _read_describe_acls_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeAclsResponse], None]]] = {
    1: _write_describe_acls_response_v1,
    2: _write_describe_acls_response_v2,
    3: _write_describe_acls_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeAclsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeAclsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeAclsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeAclsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeAclsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeAclsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeAclsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeAclsResponse", version, exc) from exc
    return parts


def encode(message: DescribeAclsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeAclsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeAclsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
