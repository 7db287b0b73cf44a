"""Fixtures for pytest, registered as a plugin: a test asks for `ottla_broker` and has a Kafka broker.

    def test_orders(ottla_broker):
        shop = Shop(kafka=ottla_broker.bootstrap)

pytest loads this file in every project that has Ottla installed, so it imports nothing but pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ottla.testing.embedded import EmbeddedBroker

BrokerFactory = Callable[..., "EmbeddedBroker"]


@pytest.fixture
def ottla_broker() -> Iterator[EmbeddedBroker]:
    """A fresh broker for one test."""
    from ottla.testing.embedded import broker

    with broker() as running:
        yield running


@pytest.fixture(scope="session")
def ottla_session_broker() -> Iterator[EmbeddedBroker]:
    """One broker for the whole session: tests that share it should use topic and group names of their own."""
    from ottla.testing.embedded import broker

    with broker() as running:
        yield running


@pytest.fixture
def ottla_broker_factory() -> Iterator[BrokerFactory]:
    """Starts brokers with settings of their own: `ottla_broker_factory(num_partitions=3)`; all are stopped after the test."""
    from ottla.testing.embedded import broker

    with ExitStack() as running:

        def start(**settings: object) -> EmbeddedBroker:
            return running.enter_context(broker(**settings))  # type: ignore[arg-type]

        yield start
