"""What a cluster tells, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

Partition = tuple[str, int]


@dataclass(slots=True, frozen=True)
class NodeInfo:
    """A broker, as clients see it."""

    node_id: int
    host: str
    port: int
    rack: str | None = None


@dataclass(slots=True, frozen=True)
class ClusterInfo:
    """A cluster."""

    cluster_id: str | None
    controller_id: int
    nodes: list[NodeInfo]
    topics: int
    partitions: int


@dataclass(slots=True, frozen=True)
class PartitionInfo:
    """Where a partition lives; `leader` is None while nobody leads it."""

    index: int
    leader: int | None
    replicas: list[int]
    isr: list[int]


@dataclass(slots=True, frozen=True)
class TopicInfo:
    """A topic; `topic_id` is None in a list (Metadata alone does not tell it to this library)."""

    name: str
    internal: bool
    partitions: list[PartitionInfo]
    topic_id: str | None = None

    @property
    def replication_factor(self) -> int:
        return max((len(partition.replicas) for partition in self.partitions), default=0)


@dataclass(slots=True, frozen=True)
class ConfigInfo:
    """A setting in force, and where it comes from (Kafka's name of the source, lower case)."""

    name: str
    value: str | None
    source: str
    read_only: bool
    sensitive: bool
    is_default: bool


@dataclass(slots=True, frozen=True)
class GroupInfo:
    """A consumer group in a list."""

    group: str
    state: str
    type: str
    simple: bool


@dataclass(slots=True, frozen=True)
class MemberInfo:
    """A member and what it reads."""

    member_id: str
    client_id: str
    host: str
    instance_id: str | None
    partitions: list[Partition]


@dataclass(slots=True, frozen=True)
class GroupDetail:
    """A consumer group in full."""

    group: str
    state: str
    type: str
    assignor: str
    coordinator: int | None
    members: list[MemberInfo]


@dataclass(slots=True, frozen=True)
class OffsetFound:
    """An offset and the timestamp of its record; -1 where there is none."""

    offset: int
    timestamp_ms: int = -1


@dataclass(slots=True, frozen=True)
class Record:
    """A record that was read. `timestamp_ms` is None where the topic's records carry none."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int | None
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]
    leader_epoch: int | None


@dataclass(slots=True)
class Outcome:
    """What became of each thing a command asked for: `failed` maps its name to a sentence."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
