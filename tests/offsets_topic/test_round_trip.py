"""Apache Kafka's directory goes to Ottla and back: each finds what the other committed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench import toolbox
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from tests.foreign.conftest import ready
from tests.foreign.files import create, write
from tests.foreign.support import wait_for

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

GROUPS = ("manual", "member", "both", "deleted", "new")


def consumer(bootstrap: str, group: str) -> Consumer:
    return Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )


NOT_READY = (
    KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
    KafkaError.COORDINATOR_NOT_AVAILABLE,
    KafkaError.NOT_COORDINATOR,
    KafkaError.REQUEST_TIMED_OUT,
    KafkaError._TIMED_OUT,
    KafkaError._WAIT_COORD,
)


def patiently(what: str, call: Callable[[], Any]) -> Any:
    """A Kafka that has just begun says that its coordinators are somewhere else, or still loading."""
    results: list[Any] = []

    def attempt() -> bool:
        try:
            results.append(call())
        except KafkaException as problem:
            if problem.args[0].code() in NOT_READY:
                return False
            raise
        return True

    wait_for(what, attempt)
    return results[0]


def commit(bootstrap: str, group: str, partition: int, offset: int) -> None:
    by = consumer(bootstrap, group)
    offsets = [TopicPartition("trips", partition, offset)]
    patiently("a commit", lambda: by.commit(offsets=offsets, asynchronous=False))
    by.close()


def commit_as_member(bootstrap: str, group: str, offset: int) -> None:
    by = consumer(bootstrap, group)
    by.subscribe(["trips"])
    wait_for("a record", lambda: by.poll(0.2) is not None)
    offsets = [TopicPartition("trips", 0, offset)]
    patiently("a commit", lambda: by.commit(offsets=offsets, asynchronous=False))
    by.close()


def committed_by(by: Consumer) -> list[TopicPartition]:
    wanted = [TopicPartition("trips", 0), TopicPartition("trips", 1)]
    found: list[TopicPartition] = patiently("committed offsets", lambda: by.committed(wanted, timeout=30))
    return found


def committed(bootstrap: str) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], Any] = {}
    for group in GROUPS:
        by = consumer(bootstrap, group)
        for one in committed_by(by):
            if one.offset >= 0:
                found[group, one.partition] = one.offset
        by.close()
    return found


def test_there_and_back(tmp_path: Path) -> None:
    ready(toolbox.java_class_path)
    kafka = KafkaServer(tmp_path / "kafka", {"offsets.topic.num.partitions": "4"})
    with kafka:
        create(kafka.bootstrap, "trips", 2)
        write(kafka.bootstrap, "trips", 2, 20, "none")
        commit(kafka.bootstrap, "manual", 0, 3)
        commit_as_member(kafka.bootstrap, "member", 4)
        commit(kafka.bootstrap, "both", 0, 5)
        commit(kafka.bootstrap, "deleted", 0, 6)
        before = committed(kafka.bootstrap)
    assert before == {("manual", 0): 3, ("member", 0): 4, ("both", 0): 5, ("deleted", 0): 6}

    with OttlaServer(tmp_path / "ottla", data=kafka.log_dir) as ottla:
        assert committed(ottla.bootstrap) == before
        commit(ottla.bootstrap, "both", 0, 15)
        commit(ottla.bootstrap, "both", 1, 16)
        commit_as_member(ottla.bootstrap, "member", 14)
        commit(ottla.bootstrap, "new", 1, 17)
        admin = AdminClient({"bootstrap.servers": ottla.bootstrap})
        admin.delete_consumer_groups(["deleted"])["deleted"].result(30)
        after = committed(ottla.bootstrap)
    assert after == {("manual", 0): 3, ("member", 0): 14, ("both", 0): 15, ("both", 1): 16, ("new", 1): 17}

    with kafka:
        assert committed(kafka.bootstrap) == after
        commit_as_member(kafka.bootstrap, "member", 18)
