# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeConfigsRequest, API key 32: versions 1 to 4, flexible from 4."""

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
    long_count,
    long_string,
    null_fault,
    read_compact_strings,
    read_strings,
    skip_tags,
    string_length,
    uvarint,
    write_compact_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 32
MIN_VERSION: Final = 1
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 4

_p_Z = Struct(">?").pack
_p_ZZ = Struct(">??").pack
_p_ZZx = Struct(">??x").pack
_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bh = Struct(">bh").pack
_p_i = Struct(">i").pack
_u_Z = Struct(">?").unpack_from
_u_ZZ = Struct(">??").unpack_from
_u_ZZB = Struct(">??B").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_i = Struct(">i").unpack_from


class DescribeConfigsResource(WireStruct):
    __slots__ = ("resource_type", "resource_name", "configuration_keys")
    resource_type: int
    resource_name: str
    configuration_keys: list[str] | None

    def __init__(
        self,
        resource_type: int = 0,
        resource_name: str = "",
        configuration_keys: list[str] | None = NEW,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configuration_keys = [] if configuration_keys is NEW else configuration_keys


class DescribeConfigsRequest(WireStruct):
    __slots__ = ("resources", "include_synonyms", "include_documentation")
    resources: list[DescribeConfigsResource]
    include_synonyms: bool
    include_documentation: bool

    def __init__(
        self,
        resources: list[DescribeConfigsResource] = NEW,
        include_synonyms: bool = False,
        include_documentation: bool = False,
    ) -> None:
        self.resources = [] if resources is NEW else resources
        self.include_synonyms = include_synonyms
        self.include_documentation = include_documentation


def _read_describe_configs_resource_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResource], int]:
    out: list[DescribeConfigsResource] = []
    for _ in range(count):
        resource_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            raise null_fault("ResourceName")
        end = pos + n
        resource_name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            configuration_keys = None
        else:
            if n > 127:
                check_count(buf, pos, n, 2, "ConfigurationKeys")
            configuration_keys, pos = read_strings(buf, pos, n, "ConfigurationKeys")
        out.append(DescribeConfigsResource(resource_type, resource_name, configuration_keys))
    return out, pos


def _read_describe_configs_request_v1(buf: bytes, pos: int) -> tuple[DescribeConfigsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 7, "Resources")
    resources, pos = _read_describe_configs_resource_list_v1(buf, pos, n) if n else ([], pos)
    (include_synonyms,) = _u_Z(buf, pos)
    pos += 1
    return DescribeConfigsRequest(resources, include_synonyms, False), pos


def _read_describe_configs_request_v3(buf: bytes, pos: int) -> tuple[DescribeConfigsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 7, "Resources")
    resources, pos = _read_describe_configs_resource_list_v1(buf, pos, n) if n else ([], pos)
    include_synonyms, include_documentation = _u_ZZ(buf, pos)
    pos += 2
    return DescribeConfigsRequest(resources, include_synonyms, include_documentation), pos


def _read_describe_configs_resource_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResource], int]:
    out: list[DescribeConfigsResource] = []
    for _ in range(count):
        resource_type, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if n == 0:
            configuration_keys = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 1, "ConfigurationKeys")
            configuration_keys, pos = read_compact_strings(buf, pos, n - 1, "ConfigurationKeys")
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeConfigsResource(resource_type, resource_name, configuration_keys))
    return out, pos


def _read_describe_configs_request_v4(buf: bytes, pos: int) -> tuple[DescribeConfigsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Resources")
    resources, pos = _read_describe_configs_resource_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    include_synonyms, include_documentation, tags = _u_ZZB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeConfigsRequest(resources, include_synonyms, include_documentation), pos


def _write_describe_configs_resource_list_v1(w: Write, items: list[DescribeConfigsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)
        n = -1 if x.configuration_keys is None else len(x.configuration_keys)
        w(_p_i(n))
        if x.configuration_keys:
            write_strings(w, x.configuration_keys, "ConfigurationKeys")


def _write_describe_configs_request_v1(w: Write, x: DescribeConfigsRequest) -> None:
    if x.include_documentation:
        raise absent_fault("IncludeDocumentation")
    n = len(x.resources)
    w(_p_i(n))
    if x.resources:
        _write_describe_configs_resource_list_v1(w, x.resources)
    w(_p_Z(x.include_synonyms))


def _write_describe_configs_request_v3(w: Write, x: DescribeConfigsRequest) -> None:
    n = len(x.resources)
    w(_p_i(n))
    if x.resources:
        _write_describe_configs_resource_list_v1(w, x.resources)
    w(_p_ZZ(x.include_synonyms, x.include_documentation))


def _write_describe_configs_resource_list_v4(w: Write, items: list[DescribeConfigsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        n = 0 if x.configuration_keys is None else len(x.configuration_keys) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.configuration_keys:
            write_compact_strings(w, x.configuration_keys, "ConfigurationKeys")
        w(b"\0")


def _write_describe_configs_request_v4(w: Write, x: DescribeConfigsRequest) -> None:
    n = len(x.resources) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.resources:
        _write_describe_configs_resource_list_v4(w, x.resources)
    w(_p_ZZx(x.include_synonyms, x.include_documentation))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeConfigsRequest, int]]]] = {
    1: _read_describe_configs_request_v1,
    2: _read_describe_configs_request_v1,
    3: _read_describe_configs_request_v3,
    4: _read_describe_configs_request_v4,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeConfigsRequest], None]]] = {
    1: _write_describe_configs_request_v1,
    2: _write_describe_configs_request_v1,
    3: _write_describe_configs_request_v3,
    4: _write_describe_configs_request_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeConfigsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeConfigsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeConfigsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeConfigsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeConfigsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeConfigsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeConfigsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeConfigsRequest", version, exc) from exc
    return parts


def encode(message: DescribeConfigsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeConfigsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeConfigsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
