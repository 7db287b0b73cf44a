"""How records are read from standard input and written to standard output."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.cli.client.model import Record
from ottla.cli.consume import as_json, columns, formatted
from ottla.cli.errors import CliError, UsageError
from ottla.cli.produce import Draft, from_json, from_line, lines_of


def record(key: bytes | None = b"k", value: bytes | None = b"v", **more: object) -> Record:
    fields: dict[str, object] = {
        "topic": "t",
        "partition": 2,
        "offset": 7,
        "timestamp_ms": 1_372_896_000_000,
        "headers": [("h", b"1"), ("n", None)],
        "leader_epoch": 4,
    }
    return Record(key=key, value=value, **(fields | more))  # type: ignore[arg-type]


def test_lines_lose_their_ends_only() -> None:
    assert list(lines_of([b"a\n", b"b\r\n", b" c \n", b"\n", b"d"])) == [b"a", b"b", b" c ", b"", b"d"]


def test_a_line_is_a_value() -> None:
    assert from_line(b"a:b", separator=None, null=None, number=1) == Draft(b"a:b", None)


def test_a_line_is_cut_at_its_first_separator() -> None:
    assert from_line(b"a:b:c", separator=b":", null=None, number=1) == Draft(b"b:c", b"a")
    assert from_line(b":c", separator=b":", null=None, number=1) == Draft(b"c", b"")


def test_the_null_marker_stands_for_null() -> None:
    assert from_line(b"a:~", separator=b":", null=b"~", number=1) == Draft(None, b"a")
    assert from_line(b"~", separator=None, null=b"~", number=1) == Draft(None, None)


def test_a_line_without_separator_is_named() -> None:
    with pytest.raises(CliError, match="line 9 has no key separator"):
        from_line(b"abc", separator=b":", null=None, number=9)


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ('{"value": "v"}', Draft(b"v")),
        ('{"key": "k", "value": null}', Draft(None, b"k")),
        ('{"value": {"a": [1, "ü"]}}', Draft('{"a":[1,"ü"]}'.encode())),
        ('{"value": 5, "key": true}', Draft(b"5", b"true")),
        ('{"value": {"base64": "/w=="}}', Draft(b"\xff")),
        ('{"value": "v", "headers": {"a": "1", "b": null}}', Draft(b"v", headers=[("a", b"1"), ("b", None)])),
        ('{"value": "v", "headers": [["a", "1"], ["a", "2"]]}', Draft(b"v", headers=[("a", b"1"), ("a", b"2")])),
        ('{"value": "v", "partition": 3, "timestamp": 9}', Draft(b"v", partition=3, timestamp_ms=9)),
        ('{"value": "v", "topic": "x", "offset": 4}', Draft(b"v")),
    ],
)
def test_json_lines(line: str, draft: Draft) -> None:
    assert from_json(line.encode(), 1) == draft


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 3 is not JSON"),
        ("[1]", "not a JSON object"),
        ('{"valeu": 1}', "unknown field 'valeu'"),
        ('{"value": {"base64": "?"}}', "bad base64"),
        ('{"headers": ["a"]}', "headers must be"),
        ('{"headers": [[1, "a"]]}', "headers must be"),
        ('{"headers": 5}', "headers must be"),
        ('{"partition": -1}', "partition -1"),
        ('{"partition": "1"}', "partition '1'"),
        ('{"timestamp": 1.5}', "timestamp 1.5"),
        (r'{"value": "\ud800"}', "surrogate"),
        (r'{"headers": {"\ud800": "a"}}', "surrogate"),
        ("[" * 100_000, "line 3 is not JSON"),
    ],
)
def test_bad_json_lines_are_named(line: str, why: str) -> None:
    with pytest.raises(CliError, match=why):
        from_json(line.encode(), 3)


def test_json_of_a_record() -> None:
    assert json.loads(as_json(record())) == {
        "topic": "t",
        "partition": 2,
        "offset": 7,
        "timestamp": 1_372_896_000_000,
        "key": "k",
        "value": "v",
        "headers": [["h", "1"], ["n", None]],
    }


bytes_or_none = st.none() | st.binary(max_size=30) | st.text(max_size=20).map(str.encode)


@given(
    bytes_or_none,
    bytes_or_none,
    st.lists(st.tuples(st.text(max_size=5), bytes_or_none), max_size=3),
    st.integers(0, 1 << 40),
)
def test_what_consume_prints_produce_reads(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]], timestamp_ms: int
) -> None:
    line = as_json(record(key, value, headers=headers, timestamp_ms=timestamp_ms))
    assert line.count(b"\n") == 1
    assert from_json(line, 1) == Draft(value, key, headers, 2, timestamp_ms)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("%v\\n", b"v\n"),
        ("%t/%p@%o %k=%v", b"t/2@7 k=v"),
        ("%K %V %e%%\\t\\\\", b"1 1 4%\t\\"),
        ("[%h] %d %T", b"[h=1,n=null] 2013-07-04T00:00:00.000Z 1372896000000"),
        ("plain ü", "plain ü".encode()),
    ],
)
def test_formats(template: str, text: bytes) -> None:
    assert formatted(template, b"null")(record()) == text


def test_formats_of_nothing() -> None:
    empty = record(None, None, headers=[], timestamp_ms=None, leader_epoch=None)
    assert formatted("%k|%v|%K|%V|%h|%d|%T|%e", b"~")(empty) == b"~|~|-1|-1||-|-1|-1"


@pytest.mark.parametrize("template", ["%x", "%", "abc\\", "\\q"])
def test_bad_formats(template: str) -> None:
    with pytest.raises(UsageError, match="means nothing"):
        formatted(template, b"")


def test_columns() -> None:
    everything = columns(keys=True, headers=True, timestamps=True, offsets=True, null=b"-")
    assert everything(record(None, b"\xff")) == b"2013-07-04T00:00:00.000Z\t2:7\th=1,n=null\t-\t\xff\n"
    only_values = columns(keys=False, headers=False, timestamps=False, offsets=False, null=b"null")
    assert only_values(record()) == b"v\n"
