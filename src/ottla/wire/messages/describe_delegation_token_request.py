# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeDelegationTokenRequest, API key 41: versions 1 to 3, flexible from 2."""

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

API_KEY: Final = 41
MIN_VERSION: Final = 1
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class DescribeDelegationTokenOwner(WireStruct):
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


class DescribeDelegationTokenRequest(WireStruct):
    __slots__ = ("owners",)
    owners: list[DescribeDelegationTokenOwner] | None

    def __init__(
        self,
        owners: list[DescribeDelegationTokenOwner] | None = NEW,
    ) -> None:
        self.owners = [] if owners is NEW else owners


def _read_describe_delegation_token_owner_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeDelegationTokenOwner], int]:
    out: list[DescribeDelegationTokenOwner] = []
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
        out.append(DescribeDelegationTokenOwner(principal_type, principal_name))
    return out, pos


def _read_describe_delegation_token_request_v1(buf: bytes, pos: int) -> tuple[DescribeDelegationTokenRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        owners = None
    else:
        if n > 127:
            check_count(buf, pos, n, 4, "Owners")
        owners, pos = _read_describe_delegation_token_owner_list_v1(buf, pos, n) if n else ([], pos)
    return DescribeDelegationTokenRequest(owners), pos


def _read_describe_delegation_token_owner_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribeDelegationTokenOwner], int]:
    out: list[DescribeDelegationTokenOwner] = []
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
        out.append(DescribeDelegationTokenOwner(principal_type, principal_name))
    return out, pos


def _read_describe_delegation_token_request_v2(buf: bytes, pos: int) -> tuple[DescribeDelegationTokenRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        owners = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Owners")
        owners, pos = _read_describe_delegation_token_owner_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeDelegationTokenRequest(owners), pos


def _write_describe_delegation_token_owner_list_v1(w: Write, items: list[DescribeDelegationTokenOwner]) -> None:
    for x in items:
        s = x.principal_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.principal_name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)


def _write_describe_delegation_token_request_v1(w: Write, x: DescribeDelegationTokenRequest) -> None:
    n = -1 if x.owners is None else len(x.owners)
    w(_p_i(n))
    if x.owners:
        _write_describe_delegation_token_owner_list_v1(w, x.owners)


def _write_describe_delegation_token_owner_list_v2(w: Write, items: list[DescribeDelegationTokenOwner]) -> None:
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


def _write_describe_delegation_token_request_v2(w: Write, x: DescribeDelegationTokenRequest) -> None:
    n = 0 if x.owners is None else len(x.owners) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.owners:
        _write_describe_delegation_token_owner_list_v2(w, x.owners)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeDelegationTokenRequest, int]]]] = {
    1: _read_describe_delegation_token_request_v1,
    2: _read_describe_delegation_token_request_v2,
    3: _read_describe_delegation_token_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeDelegationTokenRequest], None]]] = {
    1: _write_describe_delegation_token_request_v1,
    2: _write_describe_delegation_token_request_v2,
    3: _write_describe_delegation_token_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeDelegationTokenRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeDelegationTokenRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeDelegationTokenRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeDelegationTokenRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeDelegationTokenRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeDelegationTokenRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeDelegationTokenRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeDelegationTokenRequest", version, exc) from exc
    return parts


def encode(message: DescribeDelegationTokenRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeDelegationTokenRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeDelegationTokenRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
