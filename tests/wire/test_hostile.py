"""Bytes from an enemy: one error type, bounded time and memory, nothing half read."""

from __future__ import annotations

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire.samples import MESSAGES, PAIRS, sample

from ottla.wire.errors import WireError
from ottla.wire.messages import (
    api_versions_response,
    describe_topic_partitions_request,
    fetch_request,
    join_group_request,
    metadata_request,
    produce_request,
    produce_response,
)
from ottla.wire.primitives import MAX_ELEMENTS, MAX_TAGS, uvarint
from ottla.wire.registry import message_module

BILLION = [b"\xff\xff\xff\xff\x07", b"\xff\xff\xff\xff\x0f", b"\x7f\xff\xff\xff", b"\x80\x80\x80\x80\x04", b"\xff" * 12]


@pytest.mark.parametrize("name", MESSAGES)
def test_cut_anywhere(name: str) -> None:
    module = message_module(name)
    rng = random.Random(name)
    for version in MESSAGES[name].versions:
        data = module.encode(sample(name, version, rng), version)
        cuts = range(len(data)) if len(data) < 300 else [*sorted(rng.sample(range(len(data)), 150)), len(data) - 1]
        for cut in cuts:
            with pytest.raises(WireError):
                module.decode(data[:cut], version)
            with pytest.raises(WireError):
                module.decode_prefix(memoryview(data)[:cut], version)
        with pytest.raises(WireError, match="1 bytes left over"):
            module.decode(data + b"\0", version)


@pytest.mark.parametrize("name", MESSAGES)
def test_garbage_is_read_or_refused(name: str) -> None:
    module = message_module(name)
    rng = random.Random(name)
    for version in MESSAGES[name].versions:
        good = module.encode(sample(name, version, rng), version)
        for _ in range(30):
            bad = bytearray(good[:2000])
            for _ in range(rng.choice([1, 1, 2, 8])):
                if bad:
                    bad[rng.randrange(len(bad))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
            for data in (bytes(bad), rng.randbytes(rng.randrange(200))):
                try:
                    read = module.decode(data, version)
                except WireError:
                    continue
                assert module.decode(module.encode(read, version), version) == read


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(PAIRS), st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(pair: tuple[str, int], data: bytes) -> None:
    module = message_module(pair[0])
    try:
        module.decode(data, pair[1])
    except WireError:
        return


def test_claims_of_billions_cost_nothing() -> None:
    """A huge count or length at every place of every message's newest version: refused, and no memory taken for it."""
    rng = random.Random(3)
    samples = []
    for name, message in MESSAGES.items():
        version = message.versions.high
        module = message_module(name)
        data = module.encode(sample(name, version, rng), version)[:250]
        samples.append((module, version, data))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for module, version, data in samples:
            for at in range(len(data)):
                for claim in BILLION:
                    try:
                        module.decode(data[:at] + claim + data[at:], version)
                    except WireError:
                        continue
        assert tracemalloc.get_traced_memory()[1] - before < 4 << 20
    finally:
        tracemalloc.stop()


def test_counts_are_checked_against_what_remains_before_anything_is_made() -> None:
    assert len(metadata_request.decode((1000).to_bytes(4, "big") + bytes(2000), 0).topics or []) == 1000
    for claim, rest, version, said in [
        ((1000).to_bytes(4, "big"), 1999, 0, "Topics claims 1000 elements, 1999 bytes remain"),
        (uvarint(1001), 1999, 9, "Topics claims 1000 elements, 1999 bytes remain"),
        ((MAX_ELEMENTS + 1).to_bytes(4, "big"), 3 * MAX_ELEMENTS, 0, f"more than {MAX_ELEMENTS}"),
        (uvarint(MAX_ELEMENTS + 2), 3 * MAX_ELEMENTS, 9, f"more than {MAX_ELEMENTS}"),
        (uvarint(2**32), 3, 9, "varint exceeds 32 bits"),
        (b"\xff" * 9, 3, 9, "longer than 5 bytes"),
    ]:
        with pytest.raises(WireError, match=said):
            metadata_request.decode(claim + bytes(rest), version)


def test_lengths_are_checked() -> None:
    with pytest.raises(WireError, match="GroupId is null"):
        join_group_request.decode(b"\0" + bytes(40), 6)
    with pytest.raises(WireError, match="GroupId is null"):
        join_group_request.decode(b"\xff\xff" + bytes(40), 0)
    with pytest.raises(WireError, match="truncated"):
        join_group_request.decode(b"\x7f\xff" + bytes(40), 0)
    with pytest.raises(WireError, match="GroupId claims 1000 bytes, 40 remain"):
        join_group_request.decode(uvarint(1001) + bytes(40), 6)
    with pytest.raises(WireError, match="GroupId has 32768 bytes"):
        join_group_request.decode(uvarint(32769) + bytes(40000), 6)
    with pytest.raises(WireError, match="not UTF-8"):
        join_group_request.decode(b"\0\2\xc3\x28" + bytes(40), 0)


@pytest.mark.parametrize("null", [b"\x80\0", b"\x80\x80\0", b"\x80\x80\x80\x80\0"])
def test_a_null_in_several_bytes_does_not_move_the_reader_back(null: bytes) -> None:
    rest = b"\0\1" + bytes(4) + b"\1\0"
    assert produce_request.decode(b"\0" + rest, 13).acks == 1
    for module, version, before in (
        (produce_request, 13, b""),  # a nullable string
        (produce_request, 12, b"\0" + rest[:6] + b"\2"),  # a string
        (produce_request, 13, b"\0" + rest[:6] + b"\2" + bytes(16) + b"\2" + bytes(4)),  # nullable records
        (produce_request, 13, b"\0" + rest[:6]),  # an array
        (metadata_request, 9, b""),  # a nullable array
    ):
        for tail in (b"", b"\0", rest, bytes(20)):
            with pytest.raises(WireError, match="is null"):
                module.decode(before + null + tail, version)


def test_any_byte_but_zero_is_true_and_any_negative_length_is_null() -> None:
    """Kafka's reader does the same."""
    assert metadata_request.decode(b"\0\0\0\0\x02", 4).allow_auto_topic_creation is True
    assert metadata_request.decode(b"\x80\0\0\0\0", 4).topics is None
    cursor = b"\x01" + bytes(4)
    assert describe_topic_partitions_request.decode(cursor + b"\x80\0", 0).cursor is None
    read = describe_topic_partitions_request.decode(cursor + b"\x02\x01" + bytes(4) + b"\0\0", 0)
    assert read.cursor == describe_topic_partitions_request.Cursor()


TAIL = uvarint(3) + b"abc"


@pytest.mark.parametrize("name", [name for name, m in MESSAGES.items() if m.flexible_since is not None])
def test_unknown_tags_are_skipped(name: str) -> None:
    """Newer peers add tagged fields without a new version (KIP-482)."""
    module, message = message_module(name), MESSAGES[name]
    version = message.versions.high
    one = sample(name, version, random.Random(1))
    fresh = getattr(module, name)()
    for known in message.structs[name].fields:  # the body's own tags at their defaults, so that its section is empty
        if version in known.tagged:
            setattr(one, known.attribute, getattr(fresh, known.attribute))
    data = module.encode(one, version)
    assert data.endswith(b"\0")
    for section in (
        b"\x01" + b"\x63" + TAIL,
        b"\x02" + b"\x63" + TAIL + b"\x64\0",
        b"\x02" + b"\x64\0" + b"\x63" + TAIL,  # Kafka's reader does not insist on ascending tags either
        b"\x01" + b"\xff\xff\xff\xff\x0f" + TAIL,
        b"\x81\0" + b"\x63" + TAIL,
    ):
        assert module.decode(data[:-1] + section, version) == one
    for section in (
        b"\x02" + b"\x63" + TAIL + b"\x63\0",  # twice
        b"\x01" + b"\x63" + b"\x04abc",  # longer than what remains
        b"\x02" + b"\x63" + TAIL,  # one missing
        b"\xff\xff\xff\xff\x0f" + b"\x63" + TAIL,
        b"\x01",
    ):
        with pytest.raises(WireError):
            module.decode(data[:-1] + section, version)


def test_unknown_tags_of_nested_structs_are_skipped() -> None:
    topic = bytes(16) + b"\2t"
    plain = b"\2" + topic + b"\0" + b"\1\0\0"
    tagged = b"\2" + topic + b"\x01\x07" + TAIL + b"\1\0" + b"\x01\x00" + TAIL
    assert metadata_request.decode(tagged, 12) == metadata_request.decode(plain, 12)


def test_known_tags_fill_their_size_and_come_once() -> None:
    head = b"\0\0" + b"\1" + bytes(4)
    epoch = b"\x01\x08" + (7).to_bytes(8, "big")
    assert api_versions_response.decode(head + b"\1" + epoch, 3).finalized_features_epoch == 7
    assert api_versions_response.decode(head + b"\2" + epoch + b"\x09\0", 3).finalized_features_epoch == 7
    assert api_versions_response.decode(head + b"\2" + b"\x09\0" + epoch, 3).finalized_features_epoch == 7
    for bad in (
        b"\2" + epoch + epoch,
        b"\1\x01\x07" + bytes(8),
        b"\1\x01\x09" + bytes(9),
        b"\1\x01\x07" + bytes(7),
    ):
        with pytest.raises(WireError):
            api_versions_response.decode(head + bad, 3)
    read = fetch_request.decode(
        bytes(4 * 3) + b"\0" + bytes(8) + b"\1\1\1" + b"\x01" + b"\x01\x0d" + b"\0\0\0\x05" + bytes(8) + b"\0", 15
    )
    assert read.replica_state == fetch_request.ReplicaState(5, 0)


def test_tags_are_bounded() -> None:
    fits = b"".join(uvarint(tag + 9) + b"\0" for tag in range(MAX_TAGS))
    head = b"\1\0\0\0"
    assert metadata_request.decode(head + uvarint(MAX_TAGS) + fits, 9).topics == []
    more = fits + uvarint(MAX_TAGS + 9) + b"\0"
    with pytest.raises(WireError, match="more than 4096 tagged fields"):
        metadata_request.decode(head + uvarint(MAX_TAGS + 1) + more, 9)
    with pytest.raises(WireError, match="more than 4096 tagged fields"):
        produce_response.decode(b"\1" + bytes(4) + uvarint(MAX_TAGS + 1) + more, 10)
