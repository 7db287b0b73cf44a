from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.rules.configs.properties import parse_properties
from ottla.rules.configs.values import ConfigError
from ottla.server.settings import load_settings


def refusal(file: Path | None = None, environ: dict[str, str] | None = None, sets: tuple[str, ...] = ()) -> str:
    with pytest.raises(ConfigError) as refused:
        load_settings(file, environ or {}, sets)
    text = str(refused.value)
    assert "\n" not in text
    return text


def test_set_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    file = tmp_path / "server.properties"
    file.write_text("num.partitions=2\nlog.retention.ms=3\nmessage.max.bytes=4\n")
    environ = {"OTTLA_NUM_PARTITIONS": "5", "OTTLA_LOG_RETENTION_MS": "6", "HOME": "/x", "OTTLA_": "x"}
    settings = load_settings(file, environ, ["num.partitions=7"])
    assert settings.int("num.partitions") == 7
    assert settings.int("log.retention.ms") == 6
    assert settings.int("message.max.bytes") == 4
    assert settings.int("min.insync.replicas") == 1


def test_own_keys_need_no_doubled_name_in_the_environment() -> None:
    assert load_settings(None, {"OTTLA_FLUSH_ACKS_ALL": "false"}, []).bool("ottla.flush.acks.all") is False
    assert load_settings(None, {"OTTLA_OTTLA_FLUSH_ACKS_ALL": "false"}, []).bool("ottla.flush.acks.all") is False


def test_toml_tables_lists_and_types(tmp_path: Path) -> None:
    file = tmp_path / "ottla.toml"
    file.write_text(
        """
        "num.partitions" = 3
        log.retention.ms = -1
        listeners = ["PLAINTEXT://:9092", "INTERNAL://127.0.0.1:9093"]
        max.connections = 10
        "max.connections.per.ip" = 4
        [auto.create.topics]
        enable = false
        [log.cleaner.min.cleanable]
        ratio = 0.25
        """
    )
    settings = load_settings(file, {}, [])
    assert settings.int("num.partitions") == 3
    assert settings.int("log.retention.ms") == -1
    assert settings.list("listeners") == ("PLAINTEXT://:9092", "INTERNAL://127.0.0.1:9093")
    assert settings.int("max.connections.per.ip") == 4
    assert settings.bool("auto.create.topics.enable") is False
    assert settings.float("log.cleaner.min.cleanable.ratio") == 0.25


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b"num.partitions = ", "not valid TOML"),
        ("a.toml", b"max.connections = 1\nmax.connections.per.ip = 2\n", "put the longer in quotes"),
        ("a.toml", b"num.partitions = 1979-05-27", "must be a string, a number"),
        ("a.toml", b"[[num]]\nx = 1", "must be a string, a number"),
        ("a.toml", b"\xff\xfe", "not UTF-8"),
        ("a.toml", b"x = " + b"[" * 5000, "not valid TOML"),
        ("a.properties", b"num.partitions=x", "Not a number of type INT"),
        ("a.properties", b"num.partition=3", "did you mean 'num.partitions'?"),
        ("a.properties", b"\n\nnum.partitions=\\u12g4", "line 3: malformed escape"),
        ("a.properties", b"broker.id=3\nnode.id=4", "must be the same number"),
        ("a.properties", b"#" * ((1 << 20) + 1), "larger than"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    text = refusal(file)
    assert said in text
    assert name in text or "broker.id" in text


def test_a_file_that_is_not_there_or_is_a_directory(tmp_path: Path) -> None:
    assert "cannot read the configuration file" in refusal(tmp_path / "none.properties")
    assert "cannot read the configuration file" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (("num.partitions",), "write it as key=value"),
        (("=3",), "write it as key=value"),
        (("num.partitions=0",), "--set num.partitions: Invalid value 0"),
        (("retention.ms=5",), "did you mean 'log.retention.ms'?"),
    ],
)
def test_a_bad_set_is_refused(sets: tuple[str, ...], said: str) -> None:
    assert said in refusal(sets=sets)


def test_a_bad_variable_is_named() -> None:
    text = refusal(environ={"OTTLA_NUM_PARTITION": "3"})
    assert text == (
        "environment variable OTTLA_NUM_PARTITION: unknown setting 'num.partition'; did you mean 'num.partitions'?"
    )


def test_a_kafka_servers_properties_are_taken_as_they_are(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "server.properties"
    file.write_text(
        """
############################# Server Basics #############################
process.roles=broker,controller
broker.id=7
controller.quorum.bootstrap.servers=localhost:9093
listeners=PLAINTEXT://:9092,CONTROLLER://:9093
controller.listener.names=CONTROLLER
num.network.threads=3
num.io.threads=8
log.dirs=/var/lib/kafka
num.partitions=1
log.retention.hours=168
log.segment.bytes=1073741824
"""
    )
    with caplog.at_level(logging.WARNING):
        settings = load_settings(file, {}, [])
    assert settings.int("node.id") == 7
    assert [record.getMessage() for record in caplog.records] == [
        "settings of Apache Kafka that have no effect here yet: "
        "controller.quorum.bootstrap.servers, num.io.threads, num.network.threads"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=b", {"a": "b"}),
        ("a = b ", {"a": "b "}),
        ("a:b", {"a": "b"}),
        ("a b", {"a": "b"}),
        ("a", {"a": ""}),
        ("  a  =  b", {"a": "b"}),
        ("a==b", {"a": "=b"}),
        ("a :=b", {"a": "=b"}),
        ("# c\n! d\n\na=1", {"a": "1"}),
        ("a=1\\\n   ,2\\\n   ,3", {"a": "1,2,3"}),
        ("a=1\\\\\nb=2", {"a": "1\\", "b": "2"}),
        ("a\\=b=c", {"a=b": "c"}),
        ("a\\ b=c", {"a b": "c"}),
        ("a=\\u0041\\t\\n\\r\\f\\q", {"a": "A\t\n\r\fq"}),
        ("a=\\uD83D\\uDE00", {"a": "\U0001f600"}),
        ("a=1\r\nb=2\rc=3", {"a": "1", "b": "2", "c": "3"}),
        ("a=1\na=2", {"a": "2"}),
        ("a=1\\", {"a": "1"}),
        ("#c\\\na=1", {"a": "1"}),
        ("a=\\\n#b", {"a": "#b"}),
        ("", {}),
    ],
)
def test_properties_are_read_as_java_reads_them(text: str, expected: dict[str, str]) -> None:
    assert parse_properties(text) == expected


@settings(deadline=None)
@given(st.text(alphabet="ab=:\\ \t\n\r#!u0123", max_size=60))
def test_any_properties_are_read_or_refused(text: str) -> None:
    try:
        found = parse_properties(text)
    except ConfigError as problem:
        said = str(problem)
        assert said.startswith("line ")
        return
    assert all(isinstance(value, str) for value in found.values())


def _escaped(text: str, *, key: bool) -> str:
    return "".join(f"\\u{ord(char):04x}" if key or not char.isalnum() else char for char in text)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1, max_size=8),
        st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8),
        max_size=5,
    )
)
def test_escaped_properties_read_back(wanted: dict[str, str]) -> None:
    text = "\n".join(f"{_escaped(key, key=True)}={_escaped(value, key=True)}" for key, value in wanted.items())
    assert parse_properties(text) == wanted
