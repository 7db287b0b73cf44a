"""Generates the codec: `table.txt` in, `messages/*.py` and `index.py` out.

    python -m ottla.wire.generator            # rewrites what has changed
    python -m ottla.wire.generator --check    # says what is stale, exit 1

One module per message, so that a process imports only those it meets. A module holds its structs (mutable, see structs.py) and
`decode`, `decode_prefix`, `encode`, `encode_parts`, `encode_into`. See emit.py for the shape of the code.
"""

import argparse
import sys
from pathlib import Path

from ottla.wire.emit import Functions, class_fields, default_value, python_type
from ottla.wire.emit_decode import decoders
from ottla.wire.emit_encode import encoders
from ottla.wire.schema import Message, Struct, load_table

HOME = Path(__file__).parent
_BANNER = "# Generated from table.txt by ottla.wire.generator; do not edit."


def _class(message: Message, struct: Struct) -> str:
    fields = class_fields(message, struct)
    parameters, body = [], []
    for one in fields:
        value, name = default_value(message, one), one.attribute
        fresh = value == "[]" or value.endswith("()")
        parameters.append(f"{name}: {python_type(message, one)} = {'NEW' if fresh else value}")
        body.append(f"self.{name} = {value} if {name} is NEW else {name}" if fresh else f"self.{name} = {name}")
    names = ", ".join(f'"{one.attribute}"' for one in fields)
    lines = [
        f"class {struct.name}(WireStruct):",
        f"    __slots__ = ({names}{',' if len(fields) == 1 else ''})",
        *(f"    {one.attribute}: {python_type(message, one)}" for one in fields),
    ]
    if fields:
        signature = ",\n        ".join(["self", *parameters])
        lines += ["", f"    def __init__(\n        {signature},\n    ) -> None:", *(f"        {line}" for line in body)]
    return "\n".join(lines)


def _versions_text(message: Message) -> str:
    low, high = message.versions.low, message.versions.high
    text = f"version {low}" if low == high else f"versions {low} to {high}"
    if message.flexible_since is not None:
        text += f", flexible from {message.flexible_since}"
    return f"{text}, the last unstable" if message.latest_unstable else text


def module_source(message: Message) -> str:
    """The text of one message's module."""
    views = any(f.type == "records" for struct in message.ordered_structs() for f in struct.fields)
    functions = Functions()
    read = decoders(message, functions, views)
    write = encoders(message, functions)
    structs = message.ordered_structs()
    classes = "\n\n\n".join(_class(message, struct) for struct in structs)
    helpers = functions.helpers | {
        "DECODE_FAULTS",
        "ENCODE_FAULTS",
        "Write",
        "decode_fault",
        "encode_fault",
        "length_fault",
    }
    if "ZERO_UUID" in classes:
        helpers.add("ZERO_UUID")
    name = message.name
    source = "memoryview" if views else "bytes"
    convert = "memoryview(buf)" if views else "buf if type(buf) is bytes else bytes(buf)"
    title = f"{name}, API key {message.key}" if message.key is not None else name
    parts = [
        _BANNER,
        f'"""{title}: {_versions_text(message)}."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Callable",
        *(["from struct import Struct"] if functions.formats else []),
        "from typing import Final",
        "",
        "from ottla.wire.primitives import (",
        *(f"    {helper}," for helper in sorted(helpers, key=lambda h: (not h.isupper(), not h[0].isupper(), h))),
        ")",
        f"from ottla.wire.structs import {'NEW, ' if ' NEW' in classes else ''}WireStruct",
        "",
        f"API_KEY: Final = {message.key}",
        f"MIN_VERSION: Final = {message.versions.low}",
        f"MAX_VERSION: Final = {message.versions.high}",
        f"FLEXIBLE_SINCE: Final[int | None] = {message.flexible_since}",
        "",
        *(f"{key} = {value}" for key, value in sorted(functions.formats.items())),
        "",
        "",
        classes,
        "",
        "",
        "\n\n\n".join(functions.definitions),
        "",
        "",
        f"_READ: Final[dict[int, Callable[[{source}, int], tuple[{name}, int]]]] = {{",
        *(f"    {version}: {function}," for version, function in read.items()),
        "}",
        f"_WRITE: Final[dict[int, Callable[[Write, {name}], None]]] = {{",
        *(f"    {version}: {function}," for version, function in write.items()),
        "}",
        "",
        "",
        f"def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> {name}:",
        '    """The message that fills `buf` from `pos` to its end; raises WireError."""',
        f"    data = {convert}",
        "    try:",
        "        message, end = _READ[version](data, pos)",
        "    except DECODE_FAULTS as exc:",
        f'        raise decode_fault("{name}", version, exc) from exc',
        "    if end != len(data):",
        f'        raise length_fault("{name}", version, len(data), end)',
        "    return message",
        "",
        "",
        f"def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[{name}, int]:",
        '    """The message at `pos` and the position after it; raises WireError."""',
        f"    data = {convert}",
        "    try:",
        "        message, end = _READ[version](data, pos)",
        "    except DECODE_FAULTS as exc:",
        f'        raise decode_fault("{name}", version, exc) from exc',
        "    if end > len(data):",
        f'        raise length_fault("{name}", version, len(data), end)',
        "    return message, end",
        "",
        "",
        f"def encode_parts(message: {name}, version: int) -> list[bytes | bytearray | memoryview]:",
        '    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""',
        "    parts: list[bytes | bytearray | memoryview] = []",
        "    try:",
        "        _WRITE[version](parts.append, message)",
        "    except ENCODE_FAULTS as exc:",
        f'        raise encode_fault("{name}", version, exc) from exc',
        "    return parts",
        "",
        "",
        f"def encode(message: {name}, version: int) -> bytes:",
        '    """The message\'s bytes; raises WireError for what the version cannot carry."""',
        "    parts: list[bytes | bytearray | memoryview] = []",
        "    try:",
        "        _WRITE[version](parts.append, message)",
        "    except ENCODE_FAULTS as exc:",
        f'        raise encode_fault("{name}", version, exc) from exc',
        '    return b"".join(parts)',
        "",
        "",
        f"def encode_into(out: bytearray, message: {name}, version: int) -> None:",
        '    """Appends the message\'s bytes to `out`, or leaves it alone and raises WireError."""',
        "    out += encode(message, version)",
        "",
    ]
    return "\n".join(parts)


def index_source(messages: list[Message]) -> str:
    """The text of index.py: the registry's rows."""
    requests = sorted((m for m in messages if m.kind == "request"), key=lambda m: m.key or 0)
    lines = [
        _BANNER,
        '"""One row per API: key -> (name, lowest version, highest version, highest stable version, first flexible version)."""',
        "",
        "from typing import Final",
        "",
        "APIS: Final[dict[int, tuple[str, int, int, int, int | None]]] = {",
    ]
    for one in requests:
        high = one.versions.high
        stable = high - 1 if one.latest_unstable else high
        name = one.name.removesuffix("Request")
        lines.append(f'    {one.key}: ("{name}", {one.versions.low}, {high}, {stable}, {one.flexible_since}),')
    return "\n".join([*lines, "}", ""])


def generate() -> dict[Path, str]:
    """Every generated file and its text."""
    messages = load_table()
    out = {HOME / "messages" / f"{message.module}.py": module_source(message) for message in messages}
    out[HOME / "messages" / "__init__.py"] = (
        f'{_BANNER}\n"""One module per message; import the one you need (this package imports none)."""\n'
    )
    out[HOME / "index.py"] = index_source(messages)
    return out


def stale() -> list[Path]:
    """Generated files that are missing, differ from what the table says, or have no message any more."""
    wanted = generate()
    wrong = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    return wrong + [path for path in (HOME / "messages").glob("*.py") if path not in wanted]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ottla.wire.generator", description="Generate the message codec.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a generated file is stale")
    wrong = stale()
    if parser.parse_args(arguments).check:
        for path in wrong:
            print(f"stale: {path.relative_to(HOME)}", file=sys.stderr)
        return 1 if wrong else 0
    wanted = generate()
    for path in wrong:
        if path in wanted:
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(wrong)} of {len(wanted)} files rewritten")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
