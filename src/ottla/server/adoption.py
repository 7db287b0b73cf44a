"""Taking in what an Apache Kafka broker left in a data directory: topics, their configurations, the brokers' dynamic ones, groups' offsets.

Kafka keeps topics and configurations in its metadata log. A partition's directory says a topic's name and id, so topics are found without
it; but with Kafka's defaults in place of what was configured retention would eat records that were to be kept. So where the log cannot
be read, or lies elsewhere (`metadata.log.dir` is looked at, when it is set), adopted topics are kept whole: no retention and no compaction,
as configurations of their own that the log line names and anyone can take away.

Known topics are the catalogue's, whatever the metadata log says. Files are never deleted here: a directory of a topic that Kafka had
deleted stays where it is (set aside as stray when its name is used again, as Kafka does).

Left out: ACLs, quotas, SCRAM users, delegation tokens and finalized features of Kafka's metadata log.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ottla.base.ids import uuid_to_text
from ottla.broker.groups.adoption import adopted_groups, internal_configs
from ottla.catalogue.model import (
    Catalogue,
    Change,
    PartitionInfo,
    PutConfig,
    PutTopic,
    ReserveProducerIds,
    Topic,
)
from ottla.records.metadata_log import BROKER, TOPIC, MetadataImage
from ottla.records.offsets_topic import OFFSETS_TOPIC
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import check_topic_overrides
from ottla.rules.topics import is_internal
from ottla.storage.local.disk import Disk
from ottla.storage.local.kafka_metadata import METADATA_DIRECTORY, FoundMetadata, read_metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ottla.storage.local.directory import FoundPartition

log = logging.getLogger("ottla.server.adoption")

KEEP_ALL: Final[Mapping[str, str]] = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
"""What a topic gets whose own configuration is not known: nothing is taken out of it."""


@dataclass(slots=True)
class _Found:
    """A topic whose directories lie here: leader epochs by partition."""

    name: str
    topic_id: bytes
    epochs: dict[int, int]


async def adopt(
    catalogue: Catalogue,
    directory: str,
    found: Sequence[FoundPartition],
    node_id: int,
    disk: Disk,
    settings: Settings,
    now_ms: int,
) -> bool:
    """Takes in topics that lie in the directory but not in the catalogue, in one transaction with all that belongs to them.

    Whether broker configurations came with them. Raises OSError, CatalogueError.
    """
    unknown = _unknown(catalogue, found)
    is_first = not (
        catalogue.topics or catalogue.configs or catalogue.next_producer_id or list(catalogue.deleted_topic_ids)
    )
    if not unknown and not is_first:
        return False
    metadata = _metadata(disk, directory, settings.optional_str("metadata.log.dir"))
    if metadata is None and not unknown:
        return False
    if metadata is None:
        log.warning(
            "%s holds partitions, but neither a catalogue that knows them nor Kafka's metadata log (%s)",
            directory,
            METADATA_DIRECTORY,
        )
        metadata = FoundMetadata(MetadataImage(), "there is none")
    elif metadata.problem is not None:
        log.warning("Kafka's metadata log cannot be read to its end: %s", metadata.problem)
    adopted = _adopted(catalogue, unknown, metadata, node_id, settings, is_first=is_first)
    changes: list[Change] = [PutTopic(topic) for topic in adopted.values()]
    groups = adopted.get(OFFSETS_TOPIC)
    if groups is not None and not (
        catalogue.topics.get(OFFSETS_TOPIC) or catalogue.load_groups() or catalogue.load_offsets()
    ):
        logs = [str(partition.path) for partition in found if partition.topic_id == groups.topic_id]
        changes += adopted_groups(disk, logs, {**catalogue.topics, **adopted}, now_ms)
    brokers: list[Change] = []
    if is_first:
        brokers = _broker_configs(metadata.image, node_id)
        # Also tells every later start that this is behind it.
        changes += [*brokers, ReserveProducerIds(max(metadata.image.next_producer_id, 1))]
    if changes:
        await catalogue.commit(changes)
    return bool(brokers)


def _metadata(disk: Disk, directory: str, elsewhere: str | None) -> FoundMetadata | None:
    try:
        found = read_metadata(disk, directory)
        if found is None and elsewhere:
            found = read_metadata(disk, elsewhere)
    except OSError as problem:
        return FoundMetadata(MetadataImage(), f"{problem.filename or METADATA_DIRECTORY}: {problem.strerror}")
    return found


def _unknown(catalogue: Catalogue, found: Sequence[FoundPartition]) -> dict[bytes, _Found]:
    """Topics that lie here and are not in the catalogue, or with more partitions than it knows; by id."""
    unknown: dict[bytes, _Found] = {}
    for partition in found:
        topic_id = partition.topic_id
        if topic_id is None:
            log.warning("%s has no readable partition.metadata; it is left alone", partition.path)
            continue
        known = catalogue.topic_ids.get(topic_id)
        if known is not None and partition.index < len(known.partitions):
            continue
        namesake = catalogue.topics.get(partition.topic)
        if namesake is not None and namesake.topic_id != topic_id:
            log.warning("%s belongs to another topic of the same name; it is left alone", partition.path)
            continue
        one = unknown.setdefault(topic_id, _Found(partition.topic, topic_id, {}))
        one.epochs[partition.index] = max(partition.leader_epoch, 0)
    return unknown


def _adopted(
    catalogue: Catalogue,
    unknown: Mapping[bytes, _Found],
    metadata: FoundMetadata,
    node_id: int,
    settings: Settings,
    *,
    is_first: bool,
) -> dict[str, Topic]:
    """The topics to take in, by name."""
    image = metadata.image
    adopted: dict[str, Topic] = {}
    unsure: list[str] = []
    for one in sorted(unknown.values(), key=lambda one: (one.topic_id not in image.topics, one.name)):
        said = image.topics.get(one.topic_id)
        known = catalogue.topic_ids.get(one.topic_id)
        if known is None and said is None and (one.topic_id in image.removed or metadata.problem is None):
            log.warning("topic %s (%s) was deleted, its directory is left alone", one.name, uuid_to_text(one.topic_id))
            continue
        if one.name in adopted:
            log.warning("topic %s (%s) has the name of another; it is left alone", one.name, uuid_to_text(one.topic_id))
            continue
        configs = dict(known.configs) if known is not None else None
        if configs is None:
            configs, is_sure = _configs(one.name, metadata, settings)
            if not is_sure:
                unsure.append(one.name)
        epochs = {
            **({part.index: part.leader_epoch for part in known.partitions} if known is not None else {}),
            **one.epochs,
        }
        count = max(*epochs, max(said.replicas, default=0) if said is not None else 0) + 1
        log.info("adopting topic %s with %d partitions", one.name, count)
        if said is not None and any(node_id not in replicas for replicas in said.replicas.values()):
            log.warning("topic %s: some of its partitions lie on other brokers, they are empty here", one.name)
        partitions = [PartitionInfo(index, epochs.get(index, 0), (node_id,)) for index in range(count)]
        adopted[one.name] = Topic(one.name, one.topic_id, partitions, configs, is_internal(one.name))
    if is_first:
        for said in image.topics.values():
            if said.topic_id in unknown or said.name in adopted or said.name in catalogue.topics or not said.replicas:
                continue
            if not all(node_id in replicas for replicas in said.replicas.values()):
                log.warning("topic %s lies on other brokers; it is not taken in", said.name)
                continue
            log.info("adopting topic %s with %d partitions, of which none was written", said.name, len(said.replicas))
            configs, _ = _configs(said.name, metadata, settings)
            partitions = [PartitionInfo(index, 0, (node_id,)) for index in range(max(said.replicas) + 1)]
            adopted[said.name] = Topic(said.name, said.topic_id, partitions, configs, is_internal(said.name))
    if unsure:
        log.warning(
            "the configuration of %d adopted topics is not known: nothing is deleted from them until they are configured"
            " (each has %s for now): %s",
            len(unsure),
            ", ".join(f"{key}={value}" for key, value in KEEP_ALL.items()),
            ", ".join(unsure[:20]) + (", …" if len(unsure) > 20 else ""),
        )
    return adopted


def _configs(name: str, metadata: FoundMetadata, settings: Settings) -> tuple[dict[str, str], bool]:
    """A topic's configuration, and whether it is the one it had."""
    base = internal_configs(name, settings)
    said = metadata.image.configs.get((TOPIC, name), {})
    problem = check_topic_overrides(said)
    is_sure = problem is None and metadata.problem is None
    if problem is not None:
        log.warning("topic %s: %s", name, problem)
        said = {key: value for key, value in said.items() if check_topic_overrides({key: value}) is None}
    if is_sure:
        return {**base, **said}, True
    if base:  # what stands in Kafka's own topics is in the catalogue
        return {**said, **base}, True
    return {**said, **KEEP_ALL}, False


def _broker_configs(image: MetadataImage, node_id: int) -> list[Change]:
    """Dynamic configurations for all brokers and for this one."""
    changes: list[Change] = []
    for (kind, name), configs in image.configs.items():
        if kind == BROKER and name in ("", str(node_id)):
            log.info("taking over %d broker settings of %s", len(configs), f"node {name}" if name else "all nodes")
            changes += [PutConfig(BROKER, name, key, value) for key, value in configs.items()]
    return changes
