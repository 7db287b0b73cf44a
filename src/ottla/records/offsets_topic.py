"""The records of Apache Kafka's `__consumer_offsets` topic: keys and values as bytes, and what a log of them says in the end.

Written is what Kafka 4.3 writes: offset commits under key version 1 with value version 4 (version 1 where the client asked for an expiry,
which no later version has), classic groups under key version 2 with value version 3, deletions as records without a value. Read is
everything that Kafka 4.3 reads of these: key versions 0-2, OffsetCommitValue 0-4, GroupMetadataValue 0-4.

A key begins with an int16 that says what it is of, a value with its version. Layouts (Kafka's message definitions OffsetCommitKey,
OffsetCommitValue, GroupMetadataKey, GroupMetadataValue); strings and bytes have int16 and int32 lengths, from value version 4 on
("flexible", KIP-482) varints one higher than the length, and tagged fields at the end:

    key 0, 1    group, topic, partition int32
    key 2       group
    offset      offset int64, leader_epoch int32 (3+), metadata, commit_ms int64, expire_ms int64 (1 only), tag 0 (4+): topic id
    group       protocol_type, generation int32, protocol?, leader?, state_since_ms int64 (2+), members
    member      member_id, instance_id? (3+), client_id, client_host, rebalance_timeout int32 (1+), session_timeout int32,
                subscription bytes, assignment bytes

Left out: the records of consumer, share and streams groups (key versions 3 and up); they are recognised and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from struct import error as StructError
from typing import Final, NamedTuple

from ottla.records.builder import COMMIT, control_type
from ottla.records.errors import RecordError, corrupt
from ottla.records.header import CONTROL, TRANSACTIONAL, BatchHeader, crc_ok
from ottla.records.reader import Record, iter_batches, iter_records

OFFSETS_TOPIC: Final = "__consumer_offsets"

OFFSET_KEYS: Final = (0, 1)
GROUP_KEY: Final = 2
_OFFSET_VALUE_MAX: Final = 4
_GROUP_VALUE_MAX: Final = 4
_FLEXIBLE_SINCE: Final = 4
_TOPIC_ID_TAG: Final = 0
_NO_TOPIC_ID: Final = bytes(16)

_int16 = Struct(">h")
_int32 = Struct(">i")
_int64 = Struct(">q")
_offset_start = Struct(">hqi")
_topic_id_tag = Struct(">qBBB16s")


class OffsetKey(NamedTuple):
    """Whose offset a record is."""

    group_id: str
    topic: str
    partition: int


class GroupKey(NamedTuple):
    """Which classic group a record describes."""

    group_id: str


class OffsetValue(NamedTuple):
    """A committed offset. `leader_epoch` -1: unknown; `expire_ms` -1: by the broker's retention; `topic_id` None: not recorded."""

    offset: int
    leader_epoch: int
    metadata: str
    commit_ms: int
    expire_ms: int = -1
    topic_id: bytes | None = None


class GroupMember(NamedTuple):
    """A member of a classic group, with what it said under the selected protocol."""

    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str
    rebalance_timeout_ms: int
    session_timeout_ms: int
    subscription: bytes
    assignment: bytes


class GroupValue(NamedTuple):
    """A classic group at a change of its generation. `state_since_ms` -1: not recorded."""

    protocol_type: str
    generation_id: int
    protocol_name: str | None
    leader_id: str | None
    state_since_ms: int
    members: tuple[GroupMember, ...] = ()


# --- writing ------------------------------------------------------------------------------------------------------------------


def _uvarint(n: int) -> bytes:
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def _string(text: str | None) -> bytes:
    if text is None:
        return b"\xff\xff"
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > 0x7FFF:
        raise ValueError(f"a string of {len(raw)} bytes: these records hold at most {0x7FFF}")
    return _int16.pack(len(raw)) + raw


def _bytes(raw: bytes) -> bytes:
    return _int32.pack(len(raw)) + raw


def offset_key(group_id: str, topic: str, partition: int) -> bytes:
    """Raises ValueError for a name beyond 32767 bytes."""
    return b"\x00\x01" + _string(group_id) + _string(topic) + _int32.pack(partition)


def group_key(group_id: str) -> bytes:
    """Raises ValueError for a name beyond 32767 bytes."""
    return b"\x00\x02" + _string(group_id)


def offset_value(value: OffsetValue) -> bytes:
    """In version 4, or in version 1 when it has an expiry; version 1 has neither leader epoch nor topic id."""
    if value.expire_ms >= 0:
        return (
            b"\x00\x01"
            + _int64.pack(value.offset)
            + _string(value.metadata)
            + _int64.pack(value.commit_ms)
            + _int64.pack(value.expire_ms)
        )
    metadata = value.metadata.encode("utf-8", "surrogatepass")
    start = _offset_start.pack(4, value.offset, value.leader_epoch) + _uvarint(len(metadata) + 1) + metadata
    topic_id = value.topic_id
    if topic_id is None or topic_id == _NO_TOPIC_ID:
        return start + _int64.pack(value.commit_ms) + b"\x00"
    return start + _topic_id_tag.pack(value.commit_ms, 1, _TOPIC_ID_TAG, 16, topic_id)


def group_value(value: GroupValue) -> bytes:
    """In version 3. Raises ValueError for a string beyond 32767 bytes."""
    parts = [
        b"\x00\x03",
        _string(value.protocol_type),
        _int32.pack(value.generation_id),
        _string(value.protocol_name),
        _string(value.leader_id),
        _int64.pack(value.state_since_ms),
        _int32.pack(len(value.members)),
    ]
    for member in value.members:
        parts += (
            _string(member.member_id),
            _string(member.instance_id),
            _string(member.client_id),
            _string(member.client_host),
            _int32.pack(member.rebalance_timeout_ms),
            _int32.pack(member.session_timeout_ms),
            _bytes(member.subscription),
            _bytes(member.assignment),
        )
    return b"".join(parts)


# --- reading ------------------------------------------------------------------------------------------------------------------


class _Reader:
    """Fields one after the other. Every length is checked against what is left."""

    def __init__(self, data: bytes, pos: int, *, is_flexible: bool) -> None:
        self.data = data
        self.pos = pos
        self.is_flexible = is_flexible

    def fixed(self, kind: Struct) -> int:
        (value,) = kind.unpack_from(self.data, self.pos)
        self.pos += kind.size
        return int(value)

    def uvarint(self) -> int:
        value = 0
        for shift in range(0, 35, 7):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise corrupt("a varint of more than five bytes")

    def take(self, length: int) -> bytes:
        end = self.pos + length
        if length < 0 or end > len(self.data):
            raise corrupt(f"a field of {length} bytes where {len(self.data) - self.pos} are left")
        raw = self.data[self.pos : end]
        self.pos = end
        return raw

    def _length(self, kind: Struct) -> int:
        return self.uvarint() - 1 if self.is_flexible else self.fixed(kind)

    def nullable(self) -> str | None:
        length = self._length(_int16)
        return None if length < 0 else self.take(length).decode("utf-8", "surrogatepass")

    def string(self) -> str:
        return self.nullable() or ""

    def raw(self) -> bytes:
        length = self._length(_int32)
        return b"" if length < 0 else self.take(length)

    def count(self) -> int:
        count = self._length(_int32)
        if not 0 <= count <= len(self.data) - self.pos:
            raise corrupt(f"a count of {count} where {len(self.data) - self.pos} bytes are left")
        return count

    def tags(self) -> dict[int, bytes]:
        if not self.is_flexible:
            return {}
        found = {}
        for _ in range(self.uvarint()):
            tag = self.uvarint()
            found[tag] = self.take(self.uvarint())
        return found


def read_key(key: bytes) -> OffsetKey | GroupKey | None:
    """What a record is of; None for the kinds that are passed over. Raises RecordError."""
    try:
        reader = _Reader(key, 2, is_flexible=False)
        (version,) = _int16.unpack_from(key)
        if version in OFFSET_KEYS:
            return OffsetKey(reader.string(), reader.string(), reader.fixed(_int32))
        return GroupKey(reader.string()) if version == GROUP_KEY else None
    except (StructError, UnicodeDecodeError) as problem:
        raise corrupt(f"a key of {len(key)} bytes that is none: {problem}") from problem


def read_offset_value(value: bytes) -> OffsetValue:
    """Raises RecordError, also for a version this does not know."""
    try:
        (version,) = _int16.unpack_from(value)
        if not 0 <= version <= _OFFSET_VALUE_MAX:
            raise corrupt(f"a committed offset in version {version}")
        reader = _Reader(value, 2, is_flexible=version >= _FLEXIBLE_SINCE)
        offset = reader.fixed(_int64)
        leader_epoch = reader.fixed(_int32) if version >= 3 else -1
        metadata = reader.string()
        commit_ms = reader.fixed(_int64)
        expire_ms = reader.fixed(_int64) if version == 1 else -1
        topic_id = reader.tags().get(_TOPIC_ID_TAG)
    except (StructError, UnicodeDecodeError) as problem:
        raise corrupt(f"a committed offset of {len(value)} bytes that is none: {problem}") from problem
    if topic_id is not None and len(topic_id) != 16:
        raise corrupt(f"a topic id of {len(topic_id)} bytes")
    return OffsetValue(
        offset, leader_epoch, metadata, commit_ms, expire_ms, None if topic_id == _NO_TOPIC_ID else topic_id
    )


def read_group_value(value: bytes) -> GroupValue:
    """Raises RecordError, also for a version this does not know."""
    try:
        (version,) = _int16.unpack_from(value)
        if not 0 <= version <= _GROUP_VALUE_MAX:
            raise corrupt(f"a group in version {version}")
        reader = _Reader(value, 2, is_flexible=version >= _FLEXIBLE_SINCE)
        protocol_type = reader.string()
        generation_id = reader.fixed(_int32)
        protocol_name = reader.nullable()
        leader_id = reader.nullable()
        state_since_ms = reader.fixed(_int64) if version >= 2 else -1
        members = tuple(_read_member(reader, version) for _ in range(reader.count()))
        reader.tags()
    except (StructError, UnicodeDecodeError) as problem:
        raise corrupt(f"a group of {len(value)} bytes that is none: {problem}") from problem
    return GroupValue(protocol_type, generation_id, protocol_name, leader_id, state_since_ms, members)


def _read_member(reader: _Reader, version: int) -> GroupMember:
    member_id = reader.string()
    instance_id = reader.nullable() if version >= 3 else None
    client_id = reader.string()
    client_host = reader.string()
    rebalance_timeout_ms = reader.fixed(_int32) if version >= 1 else -1
    session_timeout_ms = reader.fixed(_int32)
    subscription = reader.raw()
    assignment = reader.raw()
    reader.tags()
    if version == 0:
        rebalance_timeout_ms = session_timeout_ms  # as Kafka takes it: before version 1 there was but one timeout
    return GroupMember(
        member_id,
        instance_id,
        client_id,
        client_host,
        rebalance_timeout_ms,
        session_timeout_ms,
        subscription,
        assignment,
    )


# --- a whole log --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Skipped:
    """What could not be read: how many records or batches, and what was wrong with the first."""

    count: int = 0
    first: str = ""

    def add(self, why: str) -> None:
        self.count += 1
        self.first = self.first or why


class Latest:
    """The last value under every key of offsets and classic groups, as a log of batches leaves it.

    Records of a transaction count from its COMMIT marker on, where that stands; without one they do not count. Memory: the distinct keys
    and what transactions still open have written.
    """

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}
        self.skipped = Skipped()
        self.taken = 0  # bytes of the latest buffer, also where `feed` raised
        self._open: dict[int, list[tuple[bytes, bytes | None]]] = {}  # producer id -> what its transaction wrote

    def feed(self, buffer: bytes | bytearray | memoryview, *, check_crc: bool = False) -> int:
        """Takes in the whole batches at the start of a buffer, in order; says how many bytes they were.

        A damaged batch is skipped. Raises RecordError (CORRUPT_MESSAGE) where no batch begins: the rest cannot be read; what stands
        before was taken in.
        """
        self.taken = 0
        for header, view in iter_batches(buffer):
            self.taken += header.total_size
            if check_crc and not crc_ok(view, header):
                self.skipped.add(f"the batch at offset {header.base_offset} fails its checksum")
                continue
            try:
                records = list(iter_records(view, header))
            except RecordError as problem:
                self.skipped.add(f"the batch at offset {header.base_offset}: {problem.message}")
                continue
            self._batch(header, records)
        return self.taken

    def _batch(self, header: BatchHeader, records: list[Record]) -> None:
        if header.attributes & CONTROL:
            pending = self._open.pop(header.producer_id, ())
            if records and control_type(records[0].key) == COMMIT:
                for key, value in pending:
                    self._put(key, value)
        elif header.attributes & TRANSACTIONAL:
            self._open.setdefault(header.producer_id, []).extend(self._known(records))
        else:
            for key, value in self._known(records):
                self._put(key, value)

    def _known(self, records: list[Record]) -> Iterator[tuple[bytes, bytes | None]]:
        for record in records:
            key = record.key
            if key is None or len(key) < 2:
                self.skipped.add(f"the record at offset {record.offset} has no key")
            elif key[0] == 0 and key[1] <= GROUP_KEY:
                # Key versions 0 and 1 differ in nothing else.
                yield (b"\x00\x01" + key[2:] if key[1] == 0 else key), record.value

    def _put(self, key: bytes, value: bytes | None) -> None:
        if value is None:
            self.values.pop(key, None)
        else:
            self.values[key] = value

    def offsets(self) -> Iterator[tuple[OffsetKey, OffsetValue]]:
        """The committed offsets. What cannot be read is skipped."""
        for raw, value in self.values.items():
            if raw[1] == GROUP_KEY:
                continue
            try:
                key = read_key(raw)
                if isinstance(key, OffsetKey):
                    yield key, read_offset_value(value)
            except RecordError as problem:
                self.skipped.add(problem.message)

    def groups(self) -> Iterator[tuple[str, GroupValue]]:
        """The classic groups. What cannot be read is skipped."""
        for raw, value in self.values.items():
            if raw[1] != GROUP_KEY:
                continue
            try:
                key = read_key(raw)
                if isinstance(key, GroupKey):
                    yield key.group_id, read_group_value(value)
            except RecordError as problem:
                self.skipped.add(problem.message)
