"""The sequence rules of idempotent producers, against an independent plain model."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.records.header import CONTROL, MAX_SEQUENCE, TRANSACTIONAL, BatchHeader
from ottla.records.snapshot import decode_snapshot, encode_snapshot
from ottla.rules.producers import ACCEPT, AWAITED_MAX, Duplicate, ProducerEntry, ProducerTable, Refuse

DAY_MS = 86_400_000


def header(
    sequence: int,
    count: int = 1,
    *,
    producer: int = 1,
    epoch: int = 0,
    offset: int = 0,
    timestamp: int = 1000,
    attributes: int = 0,
) -> BatchHeader:
    return BatchHeader(
        offset, 49, 0, 2, 0, attributes, count - 1, timestamp, timestamp, producer, epoch, sequence, count
    )


class Log:
    """A table driven as a partition drives it."""

    def __init__(self) -> None:
        self.table = ProducerTable()
        self.end = 0

    def send(self, one: BatchHeader, now_ms: int = 0) -> object:
        verdict = self.table.check(one, now_ms)
        if verdict is ACCEPT:
            self.table.update(one, self.end, now_ms)
            self.end += one.last_offset_delta + 1
            return self.end - one.last_offset_delta - 1
        return verdict.error if isinstance(verdict, Refuse) else verdict

    def reload(self) -> None:
        self.table = ProducerTable.restore(decode_snapshot(encode_snapshot(self.table.snapshot())), 0)


def test_a_new_producer_may_begin_anywhere() -> None:
    log = Log()
    assert log.send(header(4711)) == 0
    assert log.send(header(4712)) == 1


def test_a_new_producer_begins_with_the_batch_that_could_not_be_written() -> None:
    log = Log()
    log.table.not_written(header(10, 3))
    log.table.not_written(header(-1, producer=2, attributes=CONTROL))
    assert log.send(header(13)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.send(header(7, epoch=1, producer=3)) == 0, "somebody else"
    assert log.send(header(0, producer=2)) == 1, "a marker's place in line is not the producer's"
    assert log.send(header(10, 3)) == 2
    assert log.send(header(13)) == 5
    log.table.not_written(header(14))
    assert log.send(header(14)) == 6
    log.table.expire(DAY_MS, DAY_MS)
    assert log.send(header(99)) == 7, "nothing is awaited any more"


def test_a_higher_epoch_is_not_held_to_what_could_not_be_written() -> None:
    log = Log()
    log.table.not_written(header(10))
    assert log.send(header(0, epoch=1)) == 0


def test_what_is_awaited_is_bounded() -> None:
    log = Log()
    for producer in range(AWAITED_MAX + 1):
        log.table.not_written(header(5, producer=producer))
    assert log.send(header(6, producer=0)) == 0
    assert log.send(header(6, producer=AWAITED_MAX)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_gaps_are_refused() -> None:
    log = Log()
    log.send(header(0, 3))
    assert log.send(header(4)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.send(header(3)) == 3


def test_the_last_five_batches_are_known_again() -> None:
    log = Log()
    for n in range(7):
        log.send(header(n * 2, 2, timestamp=100 + n))
    for n in range(2, 7):
        assert log.send(header(n * 2, 2)) == Duplicate(n * 2, 100 + n)
    for n in range(2):
        assert log.send(header(n * 2, 2)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.send(header(14)) == 14


def test_a_batch_of_a_transaction_that_ended_is_no_duplicate() -> None:
    """What librdkafka sends when it reuses the sequence numbers of records it purged on abort."""
    log = Log()
    log.send(header(0, 3, attributes=TRANSACTIONAL))
    log.send(header(3, attributes=TRANSACTIONAL))
    assert log.send(header(3, attributes=TRANSACTIONAL)) == Duplicate(3, 1000), "a retry"
    log.table.marked(header(-1, attributes=TRANSACTIONAL | CONTROL), 0, 0)
    assert log.send(header(3, attributes=TRANSACTIONAL)) is ErrorCode.UNKNOWN_PRODUCER_ID
    assert log.send(header(4, attributes=TRANSACTIONAL)) == 4
    assert log.send(header(3, attributes=TRANSACTIONAL)) is ErrorCode.UNKNOWN_PRODUCER_ID, "of the transaction before"
    log.reload()
    assert log.send(header(4, attributes=TRANSACTIONAL)) == Duplicate(4, 1000), "a retry across a restart"
    log.table.marked(header(-1, attributes=TRANSACTIONAL | CONTROL), 0, 0)
    log.reload()
    assert log.send(header(0, 3, attributes=TRANSACTIONAL)) is ErrorCode.UNKNOWN_PRODUCER_ID, "behind what is known"


def test_what_overlaps_the_end_is_out_of_order() -> None:
    log = Log()
    log.send(header(0, 4))
    assert log.send(header(2, 4)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.send(header(1, 2)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_sequences_wrap_between_batches_and_inside_one() -> None:
    log = Log()
    assert log.send(header(MAX_SEQUENCE - 1, 2)) == 0
    assert log.send(header(0, 2)) == 2
    assert log.send(header(MAX_SEQUENCE - 1, 2)) == Duplicate(0, 1000)
    log = Log()
    assert log.send(header(MAX_SEQUENCE - 1, 5)) == 0
    assert log.send(header(3)) == 5
    assert log.send(header(MAX_SEQUENCE - 1, 5)) == Duplicate(0, 1000)
    assert log.send(header(MAX_SEQUENCE, 2)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    log.reload()
    assert log.send(header(MAX_SEQUENCE, 2)) is ErrorCode.DUPLICATE_SEQUENCE_NUMBER
    assert log.send(header(5)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_epochs() -> None:
    log = Log()
    log.send(header(5, epoch=3))
    assert log.send(header(6, epoch=2)) is ErrorCode.INVALID_PRODUCER_EPOCH
    assert log.send(header(6, epoch=4)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.send(header(0, epoch=4)) == 1
    assert log.send(header(6, epoch=3)) is ErrorCode.INVALID_PRODUCER_EPOCH
    assert log.send(header(0, epoch=4)) == Duplicate(1, 1000)


def test_producers_are_forgotten_when_they_were_not_seen() -> None:
    log = Log()
    log.send(header(0, producer=1, timestamp=5), now_ms=DAY_MS)
    log.send(header(0, producer=2), now_ms=DAY_MS + 10)
    assert log.table.expire(2 * DAY_MS - 1, DAY_MS) == 0
    assert log.table.expire(2 * DAY_MS, DAY_MS) == 1
    assert [entry.producer_id for entry in log.table.entries()] == [2]
    assert log.send(header(77, producer=1)) == 2, "it is unknown again"


def test_a_snapshot_keeps_the_last_batch_of_each() -> None:
    log = Log()
    for n in range(6):
        log.send(header(n * 3, 3, timestamp=50 + n, epoch=2))
    log.reload()
    assert log.table.entries() == [ProducerEntry(1, 2, 17, 55)]
    assert log.send(header(15, 3, epoch=2)) == Duplicate(15, 55)
    assert log.send(header(12, 3, epoch=2)) is ErrorCode.DUPLICATE_SEQUENCE_NUMBER
    for n in range(4):
        assert log.send(header(12, 3, epoch=2)) is ErrorCode.DUPLICATE_SEQUENCE_NUMBER
        assert log.send(header(18 + n, epoch=2)) == 18 + n
    assert log.send(header(12, 3, epoch=2)) is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, "five are known again"


def test_transactions_of_adopted_directories() -> None:
    table = ProducerTable()
    table.replay(header(0, 2, attributes=0x10, offset=10), 0)
    assert table.entries()[0].current_txn_start_offset == 10
    assert table.expire(10 * DAY_MS, DAY_MS) == 0, "it has an open transaction"
    table.replay(header(2, attributes=0x10, offset=12), 0)
    assert table.entries()[0].current_txn_start_offset == 10
    table.replay(header(-1, attributes=0x30, offset=13, epoch=1), 0, coordinator_epoch=6)
    assert table.entries() == [ProducerEntry(1, 1, -1, 1000, 6, -1)]
    assert isinstance(table.check(header(3, epoch=1), 0), Refuse), "a bumped epoch begins at 0"
    assert table.check(header(0, epoch=1), 0) is ACCEPT
    restored = ProducerTable.restore(decode_snapshot(encode_snapshot(table.snapshot())), 0)
    assert restored.entries() == table.entries()
    assert restored.check(header(0, epoch=1), 0) is ACCEPT
    assert isinstance(restored.check(header(3, epoch=1), 0), Refuse)


@dataclass
class Plain:
    """The rules in other words: one list of accepted batches per producer, sequence numbers not yet wrapped."""

    accepted: list[tuple[int, int, int, int]] = field(default_factory=list)  # epoch, first, last, offset
    remembered: int = 0  # how many of the last ones a reload left
    is_reloaded: bool = False  # since the epoch began
    ended: int | None = None  # transactional: how many were accepted when the last transaction ended

    def judge(self, epoch: int, first: int, count: int) -> object:
        if not self.accepted:
            return "append"
        current, _, end, _ = self.accepted[-1]
        if epoch < current:
            return ErrorCode.INVALID_PRODUCER_EPOCH
        if epoch > current:
            return "append" if first == 0 else ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
        window = range(max(len(self.accepted) - min(5, self.remembered), 0), len(self.accepted))
        for at in window:
            known_epoch, known_first, known_last, offset = self.accepted[at]
            if (known_epoch, known_first, known_last) == (epoch, first, first + count - 1):
                return offset if self.ended is None or at >= self.ended else ErrorCode.UNKNOWN_PRODUCER_ID
        if first == end + 1:
            return "append"
        if first + count - 1 <= end and self.is_reloaded and self.remembered < 5:
            is_over = self.ended == len(self.accepted)
            return ErrorCode.UNKNOWN_PRODUCER_ID if is_over else ErrorCode.DUPLICATE_SEQUENCE_NUMBER
        return ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


STEP = st.one_of(
    st.tuples(st.just("next"), st.integers(1, 4)),
    st.tuples(st.just("at"), st.integers(0, 30), st.integers(1, 4)),
    st.tuples(st.just("epoch"), st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("again"), st.integers(1, 8)),
    st.tuples(st.just("reload")),
    st.tuples(st.just("marker")),
)


@given(st.lists(STEP, max_size=60), st.sampled_from([0, 1000, MAX_SEQUENCE - 7]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_against_the_model(steps: list[tuple[object, ...]], start: int, is_transactional: bool) -> None:
    """`start` puts the whole run somewhere on the circle, so that it wraps; only epoch 0 may begin there."""
    log, plain = Log(), Plain(ended=0 if is_transactional else None)
    epoch = 0
    for step in steps:
        last = plain.accepted[-1][2] if plain.accepted else -1
        match step:
            case ("reload",):
                log.reload()
                plain.is_reloaded = bool(plain.accepted)
                plain.remembered = min(plain.remembered, 1)
                continue
            case ("marker",):
                if is_transactional and plain.accepted:
                    log.table.marked(header(-1, epoch=plain.accepted[-1][0], attributes=TRANSACTIONAL | CONTROL), 0, 0)
                    plain.ended = len(plain.accepted)
                continue
            case ("next", int(count)):
                first = last + 1
            case ("at", int(first), int(count)):
                pass
            case ("epoch", int(epoch), int(first)):
                count = 1
            case ("again", int(back)):
                if len(plain.accepted) < back:
                    continue
                _, first, end, _ = plain.accepted[-back]
                count = end - first + 1
            case _:
                raise AssertionError(step)
        shift = start if epoch == 0 else 0
        want = plain.judge(epoch, first, count)
        offset = log.end
        attributes = TRANSACTIONAL if is_transactional else 0
        got = log.send(header((first + shift) & MAX_SEQUENCE, count, epoch=epoch, attributes=attributes))
        if want == "append":
            assert got == offset
            if plain.accepted and plain.accepted[-1][0] != epoch:
                plain.remembered, plain.is_reloaded = 0, False
            plain.accepted.append((epoch, first, first + count - 1, offset))
            plain.remembered += 1
        elif isinstance(want, ErrorCode):
            assert got is want
        else:
            assert isinstance(got, Duplicate)
            assert got.base_offset == want
