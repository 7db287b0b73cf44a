# Generated from table.txt by ottla.wire.generator; do not edit.
"""ShareGroupHeartbeatRequest, API key 76: version 1, flexible from 0."""

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
    read_compact_strings,
    skip_tags,
    string_length,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 76
MIN_VERSION: Final = 1
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_iB = Struct(">iB").unpack_from


class ShareGroupHeartbeatRequest(WireStruct):
    __slots__ = ("group_id", "member_id", "member_epoch", "rack_id", "subscribed_topic_names")
    group_id: str
    member_id: str
    member_epoch: int
    rack_id: str | None
    subscribed_topic_names: list[str] | None

    def __init__(
        self,
        group_id: str = "",
        member_id: str = "",
        member_epoch: int = 0,
        rack_id: str | None = None,
        subscribed_topic_names: list[str] | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.rack_id = rack_id
        self.subscribed_topic_names = subscribed_topic_names


def _read_share_group_heartbeat_request_v1(buf: bytes, pos: int) -> tuple[ShareGroupHeartbeatRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    member_epoch, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        rack_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "RackId")
        end = pos + n - 1
        rack_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        subscribed_topic_names = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 1, "SubscribedTopicNames")
        subscribed_topic_names, pos = read_compact_strings(buf, pos, n - 1, "SubscribedTopicNames")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ShareGroupHeartbeatRequest(group_id, member_id, member_epoch, rack_id, subscribed_topic_names), pos


def _write_share_group_heartbeat_request_v1(w: Write, x: ShareGroupHeartbeatRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    if x.rack_id is None:
        s = b""
        n = 0
    else:
        s = x.rack_id.encode()
        n = len(s) + 1
    w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "RackId"))
    w(s)
    n = 0 if x.subscribed_topic_names is None else len(x.subscribed_topic_names) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.subscribed_topic_names:
        write_compact_strings(w, x.subscribed_topic_names, "SubscribedTopicNames")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ShareGroupHeartbeatRequest, int]]]] = {
    1: _read_share_group_heartbeat_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ShareGroupHeartbeatRequest], None]]] = {
    1: _write_share_group_heartbeat_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ShareGroupHeartbeatRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareGroupHeartbeatRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ShareGroupHeartbeatRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ShareGroupHeartbeatRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareGroupHeartbeatRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ShareGroupHeartbeatRequest", version, len(data), end)
    return message, end


def encode_parts(message: ShareGroupHeartbeatRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareGroupHeartbeatRequest", version, exc) from exc
    return parts


def encode(message: ShareGroupHeartbeatRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareGroupHeartbeatRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ShareGroupHeartbeatRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
