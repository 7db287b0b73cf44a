"""The bounds of transactions. Those with a configuration key are Kafka's; the others keep one client from taking the broker's memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TRANSACTIONS_MAX: Final = 500_000
"""Transactional ids kept at a time. One more is refused with POLICY_VIOLATION."""

PARTICIPANTS_MAX: Final = 100_000
"""Partitions and groups of one transaction."""

PATIENCE_MS: Final = 500
"""How long a request may wait for the step before it, where Kafka answers CONCURRENT_TRANSACTIONS at once.

That step is usually a millisecond from its end, and clients come back after 20 to 100.
"""

WAITING_MAX: Final = 64
"""Requests that may wait so, for one transactional id."""


@dataclass(slots=True, frozen=True)
class TransactionSettings:
    """The configuration keys that transactions read, under their own names.

    Kafka looks for timed out transactions every `transaction.abort.timed.out.transaction.cleanup.interval.ms` (10 s); here each has a
    timer of its own and the key has nothing to do.
    """

    max_timeout_ms: int = 900_000
    id_expiration_ms: int = 604_800_000
    id_expiration_check_interval_ms: int = 3_600_000
    verifies_partitions: bool = True

    @classmethod
    def read(cls, integer: Callable[[str], int], boolean: Callable[[str], bool]) -> TransactionSettings:
        """From look-ups by configuration key, such as `Settings.int` and `Settings.bool`."""
        return cls(
            max_timeout_ms=integer("transaction.max.timeout.ms"),
            id_expiration_ms=integer("transactional.id.expiration.ms"),
            id_expiration_check_interval_ms=integer("transaction.remove.expired.transaction.cleanup.interval.ms"),
            verifies_partitions=boolean("transaction.partition.verification.enable"),
        )
