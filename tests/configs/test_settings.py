from __future__ import annotations

import pytest

from ottla.rules.configs.keys import nearest
from ottla.rules.configs.settings import Layer, Settings, Source
from ottla.rules.configs.values import ConfigError


def test_the_nearer_setting_wins() -> None:
    settings = Settings.from_mapping({"log.segment.bytes": "2000000"})
    assert settings.int("log.segment.bytes") == 2_000_000
    assert settings.source("log.segment.bytes") is Source.STATIC_BROKER_CONFIG
    settings.set_dynamic({}, {"log.segment.bytes": "3000000"})
    assert settings.int("log.segment.bytes") == 3_000_000
    settings.set_dynamic({"log.segment.bytes": "4000000"}, {"log.segment.bytes": "3000000"})
    assert settings.int("log.segment.bytes") == 4_000_000
    assert settings.layers("log.segment.bytes") == [
        Layer("log.segment.bytes", "4000000", Source.DYNAMIC_BROKER_CONFIG),
        Layer("log.segment.bytes", "3000000", Source.DYNAMIC_DEFAULT_BROKER_CONFIG),
        Layer("log.segment.bytes", "2000000", Source.STATIC_BROKER_CONFIG),
        Layer("log.segment.bytes", "1073741824", Source.DEFAULT_CONFIG),
    ]
    settings.set_dynamic({}, {})
    assert settings.int("log.segment.bytes") == 2_000_000


def test_every_type_has_its_look_up() -> None:
    settings = Settings.from_mapping({"broker.rack": "r1", "log.dirs": "a, b"})
    assert settings.int("num.partitions") == 1
    assert settings.bool("auto.create.topics.enable") is True
    assert settings.float("log.cleaner.min.cleanable.ratio") == 0.5
    assert settings.str("compression.type") == "producer"
    assert settings.list("log.dirs") == ("a", "b")
    assert settings.list("advertised.listeners") == ()
    assert settings.optional_int("log.retention.ms") is None
    assert settings.optional_str("broker.rack") == "r1"
    with pytest.raises(KeyError):
        settings.int("no.such.key")


def test_who_asked_hears_of_changes_once_and_only_of_real_ones() -> None:
    settings = Settings.from_mapping({})
    heard: list[frozenset[str]] = []
    cancel = settings.on_change(heard.append)
    settings.set_dynamic({"log.retention.ms": "5", "message.max.bytes": "1048588"}, {})
    settings.set_dynamic({"log.retention.ms": "5"}, {})
    cancel()
    settings.set_dynamic({}, {})
    assert heard == [frozenset({"log.retention.ms"})]


def test_a_bad_change_changes_nothing() -> None:
    settings = Settings.from_mapping({})
    settings.set_dynamic({"log.retention.ms": "5"}, {})
    with pytest.raises(ConfigError, match="at least 1048576"):
        settings.set_dynamic({"log.retention.ms": "6", "log.segment.bytes": "1"}, {})
    assert settings.int("log.retention.ms") == 5
    with pytest.raises(ConfigError, match="unlimited"):
        settings.check_dynamic({"log.retention.ms": "0"}, {})


def test_synonyms_stand_in_for_one_another_as_kafka_lists_them() -> None:
    # Kafka 4.3.1's own answer to these static values.
    settings = Settings.from_mapping({"log.roll.ms": "7000000", "log.roll.hours": "5", "log.retention.hours": "24"})
    assert settings.layers("log.roll.ms") == [
        Layer("log.roll.ms", "7000000", Source.STATIC_BROKER_CONFIG),
        Layer("log.roll.hours", "5", Source.STATIC_BROKER_CONFIG),
        Layer("log.roll.hours", "168", Source.DEFAULT_CONFIG),
    ]
    assert settings.layers("log.retention.hours") == [
        Layer("log.retention.hours", "24", Source.STATIC_BROKER_CONFIG),
        Layer("log.retention.hours", "168", Source.DEFAULT_CONFIG),
    ]
    assert settings.layers("log.retention.ms") == []
    settings.set_dynamic({}, {"log.retention.ms": "70000"})
    assert settings.layers("log.retention.ms") == [
        Layer("log.retention.ms", "70000", Source.DYNAMIC_DEFAULT_BROKER_CONFIG),
        Layer("log.retention.hours", "24", Source.STATIC_BROKER_CONFIG),
        Layer("log.retention.hours", "168", Source.DEFAULT_CONFIG),
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("num.partition", "num.partitions"),
        ("log.retention.hour", "log.retention.hours"),
        ("auto.create.topic.enable", "auto.create.topics.enable"),
        ("retention.ms", "log.retention.ms"),
        ("segment.bytes", "log.segment.bytes"),
        ("ottla.flush.ack.all", "ottla.flush.acks.all"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_right_name(key: str, hint: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Settings.from_mapping({key: "1"})
    assert str(refused.value) == f"unknown setting {key!r}; did you mean {hint!r}?"


def test_a_key_like_no_other_is_refused_without_a_hint() -> None:
    with pytest.raises(ConfigError, match=r"^unknown setting 'zzzz'$"):
        Settings.from_mapping({"zzzz": "1"})
    assert nearest("zzzz", ["abc"]) is None


def test_listener_prefixes_and_plug_ins_keys() -> None:
    settings = Settings.from_mapping(
        {"listener.name.internal.max.connections": "5", "rsm.config.anything": "goes", "max.connections": "9"}
    )
    assert settings.int("listener.name.internal.max.connections") == 5
    assert settings.layers("listener.name.internal.max.connections") == [
        Layer("listener.name.internal.max.connections", "5", Source.STATIC_BROKER_CONFIG),
        Layer("max.connections", "9", Source.STATIC_BROKER_CONFIG),
        Layer("max.connections", "2147483647", Source.DEFAULT_CONFIG),
    ]
    with pytest.raises(ConfigError, match=r"listener\.name\.internal\.max\.connections"):
        Settings.from_mapping({"listener.name.internal.max.connections": "x"})


@pytest.mark.parametrize(
    "static",
    [
        {"group.min.session.timeout.ms": "10", "group.max.session.timeout.ms": "9"},
        {"log.retention.hours": "0"},
        {"queued.max.request.bytes": "10"},
        {"group.consumer.session.timeout.ms": "1000"},
        {"connections.max.idle.ms": "0"},
    ],
)
def test_settings_that_cannot_be_in_force_together(static: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        Settings.from_mapping(static)
