"""One broker node: wires the parts together, starts them in order, stops them in the reverse one. The only composition root.

Start: lock the directory, open the catalogue, take in what the directory holds (a Kafka broker's topics are adopted), recover the logs,
load the groups, bind the listeners, accept. Stop: refuse new connections, answer what is in flight, flush, write the clean marker.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ottla.base.clock import Clock, SystemClock
from ottla.broker.broker import Broker, Endpoint
from ottla.broker.deadlines import Deadlines
from ottla.broker.dispatch import Dispatcher
from ottla.broker.dynamic import apply_dynamic
from ottla.broker.features import finalized_levels
from ottla.broker.groups.coordinator import GroupCoordinator
from ottla.broker.groups.offsets_topic import OffsetsTopic
from ottla.broker.producer_ids import ProducerIds
from ottla.broker.sessions import FetchSessions
from ottla.broker.topics import TopicService
from ottla.broker.transactions.coordinator import TransactionCoordinator
from ottla.broker.transactions.markers import EngineMarkers
from ottla.broker.transactions.offsets import TransactionalOffsets
from ottla.catalogue.model import Catalogue, CatalogueError, Change, PutTopic, ReserveProducerIds
from ottla.catalogue.sqlite import SqliteCatalogue
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.values import ConfigError
from ottla.rules.features import TRANSACTION_VERSION
from ottla.rules.transactions.orphans import OpenOne
from ottla.server.adoption import adopt
from ottla.server.listen import ListenerSpec, parse_listeners
from ottla.server.listener import Hub, ListenError
from ottla.server.memory import keep_large_buffers
from ottla.storage.local.engine import DirectoryInUse, LocalEngine

if TYPE_CHECKING:
    from ottla.storage.engine import Engine

log = logging.getLogger("ottla.server.node")

CATALOGUE_FILE = "ottla.db"
SETTLE_S = 1.0
GC_THRESHOLD = 20_000
SWITCH_INTERVAL_S = 0.0005


class NodeError(Exception):
    """The node cannot start; one line that says why and what to do."""


class Node:
    """A broker in this process, on the running event loop."""

    def __init__(self, settings: Settings, *, data: Path, clock: Clock | None = None) -> None:
        self.settings = settings
        self.data = data
        self.clock = clock or SystemClock()
        self.endpoints: dict[str, Endpoint] = {}
        self.ports: dict[str, int] = {}
        self._broker: Broker | None = None
        self._catalogue: SqliteCatalogue | None = None
        self._engine: LocalEngine | None = None
        self._hub: Hub | None = None
        self._upkeep: asyncio.Task[None] | None = None

    @property
    def broker(self) -> Broker:
        """The running broker. For tests and tools that look inside."""
        assert self._broker is not None, "the node is not started"
        return self._broker

    @property
    def cluster_id(self) -> str:
        return self.broker.cluster_id

    async def start(self) -> None:
        """Starts everything; on return clients can connect. Raises NodeError."""
        try:
            await self._start()
        except (ListenError, ConfigError, CatalogueError) as e:
            await self.stop()
            raise NodeError(str(e)) from e
        except OSError as e:
            await self.stop()
            raise NodeError(_directory_problem(self.data, e)) from e
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        loop = asyncio.get_running_loop()
        settings = self.settings
        specs = parse_listeners(settings)
        engine = self.make_engine()
        engine.lock()
        self._engine = engine
        meta = engine.meta()[0]
        catalogue = self._catalogue = self.open_catalogue(meta.cluster_id, loop)
        node_id = settings.int("node.id")
        if "node.id" not in settings.static and meta.node_id is not None:
            node_id = meta.node_id  # Kafka will not take back a directory that says another
        engine.write_meta(cluster_id=catalogue.cluster_id, node_id=node_id)
        apply_dynamic(settings, catalogue, node_id)
        found = engine.scan()
        deleted = set(catalogue.deleted_topic_ids)
        engine.discard(partition for partition in found if partition.topic_id in deleted)
        here = [partition for partition in found if partition.topic_id not in deleted]
        if await adopt(catalogue, str(self.data), here, node_id, engine.disk, settings, self.clock.now_ms()):
            apply_dynamic(settings, catalogue, node_id)
        if any(not directory.clean and not directory.same_boot for directory in engine.data_directories):
            await raise_epochs(catalogue)

        groups = GroupCoordinator(catalogue, settings, self.clock)
        producer_ids = ProducerIds(catalogue)
        markers = EngineMarkers(engine)
        pending_offsets = groups.commits.transactional = TransactionalOffsets(catalogue, groups)
        transactions = TransactionCoordinator(
            catalogue,
            settings,
            self.clock,
            producer_ids,
            markers,
            pending_offsets,
            version=lambda: finalized_levels(catalogue).get(TRANSACTION_VERSION, 0),
        )
        topics = TopicService(catalogue, engine, settings, node_id, self.clock)
        await topics.forget_deleted({partition.topic_id for partition in found if partition.topic_id is not None})
        broker = Broker(
            node_id=node_id,
            settings=settings,
            clock=self.clock,
            catalogue=catalogue,
            engine=engine,
            topics=topics,
            groups=groups,
            producer_ids=producer_ids,
            transactions=transactions,
            markers=markers,
            fetch_sessions=FetchSessions(engine, settings.int("max.incremental.fetch.session.cache.slots")),
            deadlines=Deadlines(loop),
            started_ms=self.clock.now_ms(),
        )
        self._broker = broker
        if settings.bool("ottla.offsets.topic.mirror"):
            groups = broker.groups
            groups.copy_to(OffsetsTopic(catalogue, engine, topics, settings, self.clock, groups, groups.commits.store))
        hub = self._hub = Hub(Dispatcher(broker), settings)
        for spec in specs:
            port = self.ports[spec.name] = await hub.listen(spec.name, spec.host, spec.port)
            broker.endpoints[spec.name] = advertised(spec, port, node_id, settings.optional_str("broker.rack"))
        await topics.open_all()
        engine.recovered()
        await reserve_known_producers(catalogue, engine)
        broker.groups.load()
        transactions.load()
        transactions.abort_orphans(open_transactions(engine))
        self.endpoints = broker.endpoints
        self._upkeep = loop.create_task(self._settle())
        await hub.serve()

    def make_engine(self) -> LocalEngine:
        """The storage engine, not locked yet. The simulation puts its own disk and flusher behind it."""
        return LocalEngine([self.data], self.settings, self.clock)

    def open_catalogue(self, cluster_id: str | None, loop: asyncio.AbstractEventLoop) -> SqliteCatalogue:
        """The catalogue; `cluster_id` is what the data directory says. Raises CatalogueError."""
        return SqliteCatalogue.open(self.data / CATALOGUE_FILE, cluster_id=cluster_id, loop=loop)

    async def _settle(self) -> None:
        assert self._engine is not None
        while True:
            await asyncio.sleep(SETTLE_S)
            try:
                await self._engine.settle()
            except OSError as e:
                log.warning("upkeep of %s failed, will be tried again: %s", self.data, e)

    async def stop(self) -> None:
        """Graceful stop. May be called on a node that only half started."""
        if self._broker is not None:
            self._broker.transactions.close()
            self._broker.groups.close()  # first: it answers those who wait in a group, or the connections would wait for them
        if self._hub is not None:
            await self._hub.stop()
            self._hub = None
        if self._upkeep is not None:
            self._upkeep.cancel()
            await asyncio.gather(self._upkeep, return_exceptions=True)
            self._upkeep = None
        if self._broker is not None and self._broker.groups.offsets_topic is not None:
            self._broker.groups.offsets_topic.close()
        if self._engine is not None:
            await self._engine.close()
            self._engine = None
        if self._catalogue is not None:
            await self._catalogue.close()
            self._catalogue = None


def advertised(spec: ListenerSpec, port: int, node_id: int, rack: str | None) -> Endpoint:
    """What clients of a listener are told: the advertised address, else the bound one, with a wildcard replaced by this machine's name."""
    host = spec.advertised_host or spec.host
    if host in ("", "0.0.0.0", "::"):
        import socket

        host = socket.getfqdn()
    return Endpoint(node_id, host, spec.advertised_port or port, rack)


async def reserve_known_producers(catalogue: Catalogue, engine: Engine) -> None:
    """Never hands out a producer id that a log knows already, as an adopted one does.

    A new producer under a known id would have its first batches taken for repeats of the old one's: acknowledged, and not written.
    """
    highest = max(
        (
            entry.producer_id
            for partitions in engine.topics.values()
            for partition in partitions
            if partition is not None
            for entry in engine.producers(partition)
        ),
        default=-1,
    )
    if highest >= catalogue.next_producer_id:
        await catalogue.commit([ReserveProducerIds(highest + 1)])


def open_transactions(engine: Engine) -> Iterator[OpenOne]:
    """The transactions that the logs say are open."""
    for topic, partitions in engine.topics.items():
        for partition in partitions:
            if partition is None or partition.last_stable_offset == partition.high_watermark:
                continue
            for entry in engine.producers(partition):
                if entry.current_txn_start_offset >= 0:
                    yield OpenOne(
                        (topic, partition.index), entry.producer_id, entry.producer_epoch, entry.coordinator_epoch
                    )


async def raise_epochs(catalogue: SqliteCatalogue) -> None:
    """After a power cut the log may end before what a consumer has read of it (acks=1 records that were never flushed).

    A new leader epoch lets the consumer notice, and go back to where the logs part (KIP-320). A killed process loses nothing, as the
    page cache outlives it, and needs no new epoch.
    """
    changes: list[Change] = [
        PutTopic(
            replace(
                topic,
                partitions=[
                    replace(partition, leader_epoch=partition.leader_epoch + 1) for partition in topic.partitions
                ],
            )
        )
        for topic in catalogue.topics.values()
    ]
    if changes:
        await catalogue.commit(changes)


def _directory_problem(data: Path, e: OSError) -> str:
    if isinstance(e, DirectoryInUse):
        return str(e.strerror)  # a whole sentence of its own
    return f"data directory {data}: {e.strerror or e}"


def run(settings: Settings, data: Path, *, on_started: Callable[[Node], None]) -> int:
    """Runs a node until SIGTERM or SIGINT. Returns the exit code; raises NodeError when it cannot start."""
    return asyncio.run(_run(settings, data, on_started)) if not _uvloop() else _uvloop_run(settings, data, on_started)


def _uvloop() -> bool:
    try:
        import uvloop  # noqa: F401
    except ImportError:
        return False
    return True


def _uvloop_run(settings: Settings, data: Path, on_started: Callable[[Node], None]) -> int:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(settings, data, on_started))


async def _run(settings: Settings, data: Path, on_started: Callable[[Node], None]) -> int:
    keep_large_buffers()
    node = Node(settings, data=data)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await node.start()
    # What start-up made lives as long as the process: the collector need not look at it again. Requests make few cycles.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    # A busy loop would keep the flusher and the catalogue's writer from the interpreter for 5 ms at each of their steps: commits were
    # seen to take seconds. With 0.5 ms the worst of 100 commits under the same load took 25 ms.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    on_started(node)
    await stopping.wait()
    log.info("stopping: answering what is in flight, flushing")
    await node.stop()
    return 0
