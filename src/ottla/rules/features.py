"""Feature levels (KIP-584, KIP-778): what a cluster has agreed on, which clients look at beside API versions.

Listed are only features whose whole meaning is served. `metadata.version` names the release whose semantics this broker has, so it
supports one level and no other; `kraft.version` 1 means that DescribeQuorum tells voters' directories and endpoints (KIP-853).
Levels are those of Apache Kafka 4.3.1. `transaction.version` 2 raises a producer's epoch with
every transaction (KIP-890). Not here until they work: group.version, share.version, streams.version, eligible.leader.replicas.version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from ottla.base.errors import ErrorCode
from ottla.rules.topics import Refusal

METADATA_VERSION = "metadata.version"
KRAFT_VERSION = "kraft.version"
TRANSACTION_VERSION = "transaction.version"
METADATA_4_3_IV0 = 30

SUPPORTED: Mapping[str, tuple[int, int]] = {
    KRAFT_VERSION: (0, 1),
    METADATA_VERSION: (METADATA_4_3_IV0, METADATA_4_3_IV0),
    TRANSACTION_VERSION: (0, 2),
}
FRESH: Mapping[str, int] = {KRAFT_VERSION: 1, METADATA_VERSION: METADATA_4_3_IV0, TRANSACTION_VERSION: 2}
"""What a new cluster begins with."""


class UpgradeType(IntEnum):
    UPGRADE = 1
    SAFE_DOWNGRADE = 2
    UNSAFE_DOWNGRADE = 3


@dataclass(slots=True, frozen=True)
class FeatureUpdate:
    """A wanted level; `upgrade_type` as it stands on the wire, so it may be no known one."""

    name: str
    level: int
    upgrade_type: int = UpgradeType.UPGRADE


def check_update(update: FeatureUpdate, finalized: Mapping[str, int], node_id: int) -> Refusal | None:
    """Whether a feature may go to a level, and Kafka's words when it may not."""
    fault = _fault(update, finalized.get(update.name, 0), node_id)
    if fault is None:
        return None
    return Refusal(
        ErrorCode.INVALID_UPDATE_VERSION,
        f"Invalid update version {update.level} for feature {update.name}. {fault}",
    )


def _fault(update: FeatureUpdate, current: int, node_id: int) -> str | None:
    if update.upgrade_type not in UpgradeType.__members__.values():
        return "The controller does not support the given upgrade type."
    if update.level < 0:
        return "A feature version cannot be less than 0."
    low, high = SUPPORTED.get(update.name, (0, 0))
    if not low <= update.level <= high:
        if high == 0:
            return f"Local controller {node_id} does not support this feature."
        return f"Local controller {node_id} only supports versions {low if low == high else f'{low}-{high}'}"
    if update.level < current:
        if update.upgrade_type == UpgradeType.UPGRADE:
            return (
                "Can't downgrade the version of this feature without setting the upgrade type to either "
                "safe or unsafe downgrade."
            )
        if update.name == KRAFT_VERSION:
            return "Can't downgrade the version of this feature."
    if update.level > current and update.upgrade_type != UpgradeType.UPGRADE:
        return "Can't downgrade to a newer version."
    return None


def check_updates(updates: Iterable[FeatureUpdate], finalized: Mapping[str, int], node_id: int) -> Refusal | None:
    """The first refusal refuses all of them."""
    for update in updates:
        refusal = check_update(update, finalized, node_id)
        if refusal is not None:
            return Refusal(
                refusal.error,
                f"The update failed for all features since the following feature had an error: {refusal.message}",
            )
    return None
