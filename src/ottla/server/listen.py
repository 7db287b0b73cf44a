"""The listeners a broker opens and the addresses it tells its clients, read from `listeners`, `advertised.listeners` and
`listener.security.protocol.map` as Kafka's KafkaConfig does.

Not here yet: SSL and SASL listeners (refused with one line). Kafka's controller listeners are skipped: there is no controller to reach.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from typing import NamedTuple

from ottla.rules.configs.settings import Settings
from ottla.rules.configs.values import ConfigError

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
_AVAILABLE = ("PLAINTEXT",)
_FORM = re.compile(r"([^:/]+)://(\[[0-9a-zA-Z\-%._:]*\]|[0-9a-zA-Z\-%._]*):([0-9]{1,6})")
_ANY_ADDRESS = ("", "0.0.0.0", "::")


class ListenerSpec(NamedTuple):
    """A listener. `host` "": every interface. `port` 0: any free one; `advertised_port` 0: the one that was bound."""

    name: str
    host: str
    port: int
    protocol: str
    advertised_host: str
    advertised_port: int


class _Address(NamedTuple):
    name: str
    host: str
    port: int


def parse_listeners(settings: Settings) -> tuple[ListenerSpec, ...]:
    """The listeners to open, in the order given. Raises ConfigError."""
    controllers = {name.upper() for name in settings.list("controller.listener.names")}
    listeners = [
        address for address in _addresses("listeners", settings.list("listeners")) if address.name not in controllers
    ]
    if not listeners:
        raise ConfigError("listeners: at least one listener for clients is needed")
    _check_distinct(listeners)
    protocols = _protocol_map(settings.str("listener.security.protocol.map").split(","))
    advertised = {
        address.name: address for address in _addresses("advertised.listeners", settings.list("advertised.listeners"))
    }
    _check_advertised(advertised, listeners, controllers)
    return tuple(
        ListenerSpec(
            listener.name,
            listener.host,
            listener.port,
            _protocol(listener.name, protocols),
            *_advertised(listener, advertised.get(listener.name)),
        )
        for listener in listeners
    )


def _addresses(key: str, texts: Sequence[str]) -> list[_Address]:
    found: list[_Address] = []
    for text in texts:
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ConfigError(f"{key}: {text!r} is not NAME://HOST:PORT")
        name, host, port = match[1].upper(), match[2].strip("[]"), int(match[3])
        if port > 65535:
            raise ConfigError(f"{key}: {text!r} has a port above 65535")
        if any(address.name == name for address in found):
            raise ConfigError(f"{key}: each listener must have a different name, but {name} is there twice")
        found.append(_Address(name, host, port))
    return found


def _check_distinct(listeners: Sequence[_Address]) -> None:
    """One port serves one listener; IPv4 and IPv6 may share one, as in Kafka."""
    for index, listener in enumerate(listeners):
        for other in listeners[:index]:
            two_families = (":" in listener.host) != (":" in other.host) and listener.host and other.host
            if listener.port and listener.port == other.port and not two_families:
                raise ConfigError(
                    f"listeners: each listener must have a different port, "
                    f"but {other.name} and {listener.name} both use {listener.port}"
                )


def _check_advertised(advertised: dict[str, _Address], listeners: Sequence[_Address], controllers: set[str]) -> None:
    names = {listener.name for listener in listeners} | controllers
    for name, address in advertised.items():
        if name not in names:
            raise ConfigError(f"advertised.listeners: {name} is not among the listeners")
        if address.host in ("0.0.0.0", "::"):
            raise ConfigError(f"advertised.listeners: no client can connect to {address.host}; name a routable address")


def _advertised(listener: _Address, advertised: _Address | None) -> tuple[str, int]:
    address = advertised or listener
    host = address.host if address.host not in _ANY_ADDRESS else socket.gethostname()
    return host, address.port


def _protocol_map(entries: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        if not entry.strip():
            continue
        name, colon, protocol = (part.strip().upper() for part in entry.partition(":"))
        if not colon or not name:
            raise ConfigError(f"listener.security.protocol.map: {entry.strip()!r} is not NAME:PROTOCOL")
        if protocol not in PROTOCOLS:
            raise ConfigError(
                f"listener.security.protocol.map: {protocol!r} is no security protocol (one of {', '.join(PROTOCOLS)})"
            )
        found[name] = protocol
    return found


def _protocol(name: str, protocols: dict[str, str]) -> str:
    protocol = protocols.get(name)
    if protocol is None:
        raise ConfigError(
            f"no security protocol defined for listener {name}: add {name}:PLAINTEXT to listener.security.protocol.map"
        )
    if protocol not in _AVAILABLE:
        raise ConfigError(f"listener {name}: {protocol} is not available yet, only {', '.join(_AVAILABLE)} is")
    return protocol
