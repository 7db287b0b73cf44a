"""Ending transactions: markers go the way of every other batch, so that a flush, a roll or a failure treats them the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ottla.records.builder import ABORT, COMMIT, control_batch
from ottla.records.header import BatchHeader, read_header, set_log_append_time
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.open import Guard, Verifications
from ottla.storage.engine import Mark, Partition
from ottla.storage.local.appends import Appends, MarkerAppend
from ottla.storage.local.partition import LocalPartition


class Marks(Appends):
    """`mark`, `has_open_transaction`, `expect_transaction`."""

    def mark(self, marks: Sequence[Mark], marker: Marker, *, on_done: Callable[[], None]) -> None:
        now_ms = self.clock.now_ms()
        control = control_batch(
            COMMIT if marker.is_commit else ABORT,
            producer_id=marker.producer_id,
            producer_epoch=marker.producer_epoch,
            coordinator_epoch=marker.coordinator_epoch,
            timestamp_ms=now_ms,
        )
        appends: list[MarkerAppend] = []
        for mark in marks:
            partition = mark.partition
            batch = memoryview(bytearray(control))
            if partition.config.message_timestamp_type == "LogAppendTime":
                set_log_append_time(batch, now_ms)
            one = MarkerAppend(partition, batch, read_header(batch))
            one.marker = marker
            appends.append(one)

        def done() -> None:
            for mark, one in zip(marks, appends, strict=True):
                mark.error = one.error
            on_done()

        self.append(appends, acks_all=True, on_done=done)

    def has_open_transaction(self, partition: Partition, producer_id: int, producer_epoch: int) -> bool:
        assert type(partition) is LocalPartition
        if partition.transactions is None or producer_id not in partition.transactions:
            return False
        assert partition.producers is not None
        return partition.producers.known(producer_id).producer_epoch == producer_epoch

    def expect_transaction(self, partition: Partition, header: BatchHeader, *, is_implicit: bool) -> Guard | None:
        assert type(partition) is LocalPartition
        producers = partition.producers
        if producers is not None and header.producer_epoch < producers.known(header.producer_id).producer_epoch:
            return None
        if partition.verifications is None:
            partition.verifications = Verifications()
        return partition.verifications.begin(
            header.producer_id,
            header.producer_epoch,
            header.base_sequence,
            self.clock.monotonic_ms(),
            is_implicit=is_implicit,
        )
