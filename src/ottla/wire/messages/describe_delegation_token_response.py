# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeDelegationTokenResponse, API key 41: versions 1 to 3, flexible from 2."""

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
    long_bytes,
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
_p_hB = Struct(">hB").pack
_p_hi = Struct(">hi").pack
_p_i = Struct(">i").pack
_p_ix = Struct(">ix").pack
_p_qqq = Struct(">qqq").pack
_p_qqqB = Struct(">qqqB").pack
_p_qqqh = Struct(">qqqh").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hi = Struct(">hi").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_qqqB = Struct(">qqqB").unpack_from
_u_qqqh = Struct(">qqqh").unpack_from


class DescribedDelegationTokenRenewer(WireStruct):
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


class DescribedDelegationToken(WireStruct):
    __slots__ = ("principal_type", "principal_name", "token_requester_principal_type", "token_requester_principal_name", "issue_timestamp", "expiry_timestamp", "max_timestamp", "token_id", "hmac", "renewers")
    principal_type: str
    principal_name: str
    token_requester_principal_type: str
    token_requester_principal_name: str
    issue_timestamp: int
    expiry_timestamp: int
    max_timestamp: int
    token_id: str
    hmac: bytes
    renewers: list[DescribedDelegationTokenRenewer]

    def __init__(
        self,
        principal_type: str = "",
        principal_name: str = "",
        token_requester_principal_type: str = "",
        token_requester_principal_name: str = "",
        issue_timestamp: int = 0,
        expiry_timestamp: int = 0,
        max_timestamp: int = 0,
        token_id: str = "",
        hmac: bytes = b"",
        renewers: list[DescribedDelegationTokenRenewer] = NEW,
    ) -> None:
        self.principal_type = principal_type
        self.principal_name = principal_name
        self.token_requester_principal_type = token_requester_principal_type
        self.token_requester_principal_name = token_requester_principal_name
        self.issue_timestamp = issue_timestamp
        self.expiry_timestamp = expiry_timestamp
        self.max_timestamp = max_timestamp
        self.token_id = token_id
        self.hmac = hmac
        self.renewers = [] if renewers is NEW else renewers


class DescribeDelegationTokenResponse(WireStruct):
    __slots__ = ("error_code", "tokens", "throttle_time_ms")
    error_code: int
    tokens: list[DescribedDelegationToken]
    throttle_time_ms: int

    def __init__(
        self,
        error_code: int = 0,
        tokens: list[DescribedDelegationToken] = NEW,
        throttle_time_ms: int = 0,
    ) -> None:
        self.error_code = error_code
        self.tokens = [] if tokens is NEW else tokens
        self.throttle_time_ms = throttle_time_ms


def _read_described_delegation_token_renewer_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribedDelegationTokenRenewer], int]:
    out: list[DescribedDelegationTokenRenewer] = []
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
        out.append(DescribedDelegationTokenRenewer(principal_type, principal_name))
    return out, pos


def _read_described_delegation_token_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribedDelegationToken], int]:
    out: list[DescribedDelegationToken] = []
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
        issue_timestamp, expiry_timestamp, max_timestamp, n = _u_qqqh(buf, pos)
        pos += 26
        if n < 0:
            raise null_fault("TokenId")
        end = pos + n
        token_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Hmac")
        end = pos + n
        hmac = buf[pos:end]
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Renewers")
        renewers, pos = _read_described_delegation_token_renewer_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribedDelegationToken(principal_type, principal_name, "", "", issue_timestamp, expiry_timestamp, max_timestamp, token_id, hmac, renewers))
    return out, pos


def _read_describe_delegation_token_response_v1(buf: bytes, pos: int) -> tuple[DescribeDelegationTokenResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if not -1 < n < 128:
        check_count(buf, pos, n, 38, "Tokens")
    tokens, pos = _read_described_delegation_token_list_v1(buf, pos, n) if n else ([], pos)
    (throttle_time_ms,) = _u_i(buf, pos)
    pos += 4
    return DescribeDelegationTokenResponse(error_code, tokens, throttle_time_ms), pos


def _read_described_delegation_token_renewer_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribedDelegationTokenRenewer], int]:
    out: list[DescribedDelegationTokenRenewer] = []
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
        out.append(DescribedDelegationTokenRenewer(principal_type, principal_name))
    return out, pos


def _read_described_delegation_token_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DescribedDelegationToken], int]:
    out: list[DescribedDelegationToken] = []
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
        issue_timestamp, expiry_timestamp, max_timestamp, n = _u_qqqB(buf, pos)
        pos += 25
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TokenId")
        end = pos + n - 1
        token_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Hmac")
        end = pos + n - 1
        hmac = buf[pos:end]
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Renewers")
        renewers, pos = _read_described_delegation_token_renewer_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedDelegationToken(principal_type, principal_name, "", "", issue_timestamp, expiry_timestamp, max_timestamp, token_id, hmac, renewers))
    return out, pos


def _read_describe_delegation_token_response_v2(buf: bytes, pos: int) -> tuple[DescribeDelegationTokenResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 30, "Tokens")
    tokens, pos = _read_described_delegation_token_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeDelegationTokenResponse(error_code, tokens, throttle_time_ms), pos


def _read_described_delegation_token_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[DescribedDelegationToken], int]:
    out: list[DescribedDelegationToken] = []
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TokenRequesterPrincipalType")
        end = pos + n - 1
        token_requester_principal_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TokenRequesterPrincipalName")
        end = pos + n - 1
        token_requester_principal_name = buf[pos:end].decode()
        pos = end
        issue_timestamp, expiry_timestamp, max_timestamp, n = _u_qqqB(buf, pos)
        pos += 25
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TokenId")
        end = pos + n - 1
        token_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Hmac")
        end = pos + n - 1
        hmac = buf[pos:end]
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Renewers")
        renewers, pos = _read_described_delegation_token_renewer_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedDelegationToken(principal_type, principal_name, token_requester_principal_type, token_requester_principal_name, issue_timestamp, expiry_timestamp, max_timestamp, token_id, hmac, renewers))
    return out, pos


def _read_describe_delegation_token_response_v3(buf: bytes, pos: int) -> tuple[DescribeDelegationTokenResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 32, "Tokens")
    tokens, pos = _read_described_delegation_token_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeDelegationTokenResponse(error_code, tokens, throttle_time_ms), pos


def _write_described_delegation_token_renewer_list_v1(w: Write, items: list[DescribedDelegationTokenRenewer]) -> None:
    for x in items:
        s = x.principal_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.principal_name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)


def _write_described_delegation_token_list_v1(w: Write, items: list[DescribedDelegationToken]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.token_requester_principal_type:
            raise absent_fault("TokenRequesterPrincipalType")
        if x.token_requester_principal_name:
            raise absent_fault("TokenRequesterPrincipalName")
        s = x.principal_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.principal_name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.token_id.encode()
        n = len(s)
        w(_p_qqqh(x.issue_timestamp, x.expiry_timestamp, x.max_timestamp, n))
        w(s)
        d = x.hmac
        n = len(d)
        w(_p_i(n))
        w(d)
        n = len(x.renewers)
        w(_p_i(n))
        if x.renewers:
            _write_described_delegation_token_renewer_list_v1(w, x.renewers)


def _write_describe_delegation_token_response_v1(w: Write, x: DescribeDelegationTokenResponse) -> None:
    n = len(x.tokens)
    w(_p_hi(x.error_code, n))
    if x.tokens:
        _write_described_delegation_token_list_v1(w, x.tokens)
    w(_p_i(x.throttle_time_ms))


def _write_described_delegation_token_renewer_list_v2(w: Write, items: list[DescribedDelegationTokenRenewer]) -> None:
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


def _write_described_delegation_token_list_v2(w: Write, items: list[DescribedDelegationToken]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.token_requester_principal_type:
            raise absent_fault("TokenRequesterPrincipalType")
        if x.token_requester_principal_name:
            raise absent_fault("TokenRequesterPrincipalName")
        s = x.principal_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalType"))
        w(s)
        s = x.principal_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalName"))
        w(s)
        s = x.token_id.encode()
        n = len(s) + 1
        w(_p_qqqB(x.issue_timestamp, x.expiry_timestamp, x.max_timestamp, n) if n < 128 else _p_qqq(x.issue_timestamp, x.expiry_timestamp, x.max_timestamp) + string_length(n, "TokenId"))
        w(s)
        d = x.hmac
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        n = len(x.renewers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.renewers:
            _write_described_delegation_token_renewer_list_v2(w, x.renewers)
        w(b"\0")


def _write_describe_delegation_token_response_v2(w: Write, x: DescribeDelegationTokenResponse) -> None:
    n = len(x.tokens) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + uvarint(n))
    if x.tokens:
        _write_described_delegation_token_list_v2(w, x.tokens)
    w(_p_ix(x.throttle_time_ms))


def _write_described_delegation_token_list_v3(w: Write, items: list[DescribedDelegationToken]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.principal_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalType"))
        w(s)
        s = x.principal_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "PrincipalName"))
        w(s)
        s = x.token_requester_principal_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TokenRequesterPrincipalType"))
        w(s)
        s = x.token_requester_principal_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TokenRequesterPrincipalName"))
        w(s)
        s = x.token_id.encode()
        n = len(s) + 1
        w(_p_qqqB(x.issue_timestamp, x.expiry_timestamp, x.max_timestamp, n) if n < 128 else _p_qqq(x.issue_timestamp, x.expiry_timestamp, x.max_timestamp) + string_length(n, "TokenId"))
        w(s)
        d = x.hmac
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        n = len(x.renewers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.renewers:
            _write_described_delegation_token_renewer_list_v2(w, x.renewers)
        w(b"\0")


def _write_describe_delegation_token_response_v3(w: Write, x: DescribeDelegationTokenResponse) -> None:
    n = len(x.tokens) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + uvarint(n))
    if x.tokens:
        _write_described_delegation_token_list_v3(w, x.tokens)
    w(_p_ix(x.throttle_time_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeDelegationTokenResponse, int]]]] = {
    1: _read_describe_delegation_token_response_v1,
    2: _read_describe_delegation_token_response_v2,
    3: _read_describe_delegation_token_response_v3,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeDelegationTokenResponse], None]]] = {
    1: _write_describe_delegation_token_response_v1,
    2: _write_describe_delegation_token_response_v2,
    3: _write_describe_delegation_token_response_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeDelegationTokenResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeDelegationTokenResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeDelegationTokenResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeDelegationTokenResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeDelegationTokenResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeDelegationTokenResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeDelegationTokenResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeDelegationTokenResponse", version, exc) from exc
    return parts


def encode(message: DescribeDelegationTokenResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeDelegationTokenResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeDelegationTokenResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
