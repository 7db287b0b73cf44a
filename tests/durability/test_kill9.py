"""Kills under load lose nothing; and the auditor that says so is itself shown to notice each kind of damage."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from tests.durability.kill9 import Model, packed, run, value_of


def server(folder: Path) -> OttlaServer | KafkaServer:
    return KafkaServer(folder) if os.environ.get("OTTLA_TEST_SERVER") == "kafka" else OttlaServer(folder)


@pytest.mark.timeout(240)
def test_five_kills(tmp_path: Path) -> None:
    report = run(server(tmp_path), rounds=5, seed=5)
    assert not report.failures, report
    assert report.acknowledged > 500, report
    assert report.commits > 5, report
    assert report.transactions["committed"] > 20, report
    assert report.transactions["records copied"] > 20, report


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_kills(tmp_path: Path) -> None:
    report = run(server(tmp_path), rounds=200, seed=1, progress=print)
    assert not report.failures, report


@dataclass
class Read:
    """A record as a consumer would hand it over."""

    at: int
    content: bytes

    def partition(self) -> int:
        return 0

    def offset(self) -> int:
        return self.at

    def value(self) -> bytes:
        return self.content


def reading(*numbers: int, producer: int = 1) -> Model:
    """A model whose tail reader saw these records of one idempotent producer at offsets 0, 1, ..."""
    model = Model()
    model.idempotent.add(producer)
    for offset, number in enumerate(numbers):
        model.read(Read(offset, value_of(producer, 0, number)))  # type: ignore[arg-type]
    return model


def test_the_auditor_accepts_an_honest_log() -> None:
    model = reading(0, 1, 2)
    model.acknowledged.append((packed(1, 2), 0, 2))
    model.sent[1, 0] = 3
    model.judge()
    for offset in range(3):
        model.read_again(Read(offset, value_of(1, 0, offset)))  # type: ignore[arg-type]
    assert model.failures == []


def test_the_auditor_notices_a_duplicate_and_a_gap_of_an_idempotent_producer() -> None:
    assert "came again" in reading(0, 1, 1).failures[0]
    assert "came too early" in reading(0, 2).failures[0]


def test_the_auditor_allows_a_repeat_without_idempotence() -> None:
    model = Model()
    for offset, number in enumerate([0, 1, 1, 2]):
        model.read(Read(offset, value_of(1, 0, number)))  # type: ignore[arg-type]
    assert (model.failures, model.duplicates) == ([], 1)


def test_the_auditor_notices_a_lost_acknowledged_record() -> None:
    model = reading(0, 1)
    model.acknowledged.append((packed(1, 2), 0, 2))
    model.judge()
    assert "acknowledged (1, 2), not there" in model.failures[0]


def test_the_auditor_notices_records_that_were_sent_and_never_came() -> None:
    model = reading(0, 1)
    model.sent[1, 0] = 5
    model.judge()
    assert "sent and flushed 5, the log has 2" in model.failures[0]


def test_the_auditor_notices_an_altered_record() -> None:
    model = Model()
    value = value_of(1, 0, 0)
    model.read(Read(0, value[:-1] + bytes([value[-1] ^ 1])))  # type: ignore[arg-type]
    assert "altered record" in model.failures[0]


def test_the_auditor_notices_an_offset_that_is_skipped() -> None:
    model = reading(0)
    model.read(Read(2, value_of(1, 0, 1)))  # type: ignore[arg-type]
    assert "after offset 0 came 2" in model.failures[0]


def test_the_auditor_notices_that_what_was_read_is_another_record_now() -> None:
    model = reading(0, 1)
    model.read_again(Read(1, value_of(1, 0, 7)))  # type: ignore[arg-type]
    assert "before it was another record" in model.failures[0]
