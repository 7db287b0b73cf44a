# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListConfigResourcesResponse, API key 74: versions 0 to 1, flexible from 0."""

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
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 74
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_bx = Struct(">bx").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_bB = Struct(">bB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class ConfigResource(WireStruct):
    __slots__ = ("resource_name", "resource_type")
    resource_name: str
    resource_type: int

    def __init__(
        self,
        resource_name: str = "",
        resource_type: int = 16,
    ) -> None:
        self.resource_name = resource_name
        self.resource_type = resource_type


class ListConfigResourcesResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "config_resources")
    throttle_time_ms: int
    error_code: int
    config_resources: list[ConfigResource]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        config_resources: list[ConfigResource] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.config_resources = [] if config_resources is NEW else config_resources


def _read_config_resource_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ConfigResource], int]:
    out: list[ConfigResource] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ConfigResource(resource_name, 16))
    return out, pos


def _read_list_config_resources_response_v0(buf: bytes, pos: int) -> tuple[ListConfigResourcesResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 2, "ConfigResources")
    config_resources, pos = _read_config_resource_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListConfigResourcesResponse(throttle_time_ms, error_code, config_resources), pos


def _read_config_resource_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ConfigResource], int]:
    out: list[ConfigResource] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        resource_type, tags = _u_bB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ConfigResource(resource_name, resource_type))
    return out, pos


def _read_list_config_resources_response_v1(buf: bytes, pos: int) -> tuple[ListConfigResourcesResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ConfigResources")
    config_resources, pos = _read_config_resource_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListConfigResourcesResponse(throttle_time_ms, error_code, config_resources), pos


def _write_config_resource_list_v0(w: Write, items: list[ConfigResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ResourceName"))
        w(s)
        w(b"\0")


def _write_list_config_resources_response_v0(w: Write, x: ListConfigResourcesResponse) -> None:
    n = len(x.config_resources) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.config_resources:
        _write_config_resource_list_v0(w, x.config_resources)
    w(b"\0")


def _write_config_resource_list_v1(w: Write, items: list[ConfigResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ResourceName"))
        w(s)
        w(_p_bx(x.resource_type))


def _write_list_config_resources_response_v1(w: Write, x: ListConfigResourcesResponse) -> None:
    n = len(x.config_resources) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.config_resources:
        _write_config_resource_list_v1(w, x.config_resources)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListConfigResourcesResponse, int]]]] = {
    0: _read_list_config_resources_response_v0,
    1: _read_list_config_resources_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ListConfigResourcesResponse], None]]] = {
    0: _write_list_config_resources_response_v0,
    1: _write_list_config_resources_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListConfigResourcesResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListConfigResourcesResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ListConfigResourcesResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListConfigResourcesResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListConfigResourcesResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ListConfigResourcesResponse", version, len(data), end)
    return message, end


def encode_parts(message: ListConfigResourcesResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListConfigResourcesResponse", version, exc) from exc
    return parts


def encode(message: ListConfigResourcesResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListConfigResourcesResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListConfigResourcesResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
