"""From a frame to its handler: header, version, API table row, call. The same way for every API; no task on the hot path.

An unexpected exception in a handler is a bug: it is logged with its traceback, the client gets UNKNOWN_SERVER_ERROR where the response
has a place for it, and no other connection notices.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from importlib import import_module
from struct import Struct
from struct import error as struct_error
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.broker.api_table import APIS, Api, Stage
from ottla.broker.broker import Broker
from ottla.broker.request import Peer, Request
from ottla.wire.errors import WireError
from ottla.wire.hot_produce import skip_tags
from ottla.wire.registry import flexible_since, request_module, response_module

log = logging.getLogger("ottla.broker.dispatch")

# Kafka's own name for it: `kafka-configs --alter --entity-type broker-loggers --add-config kafka.request.logger=DEBUG` is how operators
# have always turned on a line per request.
request_log = logging.getLogger("kafka.request.logger")

_HEADER = Struct(">hhih")  # api_key, api_version, correlation_id, client_id length
_API_VERSIONS = 18
_PRODUCE = 0

# A decoded message can take fifty times its bytes. Only Produce carries records and may be as large as `socket.request.max.bytes`;
# 16 MiB is far above what any client sends otherwise (an assignment for 100,000 partitions is about 4 MB).
OTHER_REQUEST_MAX_BYTES = 16 * 1024 * 1024

Handler = Callable[..., Any]


class Row:
    """An API table row with its handler and codecs, imported when the first request of its kind comes."""

    __slots__ = ("_handler", "api", "decode", "first", "flexible_since", "last", "raw")

    def __init__(self, api: Api) -> None:
        self.api = api
        self.first, self.last = api.versions
        since = flexible_since(api.key)
        self.flexible_since = since if since is not None else 1 << 15
        self.raw = api.stage is Stage.RAW
        self._handler: Handler | None = None
        self.decode: Callable[[memoryview, int, int], tuple[Any, int]] | None = None

    def handler(self) -> Handler:
        handler = self._handler
        if handler is None:
            module, _, name = self.api.handler.partition(":")
            handler = self._handler = getattr(import_module(f"ottla.broker.handlers.{module}"), name)
            if not self.raw:
                # Bytes behind the message are ignored, as Kafka does: librdkafka (2.16) sends three too many with a Metadata
                # request for all topics.
                self.decode = request_module(self.api.key).decode_prefix
        return handler


class Dispatcher:
    """Calls handlers. `dispatch` returns an awaitable when the connection's next request has to wait for this one."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._rows: dict[int, Row] = {api.key: Row(api) for api in APIS}

    def read(self, peer: Peer, frame: memoryview) -> Request:
        """Decodes the request header. Raises WireError when it is malformed, or its API or version is not served."""
        try:
            api_key, version, correlation_id, length = _HEADER.unpack_from(frame)
            row = self._rows.get(api_key)
            if row is None:
                raise WireError(f"API key {api_key} is not served here")
            if not row.first <= version <= row.last:
                if api_key == _API_VERSIONS:
                    # KIP-511: whatever the layout of this unknown version, the answer is version 0 with error 35.
                    return Request(peer, api_key, -1, correlation_id, None, frame, len(frame))
                raise WireError(f"{row.api.name} version {version} is not served here ({row.first} to {row.last} are)")
            if len(frame) > OTHER_REQUEST_MAX_BYTES and api_key != _PRODUCE:
                raise WireError(f"{row.api.name} request of {len(frame)} bytes ({OTHER_REQUEST_MAX_BYTES} are allowed)")
            pos = 10
            client_id = None
            if length >= 0:
                stop = pos + length
                if stop > len(frame):
                    raise WireError(f"client id of {length} bytes is longer than the request")
                client_id = str(frame[pos:stop], "utf-8")
                pos = stop
            elif length != -1:
                raise WireError(f"client id has length {length}")
            flexible = version >= row.flexible_since
            if flexible:
                pos = pos + 1 if frame[pos] == 0 else skip_tags(frame, pos)
        except (struct_error, IndexError, UnicodeDecodeError) as e:
            raise WireError(f"request header is malformed: {e}") from e
        # An ApiVersions response never has tags in its header: who reads it does not know yet what we speak (KIP-511).
        return Request(
            peer, api_key, version, correlation_id, client_id, frame, pos, flexible and api_key != _API_VERSIONS
        )

    def dispatch(self, request: Request) -> Awaitable[None] | None:
        """Runs the handler. Raises WireError when the body is malformed (the connection is then closed)."""
        row = self._rows[request.api_key]
        handler = row.handler()
        if request_log.isEnabledFor(logging.DEBUG):
            _log_request(row.api.name, request)
        try:
            if row.raw:
                waiting: Awaitable[None] | None = handler(self._broker, request)
                return waiting
            if request.api_version < 0:
                message = None
            else:
                assert row.decode is not None
                message, _ = row.decode(request.body, request.api_version, request.body_pos)
            if row.api.stage is Stage.ASYNC:
                return self._finish(request, message, handler)
            answer = handler(self._broker, request, message)
        except WireError:
            raise
        except Exception:  # noqa: BLE001 - the last door before the connection: one client's request must not take down others
            self._bug(request)
            return None
        if answer is not None:
            request.reply_message(answer)
        return None

    async def _finish(self, request: Request, message: Any, handler: Handler) -> None:
        try:
            answer = await handler(self._broker, request, message)
            request.reply_message(answer)
        except Exception:  # noqa: BLE001 - as above
            self._bug(request)

    def _bug(self, request: Request) -> None:
        row = self._rows[request.api_key]
        log.exception("%s v%d from %s failed", row.api.name, request.api_version, request.peer.client_host)
        if request.response is not None:
            return
        module = response_module(request.api_key)
        message = getattr(module, f"{row.api.name}Response")()
        if hasattr(message, "error_code") and not row.raw:
            message.error_code = ErrorCode.UNKNOWN_SERVER_ERROR
            request.reply_message(message)
        else:
            request.peer.abort(f"{row.api.name} failed")


def _log_request(name: str, request: Request) -> None:
    peer = request.peer
    request_log.debug(
        "%s v%d correlation id %d client id %s from %s (%s) on %s, %d bytes",
        name,
        request.api_version,
        request.correlation_id,
        request.client_id,
        peer.client_host,
        peer.principal,
        peer.listener,
        len(request.body),
    )
