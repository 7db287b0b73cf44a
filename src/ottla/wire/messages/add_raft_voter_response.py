# Generated from table.txt by ottla.wire.generator; do not edit.
"""AddRaftVoterResponse, API key 80: versions 0 to 1, flexible from 0."""

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

API_KEY: Final = 80
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_ihB = Struct(">ihB").unpack_from


class AddRaftVoterResponse(WireStruct):
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


def _read_add_raft_voter_response_v0(buf: bytes, pos: int) -> tuple[AddRaftVoterResponse, int]:
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
    return AddRaftVoterResponse(throttle_time_ms, error_code, error_message), pos


def _write_add_raft_voter_response_v0(w: Write, x: AddRaftVoterResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AddRaftVoterResponse, int]]]] = {
    0: _read_add_raft_voter_response_v0,
    1: _read_add_raft_voter_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, AddRaftVoterResponse], None]]] = {
    0: _write_add_raft_voter_response_v0,
    1: _write_add_raft_voter_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AddRaftVoterResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddRaftVoterResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AddRaftVoterResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AddRaftVoterResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AddRaftVoterResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AddRaftVoterResponse", version, len(data), end)
    return message, end


def encode_parts(message: AddRaftVoterResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddRaftVoterResponse", version, exc) from exc
    return parts


def encode(message: AddRaftVoterResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AddRaftVoterResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AddRaftVoterResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
