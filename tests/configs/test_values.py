from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.rules.configs.keys import BROKER_KEYS, CLIENT_METRICS_KEYS, GROUP_KEYS, QUOTA_KEYS, TOPIC_KEYS, Update
from ottla.rules.configs.values import ConfigError, ConfigType, check_for, parse, to_text

ALL_KEYS = [
    row for table in (TOPIC_KEYS, BROKER_KEYS, GROUP_KEYS, CLIENT_METRICS_KEYS, QUOTA_KEYS) for row in table.values()
]


def test_the_table_is_whole() -> None:
    assert (len(TOPIC_KEYS), len(GROUP_KEYS), len(CLIENT_METRICS_KEYS), len(QUOTA_KEYS)) == (34, 17, 3, 4)
    assert sum(not name.startswith("ottla.") for name in BROKER_KEYS) >= 360
    for row in ALL_KEYS:
        for synonym in row.synonyms:
            assert synonym.key in BROKER_KEYS
        assert (row.update is Update.NONE) == (row.scope != "broker")
    for table in (TOPIC_KEYS, GROUP_KEYS, CLIENT_METRICS_KEYS):
        assert all(row.documentation for row in table.values())
    assert all(row.documentation for name, row in BROKER_KEYS.items() if name.startswith("ottla."))


def test_defaults_are_valid_and_read_back_as_themselves() -> None:
    for row in ALL_KEYS:
        if row.default is not None and row.default not in ((), ""):
            assert row.read(to_text(row.default)) == row.default


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1))
def test_longs_read_back(number: int) -> None:
    assert parse("k", ConfigType.LONG, to_text(number)) == number


@settings(deadline=None)
@given(st.floats(allow_nan=False))
def test_doubles_read_back(number: float) -> None:
    assert parse("k", ConfigType.DOUBLE, to_text(number)) == number


def refusal(read: Callable[[], object]) -> str | None:
    try:
        read()
    except ConfigError as problem:
        return str(problem)
    return None


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(list(ConfigType)))
def test_any_text_is_read_or_refused_in_one_line(text: str, kind: ConfigType) -> None:
    problem = refusal(lambda: parse("some.key", kind, text))
    assert problem is None or " for configuration some.key: " in problem
    assert problem is None or problem.isprintable()


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_passes_or_fails_every_check(text: str) -> None:
    for row in ALL_KEYS:
        problem = refusal(partial(row.read, text))
        assert problem is None or row.name in problem


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (0.5, "0.5"),
        (1.0, "1.0"),
        (100.0, "100.0"),
        (12345678.0, "1.2345678E7"),
        (2.147483647e9, "2.147483647E9"),
        (1.7976931348623157e308, "1.7976931348623157E308"),
        (0.001, "0.001"),
        (0.00012, "1.2E-4"),
        (-1.5e-7, "-1.5E-7"),
        (0.0, "0.0"),
        (1e22, "1.0E22"),
        (math.inf, "Infinity"),
        (("a", "b"), "a,b"),
        ((), ""),
        (-1, "-1"),
    ],
)
def test_values_are_written_as_java_writes_them(value: object, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ConfigType.BOOLEAN, " True ", True),
        (ConfigType.INT, " +5 ", 5),
        (ConfigType.SHORT, "-32768", -32768),
        (ConfigType.LIST, " a , b,a ", ("a", "b")),
        (ConfigType.LIST, "  ", ()),
        (ConfigType.STRING, " x ", "x"),
        (ConfigType.DOUBLE, "1e3", 1000.0),
        (ConfigType.DOUBLE, "5d", 5.0),
        (ConfigType.PASSWORD, " secret ", "secret"),
    ],
)
def test_values_are_read(kind: ConfigType, text: str, value: object) -> None:
    assert parse("k", kind, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "latest",
        "EARLIEST",
        "by_duration:PT1H",
        "by_duration:P1D",
        "by_duration:P1DT2H3M4.5S",
        "by_duration:PT0.000000001S",
    ],
)
def test_share_groups_start_where_kafka_lets_them(text: str) -> None:
    assert GROUP_KEYS["share.auto.offset.reset"].read(text) == text


@pytest.mark.parametrize(
    "text", ["", "x", "by_duration", "by_duration:", "by_duration:x", "by_duration:P", "by_duration:PT", "by_duration:P1DT",
             "by_duration:-PT1H", "by_duration:PT-1H", "by_duration:1H", "none"],
)  # fmt: skip
def test_share_groups_start_nowhere_else(text: str) -> None:
    with pytest.raises(ConfigError, match=r"share\.auto\.offset\.reset"):
        GROUP_KEYS["share.auto.offset.reset"].read(text)


def test_a_range_nobody_knows_is_a_mistake_in_the_table() -> None:
    with pytest.raises(ValueError, match="no check is known"):
        check_for("anything goes", ConfigType.INT)


def test_choices_without_case() -> None:
    row = BROKER_KEYS["group.consumer.migration.policy"]
    assert row.read("Upgrade") == "Upgrade"
    with pytest.raises(ConfigError, match="case insensitive"):
        row.read("sideways")
