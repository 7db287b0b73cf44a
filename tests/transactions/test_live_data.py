"""What Apache Kafka 4.3.1 answered about a transaction's data (`record_data.py`), asked of a whole running broker: the same answers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ottla.testing import EmbeddedBroker, broker
from support.raw import RawClient
from transactions.data_talk import STUCK, set_level, speak

ANSWERS = Path(__file__).with_name("kafka-4.3.1-data.json.gz")
PARTS = 8


@cache
def recorded() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gzip.decompress(ANSWERS.read_bytes()))
    return found


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddedBroker]:
    with broker(
        **{"broker.id": "0", "offsets.topic.num.partitions": "1", "group.initial.rebalance.delay.ms": "0"}
    ) as embedded:
        assert embedded.node is not None
        # Where we would wait for the step before, Kafka says CONCURRENT_TRANSACTIONS.
        embedded.node.broker.transactions._patience_ms = 0
        yield embedded


ON_PURPOSE: dict[str, dict[int, Any]] = {
    # Where DeleteRecords passes the first offset of a transaction, we answer nothing below the log's start. Kafka names a last stable
    # offset, and a record with the greatest time, that are gone.
    "records deleted below an open transaction": {8: [0, 2, -1]},
    "records deleted over an open transaction": {9: [0, -1, -1], 10: [0, -1, -1]},
    "records deleted above the last stable offset": {7: [0, 4, -1]},
    # A batch of a transaction that has ended comes again: to Kafka a duplicate, to us sequence numbers used twice (`rules.producers`).
    "sequences go on": {7: [[0, 59, -1, 0]]},
}
"""Answers that differ from Kafka's: conversation -> step -> ours."""


def visible(step: dict[str, Any], answer: Any) -> Any:
    """An answer as a reader takes it: below the log's start nothing is there, so an aborted transaction does not begin there either."""
    if step["do"] == "fetch" and answer[4]:
        log_start = answer[3]
        return [*answer[:4], [[producer, max(first, log_start)] for producer, first in answer[4]], answer[5]]
    return answer


def differences(running: EmbeddedBroker, prefix: str, one: dict[str, Any]) -> list[str]:
    ours = speak(running.port, prefix, one["steps"])
    wrong = []
    for at, (step, our) in enumerate(zip(one["steps"], ours, strict=False)):
        if at == len(one["answers"]) or one["answers"][at] == STUCK:
            break  # we go on: a marker that is refused for good counts as told here
        theirs = ON_PURPOSE.get(one["name"], {}).get(at, one["answers"][at])
        if visible(step, theirs) != visible(step, our):
            wrong.append(f"step {at} {step}: Kafka {theirs}, we {our}")
    return wrong


def test_enough_was_recorded() -> None:
    assert len(recorded()) > 200
    steps = [step["do"] for one in recorded() for step in one["steps"]]
    assert len(steps) > 7000
    assert steps.count("produce") > 2000


def parts() -> list[Any]:
    """(level, part of so many); the same conversations at another level are left to `make test-all`, but for one part."""
    return [
        pytest.param(level, part, marks=[pytest.mark.slow] if level == 1 and part else [])
        for level in (2, 1, 0)
        for part in range(PARTS)
    ]


@pytest.mark.parametrize(("level", "part"), parts())
def test_same_answers_as_kafka(running: EmbeddedBroker, level: int, part: int) -> None:
    with RawClient(running.port) as client:
        assert set_level(client, level) == 0
    wrong = {}
    for number, one in enumerate([one for one in recorded() if one["server"] == level][part::PARTS]):
        found = differences(running, f"d{level}.{part}.{number}", one)
        if found:
            wrong[one["name"]] = found[0]
    assert wrong == {}
