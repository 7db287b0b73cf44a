"""Transactional producers: begin, write to some partitions, commit or abort; some dawdle until their time is over."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import Client
from ottla.testing.sim.producers import CALM_PACE_S
from ottla.testing.sim.transactor import FencedError, Transactor

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

DAWDLES = 0.03
"""How often a transaction is left alone for about as long as it may take."""


class TransactionalProducer(Client):
    """One instance of a transactional id. It ends when a later instance has fenced it."""

    def __init__(self, world: World, name: str, keys: Sequence[Key], transactional_id: str, *, pace_s: float) -> None:
        super().__init__(world, name)
        self.keys = list(keys)
        self.pace_s = pace_s
        self.numbers = dict.fromkeys(self.keys, 0)
        self.transactor = Transactor(self, transactional_id)
        self.rounds = 0
        self.aborts = 0.25
        self.finished = False

    def is_done(self) -> bool:
        return self.finished

    def lost(self, why: str) -> None:
        if self.transactor.txn is not None and self.rng.random() < 0.3:
            self.rounds = -1

    async def session(self) -> None:
        await self.connect()
        while not self.finished:
            try:
                await self._step()
            except FencedError:
                if self.world.cast.is_superseded(self):
                    self.finished = True
                    self.world.cast.retire(self)

    async def _step(self) -> None:
        transactor, rng, world = self.transactor, self.rng, self.world
        if self.world.cast.is_superseded(self) and transactor.txn is None and not transactor.is_introduced:
            self.finished = True
            world.cast.retire(self)
        elif not transactor.is_introduced and transactor.txn is None:
            await transactor.introduce()
        elif transactor.txn is None:
            if self.stopping:
                self.finished = True
                return
            pace_s = max(self.pace_s, CALM_PACE_S) if world.calm else self.pace_s
            await asyncio.sleep(rng.expovariate(1 / pace_s))
            transactor.begin()
            self.rounds = rng.choice((1, 1, 2, 3))
        elif transactor.end_wanted is not None or self.rounds < 0:
            await transactor.end(is_commit=False)
        elif self.rounds == 0:
            await transactor.end(is_commit=rng.random() >= self.aborts)
        else:
            self.rounds -= 1
            self._write()
            await transactor.flush()
            if rng.random() < DAWDLES and not world.calm:
                await asyncio.sleep(transactor.timeout_ms / 1000 * rng.uniform(0.7, 1.3))
            elif rng.random() < 0.5:
                await asyncio.sleep(rng.expovariate(1 / self.pace_s))

    def _write(self) -> None:
        rng = self.rng
        for _ in range(rng.choice((1, 2, 3, 6))):
            key = rng.choice(self.keys)
            first, count = self.numbers[key], rng.choice((1, 1, 2, 4))
            self.numbers[key] = first + count
            values = [f"{self.name}/{key[0]}-{key[1]}/{number}" for number in range(first, first + count)]
            self.transactor.write(key, first, values, rng.choice((0, 0, 0, 1)))
