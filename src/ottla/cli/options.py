"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ottla.cli.client.access import Access
from ottla.cli.client.cluster import Cluster
from ottla.cli.errors import OK, CliError, UsageError
from ottla.cli.values import duration_ms, key_value

BOOTSTRAP_DEFAULT = "127.0.0.1:9092"


def _bootstrap() -> str:
    return os.environ.get("OTTLA_BOOTSTRAP") or BOOTSTRAP_DEFAULT


@Parameter(name="*")
@dataclass(frozen=True)
class Server:
    """Where the cluster is."""

    bootstrap: Annotated[
        str,
        Parameter(
            name=["--bootstrap", "-b", "--bootstrap-server"],
            help="Address of a broker, or several with commas. [env: OTTLA_BOOTSTRAP; default: 127.0.0.1:9092]",
            show_default=False,
        ),
    ] = field(default_factory=_bootstrap)
    property: Annotated[
        list[str],
        Parameter(
            name=["--property", "-X"],
            help="Client property (librdkafka's names), KEY=VALUE; may be repeated.",
            negative=(),
            show_default=False,
        ),
    ] = field(default_factory=list)
    client_config: Annotated[
        Path | None, Parameter(help="File of client properties, one KEY=VALUE per line.", show_default=False)
    ] = None
    timeout: Annotated[str, Parameter(help="How long one answer may take.")] = "10s"

    def access(self) -> Access:
        """Raises UsageError for what cannot be read."""
        properties = _read_properties(self.client_config) if self.client_config is not None else {}
        properties |= dict(key_value(text, "a client property") for text in self.property)
        seconds = duration_ms(self.timeout) / 1000
        if not 0 < seconds <= 3600:
            raise UsageError(f"--timeout {self.timeout}: between 1ms and 1h")
        return Access(properties.pop("bootstrap.servers", self.bootstrap), properties, seconds)

    def cluster(self) -> Cluster:
        return Cluster(self.access())


def _read_properties(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    lines = (line.strip() for line in text.splitlines())
    pairs = (key_value(line, f"a property in {path}") for line in lines if line and not line.startswith(("#", "!")))
    return {key: value.strip() for key, value in pairs}


Json = Annotated[bool, Parameter(name="--json", help="Print JSON.", negative=())]
Yes = Annotated[bool, Parameter(name=["--yes", "-y"], help="Do not ask.", negative=())]


def confirm(question: str, yes: bool) -> bool:
    """Asks before something is lost. Without a terminal to ask on, `--yes` must have been given: raises UsageError."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Add --yes to do it.")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def report(failed: dict[str, str]) -> int:
    """Says what failed, one line each; returns OK when nothing did. Raises CliError for a single failure."""
    if not failed:
        return OK
    *first, (name, why) = failed.items()
    for other, reason in first:
        print(f"ottla: {other}: {reason}", file=sys.stderr)
    raise CliError(f"{name}: {why}")
