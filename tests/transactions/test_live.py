"""The conversations with Apache Kafka, spoken to a whole running broker: sockets, catalogue, engine, groups. The same answers.

Timeouts and the last epoch (which takes 32,766 introductions) are left to `test_kafka_answers.py`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from ottla.testing import EmbeddedBroker, broker
from support.raw import RawClient
from support.talk import create_topic
from transactions.live import LiveTalk
from transactions.scenarios import PARTITIONS, TOPIC
from transactions.test_kafka_answers import expected, recorded

LEFT_OUT = ("raise", "expire")


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddedBroker]:
    with broker(**{"broker.id": "0"}) as embedded:
        assert embedded.node is not None
        # Where we would wait for the step before, Kafka says CONCURRENT_TRANSACTIONS.
        embedded.node.broker.transactions._patience_ms = 0
        with RawClient(embedded.port) as client:
            create_topic(client, TOPIC, PARTITIONS)
        yield embedded


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 8))])
def test_same_answers_as_kafka(running: EmbeddedBroker, part: int) -> None:
    spoken = [
        one for one in recorded() if one["server"] == 2 and not any(step["do"] in LEFT_OUT for step in one["steps"])
    ]
    wrong = {}
    for number, one in enumerate(spoken[part::8]):
        talk = LiveTalk(f"l{part}x{number}", running.port)

        async def speak(talk: LiveTalk = talk, steps: list[dict[str, object]] = one["steps"]) -> list[object]:
            return [await talk.say(step) for step in steps]

        try:
            ours = json.loads(json.dumps(asyncio.run(speak())))
        finally:
            talk.client.socket.close()
        for at, (step, theirs, our) in enumerate(zip(one["steps"], expected(one), ours, strict=True)):
            if theirs != our:
                wrong[one["name"]] = f"step {at} {step}: Kafka {theirs}, we {our}"
                break
    assert wrong == {}
