"""What an Apache Kafka broker knew of groups, taken over with its directory: committed offsets and classic groups out of the log of
`__consumer_offsets`.

Read once, when that topic is taken into a catalogue that knows no groups; the changes belong into the transaction that takes in the
topics, so that a crash leaves both out. Afterwards the catalogue is the truth.

Classic groups come with their members, who go on if they come back in time. Offsets for topics that are not there, or that were made
anew since, are left out, and so is what a transaction wrote that did not end with a commit.

Left out: consumer, share and streams groups (their offsets come along, their members join anew); the logs `__transaction_state`,
`__share_group_state`, which stay as they are. (`__cluster_metadata` is `server.adoption`'s.)
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

import msgspec

from ottla.catalogue.model import Change, GroupRow, OffsetRow, PutGroup, PutOffset, Topic
from ottla.records.errors import RecordError
from ottla.records.offsets_topic import OFFSETS_TOPIC, GroupValue, Latest
from ottla.rules.configs.settings import Settings
from ottla.rules.groups.classic.stored import StoredGroup, StoredMember

log = logging.getLogger("ottla.groups")

READ_BYTES: Final = 4 << 20
BATCH_BYTES_MAX: Final = 64 << 20
"""A batch said to be larger than this is damage."""


class Files(Protocol):
    """What is needed of a disk."""

    def open(self, path: str, flags: int, /) -> int: ...
    def close(self, fd: int, /) -> None: ...
    def pread(self, fd: int, length: int, offset: int, /) -> bytes: ...
    def listdir(self, path: str, /) -> list[str]: ...


_encode = msgspec.msgpack.Encoder().encode


def adopted_groups(
    disk: Files, partition_paths: Iterable[str], topics: Mapping[str, Topic], now_ms: int
) -> list[Change]:
    """The changes that take in what the partitions of `__consumer_offsets` at these paths say. Raises OSError."""
    changes: list[Change] = []
    skipped = 0
    first = ""
    elsewhere = 0
    groups = 0
    for path in partition_paths:
        latest = Latest()
        for segment in _segments(disk, path):
            _read_segment(disk, segment, latest)
        for key, value in latest.offsets():
            topic = topics.get(key.topic)
            if topic is None or value.topic_id not in (None, topic.topic_id):
                elsewhere += 1
                continue
            row = OffsetRow(
                key.group_id,
                key.topic,
                key.partition,
                value.offset,
                value.leader_epoch,
                value.metadata,
                value.commit_ms,
                value.expire_ms,
                topic.topic_id,
            )
            changes.append(PutOffset(row))
        for group_id, group in latest.groups():
            changes.append(PutGroup(GroupRow(group_id, "classic", classic_state(group, now_ms), now_ms)))
            groups += 1
        skipped += latest.skipped.count
        first = first or latest.skipped.first
    if changes:
        log.info("taking in %d committed offsets and %d classic groups", len(changes) - groups, groups)
    if elsewhere:
        log.info("%d committed offsets are of topics that are not here, they are left out", elsewhere)
    if skipped:
        log.warning("%d records or batches of %s cannot be read, they are skipped: %s", skipped, OFFSETS_TOPIC, first)
    return changes


def classic_state(group: GroupValue, now_ms: int) -> bytes:
    """A classic group as the catalogue stores it. Members that do not fit together are left out: they will join anew."""
    name = group.protocol_name
    members = {member.member_id: member for member in group.members}
    instances = [member.instance_id for member in members.values() if member.instance_id is not None]
    fits = (
        name is not None
        and bool(group.protocol_type)
        and group.leader_id in members
        and len(members) == len(group.members)
        and len(set(instances)) == len(instances)
    )
    stored = [
        StoredMember(
            member.member_id,
            member.instance_id,
            member.client_id,
            member.client_host,
            member.session_timeout_ms,
            member.rebalance_timeout_ms,
            [(name, member.subscription)],
            member.assignment,
        )
        for member in members.values()
        if fits and name is not None
    ]
    return _encode(
        StoredGroup(
            group.generation_id,
            group.protocol_type or None,
            name if stored else None,
            group.leader_id if stored else None,
            group.state_since_ms if group.state_since_ms >= 0 else now_ms,
            stored,
        )
    )


def _segments(disk: Files, path: str) -> list[str]:
    names = [name for name in disk.listdir(path) if name.endswith(".log") and name[:-4].isdigit()]
    return [f"{path}/{name}" for name in sorted(names)]


def _read_segment(disk: Files, path: str, latest: Latest) -> None:
    """Feeds a segment in pieces that end where a batch ends. What follows damage in it is left out."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        position = 0
        left = b""
        while len(left) <= BATCH_BYTES_MAX and (part := disk.pread(fd, READ_BYTES, position)):
            position += len(part)
            left += part
            left = left[latest.feed(left, check_crc=True) :]
        if left.strip(b"\0"):  # zeros: space that was reserved (`preallocate`) and not used
            latest.skipped.add(f"no whole batch {position - len(left)} bytes into {path}")
    except RecordError as problem:
        if left[latest.taken :].strip(b"\0"):
            latest.skipped.add(f"{path}: {problem.message}")
    finally:
        disk.close(fd)


SEGMENT_BYTES_MIN: Final = 1 << 20
"""A topic may have no smaller segments, the brokers' settings for Kafka's own topics may say less."""


def internal_configs(topic: str, settings: Settings) -> dict[str, str]:
    """The configs that Kafka's coordinators set for the topics they make. Without it retention would eat what they know."""
    key, configs = _OF.get(topic, ("", {}))
    return {**configs, "segment.bytes": str(max(settings.int(key), SEGMENT_BYTES_MIN))} if key else {}


_OF: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "__consumer_offsets": (
        "offsets.topic.segment.bytes",
        {"cleanup.policy": "compact", "compression.type": "producer"},
    ),
    "__transaction_state": (
        "transaction.state.log.segment.bytes",
        {"cleanup.policy": "compact", "compression.type": "uncompressed"},
    ),
    "__share_group_state": (
        "share.coordinator.state.topic.segment.bytes",
        {"cleanup.policy": "delete", "compression.type": "uncompressed", "retention.ms": "-1"},
    ),
}
