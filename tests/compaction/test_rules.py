"""Which log is next, from where to where, and in which groups: Kafka's rules as examples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.records.builder import ABORT, COMMIT, BatchBuilder, control_batch
from ottla.records.header import BatchHeader, read_header
from ottla.rules.compaction import (
    RANGE_MAX,
    Aborted,
    AbortedRanges,
    Assessment,
    LogFacts,
    SegmentFacts,
    Survey,
    assess,
    dirtiest,
    first_dirty_offset,
    group_segments,
    is_due,
)
from ottla.rules.configs.topic import TopicConfig

CONFIG = TopicConfig(cleanup_policy=("compact",))
NOW = 1_700_000_000_000


def log(
    *bases: int,
    size: int = 100,
    start: int = 0,
    end: int | None = None,
    stable: int | None = None,
    durable: int | None = None,
    checkpoint: int | None = None,
    times: dict[int, tuple[int, int]] | None = None,
) -> LogFacts:
    """A log with segments at these offsets, each of `size` bytes; the last is the active one."""
    end = bases[-1] + 10 if end is None else end
    return LogFacts(
        [SegmentFacts(base, size, *(times or {}).get(base, (-1, -1))) for base in bases],
        start,
        end,
        end if stable is None else stable,
        end if durable is None else durable,
        checkpoint,
    )


def span(facts: LogFacts, config: TopicConfig = CONFIG) -> tuple[int, int]:
    found = assess(facts, config, NOW)
    return found.first_dirty_offset, found.first_uncleanable_offset


@pytest.mark.parametrize(
    ("checkpoint", "wanted"),
    [(None, (5, False)), (5, (5, False)), (20, (20, False)), (4, (5, True)), (41, (5, True)), (40, (40, False))],
)
def test_where_the_dirty_part_begins(checkpoint: int | None, wanted: tuple[int, bool]) -> None:
    assert first_dirty_offset(log(0, 10, 30, start=5, checkpoint=checkpoint)) == wanted


def test_a_new_log_is_dirty_up_to_its_active_segment() -> None:
    found = assess(log(0, 10, 20), CONFIG, NOW)
    assert found == Assessment(0, 20, 0, 200, is_overdue=False, is_reset=False)
    assert found.ratio == 1.0


def test_whole_segments_below_what_is_decided_and_durable() -> None:
    assert span(log(0, 10, 20, 30, stable=29)) == (0, 20)
    assert span(log(0, 10, 20, 30, stable=20)) == (0, 20)
    assert span(log(0, 10, 20, 30, durable=19)) == (0, 10)
    assert span(log(0, 10, 20, 30, stable=5)) == (0, 0)
    assert assess(log(0, 10, 20, 30, stable=5), CONFIG, NOW).cleanable_bytes == 0


def test_the_ratio_of_a_log_that_was_cleaned_before() -> None:
    found = assess(log(0, 10, 20, 30, checkpoint=20), CONFIG, NOW)
    assert (found.clean_bytes, found.cleanable_bytes) == (200, 100)
    assert not is_due(found, CONFIG)
    assert is_due(found, replace(CONFIG, min_cleanable_dirty_ratio=0.33))
    # A checkpoint within a segment: it counts on both sides, as in Kafka.
    found = assess(log(0, 10, 20, 30, checkpoint=15), CONFIG, NOW)
    assert (found.clean_bytes, found.cleanable_bytes) == (200, 200)


def test_nothing_to_clean_is_never_due() -> None:
    config = replace(CONFIG, min_cleanable_dirty_ratio=0.0, max_compaction_lag_ms=1)
    for facts in (log(0), log(0, 10, checkpoint=10), log(0, 10, checkpoint=15), log(0, 10, stable=3)):
        assert not is_due(assess(facts, config, NOW), config)


def test_young_segments_are_left() -> None:
    config = replace(CONFIG, min_compaction_lag_ms=1000)
    times = {0: (1, NOW - 2000), 10: (1, NOW - 999), 20: (1, NOW - 5000)}
    assert span(log(0, 10, 20, 30, times=times), config) == (0, 10)
    times[10] = (1, NOW - 1000)
    assert span(log(0, 10, 20, 30, times=times), config) == (0, 30)


def test_what_is_owed() -> None:
    config = replace(CONFIG, min_cleanable_dirty_ratio=0.9, max_compaction_lag_ms=1000)
    times = {0: (NOW - 90_000, 0), 10: (NOW - 1001, 0), 20: (NOW, 0)}
    found = assess(log(0, 10, 20, 30, checkpoint=10, times=times), config, NOW)
    assert found.is_overdue
    assert is_due(found, config)
    times[10] = (NOW - 1000, 0)
    assert not assess(log(0, 10, 20, 30, checkpoint=10, times=times), config, NOW).is_overdue
    times[10] = (-1, -1)  # no timestamp: it does not count
    assert not assess(log(0, 10, 20, 30, checkpoint=10, times=times), config, NOW).is_overdue


def test_the_dirtiest_of_those_that_are_due() -> None:
    facts = {"a": log(0, 10, 20, 30, checkpoint=10), "b": log(0, 10, 20), "c": log(0, 10, 20, 30, checkpoint=20)}
    found = dirtiest((name, assess(one, CONFIG, NOW), CONFIG) for name, one in facts.items())
    assert found is not None
    assert found[0] == "b"
    assert dirtiest([("c", assess(facts["c"], CONFIG, NOW), CONFIG)]) is None


@dataclass(frozen=True)
class Files:
    base_offset: int
    size: int
    index_size: int = 0
    time_index_size: int = 0


def groups(*segments: Files, end: int = 1000, **limits: int) -> list[list[int]]:
    found = group_segments(segments, end, **{"segment_bytes": 100, "index_bytes": 100, "segments_max": 64, **limits})
    return [[one.base_offset for one in group] for group in found]


def test_groups_stay_within_every_limit() -> None:
    assert groups() == []
    assert groups(Files(0, 50), Files(1, 50), Files(2, 1)) == [[0, 1], [2]]
    assert groups(Files(0, 500), Files(1, 1)) == [[0], [1]]
    assert groups(Files(0, 1, 60), Files(1, 1, 50), Files(2, 1, 50)) == [[0], [1, 2]]
    assert groups(Files(0, 1, 0, 60), Files(1, 1, 0, 50)) == [[0], [1]]
    assert groups(*(Files(n, 1) for n in range(5)), segments_max=2) == [[0, 1], [2, 3], [4]]


def test_a_group_spans_no_more_offsets_than_an_index_can_say() -> None:
    far = RANGE_MAX + 1
    assert groups(Files(0, 1), Files(10, 1), end=far) == [[0, 10]]
    assert groups(Files(0, 1), Files(10, 1), end=far + 1) == [[0], [10]]
    assert groups(Files(0, 1), Files(10, 1), Files(far + 1, 1), end=far + 10) == [[0], [10, far + 1]]
    assert groups(Files(0, 1), Files(far * 2, 0), end=far * 3) == [[0, far * 2]]  # empty: no entry will be written


@given(st.lists(st.tuples(st.integers(1, 2**31), st.integers(0, 120), st.integers(0, 60)), max_size=30))
def test_groups_are_the_segments_in_order(steps: list[tuple[int, int, int]]) -> None:
    segments = []
    base = 0
    for step, size, index in steps:
        segments.append(Files(base, size, index, index // 2))
        base += step
    found = group_segments(segments, base, segment_bytes=200, index_bytes=100, segments_max=4)
    assert [one for group in found for one in group] == segments
    ends = {one.base_offset: other.base_offset for one, other in pairwise(segments)}
    for group in found:
        assert 1 <= len(group) <= 4
        if len(group) > 1:
            assert sum(one.size for one in group) <= 200
            assert sum(one.index_size for one in group) <= 100
            holding = [one for one in group if one.size]
            if holding and holding[-1] is not group[0]:
                assert ends.get(holding[-1].base_offset, base) - 1 - group[0].base_offset <= RANGE_MAX


# -- transactions


def data(producer: int, offset: int) -> BatchHeader:
    builder = BatchBuilder(
        base_offset=offset, producer_id=producer, producer_epoch=0, base_sequence=0, is_transactional=True
    )
    builder.append(0, b"k", b"v")
    return read_header(builder.build())


def end(producer: int, offset: int) -> BatchHeader:
    return read_header(
        control_batch(
            ABORT, producer_id=producer, producer_epoch=0, coordinator_epoch=0, timestamp_ms=0, base_offset=offset
        )
    )


def test_a_survey_finds_what_was_aborted() -> None:
    survey = Survey()
    for header, kind in [
        (data(1, 0), None),
        (data(2, 1), None),
        (data(1, 2), None),
        (end(1, 3), ABORT),
        (end(3, 4), ABORT),  # nothing was written
        (data(1, 5), None),
        (end(2, 6), COMMIT),
        (end(1, 7), ABORT),
        (data(4, 8), None),
    ]:
        survey.note(header, kind)
    assert survey.aborted == [Aborted(1, 0, 3, 1), Aborted(1, 5, 7, 8)]
    assert survey.undecided_below(8) is None
    assert survey.undecided_below(9) == 8
    ranges = AbortedRanges(survey.aborted)
    assert [offset for offset in range(10) if ranges.find(1, offset)] == [0, 1, 2, 3, 5, 6, 7]
    assert ranges.find(2, 1) is None
