"""Varints, strings and integer runs against their definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.wire import primitives as p
from ottla.wire.errors import WireError


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"), (16384, "808001"), (2**32 - 1, "ffffffff0f")],
)
def test_uvarint(value: int, text: str) -> None:
    assert p.uvarint(value).hex() == text
    assert p.read_uvarint(bytes.fromhex(text), 0) == (value, len(text) // 2)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "00"), (-1, "01"), (1, "02"), (-2, "03"), (63, "7e"), (-64, "7f"), (64, "8001")]
)
def test_zigzag(value: int, text: str) -> None:
    assert p.varint(value).hex() == text
    assert p.read_varint(bytes.fromhex(text), 0) == (value, len(text) // 2)


@given(st.integers(0, 2**32 - 1), st.integers(-(2**31), 2**31 - 1), st.integers(-(2**63), 2**63 - 1))
def test_varints_round_trip(unsigned: int, small: int, large: int) -> None:
    data = p.uvarint(unsigned) + p.varint(small) + p.varint(large) + p.uvarint(2**64 - 1)
    for buf in (data, memoryview(data)):
        got, pos = p.read_uvarint(buf, 0)
        assert got == unsigned
        got, pos = p.read_varint(buf, pos)
        assert got == small
        got, pos = p.read_varlong(buf, pos)
        assert got == large
        assert p.read_uvarlong(buf, pos) == (2**64 - 1, len(data))


def test_varints_are_bounded() -> None:
    for data in (b"\x80" * 5 + b"\0", b"\xff\xff\xff\xff\x10"):
        with pytest.raises(WireError):
            p.read_uvarint(data, 0)
    for data in (b"\x80" * 10 + b"\0", b"\xff" * 9 + b"\x02"):
        with pytest.raises(WireError):
            p.read_uvarlong(data, 0)
    with pytest.raises(IndexError):
        p.read_uvarint(b"\x80", 0)
    with pytest.raises(WireError):
        p.uvarint(-1)


@given(st.none() | st.text(max_size=400))
def test_strings_round_trip(value: str | None) -> None:
    assert p.read_string(p.string(value), 0)[0] == value
    assert p.read_compact_string(memoryview(p.compact_string(value)), 0)[0] == value


def test_bad_strings() -> None:
    for read, data in (
        (p.read_string, b"\0\3ab"),
        (p.read_string, b"\0\1\xff"),
        (p.read_compact_string, b"\xff\x7f"),
        (p.read_compact_string, b"\2\xff"),
    ):
        with pytest.raises(WireError):
            read(data, 0)
    for write in (p.string, p.compact_string):
        with pytest.raises(WireError):
            write("x" * 32768)


@given(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=40))
def test_integer_runs(values: list[int]) -> None:
    data = p.pack_int32s(values)
    assert data == b"".join(value.to_bytes(4, "big", signed=True) for value in values)
    assert p.read_int32s(data, 0, len(values)) == values
    assert p.read_numbers(p.pack_numbers(values, "q"), 0, len(values), "q") == values


def test_uuid_runs() -> None:
    ids = [bytes([n]) * 16 for n in range(3)]
    assert p.read_uuids(memoryview(b"x" + p.pack_uuids(ids)), 1, 3) == ids
    with pytest.raises(WireError):
        p.read_uuids(bytes(47), 0, 3)
    with pytest.raises(WireError):
        p.pack_uuids([b"short"])
