"""Kafka's small text files: offset checkpoints, leader epochs, partition.metadata, meta.properties, the clean-shutdown marker.

recovery-point-offset-checkpoint      0 \\n count \\n `topic partition offset` ...     all before it is on the device
log-start-offset-checkpoint           same                                            only where it is above the first segment
replication-offset-checkpoint         same                                            high watermarks
leader-epoch-checkpoint               0 \\n count \\n `epoch start_offset` ...          in the partition's directory
partition.metadata                    version: 0 \\n topic_id: <22 characters>
.kafka_cleanshutdown                  {"version":0,"brokerEpoch":-1}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from ottla.base.ids import uuid_from_text, uuid_to_text
from ottla.storage.local.disk import Disk

RECOVERY_POINTS = "recovery-point-offset-checkpoint"
LOG_STARTS = "log-start-offset-checkpoint"
HIGH_WATERMARKS = "replication-offset-checkpoint"
LEADER_EPOCHS = "leader-epoch-checkpoint"
CLEANER_OFFSETS = "cleaner-offset-checkpoint"
PARTITION_METADATA = "partition.metadata"
META_PROPERTIES = "meta.properties"
CLEAN_SHUTDOWN = ".kafka_cleanshutdown"
LOCK = ".lock"

Key = tuple[str, int]


class CheckpointError(ValueError):
    """A checkpoint file that is not one. The message names file and line."""


def encode_offsets(offsets: Mapping[Key, int]) -> bytes:
    """An offset checkpoint file."""
    lines = [f"{topic} {index} {offset}\n" for (topic, index), offset in sorted(offsets.items())]
    return f"0\n{len(lines)}\n{''.join(lines)}".encode()


def decode_offsets(data: bytes, name: str) -> dict[Key, int]:
    """Reads an offset checkpoint file. Raises CheckpointError."""
    offsets: dict[Key, int] = {}
    for number, line in _lines(data, name):
        parts = line.split()
        try:
            topic, index, offset = parts[0], int(parts[1]), int(parts[2])
        except (IndexError, ValueError):
            raise CheckpointError(f"{name}, line {number}: expected `topic partition offset`, found {line!r}") from None
        offsets[topic, index] = offset
    return offsets


def encode_epochs(epochs: Iterable[tuple[int, int]]) -> bytes:
    """A leader epoch checkpoint file."""
    lines = [f"{epoch} {start}\n" for epoch, start in epochs]
    return f"0\n{len(lines)}\n{''.join(lines)}".encode()


def decode_epochs(data: bytes, name: str) -> list[tuple[int, int]]:
    """Reads a leader epoch checkpoint file. Raises CheckpointError."""
    epochs: list[tuple[int, int]] = []
    for number, line in _lines(data, name):
        try:
            epoch, start = map(int, line.split())
        except ValueError:
            raise CheckpointError(f"{name}, line {number}: expected `epoch offset`, found {line!r}") from None
        epochs.append((epoch, start))
    return epochs


def _lines(data: bytes, name: str) -> list[tuple[int, str]]:
    try:
        lines = data.decode("utf-8").split("\n")
        version, count = int(lines[0]), int(lines[1])
    except (UnicodeDecodeError, IndexError, ValueError):
        raise CheckpointError(f"{name} does not begin with a version and a count") from None
    if version != 0:
        raise CheckpointError(f"{name} has unknown version {version}")
    entries = [(number, line) for number, line in enumerate(lines[2:], 3) if line.strip()]
    if len(entries) != count:
        raise CheckpointError(f"{name} should hold {count} entries and holds {len(entries)}")
    return entries


def encode_partition_metadata(topic_id: bytes) -> bytes:
    """A partition.metadata file."""
    return f"version: 0\ntopic_id: {uuid_to_text(topic_id)}".encode()


def decode_partition_metadata(data: bytes) -> bytes | None:
    """The topic id, or None when the file is empty or torn."""
    try:
        for line in data.decode("ascii").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "topic_id":
                return uuid_from_text(value.strip())
    except ValueError:
        return None
    return None


def decode_properties(data: bytes) -> dict[str, str]:
    """The keys of a meta.properties file (Java properties, of which Kafka writes only `key=value` and comments)."""
    properties = {}
    for line in data.decode("latin-1").splitlines():
        text = line.strip()
        if text and text[0] not in "#!":
            key, _, value = text.partition("=")
            properties[key.strip()] = value.strip()
    return properties


def encode_properties(properties: Mapping[str, str]) -> bytes:
    """A meta.properties file."""
    return ("#\n" + "".join(f"{key}={value}\n" for key, value in properties.items())).encode("latin-1")


def encode_clean_shutdown() -> bytes:
    """The marker's content. -1: no broker epoch, as Kafka writes without a controller's."""
    return json.dumps({"version": 0, "brokerEpoch": -1}, separators=(",", ":")).encode()


def read_offsets(disk: Disk, path: str) -> dict[Key, int]:
    """An offset checkpoint, empty where there is none. Raises CheckpointError, OSError."""
    try:
        data = disk.read_file(path)
    except FileNotFoundError:
        return {}
    return decode_offsets(data, path)
