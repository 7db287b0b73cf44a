# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteAclsRequest, API key 31: versions 1 to 3, flexible from 2."""

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
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 31
MIN_VERSION: Final = 1
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bb = Struct(">bb").pack
_p_bbx = Struct(">bbx").pack
_p_bh = Struct(">bh").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_bB = Struct(">bB").unpack_from
_u_bb = Struct(">bb").unpack_from
_u_bbB = Struct(">bbB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class DeleteAclsFilter(WireStruct):
    __slots__ = ("resource_type_filter", "resource_name_filter", "pattern_type_filter", "principal_filter", "host_filter", "operation", "permission_type")
    resource_type_filter: int
    resource_name_filter: str | None
    pattern_type_filter: int
    principal_filter: str | None
    host_filter: str | None
    operation: int
    permission_type: int

    def __init__(
        self,
        resource_type_filter: int = 0,
        resource_name_filter: str | None = "",
        pattern_type_filter: int = 3,
        principal_filter: str | None = "",
        host_filter: str | None = "",
        operation: int = 0,
        permission_type: int = 0,
    ) -> None:
        self.resource_type_filter = resource_type_filter
        self.resource_name_filter = resource_name_filter
        self.pattern_type_filter = pattern_type_filter
        self.principal_filter = principal_filter
        self.host_filter = host_filter
        self.operation = operation
        self.permission_type = permission_type


class DeleteAclsRequest(WireStruct):
    __slots__ = ("filters",)
    filters: list[DeleteAclsFilter]

    def __init__(
        self,
        filters: list[DeleteAclsFilter] = NEW,
    ) -> None:
        self.filters = [] if filters is NEW else filters


def _read_delete_acls_filter_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsFilter], int]:
    out: list[DeleteAclsFilter] = []
    for _ in range(count):
        resource_type_filter, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            resource_name_filter = None
        else:
            end = pos + n
            resource_name_filter = buf[pos:end].decode()
            pos = end
        pattern_type_filter, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            principal_filter = None
        else:
            end = pos + n
            principal_filter = buf[pos:end].decode()
            pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            host_filter = None
        else:
            end = pos + n
            host_filter = buf[pos:end].decode()
            pos = end
        operation, permission_type = _u_bb(buf, pos)
        pos += 2
        out.append(DeleteAclsFilter(resource_type_filter, resource_name_filter, pattern_type_filter, principal_filter, host_filter, operation, permission_type))
    return out, pos


def _read_delete_acls_request_v1(buf: bytes, pos: int) -> tuple[DeleteAclsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 10, "Filters")
    filters, pos = _read_delete_acls_filter_list_v1(buf, pos, n) if n else ([], pos)
    return DeleteAclsRequest(filters), pos


def _read_delete_acls_filter_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsFilter], int]:
    out: list[DeleteAclsFilter] = []
    for _ in range(count):
        resource_type_filter, n = _u_bB(buf, pos)
        pos += 2
        if n == 0:
            resource_name_filter = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ResourceNameFilter")
            end = pos + n - 1
            resource_name_filter = buf[pos:end].decode()
            pos = end
        pattern_type_filter, n = _u_bB(buf, pos)
        pos += 2
        if n == 0:
            principal_filter = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "PrincipalFilter")
            end = pos + n - 1
            principal_filter = buf[pos:end].decode()
            pos = end
        n = buf[pos]
        pos += 1
        if n == 0:
            host_filter = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "HostFilter")
            end = pos + n - 1
            host_filter = buf[pos:end].decode()
            pos = end
        operation, permission_type, tags = _u_bbB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteAclsFilter(resource_type_filter, resource_name_filter, pattern_type_filter, principal_filter, host_filter, operation, permission_type))
    return out, pos


def _read_delete_acls_request_v2(buf: bytes, pos: int) -> tuple[DeleteAclsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "Filters")
    filters, pos = _read_delete_acls_filter_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteAclsRequest(filters), pos


def _write_delete_acls_filter_list_v1(w: Write, items: list[DeleteAclsFilter]) -> None:
    for x in items:
        if x.resource_name_filter is None:
            s = b""
            n = -1
        else:
            s = x.resource_name_filter.encode()
            n = len(s)
        w(_p_bh(x.resource_type_filter, n))
        w(s)
        if x.principal_filter is None:
            s = b""
            n = -1
        else:
            s = x.principal_filter.encode()
            n = len(s)
        w(_p_bh(x.pattern_type_filter, n))
        w(s)
        if x.host_filter is None:
            s = b""
            n = -1
        else:
            s = x.host_filter.encode()
            n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_bb(x.operation, x.permission_type))


def _write_delete_acls_request_v1(w: Write, x: DeleteAclsRequest) -> None:
    n = len(x.filters)
    w(_p_i(n))
    if x.filters:
        _write_delete_acls_filter_list_v1(w, x.filters)


def _write_delete_acls_filter_list_v2(w: Write, items: list[DeleteAclsFilter]) -> None:
    for x in items:
        if x.resource_name_filter is None:
            s = b""
            n = 0
        else:
            s = x.resource_name_filter.encode()
            n = len(s) + 1
        w(_p_bB(x.resource_type_filter, n) if n < 128 else _p_b(x.resource_type_filter) + string_length(n, "ResourceNameFilter"))
        w(s)
        if x.principal_filter is None:
            s = b""
            n = 0
        else:
            s = x.principal_filter.encode()
            n = len(s) + 1
        w(_p_bB(x.pattern_type_filter, n) if n < 128 else _p_b(x.pattern_type_filter) + string_length(n, "PrincipalFilter"))
        w(s)
        if x.host_filter is None:
            s = b""
            n = 0
        else:
            s = x.host_filter.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "HostFilter"))
        w(s)
        w(_p_bbx(x.operation, x.permission_type))


def _write_delete_acls_request_v2(w: Write, x: DeleteAclsRequest) -> None:
    n = len(x.filters) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.filters:
        _write_delete_acls_filter_list_v2(w, x.filters)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteAclsRequest, int]]]] = {
    1: _read_delete_acls_request_v1,
    2: _read_delete_acls_request_v2,
    3: _read_delete_acls_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteAclsRequest], None]]] = {
    1: _write_delete_acls_request_v1,
    2: _write_delete_acls_request_v2,
    3: _write_delete_acls_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteAclsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteAclsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteAclsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteAclsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteAclsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteAclsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DeleteAclsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteAclsRequest", version, exc) from exc
    return parts


def encode(message: DeleteAclsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteAclsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteAclsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
