"""Committed offsets: which commits are taken, what a fetch sees, what has aged out (KIP-211).

Transactional offsets (TxnOffsetCommit, UNSTABLE_OFFSET_COMMIT) come with transactions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ottla.base.errors import ErrorCode
from ottla.rules.groups.kinds import Group, RetentionBase


class Committed(Protocol):
    """A committed offset; the catalogue's row is one. `expire_ms` -1: by the broker's retention. Times are wall time."""

    @property
    def offset(self) -> int: ...
    @property
    def leader_epoch(self) -> int: ...
    @property
    def metadata(self) -> str: ...
    @property
    def commit_ms(self) -> int: ...
    @property
    def expire_ms(self) -> int: ...
    @property
    def topic_id(self) -> bytes | None: ...


class OffsetStore:
    """Every durable offset: group, topic, partition."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, dict[int, Committed]]] = {}

    def put(self, group_id: str, topic: str, partition: int, committed: Committed) -> None:
        self._groups.setdefault(group_id, {}).setdefault(topic, {})[partition] = committed

    def get(self, group_id: str, topic: str, partition: int) -> Committed | None:
        topics = self._groups.get(group_id)
        if topics is None:
            return None
        partitions = topics.get(topic)
        return None if partitions is None else partitions.get(partition)

    def topics(self, group_id: str) -> dict[str, dict[int, Committed]]:
        """A group's offsets by topic and partition, to read only."""
        return self._groups.get(group_id, {})

    def remove(self, group_id: str, topic: str, partition: int) -> None:
        topics = self._groups.get(group_id)
        partitions = None if topics is None else topics.get(topic)
        if topics is None or partitions is None:
            return
        partitions.pop(partition, None)
        if not partitions:
            del topics[topic]
        if not topics:
            del self._groups[group_id]

    def remove_group(self, group_id: str) -> None:
        self._groups.pop(group_id, None)

    def remove_topic(self, topic: str) -> None:
        for group_id in [group_id for group_id, topics in self._groups.items() if topic in topics]:
            topics = self._groups[group_id]
            del topics[topic]
            if not topics:
                del self._groups[group_id]

    def has_group(self, group_id: str) -> bool:
        return group_id in self._groups

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)


def check_unknown_group(generation_id: int, version: int) -> ErrorCode:
    """A commit to a group that does not exist: who is in no group makes a simple one; others believe in a group that is gone."""
    if generation_id < 0:
        return ErrorCode.NONE
    return ErrorCode.GROUP_ID_NOT_FOUND if version >= 9 else ErrorCode.ILLEGAL_GENERATION


def is_expired(committed: Committed, base: RetentionBase, now_wall_ms: int, retention_ms: int) -> bool:
    """An expiry the client asked for (OffsetCommit before version 5) stands; otherwise the broker's retention from `base` on."""
    if committed.expire_ms >= 0:
        return now_wall_ms >= committed.expire_ms
    since_ms = committed.commit_ms if base.since_wall_ms is None else base.since_wall_ms
    return now_wall_ms - since_ms >= retention_ms


def expired_offsets(
    group: Group, topics: dict[str, dict[int, Committed]], now_wall_ms: int, retention_ms: int
) -> tuple[list[tuple[str, int]], bool]:
    """(topic, partition) of a group's offsets that have aged out, and whether that is all of them."""
    if not topics:
        return [], True
    base = group.retention_base()
    if base is None:
        return [], False
    expired = []
    total = 0
    for topic, partitions in topics.items():
        total += len(partitions)
        if group.is_subscribed_to(topic):
            continue
        expired += [
            (topic, partition)
            for partition, committed in partitions.items()
            if is_expired(committed, base, now_wall_ms, retention_ms)
        ]
    return expired, len(expired) == total
