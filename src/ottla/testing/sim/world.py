"""One run: a machine with a broker, clients, a nemesis and the auditors, all made from one seed, on one virtual clock.

A run is a few storms, each followed by calm in which everyone must get on, and an end: producers finish, readers reach the end, groups
settle; everything is read from the beginning; then the power fails once more and everything is read again.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import threading
import traceback
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any, ClassVar

from ottla.base.errors import ErrorCode
from ottla.server import connection
from ottla.testing.sim.auditor import Auditor, Key, Violation
from ottla.testing.sim.client import CREATE_TOPICS, DELETE_RECORDS, RETRIED, Client
from ottla.testing.sim.groups import GroupAuditor
from ottla.testing.sim.link import Link, LinkError
from ottla.testing.sim.loop import Dead, SimLoop, SimulationError
from ottla.testing.sim.machine import FLUSH_BYTES, Machine
from ottla.testing.sim.members import Member
from ottla.testing.sim.nemesis import FAULTS, Nemesis, storm
from ottla.testing.sim.net import SimNet, Weather
from ottla.testing.sim.producers import IdempotentProducer, Producer
from ottla.testing.sim.readers import EARLIEST, LATEST, Fetcher, Reader
from ottla.testing.sim.story import Story
from ottla.wire.messages.create_topics_request import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from ottla.wire.messages.delete_records_request import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)

CALM_LIMIT_S = 90.0
"""Virtual time in which everyone must have got on after a storm: three times the longest timeout of a client."""


@dataclass(slots=True)
class Options:
    """What a run is made of. Everything that is None is drawn from the seed."""

    seed: int = 0
    steps: int = 5
    """Faults in all."""
    faults: Mapping[str, int] = field(default_factory=lambda: FAULTS)
    """Kinds of faults and how often each is picked."""
    storm_s: float = 2.0
    producers: int | None = None
    readers: int | None = None
    members: int | None = None
    steps_default: ClassVar[int] = 5


@dataclass(slots=True)
class Report:
    """What became of a run."""

    options: Options
    violation: str | None
    digest: str
    virtual_s: float
    cpu_s: float
    events: int
    acked: int
    seen: int
    commits: int
    starts: int
    faults: Mapping[str, int]
    story: Story

    @property
    def ok(self) -> bool:
        return self.violation is None

    @property
    def seed(self) -> int:
        return self.options.seed

    def line(self) -> str:
        """One line."""
        return (
            f"seed {self.seed} steps {self.options.steps}: {self.violation or 'as it should be'} "
            f"({self.virtual_s:.1f} virtual s, {self.cpu_s:.2f} s of CPU, {self.events} packets, {self.acked} records acknowledged, "
            f"{self.starts} broker starts, trace {self.digest})"
        )

    def page(self, lines: int = 60) -> list[str]:
        """The story on one page."""
        again = f"python -m ottla.testing.sim --seed {self.seed} --steps {self.options.steps}"
        return [self.line(), f"again: {again}", "", *self.story.page(lines)]


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
        self.topic_ids: dict[str, bytes] = {}
        self.partition_counts: dict[str, int] = {}
        self.clients: list[Client] = []
        self.draining = False
        self.calm = False
        """No faults now: clients take it easy."""
        self.done: dict[tuple[str, Key], set[int]] = {}
        """Offsets each group has worked on."""
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
        self.machine.on_started.append(self.auditor.started)
        self.nemesis = Nemesis(self, random.Random(f"{options.seed}/nemesis"))
        self._names = 0
        self._spawned: list[asyncio.Task[Any]] = []
        self._failed: asyncio.Future[None] | None = None
        self._wants_broker = True

    # --- what a run is made of --------------------------------------------------------------------------------------------------

    def _settings(self) -> dict[str, str]:
        rng = self.rng
        return {
            "group.initial.rebalance.delay.ms": rng.choice(("0", "0", "300")),
            "log.flush.offset.checkpoint.interval.ms": rng.choice(("500", "3000", "60000")),
            "group.min.session.timeout.ms": "500",
            "offsets.topic.num.partitions": rng.choice(("1", "2")),
            "message.max.bytes": "1000000",
        }

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

    def new_weather(self) -> Weather:
        """An ordinary day."""
        return Weather(split=0.05, window=65536)

    @property
    def keys(self) -> list[Key]:
        """Every partition."""
        return [(topic, index) for topic, count in self.partition_counts.items() for index in range(count)]

    def _name(self, what: str) -> str:
        self._names += 1
        return f"{what}{self._names}"

    def new_producer(self) -> None:
        rng = self.rng
        keys = self.keys if rng.random() < 0.7 else [rng.choice(self.keys)]
        pace_s = rng.choice((0.015, 0.04, 0.1))
        producer: Producer
        if rng.random() < 0.6:
            producer = IdempotentProducer(self, self._name("i"), keys, pace_s=pace_s)
        else:
            producer = Producer(self, self._name("p"), keys, acks=rng.choice((-1, -1, 1, 1, 0)), pace_s=pace_s)
        self._begin(producer)

    def new_reader(self) -> None:
        rng = self.rng
        keys = self.keys if rng.random() < 0.6 else rng.sample(self.keys, 1)
        self._begin(Reader(self, self._name("r"), keys))

    def new_member(self) -> None:
        self._begin(Member(self, self._name("m"), "group", list(self.partition_counts)))

    def _begin(self, client: Client) -> None:
        self.clients.append(client)
        client.start()

    # --- what clients and the nemesis report or ask for -------------------------------------------------------------------------

    def new_producer_id(self, name: str, producer_id: int, producer_epoch: int) -> None:
        """A producer was given an identity."""
        self.tell("producer", f"{name} is producer {producer_id} epoch {producer_epoch}")
        ids = self.done.setdefault(("producer ids", ("", 0)), set())
        if producer_id in ids:
            raise self.auditor.violate("producer-id", f"producer id {producer_id} was given twice")
        ids.add(producer_id)

    def processed(self, group: str, key: Key, records: Sequence[tuple[int, str]]) -> None:
        """A group has worked on records."""
        self.done.setdefault((group, key), set()).update(offset for offset, _ in records)

    def replace_client(self, rng: random.Random) -> None:
        """Kills a producer or reader; another takes its place."""
        victims = [one for one in self.clients if not isinstance(one, Member)]
        if not victims:
            return
        victim = rng.choice(victims)
        self.tell("fault", f"client {victim.name} is killed")
        victim.kill()
        self.clients.remove(victim)
        if isinstance(victim, Producer):
            self.new_producer()
        else:
            self.new_reader()

    def disturb_group(self, rng: random.Random) -> None:
        """A member dies, leaves, stalls, or comes."""
        members = [one for one in self.clients if isinstance(one, Member)]
        if not members:
            return
        victim = rng.choice(members)
        act = rng.choice(("kill", "leave", "stall", "come"))
        self.tell("fault", f"member {victim.name}: {act}")
        if act == "kill":
            victim.kill()
            self.clients.remove(victim)
            self.new_member()
        elif act == "leave" and len(members) > 1:
            victim.stopping = True
            self.clients.remove(victim)
        elif act == "stall":
            victim.stalls = True
        elif act == "come" and len(members) < 5:
            self.new_member()

    async def delete_records(self, rng: random.Random) -> None:
        """DeleteRecords of a partition, up to somewhere that was visible."""
        key = rng.choice(self.keys)
        before = rng.randrange(self.auditor.seen_end(key) + 1)
        client = Client(self, self._name("a"))
        self.tell("fault", f"records of {key} below {before} are deleted")
        self.auditor.trimming(key, before)
        request = DeleteRecordsRequest([DeleteRecordsTopic(key[0], [DeleteRecordsPartition(key[1], before)])], 30_000)
        try:
            answer = (await client.ask(DELETE_RECORDS, request)).topics[0].partitions[0]
        except LinkError:
            return
        finally:
            client.close()
        if not answer.error_code:
            self.auditor.trimmed(key, answer.low_watermark)
        elif answer.error_code not in RETRIED and answer.error_code != ErrorCode.OFFSET_OUT_OF_RANGE:
            raise client.unexpected(f"DeleteRecords of {key}", answer.error_code)

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
        with _seeded_entropy(self.seed), _small_bounds(), self._logging():
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
            starts=self.machine.starts,
            faults=self.nemesis.counts,
            story=self.story,
        )

    def _bury(self) -> None:
        """Nothing of this run may live on in the process."""
        machine, loop = self.machine, self.loop
        for client in self.clients:
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
        options, rng = self.options, self.rng
        self.tell("phase", f"seed {self.seed}")
        self.spawn(self._keep_running())
        await self._create_topics()
        for _ in range(options.producers if options.producers is not None else rng.choice((1, 2, 2, 3))):
            self.new_producer()
        for _ in range(options.readers if options.readers is not None else rng.choice((1, 1, 2))):
            self.new_reader()
        for _ in range(options.members if options.members is not None else rng.choice((0, 0, 1, 2, 3))):
            self.new_member()
        left = options.steps
        while left > 0:
            strikes = min(left, rng.choice((1, 2, 4)))
            left -= strikes
            self.tell("phase", f"storm of {strikes} faults")
            self.calm = False
            await storm(self, self.nemesis, strikes, options.storm_s * strikes / 4)
            await self._calm()
        await self._finish()

    async def _keep_running(self) -> None:
        """Starts the broker whenever there is none."""
        machine = self.machine
        while True:
            if machine.owner is None and self._wants_broker:
                if machine.starts:
                    await asyncio.sleep(self.rng.uniform(0.01, 1.0))
                ailing = self.nemesis.storage_ails
                await machine.start()
                if machine.refused and not (ailing or self.nemesis.storage_ails):
                    raise self.auditor.violate("start", machine.refused)
            await asyncio.sleep(0.05)

    async def _create_topics(self) -> None:
        rng = self.rng
        client = Client(self, self._name("a"))
        wanted = {f"t{number}": rng.choice((1, 1, 2, 3)) for number in range(rng.choice((1, 1, 2)))}
        client.versions[CREATE_TOPICS] = 7
        request = CreateTopicsRequest(
            [
                CreatableTopic(
                    name, count, 1, configs=[CreatableTopicConfig(*pair) for pair in self._topic_configs().items()]
                )
                for name, count in wanted.items()
            ]
        )
        while True:
            try:
                answer = await client.ask(CREATE_TOPICS, request)
                break
            except LinkError:
                await asyncio.sleep(0.1)
        client.close()
        for topic in answer.topics:
            if topic.error_code:
                raise client.unexpected(f"CreateTopics {topic.error_message}", topic.error_code)
            self.topic_ids[topic.name] = topic.topic_id
        self.partition_counts.update(wanted)
        self.tell("phase", f"topics {wanted}, settings {self._told_settings()}")

    def _told_settings(self) -> str:
        return f"{self.options.steps} steps, files {self.machine.files_max}"

    # --- calm -------------------------------------------------------------------------------------------------------------------

    async def _calm(self) -> None:
        """All faults end; everyone must get on again."""
        self.nemesis.heal()
        self.calm = True
        if self.nemesis.storage_failed:
            self.nemesis.storage_failed = False
            await self._settle_broker()
            self.rng.choice((self.machine.kill, self.machine.power_cut, self.machine.kill))()
        await self._settle_broker()
        began = self.loop.now
        self.tell("phase", "calm")
        await self._until("get on", lambda: self._laggards(began))

    async def _settle_broker(self) -> None:
        await self._until("start the broker", lambda: [] if self.machine.running else ["the broker"])

    def _laggards(self, began: float) -> list[str]:
        return [client.name for client in self.clients if client.progress_at < began]

    async def _until(self, what: str, missing: Callable[[], Sequence[str]], limit_s: float = CALM_LIMIT_S) -> None:
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

    # --- the end ----------------------------------------------------------------------------------------------------------------

    async def _finish(self) -> None:
        self.tell("phase", "the end: producers finish")
        producers = [one for one in self.clients if isinstance(one, Producer)]
        for producer in producers:
            producer.stopping = True
        await self._until("finish", lambda: [one.name for one in producers if not one.is_done()])
        self.draining = True
        await self._read_all("first")
        readers = [one for one in self.clients if isinstance(one, Reader)]
        await self._until("reach the end", lambda: [one.name for one in readers if not one.is_at_end()])
        for reader in readers:
            reader.stopping = True
        await self._settle_groups()
        for client in self.clients:
            client.stopping = True
        await self._until("leave", lambda: [one.name for one in self.clients if not one.task or not one.task.done()])
        await self._check_rest()
        how = self.rng.choice(("kill", "power cut", "stop", "stop and power cut"))
        self.tell("phase", f"one more time: {how}")
        self._wants_broker = False
        if how.startswith("stop"):
            await self.machine.stop()
            if how != "stop":
                self.machine.disk.power_cut()
                self.auditor.died("power cut")
        elif how == "kill":
            self.machine.kill()
        else:
            self.machine.power_cut()
        self._wants_broker = True
        await self._settle_broker()
        await self._read_all("second")

    async def _settle_groups(self) -> None:
        members = [one for one in self.clients if isinstance(one, Member)]
        if not members:
            return
        by_group: dict[str, dict[str, tuple[int, Sequence[Key]]]] = {}

        def unsettled() -> Sequence[str]:
            by_group.clear()
            for one in members:
                by_group.setdefault(one.group, {})[one.name] = (one.generation, one.assigned)
            found = [self.groups.stable(group, told, self.keys) for group, told in by_group.items()]
            behind = [
                f"{one.name} at {key} {one.fetcher.positions.get(key)} of {self.auditor.seen_end(key)}"
                for one in members
                for key in one.assigned
                if one.fetcher.positions.get(key, -1) < self.auditor.seen_end(key)
                or one.committed.get(key) != one.fetcher.positions[key]
            ]
            return [problem for problem in found if problem] or behind

        await self._until("settle", unsettled)
        for group in by_group:
            for key in self.keys:
                model = self.auditor.partition(key)
                done = self.done.get((group, key), set())
                skipped = [
                    offset for offset in range(model.log_start_max, self.auditor.seen_end(key)) if offset not in done
                ]
                if skipped:
                    raise self.auditor.violate("skipped", f"{group} never worked on {key} {skipped[:10]}")

    async def _read_all(self, which: str) -> None:
        """A fresh reader reads everything from the beginning."""
        client = Client(self, self._name("f"))
        fetcher = Fetcher(client)
        fetcher.max_bytes = fetcher.partition_max_bytes = 1 << 20
        for key in self.keys:
            while True:
                try:
                    link = await client.connect()
                    start = await fetcher.list_offset(link, key, EARLIEST)
                    end = await fetcher.list_offset(link, key, LATEST)
                    if start is None or end is None:
                        continue
                    records: list[tuple[int, str]] = []
                    fetcher.positions = {key: start}
                    fetcher.forget_session()
                    while fetcher.positions[key] < end:
                        for found in (await fetcher.fetch(link)).values():
                            records += found
                            fetcher.positions[key] = found[-1][0] + 1
                    break
                except LinkError:
                    await asyncio.sleep(0.1)
            self.auditor.final(key, records, start, end)
        client.close()
        self.tell("phase", f"{which} reading of everything: as it should be")

    async def _check_rest(self) -> None:
        """A broker without clients holds nothing for them."""
        await asyncio.sleep(2.0)
        problems = self.machine.rest_problems() if self.machine.running else []
        if problems:
            raise self.auditor.violate("bounds", "; ".join(problems))

    # --- surroundings -----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _logging(self) -> Iterator[None]:
        logger = logging.getLogger("ottla")
        handler = _StoryHandler(self)
        before = logger.level, logger.propagate, logger.handlers[:]
        logger.handlers = [handler]
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        try:
            yield
        finally:
            logger.level, logger.propagate, logger.handlers = before[0], before[1], before[2]
            logger.setLevel(before[0])


class _StoryHandler(logging.Handler):
    """The broker's log becomes part of the story; a logged traceback is a bug."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def emit(self, record: logging.LogRecord) -> None:
        self._world.tell("log", f"{record.levelname} {record.getMessage()}")
        if record.exc_info and record.exc_info[1] is not None and not isinstance(record.exc_info[1], Dead | Violation):
            problem = record.exc_info[1]
            self._world._bug(f"{record.getMessage()}: {type(problem).__name__}: {problem}", problem)


@contextmanager
def _seeded_entropy(seed: int) -> Iterator[None]:
    """What this thread asks the system for as random bytes comes from the seed: topic ids, member ids, session ids. So does its pid."""
    rng = random.Random(f"{seed}/entropy")
    thread = threading.get_ident()
    real, real_pid = os.urandom, os.getpid

    def urandom(size: int) -> bytes:
        return rng.randbytes(size) if threading.get_ident() == thread else real(size)

    def getpid() -> int:
        return 4242 if threading.get_ident() == thread else real_pid()

    state = random.getstate()
    os.urandom = random._urandom = urandom  # type: ignore[attr-defined]
    os.getpid = getpid
    random.seed(f"{seed}/global")
    try:
        yield
    finally:
        os.urandom = random._urandom = real  # type: ignore[attr-defined]
        os.getpid = real_pid
        random.setstate(state)


@contextmanager
def _small_bounds() -> Iterator[None]:
    """Bounds of the broker that a small run would never reach."""
    before = connection.FLUSH_BYTES
    connection.FLUSH_BYTES = FLUSH_BYTES
    try:
        yield
    finally:
        connection.FLUSH_BYTES = before


def run(options: Options) -> Report:
    """Runs one simulation."""
    return World(options).run()
