# Generated from table.txt by ottla.wire.generator; do not edit.
"""DefaultPrincipalData: version 0, flexible from 0."""

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
    long_string,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Zx = Struct(">?x").pack
_u_ZB = Struct(">?B").unpack_from


class DefaultPrincipalData(WireStruct):
    __slots__ = ("type", "name", "token_authenticated")
    type: str
    name: str
    token_authenticated: bool

    def __init__(
        self,
        type: str = "",
        name: str = "",
        token_authenticated: bool = False,
    ) -> None:
        self.type = type
        self.name = name
        self.token_authenticated = token_authenticated


def _read_default_principal_data_v0(buf: bytes, pos: int) -> tuple[DefaultPrincipalData, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "Type")
    end = pos + n - 1
    type = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "Name")
    end = pos + n - 1
    name = buf[pos:end].decode()
    pos = end
    token_authenticated, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DefaultPrincipalData(type, name, token_authenticated), pos


def _write_default_principal_data_v0(w: Write, x: DefaultPrincipalData) -> None:
    s = x.type.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Type"))
    w(s)
    s = x.name.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
    w(s)
    w(_p_Zx(x.token_authenticated))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DefaultPrincipalData, int]]]] = {
    0: _read_default_principal_data_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DefaultPrincipalData], None]]] = {
    0: _write_default_principal_data_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DefaultPrincipalData:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DefaultPrincipalData", version, exc) from exc
    if end != len(data):
        raise length_fault("DefaultPrincipalData", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DefaultPrincipalData, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DefaultPrincipalData", version, exc) from exc
    if end > len(data):
        raise length_fault("DefaultPrincipalData", version, len(data), end)
    return message, end


def encode_parts(message: DefaultPrincipalData, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DefaultPrincipalData", version, exc) from exc
    return parts


def encode(message: DefaultPrincipalData, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DefaultPrincipalData", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DefaultPrincipalData, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
