"""The topic service: operations side by side, interrupted, and over a restart."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.admin.fakes import NODE, FakeEngine, Lab

from ottla.base.errors import ErrorCode
from ottla.broker.producer_ids import ProducerIds
from ottla.broker.topics import TopicService
from ottla.catalogue.model import CatalogueError, Topic
from ottla.rules.topics import MorePartitions, NewTopic, Refusal


def test_two_who_create_one_topic(lab: Lab) -> None:
    async def both() -> list[Any]:
        return await asyncio.gather(lab.service.create([NewTopic("t", 2)]), lab.service.create([NewTopic("t", 3)]))

    (first,), (second,) = asyncio.run(both())
    assert isinstance(first, Topic)
    assert second == Refusal(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic 't' already exists.")
    assert len(lab.engine.topics["t"]) == 2


def test_two_who_create_topics_that_collide(lab: Lab) -> None:
    async def both() -> list[Any]:
        return await asyncio.gather(lab.service.create([NewTopic("a.b")]), lab.service.create([NewTopic("a_b")]))

    (first,), (second,) = asyncio.run(both())
    assert isinstance(first, Topic)
    assert isinstance(second, Refusal)
    assert second.error is ErrorCode.INVALID_TOPIC_EXCEPTION


def test_different_topics_are_made_side_by_side(lab: Lab) -> None:
    async def many() -> int:
        turns = 0

        async def count() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        counter = asyncio.create_task(count())
        await asyncio.gather(*(lab.service.create([NewTopic(f"t{number}")]) for number in range(50)))
        counter.cancel()
        return turns

    assert asyncio.run(many()) < 20  # one after the other would take hundreds
    assert len(lab.engine.topics) == 50


def test_growth_and_deletion_wait_for_each_other(lab: Lab) -> None:
    topic = lab.put("t")

    async def both() -> list[Any]:
        return await asyncio.gather(
            lab.service.add_partitions([MorePartitions("t", 3)]),
            lab.service.delete([topic.topic_id]),
            lab.service.add_partitions([MorePartitions("t", 5)]),
            lab.service.create([NewTopic("t", 4)]),
        )

    (grown,), deleted, (late,), (again,) = asyncio.run(both())
    assert isinstance(grown, Topic)
    assert deleted == {topic.topic_id: None}
    assert late == Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    assert isinstance(again, Topic)
    assert lab.engine.dropped == [("t", 0), ("t", 1), ("t", 2)]
    assert list(lab.engine.topic_ids) == [again.topic_id]
    assert len(lab.engine.topics["t"]) == 4


def test_two_who_delete_one_topic(lab: Lab) -> None:
    topic = lab.put("t")

    async def both() -> list[Any]:
        return await asyncio.gather(lab.service.delete([topic.topic_id]), lab.service.delete([topic.topic_id]))

    first, second = asyncio.run(both())
    assert first[topic.topic_id] is None
    assert second[topic.topic_id].error is ErrorCode.UNKNOWN_TOPIC_ID


def test_a_client_that_goes_away_leaves_no_half_made_topic(lab: Lab) -> None:
    async def interrupted() -> None:
        task = asyncio.create_task(lab.service.create([NewTopic("t", 3)]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # Someone else's request for the name waits for the first to be done, then finds the topic there.
        (second,) = await lab.service.create([NewTopic("t")])
        assert isinstance(second, Refusal)

    asyncio.run(interrupted())
    assert len(lab.catalogue.topics["t"].partitions) == 3
    assert [one is not None for one in lab.engine.topics["t"]] == [True] * 3


def test_everything_opens_at_start_and_names_still_collide(lab: Lab) -> None:
    asyncio.run(lab.service.create([NewTopic("a.b", 3, configs=(("retention.ms", "5"),)), NewTopic("c")]))
    engine = FakeEngine()
    again: Any = TopicService(lab.broker.catalogue, engine, lab.settings, NODE, lab.clock)  # type: ignore[arg-type]
    asyncio.run(again.open_all())
    assert {name: len(opened) for name, opened in engine.topics.items()} == {"a.b": 3, "c": 1}
    opened = engine.topics["a.b"][2]
    assert opened is not None
    assert opened.config.retention_ms == 5
    (refusal,) = asyncio.run(again.create([NewTopic("a_b")]))
    assert refusal.error is ErrorCode.INVALID_TOPIC_EXCEPTION


def test_a_big_request_is_one_commit_and_few_calls_of_the_engine(lab: Lab) -> None:
    made = asyncio.run(lab.service.create([NewTopic(f"t{number}", 2) for number in range(2000)]))
    assert all(isinstance(one, Topic) for one in made)
    assert len(lab.catalogue.commits) == 1
    assert lab.engine.open_calls == 8


def test_auto_creation_answers_every_name_once(lab: Lab) -> None:
    there = lab.put("there")
    out = asyncio.run(lab.service.auto_create(["new", "there", "new", "bad name", "__transaction_state"]))
    assert out["there"] is there
    assert isinstance(out["new"], Topic)
    assert {name: one.error.name for name, one in out.items() if isinstance(one, Refusal)} == {
        "bad name": "INVALID_TOPIC_EXCEPTION",
        "__transaction_state": "UNKNOWN_TOPIC_OR_PARTITION",
    }


def test_a_caller_that_gives_up_does_not_take_the_reservation_with_it(lab: Lab) -> None:
    catalogue: Any = lab.catalogue
    ids = ProducerIds(catalogue)

    async def run() -> list[int]:
        first = asyncio.create_task(ids.allocate())
        second = asyncio.create_task(ids.allocate())
        await asyncio.sleep(0)
        first.cancel()
        return [await second, await ids.allocate()]

    assert asyncio.run(run()) == [0, 1]
    assert len(lab.catalogue.commits) == 1


def test_a_reservation_that_fails_hands_out_nothing(lab: Lab) -> None:
    catalogue: Any = lab.catalogue
    ids = ProducerIds(catalogue)
    lab.catalogue.broken = True
    with pytest.raises(CatalogueError):
        asyncio.run(ids.allocate())
    lab.catalogue.broken = False
    assert asyncio.run(ids.allocate()) == 0


def test_a_deleted_topic_is_forgotten_when_its_files_are(lab: Lab) -> None:
    a, b = lab.put("a"), lab.put("b")
    asyncio.run(lab.service.delete([a.topic_id, b.topic_id]))
    assert set(lab.catalogue.deleted_topic_ids) == {a.topic_id, b.topic_id}
    asyncio.run(lab.service.forget_deleted({b.topic_id}))
    assert set(lab.catalogue.deleted_topic_ids) == {b.topic_id}
    lab.catalogue.broken = True
    asyncio.run(lab.service.forget_deleted(set()))
    assert set(lab.catalogue.deleted_topic_ids) == {b.topic_id}
