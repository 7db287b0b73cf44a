"""`ottla consume`: a topic to standard output."""

from __future__ import annotations

import base64
import json as jsons
import re
import sys
import time
from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from ottla.cli.client.cluster import Cluster
from ottla.cli.client.model import Partition, Record
from ottla.cli.client.records import Reader
from ottla.cli.errors import OK, UsageError
from ottla.cli.options import Server
from ottla.cli.topics import Partitions, chosen
from ottla.cli.values import PLACE_HELP, iso_time, place

Render = Callable[[Record], bytes]

FORMAT_HELP = (
    r"How a record is printed: %t topic, %p partition, %o offset, %k key, %v value, %h headers, %d time, %T timestamp in ms, "
    r"%K and %V length of key and value, %e leader epoch, %% a percent sign, \n, \t."
)


def as_json(record: Record) -> bytes:
    """A record as one line of JSON: stable names, bytes that are no text as `{"base64": "…"}`."""
    found = {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp_ms,
        "key": _text_or_base64(record.key),
        "value": _text_or_base64(record.value),
        "headers": [[name, _text_or_base64(value)] for name, value in record.headers],
    }
    return jsons.dumps(found, ensure_ascii=False).encode() + b"\n"


def _text_or_base64(data: bytes | None) -> str | dict[str, str] | None:
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}


def _headers(record: Record) -> bytes:
    return b",".join(name.encode() + b"=" + (value if value is not None else b"null") for name, value in record.headers)


def _bytes_or_null(data: bytes | None, null: bytes) -> bytes:
    return null if data is None else data


def columns(*, keys: bool, headers: bool, timestamps: bool, offsets: bool, null: bytes) -> Render:
    """Values, one to a line, with what was asked for before them, tab after tab."""

    def render(record: Record) -> bytes:
        parts = []
        if timestamps:
            parts.append((iso_time(record.timestamp_ms) if record.timestamp_ms is not None else "-").encode())
        if offsets:
            parts.append(f"{record.partition}:{record.offset}".encode())
        if headers:
            parts.append(_headers(record))
        if keys:
            parts.append(_bytes_or_null(record.key, null))
        parts.append(_bytes_or_null(record.value, null))
        return b"\t".join(parts) + b"\n"

    return render


_ESCAPES = {"\\n": b"\n", "\\t": b"\t", "\\r": b"\r", "\\0": b"\0", "\\\\": b"\\", "%%": b"%"}


def _length(data: bytes | None) -> bytes:
    return b"-1" if data is None else str(len(data)).encode()


def formatted(text: str, null: bytes) -> Render:
    """A printf-like format. Raises UsageError for a letter it does not know."""
    fields: dict[str, Render] = {
        "%t": lambda r: r.topic.encode(),
        "%p": lambda r: str(r.partition).encode(),
        "%o": lambda r: str(r.offset).encode(),
        "%k": lambda r: _bytes_or_null(r.key, null),
        "%v": lambda r: _bytes_or_null(r.value, null),
        "%K": lambda r: _length(r.key),
        "%V": lambda r: _length(r.value),
        "%h": _headers,
        "%d": lambda r: (iso_time(r.timestamp_ms) if r.timestamp_ms is not None else "-").encode(),
        "%T": lambda r: str(r.timestamp_ms if r.timestamp_ms is not None else -1).encode(),
        "%e": lambda r: str(r.leader_epoch if r.leader_epoch is not None else -1).encode(),
    }
    parts: list[bytes | Render] = []
    for piece in re.findall(r"%.?|\\.?|[^%\\]+", text, re.DOTALL):
        if piece in fields:
            parts.append(fields[piece])
        elif piece in _ESCAPES:
            parts.append(_ESCAPES[piece])
        elif piece[0] in "%\\":
            raise UsageError(f"--format: {piece} means nothing; see ottla consume --help")
        else:
            parts.append(piece.encode())

    def render(record: Record) -> bytes:
        return b"".join(part if isinstance(part, bytes) else part(record) for part in parts)

    return render


def consume(
    topic: Annotated[str, Parameter(help="Topic to read.")],
    /,
    *,
    from_: Annotated[
        str,
        Parameter(
            name="--from",
            help=f"Where to begin: {PLACE_HELP}. With --group: where the group has no offset yet.",
            allow_leading_hyphen=True,
        ),
    ] = "beginning",
    follow: Annotated[bool, Parameter(name=["--follow", "-f"], help="Wait for more at the end.", negative=())] = False,
    count: Annotated[
        int | None, Parameter(name=["--count", "-n"], help="Stop after so many.", show_default=False)
    ] = None,
    group: Annotated[
        str | None,
        Parameter(name=["--group", "-g"], help="Read as a member of this group and commit.", show_default=False),
    ] = None,
    partition: Partitions = [],  # noqa: B006
    json: Annotated[bool, Parameter(help="One JSON object per line.", negative=())] = False,
    format: Annotated[str | None, Parameter(help=FORMAT_HELP, show_default=False, allow_leading_hyphen=True)] = None,
    keys: Annotated[
        bool, Parameter(name=["--keys", "-k"], help="Print the key before the value.", negative=())
    ] = False,
    headers: Annotated[bool, Parameter(help="Print the headers.", negative=())] = False,
    timestamps: Annotated[bool, Parameter(help="Print the time.", negative=())] = False,
    offsets: Annotated[bool, Parameter(help="Print partition:offset.", negative=())] = False,
    null: Annotated[str, Parameter(help="Text for a key or value that is null.", allow_leading_hyphen=True)] = "null",
    uncommitted: Annotated[bool, Parameter(help="Also records of open and aborted transactions.", negative=())] = False,
    server: Server | None = None,
) -> int:
    """Print a topic's records, up to its end (or with --follow, until Ctrl-C)."""
    if json and (format is not None or keys or headers or timestamps or offsets):
        raise UsageError("--json prints everything: leave out --format, --keys, --headers, --timestamps and --offsets")
    if format is not None and (keys or headers or timestamps or offsets):
        raise UsageError("--format says what to print: leave out --keys, --headers, --timestamps and --offsets")
    if count is not None and count < 1:
        raise UsageError(f"--count {count}: at least 1")
    if group is not None and partition:
        raise UsageError("a group decides on partitions: give --group or --partition, not both")
    marker = null.encode()
    if json:
        render: Render = as_json
    elif format is not None:
        render = formatted(format, marker)
    else:
        render = columns(keys=keys, headers=headers, timestamps=timestamps, offsets=offsets, null=marker)
    start = place(from_, time.time_ns() // 1_000_000)

    access = (server or Server()).access()
    cluster = Cluster(access)
    partitions = chosen(cluster.topic(topic), partition)
    reader = Reader(access, group=group, follow=follow, committed_only=not uncommitted)
    try:
        if group is None:
            reader.assign(cluster.resolve(partitions, start), cluster.latest(partitions))
        else:
            reader.join([topic], lambda fresh: cluster.resolve(fresh, start))
        _print(reader, render, count)
    except KeyboardInterrupt:
        if not follow:
            raise
    finally:
        reader.close()
    return OK


def _print(reader: Reader, render: Render, count: int | None) -> None:
    """Writes records until there are no more or enough. A group's offsets follow what was written, so a broken pipe loses nothing."""
    out = sys.stdout.buffer
    left = count
    for records in reader.records():
        if left is not None:
            records = records[:left]
            left -= len(records)
        if not records:
            continue
        out.write(b"".join(map(render, records)))
        out.flush()
        last: dict[Partition, Record] = {(record.topic, record.partition): record for record in records}
        for record in last.values():
            reader.done_with(record)
        if left == 0:
            return
