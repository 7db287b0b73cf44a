"""Copy-transform workers: members of a group that read committed records, write a copy of each to another topic, and commit the offsets
they have read up to in the same transaction (KIP-98, KIP-447). Killed, stalled, rebalanced and fenced like any member and any producer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import BACKOFF_S, OFFSET_FETCH
from ottla.testing.sim.link import Link
from ottla.testing.sim.members import HEARTBEAT_S, Member
from ottla.testing.sim.producers import CALM_PACE_S
from ottla.testing.sim.transactor import FencedError, OutOfGroupError, Transactor
from ottla.testing.sim.txn_auditor import COPY_OF

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

_STABLE_SINCE = 7
"""OffsetFetch can ask for stable offsets from this version on."""
COPIES_MAX = 20
"""Copies in a batch: the smallest segments must hold it."""


class Copier(Member):
    """One worker, with a transactional id of its own. `target` is the topic it writes to."""

    def __init__(self, world: World, name: str, group: str, source: str, target: str, transactional_id: str) -> None:
        super().__init__(world, name, group, [source], isolation=1)
        self.source = source
        self.target = target
        self.transactor = Transactor(self, transactional_id)
        self.versions[OFFSET_FETCH] = max(self.version(OFFSET_FETCH), _STABLE_SINCE)
        self.numbers: dict[Key, int] = {}
        self.finished = False

    def is_done(self) -> bool:
        return self.finished or super().is_done()

    async def session(self) -> None:
        try:
            await self.connect()
            await self._settle()
            await super().session()
        except FencedError:
            self.generation = -1
        if self.world.cast.is_superseded(self):
            self.finished = True
            self.world.cast.retire(self)

    async def _settle(self) -> None:
        """Ends what was begun over an earlier connection, and takes an identity. Raises LinkError, FencedError."""
        transactor = self.transactor
        if transactor.txn is not None:
            await transactor.end(is_commit=False)
        if not transactor.is_introduced:
            if self.world.cast.is_superseded(self):
                raise FencedError("a later instance is there")
            await transactor.introduce()

    async def commit(self, link: Link) -> None:
        """Offsets are committed with transactions only."""

    async def work(self, link: Link) -> None:
        """Fetches and copies until the group moves on. Raises Rejoin, LinkError, FencedError."""
        await self.load_positions(link)
        fetcher, loop = self.fetcher, self.world.loop
        fetcher.forget_session()
        if self.data is None or self.data.closed:
            self.data = await self.open_link()
        self.next_heartbeat = loop.now + HEARTBEAT_S
        while not self.stopping:
            if self.stalls and (not fetcher.positions or self.rng.random() < 0.1):
                await self._stall()
            if fetcher.positions:
                read = await fetcher.fetch(self.data, max_wait_ms=200)
                for key, records in read.items():
                    fetcher.positions[key] = records[-1][0] + 1
                moved = {key: at for key, at in fetcher.positions.items() if self.committed.get(key) != at}
                if moved:
                    await self._copy(moved)
            else:
                await asyncio.sleep(0.2)
            if loop.now >= self.next_heartbeat:
                self.next_heartbeat = loop.now + HEARTBEAT_S
                await self.heartbeat(link)

    async def _stall(self) -> None:
        self.stalls = False
        self.world.tell("member", f"{self.name} stalls")
        await asyncio.sleep(self.session_timeout_ms / 1000 * self.rng.uniform(0.8, 2.5))

    async def _copy(self, moved: dict[Key, int]) -> None:
        """One transaction: copies of what the last fetch brought, and the positions behind it."""
        transactor, rng = self.transactor, self.rng
        transactor.begin()
        by_target: dict[Key, list[str]] = {}
        count = self.world.partition_counts[self.target]
        for key, records in self.fetcher.delivered.items():
            for offset, _ in records:
                place = f"{key[0]}-{key[1]}@{offset}"
                by_target.setdefault((self.target, crc32(place.encode()) % count), []).append(place)
        for target, places in by_target.items():
            for at in range(0, len(places), COPIES_MAX):
                self._write(target, places[at : at + COPIES_MAX])
        try:
            early = rng.random() < 0.3
            if not early:
                await transactor.flush()
            if self.stalls and rng.random() < 0.5:
                await self._stall()
            await transactor.send_offsets(self.group, self.generation, self.member_id, self.instance_id, moved)
            if early:
                await transactor.flush()
            if self.stalls:
                await self._stall()
        except OutOfGroupError as problem:
            await transactor.end(is_commit=False)
            raise self._refused("TxnOffsetCommit", problem.error) from problem
        if await transactor.end(is_commit=rng.random() >= (0.1 if self.world.calm else 0.2)):
            self.committed.update(moved)
            self.went_well()
            await asyncio.sleep(CALM_PACE_S if self.world.calm and not self.world.draining else 0.0)
            return
        for key in moved:
            self.fetcher.positions[key] = max(self.committed.get(key, 0), 0)
        await asyncio.sleep(BACKOFF_S)

    def _write(self, target: Key, places: Sequence[str]) -> None:
        first = self.numbers.get(target, 0)
        self.numbers[target] = first + len(places)
        values = [
            f"{self.name}/{target[0]}-{target[1]}/{first + step}{COPY_OF}{place}" for step, place in enumerate(places)
        ]
        self.transactor.write(target, first, values)
