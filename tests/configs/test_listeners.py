from __future__ import annotations

import socket

import pytest

from ottla.rules.configs.settings import Settings
from ottla.rules.configs.values import ConfigError
from ottla.server.listen import ListenerSpec, parse_listeners

HERE = socket.gethostname()


def parse(listeners: str, advertised: str | None = None, protocols: str | None = None) -> tuple[ListenerSpec, ...]:
    static = {"listeners": listeners}
    if advertised is not None:
        static["advertised.listeners"] = advertised
    if protocols is not None:
        static["listener.security.protocol.map"] = protocols
    return parse_listeners(Settings.from_mapping(static))


def test_one_listener_advertises_itself() -> None:
    assert parse("PLAINTEXT://127.0.0.1:9092") == (
        ListenerSpec("PLAINTEXT", "127.0.0.1", 9092, "PLAINTEXT", "127.0.0.1", 9092),
    )


@pytest.mark.parametrize("host", ["", "0.0.0.0", "[::]"])
def test_a_listener_on_every_interface_advertises_the_machines_name(host: str) -> None:
    (spec,) = parse(f"PLAINTEXT://{host}:9092")
    assert (spec.advertised_host, spec.advertised_port) == (HERE, 9092)


def test_several_listeners_with_their_own_addresses() -> None:
    specs = parse(
        "PLAINTEXT://127.0.0.1:9092, internal://:9093",
        "INTERNAL://broker.example:19093",
        "INTERNAL:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    )
    assert specs == (
        ListenerSpec("PLAINTEXT", "127.0.0.1", 9092, "PLAINTEXT", "127.0.0.1", 9092),
        ListenerSpec("INTERNAL", "", 9093, "PLAINTEXT", "broker.example", 19093),
    )


def test_port_zero_is_any_port_and_may_be_there_twice() -> None:
    specs = parse("A://127.0.0.1:0,B://127.0.0.1:0", protocols="A:PLAINTEXT,B:PLAINTEXT")
    assert [spec.advertised_port for spec in specs] == [0, 0]


def test_ipv6_and_ipv4_may_share_a_port() -> None:
    specs = parse("A://[::1]:9092,B://127.0.0.1:9092", protocols="A:PLAINTEXT,B:PLAINTEXT")
    assert [spec.host for spec in specs] == ["::1", "127.0.0.1"]


def test_kafkas_controller_listener_is_not_opened() -> None:
    specs = parse("PLAINTEXT://:9092,CONTROLLER://:9093", "PLAINTEXT://h:1,CONTROLLER://h:2")
    assert [spec.name for spec in specs] == ["PLAINTEXT"]


@pytest.mark.parametrize(
    ("listeners", "advertised", "protocols", "said"),
    [
        ("PLAINTEXT", None, None, "'PLAINTEXT' is not NAME://HOST:PORT"),
        ("PLAINTEXT://host", None, None, "is not NAME://HOST:PORT"),
        ("PLAINTEXT://host:x", None, None, "is not NAME://HOST:PORT"),
        ("PLAINTEXT://h:70000", None, None, "port above 65535"),
        ("PLAINTEXT://a b:1", None, None, "is not NAME://HOST:PORT"),
        ("PLAINTEXT://:1,PLAINTEXT://:2", None, None, "different name, but PLAINTEXT is there twice"),
        ("A://:1,B://:1", None, "A:PLAINTEXT,B:PLAINTEXT", "different port, but A and B both use 1"),
        ("INTERNAL://:1", None, None, "add INTERNAL:PLAINTEXT to listener.security.protocol.map"),
        ("A://:1", None, "A:FOO", "'FOO' is no security protocol"),
        ("A://:1", None, "A", "'A' is not NAME:PROTOCOL"),
        ("SSL://:1", None, None, "listener SSL: SSL is not available yet, only PLAINTEXT is"),
        ("A://:1", None, "A:SASL_SSL", "listener A: SASL_SSL is not available yet"),
        ("PLAINTEXT://:1", "OTHER://h:1", None, "advertised.listeners: OTHER is not among the listeners"),
        ("PLAINTEXT://:1", "PLAINTEXT://0.0.0.0:1", None, "no client can connect to 0.0.0.0"),
        ("CONTROLLER://:9093", None, None, "at least one listener for clients"),
        ("", None, None, "at least one listener for clients"),
    ],
)
def test_mistakes_are_named(listeners: str, advertised: str | None, protocols: str | None, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse(listeners, advertised, protocols)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
