"""A client of a few lines that says exactly what a test wants said, at any version, and nothing else."""

from __future__ import annotations

import itertools
import socket
import struct
from typing import Any

from ottla.wire.registry import flexible_since, request_module, response_module


class RawClient:
    """One connection. `call` sends a generated request message and returns the decoded response message."""

    def __init__(self, port: int, client_id: str | None = "raw", timeout_s: float = 20.0) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.client_id = client_id
        self._ids = itertools.count(1)

    def __enter__(self) -> RawClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, api_key: int, version: int, body: bytes, *, tags: bytes = b"\0") -> int:
        """Sends a request with this body; returns its correlation id."""
        correlation_id = next(self._ids)
        client_id = b"\xff\xff"
        if self.client_id is not None:
            client_id = struct.pack(">h", len(self.client_id)) + self.client_id.encode()
        header = struct.pack(">hhi", api_key, version, correlation_id) + client_id
        since = flexible_since(api_key)
        if since is not None and version >= since:
            header += tags
        self.socket.sendall(struct.pack(">i", len(header) + len(body)) + header + body)
        return correlation_id

    def send_message(self, api_key: int, version: int, message: Any) -> int:
        return self.send(api_key, version, request_module(api_key).encode(message, version))

    def receive_bytes(self) -> bytes:
        """One response frame without its size. Raises ConnectionError when the broker closed."""
        (size,) = struct.unpack(">i", self._exactly(4))
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        out = bytearray()
        while len(out) < size:
            piece = self.socket.recv(size - len(out))
            if not piece:
                raise ConnectionError("closed by the broker")
            out += piece
        return bytes(out)

    def receive(self, api_key: int, version: int, correlation_id: int) -> Any:
        frame = self.receive_bytes()
        assert struct.unpack_from(">i", frame)[0] == correlation_id
        since = flexible_since(api_key)
        pos = 4
        if since is not None and version >= since and api_key != 18:
            assert frame[4] == 0
            pos = 5
        return response_module(api_key).decode(memoryview(frame), version, pos)

    def call(self, api_key: int, version: int, message: Any) -> Any:
        return self.receive(api_key, version, self.send_message(api_key, version, message))

    def closed(self) -> bool:
        """Waits until the broker closes the connection."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionError:
            return True
