"""Rounds on logs written by hand: what goes, what stays, and in which bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compaction.kit import NOW, RETENTION, Log, read, records_of, run, table, txn_index
from ottla.records.builder import COMMIT
from ottla.records.dump import dump_buffer
from ottla.storage.local.compaction.job import Uncleanable
from ottla.storage.local.index import parse


def log_bytes(log: Log, base: int = 0) -> bytes:
    return (log.path / f"{base:020d}.log").read_bytes()


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "t-0")


def ready(log: Log) -> Log:
    """Closes what was written, so that a round may reach it, and writes it out."""
    log.roll()
    log.data([(b"active", b"1")])
    log.write()
    return log


def offsets(log: Log) -> list[int]:
    return [record.offset for record in records_of(log.path)]


def test_the_newest_record_of_a_key_stays_at_its_offset(log: Log) -> None:
    log.data([(b"a", b"1"), (b"b", b"1"), (b"a", b"2")])
    log.data([(b"c", b"1"), (b"b", b"2")])
    ready(log)
    done, _ = run(log)
    assert offsets(log) == [2, 3, 4, 5]
    assert done.end_offset == 5
    assert (done.keys, done.records_read, done.records_kept) == (3, 5, 3)
    header, records = read(log.path)[0]
    assert (header.base_offset, header.last_offset, header.records_count) == (0, 2, 1)
    assert records[0].timestamp == NOW + 3 == header.max_timestamp


def test_the_active_segment_is_never_touched(log: Log) -> None:
    log.data([(b"a", b"1"), (b"a", b"2")])
    log.roll()
    log.data([(b"a", b"3"), (b"a", b"4")])
    log.write()
    before = log_bytes(log, 2)
    run(log)
    assert log_bytes(log, 2) == before
    assert offsets(log) == [1, 2, 3]


def test_a_batch_without_a_loss_is_copied_byte_by_byte(log: Log) -> None:
    log.data([(b"a", b"1"), (b"b", b"1")], codec=4, headers=[("h", b"x"), ("n", None)])
    log.data([(b"c", b"1")])
    log.data([(b"c", b"2")], append_time=True)
    first = log.batches[0][0]
    last = log.batches[0][2]
    ready(log)
    run(log)
    assert log_bytes(log) == first + last


def test_a_segment_without_a_loss_is_not_written(log: Log) -> None:
    log.data([(b"a", b"1")])
    ready(log)
    done, groups = run(log)
    assert [group.is_unchanged for group in groups] == [True]
    assert (done.bytes_written, done.end_offset) == (0, 1)
    assert not list(log.path.glob("*.cleaned"))


@pytest.mark.parametrize("codec", range(5))
@pytest.mark.parametrize("append_time", [False, True])
def test_a_rewritten_batch_keeps_its_codec_its_times_and_its_headers(log: Log, codec: int, append_time: bool) -> None:
    log.data(
        [(f"k{n % 3}".encode(), b"v" * 100) for n in range(9)],
        codec=codec,
        append_time=append_time,
        producer=7,
        epoch=2,
        sequence=40,
        headers=[("name", b"value")],
    )
    ready(log)
    before = {record.offset: record for record in records_of(log.path)}
    run(log)
    header, records = read(log.path)[0]
    assert [record.offset for record in records] == [6, 7, 8]
    assert all(record == before[record.offset] for record in records)
    assert (header.codec, header.timestamp_type) == (codec, int(append_time))
    assert (header.producer_id, header.producer_epoch, header.base_sequence, header.last_sequence) == (7, 2, 40, 48)
    assert header.partition_leader_epoch == 3


def test_clean_records_give_way_to_dirty_ones(log: Log) -> None:
    log.data([(b"a", b"1"), (b"b", b"1")])
    log.roll()
    log.data([(b"a", b"2")])
    ready(log)
    run(log, first_dirty=2)
    assert offsets(log) == [1, 2, 3]


def test_records_without_a_key_go(log: Log) -> None:
    log.data([(None, b"1"), (b"a", b"1"), (None, None)])
    ready(log)
    run(log)
    assert offsets(log) == [1, 3]


def test_the_empty_key_is_a_key(log: Log) -> None:
    log.data([(b"", b"1"), (b"", b"2")])
    ready(log)
    run(log)
    assert offsets(log) == [1, 2]


# -- tombstones


def test_a_tombstone_stays_until_its_horizon(log: Log) -> None:
    log.data([(b"a", b"1"), (b"b", b"1")])
    log.data([(b"a", None), (b"c", b"1")])
    ready(log)
    run(log)
    assert offsets(log) == [1, 2, 3, 4]
    header, records = read(log.path)[1]
    assert header.has_delete_horizon
    assert header.base_timestamp == NOW + RETENTION
    assert [record.timestamp for record in records] == [NOW + 3, NOW + 4]
    assert header.max_timestamp == NOW + 4
    kept = log_bytes(log)
    run(log, now_ms=NOW + RETENTION - 1)
    assert log_bytes(log) == kept  # the horizon is not set anew
    run(log, now_ms=NOW + RETENTION)
    assert offsets(log) == [1, 3, 4]
    header, records = read(log.path)[1]
    assert header.has_delete_horizon
    assert records[0].timestamp == NOW + 4


def test_a_tombstone_that_is_superseded_goes_at_once(log: Log) -> None:
    log.data([(b"a", None)])
    log.data([(b"a", b"1")])
    ready(log)
    run(log)
    assert offsets(log) == [1, 2]


def test_a_horizon_in_a_compressed_append_time_batch(log: Log) -> None:
    log.data([(b"a", None), (b"b", b"1")], codec=3, append_time=True)
    ready(log)
    before = records_of(log.path)
    run(log)
    header, records = read(log.path)[0]
    assert header.has_delete_horizon
    assert header.codec == 3
    assert records == before[:2]


# -- transactions


def test_aborted_records_go_at_once_and_supersede_nothing(log: Log) -> None:
    log.data([(b"a", b"1")])
    log.data([(b"a", b"aborted")], producer=5, transactional=True)
    log.end(5, commit=False)
    log.data([(b"x", b"1")], producer=5, transactional=True, sequence=1)
    log.end(5, commit=True)
    ready(log)
    run(log)
    assert offsets(log) == [0, 3, 5]
    assert txn_index(log.path)[0].last_offset == 2  # the marker stays in the round that removed the data


def test_a_marker_goes_after_its_data_and_its_horizon(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.end(5, commit=False)
    log.data([(b"a", b"2")], producer=6, transactional=True)
    log.end(6, commit=True)
    log.data([(b"a", b"3")])
    log.data([(b"b", b"4")], producer=5, sequence=1)
    log.data([(b"b", b"5")], producer=6, sequence=1)
    log.data([(b"c", b"5")])
    ready(log)

    def markers() -> list[tuple[int, bool]]:
        return [(header.base_offset, header.has_delete_horizon) for header, _ in read(log.path) if header.is_control]

    run(log)
    assert markers() == [(1, False), (3, False)]
    assert len(txn_index(log.path)) == 1
    run(log)
    assert markers() == [(1, True), (3, True)]
    assert not txn_index(log.path)
    horizon = next(header.base_timestamp for header, _ in read(log.path) if header.is_control)
    assert horizon == NOW + RETENTION
    run(log, now_ms=NOW + RETENTION - 1)
    assert markers() == [(1, True), (3, True)]
    run(log, now_ms=NOW + RETENTION)
    assert markers() == []


def test_a_marker_stays_while_a_batch_of_its_transaction_does(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.roll()
    log.end(5, commit=True)
    log.data([(b"b", b"1")])
    ready(log)
    for hours in range(3):
        run(log, now_ms=NOW + hours * 3_600_000)
    kinds = [
        (row["endTxnMarker"], row["offset"]) for row in dump_buffer(log_bytes(log), deep=True) if "endTxnMarker" in row
    ]
    assert kinds == [("COMMIT", 1)]
    assert COMMIT == 1


def test_an_undecided_transaction_holds_the_round_up(log: Log) -> None:
    log.data([(b"a", b"1"), (b"a", b"2")])
    log.roll()
    log.data([(b"a", b"3")], producer=5, transactional=True)
    log.roll()
    log.data([(b"a", b"4")])
    ready(log)
    # The engine does not know of it and says that everything is stable.
    done, _ = run(log, first_uncleanable_offset=4)
    assert done.end_offset == 2
    assert offsets(log) == [1, 2, 3, 4]


def test_a_transaction_that_ends_above_the_range_is_known_to_be_aborted(log: Log) -> None:
    log.data([(b"a", b"1")])
    log.data([(b"a", b"aborted")], producer=5, transactional=True)
    log.roll()
    log.end(5, commit=False)
    log.write()
    for name in log.path.glob("*.txnindex"):
        name.unlink()  # even without the index
    run(log)
    assert [(record.offset, record.value) for record in records_of(log.path)] == [(0, b"1")]


def test_the_index_is_made_anew_where_it_was_lost(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.end(5, commit=False)
    log.data([(b"b", b"1")])
    ready(log)
    (entry,) = txn_index(log.path)
    next(log.path.glob("*.txnindex")).unlink()
    run(log)
    assert txn_index(log.path) == [entry]


# -- what is kept for producers and ends


def test_a_producers_last_batch_stays_empty(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, sequence=0)
    log.data([(b"a", b"2")], producer=5, sequence=1, codec=2)
    log.data([(b"a", b"3")])
    ready(log)
    for _ in range(3):
        run(log)
    found = read(log.path)
    assert [(header.base_offset, header.records_count) for header, _ in found] == [(1, 0), (2, 1), (3, 1)]
    header = found[0][0]
    assert (header.producer_id, header.base_sequence, header.last_sequence, header.codec) == (5, 1, 1, 0)
    assert header.base_timestamp == -1
    assert header.max_timestamp == NOW + 2
    log.producers.clear()  # it expired
    run(log)
    assert [header.base_offset for header, _ in read(log.path)] == [2, 3]


def test_a_producers_last_aborted_batch_stays_empty_and_its_marker_with_it(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.end(5, commit=False)
    ready(log)
    for hours in range(4):
        run(log, now_ms=NOW + hours * 3_600_000)
    assert [(header.base_offset, header.records_count) for header, _ in read(log.path)] == [(0, 0), (1, 1), (2, 1)]
    assert len(txn_index(log.path)) == 1


def test_the_marker_that_holds_a_producers_epoch_stays(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.end(5, commit=False, epoch=1)  # fenced: the epoch was bumped by the marker
    log.data([(b"b", b"1")])
    ready(log)
    for hours in range(4):
        run(log, now_ms=NOW + hours * 3_600_000)
    found = [header for header, _ in read(log.path) if header.producer_id == 5]
    assert [(header.base_offset, header.producer_epoch, header.records_count) for header in found] == [(1, 1, 0)]


def test_the_last_batch_of_the_round_stays_empty(log: Log) -> None:
    log.data([(b"a", b"1")], producer=5, transactional=True)
    log.end(5, commit=False)
    log.producers.clear()
    ready(log)
    log.producers.clear()
    for hours in range(4):
        run(log, now_ms=NOW + hours * 3_600_000)
    assert [(header.last_offset, header.records_count) for header, _ in read(log.path)] == [(1, 0), (2, 1)]


def test_nothing_left_of_a_segment_leaves_an_empty_one(log: Log) -> None:
    log.data([(b"a", b"1")])
    log.roll()
    log.data([(b"a", b"2")])
    ready(log)
    run(log, segment_bytes=1)
    assert offsets(log) == [1, 2]
    assert log_bytes(log) == b""


# -- the map


def test_a_full_map_ends_the_round_early_and_the_next_goes_on(log: Log) -> None:
    for n in range(40):
        log.data([(f"k{n % 20}".encode(), str(n).encode()), (b"hot", str(n).encode())])
    ready(log)
    wanted = table(records_of(log.path))
    first_dirty = 0
    rounds = 0
    while first_dirty < 80:
        done, _ = run(log, first_dirty=first_dirty, dedupe_bytes=24 * 11)
        assert done.end_offset > first_dirty
        assert done.keys <= done.capacity
        assert done.map_bytes <= 24 * 11
        first_dirty = done.end_offset
        rounds += 1
    assert rounds > 1
    assert len(records_of(log.path)) == len(wanted)
    assert table(records_of(log.path)) == wanted


# -- damage


def test_a_damaged_batch_is_not_given_a_fresh_checksum(log: Log) -> None:
    log.data([(b"a", b"1"), (b"a", b"2")])
    ready(log)
    data = bytearray(log_bytes(log))
    data[-3] ^= 1
    (log.path / f"{0:020d}.log").write_bytes(data)
    with pytest.raises(Uncleanable, match="wrong CRC"):
        run(log)
    assert log_bytes(log) == data
    assert not list(log.path.glob("*.cleaned"))


def test_garbage_is_refused(log: Log) -> None:
    log.data([(b"a", b"1"), (b"a", b"2")])
    ready(log)
    whole = log_bytes(log)
    for bad in (whole + b"x" * 100, whole[:-1], whole + bytes(61), whole[:30]):
        (log.path / f"{0:020d}.log").write_bytes(bad)
        with pytest.raises(Uncleanable):
            run(log)


# -- files


def test_indexes_belong_to_the_new_segment(log: Log) -> None:
    for n in range(60):
        log.data([(f"k{n % 30}".encode(), b"v" * 30), (f"k{n}".encode(), b"w" * 30)])
    ready(log)
    run(log, index_interval_bytes=128)
    size = len(log_bytes(log))
    index = parse((log.path / f"{0:020d}.index").read_bytes(), (log.path / f"{0:020d}.timeindex").read_bytes(), size)
    assert index is not None
    assert len(index.offsets) > 3
    positions = {row["position"]: row["lastOffset"] for row in dump_buffer(log_bytes(log))}
    assert all(positions[at] == last for at, last in zip(index.positions, index.offsets, strict=True))
    newest = max(record.timestamp for record in records_of(log.path) if record.offset < 120)
    assert index.times[-1] == newest


def test_the_time_of_the_last_write_is_kept(log: Log) -> None:
    log.timestamp = -10  # retention goes by it where there are no timestamps
    log.data([(b"a", b"1"), (b"a", b"2")])
    ready(log)
    path = log.path / f"{0:020d}.log"
    os.utime(path, (1, 1_600_000_000))
    run(log)
    assert path.stat().st_mtime == 1_600_000_000
    assert offsets(log) == [1, 2]
