"""The config APIs. Answers marked so are those of Apache Kafka 4.3.1 to the same request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from typing import Any, cast

import pytest

from ottla.base.errors import ErrorCode
from ottla.broker.broker import Broker
from ottla.broker.dynamic import apply_dynamic
from ottla.broker.handlers import configs
from ottla.broker.request import Request
from ottla.catalogue.image import Image
from ottla.catalogue.model import CatalogueError, Change, PartitionInfo, PutTopic, Topic
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.wire.messages.alter_configs_request import AlterableConfig as Config
from ottla.wire.messages.alter_configs_request import AlterConfigsRequest
from ottla.wire.messages.alter_configs_request import AlterConfigsResource as AlterResource
from ottla.wire.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from ottla.wire.messages.describe_configs_response import DescribeConfigsResourceResult, DescribeConfigsResult
from ottla.wire.messages.incremental_alter_configs_request import AlterableConfig as IncrementalConfig
from ottla.wire.messages.incremental_alter_configs_request import AlterConfigsResource as IncrementalResource
from ottla.wire.messages.incremental_alter_configs_request import IncrementalAlterConfigsRequest
from ottla.wire.messages.list_config_resources_request import ListConfigResourcesRequest
from ottla.wire.registry import response_module

TOPIC, BROKER, LOGGER, METRICS, GROUP = 2, 4, 8, 16, 32
SET, DELETE, APPEND, SUBTRACT = 0, 1, 2, 3
NONE, INVALID_REQUEST, INVALID_CONFIG = ErrorCode.NONE, ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_CONFIG
UNKNOWN_TOPIC = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION

Edit = tuple[str, int, str | None]


class FakeCatalogue(Image):
    """The real image; what is committed is there a turn of the loop later."""

    def __init__(self) -> None:
        super().__init__()
        self.cluster_id = "c"
        self.commits: list[Sequence[Change]] = []
        self.full = False

    __slots__ = ("__weakref__", "cluster_id", "commits", "full")

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        future = asyncio.get_running_loop().create_future()
        self.commits.append(changes)

        def finish() -> None:
            if self.full:
                future.set_exception(CatalogueError("the disk is full"))
                return
            for change in changes:
                self.apply(change)
            future.set_result(None)

        asyncio.get_running_loop().call_soon(finish)
        return future


class FakeEngine:
    def __init__(self) -> None:
        self.configured: dict[bytes, TopicConfig] = {}

    def configure(self, topic_id: bytes, config: TopicConfig) -> None:
        self.configured[topic_id] = config


class House:
    """A broker with two topics, `t` (retention.ms 1000) and `v`."""

    def __init__(self, static: dict[str, str] | None = None) -> None:
        self.catalogue, self.engine = FakeCatalogue(), FakeEngine()
        self.catalogue.apply(PutTopic(Topic("t", b"t" * 16, [PartitionInfo(0, 0, (0,))], {"retention.ms": "1000"})))
        self.catalogue.apply(PutTopic(Topic("v", b"v" * 16, [PartitionInfo(0, 0, (0,))])))
        self.settings = Settings.from_mapping({"node.id": "0", **(static or {})})
        nothing = cast(Any, None)
        self.broker = Broker(
            node_id=0,
            settings=self.settings,
            clock=nothing,
            catalogue=cast(Any, self.catalogue),
            engine=cast(Any, self.engine),
            topics=nothing,
            groups=nothing,
            producer_ids=nothing,
            transactions=nothing,
            markers=nothing,
            fetch_sessions=nothing,
            deadlines=nothing,
        )

    def request(self, key: int, version: int) -> Request:
        return Request(cast(Any, None), key, version, 1, None, memoryview(b""), 0)

    def describe(
        self, kind: int, name: str, keys: list[str] | None = None, *, documentation: bool = False
    ) -> DescribeConfigsResult:
        message = DescribeConfigsRequest([DescribeConfigsResource(kind, name, keys)], True, documentation)
        response = configs.describe_configs(self.broker, self.request(32, 4), message)
        for version in (1, 2, 3, 4):
            response_module(32).encode(response, version)
        return response.results[0]

    def key(self, kind: int, name: str, key: str) -> DescribeConfigsResourceResult:
        (found,) = self.describe(kind, name, [key]).configs
        return found

    def incremental(
        self, *resources: tuple[int, str, list[Edit]], validate_only: bool = False
    ) -> list[tuple[int, str | None]]:
        message = IncrementalAlterConfigsRequest(
            [
                IncrementalResource(kind, name, [IncrementalConfig(*edit) for edit in edits])
                for kind, name, edits in resources
            ],
            validate_only,
        )
        response = asyncio.run(configs.incremental_alter_configs(self.broker, self.request(44, 1), message))
        assert [(one.resource_type, one.resource_name) for one in response.responses] == [r[:2] for r in resources]
        response_module(44).encode(response, 1)
        return [(one.error_code, one.error_message) for one in response.responses]

    def alter(
        self, *resources: tuple[int, str, list[tuple[str, str | None]]], validate_only: bool = False
    ) -> list[tuple[int, str | None]]:
        message = AlterConfigsRequest(
            [AlterResource(kind, name, [Config(*pair) for pair in pairs]) for kind, name, pairs in resources],
            validate_only,
        )
        response = asyncio.run(configs.alter_configs(self.broker, self.request(33, 2), message))
        response_module(33).encode(response, 2)
        return [(one.error_code, one.error_message) for one in response.responses]

    def set(self, kind: int, name: str, key: str, value: str | None) -> tuple[int, str | None]:
        return self.incremental((kind, name, [(key, SET, value)]))[0]

    def listed(self, version: int, kinds: list[int]) -> tuple[int, list[tuple[str, int]]]:
        response = configs.list_config_resources(
            self.broker, self.request(74, version), ListConfigResourcesRequest(kinds)
        )
        return response.error_code, [(one.resource_name, one.resource_type) for one in response.config_resources]


@pytest.fixture
def house() -> House:
    return House()


def synonyms(found: DescribeConfigsResourceResult) -> list[tuple[str, str | None, int]]:
    return [(one.name, one.value, one.source) for one in found.synonyms]


# --- describe -----------------------------------------------------------------------------------------------------------------


def test_a_topic_shows_every_public_key(house: House) -> None:
    result = house.describe(TOPIC, "t")
    assert (result.error_code, result.resource_type, result.resource_name) == (NONE, TOPIC, "t")
    assert len(result.configs) == 33  # Kafka's answer: internal.segment.bytes only when it is set
    assert [one.name for one in result.configs] == sorted(one.name for one in result.configs)
    assert not any(one.read_only or one.is_sensitive for one in result.configs)
    assert [one.name for one in result.configs if one.config_source != 5] == ["retention.ms"]


@pytest.mark.parametrize(
    ("key", "value", "source", "expected"),
    [
        ("retention.ms", "1000", 1, [("retention.ms", "1000", 1)]),
        ("flush.ms", "1000", 5, []),
        ("segment.jitter.ms", "3600000", 5, []),
        (
            "segment.ms",
            "7000000",
            4,
            [("log.roll.ms", "7000000", 4), ("log.roll.hours", "5", 4), ("log.roll.hours", "168", 5)],
        ),
        ("segment.bytes", "1073741824", 5, [("log.segment.bytes", "1073741824", 5)]),
        ("remote.storage.enable", "false", 5, []),
        ("cleanup.policy", "delete", 5, [("log.cleanup.policy", "delete", 5)]),
    ],
)
def test_where_a_topics_values_come_from(
    key: str, value: str, source: int, expected: list[tuple[str, str, int]]
) -> None:
    """Kafka's answers, with these static settings."""
    house = House(
        {
            "log.retention.hours": "24",
            "log.roll.hours": "5",
            "log.roll.ms": "7000000",
            "log.flush.scheduler.interval.ms": "1000",
            "log.roll.jitter.hours": "1",
        }
    )
    found = house.key(TOPIC, "t", key)
    assert (found.value, found.config_source, synonyms(found)) == (value, source, expected)


def test_types_and_documentation(house: House) -> None:
    kinds = {one.name: one.config_type for one in house.describe(TOPIC, "t").configs}
    assert (kinds["preallocate"], kinds["compression.type"], kinds["segment.bytes"]) == (1, 2, 3)
    assert (kinds["retention.ms"], kinds["min.cleanable.dirty.ratio"], kinds["cleanup.policy"]) == (5, 6, 7)
    assert house.key(TOPIC, "t", "retention.ms").documentation is None
    assert all(one.documentation for one in house.describe(TOPIC, "t", documentation=True).configs)
    assert all(one.documentation for one in house.describe(GROUP, "g", documentation=True).configs)


def test_only_the_keys_asked_for(house: House) -> None:
    found = house.describe(TOPIC, "t", ["retention.ms", "zz"]).configs
    assert [one.name for one in found] == ["retention.ms"]
    assert len(house.describe(TOPIC, "t", []).configs) == 33


@pytest.mark.parametrize(
    ("kind", "name", "code", "message"),
    [
        (TOPIC, "nope", UNKNOWN_TOPIC, "The topic 'nope' does not exist."),
        (TOPIC, "", ErrorCode.INVALID_TOPIC_EXCEPTION, "Topic name is invalid: the empty string is not allowed"),
        (BROKER, "x", INVALID_REQUEST, "Broker id must be an integer, but it is: x"),
        (BROKER, "1", INVALID_REQUEST, "Unexpected broker id, expected 0 or empty string, but received 1"),
        (LOGGER, "1", INVALID_REQUEST, "Unexpected broker id, expected 0 but received 1"),
        (LOGGER, "", INVALID_REQUEST, "Broker id must not be empty"),
        (LOGGER, "x", INVALID_REQUEST, "Broker id must be an integer, but it is: x"),
        (METRICS, "", INVALID_REQUEST, "Client metrics subscription name must not be empty"),
        (GROUP, "", INVALID_REQUEST, "Group name must not be empty"),
        (0, "x", INVALID_REQUEST, "Unknown resource type 0"),
    ],
)
def test_what_cannot_be_described(house: House, kind: int, name: str, code: ErrorCode, message: str) -> None:
    result = house.describe(kind, name)
    assert (result.error_code, result.error_message, result.configs) == (code, message, [])


def test_a_broker_shows_its_keys(house: House) -> None:
    found = {one.name: one for one in house.describe(BROKER, "0").configs}
    assert len(found) >= 340
    assert found["num.partitions"].read_only
    assert not found["log.retention.ms"].read_only
    assert (found["log.retention.ms"].value, found["log.retention.ms"].synonyms) == (None, [])
    assert (found["node.id"].value, found["node.id"].config_source) == ("0", 4)
    assert found["ssl.keystore.password"].is_sensitive
    assert found["ssl.keystore.password"].config_type == 9
    assert "unstable.api.versions.enable" not in found


def test_secrets_are_never_shown() -> None:
    house = House({"ssl.keystore.password": "hush"})
    house.set(BROKER, "0", "my.plug.in", "hush")
    house.set(BROKER, "0", "listener.name.x.ssl.key.password", "hush")
    shown = house.describe(BROKER, "0").configs
    assert "hush" not in str([(one.name, one.value, synonyms(one)) for one in shown])
    stranger = house.key(BROKER, "0", "my.plug.in")
    assert (stranger.value, stranger.is_sensitive, stranger.read_only, stranger.config_type) == (None, True, True, 0)
    assert synonyms(stranger) == [("my.plug.in", None, 2)]


def test_groups_and_client_metrics(house: House) -> None:
    assert len(house.describe(GROUP, "g").configs) == 17
    assert len(house.describe(METRICS, "m").configs) == 3
    assert house.set(GROUP, "g", "consumer.session.timeout.ms", "50000") == (NONE, None)
    assert house.set(METRICS, "m", "interval.ms", "1000") == (NONE, None)
    found = house.key(GROUP, "g", "consumer.session.timeout.ms")
    assert (found.value, found.config_source) == ("50000", 8)
    assert synonyms(found) == [
        ("consumer.session.timeout.ms", "50000", 8),
        ("group.consumer.session.timeout.ms", "45000", 5),
    ]
    found = house.key(GROUP, "g", "share.isolation.level")
    assert synonyms(found) == [("share.isolation.level", "read_uncommitted", 5)]
    found = house.key(METRICS, "m", "interval.ms")
    assert (found.value, found.config_source, synonyms(found)) == ("1000", 7, [("interval.ms", "1000", 7)])
    assert house.key(METRICS, "m", "match").config_source == 5


# --- incremental --------------------------------------------------------------------------------------------------------------


def test_a_change_is_durable_described_and_in_force(house: House) -> None:
    edits: list[Edit] = [
        ("retention.ms", SET, " 7 "),
        ("cleanup.policy", APPEND, "compact"),
        ("preallocate", SET, "TRUE"),
    ]
    assert house.incremental((TOPIC, "t", edits)) == [(NONE, None)]
    assert len(house.catalogue.commits) == 1
    engine = house.engine.configured[b"t" * 16]
    assert (engine.retention_ms, engine.cleanup_policy, engine.preallocate) == (7, ("delete", "compact"), True)
    assert [house.key(TOPIC, "t", key).value for key in ("retention.ms", "cleanup.policy", "preallocate")] == [
        "7",
        "delete,compact",
        "true",
    ]
    assert house.incremental((TOPIC, "t", [("retention.ms", DELETE, None)])) == [(NONE, None)]
    assert house.key(TOPIC, "t", "retention.ms").config_source == 5
    assert house.engine.configured[b"t" * 16].retention_ms == 604_800_000


def test_lists_grow_and_shrink_as_kafkas_do(house: House) -> None:
    """Kafka's values after the same steps."""
    steps: list[tuple[int, str, str]] = [
        (APPEND, "compact", "delete,compact"),
        (APPEND, "compact,delete", "delete,compact"),
        (SUBTRACT, "delete,foo", "compact"),
        (SUBTRACT, "compact", ""),
        (APPEND, "delete", "delete"),
    ]
    for op, value, after in steps:
        assert house.incremental((TOPIC, "t", [("cleanup.policy", op, value)])) == [(NONE, None)]
        assert house.key(TOPIC, "t", "cleanup.policy").value == after
    assert house.incremental((BROKER, "0", [("log.cleanup.policy", APPEND, "compact")])) == [(NONE, None)]
    assert house.key(BROKER, "0", "log.cleanup.policy").value == "delete,compact"


@pytest.mark.parametrize(
    ("kind", "name", "edits", "code", "message"),
    [
        (TOPIC, "t", [("retention.ms", 0, "5"), ("retention.ms", 0, "6")], 42, "Error due to duplicate config keys"),
        (TOPIC, "t", [("retention.ms", 0, "5"), ("retention.ms", 1, None)], 42, "Error due to duplicate config keys"),
        (TOPIC, "t", [("retention.ms", 2, "5")], 40, "Can't APPEND to key retention.ms because its type is not LIST."),
        (
            TOPIC,
            "t",
            [("retention.ms", 3, "5")],
            40,
            "Can't SUBTRACT to key retention.ms because its type is not LIST.",
        ),
        (TOPIC, "t", [("nope", 2, "x")], 40, "Can't APPEND to key nope because its type is not LIST."),
        (TOPIC, "t", [("nope", 0, "x")], 40, "Unknown topic config name: nope"),
        (TOPIC, "t", [("cleanup.policy", 0, None)], 42, "Null value not supported for : cleanup.policy"),
        (TOPIC, "t", [("retention.ms", 9, "5")], 42, "Unknown operation type 9 for retention.ms"),
        (TOPIC, "nope", [("retention.ms", 0, "5")], 3, "The topic 'nope' does not exist."),
        (TOPIC, "", [("retention.ms", 0, "5")], 42, "Default topic resources are not allowed."),
        (BROKER, "0", [("num.partitions", 0, "5")], 42, "Cannot update these configs dynamically: [num.partitions]"),
        (BROKER, "1", [("log.retention.ms", 0, "5")], 42, "Unexpected broker id, expected 0, but received 1"),
        (BROKER, "x", [("log.retention.ms", 0, "5")], 42, "Node id must be an integer, but it is: x"),
        (
            BROKER,
            "0",
            [("log.retention.ms", 0, "x")],
            42,
            "Invalid value x for configuration log.retention.ms: Not a number of type LONG",
        ),
        (
            BROKER,
            "",
            [("listener.name.plaintext.ssl.keystore.password", 0, "5")],
            42,
            "Cannot update these configs at default cluster level, broker id must be specified: "
            "[listener.name.plaintext.ssl.keystore.password]",
        ),
        (
            BROKER,
            "",
            [("ssl.keystore.password", 0, "5")],
            42,
            "These security configs can be dynamically updated only per-listener using the listener prefix: "
            "[ssl.keystore.password]",
        ),
        (
            METRICS,
            "m",
            [("interval.ms", 0, "10")],
            42,
            "Invalid value 10 for interval.ms, interval must be between 100 and 3600000 (1 hour)",
        ),
        (METRICS, "m", [("match", 0, "foo=x")], 40, "Illegal client matching pattern: foo=x"),
        (METRICS, "m", [("match", 0, "client_id")], 40, "Illegal client matching pattern: client_id"),
        (METRICS, "m", [("match", 0, "client_id=[")], 40, "Illegal client matching pattern: client_id=["),
        (METRICS, "m", [("nope", 0, "a")], 42, "Unknown client metrics configuration: nope"),
        (METRICS, "", [("metrics", 0, "a")], 42, "Subscription name can't be empty"),
        (GROUP, "g", [("nope", 0, "x")], 40, "Unknown group config name: nope"),
        (GROUP, "", [("consumer.session.timeout.ms", 0, "50000")], 42, "Default group resources are not allowed."),
        (
            GROUP,
            "g",
            [("consumer.session.timeout.ms", 0, "5")],
            40,
            "consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms",
        ),
        (
            GROUP,
            "g",
            [("share.delivery.count.limit", 0, "100")],
            40,
            "share.delivery.count.limit must be less than or equal to group.share.max.delivery.count.limit",
        ),
        (
            GROUP,
            "g",
            [("streams.num.standby.replicas", 0, "50")],
            40,
            "streams.num.standby.replicas must be less than or equal to group.streams.max.standby.replicas",
        ),
        (LOGGER, "0", [("nope.logger", 0, "DEBUG")], 40, "Logger nope.logger does not exist!"),
        (
            LOGGER,
            "0",
            [("root", 0, "debug")],
            40,
            "Cannot set the log level of root to debug as it is not a supported log level. "
            "Valid log levels are DEBUG, ERROR, FATAL, INFO, TRACE, WARN",
        ),
        (LOGGER, "0", [("root", 1, None)], 42, "Removing the log level of the root logger is not allowed"),
        (LOGGER, "0", [("root", 2, "DEBUG")], 42, "APPEND operation is not allowed for the BROKER_LOGGER resource"),
        (LOGGER, "1", [("root", 0, "DEBUG")], 42, "Unexpected node id. Expected 0, but received 1"),
        (LOGGER, "", [("root", 0, "DEBUG")], 42, "Node id must be an integer, but it is: "),
        (99, "g", [("x", 0, "50")], 42, "Unknown resource type 99"),
    ],
)
def test_refusals_are_kafkas(house: House, kind: int, name: str, edits: list[Edit], code: int, message: str) -> None:
    """All but the unknown operation, to which Kafka says UNKNOWN_SERVER_ERROR."""
    assert house.incremental((kind, name, edits)) == [(code, message)]
    assert house.catalogue.commits == []


@pytest.mark.parametrize(
    ("kind", "name", "edits"),
    [
        (TOPIC, "t", [("retention.ms", DELETE, "x")]),
        (TOPIC, "t", [("nope", DELETE, None)]),
        (TOPIC, "t", []),
        (BROKER, "", [("num.partitions", DELETE, None)]),
        (BROKER, "0", [("leader.replication.throttled.rate", SET, "500")]),
        (BROKER, "0", [("listener.name.plaintext.max.connections", SET, "5")]),
        (BROKER, "0", [("listener.name.plaintext.ssl.keystore.password", SET, "5")]),
        (METRICS, "m", [("match", SET, "client_id=x.*, client_source_port=9[0-9]+")]),
        (GROUP, "g", [("share.auto.offset.reset", SET, "by_duration:PT1H")]),
    ],
)
def test_what_kafka_lets_pass(house: House, kind: int, name: str, edits: list[Edit]) -> None:
    assert house.incremental((kind, name, edits), validate_only=True) == [(NONE, None)]
    assert house.catalogue.commits == []
    assert house.incremental((kind, name, edits)) == [(NONE, None)]


def test_one_bad_resource_does_not_hurt_the_others(house: House) -> None:
    answers = house.incremental(
        (TOPIC, "t", [("retention.ms", SET, "5")]),
        (TOPIC, "nope", [("retention.ms", SET, "6")]),
        (TOPIC, "v", [("retention.ms", SET, "7"), ("segment.ms", SET, "x")]),
    )
    assert [code for code, _ in answers] == [NONE, UNKNOWN_TOPIC, INVALID_CONFIG]
    assert house.engine.configured.keys() == {b"t" * 16}
    assert house.catalogue.topics["v"].configs == {}


def test_a_resource_named_twice_is_refused_twice(house: House) -> None:
    answers = house.incremental(
        (TOPIC, "t", [("retention.ms", SET, "5")]),
        (TOPIC, "v", [("retention.ms", SET, "7")]),
        (TOPIC, "t", [("retention.ms", SET, "6")]),
    )
    twice = (INVALID_REQUEST, "Each resource must appear at most once.")
    assert answers == [twice, (NONE, None), twice]
    assert house.catalogue.topics["t"].configs == {"retention.ms": "1000"}


def test_a_full_disk_is_said_and_nothing_is_in_force(house: House) -> None:
    house.catalogue.full = True
    answers = house.incremental(
        (TOPIC, "t", [("retention.ms", SET, "5")]), (TOPIC, "nope", [("retention.ms", SET, "5")])
    )
    assert answers[0] == (ErrorCode.KAFKA_STORAGE_ERROR, "the disk is full")
    assert answers[1][0] == UNKNOWN_TOPIC
    assert house.engine.configured == {}


def test_broker_settings_change_and_reach_every_topic_that_does_not_override_them(house: House) -> None:
    assert house.set(BROKER, "", "log.retention.ms", "70000") == (NONE, None)
    assert house.settings.int("log.retention.ms") == 70_000
    assert house.engine.configured[b"v" * 16].retention_ms == 70_000
    assert house.engine.configured[b"t" * 16].retention_ms == 1000
    found = house.key(BROKER, "0", "log.retention.ms")
    assert (found.value, found.config_source, found.read_only) == ("70000", 3, False)
    assert [one.name for one in house.describe(BROKER, "").configs] == ["log.retention.ms"]
    found = house.key(TOPIC, "v", "retention.ms")
    assert (found.value, found.config_source) == ("70000", 3)
    assert house.set(BROKER, "0", "log.retention.ms", "60000") == (NONE, None)
    assert house.engine.configured[b"v" * 16].retention_ms == 60_000
    assert synonyms(house.key(BROKER, "0", "log.retention.ms"))[:2] == [
        ("log.retention.ms", "60000", 2),
        ("log.retention.ms", "70000", 3),
    ]
    assert synonyms(house.key(BROKER, "", "log.retention.ms")) == [("log.retention.ms", "70000", 3)]
    for name in ("0", ""):
        assert house.incremental((BROKER, name, [("log.retention.ms", DELETE, None)])) == [(NONE, None)]
    assert house.engine.configured[b"v" * 16].retention_ms == 604_800_000


def test_changes_that_arrive_together_build_on_one_another(house: House) -> None:
    """Two connections append to one list: neither loses the other's item."""

    def message(item: str) -> IncrementalAlterConfigsRequest:
        edit = IncrementalConfig("follower.replication.throttled.replicas", APPEND, item)
        return IncrementalAlterConfigsRequest([IncrementalResource(TOPIC, "v", [edit])])

    async def both() -> None:
        await asyncio.gather(
            *(
                configs.incremental_alter_configs(house.broker, house.request(44, 1), message(f"0:{number}"))
                for number in range(5)
            )
        )

    asyncio.run(both())
    found = house.key(TOPIC, "v", "follower.replication.throttled.replicas").value
    assert found == "0:0,0:1,0:2,0:3,0:4"


# --- alter --------------------------------------------------------------------------------------------------------------------


def test_alter_configs_replaces_all_there_is(house: House) -> None:
    assert house.alter((TOPIC, "t", [("segment.ms", "5")]), validate_only=True) == [(NONE, None)]
    assert house.catalogue.topics["t"].configs == {"retention.ms": "1000"}
    assert house.alter((TOPIC, "t", [("segment.ms", "5")])) == [(NONE, None)]
    assert house.catalogue.topics["t"].configs == {"segment.ms": "5"}
    assert house.alter((TOPIC, "t", [])) == [(NONE, None)]
    assert house.catalogue.topics["t"].configs == {}


@pytest.mark.parametrize(
    ("kind", "name", "pairs", "code", "message"),
    [
        (TOPIC, "t", [("retention.ms", "5"), ("retention.ms", "6")], 42, "Error due to duplicate config keys"),
        (TOPIC, "t", [("retention.ms", None)], 42, "Null value not supported for : retention.ms"),
        (TOPIC, "t", [("nope", "5")], 40, "Unknown topic config name: nope"),
        (BROKER, "0", [("num.partitions", "5")], 42, "Cannot update these configs dynamically: [num.partitions]"),
        (LOGGER, "0", [("root", "INFO")], 42, "Unknown resource type 8"),
        (0, "g", [("x", "50")], 42, "Unknown resource type 0"),
    ],
)
def test_alter_configs_refuses_as_kafka_does(
    house: House, kind: int, name: str, pairs: list[tuple[str, str | None]], code: int, message: str
) -> None:
    assert house.alter((kind, name, pairs)) == [(code, message)]


# --- loggers ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("ottla.tests.configs")
    yield logger
    logger.setLevel(logging.NOTSET)


def test_loggers_are_pythons_under_kafkas_level_names(house: House, logger: logging.Logger) -> None:
    assert house.set(LOGGER, "0", logger.name, "TRACE") == (NONE, None)
    assert logger.level == 5
    assert house.key(LOGGER, "0", logger.name).value == "TRACE"
    for level in ("DEBUG", "INFO", "WARN", "ERROR", "FATAL"):
        house.set(LOGGER, "0", logger.name, level)
        found = house.key(LOGGER, "0", logger.name)
        assert (found.value, found.config_source, found.config_type, found.read_only) == (level, 6, 0, False)
    logger.setLevel(100)
    assert house.key(LOGGER, "0", logger.name).value == "OFF"
    house.incremental((LOGGER, "0", [(logger.name, SET, "DEBUG")]), validate_only=True)
    assert logger.level == 100
    assert house.incremental((LOGGER, "0", [(logger.name, DELETE, None)])) == [(NONE, None)]
    assert logger.level == logging.NOTSET
    assert house.catalogue.commits == []
    assert "root" in {one.name for one in house.describe(LOGGER, "0").configs}


# --- list, start --------------------------------------------------------------------------------------------------------------


def test_what_has_configs_is_listed(house: House) -> None:
    house.set(GROUP, "g", "consumer.session.timeout.ms", "50000")
    house.set(METRICS, "m", "interval.ms", "1000")
    everything = [("g", GROUP), ("m", METRICS), ("0", LOGGER), ("0", BROKER), ("t", TOPIC), ("v", TOPIC)]
    assert house.listed(1, []) == (NONE, everything)
    assert house.listed(1, [TOPIC, TOPIC, BROKER]) == (NONE, everything[3:])
    assert house.listed(0, []) == (NONE, [("m", METRICS)])
    assert house.listed(1, [64]) == (ErrorCode.UNSUPPORTED_VERSION, [])


def test_stored_settings_hold_again_and_a_bad_one_does_not_keep_the_broker_down(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.catalogue.configs["broker", ""] = {"log.retention.ms": "5", "log.segment.bytes": "1"}
    house.catalogue.configs["broker", "0"] = {"message.max.bytes": "77"}
    apply_dynamic(house.settings, cast(Any, house.catalogue), 0)
    assert house.settings.int("log.retention.ms") == 5
    assert house.settings.int("message.max.bytes") == 77
    assert house.settings.int("log.segment.bytes") == 1_073_741_824
    assert [record.levelname for record in caplog.records] == ["ERROR"]
