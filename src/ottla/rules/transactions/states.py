"""What is known of one transactional id: its states (KIP-98, KIP-588, KIP-890), and the facts that are stored.

Transaction protocol versions, as the feature `transaction.version` numbers them: 0 and 1 keep a producer's epoch over its transactions
(1 only changed how Kafka stores them), 2 raises it with every transaction that ends (KIP-890), so that nothing late can reach into the
next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

NO_PRODUCER_ID: Final = -1
NO_EPOCH: Final = -1
MAX_EPOCH: Final = 32767
LAST_EPOCH: Final = MAX_EPOCH - 1
"""The last epoch a client may hold: the coordinator can always fence by one more."""

EPOCH_BUMP_VERSION: Final = 2
"""From this transaction protocol version on, every end of a transaction raises the epoch."""

TopicPartition: TypeAlias = tuple[str, int]


class State(IntEnum):
    """Numbered as Kafka stores them."""

    EMPTY = 0
    ONGOING = 1
    PREPARE_COMMIT = 2
    PREPARE_ABORT = 3
    COMPLETE_COMMIT = 4
    COMPLETE_ABORT = 5
    DEAD = 6
    PREPARE_EPOCH_FENCE = 7

    @property
    def label(self) -> str:
        """The name in DescribeTransactions and ListTransactions."""
        return _LABELS[self]


_LABELS: Final[Mapping[State, str]] = {
    State.EMPTY: "Empty",
    State.ONGOING: "Ongoing",
    State.PREPARE_COMMIT: "PrepareCommit",
    State.PREPARE_ABORT: "PrepareAbort",
    State.COMPLETE_COMMIT: "CompleteCommit",
    State.COMPLETE_ABORT: "CompleteAbort",
    State.DEAD: "Dead",
    State.PREPARE_EPOCH_FENCE: "PrepareEpochFence",
}
BY_LABEL: Final[Mapping[str, State]] = {label: state for state, label in _LABELS.items()}

SETTLED: Final = frozenset((State.EMPTY, State.COMPLETE_COMMIT, State.COMPLETE_ABORT))
"""No transaction is open and none is being ended."""
PREPARED: Final = frozenset((State.PREPARE_COMMIT, State.PREPARE_ABORT))
"""How the transaction ends is decided; not every participant knows yet."""

FROM: Final[Mapping[State, frozenset[State]]] = {
    State.EMPTY: SETTLED,
    State.ONGOING: SETTLED | {State.ONGOING},
    State.PREPARE_COMMIT: frozenset((State.ONGOING,)),
    # KIP-890: a producer may abort a transaction to which nothing was added; the epoch rises all the same.
    State.PREPARE_ABORT: SETTLED | {State.ONGOING},
    State.COMPLETE_COMMIT: frozenset((State.PREPARE_COMMIT,)),
    State.COMPLETE_ABORT: frozenset((State.PREPARE_ABORT,)),
    State.DEAD: SETTLED,
    State.PREPARE_EPOCH_FENCE: frozenset((State.ONGOING,)),
}
"""From which states a state may be entered. PREPARE_EPOCH_FENCE is passed through within one step and never stored."""


class Facts(NamedTuple):
    """What is stored of a transactional id. Times are wall time (ms), -1 for none."""

    state: State
    producer_id: int
    producer_epoch: int
    timeout_ms: int
    updated_ms: int
    last_producer_epoch: int = NO_EPOCH
    """The epoch before the last rise that its producer asked for itself: a retry of that request is recognised by it (KIP-360)."""
    previous_producer_id: int = NO_PRODUCER_ID
    """The producer id before the last change of these facts."""
    next_producer_id: int = NO_PRODUCER_ID
    """While a transaction ends whose epoch was the last: the producer id that is handed out from then on."""
    started_ms: int = -1
    partitions: frozenset[TopicPartition] = frozenset()
    groups: frozenset[str] = frozenset()
    """Consumer groups whose offsets are committed with the transaction."""
    version: int = 0
    """The transaction protocol version of the request that led to this state."""


def is_exhausted(epoch: int) -> bool:
    """No client may be given a higher epoch of this producer id."""
    return epoch >= LAST_EPOCH
