"""Deadlines: never early, late by little, gone when dropped."""

from __future__ import annotations

import asyncio
import random

from ottla.broker.deadlines import Deadlines


class Waiter:
    bucket = 0

    def __init__(self, loop: asyncio.AbstractEventLoop, after_ms: int) -> None:
        self.loop = loop
        self.due = loop.time() + after_ms / 1000
        self.early = 0.0
        self.expired = 0

    def expire(self) -> None:
        self.expired += 1
        self.early = max(self.early, self.due - self.loop.time())


def test_every_deadline_comes_once_and_never_early() -> None:
    async def test() -> None:
        loop = asyncio.get_running_loop()
        deadlines = Deadlines(loop)
        rng = random.Random(5)
        waiters = []
        for _ in range(500):
            after_ms = rng.randrange(0, 120)
            waiter = Waiter(loop, after_ms)
            deadlines.add(waiter, after_ms)
            waiters.append(waiter)
        dropped = waiters[::3]
        for waiter in dropped:
            deadlines.drop(waiter)
        kept = [w for w in waiters if w not in dropped]
        async with asyncio.timeout(5):
            while any(not w.expired for w in kept):
                await asyncio.sleep(0.01)
        assert all(w.expired == 1 for w in kept)
        assert all(w.early <= 0.001 for w in kept)
        assert not any(w.expired for w in dropped)

    asyncio.run(test())


def test_an_earlier_deadline_is_not_kept_waiting_by_a_later_one() -> None:
    async def test() -> None:
        loop = asyncio.get_running_loop()
        deadlines = Deadlines(loop)
        late, soon = Waiter(loop, 60_000), Waiter(loop, 20)
        deadlines.add(late, 60_000)
        deadlines.add(soon, 20)
        async with asyncio.timeout(5):
            while not soon.expired:
                await asyncio.sleep(0.005)
        assert not late.expired

    asyncio.run(test())
