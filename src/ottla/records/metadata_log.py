"""What an Apache Kafka (KRaft) cluster's metadata log says: topics, their configurations, and the brokers' dynamic ones.

The log `__cluster_metadata` and its snapshots are record batches. A record's value is framed (KIP-631, Kafka's MetadataRecordSerde) as
`frame version uvarint = 1 | api key uvarint | version uvarint | fields`, the fields always in the flexible encoding (KIP-482): compact
strings and arrays, tagged fields at the end. Control batches are Raft's own.

    2   TopicRecord             name, topic_id
    3   PartitionRecord         partition_id int32, topic_id, replicas int32[], then what is not needed here
    4   ConfigRecord            resource_type int8, resource_name, name, value? (null: the key is removed)
    9   RemoveTopicRecord       topic_id; takes the topic's configurations along
    15  ProducerIdsRecord       broker_id int32, broker_epoch int64, next_producer_id int64
    23-25 Begin, End, AbortTransactionRecord (KIP-868): what stands between counts when the transaction ends

Left out: every other record (brokers' registrations, features, client quotas, SCRAM users, ACLs, delegation tokens, which leader a
partition has): they are passed over, as is a record type that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct
from typing import Final

from ottla.records.errors import RecordError, corrupt
from ottla.records.header import CONTROL, MAGIC_AT, Buffer, crc_ok
from ottla.records.reader import iter_batches, iter_records

BROKER: Final = "broker"
TOPIC: Final = "topic"

_RESOURCES: Final = {2: TOPIC, 4: BROKER}
_FRAME_VERSION: Final = 1
_TOPIC, _PARTITION, _CONFIG, _REMOVE_TOPIC, _PRODUCER_IDS, _BEGIN, _END, _ABORT = 2, 3, 4, 9, 15, 23, 24, 25
_TAKEN: Final = frozenset((_TOPIC, _PARTITION, _CONFIG, _REMOVE_TOPIC, _PRODUCER_IDS))
_VERSIONS: Final = {_TOPIC: 0, _PARTITION: 2, _CONFIG: 0, _REMOVE_TOPIC: 0, _PRODUCER_IDS: 0}
"""The newest version that is known of each."""
PARTITIONS_MAX: Final = 1_000_000
"""Of one topic: a partition number beyond it is damage."""
BATCH_BYTES_MAX: Final = 64 << 20
"""Kafka's batches of metadata are at most 8 MiB; one said to be larger than this is damage."""
PENDING_MAX: Final = 1_000_000
"""Records of a transaction of the controller's that has not ended."""

_int32 = Struct(">i")
_int64 = Struct(">q")


@dataclass(slots=True)
class MetadataTopic:
    """A topic. `replicas`: the brokers of each partition, by its number."""

    name: str
    topic_id: bytes
    replicas: dict[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class MetadataImage:
    """What the records so far leave. `apply` takes in the values of records in their order."""

    topics: dict[bytes, MetadataTopic] = field(default_factory=dict)
    """By id."""
    removed: set[bytes] = field(default_factory=set)
    """Ids of topics whose removal was read; one that a snapshot has already forgotten is not among them."""
    configs: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """(TOPIC or BROKER, name) -> key -> value. A broker's name is its node id, or "" for all of them."""
    next_producer_id: int = 0
    _pending: list[tuple[int, int, bytes, int]] | None = None

    def apply(self, value: bytes) -> None:
        """Takes in one record. Raises RecordError (CORRUPT_MESSAGE) when it cannot be read, and then says nothing of the rest."""
        frame, at = _uvarint(value, 0)
        if frame != _FRAME_VERSION:
            raise corrupt(f"a metadata record of frame version {frame}")
        kind, at = _uvarint(value, at)
        version, at = _uvarint(value, at)
        if kind == _BEGIN:
            self._pending = []
        elif kind == _ABORT:
            self._pending = None
        elif kind == _END:
            pending, self._pending = self._pending, None
            for one in pending or ():
                self._take(*one)
        elif kind in _TAKEN:
            if version > _VERSIONS[kind]:
                raise corrupt(f"a metadata record of type {kind} in version {version}, which is not known")
            if self._pending is None:
                self._take(kind, version, value, at)
            elif len(self._pending) < PENDING_MAX:
                self._pending.append((kind, version, value, at))
            else:
                raise corrupt(f"a transaction of more than {PENDING_MAX} metadata records")

    def _take(self, kind: int, version: int, value: bytes, at: int) -> None:
        if kind == _TOPIC:
            name, at = _string(value, at)
            topic_id = _uuid(value, at)
            self.topics[topic_id] = MetadataTopic(_present(name), topic_id)
        elif kind == _PARTITION:
            (index,) = _ints(_int32, value, at)
            topic_id = _uuid(value, at + 4)
            replicas = _int_array(value, at + 20)
            topic = self.topics.get(topic_id)
            if topic is None or not 0 <= index < PARTITIONS_MAX:
                raise corrupt(f"a metadata record of partition {index} of a topic that does not have it")
            topic.replicas[index] = replicas
        elif kind == _CONFIG:
            if at >= len(value):
                raise corrupt("a metadata record ends early")
            resource = _RESOURCES.get(value[at])
            name, at = _string(value, at + 1)
            key, at = _string(value, at)
            text, at = _string(value, at)
            if resource is not None:
                self._configure((resource, _present(name)), _present(key), text)
        elif kind == _REMOVE_TOPIC:
            topic_id = _uuid(value, at)
            self.removed.add(topic_id)
            gone = self.topics.pop(topic_id, None)
            if gone is not None:
                self.configs.pop((TOPIC, gone.name), None)
        else:
            (next_id,) = _ints(_int64, value, at + 12)
            self.next_producer_id = max(self.next_producer_id, next_id)

    def _configure(self, resource: tuple[str, str], key: str, text: str | None) -> None:
        if text is not None:
            self.configs.setdefault(resource, {})[key] = text
            return
        configs = self.configs.get(resource)
        if configs is not None:
            configs.pop(key, None)
            if not configs:
                del self.configs[resource]


@dataclass(slots=True, frozen=True)
class MetadataBatch:
    """A whole and undamaged batch: its offsets, what it holds, and the bytes it takes. Of a control batch the records' types count."""

    base_offset: int
    next_offset: int
    size: int
    values: tuple[bytes, ...]
    control: tuple[int, ...]


def metadata_batches(buffer: Buffer) -> Iterator[MetadataBatch]:
    """The whole batches at the start of a buffer. Raises RecordError at the first that is damaged or cannot be one."""
    for header, view in iter_batches(buffer):
        if not crc_ok(view, header):
            raise corrupt(f"the batch at offset {header.base_offset} fails its checksum")
        records = list(iter_records(view, header))
        control: tuple[int, ...] = ()
        values: tuple[bytes, ...] = ()
        if header.attributes & CONTROL:
            control = tuple(int.from_bytes(record.key[2:4], "big") for record in records if record.key is not None)
        else:
            values = tuple(record.value for record in records if record.value is not None)
        yield MetadataBatch(header.base_offset, header.next_offset, header.total_size, values, control)


def holds_batch(data: bytes) -> bool:
    """Whether a whole batch begins somewhere behind the first byte: what stands before it is then damaged, not cut off."""
    view = memoryview(data)
    at = data.find(b"\x02", 1 + MAGIC_AT)
    while at >= 0:
        try:
            for _ in metadata_batches(view[at - MAGIC_AT :]):
                return True
        except RecordError:
            pass
        at = data.find(b"\x02", at + 1)
    return False


def _uvarint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 35:
        if at >= len(data):
            raise corrupt("a metadata record ends early")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise corrupt("a varint of more than 5 bytes in a metadata record")


def _string(data: bytes, at: int) -> tuple[str | None, int]:
    length, at = _uvarint(data, at)
    if not length:
        return None, at
    end = at + length - 1
    if end > len(data):
        raise corrupt(f"a string of {length - 1} bytes with {len(data) - at} left in a metadata record")
    try:
        return data[at:end].decode("utf-8"), end
    except UnicodeDecodeError:
        raise corrupt("a string that is not UTF-8 in a metadata record") from None


def _present(text: str | None) -> str:
    if text is None:
        raise corrupt("a name that is null in a metadata record")
    return text


def _uuid(data: bytes, at: int) -> bytes:
    found = data[at : at + 16]
    if len(found) < 16:
        raise corrupt("a metadata record ends early")
    return found


def _ints(what: Struct, data: bytes, at: int) -> tuple[int, ...]:
    if at + what.size > len(data):
        raise corrupt("a metadata record ends early")
    return what.unpack_from(data, at)


def _int_array(data: bytes, at: int) -> tuple[int, ...]:
    count, at = _uvarint(data, at)
    count = max(count - 1, 0)
    if count * 4 > len(data) - at:
        raise corrupt(f"an array of {count} in a metadata record of {len(data)} bytes")
    return tuple(_int32.unpack_from(data, at + 4 * n)[0] for n in range(count))
