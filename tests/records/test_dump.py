import pytest

from ottla.records.builder import ABORT, COMMIT, BatchBuilder, build_batch, control_batch
from ottla.records.compress import Codec
from ottla.records.dump import (
    dump_buffer,
    dump_log,
    dump_offset_index,
    dump_snapshot,
    dump_time_index,
    dump_txn_index,
    index_mismatches,
)
from ottla.records.errors import RecordError
from ottla.records.header import crc_ok, read_header
from ottla.records.indexes import OFFSET_ENTRY, TIME_ENTRY, AbortedTxn, encode_txn, parse_txn_index
from ottla.records.snapshot import ProducerEntry, encode_snapshot
from ottla.records.transform import rebuild

FIRST = build_batch(
    [(1000, b"k", b"v", [("h1", b"x"), ("h2", None)]), (2000, None, None)],
    Codec.GZIP,
    base_offset=10,
    leader_epoch=3,
    producer_id=7,
    producer_epoch=1,
    base_sequence=2**31 - 1,
    is_transactional=True,
)
MARKER = control_batch(
    COMMIT,
    producer_id=7,
    producer_epoch=1,
    coordinator_epoch=5,
    timestamp_ms=3000,
    base_offset=12,
    leader_epoch=3,
)
LOG = FIRST + MARKER


def test_batch_rows_have_the_names_of_dump_log_segments() -> None:
    rows = list(dump_buffer(LOG))
    assert rows[0] == {
        "kind": "batch",
        "baseOffset": 10,
        "lastOffset": 11,
        "count": 2,
        "baseSequence": 2**31 - 1,
        "lastSequence": 0,
        "producerId": 7,
        "producerEpoch": 1,
        "partitionLeaderEpoch": 3,
        "isTransactional": True,
        "isControl": False,
        "deleteHorizonMs": None,
        "position": 0,
        "CreateTime": 2000,
        "size": len(FIRST),
        "magic": 2,
        "compresscodec": "gzip",
        "crc": read_header(FIRST).crc,
        "isvalid": True,
    }
    assert [(row["kind"], row["position"], row["isControl"]) for row in rows] == [
        ("batch", 0, False),
        ("batch", len(FIRST), True),
    ]


def test_records() -> None:
    rows = [row for row in dump_buffer(LOG, deep=True) if row["kind"] == "record"]
    assert rows == [
        {
            "kind": "record",
            "offset": 10,
            "CreateTime": 1000,
            "keySize": 1,
            "valueSize": 1,
            "sequence": 2**31 - 1,
            "headerKeys": ["h1", "h2"],
        },
        {
            "kind": "record",
            "offset": 11,
            "CreateTime": 2000,
            "keySize": -1,
            "valueSize": -1,
            "sequence": 0,
            "headerKeys": [],
        },
        {
            "kind": "record",
            "offset": 12,
            "CreateTime": 3000,
            "keySize": 4,
            "valueSize": 6,
            "sequence": -1,
            "headerKeys": [],
            "endTxnMarker": "COMMIT",
            "coordinatorEpoch": 5,
        },
    ]


def test_contents() -> None:
    row = next(row for row in dump_buffer(LOG, contents=True) if row["kind"] == "record")
    assert (row["key"], row["payload"], row["headers"]) == (b"k", b"v", [("h1", b"x"), ("h2", None)])


@pytest.mark.parametrize(
    ("key", "value", "fields"),
    [
        (b"\0\0\0\0", b"\0\0\0\0\0\x09", {"endTxnMarker": "ABORT", "coordinatorEpoch": 9}),
        (b"\0\0\0\x02", b"\1", {"controlType": "LEADER_CHANGE", "controlValue": "01"}),
        (b"\0\0\0\x06", b"", {"controlType": "KRAFT_VOTERS", "controlValue": ""}),
        (b"\0\0\0\x63", None, {"controlType": "UNKNOWN(99)", "controlValue": None}),
        (b"\0\0", b"x", {"controlType": "UNKNOWN", "controlValue": "78"}),
        (None, None, {"controlType": "UNKNOWN", "controlValue": None}),
        (b"\0\0\0\0", b"\0", {"controlType": "ABORT", "controlValue": "00"}),
    ],
)
def test_control_records(key: bytes | None, value: bytes | None, fields: dict) -> None:
    builder = BatchBuilder(is_control=True)
    builder.append(1, key, value)
    row = list(dump_buffer(builder.build(), deep=True))[1]
    assert {name: row[name] for name in fields} == fields
    assert ABORT == 0


def test_log_append_time_and_delete_horizon() -> None:
    stamped = memoryview(rebuild(memoryview(FIRST), read_header(FIRST), codec=Codec.ZSTD, log_append_time_ms=9))
    builder = BatchBuilder(base_offset=12, delete_horizon_ms=77)
    builder.append(5, b"k", None)
    batch, record, _, horizon, last = dump_buffer(bytes(stamped) + builder.build(), deep=True)
    assert (batch["LogAppendTime"], record["LogAppendTime"]) == (9, 9)
    assert (horizon["deleteHorizonMs"], last["CreateTime"]) == (77, 5)


def test_a_damaged_batch_does_not_end_the_dump() -> None:
    damaged = bytearray(LOG)
    damaged[80] ^= 1
    assert not crc_ok(memoryview(damaged), read_header(damaged))
    rows = list(dump_buffer(damaged, deep=True))
    assert [row["kind"] for row in rows] == ["batch", "fault", "batch", "record"]
    assert not rows[0]["isvalid"]


def test_records_that_do_not_parse_are_a_fault() -> None:
    wrong = bytearray(build_batch([(1, b"k", b"v")]))
    header = read_header(wrong)
    lying = memoryview(rebuild(memoryview(wrong), header._replace(records_count=2), codec=Codec.NONE))
    kinds = [row["kind"] for row in dump_buffer(bytes(lying) + MARKER, deep=True)]
    assert kinds == ["batch", "record", "fault", "batch", "record"]


@pytest.mark.parametrize("tail", [b"\0", bytes(100), LOG[:50], LOG[:-1], b"\xff" * 200])
def test_what_is_no_batch_at_the_end(tail: bytes) -> None:
    rows = list(dump_buffer(FIRST + tail))
    whole = [row for row in rows if row["kind"] == "batch"]
    assert rows[-1]["kind"] == "end"
    assert rows[-1]["position"] == sum(row["size"] for row in whole)
    assert len(whole) == (2 if tail == LOG[:-1] else 1)


def test_nothing_is_asked_for_beyond_the_bound() -> None:
    asked = []

    def read(position: int, size: int) -> bytes:
        asked.append(size)
        return (b"\0" * 8 + b"\x7f\xff\xff\xff" + b"\0" * 4 + b"\x02" + bytes(100))[position : position + size]

    assert [row["kind"] for row in dump_log(read, batch_bytes_max=1000)] == ["end"]
    assert max(asked) <= 1000


def test_max_bytes_takes_whole_batches() -> None:
    def read(position: int, size: int) -> bytes:
        return LOG[position : position + size]

    assert [len(list(dump_log(read, max_bytes=size))) for size in (0, len(FIRST) - 1, len(FIRST), len(LOG))] == [
        0,
        0,
        1,
        2,
    ]


def test_legacy_messages_are_rows() -> None:
    from kafka.record.legacy_records import LegacyRecordBatchBuilder

    for magic in (0, 1):
        builder = LegacyRecordBatchBuilder(magic=magic, compression_type=0, batch_size=1000)
        builder.append(0, timestamp=55, key=b"k", value=b"v", headers=[])
        rows = list(dump_buffer(bytes(builder.build()), deep=True))
        assert [(row["magic"], row["isvalid"], row["compresscodec"]) for row in rows] == [(magic, True, "none")]
        assert rows[0].get("CreateTime", -1) == (55 if magic else -1)


# ---- index files


def test_offset_index() -> None:
    data = OFFSET_ENTRY.pack(1, 0) + OFFSET_ENTRY.pack(2, len(FIRST)) + bytes(80)
    assert list(dump_offset_index(data, 10)) == [{"offset": 11, "position": 0}, {"offset": 12, "position": len(FIRST)}]

    def read(position: int, size: int) -> bytes:
        return LOG[position : position + size]

    assert list(index_mismatches(read, data, 10)) == []
    assert list(index_mismatches(read, OFFSET_ENTRY.pack(2, 0), 10)) == [(12, 11)]
    assert list(index_mismatches(read, OFFSET_ENTRY.pack(2, 10**6), 10)) == [(12, None)]


def test_time_index() -> None:
    data = TIME_ENTRY.pack(1000, 0) + TIME_ENTRY.pack(2000, 5) + bytes(24)
    assert list(dump_time_index(data, 100)) == [
        {"timestamp": 1000, "offset": 100},
        {"timestamp": 2000, "offset": 105},
    ]


def test_txn_index() -> None:
    entries = [AbortedTxn(7, 10, 20, 15), AbortedTxn(2**40, 0, 2**41, 0)]
    data = b"".join(encode_txn(entry) for entry in entries)
    assert len(data) == 68
    assert list(parse_txn_index(data)) == entries
    assert next(dump_txn_index(data)) == {
        "version": 0,
        "producerId": 7,
        "firstOffset": 10,
        "lastOffset": 20,
        "lastStableOffset": 15,
    }
    with pytest.raises(RecordError):
        list(parse_txn_index(b"\0\1" + data[2:]))


def test_files_that_are_cut_short() -> None:
    for dump in (
        lambda data: dump_offset_index(data, 0),
        lambda data: dump_time_index(data, 0),
        dump_txn_index,
        dump_snapshot,
    ):
        with pytest.raises(RecordError):
            list(dump(b"12345"))


def test_snapshot() -> None:
    entries = [ProducerEntry(1, 0, 0, 9, 2, 55, -1, -1), ProducerEntry(2, 1, -1, -1, 0, 66, 4, 30)]
    assert list(dump_snapshot(encode_snapshot(entries))) == [
        {
            "producerId": 1,
            "producerEpoch": 0,
            "coordinatorEpoch": -1,
            "currentTxnFirstOffset": None,
            "lastTimestamp": 55,
            "firstSequence": 2**31 - 2,
            "lastSequence": 0,
            "lastOffset": 9,
            "offsetDelta": 2,
            "timestamp": 55,
        },
        {
            "producerId": 2,
            "producerEpoch": 1,
            "coordinatorEpoch": 4,
            "currentTxnFirstOffset": 30,
            "lastTimestamp": 66,
        },
    ]
