# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteAclsResponse, API key 31: versions 1 to 3, flexible from 2."""

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
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_bB = Struct(">bB").unpack_from
_u_bb = Struct(">bb").unpack_from
_u_bbB = Struct(">bbB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class DeleteAclsMatchingAcl(WireStruct):
    __slots__ = ("error_code", "error_message", "resource_type", "resource_name", "pattern_type", "principal", "host", "operation", "permission_type")
    error_code: int
    error_message: str | None
    resource_type: int
    resource_name: str
    pattern_type: int
    principal: str
    host: str
    operation: int
    permission_type: int

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
        pattern_type: int = 3,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class DeleteAclsFilterResult(WireStruct):
    __slots__ = ("error_code", "error_message", "matching_acls")
    error_code: int
    error_message: str | None
    matching_acls: list[DeleteAclsMatchingAcl]

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        matching_acls: list[DeleteAclsMatchingAcl] = NEW,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.matching_acls = [] if matching_acls is NEW else matching_acls


class DeleteAclsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "filter_results")
    throttle_time_ms: int
    filter_results: list[DeleteAclsFilterResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        filter_results: list[DeleteAclsFilterResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.filter_results = [] if filter_results is NEW else filter_results


def _read_delete_acls_matching_acl_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsMatchingAcl], int]:
    out: list[DeleteAclsMatchingAcl] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        resource_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            raise null_fault("ResourceName")
        end = pos + n
        resource_name = buf[pos:end].decode()
        pos = end
        pattern_type, n = _u_bh(buf, pos)
        pos += 3
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
        out.append(DeleteAclsMatchingAcl(error_code, error_message, resource_type, resource_name, pattern_type, principal, host, operation, permission_type))
    return out, pos


def _read_delete_acls_filter_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsFilterResult], int]:
    out: list[DeleteAclsFilterResult] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 14, "MatchingAcls")
        matching_acls, pos = _read_delete_acls_matching_acl_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DeleteAclsFilterResult(error_code, error_message, matching_acls))
    return out, pos


def _read_delete_acls_response_v1(buf: bytes, pos: int) -> tuple[DeleteAclsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "FilterResults")
    filter_results, pos = _read_delete_acls_filter_result_list_v1(buf, pos, n) if n else ([], pos)
    return DeleteAclsResponse(throttle_time_ms, filter_results), pos


def _read_delete_acls_matching_acl_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsMatchingAcl], int]:
    out: list[DeleteAclsMatchingAcl] = []
    for _ in range(count):
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
        out.append(DeleteAclsMatchingAcl(error_code, error_message, resource_type, resource_name, pattern_type, principal, host, operation, permission_type))
    return out, pos


def _read_delete_acls_filter_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteAclsFilterResult], int]:
    out: list[DeleteAclsFilterResult] = []
    for _ in range(count):
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 11, "MatchingAcls")
        matching_acls, pos = _read_delete_acls_matching_acl_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteAclsFilterResult(error_code, error_message, matching_acls))
    return out, pos


def _read_delete_acls_response_v2(buf: bytes, pos: int) -> tuple[DeleteAclsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "FilterResults")
    filter_results, pos = _read_delete_acls_filter_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteAclsResponse(throttle_time_ms, filter_results), pos


def _write_delete_acls_matching_acl_list_v1(w: Write, items: list[DeleteAclsMatchingAcl]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)
        s = x.principal.encode()
        n = len(s)
        w(_p_bh(x.pattern_type, n))
        w(s)
        s = x.host.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_bb(x.operation, x.permission_type))


def _write_delete_acls_filter_result_list_v1(w: Write, items: list[DeleteAclsFilterResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.matching_acls)
        w(_p_i(n))
        if x.matching_acls:
            _write_delete_acls_matching_acl_list_v1(w, x.matching_acls)


def _write_delete_acls_response_v1(w: Write, x: DeleteAclsResponse) -> None:
    n = len(x.filter_results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.filter_results:
        _write_delete_acls_filter_result_list_v1(w, x.filter_results)


def _write_delete_acls_matching_acl_list_v2(w: Write, items: list[DeleteAclsMatchingAcl]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        s = x.principal.encode()
        n = len(s) + 1
        w(_p_bB(x.pattern_type, n) if n < 128 else _p_b(x.pattern_type) + string_length(n, "Principal"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
        w(s)
        w(_p_bbx(x.operation, x.permission_type))


def _write_delete_acls_filter_result_list_v2(w: Write, items: list[DeleteAclsFilterResult]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = len(x.matching_acls) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.matching_acls:
            _write_delete_acls_matching_acl_list_v2(w, x.matching_acls)
        w(b"\0")


def _write_delete_acls_response_v2(w: Write, x: DeleteAclsResponse) -> None:
    n = len(x.filter_results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.filter_results:
        _write_delete_acls_filter_result_list_v2(w, x.filter_results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteAclsResponse, int]]]] = {
    1: _read_delete_acls_response_v1,
    2: _read_delete_acls_response_v2,
    3: _read_delete_acls_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteAclsResponse], None]]] = {
    1: _write_delete_acls_response_v1,
    2: _write_delete_acls_response_v2,
    3: _write_delete_acls_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteAclsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteAclsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteAclsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteAclsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteAclsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteAclsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DeleteAclsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteAclsResponse", version, exc) from exc
    return parts


def encode(message: DeleteAclsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteAclsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteAclsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
