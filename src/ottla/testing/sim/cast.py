"""Who takes part in a run: clients of every kind, made from the seed, killed, replaced and doubled while it runs.

Topics: `t0`, `t1` take anything; `in` takes what is acknowledged by all only (so that no copy is made of what a power cut may take), and
`out` what workers copy from `in`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import CREATE_TOPICS, DELETE_RECORDS, RETRIED, UPDATE_FEATURES, Client
from ottla.testing.sim.copier import Copier
from ottla.testing.sim.link import LinkError
from ottla.testing.sim.members import Member
from ottla.testing.sim.producers import IdempotentProducer, Producer
from ottla.testing.sim.readers import Reader
from ottla.testing.sim.transactional import TransactionalProducer
from ottla.wire.messages.create_topics_request import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from ottla.wire.messages.delete_records_request import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)
from ottla.wire.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

SOURCE, TARGET = "in", "out"
MEMBERS_MAX = 5
_SAFE_DOWNGRADE = 2


class Cast:
    """`clients` are those that are to make progress."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng
        self.clients: list[Client] = []
        self.producer_ids: set[int] = set()
        self.done: dict[tuple[str, Key], set[int]] = {}
        """Offsets each group of plain members has worked on."""
        self._newest: dict[str, Client] = {}
        """The latest instance of each transactional id."""
        self._names = 0
        self._ids = 0

    def of(self, *kinds: type[Client]) -> list[Client]:
        """The clients of some kinds."""
        return [client for client in self.clients if isinstance(client, kinds)]

    def _name(self, what: str) -> str:
        self._names += 1
        return f"{what}{self._names}"

    def helper(self, what: str) -> Client:
        """A client for one thing; it is no part of the cast."""
        return Client(self.world, self._name(what))

    def _begin(self, client: Client) -> None:
        self.clients.append(client)
        client.start()

    def retire(self, client: Client) -> None:
        """It has come to its end by itself."""
        if client in self.clients:
            self.clients.remove(client)
            self.world.tell("producer", f"{client.name} retires")

    # --- the stage --------------------------------------------------------------------------------------------------------------

    async def set_stage(self, *, copies: bool) -> None:
        """Topics and feature levels."""
        rng, world = self.rng, self.world
        client = self.helper("a")
        wanted = {f"t{number}": rng.choice((1, 1, 2, 3)) for number in range(rng.choice((1, 1, 2)))}
        if copies:
            wanted |= {SOURCE: rng.choice((1, 1, 2)), TARGET: rng.choice((1, 2, 3))}
        client.versions[CREATE_TOPICS] = 7
        create = CreateTopicsRequest(
            [
                CreatableTopic(
                    name, count, 1, configs=[CreatableTopicConfig(*pair) for pair in self._topic_configs().items()]
                )
                for name, count in wanted.items()
            ]
        )
        answer = await client.insist(CREATE_TOPICS, create)
        for topic in answer.topics:
            if topic.error_code:
                raise client.unexpected(f"CreateTopics {topic.error_message}", topic.error_code)
            world.topic_ids[topic.name] = topic.topic_id
        world.partition_counts.update(wanted)
        level = 2
        if rng.random() < 0.15:
            level = rng.choice((0, 1))
            world.protocols = (1,)
            client.versions[UPDATE_FEATURES] = 1
            update = FeatureUpdateKey("transaction.version", level, upgrade_type=_SAFE_DOWNGRADE)
            changed = await client.insist(UPDATE_FEATURES, UpdateFeaturesRequest(30_000, [update]))
            if changed.error_code:
                raise client.unexpected(f"UpdateFeatures {changed.error_message}", changed.error_code)
        client.close()
        world.tell("phase", f"topics {wanted}, transaction.version {level}, files {world.machine.files_max}")

    def _topic_configs(self) -> dict[str, str]:
        rng = self.rng
        configs = {
            "message.timestamp.after.max.ms": str(1 << 40),
            "index.interval.bytes": rng.choice(("0", "200", "4096")),
            "file.delete.delay.ms": rng.choice(("0", "1000")),
        }
        if rng.random() < 0.6:
            configs["internal.segment.bytes"] = rng.choice(("2500", "6000", "30000"))
            if rng.random() < 0.2:
                configs["preallocate"] = "true"
        if rng.random() < 0.15:
            configs["flush.messages"] = rng.choice(("1", "7"))
        if rng.random() < 0.15:
            configs["flush.ms"] = rng.choice(("10", "500"))
        if rng.random() < 0.2:
            configs["message.timestamp.type"] = "LogAppendTime"
        return configs

    # --- clients ----------------------------------------------------------------------------------------------------------------

    def keys_of(self, topics: Sequence[str]) -> list[Key]:
        """The partitions of some topics."""
        return [key for key in self.world.keys if key[0] in topics]

    @property
    def mixed(self) -> list[str]:
        """The topics that take anything."""
        return [topic for topic in self.world.partition_counts if topic not in (SOURCE, TARGET)]

    def new_producer(self) -> None:
        rng = self.rng
        keys = self.keys_of(self.mixed)
        keys = keys if rng.random() < 0.7 else [rng.choice(keys)]
        pace_s = rng.choice((0.015, 0.04, 0.1))
        if rng.random() < 0.6:
            self.new_idempotent(keys + (self.keys_of([SOURCE]) if rng.random() < 0.5 else []), pace_s)
        else:
            acks = rng.choice((-1, -1, 1, 1, 0))
            self._begin(Producer(self.world, self._name("p"), keys, acks=acks, pace_s=pace_s))

    def new_idempotent(self, keys: Sequence[Key], pace_s: float) -> None:
        self._begin(IdempotentProducer(self.world, self._name("i"), keys, pace_s=pace_s))

    def new_transactional(self, transactional_id: str | None = None) -> None:
        """A producer; with an id that exists, another instance of it."""
        rng = self.rng
        keys = self.keys_of([*self.mixed, SOURCE])
        keys = keys if rng.random() < 0.7 else rng.sample(keys, rng.randrange(1, len(keys) + 1))
        name = self._name("x")
        client = TransactionalProducer(
            self.world, name, keys, transactional_id or self._new_id("tx"), pace_s=rng.choice((0.01, 0.05, 0.2))
        )
        self._newest[client.transactor.transactional_id] = client
        self._begin(client)

    def new_reader(self) -> None:
        rng, world = self.rng, self.world
        keys = world.keys if rng.random() < 0.6 else rng.sample(world.keys, 1)
        self._begin(Reader(world, self._name("r"), keys, isolation=rng.choice((0, 1))))

    def new_member(self) -> None:
        self._begin(Member(self.world, self._name("m"), "group", self.mixed, isolation=self.rng.choice((0, 0, 1))))

    def new_copier(self, transactional_id: str | None = None) -> None:
        """A worker; with an id that exists, another instance of it."""
        transactional_id = transactional_id or self._new_id("copy")
        client = Copier(self.world, self._name("c"), "copiers", SOURCE, TARGET, transactional_id)
        self._newest[transactional_id] = client
        self._begin(client)

    def _new_id(self, what: str) -> str:
        self._ids += 1
        return f"{what}-{self._ids}"

    def new_producer_id(self, name: str, producer_id: int, producer_epoch: int) -> None:
        """An idempotent producer was given an identity."""
        self.world.tell("producer", f"{name} is producer {producer_id} epoch {producer_epoch}")
        if producer_id in self.producer_ids:
            raise self.world.auditor.violate("producer-id", f"producer id {producer_id} was given twice")
        self.producer_ids.add(producer_id)

    def is_superseded(self, client: TransactionalProducer | Copier) -> bool:
        """Whether there is a later instance of its transactional id."""
        return self._newest[client.transactor.transactional_id] is not client

    def processed(self, group: str, key: Key, records: Sequence[tuple[int, str]]) -> None:
        """A group has worked on records."""
        self.done.setdefault((group, key), set()).update(offset for offset, _ in records)

    # --- what the nemesis asks for ----------------------------------------------------------------------------------------------

    def replace_client(self, rng: random.Random) -> None:
        """Kills a producer or reader; another takes its place."""
        victims = [one for one in self.clients if not isinstance(one, Member)]
        if not victims:
            return
        victim = rng.choice(victims)
        self.world.tell("fault", f"client {victim.name} is killed")
        self._kill(victim)
        if isinstance(victim, TransactionalProducer):
            self.new_transactional(victim.transactor.transactional_id if rng.random() < 0.5 else None)
        elif not isinstance(victim, Producer):
            self.new_reader()
        elif self.keys_of([SOURCE]) and isinstance(victim, IdempotentProducer):
            self.new_idempotent(victim.keys, victim.pace_s)
        else:
            self.new_producer()

    def _kill(self, victim: Client) -> None:
        victim.kill()
        self.clients.remove(victim)

    def double(self, rng: random.Random) -> None:
        """Another instance of a transactional id is started while the one before lives."""
        victims = [
            one
            for one in self.clients
            if isinstance(one, TransactionalProducer | Copier) and not self.is_superseded(one)
        ]
        if not victims or len(victims) > MEMBERS_MAX:
            return
        victim = rng.choice(victims)
        self.world.tell("fault", f"{victim.name} gets a double")
        if isinstance(victim, Copier):
            self.new_copier(victim.transactor.transactional_id)
        else:
            self.new_transactional(victim.transactor.transactional_id)

    def disturb_group(self, rng: random.Random) -> None:
        """A member dies, leaves, stalls, or comes."""
        members = [one for one in self.clients if isinstance(one, Member)]
        if not members:
            return
        victim = rng.choice(members)
        act = rng.choice(("kill", "leave", "stall", "come"))
        self.world.tell("fault", f"member {victim.name}: {act}")
        others = [one for one in members if one.group == victim.group]
        if act == "kill":
            self._kill(victim)
            if not isinstance(victim, Copier):
                self.new_member()
            else:
                self.new_copier(victim.transactor.transactional_id if rng.random() < 0.6 else None)
        elif act == "leave" and len(others) > 1:
            victim.stopping = True
            self.clients.remove(victim)
        elif act == "stall":
            victim.stalls = True
        elif act == "come" and len(others) < MEMBERS_MAX:
            if isinstance(victim, Copier):
                self.new_copier()
            else:
                self.new_member()

    async def delete_records(self, rng: random.Random) -> None:
        """DeleteRecords of a partition, up to somewhere that was visible."""
        world = self.world
        key = rng.choice(world.keys)
        before = rng.randrange(world.auditor.seen_end(key) + 1)
        client = self.helper("a")
        world.tell("fault", f"records of {key} below {before} are deleted")
        world.auditor.trimming(key, before)
        request = DeleteRecordsRequest([DeleteRecordsTopic(key[0], [DeleteRecordsPartition(key[1], before)])], 30_000)
        try:
            answer = (await client.ask(DELETE_RECORDS, request)).topics[0].partitions[0]
        except LinkError:
            return
        finally:
            client.close()
        if not answer.error_code:
            world.auditor.trimmed(key, answer.low_watermark)
        elif answer.error_code not in RETRIED and answer.error_code != ErrorCode.OFFSET_OUT_OF_RANGE:
            raise client.unexpected(f"DeleteRecords of {key}", answer.error_code)
