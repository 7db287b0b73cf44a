"""A few requests written by hand over a plain socket: what the bench asks in numbers no client library gives (thousands of
idle consumers, a noisy neighbour), and what tests ask of a server before they drive a tool.

Independent of `ottla.wire` on purpose: the bench must not share code with the server it measures.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import google_crc32c

PRODUCE = 0
FETCH = 1
METADATA = 3
API_VERSIONS = 18
DESCRIBE_ACLS = 29

PRODUCE_VERSION = 7
FETCH_VERSION = 11  # the last one before flexible headers; it has sessions and topic names
METADATA_VERSION = 1


def address(bootstrap: str) -> tuple[str, int]:
    """The first `host:port` of a bootstrap list."""
    host, port = bootstrap.split(",")[0].rsplit(":", 1)
    return host, int(port)


def frame(key: int, version: int, correlation: int, body: bytes, client_id: str = "bench") -> bytes:
    """A length-prefixed request with header v1."""
    name = client_id.encode()
    head = struct.pack(">hhih", key, version, correlation, len(name)) + name
    return struct.pack(">i", len(head) + len(body)) + head + body


def receive(link: socket.socket) -> bytes:
    """One response without its length prefix."""
    size = struct.unpack(">i", _exactly(link, 4))[0]
    return _exactly(link, size)


class Inbox:
    """Puts responses together from what a socket that is watched gives, bit by bit."""

    def __init__(self, whose: str) -> None:
        self._whose = whose  # connection: for the message when the server has closed it
        self._buffer = b""

    def receive(self, link: socket.socket, size_max: int = 65536) -> Iterator[bytes]:
        """Reads once; the responses that are whole now, without their length prefix. Raises ConnectionError when the server has closed."""
        data = link.recv(size_max)
        if not data:
            raise ConnectionError(f"the server closed {self._whose}")
        return self._cut(data)

    def _cut(self, data: bytes) -> Iterator[bytes]:
        self._buffer += data
        while len(self._buffer) >= 4:
            size = int.from_bytes(self._buffer[:4], "big")
            if len(self._buffer) < size + 4:
                return
            answer, self._buffer = self._buffer[4 : 4 + size], self._buffer[4 + size :]
            yield answer


def _exactly(link: socket.socket, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = link.recv(min(size, 1 << 20))
        if not part:
            raise ConnectionError("the server closed the connection")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def api_versions(bootstrap: str, limit_s: float = 10.0) -> dict[int, tuple[int, int]]:
    """What the server advertises: key to (lowest, highest) version."""
    with socket.create_connection(address(bootstrap), limit_s) as link:
        link.sendall(frame(API_VERSIONS, 0, 1, b""))
        answer = receive(link)
    _, error, count = struct.unpack_from(">ihi", answer)
    if error:
        raise ConnectionError(f"ApiVersions answered error {error}")
    rows = (struct.unpack_from(">hhh", answer, 10 + 6 * index) for index in range(count))
    return {key: (lowest, highest) for key, lowest, highest in rows}


def _string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">h", len(raw)) + raw


def _varint(number: int) -> bytes:
    """Zig-zag, as records have it."""
    number = (number << 1) ^ (number >> 63)
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def record_batch(value: bytes, timestamp_ms: int) -> bytes:
    """A v2 batch of one record without key, uncompressed, of no producer."""
    record = b"\0" + _varint(0) + _varint(0) + _varint(-1) + _varint(len(value)) + value + _varint(0)
    records = _varint(len(record)) + record
    covered = struct.pack(">hiqqqhii", 0, 0, timestamp_ms, timestamp_ms, -1, -1, -1, 1) + records
    crc = google_crc32c.value(covered)
    return struct.pack(">qiibI", 0, len(covered) + 9, -1, 2, crc) + covered


def produce_body(topic: str, partition: int, records: bytes, *, acks: int) -> bytes:
    """A Produce v7 of one batch."""
    head = struct.pack(">hhi", -1, acks, 30_000)
    one = struct.pack(">iii", 1, partition, len(records)) + records
    return head + struct.pack(">i", 1) + _string(topic) + one


def produce_error(answer: bytes) -> int:
    """The error code of a Produce v7 response with one partition."""
    (length,) = struct.unpack_from(">h", answer, 8)
    (error,) = struct.unpack_from(">h", answer, 10 + length + 8)
    return int(error)


def fetch_body(
    topic: str, partition: int, offset: int, *, max_wait_ms: int, session_id: int = 0, session_epoch: int = 0
) -> bytes:
    """A full Fetch v11 of one partition, `min_bytes` 1; epoch 0 asks for a session, -1 for none."""
    head = struct.pack(">iiiibii", -1, max_wait_ms, 1, 50 << 20, 0, session_id, session_epoch)
    wanted = struct.pack(">iiqqi", partition, -1, offset, -1, 1 << 20)
    topics = struct.pack(">i", 1) + _string(topic) + struct.pack(">i", 1) + wanted
    return head + topics + struct.pack(">i", 0) + _string("")


def incremental_fetch_body(*, max_wait_ms: int, session_id: int, session_epoch: int) -> bytes:
    """The next Fetch v11 of a session in which nothing changed: what an idle consumer repeats."""
    head = struct.pack(">iiiibii", -1, max_wait_ms, 1, 50 << 20, 0, session_id, session_epoch)
    return head + struct.pack(">i", 0) + struct.pack(">i", 0) + _string("")


def fetch_outcome(answer: bytes) -> tuple[int, int, int]:
    """(correlation id, error code, session id) of a Fetch v11 response."""
    correlation, _throttle, error, session = struct.unpack_from(">iihi", answer)
    return correlation, error, session
