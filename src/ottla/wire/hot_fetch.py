"""Fetch by hand: the request read into tuples, the response written as a list of buffers in which record bytes are never copied.

Versions 4-18. Held to the generated codec's bytes by tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from struct import error as struct_error
from typing import NamedTuple

from ottla.wire.errors import WireError
from ottla.wire.hot_produce import Endpoint, _put_endpoints, put_string, put_uvarint, read_uvarint, skip_tags

FLEXIBLE_SINCE = 12
TOPIC_IDS_SINCE = 13

_I16 = Struct(">h")
_I32 = Struct(">i")
_REPLICA_HEAD = Struct(">iiiib")  # replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level
_HEAD = Struct(">iiib")
_SESSION = Struct(">ii")

# partition, [current_leader_epoch], fetch_offset, [last_fetched_epoch], [log_start_offset], partition_max_bytes
_PARTITION_V4 = Struct(">iqi")
_PARTITION_V5 = Struct(">iqqi")
_PARTITION_V9 = Struct(">iiqqi")
_PARTITION_V12 = Struct(">iiqiqi")

_ANSWER_HEAD = Struct(">ihqqq")  # index, error, high watermark, last stable offset, log start offset
_ANSWER_HEAD_V4 = Struct(">ihqq")
_ABORTED = Struct(">qq")
_NOTHING_NEW = Struct(">ihi")  # throttle_time_ms, error, session id


class FetchPartition(NamedTuple):
    """A partition to read. Epochs are -1 when the client gave none."""

    partition: int
    current_leader_epoch: int
    fetch_offset: int
    last_fetched_epoch: int
    max_bytes: int


class FetchCall(NamedTuple):
    """A decoded Fetch request. Topics are names below version 13, ids from there."""

    replica_id: int
    max_wait_ms: int
    min_bytes: int
    max_bytes: int
    isolation_level: int
    session_id: int
    session_epoch: int
    topics: list[tuple[str | bytes, list[FetchPartition]]]
    forgotten: list[tuple[str | bytes, list[int]]]
    rack_id: str


def decode(view: memoryview, version: int, pos: int) -> FetchCall:
    """Reads a request body. Raises WireError for anything else; bytes behind the body are ignored, as in Kafka."""
    try:
        return _decode(view, version, pos)
    except (struct_error, IndexError, UnicodeDecodeError) as e:
        raise WireError(f"Fetch v{version} request is malformed: {e}") from e


class Asked(NamedTuple):
    """A request that changes nothing of its session, around the session's id and epoch. An idle consumer sends it again and again."""

    head: bytes
    tail: bytes
    call: FetchCall


def peek_session(view: memoryview, version: int, pos: int) -> tuple[int, int]:
    """(session id, session epoch) of a request body; (0, -1) when it has none or is cut off, which `decode` tells."""
    at = pos + _session_at(version)
    if version < 7 or at + 8 > len(view):
        return 0, -1
    session_id, epoch = _SESSION.unpack_from(view, at)
    return session_id, epoch


def remember(view: memoryview, version: int, pos: int, call: FetchCall) -> Asked | None:
    """What tells that the same is asked again; None for a request that changes its session."""
    if version < 7 or call.topics or call.forgotten:
        return None
    at = pos + _session_at(version)
    return Asked(bytes(view[pos:at]), bytes(view[at + 8 :]), call)


def asks_again(view: memoryview, version: int, pos: int, asked: Asked) -> bool:
    """Whether a request body asks what `asked` did."""
    at = pos + _session_at(version)
    return view[at + 8 :] == asked.tail and view[pos:at] == asked.head


def _session_at(version: int) -> int:
    return 17 if version <= 14 else 13


def _decode(view: memoryview, version: int, pos: int) -> FetchCall:
    flexible = version >= FLEXIBLE_SINCE
    end = len(view)
    replica_id = -1
    if version <= 14:
        replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level = _REPLICA_HEAD.unpack_from(view, pos)
        pos += 17
    else:
        max_wait_ms, min_bytes, max_bytes, isolation_level = _HEAD.unpack_from(view, pos)
        pos += 13
    session_id, session_epoch = 0, -1
    if version >= 7:
        session_id, session_epoch = _SESSION.unpack_from(view, pos)
        pos += 8
    count, pos = _read_count(view, pos, flexible, end)
    topics: list[tuple[str | bytes, list[FetchPartition]]] = []
    for _ in range(count):
        key, pos = _read_key(view, pos, version, end)
        partition_count, pos = _read_count(view, pos, flexible, end)
        partitions = []
        for _ in range(partition_count):
            epoch = last_epoch = -1
            if flexible:
                index, epoch, offset, last_epoch, _, max_partition_bytes = _PARTITION_V12.unpack_from(view, pos)
                pos += 32
                pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
            elif version >= 9:
                index, epoch, offset, _, max_partition_bytes = _PARTITION_V9.unpack_from(view, pos)
                pos += 28
            elif version >= 5:
                index, offset, _, max_partition_bytes = _PARTITION_V5.unpack_from(view, pos)
                pos += 24
            else:
                index, offset, max_partition_bytes = _PARTITION_V4.unpack_from(view, pos)
                pos += 16
            partitions.append(FetchPartition(index, epoch, offset, last_epoch, max_partition_bytes))
        if flexible:
            pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
        topics.append((key, partitions))
    forgotten: list[tuple[str | bytes, list[int]]] = []
    if version >= 7:
        count, pos = _read_count(view, pos, flexible, end)
        for _ in range(count):
            key, pos = _read_key(view, pos, version, end)
            partition_count, pos = _read_count(view, pos, flexible, end)
            if partition_count * 4 > end - pos:
                raise WireError(f"Fetch request: {partition_count} forgotten partitions announced in {end - pos} bytes")
            forgotten.append((key, [_I32.unpack_from(view, pos + 4 * i)[0] for i in range(partition_count)]))
            pos += 4 * partition_count
            if flexible:
                pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
    rack_id = ""
    if version >= 11:
        rack_id, pos = _read_string(view, pos, flexible, end)
    if flexible:
        if view[pos] == 0:
            pos += 1
        else:
            replica_id, pos = _read_replica_tag(view, pos, version, replica_id)
    if pos > end:
        raise WireError(f"Fetch request ends {pos - end} bytes too early")
    return FetchCall(
        replica_id,
        max_wait_ms,
        min_bytes,
        max_bytes,
        isolation_level,
        session_id,
        session_epoch,
        topics,
        forgotten,
        rack_id,
    )


def _read_count(view: memoryview, pos: int, flexible: bool, end: int) -> tuple[int, int]:
    if flexible:
        count, pos = read_uvarint(view, pos)
        count -= 1
    else:
        (count,) = _I32.unpack_from(view, pos)
        pos += 4
    if not 0 <= count <= end - pos:
        raise WireError(f"Fetch request: an array of {count} elements does not fit the request")
    return count, pos


def _read_string(view: memoryview, pos: int, flexible: bool, end: int) -> tuple[str, int]:
    if flexible:
        length, pos = read_uvarint(view, pos)
        length -= 1
    else:
        (length,) = _I16.unpack_from(view, pos)
        pos += 2
    if not 0 <= length <= end - pos:
        raise WireError(f"Fetch request: a string of {length} bytes does not fit the request")
    return str(view[pos : pos + length], "utf-8"), pos + length


def _read_key(view: memoryview, pos: int, version: int, end: int) -> tuple[str | bytes, int]:
    if version < TOPIC_IDS_SINCE:
        return _read_string(view, pos, version >= FLEXIBLE_SINCE, end)
    if pos + 16 > end:
        raise WireError("Fetch request: topic id is cut off")
    return bytes(view[pos : pos + 16]), pos + 16


def _read_replica_tag(view: memoryview, pos: int, version: int, replica_id: int) -> tuple[int, int]:
    """Tag 1 from v15: who asks, when it is a follower. The other tags (cluster id) are skipped."""
    stop = skip_tags(view, pos)
    count, pos = read_uvarint(view, pos)
    for _ in range(count):
        tag, pos = read_uvarint(view, pos)
        size, pos = read_uvarint(view, pos)
        if tag == 1 and version >= 15:
            (replica_id,) = _I32.unpack_from(view, pos)
        pos += size
    return replica_id, stop


Buffer = bytes | bytearray | memoryview


class FetchAnswer(NamedTuple):
    """One partition's part of the response. `aborted` None: not asked for (read_uncommitted)."""

    partition: int
    error: int
    high_watermark: int
    last_stable_offset: int
    log_start_offset: int
    size: int
    buffers: Sequence[Buffer]
    aborted: Sequence[tuple[int, int]] | None = None
    diverging: tuple[int, int] | None = None  # (epoch, end offset)
    leader: tuple[int, int] | None = None  # (leader id, leader epoch), KIP-951


def encode(
    answers: Sequence[tuple[str | bytes, Sequence[FetchAnswer]]],
    version: int,
    *,
    error: int = 0,
    session_id: int = 0,
    endpoints: Sequence[Endpoint] = (),
) -> list[Buffer]:
    """A response body as buffers to write one after another. The records' buffers are the ones given, not copies."""
    flexible = version >= FLEXIBLE_SINCE
    parts: list[Buffer] = []
    out = bytearray(4)  # throttle_time_ms
    if version >= 7:
        out += _I16.pack(error) + _I32.pack(session_id)
    _put_count(out, len(answers), flexible)
    for key, partitions in answers:
        if isinstance(key, bytes):
            out += key
        else:
            put_string(out, key, flexible)
        _put_count(out, len(partitions), flexible)
        for a in partitions:
            if version >= 5:
                out += _ANSWER_HEAD.pack(
                    a.partition, a.error, a.high_watermark, a.last_stable_offset, a.log_start_offset
                )
            else:
                out += _ANSWER_HEAD_V4.pack(a.partition, a.error, a.high_watermark, a.last_stable_offset)
            if a.aborted is None:
                out += b"\x00" if flexible else b"\xff\xff\xff\xff"
            else:
                _put_count(out, len(a.aborted), flexible)
                for producer_id, first_offset in a.aborted:
                    out += _ABORTED.pack(producer_id, first_offset)
                    if flexible:
                        out += b"\x00"
            if version >= 11:
                out += b"\xff\xff\xff\xff"  # preferred_read_replica: none
            if flexible:
                put_uvarint(out, a.size + 1)
            else:
                out += _I32.pack(a.size)
            if a.size:
                parts.append(out)
                parts += a.buffers
                out = bytearray()
            if flexible:
                if a.diverging is None and a.leader is None:
                    out += b"\x00"
                else:
                    _put_partition_tags(out, a)
        if flexible:
            out += b"\x00"
    if flexible:
        if version >= 16 and endpoints:
            _put_endpoints(out, endpoints)
        else:
            out += b"\x00"
    parts.append(out)
    return parts


def encode_nothing_new(version: int, session_id: int) -> bytes:
    """The body of an incremental response without partitions, versions 7 and up."""
    return _NOTHING_NEW.pack(0, 0, session_id) + (b"\x01\x00" if version >= FLEXIBLE_SINCE else b"\x00\x00\x00\x00")


def _put_count(out: bytearray, count: int, flexible: bool) -> None:
    if flexible:
        put_uvarint(out, count + 1)
    else:
        out += _I32.pack(count)


_EPOCH_END = Struct(">iq")
_LEADER = Struct(">ii")


def _put_partition_tags(out: bytearray, a: FetchAnswer) -> None:
    put_uvarint(out, (a.diverging is not None) + (a.leader is not None))
    if a.diverging is not None:
        out += b"\x00\x0d" + _EPOCH_END.pack(*a.diverging) + b"\x00"
    if a.leader is not None:
        out += b"\x01\x09" + _LEADER.pack(*a.leader) + b"\x00"
