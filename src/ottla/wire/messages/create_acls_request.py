# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreateAclsRequest, API key 30: versions 1 to 3, flexible from 2."""

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

API_KEY: Final = 30
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


class AclCreation(WireStruct):
    __slots__ = ("resource_type", "resource_name", "resource_pattern_type", "principal", "host", "operation", "permission_type")
    resource_type: int
    resource_name: str
    resource_pattern_type: int
    principal: str
    host: str
    operation: int
    permission_type: int

    def __init__(
        self,
        resource_type: int = 0,
        resource_name: str = "",
        resource_pattern_type: int = 3,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.resource_pattern_type = resource_pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class CreateAclsRequest(WireStruct):
    __slots__ = ("creations",)
    creations: list[AclCreation]

    def __init__(
        self,
        creations: list[AclCreation] = NEW,
    ) -> None:
        self.creations = [] if creations is NEW else creations


def _read_acl_creation_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AclCreation], int]:
    out: list[AclCreation] = []
    for _ in range(count):
        resource_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            raise null_fault("ResourceName")
        end = pos + n
        resource_name = buf[pos:end].decode()
        pos = end
        resource_pattern_type, n = _u_bh(buf, pos)
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
        out.append(AclCreation(resource_type, resource_name, resource_pattern_type, principal, host, operation, permission_type))
    return out, pos


def _read_create_acls_request_v1(buf: bytes, pos: int) -> tuple[CreateAclsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 10, "Creations")
    creations, pos = _read_acl_creation_list_v1(buf, pos, n) if n else ([], pos)
    return CreateAclsRequest(creations), pos


def _read_acl_creation_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AclCreation], int]:
    out: list[AclCreation] = []
    for _ in range(count):
        resource_type, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        resource_pattern_type, n = _u_bB(buf, pos)
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
        out.append(AclCreation(resource_type, resource_name, resource_pattern_type, principal, host, operation, permission_type))
    return out, pos


def _read_create_acls_request_v2(buf: bytes, pos: int) -> tuple[CreateAclsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "Creations")
    creations, pos = _read_acl_creation_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateAclsRequest(creations), pos


def _write_acl_creation_list_v1(w: Write, items: list[AclCreation]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)
        s = x.principal.encode()
        n = len(s)
        w(_p_bh(x.resource_pattern_type, n))
        w(s)
        s = x.host.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_bb(x.operation, x.permission_type))


def _write_create_acls_request_v1(w: Write, x: CreateAclsRequest) -> None:
    n = len(x.creations)
    w(_p_i(n))
    if x.creations:
        _write_acl_creation_list_v1(w, x.creations)


def _write_acl_creation_list_v2(w: Write, items: list[AclCreation]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        s = x.principal.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_pattern_type, n) if n < 128 else _p_b(x.resource_pattern_type) + string_length(n, "Principal"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
        w(s)
        w(_p_bbx(x.operation, x.permission_type))


def _write_create_acls_request_v2(w: Write, x: CreateAclsRequest) -> None:
    n = len(x.creations) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.creations:
        _write_acl_creation_list_v2(w, x.creations)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreateAclsRequest, int]]]] = {
    1: _read_create_acls_request_v1,
    2: _read_create_acls_request_v2,
    3: _read_create_acls_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, CreateAclsRequest], None]]] = {
    1: _write_create_acls_request_v1,
    2: _write_create_acls_request_v2,
    3: _write_create_acls_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreateAclsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateAclsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("CreateAclsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreateAclsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateAclsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("CreateAclsRequest", version, len(data), end)
    return message, end


def encode_parts(message: CreateAclsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateAclsRequest", version, exc) from exc
    return parts


def encode(message: CreateAclsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateAclsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreateAclsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
