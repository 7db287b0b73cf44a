import pytest

from ottla.records.builder import COMMIT, BatchBuilder, build_batch, control_batch
from ottla.records.compress import Codec
from ottla.records.errors import RecordError
from ottla.records.header import crc_ok, read_header
from ottla.records.reader import iter_records
from ottla.records.transform import rebuild

RECORDS = [(1000 + i, b"key %d" % (i % 5), b"value " * 20, [("h", b"x")]) for i in range(200)]


@pytest.mark.parametrize("source", list(Codec))
@pytest.mark.parametrize("target", list(Codec))
def test_every_codec_to_every_codec(source: Codec, target: Codec) -> None:
    view = memoryview(
        build_batch(
            RECORDS,
            source,
            base_offset=0,
            leader_epoch=4,
            producer_id=8,
            producer_epoch=2,
            base_sequence=30,
            is_transactional=True,
        )
    )
    before = read_header(view)
    after_view = memoryview(rebuild(view, before, codec=target))
    after = read_header(after_view)
    assert crc_ok(after_view, after)
    assert after.codec == target
    assert after.total_size == len(after_view)
    unchanged = ("crc", "attributes", "batch_length")
    assert {k: v for k, v in after._asdict().items() if k not in unchanged} == {
        k: v for k, v in before._asdict().items() if k not in unchanged
    }
    assert list(iter_records(after_view)) == list(iter_records(view))
    if source == target:
        assert bytes(after_view) == bytes(view)


def test_stamps_the_append_time() -> None:
    view = memoryview(build_batch(RECORDS, Codec.LZ4))
    stamped = memoryview(rebuild(view, read_header(view), codec=Codec.ZSTD, level=19, log_append_time_ms=777))
    header = read_header(stamped)
    assert crc_ok(stamped, header)
    assert (header.timestamp_type, header.max_timestamp, header.codec) == (1, 777, 4)
    assert {record.timestamp for record in iter_records(stamped)} == {777}
    again = memoryview(rebuild(view, read_header(view), codec=Codec.LZ4, log_append_time_ms=777))
    assert list(iter_records(again)) == list(iter_records(stamped))


def test_ignores_what_follows_the_batch() -> None:
    data = build_batch(RECORDS)
    view = memoryview(data + b"next")
    assert rebuild(view, read_header(view), codec=Codec.NONE) == data


def test_control_and_empty_batches_stay_as_they_are() -> None:
    marker = control_batch(COMMIT, producer_id=1, producer_epoch=0, coordinator_epoch=0, timestamp_ms=5)
    assert rebuild(memoryview(marker), read_header(marker), codec=Codec.ZSTD) == marker
    empty = BatchBuilder().build(last_offset=3)
    assert rebuild(memoryview(empty), read_header(empty), codec=Codec.ZSTD) == empty


def test_bounded() -> None:
    bomb = memoryview(build_batch([(1, None, bytes(10_000_000))], Codec.ZSTD))
    with pytest.raises(RecordError):
        rebuild(bomb, read_header(bomb), codec=Codec.NONE, limit=1_000_000)
