"""The command line of `ottla start`."""

from pathlib import Path

import pytest

from ottla.cli.errors import CliError, UsageError
from ottla.cli.start import data_directory, listener_settings, parse


def test_everything_given() -> None:
    addresses = [
        "--listen",
        "127.0.0.1:9092",
        "--listen=OUT://0.0.0.0:9093",
        "--advertise",
        "a:1",
        "--advertise",
        "b:2",
    ]
    rest = ["--data", "/d", "--config", "f.toml", "--set", "a=b=c", "--set=x=y", "--json", "--until-stdin-closes"]
    options = parse([*addresses, *rest])
    assert options.listen == ["127.0.0.1:9092", "OUT://0.0.0.0:9093"]
    assert options.advertise == ["a:1", "b:2"]
    assert (options.data, options.config) == ("/d", "f.toml")
    assert options.sets == ["a=b=c", "x=y"]
    assert options.json
    assert options.until_stdin_closes


@pytest.mark.parametrize(
    ("tokens", "why"),
    [
        (["--lisen", "x"], "did you mean --listen"),
        (["--port=9092"], "unknown option --port"),
        (["broker"], "unknown argument broker"),
        (["--data"], "needs a value"),
        (["--data="], "needs a value"),
    ],
)
def test_bad_arguments(tokens: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        parse(tokens)


@pytest.mark.parametrize(
    ("listen", "advertise", "settings"),
    [
        ([], [], []),
        (["127.0.0.1:9092"], [], ["listeners=PLAINTEXT://127.0.0.1:9092"]),
        ([":9092"], [], ["listeners=PLAINTEXT://:9092"]),
        (["[::1]:0"], [], ["listeners=PLAINTEXT://[::1]:0"]),
        ([], ["kafka.example:9092"], ["advertised.listeners=PLAINTEXT://kafka.example:9092"]),
        (
            ["0.0.0.0:9092", "10.0.0.1:9093"],
            ["a.example:19092", "b.example:19093"],
            [
                "listeners=PLAINTEXT://0.0.0.0:9092,PLAINTEXT_2://10.0.0.1:9093",
                "advertised.listeners=PLAINTEXT://a.example:19092,PLAINTEXT_2://b.example:19093",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PLAINTEXT_2:PLAINTEXT",
            ],
        ),
        (
            ["in://127.0.0.1:1"],
            ["IN://h:1"],
            [
                "listeners=IN://127.0.0.1:1",
                "advertised.listeners=IN://h:1",
                "listener.security.protocol.map=IN:PLAINTEXT",
            ],
        ),
    ],
)
def test_listeners_as_settings(listen: list[str], advertise: list[str], settings: list[str]) -> None:
    assert listener_settings(listen, advertise) == settings


@pytest.mark.parametrize(
    ("listen", "advertise", "why"),
    [
        (["9092"], [], "expected HOST:PORT"),
        (["localhost:port"], [], "expected HOST:PORT"),
        (["localhost:65536"], [], "from 0 to 65535"),
        (["::1:9092"], [], "in brackets"),
        (["A://x:1", "A://y:2"], [], "two listeners are called A"),
        (["x:1", "y:2"], ["z:3"], "one for each"),
        (["x:1"], [":3"], "name the host"),
        (["x:1"], ["z:0"], "from 1 to 65535"),
        (["A://x:1"], ["B://z:3"], "at the place of listener A"),
    ],
)
def test_bad_listeners(listen: list[str], advertise: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        listener_settings(listen, advertise)


def test_where_the_data_goes() -> None:
    assert data_directory(None, {}) == Path("ottla-data")
    assert data_directory(None, {"log.dir": "/a"}) == Path("/a")
    assert data_directory(None, {"log.dir": "/a", "log.dirs": "/b"}) == Path("/b")
    assert data_directory("/c,d", {"log.dirs": "/b"}) == Path("/c,d")
    with pytest.raises(CliError, match="2 directories"):
        data_directory(None, {"log.dirs": "/a, /b"})
