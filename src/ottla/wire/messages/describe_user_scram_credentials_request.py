# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeUserScramCredentialsRequest, API key 50: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
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



class UserName(WireStruct):
    __slots__ = ("name",)
    name: str

    def __init__(
        self,
        name: str = "",
    ) -> None:
        self.name = name


class DescribeUserScramCredentialsRequest(WireStruct):
    __slots__ = ("users",)
    users: list[UserName] | None

    def __init__(
        self,
        users: list[UserName] | None = NEW,
    ) -> None:
        self.users = [] if users is NEW else users


def _read_user_name_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[UserName], int]:
    out: list[UserName] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(UserName(name))
    return out, pos


def _read_describe_user_scram_credentials_request_v0(buf: bytes, pos: int) -> tuple[DescribeUserScramCredentialsRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        users = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 2, "Users")
        users, pos = _read_user_name_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeUserScramCredentialsRequest(users), pos


def _write_user_name_list_v0(w: Write, items: list[UserName]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(b"\0")


def _write_describe_user_scram_credentials_request_v0(w: Write, x: DescribeUserScramCredentialsRequest) -> None:
    n = 0 if x.users is None else len(x.users) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.users:
        _write_user_name_list_v0(w, x.users)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeUserScramCredentialsRequest, int]]]] = {
    0: _read_describe_user_scram_credentials_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeUserScramCredentialsRequest], None]]] = {
    0: _write_describe_user_scram_credentials_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeUserScramCredentialsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeUserScramCredentialsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeUserScramCredentialsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeUserScramCredentialsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeUserScramCredentialsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeUserScramCredentialsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeUserScramCredentialsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeUserScramCredentialsRequest", version, exc) from exc
    return parts


def encode(message: DescribeUserScramCredentialsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeUserScramCredentialsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeUserScramCredentialsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
