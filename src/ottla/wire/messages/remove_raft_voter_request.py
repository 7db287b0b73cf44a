# Generated from table.txt by ottla.wire.generator; do not edit.
"""RemoveRaftVoterRequest, API key 81: version 0, flexible from 0."""

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
    decode_fault,
    encode_fault,
    length_fault,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 81
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_iUx = Struct(">i16sx").pack
_u_iUB = Struct(">i16sB").unpack_from


class RemoveRaftVoterRequest(WireStruct):
    __slots__ = ("cluster_id", "voter_id", "voter_directory_id")
    cluster_id: str | None
    voter_id: int
    voter_directory_id: bytes

    def __init__(
        self,
        cluster_id: str | None = "",
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
    ) -> None:
        self.cluster_id = cluster_id
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id


def _read_remove_raft_voter_request_v0(buf: bytes, pos: int) -> tuple[RemoveRaftVoterRequest, int]:
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
    voter_id, voter_directory_id, tags = _u_iUB(buf, pos)
    pos += 21
    if tags:
        pos = skip_tags(buf, pos, tags)
    return RemoveRaftVoterRequest(cluster_id, voter_id, voter_directory_id), pos


def _write_remove_raft_voter_request_v0(w: Write, x: RemoveRaftVoterRequest) -> None:
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
    w(_p_iUx(x.voter_id, x.voter_directory_id))


_READ: Final[dict[int, Callable[[bytes, int], tuple[RemoveRaftVoterRequest, int]]]] = {
    0: _read_remove_raft_voter_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, RemoveRaftVoterRequest], None]]] = {
    0: _write_remove_raft_voter_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> RemoveRaftVoterRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RemoveRaftVoterRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("RemoveRaftVoterRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[RemoveRaftVoterRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RemoveRaftVoterRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("RemoveRaftVoterRequest", version, len(data), end)
    return message, end


def encode_parts(message: RemoveRaftVoterRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RemoveRaftVoterRequest", version, exc) from exc
    return parts


def encode(message: RemoveRaftVoterRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RemoveRaftVoterRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: RemoveRaftVoterRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
