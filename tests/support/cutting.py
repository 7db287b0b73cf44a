"""A way to a broker that loses the answer to a produce request: a TCP relay that passes requests on and then is cut."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PRODUCE = 0


class Cutting:
    """Relays 127.0.0.1:`port` to `target`. All methods may be called from any thread."""

    def __init__(self) -> None:
        self.port = 0
        self.target = 0
        self.is_cut = threading.Event()
        self._loses_next = threading.Event()

    def lose_next_answer(self) -> None:
        """The next produce request reaches the broker; its answer and everything after it does not come back, until `heal`."""
        self._loses_next.set()

    def heal(self) -> None:
        self.is_cut.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut.is_set():
            writer.close()
            return
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.target)
        lost = asyncio.Event()
        back = asyncio.create_task(self._answers(up_reader, writer, lost))
        try:
            while True:
                head = await reader.readexactly(8)
                size, key = struct.unpack_from(">ih", head)
                if key == PRODUCE and self._loses_next.is_set():
                    self._loses_next.clear()
                    lost.set()
                up_writer.write(head + await reader.readexactly(size - 4))
        except (asyncio.IncompleteReadError, ConnectionError):
            up_writer.close()
        await back

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: asyncio.Event) -> None:
        try:
            while data := await reader.read(1 << 16):
                if lost.is_set():
                    self.is_cut.set()
                    break
                writer.write(data)
        except ConnectionError:
            pass  # the broker is gone, and so is this connection
        writer.close()


@contextmanager
def cutting() -> Iterator[Cutting]:
    """A relay that listens; set its `target` before the first connection."""
    relay = Cutting()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(relay._serve, "127.0.0.1", 0))
    relay.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield relay
    finally:

        async def end() -> None:
            server.close()
            rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
