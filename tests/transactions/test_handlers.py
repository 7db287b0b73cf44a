"""What the handlers add to the coordinator: many in one request, WriteTxnMarkers, and what the conversations with Kafka leave out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.broker.handlers import transactions as handlers
from ottla.wire.messages import add_partitions_to_txn_request as add_partitions
from ottla.wire.messages import list_transactions_request as listing
from ottla.wire.messages import txn_offset_commit_request as offsets
from ottla.wire.messages import write_txn_markers_request as markers
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from transactions.fakes import World
from transactions.scenarios import ADD_PARTITIONS, INIT, LIST, TXN_OFFSET_COMMIT

E = ErrorCode
WRITE_MARKERS = 27


def run(body: Callable[[World], Awaitable[None]]) -> None:
    async def main() -> None:
        world = World(broker_id="0").start()
        await body(world)
        world.transactions.close()

    asyncio.run(main())


async def introduce(world: World, name: str) -> tuple[int, int]:
    message = InitProducerIdRequest(name, 60_000)
    answer = await world.call(handlers.init_transactional, INIT, 5, message)
    assert answer.error_code == E.NONE
    return answer.producer_id, answer.producer_epoch


async def add(world: World, *transactions: add_partitions.AddPartitionsToTxnTransaction) -> Any:
    message = add_partitions.AddPartitionsToTxnRequest(list(transactions))
    return await world.call(handlers.add_partitions_to_txn, ADD_PARTITIONS, 5, message)


async def commit_offsets(
    world: World, name: str, producer: tuple[int, int], *partitions: Any, version: int = 5
) -> list[int]:
    topics = [offsets.TxnOffsetCommitRequestTopic("data", list(partitions))]
    message = offsets.TxnOffsetCommitRequest(name, "g", *producer, topics=topics)
    answer = await world.call(handlers.txn_offset_commit, TXN_OFFSET_COMMIT, version, message)
    return [one.error_code for topic in answer.topics for one in topic.partitions]


def part(index: int, offset: int = 1, metadata: str | None = "") -> Any:
    return offsets.TxnOffsetCommitRequestPartition(index, offset, -1, metadata)


def test_many_transactions_in_one_request() -> None:
    async def body(world: World) -> None:
        one, other = await introduce(world, "one"), await introduce(world, "other")
        topic = add_partitions.AddPartitionsToTxnTopic
        answer = await add(
            world,
            add_partitions.AddPartitionsToTxnTransaction("one", *one, False, [topic("data", [0, 1])]),
            add_partitions.AddPartitionsToTxnTransaction("other", *other, True, [topic("data", [2])]),
            add_partitions.AddPartitionsToTxnTransaction("nobody", 5, 0, False, [topic("data", [0])]),
            add_partitions.AddPartitionsToTxnTransaction("", *one, False, [topic("data", [0])]),
            add_partitions.AddPartitionsToTxnTransaction("one", *one, False, [topic("data", [0]), topic("no", [0])]),
        )
        found = [
            (r.transactional_id, [p.partition_error_code for t in r.topic_results for p in t.results_by_partition])
            for r in answer.results_by_transaction
        ]
        assert found == [
            ("one", [E.NONE, E.NONE]),
            ("other", [E.TRANSACTION_ABORTABLE]),
            ("nobody", [E.INVALID_PRODUCER_ID_MAPPING]),
            ("", [E.INVALID_REQUEST]),
            ("one", [E.OPERATION_NOT_ATTEMPTED, E.UNKNOWN_TOPIC_OR_PARTITION]),
        ]
        assert (await add(world)).results_by_transaction == []

    run(body)


def test_an_id_needs_both_producer_id_and_epoch() -> None:
    async def body(world: World) -> None:
        for producer_id, epoch in ((5, -1), (-1, 5)):
            message = InitProducerIdRequest("tx", 60_000, producer_id, epoch)
            answer = await world.call(handlers.init_transactional, INIT, 5, message)
            assert (answer.error_code, answer.producer_id, answer.producer_epoch) == (E.INVALID_REQUEST, -1, -1)

    run(body)


def test_offsets_partition_by_partition() -> None:
    async def body(world: World) -> None:
        producer = await introduce(world, "tx")
        found = await commit_offsets(
            world, "tx", producer, part(0), part(1, metadata="m" * 5000), part(9), part(2, metadata=None)
        )
        assert found == [E.NONE, E.OFFSET_METADATA_TOO_LARGE, E.UNKNOWN_TOPIC_OR_PARTITION, E.NONE]
        assert {key[3] for key in world.store.pending} == {0, 2}
        assert await commit_offsets(world, "tx", producer, part(9)) == [E.UNKNOWN_TOPIC_OR_PARTITION]

    run(body)


def test_offsets_while_groups_are_loaded() -> None:
    async def body(world: World) -> None:
        producer = await introduce(world, "tx")
        world.groups.unavailable = E.COORDINATOR_LOAD_IN_PROGRESS
        assert await commit_offsets(world, "tx", producer, part(0), version=1) == [E.COORDINATOR_NOT_AVAILABLE]
        assert await commit_offsets(world, "tx", producer, part(0), version=5) == [E.COORDINATOR_LOAD_IN_PROGRESS]

    run(body)


def test_offsets_that_cannot_be_stored() -> None:
    async def body(world: World) -> None:
        producer = await introduce(world, "tx")
        await commit_offsets(world, "tx", producer, part(0))
        world.catalogue.refuses = True
        assert await commit_offsets(world, "tx", producer, part(1)) == [E.COORDINATOR_NOT_AVAILABLE]

    run(body)


# --- WriteTxnMarkers ----------------------------------------------------------------------------------------------------------


async def write_markers(world: World, *asked: Any, version: int = 2) -> dict[int, dict[tuple[str, int], int]]:
    message = markers.WriteTxnMarkersRequest(list(asked))
    answer = await world.call(handlers.write_txn_markers, WRITE_MARKERS, version, message)
    return {
        one.producer_id: {(t.name, p.partition_index): p.error_code for t in one.topics for p in t.partitions}
        for one in answer.markers
    }


def marker(producer_id: int, topics: dict[str, list[int]], *, commit: bool = False, epoch: int = 0) -> Any:
    named = [markers.WritableTxnMarkerTopic(name, indexes) for name, indexes in topics.items()]
    return markers.WritableTxnMarker(producer_id, epoch, commit, named, 3, 2)


@pytest.mark.parametrize("version", [1, 2])
def test_markers_are_written_partition_by_partition(version: int) -> None:
    async def body(world: World) -> None:
        world.markers.errors = {("data", 1): E.INVALID_PRODUCER_EPOCH}
        found = await write_markers(
            world,
            marker(5, {"data": [0, 1, 7], "no": [0]}),
            marker(6, {"data": [2]}, commit=True),
            marker(5, {"data": [2]}),
            version=version,
        )
        assert found == {
            5: {
                ("data", 0): E.NONE,
                ("data", 1): E.INVALID_PRODUCER_EPOCH,
                ("data", 7): E.UNKNOWN_TOPIC_OR_PARTITION,
                ("no", 0): E.UNKNOWN_TOPIC_OR_PARTITION,
                ("data", 2): E.NONE,
            },
            6: {("data", 2): E.NONE},
        }
        versions = {one.version for one, _ in world.markers.written}
        assert versions == ({2} if version == 2 else {0})
        assert {one.coordinator_epoch for one, _ in world.markers.written} == {3}

    run(body)


def test_markers_for_groups() -> None:
    async def body(world: World) -> None:
        producer = await introduce(world, "tx")
        await commit_offsets(world, "tx", producer, part(0, 42))
        at = ord("g") % 50
        found = await write_markers(world, marker(producer[0], {"__consumer_offsets": [at, at + 1, 50]}, commit=True))
        assert found == {
            producer[0]: {
                ("__consumer_offsets", at): E.NONE,
                ("__consumer_offsets", at + 1): E.NONE,
                ("__consumer_offsets", 50): E.UNKNOWN_TOPIC_OR_PARTITION,
            }
        }
        assert [row.offset for row in world.groups.seen] == [42]
        await commit_offsets(world, "tx", producer, part(0, 43))
        world.catalogue.refuses = True
        found = await write_markers(world, marker(producer[0], {"__consumer_offsets": [at]}, commit=True))
        assert found == {producer[0]: {("__consumer_offsets", at): E.NOT_LEADER_OR_FOLLOWER}}

    run(body)


def test_no_markers() -> None:
    async def body(world: World) -> None:
        assert await write_markers(world) == {}
        assert await write_markers(world, marker(5, {})) == {5: {}}

    run(body)


# --- looking ------------------------------------------------------------------------------------------------------------------


def test_a_long_list_lets_others_run() -> None:
    async def body(world: World) -> None:
        for index in range(4500):
            world.transactions.init(f"tx-{index}", handlers.Init(60_000), lambda reply: None)
        await world.turn(20)
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(others())
        await asyncio.sleep(0)
        before = turns
        message = listing.ListTransactionsRequest(transactional_id_pattern="tx-[0-9]*7")
        answer = await world.call(handlers.list_transactions, LIST, 2, message)
        assert turns - before >= 2
        task.cancel()
        assert len(answer.transaction_states) == 450

    run(body)


def test_a_pattern_that_is_none() -> None:
    async def body(world: World) -> None:
        answer = await world.call(
            handlers.list_transactions, LIST, 2, listing.ListTransactionsRequest(transactional_id_pattern="(")
        )
        assert answer.error_code == E.INVALID_REGULAR_EXPRESSION
        world.transactions.close()
        answer = await world.call(handlers.list_transactions, LIST, 0, listing.ListTransactionsRequest())
        assert answer.error_code == E.COORDINATOR_NOT_AVAILABLE

    run(body)
