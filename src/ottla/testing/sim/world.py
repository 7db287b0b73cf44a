"""One run: a machine with a broker, clients, a nemesis and the auditors, all made from one seed, on one virtual clock.

A run is a few storms, each followed by calm in which everyone must get on, and an end (`finale`). Who takes part: `cast`.
"""

from __future__ import annotations

import asyncio
import random
import traceback
from collections.abc import Callable, Coroutine, Sequence
from time import process_time
from typing import Any

from ottla.testing.sim.auditor import Auditor, Key, Violation
from ottla.testing.sim.cast import Cast
from ottla.testing.sim.finale import Finale
from ottla.testing.sim.groups import GroupAuditor
from ottla.testing.sim.link import Link
from ottla.testing.sim.loop import Dead, SimLoop, SimulationError
from ottla.testing.sim.machine import Machine
from ottla.testing.sim.nemesis import Nemesis, storm
from ottla.testing.sim.net import SimNet, Weather
from ottla.testing.sim.options import Options, Report
from ottla.testing.sim.story import Story
from ottla.testing.sim.surroundings import logging_to, seeded_entropy, small_bounds
from ottla.testing.sim.txn_auditor import TransactionAuditor

CALM_LIMIT_S = 90.0
"""Virtual time in which everyone must have got on after a storm: three times the longest timeout of a client."""


class World:
    """See the module."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.seed = options.seed
        self.rng = random.Random(f"{options.seed}/world")
        self.loop = SimLoop(random.Random(f"{options.seed}/loop"))
        self.story = Story(self.loop.time)
        self.tell = self.story.tell
        self.net = SimNet(self.loop, random.Random(f"{options.seed}/net"), self.story.trace)
        self.loop.net = self.net
        self.net.weather = self.new_weather()
        self.violation: Violation | None = None
        self.auditor = Auditor(self.loop.time, self._violated)
        self.groups = GroupAuditor(self.loop.time, self.auditor.violate)
        self.transactions = TransactionAuditor(self.loop.time, self.auditor, self.groups)
        self.topic_ids: dict[str, bytes] = {}
        self.partition_counts: dict[str, int] = {}
        self.protocols: Sequence[int] = (1, 2)
        """Of transactions, as clients may speak them."""
        self.draining = False
        self.calm = False
        """No faults now: clients take it easy."""
        self.machine = Machine(
            self.loop,
            self.net,
            random.Random(f"{options.seed}/machine"),
            self._settings(),
            self.tell,
            files_max=self.rng.choice((2, 8, 512)),
        )
        self.machine.disk.faults.cold_read = self.rng.choice((0.0, 0.0, 0.1, 0.7))
        self.machine.on_death.append(self.auditor.died)
        self.machine.on_started += [self.auditor.started, self.transactions.started]
        self.cast = Cast(self)
        self.nemesis = Nemesis(self, random.Random(f"{options.seed}/nemesis"))
        self.wants_broker = True
        self._spawned: list[asyncio.Task[Any]] = []
        self._failed: asyncio.Future[None] | None = None

    def _settings(self) -> dict[str, str]:
        rng = self.rng
        return {
            "group.initial.rebalance.delay.ms": rng.choice(("0", "0", "300")),
            "log.flush.offset.checkpoint.interval.ms": rng.choice(("500", "3000", "60000")),
            "group.min.session.timeout.ms": "500",
            "offsets.topic.num.partitions": rng.choice(("1", "2")),
            "message.max.bytes": "1000000",
        }

    def new_weather(self) -> Weather:
        """An ordinary day."""
        return Weather(split=0.05, window=65536)

    @property
    def keys(self) -> list[Key]:
        """Every partition."""
        return [(topic, index) for topic, count in self.partition_counts.items() for index in range(count)]

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Has something done beside everything else."""
        self._spawned = [task for task in self._spawned if not task.done()]
        self._spawned.append(self.loop.create_task(self.guarded(work, "world")))

    async def guarded(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Does the work; a failure of it is a violation."""
        try:
            await work
        except Violation:
            return
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what this run is about
            self._bug(f"{name}: {type(problem).__name__}: {problem}", problem)

    # --- violations -------------------------------------------------------------------------------------------------------------

    def _violated(self, violation: Violation) -> None:
        if self.violation is None:
            self.violation = violation
            self.tell("VIOLATED", str(violation))
            if self._failed is not None and not self._failed.done():
                self._failed.set_result(None)

    def _bug(self, message: str, problem: BaseException | None = None) -> None:
        violation = Violation("bug", message)
        violation.__cause__ = problem
        if problem is not None and problem.__traceback__ is not None:
            for frame in traceback.extract_tb(problem.__traceback__)[-6:]:
                self.tell("trace", f"{frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})")
        self._violated(violation)

    def _on_loop_problem(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        problem = context.get("exception")
        if isinstance(problem, Dead | Violation):
            return
        self._bug(f"{context.get('message')}: {type(problem).__name__}: {problem}", problem)

    # --- the run ----------------------------------------------------------------------------------------------------------------

    def run(self) -> Report:
        """Runs to the end, or to the first violation."""
        began = process_time()
        loop = self.loop
        loop.set_exception_handler(self._on_loop_problem)
        Link.largest = 0
        with seeded_entropy(self.seed), small_bounds(), logging_to(self.tell, self._bug):
            try:
                loop.run_until_complete(self._main())
            except SimulationError as problem:
                self._violated(Violation("stuck", str(problem)))
            finally:
                self._bury()
        return Report(
            options=self.options,
            violation=None if self.violation is None else str(self.violation),
            digest=self.story.digest,
            virtual_s=loop.now,
            cpu_s=process_time() - began,
            events=self.story.traced,
            acked=self.auditor.acked_records,
            seen=self.auditor.seen_records,
            commits=self.groups.acked_commits,
            transactions=self.transactions.committed,
            starts=self.machine.starts,
            faults=self.nemesis.counts,
            story=self.story,
        )

    def _bury(self) -> None:
        """Nothing of this run may live on in the process."""
        machine, loop = self.machine, self.loop
        for client in self.cast.clients:
            loop.kill(client.owner)
        if machine.owner is not None:
            loop.kill(machine.owner)
        loop.bury()
        for task in asyncio.all_tasks(loop):
            task._log_destroy_pending = False  # type: ignore[attr-defined]
            coroutine = task.get_coro()
            if coroutine is not None:
                coroutine.close()
        loop.forget_all()
        machine.db.close()
        loop.close()

    async def _main(self) -> None:
        self._failed = self.loop.create_future()
        main = self.loop.create_task(self.guarded(self._scenes(), "world"))
        await asyncio.wait([main, self._failed], return_when=asyncio.FIRST_COMPLETED)

    async def _scenes(self) -> None:
        options, rng, cast = self.options, self.rng, self.cast
        self.tell("phase", f"seed {self.seed}")
        self.spawn(self._keep_running())

        def drawn(given: int | None, *choices: int) -> range:
            picked = rng.choice(choices)
            return range(picked if given is None else given)

        copiers = drawn(options.copiers, 0, 0, 1, 2)
        await cast.set_stage(copies=bool(copiers))
        for _ in drawn(options.producers, 1, 2, 2, 3):
            cast.new_producer()
        for _ in drawn(options.transactional, 0, 1, 1, 2):
            cast.new_transactional()
        for _ in drawn(options.readers, 1, 1, 2):
            cast.new_reader()
        for _ in drawn(options.members, 0, 0, 1, 2, 3):
            cast.new_member()
        for _ in copiers:
            cast.new_copier()
        if copiers:
            cast.new_idempotent(cast.keys_of(["in"]), 0.1)
        left = options.steps
        while left > 0:
            strikes = min(left, rng.choice((1, 2, 4)))
            left -= strikes
            self.tell("phase", f"storm of {strikes} faults")
            self.calm = False
            self.transactions.calm_since = float("inf")
            await storm(self, self.nemesis, strikes, options.storm_s * strikes / 4)
            await self._calm()
        await Finale(self).run()

    async def _keep_running(self) -> None:
        """Starts the broker whenever there is none."""
        machine = self.machine
        while True:
            if machine.owner is None and self.wants_broker:
                if machine.starts:
                    await asyncio.sleep(self.rng.uniform(0.01, 1.0))
                ailing = self.nemesis.storage_ails
                await machine.start()
                if machine.refused and not (ailing or self.nemesis.storage_ails):
                    raise self.auditor.violate("start", machine.refused)
            await asyncio.sleep(0.05)

    # --- calm -------------------------------------------------------------------------------------------------------------------

    async def _calm(self) -> None:
        """All faults end; everyone must get on again."""
        self.nemesis.heal()
        self.calm = True
        if self.nemesis.storage_failed:
            self.nemesis.storage_failed = False
            await self.settle_broker()
            self.rng.choice((self.machine.kill, self.machine.power_cut, self.machine.kill))()
        await self.settle_broker()
        began = self.transactions.calm_since = self.loop.now
        self.tell("phase", "calm")
        await self.until("get on", lambda: self._laggards(began))

    async def settle_broker(self) -> None:
        """Until it serves."""
        await self.until("start the broker", lambda: [] if self.machine.running else ["the broker"])

    def _laggards(self, began: float) -> list[str]:
        return [client.name for client in self.cast.clients if client.progress_at < began]

    async def until(self, what: str, missing: Callable[[], Sequence[str]], limit_s: float = CALM_LIMIT_S) -> None:
        """Waits until nothing is missing. A violation when that takes too long."""
        deadline = self.loop.now + limit_s
        pause = 0.01
        while left := missing():
            if self.loop.now > deadline:
                raise self.auditor.violate(
                    "stuck", f"after {limit_s:.0f} s without faults these do not {what}: {list(left)}"
                )
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.5)


def run(options: Options) -> Report:
    """Runs one simulation."""
    return World(options).run()


__all__ = ["Options", "Report", "World", "run"]
