"""Which APIs there are, and their codecs, imported when first asked for.

Nothing here imports a message module until `request_module` or `response_module` is called: a broker that only ever meets
Metadata, Produce and Fetch loads three requests and three responses.
"""

from functools import cache
from importlib import import_module
from typing import Any, Final, Protocol, cast

from ottla.wire.errors import WireError
from ottla.wire.index import APIS
from ottla.wire.schema_names import snake

API_NAMES: Final[dict[int, str]] = {key: row[0] for key, row in APIS.items()}
"""API key -> Kafka's name, for every API of a Kafka 4.3 broker listener."""


class MessageModule(Protocol):
    """What every module of `ottla.wire.messages` offers; the message type differs per module, so it is Any here."""

    __name__: str
    API_KEY: int | None
    MIN_VERSION: int
    MAX_VERSION: int
    FLEXIBLE_SINCE: int | None

    def decode(self, buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> Any: ...
    def decode_prefix(self, buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[Any, int]: ...
    def encode(self, message: Any, version: int) -> bytes: ...
    def encode_parts(self, message: Any, version: int) -> list[bytes | bytearray | memoryview]: ...
    def encode_into(self, out: bytearray, message: Any, version: int) -> None: ...


def _row(api_key: int) -> tuple[str, int, int, int, int | None]:
    try:
        return APIS[api_key]
    except KeyError:
        raise WireError(f"no API has key {api_key}") from None


def flexible_since(api_key: int) -> int | None:
    """The first version with compact lengths and tags (request header 2, response header 1); None when there is none."""
    return _row(api_key)[4]


def valid_versions(api_key: int) -> tuple[int, int]:
    """The lowest and the highest stable version, both included; raises WireError for an unknown key.

    The codec may know one more, unstable version (InitProducerId 6): see the module's MAX_VERSION.
    """
    _, low, _, stable, _ = _row(api_key)
    return low, stable


@cache
def message_module(name: str) -> MessageModule:
    """The codec of any message by its Kafka name, e.g. `ConsumerProtocolSubscription`; raises WireError when unknown."""
    path = f"ottla.wire.messages.{snake(name)}"
    try:
        return cast(MessageModule, import_module(path))
    except ModuleNotFoundError as exc:
        if exc.name != path:
            raise
        raise WireError(f"no message is called {name}") from None


def request_module(api_key: int) -> MessageModule:
    """The codec of an API's request; raises WireError for an unknown key."""
    return message_module(f"{_row(api_key)[0]}Request")


def response_module(api_key: int) -> MessageModule:
    """The codec of an API's response; raises WireError for an unknown key."""
    return message_module(f"{_row(api_key)[0]}Response")
