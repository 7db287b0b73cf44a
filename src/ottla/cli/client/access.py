"""How to reach a cluster, and what the library's errors mean to a person."""

from __future__ import annotations

import importlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.cli.errors import CliError, UsageError

LIBRARY_MISSING = "this command needs the Kafka client library: pip install 'ottla[clients]'"
_CONNECT_LIMIT_S = 3.0


def library(name: str = "confluent_kafka") -> Any:
    """The client library, imported when it is first needed. Raises CliError when it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise CliError(LIBRARY_MISSING) from None


@dataclass(slots=True, frozen=True)
class Access:
    """How to reach a cluster: addresses, further librdkafka properties, how long one answer may take."""

    bootstrap: str
    properties: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 10.0

    def settings(self, **more: object) -> dict[str, object]:
        """Properties for a client of the library. What it would print to standard error is left to our own messages."""
        base: dict[str, object] = {"bootstrap.servers": self.bootstrap, "client.id": "ottla-cli", "log_level": 0}
        return base | {key.replace("_", "."): value for key, value in more.items()} | dict(self.properties)

    def check_reachable(self) -> None:
        """Raises CliError at once when nobody listens at any of the addresses: the library would try until its timeout."""
        addresses = [part.strip() for part in self.bootstrap.split(",") if part.strip()]
        if not addresses:
            raise UsageError("no bootstrap address: give --bootstrap HOST:PORT")
        reason = ""
        for address in addresses:
            host, colon, port = address.rpartition("://")[2].rpartition(":")
            if not colon or not port.isdecimal() or not 0 < int(port) < 65536:
                raise UsageError(f"--bootstrap {address}: expected HOST:PORT")
            try:
                socket.create_connection((host.strip("[]"), int(port)), min(_CONNECT_LIMIT_S, self.timeout_s)).close()
                return
            except OSError as error:
                reason = error.strerror or str(error)
        raise CliError(
            f"no broker answers at {self.bootstrap} ({reason.lower()}): is one running there? Start one: ottla start"
        )


def name_of(error: Any) -> str:
    """The protocol's name of a library error; the library's own (with an underscore in front) where the protocol has none."""
    code = int(error.code())
    # The library calls several of the protocol's errors otherwise (MSG_SIZE_TOO_LARGE, TOPIC_EXCEPTION).
    return ErrorCode(code).name if code > 0 and code in ErrorCode.__members__.values() else str(error.name())


def sentence(error: Any) -> str:
    """A library error as a sentence: the broker's own words without the library's prefixes."""
    text = str(error.str() or name_of(error))
    for prefix in ("Broker: ", "Local: "):
        text = text.removeprefix(prefix)
    return f"{text} ({name_of(error)})"


def code_of(error: BaseException) -> str:
    """The protocol's (or, with an underscore in front, the library's) name of the error in an exception; empty when it has none."""
    kafka_error: Any = error.args[0] if error.args else None
    return name_of(kafka_error) if hasattr(kafka_error, "code") else ""


def raised(error: BaseException, access: Access) -> CliError:
    """The CliError for an exception out of the library."""
    code = code_of(error)
    if code in ("_TRANSPORT", "_TIMED_OUT", "_ALL_BROKERS_DOWN") or isinstance(error, TimeoutError):
        return CliError(
            f"no answer from {access.bootstrap} within {access.timeout_s:g} s{f' ({code})' if code else ''}"
        )
    return CliError(sentence(error.args[0])) if code else CliError(str(error))
