"""`ottla log`: log files, offline. Names and order of what is printed are those of Kafka's DumpLogSegments, so the two can be compared.

Not here: decoding the records of internal topics, segments in an object store.
"""

from __future__ import annotations

import base64
import json as jsons
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Annotated

from cyclopts import App, Parameter

from ottla.cli.errors import OK, CliError, UsageError
from ottla.cli.options import Json
from ottla.cli.output import note, plural, print_json, print_table
from ottla.records import dump as dumps
from ottla.records.errors import RecordError

app = App(name="log", help="Look into log files, without a broker.")

Row = dumps.Row

_SEGMENT_NAME = re.compile(r"\d{20}")
_PARTITION_NAME = re.compile(r".+-\d+")
_INDEX_BYTES_MAX = 1 << 30
# What lies beside the segments and is text already.
_TEXT_FILES = frozenset(
    {
        "leader-epoch-checkpoint",
        "partition.metadata",
        "meta.properties",
        "recovery-point-offset-checkpoint",
        "replication-offset-checkpoint",
        "log-start-offset-checkpoint",
        "cleaner-offset-checkpoint",
    }
)


@app.command
def dump(
    paths: Annotated[
        list[Path],
        Parameter(
            help="Files (.log, .index, .timeindex, .txnindex, .snapshot), a partition's directory, or a data directory.",
            negative=(),
        ),
    ],
    /,
    *,
    deep: Annotated[bool, Parameter(help="Also each record of a batch.", negative=())] = False,
    contents: Annotated[bool, Parameter(help="Also keys and values.", negative=())] = False,
    max_bytes: Annotated[int | None, Parameter(help="Read only so much of each log.", show_default=False)] = None,
    json: Json = False,
) -> int:
    """What is in segment and index files. Exit code 1 when something in them is damaged."""
    if max_bytes is not None and max_bytes < 1:
        raise UsageError(f"--max-bytes {max_bytes}: at least 1")
    damaged: list[str] = []
    for path in paths:
        if not path.exists():
            raise CliError(f"there is no {path}")
        if path.is_dir() and not _logs_in(path):
            _print_directory(path, as_json=json)
            continue
        for file in _logs_in(path) if path.is_dir() else [path]:
            if not json:
                print(f"Dumping {file}")
            faults = 0
            for row in _rows(file, deep=deep, contents=contents, max_bytes=max_bytes):
                faults += _is_fault(row)
                print(_json_line(file, row) if json else _line(row))
            if faults:
                damaged.append(f"{file} ({plural(faults, 'fault')})")
    if damaged:
        raise CliError(f"damaged: {', '.join(damaged)}")
    return OK


def _logs_in(directory: Path) -> list[Path]:
    return sorted(path for path in directory.glob("*.log") if _SEGMENT_NAME.fullmatch(path.stem))


def _is_fault(row: Row) -> bool:
    return row.get("kind") in ("fault", "end")


def _print_directory(path: Path, *, as_json: bool) -> None:
    """A data directory: one line per partition."""
    rows = []
    for partition in sorted(path.iterdir()):
        if partition.is_dir() and _PARTITION_NAME.fullmatch(partition.name):
            logs = _logs_in(partition)
            rows.append(
                {
                    "partition": partition.name,
                    "segments": len(logs),
                    "bytes": sum(log.stat().st_size for log in logs),
                    "first_segment": int(logs[0].stem) if logs else None,
                    "last_segment": int(logs[-1].stem) if logs else None,
                }
            )
    if as_json:
        print_json(rows)
    elif rows:
        columns = {
            "partition": "Partition",
            "segments": "Segments",
            "bytes": "Bytes",
            "first_segment": "First segment",
            "last_segment": "Last segment",
        }
        print_table(rows, columns)
    else:
        note(f"{path} holds no partitions and no segments")


def _rows(file: Path, *, deep: bool, contents: bool, max_bytes: int | None) -> Iterator[Row]:
    """A file's rows. Raises CliError when it cannot be read or is none of Kafka's files."""
    try:
        if file.suffix == ".log":
            with file.open("rb") as stream:
                yield from dumps.dump_log(_reader(stream), deep=deep, contents=contents, max_bytes=max_bytes)
        elif file.name in _TEXT_FILES:
            for line in file.read_text(encoding="utf-8", errors="backslashreplace").splitlines():
                yield {"line": line}
        else:
            yield from _small_rows(file)
    except OSError as error:
        raise CliError(f"cannot read {file}: {error.strerror or error}") from error
    except RecordError as error:
        yield {"kind": "fault", "reason": error.message}


def _reader(stream: IO[bytes]) -> dumps.Read:
    def read(position: int, size: int) -> bytes:
        stream.seek(position)
        return stream.read(size)

    return read


def _small_rows(file: Path) -> Iterator[Row]:
    by_suffix: dict[str, Callable[[bytes, int], Iterator[Row]]] = {
        ".index": dumps.dump_offset_index,
        ".timeindex": dumps.dump_time_index,
        ".txnindex": lambda data, _: dumps.dump_txn_index(data),
        ".snapshot": lambda data, _: dumps.dump_snapshot(data),
    }
    render = by_suffix.get(file.suffix)
    if render is None:
        raise UsageError(f"{file} is no file of a log: expected .log, {', '.join(by_suffix)} or a checkpoint")
    if not _SEGMENT_NAME.fullmatch(file.stem):
        raise UsageError(f"{file}: its name must be the offset it begins at, with 20 digits")
    if file.stat().st_size > _INDEX_BYTES_MAX:
        raise CliError(f"{file} is larger than an index can be")
    yield from render(file.read_bytes(), int(file.stem))


def _json_line(file: Path, row: Row) -> str:
    return jsons.dumps({"file": str(file)} | {name: _plain(value) for name, value in row.items()}, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _line(row: Row) -> str:
    if "line" in row:
        return str(row["line"])
    kind = row.get("kind")
    text = " ".join(f"{name}: {_shown(value)}" for name, value in row.items() if name != "kind" and value is not None)
    if kind == "record":
        return f"| {text}"
    return f"DAMAGED {text}" if _is_fault(row) else text


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, list | tuple):
        return "[" + ",".join(_shown(item) for item in value) + "]"
    return str(value)
