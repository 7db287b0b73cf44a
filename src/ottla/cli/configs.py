"""`ottla config`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from cyclopts import App, Parameter

from ottla.cli.client.cluster import Cluster
from ottla.cli.client.model import ConfigInfo
from ottla.cli.errors import OK, CliError, nearest
from ottla.cli.options import Json, Server
from ottla.cli.output import note, print_json, print_table
from ottla.cli.values import config_values

app = App(name="config", help="See and change settings of topics, brokers and groups.")

Kind = Annotated[Literal["topic", "broker", "group"], Parameter(help="What has the setting.", show_choices=True)]
Name = Annotated[str, Parameter(help="Its name; a broker's id.")]


@app.command
def get(
    kind: Kind,
    name: Name,
    keys: Annotated[list[str], Parameter(help="Only these settings.", negative=())] = [],  # noqa: B006
    /,
    *,
    all: Annotated[bool, Parameter(help="Also those that stand at their default.", negative=())] = False,
    json: Json = False,
    server: Server | None = None,
) -> int:
    """The settings in force: those that were changed, those asked for, or --all."""
    cluster = (server or Server()).cluster()
    found = _configs(cluster, kind, name)
    _known(keys, found)
    shown = [c for c in found if c.name in keys] if keys else [c for c in found if all or not c.is_default]
    if json:
        print_json([asdict(config) for config in shown])
    elif shown:
        rows = [{"name": c.name, "value": _value(c), "source": c.source} for c in shown]
        print_table(rows, {"name": "Setting", "value": "Value", "source": "From"})
    else:
        note(f"every setting of {kind} {name} stands at its default; see them with --all")
    return OK


@app.command(name="set")
def set_values(
    kind: Kind,
    name: Name,
    settings: Annotated[
        list[str],
        Parameter(help="KEY=VALUE; 7d and 1GiB are understood where the key ends in .ms or .bytes.", negative=()),
    ],
    /,
    *,
    server: Server | None = None,
) -> int:
    """Change settings."""
    values = config_values(settings)
    cluster = (server or Server()).cluster()
    _known(list(values), _configs(cluster, kind, name))
    cluster.change_configs(kind, name, values)
    for key, value in values.items():
        note(f"{kind} {name}: {key}={value}")
    return OK


@app.command
def unset(
    kind: Kind,
    name: Name,
    keys: Annotated[list[str], Parameter(help="Settings to take back to their default.", negative=())],
    /,
    *,
    server: Server | None = None,
) -> int:
    """Take settings back to their default."""
    cluster = (server or Server()).cluster()
    found = _configs(cluster, kind, name)
    _known(keys, found)
    cluster.change_configs(kind, name, dict.fromkeys(keys))
    now = {config.name: config.value for config in _configs(cluster, kind, name)}
    for key in keys:
        note(f"{kind} {name}: {key}={now.get(key)} (default)")
    return OK


def _configs(cluster: Cluster, kind: str, name: str) -> list[ConfigInfo]:
    if kind == "broker" and not name.isdecimal():
        raise CliError(f"{name!r} is no broker's id; see ottla cluster info")
    return cluster.configs(kind, name)


def _known(keys: list[str], found: list[ConfigInfo]) -> None:
    names = [config.name for config in found]
    for key in keys:
        # A broker knows per-listener keys (`listener.name.…`) that it does not list.
        if key not in names and not key.startswith("listener.name."):
            raise CliError(f"there is no setting {key}{nearest(key, names)}")


def _value(config: ConfigInfo) -> str | None:
    return "(hidden)" if config.sensitive else config.value
