"""What the catalogue knows (everything durable that is not record data), and the closed set of changes to it.

Deciding code makes `Change` values; one writer makes a group of them durable in one transaction; only then are they applied to the
in-memory image, and the future that `Catalogue.commit` returned resolves. Nothing else mutates the image.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(slots=True)
class PartitionInfo:
    """One partition of a topic. `leader_epoch` only rises."""

    index: int
    leader_epoch: int
    replicas: tuple[int, ...]


@dataclass(slots=True)
class Topic:
    """A topic. A recreated topic is another topic: its id differs."""

    name: str
    topic_id: bytes
    partitions: list[PartitionInfo]
    configs: dict[str, str] = field(default_factory=dict)  # overrides only
    is_internal: bool = False


@dataclass(slots=True, frozen=True)
class GroupRow:
    """A group's durable state: opaque to the catalogue, owned by the rule of its kind ("classic", "consumer", "share", "streams")."""

    group_id: str
    kind: str
    state: bytes
    updated_ms: int


@dataclass(slots=True, frozen=True)
class OffsetRow:
    """A committed offset. `leader_epoch` -1: unknown. `expire_ms` -1: by the broker's retention."""

    group_id: str
    topic: str
    partition: int
    offset: int
    leader_epoch: int
    metadata: str
    commit_ms: int
    expire_ms: int = -1
    topic_id: bytes | None = None


@dataclass(slots=True, frozen=True)
class TransactionRow:
    """A transactional id's durable state: opaque to the catalogue, owned by `rules.transactions.stored`."""

    transactional_id: str
    state: bytes
    updated_ms: int


@dataclass(slots=True, frozen=True)
class PendingOffsetRow:
    """An offset that waits for the end of the transaction it was sent with. `sequence` orders them by when they were sent.

    Key: group, producer id, topic, partition. A superseded one changes nothing when its transaction commits.
    """

    producer_id: int
    sequence: int
    is_superseded: bool
    offset: OffsetRow


# --- changes ------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True, frozen=True)
class PutTopic:
    """Creates a topic, or replaces what is known of it (more partitions, another leader epoch)."""

    topic: Topic


@dataclass(slots=True, frozen=True)
class DeleteTopic:
    """Removes a topic, its configs and the offsets committed for it.

    Its id is remembered until `ForgetDeletedTopic` says its files are gone: such a directory must not be adopted again.
    """

    topic_id: bytes


@dataclass(slots=True, frozen=True)
class ForgetDeletedTopic:
    topic_id: bytes


@dataclass(slots=True, frozen=True)
class PutConfig:
    """Sets or (value None) removes one dynamic config.

    `resource_type`: "topic", "broker" (name "": cluster-wide default), "group", "client-metrics".
    """

    resource_type: str
    name: str
    key: str
    value: str | None


@dataclass(slots=True, frozen=True)
class PutGroup:
    row: GroupRow


@dataclass(slots=True, frozen=True)
class DeleteGroup:
    """Removes a group and its committed offsets."""

    group_id: str


@dataclass(slots=True, frozen=True)
class PutOffset:
    row: OffsetRow


@dataclass(slots=True, frozen=True)
class DeleteOffset:
    group_id: str
    topic: str
    partition: int


@dataclass(slots=True, frozen=True)
class PutTransaction:
    row: TransactionRow


@dataclass(slots=True, frozen=True)
class DeleteTransaction:
    transactional_id: str


@dataclass(slots=True, frozen=True)
class PutPendingOffset:
    row: PendingOffsetRow


@dataclass(slots=True, frozen=True)
class DeletePendingOffset:
    """`DeleteGroup` and `DeleteTopic` take the pending offsets of theirs along."""

    group_id: str
    producer_id: int
    topic: str
    partition: int


@dataclass(slots=True, frozen=True)
class PutFeature:
    """Finalizes a feature level (UpdateFeatures)."""

    name: str
    level: int


@dataclass(slots=True, frozen=True)
class ReserveProducerIds:
    """Every producer id below `next_id` may have been handed out."""

    next_id: int


Change = (
    PutTopic
    | DeleteTopic
    | ForgetDeletedTopic
    | PutConfig
    | PutGroup
    | DeleteGroup
    | PutOffset
    | DeleteOffset
    | PutTransaction
    | DeleteTransaction
    | PutPendingOffset
    | DeletePendingOffset
    | PutFeature
    | ReserveProducerIds
)


class CatalogueError(Exception):
    """The catalogue could not make a change durable; nothing of it was applied. Retriable for the client."""


class Catalogue(Protocol):
    """The image (read freely on the loop, never mutate it) and one way to change it."""

    cluster_id: str

    @property
    def topics(self) -> Mapping[str, Topic]:
        """By name."""
        ...

    @property
    def topic_ids(self) -> Mapping[bytes, Topic]:
        """By id."""
        ...

    @property
    def deleted_topic_ids(self) -> Iterable[bytes]:
        """Topics whose files may still lie about."""
        ...

    @property
    def configs(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """(resource type, name) -> overrides. A topic's are in `Topic.configs` as well."""
        ...

    @property
    def features(self) -> Mapping[str, int]:
        """Finalized feature levels."""
        ...

    @property
    def next_producer_id(self) -> int:
        """Below it every producer id may be in use."""
        ...

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        """Makes the changes durable in one transaction, applies them to the image, then resolves; raises CatalogueError from the future."""
        ...

    def load_groups(self) -> Sequence[GroupRow]:
        """Every group, read once at start."""
        ...

    def load_offsets(self) -> Sequence[OffsetRow]:
        """Every committed offset, read once at start."""
        ...

    def load_transactions(self) -> Sequence[TransactionRow]:
        """Every transactional id, read once at start."""
        ...

    def load_pending_offsets(self) -> Sequence[PendingOffsetRow]:
        """Every pending offset, read once at start."""
        ...

    async def close(self) -> None:
        """Finishes what was committed and closes."""
        ...
