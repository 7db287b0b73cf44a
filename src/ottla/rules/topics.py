"""What may become a topic, and with which partitions: the checks of CreateTopics and CreatePartitions, as Kafka's controller makes them.

Everything here is a plain function of the request and of what is already known; texts are Kafka's where its tools print them.
Configs are judged by `ottla.rules.configs`; the caller hands that judge in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ottla.base.errors import ErrorCode

MAX_NAME_LENGTH = 249
MAX_PARTITIONS_PER_REQUEST = 10_000  # Kafka's controller: one request, one batch of metadata records
CLUSTER_METADATA_TOPIC = "__cluster_metadata"
INTERNAL_TOPICS = frozenset({"__consumer_offsets", "__transaction_state", "__share_group_state"})

_LEGAL = re.compile(r"[a-zA-Z0-9._-]+\Z")


@dataclass(slots=True, frozen=True)
class Refusal:
    """Why something was not done: what goes into `error_code` and `error_message`."""

    error: ErrorCode
    message: str | None = None


@dataclass(slots=True, frozen=True)
class Assignment:
    """The replicas a caller wants for one partition."""

    index: int
    broker_ids: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class NewTopic:
    """A topic as a caller asks for it; -1 takes the broker's default."""

    name: str
    num_partitions: int = -1
    replication_factor: int = -1
    assignments: tuple[Assignment, ...] = ()
    configs: tuple[tuple[str, str | None], ...] = ()


@dataclass(slots=True, frozen=True)
class TopicPlan:
    """A topic that may be created: the replicas of each partition by index, and its config overrides."""

    name: str
    replicas: tuple[tuple[int, ...], ...]
    configs: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class MorePartitions:
    """A topic's wanted partition count; `assignments` holds the replicas of the added ones, or is None."""

    name: str
    count: int
    assignments: tuple[tuple[int, ...], ...] | None = None


@dataclass(slots=True, frozen=True)
class Surroundings:
    """What is known around a new topic. `collider` finds the existing topic that has this `collision_key`."""

    existing: Mapping[str, object]
    collider: Callable[[str], str | None]
    brokers: Sequence[int]
    default_partitions: int = 1
    default_replication_factor: int = 1


ConfigJudge = Callable[[Mapping[str, str]], str | None]
"""Says what is wrong with config overrides, or None."""


def name_fault(name: str) -> str | None:
    """Why a topic cannot have this name (Kafka's `Topic.validate`), or None."""
    if not name:
        return "Topic name is invalid: the empty string is not allowed"
    if name in {".", ".."}:
        return f"Topic name is invalid: '{name}' is not allowed"
    if len(name) > MAX_NAME_LENGTH:
        return f"Topic name is invalid: the length of '{name}' is longer than the max allowed length {MAX_NAME_LENGTH}"
    if _LEGAL.match(name) is None:
        return (
            f"Topic name is invalid: '{name}' contains one or more characters other than "
            "ASCII alphanumerics, '.', '_' and '-'"
        )
    return None


def is_internal(name: str) -> bool:
    """Whether clients hide the topic from a plain listing or a pattern subscription."""
    return name in INTERNAL_TOPICS


def can_collide(name: str) -> bool:
    return "." in name or "_" in name


def collision_key(name: str) -> str:
    """Two topics with one key may not live side by side: `.` and `_` are the same in a metric's name."""
    return name.replace(".", "_")


def duplicates(names: Iterable[str]) -> set[str]:
    """The names that stand more than once."""
    seen: set[str] = set()
    twice: set[str] = set()
    for name in names:
        (twice if name in seen else seen).add(name)
    return twice


def too_many_partitions(topics: Iterable[NewTopic], default_partitions: int) -> Refusal | None:
    """One request may not ask for more than 10,000 partitions in all; it is refused as a whole."""
    total = 0
    for topic in topics:
        if topic.assignments:
            total += len(topic.assignments)
        elif topic.num_partitions == -1:
            total += default_partitions
        else:
            total += max(topic.num_partitions, 0)
    if total > MAX_PARTITIONS_PER_REQUEST:
        return Refusal(ErrorCode.POLICY_VIOLATION, "Excessively large number of partitions per request.")
    return None


def plan_topics(topics: Sequence[NewTopic], around: Surroundings, judge: ConfigJudge) -> list[TopicPlan | Refusal]:
    """A plan or a refusal for each topic, in the order given. A request that asks for too much is refused in each."""
    whole = too_many_partitions(topics, around.default_partitions)
    if whole is not None:
        return [whole] * len(topics)
    twice = duplicates(topic.name for topic in topics)
    return [
        Refusal(ErrorCode.INVALID_REQUEST, "Duplicate topic name.")
        if topic.name in twice
        else plan_topic(topic, around, judge)
        for topic in topics
    ]


def plan_topic(topic: NewTopic, around: Surroundings, judge: ConfigJudge) -> TopicPlan | Refusal:
    """The checks of one topic, in the order of Kafka's controller: the first that fails is the one that is told."""
    if topic.name == CLUSTER_METADATA_TOPIC:
        return Refusal(ErrorCode.INVALID_REQUEST, f"Creation of internal topic {CLUSTER_METADATA_TOPIC} is prohibited.")
    if topic.name in around.existing:
        return Refusal(ErrorCode.TOPIC_ALREADY_EXISTS, f"Topic '{topic.name}' already exists.")
    if can_collide(topic.name):
        other = around.collider(collision_key(topic.name))
        if other is not None:
            return Refusal(
                ErrorCode.INVALID_TOPIC_EXCEPTION, f"Topic '{topic.name}' collides with existing topic: {other}"
            )
    fault = name_fault(topic.name)
    if fault is not None:
        return Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)

    without_value = [key for key, value in topic.configs if value is None]
    if without_value:
        return Refusal(
            ErrorCode.INVALID_CONFIG, f"Null value not supported for topic configs: {','.join(without_value)}"
        )
    configs = {key: value for key, value in topic.configs if value is not None}
    fault = judge(configs)
    if fault is not None:
        return Refusal(ErrorCode.INVALID_CONFIG, fault)

    replicas = _assigned(topic, around.brokers) if topic.assignments else _placed(topic, around)
    if isinstance(replicas, Refusal):
        return replicas
    return TopicPlan(topic.name, replicas, configs)


def _placed(topic: NewTopic, around: Surroundings) -> tuple[tuple[int, ...], ...] | Refusal:
    if topic.replication_factor < -1 or topic.replication_factor == 0:
        return Refusal(
            ErrorCode.INVALID_REPLICATION_FACTOR,
            "Replication factor must be larger than 0, or -1 to use the default value.",
        )
    if topic.num_partitions < -1 or topic.num_partitions == 0:
        return Refusal(ErrorCode.INVALID_PARTITIONS, "Number of partitions was set to an invalid non-positive value.")
    factor = around.default_replication_factor if topic.replication_factor == -1 else topic.replication_factor
    count = around.default_partitions if topic.num_partitions == -1 else topic.num_partitions
    return place(0, count, factor, around.brokers)


def place(start: int, count: int, factor: int, brokers: Sequence[int]) -> tuple[tuple[int, ...], ...] | Refusal:
    """Replicas for `count` partitions from index `start` on, striped over the brokers (leaders rotate with the index)."""
    if factor > len(brokers):
        return Refusal(
            ErrorCode.INVALID_REPLICATION_FACTOR,
            f"Unable to replicate the partition {factor} time(s): The target replication factor of {factor} "
            f"cannot be reached because only {len(brokers)} broker(s) are registered.",
        )
    size = len(brokers)
    striped = [tuple(brokers[(first + step) % size] for step in range(factor)) for first in range(size)]
    return tuple(striped[(start + index) % size] for index in range(count))


def _assigned(topic: NewTopic, brokers: Sequence[int]) -> tuple[tuple[int, ...], ...] | Refusal:
    if topic.replication_factor != -1:
        return Refusal(
            ErrorCode.INVALID_REQUEST,
            "A manual partition assignment was specified, but replication factor was not set to -1.",
        )
    if topic.num_partitions != -1:
        return Refusal(
            ErrorCode.INVALID_REQUEST,
            "A manual partition assignment was specified, but numPartitions was not set to -1.",
        )
    by_index: dict[int, tuple[int, ...]] = {}
    factor: int | None = None
    for one in topic.assignments:
        if one.index in by_index:
            return Refusal(
                ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                f"Found multiple manual partition assignments for partition {one.index}",
            )
        refusal = assignment_fault(one.broker_ids, brokers, factor)
        if refusal is not None:
            return refusal
        factor = len(one.broker_ids)
        by_index[one.index] = one.broker_ids
    if any(index not in by_index for index in range(len(by_index))):
        return Refusal(
            ErrorCode.INVALID_REPLICA_ASSIGNMENT, "partitions should be a consecutive 0-based integer sequence"
        )
    return tuple(by_index[index] for index in range(len(by_index)))


def assignment_fault(broker_ids: Sequence[int], brokers: Sequence[int], factor: int | None) -> Refusal | None:
    """What is wrong with the replicas a caller wants for a partition; `factor` is what its neighbours have, if there are any."""
    fault: str | None = None
    if not broker_ids:
        fault = "includes an empty replica list."
    else:
        before: int | None = None
        for broker_id in sorted(broker_ids):
            if broker_id not in brokers:
                fault = f"includes broker {broker_id}, but no such broker is registered."
                break
            if broker_id == before:
                fault = f"includes the broker {broker_id} more than once."
                break
            before = broker_id
    if fault is None and factor is not None and len(broker_ids) != factor:
        fault = (
            f"includes a partition with {len(broker_ids)} replica(s), but this is not consistent with previous "
            f"partitions, which have {factor} replica(s)."
        )
    if fault is None:
        return None
    return Refusal(ErrorCode.INVALID_REPLICA_ASSIGNMENT, f"The manual partition assignment {fault}")


def plan_partitions(
    wanted: MorePartitions, current: int, factor: int, brokers: Sequence[int]
) -> tuple[tuple[int, ...], ...] | Refusal:
    """The replicas of the partitions to add to a topic that has `current` of them, each with `factor` replicas."""
    if wanted.count == current:
        return Refusal(ErrorCode.INVALID_PARTITIONS, f"Topic already has {current} partition(s).")
    if wanted.count < current:
        return Refusal(
            ErrorCode.INVALID_PARTITIONS,
            f"The topic {wanted.name} currently has {current} partition(s); {wanted.count} would not be an increase.",
        )
    added = wanted.count - current
    if wanted.assignments is not None and len(wanted.assignments) != added:
        return Refusal(
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            f"Attempted to add {added} additional partition(s), but only {len(wanted.assignments)} "
            "assignment(s) were specified.",
        )
    if added > MAX_PARTITIONS_PER_REQUEST:
        return Refusal(ErrorCode.POLICY_VIOLATION, "Excessively large number of partitions per request.")
    if wanted.assignments is None:
        return place(current, added, factor, brokers)
    for one in wanted.assignments:
        refusal = assignment_fault(one, brokers, factor)
        if refusal is not None:
            return refusal
    return wanted.assignments
