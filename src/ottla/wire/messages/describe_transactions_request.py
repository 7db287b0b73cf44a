# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeTransactionsRequest, API key 65: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    read_compact_strings,
    skip_tags,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 65
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0



class DescribeTransactionsRequest(WireStruct):
    __slots__ = ("transactional_ids",)
    transactional_ids: list[str]

    def __init__(
        self,
        transactional_ids: list[str] = NEW,
    ) -> None:
        self.transactional_ids = [] if transactional_ids is NEW else transactional_ids


def _read_describe_transactions_request_v0(buf: bytes, pos: int) -> tuple[DescribeTransactionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 1, "TransactionalIds")
    transactional_ids, pos = read_compact_strings(buf, pos, n - 1, "TransactionalIds")
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeTransactionsRequest(transactional_ids), pos


def _write_describe_transactions_request_v0(w: Write, x: DescribeTransactionsRequest) -> None:
    n = len(x.transactional_ids) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.transactional_ids:
        write_compact_strings(w, x.transactional_ids, "TransactionalIds")
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeTransactionsRequest, int]]]] = {
    0: _read_describe_transactions_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeTransactionsRequest], None]]] = {
    0: _write_describe_transactions_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeTransactionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTransactionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeTransactionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeTransactionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTransactionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeTransactionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeTransactionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTransactionsRequest", version, exc) from exc
    return parts


def encode(message: DescribeTransactionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTransactionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeTransactionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
