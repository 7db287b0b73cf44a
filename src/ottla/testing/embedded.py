"""One broker in a background thread with an event loop of its own, in a temporary directory, on a free port of 127.0.0.1."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ottla.server.node import Node

T = TypeVar("T")

# What makes a broker quick to test against; everything else is as in production. A caller's own settings win.
DEFAULTS: Mapping[str, str] = {
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "100",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
}
STOP_LIMIT_S = 30.0


def setting_texts(settings: Mapping[str, object]) -> dict[str, str]:
    """Keyword arguments as Kafka's settings: `num_partitions=3` is `num.partitions=3`, True is `true`, a list is joined by commas."""
    return {key.replace("_", "."): _text(value) for key, value in settings.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(_text(item) for item in value)
    return str(value)


class EmbeddedBroker:
    """A broker that runs. `bootstrap` is what a client connects to, `data` its directory, `node` the running `ottla.server.node.Node`.

    Made by `broker()`. All methods may be called from any thread but the broker's own.
    """

    def __init__(self, data: Path, settings: Mapping[str, str]) -> None:
        self.data = data
        self.settings = dict(settings)
        self.node: Node | None = None
        self._port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:PORT`; the same after a restart."""
        return f"127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    @property
    def running(self) -> bool:
        return self.node is not None

    def start(self) -> None:
        """Starts the broker and returns when it listens. Raises what `Node.start` raises (NodeError), and ConfigError."""
        if self.node is not None:
            return
        from ottla.rules.configs.settings import Settings
        from ottla.server.node import Node

        fixed = {"listeners": f"PLAINTEXT://127.0.0.1:{self._port}"}
        settings = Settings.from_mapping({**DEFAULTS, **fixed, **self.settings})
        loop, thread = _start_loop()
        try:
            node = Node(settings, data=self.data)
            _call(loop, node.start())
        except BaseException:
            _stop_loop(loop, thread)
            raise
        self._loop, self._thread, self.node = loop, thread, node
        self._port = next(iter(node.ports.values()))

    def stop(self) -> None:
        """Stops it gracefully; the data stays. Nothing happens when it is stopped already."""
        node, loop, thread = self.node, self._loop, self._thread
        if node is None or loop is None or thread is None:
            return
        self.node = self._loop = self._thread = None
        try:
            _call(loop, node.stop(), STOP_LIMIT_S)
        finally:
            _stop_loop(loop, thread)

    def restart(self) -> None:
        """Stops it and starts it again on the same data and port."""
        self.stop()
        self.start()

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Runs a coroutine on the broker's loop and returns its result: for tests that look inside `node`."""
        if self._loop is None:
            raise RuntimeError("the broker is stopped")
        return _call(self._loop, work())


class AsyncEmbeddedBroker:
    """The same for asyncio tests: the broker has its own thread and loop, so a test that blocks does not starve it."""

    def __init__(self, embedded: EmbeddedBroker) -> None:
        self._embedded = embedded

    @property
    def bootstrap(self) -> str:
        return self._embedded.bootstrap

    @property
    def port(self) -> int:
        return self._embedded.port

    @property
    def data(self) -> Path:
        return self._embedded.data

    @property
    def node(self) -> Node | None:
        return self._embedded.node

    @property
    def running(self) -> bool:
        return self._embedded.running

    async def start(self) -> None:
        await asyncio.to_thread(self._embedded.start)

    async def stop(self) -> None:
        await asyncio.to_thread(self._embedded.stop)

    async def restart(self) -> None:
        await asyncio.to_thread(self._embedded.restart)


@contextmanager
def broker(*, data: Path | None = None, **settings: object) -> Iterator[EmbeddedBroker]:
    """A running broker, gone without trace at the end.

    `data`: a directory to use and keep (default: a temporary one, removed at the end). `settings`: Kafka's broker settings with
    underscores for dots, e.g. `broker(num_partitions=3, auto_create_topics_enable=False)`. Raises NodeError, ConfigError.
    """
    directory = Path(tempfile.mkdtemp(prefix="ottla-")) if data is None else Path(data)
    embedded = EmbeddedBroker(directory, setting_texts(settings))
    try:
        embedded.start()
        yield embedded
    finally:
        try:
            embedded.stop()
        finally:
            if data is None:
                shutil.rmtree(directory, ignore_errors=True)


@asynccontextmanager
async def abroker(*, data: Path | None = None, **settings: object) -> AsyncIterator[AsyncEmbeddedBroker]:
    """`broker` for asyncio: `async with abroker() as kafka: …`."""
    manager = broker(data=data, **settings)
    embedded = await asyncio.to_thread(manager.__enter__)
    try:
        yield AsyncEmbeddedBroker(embedded)
    finally:
        await asyncio.to_thread(manager.__exit__, None, None, None)


def _start_loop() -> tuple[asyncio.AbstractEventLoop, threading.Thread]:
    try:
        import uvloop
    except ImportError:
        loop = asyncio.new_event_loop()
    else:
        loop = uvloop.new_event_loop()
    # A daemon, so that a test process that is torn down mid-test does not hang on the broker.
    thread = threading.Thread(target=_run_loop, args=(loop,), name="ottla-broker", daemon=True)
    thread.start()
    return loop, thread


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def _stop_loop(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    loop.call_soon_threadsafe(loop.stop)
    thread.join(STOP_LIMIT_S)


def _call(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T], limit_s: float | None = None) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(limit_s)
