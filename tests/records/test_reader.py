import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.records.builder import BatchBuilder, build_batch, pack_batch, varint
from ottla.records.compress import Codec
from ottla.records.errors import RecordError
from ottla.records.header import HEADER_SIZE, crc_ok, read_header
from ottla.records.reader import Record, find_by_timestamp, iter_batches, iter_records, max_timestamp_record

int64 = st.integers(-(2**63), 2**63 - 1)
texts = st.text(max_size=20)
contents = st.none() | st.binary(max_size=200)
records = st.tuples(
    st.integers(0, 2**42) | st.just(-1),
    contents,
    contents,
    st.lists(st.tuples(texts, contents), max_size=4).map(tuple),
)


def batch_of(block: bytes, count: int, **changes: int) -> memoryview:
    """A batch around any bytes as its records."""
    fields = {
        "base_offset": 0,
        "leader_epoch": -1,
        "attributes": 0,
        "last_offset_delta": max(count - 1, 0),
        "base_timestamp": 1000,
        "max_timestamp": 1000,
        "producer_id": -1,
        "producer_epoch": -1,
        "base_sequence": -1,
        "records_count": count,
    } | changes
    return memoryview(pack_batch(block, **fields))


def record_bytes(*fields: int | bytes) -> bytes:
    body = b"".join(varint(field) if isinstance(field, int) else field for field in fields)
    return varint(len(body)) + body


PLAIN = record_bytes(b"\0", 0, 0, 1, b"k", 1, b"v", 0)


@given(st.lists(records, min_size=1, max_size=30), st.sampled_from(list(Codec)), st.integers(0, 2**60))
@settings(deadline=None, max_examples=150)
def test_what_is_built_is_read(items: list, codec: Codec, base_offset: int) -> None:
    data = build_batch(items, codec, base_offset=base_offset)
    view = memoryview(data)
    header = read_header(view)
    assert crc_ok(view, header)
    assert header.max_timestamp == max(item[0] for item in items)
    expected = [Record(base_offset + index, *item) for index, item in enumerate(items)]
    assert list(iter_records(view)) == expected
    target = items[len(items) // 2][0]
    found = find_by_timestamp(view, header, target)
    assert found == next((r.offset, r.timestamp) for r in expected if r.timestamp >= target)
    newest = max(expected, key=lambda record: record.timestamp)
    assert max_timestamp_record(view, header) == (newest.offset, newest.timestamp)


@given(st.lists(int64, min_size=1, max_size=10), st.lists(st.integers(0, 2**20), min_size=1, max_size=10))
@settings(deadline=None)
def test_any_timestamps_and_offset_gaps(timestamps: list[int], gaps: list[int]) -> None:
    builder = BatchBuilder(base_offset=50)
    offset = 50
    expected = []
    for timestamp, gap in zip(timestamps, gaps, strict=False):
        offset += gap
        # a delta that leaves 64 bits wraps, as Java's does
        expected.append((builder.append(timestamp, None, None, offset=offset), timestamp))
        offset += 1
    data = builder.build() if max(timestamps) - min(timestamps) < 2**63 else None
    if data is not None:
        assert [(r.offset, r.timestamp) for r in iter_records(memoryview(data))] == expected


def test_timestamps_wrap_like_javas() -> None:
    view = batch_of(record_bytes(b"\0", 1, 0, -1, -1, 0), 1, base_timestamp=2**63 - 1)
    assert [record.timestamp for record in iter_records(view)] == [-(2**63)]


@pytest.mark.parametrize("size", [0, 1, 63, 64, 8191, 8192, 2**20, 2**24])
def test_sizes_around_each_varint_length(size: int) -> None:
    data = build_batch([(1, b"k" * size, b"v" * size, [("h" * min(size, 9000), b"c" * size)])])
    (record,) = iter_records(memoryview(data))
    assert (len(record.key or b""), len(record.value or b"")) == (size, size)
    assert len(record.headers[0][0]) == min(size, 9000)


def test_header_key_that_is_no_text_survives() -> None:
    data = build_batch([(1, None, None, [(b"\xff\xfe", b"x")])])
    (record,) = iter_records(memoryview(data))
    assert build_batch([record[1:]]) == data


def test_builder_refuses_offsets_that_go_back() -> None:
    builder = BatchBuilder(base_offset=10)
    builder.append(1, None, None, offset=12)
    for offset in (9, 12, 10 + 2**31):
        with pytest.raises(ValueError, match="cannot follow"):
            builder.append(1, None, None, offset=offset)
    assert builder.append(1, None, None) == 13


def test_builder_size_is_right_and_bounded() -> None:
    builder = BatchBuilder()
    for n in (0, 10, 100, 10_000):
        before = builder.size
        builder.append(n, b"k" * n, None, [("é" * n, b"x")])
        assert builder.size - before <= builder.record_size_max(b"k" * n, None, [("é" * n, b"x")])
    assert builder.size == len(builder.build())
    assert len(builder) == 4


# ---- bad bytes


def read_all(data: bytes | memoryview) -> list[Record]:
    return [record for header, view in iter_batches(data) for record in iter_records(view, header, limit=2**20)]


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (b"", 1),
        (PLAIN, 2),
        (PLAIN + PLAIN, 1),
        (PLAIN + b"\0", 1),
        (PLAIN, -1),
        (PLAIN, 2**31 - 1),
        (varint(-1) + PLAIN, 1),
        (varint(2**31 - 1), 1),
        (varint(0), 1),
        (varint(3) + b"\0\0\0", 1),
        (b"\xff" * 20, 1),
        (record_bytes(b"\0", b"\xff" * 11, 0, -1, -1, 0), 1),
        (record_bytes(b"\0", 0, b"\xff" * 6, -1, -1, 0), 1),
        (record_bytes(b"\0", 0, 0, 100, b"k", -1, 0), 1),
        (record_bytes(b"\0", 0, 0, 2**31 - 1, b"k", -1, 0), 1),
        (record_bytes(b"\0", 0, 0, -1, 100, b"k", 0), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, -1), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 2**31 - 1), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 5, 0, 0, 0), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 1, -1, -1), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 1, 1, b"k", 99, b"v"), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 1, 99, b"k", -1), 1),
        (record_bytes(b"\0", 0, 0, -1, -1, 0, b"rest"), 1),
        (record_bytes(b"\0", 0, 0, 8, b"k", -1, 0) + PLAIN + PLAIN, 3),
    ],
)
def test_records_that_lie(block: bytes, count: int) -> None:
    with pytest.raises(RecordError) as caught:
        list(iter_records(batch_of(block, count)))
    assert caught.value.code == ErrorCode.INVALID_RECORD


def test_any_negative_size_is_null() -> None:
    block = record_bytes(b"\0", 0, 0, -9, -(2**31), 1, 1, b"h", -7)
    assert list(iter_records(batch_of(block, 1))) == [Record(0, 1000, None, None, (("h", None),))]


@pytest.mark.parametrize("codec", list(Codec))
def test_truncated_at_each_byte(codec: Codec) -> None:
    data = build_batch([(1, b"key", b"value", [("h", b"v")]), (2, None, b"x" * 40)], codec)
    whole = read_all(data)
    header = read_header(data)
    for size in range(len(data)):
        cut = data[:size]
        assert read_all(cut) == []  # a torn tail is not a batch
        if size >= HEADER_SIZE:
            with pytest.raises(RecordError):
                list(iter_records(memoryview(cut)))
            shorter = header._replace(batch_length=size - 12)
            with pytest.raises(RecordError):
                list(iter_records(memoryview(cut), shorter))
    assert len(whole) == 2


@pytest.mark.parametrize("codec", list(Codec))
def test_garbage_raises_only_record_errors(codec: Codec) -> None:
    rng = random.Random(20261122 + codec)
    good = build_batch([(i, b"k%d" % i, b"v" * i, [("h", b"x")] * (i % 3)) for i in range(20)], codec)
    outcomes = set()
    for _ in range(1500):
        data = bytearray(good)
        for _ in range(rng.choice((1, 1, 2, 5, 50))):
            data[rng.randrange(8, len(data))] = rng.randrange(256)
        try:
            read_all(bytes(data))
            outcomes.add(ErrorCode.NONE)
        except RecordError as error:
            outcomes.add(error.code)
    assert {ErrorCode.NONE, ErrorCode.INVALID_RECORD} <= outcomes
    assert outcomes <= {ErrorCode.NONE, ErrorCode.CORRUPT_MESSAGE, ErrorCode.INVALID_RECORD}


@given(st.binary(max_size=300), st.integers(-5, 50), st.integers(-(2**15), 2**15 - 1))
@settings(deadline=None, max_examples=300)
def test_random_records_raise_only_record_errors(block: bytes, count: int, attributes: int) -> None:
    try:
        found = list(iter_records(batch_of(block, count, attributes=attributes), limit=2**20))
    except RecordError:
        return
    assert len(found) == max(count, 0)


def test_iter_batches_of_several() -> None:
    one = build_batch([(1, b"a", None)], base_offset=5)
    two = build_batch([(2, b"b", None)], base_offset=6)
    assert [(h.base_offset, bytes(view)) for h, view in iter_batches(one + two)] == [(5, one), (6, two)]
    assert [h.base_offset for h, _ in iter_batches(one + two[:-1])] == [5]
    assert list(iter_batches(b"")) == []


@pytest.mark.parametrize("length", [-(2**31), -1, 0, 14, 48])
def test_iter_batches_refuses_lengths_that_cannot_be(length: int) -> None:
    data = bytearray(build_batch([(1, b"a", None)]))
    data[8:12] = length.to_bytes(4, "big", signed=True)
    with pytest.raises(RecordError) as caught:
        list(iter_batches(data))
    assert caught.value.code == ErrorCode.CORRUPT_MESSAGE


@pytest.mark.parametrize("magic", [0, 1, 3, 255])
def test_iter_batches_refuses_other_formats(magic: int) -> None:
    data = bytearray(build_batch([(1, b"a", None)]))
    data[16] = magic
    with pytest.raises(RecordError) as caught:
        list(iter_batches(data))
    assert caught.value.code == ErrorCode.CORRUPT_MESSAGE


# ---- look-ups by time


def test_find_by_timestamp_takes_the_first_not_the_nearest() -> None:
    data = memoryview(build_batch([(10, None, None), (50, None, None), (20, None, None), (40, None, None)]))
    header = read_header(data)
    assert find_by_timestamp(data, header, 0) == (0, 10)
    assert find_by_timestamp(data, header, 15) == (1, 50)
    assert find_by_timestamp(data, header, 15, start_offset=2) == (2, 20)
    assert find_by_timestamp(data, header, 30, start_offset=2) == (3, 40)
    assert find_by_timestamp(data, header, 45, start_offset=2) is None
    assert find_by_timestamp(data, header, 51) is None
    assert find_by_timestamp(data, header, 0, start_offset=4) is None


def test_log_append_time_batches_are_answered_from_the_header() -> None:
    data = memoryview(build_batch([(10, None, None), (90, None, None)], base_offset=7, log_append_time_ms=500))
    header = read_header(data)
    assert find_by_timestamp(data, header, 500) == (7, 500)
    assert find_by_timestamp(data, header, 500, start_offset=8) == (8, 500)
    assert find_by_timestamp(data, header, 501) is None
    assert max_timestamp_record(data, header) == (7, 500)
    garbage = batch_of(b"garbage", 2, attributes=8)
    assert max_timestamp_record(garbage, read_header(garbage)) == (0, 1000)


def test_compacted_log_append_time_batch_is_opened() -> None:
    builder = BatchBuilder(base_offset=7, log_append_time_ms=500)
    builder.append(1, b"k", None, offset=9)
    data = memoryview(builder.build(last_offset=11))
    header = read_header(data)
    assert find_by_timestamp(data, header, 500) == (9, 500)
    assert max_timestamp_record(data, header) == (9, 500)
    empty = memoryview(BatchBuilder(base_offset=7).build(last_offset=11, max_timestamp_ms=9))
    assert find_by_timestamp(empty, read_header(empty), 5) is None
    assert max_timestamp_record(empty, read_header(empty)) is None


def test_max_timestamp_does_not_believe_the_header() -> None:
    data = memoryview(build_batch([(10, None, None), (50, None, None), (50, None, None)]))
    header = read_header(data)._replace(max_timestamp=99)
    assert max_timestamp_record(data, header) == (1, 50)
