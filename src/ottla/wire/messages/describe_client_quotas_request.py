# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeClientQuotasRequest, API key 48: versions 0 to 1, flexible from 1."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 48
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 1

_p_Z = Struct(">?").pack
_p_Zx = Struct(">?x").pack
_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bh = Struct(">bh").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_Z = Struct(">?").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class ComponentData(WireStruct):
    __slots__ = ("entity_type", "match_type", "match")
    entity_type: str
    match_type: int
    match: str | None

    def __init__(
        self,
        entity_type: str = "",
        match_type: int = 0,
        match: str | None = "",
    ) -> None:
        self.entity_type = entity_type
        self.match_type = match_type
        self.match = match


class DescribeClientQuotasRequest(WireStruct):
    __slots__ = ("components", "strict")
    components: list[ComponentData]
    strict: bool

    def __init__(
        self,
        components: list[ComponentData] = NEW,
        strict: bool = False,
    ) -> None:
        self.components = [] if components is NEW else components
        self.strict = strict


def _read_component_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ComponentData], int]:
    out: list[ComponentData] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("EntityType")
        end = pos + n
        entity_type = buf[pos:end].decode()
        pos = end
        match_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            match = None
        else:
            end = pos + n
            match = buf[pos:end].decode()
            pos = end
        out.append(ComponentData(entity_type, match_type, match))
    return out, pos


def _read_describe_client_quotas_request_v0(buf: bytes, pos: int) -> tuple[DescribeClientQuotasRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 5, "Components")
    components, pos = _read_component_data_list_v0(buf, pos, n) if n else ([], pos)
    (strict,) = _u_Z(buf, pos)
    pos += 1
    return DescribeClientQuotasRequest(components, strict), pos


def _read_component_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ComponentData], int]:
    out: list[ComponentData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "EntityType")
        end = pos + n - 1
        entity_type = buf[pos:end].decode()
        pos = end
        match_type, n = _u_bB(buf, pos)
        pos += 2
        if n == 0:
            match = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Match")
            end = pos + n - 1
            match = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ComponentData(entity_type, match_type, match))
    return out, pos


def _read_describe_client_quotas_request_v1(buf: bytes, pos: int) -> tuple[DescribeClientQuotasRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Components")
    components, pos = _read_component_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    strict, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClientQuotasRequest(components, strict), pos


def _write_component_data_list_v0(w: Write, items: list[ComponentData]) -> None:
    for x in items:
        s = x.entity_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.match is None:
            s = b""
            n = -1
        else:
            s = x.match.encode()
            n = len(s)
        w(_p_bh(x.match_type, n))
        w(s)


def _write_describe_client_quotas_request_v0(w: Write, x: DescribeClientQuotasRequest) -> None:
    n = len(x.components)
    w(_p_i(n))
    if x.components:
        _write_component_data_list_v0(w, x.components)
    w(_p_Z(x.strict))


def _write_component_data_list_v1(w: Write, items: list[ComponentData]) -> None:
    for x in items:
        s = x.entity_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "EntityType"))
        w(s)
        if x.match is None:
            s = b""
            n = 0
        else:
            s = x.match.encode()
            n = len(s) + 1
        w(_p_bB(x.match_type, n) if n < 128 else _p_b(x.match_type) + string_length(n, "Match"))
        w(s)
        w(b"\0")


def _write_describe_client_quotas_request_v1(w: Write, x: DescribeClientQuotasRequest) -> None:
    n = len(x.components) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.components:
        _write_component_data_list_v1(w, x.components)
    w(_p_Zx(x.strict))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeClientQuotasRequest, int]]]] = {
    0: _read_describe_client_quotas_request_v0,
    1: _read_describe_client_quotas_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeClientQuotasRequest], None]]] = {
    0: _write_describe_client_quotas_request_v0,
    1: _write_describe_client_quotas_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeClientQuotasRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClientQuotasRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeClientQuotasRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeClientQuotasRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClientQuotasRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeClientQuotasRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeClientQuotasRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClientQuotasRequest", version, exc) from exc
    return parts


def encode(message: DescribeClientQuotasRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClientQuotasRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeClientQuotasRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
