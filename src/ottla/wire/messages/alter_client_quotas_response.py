# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterClientQuotasResponse, API key 49: versions 0 to 1, flexible from 1."""

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

API_KEY: Final = 49
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 1

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


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


class EntryData(WireStruct):
    __slots__ = ("error_code", "error_message", "entity")
    error_code: int
    error_message: str | None
    entity: list[EntityData]

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        entity: list[EntityData] = NEW,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.entity = [] if entity is NEW else entity


class AlterClientQuotasResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "entries")
    throttle_time_ms: int
    entries: list[EntryData]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        entries: list[EntryData] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
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


def _read_entry_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[EntryData], int]:
    out: list[EntryData] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Entity")
        entity, pos = _read_entity_data_list_v0(buf, pos, n) if n else ([], pos)
        out.append(EntryData(error_code, error_message, entity))
    return out, pos


def _read_alter_client_quotas_response_v0(buf: bytes, pos: int) -> tuple[AlterClientQuotasResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Entries")
    entries, pos = _read_entry_data_list_v0(buf, pos, n) if n else ([], pos)
    return AlterClientQuotasResponse(throttle_time_ms, entries), pos


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


def _read_entry_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[EntryData], int]:
    out: list[EntryData] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
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
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Entity")
        entity, pos = _read_entity_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EntryData(error_code, error_message, entity))
    return out, pos


def _read_alter_client_quotas_response_v1(buf: bytes, pos: int) -> tuple[AlterClientQuotasResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Entries")
    entries, pos = _read_entry_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterClientQuotasResponse(throttle_time_ms, entries), pos


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


def _write_entry_data_list_v0(w: Write, items: list[EntryData]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.entity)
        w(_p_i(n))
        if x.entity:
            _write_entity_data_list_v0(w, x.entity)


def _write_alter_client_quotas_response_v0(w: Write, x: AlterClientQuotasResponse) -> None:
    n = len(x.entries)
    w(_p_ii(x.throttle_time_ms, n))
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


def _write_entry_data_list_v1(w: Write, items: list[EntryData]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = len(x.entity) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.entity:
            _write_entity_data_list_v1(w, x.entity)
        w(b"\0")


def _write_alter_client_quotas_response_v1(w: Write, x: AlterClientQuotasResponse) -> None:
    n = len(x.entries) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.entries:
        _write_entry_data_list_v1(w, x.entries)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterClientQuotasResponse, int]]]] = {
    0: _read_alter_client_quotas_response_v0,
    1: _read_alter_client_quotas_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, AlterClientQuotasResponse], None]]] = {
    0: _write_alter_client_quotas_response_v0,
    1: _write_alter_client_quotas_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterClientQuotasResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterClientQuotasResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterClientQuotasResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterClientQuotasResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterClientQuotasResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterClientQuotasResponse", version, len(data), end)
    return message, end


def encode_parts(message: AlterClientQuotasResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterClientQuotasResponse", version, exc) from exc
    return parts


def encode(message: AlterClientQuotasResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterClientQuotasResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterClientQuotasResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
