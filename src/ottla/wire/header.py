"""Request and response headers.

A request starts with api key, version, correlation id and client id (header 1); from the API's first flexible version on, a
tag section follows (header 2). The client id keeps its int16 length in both (KIP-482). A response starts with the
correlation id (header 0), and a tag section from the first flexible version on (header 1); ApiVersions responses always
carry header 0, because a client reads them before it knows what the broker speaks (KIP-511).
"""

from struct import Struct
from typing import Final, NamedTuple

from ottla.wire.errors import WireError
from ottla.wire.index import APIS
from ottla.wire.primitives import DECODE_FAULTS, Buffer, decode_fault, skip_tags, string

_FIRST: Final = Struct(">hhih")
_CORRELATION_ID: Final = Struct(">i")
_NEVER: Final = 1 << 15
_FLEXIBLE_SINCE: Final = {key: _NEVER if row[4] is None else row[4] for key, row in APIS.items()}
_API_VERSIONS: Final = 18


class RequestHeader(NamedTuple):
    """A request's header; `body_pos` is where the body starts in the buffer."""

    api_key: int
    api_version: int
    correlation_id: int
    client_id: str | None
    body_pos: int


def is_flexible(api_key: int, api_version: int) -> bool:
    """Whether this version of the API uses compact lengths and tags; False for an unknown key."""
    return api_version >= _FLEXIBLE_SINCE.get(api_key, _NEVER)


def decode_request_header(buf: Buffer, pos: int = 0) -> RequestHeader:
    """The header of the request at `pos`; raises WireError when it is truncated or its client id is not UTF-8.

    Of an unknown API key, and of a version newer than we know of a known one, the header is still read: a newer version is as
    flexible as the newest known (Kafka reads ApiVersions requests of any version that way to answer UNSUPPORTED_VERSION).
    """
    try:
        api_key, api_version, correlation_id, length = _FIRST.unpack_from(buf, pos)
        pos += 10
        client_id = None
        if length >= 0:
            end = pos + length
            if end > len(buf):
                raise WireError(f"ClientId claims {length} bytes, {len(buf) - pos} remain")
            client_id = str(buf[pos:end], "utf-8")
            pos = end
        if api_version >= _FLEXIBLE_SINCE.get(api_key, _NEVER):
            pos = skip_tags(buf, pos + 1, buf[pos])
    except DECODE_FAULTS as exc:
        raise decode_fault("RequestHeader", 1, exc) from exc
    return RequestHeader(api_key, api_version, correlation_id, client_id, pos)


def encode_request_header(api_key: int, api_version: int, correlation_id: int, client_id: str | None) -> bytes:
    """The header that precedes a request's body; raises WireError when the client id is too long."""
    return b"".join(
        (
            _FIRST.pack(api_key, api_version, correlation_id, 0)[:8],
            string(client_id),
            b"\0" if is_flexible(api_key, api_version) else b"",
        )
    )


def encode_response_header(correlation_id: int, flexible: bool) -> bytes:
    """Response header 1 (with an empty tag section) when `flexible`, else 0. ApiVersions always takes header 0."""
    data = _CORRELATION_ID.pack(correlation_id)
    return data + b"\0" if flexible else data


def response_header_is_flexible(api_key: int, api_version: int) -> bool:
    """Whether the response carries header 1: flexible versions of every API but ApiVersions."""
    return api_key != _API_VERSIONS and api_version >= _FLEXIBLE_SINCE.get(api_key, _NEVER)


def decode_response_header(buf: Buffer, api_key: int, api_version: int, pos: int = 0) -> tuple[int, int]:
    """(correlation id, position of the body) of a response to that request; raises WireError when truncated."""
    try:
        (correlation_id,) = _CORRELATION_ID.unpack_from(buf, pos)
        pos += 4
        if response_header_is_flexible(api_key, api_version):
            pos = skip_tags(buf, pos + 1, buf[pos])
    except DECODE_FAULTS as exc:
        raise decode_fault("ResponseHeader", 0, exc) from exc
    return correlation_id, pos
