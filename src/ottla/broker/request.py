"""One request on its way: what a handler may know of it, and how it answers.

Replies leave a connection in the order its requests came in, whatever the order they are answered in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

Buffer = bytes | bytearray | memoryview


class Peer(Protocol):
    """The connection a request came on, as a handler sees it."""

    listener: str  # the listener's name: decides which advertised addresses a client is told
    client_host: str  # textual address of the peer
    principal: str  # "User:ANONYMOUS" on a plaintext listener
    software_name: str
    software_version: str
    closed: bool

    def send(self, request: Request) -> None:
        """A request's answer is ready (`request.response` is set)."""
        ...

    def on_close(self, callback: Callable[[], None]) -> None:
        """Calls back once when the connection is gone."""
        ...

    def abort(self, reason: str) -> None:
        """Closes the connection at once: the peer broke the protocol."""
        ...


class Request:
    """A request whose header is decoded. `body` is the whole frame; the request's own fields begin at `body_pos`.

    The handler (or whoever it hands the request to) answers exactly once: `reply`, `reply_message` or `no_reply`.
    """

    __slots__ = (
        "api_key",
        "api_version",
        "body",
        "body_pos",
        "client_id",
        "correlation_id",
        "has_tags",
        "peer",
        "received_ns",
        "response",
    )

    def __init__(
        self,
        peer: Peer,
        api_key: int,
        api_version: int,
        correlation_id: int,
        client_id: str | None,
        body: memoryview,
        body_pos: int,
        has_tags: bool = False,
    ) -> None:
        self.peer = peer
        self.api_key = api_key
        self.api_version = api_version
        self.correlation_id = correlation_id
        self.client_id = client_id
        self.body = body
        self.body_pos = body_pos
        self.has_tags = has_tags  # the response carries header version 1, with a tag section
        self.response: Sequence[Buffer] | None = None

    def reply(self, *body: Buffer) -> None:
        """Answers with an encoded body (after the response header), in one or more buffers that nobody changes any more."""
        self.response = body
        self.body = memoryview(b"")
        self.peer.send(self)

    def reply_message(self, message: Any) -> None:
        """Answers with a generated response message, encoded at the request's version."""
        from ottla.wire.registry import response_module  # here: the hot path never needs it

        self.reply(response_module(self.api_key).encode(message, self.api_version))

    def no_reply(self) -> None:
        """The protocol wants no answer (Produce with acks=0)."""
        self.response = ()
        self.body = memoryview(b"")
        self.peer.send(self)
