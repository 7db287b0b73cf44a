# Generated from table.txt by ottla.wire.generator; do not edit.
"""VotersRecord: version 0, flexible from 0."""

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
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Hx = Struct(">Hx").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hhx = Struct(">hhx").pack
_p_iU = Struct(">i16s").pack
_p_iUB = Struct(">i16sB").pack
_u_HB = Struct(">HB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hhB = Struct(">hhB").unpack_from
_u_iUB = Struct(">i16sB").unpack_from


class Endpoint(WireStruct):
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


class KRaftVersionFeature(WireStruct):
    __slots__ = ("min_supported_version", "max_supported_version")
    min_supported_version: int
    max_supported_version: int

    def __init__(
        self,
        min_supported_version: int = 0,
        max_supported_version: int = 0,
    ) -> None:
        self.min_supported_version = min_supported_version
        self.max_supported_version = max_supported_version


class Voter(WireStruct):
    __slots__ = ("voter_id", "voter_directory_id", "endpoints", "kraft_version_feature")
    voter_id: int
    voter_directory_id: bytes
    endpoints: list[Endpoint]
    kraft_version_feature: KRaftVersionFeature

    def __init__(
        self,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        endpoints: list[Endpoint] = NEW,
        kraft_version_feature: KRaftVersionFeature = NEW,
    ) -> None:
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
        self.endpoints = [] if endpoints is NEW else endpoints
        self.kraft_version_feature = KRaftVersionFeature() if kraft_version_feature is NEW else kraft_version_feature


class VotersRecord(WireStruct):
    __slots__ = ("version", "voters")
    version: int
    voters: list[Voter]

    def __init__(
        self,
        version: int = 0,
        voters: list[Voter] = NEW,
    ) -> None:
        self.version = version
        self.voters = [] if voters is NEW else voters


def _read_endpoint_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Endpoint], int]:
    out: list[Endpoint] = []
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
        out.append(Endpoint(name, host, port))
    return out, pos


def _read_kraft_version_feature_v0(buf: bytes, pos: int) -> tuple[KRaftVersionFeature, int]:
    min_supported_version, max_supported_version, tags = _u_hhB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return KRaftVersionFeature(min_supported_version, max_supported_version), pos


def _read_voter_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Voter], int]:
    out: list[Voter] = []
    for _ in range(count):
        voter_id, voter_directory_id, n = _u_iUB(buf, pos)
        pos += 21
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 5, "Endpoints")
        endpoints, pos = _read_endpoint_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        kraft_version_feature, pos = _read_kraft_version_feature_v0(buf, pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Voter(voter_id, voter_directory_id, endpoints, kraft_version_feature))
    return out, pos


def _read_voters_record_v0(buf: bytes, pos: int) -> tuple[VotersRecord, int]:
    version, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 27, "Voters")
    voters, pos = _read_voter_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return VotersRecord(version, voters), pos


def _write_endpoint_list_v0(w: Write, items: list[Endpoint]) -> None:
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


def _write_kraft_version_feature_v0(w: Write, x: KRaftVersionFeature) -> None:
    w(_p_hhx(x.min_supported_version, x.max_supported_version))


def _write_voter_list_v0(w: Write, items: list[Voter]) -> None:
    for x in items:
        if len(x.voter_directory_id) != 16:
            raise uuid_fault("VoterDirectoryId")
        n = len(x.endpoints) + 1
        w(_p_iUB(x.voter_id, x.voter_directory_id, n) if n < 128 else _p_iU(x.voter_id, x.voter_directory_id) + uvarint(n))
        if x.endpoints:
            _write_endpoint_list_v0(w, x.endpoints)
        _write_kraft_version_feature_v0(w, x.kraft_version_feature)
        w(b"\0")


def _write_voters_record_v0(w: Write, x: VotersRecord) -> None:
    n = len(x.voters) + 1
    w(_p_hB(x.version, n) if n < 128 else _p_h(x.version) + uvarint(n))
    if x.voters:
        _write_voter_list_v0(w, x.voters)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[VotersRecord, int]]]] = {
    0: _read_voters_record_v0,
}
_WRITE: Final[dict[int, Callable[[Write, VotersRecord], None]]] = {
    0: _write_voters_record_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> VotersRecord:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("VotersRecord", version, exc) from exc
    if end != len(data):
        raise length_fault("VotersRecord", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[VotersRecord, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("VotersRecord", version, exc) from exc
    if end > len(data):
        raise length_fault("VotersRecord", version, len(data), end)
    return message, end


def encode_parts(message: VotersRecord, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("VotersRecord", version, exc) from exc
    return parts


def encode(message: VotersRecord, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("VotersRecord", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: VotersRecord, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
