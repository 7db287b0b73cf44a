"""The bounds of groups. Those with a configuration key are Kafka's; the others keep one client from taking the broker's memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000
"""A new member's parked JoinGroup is dropped after this long (Kafka's constant): its client may be gone, and would retry if not."""

MIN_JOIN_RETRY_MS = 100
"""A rebalance that nobody joined is tried again after the rebalance timeout, which a client may have set to 0."""

GROUPS_MAX = 200_000
PENDING_MEMBERS_MAX = 10_000
"""Member ids given out and not yet used, per group."""

PROTOCOLS_MAX = 256
METADATA_BYTES_MAX = 8 * 1024 * 1024
"""All protocols' metadata of one member."""

ASSIGNMENT_BYTES_MAX = 64 * 1024 * 1024
"""All members' assignments of one SyncGroup."""


@dataclass(slots=True, frozen=True)
class GroupSettings:
    """The configuration keys that groups read, under their own names. Kafka changes none of them while it runs."""

    initial_rebalance_delay_ms: int = 3000
    min_session_timeout_ms: int = 6000
    max_session_timeout_ms: int = 1_800_000
    max_size: int = 2_147_483_647
    offset_metadata_max_bytes: int = 4096
    offsets_retention_ms: int = 10080 * 60_000
    offsets_retention_check_interval_ms: int = 600_000

    @classmethod
    def read(cls, integer: Callable[[str], int]) -> GroupSettings:
        """From a look-up by configuration key, such as `Settings.int`."""
        return cls(
            initial_rebalance_delay_ms=integer("group.initial.rebalance.delay.ms"),
            min_session_timeout_ms=integer("group.min.session.timeout.ms"),
            max_session_timeout_ms=integer("group.max.session.timeout.ms"),
            max_size=integer("group.max.size"),
            offset_metadata_max_bytes=integer("offset.metadata.max.bytes"),
            offsets_retention_ms=integer("offsets.retention.minutes") * 60_000,
            offsets_retention_check_interval_ms=integer("offsets.retention.check.interval.ms"),
        )
