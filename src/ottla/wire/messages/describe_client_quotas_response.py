# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeClientQuotasResponse, API key 48: versions 0 to 1, flexible from 1."""

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

_p_d = Struct(">d").pack
_p_dx = Struct(">dx").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihh = Struct(">ihh").pack
_u_d = Struct(">d").unpack_from
_u_dB = Struct(">dB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihh = Struct(">ihh").unpack_from


class EntityData(WireStruct):
    __slots__ = ("entity_type", "entity_name")
    entity_type: str
    entity_name: str | None

    def __init__(
        self,
        entity_type: str = "",
        entity_name: str | None = "",
    ) -> None:
        self.entity_type = entity_type
        self.entity_name = entity_name


class ValueData(WireStruct):
    __slots__ = ("key", "value")
    key: str
    value: float

    def __init__(
        self,
        key: str = "",
        value: float = 0.0,
    ) -> None:
        self.key = key
        self.value = value


class EntryData(WireStruct):
    __slots__ = ("entity", "values")
    entity: list[EntityData]
    values: list[ValueData]

    def __init__(
        self,
        entity: list[EntityData] = NEW,
        values: list[ValueData] = NEW,
    ) -> None:
        self.entity = [] if entity is NEW else entity
        self.values = [] if values is NEW else values


class DescribeClientQuotasResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "entries")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    entries: list[EntryData] | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        entries: list[EntryData] | None = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.entries = [] if entries is NEW else entries


def _read_entity_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[EntityData], int]:
    out: list[EntityData] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("EntityType")
        end = pos + n
        entity_type = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            entity_name = None
        else:
            end = pos + n
            entity_name = buf[pos:end].decode()
            pos = end
        out.append(EntityData(entity_type, entity_name))
    return out, pos


def _read_value_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ValueData], int]:
    out: list[ValueData] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Key")
        end = pos + n
        key = buf[pos:end].decode()
        pos = end
        (value,) = _u_d(buf, pos)
        pos += 8
        out.append(ValueData(key, value))
    return out, pos


def _read_entry_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[EntryData], int]:
    out: list[EntryData] = []
    for _ in range(count):
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Entity")
        entity, pos = _read_entity_data_list_v0(buf, pos, n) if n else ([], pos)
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 10, "Values")
        values, pos = _read_value_data_list_v0(buf, pos, n) if n else ([], pos)
        out.append(EntryData(entity, values))
    return out, pos


def _read_describe_client_quotas_response_v0(buf: bytes, pos: int) -> tuple[DescribeClientQuotasResponse, int]:
    throttle_time_ms, error_code, n = _u_ihh(buf, pos)
    pos += 8
    if n < 0:
        error_message = None
    else:
        end = pos + n
        error_message = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        entries = None
    else:
        if n > 127:
            check_count(buf, pos, n, 8, "Entries")
        entries, pos = _read_entry_data_list_v0(buf, pos, n) if n else ([], pos)
    return DescribeClientQuotasResponse(throttle_time_ms, error_code, error_message, entries), pos


def _read_entity_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[EntityData], int]:
    out: list[EntityData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "EntityType")
        end = pos + n - 1
        entity_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if n == 0:
            entity_name = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "EntityName")
            end = pos + n - 1
            entity_name = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EntityData(entity_type, entity_name))
    return out, pos


def _read_value_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ValueData], int]:
    out: list[ValueData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Key")
        end = pos + n - 1
        key = buf[pos:end].decode()
        pos = end
        value, tags = _u_dB(buf, pos)
        pos += 9
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ValueData(key, value))
    return out, pos


def _read_entry_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[EntryData], int]:
    out: list[EntryData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Entity")
        entity, pos = _read_entity_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 10, "Values")
        values, pos = _read_value_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EntryData(entity, values))
    return out, pos


def _read_describe_client_quotas_response_v1(buf: bytes, pos: int) -> tuple[DescribeClientQuotasResponse, int]:
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
    n = buf[pos]
    pos += 1
    if n == 0:
        entries = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Entries")
        entries, pos = _read_entry_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeClientQuotasResponse(throttle_time_ms, error_code, error_message, entries), pos


def _write_entity_data_list_v0(w: Write, items: list[EntityData]) -> None:
    for x in items:
        s = x.entity_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.entity_name is None:
            s = b""
            n = -1
        else:
            s = x.entity_name.encode()
            n = len(s)
        w(_p_h(n))
        w(s)


def _write_value_data_list_v0(w: Write, items: list[ValueData]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_d(x.value))


def _write_entry_data_list_v0(w: Write, items: list[EntryData]) -> None:
    for x in items:
        n = len(x.entity)
        w(_p_i(n))
        if x.entity:
            _write_entity_data_list_v0(w, x.entity)
        n = len(x.values)
        w(_p_i(n))
        if x.values:
            _write_value_data_list_v0(w, x.values)


def _write_describe_client_quotas_response_v0(w: Write, x: DescribeClientQuotasResponse) -> None:
    if x.error_message is None:
        s = b""
        n = -1
    else:
        s = x.error_message.encode()
        n = len(s)
    w(_p_ihh(x.throttle_time_ms, x.error_code, n))
    w(s)
    n = -1 if x.entries is None else len(x.entries)
    w(_p_i(n))
    if x.entries:
        _write_entry_data_list_v0(w, x.entries)


def _write_entity_data_list_v1(w: Write, items: list[EntityData]) -> None:
    for x in items:
        s = x.entity_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "EntityType"))
        w(s)
        if x.entity_name is None:
            s = b""
            n = 0
        else:
            s = x.entity_name.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "EntityName"))
        w(s)
        w(b"\0")


def _write_value_data_list_v1(w: Write, items: list[ValueData]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Key"))
        w(s)
        w(_p_dx(x.value))


def _write_entry_data_list_v1(w: Write, items: list[EntryData]) -> None:
    for x in items:
        n = len(x.entity) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.entity:
            _write_entity_data_list_v1(w, x.entity)
        n = len(x.values) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.values:
            _write_value_data_list_v1(w, x.values)
        w(b"\0")


def _write_describe_client_quotas_response_v1(w: Write, x: DescribeClientQuotasResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = 0 if x.entries is None else len(x.entries) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.entries:
        _write_entry_data_list_v1(w, x.entries)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeClientQuotasResponse, int]]]] = {
    0: _read_describe_client_quotas_response_v0,
    1: _read_describe_client_quotas_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeClientQuotasResponse], None]]] = {
    0: _write_describe_client_quotas_response_v0,
    1: _write_describe_client_quotas_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeClientQuotasResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClientQuotasResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeClientQuotasResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeClientQuotasResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeClientQuotasResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeClientQuotasResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeClientQuotasResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClientQuotasResponse", version, exc) from exc
    return parts


def encode(message: DescribeClientQuotasResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeClientQuotasResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeClientQuotasResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
