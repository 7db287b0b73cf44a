import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.records.builder import build_batch
from ottla.records.errors import RecordError
from ottla.records.header import (
    HEADER,
    BatchHeader,
    crc32c,
    crc_ok,
    decrement_sequence,
    increment_sequence,
    patch,
    read_header,
    set_log_append_time,
    set_max_timestamp,
)
from ottla.records.reader import iter_records

BATCH = build_batch([(1000, b"k", b"v"), (2000, b"k", b"w")], producer_id=7, producer_epoch=2, base_sequence=5)


def writable(batch: bytes = BATCH) -> memoryview:
    return memoryview(bytearray(batch))


def test_fields_and_helpers() -> None:
    header = read_header(BATCH)
    assert header == BatchHeader(0, len(BATCH) - 12, -1, 2, header.crc, 0, 1, 1000, 2000, 7, 2, 5, 2)
    assert header.total_size == len(BATCH)
    assert (header.last_offset, header.next_offset, header.last_sequence) == (1, 2, 6)
    assert (header.codec, header.timestamp_type) == (0, 0)
    assert header.has_producer_id
    assert (header.is_transactional, header.is_control, header.has_delete_horizon) == (False, False, False)


@pytest.mark.parametrize(
    ("attributes", "codec", "timestamp_type", "transactional", "control", "horizon"),
    [
        (0x04, 4, 0, False, False, False),
        (0x0B, 3, 1, False, False, False),
        (0x30, 0, 0, True, True, False),
        (0x41, 1, 0, False, False, True),
        (-1, 7, 1, True, True, True),
        (0x7F00, 0, 0, False, False, False),
    ],
)
def test_attributes(
    attributes: int, codec: int, timestamp_type: int, transactional: bool, control: bool, horizon: bool
) -> None:
    header = read_header(BATCH)._replace(attributes=attributes)
    assert (header.codec, header.timestamp_type) == (codec, timestamp_type)
    assert (header.is_transactional, header.is_control, header.has_delete_horizon) == (transactional, control, horizon)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_reads_any_buffer_at_any_position(kind: type) -> None:
    assert read_header(kind(b"xyz" + BATCH), 3) == read_header(BATCH)


@pytest.mark.parametrize("size", range(61))
def test_short_header(size: int) -> None:
    with pytest.raises(RecordError) as caught:
        read_header(BATCH[:size])
    assert caught.value.code == ErrorCode.CORRUPT_MESSAGE


@pytest.mark.parametrize("pos", [1, 100, 10_000])
def test_header_past_the_end(pos: int) -> None:
    with pytest.raises(RecordError):
        read_header(BATCH[:61], pos)


def test_known_crc() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(memoryview(bytearray(b"123456789"))) == 0xE3069283


@pytest.mark.parametrize("size", [0, 1, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 1_000_000])
def test_crc_in_pieces_is_the_crc_of_the_whole(size: int) -> None:
    data = bytes(i * 31 & 0xFF for i in range(size))
    assert crc32c(memoryview(data)) == crc32c(data)


@pytest.mark.parametrize("size", [10, 200_000])
def test_crc_covers_what_it_should(size: int) -> None:
    batch = build_batch([(1, b"k", bytes(size))])
    header = read_header(batch)
    for at in (21, 22, 30, 60, 61, len(batch) - 1):
        damaged = writable(batch)
        damaged[at] ^= 1
        assert not crc_ok(damaged, header)
    for at in (0, 7, 12, 15):
        patched = writable(batch)
        patched[at] ^= 1
        assert crc_ok(patched, header)
    assert crc_ok(memoryview(batch + b"next batch"), header)


def test_patch_leaves_the_rest_alone() -> None:
    view = writable()
    patch(view, 2**62, 77)
    header = read_header(view)
    assert (header.base_offset, header.partition_leader_epoch) == (2**62, 77)
    assert crc_ok(view, header)
    assert bytes(view[16:]) == BATCH[16:]
    assert bytes(view[8:12]) == BATCH[8:12]


def test_log_append_time() -> None:
    view = writable()
    set_log_append_time(view, 123_456)
    header = read_header(view)
    assert (header.timestamp_type, header.max_timestamp, header.base_timestamp) == (1, 123_456, 1000)
    assert crc_ok(view, header)
    assert [record.timestamp for record in iter_records(view)] == [123_456] * 2
    before = bytes(view)
    set_log_append_time(view, 123_456)
    assert bytes(view) == before


def test_log_append_time_touches_only_its_own_batch() -> None:
    view = writable(BATCH + BATCH)
    set_log_append_time(view[: len(BATCH)], 5)
    assert bytes(view[len(BATCH) :]) == BATCH


def test_max_timestamp_is_corrected() -> None:
    view = writable()
    HEADER.pack_into(view, 0, *read_header(view)._replace(max_timestamp=9))
    set_max_timestamp(view, 2000)
    assert bytes(view) == BATCH


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_sequence_arithmetic_wraps_at_two_to_the_31(sequence: int, step: int) -> None:
    after = increment_sequence(sequence, step)
    assert after == (sequence + step) % 2**31
    assert decrement_sequence(after, step) == sequence
