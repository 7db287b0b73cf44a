# Generated from table.txt by ottla.wire.generator; do not edit.
"""RemoveRaftVoterResponse, API key 81: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_string,
    skip_tags,
    string_length,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 81
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_ihB = Struct(">ihB").unpack_from


class RemoveRaftVoterResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message")
    throttle_time_ms: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message


def _read_remove_raft_voter_response_v0(buf: bytes, pos: int) -> tuple[RemoveRaftVoterResponse, int]:
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
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return RemoveRaftVoterResponse(throttle_time_ms, error_code, error_message), pos


def _write_remove_raft_voter_response_v0(w: Write, x: RemoveRaftVoterResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[RemoveRaftVoterResponse, int]]]] = {
    0: _read_remove_raft_voter_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, RemoveRaftVoterResponse], None]]] = {
    0: _write_remove_raft_voter_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> RemoveRaftVoterResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RemoveRaftVoterResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("RemoveRaftVoterResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[RemoveRaftVoterResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("RemoveRaftVoterResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("RemoveRaftVoterResponse", version, len(data), end)
    return message, end


def encode_parts(message: RemoveRaftVoterResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RemoveRaftVoterResponse", version, exc) from exc
    return parts


def encode(message: RemoveRaftVoterResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("RemoveRaftVoterResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: RemoveRaftVoterResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
