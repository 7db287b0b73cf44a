# Generated from table.txt by ottla.wire.generator; do not edit.
"""ApiVersionsResponse, API key 18: versions 0 to 4, flexible from 3."""

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
    long_uvarint,
    next_tag,
    skip_tags,
    string_length,
    tag_fault,
    tagged,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 18
MIN_VERSION: Final = 0
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 3

_p_Z = Struct(">?").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hhh = Struct(">hhh").pack
_p_hhhx = Struct(">hhhx").pack
_p_hhx = Struct(">hhx").pack
_p_hi = Struct(">hi").pack
_p_i = Struct(">i").pack
_p_q = Struct(">q").pack
_u_Z = Struct(">?").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hhB = Struct(">hhB").unpack_from
_u_hhh = Struct(">hhh").unpack_from
_u_hhhB = Struct(">hhhB").unpack_from
_u_hi = Struct(">hi").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_q = Struct(">q").unpack_from


class ApiVersion(WireStruct):
    __slots__ = ("api_key", "min_version", "max_version")
    api_key: int
    min_version: int
    max_version: int

    def __init__(
        self,
        api_key: int = 0,
        min_version: int = 0,
        max_version: int = 0,
    ) -> None:
        self.api_key = api_key
        self.min_version = min_version
        self.max_version = max_version


class SupportedFeatureKey(WireStruct):
    __slots__ = ("name", "min_version", "max_version")
    name: str
    min_version: int
    max_version: int

    def __init__(
        self,
        name: str = "",
        min_version: int = 0,
        max_version: int = 0,
    ) -> None:
        self.name = name
        self.min_version = min_version
        self.max_version = max_version


class FinalizedFeatureKey(WireStruct):
    __slots__ = ("name", "max_version_level", "min_version_level")
    name: str
    max_version_level: int
    min_version_level: int

    def __init__(
        self,
        name: str = "",
        max_version_level: int = 0,
        min_version_level: int = 0,
    ) -> None:
        self.name = name
        self.max_version_level = max_version_level
        self.min_version_level = min_version_level


class ApiVersionsResponse(WireStruct):
    __slots__ = ("error_code", "api_keys", "throttle_time_ms", "supported_features", "finalized_features_epoch", "finalized_features", "zk_migration_ready")
    error_code: int
    api_keys: list[ApiVersion]
    throttle_time_ms: int
    supported_features: list[SupportedFeatureKey]
    finalized_features_epoch: int
    finalized_features: list[FinalizedFeatureKey]
    zk_migration_ready: bool

    def __init__(
        self,
        error_code: int = 0,
        api_keys: list[ApiVersion] = NEW,
        throttle_time_ms: int = 0,
        supported_features: list[SupportedFeatureKey] = NEW,
        finalized_features_epoch: int = -1,
        finalized_features: list[FinalizedFeatureKey] = NEW,
        zk_migration_ready: bool = False,
    ) -> None:
        self.error_code = error_code
        self.api_keys = [] if api_keys is NEW else api_keys
        self.throttle_time_ms = throttle_time_ms
        self.supported_features = [] if supported_features is NEW else supported_features
        self.finalized_features_epoch = finalized_features_epoch
        self.finalized_features = [] if finalized_features is NEW else finalized_features
        self.zk_migration_ready = zk_migration_ready


def _read_api_version_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ApiVersion], int]:
    out: list[ApiVersion] = []
    for _ in range(count):
        api_key, min_version, max_version = _u_hhh(buf, pos)
        pos += 6
        out.append(ApiVersion(api_key, min_version, max_version))
    return out, pos


def _read_api_versions_response_v0(buf: bytes, pos: int) -> tuple[ApiVersionsResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ApiKeys")
    api_keys, pos = _read_api_version_list_v0(buf, pos, n) if n else ([], pos)
    return ApiVersionsResponse(error_code, api_keys, 0, [], -1, [], False), pos


def _read_api_versions_response_v1(buf: bytes, pos: int) -> tuple[ApiVersionsResponse, int]:
    error_code, n = _u_hi(buf, pos)
    pos += 6
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ApiKeys")
    api_keys, pos = _read_api_version_list_v0(buf, pos, n) if n else ([], pos)
    (throttle_time_ms,) = _u_i(buf, pos)
    pos += 4
    return ApiVersionsResponse(error_code, api_keys, throttle_time_ms, [], -1, [], False), pos


def _read_api_version_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[ApiVersion], int]:
    out: list[ApiVersion] = []
    for _ in range(count):
        api_key, min_version, max_version, tags = _u_hhhB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ApiVersion(api_key, min_version, max_version))
    return out, pos


def _read_supported_feature_key_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[SupportedFeatureKey], int]:
    out: list[SupportedFeatureKey] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        min_version, max_version, tags = _u_hhB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(SupportedFeatureKey(name, min_version, max_version))
    return out, pos


def _read_finalized_feature_key_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[FinalizedFeatureKey], int]:
    out: list[FinalizedFeatureKey] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        max_version_level, min_version_level, tags = _u_hhB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FinalizedFeatureKey(name, max_version_level, min_version_level))
    return out, pos


def _read_api_versions_response_v3(buf: bytes, pos: int) -> tuple[ApiVersionsResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 7, "ApiKeys")
    api_keys, pos = _read_api_version_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
    supported_features: list[SupportedFeatureKey] = []
    finalized_features_epoch: int = -1
    finalized_features: list[FinalizedFeatureKey] = []
    zk_migration_ready: bool = False
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if not 0 < n < 128:
                    n, pos = long_count(buf, pos, n, 6, "SupportedFeatures")
                supported_features, pos = _read_supported_feature_key_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
            elif tag == 1:
                (finalized_features_epoch,) = _u_q(buf, pos)
                pos += 8
            elif tag == 2:
                n = buf[pos]
                pos += 1
                if not 0 < n < 128:
                    n, pos = long_count(buf, pos, n, 6, "FinalizedFeatures")
                finalized_features, pos = _read_finalized_feature_key_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
            elif tag == 3:
                (zk_migration_ready,) = _u_Z(buf, pos)
                pos += 1
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return ApiVersionsResponse(error_code, api_keys, throttle_time_ms, supported_features, finalized_features_epoch, finalized_features, zk_migration_ready), pos


def _write_api_version_list_v0(w: Write, items: list[ApiVersion]) -> None:
    for x in items:
        w(_p_hhh(x.api_key, x.min_version, x.max_version))


def _write_api_versions_response_v0(w: Write, x: ApiVersionsResponse) -> None:
    n = len(x.api_keys)
    w(_p_hi(x.error_code, n))
    if x.api_keys:
        _write_api_version_list_v0(w, x.api_keys)


def _write_api_versions_response_v1(w: Write, x: ApiVersionsResponse) -> None:
    n = len(x.api_keys)
    w(_p_hi(x.error_code, n))
    if x.api_keys:
        _write_api_version_list_v0(w, x.api_keys)
    w(_p_i(x.throttle_time_ms))


def _write_api_version_list_v3(w: Write, items: list[ApiVersion]) -> None:
    for x in items:
        w(_p_hhhx(x.api_key, x.min_version, x.max_version))


def _write_supported_feature_key_list_v3(w: Write, items: list[SupportedFeatureKey]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(_p_hhx(x.min_version, x.max_version))


def _write_finalized_feature_key_list_v3(w: Write, items: list[FinalizedFeatureKey]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(_p_hhx(x.max_version_level, x.min_version_level))


def _write_api_versions_response_v3(w: Write, x: ApiVersionsResponse) -> None:
    n = len(x.api_keys) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + uvarint(n))
    if x.api_keys:
        _write_api_version_list_v3(w, x.api_keys)
    w(_p_i(x.throttle_time_ms))
    tags = 0
    section = b""
    if x.supported_features:
        parts_0: list[bytes | bytearray | memoryview] = []
        n = len(x.supported_features) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.supported_features:
            _write_supported_feature_key_list_v3(parts_0.append, x.supported_features)
        tags += 1
        section += tagged(0, parts_0)
    if x.finalized_features_epoch != -1:
        parts_1: list[bytes | bytearray | memoryview] = []
        parts_1.append(_p_q(x.finalized_features_epoch))
        tags += 1
        section += tagged(1, parts_1)
    if x.finalized_features:
        parts_2: list[bytes | bytearray | memoryview] = []
        n = len(x.finalized_features) + 1
        parts_2.append(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.finalized_features:
            _write_finalized_feature_key_list_v3(parts_2.append, x.finalized_features)
        tags += 1
        section += tagged(2, parts_2)
    if x.zk_migration_ready:
        parts_3: list[bytes | bytearray | memoryview] = []
        parts_3.append(_p_Z(x.zk_migration_ready))
        tags += 1
        section += tagged(3, parts_3)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


_READ: Final[dict[int, Callable[[bytes, int], tuple[ApiVersionsResponse, int]]]] = {
    0: _read_api_versions_response_v0,
    1: _read_api_versions_response_v1,
    2: _read_api_versions_response_v1,
    3: _read_api_versions_response_v3,
    4: _read_api_versions_response_v3,
}
_WRITE: Final[dict[int, Callable[[Write, ApiVersionsResponse], None]]] = {
    0: _write_api_versions_response_v0,
    1: _write_api_versions_response_v1,
    2: _write_api_versions_response_v1,
    3: _write_api_versions_response_v3,
    4: _write_api_versions_response_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ApiVersionsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ApiVersionsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ApiVersionsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ApiVersionsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ApiVersionsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ApiVersionsResponse", version, len(data), end)
    return message, end


def encode_parts(message: ApiVersionsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ApiVersionsResponse", version, exc) from exc
    return parts


def encode(message: ApiVersionsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ApiVersionsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ApiVersionsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
