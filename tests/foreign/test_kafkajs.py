"""kafkajs 2.2.4, driven by node/scenario.js. Expected values: what Apache Kafka 4.3.1 answers to it.

It speaks versions of 2023 at most (Produce 7, Fetch 11, JoinGroup 5), so it stands for the older clients.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from bench import toolbox
from tests.foreign.support import outcome, steps

pytestmark = [pytest.mark.node, pytest.mark.timeout(600)]

EXPECTED: dict[str, dict[str, Any]] = {
    "create_topic": {
        "listed": True,
        "not_made": True,
        "validated": True,
        "created_again": False,
        "bad_name": "INVALID_TOPIC_EXCEPTION",
        "partitions": 3,
    },
    "produce_consume": {"sent": 120, "read": 120, "same": True, "headers": True},
    "offsets": {"low": "0", "high": "120", "at": "57", "low_after_delete": "45"},
    "rebalance_eager": {"disjoint": True, "committed": 100, "read_twice": 0},
    "commit_resume": {"committed": "40", "metadata": "forty", "resumed_at": "0/40", "rest": 60},
    "configs": {"before": "604800000", "after": "60000", "refused": "INVALID_CONFIG"},
    "partitions": {"ends": ["5", "5", "5"]},
    "groups": {
        "state": "Stable",
        "protocol": "RoundRobinAssigner",
        "members": 1,
        "delete_while_used": "NON_EMPTY_GROUP",
        "set": "2",
        "listed": True,
        "delete_again": "GROUP_ID_NOT_FOUND",
    },
    "cluster": {"brokers": 1, "controller": True, "cluster_id": True},
    "delete_topic": {"deleted": 7},
}


@pytest.fixture(scope="module")
def found(broker: str, node_project: Path) -> dict[str, dict[str, Any]]:
    argv = [toolbox.node(), "scenario.js", broker, f"js{uuid.uuid4().hex[:6]}"]
    return steps(argv, limit_s=400, cwd=node_project)


@pytest.mark.parametrize("step", EXPECTED)
def test_step(found: dict[str, dict[str, Any]], step: str) -> None:
    assert outcome(found, step) == EXPECTED[step]
