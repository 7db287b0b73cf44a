"""A batch that is to begin its producer's transaction in a partition, between the question to the coordinator and its append."""

from __future__ import annotations

from pathlib import Path

from tests.storage.kit import Store, batch, opened, run, to_append
from tests.storage.test_transactions import end, send, txn

from ottla.base.errors import ErrorCode
from ottla.records.header import read_header
from ottla.storage.engine import Partition


class Expected:
    """Batches of producer 7, asked about and then appended."""

    def __init__(self, store: Store, partition: Partition) -> None:
        self.store = store
        self.partition = partition

    def ask(self, sequence: int, *, epoch: int = 0, is_implicit: bool = False) -> int | None:
        header = read_header(txn(7, sequence, epoch=epoch))
        return self.store.engine.expect_transaction(self.partition, header, is_implicit=is_implicit)

    async def write(self, guard: int | None, sequence: int, *, epoch: int = 0) -> ErrorCode:
        assert guard is not None
        one = to_append(self.partition, txn(7, sequence, epoch=epoch))
        one.guard = guard
        self.store.engine.append([one], acks_all=False, on_done=None)
        return one.error

    async def end(self, *, epoch: int = 0) -> None:
        assert await end(self.store.engine, self.partition, 7, commit=False, epoch=epoch) is ErrorCode.NONE


def test_a_marker_that_comes_between_takes_the_word_back(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            expected = Expected(store, await store.open())
            guard = expected.ask(0)
            await expected.end()
            assert await expected.write(guard, 0) is ErrorCode.INVALID_TXN_STATE
            assert expected.partition.log_end_offset == 1, "only the marker"
            assert await expected.write(expected.ask(0), 0) is ErrorCode.NONE
            assert await expected.write(guard, 1) is ErrorCode.NONE, "it is open now, whoever was asked before"

    run(work())


def test_a_batch_does_not_overtake_one_that_was_told_to_come_back(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            expected = Expected(store, await store.open())
            expected.ask(4)  # the coordinator was busy
            assert await expected.write(expected.ask(5), 5) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
            assert await expected.write(expected.ask(4), 4) is ErrorCode.NONE
            assert await expected.write(expected.ask(5), 5) is ErrorCode.NONE

    run(work())


def test_with_protocol_2_an_unknown_producer_begins_at_0(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            expected = Expected(store, await store.open())
            guard = expected.ask(3, is_implicit=True)
            assert await expected.write(guard, 3) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
            assert await expected.write(expected.ask(0, is_implicit=True), 0) is ErrorCode.NONE

    run(work())


def test_a_stale_epoch_is_not_asked_about(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open()
            expected = Expected(store, partition)
            await send(store, partition, batch(1, producer=7, epoch=3, sequence=0))
            assert expected.ask(1, epoch=2) is None
            assert expected.ask(1, epoch=3)
            assert expected.ask(0, epoch=4)

    run(work())
