"""Random logs against a plain model: what a round keeps is what a dictionary keeps, and nothing above its end changes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from compaction.kit import NOW, RETENTION, Log, committed, found_bases, read, records_of, run, table
from ottla.records.reader import Record

KEYS = [b"", b"a", b"b", b"key-c", b"key-d"]
pairs = st.lists(
    st.tuples(st.sampled_from([*KEYS, None]), st.one_of(st.none(), st.binary(max_size=12))), min_size=1, max_size=5
)
codecs = st.sampled_from([0, 0, 0, 1, 2, 3, 4])
steps = st.one_of(
    st.tuples(st.just("plain"), pairs, codecs, st.booleans()),
    st.tuples(st.just("idempotent"), pairs, codecs, st.sampled_from([1, 2])),
    st.tuples(st.just("transactional"), pairs, codecs, st.sampled_from([3, 4, 5])),
    st.tuples(st.just("end"), st.sampled_from([3, 4, 5]), st.booleans(), st.booleans()),
    st.tuples(st.just("roll")),
    st.tuples(st.just("gap"), st.integers(1, 5)),
)


@contextmanager
def built(script: list[tuple[object, ...]]) -> Iterator[tuple[Log, set[int]]]:
    """The log a script describes, and the offsets of aborted records."""
    directory = Path(tempfile.mkdtemp())
    try:
        log = Log(directory / "t-0")
        sequences: dict[int, int] = {}
        epochs: dict[int, int] = {}
        pending: dict[int, set[int]] = {}
        aborted: set[int] = set()
        for step in script:
            kind = step[0]
            if kind == "roll":
                log.roll()
            elif kind == "gap":
                log.gap(step[1])  # type: ignore[arg-type]
            elif kind == "end":
                producer: int = step[1]  # type: ignore[assignment]
                if step[3]:
                    epochs[producer] = epochs.get(producer, 0) + 1
                    sequences[producer] = 0
                log.end(producer, commit=bool(step[2]), epoch=epochs.get(producer, 0))
                found = pending.pop(producer, set())
                if not step[2]:
                    aborted |= found
            else:
                records: list[tuple[bytes | None, bytes | None]] = step[1]  # type: ignore[assignment]
                codec: int = step[2]  # type: ignore[assignment]
                if kind == "plain":
                    log.data(records, codec=codec, append_time=bool(step[3]))
                    continue
                producer = step[3]  # type: ignore[assignment]
                sequence = sequences.get(producer, 0)
                base = log.data(
                    records,
                    codec=codec,
                    producer=producer,
                    sequence=sequence,
                    epoch=epochs.get(producer, 0),
                    transactional=kind == "transactional",
                )
                sequences[producer] = sequence + len(records)
                if kind == "transactional":
                    pending.setdefault(producer, set()).update(range(base, log.next_offset))
        log.roll()
        log.data([(b"active", b"1"), (b"a", None)])
        log.write()
        yield log, aborted
    finally:
        shutil.rmtree(directory)


def expected(records: list[Record], aborted: set[int], log: Log, end: int) -> list[int]:
    """The offsets that a first round, mapped up to `end`, leaves."""
    newest: dict[bytes, int] = {}
    for record in records:
        if record.offset < end and record.offset not in aborted and record.key is not None:
            newest[record.key] = record.offset
    rewritten = [base for base in log.bases if base < end]
    limit = min((base for base in log.bases if base not in rewritten), default=log.next_offset)
    kept = []
    for record in records:
        if record.offset >= limit:
            kept.append(record.offset)
        elif record.offset in aborted:
            continue
        elif record.offset >= end or (record.key is not None and newest[record.key] == record.offset):
            kept.append(record.offset)
    return kept


@settings(deadline=None, max_examples=100)
@given(st.lists(steps, min_size=1, max_size=40), st.sampled_from([1 << 20, 24 * 7]), st.sampled_from([1, 200, 1 << 30]))
def test_a_round_keeps_what_a_dictionary_keeps(
    script: list[tuple[object, ...]], dedupe: int, segment_bytes: int
) -> None:
    with built(script) as (log, aborted):
        records = records_of(log.path)
        by_offset = {record.offset: record for record in records}
        before = read(log.path)
        job = log.job()
        end = job.first_uncleanable_offset
        tail = {base: (log.path / f"{base:020d}.log").read_bytes() for base in log.bases if base >= end}
        done, _ = run(log, dedupe_bytes=dedupe, segment_bytes=segment_bytes)
        assert done.end_offset <= end
        assert [record.offset for record in records_of(log.path)] == expected(records, aborted, log, done.end_offset)

        # Rounds until the range is mapped: then all of it is like a dictionary.
        while done.end_offset < end:
            progress = done.end_offset
            done, _ = run(log, first_dirty=progress, dedupe_bytes=dedupe, segment_bytes=segment_bytes)
            assert done.end_offset > progress
        found = records_of(log.path)
        assert [one.offset for one in found] == expected(records, aborted, log, end)
        assert all(one == by_offset[one.offset] for one in found)
        assert table(one for one in committed(log.path) if one.offset not in aborted) == table(
            one for one in records if one.offset not in aborted and (one.key is not None or one.offset >= end)
        )
        for base, data in tail.items():
            assert (log.path / f"{base:020d}.log").read_bytes() == data
        assert found_bases(log.path)[-1] == log.bases[-1]

        # Batches keep who wrote them and which offsets they stand for.
        originals = {header.base_offset: header for header, _ in before}
        for header, _ in read(log.path):
            original = originals[header.base_offset]
            for name in (
                "last_offset_delta",
                "producer_id",
                "producer_epoch",
                "base_sequence",
                "partition_leader_epoch",
            ):
                assert getattr(header, name) == getattr(original, name)
            assert header.is_control == original.is_control
            assert header.is_transactional == original.is_transactional
            assert header.timestamp_type == original.timestamp_type
        for producer, (last, epoch) in log.producers.items():
            mine = [header for header, _ in read(log.path) if header.producer_id == producer]
            if last >= 0:
                assert any(header.last_offset == last for header in mine)
            else:
                assert any(header.is_control and header.producer_epoch == epoch for header in mine)


@settings(deadline=None, max_examples=60)
@given(st.lists(steps, min_size=5, max_size=40))
def test_rounds_come_to_rest_and_tombstones_and_markers_go_in_their_time(script: list[tuple[object, ...]]) -> None:
    with built(script) as (log, aborted):
        records = [one for one in records_of(log.path) if one.offset not in aborted]
        end = log.job().first_uncleanable_offset

        def data() -> bytes:
            return b"".join((log.path / f"{base:020d}.log").read_bytes() for base in found_bases(log.path))

        for _ in range(3):
            run(log)
        at_rest = data()
        run(log, now_ms=NOW + RETENTION - 1)
        assert data() == at_rest
        run(log, now_ms=NOW + RETENTION)
        run(log, now_ms=NOW + RETENTION)
        later = data()
        run(log, now_ms=NOW + 2 * RETENTION)
        run(log, now_ms=NOW + 3 * RETENTION)
        if not log.open:
            assert len(data()) <= len(later)
        wanted = {record.key: record for record in records if record.offset < end and record.key is not None}
        left = {one.key: one for one in records_of(log.path) if one.offset < end}
        assert left == {key: one for key, one in wanted.items() if one.value is not None}
        for header, _ in read(log.path):
            if (
                header.is_control
                and header.base_offset < end
                and header.records_count
                and header.last_offset + 1 != end
            ):
                # A marker stays only while a batch of its transaction does, or for its producer's epoch.
                mine = [one for one, _ in read(log.path) if one.producer_id == header.producer_id and one is not header]
                assert any(not one.is_control and one.last_offset < header.base_offset for one in mine)
