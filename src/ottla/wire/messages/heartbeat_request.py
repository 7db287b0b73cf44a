# Generated from table.txt by ottla.wire.generator; do not edit.
"""HeartbeatRequest, API key 12: versions 0 to 4, flexible from 4."""

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
    long_string,
    null_fault,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 12
MIN_VERSION: Final = 0
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 4

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_u_h = Struct(">h").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from


class HeartbeatRequest(WireStruct):
    __slots__ = ("group_id", "generation_id", "member_id", "group_instance_id")
    group_id: str
    generation_id: int
    member_id: str
    group_instance_id: str | None

    def __init__(
        self,
        group_id: str = "",
        generation_id: int = 0,
        member_id: str = "",
        group_instance_id: str | None = None,
    ) -> None:
        self.group_id = group_id
        self.generation_id = generation_id
        self.member_id = member_id
        self.group_instance_id = group_instance_id


def _read_heartbeat_request_v0(buf: bytes, pos: int) -> tuple[HeartbeatRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    return HeartbeatRequest(group_id, generation_id, member_id, None), pos


def _read_heartbeat_request_v3(buf: bytes, pos: int) -> tuple[HeartbeatRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        group_instance_id = None
    else:
        end = pos + n
        group_instance_id = buf[pos:end].decode()
        pos = end
    return HeartbeatRequest(group_id, generation_id, member_id, group_instance_id), pos


def _read_heartbeat_request_v4(buf: bytes, pos: int) -> tuple[HeartbeatRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    generation_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return HeartbeatRequest(group_id, generation_id, member_id, group_instance_id), pos


def _write_heartbeat_request_v0(w: Write, x: HeartbeatRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id, n))
    w(s)


def _write_heartbeat_request_v3(w: Write, x: HeartbeatRequest) -> None:
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id, n))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = -1
    else:
        s = x.group_instance_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)


def _write_heartbeat_request_v4(w: Write, x: HeartbeatRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iB(x.generation_id, n) if n < 128 else _p_i(x.generation_id) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[HeartbeatRequest, int]]]] = {
    0: _read_heartbeat_request_v0,
    1: _read_heartbeat_request_v0,
    2: _read_heartbeat_request_v0,
    3: _read_heartbeat_request_v3,
    4: _read_heartbeat_request_v4,
}
_WRITE: Final[dict[int, Callable[[Write, HeartbeatRequest], None]]] = {
    0: _write_heartbeat_request_v0,
    1: _write_heartbeat_request_v0,
    2: _write_heartbeat_request_v0,
    3: _write_heartbeat_request_v3,
    4: _write_heartbeat_request_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> HeartbeatRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("HeartbeatRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("HeartbeatRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[HeartbeatRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("HeartbeatRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("HeartbeatRequest", version, len(data), end)
    return message, end


def encode_parts(message: HeartbeatRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("HeartbeatRequest", version, exc) from exc
    return parts


def encode(message: HeartbeatRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("HeartbeatRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: HeartbeatRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
