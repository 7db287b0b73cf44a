# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterReplicaLogDirsRequest, API key 34: versions 1 to 2, flexible from 2."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 34
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class AlterReplicaLogDirTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[int]

    def __init__(
        self,
        name: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class AlterReplicaLogDir(WireStruct):
    __slots__ = ("path", "topics")
    path: str
    topics: list[AlterReplicaLogDirTopic]

    def __init__(
        self,
        path: str = "",
        topics: list[AlterReplicaLogDirTopic] = NEW,
    ) -> None:
        self.path = path
        self.topics = [] if topics is NEW else topics


class AlterReplicaLogDirsRequest(WireStruct):
    __slots__ = ("dirs",)
    dirs: list[AlterReplicaLogDir]

    def __init__(
        self,
        dirs: list[AlterReplicaLogDir] = NEW,
    ) -> None:
        self.dirs = [] if dirs is NEW else dirs


def _read_alter_replica_log_dir_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirTopic], int]:
    out: list[AlterReplicaLogDirTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(AlterReplicaLogDirTopic(name, partitions))
    return out, pos


def _read_alter_replica_log_dir_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDir], int]:
    out: list[AlterReplicaLogDir] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Path")
        end = pos + n
        path = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 6, "Topics")
        topics, pos = _read_alter_replica_log_dir_topic_list_v1(buf, pos, n) if n else ([], pos)
        out.append(AlterReplicaLogDir(path, topics))
    return out, pos


def _read_alter_replica_log_dirs_request_v1(buf: bytes, pos: int) -> tuple[AlterReplicaLogDirsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Dirs")
    dirs, pos = _read_alter_replica_log_dir_list_v1(buf, pos, n) if n else ([], pos)
    return AlterReplicaLogDirsRequest(dirs), pos


def _read_alter_replica_log_dir_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDirTopic], int]:
    out: list[AlterReplicaLogDirTopic] = []
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
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterReplicaLogDirTopic(name, partitions))
    return out, pos


def _read_alter_replica_log_dir_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[AlterReplicaLogDir], int]:
    out: list[AlterReplicaLogDir] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Path")
        end = pos + n - 1
        path = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_alter_replica_log_dir_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterReplicaLogDir(path, topics))
    return out, pos


def _read_alter_replica_log_dirs_request_v2(buf: bytes, pos: int) -> tuple[AlterReplicaLogDirsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Dirs")
    dirs, pos = _read_alter_replica_log_dir_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterReplicaLogDirsRequest(dirs), pos


def _write_alter_replica_log_dir_topic_list_v1(w: Write, items: list[AlterReplicaLogDirTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_alter_replica_log_dir_list_v1(w: Write, items: list[AlterReplicaLogDir]) -> None:
    for x in items:
        s = x.path.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.topics)
        w(_p_i(n))
        if x.topics:
            _write_alter_replica_log_dir_topic_list_v1(w, x.topics)


def _write_alter_replica_log_dirs_request_v1(w: Write, x: AlterReplicaLogDirsRequest) -> None:
    n = len(x.dirs)
    w(_p_i(n))
    if x.dirs:
        _write_alter_replica_log_dir_list_v1(w, x.dirs)


def _write_alter_replica_log_dir_topic_list_v2(w: Write, items: list[AlterReplicaLogDirTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_alter_replica_log_dir_list_v2(w: Write, items: list[AlterReplicaLogDir]) -> None:
    for x in items:
        s = x.path.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Path"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_alter_replica_log_dir_topic_list_v2(w, x.topics)
        w(b"\0")


def _write_alter_replica_log_dirs_request_v2(w: Write, x: AlterReplicaLogDirsRequest) -> None:
    n = len(x.dirs) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.dirs:
        _write_alter_replica_log_dir_list_v2(w, x.dirs)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterReplicaLogDirsRequest, int]]]] = {
    1: _read_alter_replica_log_dirs_request_v1,
    2: _read_alter_replica_log_dirs_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, AlterReplicaLogDirsRequest], None]]] = {
    1: _write_alter_replica_log_dirs_request_v1,
    2: _write_alter_replica_log_dirs_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterReplicaLogDirsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterReplicaLogDirsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterReplicaLogDirsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterReplicaLogDirsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterReplicaLogDirsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterReplicaLogDirsRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterReplicaLogDirsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterReplicaLogDirsRequest", version, exc) from exc
    return parts


def encode(message: AlterReplicaLogDirsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterReplicaLogDirsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterReplicaLogDirsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
