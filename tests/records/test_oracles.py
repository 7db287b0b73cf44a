"""Round trips with the record code of kafka-python and aiokafka, both ways."""

from typing import Any

import pytest
from aiokafka.record.default_records import DefaultRecordBatchBuilder as AioBuilder
from aiokafka.record.memory_records import MemoryRecords as AioRecords
from kafka import codec as kafka_codecs
from kafka.record import MemoryRecords as KpRecords
from kafka.record.default_records import DefaultRecordBatchBuilder as KpBuilder

from ottla.records.builder import build_batch
from ottla.records.compress import Codec
from ottla.records.header import BatchHeader
from ottla.records.reader import iter_records
from ottla.records.validate import check_produced_batch

Item = tuple[int, bytes | None, bytes | None, tuple[tuple[str, bytes | None], ...]]

RECORDS: list[Item] = [
    (1_700_000_000_000, b"key", b"value", ()),
    (1_700_000_000_001, None, b"x" * 100_000, (("a", b"1"), ("a", b"2"))),
    (1_699_999_000_000, b"k" * 63, None, (("null", None), ("ünï", b"\x00\xff"))),
    (1_700_000_090_000, b"", b"", ()),
    *((1_700_000_000_000 + i * 7, b"%d" % i, b"value %d" % i * (i % 9), ()) for i in range(300)),
]
KP_HAS = {
    Codec.NONE: True,
    Codec.GZIP: kafka_codecs.has_gzip(),
    Codec.SNAPPY: kafka_codecs.has_snappy(),
    Codec.LZ4: kafka_codecs.has_lz4(),
    Codec.ZSTD: kafka_codecs.has_zstd(),
}
codecs = pytest.mark.parametrize("codec", list(Codec))
kafka_python_codecs = pytest.mark.parametrize("codec", [codec for codec, has in KP_HAS.items() if has])


def ours(data: bytes) -> list[Item]:
    header = check_produced_batch(memoryview(data), api_version=13)
    assert isinstance(header, BatchHeader)
    records = list(iter_records(memoryview(data), header))
    assert [record.offset for record in records] == list(range(len(records)))
    return [tuple(record[1:]) for record in records]  # type: ignore[misc]


def theirs(batches: Any) -> list[Item]:
    records = []
    while batches.has_next():
        batch = batches.next_batch()
        assert batch.validate_crc()
        records += [(r.timestamp, r.key, r.value, tuple(r.headers)) for r in batch]
    return [
        (
            timestamp,
            None if key is None else bytes(key),
            None if value is None else bytes(value),
            tuple((name, None if content is None else bytes(content)) for name, content in headers),
        )
        for timestamp, key, value, headers in records
    ]


@codecs
def test_aiokafka_writes_we_read(codec: Codec) -> None:
    builder = AioBuilder(
        magic=2,
        compression_type=codec.value,
        is_transactional=0,
        producer_id=9,
        producer_epoch=1,
        base_sequence=4,
        batch_size=10**9,
    )
    for offset, (timestamp, key, value, headers) in enumerate(RECORDS):
        assert builder.append(offset, timestamp, key, value, list(headers)) is not None
    assert ours(bytes(builder.build())) == RECORDS


@kafka_python_codecs
def test_kafka_python_writes_we_read(codec: Codec) -> None:
    builder = KpBuilder(
        magic=2,
        compression_type=codec.value,
        is_transactional=False,
        producer_id=9,
        producer_epoch=1,
        base_sequence=4,
        batch_size=10**9,
    )
    for offset, (timestamp, key, value, headers) in enumerate(RECORDS):
        assert builder.append(offset, timestamp, key, value, list(headers)) is not None
    assert ours(bytes(builder.build())) == RECORDS


@codecs
def test_we_write_aiokafka_reads(codec: Codec) -> None:
    assert theirs(AioRecords(build_batch(RECORDS, codec))) == RECORDS


@kafka_python_codecs
def test_we_write_kafka_python_reads(codec: Codec) -> None:
    assert theirs(KpRecords(build_batch(RECORDS, codec))) == RECORDS


def test_uncompressed_bytes_are_the_same_as_kafka_pythons() -> None:
    builder = KpBuilder(
        magic=2,
        compression_type=0,
        is_transactional=True,
        producer_id=9,
        producer_epoch=1,
        base_sequence=4,
        batch_size=10**9,
    )
    for offset, (timestamp, key, value, headers) in enumerate(RECORDS):
        builder.append(offset, timestamp, key, value, list(headers))
    mine = build_batch(RECORDS, producer_id=9, producer_epoch=1, base_sequence=4, is_transactional=True)
    assert bytes(builder.build())[:12] == mine[:12]
    assert bytes(builder.build())[16:] == mine[16:]  # but the leader epoch, which kafka-python leaves 0
