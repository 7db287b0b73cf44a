# Generated from table.txt by ottla.wire.generator; do not edit.
"""FindCoordinatorRequest, API key 10: versions 0 to 6, flexible from 3."""

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
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    read_compact_strings,
    skip_tags,
    string_length,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 10
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 3

_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bx = Struct(">bx").pack
_p_h = Struct(">h").pack
_u_b = Struct(">b").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_h = Struct(">h").unpack_from


class FindCoordinatorRequest(WireStruct):
    __slots__ = ("key", "key_type", "coordinator_keys")
    key: str
    key_type: int
    coordinator_keys: list[str]

    def __init__(
        self,
        key: str = "",
        key_type: int = 0,
        coordinator_keys: list[str] = NEW,
    ) -> None:
        self.key = key
        self.key_type = key_type
        self.coordinator_keys = [] if coordinator_keys is NEW else coordinator_keys


def _read_find_coordinator_request_v0(buf: bytes, pos: int) -> tuple[FindCoordinatorRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Key")
    end = pos + n
    key = buf[pos:end].decode()
    pos = end
    return FindCoordinatorRequest(key, 0, []), pos


def _read_find_coordinator_request_v1(buf: bytes, pos: int) -> tuple[FindCoordinatorRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("Key")
    end = pos + n
    key = buf[pos:end].decode()
    pos = end
    (key_type,) = _u_b(buf, pos)
    pos += 1
    return FindCoordinatorRequest(key, key_type, []), pos


def _read_find_coordinator_request_v3(buf: bytes, pos: int) -> tuple[FindCoordinatorRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "Key")
    end = pos + n - 1
    key = buf[pos:end].decode()
    pos = end
    key_type, tags = _u_bB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FindCoordinatorRequest(key, key_type, []), pos


def _read_find_coordinator_request_v4(buf: bytes, pos: int) -> tuple[FindCoordinatorRequest, int]:
    key_type, n = _u_bB(buf, pos)
    pos += 2
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "CoordinatorKeys")
    coordinator_keys, pos = read_compact_strings(buf, pos, n - 1, "CoordinatorKeys")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FindCoordinatorRequest("", key_type, coordinator_keys), pos


def _write_find_coordinator_request_v0(w: Write, x: FindCoordinatorRequest) -> None:
    if x.key_type:
        raise absent_fault("KeyType")
    if x.coordinator_keys:
        raise absent_fault("CoordinatorKeys")
    s = x.key.encode()
    n = len(s)
    w(_p_h(n))
    w(s)


def _write_find_coordinator_request_v1(w: Write, x: FindCoordinatorRequest) -> None:
    if x.coordinator_keys:
        raise absent_fault("CoordinatorKeys")
    s = x.key.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    w(_p_b(x.key_type))


def _write_find_coordinator_request_v3(w: Write, x: FindCoordinatorRequest) -> None:
    if x.coordinator_keys:
        raise absent_fault("CoordinatorKeys")
    s = x.key.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Key"))
    w(s)
    w(_p_bx(x.key_type))


def _write_find_coordinator_request_v4(w: Write, x: FindCoordinatorRequest) -> None:
    if x.key:
        raise absent_fault("Key")
    n = len(x.coordinator_keys) + 1
    w(_p_bB(x.key_type, n) if n < 128 else _p_b(x.key_type) + uvarint(n))
    if x.coordinator_keys:
        write_compact_strings(w, x.coordinator_keys, "CoordinatorKeys")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[FindCoordinatorRequest, int]]]] = {
    0: _read_find_coordinator_request_v0,
    1: _read_find_coordinator_request_v1,
    2: _read_find_coordinator_request_v1,
    3: _read_find_coordinator_request_v3,
    4: _read_find_coordinator_request_v4,
    5: _read_find_coordinator_request_v4,
    6: _read_find_coordinator_request_v4,
}
_WRITE: Final[dict[int, Callable[[Write, FindCoordinatorRequest], None]]] = {
    0: _write_find_coordinator_request_v0,
    1: _write_find_coordinator_request_v1,
    2: _write_find_coordinator_request_v1,
    3: _write_find_coordinator_request_v3,
    4: _write_find_coordinator_request_v4,
    5: _write_find_coordinator_request_v4,
    6: _write_find_coordinator_request_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> FindCoordinatorRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FindCoordinatorRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("FindCoordinatorRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[FindCoordinatorRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FindCoordinatorRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("FindCoordinatorRequest", version, len(data), end)
    return message, end


def encode_parts(message: FindCoordinatorRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FindCoordinatorRequest", version, exc) from exc
    return parts


def encode(message: FindCoordinatorRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FindCoordinatorRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: FindCoordinatorRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
