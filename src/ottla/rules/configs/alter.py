"""How AlterConfigs and IncrementalAlterConfigs change a resource: from what is asked to the new overrides, or to a refusal.

The words and codes of the refusals are those of Apache Kafka 4.3 (ConfigurationControlManager, ConfigAdminManager). Left out of its
rules: the bounds on how fast thread counts may change (there are no such threads here), and min.insync.replicas under ELR (KIP-966).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from ottla.base.errors import ErrorCode
from ottla.rules.configs.keys import (
    BROKER_KEYS,
    CLIENT_METRICS_KEYS,
    GROUP_KEYS,
    LISTENER_PREFIX,
    ConfigKey,
    Update,
    broker_key,
)
from ottla.rules.configs.settings import Settings, read
from ottla.rules.configs.topic import check_topic_overrides, default_value
from ottla.rules.configs.values import ConfigError, ConfigType, Value, to_text


class Op(IntEnum):
    """What IncrementalAlterConfigs does to a key."""

    SET = 0
    DELETE = 1
    APPEND = 2
    SUBTRACT = 3


class Edit(NamedTuple):
    """One key's change. `op` is as it came."""

    key: str
    op: int
    value: str | None


class Refusal(NamedTuple):
    code: ErrorCode
    message: str


Overrides = Mapping[str, str]
Row = Callable[[str], ConfigKey | None]
Effective = Callable[[str, ConfigKey], Value]


def check_edits(edits: Sequence[Edit]) -> Refusal | None:
    """What no resource allows: a key twice, a null that should be a value, an operation nobody knows."""
    if len({edit.key for edit in edits}) != len(edits):
        return Refusal(ErrorCode.INVALID_REQUEST, "Error due to duplicate config keys")
    for edit in edits:
        if edit.op not in Op._value2member_map_:
            return Refusal(ErrorCode.INVALID_REQUEST, f"Unknown operation type {edit.op} for {edit.key}")
    nulls = [edit.key for edit in edits if edit.value is None and edit.op != Op.DELETE]
    if nulls:
        return Refusal(ErrorCode.INVALID_REQUEST, f"Null value not supported for : {','.join(nulls)}")
    return None


def edited(edits: Sequence[Edit], overrides: Overrides, row: Row, effective: Effective) -> dict[str, str] | Refusal:
    """The overrides after the edits. `effective`: a list key's value now, which APPEND and SUBTRACT start from."""
    new = dict(overrides)
    for edit in edits:
        if edit.op == Op.DELETE:
            new.pop(edit.key, None)
            continue
        assert edit.value is not None
        if edit.op == Op.SET:
            new[edit.key] = edit.value
            continue
        known = row(edit.key)
        if known is None or known.type is not ConfigType.LIST:
            name = Op(edit.op).name
            return Refusal(ErrorCode.INVALID_CONFIG, f"Can't {name} to key {edit.key} because its type is not LIST.")
        before = effective(edit.key, known)
        items = list(before) if isinstance(before, tuple) else []
        for item in (part.strip() for part in edit.value.split(",")):
            if edit.op == Op.SUBTRACT:
                items = [one for one in items if one != item]
            elif item not in items:
                items.append(item)
        new[edit.key] = ",".join(items)
    return new


def replaced(edits: Sequence[Edit]) -> dict[str, str]:
    """AlterConfigs: what it names is all there is afterwards."""
    return {edit.key: edit.value for edit in edits if edit.value is not None}


# --- topics, groups, client metrics -------------------------------------------------------------------------------------------


def check_topic(new: Overrides, settings: Settings) -> Refusal | None:
    problem = check_topic_overrides(new, settings)
    return None if problem is None else Refusal(ErrorCode.INVALID_CONFIG, problem)


def check_group(new: Overrides, settings: Settings) -> Refusal | None:
    """Known keys, values in range, within the bounds the broker sets (`group.consumer.min.session.timeout.ms` and so on)."""
    values = {name: default_value(row, settings) for name, row in GROUP_KEYS.items()}
    try:
        for key, text in new.items():
            row = GROUP_KEYS.get(key)
            if row is None:
                return Refusal(ErrorCode.INVALID_CONFIG, f"Unknown group config name: {key}")
            values[key] = row.read(text)
    except ConfigError as problem:
        return Refusal(ErrorCode.INVALID_CONFIG, str(problem))
    for key in new:
        if message := _out_of_bounds(key, values[key], settings):
            return Refusal(ErrorCode.INVALID_CONFIG, message)
    for kind in ("consumer", "share", "streams"):
        session, heartbeat = f"{kind}.session.timeout.ms", f"{kind}.heartbeat.interval.ms"
        if (session in new or heartbeat in new) and _number(values[session]) <= _number(values[heartbeat]):
            return Refusal(ErrorCode.INVALID_CONFIG, f"{session} must be greater than {heartbeat}")
    return None


def _out_of_bounds(key: str, value: Value, settings: Settings) -> str | None:
    kind, _, rest = key.partition(".")
    low, high = f"group.{kind}.min.{rest}", f"group.{kind}.max.{rest.removeprefix('num.')}"
    if low in BROKER_KEYS and _number(value) < settings.int(low):
        return f"{key} must be greater than or equal to {low}"
    if high in BROKER_KEYS and _number(value) > settings.int(high):
        return f"{key} must be less than or equal to {high}"
    return None


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


_METRICS_INTERVAL_MS = range(100, 3_600_001)
_MATCH_KEYS = frozenset(
    {
        "client_id",
        "client_instance_id",
        "client_software_name",
        "client_software_version",
        "client_source_address",
        "client_source_port",
    }
)


def check_client_metrics(new: Overrides) -> Refusal | None:
    """A client metrics subscription (KIP-714)."""
    for key, text in new.items():
        row = CLIENT_METRICS_KEYS.get(key)
        if row is None:
            return Refusal(ErrorCode.INVALID_REQUEST, f"Unknown client metrics configuration: {key}")
        try:
            value = row.read(text)
        except ConfigError as problem:
            return Refusal(ErrorCode.INVALID_CONFIG, str(problem))
        if key == "interval.ms" and value not in _METRICS_INTERVAL_MS:
            return Refusal(
                ErrorCode.INVALID_REQUEST,
                f"Invalid value {to_text(value)} for interval.ms, interval must be between 100 and 3600000 (1 hour)",
            )
        if key == "match":
            assert isinstance(value, tuple)
            for pattern in value:
                if not _is_match(pattern):
                    return Refusal(ErrorCode.INVALID_CONFIG, f"Illegal client matching pattern: {pattern}")
    return None


def _is_match(pattern: str) -> bool:
    name, equals, expression = pattern.partition("=")
    if not equals or name.strip() not in _MATCH_KEYS:
        return False
    try:
        re.compile(expression.strip())
    except (re.error, OverflowError, RecursionError):
        return False
    return True


# --- brokers ------------------------------------------------------------------------------------------------------------------

# A listener's keys and certificates are set for that listener (DynamicSecurityConfigs that are per broker).
_LISTENER_ONLY = frozenset(
    name
    for name, row in BROKER_KEYS.items()
    if row.update is Update.PER_BROKER and name.startswith(("ssl.keystore.", "ssl.truststore.", "ssl.key."))
)


def check_broker(new: Overrides, settings: Settings, *, cluster_default: bool) -> Refusal | None:
    """The dynamic values of a broker, or of all of them (`cluster_default`), as they would be afterwards."""
    fixed = sorted(key for key in new if (row := broker_key(key)) is not None and row.update is Update.READ_ONLY)
    if fixed:
        return _invalid(f"Cannot update these configs dynamically: [{', '.join(fixed)}]")
    bare = sorted(key for key in new if key in _LISTENER_ONLY)
    if bare:
        return _invalid(
            "These security configs can be dynamically updated only per-listener using the listener prefix: "
            f"[{', '.join(bare)}]"
        )
    if cluster_default:
        single = sorted(key for key in new if (row := broker_key(key)) is not None and row.update is Update.PER_BROKER)
        if single:
            return _invalid(
                "Cannot update these configs at default cluster level, broker id must be specified: "
                f"[{', '.join(single)}]"
            )
    try:
        if cluster_default:
            settings.check_dynamic(settings.dynamic, new)
        else:
            settings.check_dynamic(new, settings.dynamic_default)
    except ConfigError as problem:
        return _invalid(str(problem))
    return None


def _invalid(message: str) -> Refusal:
    return Refusal(ErrorCode.INVALID_REQUEST, message)


def broker_effective(settings: Settings, overrides: Overrides) -> Effective:
    """A broker key's value as APPEND and SUBTRACT see it: what this level sets, or what is in force."""

    def effective(key: str, row: ConfigKey) -> Value:
        if key in overrides:
            return read(row, key, overrides[key])
        return settings.value(key) if not key.startswith(LISTENER_PREFIX) else settings.value(row.name)

    return effective
