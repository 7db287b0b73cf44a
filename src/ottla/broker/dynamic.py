"""Puts in force what the catalogue says about configuration: dynamic broker settings, and every topic that they reach."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from ottla.broker.broker import Broker
from ottla.catalogue.model import Catalogue
from ottla.rules.configs.keys import TOPIC_KEYS
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import topic_config
from ottla.rules.configs.values import ConfigError

log = logging.getLogger("ottla.broker.dynamic")

# The broker keys that are topics' defaults.
_REACH_TOPICS = frozenset(synonym.key for row in TOPIC_KEYS.values() for synonym in row.synonyms)


def apply_dynamic(settings: Settings, catalogue: Catalogue, node_id: int) -> frozenset[str]:
    """Puts the catalogue's dynamic broker configs in force; returns the keys whose value changed.

    A stored value that this version or these static settings do not take is left out and logged: it must not keep the broker down.
    """
    per_broker = dict(catalogue.configs.get(("broker", str(node_id)), {}))
    cluster = dict(catalogue.configs.get(("broker", ""), {}))
    try:
        return settings.set_dynamic(per_broker, cluster)
    except ConfigError:
        return settings.set_dynamic(
            _usable(settings, per_broker, {}, "broker"), _usable(settings, cluster, {}, "cluster-wide")
        )


def _usable(settings: Settings, found: Mapping[str, str], used: dict[str, str], level: str) -> dict[str, str]:
    for key, text in found.items():
        try:
            settings.check_dynamic({**used, key: text}, {})
        except ConfigError as problem:
            log.error("a stored dynamic %s setting is left out: %s", level, problem)
        else:
            used[key] = text
    return used


def refresh_settings(broker: Broker) -> None:
    """Dynamic broker configs changed: takes them over, and every topic's defaults with them."""
    changed = apply_dynamic(broker.settings, broker.catalogue, broker.node_id)
    if changed & _REACH_TOPICS:
        reconfigure_topics(broker, broker.catalogue.topics)


def reconfigure_topics(broker: Broker, names: Iterable[str]) -> None:
    """Tells the engine what is in force for these topics now."""
    for name in names:
        topic = broker.catalogue.topics.get(name)
        if topic is not None:
            broker.engine.configure(topic.topic_id, topic_config(topic.configs, broker.settings))
