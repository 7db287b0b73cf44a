# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterConfigsRequest, API key 33: versions 0 to 2, flexible from 2."""

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

API_KEY: Final = 33
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

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


class AlterableConfig(WireStruct):
    __slots__ = ("name", "value")
    name: str
    value: str | None

    def __init__(
        self,
        name: str = "",
        value: str | None = "",
    ) -> None:
        self.name = name
        self.value = value


class AlterConfigsResource(WireStruct):
    __slots__ = ("resource_type", "resource_name", "configs")
    resource_type: int
    resource_name: str
    configs: list[AlterableConfig]

    def __init__(
        self,
        resource_type: int = 0,
        resource_name: str = "",
        configs: list[AlterableConfig] = NEW,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs = [] if configs is NEW else configs


class AlterConfigsRequest(WireStruct):
    __slots__ = ("resources", "validate_only")
    resources: list[AlterConfigsResource]
    validate_only: bool

    def __init__(
        self,
        resources: list[AlterConfigsResource] = NEW,
        validate_only: bool = False,
    ) -> None:
        self.resources = [] if resources is NEW else resources
        self.validate_only = validate_only


def _read_alterable_config_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterableConfig], int]:
    out: list[AlterableConfig] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            value = None
        else:
            end = pos + n
            value = buf[pos:end].decode()
            pos = end
        out.append(AlterableConfig(name, value))
    return out, pos


def _read_alter_configs_resource_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterConfigsResource], int]:
    out: list[AlterConfigsResource] = []
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
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Configs")
        configs, pos = _read_alterable_config_list_v0(buf, pos, n) if n else ([], pos)
        out.append(AlterConfigsResource(resource_type, resource_name, configs))
    return out, pos


def _read_alter_configs_request_v0(buf: bytes, pos: int) -> tuple[AlterConfigsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 7, "Resources")
    resources, pos = _read_alter_configs_resource_list_v0(buf, pos, n) if n else ([], pos)
    (validate_only,) = _u_Z(buf, pos)
    pos += 1
    return AlterConfigsRequest(resources, validate_only), pos


def _read_alterable_config_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterableConfig], int]:
    out: list[AlterableConfig] = []
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
        if n == 0:
            value = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Value")
            end = pos + n - 1
            value = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterableConfig(name, value))
    return out, pos


def _read_alter_configs_resource_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterConfigsResource], int]:
    out: list[AlterConfigsResource] = []
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
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Configs")
        configs, pos = _read_alterable_config_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterConfigsResource(resource_type, resource_name, configs))
    return out, pos


def _read_alter_configs_request_v2(buf: bytes, pos: int) -> tuple[AlterConfigsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 4, "Resources")
    resources, pos = _read_alter_configs_resource_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    validate_only, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterConfigsRequest(resources, validate_only), pos


def _write_alterable_config_list_v0(w: Write, items: list[AlterableConfig]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.value is None:
            s = b""
            n = -1
        else:
            s = x.value.encode()
            n = len(s)
        w(_p_h(n))
        w(s)


def _write_alter_configs_resource_list_v0(w: Write, items: list[AlterConfigsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)
        n = len(x.configs)
        w(_p_i(n))
        if x.configs:
            _write_alterable_config_list_v0(w, x.configs)


def _write_alter_configs_request_v0(w: Write, x: AlterConfigsRequest) -> None:
    n = len(x.resources)
    w(_p_i(n))
    if x.resources:
        _write_alter_configs_resource_list_v0(w, x.resources)
    w(_p_Z(x.validate_only))


def _write_alterable_config_list_v2(w: Write, items: list[AlterableConfig]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if x.value is None:
            s = b""
            n = 0
        else:
            s = x.value.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Value"))
        w(s)
        w(b"\0")


def _write_alter_configs_resource_list_v2(w: Write, items: list[AlterConfigsResource]) -> None:
    for x in items:
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        n = len(x.configs) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.configs:
            _write_alterable_config_list_v2(w, x.configs)
        w(b"\0")


def _write_alter_configs_request_v2(w: Write, x: AlterConfigsRequest) -> None:
    n = len(x.resources) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.resources:
        _write_alter_configs_resource_list_v2(w, x.resources)
    w(_p_Zx(x.validate_only))


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterConfigsRequest, int]]]] = {
    0: _read_alter_configs_request_v0,
    1: _read_alter_configs_request_v0,
    2: _read_alter_configs_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, AlterConfigsRequest], None]]] = {
    0: _write_alter_configs_request_v0,
    1: _write_alter_configs_request_v0,
    2: _write_alter_configs_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterConfigsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterConfigsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterConfigsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterConfigsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterConfigsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterConfigsRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterConfigsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterConfigsRequest", version, exc) from exc
    return parts


def encode(message: AlterConfigsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterConfigsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterConfigsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
