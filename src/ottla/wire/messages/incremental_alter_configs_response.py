# Generated from table.txt by ottla.wire.generator; do not edit.
"""IncrementalAlterConfigsResponse, API key 44: versions 0 to 1, flexible from 1."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
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

API_KEY: Final = 44
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 1

_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bh = Struct(">bh").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_bB = Struct(">bB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class AlterConfigsResourceResponse(WireStruct):
    __slots__ = ("error_code", "error_message", "resource_type", "resource_name")
    error_code: int
    error_message: str | None
    resource_type: int
    resource_name: str

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name


class IncrementalAlterConfigsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "responses")
    throttle_time_ms: int
    responses: list[AlterConfigsResourceResponse]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        responses: list[AlterConfigsResourceResponse] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses = [] if responses is NEW else responses


def _read_alter_configs_resource_response_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterConfigsResourceResponse], int]:
    out: list[AlterConfigsResourceResponse] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        resource_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            raise null_fault("ResourceName")
        end = pos + n
        resource_name = buf[pos:end].decode()
        pos = end
        out.append(AlterConfigsResourceResponse(error_code, error_message, resource_type, resource_name))
    return out, pos


def _read_incremental_alter_configs_response_v0(buf: bytes, pos: int) -> tuple[IncrementalAlterConfigsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 7, "Responses")
    responses, pos = _read_alter_configs_resource_response_list_v0(buf, pos, n) if n else ([], pos)
    return IncrementalAlterConfigsResponse(throttle_time_ms, responses), pos


def _read_alter_configs_resource_response_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AlterConfigsResourceResponse], int]:
    out: list[AlterConfigsResourceResponse] = []
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
        resource_type, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ResourceName")
        end = pos + n - 1
        resource_name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterConfigsResourceResponse(error_code, error_message, resource_type, resource_name))
    return out, pos


def _read_incremental_alter_configs_response_v1(buf: bytes, pos: int) -> tuple[IncrementalAlterConfigsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_alter_configs_resource_response_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return IncrementalAlterConfigsResponse(throttle_time_ms, responses), pos


def _write_alter_configs_resource_response_list_v0(w: Write, items: list[AlterConfigsResourceResponse]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        s = x.resource_name.encode()
        n = len(s)
        w(_p_bh(x.resource_type, n))
        w(s)


def _write_incremental_alter_configs_response_v0(w: Write, x: IncrementalAlterConfigsResponse) -> None:
    n = len(x.responses)
    w(_p_ii(x.throttle_time_ms, n))
    if x.responses:
        _write_alter_configs_resource_response_list_v0(w, x.responses)


def _write_alter_configs_resource_response_list_v1(w: Write, items: list[AlterConfigsResourceResponse]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        s = x.resource_name.encode()
        n = len(s) + 1
        w(_p_bB(x.resource_type, n) if n < 128 else _p_b(x.resource_type) + string_length(n, "ResourceName"))
        w(s)
        w(b"\0")


def _write_incremental_alter_configs_response_v1(w: Write, x: IncrementalAlterConfigsResponse) -> None:
    n = len(x.responses) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.responses:
        _write_alter_configs_resource_response_list_v1(w, x.responses)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[IncrementalAlterConfigsResponse, int]]]] = {
    0: _read_incremental_alter_configs_response_v0,
    1: _read_incremental_alter_configs_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, IncrementalAlterConfigsResponse], None]]] = {
    0: _write_incremental_alter_configs_response_v0,
    1: _write_incremental_alter_configs_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> IncrementalAlterConfigsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("IncrementalAlterConfigsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("IncrementalAlterConfigsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[IncrementalAlterConfigsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("IncrementalAlterConfigsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("IncrementalAlterConfigsResponse", version, len(data), end)
    return message, end


def encode_parts(message: IncrementalAlterConfigsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("IncrementalAlterConfigsResponse", version, exc) from exc
    return parts


def encode(message: IncrementalAlterConfigsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("IncrementalAlterConfigsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: IncrementalAlterConfigsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
