"""Every topic key at its edges. The answers are those Apache Kafka 4.3.1 gave to IncrementalAlterConfigs with validate_only."""

from __future__ import annotations

import dataclasses

import pytest

from ottla.rules.configs.keys import TOPIC_KEYS
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import FIELD_OF, TopicConfig, check_topic_overrides, topic_config, topic_defaults

INT_MAX, LONG_MAX = 2**31 - 1, 2**63 - 1
# key -> (lowest, highest) that are taken; one step beyond is refused.
NUMBERS = {
    "compression.lz4.level": (1, 17),
    "compression.zstd.level": (-131072, 22),
    "delete.retention.ms": (0, LONG_MAX),
    "file.delete.delay.ms": (0, LONG_MAX),
    "flush.messages": (1, LONG_MAX),
    "flush.ms": (0, LONG_MAX),
    "index.interval.bytes": (0, INT_MAX),
    "internal.segment.bytes": (-(2**31), INT_MAX),
    "local.retention.bytes": (-2, LONG_MAX),
    "local.retention.ms": (-2, LONG_MAX),
    "max.compaction.lag.ms": (1, LONG_MAX),
    "max.message.bytes": (0, INT_MAX),
    "message.timestamp.after.max.ms": (0, LONG_MAX),
    "message.timestamp.before.max.ms": (0, LONG_MAX),
    "min.compaction.lag.ms": (0, LONG_MAX),
    "min.insync.replicas": (1, INT_MAX),
    "retention.bytes": (-(2**63), LONG_MAX),
    "retention.ms": (-1, LONG_MAX),
    "segment.bytes": (1048576, INT_MAX),
    "segment.index.bytes": (4, INT_MAX),
    "segment.jitter.ms": (0, LONG_MAX),
    "segment.ms": (1, LONG_MAX),
}
# What else Kafka takes and refuses.
OTHERS: dict[str, tuple[list[str], list[str]]] = {
    "cleanup.policy": (
        ["delete", "compact", "compact,delete", "delete, compact", "compact,compact", ""],
        ["foo", "delete,", ",", "delete,,compact", "compact delete", "none", "DELETE"],
    ),
    "compression.gzip.level": (["-1", "1", "9"], ["0", "10", "-2", "x"]),
    "compression.type": (
        ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer", " gzip"],
        ["foo", "GZIP", "", "none"],
    ),
    "follower.replication.throttled.replicas": (
        ["", "*", "0:1", "0:1,1:2", "0:1, 1:1", "0:1,"],
        ["x", "none", "*,0:1", "a:b", "-1:1", "0:1:2", "0:"],
    ),
    "leader.replication.throttled.replicas": (["*", "0:1,1:2"], ["x", "0:1;1:1"]),
    "message.timestamp.type": (["CreateTime", "LogAppendTime"], ["x", "createtime", ""]),
    "min.cleanable.dirty.ratio": (
        ["0", "1", "0.5", "1e-1", ".5", "0.5f", "5E-1"],
        ["-0.1", "1.1", "abc", "", "Infinity"],
    ),
    "preallocate": (["true", "false", "TRUE", " true "], ["yes", "1", ""]),
    "remote.log.copy.disable": (["true", "false"], ["0"]),
    "remote.log.delete.on.disable": (["true", "false"], ["maybe"]),
    "remote.storage.enable": (["false"], ["true", "on"]),
    "unclean.leader.election.enable": (["true", "false"], ["no"]),
}


def test_the_edges_below_cover_every_topic_key() -> None:
    assert {*NUMBERS, *OTHERS} == set(TOPIC_KEYS)
    assert len(TOPIC_KEYS) == 34


@pytest.mark.parametrize(("key", "edges"), NUMBERS.items())
def test_a_number_is_taken_up_to_its_edges(key: str, edges: tuple[int, int]) -> None:
    low, high = edges
    settings = Settings.from_mapping({})
    for number in edges:
        assert check_topic_overrides({key: str(number)}) is None
        config = topic_config({key: str(number)}, settings)
        assert getattr(config, FIELD_OF[key]) == number
    for number in (low - 1, high + 1):
        problem = check_topic_overrides({key: str(number)})
        assert problem is not None
        assert problem.startswith(f"Invalid value {number} for configuration {key}: ")


@pytest.mark.parametrize("key", NUMBERS)
@pytest.mark.parametrize("text", ["", "x", "1.0", "1_0", "0x10", "--1", "9" * 100])
def test_what_is_no_number_is_refused(key: str, text: str) -> None:
    kind = TOPIC_KEYS[key].type.name
    assert check_topic_overrides({key: text}) == (
        f"Invalid value {text} for configuration {key}: Not a number of type {kind}"
    )


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, (good, _) in OTHERS.items() for text in good])
def test_other_values_that_kafka_takes(key: str, text: str) -> None:
    assert check_topic_overrides({key: text}) is None
    topic_config({key: text}, Settings.from_mapping({}))


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, (_, bad) in OTHERS.items() for text in bad])
def test_other_values_that_kafka_refuses(key: str, text: str) -> None:
    assert check_topic_overrides({key: text}) is not None


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("retention.ms", "-2", "Invalid value -2 for configuration retention.ms: Value must be at least -1"),
        ("retention.ms", "x", "Invalid value x for configuration retention.ms: Not a number of type LONG"),
        (
            "compression.lz4.level",
            "18",
            "Invalid value 18 for configuration compression.lz4.level: Value must be no more than 17",
        ),
        (
            "compression.gzip.level",
            "0",
            "Invalid value 0 for configuration compression.gzip.level: Value must be between 1 and 9 or equal to -1",
        ),
        (
            "min.cleanable.dirty.ratio",
            "1.1",
            "Invalid value 1.1 for configuration min.cleanable.dirty.ratio: Value must be no more than 1",
        ),
        (
            "cleanup.policy",
            "delete,foo",
            "Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete",
        ),
        ("cleanup.policy", "delete,", "Configuration 'cleanup.policy' values must not be empty."),
        (
            "preallocate",
            "yes",
            "Invalid value yes for configuration preallocate: Expected value to be either true or false",
        ),
        (
            "leader.replication.throttled.replicas",
            "*,0:1",
            "Invalid value [*, 0:1] for configuration leader.replication.throttled.replicas: "
            "leader.replication.throttled.replicas must be the literal '*' or a list of replicas in the following format: "
            "[partitionId]:[brokerId],[partitionId]:[brokerId],...",
        ),
        ("message.format.version", "3.0", "Unknown topic config name: message.format.version"),
    ],
)
def test_refusals_speak_as_kafka_does(key: str, text: str, problem: str) -> None:
    assert check_topic_overrides({key: text}) == problem


def test_defaults_are_kafkas() -> None:
    settings = Settings.from_mapping({})
    assert topic_config({}, settings) == TopicConfig()
    defaults = topic_defaults(settings)
    for field in dataclasses.fields(TopicConfig):
        key = next(key for key, name in FIELD_OF.items() if name == field.name)
        assert field.default == defaults[key]


def test_keys_are_judged_together() -> None:
    assert check_topic_overrides({"min.compaction.lag.ms": "100", "max.compaction.lag.ms": "50"}) == (
        "conflict topic config setting min.compaction.lag.ms (100) > max.compaction.lag.ms (50)"
    )
    assert check_topic_overrides({"min.compaction.lag.ms": "50", "max.compaction.lag.ms": "50"}) is None
    broker = Settings.from_mapping({"log.cleaner.max.compaction.lag.ms": "10"})
    assert check_topic_overrides({"min.compaction.lag.ms": "11"}, broker) is not None
    # Local retention only means something once segments are tiered.
    assert check_topic_overrides({"local.retention.ms": "100", "retention.ms": "50"}) is None


TIERED = {"remote.storage.enable": "true"}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, None),
        ({"cleanup.policy": ""}, None),
        (
            {"cleanup.policy": "compact"},
            "Remote log storage only supports topics with cleanup.policy=delete or cleanup.policy being an empty list.",
        ),
        ({"local.retention.ms": "50", "retention.ms": "50"}, None),
        (
            {"local.retention.ms": "51", "retention.ms": "50"},
            "Invalid value 51 for configuration local.retention.ms: Value must not be more than retention.ms property value: 50",
        ),
        (
            {"local.retention.bytes": "-1", "retention.bytes": "50"},
            "Invalid value -1 for configuration local.retention.bytes: "
            "Value must not be -1 as retention.bytes value is set as 50.",
        ),
        ({"local.retention.bytes": "-1"}, None),
    ],
)
def test_tiered_topics_where_tiering_exists(given: dict[str, str], problem: str | None) -> None:
    assert check_topic_overrides({**TIERED, **given}, remote_storage=True) == problem


def test_tiering_is_refused_where_it_does_not_exist() -> None:
    assert check_topic_overrides(TIERED) == (
        "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage."
    )


@pytest.mark.parametrize(
    ("broker", "key", "expected"),
    [
        ({}, "retention.ms", 604_800_000),
        ({"log.retention.hours": "2"}, "retention.ms", 7_200_000),
        ({"log.retention.hours": "2", "log.retention.minutes": "3"}, "retention.ms", 180_000),
        (
            {"log.retention.hours": "2", "log.retention.minutes": "3", "log.retention.ms": "4"},
            "retention.ms",
            4,
        ),
        ({"log.retention.hours": "-1"}, "retention.ms", -1),
        ({"log.retention.ms": "-5"}, "retention.ms", -1),
        ({"log.roll.hours": "5"}, "segment.ms", 18_000_000),
        ({"log.roll.hours": "5", "log.roll.ms": "7"}, "segment.ms", 7),
        ({"log.roll.jitter.hours": "1"}, "segment.jitter.ms", 3_600_000),
        ({"log.flush.scheduler.interval.ms": "9"}, "flush.ms", 9),
        ({"log.flush.scheduler.interval.ms": "9", "log.flush.interval.ms": "8"}, "flush.ms", 8),
        ({"message.max.bytes": "99"}, "max.message.bytes", 99),
        ({"log.cleanup.policy": "compact"}, "cleanup.policy", ("compact",)),
        ({"log.segment.bytes": "2000000"}, "segment.bytes", 2_000_000),
        ({"compression.type": "zstd"}, "compression.type", "zstd"),
    ],
)
def test_defaults_come_from_the_brokers_synonyms(broker: dict[str, str], key: str, expected: object) -> None:
    settings = Settings.from_mapping(broker)
    assert getattr(topic_config({}, settings), FIELD_OF[key]) == expected


def test_topics_without_overrides_share_one_config_until_a_setting_changes() -> None:
    settings = Settings.from_mapping({})
    before = topic_config({}, settings)
    assert topic_config({}, settings) is before
    settings.set_dynamic({"log.retention.ms": "5"}, {})
    assert topic_config({}, settings).retention_ms == 5
    assert topic_config({"retention.ms": "6"}, settings).retention_ms == 6


def test_internal_segment_bytes_stands_in_for_segment_bytes() -> None:
    config = topic_config({"internal.segment.bytes": "1000"}, Settings.from_mapping({}))
    assert config.segment_bytes == 1000
