"""The same conversations with our handlers as with Apache Kafka 4.3.1 (`record_kafka.py`): the same answers, word for word.

`patience_ms` is 0 here: where we would wait for the step before, Kafka says CONCURRENT_TRANSACTIONS.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ottla.broker.handlers import transactions as handlers
from transactions.fakes import World
from transactions.scenarios import (
    ADD_OFFSETS,
    ADD_PARTITIONS,
    DESCRIBE,
    END,
    INIT,
    LIST,
    TXN_OFFSET_COMMIT,
    Step,
    Talk,
)

ANSWERS = Path(__file__).with_name("kafka-4.3.1.json.gz")
HANDLERS = {
    INIT: handlers.init_transactional,
    ADD_PARTITIONS: handlers.add_partitions_to_txn,
    ADD_OFFSETS: handlers.add_offsets_to_txn,
    END: handlers.end_txn,
    TXN_OFFSET_COMMIT: handlers.txn_offset_commit,
    DESCRIBE: handlers.describe_transactions,
    LIST: handlers.list_transactions,
}


ZOMBIES = {"seed 166": {34}, "seed 179": {10}, "seed 230": {25, 26}, "seed 289": {32}}
"""Conversation -> steps in which Kafka serves EndTxn 5 of an epoch whose successor was ended by an older protocol; we refuse it."""
FENCED = [90, -1, -1]


@cache
def recorded() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gzip.decompress(ANSWERS.read_bytes()))
    return found


class OurTalk(Talk):
    def __init__(self, world: World) -> None:
        super().__init__("c", self._call)
        self.world = world

    async def _call(self, api_key: int, version: int, message: Any) -> Any:
        self.world.clock.ticks += 2  # every request takes a while
        answer = await self.world.call(HANDLERS[api_key], api_key, version, message)
        await self.world.turn()
        return answer

    async def do_raise(self, step: Step) -> Any:
        """32,766 introductions, in one go."""
        entry = self.world.transactions._entries[self.tx(step["tx"])]
        facts = entry.machine.facts
        assert facts is not None
        entry.machine.facts = entry.durable = facts._replace(producer_epoch=step["to"])
        return self.take(step["tx"], facts.producer_id, step["to"])

    async def do_pause(self, step: Step) -> Any:
        await self.world.pass_ms(100)
        return []

    async def do_expire(self, step: Step) -> Any:
        await self.world.pass_ms(4001)
        return (await self.do_describe(step))[1]


async def speak(server_version: int, steps: list[Step]) -> list[Any]:
    world = World(patience_ms=0, version=server_version, broker_id="0").start()
    talk = OurTalk(world)
    answers = [await talk.say(step) for step in steps]
    world.transactions.close()
    return answers


def expected(one: dict[str, Any]) -> list[Any]:
    """What Kafka answered, but for what we answer otherwise on purpose."""
    zombies = ZOMBIES.get(one["name"], ())
    return [FENCED if at in zombies else answer for at, answer in enumerate(one["answers"])]


def differences(one: dict[str, Any]) -> list[str]:
    ours = asyncio.run(speak(one["server"], one["steps"]))
    return [
        f"step {at} {step}: Kafka {theirs}, we {our}"
        for at, (step, theirs, our) in enumerate(zip(one["steps"], expected(one), ours, strict=True))
        if json.loads(json.dumps(our)) != theirs and not is_up_to_the_clock(step)
    ]


def is_up_to_the_clock(step: Step) -> bool:
    """Whether a transaction is older than 0 ms depends on whether one has passed since it began; Kafka's clock was a real one."""
    return bool(step["do"] == "list" and step.get("longer_than_ms") == 0)


def test_enough_was_recorded() -> None:
    assert len(recorded()) > 300
    steps = [step["do"] for one in recorded() for step in one["steps"]]
    assert len(steps) > 8000


@pytest.mark.parametrize("part", range(10))
def test_same_answers_as_kafka(part: int) -> None:
    found = {f"{one['name']} (server {one['server']})": differences(one)[:2] for one in recorded()[part::10]}
    assert {name: first for name, first in found.items() if first} == {}
