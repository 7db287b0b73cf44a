"""The table of configuration keys: `keys.tsv`, one row per key, read once.

Facts (names, types, defaults, valid values, importance) are Apache Kafka 4.3.1's; the sentences are ours.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from ottla.rules.configs.values import Check, ConfigError, ConfigType, Value, check_for, parse

LISTENER_PREFIX = "listener.name."
# What plug-ins of Apache Kafka define for themselves: nobody can check these.
_OPEN_PREFIXES = ("config.providers.", "rlmm.config.", "rsm.config.")


class Update(Enum):
    """Whether a broker key may change while the broker runs, and where (Kafka's DynamicBrokerConfig)."""

    NONE = "-"
    READ_ONLY = "read-only"
    PER_BROKER = "per-broker"  # for one broker only: what differs between brokers
    CLUSTER_WIDE = "cluster-wide"  # for one broker or as the default of all


class Synonym(NamedTuple):
    """A broker key that a topic's or group's default comes from; `factor` turns its unit into milliseconds."""

    key: str
    factor: int


class ConfigKey(NamedTuple):
    """One row. `default` is parsed; `required` keys have none. `documentation` None: nothing of ours honours the key yet."""

    scope: str
    name: str
    type: ConfigType
    default: Value
    required: bool
    check: Check | None
    importance: str
    internal: bool
    update: Update
    synonyms: tuple[Synonym, ...]
    documentation: str | None

    @property
    def sensitive(self) -> bool:
        """Never shown to anyone."""
        return self.type is ConfigType.PASSWORD

    def read(self, text: str) -> Value:
        """Parses and judges a value. Raises ConfigError."""
        value = parse(self.name, self.type, text)
        if self.check is not None:
            self.check(self.name, value)
        return value


def _synonym(text: str) -> Synonym:
    key, _, factor = text.partition("*")
    return Synonym(key, int(factor or 1))


def _row(line: str) -> ConfigKey:
    scope, name, kind, default, valid, importance, internal, update, synonyms, documentation = line.split("\t")
    type_ = ConfigType[kind]
    known = default not in ("null", "(required)")
    return ConfigKey(
        scope,
        name,
        type_,
        parse(name, type_, default) if known else None,
        default == "(required)",
        check_for(valid, type_),
        importance,
        internal == "internal",
        Update(update),
        tuple(_synonym(part) for part in synonyms.split(",") if part),
        documentation or None,
    )


def _read_table() -> dict[str, dict[str, ConfigKey]]:
    data = pkgutil.get_data(__name__, "keys.tsv")
    assert data is not None, "keys.tsv is part of the package"
    scopes: dict[str, dict[str, ConfigKey]] = {}
    for line in data.decode().splitlines():
        if line and not line.startswith("#"):
            row = _row(line)
            scopes.setdefault(row.scope, {})[row.name] = row
    return scopes


_TABLE = _read_table()
TOPIC_KEYS: dict[str, ConfigKey] = _TABLE["topic"]
BROKER_KEYS: dict[str, ConfigKey] = _TABLE["broker"]
GROUP_KEYS: dict[str, ConfigKey] = _TABLE["group"]
CLIENT_METRICS_KEYS: dict[str, ConfigKey] = _TABLE["client-metrics"]
QUOTA_KEYS: dict[str, ConfigKey] = _TABLE["quota"]


def broker_key(name: str) -> ConfigKey | None:
    """The row behind a broker key, `listener.name.<listener>.<key>` included; None when there is no such key."""
    row = BROKER_KEYS.get(name)
    if row is None and name.startswith(LISTENER_PREFIX):
        _, _, key = name[len(LISTENER_PREFIX) :].partition(".")
        while key and row is None:  # a listener's SASL keys carry the mechanism as well
            row = BROKER_KEYS.get(key)
            _, _, key = key.partition(".")
    return row


def is_open(name: str) -> bool:
    """Whether a key belongs to a plug-in's own range of names, which nobody can check."""
    return name.startswith(_OPEN_PREFIXES)


def nearest(name: str, among: Iterable[str]) -> str | None:
    """The key that was probably meant."""
    import difflib  # here: only a mistake needs it

    found = difflib.get_close_matches(name, list(among), n=1, cutoff=0.6)
    return found[0] if found else None


def unknown_broker_key(name: str) -> ConfigError:
    """The refusal of a broker key nobody knows, with the nearest right name."""
    hint = nearest(name, BROKER_KEYS)
    if name in TOPIC_KEYS and TOPIC_KEYS[name].synonyms:
        hint = TOPIC_KEYS[name].synonyms[0].key
    return ConfigError(f"unknown setting {name!r}" + (f"; did you mean {hint!r}?" if hint else ""))
