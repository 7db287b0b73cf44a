"""Durations, sizes, times and places as people write them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.cli.errors import UsageError
from ottla.cli.values import (
    AtOffset,
    AtTime,
    Beginning,
    End,
    Last,
    config_value,
    config_values,
    duration_ms,
    human_bytes,
    iso_time,
    place,
    size_bytes,
    time_ms,
)

NOW = 1_700_000_000_000


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("250ms", 250),
        ("90s", 90_000),
        ("15m", 900_000),
        ("15min", 900_000),
        ("12h", 43_200_000),
        ("7d", 604_800_000),
        ("2w", 1_209_600_000),
        ("1h30m", 5_400_000),
        ("1.5h", 5_400_000),
        (" 1D ", 86_400_000),
    ],
)
def test_durations(text: str, ms: int) -> None:
    assert duration_ms(text) == ms


@pytest.mark.parametrize("text", ["", "7", "d", "7x", "7d!", "-7d", "1e3s", "7 days"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError, match="is not a duration"):
        duration_ms(text)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10B", 10),
        ("64KiB", 65_536),
        ("16MiB", 16 << 20),
        ("1GiB", 1 << 30),
        ("2tib", 2 << 40),
        ("500MB", 500_000_000),
        ("1.5kB", 1500),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert size_bytes(text) == size


@pytest.mark.parametrize("text", ["", "1", "1G", "1Gi", "MiB", "-1MiB", "1 MiB extra"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(UsageError, match="is not a size"):
        size_bytes(text)


@pytest.mark.parametrize(
    ("key", "given_text", "sent"),
    [
        ("retention.ms", "7d", "604800000"),
        ("retention.ms", "-1", "-1"),
        ("retention.bytes", "1GiB", "1073741824"),
        ("retention.bytes", "5", "5"),
        ("cleanup.policy", "compact,delete", "compact,delete"),
        ("compression.type", "7d", "7d"),
    ],
)
def test_config_values_are_numbers_where_the_key_wants_one(key: str, given_text: str, sent: str) -> None:
    assert config_value(key, given_text) == sent


def test_pairs_of_settings() -> None:
    assert config_values(["retention.ms=1h", "x=a=b", "y="]) == {"retention.ms": "3600000", "x": "a=b", "y": ""}


@pytest.mark.parametrize(
    ("pairs", "why"),
    [(["retention.ms"], "key=value"), (["=1"], "key=value"), (["a=1", "a=2"], "twice"), (["a.ms=soon"], "duration")],
)
def test_bad_pairs(pairs: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        config_values(pairs)


def test_times() -> None:
    assert time_ms("2013-07-04T00:00:00Z", NOW) == 1_372_896_000_000
    assert time_ms("2013-07-04T02:00:00+02:00", NOW) == 1_372_896_000_000
    assert time_ms("@1372896000000", NOW) == 1_372_896_000_000
    assert time_ms("2h", NOW) == NOW - 7_200_000
    assert time_ms("nonsense", NOW) is None
    assert time_ms("17", NOW) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("beginning", Beginning()),
        ("earliest", Beginning()),
        ("END", End()),
        ("latest", End()),
        ("0", AtOffset(0)),
        ("12345678901", AtOffset(12_345_678_901)),
        ("-10", Last(10)),
        ("@5", AtTime(5)),
        ("1d", AtTime(NOW - 86_400_000)),
        ("2013-07-04T00:00:00Z", AtTime(1_372_896_000_000)),
    ],
)
def test_places(text: str, expected: object) -> None:
    assert place(text, NOW) == expected


@pytest.mark.parametrize("text", ["", "middle", "1.5", "9223372036854775808", "--3", "2013-13-01"])
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(UsageError):
        place(text, NOW)


@given(st.text(max_size=20))
def test_any_text_is_a_place_or_refused(text: str) -> None:
    with contextlib.suppress(UsageError):
        place(text, NOW)


@given(st.integers(0, 253_402_300_799_000))
def test_a_printed_time_reads_back(ms: int) -> None:
    assert time_ms(iso_time(ms), NOW) == ms


def test_a_time_outside_the_calendar_is_its_number() -> None:
    assert iso_time((1 << 63) - 1) == "9223372036854775807"


def test_human_bytes() -> None:
    assert [human_bytes(n) for n in (0, 1023, 1536, 31 << 20, 3 << 40)] == [
        "0 B",
        "1023 B",
        "1.5 KiB",
        "31.0 MiB",
        "3.0 TiB",
    ]
