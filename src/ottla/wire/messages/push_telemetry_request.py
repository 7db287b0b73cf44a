# Generated from table.txt by ottla.wire.generator; do not edit.
"""PushTelemetryRequest, API key 72: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ZERO_UUID,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    skip_tags,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 72
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_UiZb = Struct(">16si?b").pack
_p_UiZbB = Struct(">16si?bB").pack
_u_UiZbB = Struct(">16si?bB").unpack_from


class PushTelemetryRequest(WireStruct):
    __slots__ = ("client_instance_id", "subscription_id", "terminating", "compression_type", "metrics")
    client_instance_id: bytes
    subscription_id: int
    terminating: bool
    compression_type: int
    metrics: bytes

    def __init__(
        self,
        client_instance_id: bytes = ZERO_UUID,
        subscription_id: int = 0,
        terminating: bool = False,
        compression_type: int = 0,
        metrics: bytes = b"",
    ) -> None:
        self.client_instance_id = client_instance_id
        self.subscription_id = subscription_id
        self.terminating = terminating
        self.compression_type = compression_type
        self.metrics = metrics


def _read_push_telemetry_request_v0(buf: bytes, pos: int) -> tuple[PushTelemetryRequest, int]:
    client_instance_id, subscription_id, terminating, compression_type, n = _u_UiZbB(buf, pos)
    pos += 23
    if not 0 < n < 128:
        n, pos = long_bytes(buf, pos, n, "Metrics")
    end = pos + n - 1
    metrics = buf[pos:end]
    pos = end
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return PushTelemetryRequest(client_instance_id, subscription_id, terminating, compression_type, metrics), pos


def _write_push_telemetry_request_v0(w: Write, x: PushTelemetryRequest) -> None:
    d: bytes | bytearray | memoryview
    if len(x.client_instance_id) != 16:
        raise uuid_fault("ClientInstanceId")
    d = x.metrics
    n = len(d) + 1
    w(_p_UiZbB(x.client_instance_id, x.subscription_id, x.terminating, x.compression_type, n) if n < 128 else _p_UiZb(x.client_instance_id, x.subscription_id, x.terminating, x.compression_type) + uvarint(n))
    w(d)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[PushTelemetryRequest, int]]]] = {
    0: _read_push_telemetry_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, PushTelemetryRequest], None]]] = {
    0: _write_push_telemetry_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> PushTelemetryRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("PushTelemetryRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("PushTelemetryRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[PushTelemetryRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("PushTelemetryRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("PushTelemetryRequest", version, len(data), end)
    return message, end


def encode_parts(message: PushTelemetryRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("PushTelemetryRequest", version, exc) from exc
    return parts


def encode(message: PushTelemetryRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("PushTelemetryRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: PushTelemetryRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
