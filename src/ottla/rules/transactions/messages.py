"""What goes into a transaction's machine and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.states import NO_EPOCH, NO_PRODUCER_ID, Facts, TopicPartition

Token = Any
"""Whoever waits for a reply; only handed through."""


class Now(NamedTuple):
    """The time of a step: `ticks_ms` never goes back and serves deadlines, `wall_ms` is stored and serves expiry."""

    ticks_ms: int
    wall_ms: int


# --- requests -----------------------------------------------------------------------------------------------------------------


class Init(NamedTuple):
    """InitProducerId for a transactional id. `expected` (id, epoch): what the producer has now and wants raised (KIP-360)."""

    timeout_ms: int
    expected: tuple[int, int] | None = None


class Add(NamedTuple):
    """AddPartitionsToTxn, AddOffsetsToTxn, and the implicit additions of Produce 12 and TxnOffsetCommit 5."""

    producer_id: int
    producer_epoch: int
    partitions: frozenset[TopicPartition] = frozenset()
    groups: frozenset[str] = frozenset()
    version: int = 0
    """The client's transaction protocol version."""


class End(NamedTuple):
    """EndTxn."""

    producer_id: int
    producer_epoch: int
    is_commit: bool
    version: int = 0
    """The client's transaction protocol version: 2 from EndTxn 5 on."""


# --- replies ------------------------------------------------------------------------------------------------------------------


class Reply(Protocol):
    """A reply can say of itself what it is when the coordinator failed."""

    @property
    def error(self) -> ErrorCode: ...

    def failed(self, error: ErrorCode) -> Reply:
        """The same reply, refused with `error`."""
        ...


class InitReply(NamedTuple):
    error: ErrorCode
    producer_id: int = NO_PRODUCER_ID
    producer_epoch: int = NO_EPOCH

    def failed(self, error: ErrorCode) -> InitReply:
        return InitReply(error)


class AddReply(NamedTuple):
    error: ErrorCode

    def failed(self, error: ErrorCode) -> AddReply:
        return AddReply(error)


class EndReply(NamedTuple):
    """`producer_id` and `producer_epoch`: what the producer goes on with (EndTxn 5)."""

    error: ErrorCode
    producer_id: int = NO_PRODUCER_ID
    producer_epoch: int = NO_EPOCH

    def failed(self, error: ErrorCode) -> EndReply:
        return EndReply(error)


# --- outcomes -----------------------------------------------------------------------------------------------------------------


class Ending(NamedTuple):
    """A decision that its participants have to be told: markers to write, pending offsets to settle. Telling it twice does no harm.

    `version` 2: the epoch was raised for this marker, so a partition takes it only above the epoch it knows (KIP-1228).
    """

    producer_id: int
    producer_epoch: int
    is_commit: bool
    version: int
    partitions: frozenset[TopicPartition]
    groups: frozenset[str]


class Write(NamedTuple):
    """Facts to make durable (None: the transactional id is forgotten).

    When they are, `then` is released and `Transaction.written(write)` called; when they cannot be, everyone in `then` is refused and the
    machine is dropped and loaded again from its last durable facts.
    """

    facts: Facts | None
    then: tuple[tuple[Token, Reply], ...] = ()


@dataclass(slots=True)
class Outcome:
    """What one step wants done, in this order: the writes handed over, the replies released, the participants told."""

    replies: list[tuple[Token, Reply]] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    ending: Ending | None = None
    wants_producer_id: bool = False
    """Nothing was done: the step is to be taken again with a fresh producer id."""


NOTHING: Sequence[tuple[Token, Reply]] = ()
