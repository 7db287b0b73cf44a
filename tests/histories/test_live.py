"""Histories of real clients under kill -9, judged by the checker; longer ones with `make test-all`.

`OTTLA_TEST_SERVER=kafka` runs the same against Apache Kafka, which checks the tests.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import toolbox
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from tests.histories import confluent, java_copier
from tests.histories.command import Recorded


def server(folder: Path) -> OttlaServer | KafkaServer:
    return KafkaServer(folder) if os.environ.get("OTTLA_TEST_SERVER") == "kafka" else OttlaServer(folder)


def assert_sound(recorded: Recorded, *, committed: int, aborted: int) -> None:
    """Nothing was found, and there was something to find it in."""
    assert recorded.failures == [], "\n".join(recorded.failures)
    found = recorded.findings()
    assert found.anomalies == [], str(found)
    outcomes = recorded.outcomes()
    assert outcomes["committed"] >= committed, outcomes
    assert outcomes["aborted"] >= aborted, outcomes


@pytest.fixture
def java() -> None:
    try:
        toolbox.java_classes()
    except toolbox.Unavailable as missing:
        if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            pytest.fail(f"in CI the foreign clients must run: {missing}", pytrace=False)
        pytest.skip(str(missing))


@pytest.mark.timeout(240)
def test_librdkafka_through_four_kills(tmp_path: Path) -> None:
    assert_sound(confluent.record(server(tmp_path), rounds=4, seed=4), committed=20, aborted=3)


@pytest.mark.java
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("java")
def test_java_copiers_through_two_kills(tmp_path: Path) -> None:
    assert_sound(java_copier.record(server(tmp_path), rounds=2, seed=2, load_s=1.5), committed=30, aborted=5)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [1, 2])
def test_librdkafka_through_forty_kills(tmp_path: Path, seed: int) -> None:
    assert_sound(confluent.record(server(tmp_path), rounds=40, seed=seed), committed=200, aborted=40)


@pytest.mark.slow
@pytest.mark.java
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("java")
def test_java_copiers_through_twenty_kills(tmp_path: Path) -> None:
    assert_sound(java_copier.record(server(tmp_path), rounds=20, seed=1, load_s=2.0), committed=200, aborted=40)
