# Generated from table.txt by ottla.wire.generator; do not edit.
"""AddRaftVoterRequest, API key 80: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 80
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Hx = Struct(">Hx").pack
_p_Zx = Struct(">?x").pack
_p_iiU = Struct(">ii16s").pack
_p_iiUB = Struct(">ii16sB").pack
_u_HB = Struct(">HB").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_iiUB = Struct(">ii16sB").unpack_from


class Listener(WireStruct):
    __slots__ = ("name", "host", "port")
    name: str
    host: str
    port: int

    def __init__(
        self,
        name: str = "",
        host: str = "",
        port: int = 0,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port


class AddRaftVoterRequest(WireStruct):
    __slots__ = ("cluster_id", "timeout_ms", "voter_id", "voter_directory_id", "listeners", "ack_when_committed")
    cluster_id: str | None
    timeout_ms: int
    voter_id: int
    voter_directory_id: bytes
    listeners: list[Listener]
    ack_when_committed: bool

    def __init__(
        self,
        cluster_id: str | None = "",
        timeout_ms: int = 0,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        listeners: list[Listener] = NEW,
        ack_when_committed: bool = True,
    ) -> None:
        self.cluster_id = cluster_id
        self.timeout_ms = timeout_ms
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
        self.listeners = [] if listeners is NEW else listeners
        self.ack_when_committed = ack_when_committed


def _read_listener_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Listener], int]:
    out: list[Listener] = []
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
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, tags = _u_HB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Listener(name, host, port))
    return out, pos


def _read_add_raft_voter_request_v0(buf: bytes, pos: int) -> tuple[AddRaftVoterRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        cluster_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ClusterId")
        end = pos + n - 1
        cluster_id = buf[pos:end].decode()
        pos = end
    timeout_ms, voter_id, voter_directory_id, n = _u_iiUB(buf, pos)
    pos += 25
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Listeners")
    listeners, pos = _read_listener_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddRaftVoterRequest(cluster_id, timeout_ms, voter_id, voter_directory_id, listeners, True), pos


def _read_add_raft_voter_request_v1(buf: bytes, pos: int) -> tuple[AddRaftVoterRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        cluster_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ClusterId")
        end = pos + n - 1
        cluster_id = buf[pos:end].decode()
        pos = end
    timeout_ms, voter_id, voter_directory_id, n = _u_iiUB(buf, pos)
    pos += 25
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Listeners")
    listeners, pos = _read_listener_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    ack_when_committed, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AddRaftVoterRequest(cluster_id, timeout_ms, voter_id, voter_directory_id, listeners, ack_when_committed), pos


def _write_listener_list_v0(w: Write, items: list[Listener]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
        w(s)
        w(_p_Hx(x.port))


def _write_add_raft_voter_request_v0(w: Write, x: AddRaftVoterRequest) -> None:
    if not x.ack_when_committed:
        raise absent_fault("AckWhenCommitted")
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    if len(x.voter_directory_id) != 16:
        raise uuid_fault("VoterDirectoryId")
    n = len(x.listeners) + 1
    w(_p_iiUB(x.timeout_ms, x.voter_id, x.voter_directory_id, n) if n < 128 else _p_iiU(x.timeout_ms, x.voter_id, x.voter_directory_id) + uvarint(n))
    if x.listeners:
        _write_listener_list_v0(w, x.listeners)
    w(b"\0")


def _write_add_raft_voter_request_v1(w: Write, x: AddRaftVoterRequest) -> None:
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    if len(x.voter_directory_id) != 16:
        raise uuid_fault("VoterDirectoryId")
    n = len(x.listeners) + 1
    w(_p_iiUB(x.timeout_ms, x.voter_id, x.voter_directory_id, n) if n < 128 else _p_iiU(x.timeout_ms, x.voter_id, x.voter_directory_id) + uvarint(n))
    if x.listeners:
        _write_listener_list_v0(w, x.listeners)
    w(_p_Zx(x.ack_when_committed))


_READ: Final[dict[int, Callable[[bytes, int], tuple[AddRaftVoterRequest, int]]]] = {
    0: _read_add_raft_voter_request_v0,
    1: _read_add_raft_voter_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, AddRaftVoterRequest], None]]] = {
    0: _write_add_raft_voter_request_v0,
    1: _write_add_raft_voter_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AddRaftVoterRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddRaftVoterRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AddRaftVoterRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AddRaftVoterRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddRaftVoterRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AddRaftVoterRequest", version, len(data), end)
    return message, end


def encode_parts(message: AddRaftVoterRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddRaftVoterRequest", version, exc) from exc
    return parts


def encode(message: AddRaftVoterRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddRaftVoterRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AddRaftVoterRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
