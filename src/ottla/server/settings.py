"""Where settings come from: a file (TOML or Java-style properties), `OTTLA_*` variables and `--set key=value`.

One precedence: `--set`, then the environment, then the file, then the default. An unknown key is refused with the nearest right name;
a key of Apache Kafka that nothing here honours yet is accepted, so that an existing server.properties works, and named in one warning.

Not here: Kafka's config providers (`${file:...}`), passwords from files.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ottla.rules.configs.keys import BROKER_KEYS, broker_key, is_open, unknown_broker_key
from ottla.rules.configs.properties import parse_properties
from ottla.rules.configs.settings import Settings, read
from ottla.rules.configs.values import ConfigError
from ottla.server.listen import ListenerSpec, parse_listeners

__all__ = ["ConfigError", "ListenerSpec", "load_settings", "parse_listeners"]

log = logging.getLogger(__name__)

FILE_BYTES_MAX = 1 << 20
ENVIRONMENT_PREFIX = "OTTLA_"


def load_settings(file: Path | None, environ: Mapping[str, str], sets: Sequence[str]) -> Settings:
    """The static settings of this process. Raises ConfigError, in one line, that names where the mistake is."""
    found: dict[str, str] = {}
    for origin, key, text in (*_from_file(file), *_from_environment(environ), *_from_sets(sets)):
        try:
            _check(key, text)
        except ConfigError as problem:
            raise ConfigError(f"{origin}: {problem}") from None
        found[key] = text
    _same_node(found)
    settings = Settings.from_mapping(found)
    idle = without_effect(found)
    if idle:
        log.warning("settings of Apache Kafka that have no effect here yet: %s", ", ".join(idle))
    return settings


def without_effect(keys: Iterable[str]) -> list[str]:
    """Those of the keys that are known but honoured by nothing."""
    return sorted(key for key in keys if (row := broker_key(key)) is None or row.documentation is None)


def _check(key: str, text: str) -> None:
    row = broker_key(key)
    if row is not None:
        read(row, key, text)
    elif not is_open(key):
        raise unknown_broker_key(key)


def _same_node(found: dict[str, str]) -> None:
    """`broker.id` is the older name of `node.id`."""
    older, newer = found.get("broker.id"), found.get("node.id")
    if older is None or int(older) < 0:
        return
    if newer is not None and int(newer) != int(older):
        raise ConfigError(f"broker.id ({older}) and node.id ({newer}) must be the same number")
    found["node.id"] = older


# --- file -----------------------------------------------------------------------------------------------------------------

_Found = Iterator[tuple[str, str, str]]


def _from_file(file: Path | None) -> _Found:
    if file is None:
        return
    try:
        with file.open("rb") as stream:
            data = stream.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise ConfigError(f"cannot read the configuration file {file}: {error.strerror or error}") from error
    if len(data) > FILE_BYTES_MAX:
        raise ConfigError(f"the configuration file {file} is larger than {FILE_BYTES_MAX} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"the configuration file {file} is not UTF-8 text (byte {error.start})") from error
    if file.suffix.lower() == ".toml":
        pairs = _flatten(_parse_toml(file, text), "", str(file))
    else:
        try:
            pairs = iter(parse_properties(text).items())
        except ConfigError as problem:
            raise ConfigError(f"{file}: {problem}") from None
    for key, value in pairs:
        yield str(file), key, value


def _parse_toml(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = ""
        if "overwrite" in str(error):
            hint = '; where one key begins another, put the longer in quotes: "max.connections.per.ip" = 10'
        raise ConfigError(f"{file}: not valid TOML: {error}{hint}") from error
    except RecursionError as error:
        raise ConfigError(f"{file}: not valid TOML: nested too deeply") from error


def _flatten(table: Mapping[str, Any], prefix: str, origin: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = prefix + name
        if isinstance(value, dict):
            yield from _flatten(value, key + ".", origin)
        elif isinstance(value, list):
            yield key, ",".join(_scalar(origin, key, item) for item in value)
        else:
            yield key, _scalar(origin, key, value)


def _scalar(origin: str, key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, str)):
        return str(value)
    raise ConfigError(f"{origin}: {key} must be a string, a number, true, false, or a list of those")


# --- environment and command line -------------------------------------------------------------------------------------------


def _from_environment(environ: Mapping[str, str]) -> _Found:
    for name in sorted(environ):
        if name.startswith(ENVIRONMENT_PREFIX) and len(name) > len(ENVIRONMENT_PREFIX):
            key = name[len(ENVIRONMENT_PREFIX) :].lower().replace("_", ".")
            if key not in BROKER_KEYS and f"ottla.{key}" in BROKER_KEYS:
                key = f"ottla.{key}"
            yield f"environment variable {name}", key, environ[name]


def _from_sets(sets: Sequence[str]) -> _Found:
    for text in sets:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise ConfigError(f"--set {text}: write it as key=value")
        yield f"--set {key.strip()}", key.strip(), value.strip()
