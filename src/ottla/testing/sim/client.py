"""What all simulated clients share: a name, chance of their own, a connection that is made again when it is lost, and an owner, so that
a client can be killed like a broker.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

from ottla.base.errors import ErrorCode
from ottla.broker.api_table import BY_KEY
from ottla.testing.sim.link import Link, LinkError
from ottla.testing.sim.loop import Owner, context_of
from ottla.testing.sim.machine import PORT

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

PRODUCE, FETCH, LIST_OFFSETS, METADATA = 0, 1, 2, 3
OFFSET_COMMIT, OFFSET_FETCH, FIND_COORDINATOR = 8, 9, 10
JOIN_GROUP, HEARTBEAT, LEAVE_GROUP, SYNC_GROUP = 11, 12, 13, 14
CREATE_TOPICS, DELETE_RECORDS, INIT_PRODUCER_ID = 19, 21, 22
UPDATE_FEATURES = 57
ADD_PARTITIONS_TO_TXN, ADD_OFFSETS_TO_TXN, END_TXN, TXN_OFFSET_COMMIT = 24, 25, 26, 28

RETRIED = frozenset(
    {
        ErrorCode.LEADER_NOT_AVAILABLE,
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.REQUEST_TIMED_OUT,
        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
        ErrorCode.COORDINATOR_NOT_AVAILABLE,
        ErrorCode.NOT_COORDINATOR,
        ErrorCode.KAFKA_STORAGE_ERROR,
        ErrorCode.NOT_ENOUGH_REPLICAS,
        ErrorCode.FENCED_LEADER_EPOCH,
        ErrorCode.UNKNOWN_LEADER_EPOCH,
        ErrorCode.OFFSET_NOT_AVAILABLE,
    }
)
"""Errors that say: ask again later."""
BACKOFF_S = 0.1


class Client:
    """A client process. `run` is its life; it ends when `stopping` is set and everything is done."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.rng = random.Random(f"{world.seed}/{name}")
        self.owner = Owner(name)
        self.stopping = False
        self.link: Link | None = None
        self.task: asyncio.Task[None] | None = None
        self.versions: dict[int, int] = {}
        self.progress_at = 0.0
        """When something last went well."""

    def start(self) -> None:
        """Begins to run."""
        self.progress_at = self.world.loop.now
        self.task = self.world.loop.create_task(
            self.world.guarded(self.life(), self.name), context=context_of(self.owner)
        )

    def kill(self) -> None:
        """Gone between two instructions; its connections are reset by its kernel."""
        self.world.loop.kill(self.owner)
        self.world.net.owner_died(self.owner, silently=False)

    async def life(self) -> None:
        """Runs sessions until it is done; a lost connection begins a new one."""
        while not self.is_done():
            try:
                await self.session()
            except LinkError as problem:
                self.lost(str(problem))
                self.close()
                await asyncio.sleep(self.rng.uniform(0.02, 0.3))
        self.close()

    async def session(self) -> None:
        """Connects and works. Raises LinkError."""
        raise NotImplementedError

    def is_done(self) -> bool:
        return self.stopping

    def lost(self, why: str) -> None:
        """The connection is gone."""

    def close(self) -> None:
        if self.link is not None:
            self.link.close()
            self.link = None

    async def connect(self) -> Link:
        """The connection, made when there is none."""
        if self.link is None or self.link.closed:
            self.link = await self.open_link()
        return self.link

    async def open_link(self) -> Link:
        """A connection of its own. Raises LinkError."""
        return await Link.open(self.world.loop, self.name, PORT, self._disorder)

    def _disorder(self, what: str) -> None:
        raise self.world.auditor.violate("reply-order", f"{self.name}: {what}")

    def version(self, api_key: int) -> int:
        """The version this client speaks: any that is served."""
        version = self.versions.get(api_key)
        if version is None:
            version = self.versions[api_key] = self.rng.randint(*BY_KEY[api_key].versions)
        return version

    def went_well(self) -> None:
        self.progress_at = self.world.loop.now

    def unexpected(self, what: str, error: int) -> Exception:
        """An error that no correct broker gives here."""
        return self.world.auditor.violate("error", f"{self.name}: {what} was answered with {ErrorCode(error).name}")

    async def ask(self, api_key: int, message: Any) -> Any:
        """One request on the connection at this client's version. Raises LinkError."""
        link = await self.connect()
        return await link.call(api_key, self.version(api_key), message)

    async def insist(self, api_key: int, message: Any) -> Any:
        """The same, until it is answered."""
        while True:
            try:
                return await self.ask(api_key, message)
            except LinkError:
                await asyncio.sleep(BACKOFF_S)
