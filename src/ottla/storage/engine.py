"""The storage seam: partitions, batches and offsets. Nothing here is named after a Kafka API.

Two engines stand behind it (local files; PostgreSQL and an object store) and pass one conformance suite.

Rules both engines keep:
- A batch is opaque bytes. The engine reads its 61-byte header, patches base offset and leader epoch in place (both lie outside
  the CRC) and never decodes a record on the append or read path.
- Visibility follows durability: `high_watermark` passes an acks=all batch once it is durable, another batch once it is written, and
  never overtakes a batch that is still waiting. `read` returns nothing at or above it.
- Expected refusals are values (`ErrorCode`), never exceptions.
- All verbs are called on the event loop's thread, and none of them blocks it for more than a millisecond.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ottla.base.errors import ErrorCode

if TYPE_CHECKING:
    from ottla.records.header import BatchHeader
    from ottla.rules.configs.topic import TopicConfig
    from ottla.rules.producers import ProducerEntry
    from ottla.rules.transactions.markers import Marker

Buffer = bytes | bytearray | memoryview


@dataclass(slots=True, frozen=True)
class PartitionSpec:
    """A partition to open (and to create when it has no data yet)."""

    topic: str
    topic_id: bytes
    index: int
    leader_epoch: int
    config: TopicConfig


class Partition(Protocol):
    """What anyone may read of an open partition, as plain attributes: these are looked at on every request.

    `log_start_offset <= last_stable_offset <= high_watermark <= log_end_offset`. Without open transactions
    `last_stable_offset == high_watermark`.
    """

    topic: str
    topic_id: bytes
    index: int
    leader_epoch: int
    log_start_offset: int
    high_watermark: int
    last_stable_offset: int
    log_end_offset: int
    config: TopicConfig
    error: ErrorCode  # NONE, or KAFKA_STORAGE_ERROR while the partition is offline (failed write or flush)


@dataclass(slots=True)
class Append:
    """One batch for one partition, and what became of it.

    Given: `batch` is exactly one v2 batch whose CRC was checked, in a writable buffer the engine may patch and keep; `header` is its
    header as it stands in `batch`. `guard`: from `expect_transaction`, when the transaction coordinator was asked about the batch. Filled
    by the engine: the fields from `error` on.
    """

    partition: Partition
    batch: memoryview
    header: BatchHeader
    guard: int = 0
    error: ErrorCode = ErrorCode.NONE
    error_message: str | None = None
    base_offset: int = -1
    log_append_time_ms: int = -1
    log_start_offset: int = -1


@dataclass(slots=True)
class Mark:
    """The end of a producer's transaction in one partition, and what became of it.

    `error` NONE: the marker is durable (or the transaction had been ended by the same marker before). INVALID_PRODUCER_EPOCH and
    TRANSACTION_COORDINATOR_FENCED as `rules.transactions.markers.check_marker` says; KAFKA_STORAGE_ERROR while offline.
    """

    partition: Partition
    error: ErrorCode = ErrorCode.NONE


@dataclass(slots=True)
class Got:
    """What a read found: whole batches only, in offset order; the first may begin before the offset asked for."""

    buffers: list[Buffer] = field(default_factory=list)
    size: int = 0
    error: ErrorCode = ErrorCode.NONE  # OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR, CORRUPT_MESSAGE
    aborted: Sequence[tuple[int, int]] = ()
    """With `committed`: (producer id, first offset) of the aborted transactions that overlap what was read, by first offset."""


@dataclass(slots=True, frozen=True)
class OffsetAt:
    """An offset found by time; all -1 where there is none."""

    offset: int = -1
    timestamp_ms: int = -1
    leader_epoch: int = -1


@dataclass(slots=True, frozen=True)
class EpochEnd:
    """KIP-101: the largest known epoch not above the one asked for, and the offset where the next one begins."""

    leader_epoch: int = -1
    end_offset: int = -1


@dataclass(slots=True, frozen=True)
class DirectoryUse:
    """One partition's bytes in a data directory (DescribeLogDirs)."""

    topic: str
    index: int
    size_bytes: int


@dataclass(slots=True, frozen=True)
class Directory:
    """A place where the engine keeps data."""

    path: str
    directory_id: bytes
    error: ErrorCode
    total_bytes: int  # -1 unknown
    usable_bytes: int  # -1 unknown
    partitions: tuple[DirectoryUse, ...]


Cancel = Callable[[], None]


class Engine(Protocol):
    """The verbs. `topics` and `topic_ids` map to the open partitions of a topic, by index (None: not open here)."""

    topics: dict[str, list[Partition | None]]
    topic_ids: dict[bytes, list[Partition | None]]

    async def open(self, partitions: Sequence[PartitionSpec]) -> None:
        """Opens partitions, creating those that have no data. Raises OSError when the directory cannot be used."""
        ...

    async def drop(self, partitions: Sequence[Partition]) -> None:
        """Forgets partitions at once (waiting readers are woken) and deletes their data in the background."""
        ...

    def append(self, appends: Sequence[Append], *, acks_all: bool, on_done: Callable[[], None] | None) -> None:
        """Checks producer sequences, assigns offsets and writes, in the order given.

        A duplicate (idempotent producer) is answered with its first offset and NONE. A transactional batch opens its producer's
        transaction in the partition, whose verification is the caller's business; INVALID_TXN_STATE where a batch does not fit the
        producer's open transaction. `on_done` is called exactly once, when every
        append is written (durable, with `acks_all`) or refused; possibly before this returns. None: nobody waits (acks=0).
        """
        ...

    def mark(self, marks: Sequence[Mark], marker: Marker, *, on_done: Callable[[], None]) -> None:
        """Ends a producer's transaction in these partitions with a control batch each, durably.

        `on_done` is called exactly once, when every mark is durable or refused; possibly before this returns. Readers of committed data
        see the transaction's end when the marker is durable.
        """
        ...

    def has_open_transaction(self, partition: Partition, producer_id: int, producer_epoch: int) -> bool:
        """Whether this producer, in this epoch, has a transaction open in the partition (its next batch need not be verified)."""
        ...

    def expect_transaction(self, partition: Partition, header: BatchHeader, *, is_implicit: bool) -> int | None:
        """Before the coordinator is asked whether a batch may begin its producer's transaction here (KIP-890): the guard of its `Append`.
        None: the partition knows a later epoch of the producer (INVALID_PRODUCER_EPOCH), and there is nothing to ask.

        A marker that comes before the batch takes the guard back: INVALID_TXN_STATE. A batch behind one that was asked about earlier
        and not written is refused with OUT_OF_ORDER_SEQUENCE_NUMBER, and with `is_implicit` (transaction protocol 2) so is a first
        sequence number other than 0 of a producer that the partition does not know.
        """
        ...

    def read(
        self, partition: Partition, offset: int, max_bytes: int, *, at_least_one: bool, committed: bool = False
    ) -> Got | None:
        """Whole batches from the one that holds `offset`, up to `max_bytes` (the first whatever its size, with `at_least_one`).

        Below the high watermark (`committed`: the last stable offset). None: the bytes are not in memory, ask `read_cold`.
        """
        ...

    async def read_cold(
        self, partition: Partition, offset: int, max_bytes: int, *, at_least_one: bool, committed: bool = False
    ) -> Got:
        """The same from disk, off the loop."""
        ...

    def watch(self, partitions: Sequence[Partition], wake: Callable[[Partition], None]) -> Cancel:
        """Calls `wake` whenever one of the partitions gets more to read, changes its bounds, goes offline or is dropped, until cancelled.

        `wake` runs on the loop inside the verb that caused it, so it only notes the fact and schedules.
        """
        ...

    async def offset_at(self, partition: Partition, timestamp_ms: int, *, committed: bool = False) -> OffsetAt:
        """The first record whose timestamp is at least this, exact to the record."""
        ...

    async def max_timestamp(self, partition: Partition) -> OffsetAt:
        """The (first) record with the largest timestamp (KIP-734)."""
        ...

    def epoch_end(self, partition: Partition, leader_epoch: int) -> EpochEnd:
        """Where an epoch ends. For the current epoch: the log end."""
        ...

    async def trim(self, partition: Partition, before_offset: int) -> ErrorCode:
        """Moves the log start, durably (DeleteRecords). OFFSET_OUT_OF_RANGE above the high watermark."""
        ...

    def producers(self, partition: Partition) -> Sequence[ProducerEntry]:
        """The idempotent producers this partition knows (DescribeProducers)."""
        ...

    def configure(self, topic_id: bytes, config: TopicConfig) -> None:
        """A topic's configuration changed."""
        ...

    async def directories(self) -> Sequence[Directory]:
        """Sizes for DescribeLogDirs."""
        ...

    async def settle(self) -> None:
        """One bounded slice of upkeep: rolling by time, retention, expiry of producer ids, deleting what was dropped."""
        ...

    async def close(self) -> None:
        """Flushes everything and writes the clean-shutdown marker."""
        ...


Waiter = Awaitable[None]
