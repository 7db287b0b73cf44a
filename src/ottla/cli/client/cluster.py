"""Questions and orders to a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from ottla.base.ids import uuid_to_text
from ottla.cli.client.access import Access, code_of, library, raised, sentence
from ottla.cli.client.model import (
    ClusterInfo,
    ConfigInfo,
    GroupDetail,
    GroupInfo,
    MemberInfo,
    NodeInfo,
    OffsetFound,
    Outcome,
    Partition,
    PartitionInfo,
    TopicInfo,
)
from ottla.cli.errors import CliError, UsageError
from ottla.cli.values import AtOffset, AtTime, Beginning, End, Last, Place

_UNSETTLED = frozenset({"UNKNOWN_TOPIC_OR_PARTITION", "LEADER_NOT_AVAILABLE", "NOT_LEADER_OR_FOLLOWER"})
_SETTLE_LIMIT_S = 3.0
_SETTLE_S = 0.1


class Cluster:
    """Questions and orders to a cluster. Every method raises CliError when it gets no answer."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._kafka = library()
        self._lib = library("confluent_kafka.admin")
        access.check_reachable()
        try:
            self._admin = self._lib.AdminClient(access.settings())
        except self._kafka.KafkaException as error:
            raise UsageError(str(raised(error, access))) from error

    # --- plumbing ------------------------------------------------------------------------------------------------------------------

    def _result(self, future: Future[Any]) -> Any:
        try:
            return future.result(self.access.timeout_s + 5)
        except (self._kafka.KafkaException, FutureTimeout) as error:
            raise raised(error, self.access) from error

    def _call(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (self._kafka.KafkaException, ValueError, TypeError) as error:
            raise raised(error, self.access) from error

    def _outcome(self, futures: Mapping[Any, Future[Any]], name: Callable[[Any], str] = str) -> Outcome:
        outcome = Outcome()
        for key, future in futures.items():
            try:
                future.result(self.access.timeout_s + 5)
            except (self._kafka.KafkaException, FutureTimeout) as error:
                outcome.failed[name(key)] = str(raised(error, self.access))
                outcome.codes[name(key)] = code_of(error)
            else:
                outcome.done.append(name(key))
        return outcome

    def _limits(self) -> dict[str, float]:
        return {"request_timeout": self.access.timeout_s}

    # --- cluster and topics ------------------------------------------------------------------------------------------------------------

    def info(self) -> ClusterInfo:
        described = self._result(self._call(lambda: self._admin.describe_cluster(**self._limits())))
        topics = self.topics()
        controller = described.controller
        return ClusterInfo(
            described.cluster_id,
            controller.id if controller is not None else -1,
            sorted((NodeInfo(n.id, n.host, n.port, n.rack) for n in described.nodes), key=lambda node: node.node_id),
            len(topics),
            sum(len(topic.partitions) for topic in topics),
        )

    def topics(self) -> list[TopicInfo]:
        """All topics, by name."""
        metadata = self._call(lambda: self._admin.list_topics(timeout=self.access.timeout_s))
        found = []
        for name, topic in sorted(metadata.topics.items()):
            partitions = [
                PartitionInfo(index, p.leader if p.leader >= 0 else None, list(p.replicas), list(p.isrs))
                for index, p in sorted(topic.partitions.items())
            ]
            found.append(TopicInfo(name, name.startswith("__"), partitions))
        return found

    def topic(self, name: str) -> TopicInfo:
        """One topic; asking does not create it. Raises CliError when there is none."""
        found = self.find_topic(name)
        if found is None:
            raise CliError(f"there is no topic {name}; create it: ottla topic create {name}")
        return found

    def find_topic(self, name: str) -> TopicInfo | None:
        """One topic, or None."""
        futures = self._call(lambda: self._admin.describe_topics(self._kafka.TopicCollection([name]), **self._limits()))
        try:
            topic = futures[name].result(self.access.timeout_s + 5)
        except (self._kafka.KafkaException, FutureTimeout) as error:
            if code_of(error) == "UNKNOWN_TOPIC_OR_PARTITION":
                return None
            raise raised(error, self.access) from error
        partitions = [
            PartitionInfo(
                p.id, p.leader.id if p.leader is not None else None, [n.id for n in p.replicas], [n.id for n in p.isr]
            )
            for p in sorted(topic.partitions, key=lambda p: p.id)
        ]
        return TopicInfo(topic.name, topic.is_internal, partitions, _uuid_text(topic.topic_id))

    def create_topics(
        self,
        names: Sequence[str],
        *,
        partitions: int,
        replicas: int,
        configs: Mapping[str, str],
        validate_only: bool = False,
    ) -> Outcome:
        """`partitions` and `replicas` of -1 leave the choice to the broker."""
        new = self._call(
            lambda: [
                self._lib.NewTopic(name, num_partitions=partitions, replication_factor=replicas, config=dict(configs))
                for name in names
            ]
        )
        return self._outcome(
            self._call(lambda: self._admin.create_topics(new, validate_only=validate_only, **self._limits()))
        )

    def delete_topics(self, names: Sequence[str]) -> Outcome:
        return self._outcome(self._call(lambda: self._admin.delete_topics(list(names), **self._limits())))

    def set_partitions(self, name: str, count: int) -> Outcome:
        new = self._call(lambda: [self._lib.NewPartitions(name, count)])
        return self._outcome(self._call(lambda: self._admin.create_partitions(new, **self._limits())))

    def trim(self, offsets: Mapping[Partition, int]) -> dict[Partition, int]:
        """Deletes the records before these offsets (-1: all); returns the offsets the partitions now begin at."""
        asked = [self._kafka.TopicPartition(topic, index, at) for (topic, index), at in offsets.items()]
        futures = self._call(lambda: self._admin.delete_records(asked, **self._limits()))
        return {(key.topic, key.partition): self._result(future).low_watermark for key, future in futures.items()}

    # --- offsets ---------------------------------------------------------------------------------------------------------------------

    def _list_offsets(self, partitions: Iterable[Partition], spec: Any) -> dict[Partition, OffsetFound]:
        asked = {self._kafka.TopicPartition(topic, index): spec for topic, index in partitions}
        if not asked:
            return {}
        deadline = time.monotonic() + min(_SETTLE_LIMIT_S, self.access.timeout_s)
        while True:
            futures = self._call(lambda: self._admin.list_offsets(asked, **self._limits()))
            try:
                found = {key: future.result(self.access.timeout_s + 5) for key, future in futures.items()}
                break
            except (self._kafka.KafkaException, FutureTimeout) as error:
                # A partition that was just made may not be known everywhere yet.
                if code_of(error) not in _UNSETTLED or time.monotonic() > deadline:
                    raise raised(error, self.access) from error
                time.sleep(_SETTLE_S)
        return {(key.topic, key.partition): OffsetFound(at.offset, at.timestamp) for key, at in found.items()}

    def earliest(self, partitions: Iterable[Partition]) -> dict[Partition, int]:
        found = self._list_offsets(partitions, self._lib.OffsetSpec.earliest())
        return {partition: at.offset for partition, at in found.items()}

    def latest(self, partitions: Iterable[Partition]) -> dict[Partition, int]:
        found = self._list_offsets(partitions, self._lib.OffsetSpec.latest())
        return {partition: at.offset for partition, at in found.items()}

    def at_time(self, partitions: Iterable[Partition], timestamp_ms: int) -> dict[Partition, OffsetFound]:
        """The first record not older than a moment; -1 where there is none."""
        return self._list_offsets(partitions, self._call(lambda: self._lib.OffsetSpec.for_timestamp(timestamp_ms)))

    def newest(self, partitions: Iterable[Partition]) -> dict[Partition, OffsetFound]:
        """The record with the largest timestamp; -1 where there is none."""
        return self._list_offsets(partitions, self._lib.OffsetSpec.max_timestamp())

    def resolve(self, partitions: Sequence[Partition], place: Place) -> dict[Partition, int]:
        """A place in each partition as an offset that exists there (between its first record and its end)."""
        match place:
            case Beginning():
                return self.earliest(partitions)
            case End():
                return self.latest(partitions)
            case AtTime(timestamp_ms):
                latest = self.latest(partitions)
                found = self.at_time(partitions, timestamp_ms)
                return {p: found[p].offset if found[p].offset >= 0 else latest[p] for p in partitions}
            case AtOffset() | Last():
                earliest, latest = self.earliest(partitions), self.latest(partitions)
                return {
                    p: min(
                        max(place.offset if isinstance(place, AtOffset) else latest[p] - place.count, earliest[p]),
                        latest[p],
                    )
                    for p in partitions
                }

    # --- configs ---------------------------------------------------------------------------------------------------------------------

    def _resource(self, kind: str, name: str) -> Any:
        return self._call(lambda: self._lib.ConfigResource(self._lib.ResourceType[kind.upper()], name))

    def configs(self, kind: str, name: str) -> list[ConfigInfo]:
        """The settings in force on a `topic`, `broker` or `group`, by name."""
        resource = self._resource(kind, name)
        futures = self._call(lambda: self._admin.describe_configs([resource], **self._limits()))
        entries = self._result(next(iter(futures.values())))
        return [
            ConfigInfo(
                entry.name,
                entry.value,
                self._lib.ConfigSource(entry.source).name.removesuffix("_CONFIG").lower().replace("_", "-"),
                bool(entry.is_read_only),
                bool(entry.is_sensitive),
                bool(entry.is_default),
            )
            for entry in sorted(entries.values(), key=lambda entry: str(entry.name))
        ]

    def change_configs(self, kind: str, name: str, values: Mapping[str, str | None]) -> None:
        """Sets keys; None takes a key back to its default."""
        operations = self._lib.AlterConfigOpType
        resource = self._resource(kind, name)
        for key, value in values.items():
            operation = operations.DELETE if value is None else operations.SET
            resource.add_incremental_config(self._lib.ConfigEntry(key, value, incremental_operation=operation))
        futures = self._call(lambda: self._admin.incremental_alter_configs([resource], **self._limits()))
        self._result(next(iter(futures.values())))

    # --- groups ----------------------------------------------------------------------------------------------------------------------

    def groups(self) -> list[GroupInfo]:
        """All consumer groups, by name."""
        result = self._result(self._call(lambda: self._admin.list_consumer_groups(**self._limits())))
        if result.errors:
            raise raised(result.errors[0], self.access)
        return sorted(
            (
                GroupInfo(g.group_id, _word(g.state), _word(g.type), bool(g.is_simple_consumer_group))
                for g in result.valid
            ),
            key=lambda group: group.group,
        )

    def group(self, name: str) -> GroupDetail:
        """One group. Raises CliError when there is none."""
        futures = self._call(lambda: self._admin.describe_consumer_groups([name], **self._limits()))
        found = self._result(futures[name])
        state = _word(found.state)
        if state == "dead":
            raise CliError(f"there is no group {name}; see ottla group list")
        members = [
            MemberInfo(
                m.member_id,
                m.client_id,
                m.host.removeprefix("/"),
                m.group_instance_id,
                sorted((tp.topic, tp.partition) for tp in m.assignment.topic_partitions),
            )
            for m in found.members
        ]
        return GroupDetail(
            found.group_id,
            state,
            _word(found.type),
            found.partition_assignor,
            found.coordinator.id if found.coordinator is not None else None,
            sorted(members, key=lambda member: (member.client_id, member.member_id)),
        )

    def committed(self, group: str) -> dict[Partition, tuple[int, str | None]]:
        """A group's committed offsets with their metadata."""
        request = [self._kafka.ConsumerGroupTopicPartitions(group)]
        futures = self._call(lambda: self._admin.list_consumer_group_offsets(request, **self._limits()))
        result = self._result(futures[group])
        found = {}
        for tp in result.topic_partitions or []:
            if tp.error is not None:
                raise CliError(f"{tp.topic} partition {tp.partition}: {sentence(tp.error)}")
            if tp.offset >= 0:
                found[tp.topic, tp.partition] = (tp.offset, tp.metadata)
        return dict(sorted(found.items()))

    def commit(self, group: str, offsets: Mapping[Partition, int]) -> None:
        """Sets offsets of a group that has no active members."""
        asked = [self._kafka.TopicPartition(topic, index, at) for (topic, index), at in offsets.items()]
        request = [self._kafka.ConsumerGroupTopicPartitions(group, asked)]
        futures = self._call(lambda: self._admin.alter_consumer_group_offsets(request, **self._limits()))
        result = self._result(futures[group])
        for tp in result.topic_partitions or []:
            if tp.error is not None:
                raise CliError(f"{tp.topic} partition {tp.partition}: {sentence(tp.error)}")

    def delete_groups(self, names: Sequence[str]) -> Outcome:
        return self._outcome(self._call(lambda: self._admin.delete_consumer_groups(list(names), **self._limits())))


def _uuid_text(value: Any) -> str:
    mask = (1 << 64) - 1
    high, low = value.get_most_significant_bits() & mask, value.get_least_significant_bits() & mask
    return uuid_to_text(high.to_bytes(8, "big") + low.to_bytes(8, "big"))


def _word(state: Any) -> str:
    """An enumeration's name in lower case with dashes: `preparing-rebalance`."""
    return str(state.name).lower().replace("_", "-")
