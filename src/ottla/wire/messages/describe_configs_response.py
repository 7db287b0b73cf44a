# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeConfigsResponse, API key 32: versions 1 to 4, flexible from 4."""

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

API_KEY: Final = 32
MIN_VERSION: Final = 1
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 4

_p_ZbZ = Struct(">?b?").pack
_p_ZbZB = Struct(">?b?B").pack
_p_ZbZi = Struct(">?b?i").pack
_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bh = Struct(">bh").pack
_p_bx = Struct(">bx").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_ZbZB = Struct(">?b?B").unpack_from
_u_ZbZi = Struct(">?b?i").unpack_from
_u_b = Struct(">b").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_bh = Struct(">bh").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class DescribeConfigsSynonym(WireStruct):
    __slots__ = ("name", "value", "source")
    name: str
    value: str | None
    source: int

    def __init__(
        self,
        name: str = "",
        value: str | None = "",
        source: int = 0,
    ) -> None:
        self.name = name
        self.value = value
        self.source = source


class DescribeConfigsResourceResult(WireStruct):
    __slots__ = ("name", "value", "read_only", "config_source", "is_sensitive", "synonyms", "config_type", "documentation")
    name: str
    value: str | None
    read_only: bool
    config_source: int
    is_sensitive: bool
    synonyms: list[DescribeConfigsSynonym]
    config_type: int
    documentation: str | None

    def __init__(
        self,
        name: str = "",
        value: str | None = "",
        read_only: bool = False,
        config_source: int = -1,
        is_sensitive: bool = False,
        synonyms: list[DescribeConfigsSynonym] = NEW,
        config_type: int = 0,
        documentation: str | None = "",
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.config_source = config_source
        self.is_sensitive = is_sensitive
        self.synonyms = [] if synonyms is NEW else synonyms
        self.config_type = config_type
        self.documentation = documentation


class DescribeConfigsResult(WireStruct):
    __slots__ = ("error_code", "error_message", "resource_type", "resource_name", "configs")
    error_code: int
    error_message: str | None
    resource_type: int
    resource_name: str
    configs: list[DescribeConfigsResourceResult]

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
        configs: list[DescribeConfigsResourceResult] = NEW,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs = [] if configs is NEW else configs


class DescribeConfigsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "results")
    throttle_time_ms: int
    results: list[DescribeConfigsResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        results: list[DescribeConfigsResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is NEW else results


def _read_describe_configs_synonym_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsSynonym], int]:
    out: list[DescribeConfigsSynonym] = []
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
        (source,) = _u_b(buf, pos)
        pos += 1
        out.append(DescribeConfigsSynonym(name, value, source))
    return out, pos


def _read_describe_configs_resource_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResourceResult], int]:
    out: list[DescribeConfigsResourceResult] = []
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
        read_only, config_source, is_sensitive, n = _u_ZbZi(buf, pos)
        pos += 7
        if not -1 < n < 128:
            check_count(buf, pos, n, 5, "Synonyms")
        synonyms, pos = _read_describe_configs_synonym_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribeConfigsResourceResult(name, value, read_only, config_source, is_sensitive, synonyms, 0, ""))
    return out, pos


def _read_describe_configs_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResult], int]:
    out: list[DescribeConfigsResult] = []
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
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 11, "Configs")
        configs, pos = _read_describe_configs_resource_result_list_v1(buf, pos, n) if n else ([], pos)
        out.append(DescribeConfigsResult(error_code, error_message, resource_type, resource_name, configs))
    return out, pos


def _read_describe_configs_response_v1(buf: bytes, pos: int) -> tuple[DescribeConfigsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 11, "Results")
    results, pos = _read_describe_configs_result_list_v1(buf, pos, n) if n else ([], pos)
    return DescribeConfigsResponse(throttle_time_ms, results), pos


def _read_describe_configs_resource_result_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResourceResult], int]:
    out: list[DescribeConfigsResourceResult] = []
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
        read_only, config_source, is_sensitive, n = _u_ZbZi(buf, pos)
        pos += 7
        if not -1 < n < 128:
            check_count(buf, pos, n, 5, "Synonyms")
        synonyms, pos = _read_describe_configs_synonym_list_v1(buf, pos, n) if n else ([], pos)
        config_type, n = _u_bh(buf, pos)
        pos += 3
        if n < 0:
            documentation = None
        else:
            end = pos + n
            documentation = buf[pos:end].decode()
            pos = end
        out.append(DescribeConfigsResourceResult(name, value, read_only, config_source, is_sensitive, synonyms, config_type, documentation))
    return out, pos


def _read_describe_configs_result_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResult], int]:
    out: list[DescribeConfigsResult] = []
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
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 14, "Configs")
        configs, pos = _read_describe_configs_resource_result_list_v3(buf, pos, n) if n else ([], pos)
        out.append(DescribeConfigsResult(error_code, error_message, resource_type, resource_name, configs))
    return out, pos


def _read_describe_configs_response_v3(buf: bytes, pos: int) -> tuple[DescribeConfigsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 11, "Results")
    results, pos = _read_describe_configs_result_list_v3(buf, pos, n) if n else ([], pos)
    return DescribeConfigsResponse(throttle_time_ms, results), pos


def _read_describe_configs_synonym_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsSynonym], int]:
    out: list[DescribeConfigsSynonym] = []
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
        source, tags = _u_bB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeConfigsSynonym(name, value, source))
    return out, pos


def _read_describe_configs_resource_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResourceResult], int]:
    out: list[DescribeConfigsResourceResult] = []
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
        read_only, config_source, is_sensitive, n = _u_ZbZB(buf, pos)
        pos += 4
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Synonyms")
        synonyms, pos = _read_describe_configs_synonym_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
        config_type, n = _u_bB(buf, pos)
        pos += 2
        if n == 0:
            documentation = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Documentation")
            end = pos + n - 1
            documentation = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeConfigsResourceResult(name, value, read_only, config_source, is_sensitive, synonyms, config_type, documentation))
    return out, pos


def _read_describe_configs_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribeConfigsResult], int]:
    out: list[DescribeConfigsResult] = []
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 9, "Configs")
        configs, pos = _read_describe_configs_resource_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeConfigsResult(error_code, error_message, resource_type, resource_name, configs))
    return out, pos


def _read_describe_configs_response_v4(buf: bytes, pos: int) -> tuple[DescribeConfigsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 7, "Results")
    results, pos = _read_describe_configs_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeConfigsResponse(throttle_time_ms, results), pos


def _write_describe_configs_synonym_list_v1(w: Write, items: list[DescribeConfigsSynonym]) -> None:
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
        w(_p_b(x.source))


def _write_describe_configs_resource_result_list_v1(w: Write, items: list[DescribeConfigsResourceResult]) -> None:
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
        n = len(x.synonyms)
        w(_p_ZbZi(x.read_only, x.config_source, x.is_sensitive, n))
        if x.synonyms:
            _write_describe_configs_synonym_list_v1(w, x.synonyms)


def _write_describe_configs_result_list_v1(w: Write, items: list[DescribeConfigsResult]) -> None:
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
        n = len(x.configs)
        w(_p_i(n))
        if x.configs:
            _write_describe_configs_resource_result_list_v1(w, x.configs)


def _write_describe_configs_response_v1(w: Write, x: DescribeConfigsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_describe_configs_result_list_v1(w, x.results)


def _write_describe_configs_resource_result_list_v3(w: Write, items: list[DescribeConfigsResourceResult]) -> None:
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
        n = len(x.synonyms)
        w(_p_ZbZi(x.read_only, x.config_source, x.is_sensitive, n))
        if x.synonyms:
            _write_describe_configs_synonym_list_v1(w, x.synonyms)
        if x.documentation is None:
            s = b""
            n = -1
        else:
            s = x.documentation.encode()
            n = len(s)
        w(_p_bh(x.config_type, n))
        w(s)


def _write_describe_configs_result_list_v3(w: Write, items: list[DescribeConfigsResult]) -> None:
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
        n = len(x.configs)
        w(_p_i(n))
        if x.configs:
            _write_describe_configs_resource_result_list_v3(w, x.configs)


def _write_describe_configs_response_v3(w: Write, x: DescribeConfigsResponse) -> None:
    n = len(x.results)
    w(_p_ii(x.throttle_time_ms, n))
    if x.results:
        _write_describe_configs_result_list_v3(w, x.results)


def _write_describe_configs_synonym_list_v4(w: Write, items: list[DescribeConfigsSynonym]) -> None:
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
        w(_p_bx(x.source))


def _write_describe_configs_resource_result_list_v4(w: Write, items: list[DescribeConfigsResourceResult]) -> None:
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
        n = len(x.synonyms) + 1
        w(_p_ZbZB(x.read_only, x.config_source, x.is_sensitive, n) if n < 128 else _p_ZbZ(x.read_only, x.config_source, x.is_sensitive) + uvarint(n))
        if x.synonyms:
            _write_describe_configs_synonym_list_v4(w, x.synonyms)
        if x.documentation is None:
            s = b""
            n = 0
        else:
            s = x.documentation.encode()
            n = len(s) + 1
        w(_p_bB(x.config_type, n) if n < 128 else _p_b(x.config_type) + string_length(n, "Documentation"))
        w(s)
        w(b"\0")


def _write_describe_configs_result_list_v4(w: Write, items: list[DescribeConfigsResult]) -> None:
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
        n = len(x.configs) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.configs:
            _write_describe_configs_resource_result_list_v4(w, x.configs)
        w(b"\0")


def _write_describe_configs_response_v4(w: Write, x: DescribeConfigsResponse) -> None:
    n = len(x.results) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.results:
        _write_describe_configs_result_list_v4(w, x.results)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeConfigsResponse, int]]]] = {
    1: _read_describe_configs_response_v1,
    2: _read_describe_configs_response_v1,
    3: _read_describe_configs_response_v3,
    4: _read_describe_configs_response_v4,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeConfigsResponse], None]]] = {
    1: _write_describe_configs_response_v1,
    2: _write_describe_configs_response_v1,
    3: _write_describe_configs_response_v3,
    4: _write_describe_configs_response_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeConfigsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeConfigsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeConfigsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeConfigsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeConfigsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeConfigsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeConfigsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeConfigsResponse", version, exc) from exc
    return parts


def encode(message: DescribeConfigsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeConfigsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeConfigsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
