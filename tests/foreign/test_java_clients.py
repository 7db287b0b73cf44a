"""The Java clients (producer, consumer, admin of Apache Kafka 4.3.1), driven by java/Scenario.java.

The expected values are what Apache Kafka 4.3.1 answers to the same program. Transactions: test_java_transactions.py.
Waiting for other issues: consumer groups of KIP-848, share and streams groups.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from tests.foreign.support import JavaTools, outcome, parse_steps

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

Steps = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def found(broker: str, java_tools: JavaTools) -> Steps:
    ran = java_tools.run("Scenario", broker, f"java{uuid.uuid4().hex[:6]}")
    return parse_steps(ran.out, ran.err)


def test_creates_a_topic(found: Steps) -> None:
    assert outcome(found, "create_topic") == {
        "absent_after_validate_only": True,
        "partitions": 3,
        "replication_factor": 1,
        "retention_ms": "123456789",
        "cleanup_policy": "delete",
        "same_id": True,
        "described_partitions": 3,
        "leaders": 3,
    }


def test_refusals_are_kafkas_own(found: Steps) -> None:
    assert outcome(found, "create_refused") == {
        "exists": "TopicExistsException",
        "bad_name": "InvalidTopicException",
        "no_partitions": "InvalidPartitionsException",
        "replication": "InvalidReplicationFactorException",
        "bad_config": "InvalidConfigurationException",
        "unknown_config": "InvalidConfigurationException",
        "delete_unknown": "UnknownTopicOrPartitionException",
        "describe_unknown": "UnknownTopicOrPartitionException",
    }


def test_every_codec_key_header_and_null_comes_back(found: Steps) -> None:
    assert outcome(found, "produce_consume") == {
        "sent": 200,
        "read": 200,
        "same": True,
        "offsets_dense": True,
        "headers": True,
        "position": 200,
    }


def test_offsets_by_end_by_time_and_after_deletion(found: Steps) -> None:
    assert outcome(found, "offsets") == {
        "earliest": 0,
        "latest": 200,
        "max_timestamp": 199,
        "at": 57,
        "after_all": -1,
        "earliest_local": 0,
        "for_time": 103,
        "for_time_timestamp": 1_700_000_000_103,
        "for_time_none": True,
        "end_offset": 200,
        "beginning_offset": 0,
        "earliest_after_delete": 45,
        "first_read_after_delete": 45,
        "delete_beyond_end": "OffsetOutOfRangeException",
    }


def test_an_eager_group_splits_and_heals(found: Steps) -> None:
    step = outcome(found, "rebalance_eager")
    # Eager members give everything back at each rebalance: 4 when two joins, 2 when two leaves.
    assert step.pop("revoked_from_one") >= 6
    assert step == {
        "disjoint": True,
        "generation_grew": True,
        "member_kept_its_id": True,
        "lost": 0,
        "committed": 100,
    }


def test_a_cooperative_group_moves_only_what_must_move(found: Steps) -> None:
    assert outcome(found, "rebalance_cooperative") == {
        "disjoint": True,
        "generation_grew": True,
        "member_kept_its_id": True,
        "lost": 0,
        "revoked_from_one": 2,
        "committed": 100,
    }


def test_a_static_member_returns_without_a_rebalance_and_fences_its_elder(found: Steps) -> None:
    assert outcome(found, "static_member") == {
        "same_partitions": True,
        "no_rebalance": True,
        "fenced": "FencedInstanceIdException",
        "instances": ["one", "two"],
        "members_after_removal": 0,
    }


def test_commits_and_resumes(found: Steps) -> None:
    assert outcome(found, "commit_resume") == {
        "committed": 40,
        "metadata": "forty",
        "resumed_at": 40,
        "rest": 60,
        "committed_at_the_end": 100,
        "position_of_a_simple_consumer": 100,
        "rewound": 7,
    }


def test_configs_are_described_altered_and_take_effect(found: Steps) -> None:
    step = outcome(found, "configs")
    assert step.pop("keys") >= 33
    assert step.pop("broker_keys") >= 200
    assert step == {
        "source": "DYNAMIC_TOPIC_CONFIG",
        "default_source": "DEFAULT_CONFIG",
        "too_large": "RecordTooLargeException",
        "retention_ms": "60000",
        "cleanup_policy": "delete,compact",
        "max_message_bytes_source": "DEFAULT_CONFIG",
        "fits_now": "none",
        "bad_value": "InvalidConfigurationException",
        "unknown_key": "InvalidConfigurationException",
        "node_id": True,
        "node_id_read_only": True,
    }


def test_partitions_are_added_and_producers_described(found: Steps) -> None:
    assert outcome(found, "partitions") == {
        "end_of_the_new_one": 5,
        "shrinking": "InvalidPartitionsException",
        "unknown_topic": "UnknownTopicOrPartitionException",
        "producers": 1,
        "last_sequence": 4,
    }


def test_groups_are_listed_described_altered_and_deleted(found: Steps) -> None:
    assert outcome(found, "groups") == {
        "state": "Stable",
        "assignor": "range",
        "client_id": "the-client",
        "assigned": 2,
        "delete_while_used": "GroupNotEmptyException",
        "alter_while_used": "UnknownMemberIdException",
        "listed": ["Classic/consumer"],
        "altered": 5,
        "offsets_left": 1,
        "delete_again": "GroupIdNotFoundException",
        "describe_deleted": "GroupIdNotFoundException",
        "listed_after_delete": 0,
    }


def test_the_cluster_answers_truthfully_for_one_node(found: Steps) -> None:
    step = outcome(found, "cluster")
    # Only features that work are reported; Apache Kafka lists seven.
    assert {"metadata.version"} <= set(step.pop("features"))
    step.pop("client_metrics_resources")
    assert step == {
        "nodes": 1,
        "cluster_id": True,
        "log_dirs": 1,
        "log_dir_knows_a_topic": True,
        "reassignments": 0,
        "elect": "none",
        "quorum_leader": True,
    }


def test_topics_are_deleted_by_name_and_by_id(found: Steps) -> None:
    assert outcome(found, "delete_topic") == {"deleted": 9, "describe_deleted": "UnknownTopicOrPartitionException"}
