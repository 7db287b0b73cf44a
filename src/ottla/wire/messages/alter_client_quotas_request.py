# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterClientQuotasRequest, API key 49: versions 0 to 1, flexible from 1."""

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

_p_Z = Struct(">?").pack
_p_Zx = Struct(">?x").pack
_p_dZ = Struct(">d?").pack
_p_dZx = Struct(">d?x").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_Z = Struct(">?").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_dZ = Struct(">d?").unpack_from
_u_dZB = Struct(">d?B").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


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


class OpData(WireStruct):
    __slots__ = ("key", "value", "remove")
    key: str
    value: float
    remove: bool

    def __init__(
        self,
        key: str = "",
        value: float = 0.0,
        remove: bool = False,
    ) -> None:
        self.key = key
        self.value = value
        self.remove = remove


class EntryData(WireStruct):
    __slots__ = ("entity", "ops")
    entity: list[EntityData]
    ops: list[OpData]

    def __init__(
        self,
        entity: list[EntityData] = NEW,
        ops: list[OpData] = NEW,
    ) -> None:
        self.entity = [] if entity is NEW else entity
        self.ops = [] if ops is NEW else ops


class AlterClientQuotasRequest(WireStruct):
    __slots__ = ("entries", "validate_only")
    entries: list[EntryData]
    validate_only: bool

    def __init__(
        self,
        entries: list[EntryData] = NEW,
        validate_only: bool = False,
    ) -> None:
        self.entries = [] if entries is NEW else entries
        self.validate_only = validate_only


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


def _read_op_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OpData], int]:
    out: list[OpData] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Key")
        end = pos + n
        key = buf[pos:end].decode()
        pos = end
        value, remove = _u_dZ(buf, pos)
        pos += 9
        out.append(OpData(key, value, remove))
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
            check_count(buf, pos, n, 11, "Ops")
        ops, pos = _read_op_data_list_v0(buf, pos, n) if n else ([], pos)
        out.append(EntryData(entity, ops))
    return out, pos


def _read_alter_client_quotas_request_v0(buf: bytes, pos: int) -> tuple[AlterClientQuotasRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Entries")
    entries, pos = _read_entry_data_list_v0(buf, pos, n) if n else ([], pos)
    (validate_only,) = _u_Z(buf, pos)
    pos += 1
    return AlterClientQuotasRequest(entries, validate_only), pos


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


def _read_op_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[OpData], int]:
    out: list[OpData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Key")
        end = pos + n - 1
        key = buf[pos:end].decode()
        pos = end
        value, remove, tags = _u_dZB(buf, pos)
        pos += 10
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OpData(key, value, remove))
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
            n, pos = long_count(buf, pos, n, 11, "Ops")
        ops, pos = _read_op_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EntryData(entity, ops))
    return out, pos


def _read_alter_client_quotas_request_v1(buf: bytes, pos: int) -> tuple[AlterClientQuotasRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Entries")
    entries, pos = _read_entry_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    validate_only, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterClientQuotasRequest(entries, validate_only), pos


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


def _write_op_data_list_v0(w: Write, items: list[OpData]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        w(_p_dZ(x.value, x.remove))


def _write_entry_data_list_v0(w: Write, items: list[EntryData]) -> None:
    for x in items:
        n = len(x.entity)
        w(_p_i(n))
        if x.entity:
            _write_entity_data_list_v0(w, x.entity)
        n = len(x.ops)
        w(_p_i(n))
        if x.ops:
            _write_op_data_list_v0(w, x.ops)


def _write_alter_client_quotas_request_v0(w: Write, x: AlterClientQuotasRequest) -> None:
    n = len(x.entries)
    w(_p_i(n))
    if x.entries:
        _write_entry_data_list_v0(w, x.entries)
    w(_p_Z(x.validate_only))


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


def _write_op_data_list_v1(w: Write, items: list[OpData]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Key"))
        w(s)
        w(_p_dZx(x.value, x.remove))


def _write_entry_data_list_v1(w: Write, items: list[EntryData]) -> None:
    for x in items:
        n = len(x.entity) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.entity:
            _write_entity_data_list_v1(w, x.entity)
        n = len(x.ops) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.ops:
            _write_op_data_list_v1(w, x.ops)
        w(b"\0")


def _write_alter_client_quotas_request_v1(w: Write, x: AlterClientQuotasRequest) -> None:
    n = len(x.entries) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.entries:
        _write_entry_data_list_v1(w, x.entries)
    w(_p_Zx(x.validate_only))


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterClientQuotasRequest, int]]]] = {
    0: _read_alter_client_quotas_request_v0,
    1: _read_alter_client_quotas_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, AlterClientQuotasRequest], None]]] = {
    0: _write_alter_client_quotas_request_v0,
    1: _write_alter_client_quotas_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterClientQuotasRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterClientQuotasRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterClientQuotasRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterClientQuotasRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterClientQuotasRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterClientQuotasRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterClientQuotasRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterClientQuotasRequest", version, exc) from exc
    return parts


def encode(message: AlterClientQuotasRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterClientQuotasRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterClientQuotasRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
