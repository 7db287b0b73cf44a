import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.records.errors import RecordError
from ottla.records.snapshot import ProducerEntry, decode_snapshot, encode_snapshot

int16, int32, int64 = (st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (16, 32, 64))
ENTRIES = [
    ProducerEntry(4711, 3, 2, 102, 2, 1_700_000_000_000, -1, -1),
    ProducerEntry(4712, 0, -1, -1, 0, 1_700_000_000_001, 13, -1),
    ProducerEntry(4713, 7, 2**31 - 1, 2**40, 0, 5, 2, 2**40 - 3),
]
# What Apache Kafka 4.3.1 writes for ENTRIES (ProducerStateManager.writeSnapshot).
GOLDEN = (
    "00014305a83e0000000300000000000012670003000000020000000000000066000000020000018bcfe56800ffff"
    "ffffffffffffffffffff00000000000012680000ffffffffffffffffffffffff000000000000018bcfe568010000"
    "000dffffffffffffffff000000000000126900077fffffff00000100000000000000000000000000000000050000"
    "0002000000fffffffffd"
)


def test_bytes_are_kafkas() -> None:
    assert encode_snapshot(ENTRIES).hex() == GOLDEN
    assert decode_snapshot(bytes.fromhex(GOLDEN)) == ENTRIES


@given(st.lists(st.builds(ProducerEntry, int64, int16, int32, int64, int32, int64, int32, int64), max_size=20))
def test_round_trip(entries: list[ProducerEntry]) -> None:
    data = encode_snapshot(entries)
    assert len(data) == 10 + 46 * len(entries)
    assert decode_snapshot(data) == decode_snapshot(memoryview(data)) == entries


def test_truncated_at_each_byte() -> None:
    data = encode_snapshot(ENTRIES)
    for size in range(len(data)):
        with pytest.raises(RecordError) as caught:
            decode_snapshot(data[:size])
        assert caught.value.code == ErrorCode.CORRUPT_MESSAGE
    with pytest.raises(RecordError):
        decode_snapshot(data + b"\0")


def test_any_changed_byte_is_seen() -> None:
    data = encode_snapshot(ENTRIES)
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 0x40
        with pytest.raises(RecordError):
            decode_snapshot(damaged)


@pytest.mark.parametrize("count", [-1, 2, 2**31 - 1])
def test_absurd_counts(count: int) -> None:
    data = bytearray(encode_snapshot(ENTRIES[:1]))
    data[6:10] = count.to_bytes(4, "big", signed=True)
    with pytest.raises(RecordError):
        decode_snapshot(data)
