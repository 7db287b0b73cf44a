"""Topics as they come and go: the catalogue says which there are, the engine holds their partitions, and here the two are kept in step.

Order of a creation: catalogue, then engine, then the reply; so whoever was told of a topic finds it everywhere. Of a deletion:
catalogue, engine (forgotten at once), then the files, and only when those are gone the id.

Operations on one name run one after the other, on different names side by side. They run to their end even when the connection that
asked is gone: a topic is never left half made.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from ottla.base.clock import Clock
from ottla.base.errors import ErrorCode
from ottla.base.ids import random_uuid
from ottla.catalogue.model import (
    Catalogue,
    CatalogueError,
    Change,
    DeleteTopic,
    ForgetDeletedTopic,
    PartitionInfo,
    PutTopic,
    Topic,
)
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import check_topic_overrides, topic_config
from ottla.rules.topics import (
    MorePartitions,
    NewTopic,
    Refusal,
    Surroundings,
    TopicPlan,
    can_collide,
    collision_key,
    duplicates,
    is_internal,
    name_fault,
    plan_partitions,
    plan_topics,
)
from ottla.storage.engine import Engine, Partition, PartitionSpec

T = TypeVar("T")

OPEN_AT_ONCE = 500  # partitions handed to the engine in one call: a big request leaves gaps for its neighbours


class TopicService:
    """Creates, grows and deletes topics; opens every partition at start."""

    def __init__(self, catalogue: Catalogue, engine: Engine, settings: Settings, node_id: int, clock: Clock) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._settings = settings
        self._node_id = node_id
        self._clock = clock
        self.views: dict[bytes, Any] = {}  # by topic id: what Metadata makes of a topic, kept between requests
        self._busy: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._colliding: dict[str, dict[str, None]] = {}  # collision key -> the topics that have it
        for name in catalogue.topics:
            self._remember(name)

    # --- at start -----------------------------------------------------------------------------------------------------------

    async def open_all(self) -> None:
        """Opens every partition of every topic. Raises OSError when a directory cannot be used."""
        self._colliding.clear()
        specs: list[PartitionSpec] = []
        for topic in self._catalogue.topics.values():
            self._remember(topic.name)
            specs += self._specs(topic, 0)
        await self._open(specs)

    async def forget_deleted(self, on_disk: Collection[bytes]) -> None:
        """Forgets deleted topics none of whose directories is there any more. `on_disk`: the topic ids the directories at start name.

        At start only: a directory's renaming is not durable when `Engine.drop` returns, so the id outlives the deletion by one start.
        Where the catalogue refuses, the next start tries again.
        """
        gone = [topic_id for topic_id in self._catalogue.deleted_topic_ids if topic_id not in on_disk]
        if gone:
            await self._commit([ForgetDeletedTopic(topic_id) for topic_id in gone])

    # --- verbs --------------------------------------------------------------------------------------------------------------

    async def create(self, wanted: Sequence[NewTopic], *, validate_only: bool = False) -> list[Topic | Refusal]:
        """Creates what may be created; one answer for each, in the order given.

        With `validate_only` the topics it answers with are only what would have become of them.
        """
        return await self._to_its_end(self._create(wanted, validate_only))

    async def auto_create(self, names: Sequence[str]) -> dict[str, Topic | Refusal]:
        """Creates the topics that do not exist, with the broker's defaults. Someone else's creation of the same name is as good.

        Internal topics are not made this way: what Kafka keeps in them stands in the catalogue here.
        """
        out: dict[str, Topic | Refusal] = {}
        wanted: list[NewTopic] = []
        for name in dict.fromkeys(names):
            fault = name_fault(name)
            if fault is not None:
                out[name] = Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
            elif is_internal(name):
                out[name] = Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
            else:
                wanted.append(NewTopic(name))
        for one, made in zip(wanted, await self.create(wanted) if wanted else (), strict=True):
            there = self._catalogue.topics.get(one.name)
            out[one.name] = there if there is not None else made
        return out

    async def delete(self, topic_ids: Sequence[bytes]) -> dict[bytes, Refusal | None]:
        """Deletes topics with their configs and committed offsets; None for each that is gone, a refusal for each that never was."""
        return await self._to_its_end(self._delete(topic_ids))

    async def add_partitions(
        self, wanted: Sequence[MorePartitions], *, validate_only: bool = False
    ) -> list[Topic | Refusal]:
        """Gives topics more partitions; one answer for each, in the order given."""
        return await self._to_its_end(self._add_partitions(wanted, validate_only))

    # --- how ----------------------------------------------------------------------------------------------------------------

    async def _create(self, wanted: Sequence[NewTopic], validate_only: bool) -> list[Topic | Refusal]:
        async with self._alone(one.name for one in wanted):
            plans = plan_topics(wanted, self._surroundings(), self._config_fault)
            out = [plan if isinstance(plan, Refusal) else self._topic_of(plan) for plan in plans]
            made = [topic for topic in out if isinstance(topic, Topic)]
            if validate_only or not made:
                return out
            refusal = await self._commit([PutTopic(topic) for topic in made])
            if refusal is None:
                for topic in made:
                    self._remember(topic.name)
                try:
                    await self._open([spec for topic in made for spec in self._specs(topic, 0)])
                except OSError as problem:
                    refusal = Refusal(ErrorCode.KAFKA_STORAGE_ERROR, f"The data directory refused: {problem}")
                    await self._undo(made)
            if refusal is not None:
                return [refusal if isinstance(topic, Topic) else topic for topic in out]
            return out

    async def _undo(self, made: Sequence[Topic]) -> None:
        """Takes back topics whose partitions could not be opened; where that fails too they stay, without a leader, until a restart."""
        for topic in made:
            opened = self._opened(topic.topic_id)
            if opened:
                await self._engine.drop(opened)
        if await self._commit([DeleteTopic(topic.topic_id) for topic in made]) is None:
            for topic in made:
                self._forget(topic.name)

    async def _delete(self, topic_ids: Sequence[bytes]) -> dict[bytes, Refusal | None]:
        known = [topic.name for topic in map(self._catalogue.topic_ids.get, topic_ids) if topic is not None]
        async with self._alone(known):
            gone: dict[bytes, Topic] = {}
            out: dict[bytes, Refusal | None] = {}
            for topic_id in topic_ids:
                topic = self._catalogue.topic_ids.get(topic_id)  # again: another may have deleted it while we waited
                if topic is None:
                    out[topic_id] = Refusal(ErrorCode.UNKNOWN_TOPIC_ID, "This server does not host this topic ID.")
                else:
                    out[topic_id] = None
                    gone[topic_id] = topic
            if not gone:
                return out
            refusal = await self._commit([DeleteTopic(topic_id) for topic_id in gone])
            if refusal is not None:
                return {topic_id: refusal if topic_id in gone else answer for topic_id, answer in out.items()}
            for topic in gone.values():
                self._forget(topic.name)
                self.views.pop(topic.topic_id, None)
            opened = [partition for topic_id in gone for partition in self._opened(topic_id)]
            if opened:
                await self._engine.drop(opened)
            return out

    async def _add_partitions(self, wanted: Sequence[MorePartitions], validate_only: bool) -> list[Topic | Refusal]:
        async with self._alone(one.name for one in wanted):
            twice = duplicates(one.name for one in wanted)
            out = [
                Refusal(ErrorCode.INVALID_REQUEST, "Duplicate topic name.") if one.name in twice else self._grown(one)
                for one in wanted
            ]
            grown = [topic for topic in out if isinstance(topic, Topic)]
            if validate_only or not grown:
                return out
            before = {topic.topic_id: len(self._catalogue.topics[topic.name].partitions) for topic in grown}
            refusal = await self._commit([PutTopic(topic) for topic in grown])
            if refusal is None:
                try:
                    await self._open([spec for topic in grown for spec in self._specs(topic, before[topic.topic_id])])
                except OSError as problem:
                    # The partitions exist (clients may know them), have no leader, and open with the next start.
                    refusal = Refusal(ErrorCode.KAFKA_STORAGE_ERROR, f"The data directory refused: {problem}")
            if refusal is not None:
                return [refusal if isinstance(topic, Topic) else topic for topic in out]
            return out

    def _grown(self, wanted: MorePartitions) -> Topic | Refusal:
        topic = self._catalogue.topics.get(wanted.name)
        if topic is None:
            return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        current = len(topic.partitions)
        replicas = plan_partitions(wanted, current, len(topic.partitions[0].replicas), self._brokers())
        if isinstance(replicas, Refusal):
            return replicas
        added = [PartitionInfo(current + step, 0, nodes) for step, nodes in enumerate(replicas)]
        return replace(topic, partitions=[*topic.partitions, *added])

    def _topic_of(self, plan: TopicPlan) -> Topic:
        return Topic(
            name=plan.name,
            topic_id=random_uuid(),
            partitions=[PartitionInfo(index, 0, nodes) for index, nodes in enumerate(plan.replicas)],
            configs=dict(plan.configs),
            is_internal=is_internal(plan.name),
        )

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            existing=self._catalogue.topics,
            collider=self._collider,
            brokers=self._brokers(),
            default_partitions=self._settings.int("num.partitions"),
            default_replication_factor=self._settings.int("default.replication.factor"),
        )

    def _brokers(self) -> Sequence[int]:
        return (self._node_id,)

    def _config_fault(self, configs: Mapping[str, str]) -> str | None:
        return check_topic_overrides(configs, self._settings)

    def _specs(self, topic: Topic, start: int) -> list[PartitionSpec]:
        config = topic_config(topic.configs, self._settings)
        return [
            PartitionSpec(topic.name, topic.topic_id, one.index, one.leader_epoch, config)
            for one in topic.partitions[start:]
        ]

    async def _open(self, specs: Sequence[PartitionSpec]) -> None:
        for first in range(0, len(specs), OPEN_AT_ONCE):
            await self._engine.open(specs[first : first + OPEN_AT_ONCE])

    def _opened(self, topic_id: bytes) -> list[Partition]:
        return [partition for partition in self._engine.topic_ids.get(topic_id, ()) if partition is not None]

    async def _commit(self, changes: Sequence[Change]) -> Refusal | None:
        try:
            await self._catalogue.commit(changes)
        except CatalogueError as problem:
            return Refusal(ErrorCode.KAFKA_STORAGE_ERROR, f"The catalogue could not be written: {problem}")
        return None

    # --- names that may not live side by side ---------------------------------------------------------------------------------

    def _remember(self, name: str) -> None:
        if can_collide(name):
            self._colliding.setdefault(collision_key(name), {})[name] = None

    def _collider(self, key: str) -> str | None:
        return next(iter(self._colliding.get(key, ())), None)

    def _forget(self, name: str) -> None:
        names = self._colliding.get(collision_key(name))
        if names is not None:
            names.pop(name, None)
            if not names:
                del self._colliding[collision_key(name)]

    # --- one after the other --------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _alone(self, names: Iterable[str]) -> AsyncIterator[None]:
        """Waits until nobody works on one of these names, or on one that collides with it, and keeps others away meanwhile."""
        keys = {collision_key(name) for name in names}
        while (busy := next((self._busy[key] for key in keys if key in self._busy), None)) is not None:
            await asyncio.shield(busy)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._busy.update(dict.fromkeys(keys, done))
        try:
            yield
        finally:
            for key in keys:
                del self._busy[key]
            done.set_result(None)

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)
