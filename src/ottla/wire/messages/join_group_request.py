# Generated from table.txt by ottla.wire.generator; do not edit.
"""JoinGroupRequest, API key 11: versions 0 to 9, flexible from 6."""

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

API_KEY: Final = 11
MIN_VERSION: Final = 0
MAX_VERSION: Final = 9
FLEXIBLE_SINCE: Final[int | None] = 6

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_p_ii = Struct(">ii").pack
_p_iiB = Struct(">iiB").pack
_p_iih = Struct(">iih").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_iiB = Struct(">iiB").unpack_from
_u_iih = Struct(">iih").unpack_from


class JoinGroupRequestProtocol(WireStruct):
    __slots__ = ("name", "metadata")
    name: str
    metadata: bytes

    def __init__(
        self,
        name: str = "",
        metadata: bytes = b"",
    ) -> None:
        self.name = name
        self.metadata = metadata


class JoinGroupRequest(WireStruct):
    __slots__ = ("group_id", "session_timeout_ms", "rebalance_timeout_ms", "member_id", "group_instance_id", "protocol_type", "protocols", "reason")
    group_id: str
    session_timeout_ms: int
    rebalance_timeout_ms: int
    member_id: str
    group_instance_id: str | None
    protocol_type: str
    protocols: list[JoinGroupRequestProtocol]
    reason: str | None

    def __init__(
        self,
        group_id: str = "",
        session_timeout_ms: int = 0,
        rebalance_timeout_ms: int = -1,
        member_id: str = "",
        group_instance_id: str | None = None,
        protocol_type: str = "",
        protocols: list[JoinGroupRequestProtocol] = NEW,
        reason: str | None = None,
    ) -> None:
        self.group_id = group_id
        self.session_timeout_ms = session_timeout_ms
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.protocol_type = protocol_type
        self.protocols = [] if protocols is NEW else protocols
        self.reason = reason


def _read_join_group_request_protocol_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[JoinGroupRequestProtocol], int]:
    out: list[JoinGroupRequestProtocol] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Metadata")
        end = pos + n
        metadata = buf[pos:end]
        pos = end
        out.append(JoinGroupRequestProtocol(name, metadata))
    return out, pos


def _read_join_group_request_v0(buf: bytes, pos: int) -> tuple[JoinGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    session_timeout_ms, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("ProtocolType")
    end = pos + n
    protocol_type = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Protocols")
    protocols, pos = _read_join_group_request_protocol_list_v0(buf, pos, n) if n else ([], pos)
    return JoinGroupRequest(group_id, session_timeout_ms, -1, member_id, None, protocol_type, protocols, None), pos


def _read_join_group_request_v1(buf: bytes, pos: int) -> tuple[JoinGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    session_timeout_ms, rebalance_timeout_ms, n = _u_iih(buf, pos)
    pos += 10
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("ProtocolType")
    end = pos + n
    protocol_type = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Protocols")
    protocols, pos = _read_join_group_request_protocol_list_v0(buf, pos, n) if n else ([], pos)
    return JoinGroupRequest(group_id, session_timeout_ms, rebalance_timeout_ms, member_id, None, protocol_type, protocols, None), pos


def _read_join_group_request_v5(buf: bytes, pos: int) -> tuple[JoinGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    session_timeout_ms, rebalance_timeout_ms, n = _u_iih(buf, pos)
    pos += 10
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
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("ProtocolType")
    end = pos + n
    protocol_type = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Protocols")
    protocols, pos = _read_join_group_request_protocol_list_v0(buf, pos, n) if n else ([], pos)
    return JoinGroupRequest(group_id, session_timeout_ms, rebalance_timeout_ms, member_id, group_instance_id, protocol_type, protocols, None), pos


def _read_join_group_request_protocol_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[JoinGroupRequestProtocol], int]:
    out: list[JoinGroupRequestProtocol] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Metadata")
        end = pos + n - 1
        metadata = buf[pos:end]
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(JoinGroupRequestProtocol(name, metadata))
    return out, pos


def _read_join_group_request_v6(buf: bytes, pos: int) -> tuple[JoinGroupRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    session_timeout_ms, rebalance_timeout_ms, n = _u_iiB(buf, pos)
    pos += 9
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
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ProtocolType")
    end = pos + n - 1
    protocol_type = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Protocols")
    protocols, pos = _read_join_group_request_protocol_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return JoinGroupRequest(group_id, session_timeout_ms, rebalance_timeout_ms, member_id, group_instance_id, protocol_type, protocols, None), pos


def _read_join_group_request_v8(buf: bytes, pos: int) -> tuple[JoinGroupRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    session_timeout_ms, rebalance_timeout_ms, n = _u_iiB(buf, pos)
    pos += 9
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
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ProtocolType")
    end = pos + n - 1
    protocol_type = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Protocols")
    protocols, pos = _read_join_group_request_protocol_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if n == 0:
        reason = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "Reason")
        end = pos + n - 1
        reason = buf[pos:end].decode()
        pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return JoinGroupRequest(group_id, session_timeout_ms, rebalance_timeout_ms, member_id, group_instance_id, protocol_type, protocols, reason), pos


def _write_join_group_request_protocol_list_v0(w: Write, items: list[JoinGroupRequestProtocol]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        d = x.metadata
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_join_group_request_v0(w: Write, x: JoinGroupRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.session_timeout_ms, n))
    w(s)
    s = x.protocol_type.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.protocols)
    w(_p_i(n))
    if x.protocols:
        _write_join_group_request_protocol_list_v0(w, x.protocols)


def _write_join_group_request_v1(w: Write, x: JoinGroupRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_iih(x.session_timeout_ms, x.rebalance_timeout_ms, n))
    w(s)
    s = x.protocol_type.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.protocols)
    w(_p_i(n))
    if x.protocols:
        _write_join_group_request_protocol_list_v0(w, x.protocols)


def _write_join_group_request_v5(w: Write, x: JoinGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_iih(x.session_timeout_ms, x.rebalance_timeout_ms, n))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = -1
    else:
        s = x.group_instance_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    s = x.protocol_type.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.protocols)
    w(_p_i(n))
    if x.protocols:
        _write_join_group_request_protocol_list_v0(w, x.protocols)


def _write_join_group_request_protocol_list_v6(w: Write, items: list[JoinGroupRequestProtocol]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        d = x.metadata
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        w(b"\0")


def _write_join_group_request_v6(w: Write, x: JoinGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iiB(x.session_timeout_ms, x.rebalance_timeout_ms, n) if n < 128 else _p_ii(x.session_timeout_ms, x.rebalance_timeout_ms) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    s = x.protocol_type.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
    w(s)
    n = len(x.protocols) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.protocols:
        _write_join_group_request_protocol_list_v6(w, x.protocols)
    w(b"\0")


def _write_join_group_request_v8(w: Write, x: JoinGroupRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iiB(x.session_timeout_ms, x.rebalance_timeout_ms, n) if n < 128 else _p_ii(x.session_timeout_ms, x.rebalance_timeout_ms) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    s = x.protocol_type.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
    w(s)
    n = len(x.protocols) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.protocols:
        _write_join_group_request_protocol_list_v6(w, x.protocols)
    if x.reason is None:
        s = b""
        n = 0
    else:
        s = x.reason.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Reason"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[JoinGroupRequest, int]]]] = {
    0: _read_join_group_request_v0,
    1: _read_join_group_request_v1,
    2: _read_join_group_request_v1,
    3: _read_join_group_request_v1,
    4: _read_join_group_request_v1,
    5: _read_join_group_request_v5,
    6: _read_join_group_request_v6,
    7: _read_join_group_request_v6,
    8: _read_join_group_request_v8,
    9: _read_join_group_request_v8,
}
_WRITE: Final[dict[int, Callable[[Write, JoinGroupRequest], None]]] = {
    0: _write_join_group_request_v0,
    1: _write_join_group_request_v1,
    2: _write_join_group_request_v1,
    3: _write_join_group_request_v1,
    4: _write_join_group_request_v1,
    5: _write_join_group_request_v5,
    6: _write_join_group_request_v6,
    7: _write_join_group_request_v6,
    8: _write_join_group_request_v8,
    9: _write_join_group_request_v8,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> JoinGroupRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("JoinGroupRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("JoinGroupRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[JoinGroupRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("JoinGroupRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("JoinGroupRequest", version, len(data), end)
    return message, end


def encode_parts(message: JoinGroupRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("JoinGroupRequest", version, exc) from exc
    return parts


def encode(message: JoinGroupRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("JoinGroupRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: JoinGroupRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
