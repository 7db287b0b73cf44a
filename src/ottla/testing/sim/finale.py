"""The end of a run: all finish, everything is read from the beginning; the power fails once more, and everything is read again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ottla.testing.sim.auditor import MARKER, Key
from ottla.testing.sim.cast import SOURCE
from ottla.testing.sim.client import LIST_OFFSETS, Client
from ottla.testing.sim.copier import Copier
from ottla.testing.sim.link import LinkError
from ottla.testing.sim.members import Member
from ottla.testing.sim.producers import Producer
from ottla.testing.sim.readers import EARLIEST, LATEST, Fetcher, Reader
from ottla.testing.sim.transactional import TransactionalProducer

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

SETTLE_LIMIT_S = 120.0
"""Virtual time in which everyone must have read everything: transactions nobody ends take their timeout."""


class Finale:
    """`run` is all of it."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def run(self) -> None:
        world, cast, machine = self.world, self.world.cast, self.world.machine
        world.tell("phase", "the end: producers finish")
        producers = cast.of(Producer, TransactionalProducer)
        for producer in producers:
            producer.stopping = True
        await world.until("finish", lambda: [one.name for one in producers if not one.is_done()])
        world.draining = True
        await self._settle()
        await self._read_all("first")
        for client in cast.clients:
            client.stopping = True
        await world.until("leave", lambda: [one.name for one in cast.clients if not one.task or not one.task.done()])
        await self._check_rest()
        how = world.rng.choice(("kill", "power cut", "stop", "stop and power cut"))
        world.tell("phase", f"one more time: {how}")
        world.wants_broker = False
        if how.startswith("stop"):
            await machine.stop()
            if how != "stop":
                machine.disk.power_cut()
                world.auditor.died("power cut")
        elif how == "kill":
            machine.kill()
        else:
            machine.power_cut()
        world.wants_broker = True
        await world.settle_broker()
        await self._read_all("second")

    # --- everyone is at the end -------------------------------------------------------------------------------------------------

    async def _settle(self) -> None:
        """Every transaction is decided, readers are at the end, groups have committed it."""
        world = self.world
        client = world.cast.helper("f")
        client.versions[LIST_OFFSETS] = 9
        fetcher = Fetcher(client)
        deadline = world.loop.now + SETTLE_LIMIT_S
        while True:
            left = await self._undecided(client, fetcher)
            left += [one.name for one in world.cast.of(Reader) if isinstance(one, Reader) and not one.is_at_end()]
            left += self._unsettled()
            if not left:
                break
            if world.loop.now > deadline:
                raise world.auditor.violate("stuck", f"after {SETTLE_LIMIT_S:.0f} s without faults: {left}")
            await asyncio.sleep(0.4)
        client.close()
        self._check_skipped()

    async def _undecided(self, client: Client, fetcher: Fetcher) -> list[str]:
        found = []
        for key in self.world.keys:
            try:
                link = await client.connect()
                stable = await fetcher.list_offset(link, key, LATEST, 1)
                end = await fetcher.list_offset(link, key, LATEST, 0)
            except LinkError:
                return ["the broker"]
            if stable is None or stable != end:
                found.append(f"{key} is decided up to {stable} of {end}")
        return found

    def _unsettled(self) -> list[str]:
        world = self.world
        told: dict[str, dict[str, tuple[int, Sequence[Key]]]] = {}
        keys: dict[str, list[Key]] = {}
        behind = []
        for one in world.cast.clients:
            if not isinstance(one, Member):
                continue
            told.setdefault(one.group, {})[one.name] = (one.generation, one.assigned)
            keys[one.group] = world.cast.keys_of(one.topics)
            for key in one.assigned:
                at = one.fetcher.positions.get(key, -1)
                if at < world.auditor.seen_end(key) or one.committed.get(key) != at:
                    behind.append(f"{one.name} at {key} {at} of {world.auditor.seen_end(key)}")
        found = [world.groups.stable(group, members, keys[group]) for group, members in told.items()]
        return [problem for problem in found if problem] or behind

    def _check_skipped(self) -> None:
        """Plain members have worked on everything; what copiers did is judged by their copies."""
        world = self.world
        plain = {
            one.group: one for one in world.cast.clients if isinstance(one, Member) and not isinstance(one, Copier)
        }
        for group, member in plain.items():
            for key in world.cast.keys_of(member.topics):
                done = world.cast.done.get((group, key), set())
                start, end = world.auditor.partition(key).log_start_max, world.auditor.seen_end(key)
                skipped = [offset for offset in range(start, end) if offset not in done]
                if skipped:
                    raise world.auditor.violate("skipped", f"{group} never worked on {key} {skipped[:10]}")

    # --- all there is -----------------------------------------------------------------------------------------------------------

    async def _read_all(self, which: str) -> None:
        """A fresh reader reads everything from the beginning, another one what is committed."""
        world = self.world
        client = world.cast.helper("f")
        client.versions[LIST_OFFSETS] = 9
        given: dict[Key, dict[str, int]] = {}
        for key in world.keys:
            records, start, end = await self._read(client, key, isolation=0)
            world.auditor.final(key, [(offset, value) for offset, value in records], start, end)
            committed, _, _ = await self._read(client, key, isolation=1)
            given[key] = {value: offset for offset, value in committed if not value.startswith(MARKER)}
            if any(world.transactions.is_in_none(value) and value not in given[key] for _, value in records):
                raise world.auditor.violate("lost", f"{key}: a reader of committed data is not given all plain records")
        client.close()
        copied = [key for key in world.keys if key[0] == SOURCE and world.cast.of(Copier)]
        world.transactions.final(given, copied)
        world.tell("phase", f"{which} reading of everything: as it should be")

    async def _read(self, client: Client, key: Key, *, isolation: int) -> tuple[list[tuple[int, str]], int, int]:
        """What there is of a partition (with isolation 1: what a consumer is given), where it begins and ends."""
        fetcher = Fetcher(client, isolation=isolation)
        fetcher.max_bytes = fetcher.partition_max_bytes = 1 << 20
        while True:
            try:
                link = await client.connect()
                start = await fetcher.list_offset(link, key, EARLIEST)
                end = await fetcher.list_offset(link, key, LATEST, isolation)
                if start is None or end is None:
                    continue
                records: list[tuple[int, str]] = []
                fetcher.positions = {key: start}
                fetcher.forget_session()
                while fetcher.positions[key] < end:
                    for found in (await fetcher.fetch(link)).values():
                        records += fetcher.delivered[key] if isolation else found
                        fetcher.positions[key] = found[-1][0] + 1
                return records, start, end
            except LinkError:
                await asyncio.sleep(0.1)

    async def _check_rest(self) -> None:
        """A broker without clients holds nothing for them."""
        await asyncio.sleep(2.0)
        machine = self.world.machine
        problems = machine.rest_problems() if machine.running else []
        if problems:
            raise self.world.auditor.violate("bounds", "; ".join(problems))
