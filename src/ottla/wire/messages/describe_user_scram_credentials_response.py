# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeUserScramCredentialsResponse, API key 50: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
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

API_KEY: Final = 50
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_bix = Struct(">bix").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_biB = Struct(">biB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class CredentialInfo(WireStruct):
    __slots__ = ("mechanism", "iterations")
    mechanism: int
    iterations: int

    def __init__(
        self,
        mechanism: int = 0,
        iterations: int = 0,
    ) -> None:
        self.mechanism = mechanism
        self.iterations = iterations


class DescribeUserScramCredentialsResult(WireStruct):
    __slots__ = ("user", "error_code", "error_message", "credential_infos")
    user: str
    error_code: int
    error_message: str | None
    credential_infos: list[CredentialInfo]

    def __init__(
        self,
        user: str = "",
        error_code: int = 0,
        error_message: str | None = "",
        credential_infos: list[CredentialInfo] = NEW,
    ) -> None:
        self.user = user
        self.error_code = error_code
        self.error_message = error_message
        self.credential_infos = [] if credential_infos is NEW else credential_infos


class DescribeUserScramCredentialsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "results")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    results: list[DescribeUserScramCredentialsResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        results: list[DescribeUserScramCredentialsResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.results = [] if results is NEW else results


def _read_credential_info_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[CredentialInfo], int]:
    out: list[CredentialInfo] = []
    for _ in range(count):
        mechanism, iterations, tags = _u_biB(buf, pos)
        pos += 6
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CredentialInfo(mechanism, iterations))
    return out, pos


def _read_describe_user_scram_credentials_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeUserScramCredentialsResult], int]:
    out: list[DescribeUserScramCredentialsResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "User")
        end = pos + n - 1
        user = buf[pos:end].decode()
        pos = end
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
            n, pos = long_count(buf, pos, n, 6, "CredentialInfos")
        credential_infos, pos = _read_credential_info_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeUserScramCredentialsResult(user, error_code, error_message, credential_infos))
    return out, pos


def _read_describe_user_scram_credentials_response_v0(buf: bytes, pos: int) -> tuple[DescribeUserScramCredentialsResponse, int]:
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
        n, pos = long_count(buf, pos, n, 6, "Results")
    results, pos = _read_describe_user_scram_credentials_result_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeUserScramCredentialsResponse(throttle_time_ms, error_code, error_message, results), pos


def _write_credential_info_list_v0(w: Write, items: list[CredentialInfo]) -> None:
    for x in items:
        w(_p_bix(x.mechanism, x.iterations))


def _write_describe_user_scram_credentials_result_list_v0(w: Write, items: list[DescribeUserScramCredentialsResult]) -> None:
    for x in items:
        s = x.user.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "User"))
        w(s)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = len(x.credential_infos) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.credential_infos:
            _write_credential_info_list_v0(w, x.credential_infos)
        w(b"\0")


def _write_describe_user_scram_credentials_response_v0(w: Write, x: DescribeUserScramCredentialsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.results) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.results:
        _write_describe_user_scram_credentials_result_list_v0(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeUserScramCredentialsResponse, int]]]] = {
    0: _read_describe_user_scram_credentials_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeUserScramCredentialsResponse], None]]] = {
    0: _write_describe_user_scram_credentials_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeUserScramCredentialsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeUserScramCredentialsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeUserScramCredentialsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeUserScramCredentialsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeUserScramCredentialsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeUserScramCredentialsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeUserScramCredentialsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeUserScramCredentialsResponse", version, exc) from exc
    return parts


def encode(message: DescribeUserScramCredentialsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeUserScramCredentialsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeUserScramCredentialsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
