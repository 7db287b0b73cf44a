"""`ottla produce`: standard input to a topic."""

from __future__ import annotations

import base64
import binascii
import json as jsons
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

from cyclopts import Parameter

from ottla.cli.client.records import Writer
from ottla.cli.errors import OK, CliError, UsageError
from ottla.cli.options import Server
from ottla.cli.output import note, plural
from ottla.cli.values import key_value

Header = tuple[str, bytes | None]


@dataclass(slots=True)
class Draft:
    """A record as the input describes it."""

    value: bytes | None
    key: bytes | None = None
    headers: list[Header] = field(default_factory=list)
    partition: int | None = None
    timestamp_ms: int | None = None


def from_line(line: bytes, *, separator: bytes | None, null: bytes | None, number: int) -> Draft:
    """A record from a line of text (without its end). Raises CliError where the line has no separator."""
    key: bytes | None = None
    value: bytes | None = line
    if separator is not None:
        head, found, tail = line.partition(separator)
        if not found:
            raise CliError(
                f"line {number} has no key separator {separator.decode(errors='replace')!r}: nothing after it was sent"
            )
        key, value = head, tail
    if null is not None:
        key, value = (None if part == null else part for part in (key, value))
    return Draft(value, key)


_JSON_FIELDS = ("key", "value", "headers", "partition", "timestamp", "topic", "offset", "leader_epoch", "time")


def from_json(line: bytes, number: int) -> Draft:
    """A record from a line of JSON, as `ottla consume --json` prints it (what a broker decides, such as the offset, is ignored).

    `key` and `value`: null, a string, `{"base64": "…"}` for bytes, or any other JSON value, which is written as JSON text. `headers`: an
    object, or a list of [name, value]. `timestamp`: milliseconds since the epoch. Raises CliError, naming the line.
    """
    where = f"line {number}"
    try:
        found = jsons.loads(line)
    except (ValueError, RecursionError) as error:
        raise CliError(f"{where} is not JSON ({error}): nothing after it was sent") from error
    if not isinstance(found, dict):
        raise CliError(f"{where} is not a JSON object with key, value, headers, partition, timestamp")
    unknown = [name for name in found if name not in _JSON_FIELDS]
    if unknown:
        raise CliError(f"{where}: unknown field {unknown[0]!r}; known are key, value, headers, partition, timestamp")
    headers = found.get("headers") or {}
    if not isinstance(headers, dict | list):
        raise CliError(f"{where}: headers must be an object or a list of [name, value]")
    pairs: Iterable[object] = headers.items() if isinstance(headers, dict) else headers
    return Draft(
        _bytes(found.get("value"), where),
        _bytes(found.get("key"), where),
        [_header(pair, where) for pair in pairs],
        _number(found.get("partition"), f"{where}: partition", 2**31 - 1),
        _number(found.get("timestamp"), f"{where}: timestamp", 2**63 - 1),
    )


def _bytes(value: object, where: str) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _utf8(value, where)
    if isinstance(value, dict) and value.keys() == {"base64"}:
        try:
            return base64.b64decode(value["base64"], validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise CliError(f"{where}: bad base64 ({error})") from error
    return jsons.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _header(pair: object, where: str) -> Header:
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not isinstance(pair[0], str):
        raise CliError(f"{where}: headers must be an object or a list of [name, value]")
    _utf8(pair[0], where)
    return pair[0], _bytes(pair[1], where)


def _utf8(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CliError(f"{where}: half of a surrogate pair is no text (character {error.start})") from error


def _number(value: object, what: str, most: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise CliError(f"{what} {value!r} is no number from 0 to {most}")
    return value


def lines_of(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Lines without their ends (LF or CRLF)."""
    for line in stream:
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def produce(
    topic: Annotated[str, Parameter(help="Topic to send to.")],
    /,
    *,
    key_separator: Annotated[
        str | None,
        Parameter(
            name=["--key-separator", "-k"],
            help=r"What stands between key and value, e.g. : or \t.",
            show_default=False,
            allow_leading_hyphen=True,
        ),
    ] = None,
    key: Annotated[
        str | None, Parameter(help="Key of every record.", show_default=False, allow_leading_hyphen=True)
    ] = None,
    header: Annotated[
        list[str],
        Parameter(
            name=["--header", "-H"],
            help="NAME=VALUE on every record; may be repeated.",
            negative=(),
            show_default=False,
        ),
    ] = [],  # noqa: B006
    partition: Annotated[
        int | None,
        Parameter(name=["--partition", "-p"], help="Partition to send to (default: by key).", show_default=False),
    ] = None,
    null: Annotated[
        str | None,
        Parameter(help="Text that stands for null, as key or value.", show_default=False, allow_leading_hyphen=True),
    ] = None,
    json: Annotated[
        bool, Parameter(help='Lines are JSON: {"key", "value", "headers", "partition", "timestamp"}.', negative=())
    ] = False,
    compression: Annotated[
        Literal["none", "gzip", "snappy", "lz4", "zstd"],
        Parameter(name=["--compression", "-z"], help="How batches are packed."),
    ] = "none",
    acks: Annotated[Literal["all", "1", "0"], Parameter(help="Which answer counts as sent.")] = "all",
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], help="Say nothing at the end.", negative=())] = False,
    server: Server | None = None,
) -> int:
    """Send each line of standard input as a record."""
    if json and (key_separator is not None or key is not None or null is not None):
        raise UsageError("--json lines carry their own key and null: leave out --key-separator, --key and --null")
    if key is not None and key_separator is not None:
        raise UsageError("give --key or --key-separator, not both")
    if partition is not None and partition < 0:
        raise UsageError(f"--partition {partition}: at least 0")
    separator = _separator(key_separator)
    every = [(name, value.encode()) for name, value in (key_value(text, "a header") for text in header)]
    marker = null.encode() if null is not None else None
    writer = Writer((server or Server()).access(), acks=acks, compression=compression)
    writer.check_topic(topic)
    try:
        for number, line in enumerate(lines_of(sys.stdin.buffer), 1):
            if json:
                if not line.strip():
                    continue
                draft = from_json(line, number)
            else:
                draft = from_line(line, separator=separator, null=marker, number=number)
            writer.send(
                topic,
                draft.value,
                key.encode() if key is not None else draft.key,
                headers=every + draft.headers,
                partition=draft.partition if draft.partition is not None else partition,
                timestamp_ms=draft.timestamp_ms,
            )
    except KeyboardInterrupt:
        pass  # someone typing at a terminal ends like this as often as with Ctrl-D
    finally:
        writer.close()
    if writer.failed:
        raise CliError(
            f"{plural(writer.failed, 'record')} not sent to {topic} ({writer.sent} sent): {'; '.join(writer.failures)}"
        )
    if not quiet:
        note(f"sent {plural(writer.sent, 'record')} to {topic}")
    return OK


def _separator(text: str | None) -> bytes | None:
    if text is None:
        return None
    if not text:
        raise UsageError("--key-separator must not be empty")
    return text.replace("\\t", "\t").replace("\\0", "\0").encode()
