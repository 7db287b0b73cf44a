"""A client's connection: requests out, responses in, nothing hidden. Written against the generated messages only.

Responses must come in the order of their requests; the first that does not is reported to the auditor by `on_disorder`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from ottla.testing.sim.loop import SimLoop
from ottla.wire.errors import WireError
from ottla.wire.header import decode_response_header, encode_request_header
from ottla.wire.registry import request_module, response_module


class LinkError(Exception):
    """The connection is gone or silent; what became of the requests on it is not known."""


class _Waiting(NamedTuple):
    correlation_id: int
    api_key: int
    version: int
    future: asyncio.Future[Any]


class Link(asyncio.Protocol):
    """One connection. `post` sends and returns a future, which fails with LinkError; `call` waits for it."""

    largest: ClassVar[int] = 0
    """Bytes of the largest response of the run."""

    def __init__(self, client_id: str, on_disorder: Callable[[str], None], first_correlation_id: int) -> None:
        self.client_id = client_id
        self.closed = False
        self.writable = True
        self._on_disorder = on_disorder
        self._transport: Any = None
        self._received = bytearray()
        self._waiting: deque[_Waiting] = deque()
        self._correlation_id = first_correlation_id

    @classmethod
    async def open(
        cls, loop: SimLoop, client_id: str, port: int, on_disorder: Callable[[str], None], timeout_s: float = 5.0
    ) -> Link:
        """Connects. Raises LinkError."""
        try:
            async with asyncio.timeout(timeout_s):
                _, protocol = await loop.create_connection(
                    lambda: cls(client_id, on_disorder, loop.rng.randrange(1 << 20)), "10.0.0.1", port
                )
        except (OSError, TimeoutError) as problem:
            raise LinkError(str(problem) or "connecting took too long") from problem
        assert isinstance(protocol, Link)
        return protocol

    # --- asyncio.Protocol -------------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        waiting, self._waiting = self._waiting, deque()
        for one in waiting:
            if not one.future.done():
                one.future.set_exception(LinkError(f"connection lost: {exc}"))
                one.future.exception()  # seen: nobody has to ask for it

    def pause_writing(self) -> None:
        self.writable = False

    def resume_writing(self) -> None:
        self.writable = True

    def data_received(self, data: bytes) -> None:
        received = self._received
        received += data
        while len(received) >= 4:
            size = int.from_bytes(received[:4], "big", signed=True)
            if size < 4 or size > 64 << 20:
                self._on_disorder(f"a response of {size} bytes")
                self.close()
                return
            if len(received) < 4 + size:
                return
            if size > Link.largest:
                Link.largest = size
            frame = bytes(received[4 : 4 + size])
            del received[: 4 + size]
            self._take(frame)

    def _take(self, frame: bytes) -> None:
        if not self._waiting:
            self._on_disorder(f"a response nobody asked for: {frame[:16].hex()}")
            return
        one = self._waiting.popleft()
        try:
            correlation_id, pos = decode_response_header(frame, one.api_key, one.version)
            if correlation_id != one.correlation_id:
                self._on_disorder(f"response {correlation_id} came when {one.correlation_id} was next")
                self.close()
                return
            message = response_module(one.api_key).decode(frame, one.version, pos)
        except WireError as problem:
            self._on_disorder(f"response of API {one.api_key} v{one.version} cannot be read: {problem}")
            self.close()
            return
        if not one.future.done():
            one.future.set_result(message)

    # --- requests ---------------------------------------------------------------------------------------------------------------

    def post(self, api_key: int, version: int, message: Any, *, answered: bool = True) -> asyncio.Future[Any]:
        """Sends a request. The future has the response; without an answer (acks=0) it is done at once."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self.closed:
            future.set_exception(LinkError("the connection is closed"))
            future.exception()
            return future
        self._correlation_id += 1
        head = encode_request_header(api_key, version, self._correlation_id, self.client_id)
        body = request_module(api_key).encode(message, version)
        if answered:
            self._waiting.append(_Waiting(self._correlation_id, api_key, version, future))
        else:
            future.set_result(None)
        self._transport.write((len(head) + len(body)).to_bytes(4, "big") + head + body)
        return future

    async def call(self, api_key: int, version: int, message: Any, *, timeout_s: float = 30.0) -> Any:
        """Sends a request and waits. Raises LinkError, after which the connection is closed."""
        future = self.post(api_key, version, message)
        try:
            async with asyncio.timeout(timeout_s):
                return await future
        except TimeoutError:
            self.close()
            raise LinkError(f"no answer to API {api_key} in {timeout_s} s") from None

    def pause_reading(self) -> None:
        if not self.closed:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self.closed:
            self._transport.resume_reading()

    def close(self) -> None:
        """Closes at once."""
        if self._transport is not None and not self.closed:
            self._transport.abort()
