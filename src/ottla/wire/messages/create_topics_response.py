# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreateTopicsResponse, API key 19: versions 2 to 7, flexible from 5."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    long_uvarint,
    next_tag,
    null_fault,
    skip_tags,
    string_length,
    tag_fault,
    tagged,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 19
MIN_VERSION: Final = 2
MAX_VERSION: Final = 7
FLEXIBLE_SINCE: Final[int | None] = 5

_p_Uh = Struct(">16sh").pack
_p_UhB = Struct(">16shB").pack
_p_ZbZx = Struct(">?b?x").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ii = Struct(">ii").pack
_u_UhB = Struct(">16shB").unpack_from
_u_ZbZB = Struct(">?b?B").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from


class CreatableTopicConfigs(WireStruct):
    __slots__ = ("name", "value", "read_only", "config_source", "is_sensitive")
    name: str
    value: str | None
    read_only: bool
    config_source: int
    is_sensitive: bool

    def __init__(
        self,
        name: str = "",
        value: str | None = "",
        read_only: bool = False,
        config_source: int = -1,
        is_sensitive: bool = False,
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.config_source = config_source
        self.is_sensitive = is_sensitive


class CreatableTopicResult(WireStruct):
    __slots__ = ("name", "topic_id", "error_code", "error_message", "topic_config_error_code", "num_partitions", "replication_factor", "configs")
    name: str
    topic_id: bytes
    error_code: int
    error_message: str | None
    topic_config_error_code: int
    num_partitions: int
    replication_factor: int
    configs: list[CreatableTopicConfigs] | None

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        error_code: int = 0,
        error_message: str | None = "",
        topic_config_error_code: int = 0,
        num_partitions: int = -1,
        replication_factor: int = -1,
        configs: list[CreatableTopicConfigs] | None = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message
        self.topic_config_error_code = topic_config_error_code
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.configs = [] if configs is NEW else configs


class CreateTopicsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[CreatableTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[CreatableTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_creatable_topic_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicResult], int]:
    out: list[CreatableTopicResult] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        out.append(CreatableTopicResult(name, ZERO_UUID, error_code, error_message, 0, -1, -1, []))
    return out, pos


def _read_create_topics_response_v2(buf: bytes, pos: int) -> tuple[CreateTopicsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_creatable_topic_result_list_v2(buf, pos, n) if n else ([], pos)
    return CreateTopicsResponse(throttle_time_ms, topics), pos


def _read_creatable_topic_configs_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicConfigs], int]:
    out: list[CreatableTopicConfigs] = []
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
        read_only, config_source, is_sensitive, tags = _u_ZbZB(buf, pos)
        pos += 4
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatableTopicConfigs(name, value, read_only, config_source, is_sensitive))
    return out, pos


def _read_creatable_topic_result_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicResult], int]:
    out: list[CreatableTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
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
        num_partitions, replication_factor, n = _u_ihB(buf, pos)
        pos += 7
        if n == 0:
            configs = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 6, "Configs")
            configs, pos = _read_creatable_topic_configs_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        topic_config_error_code: int = 0
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    (topic_config_error_code,) = _u_h(buf, pos)
                    pos += 2
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(CreatableTopicResult(name, ZERO_UUID, error_code, error_message, topic_config_error_code, num_partitions, replication_factor, configs))
    return out, pos


def _read_create_topics_response_v5(buf: bytes, pos: int) -> tuple[CreateTopicsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 12, "Topics")
    topics, pos = _read_creatable_topic_result_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateTopicsResponse(throttle_time_ms, topics), pos


def _read_creatable_topic_result_list_v7(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicResult], int]:
    out: list[CreatableTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        topic_id, error_code, n = _u_UhB(buf, pos)
        pos += 19
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        num_partitions, replication_factor, n = _u_ihB(buf, pos)
        pos += 7
        if n == 0:
            configs = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 6, "Configs")
            configs, pos = _read_creatable_topic_configs_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        topic_config_error_code: int = 0
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    (topic_config_error_code,) = _u_h(buf, pos)
                    pos += 2
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(CreatableTopicResult(name, topic_id, error_code, error_message, topic_config_error_code, num_partitions, replication_factor, configs))
    return out, pos


def _read_create_topics_response_v7(buf: bytes, pos: int) -> tuple[CreateTopicsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 28, "Topics")
    topics, pos = _read_creatable_topic_result_list_v7(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateTopicsResponse(throttle_time_ms, topics), pos


def _write_creatable_topic_result_list_v2(w: Write, items: list[CreatableTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)


def _write_create_topics_response_v2(w: Write, x: CreateTopicsResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_creatable_topic_result_list_v2(w, x.topics)


def _write_creatable_topic_configs_list_v5(w: Write, items: list[CreatableTopicConfigs]) -> None:
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
        w(_p_ZbZx(x.read_only, x.config_source, x.is_sensitive))


def _write_creatable_topic_result_list_v5(w: Write, items: list[CreatableTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = 0 if x.configs is None else len(x.configs) + 1
        w(_p_ihB(x.num_partitions, x.replication_factor, n) if n < 128 else _p_ih(x.num_partitions, x.replication_factor) + uvarint(n))
        if x.configs:
            _write_creatable_topic_configs_list_v5(w, x.configs)
        tags = 0
        section = b""
        if x.topic_config_error_code:
            parts_0: list[bytes | bytearray | memoryview] = []
            parts_0.append(_p_h(x.topic_config_error_code))
            tags += 1
            section += tagged(0, parts_0)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_create_topics_response_v5(w: Write, x: CreateTopicsResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_creatable_topic_result_list_v5(w, x.topics)
    w(b"\0")


def _write_creatable_topic_result_list_v7(w: Write, items: list[CreatableTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_UhB(x.topic_id, x.error_code, n) if n < 128 else _p_Uh(x.topic_id, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = 0 if x.configs is None else len(x.configs) + 1
        w(_p_ihB(x.num_partitions, x.replication_factor, n) if n < 128 else _p_ih(x.num_partitions, x.replication_factor) + uvarint(n))
        if x.configs:
            _write_creatable_topic_configs_list_v5(w, x.configs)
        tags = 0
        section = b""
        if x.topic_config_error_code:
            parts_0: list[bytes | bytearray | memoryview] = []
            parts_0.append(_p_h(x.topic_config_error_code))
            tags += 1
            section += tagged(0, parts_0)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_create_topics_response_v7(w: Write, x: CreateTopicsResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_creatable_topic_result_list_v7(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreateTopicsResponse, int]]]] = {
    2: _read_create_topics_response_v2,
    3: _read_create_topics_response_v2,
    4: _read_create_topics_response_v2,
    5: _read_create_topics_response_v5,
    6: _read_create_topics_response_v5,
    7: _read_create_topics_response_v7,
}
_WRITE: Final[dict[int, Callable[[Write, CreateTopicsResponse], None]]] = {
    2: _write_create_topics_response_v2,
    3: _write_create_topics_response_v2,
    4: _write_create_topics_response_v2,
    5: _write_create_topics_response_v5,
    6: _write_create_topics_response_v5,
    7: _write_create_topics_response_v7,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreateTopicsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateTopicsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("CreateTopicsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreateTopicsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateTopicsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("CreateTopicsResponse", version, len(data), end)
    return message, end


def encode_parts(message: CreateTopicsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateTopicsResponse", version, exc) from exc
    return parts


def encode(message: CreateTopicsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateTopicsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreateTopicsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
