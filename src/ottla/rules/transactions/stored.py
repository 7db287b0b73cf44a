"""A transactional id as it is stored: MessagePack of named fields, so that a later version may add some with defaults."""

from __future__ import annotations

from typing import Final

import msgspec

from ottla.rules.transactions.states import (
    MAX_EPOCH,
    NO_EPOCH,
    NO_PRODUCER_ID,
    PREPARED,
    Facts,
    State,
)

_NEVER_STORED: Final = frozenset((State.DEAD, State.PREPARE_EPOCH_FENCE))


class StoredStateError(ValueError):
    """Bytes that are no stored transaction; the message says why."""


class _Stored(msgspec.Struct, array_like=False):
    state: int
    producer_id: int
    producer_epoch: int
    timeout_ms: int
    updated_ms: int
    last_producer_epoch: int
    previous_producer_id: int
    next_producer_id: int
    started_ms: int
    partitions: dict[str, list[int]]
    groups: list[str]
    version: int


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Stored).decode


def encode(facts: Facts) -> bytes:
    """The bytes to store."""
    partitions: dict[str, list[int]] = {}
    for topic, index in facts.partitions:
        partitions.setdefault(topic, []).append(index)
    return _encode(
        _Stored(
            int(facts.state),
            facts.producer_id,
            facts.producer_epoch,
            facts.timeout_ms,
            facts.updated_ms,
            facts.last_producer_epoch,
            facts.previous_producer_id,
            facts.next_producer_id,
            facts.started_ms,
            partitions,
            list(facts.groups),
            facts.version,
        )
    )


def decode(transactional_id: str, data: bytes) -> Facts:
    """The facts in stored bytes. Raises StoredStateError."""
    try:
        stored = _decode(data)
        state = State(stored.state)
    except (msgspec.DecodeError, RecursionError, ValueError) as exc:
        raise StoredStateError(f"stored state of transactional id {transactional_id!r} is unreadable: {exc}") from exc
    facts = Facts(
        state,
        stored.producer_id,
        stored.producer_epoch,
        stored.timeout_ms,
        stored.updated_ms,
        last_producer_epoch=stored.last_producer_epoch,
        previous_producer_id=stored.previous_producer_id,
        next_producer_id=stored.next_producer_id,
        started_ms=stored.started_ms,
        partitions=frozenset((topic, index) for topic, indexes in stored.partitions.items() for index in indexes),
        groups=frozenset(stored.groups),
        version=stored.version,
    )
    fault = _fault(facts)
    if fault is not None:
        raise StoredStateError(f"stored state of transactional id {transactional_id!r} makes no sense: {fault}")
    return facts


def _fault(facts: Facts) -> str | None:
    if facts.state in _NEVER_STORED:
        return f"state {facts.state.label} is never stored"
    if facts.producer_id <= NO_PRODUCER_ID or not 0 <= facts.producer_epoch <= MAX_EPOCH:
        return f"producer id {facts.producer_id}, epoch {facts.producer_epoch}"
    if not NO_EPOCH <= facts.last_producer_epoch <= MAX_EPOCH:
        return f"last epoch {facts.last_producer_epoch}"
    if facts.timeout_ms <= 0:
        return f"timeout {facts.timeout_ms} ms"
    is_open = facts.state is State.ONGOING or facts.state in PREPARED
    if not is_open and (facts.partitions or facts.groups):
        return f"state {facts.state.label} with partitions"
    if is_open and facts.started_ms < 0:
        return f"state {facts.state.label} without a start"
    return None
