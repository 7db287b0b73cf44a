# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreateDelegationTokenRequest, API key 38: versions 1 to 3, flexible from 2."""

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

API_KEY: Final = 38
MIN_VERSION: Final = 1
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_q = Struct(">q").pack
_p_qx = Struct(">qx").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_q = Struct(">q").unpack_from
_u_qB = Struct(">qB").unpack_from


class CreatableRenewers(WireStruct):
    __slots__ = ("principal_type", "principal_name")
    principal_type: str
    principal_name: str

    def __init__(
        self,
        principal_type: str = "",
        principal_name: str = "",
    ) -> None:
        self.principal_type = principal_type
        self.principal_name = principal_name


class CreateDelegationTokenRequest(WireStruct):
    __slots__ = ("owner_principal_type", "owner_principal_name", "renewers", "max_lifetime_ms")
    owner_principal_type: str | None
    owner_principal_name: str | None
    renewers: list[CreatableRenewers]
    max_lifetime_ms: int

    def __init__(
        self,
        owner_principal_type: str | None = "",
        owner_principal_name: str | None = "",
        renewers: list[CreatableRenewers] = NEW,
        max_lifetime_ms: int = 0,
    ) -> None:
        self.owner_principal_type = owner_principal_type
        self.owner_principal_name = owner_principal_name
        self.renewers = [] if renewers is NEW else renewers
        self.max_lifetime_ms = max_lifetime_ms


def _read_creatable_renewers_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[CreatableRenewers], int]:
    out: list[CreatableRenewers] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("PrincipalType")
        end = pos + n
        principal_type = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("PrincipalName")
        end = pos + n
        principal_name = buf[pos:end].decode()
        pos = end
        out.append(CreatableRenewers(principal_type, principal_name))
    return out, pos


def _read_create_delegation_token_request_v1(buf: bytes, pos: int) -> tuple[CreateDelegationTokenRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Renewers")
    renewers, pos = _read_creatable_renewers_list_v1(buf, pos, n) if n else ([], pos)
    (max_lifetime_ms,) = _u_q(buf, pos)
    pos += 8
    return CreateDelegationTokenRequest("", "", renewers, max_lifetime_ms), pos


def _read_creatable_renewers_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatableRenewers], int]:
    out: list[CreatableRenewers] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "PrincipalType")
        end = pos + n - 1
        principal_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "PrincipalName")
        end = pos + n - 1
        principal_name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatableRenewers(principal_type, principal_name))
    return out, pos


def _read_create_delegation_token_request_v2(buf: bytes, pos: int) -> tuple[CreateDelegationTokenRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Renewers")
    renewers, pos = _read_creatable_renewers_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    max_lifetime_ms, tags = _u_qB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateDelegationTokenRequest("", "", renewers, max_lifetime_ms), pos


def _read_create_delegation_token_request_v3(buf: bytes, pos: int) -> tuple[CreateDelegationTokenRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        owner_principal_type = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "OwnerPrincipalType")
        end = pos + n - 1
        owner_principal_type = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        owner_principal_name = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "OwnerPrincipalName")
        end = pos + n - 1
        owner_principal_name = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Renewers")
    renewers, pos = _read_creatable_renewers_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    max_lifetime_ms, tags = _u_qB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateDelegationTokenRequest(owner_principal_type, owner_principal_name, renewers, max_lifetime_ms), pos


def _write_creatable_renewers_list_v1(w: Write, items: list[CreatableRenewers]) -> None:
    for x in items:
        s = x.principal_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.principal_name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)


def _write_create_delegation_token_request_v1(w: Write, x: CreateDelegationTokenRequest) -> None:
    if x.owner_principal_type != "":
        raise absent_fault("OwnerPrincipalType")
    if x.owner_principal_name != "":
        raise absent_fault("OwnerPrincipalName")
    n = len(x.renewers)
    w(_p_i(n))
    if x.renewers:
        _write_creatable_renewers_list_v1(w, x.renewers)
    w(_p_q(x.max_lifetime_ms))


def _write_creatable_renewers_list_v2(w: Write, items: list[CreatableRenewers]) -> None:
    for x in items:
        s = x.principal_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalType"))
        w(s)
        s = x.principal_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalName"))
        w(s)
        w(b"\0")


def _write_create_delegation_token_request_v2(w: Write, x: CreateDelegationTokenRequest) -> None:
    if x.owner_principal_type != "":
        raise absent_fault("OwnerPrincipalType")
    if x.owner_principal_name != "":
        raise absent_fault("OwnerPrincipalName")
    n = len(x.renewers) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.renewers:
        _write_creatable_renewers_list_v2(w, x.renewers)
    w(_p_qx(x.max_lifetime_ms))


def _write_create_delegation_token_request_v3(w: Write, x: CreateDelegationTokenRequest) -> None:
    if x.owner_principal_type is None:
        s = b""
        n = 0
    else:
        s = x.owner_principal_type.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "OwnerPrincipalType"))
    w(s)
    if x.owner_principal_name is None:
        s = b""
        n = 0
    else:
        s = x.owner_principal_name.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "OwnerPrincipalName"))
    w(s)
    n = len(x.renewers) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.renewers:
        _write_creatable_renewers_list_v2(w, x.renewers)
    w(_p_qx(x.max_lifetime_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreateDelegationTokenRequest, int]]]] = {
    1: _read_create_delegation_token_request_v1,
    2: _read_create_delegation_token_request_v2,
    3: _read_create_delegation_token_request_v3,
}
_WRITE: Final[dict[int, Callable[[Write, CreateDelegationTokenRequest], None]]] = {
    1: _write_create_delegation_token_request_v1,
    2: _write_create_delegation_token_request_v2,
    3: _write_create_delegation_token_request_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreateDelegationTokenRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateDelegationTokenRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("CreateDelegationTokenRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreateDelegationTokenRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateDelegationTokenRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("CreateDelegationTokenRequest", version, len(data), end)
    return message, end


def encode_parts(message: CreateDelegationTokenRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateDelegationTokenRequest", version, exc) from exc
    return parts


def encode(message: CreateDelegationTokenRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateDelegationTokenRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreateDelegationTokenRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
