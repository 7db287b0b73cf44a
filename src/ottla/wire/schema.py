"""Reads `table.txt`: every message of Kafka 4.3 on a broker listener, one field a line.

A message is a header line `message NAME kind=K [key=N] versions=V flexible=V [listeners=L] [latest-unstable]` and indented
field lines `NAME TYPE VERSIONS [null:V] [tagN:V] [default:D] [flex:none] [ignorable] [key] [entity:E]`. `[]T` is an array,
a capitalised T a struct whose fields are the deeper lines, or those of the line `common T` of the same message.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from ottla.wire.schema_names import snake

PRIMITIVES = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint16", "uint32", "float64", "uuid", "string", "bytes", "records"}
)


class TableError(ValueError):
    """A line of the table that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Range:
    """Versions `low..high`, both included; empty when `low > high`."""

    low: int
    high: int

    def __contains__(self, version: int) -> bool:
        return self.low <= version <= self.high

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.low, self.high + 1))


NO_VERSIONS = Range(0, -1)
_OPEN_END = 32767


def parse_range(text: str) -> Range:
    """`3+`, `0-12`, `7` or `none`."""
    if text == "none":
        return NO_VERSIONS
    if text.endswith("+"):
        return Range(int(text[:-1]), _OPEN_END)
    low, _, high = text.partition("-")
    return Range(int(low), int(high or low))


@dataclass(slots=True)
class Field:
    """One field: `type` is a primitive or a struct name; `default` is the table's text or None when it says nothing."""

    name: str
    type: str
    is_array: bool
    versions: Range
    nullable: Range = NO_VERSIONS
    tagged: Range = NO_VERSIONS
    tag: int = -1
    default: str | None = None
    ignorable: bool = False
    never_flexible: bool = False

    @property
    def is_struct(self) -> bool:
        return self.type not in PRIMITIVES

    @property
    def attribute(self) -> str:
        return snake(self.name)


@dataclass(slots=True)
class Struct:
    """A struct's name and fields, in wire order."""

    name: str
    fields: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message: `structs` holds all its structs by name, the body itself last; `key` is None for headers and data."""

    name: str
    kind: str
    key: int | None
    versions: Range
    flexible: Range
    latest_unstable: bool
    structs: dict[str, Struct] = field(default_factory=dict)

    @property
    def module(self) -> str:
        return snake(self.name)

    @property
    def flexible_since(self) -> int | None:
        return None if self.flexible == NO_VERSIONS else self.flexible.low

    def ordered_structs(self) -> list[Struct]:
        """Every struct after those it contains; the body comes last."""
        seen: dict[str, Struct] = {}

        def visit(struct: Struct) -> None:
            for one in struct.fields:
                if one.is_struct and one.type not in seen:
                    visit(self.structs[one.type])
            seen[struct.name] = struct

        visit(self.structs[self.name])
        return list(seen.values())


def _parse_field(words: list[str]) -> Field:
    name, kind, versions, *rest = words
    out = Field(name, kind.removeprefix("[]"), kind.startswith("[]"), parse_range(versions))
    for word in rest:
        option, _, value = word.partition(":")
        if option == "null":
            out.nullable = parse_range(value)
        elif option.startswith("tag"):
            out.tag, out.tagged = int(option[3:]), parse_range(value)
        elif option == "default":
            out.default = value
        elif option == "ignorable":
            out.ignorable = True
        elif word == "flex:none":
            out.never_flexible = True
        elif option not in {"key", "entity", "zerocopy"}:
            raise TableError(f"unknown option {word!r} of field {name}")
    return out


def _parse_header(words: list[str]) -> Message:
    options = dict(word.partition("=")[::2] for word in words[1:])
    return Message(
        name=words[0],
        kind=options["kind"],
        key=int(options["key"]) if "key" in options else None,
        versions=parse_range(options["versions"]),
        flexible=parse_range(options["flexible"]),
        latest_unstable="latest-unstable" in options,
    )


def parse_table(text: str) -> list[Message]:
    """All messages of the table, in its order; raises TableError for what it cannot read."""
    messages: list[Message] = []
    open_structs: list[tuple[int, Struct]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            indent = len(line) - len(line.lstrip())
            if words[0] == "message":
                message = _parse_header(words[1:])
                body = message.structs.setdefault(message.name, Struct(message.name))
                messages.append(message)
                open_structs = [(0, body)]
                continue
            while open_structs[-1][0] >= indent:
                open_structs.pop()
            if words[0] == "common":
                struct = message.structs.setdefault(words[1], Struct(words[1]))
            else:
                one = _parse_field(words)
                open_structs[-1][1].fields.append(one)
                if not one.is_struct:
                    continue
                struct = message.structs.setdefault(one.type, Struct(one.type))
            open_structs.append((indent, struct))
        except (ValueError, KeyError, IndexError) as exc:
            raise TableError(f"table line {number}: {exc}: {line.strip()}") from exc
    return messages


def load_table() -> list[Message]:
    """The messages of the packaged table."""
    return parse_table(files("ottla.wire").joinpath("table.txt").read_text(encoding="utf-8"))
