"""The broker as its handlers see it: one object that holds the parts. Built by `server.node`, the only composition root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ottla.base.clock import Clock

if TYPE_CHECKING:
    from ottla.broker.deadlines import Deadlines
    from ottla.broker.groups.coordinator import GroupCoordinator
    from ottla.broker.producer_ids import ProducerIds
    from ottla.broker.sessions import FetchSessions
    from ottla.broker.topics import TopicService
    from ottla.broker.transactions.coordinator import TransactionCoordinator
    from ottla.broker.transactions.markers import EngineMarkers
    from ottla.catalogue.model import Catalogue
    from ottla.rules.configs.settings import Settings
    from ottla.storage.engine import Engine


@dataclass(slots=True, frozen=True)
class Endpoint:
    """An address a client can be told."""

    node_id: int
    host: str
    port: int
    rack: str | None = None


@dataclass(slots=True)
class Broker:
    """One broker node. `endpoints` maps a listener's name to the address advertised on it."""

    node_id: int
    settings: Settings
    clock: Clock
    catalogue: Catalogue
    engine: Engine
    topics: TopicService
    groups: GroupCoordinator
    producer_ids: ProducerIds
    transactions: TransactionCoordinator
    markers: EngineMarkers
    fetch_sessions: FetchSessions
    deadlines: Deadlines
    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    started_ms: int = 0

    @property
    def cluster_id(self) -> str:
        return self.catalogue.cluster_id

    def owner(self, topic_id: bytes, partition: int) -> int:
        """The node that serves a partition. One node owns everything until `workers` exist; everyone asks here, so that may change."""
        return self.node_id

    def nodes(self, listener: str) -> Mapping[int, Endpoint]:
        """The live nodes and their addresses, as a client of this listener should reach them."""
        endpoint = self.endpoints[listener]
        return {endpoint.node_id: endpoint}
