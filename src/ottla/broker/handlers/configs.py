"""DescribeConfigs 1-4, AlterConfigs 0-2, IncrementalAlterConfigs 0-1, ListConfigResources 0-1.

Resources: topics, brokers (one, or "" for the default of all), broker loggers (Python's, with Kafka's level names), client metrics
subscriptions and groups. Every resource of a request is judged on its own; what passes becomes durable in one commit.

Left out: policies by class name (alter.config.policy.class.name), config providers. Client metrics subscriptions are kept and
described, but nothing is pushed yet; a broker key that nothing honours yet changes nothing but its description.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from ottla.base.errors import ErrorCode
from ottla.broker import loggers
from ottla.broker.broker import Broker
from ottla.broker.dynamic import reconfigure_topics, refresh_settings
from ottla.broker.request import Request
from ottla.catalogue.model import Catalogue, CatalogueError, PutConfig
from ottla.rules.configs import alter, describe
from ottla.rules.configs.alter import Edit, Op, Refusal
from ottla.rules.configs.describe import Entry
from ottla.rules.configs.keys import CLIENT_METRICS_KEYS, GROUP_KEYS, TOPIC_KEYS, ConfigKey, broker_key
from ottla.rules.configs.topic import default_value
from ottla.rules.configs.values import Value
from ottla.rules.topics import name_fault
from ottla.wire.messages.alter_configs_request import AlterConfigsRequest
from ottla.wire.messages.alter_configs_response import AlterConfigsResourceResponse as AlterResult
from ottla.wire.messages.alter_configs_response import AlterConfigsResponse
from ottla.wire.messages.describe_configs_request import DescribeConfigsRequest
from ottla.wire.messages.describe_configs_response import (
    DescribeConfigsResourceResult,
    DescribeConfigsResponse,
    DescribeConfigsResult,
    DescribeConfigsSynonym,
)
from ottla.wire.messages.incremental_alter_configs_request import IncrementalAlterConfigsRequest
from ottla.wire.messages.incremental_alter_configs_response import (
    AlterConfigsResourceResponse as IncrementalResult,
)
from ottla.wire.messages.incremental_alter_configs_response import IncrementalAlterConfigsResponse
from ottla.wire.messages.list_config_resources_request import ListConfigResourcesRequest
from ottla.wire.messages.list_config_resources_response import ConfigResource, ListConfigResourcesResponse


class Kind(IntEnum):
    """A resource type as it stands on the wire."""

    TOPIC = 2
    BROKER = 4
    BROKER_LOGGER = 8
    CLIENT_METRICS = 16
    GROUP = 32


# What the catalogue calls them.
_STORED = {Kind.TOPIC: "topic", Kind.BROKER: "broker", Kind.CLIENT_METRICS: "client-metrics", Kind.GROUP: "group"}


def _invalid(message: str) -> Refusal:
    return Refusal(ErrorCode.INVALID_REQUEST, message)


# --- describe -----------------------------------------------------------------------------------------------------------------


def describe_configs(broker: Broker, request: Request, message: DescribeConfigsRequest) -> DescribeConfigsResponse:
    """Every key of the resources asked for, with its value, source, synonyms and documentation."""
    results: list[DescribeConfigsResult] = []
    for resource in message.resources:
        result = DescribeConfigsResult(resource_type=resource.resource_type, resource_name=resource.resource_name)
        found = _describe(broker, resource.resource_type, resource.resource_name, resource.configuration_keys)
        if isinstance(found, Refusal):
            result.error_code, result.error_message = found.code, found.message
        else:
            result.configs = [
                _described(entry, message.include_synonyms, message.include_documentation) for entry in found
            ]
        results.append(result)
    return DescribeConfigsResponse(results=results)


def _describe(broker: Broker, kind: int, name: str, only: Collection[str] | None) -> list[Entry] | Refusal:
    catalogue, settings = broker.catalogue, broker.settings
    match kind:
        case Kind.TOPIC:
            if fault := name_fault(name):
                return Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
            topic = catalogue.topics.get(name)
            if topic is None:
                return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"The topic '{name}' does not exist.")
            return describe.describe_topic(topic.configs, settings, only)
        case Kind.BROKER:
            if not name:
                return describe.describe_broker_default(settings, only)
            return _wrong_node(broker, name, "0 or empty string") or describe.describe_broker(settings, only)
        case Kind.BROKER_LOGGER:
            if not name:
                return _invalid("Broker id must not be empty")
            return _wrong_node(broker, name, "") or loggers.describe_loggers(only)
        case Kind.CLIENT_METRICS:
            if not name:
                return _invalid("Client metrics subscription name must not be empty")
            return describe.describe_client_metrics(catalogue.configs.get(("client-metrics", name), {}), only)
        case Kind.GROUP:
            if not name:
                return _invalid("Group name must not be empty")
            return describe.describe_group(catalogue.configs.get(("group", name), {}), settings, only)
        case _:
            return _invalid(f"Unknown resource type {kind}")


def _wrong_node(broker: Broker, name: str, besides: str) -> Refusal | None:
    number = _node_number(name)
    if number is None:
        return _invalid(f"Broker id must be an integer, but it is: {name}")
    if number != broker.node_id:
        expected = f"{broker.node_id} or empty string," if besides else f"{broker.node_id}"
        return _invalid(f"Unexpected broker id, expected {expected} but received {name}")
    return None


def _node_number(name: str) -> int | None:
    digits = name[1:] if name[:1] in ("-", "+") else name
    return int(name) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None


def _described(entry: Entry, synonyms: bool, documentation: bool) -> DescribeConfigsResourceResult:
    return DescribeConfigsResourceResult(
        name=entry.name,
        value=entry.value,
        read_only=entry.read_only,
        config_source=entry.source,
        is_sensitive=entry.sensitive,
        synonyms=[
            DescribeConfigsSynonym(layer.key, describe.shown(layer, entry), layer.source) for layer in entry.layers
        ]
        if synonyms
        else [],
        config_type=entry.type,
        documentation=entry.documentation if documentation else None,
    )


# --- alter --------------------------------------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """One resource of a request. `edits` of an AlterConfigs are all SET."""

    kind: int
    name: str
    edits: Sequence[Edit]


class _Plan(NamedTuple):
    """What a resource's change comes to: rows for the catalogue, or (loggers) something done at once."""

    changes: Sequence[PutConfig] = ()
    at_once: Callable[[], None] | None = None


async def alter_configs(broker: Broker, request: Request, message: AlterConfigsRequest) -> AlterConfigsResponse:
    """Replaces everything that is set for the resources."""
    asked = [
        _Asked(
            resource.resource_type,
            resource.resource_name,
            [Edit(config.name, Op.SET, config.value) for config in resource.configs],
        )
        for resource in message.resources
    ]
    refusals = await _alter(broker, asked, incremental=False, validate_only=message.validate_only)
    return AlterConfigsResponse(
        responses=[
            AlterResult(*_outcome(refusal), resource.kind, resource.name)
            for resource, refusal in zip(asked, refusals, strict=True)
        ]
    )


async def incremental_alter_configs(
    broker: Broker, request: Request, message: IncrementalAlterConfigsRequest
) -> IncrementalAlterConfigsResponse:
    """Sets, removes, or adds to and takes from lists, key by key (KIP-339)."""
    asked = [
        _Asked(
            resource.resource_type,
            resource.resource_name,
            [Edit(config.name, config.config_operation, config.value) for config in resource.configs],
        )
        for resource in message.resources
    ]
    refusals = await _alter(broker, asked, incremental=True, validate_only=message.validate_only)
    return IncrementalAlterConfigsResponse(
        responses=[
            IncrementalResult(*_outcome(refusal), resource.kind, resource.name)
            for resource, refusal in zip(asked, refusals, strict=True)
        ]
    )


def _outcome(refusal: Refusal | None) -> tuple[int, str | None]:
    return (ErrorCode.NONE, None) if refusal is None else (refusal.code, refusal.message)


# One change of configs at a time per catalogue: each is decided on what the one before it left.
_locks: weakref.WeakKeyDictionary[Catalogue, asyncio.Lock] = weakref.WeakKeyDictionary()


async def _alter(
    broker: Broker, asked: Sequence[_Asked], *, incremental: bool, validate_only: bool
) -> list[Refusal | None]:
    """What became of each resource: None, or why it was refused."""
    async with _locks.setdefault(broker.catalogue, asyncio.Lock()):
        counts: dict[tuple[int, str], int] = {}
        for one in asked:
            counts[one.kind, one.name] = counts.get((one.kind, one.name), 0) + 1
        plans = [
            _invalid("Each resource must appear at most once.")
            if counts[one.kind, one.name] > 1
            else _plan(broker, one, incremental=incremental)
            for one in asked
        ]
        refusals = [plan if isinstance(plan, Refusal) else None for plan in plans]
        accepted = [plan for plan in plans if isinstance(plan, _Plan)]
        if validate_only or not accepted:
            return refusals
        refusal = await _carry_out(broker, accepted)
        return [
            refusal if isinstance(plan, _Plan) and plan.changes else plan_refusal
            for plan, plan_refusal in zip(plans, refusals, strict=True)
        ]


async def _carry_out(broker: Broker, plans: Iterable[_Plan]) -> Refusal | None:
    """Commits what the plans change, then puts it in force."""
    changes = [change for plan in plans for change in plan.changes]
    if changes:
        try:
            await broker.catalogue.commit(changes)
        except CatalogueError as problem:
            return Refusal(ErrorCode.KAFKA_STORAGE_ERROR, str(problem))
        reconfigure_topics(broker, {change.name for change in changes if change.resource_type == "topic"})
        if any(change.resource_type == "broker" for change in changes):
            refresh_settings(broker)
    for plan in plans:
        if plan.at_once is not None:
            plan.at_once()
    return None


def _plan(broker: Broker, asked: _Asked, *, incremental: bool) -> _Plan | Refusal:
    """Judges one resource's change."""
    refusal = alter.check_edits(asked.edits)
    if refusal is not None:
        return refusal
    if asked.kind == Kind.BROKER_LOGGER and incremental:
        return _plan_loggers(broker, asked)
    if asked.kind not in _STORED:
        return _invalid(f"Unknown resource type {asked.kind}")
    kind = Kind(asked.kind)
    refusal = _check_name(broker, kind, asked.name)
    if refusal is not None:
        return refusal
    overrides = _overrides(broker, kind, asked.name)
    if incremental:
        new = alter.edited(asked.edits, overrides, _ROWS[kind], _effective(broker, kind, overrides))
        if isinstance(new, Refusal):
            return new
    else:
        new = alter.replaced(asked.edits)
    refusal = _check(broker, kind, asked.name, new)
    if refusal is not None:
        return refusal
    changed = [key for key in {**overrides, **new} if overrides.get(key) != new.get(key)]
    return _Plan([PutConfig(_STORED[kind], asked.name, key, new.get(key)) for key in changed])


def _overrides(broker: Broker, kind: Kind, name: str) -> dict[str, str]:
    if kind is Kind.TOPIC:
        return dict(broker.catalogue.topics[name].configs)
    return dict(broker.catalogue.configs.get((_STORED[kind], name), {}))


_ROWS: dict[Kind, Callable[[str], ConfigKey | None]] = {
    Kind.TOPIC: TOPIC_KEYS.get,
    Kind.BROKER: broker_key,
    Kind.CLIENT_METRICS: CLIENT_METRICS_KEYS.get,
    Kind.GROUP: GROUP_KEYS.get,
}


def _effective(broker: Broker, kind: Kind, overrides: dict[str, str]) -> alter.Effective:
    """A list key's value now."""
    if kind is Kind.BROKER:
        return alter.broker_effective(broker.settings, overrides)

    def effective(key: str, row: ConfigKey) -> Value:
        return row.read(overrides[key]) if key in overrides else default_value(row, broker.settings)

    return effective


def _check_name(broker: Broker, kind: Kind, name: str) -> Refusal | None:
    match kind:
        case Kind.TOPIC if not name:
            return _invalid("Default topic resources are not allowed.")
        case Kind.TOPIC if name not in broker.catalogue.topics:
            return Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"The topic '{name}' does not exist.")
        case Kind.GROUP if not name:
            return _invalid("Default group resources are not allowed.")
        case Kind.CLIENT_METRICS if not name:
            return _invalid("Subscription name can't be empty")
        case Kind.BROKER if name:
            number = _node_number(name)
            if number is None:
                return _invalid(f"Node id must be an integer, but it is: {name}")
            if number != broker.node_id:
                return _invalid(f"Unexpected broker id, expected {broker.node_id}, but received {name}")
    return None


def _check(broker: Broker, kind: Kind, name: str, new: dict[str, str]) -> Refusal | None:
    match kind:
        case Kind.TOPIC:
            return alter.check_topic(new, broker.settings)
        case Kind.GROUP:
            return alter.check_group(new, broker.settings)
        case Kind.CLIENT_METRICS:
            return alter.check_client_metrics(new)
        case Kind.BROKER:
            return alter.check_broker(new, broker.settings, cluster_default=not name)
        case Kind.BROKER_LOGGER:
            raise AssertionError("loggers are not stored")


def _plan_loggers(broker: Broker, asked: _Asked) -> _Plan | Refusal:
    number = _node_number(asked.name)
    if number is None:
        return _invalid(f"Node id must be an integer, but it is: {asked.name}")
    if number != broker.node_id:
        return _invalid(f"Unexpected node id. Expected {broker.node_id}, but received {asked.name}")
    refusal = loggers.check_edits(asked.edits)
    return refusal if refusal is not None else _Plan(at_once=lambda: loggers.apply_edits(asked.edits))


# --- list ---------------------------------------------------------------------------------------------------------------------

_LISTED = (Kind.GROUP, Kind.CLIENT_METRICS, Kind.BROKER_LOGGER, Kind.BROKER, Kind.TOPIC)


def list_config_resources(
    broker: Broker, request: Request, message: ListConfigResourcesRequest
) -> ListConfigResourcesResponse:
    """The names of what has configs (KIP-1142); version 0 knows client metrics subscriptions only (KIP-714)."""
    kinds: set[int] = {Kind.CLIENT_METRICS} if request.api_version == 0 else set(message.resource_types or _LISTED)
    if not kinds <= set(_LISTED):
        return ListConfigResourcesResponse(error_code=ErrorCode.UNSUPPORTED_VERSION)
    return ListConfigResourcesResponse(
        config_resources=[
            ConfigResource(name, kind) for kind in _LISTED if kind in kinds for name in _names(broker, kind)
        ]
    )


def _names(broker: Broker, kind: Kind) -> Iterable[str]:
    match kind:
        case Kind.TOPIC:
            return sorted(broker.catalogue.topics)
        case Kind.BROKER | Kind.BROKER_LOGGER:
            return (str(broker.node_id),)
        case _:
            return sorted(name for stored, name in broker.catalogue.configs if stored == _STORED[kind])
