"""franz-go (producer, group consumer, kadm, GroupTransactSession), driven by go/main.go.

Expected values: what Apache Kafka 4.3.1 answers to it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from tests.foreign.support import outcome, steps

# The first run may fetch and compile the modules.
pytestmark = [pytest.mark.go, pytest.mark.timeout(1200)]

EXPECTED: dict[str, dict[str, Any]] = {
    "create_topic": {
        "partitions": 3,
        "has_id": True,
        "exists": "TOPIC_ALREADY_EXISTS",
        "validate_only": "none",
        "not_made": True,
    },
    "produce_consume": {"sent": 200, "read": 200, "same": True, "offsets_dense": True},
    "offsets": {
        "earliest": 0,
        "latest": 200,
        "committed": 200,
        "at": 57,
        "max_timestamp": 199,
        "low_watermark": 45,
        "earliest_after_delete": 45,
    },
    "rebalance_cooperative": {
        "disjoint": True,
        "revoked_from_one": 2,
        "lost": 0,
        "committed": 100,
        "read_again_by_two": 0,
    },
    # Eager members give everything back at each rebalance: 4 when two joins, 2 when two leaves.
    "rebalance_eager": {"disjoint": True, "revoked_from_one": 6, "lost": 0, "committed": 100, "read_again_by_two": 0},
    "commit_resume": {"read": 40, "committed": 40, "resumed_at": 40, "rest": 60},
    "configs": {"altered": "none", "set": "60000/DYNAMIC_TOPIC_CONFIG", "removed": "none", "refused": "INVALID_CONFIG"},
    "partitions": {"grown": "none", "end_of_the_new_one": 5, "shrinking": "INVALID_PARTITIONS"},
    "groups": {
        "state": "Stable",
        "protocol": "consumer/roundrobin",
        "members": 1,
        "delete_while_used": "NON_EMPTY_GROUP",
        "committed": "none",
        "fetched": "5/five",
        "lag_known": True,
        "offsets_deleted": "none",
        "listed": "Empty",
        "deleted": "none",
        "delete_again": "GROUP_ID_NOT_FOUND",
    },
    "cluster": {"brokers": 1, "cluster_id": True, "log_dir_knows_a_topic": 1},
    # Two workers, every third or fourth transaction aborted, partitions change hands in the middle.
    "exactly_once": {
        "copied": 120,
        "read": 120,
        "once_and_in_order": True,
        "aborted_some": True,
        "aborted_are_in_the_log": True,
        "committed": 120,
    },
    "fenced": {"elder": True, "committed": "0 seen", "everything": "0 never seen,0 seen"},
    "delete_topic": {"deleted": 11},
}


@pytest.fixture(scope="module")
def found(broker: str, go_program: Path) -> dict[str, dict[str, Any]]:
    return steps([str(go_program), broker, f"go{uuid.uuid4().hex[:6]}"], limit_s=600)


@pytest.mark.parametrize("step", EXPECTED)
def test_step(found: dict[str, dict[str, Any]], step: str) -> None:
    assert outcome(found, step) == EXPECTED[step]
