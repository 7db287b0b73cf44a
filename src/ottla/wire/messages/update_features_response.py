# Generated from table.txt by ottla.wire.generator; do not edit.
"""UpdateFeaturesResponse, API key 57: versions 0 to 2, flexible from 0."""

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

API_KEY: Final = 57
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_hB = Struct(">hB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class UpdatableFeatureResult(WireStruct):
    __slots__ = ("feature", "error_code", "error_message")
    feature: str
    error_code: int
    error_message: str | None

    def __init__(
        self,
        feature: str = "",
        error_code: int = 0,
        error_message: str | None = "",
    ) -> None:
        self.feature = feature
        self.error_code = error_code
        self.error_message = error_message


class UpdateFeaturesResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "results")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    results: list[UpdatableFeatureResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        results: list[UpdatableFeatureResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.results = [] if results is NEW else results


def _read_updatable_feature_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[UpdatableFeatureResult], int]:
    out: list[UpdatableFeatureResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Feature")
        end = pos + n - 1
        feature = buf[pos:end].decode()
        pos = end
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
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(UpdatableFeatureResult(feature, error_code, error_message))
    return out, pos


def _read_update_features_response_v0(buf: bytes, pos: int) -> tuple[UpdateFeaturesResponse, int]:
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
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Results")
    results, pos = _read_updatable_feature_result_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UpdateFeaturesResponse(throttle_time_ms, error_code, error_message, results), pos


def _read_update_features_response_v2(buf: bytes, pos: int) -> tuple[UpdateFeaturesResponse, int]:
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
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return UpdateFeaturesResponse(throttle_time_ms, error_code, error_message, []), pos


def _write_updatable_feature_result_list_v0(w: Write, items: list[UpdatableFeatureResult]) -> None:
    for x in items:
        s = x.feature.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Feature"))
        w(s)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_update_features_response_v0(w: Write, x: UpdateFeaturesResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.results) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.results:
        _write_updatable_feature_result_list_v0(w, x.results)
    w(b"\0")


def _write_update_features_response_v2(w: Write, x: UpdateFeaturesResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[UpdateFeaturesResponse, int]]]] = {
    0: _read_update_features_response_v0,
    1: _read_update_features_response_v0,
    2: _read_update_features_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, UpdateFeaturesResponse], None]]] = {
    0: _write_update_features_response_v0,
    1: _write_update_features_response_v0,
    2: _write_update_features_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> UpdateFeaturesResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UpdateFeaturesResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("UpdateFeaturesResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[UpdateFeaturesResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("UpdateFeaturesResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("UpdateFeaturesResponse", version, len(data), end)
    return message, end


def encode_parts(message: UpdateFeaturesResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UpdateFeaturesResponse", version, exc) from exc
    return parts


def encode(message: UpdateFeaturesResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("UpdateFeaturesResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: UpdateFeaturesResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
