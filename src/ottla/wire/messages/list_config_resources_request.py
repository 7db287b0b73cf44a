# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListConfigResourcesRequest, API key 74: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
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
    long_count,
    pack_numbers,
    read_numbers,
    skip_tags,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 74
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0



class ListConfigResourcesRequest(WireStruct):
    __slots__ = ("resource_types",)
    resource_types: list[int]

    def __init__(
        self,
        resource_types: list[int] = NEW,
    ) -> None:
        self.resource_types = [] if resource_types is NEW else resource_types


def _read_list_config_resources_request_v0(buf: bytes, pos: int) -> tuple[ListConfigResourcesRequest, int]:
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListConfigResourcesRequest([]), pos


def _read_list_config_resources_request_v1(buf: bytes, pos: int) -> tuple[ListConfigResourcesRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "ResourceTypes")
    resource_types = read_numbers(buf, pos, n - 1, "b")
    pos += (n - 1)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListConfigResourcesRequest(resource_types), pos


def _write_list_config_resources_request_v0(w: Write, x: ListConfigResourcesRequest) -> None:
    if x.resource_types:
        raise absent_fault("ResourceTypes")
    w(b"\0")


def _write_list_config_resources_request_v1(w: Write, x: ListConfigResourcesRequest) -> None:
    n = len(x.resource_types) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.resource_types:
        w(pack_numbers(x.resource_types, "b"))
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListConfigResourcesRequest, int]]]] = {
    0: _read_list_config_resources_request_v0,
    1: _read_list_config_resources_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ListConfigResourcesRequest], None]]] = {
    0: _write_list_config_resources_request_v0,
    1: _write_list_config_resources_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListConfigResourcesRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListConfigResourcesRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ListConfigResourcesRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListConfigResourcesRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListConfigResourcesRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ListConfigResourcesRequest", version, len(data), end)
    return message, end


def encode_parts(message: ListConfigResourcesRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListConfigResourcesRequest", version, exc) from exc
    return parts


def encode(message: ListConfigResourcesRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListConfigResourcesRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListConfigResourcesRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
