"""How a configuration value is read from text, judged and written back, as Apache Kafka's ConfigDef does it.

Every refusal is a `ConfigError` whose text is one line: the value, the key and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import TypeAlias

Value: TypeAlias = int | float | bool | str | tuple[str, ...] | None
Check: TypeAlias = Callable[[str, Value], None]


class ConfigError(ValueError):
    """A setting that cannot be used; the text is one line for the person who wrote it."""


class ConfigType(IntEnum):
    """A key's type, numbered as DescribeConfigs reports it."""

    BOOLEAN = 1
    STRING = 2
    INT = 3
    SHORT = 4
    LONG = 5
    DOUBLE = 6
    LIST = 7
    CLASS = 8
    PASSWORD = 9


_INTEGER = re.compile(r"[+-]?[0-9]+")
_DOUBLE = re.compile(r"[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)[fFdD]?")
_COMMA = re.compile(r"\s*,\s*")
_BOUNDS = {ConfigType.SHORT: 2**15, ConfigType.INT: 2**31, ConfigType.LONG: 2**63}


_SHOWN_CHARACTERS = 256


def invalid(key: str, value: object, reason: str) -> ConfigError:
    """The one form every refusal of a value has. Always one line, whatever the value."""
    text = f"[{', '.join(value)}]" if isinstance(value, tuple) else "null" if value is None else to_text(value)
    if len(text) > _SHOWN_CHARACTERS:
        text = text[:_SHOWN_CHARACTERS] + "..."
    if not text.isprintable():
        text = text.encode("unicode_escape").decode("ascii")
    return ConfigError(f"Invalid value {text} for configuration {key}: {reason}")


def parse(key: str, kind: ConfigType, text: str) -> Value:
    """Reads a value of a type from text. Raises ConfigError. Blanks around it and around a list's commas do not count.

    A list without any item is `()`; an item that is there twice counts once (KIP-1161).
    """
    trimmed = text.strip()
    if kind is ConfigType.BOOLEAN:
        lowered = trimmed.lower()
        if lowered not in ("true", "false"):
            raise invalid(key, text, "Expected value to be either true or false")
        return lowered == "true"
    if kind in _BOUNDS:
        number = int(trimmed) if len(trimmed) <= 24 and _INTEGER.fullmatch(trimmed) else None
        if number is None or not -_BOUNDS[kind] <= number < _BOUNDS[kind]:
            raise invalid(key, text, f"Not a number of type {kind.name}")
        return number
    if kind is ConfigType.DOUBLE:
        if len(trimmed) > 400 or not _DOUBLE.fullmatch(trimmed):
            raise invalid(key, text, "Not a number of type DOUBLE")
        return float(trimmed.rstrip("fFdD") if trimmed[-1] in "fFdD" else trimmed)
    if kind is ConfigType.LIST:
        return tuple(dict.fromkeys(_COMMA.split(trimmed))) if trimmed else ()
    return trimmed


def to_text(value: object) -> str:
    """A parsed value as text, the way Kafka reports it: `true`, `0.5`, items joined by commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _double_text(value)
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def _double_text(value: float) -> str:
    """Java's Double.toString: an exponent only below 0.001 and from 10,000,000."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        text = repr(value)
        if "e" not in text:
            return text
    digits, _, exponent = f"{value!r}".partition("e")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = digits.partition(".")
    power = int(exponent or 0) + len(whole) - 1
    stripped = (whole + fraction).lstrip("0")
    power -= len(whole + fraction) - len(stripped)
    mantissa = stripped.rstrip("0") or "0"
    return f"{sign}{mantissa[0]}.{mantissa[1:] or '0'}E{power}"


# --- valid values ---------------------------------------------------------------------------------------------------------

_RANGE = re.compile(r"\[(-?[0-9.]+),\.\.\.(?:,(-?[0-9.]+))?\](?: or (-?[0-9]+))?")
_ITEMS = re.compile(r"(\(case insensitive\) )?\[([A-Za-z0-9_]+(?:, [A-Za-z0-9_]+)*)\]")
_REPLICAS = re.compile(r"[0-9]+:[0-9]+")
# java.time.Duration: at least one part, and one after a T.
_DURATION = re.compile(
    r"[+-]?P(?=[0-9T+-])([+-]?[0-9]+D)?(T(?=[0-9+-])([+-]?[0-9]+H)?([+-]?[0-9]+M)?([+-]?[0-9]+([.,][0-9]{0,9})?S)?)?",
    re.IGNORECASE,
)


def check_for(valid: str, kind: ConfigType) -> Check | None:
    """The check behind a table's `valid` column: `[1,...]`, `[0,...,1]`, `[1,...,9] or -1`, `[a, b]`, `non-empty string` and so on."""
    if not valid:
        return None
    if valid in _NAMED:
        return _NAMED[valid]
    if found := _RANGE.fullmatch(valid):
        return _range(found, kind)
    if found := _ITEMS.fullmatch(valid):
        items = tuple(found[2].split(", "))
        if kind is ConfigType.LIST:
            return _list_of(items)
        return _one_of(items, ignore_case=bool(found[1]))
    raise ValueError(f"no check is known for {valid!r}")


def _range(found: re.Match[str], kind: ConfigType) -> Check:
    number = float if kind is ConfigType.DOUBLE else int
    low = number(found[1])
    high = None if found[2] is None else number(found[2])
    besides = None if found[3] is None else number(found[3])

    def check(key: str, value: Value) -> None:
        if not isinstance(value, (int, float)):
            raise invalid(key, value, "Value must be non-null")
        if besides is not None:
            if value != besides and not (low <= value and (high is None or value <= high)):
                raise invalid(key, value, f"Value must be between {found[1]} and {found[2]} or equal to {besides}")
        elif not value >= low:
            raise invalid(key, value, f"Value must be at least {found[1]}")
        elif high is not None and not value <= high:
            raise invalid(key, value, f"Value must be no more than {found[2]}")

    return check


def _one_of(items: tuple[str, ...], *, ignore_case: bool) -> Check:
    allowed = frozenset(item.upper() for item in items) if ignore_case else frozenset(items)
    label = " (case insensitive)" if ignore_case else ""

    def check(key: str, value: Value) -> None:
        text = str(value)
        if (text.upper() if ignore_case else text) not in allowed:
            raise invalid(key, value, f"String must be one of{label}: {', '.join(items)}")

    return check


def _list_of(items: tuple[str, ...]) -> Check:
    def check(key: str, value: Value) -> None:
        assert isinstance(value, tuple)
        _no_empty_item(key, value)
        for item in value:
            if item not in items:
                raise invalid(key, item, f"String must be one of: {', '.join(items)}")

    return check


def _replicas(key: str, value: Value) -> None:
    assert isinstance(value, tuple)
    items = value[:-1] if value[-1:] == ("",) else value  # a comma at the end is let pass, as in Kafka
    if items != ("*",) and not all(_REPLICAS.fullmatch(item) for item in items):
        raise invalid(
            key,
            value,
            f"{key} must be the literal '*' or a list of replicas in the following format: "
            "[partitionId]:[brokerId],[partitionId]:[brokerId],...",
        )


def _non_empty(key: str, value: Value) -> None:
    if value == "":
        raise invalid(key, value, "String must be non-empty")


def _no_empty_item(key: str, value: Value) -> None:
    assert isinstance(value, tuple)
    if not all(value):
        raise ConfigError(f"Configuration '{key}' values must not be empty.")


def _offset_reset(key: str, value: Value) -> None:
    text = str(value)
    if text.lower() in ("latest", "earliest"):
        return
    prefix, _, duration = text.partition(":")
    if prefix.lower() == "by_duration" and _DURATION.fullmatch(duration) and "-" not in duration:
        return
    raise invalid(
        key,
        value,
        "The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.",
    )


_NAMED: dict[str, Check] = {
    "[partitionId]:[brokerId],[partitionId]:[brokerId],...": _replicas,
    "non-empty string": _non_empty,
    "non-null string": lambda key, value: None,
    "non-empty list": _no_empty_item,
    "[latest, earliest, by_duration:PnDTnHnMn.nS]": _offset_reset,
}
