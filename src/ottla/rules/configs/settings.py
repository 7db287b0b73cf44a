"""What is in force on a broker: static values (file, environment, command line), dynamic ones, and defaults.

Order, first set wins: dynamic for this broker, dynamic for the cluster, static, default. Values are parsed when they are set, so a
look-up is one dictionary access: handlers do it on every request.
"""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from ottla.rules.configs.keys import (
    BROKER_KEYS,
    LISTENER_PREFIX,
    TOPIC_KEYS,
    ConfigKey,
    broker_key,
    is_open,
    unknown_broker_key,
)
from ottla.rules.configs.values import ConfigError, ConfigType, Value, invalid, to_text

OnChange = Callable[[frozenset[builtins.str]], None]


class Source(IntEnum):
    """Where a value comes from, numbered as DescribeConfigs reports it."""

    UNKNOWN = 0
    DYNAMIC_TOPIC_CONFIG = 1
    DYNAMIC_BROKER_CONFIG = 2
    DYNAMIC_DEFAULT_BROKER_CONFIG = 3
    STATIC_BROKER_CONFIG = 4
    DEFAULT_CONFIG = 5
    DYNAMIC_BROKER_LOGGER_CONFIG = 6
    CLIENT_METRICS_CONFIG = 7
    GROUP_CONFIG = 8


class Layer(NamedTuple):
    """One place a key is set in: and the text it was set to."""

    key: builtins.str
    text: builtins.str
    source: Source


_DEFAULTS: dict[builtins.str, builtins.str] = {
    key: to_text(row.default) for key, row in BROKER_KEYS.items() if row.default is not None
}
_FAMILIES: dict[builtins.str, tuple[builtins.str, ...]] = {
    synonym.key: tuple(other.key for other in row.synonyms)
    for row in TOPIC_KEYS.values()
    if len(row.synonyms) > 1
    for synonym in row.synonyms
}


def fallbacks(key: builtins.str) -> tuple[builtins.str, ...]:
    """The key and those that stand in for one another with it, the first in force first."""
    if key.startswith(LISTENER_PREFIX) and (row := broker_key(key)) is not None:
        return (key, row.name)
    return _FAMILIES.get(key, (key,))


class Settings:
    """The settings of one broker. Built by `from_mapping` (static values); dynamic ones come from the catalogue by `set_dynamic`."""

    __slots__ = ("_callbacks", "_cluster", "_per_broker", "_static", "_values", "cache")

    def __init__(self, static: Mapping[builtins.str, builtins.str]) -> None:
        self._static = dict(static)
        self._per_broker: dict[builtins.str, builtins.str] = {}
        self._cluster: dict[builtins.str, builtins.str] = {}
        self._callbacks: builtins.list[OnChange] = []
        self.cache: dict[Any, Any] = {}  # what others derive from the settings; emptied when they change
        self._values: dict[builtins.str, Any] = self._effective(self._per_broker, self._cluster)

    @classmethod
    def from_mapping(cls, static: Mapping[builtins.str, builtins.str] | None = None) -> Settings:
        """Settings with these static values (keys with dots). Raises ConfigError for an unknown key or a bad value."""
        return cls(static or {})

    # --- look-ups -----------------------------------------------------------------------------------------------------------

    def int(self, key: builtins.str) -> builtins.int:
        """An INT, LONG or SHORT that has a value."""
        value = self._values[key]
        assert type(value) is builtins.int, key
        return value

    def optional_int(self, key: builtins.str) -> builtins.int | None:
        """An INT, LONG or SHORT, None where it is not set (`log.retention.ms`)."""
        value = self._values[key]
        assert value is None or type(value) is builtins.int, key
        return value

    def float(self, key: builtins.str) -> builtins.float:
        """A DOUBLE."""
        value = self._values[key]
        assert type(value) is builtins.float, key
        return value

    def bool(self, key: builtins.str) -> builtins.bool:
        """A BOOLEAN."""
        value = self._values[key]
        assert type(value) is builtins.bool, key
        return value

    def str(self, key: builtins.str) -> builtins.str:
        """A STRING, CLASS or PASSWORD that has a value."""
        value = self._values[key]
        assert type(value) is builtins.str, key
        return value

    def optional_str(self, key: builtins.str) -> builtins.str | None:
        """A STRING, CLASS or PASSWORD, None where it is not set (`broker.rack`)."""
        value = self._values[key]
        assert value is None or type(value) is builtins.str, key
        return value

    def list(self, key: builtins.str) -> tuple[builtins.str, ...]:
        """A LIST; one that is not set is empty."""
        value = self._values[key]
        if value is None:
            return ()
        assert type(value) is tuple, key
        return value

    def value(self, key: builtins.str) -> Value:
        """Any key's value. Raises KeyError for an unknown key."""
        value: Value = self._values[key]
        return value

    # --- where values come from ----------------------------------------------------------------------------------------------

    @property
    def static(self) -> Mapping[builtins.str, builtins.str]:
        """What the file, the environment and the command line set."""
        return self._static

    @property
    def dynamic(self) -> Mapping[builtins.str, builtins.str]:
        """What was set for this broker while it ran."""
        return self._per_broker

    @property
    def dynamic_default(self) -> Mapping[builtins.str, builtins.str]:
        """What was set for every broker of the cluster."""
        return self._cluster

    def source(self, key: builtins.str) -> Source:
        """Where a key's value comes from."""
        layers = self.layers(key)
        return layers[0].source if layers else Source.DEFAULT_CONFIG

    def layers(self, key: builtins.str, *, dynamic_default_only: builtins.bool = False) -> builtins.list[Layer]:
        """Every place the key and the keys it falls back to are set in, the one in force first (DescribeConfigs' synonyms).

        `log.roll.ms` falls back to `log.roll.hours`, a listener's key to the one without its prefix. As in Kafka nothing stands before
        the first mention of the key itself: a key that is set nowhere has no layers, even if another stands in for it.
        """
        names = fallbacks(key)
        found = [
            Layer(name, values[name], source)
            for values, source in (
                (self._per_broker, Source.DYNAMIC_BROKER_CONFIG),
                (self._cluster, Source.DYNAMIC_DEFAULT_BROKER_CONFIG),
                (self._static, Source.STATIC_BROKER_CONFIG),
                (_DEFAULTS, Source.DEFAULT_CONFIG),
            )
            for name in names
            if name in values
        ]
        found = list(itertools.dropwhile(lambda layer: layer.key != key, found))
        if dynamic_default_only:
            return [layer for layer in found if layer.source is Source.DYNAMIC_DEFAULT_BROKER_CONFIG]
        return found

    def names(self) -> builtins.list[builtins.str]:
        """Every key that has a place here: the table's, and what was set beside it (`listener.name.x.y`)."""
        return sorted({*BROKER_KEYS, *self._static, *self._per_broker, *self._cluster})

    # --- change --------------------------------------------------------------------------------------------------------------

    def on_change(self, callback: OnChange) -> Callable[[], None]:
        """Calls back with the keys whose value changed, after every change; returns what ends that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def check_dynamic(
        self, per_broker: Mapping[builtins.str, builtins.str], cluster: Mapping[builtins.str, builtins.str]
    ) -> None:
        """Raises ConfigError when these dynamic values could not be in force together."""
        self._effective(per_broker, cluster)

    def set_dynamic(
        self, per_broker: Mapping[builtins.str, builtins.str], cluster: Mapping[builtins.str, builtins.str]
    ) -> frozenset[builtins.str]:
        """Replaces the dynamic values and tells who asked to know; returns the keys whose value changed.

        Raises ConfigError, changing nothing.
        """
        values = self._effective(per_broker, cluster)
        before = self._values
        changed = frozenset(key for key in {*before, *values} if before.get(key) != values.get(key))
        self._per_broker, self._cluster, self._values = dict(per_broker), dict(cluster), values
        self.cache.clear()
        if changed:
            for callback in tuple(self._callbacks):
                callback(changed)
        return changed

    def _effective(
        self, per_broker: Mapping[builtins.str, builtins.str], cluster: Mapping[builtins.str, builtins.str]
    ) -> dict[builtins.str, Any]:
        values: dict[builtins.str, Any] = {key: row.default for key, row in BROKER_KEYS.items()}
        for layer in (self._static, cluster, per_broker):
            for key, text in layer.items():
                row = broker_key(key)
                if row is not None:
                    values[key] = read(row, key, text)
                elif (
                    is_open(key) or layer is not self._static
                ):  # Kafka keeps dynamic keys it does not know, for plug-ins
                    values[key] = text
                else:
                    raise unknown_broker_key(key)
        _check_together(values)
        return values


def read(row: ConfigKey, key: builtins.str, text: builtins.str) -> Value:
    """Reads a value for a key that may carry a listener's prefix. Raises ConfigError."""
    return row.read(text) if key == row.name else row._replace(name=key).read(text)


def _check_together(values: Mapping[builtins.str, Any]) -> None:
    """What Kafka's KafkaConfig checks between keys, and outside the ranges of the table. Raises ConfigError."""
    for key in ("log.retention.ms", "log.retention.minutes", "log.retention.hours"):
        if values[key] == 0:
            raise ConfigError("log.retention.ms must be unlimited (-1) or, greater than or equal to 1")
    for low, high in _ORDERED:
        if values[low] is not None and values[high] is not None and values[low] > values[high]:
            raise ConfigError(
                f"{low} must be less than or equals to {high}, but {values[low]} is more than {values[high]}"
            )
    backlog = values["queued.max.request.bytes"]
    if 0 < backlog < values["socket.request.max.bytes"]:
        raise ConfigError(
            f"queued.max.request.bytes must be larger or equal to socket.request.max.bytes, but {backlog} is less"
        )
    for key in ("connections.max.idle.ms",):
        if values[key] == 0:
            raise invalid(key, 0, "Value must be at least 1, or negative for no limit")


_ORDERED = (
    ("group.min.session.timeout.ms", "group.max.session.timeout.ms"),
    ("group.consumer.heartbeat.interval.ms", "group.consumer.session.timeout.ms"),
    ("group.consumer.min.heartbeat.interval.ms", "group.consumer.heartbeat.interval.ms"),
    ("group.consumer.heartbeat.interval.ms", "group.consumer.max.heartbeat.interval.ms"),
    ("group.consumer.min.session.timeout.ms", "group.consumer.session.timeout.ms"),
    ("group.consumer.session.timeout.ms", "group.consumer.max.session.timeout.ms"),
    ("group.share.min.session.timeout.ms", "group.share.session.timeout.ms"),
    ("group.share.session.timeout.ms", "group.share.max.session.timeout.ms"),
    ("group.share.min.heartbeat.interval.ms", "group.share.heartbeat.interval.ms"),
    ("group.share.heartbeat.interval.ms", "group.share.max.heartbeat.interval.ms"),
    ("group.streams.min.session.timeout.ms", "group.streams.session.timeout.ms"),
    ("group.streams.session.timeout.ms", "group.streams.max.session.timeout.ms"),
    ("group.streams.min.heartbeat.interval.ms", "group.streams.heartbeat.interval.ms"),
    ("group.streams.heartbeat.interval.ms", "group.streams.max.heartbeat.interval.ms"),
)

__all__ = ["ConfigError", "ConfigType", "Layer", "OnChange", "Settings", "Source", "read"]
