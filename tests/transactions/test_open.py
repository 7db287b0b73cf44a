"""What a partition knows of transactions, against a plain model that looks at the whole log each time."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.markers import Known, Marker, Verdict, check_marker, retry_after_ms, verdict
from ottla.rules.transactions.open import (
    EXPECTED_MAX,
    NO_GUARD,
    Aborted,
    OpenTransactions,
    Verifications,
    aborted_between,
    check_batch,
)

E = ErrorCode


class Batch(NamedTuple):
    """One batch of the log: data of a producer's transaction, a marker, or data of nobody's."""

    offset: int
    size: int
    producer_id: int = -1
    marker: str = ""


PRODUCERS = st.integers(1, 4)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("data"), PRODUCERS, st.integers(1, 3)),
        st.tuples(st.just("plain"), st.just(-1), st.integers(1, 3)),
        st.tuples(st.sampled_from(["commit", "abort"]), PRODUCERS, st.just(1)),
        st.tuples(st.just("flush"), st.just(-1), st.integers(0, 5)),
        st.tuples(st.just("roll"), st.just(-1), st.just(0)),
    ),
    max_size=60,
)


def plain_transactions(log: list[Batch]) -> list[tuple[int, int, int, str]]:
    """(producer, first offset, last offset, how it ended) of every transaction in a log; last -1: open."""
    found = []
    begun: dict[int, int] = {}
    for batch in log:
        if batch.marker:
            if batch.producer_id in begun:
                found.append((batch.producer_id, begun.pop(batch.producer_id), batch.offset, batch.marker))
        elif batch.producer_id >= 0:
            begun.setdefault(batch.producer_id, batch.offset)
    return found + [(producer, first, -1, "open") for producer, first in begun.items()]


@settings(max_examples=300, deadline=None)
@given(ACTIONS)
def test_against_the_whole_log(actions: list[tuple[str, int, int]]) -> None:
    table = OpenTransactions()
    log: list[Batch] = []
    indexes: list[list[Aborted]] = [[]]
    bases = [0]
    end = high_watermark = 0
    for action, producer_id, size in actions:
        match action:
            case "data":
                fresh = table.wrote(producer_id, end, 0)
                assert fresh == all(one[0] != producer_id for one in plain_transactions(log) if one[3] == "open")
                log.append(Batch(end, size, producer_id))
            case "plain":
                log.append(Batch(end, size))
            case "commit" | "abort":
                was = [one for one in plain_transactions(log) if one[0] == producer_id and one[3] == "open"]
                ended = table.end(producer_id, end, is_commit=action == "commit")
                log.append(Batch(end, 1, producer_id, action))
                assert (ended is not None) == bool(was)
                if ended is not None:
                    assert ended.first_offset == was[0][1]
                    assert (ended.aborted is not None) == (action == "abort")
                    if ended.aborted is not None:
                        indexes[-1].append(ended.aborted)
            case "flush":
                ends = [high_watermark, *(b.offset + b.size for b in log if b.offset + b.size > high_watermark)]
                high_watermark = ends[min(size, len(ends) - 1)]
            case "roll":
                if bases[-1] != end:
                    indexes.append([])
                    bases.append(end)
        end = log[-1].offset + log[-1].size if log else 0
        unstable = [first for _, first, last, how in plain_transactions(log) if how == "open" or last >= high_watermark]
        stable = min([high_watermark, *unstable])
        assert table.last_stable_offset(high_watermark) == stable
        assert dict(table) == {one[0]: one[1] for one in plain_transactions(log) if one[3] == "open"}
    starts = sorted({0, *(batch.offset for batch in log)})
    for start in starts:
        for stop in [*starts, end]:
            if stop <= start:
                continue
            at = max(i for i, base in enumerate(bases) if base <= start)
            found = aborted_between(indexes[at:], start, stop)
            wanted = [
                (producer, first, last)
                for producer, first, last, how in plain_transactions(log)
                if how == "abort" and last >= start and first < stop
            ]
            # All that overlap; more never, since a reader takes an entry for everything from its first offset on.
            assert sorted((one.producer_id, one.first_offset, one.last_offset) for one in found) == sorted(wanted)
            assert [one.first_offset for one in found] == sorted(one.first_offset for one in found)


def test_trimming_keeps_what_is_open() -> None:
    table = OpenTransactions()
    table.wrote(1, 5, 0)
    table.wrote(2, 8, 0)
    table.trimmed(7)
    assert dict(table) == {1: 7, 2: 8}
    assert table.last_stable_offset(20) == 7
    table.end(1, 20, is_commit=True)
    assert table.last_stable_offset(20) == 7
    assert table.last_stable_offset(21) == 8


def test_cutting_forgets_what_was_cut() -> None:
    table = OpenTransactions()
    table.wrote(1, 5, 0)
    table.wrote(2, 8, 3)
    assert table.oldest_since_ms() == 0
    table.cut(6)
    assert dict(table) == {1: 5}
    assert len(table) == 1
    assert 1 in table
    assert table.first_offset(2) == -1


def test_a_snapshot_comes_back_in_order() -> None:
    table = OpenTransactions.restore([(9, 40), (3, 10), (5, 20)], 7)
    assert list(table) == [(3, 10), (5, 20), (9, 40)]
    assert table.oldest_since_ms() == 7
    assert OpenTransactions().oldest_since_ms() is None


# --- markers ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "epoch", "known", "error"),
    [
        (0, 4, Known(), E.NONE),
        (0, 4, Known(4, 0, True), E.NONE),
        (0, 4, Known(5, 0, True), E.INVALID_PRODUCER_EPOCH),
        (2, 5, Known(4, 0, True), E.NONE),
        (2, 5, Known(5, 0, True), E.INVALID_PRODUCER_EPOCH),
        (2, 5, Known(5, 0, False), E.NONE),
        (2, 4, Known(5, 0, False), E.INVALID_PRODUCER_EPOCH),
        (2, 32767, Known(32767, 0, True), E.NONE),
        (0, 4, Known(4, 7, True), E.TRANSACTION_COORDINATOR_FENCED),
        (0, 4, Known(4, 6, True), E.NONE),
    ],
)
def test_which_markers_are_taken(version: int, epoch: int, known: Known, error: ErrorCode) -> None:
    found, message = check_marker(Marker(1, epoch, 6, True, version), known)
    assert found is error
    assert (message is None) == (not error)


def test_what_answers_mean() -> None:
    assert verdict(E.NONE, exists=True) is Verdict.TOLD
    assert verdict(E.UNKNOWN_TOPIC_OR_PARTITION, exists=False) is Verdict.GONE
    assert verdict(E.UNKNOWN_TOPIC_OR_PARTITION, exists=True) is Verdict.AGAIN
    assert verdict(E.KAFKA_STORAGE_ERROR, exists=True) is Verdict.AGAIN
    assert verdict(E.INVALID_PRODUCER_EPOCH, exists=True) is Verdict.GONE
    assert verdict(E.TRANSACTION_COORDINATOR_FENCED, exists=True) is Verdict.GONE
    pauses = [retry_after_ms(attempt) for attempt in range(1, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (20, 5000)


@pytest.mark.parametrize(
    ("is_transactional", "is_open", "is_verified", "error"),
    [
        (True, True, False, E.NONE),
        (True, False, True, E.NONE),
        (True, False, False, E.INVALID_TXN_STATE),
        (False, False, False, E.NONE),
        (False, True, True, E.INVALID_TXN_STATE),
    ],
)
def test_which_batches_fit(is_transactional: bool, is_open: bool, is_verified: bool, error: ErrorCode) -> None:
    found, message = check_batch(
        is_transactional=is_transactional, is_open=is_open, is_verified=is_verified, producer_id=1
    )
    assert found is error
    assert (message is None) == (not error)


# --- verification -------------------------------------------------------------------------------------------------------------


def test_a_guard_stands_until_the_transaction_is_written_to_or_ended() -> None:
    table = Verifications()
    guard = table.begin(1, 0, 0, 0)
    assert table.begin(1, 0, 5, 0) == guard
    assert table.is_verified(1, guard)
    assert not table.is_verified(1, NO_GUARD)
    assert not table.is_verified(2, guard)
    table.done(1)
    assert not table.is_verified(1, guard)
    # The next transaction's verification is another one: an answer for the earlier comes too late.
    assert table.begin(1, 0, 6, 0) != guard
    assert not table.is_verified(1, guard)


def test_a_later_batch_is_not_written_before_an_earlier_one() -> None:
    table = Verifications()
    table.begin(1, 0, 5, 0)
    table.begin(1, 0, 0, 0)
    assert table.check_sequence(1, 5, is_new=True)[0] is E.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert table.check_sequence(1, 0, is_new=True)[0] is E.NONE
    table.begin(1, 1, 3, 0)  # a new epoch: what was lowest before no longer matters
    assert table.check_sequence(1, 3, is_new=True)[0] is E.NONE
    assert table.check_sequence(9, 3, is_new=True)[0] is E.NONE
    table.begin(2, 0, 4, 0, is_implicit=True)
    assert table.check_sequence(2, 4, is_new=True)[0] is E.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert table.check_sequence(2, 4, is_new=False)[0] is E.NONE


def test_guards_expire() -> None:
    table = Verifications()
    table.begin(1, 0, 0, 1000)
    table.begin(2, 0, 0, 1500)
    assert table.expire(2000, 1000) == 1
    assert len(table) == 1


def test_no_more_than_so_many_are_waited_for() -> None:
    table = Verifications()
    first = table.begin(1, 0, 0, 0)
    for producer_id in range(2, EXPECTED_MAX + 1):
        table.begin(producer_id, 0, 0, 0)
    assert table.is_verified(1, first)
    last = table.begin(EXPECTED_MAX + 1, 0, 0, 0)
    assert len(table) == EXPECTED_MAX
    assert not table.is_verified(1, first)
    assert table.is_verified(EXPECTED_MAX + 1, last)
