# Generated from table.txt by ottla.wire.generator; do not edit.
"""ApiVersionsRequest, API key 18: versions 0 to 4, flexible from 3."""

from __future__ import annotations

from collections.abc import Callable
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

API_KEY: Final = 18
MIN_VERSION: Final = 0
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 3



class ApiVersionsRequest(WireStruct):
    __slots__ = ("client_software_name", "client_software_version")
    client_software_name: str
    client_software_version: str

    def __init__(
        self,
        client_software_name: str = "",
        client_software_version: str = "",
    ) -> None:
        self.client_software_name = client_software_name
        self.client_software_version = client_software_version


def _read_api_versions_request_v0(buf: bytes, pos: int) -> tuple[ApiVersionsRequest, int]:
    return ApiVersionsRequest("", ""), pos


def _read_api_versions_request_v3(buf: bytes, pos: int) -> tuple[ApiVersionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ClientSoftwareName")
    end = pos + n - 1
    client_software_name = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "ClientSoftwareVersion")
    end = pos + n - 1
    client_software_version = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ApiVersionsRequest(client_software_name, client_software_version), pos


def _write_api_versions_request_v0(w: Write, x: ApiVersionsRequest) -> None:
    pass


def _write_api_versions_request_v3(w: Write, x: ApiVersionsRequest) -> None:
    s = x.client_software_name.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientSoftwareName"))
    w(s)
    s = x.client_software_version.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientSoftwareVersion"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ApiVersionsRequest, int]]]] = {
    0: _read_api_versions_request_v0,
    1: _read_api_versions_request_v0,
    2: _read_api_versions_request_v0,
    3: _read_api_versions_request_v3,
    4: _read_api_versions_request_v3,
}
_WRITE: Final[dict[int, Callable[[Write, ApiVersionsRequest], None]]] = {
    0: _write_api_versions_request_v0,
    1: _write_api_versions_request_v0,
    2: _write_api_versions_request_v0,
    3: _write_api_versions_request_v3,
    4: _write_api_versions_request_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ApiVersionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ApiVersionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ApiVersionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ApiVersionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ApiVersionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ApiVersionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: ApiVersionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ApiVersionsRequest", version, exc) from exc
    return parts


def encode(message: ApiVersionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ApiVersionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ApiVersionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
