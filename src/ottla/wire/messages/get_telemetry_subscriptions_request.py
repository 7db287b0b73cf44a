# Generated from table.txt by ottla.wire.generator; do not edit.
"""GetTelemetrySubscriptionsRequest, API key 71: version 0, flexible from 0."""

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
    skip_tags,
    uuid_fault,
)
from ottla.wire.structs import WireStruct

API_KEY: Final = 71
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Ux = Struct(">16sx").pack
_u_UB = Struct(">16sB").unpack_from


class GetTelemetrySubscriptionsRequest(WireStruct):
    __slots__ = ("client_instance_id",)
    client_instance_id: bytes

    def __init__(
        self,
        client_instance_id: bytes = ZERO_UUID,
    ) -> None:
        self.client_instance_id = client_instance_id


def _read_get_telemetry_subscriptions_request_v0(buf: bytes, pos: int) -> tuple[GetTelemetrySubscriptionsRequest, int]:
    client_instance_id, tags = _u_UB(buf, pos)
    pos += 17
    if tags:
        pos = skip_tags(buf, pos, tags)
    return GetTelemetrySubscriptionsRequest(client_instance_id), pos


def _write_get_telemetry_subscriptions_request_v0(w: Write, x: GetTelemetrySubscriptionsRequest) -> None:
    if len(x.client_instance_id) != 16:
        raise uuid_fault("ClientInstanceId")
    w(_p_Ux(x.client_instance_id))


_READ: Final[dict[int, Callable[[bytes, int], tuple[GetTelemetrySubscriptionsRequest, int]]]] = {
    0: _read_get_telemetry_subscriptions_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, GetTelemetrySubscriptionsRequest], None]]] = {
    0: _write_get_telemetry_subscriptions_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> GetTelemetrySubscriptionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("GetTelemetrySubscriptionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("GetTelemetrySubscriptionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[GetTelemetrySubscriptionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("GetTelemetrySubscriptionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("GetTelemetrySubscriptionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: GetTelemetrySubscriptionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("GetTelemetrySubscriptionsRequest", version, exc) from exc
    return parts


def encode(message: GetTelemetrySubscriptionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("GetTelemetrySubscriptionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: GetTelemetrySubscriptionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
