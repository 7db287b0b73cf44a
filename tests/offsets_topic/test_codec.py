"""The records of `__consumer_offsets`: against three partitions that Apache Kafka 4.3.1 wrote, older versions by hand, and garbage.

What Kafka was made to do for `kafka-4.3.1/`: three partitions; topic `trips`; classic group `classic` (two commits, left), static member in
`static`, group `modern` of the new protocol, `tx-group` with a committed and an aborted transaction, `gone` deleted.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.records.builder import ABORT, COMMIT, build_batch, control_batch
from ottla.records.compress import Codec
from ottla.records.errors import RecordError
from ottla.records.offsets_topic import (
    GroupKey,
    GroupMember,
    GroupValue,
    Latest,
    OffsetKey,
    OffsetValue,
    group_key,
    group_value,
    offset_key,
    offset_value,
    read_group_value,
    read_key,
    read_offset_value,
)
from ottla.records.reader import iter_batches, iter_records
from ottla.rules.transactions.listing import offsets_partition

GOLDEN = Path(__file__).parent / "kafka-4.3.1"
TRIPS = bytes.fromhex("3ece3bd7631e4de8a61a58032ecd0461")


def golden(index: int) -> bytes:
    return (GOLDEN / f"partition-{index}.log").read_bytes()


def test_what_kafka_wrote_is_written_byte_for_byte() -> None:
    offsets = groups = tombstones = 0
    for index in range(3):
        for header, view in iter_batches(golden(index)):
            for record in iter_records(view, header):
                if header.is_control or record.key is None:
                    continue
                key = read_key(record.key)
                if isinstance(key, OffsetKey):
                    assert offset_key(*key) == record.key
                    if record.value is not None:
                        assert offset_value(read_offset_value(record.value)) == record.value
                        offsets += 1
                elif isinstance(key, GroupKey):
                    assert group_key(*key) == record.key
                    if record.value is not None:
                        assert group_value(read_group_value(record.value)) == record.value
                        groups += 1
                if key is not None:
                    assert offsets_partition(key.group_id, 3) == index
                    tombstones += record.value is None
    assert (offsets, groups, tombstones) == (12, 11, 3)


def test_a_log_of_kafkas_says_in_the_end() -> None:
    offsets: dict[OffsetKey, OffsetValue] = {}
    groups: dict[str, GroupValue] = {}
    for index in range(3):
        latest = Latest()
        data = golden(index)
        assert latest.feed(data, check_crc=True) == len(data)
        offsets.update(latest.offsets())
        groups.update(latest.groups())
        assert not latest.skipped.count
    assert {key: value.offset for key, value in offsets.items()} == {
        OffsetKey("classic", "trips", 0): 5,
        OffsetKey("classic", "trips", 1): 4,
        OffsetKey("static", "trips", 0): 5,
        OffsetKey("static", "trips", 1): 6,
        OffsetKey("modern", "trips", 0): 5,
        OffsetKey("modern", "trips", 1): 6,
        OffsetKey("tx-group", "trips", 0): 2,
    }
    assert offsets[OffsetKey("classic", "trips", 0)].topic_id == TRIPS
    assert offsets[OffsetKey("tx-group", "trips", 0)].topic_id is None
    assert {name: (group.generation_id, len(group.members)) for name, group in groups.items()} == {
        "classic": (2, 0),
        "static": (1, 1),
        "tx-group": (2, 0),
    }
    member = groups["static"].members[0]
    assert (member.instance_id, member.client_id, member.client_host) == ("i-1", "rdkafka", "/127.0.0.1")
    assert (member.rebalance_timeout_ms, member.session_timeout_ms) == (300_000, 45_000)


# --- older versions, by hand --------------------------------------------------------------------------------------------------


def text(value: str) -> bytes:
    return pack(">h", len(value)) + value.encode()


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (pack(">hq", 0, 7) + text("m") + pack(">q", 99), OffsetValue(7, -1, "m", 99)),
        (pack(">hq", 1, 7) + text("m") + pack(">qq", 99, 500), OffsetValue(7, -1, "m", 99, 500)),
        (pack(">hq", 2, 7) + text("m") + pack(">q", 99), OffsetValue(7, -1, "m", 99)),
        (pack(">hqi", 3, 7, 5) + text("m") + pack(">q", 99), OffsetValue(7, 5, "m", 99)),
        (pack(">hqi", 4, 7, 5) + b"\x02m" + pack(">q", 99) + b"\x01\x07\x01x", OffsetValue(7, 5, "m", 99)),
    ],
)
def test_offsets_of_every_version(raw: bytes, value: OffsetValue) -> None:
    assert read_offset_value(raw) == value


def test_an_expiry_is_kept_by_the_version_that_has_one() -> None:
    value = OffsetValue(7, -1, "m", 99, 500)
    assert offset_value(value)[:2] == b"\x00\x01"
    assert read_offset_value(offset_value(value)) == value


@pytest.mark.parametrize("version", range(5))
def test_groups_of_every_version(version: int) -> None:
    def string(value: str) -> bytes:
        return bytes([len(value) + 1]) + value.encode() if version >= 4 else text(value)

    def blob(value: bytes) -> bytes:
        return bytes([len(value) + 1]) + value if version >= 4 else pack(">i", len(value)) + value

    tags = b"\x00" if version >= 4 else b""
    raw = pack(">h", version) + string("consumer") + pack(">i", 3) + string("range") + string("a")
    raw += (pack(">q", 77) if version >= 2 else b"") + (b"\x02" if version >= 4 else pack(">i", 1))
    raw += string("a") + (string("i") if version >= 3 else b"") + string("c") + string("/h")
    raw += (pack(">i", 60) if version >= 1 else b"") + pack(">i", 10) + blob(b"sub") + blob(b"asg") + tags + tags
    member = GroupMember("a", "i" if version >= 3 else None, "c", "/h", 60 if version else 10, 10, b"sub", b"asg")
    assert read_group_value(raw) == GroupValue("consumer", 3, "range", "a", 77 if version >= 2 else -1, (member,))


def test_key_versions_0_and_1_are_one_key() -> None:
    latest = Latest()
    old = b"\x00\x00" + offset_key("g", "t", 0)[2:]
    latest.feed(build_batch([(1, old, offset_value(OffsetValue(1, -1, "", 1)))]))
    latest.feed(build_batch([(1, offset_key("g", "t", 0), None)]))
    assert not latest.values


def test_what_a_tool_would_not_expect_is_refused() -> None:
    for raw in (b"", b"\x00", b"\x00\x05", b"\xff\xff" + bytes(40)):
        with pytest.raises(RecordError):
            read_offset_value(raw)
        with pytest.raises(RecordError):
            read_group_value(raw)
    with pytest.raises(RecordError):
        read_key(b"\x00\x01\x00\x09g")
    assert read_key(b"\x00\x03\x00\x01g") is None
    with pytest.raises(ValueError, match="32767"):
        offset_key("g" * 40_000, "t", 0)


# --- transactions and damage --------------------------------------------------------------------------------------------------


def entry(group: str, offset: int) -> tuple[int, bytes, bytes]:
    return 1, offset_key(group, "t", 0), offset_value(OffsetValue(offset, -1, "", 1))


def in_transaction(producer_id: int, *entries: tuple[int, bytes, bytes]) -> bytes:
    return build_batch(entries, producer_id=producer_id, producer_epoch=0, base_sequence=0, is_transactional=True)


def marker(kind: int, producer_id: int) -> bytes:
    return control_batch(kind, producer_id=producer_id, producer_epoch=0, coordinator_epoch=0, timestamp_ms=1)


def test_a_transaction_counts_where_its_marker_stands() -> None:
    latest = Latest()
    latest.feed(
        in_transaction(1, entry("a", 1), entry("b", 1))
        + in_transaction(2, entry("c", 1))
        + in_transaction(3, entry("d", 1))
        + build_batch([entry("a", 2)])
        + marker(ABORT, 2)
        + marker(COMMIT, 1)
        + build_batch([entry("b", 3)])
    )
    assert {key.group_id: value.offset for key, value in latest.offsets()} == {"a": 1, "b": 3}


def test_a_damaged_batch_is_passed_over() -> None:
    bad = bytearray(build_batch([entry("b", 1)]))
    bad[-1] ^= 1
    torn = build_batch([entry("d", 1)])[:-3]
    latest = Latest()
    data = build_batch([entry("a", 1)], Codec.LZ4) + bytes(bad) + build_batch([entry("c", 1)]) + torn
    assert latest.feed(data, check_crc=True) == len(data) - len(torn)
    assert {key.group_id for key, _ in latest.offsets()} == {"a", "c"}
    assert latest.skipped.count == 1
    assert "checksum" in latest.skipped.first


names = st.text(max_size=30)
ints = st.integers(-(2**31), 2**31 - 1)
longs = st.integers(-(2**63), 2**63 - 1)
members = st.builds(
    GroupMember, names, st.none() | names, names, names, ints, ints, st.binary(max_size=50), st.binary(max_size=50)
)


@given(names, names, ints)
def test_offset_keys_come_back(group: str, topic: str, partition: int) -> None:
    assert read_key(offset_key(group, topic, partition)) == OffsetKey(group, topic, partition)
    assert read_key(group_key(group)) == GroupKey(group)


@given(
    longs,
    ints,
    st.text(max_size=300),
    longs,
    st.integers(0, 2**63 - 1) | st.just(-1),
    st.binary(min_size=16, max_size=16),
)
def test_offsets_come_back(
    offset: int, leader_epoch: int, metadata: str, commit_ms: int, expire_ms: int, topic_id: bytes
) -> None:
    value = OffsetValue(offset, leader_epoch, metadata, commit_ms, expire_ms, topic_id if any(topic_id) else None)
    if expire_ms >= 0:
        value = value._replace(leader_epoch=-1, topic_id=None)
    assert read_offset_value(offset_value(value)) == value


@given(st.builds(GroupValue, names, ints, st.none() | names, st.none() | names, longs, st.lists(members).map(tuple)))
def test_groups_come_back(value: GroupValue) -> None:
    assert read_group_value(group_value(value)) == value


@given(st.binary(max_size=80), st.integers(0, 5))
def test_garbage_is_refused_in_order(data: bytes, version: int) -> None:
    for read in (read_key, read_offset_value, read_group_value):
        with suppress(RecordError):
            read(bytes([0, version]) + data)


@given(st.integers(0, 848), st.integers(0, 255))
def test_a_changed_byte_of_a_log_is_survived(at: int, byte: int) -> None:
    data = bytearray(golden(0))
    data[at % len(data)] = byte
    latest = Latest()
    try:
        latest.feed(data, check_crc=True)
    except RecordError:
        return
    list(latest.offsets())
    list(latest.groups())
