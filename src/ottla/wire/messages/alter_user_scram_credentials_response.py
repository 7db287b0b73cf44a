# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterUserScramCredentialsResponse, API key 51: version 0, flexible from 0."""

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

API_KEY: Final = 51
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from


class AlterUserScramCredentialsResult(WireStruct):
    __slots__ = ("user", "error_code", "error_message")
    user: str
    error_code: int
    error_message: str | None

    def __init__(
        self,
        user: str = "",
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.user = user
        self.error_code = error_code
        self.error_message = error_message


class AlterUserScramCredentialsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "results")
    throttle_time_ms: int
    results: list[AlterUserScramCredentialsResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        results: list[AlterUserScramCredentialsResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is NEW else results


def _read_alter_user_scram_credentials_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterUserScramCredentialsResult], int]:
    out: list[AlterUserScramCredentialsResult] = []
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
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterUserScramCredentialsResult(user, error_code, error_message))
    return out, pos


def _read_alter_user_scram_credentials_response_v0(buf: bytes, pos: int) -> tuple[AlterUserScramCredentialsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Results")
    results, pos = _read_alter_user_scram_credentials_result_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterUserScramCredentialsResponse(throttle_time_ms, results), pos


def _write_alter_user_scram_credentials_result_list_v0(w: Write, items: list[AlterUserScramCredentialsResult]) -> None:
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
        w(b"\0")


def _write_alter_user_scram_credentials_response_v0(w: Write, x: AlterUserScramCredentialsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_alter_user_scram_credentials_result_list_v0(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterUserScramCredentialsResponse, int]]]] = {
    0: _read_alter_user_scram_credentials_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, AlterUserScramCredentialsResponse], None]]] = {
    0: _write_alter_user_scram_credentials_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterUserScramCredentialsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterUserScramCredentialsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterUserScramCredentialsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterUserScramCredentialsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterUserScramCredentialsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterUserScramCredentialsResponse", version, len(data), end)
    return message, end


def encode_parts(message: AlterUserScramCredentialsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterUserScramCredentialsResponse", version, exc) from exc
    return parts


def encode(message: AlterUserScramCredentialsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterUserScramCredentialsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterUserScramCredentialsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
