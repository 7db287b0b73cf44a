"""`ottla start`: one broker process, told in one calm block where it listens and where it keeps its data."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ottla import __version__
from ottla.cli.errors import OK, CliError, UsageError, nearest
from ottla.cli.values import config_value, key_value

if TYPE_CHECKING:
    from ottla.server.node import Node

HELP = """\
Usage: ottla start [OPTIONS]

Start a broker. It runs until it gets SIGTERM or Ctrl-C.

  --listen [NAME://]HOST:PORT     address to listen on (default 127.0.0.1:9092: this machine only); may be repeated;
                                  port 0 picks a free one, host 0.0.0.0 is every interface
  --advertise [NAME://]HOST:PORT  address that clients are told, one for each --listen, in the same order
  --data DIR                      data directory (Kafka's log.dir)
  --config FILE                   settings: a .toml file, or Kafka's key=value properties
  --set KEY=VALUE                 one setting (7d, 1GiB and the like where the key ends in .ms or .bytes); may be repeated
  --json                          print the start-up lines as one line of JSON
  --until-stdin-closes            stop when standard input ends, too: for programs that start a broker of their own

What is said on the command line wins over OTTLA_* variables, and these over the file.
Exit codes: 0 stopped as asked, 1 could not start or failed, 2 wrong command line.
"""

DATA_DEFAULT = "ottla-data"
_VALUED = ("--listen", "--advertise", "--data", "--config", "--set")
_FLAGS = ("--json", "--until-stdin-closes", "--help", "-h")


@dataclass(slots=True)
class StartOptions:
    """The command line of `ottla start`."""

    listen: list[str] = field(default_factory=list)
    advertise: list[str] = field(default_factory=list)
    data: str | None = None
    config: str | None = None
    sets: list[str] = field(default_factory=list)
    json: bool = False
    until_stdin_closes: bool = False
    help: bool = False


def parse(tokens: list[str]) -> StartOptions:
    """Reads the arguments after `start`. Raises UsageError."""
    options = StartOptions()
    rest = iter(tokens)
    for token in rest:
        name, equals, value = token.partition("=")
        if token in _FLAGS:
            match token:
                case "--json":
                    options.json = True
                case "--until-stdin-closes":
                    options.until_stdin_closes = True
                case _:
                    options.help = True
            continue
        if name not in _VALUED:
            what = "option" if token.startswith("-") else "argument"
            shown = name if token.startswith("-") else token
            raise UsageError(f"start: unknown {what} {shown}{nearest(name, _VALUED + _FLAGS)}; see ottla start --help")
        if not equals:
            following = next(rest, None)
            if following is None:
                raise UsageError(f"start: {name} needs a value; see ottla start --help")
            value = following
        if not value:
            raise UsageError(f"start: {name} needs a value; see ottla start --help")
        match name:
            case "--listen":
                options.listen.append(value)
            case "--advertise":
                options.advertise.append(value)
            case "--data":
                options.data = value
            case "--config":
                options.config = value
            case "--set":
                options.sets.append(value)
    return options


def _address(text: str, option: str, *, port_min: int) -> tuple[str | None, str, int]:
    """Listener name (None when not given), host and port of `[NAME://]HOST:PORT`. Raises UsageError."""
    name, scheme, address = text.rpartition("://")
    host, colon, port_text = address.rpartition(":")
    if ":" in host and not (host.startswith("[") and host.endswith("]")):
        raise UsageError(f"start: {option} {text}: write an IPv6 address in brackets, like [::1]:9092")
    if not colon or not port_text.isdecimal() or not port_min <= int(port_text) <= 65535:
        raise UsageError(f"start: {option} {text}: expected HOST:PORT with a port from {port_min} to 65535")
    if option == "--advertise" and not host:
        raise UsageError(f"start: {option} {text}: name the host that clients should connect to")
    return (name.upper() if scheme else None), host, int(port_text)


def listener_settings(listen: list[str], advertise: list[str]) -> list[str]:
    """`--listen` and `--advertise` as Kafka's settings (`listeners`, `advertised.listeners`). Raises UsageError."""
    if not listen and not advertise:
        return []
    if advertise and len(advertise) != max(1, len(listen)):
        raise UsageError(
            f"start: {len(listen)} --listen but {len(advertise)} --advertise: give one for each, in the same order"
        )
    names: list[str] = []
    bound: list[str] = []
    for text in listen:
        name, host, port = _address(text, "--listen", port_min=0)
        if name is None:
            name = "PLAINTEXT" if not names else f"PLAINTEXT_{len(names) + 1}"
        if name in names:
            raise UsageError(f"start: two listeners are called {name}: name them, like INTERNAL://{host}:{port}")
        names.append(name)
        bound.append(f"{name}://{host}:{port}")
    told: list[str] = []
    for at, text in enumerate(advertise):
        name, host, port = _address(text, "--advertise", port_min=1)
        expected = names[at] if names else "PLAINTEXT"
        if name is not None and name != expected:
            raise UsageError(f"start: --advertise {text} stands at the place of listener {expected}")
        told.append(f"{expected}://{host}:{port}")
    settings = []
    if bound:
        settings.append("listeners=" + ",".join(bound))
    if told:
        settings.append("advertised.listeners=" + ",".join(told))
    if any(name != "PLAINTEXT" for name in names):
        settings.append("listener.security.protocol.map=" + ",".join(f"{name}:PLAINTEXT" for name in names))
    return settings


def _sets(options: StartOptions) -> list[str]:
    given = []
    for text in options.sets:
        key, value = key_value(text, "a setting for --set")
        given.append(f"{key}={config_value(key, value)}")
    return listener_settings(options.listen, options.advertise) + given


def data_directory(given: str | None, static: Mapping[str, str]) -> Path:
    """`--data`, or what the settings say (`log.dirs`, `log.dir`), or `ottla-data` here. Raises CliError for several directories."""
    text = given or static.get("log.dirs") or static.get("log.dir") or DATA_DEFAULT
    directories = [part.strip() for part in text.split(",") if part.strip()] if given is None else [text]
    if len(directories) != 1:
        raise CliError(
            f"log.dirs names {len(directories)} directories, Ottla keeps its data in one: choose it with --data DIR"
        )
    return Path(directories[0])


def _environment() -> dict[str, str]:
    """The environment without the `OTTLA_*` variables that are not a broker's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != "OTTLA_BOOTSTRAP" and not name.startswith("OTTLA_TEST_")
    }


def start(tokens: list[str]) -> int:
    """Runs a broker until it is told to stop; returns the exit code. Raises CliError for what a user can put right."""
    options = parse(tokens)
    if options.help:
        print(HELP, end="")
        return OK
    sets = _sets(options)

    # A program that starts a broker wants to hear of trouble only.
    level = logging.WARNING if options.json else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from ottla.server.node import NodeError, run
    from ottla.server.settings import ConfigError, load_settings

    try:
        settings = load_settings(Path(options.config) if options.config else None, _environment(), sets)
        data = data_directory(options.data, settings.static)
        return run(settings, data, on_started=lambda node: _started(node, data, options))
    except (ConfigError, NodeError) as error:
        raise CliError(str(error)) from error


def _started(node: Node, data: Path, options: StartOptions) -> None:
    _announce(node, data, as_json=options.json)
    if options.until_stdin_closes:
        threading.Thread(target=_stop_when_stdin_closes, name="ottla-stdin", daemon=True).start()


def _stop_when_stdin_closes() -> None:
    # Plain reads: a buffered reader that a daemon thread still waits in cannot be closed at the end of the process.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _announce(node: Node, data: Path, *, as_json: bool) -> None:
    """The block a person reads first, or the line a program waits for."""
    listeners = {name: f"{_bracketed(endpoint.host)}:{endpoint.port}" for name, endpoint in node.endpoints.items()}
    if as_json:
        facts = {
            "version": __version__,
            "cluster_id": node.cluster_id,
            "node_id": node.broker.node_id,
            "data": str(data.resolve()),
            "listeners": listeners,
        }
        print(json.dumps(facts), flush=True)
        return
    lines = [f"Ottla {__version__} is up"]
    lines += [f"  listening on  {address}  ({name})" for name, address in listeners.items()]
    lines += [
        f"  data in       {data.resolve()}",
        f"  cluster       {node.cluster_id}, node {node.broker.node_id}",
        "Stop it with Ctrl-C.",
    ]
    print("\n".join(lines), flush=True)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
