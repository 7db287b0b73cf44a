"""Bytes that Apache Kafka 4.3.1 itself wrote (kafka_4_3_1_batches.txt), read and written by us."""

from pathlib import Path

import pytest

from ottla.records.builder import ABORT, COMMIT, BatchBuilder, build_batch, control_batch
from ottla.records.compress import Codec
from ottla.records.header import crc_ok, read_header
from ottla.records.reader import Record, iter_batches, iter_records
from ottla.records.validate import check_produced_batch

GOLDEN = {
    name: bytes.fromhex(text)
    for name, text in (
        line.split()
        for line in (Path(__file__).parent / "kafka_4_3_1_batches.txt").read_text().splitlines()
        if not line.startswith("#")
    )
}
NOW = 1_700_000_000_000
BIG = bytes((i * i >> 3) & 0xFF for i in range(300))
WIDE = bytes(i // 1000 & 0xFF for i in range(150_000))
RECORDS = [
    (NOW, b"key", b"value", ()),
    (NOW + 123, None, b"no key", ()),
    (NOW - 10_000, b"tombstone", None, ()),
    (NOW + 9_999, b"", b"", (("h1", b"v1"), ("null", None), ("é", b""))),
    (NOW + 9_999, b"big", BIG, ()),
]


@pytest.mark.parametrize("name", GOLDEN)
def test_every_checksum_of_kafka_holds(name: str) -> None:
    view = memoryview(GOLDEN[name])
    header = read_header(view)
    assert header.total_size == len(view)
    assert crc_ok(view, header)
    assert [len(part) for _, part in iter_batches(view)] == [len(view)]


@pytest.mark.parametrize("codec", list(Codec))
def test_records_kafka_wrote(codec: Codec) -> None:
    view = memoryview(GOLDEN[f"codec-{codec.value}"])
    header = check_produced_batch(view, api_version=13)
    assert header == read_header(view)
    assert header.codec == codec
    assert list(iter_records(view)) == [Record(offset, *record) for offset, record in enumerate(RECORDS)]
    assert header.max_timestamp == NOW + 9_999


@pytest.mark.parametrize("codec", [codec for codec in Codec if codec])
def test_records_of_several_blocks(codec: Codec) -> None:
    view = memoryview(GOLDEN[f"blocks-{codec.value}"])
    assert list(iter_records(view)) == [Record(0, 1, b"wide", WIDE), Record(1, 2, None, b"after")]


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("codec-0", lambda: build_batch(RECORDS)),
        (
            "idempotent",
            lambda: build_batch(
                [(5, b"a", b"b"), (4, b"a", b"c")], producer_id=4711, producer_epoch=3, base_sequence=2**31 - 2
            ),
        ),
        (
            "transactional",
            lambda: build_batch(
                [(5, b"a", b"b")], producer_id=4711, producer_epoch=3, base_sequence=7, is_transactional=True
            ),
        ),
        ("commit", lambda: marker(COMMIT)),
        ("abort", lambda: marker(ABORT)),
        ("log-append-time", lambda: log_append_time()),
        ("gaps", lambda: gaps()),
        ("empty", lambda: empty()),
        ("delete-horizon", lambda: delete_horizon()),
    ],
)
def test_we_write_the_same_bytes(name: str, ours) -> None:
    assert ours().hex() == GOLDEN[name].hex()


def marker(kind: int) -> bytes:
    return control_batch(
        kind,
        producer_id=4711,
        producer_epoch=3,
        coordinator_epoch=13,
        timestamp_ms=NOW,
        base_offset=42,
        leader_epoch=9,
    )


def log_append_time() -> bytes:
    return build_batch(
        [(1, b"k", b"v"), (900, b"k", b"w")], base_offset=100, leader_epoch=7, log_append_time_ms=NOW + 55_555
    )


def gaps() -> bytes:
    builder = BatchBuilder(base_offset=100, leader_epoch=7)
    assert builder.append(1000, b"k", b"v", offset=100) == 100
    assert builder.append(900, b"j", b"w", offset=107) == 107
    return builder.build()


def empty() -> bytes:
    builder = BatchBuilder(base_offset=100, leader_epoch=7, producer_id=4711, producer_epoch=3, base_sequence=5)
    return builder.build(last_offset=109, max_timestamp_ms=1000)


def delete_horizon() -> bytes:
    builder = BatchBuilder(base_offset=100, leader_epoch=7, delete_horizon_ms=5000)
    builder.append(1000, b"k", None)
    builder.append(1400, b"k2", b"x")
    return builder.build()


def test_log_append_time_rules_every_record() -> None:
    records = list(iter_records(memoryview(GOLDEN["log-append-time"])))
    assert [record.timestamp for record in records] == [NOW + 55_555] * 2


def test_delete_horizon_leaves_record_times() -> None:
    view = memoryview(GOLDEN["delete-horizon"])
    assert read_header(view).has_delete_horizon
    assert read_header(view).base_timestamp == 5000
    assert [(record.offset, record.timestamp) for record in iter_records(view)] == [(100, 1000), (101, 1400)]


def test_empty_batch_has_no_records() -> None:
    view = memoryview(GOLDEN["empty"])
    assert list(iter_records(view)) == []
    assert read_header(view).last_offset == 109


def test_sequence_wraps() -> None:
    header = read_header(GOLDEN["idempotent"])
    assert (header.base_sequence, header.last_sequence) == (2**31 - 2, 2**31 - 1)
    assert header._replace(last_offset_delta=2).last_sequence == 0
    assert read_header(GOLDEN["codec-0"]).last_sequence == -1
