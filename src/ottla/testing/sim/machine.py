"""A machine that runs one broker process at a time: started, stopped, killed, or cut off from its power, as often as the seed likes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping

from ottla.rules.configs.settings import Settings
from ottla.server.node import NodeError
from ottla.storage.local.core import POOL_THREADS
from ottla.storage.local.reading import COLD_SEGMENTS_MAX
from ottla.testing.sim.disk import SimDisk
from ottla.testing.sim.link import Link
from ottla.testing.sim.loop import OWNER, Dead, Owner, SimLoop, context_of
from ottla.testing.sim.net import SimNet
from ottla.testing.sim.parts import CatalogueFaults, SimClock, SimNode, new_database

PORT = 9092
WRITE_HIGH_WATER = 8192
"""Small, so that small runs reach it."""
FLUSH_BYTES = 4096
Tell = Callable[..., None]


class Machine:
    """Disk, database image and clock live as long as the machine; `node` is the broker that runs now."""

    def __init__(
        self, loop: SimLoop, net: SimNet, rng: random.Random, settings: Mapping[str, str], tell: Tell, files_max: int
    ) -> None:
        self.loop = loop
        self.net = net
        self.rng = rng
        self.tell = tell
        self.files_max = files_max
        self.data = "/data"
        self.disk = SimDisk(rng, loop.time)
        self.db = new_database()
        self.catalogue_faults = CatalogueFaults()
        self.clock = SimClock(loop)
        self.node: SimNode | None = None
        self.owner: Owner | None = None
        self.starts = 0
        self.refused: str | None = None
        """Why the last start failed, if it was refused."""
        self._settings = {"listeners": f"PLAINTEXT://10.0.0.1:{PORT}", **settings}
        self._starting: asyncio.Task[None] | None = None
        self._died: asyncio.Future[str] | None = None
        self._stopping: Owner | None = None
        self._doom: tuple[int, str] | None = None
        self.disk.makedirs(self.data)
        self.disk.fsync_dir("/")
        self.disk.on_call = self._on_disk_call
        self.on_death: list[Callable[[str], None]] = []
        self.on_started: list[Callable[[], None]] = []

    def settings(self) -> Settings:
        """What a process reads at its start."""
        return Settings.from_mapping(self._settings)

    @property
    def running(self) -> bool:
        """Started and serving."""
        return self.node is not None and self._starting is None

    async def start(self) -> bool:
        """Starts a broker. False when it died before it served (the story says why)."""
        assert self.owner is None, "a broker runs already"
        self.starts += 1
        self.refused = None
        owner = self.owner = Owner(f"broker#{self.starts}")
        died = self._died = self.loop.create_future()
        node = SimNode(self)
        self.node = node
        task = self._starting = self.loop.create_task(node.start(), context=context_of(owner))
        await asyncio.wait([task, died], return_when=asyncio.FIRST_COMPLETED)
        self._starting = None
        if not owner.alive:
            return False
        problem = task.exception()
        if problem is None:
            self.tell("broker", f"{owner.name} serves")
            node.hub.write_high_water = WRITE_HIGH_WATER
            for callback in self.on_started:
                callback()
            return True
        if not isinstance(problem, NodeError):
            raise problem
        self.refused = f"{owner.name} could not start: {problem}"
        self.tell("broker", self.refused)
        self._gone("kill")
        return False

    async def stop(self) -> bool:
        """A graceful stop. False when the process died over it."""
        node, owner, died = self.node, self.owner, self._died
        if node is None or owner is None or died is None or self._stopping is owner:
            return True
        self._stopping = owner
        self.tell("broker", f"{owner.name} is asked to stop")
        task = self.loop.create_task(node.stop(), context=context_of(owner))
        await asyncio.wait([task, died], return_when=asyncio.FIRST_COMPLETED)
        if not owner.alive:
            return False
        task.result()
        for callback in self.on_death:
            callback("stop")
        self.tell("broker", f"{owner.name} has stopped")
        self._gone("stop")
        return True

    def kill(self) -> None:
        """kill -9, between two instructions."""
        self._die("kill")

    def power_cut(self) -> None:
        """The machine loses its power: memory is gone, unsynced bytes are gone or not."""
        self._die("power cut")

    def doom(self, calls: int, how: str) -> None:
        """The process dies (`how`: "kill" or "power cut") inside the n-th call to the disk from now."""
        self._doom = (self.disk.calls + calls, how)

    def spare(self) -> None:
        """No doom after all."""
        self._doom = None

    def _on_disk_call(self, name: str) -> None:
        doom = self._doom
        if doom is not None and self.disk.calls >= doom[0]:
            self._doom = None
            if self.owner is not None:
                self.tell("fault", f"death inside the disk call {name}")
                self._die(doom[1])
        caller = OWNER.get()
        if caller is not None and not caller.alive:
            raise Dead(name)

    def _die(self, how: str) -> None:
        owner = self.owner
        if owner is None or not owner.alive:
            return
        self.loop.kill(owner)
        for callback in self.on_death:
            callback(how)
        if how == "power cut":
            figures = self.disk.power_cut()
            self.tell("fault", f"power cut of {owner.name}: {figures}")
        else:
            self.tell("fault", f"kill -9 of {owner.name}")
        self._gone(how)

    def _gone(self, how: str) -> None:
        owner, died = self.owner, self._died
        assert owner is not None
        assert died is not None
        if owner.alive:
            self.loop.kill(owner)
        self.disk.forget_descriptors()
        self.net.owner_died(owner, silently=how == "power cut")
        self._doom = None
        self.node = None
        self.owner = None
        if not died.done():
            died.set_result(how)

    # --- at rest ----------------------------------------------------------------------------------------------------------------

    def rest_problems(self) -> list[str]:
        """What a broker still holds although no client is left."""
        node = self.node
        assert node is not None
        broker, hub, engine = node.broker, node.hub, node.engine
        found = []
        most = WRITE_HIGH_WATER + FLUSH_BYTES + 2 * Link.largest
        if self.net.unsent_max > most:
            found.append(
                f"a connection held back {self.net.unsent_max} bytes for a client that did not read, {most} are allowed"
            )
        if hub.connections:
            found.append(f"{len(hub.connections)} connections are open")
        if hub._memory_waiters or hub._memory_free != self.request_memory(node):
            found.append(f"request memory: {hub._memory_free} bytes are free")
        waiting = sum(len(bucket) for bucket in broker.deadlines._buckets.values())
        if waiting:
            found.append(f"{waiting} requests wait")
        for partition in engine.all_partitions():
            if partition.watchers:
                found.append(f"{partition} is watched {len(partition.watchers)} times")
            if partition.holds:
                found.append(f"{partition} holds back {len(partition.holds)} batches")
        # What cold reads opened stays open until someone needs room.
        files = engine.files.limit + POOL_THREADS * COLD_SEGMENTS_MAX
        if len(engine.files) > files:
            found.append(f"{len(engine.files)} files are open, the limit is {engine.files.limit}")
        return found

    @staticmethod
    def request_memory(node: SimNode) -> int:
        """What the hub began with."""
        from ottla.server.listener import REQUEST_MEMORY_DEFAULT

        memory = node.settings.int("queued.max.request.bytes")
        return max(memory, node.hub.request_max_bytes) if memory > 0 else REQUEST_MEMORY_DEFAULT
