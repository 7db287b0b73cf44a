"""One client connection: bytes in, frames cut, requests dispatched, replies out in request order.

Small frames arrive in a buffer that a node's connections share (a connection at rest owns no buffer): the loop calls `get_buffer` and
`buffer_updated` back to back for one socket. They are copied out once, together.
A large frame is received straight into its own buffer, for which memory is reserved before the first body byte is read. What of it
came with the shared buffer is copied; who sends large frames sends more of them, so the next one is looked for in `PEEK_SIZE` bytes
(`perf`, 1 MB frames: a quarter of the server's CPU was copying up to 256 KiB of each three times).

The connection stops reading, and so pushes back on its client, while
- a handler asked to be waited for (ASYNC stage), which keeps a connection's requests in order,
- `PIPELINE_MAX` requests are unanswered,
- the client does not read its replies (the transport's write buffer is over its high-water mark),
- the listener's memory for requests in flight is used up,
- it had its turn: after `TURN_REQUESTS` of one client's pipelined requests, or `TURN_BYTES` of them, the other connections come first.
  (libuv reads a socket that has more up to 32 times in a row: with frames of 1 MB nobody else was heard for 140 ms.)
  A large frame that ends its turn is dispatched when all else the loop received in that round was.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from struct import Struct
from typing import TYPE_CHECKING, cast

from ottla.broker.request import Request
from ottla.wire.errors import WireError

if TYPE_CHECKING:
    from ottla.server.listener import Hub

log = logging.getLogger("ottla.server.connection")

SCRATCH_SIZE = 256 * 1024
PEEK_SIZE = 8 * 1024
PIPELINE_MAX = 128
TURN_REQUESTS = 32  # about a millisecond of small produce requests
TURN_BYTES = 128 * 1024
FLUSH_BYTES = 256 * 1024
OWN_BUFFER_FROM = 32 * 1024  # a frame above this is received into its own buffer
_MIN_FRAME = 8  # api key, version, correlation id
_SIZE = Struct(">i")
_REPLY = Struct(">ii")
_REPLY_FLEXIBLE = Struct(">iib")


class Connection(asyncio.BufferedProtocol):
    """A peer (see `broker.request.Peer`) and its transport."""

    __slots__ = (
        "_carry",
        "_corked",
        "_frame",
        "_frame_view",
        "_have",
        "_held",
        "_hub",
        "_on_close",
        "_out",
        "_out_bytes",
        "_paused",
        "_reading",
        "_requests",
        "_reserved",
        "_resting",
        "_scratch",
        "_transport",
        "_turn_bytes",
        "_waiting_memory",
        "_whole",
        "client_host",
        "closed",
        "closing",
        "last_active_s",
        "listener",
        "principal",
        "software_name",
        "software_version",
    )

    def __init__(self, hub: Hub, listener: str) -> None:
        self._hub = hub
        self.listener = listener
        self.client_host = ""
        self.principal = "User:ANONYMOUS"
        self.software_name = ""
        self.software_version = ""
        self.closed = False
        self.closing = False  # answers what is in flight, reads nothing more
        self.last_active_s = 0.0
        self._transport: asyncio.Transport | None = None
        self._carry: bytes | memoryview = b""  # received, not yet dispatched
        self._frame: bytearray | None = None  # a large frame being received
        self._whole: bytearray | None = None  # one that was received and lets others go first
        self._scratch = hub.scratch
        self._frame_view = hub.scratch
        self._have = 0
        self._reserved = 0  # bytes of request memory this connection holds
        self._requests: deque[Request] = deque()  # unanswered, in order
        self._held: asyncio.Task[None] | None = None  # an ASYNC request the next one waits for
        self._paused = False  # the client does not read
        self._reading = True
        self._waiting_memory = False
        self._resting = False  # others come first
        self._turn_bytes = 0  # taken since the last rest
        self._corked = False
        self._out: list[bytes | bytearray | memoryview] = []
        self._out_bytes = 0
        self._on_close: list[Callable[[], None]] = []

    # --- transport callbacks ---------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peername = transport.get_extra_info("peername")
        self.client_host = peername[0] if isinstance(peername, tuple) else "local"
        self._transport.set_write_buffer_limits(high=self._hub.write_high_water)
        if not self._hub.admit(self):
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._hub.forget(self)
        self._hub.release(self._reserved)
        self._reserved = 0
        self._carry = b""
        self._frame = self._whole = None
        self._requests.clear()
        self._out.clear()
        callbacks, self._on_close = self._on_close, []
        for callback in callbacks:
            callback()

    def get_buffer(self, sizehint: int) -> memoryview:
        if self._frame is not None:
            return self._frame_view[self._have :]
        return self._scratch

    def buffer_updated(self, nbytes: int) -> None:
        self.last_active_s = self._hub.now_s
        frame = self._frame
        if frame is None:
            received = bytearray(self._carry)
            received += self._scratch[:nbytes]
            self._carry = b""
            self._scratch = self._hub.scratch
            self._cut(memoryview(received))
            return
        self._have += nbytes
        if self._have == len(frame):
            self._frame = None
            self._frame_view = self._scratch = self._hub.scratch[:PEEK_SIZE]
            self._turn_bytes += len(frame)
            if self._turn_bytes >= TURN_BYTES:
                self._whole = frame
                self._rest()
                self._set_reading()
            else:
                self._take_large(frame)
                self._pump()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._paused = True
        self._set_reading()

    def resume_writing(self) -> None:
        self._paused = False
        self._pump()

    # --- frames ----------------------------------------------------------------------------------------------------------------

    def _blocked(self) -> bool:
        return (
            self._held is not None
            or self._paused
            or self._waiting_memory
            or self._resting
            or self.closing
            or len(self._requests) >= PIPELINE_MAX
        )

    def _cut(self, data: memoryview) -> None:
        """Dispatches the whole frames in `data`, keeps what is left."""
        pos, end = 0, len(data)
        turn = TURN_REQUESTS
        self._corked = True
        while end - pos >= 4 and not self.closed:
            if self._blocked():
                break
            (size,) = _SIZE.unpack_from(data, pos)
            if not _MIN_FRAME <= size <= self._hub.request_max_bytes:
                self.abort(
                    f"frame of {size} bytes (allowed: {_MIN_FRAME} to socket.request.max.bytes={self._hub.request_max_bytes})"
                )
                return
            stop = pos + 4 + size
            if stop <= end:
                if not turn:
                    break
                turn -= 1
                self._take(data[pos + 4 : stop])
                pos = stop
                continue
            if size <= OWN_BUFFER_FROM:
                break
            if not self._reserve(size):
                break
            frame = bytearray(size)
            have = end - pos - 4
            view = memoryview(frame)
            view[:have] = data[pos + 4 :]  # a slice of the bytearray itself would be assigned by way of a copy
            self._frame, self._frame_view, self._have = frame, view, have
            pos = end
        self._uncork()
        if self.closed:
            return
        self._turn_bytes += pos
        if not turn or self._turn_bytes >= TURN_BYTES:
            self._rest()
        self._carry = data[pos:] if pos < end else b""
        if len(self._carry) < SCRATCH_SIZE // 2 and not self._resting:
            self._carry = bytes(self._carry)  # else it would keep the whole received buffer alive
        self._set_reading()

    def _reserve(self, size: int) -> bool:
        if self._hub.reserve(size, self):
            self._reserved += size
            return True
        self._waiting_memory = True
        return False

    def memory_available(self) -> None:
        """The hub has request memory again."""
        self._waiting_memory = False
        self._pump()

    def _rest(self) -> None:
        if not self._resting and not self.closed:
            self._resting = True
            self._turn_bytes = 0
            asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        self._resting = False
        frame, self._whole = self._whole, None
        if frame is not None and not self.closed and not self.closing:
            self._take_large(frame)
        self._pump()

    def _take_large(self, frame: bytearray) -> None:
        self._corked = True
        self._take(memoryview(frame))
        self._uncork()

    def _pump(self) -> None:
        """Goes on after something that blocked is over."""
        if self.closed or self._corked:
            return
        carry = self._carry
        if carry and self._frame is None and not self._blocked():
            self._carry = b""
            self._cut(memoryview(bytearray(carry)) if isinstance(carry, bytes) else carry)
        else:
            self._set_reading()

    def _set_reading(self) -> None:
        transport = self._transport
        wanted = not self._blocked()
        if wanted is self._reading or transport is None or transport.is_closing():
            return
        self._reading = wanted
        if wanted:
            transport.resume_reading()
        else:
            transport.pause_reading()

    def _take(self, frame: memoryview) -> None:
        hub = self._hub
        try:
            request = hub.dispatcher.read(self, frame)
            self._requests.append(request)
            waiting = hub.dispatcher.dispatch(request)
        except WireError as e:
            self.abort(str(e))
            return
        if waiting is not None:
            self._held = asyncio.ensure_future(self._hold(waiting))

    async def _hold(self, waiting: Awaitable[None]) -> None:
        try:
            await waiting
        except WireError as e:
            self.abort(str(e))
        finally:
            self._held = None
            self._pump()

    # --- replies ---------------------------------------------------------------------------------------------------------------

    def send(self, request: Request) -> None:
        """Writes every answer whose turn has come."""
        requests = self._requests
        if not requests or requests[0] is not request:
            return
        out = self._out
        while requests:
            response = requests[0].response
            if response is None:
                break
            first = requests.popleft()
            if response:
                size = 4
                for part in response:
                    size += len(part)
                if first.has_tags:
                    out.append(_REPLY_FLEXIBLE.pack(size + 1, first.correlation_id, 0))
                else:
                    out.append(_REPLY.pack(size, first.correlation_id))
                out += response
                self._out_bytes += size
        if self._out_bytes >= FLUSH_BYTES:
            self._flush()  # so that the transport can say when its client does not read
        if not self._corked:
            self._flush()
            if not self._reading or self._carry:
                self._pump()
        if not requests:
            if self._reserved and self._frame is None and self._whole is None:
                self._hub.release(self._reserved)
                self._reserved = 0
            if self.closing:
                self._uncork()
                self._close()

    def _uncork(self) -> None:
        self._corked = False
        self._flush()

    def _flush(self) -> None:
        out = self._out
        if not out or self._transport is None:
            return
        self._out = []
        self._out_bytes = 0
        self.last_active_s = self._hub.now_s
        if len(out) == 1:
            self._transport.write(out[0])
        elif len(out) <= 32 and sum(map(len, out)) <= 65536:
            self._transport.write(b"".join(out))
        else:
            self._transport.writelines(out)

    # --- end of life -----------------------------------------------------------------------------------------------------------

    def on_close(self, callback: Callable[[], None]) -> None:
        if self.closed:
            callback()
        else:
            self._on_close.append(callback)

    def abort(self, reason: str) -> None:
        """Closes at once and says why in the log: this peer broke the protocol, or asked for what is not served."""
        if self.closed:
            return
        log.warning("closing connection from %s: %s", self.client_host, reason)
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    def drain(self) -> None:
        """Answers what is in flight, then closes (graceful stop)."""
        self.closing = True
        self._set_reading()
        if not self._requests:
            self._close()

    def close_idle(self) -> None:
        """Closes a connection that was idle for `connections.max.idle.ms`, unless a request is being answered."""
        if not self._requests:
            self._close()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()
