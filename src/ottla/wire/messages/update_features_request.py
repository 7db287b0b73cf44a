# Generated from table.txt by ottla.wire.generator; do not edit.
"""UpdateFeaturesRequest, API key 57: versions 0 to 2, flexible from 0."""

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

API_KEY: Final = 57
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Zx = Struct(">?x").pack
_p_hZx = Struct(">h?x").pack
_p_hbx = Struct(">hbx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_ZB = Struct(">?B").unpack_from
_u_hZB = Struct(">h?B").unpack_from
_u_hbB = Struct(">hbB").unpack_from
_u_iB = Struct(">iB").unpack_from


class FeatureUpdateKey(WireStruct):
    __slots__ = ("feature", "max_version_level", "allow_downgrade", "upgrade_type")
    feature: str
    max_version_level: int
    allow_downgrade: bool
    upgrade_type: int

    def __init__(
        self,
        feature: str = "",
        max_version_level: int = 0,
        allow_downgrade: bool = False,
        upgrade_type: int = 1,
    ) -> None:
        self.feature = feature
        self.max_version_level = max_version_level
        self.allow_downgrade = allow_downgrade
        self.upgrade_type = upgrade_type


class UpdateFeaturesRequest(WireStruct):
    __slots__ = ("timeout_ms", "feature_updates", "validate_only")
    timeout_ms: int
    feature_updates: list[FeatureUpdateKey]
    validate_only: bool

    def __init__(
        self,
        timeout_ms: int = 60000,
        feature_updates: list[FeatureUpdateKey] = NEW,
        validate_only: bool = False,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.feature_updates = [] if feature_updates is NEW else feature_updates
        self.validate_only = validate_only


def _read_feature_update_key_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[FeatureUpdateKey], int]:
    out: list[FeatureUpdateKey] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Feature")
        end = pos + n - 1
        feature = buf[pos:end].decode()
        pos = end
        max_version_level, allow_downgrade, tags = _u_hZB(buf, pos)
        pos += 4
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FeatureUpdateKey(feature, max_version_level, allow_downgrade, 1))
    return out, pos


def _read_update_features_request_v0(buf: bytes, pos: int) -> tuple[UpdateFeaturesRequest, int]:
    timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "FeatureUpdates")
    feature_updates, pos = _read_feature_update_key_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UpdateFeaturesRequest(timeout_ms, feature_updates, False), pos


def _read_feature_update_key_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[FeatureUpdateKey], int]:
    out: list[FeatureUpdateKey] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Feature")
        end = pos + n - 1
        feature = buf[pos:end].decode()
        pos = end
        max_version_level, upgrade_type, tags = _u_hbB(buf, pos)
        pos += 4
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FeatureUpdateKey(feature, max_version_level, False, upgrade_type))
    return out, pos


def _read_update_features_request_v1(buf: bytes, pos: int) -> tuple[UpdateFeaturesRequest, int]:
    timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "FeatureUpdates")
    feature_updates, pos = _read_feature_update_key_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    validate_only, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UpdateFeaturesRequest(timeout_ms, feature_updates, validate_only), pos


def _write_feature_update_key_list_v0(w: Write, items: list[FeatureUpdateKey]) -> None:
    for x in items:
        if x.upgrade_type != 1:
            raise absent_fault("UpgradeType")
        s = x.feature.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Feature"))
        w(s)
        w(_p_hZx(x.max_version_level, x.allow_downgrade))


def _write_update_features_request_v0(w: Write, x: UpdateFeaturesRequest) -> None:
    if x.validate_only:
        raise absent_fault("ValidateOnly")
    n = len(x.feature_updates) + 1
    w(_p_iB(x.timeout_ms, n) if n < 128 else _p_i(x.timeout_ms) + uvarint(n))
    if x.feature_updates:
        _write_feature_update_key_list_v0(w, x.feature_updates)
    w(b"\0")


def _write_feature_update_key_list_v1(w: Write, items: list[FeatureUpdateKey]) -> None:
    for x in items:
        if x.allow_downgrade:
            raise absent_fault("AllowDowngrade")
        s = x.feature.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Feature"))
        w(s)
        w(_p_hbx(x.max_version_level, x.upgrade_type))


def _write_update_features_request_v1(w: Write, x: UpdateFeaturesRequest) -> None:
    n = len(x.feature_updates) + 1
    w(_p_iB(x.timeout_ms, n) if n < 128 else _p_i(x.timeout_ms) + uvarint(n))
    if x.feature_updates:
        _write_feature_update_key_list_v1(w, x.feature_updates)
    w(_p_Zx(x.validate_only))


_READ: Final[dict[int, Callable[[bytes, int], tuple[UpdateFeaturesRequest, int]]]] = {
    0: _read_update_features_request_v0,
    1: _read_update_features_request_v1,
    2: _read_update_features_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, UpdateFeaturesRequest], None]]] = {
    0: _write_update_features_request_v0,
    1: _write_update_features_request_v1,
    2: _write_update_features_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> UpdateFeaturesRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UpdateFeaturesRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("UpdateFeaturesRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[UpdateFeaturesRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UpdateFeaturesRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("UpdateFeaturesRequest", version, len(data), end)
    return message, end


def encode_parts(message: UpdateFeaturesRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UpdateFeaturesRequest", version, exc) from exc
    return parts


def encode(message: UpdateFeaturesRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UpdateFeaturesRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: UpdateFeaturesRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
