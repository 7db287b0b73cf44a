"""What is in force for a topic: its own overrides over the broker's values over Kafka's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ottla.rules.configs.keys import TOPIC_KEYS, ConfigKey
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.values import ConfigError, Value

MAX_LONG = 2**63 - 1


@dataclass(frozen=True, slots=True)
class TopicConfig:
    """A topic's effective configuration, one field per topic key (dots are underscores). Times in milliseconds, sizes in bytes.

    Topics without overrides share one instance. `segment_bytes` is `internal.segment.bytes` where that is set.
    """

    cleanup_policy: tuple[str, ...] = ("delete",)
    compression_gzip_level: int = -1
    compression_lz4_level: int = 9
    compression_type: str = "producer"
    compression_zstd_level: int = 3
    delete_retention_ms: int = 86_400_000
    file_delete_delay_ms: int = 60_000
    flush_messages: int = MAX_LONG
    flush_ms: int = MAX_LONG
    follower_replication_throttled_replicas: tuple[str, ...] = ()
    index_interval_bytes: int = 4096
    internal_segment_bytes: int | None = None
    leader_replication_throttled_replicas: tuple[str, ...] = ()
    local_retention_bytes: int = -2
    local_retention_ms: int = -2
    max_compaction_lag_ms: int = MAX_LONG
    max_message_bytes: int = 1_048_588
    message_timestamp_after_max_ms: int = 3_600_000
    message_timestamp_before_max_ms: int = MAX_LONG
    message_timestamp_type: str = "CreateTime"
    min_cleanable_dirty_ratio: float = 0.5
    min_compaction_lag_ms: int = 0
    min_insync_replicas: int = 1
    preallocate: bool = False
    remote_log_copy_disable: bool = False
    remote_log_delete_on_disable: bool = False
    remote_storage_enable: bool = False
    retention_bytes: int = -1
    retention_ms: int = 604_800_000
    segment_bytes: int = 1_073_741_824
    segment_index_bytes: int = 10_485_760
    segment_jitter_ms: int = 0
    segment_ms: int = 604_800_000
    unclean_leader_election_enable: bool = False


FIELD_OF: dict[str, str] = {key: key.replace(".", "_") for key in TOPIC_KEYS}
assert set(FIELD_OF.values()) == {field.name for field in fields(TopicConfig)}, "TopicConfig and keys.tsv differ"


def default_value(row: ConfigKey, settings: Settings) -> Value:
    """What a topic (or group) gets for a key it does not set: the first of the key's broker synonyms that has a value."""
    for key, factor in row.synonyms:
        value = settings.value(key)
        if value is None:
            continue
        if factor != 1:
            assert isinstance(value, int)
            return -1 if value < 0 else value * factor
        return value
    return row.default


def topic_defaults(settings: Settings) -> Mapping[str, Value]:
    """What every topic key is without overrides. Cached until a setting changes."""
    defaults: dict[str, Value] | None = settings.cache.get(topic_defaults)
    if defaults is None:
        defaults = {key: default_value(row, settings) for key, row in TOPIC_KEYS.items()}
        if isinstance(defaults["retention.ms"], int) and defaults["retention.ms"] < 0:
            defaults["retention.ms"] = -1
        settings.cache[topic_defaults] = defaults
    return defaults


def topic_config(overrides: Mapping[str, str], settings: Settings) -> TopicConfig:
    """A topic's effective configuration. Raises ConfigError for overrides that `check_topic_overrides` would refuse."""
    if not overrides:
        shared: TopicConfig | None = settings.cache.get(topic_config)
        if shared is None:
            shared = settings.cache[topic_config] = _build(topic_defaults(settings))
        return shared
    return _build({**topic_defaults(settings), **parse_overrides(overrides)})


def _build(values: Mapping[str, Value]) -> TopicConfig:
    parts: dict[str, Any] = {FIELD_OF[key]: value for key, value in values.items()}
    if parts["internal_segment_bytes"] is not None:
        parts["segment_bytes"] = parts["internal_segment_bytes"]
    return TopicConfig(**parts)


def parse_overrides(overrides: Mapping[str, str]) -> dict[str, Value]:
    """Reads and judges every override on its own. Raises ConfigError with the first problem."""
    parsed: dict[str, Value] = {}
    for key, text in overrides.items():
        row = TOPIC_KEYS.get(key)
        if row is None:
            raise ConfigError(f"Unknown topic config name: {key}")
        parsed[key] = row.read(text)
    return parsed


def check_topic_overrides(
    overrides: Mapping[str, str], settings: Settings | None = None, *, remote_storage: bool = False
) -> str | None:
    """The first problem of a topic's overrides, in Kafka's words (INVALID_CONFIG), or None.

    Keys are judged one by one, then together with the broker's values (without `settings`: with Kafka's defaults).
    `remote_storage`: whether this broker can tier a topic's segments.
    """
    try:
        parsed = parse_overrides(overrides)
    except ConfigError as problem:
        return str(problem)
    defaults = (
        topic_defaults(settings) if settings is not None else {key: row.default for key, row in TOPIC_KEYS.items()}
    )
    return _check_together({**defaults, **parsed}, remote_storage)


def _check_together(values: Mapping[str, Any], remote_storage: bool) -> str | None:
    min_lag, max_lag = values["min.compaction.lag.ms"], values["max.compaction.lag.ms"]
    if min_lag > max_lag:
        return f"conflict topic config setting min.compaction.lag.ms ({min_lag}) > max.compaction.lag.ms ({max_lag})"
    if not values["remote.storage.enable"]:
        return None
    if not remote_storage:
        return "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage."
    if "compact" in values["cleanup.policy"]:
        return (
            "Remote log storage only supports topics with cleanup.policy=delete or cleanup.policy being an empty list."
        )
    for local, total in (("local.retention.bytes", "retention.bytes"), ("local.retention.ms", "retention.ms")):
        if problem := _check_local(local, values[local], total, values[total]):
            return problem
    return None


def _check_local(local: str, local_value: int, total: str, total_value: int) -> str | None:
    if total_value == -1 or local_value == -2:
        return None
    if local_value == -1:
        return (
            f"Invalid value {local_value} for configuration {local}: "
            f"Value must not be -1 as {total} value is set as {total_value}."
        )
    if local_value > total_value:
        return (
            f"Invalid value {local_value} for configuration {local}: "
            f"Value must not be more than {total} property value: {total_value}"
        )
    return None
