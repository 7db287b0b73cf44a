"""What a partition knows of the idempotent producers that write to it, and which of their batches it takes (KIP-98).

Per producer id: its epoch, the ranges of sequence numbers of its last five batches, and when it was last seen. The rules are Kafka's
(ProducerStateManager), with the words of its messages:

- An unknown producer may begin with any sequence (its state may have expired), but where its first batch could not be written (a full
  disk) it has to begin with that one: what is in flight behind it would otherwise go first, and its retry be refused.
- A lower epoch is refused (INVALID_PRODUCER_EPOCH); a higher one must begin at sequence 0.
- Within an epoch the next batch follows the last one without a gap; after 2^31-1 comes 0, also inside a batch.
- A batch whose first and last sequence are those of one of the last five is a duplicate: it is answered with its first offset.

Three things are kinder than Kafka 4.3.1 is:

- A snapshot keeps one batch per producer. Until five are known again, a batch that lies wholly behind is refused with
  DUPLICATE_SEQUENCE_NUMBER, which clients count as written: so a producer's retries across a restart end well (Kafka says
  OUT_OF_ORDER_SEQUENCE_NUMBER, on which librdkafka dies). Behind a window of five it is OUT_OF_ORDER_SEQUENCE_NUMBER here as well.
- A transactional batch is a duplicate only of a batch of the transaction that is open here; sequence numbers of one that has ended are
  refused with UNKNOWN_PRODUCER_ID. librdkafka (2.16) gives them a second time after it aborted a transaction whose last batches were
  written but never answered, in the same epoch. Kafka takes the first records of its next transaction for duplicates of aborted ones:
  they are acknowledged, committed and lost. On UNKNOWN_PRODUCER_ID clients abort the transaction and raise the epoch (KIP-360), so
  nothing is lost. No client retries a batch once its transaction has ended.
- Expiry counts from when the broker last saw the producer, not from the timestamp inside its records: whoever loads records of last year
  keeps its protection while it writes.

Which batches a transaction takes is not decided here (`rules.transactions`); the table only keeps where a producer's open transaction
began, and what its last marker said, because snapshots hold both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from ottla.base.errors import ErrorCode
from ottla.records.header import CONTROL, MAX_SEQUENCE, TRANSACTIONAL, BatchHeader
from ottla.records.snapshot import ProducerEntry as SnapshotEntry
from ottla.rules.transactions.markers import Known

WINDOW: Final = 5
"""Batches a producer may have in flight (max.in.flight.requests.per.connection of an idempotent producer)."""
AWAITED_MAX: Final = 1000
"""Unknown producers of whom it is remembered with which sequence they have to begin."""
_HALF = 1 << 30
_NO_OFFSET = -1


@dataclass(slots=True, frozen=True)
class ProducerEntry:
    """One producer as DescribeProducers shows it. -1 means none."""

    producer_id: int
    producer_epoch: int
    last_sequence: int
    last_timestamp_ms: int
    coordinator_epoch: int = -1
    current_txn_start_offset: int = -1


@dataclass(slots=True, frozen=True)
class Accept:
    """The batch is the next one."""


@dataclass(slots=True, frozen=True)
class Duplicate:
    """The batch is in the log already, from `base_offset` on."""

    base_offset: int
    timestamp_ms: int


@dataclass(slots=True, frozen=True)
class Refuse:
    """The batch must not be appended."""

    error: ErrorCode
    message: str


Verdict: TypeAlias = Accept | Duplicate | Refuse
ACCEPT: Final = Accept()

# One batch of the window: base_sequence, last_sequence, base_offset, last_offset, max timestamp (ms).
Batch: TypeAlias = tuple[int, int, int, int, int]


class _Producer:
    """State of one producer id. `batches` are the last ones of `epoch`, oldest first; empty after a marker bumped the epoch."""

    __slots__ = (
        "batches",
        "coordinator_epoch",
        "epoch",
        "has_forgotten",
        "last_timestamp_ms",
        "next_sequence",
        "seen_ms",
        "txn_first_offset",
    )

    def __init__(self, epoch: int, seen_ms: int) -> None:
        self.epoch = epoch
        self.batches: list[Batch] = []
        self.has_forgotten = False  # it comes from a snapshot, and the batches before the one in it are not known
        self.next_sequence = -1  # -1: nothing of this epoch is known
        self.last_timestamp_ms = -1
        self.seen_ms = seen_ms
        self.coordinator_epoch = -1
        self.txn_first_offset = _NO_OFFSET


class ProducerTable:
    """The producers of one partition."""

    __slots__ = ("_awaited", "_producers")

    def __init__(self) -> None:
        self._producers: dict[int, _Producer] = {}
        self._awaited: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._producers)

    def check(self, header: BatchHeader, now_ms: int) -> Verdict:
        """Whether a data batch with a producer id may be appended now. Changes nothing."""
        producer = self._producers.get(header.producer_id)
        epoch = header.producer_epoch
        first = header.base_sequence
        if producer is None:
            awaited = self._awaited.get(header.producer_id)
            if awaited is None or awaited[0] != epoch or awaited[1] == first:
                return ACCEPT
            return _gap(header, -1)
        if epoch == producer.epoch:
            if first == producer.next_sequence:
                return ACCEPT
            return _out_of_line(producer, header)
        if epoch < producer.epoch:
            return Refuse(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                f"Epoch of producer {header.producer_id} is {epoch}, which is smaller than the last seen epoch "
                f"{producer.epoch}",
            )
        if first != 0:
            return Refuse(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                f"Invalid sequence number for new epoch of producer {header.producer_id}: {epoch} (request epoch), "
                f"{first} (seq. number), {producer.epoch} (current producer epoch)",
            )
        return ACCEPT

    def update(self, header: BatchHeader, base_offset: int, now_ms: int) -> None:
        """Takes note of an appended data batch. `base_offset` is the offset it was given (the header may still hold the client's)."""
        producer = self._producers.get(header.producer_id)
        if producer is None:
            producer = self._begin(header, now_ms)
        elif producer.epoch != header.producer_epoch:
            producer.epoch = header.producer_epoch
            producer.batches.clear()
            producer.has_forgotten = False
        delta = header.last_offset_delta
        first = header.base_sequence
        last = (first + delta) & MAX_SEQUENCE
        batches = producer.batches
        if len(batches) == WINDOW:
            del batches[0]
        elif len(batches) == WINDOW - 1:
            producer.has_forgotten = False
        batches.append((first, last, base_offset, base_offset + delta, header.max_timestamp))
        producer.next_sequence = (last + 1) & MAX_SEQUENCE
        producer.last_timestamp_ms = header.max_timestamp
        producer.seen_ms = now_ms
        if header.attributes & TRANSACTIONAL and producer.txn_first_offset < 0:
            producer.txn_first_offset = base_offset

    def _begin(self, header: BatchHeader, now_ms: int) -> _Producer:
        self._awaited.pop(header.producer_id, None)
        producer = self._producers[header.producer_id] = _Producer(header.producer_epoch, now_ms)
        return producer

    def not_written(self, header: BatchHeader) -> None:
        """Takes note of a data batch that was the next one and could not be written, so that it will come again.

        An unknown producer may begin with any sequence, but not with the batches that are in flight behind this one.
        """
        if header.producer_id in self._producers or header.attributes & CONTROL:
            return
        self._awaited.pop(header.producer_id, None)
        if len(self._awaited) == AWAITED_MAX:
            del self._awaited[next(iter(self._awaited))]
        self._awaited[header.producer_id] = (header.producer_epoch, header.base_sequence)

    def replay(self, header: BatchHeader, now_ms: int, coordinator_epoch: int = -1) -> None:
        """Takes note of a batch found in the log. `coordinator_epoch`: the one inside a transaction marker."""
        if header.producer_id < 0:
            return
        if not header.attributes & CONTROL:
            self.update(header, header.base_offset, now_ms)
            return
        self.marked(header, coordinator_epoch, now_ms)

    def marked(self, header: BatchHeader, coordinator_epoch: int, now_ms: int) -> None:
        """Takes note of an appended transaction marker: its epoch is the producer's from now on, and nothing is open."""
        producer = self._producers.get(header.producer_id)
        if producer is None:
            producer = self._begin(header, now_ms)
        elif producer.epoch != header.producer_epoch:
            producer.epoch = header.producer_epoch
            producer.batches.clear()
            producer.has_forgotten = False
            producer.next_sequence = -1
        if producer.next_sequence < 0:
            # The producer's next batch belongs to this epoch (or a later one) and must begin at 0, or be judged as of a new epoch.
            producer.next_sequence = 0
        producer.coordinator_epoch = coordinator_epoch
        producer.last_timestamp_ms = header.max_timestamp
        producer.seen_ms = now_ms
        producer.txn_first_offset = _NO_OFFSET

    def known(self, producer_id: int) -> Known:
        """What a marker is judged by."""
        producer = self._producers.get(producer_id)
        if producer is None:
            return Known()
        return Known(producer.epoch, producer.coordinator_epoch, producer.txn_first_offset >= 0)

    def open_transactions(self) -> list[tuple[int, int]]:
        """(producer id, first offset) of every open transaction."""
        return [(one, entry.txn_first_offset) for one, entry in self._producers.items() if entry.txn_first_offset >= 0]

    def expire(self, now_ms: int, expiration_ms: int) -> int:
        """Forgets producers without an open transaction that were not seen for `expiration_ms`; how many."""
        gone = [
            producer_id
            for producer_id, producer in self._producers.items()
            if producer.txn_first_offset < 0 and now_ms - producer.seen_ms >= expiration_ms
        ]
        for producer_id in gone:
            del self._producers[producer_id]
        return len(gone)

    def entries(self) -> list[ProducerEntry]:
        """For DescribeProducers."""
        return [
            ProducerEntry(
                producer_id,
                producer.epoch,
                producer.batches[-1][1] if producer.batches else -1,
                producer.last_timestamp_ms,
                producer.coordinator_epoch,
                producer.txn_first_offset,
            )
            for producer_id, producer in self._producers.items()
        ]

    def snapshot(self) -> list[SnapshotEntry]:
        """For the snapshot file, which keeps the last batch of each producer."""
        entries = []
        for producer_id, producer in self._producers.items():
            if producer.batches:
                _, last, base_offset, last_offset, timestamp = producer.batches[-1]
                batch = (last, last_offset, last_offset - base_offset)
            else:
                batch = (-1, -1, 0)
                timestamp = producer.last_timestamp_ms
            entries.append(
                SnapshotEntry(
                    producer_id,
                    producer.epoch,
                    *batch,
                    max(timestamp, producer.last_timestamp_ms),
                    producer.coordinator_epoch,
                    producer.txn_first_offset,
                )
            )
        return entries

    @classmethod
    def restore(cls, entries: Iterable[SnapshotEntry], now_ms: int) -> ProducerTable:
        """The table a snapshot describes. Producers count as seen now."""
        table = cls()
        for entry in entries:
            producer = table._producers[entry.producer_id] = _Producer(entry.producer_epoch, now_ms)
            producer.last_timestamp_ms = entry.timestamp
            producer.coordinator_epoch = entry.coordinator_epoch
            producer.txn_first_offset = entry.current_txn_first_offset
            if entry.last_sequence < 0:
                producer.next_sequence = 0
                continue
            producer.has_forgotten = True
            first = (entry.last_sequence - entry.offset_delta) & MAX_SEQUENCE
            base_offset = entry.last_offset - entry.offset_delta
            producer.batches.append((first, entry.last_sequence, base_offset, entry.last_offset, entry.timestamp))
            producer.next_sequence = (entry.last_sequence + 1) & MAX_SEQUENCE
        return table


def _out_of_line(producer: _Producer, header: BatchHeader) -> Verdict:
    """A batch of the current epoch that is not the next one: duplicate, older duplicate, or gap."""
    first = header.base_sequence
    last = (first + header.last_offset_delta) & MAX_SEQUENCE
    open_from: int | None = 0  # where what it may be a duplicate of begins; None: nowhere
    if header.attributes & TRANSACTIONAL:
        open_from = producer.txn_first_offset if producer.txn_first_offset >= 0 else None
    for batch in producer.batches:
        if batch[0] == first and batch[1] == last:
            if open_from is None or batch[2] < open_from:
                return _of_an_ended_transaction(header)
            return Duplicate(batch[2], batch[4])
    if _is_behind(producer, header, last):
        if open_from is None:
            return _of_an_ended_transaction(header)
        return Refuse(
            ErrorCode.DUPLICATE_SEQUENCE_NUMBER,
            f"Duplicate of a batch of producer {header.producer_id} that is older than those that are known: {first} "
            f"(incoming seq. number), {_end(producer)} (current end sequence number)",
        )
    return _gap(header, _end(producer) if producer.batches else -1)


def _gap(header: BatchHeader, end_sequence: int) -> Refuse:
    return Refuse(
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
        f"Out of order sequence number for producer {header.producer_id}: {header.base_sequence} (incoming seq. number), "
        f"{end_sequence} (current end sequence number)",
    )


def _of_an_ended_transaction(header: BatchHeader) -> Refuse:
    """Not an error that has the client number anew and go on: it must abort what it has open."""
    return Refuse(
        ErrorCode.UNKNOWN_PRODUCER_ID,
        f"Producer {header.producer_id} used the sequence numbers from {header.base_sequence} on in a transaction that has ended: abort "
        "this transaction and raise the epoch",
    )


def _is_behind(producer: _Producer, header: BatchHeader, last: int) -> bool:
    """Whether a batch that is not known lies wholly behind those that are, and may have been forgotten."""
    # Behind, not ahead: the shorter way round the circle of 2^31 sequence numbers leads back. The whole batch must lie behind.
    behind = (_end(producer) - last) & MAX_SEQUENCE
    return producer.has_forgotten and behind < _HALF and behind + header.last_offset_delta < _HALF


def _end(producer: _Producer) -> int:
    return (producer.next_sequence - 1) & MAX_SEQUENCE
