"""A real broker for tests, in the test's own process.

    from ottla.testing import broker

    with broker() as kafka:
        producer = confluent_kafka.Producer({"bootstrap.servers": kafka.bootstrap})

`broker` is a synchronous context manager, `abroker` the same for asyncio tests; with pytest, the fixtures `ottla_broker`,
`ottla_session_broker` and `ottla_broker_factory` are there as soon as Ottla is installed (`ottla.testing.plugin`).

Importing this costs nothing: the broker itself is imported when the first one starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ottla.testing.embedded import AsyncEmbeddedBroker, EmbeddedBroker, abroker, broker

__all__ = ["AsyncEmbeddedBroker", "EmbeddedBroker", "abroker", "broker"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ottla.testing import embedded

    return getattr(embedded, name)
