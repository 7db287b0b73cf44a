"""What DescribeConfigs tells of a resource: every key with its value, where that comes from and what else it is set to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ottla.rules.configs.keys import CLIENT_METRICS_KEYS, GROUP_KEYS, TOPIC_KEYS, ConfigKey, Update, broker_key
from ottla.rules.configs.settings import Layer, Settings, Source
from ottla.rules.configs.topic import default_value, topic_defaults
from ottla.rules.configs.values import ConfigError, ConfigType, Value, to_text

UNKNOWN_TYPE = 0


class Entry(NamedTuple):
    """One key of a resource. `value` None: null, or nobody may see it."""

    name: str
    value: str | None
    source: Source
    read_only: bool
    sensitive: bool
    type: int
    layers: Sequence[Layer]
    documentation: str | None


def _wanted(names: Iterable[str], only: Collection[str] | None) -> list[str]:
    """The names asked for, in order; None and nothing mean all."""
    return sorted(name for name in names if not only or name in only)


def _entry(row: ConfigKey, value: Value, layers: Sequence[Layer], *, read_only: bool = False) -> Entry:
    return Entry(
        row.name,
        None if value is None or row.sensitive else to_text(value),
        layers[0].source if layers else Source.DEFAULT_CONFIG,
        read_only,
        row.sensitive,
        row.type,
        layers,
        row.documentation,
    )


def _read_or_default(row: ConfigKey, text: str, default: Value) -> Value:
    """A stored override; one that this version does not take any more counts as not set, as it does where it is used."""
    try:
        return row.read(text)
    except ConfigError:
        return default


def describe_topic(
    overrides: Mapping[str, str], settings: Settings, only: Collection[str] | None = None
) -> list[Entry]:
    """A topic's keys; internal ones only where they are set."""
    defaults = topic_defaults(settings)
    names = (name for name, row in TOPIC_KEYS.items() if not row.internal or name in overrides)
    return [
        _over(TOPIC_KEYS[name], overrides, defaults[name], settings, Source.DYNAMIC_TOPIC_CONFIG)
        for name in _wanted(names, only)
    ]


def describe_group(
    overrides: Mapping[str, str], settings: Settings, only: Collection[str] | None = None
) -> list[Entry]:
    """A group's keys (KIP-848, KIP-932, KIP-1071)."""
    return [
        _over(GROUP_KEYS[name], overrides, default_value(GROUP_KEYS[name], settings), settings, Source.GROUP_CONFIG)
        for name in _wanted(GROUP_KEYS, only)
    ]


def describe_client_metrics(overrides: Mapping[str, str], only: Collection[str] | None = None) -> list[Entry]:
    """The keys of a client metrics subscription (KIP-714)."""
    entries = []
    for name in _wanted(CLIENT_METRICS_KEYS, only):
        row = CLIENT_METRICS_KEYS[name]
        layers = [Layer(name, overrides[name], Source.CLIENT_METRICS_CONFIG)] if name in overrides else []
        value = _read_or_default(row, overrides[name], row.default) if layers else row.default
        entries.append(_entry(row, value, layers))
    return entries


def _over(row: ConfigKey, overrides: Mapping[str, str], default: Value, settings: Settings, source: Source) -> Entry:
    """An override over the broker's own layers of the key its default comes from."""
    value = default
    layers: list[Layer] = []
    if row.name in overrides:
        value = _read_or_default(row, overrides[row.name], default)
        layers.append(Layer(row.name, to_text(value), source))
    if row.synonyms:
        layers += settings.layers(row.synonyms[0].key)
    elif not layers and source is Source.GROUP_CONFIG and default is not None:
        layers.append(Layer(row.name, to_text(default), Source.DEFAULT_CONFIG))
    return _entry(row, value, layers)


def describe_broker(settings: Settings, only: Collection[str] | None = None) -> list[Entry]:
    """Every key of this broker; internal ones only where they are set."""
    entries = []
    set_ones = {*settings.static, *settings.dynamic, *settings.dynamic_default}
    for name in _wanted(settings.names(), only):
        row = broker_key(name)
        if row is None:
            entries.append(_stranger(name, settings.layers(name)))
        elif not row.internal or name in set_ones:
            read_only = row.update is Update.READ_ONLY
            entries.append(_named(name, row, settings.value(name), settings.layers(name), read_only=read_only))
    return entries


def describe_broker_default(settings: Settings, only: Collection[str] | None = None) -> list[Entry]:
    """What is set for every broker of the cluster."""
    entries = []
    for name in _wanted(settings.dynamic_default, only):
        row, layers = broker_key(name), settings.layers(name, dynamic_default_only=True)
        if row is None:
            entries.append(_stranger(name, layers))
        else:
            value = _read_or_default(row, settings.dynamic_default[name], row.default)
            entries.append(_named(name, row, value, layers, read_only=row.update is Update.READ_ONLY))
    return entries


def _named(name: str, row: ConfigKey, value: Value, layers: Sequence[Layer], *, read_only: bool) -> Entry:
    return _entry(row, value, layers, read_only=read_only)._replace(name=name)


def _stranger(name: str, layers: Sequence[Layer]) -> Entry:
    """A key nobody knows might be a secret."""
    source = layers[0].source if layers else Source.DEFAULT_CONFIG
    return Entry(name, None, source, True, True, UNKNOWN_TYPE, layers, None)


def shown(layer: Layer, entry: Entry) -> str | None:
    """A layer's text as the client may see it."""
    return None if entry.sensitive else layer.text


__all__ = [
    "ConfigType",
    "Entry",
    "describe_broker",
    "describe_broker_default",
    "describe_client_metrics",
    "describe_group",
    "describe_topic",
    "shown",
]
