"""Who makes things go wrong: a table of faults, each a short act the seed picks, and `heal`, which ends all of them.

Only what a broker must survive is done: a disk may lose what was never flushed, not what was; a failed flush is followed by a restart.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from ottla.testing.sim.disk import DiskFaults
from ottla.testing.sim.net import Weather
from ottla.testing.sim.parts import CatalogueFaults

if TYPE_CHECKING:
    from ottla.testing.sim.world import World

CLOCK_OFFSET_MAX_MS = 10 * 3600 * 1000
"""Below producer.id.expiration.ms: a broker that forgets its producers may take duplicates."""


class Nemesis:
    """`strike` does one thing; which ones are possible depends on what the run has."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world = world
        self.rng = rng
        self.storage_failed = False
        self.counts: dict[str, int] = {}

    @property
    def storage_ails(self) -> bool:
        """A broker may refuse to start now."""
        machine = self.world.machine
        faults = machine.disk.faults
        refuses = machine.catalogue_faults.refusal is not None
        return refuses or faults.write_error > 0 or faults.sync_error > 0 or faults.capacity < 1 << 40

    def strike(self) -> None:
        """One fault."""
        names = [name for name, weight in self.world.options.faults.items() for _ in range(weight)]
        name = self.rng.choice(names)
        self.counts[name] = self.counts.get(name, 0) + 1
        _FAULTS[name](self)

    def heal(self) -> None:
        """Disk, network and catalogue are well again."""
        world = self.world
        machine = world.machine
        slow = machine.disk.faults.cold_read
        machine.disk.faults = DiskFaults(cold_read=slow)
        machine.catalogue_faults = CatalogueFaults()
        machine.spare()
        world.loop.thread_slowness = 1.0
        world.net.weather = world.new_weather()
        world.tell("fault", "all is healed")

    # --- the process and its machine -------------------------------------------------------------------------------------------

    def _kill(self) -> None:
        self.world.machine.kill()

    def _power_cut(self) -> None:
        self.world.machine.power_cut()

    def _doom(self) -> None:
        how = self.rng.choice(("kill", "power cut"))
        calls = int(self.rng.expovariate(1 / 40)) + 1
        self.world.tell("fault", f"doom: {how} inside the {calls}th disk call from now")
        self.world.machine.doom(calls, how)

    def _restart(self) -> None:
        world = self.world
        if world.machine.running:
            world.spawn(world.machine.stop())

    # --- the network ------------------------------------------------------------------------------------------------------------

    def _reset(self) -> None:
        rate = self.rng.choice((0.2, 0.5, 1.0))
        cut = self.world.net.reset(lambda end: self.rng.random() < rate)
        self.world.tell("fault", f"{cut} connections are cut")

    def _stall(self) -> None:
        net = self.world.net
        seconds = self.rng.choice((0.2, 1.0, 4.0)) * self.rng.random()
        net.weather.stalled_until = max(net.weather.stalled_until, self.world.loop.now + seconds)
        self.world.tell("fault", f"the network is silent for {seconds:.3f} s")

    def _bad_weather(self) -> None:
        rng = self.rng
        weather = self.world.net.weather = Weather(
            latency=rng.choice((0.0001, 0.002, 0.02)),
            jitter=rng.choice((0.0005, 0.01, 0.1)),
            split=rng.choice((0.1, 0.5, 1.0)),
            spike=rng.choice((0.02, 0.2)),
            spike_s=rng.choice((0.05, 0.5)),
            window=rng.choice((700, 4096, 65536)),
        )
        self.world.tell("fault", f"bad weather: {weather}")

    # --- the disk ---------------------------------------------------------------------------------------------------------------

    def _slow_disk(self) -> None:
        faults = self.world.machine.disk.faults
        faults.slow = self.rng.choice((10.0, 100.0, 1000.0))
        self.world.machine.catalogue_faults.slow = self.rng.choice((1.0, faults.slow / 5))
        self.world.loop.thread_slowness = self.rng.choice((1.0, faults.slow / 5))
        self.world.tell("fault", f"the disk is {faults.slow:.0f} times slower")

    def _full_disk(self) -> None:
        disk = self.world.machine.disk
        disk.faults.capacity = disk.used + int(self.rng.expovariate(1 / 2000))
        self.storage_failed = True
        if self.rng.random() < 0.5:
            self.world.machine.catalogue_faults.refusal = "the disk under the catalogue is full"
        self.world.tell("fault", f"the disk has {disk.faults.capacity - disk.used} bytes left")

    def _short_writes(self) -> None:
        self.world.machine.disk.faults.short_write = self.rng.choice((0.05, 0.5))
        self.world.tell("fault", "writes come back short")

    def _write_errors(self) -> None:
        self.world.machine.disk.faults.write_error = self.rng.choice((0.01, 0.1, 0.5))
        self.storage_failed = True
        self.world.tell("fault", f"EIO on writes: {self.world.machine.disk.faults.write_error}")

    def _sync_errors(self) -> None:
        self.world.machine.disk.faults.sync_error = self.rng.choice((0.02, 0.2))
        self.storage_failed = True
        self.world.tell("fault", f"EIO on fsync: {self.world.machine.disk.faults.sync_error}")

    def _catalogue(self) -> None:
        self.world.machine.catalogue_faults.refusal = "the disk under the catalogue is full"
        self.world.tell("fault", "the catalogue refuses changes")

    # --- time -------------------------------------------------------------------------------------------------------------------

    def _clock(self) -> None:
        clock = self.world.machine.clock
        jump = int(self.rng.choice((-1, 1)) * self.rng.choice((100, 60_000, 3 * 3_600_000)) * self.rng.random())
        self.world.transactions.clock_jumped()
        clock.offset_ms = max(min(clock.offset_ms + jump, CLOCK_OFFSET_MAX_MS), -CLOCK_OFFSET_MAX_MS)
        self.world.tell("fault", f"the clock jumps by {jump} ms")

    # --- clients ----------------------------------------------------------------------------------------------------------------

    def _client(self) -> None:
        self.world.cast.replace_client(self.rng)

    def _double(self) -> None:
        self.world.cast.double(self.rng)

    def _member(self) -> None:
        self.world.cast.disturb_group(self.rng)

    def _trim(self) -> None:
        self.world.spawn(self.world.cast.delete_records(self.rng))


_FAULTS: dict[str, Callable[[Nemesis], None]] = {
    "kill": Nemesis._kill,
    "power cut": Nemesis._power_cut,
    "doom": Nemesis._doom,
    "restart": Nemesis._restart,
    "reset": Nemesis._reset,
    "stall": Nemesis._stall,
    "weather": Nemesis._bad_weather,
    "slow disk": Nemesis._slow_disk,
    "full disk": Nemesis._full_disk,
    "short writes": Nemesis._short_writes,
    "write errors": Nemesis._write_errors,
    "sync errors": Nemesis._sync_errors,
    "catalogue": Nemesis._catalogue,
    "clock": Nemesis._clock,
    "client": Nemesis._client,
    "double": Nemesis._double,
    "member": Nemesis._member,
    "trim": Nemesis._trim,
}

FAULTS: dict[str, int] = {
    "kill": 2,
    "power cut": 3,
    "doom": 4,
    "restart": 1,
    "reset": 3,
    "stall": 1,
    "weather": 2,
    "slow disk": 1,
    "full disk": 1,
    "short writes": 1,
    "write errors": 1,
    "sync errors": 1,
    "catalogue": 1,
    "clock": 1,
    "client": 2,
    "double": 1,
    "member": 2,
    "trim": 1,
}
"""How often each is picked."""


async def storm(world: World, nemesis: Nemesis, strikes: int, seconds: float) -> None:
    """So many faults, over about so many seconds."""
    for _ in range(strikes):
        await asyncio.sleep(nemesis.rng.expovariate(strikes / seconds))
        nemesis.strike()
    await asyncio.sleep(nemesis.rng.uniform(0.05, 1.0))
