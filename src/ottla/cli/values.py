"""What people write on a command line, as the numbers the protocol wants: durations, sizes, times, places in a log. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ottla.cli.errors import UsageError

_DURATION_MS = {
    "ms": 1,
    "s": 1_000,
    "m": 60_000,
    "min": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 7 * 86_400_000,
}
_SIZE_BYTES = {
    "b": 1,
    "kib": 1 << 10,
    "mib": 1 << 20,
    "gib": 1 << 30,
    "tib": 1 << 40,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "tb": 10**12,
}
_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w)", re.IGNORECASE)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]i?b|b)", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d+")

# An offset is an int64 on the wire.
OFFSET_MAX = (1 << 63) - 1


def duration_ms(text: str) -> int:
    """`7d`, `90s`, `1h30m`, `250ms` in milliseconds. Raises UsageError."""
    ms, position = 0.0, 0
    stripped = text.strip()
    while position < len(stripped):
        part = _DURATION_PART.match(stripped, position)
        if part is None:
            break
        ms += float(part[1]) * _DURATION_MS[part[2].lower()]
        position = part.end()
    if not stripped or position != len(stripped):
        raise UsageError(f"{text!r} is not a duration: write it like 500ms, 90s, 15m, 12h, 7d or 1h30m")
    return round(ms)


def size_bytes(text: str) -> int:
    """`1GiB` (2^30), `500MB` (500 * 10^6), `64KiB`, `10B` in bytes. Raises UsageError."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"{text!r} is not a size: write it like 64KiB, 16MiB, 1GiB (powers of 1024) or 500MB (of 1000)"
        )
    return round(float(found[1]) * _SIZE_BYTES[found[2].lower()])


def config_value(key: str, text: str) -> str:
    """A configuration value as the broker wants it: `7d` for a `.ms` key and `1GiB` for a `.bytes` key become plain numbers."""
    if _INTEGER.fullmatch(text.strip()):
        return text.strip()
    if key.endswith(".ms"):
        return str(duration_ms(text))
    if key.endswith(".bytes"):
        return str(size_bytes(text))
    return text


def key_value(text: str, what: str = "a setting") -> tuple[str, str]:
    """Cuts `key=value` at the first equals sign. Raises UsageError."""
    key, equals, value = text.partition("=")
    key = key.strip()
    if not equals or not key:
        raise UsageError(f"{text!r} is not {what}: write it as key=value")
    return key, value


def config_values(pairs: list[str]) -> dict[str, str]:
    """`key=value` arguments as a mapping, durations and sizes resolved. Raises UsageError, also for a key given twice."""
    values: dict[str, str] = {}
    for pair in pairs:
        key, value = key_value(pair)
        if key in values:
            raise UsageError(f"{key} is given twice")
        values[key] = config_value(key, value)
    return values


def time_ms(text: str, now_ms: int) -> int | None:
    """A moment in milliseconds since the epoch, or None when the text is no time at all.

    `2013-07-04`, `2013-07-04T12:30`, `2013-07-04T12:30:00Z` (local time where no zone is given), `@1372896000000`
    (milliseconds since the epoch), `2h` (so long ago).
    """
    stripped = text.strip()
    if stripped.startswith("@") and _INTEGER.fullmatch(stripped[1:]):
        return int(stripped[1:])
    if _INTEGER.fullmatch(stripped):
        return None
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        pass
    else:
        return round(moment.timestamp() * 1000)
    try:
        return now_ms - duration_ms(stripped)
    except UsageError:
        return None


@dataclass(slots=True, frozen=True)
class Beginning:
    """The first record that is still there."""


@dataclass(slots=True, frozen=True)
class End:
    """After the last record."""


@dataclass(slots=True, frozen=True)
class AtOffset:
    """An offset."""

    offset: int


@dataclass(slots=True, frozen=True)
class Last:
    """`count` offsets before the end."""

    count: int


@dataclass(slots=True, frozen=True)
class AtTime:
    """The first record that is not older than a moment."""

    timestamp_ms: int


Place = Beginning | End | AtOffset | Last | AtTime

_PLACE_NAMES: dict[str, Place] = {
    "beginning": Beginning(),
    "start": Beginning(),
    "earliest": Beginning(),
    "end": End(),
    "latest": End(),
}
PLACE_HELP = "beginning, end, an offset, -N (the last N), a time (2013-07-04T12:00, @MILLISECONDS) or an age (2h)"


def place(text: str, now_ms: int) -> Place:
    """Where in a log: `beginning`, `end`, `1234`, `-10`, `2013-07-04T12:00`, `2h`. Raises UsageError."""
    stripped = text.strip()
    named = _PLACE_NAMES.get(stripped.lower())
    if named is not None:
        return named
    if _INTEGER.fullmatch(stripped):
        number = int(stripped)
        if abs(number) > OFFSET_MAX:
            raise UsageError(f"{text} is larger than any offset")
        if stripped.startswith("-"):
            return Last(-number)
        return AtOffset(number)
    at = time_ms(stripped, now_ms)
    if at is None:
        raise UsageError(f"{text!r} is no place in a log: give {PLACE_HELP}")
    return AtTime(at)


def iso_time(timestamp_ms: int) -> str:
    """A moment as text in UTC with milliseconds; the bare number where it lies outside the calendar."""
    try:
        moment = datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return str(timestamp_ms)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{timestamp_ms % 1000:03d}Z"


def human_bytes(size: int) -> str:
    """`0 B`, `1.5 KiB`, `31.0 MiB`."""
    amount = float(size)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if abs(amount) < 1024:
            return f"{amount:.0f} B" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} TiB"
