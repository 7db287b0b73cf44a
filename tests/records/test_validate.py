"""What Kafka 4.3.1 answers to a produced batch. The rows were compared with its own classes (see validate.py for the differences)."""

import random
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.records.builder import COMMIT, BatchBuilder, build_batch, control_batch
from ottla.records.compress import Codec, compress
from ottla.records.errors import RecordError
from ottla.records.header import HEADER, BatchHeader, crc32c, read_header
from ottla.records.validate import (
    RecordFault,
    Refusal,
    check_produced_batch,
    check_records,
    must_open,
    refusal_of,
)

NOW = 1_700_000_000_000
DAY = 86_400_000
BATCH = build_batch([(NOW, b"k", b"v"), (NOW + 1, b"k", b"w"), (NOW + 2, b"k", None)])


def sealed(batch: bytes = BATCH, **fields: Any) -> bytes:
    """A batch with other header fields and a CRC that is right for them."""
    data = bytearray(batch)
    HEADER.pack_into(data, 0, *read_header(batch)._replace(**fields))
    data[17:21] = crc32c(bytes(data[21:])).to_bytes(4, "big")
    return bytes(data)


def check(data: bytes, *, api_version: int = 13, **bounds: int) -> BatchHeader | Refusal:
    return check_produced_batch(memoryview(data), api_version=api_version, **bounds)


def code(data: bytes, *, api_version: int = 13, **bounds: int) -> ErrorCode:
    answer = check(data, api_version=api_version, **bounds)
    return answer.error if isinstance(answer, Refusal) else ErrorCode.NONE


def test_a_good_batch_gives_its_header() -> None:
    assert check(BATCH) == read_header(BATCH)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", ErrorCode.INVALID_RECORD),
        (BATCH[:11], ErrorCode.INVALID_RECORD),
        (BATCH[:16], ErrorCode.INVALID_RECORD),
        (BATCH[:60], ErrorCode.INVALID_RECORD),
        (BATCH[:61], ErrorCode.INVALID_RECORD),
        (BATCH[:-1], ErrorCode.INVALID_RECORD),
        (BATCH + BATCH, ErrorCode.INVALID_RECORD),
        (BATCH + bytes(12), ErrorCode.CORRUPT_MESSAGE),
        (BATCH + bytes(11), ErrorCode.NONE),
        (BATCH + BATCH[:-1], ErrorCode.NONE),
        (sealed(magic=0), ErrorCode.INVALID_RECORD),
        (sealed(magic=1), ErrorCode.INVALID_RECORD),
        (sealed(magic=3), ErrorCode.CORRUPT_MESSAGE),
        (sealed(magic=-1), ErrorCode.CORRUPT_MESSAGE),
        (sealed(batch_length=-1), ErrorCode.CORRUPT_MESSAGE),
        (sealed(batch_length=-(2**31)), ErrorCode.CORRUPT_MESSAGE),
        (sealed(batch_length=0), ErrorCode.CORRUPT_MESSAGE),
        (sealed(batch_length=13), ErrorCode.CORRUPT_MESSAGE),
        (sealed(batch_length=2**31 - 1), ErrorCode.INVALID_RECORD),
        (sealed(base_offset=1), ErrorCode.INVALID_RECORD),
        (sealed(base_offset=-1), ErrorCode.INVALID_RECORD),
        (sealed(records_count=0), ErrorCode.INVALID_RECORD),
        (sealed(records_count=-1), ErrorCode.INVALID_RECORD),
        (sealed(records_count=4), ErrorCode.INVALID_RECORD),
        (sealed(last_offset_delta=-1, records_count=0), ErrorCode.INVALID_RECORD),
        (sealed(last_offset_delta=3), ErrorCode.INVALID_RECORD),
        (sealed(last_offset_delta=2**31 - 1), ErrorCode.INVALID_RECORD),
        (sealed(producer_id=1), ErrorCode.INVALID_RECORD),
        (sealed(producer_id=1, base_sequence=0), ErrorCode.NONE),
        (sealed(producer_id=1, producer_epoch=0, base_sequence=2**31 - 1, attributes=0x10), ErrorCode.NONE),
        (sealed(attributes=0x08), ErrorCode.INVALID_TIMESTAMP),
        (sealed(attributes=0x20), ErrorCode.INVALID_RECORD),
        (sealed(attributes=0x28), ErrorCode.INVALID_RECORD),
        (sealed(attributes=0x40), ErrorCode.INVALID_RECORD),
        (sealed(attributes=0x80), ErrorCode.NONE),
        (sealed(attributes=0x05), ErrorCode.UNSUPPORTED_COMPRESSION_TYPE),
        (sealed(attributes=0x07), ErrorCode.UNSUPPORTED_COMPRESSION_TYPE),
        (
            control_batch(COMMIT, producer_id=1, producer_epoch=0, coordinator_epoch=0, timestamp_ms=NOW),
            ErrorCode.INVALID_RECORD,
        ),
    ],
)
def test_answers(data: bytes, error: ErrorCode) -> None:
    assert code(data) == error


def test_short_batches_that_claim_to_be_whole() -> None:
    for size in range(26, 61):
        assert code(sealed(batch_length=size - 12)[:size]) == ErrorCode.CORRUPT_MESSAGE
        assert code(sealed(batch_length=size - 12, magic=1)[:size]) == ErrorCode.INVALID_RECORD


def test_what_trails_is_not_part_of_the_batch() -> None:
    answer = check(BATCH + BATCH[:30])
    assert isinstance(answer, BatchHeader)
    assert answer.total_size == len(BATCH)


def test_every_byte_under_the_crc_counts() -> None:
    for at in range(17, len(BATCH)):
        damaged = bytearray(BATCH)
        damaged[at] ^= 0x10
        assert code(bytes(damaged)) == ErrorCode.CORRUPT_MESSAGE


def test_zstd_needs_produce_7() -> None:
    batch = build_batch([(NOW, None, b"v")], Codec.ZSTD)
    assert code(batch, api_version=6) == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
    assert code(batch, api_version=7) == ErrorCode.NONE
    assert code(build_batch([(NOW, None, b"v")], Codec.LZ4), api_version=3) == ErrorCode.NONE


def test_size_limit() -> None:
    assert code(BATCH, max_message_bytes=len(BATCH)) == ErrorCode.NONE
    assert code(BATCH, max_message_bytes=len(BATCH) - 1) == ErrorCode.MESSAGE_TOO_LARGE
    # the size is looked at before the checksum, which would cost the broker
    assert code(sealed(crc=0), max_message_bytes=10) == ErrorCode.MESSAGE_TOO_LARGE


def test_garbage_is_refused_without_exceptions() -> None:
    rng = random.Random(7)
    for _ in range(3000):
        data = bytearray(BATCH)
        for _ in range(rng.choice((1, 3, 30))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        answer = check(bytes(data)[: rng.choice((len(data), rng.randrange(len(data))))])
        assert isinstance(answer, (BatchHeader, Refusal))
        if isinstance(answer, Refusal):
            assert answer.message
    assert isinstance(check(rng.randbytes(500)), Refusal)


# ---- inside the batch


def faults(data: bytes, **rules: Any) -> list[tuple[int, ErrorCode]]:
    header = check(data)
    assert isinstance(header, BatchHeader)
    return [(fault.index, fault.error) for fault in check_records(memoryview(data), header, now_ms=NOW, **rules)]


@pytest.mark.parametrize("codec", list(Codec))
def test_records_without_key_on_a_compacted_topic(codec: Codec) -> None:
    data = build_batch([(NOW, b"", None), (NOW, None, b"x"), (NOW, b"k", b"x"), (NOW, None, None)], codec)
    assert faults(data, compacted=True) == [(1, ErrorCode.INVALID_RECORD), (3, ErrorCode.INVALID_RECORD)]
    assert faults(data) == []


@pytest.mark.parametrize("codec", list(Codec))
def test_timestamps_out_of_range(codec: Codec) -> None:
    times = [NOW - DAY, NOW - DAY - 1, NOW + 1000, NOW + 1001, -1, 0]
    data = build_batch([(time, b"k", None) for time in times], codec)
    bad = ErrorCode.INVALID_TIMESTAMP
    assert faults(data, before_max_ms=DAY, after_max_ms=1000) == [(1, bad), (3, bad), (5, bad)]
    assert faults(data, after_max_ms=1000) == [(3, bad)]
    assert faults(data) == []
    assert faults(data, before_max_ms=DAY, after_max_ms=1000, log_append_time=True) == []


def test_the_key_is_looked_at_before_the_time() -> None:
    data = build_batch([(NOW + DAY, None, None), (NOW + DAY, b"k", None)])
    found = faults(data, compacted=True, after_max_ms=0)
    assert found == [(0, ErrorCode.INVALID_RECORD), (1, ErrorCode.INVALID_TIMESTAMP)]


def test_what_the_partition_answers() -> None:
    keys = [RecordFault(index, "no key", ErrorCode.INVALID_RECORD) for index in range(5)]
    refusal = refusal_of(keys)
    assert refusal.error == ErrorCode.INVALID_RECORD
    assert "5 record errors" in refusal.message
    assert refusal.message.count("no key") == 3
    late = RecordFault(9, "late", ErrorCode.INVALID_TIMESTAMP)
    assert refusal_of([*keys, late]).error == ErrorCode.INVALID_TIMESTAMP


def test_offsets_must_count_up_from_zero() -> None:
    builder = BatchBuilder()
    builder.append(NOW, b"k", None)
    builder.append(NOW, b"k", None, offset=2)
    data = sealed(builder.build(), last_offset_delta=1)
    with pytest.raises(RecordError) as caught:
        faults(data)
    assert caught.value.code == ErrorCode.INVALID_RECORD


@pytest.mark.parametrize("wrong", [-1, 1])
def test_the_count_must_be_the_number_of_records(wrong: int) -> None:
    data = sealed(last_offset_delta=2 + wrong, records_count=3 + wrong)
    with pytest.raises(RecordError) as caught:
        faults(data)
    assert caught.value.code == ErrorCode.INVALID_RECORD


@pytest.mark.parametrize("codec", [codec for codec in Codec if codec])
def test_records_that_do_not_decompress(codec: Codec) -> None:
    data = sealed(attributes=codec)
    with pytest.raises(RecordError) as caught:
        faults(data)
    assert caught.value.code == ErrorCode.INVALID_RECORD


def test_bombs_are_bounded() -> None:
    block = compress(Codec.ZSTD, bytes(50_000_000))
    header = read_header(BATCH)._replace(attributes=4, batch_length=49 + len(block))
    with pytest.raises(RecordError, match="more than the 1000000 bytes"):
        check_records(memoryview(HEADER.pack(*header) + block), header, limit=1_000_000)


def test_when_a_batch_must_be_opened() -> None:
    header = read_header(BATCH)
    assert not must_open(header, compacted=False, now_ms=NOW)
    assert must_open(header, compacted=True, now_ms=NOW, log_append_time=True)
    assert not must_open(header, compacted=False, now_ms=NOW, after_max_ms=2)
    assert must_open(header, compacted=False, now_ms=NOW, after_max_ms=1)
    assert must_open(header, compacted=False, now_ms=NOW, before_max_ms=DAY)
    assert not must_open(header, compacted=False, now_ms=NOW, before_max_ms=0, after_max_ms=0, log_append_time=True)
