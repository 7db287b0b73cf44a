# Generated from table.txt by ottla.wire.generator; do not edit.
"""GetTelemetrySubscriptionsResponse, API key 71: version 0, flexible from 0."""

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
    long_count,
    pack_numbers,
    read_compact_strings,
    read_numbers,
    skip_tags,
    uuid_fault,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 71
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ihUi = Struct(">ih16si").pack
_p_ihUiB = Struct(">ih16siB").pack
_p_iiZ = Struct(">ii?").pack
_p_iiZB = Struct(">ii?B").pack
_u_ihUiB = Struct(">ih16siB").unpack_from
_u_iiZB = Struct(">ii?B").unpack_from


class GetTelemetrySubscriptionsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "client_instance_id", "subscription_id", "accepted_compression_types", "push_interval_ms", "telemetry_max_bytes", "delta_temporality", "requested_metrics")
    throttle_time_ms: int
    error_code: int
    client_instance_id: bytes
    subscription_id: int
    accepted_compression_types: list[int]
    push_interval_ms: int
    telemetry_max_bytes: int
    delta_temporality: bool
    requested_metrics: list[str]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        client_instance_id: bytes = ZERO_UUID,
        subscription_id: int = 0,
        accepted_compression_types: list[int] = NEW,
        push_interval_ms: int = 0,
        telemetry_max_bytes: int = 0,
        delta_temporality: bool = False,
        requested_metrics: list[str] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.client_instance_id = client_instance_id
        self.subscription_id = subscription_id
        self.accepted_compression_types = [] if accepted_compression_types is NEW else accepted_compression_types
        self.push_interval_ms = push_interval_ms
        self.telemetry_max_bytes = telemetry_max_bytes
        self.delta_temporality = delta_temporality
        self.requested_metrics = [] if requested_metrics is NEW else requested_metrics


def _read_get_telemetry_subscriptions_response_v0(buf: bytes, pos: int) -> tuple[GetTelemetrySubscriptionsResponse, int]:
    throttle_time_ms, error_code, client_instance_id, subscription_id, n = _u_ihUiB(buf, pos)
    pos += 27
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "AcceptedCompressionTypes")
    accepted_compression_types = read_numbers(buf, pos, n - 1, "b")
    pos += (n - 1)
    push_interval_ms, telemetry_max_bytes, delta_temporality, n = _u_iiZB(buf, pos)
    pos += 10
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "RequestedMetrics")
    requested_metrics, pos = read_compact_strings(buf, pos, n - 1, "RequestedMetrics")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return GetTelemetrySubscriptionsResponse(throttle_time_ms, error_code, client_instance_id, subscription_id, accepted_compression_types, push_interval_ms, telemetry_max_bytes, delta_temporality, requested_metrics), pos


def _write_get_telemetry_subscriptions_response_v0(w: Write, x: GetTelemetrySubscriptionsResponse) -> None:
    if len(x.client_instance_id) != 16:
        raise uuid_fault("ClientInstanceId")
    n = len(x.accepted_compression_types) + 1
    w(_p_ihUiB(x.throttle_time_ms, x.error_code, x.client_instance_id, x.subscription_id, n) if n < 128 else _p_ihUi(x.throttle_time_ms, x.error_code, x.client_instance_id, x.subscription_id) + uvarint(n))
    if x.accepted_compression_types:
        w(pack_numbers(x.accepted_compression_types, "b"))
    n = len(x.requested_metrics) + 1
    w(_p_iiZB(x.push_interval_ms, x.telemetry_max_bytes, x.delta_temporality, n) if n < 128 else _p_iiZ(x.push_interval_ms, x.telemetry_max_bytes, x.delta_temporality) + uvarint(n))
    if x.requested_metrics:
        write_compact_strings(w, x.requested_metrics, "RequestedMetrics")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[GetTelemetrySubscriptionsResponse, int]]]] = {
    0: _read_get_telemetry_subscriptions_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, GetTelemetrySubscriptionsResponse], None]]] = {
    0: _write_get_telemetry_subscriptions_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> GetTelemetrySubscriptionsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("GetTelemetrySubscriptionsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("GetTelemetrySubscriptionsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[GetTelemetrySubscriptionsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("GetTelemetrySubscriptionsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("GetTelemetrySubscriptionsResponse", version, len(data), end)
    return message, end


def encode_parts(message: GetTelemetrySubscriptionsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("GetTelemetrySubscriptionsResponse", version, exc) from exc
    return parts


def encode(message: GetTelemetrySubscriptionsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("GetTelemetrySubscriptionsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: GetTelemetrySubscriptionsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
