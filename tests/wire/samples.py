"""Random messages, made from the table alone: what a field may hold at a version, and nothing a version lacks."""

from __future__ import annotations

import random
from typing import Any, Final

from hypothesis import strategies as st

from ottla.wire.registry import MessageModule, message_module
from ottla.wire.schema import Field, Message, Struct, load_table

MESSAGES: Final[dict[str, Message]] = {message.name: message for message in load_table()}
PAIRS: Final[list[tuple[str, int]]] = [(name, version) for name, m in MESSAGES.items() for version in m.versions]

_BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
_TEXTS = ["", "a", "flights", "märz-東京", "x" * 126, "y" * 127, "z" * 300]


class Values:
    """Draws field values; `error_codes` keeps int16 error codes to those an oracle knows."""

    def __init__(self, rng: random.Random, *, oracle: bool = False) -> None:
        self.rng = rng
        self.oracle = oracle

    def integer(self, bits: int) -> int:
        edge = 1 << (bits - 1)
        return self.rng.choice([0, 1, -1, edge - 1, -edge, self.rng.randrange(-edge, edge), self.rng.randrange(100)])

    def primitive(self, one: Field) -> Any:
        rng = self.rng
        match one.type:
            case "bool":
                return rng.random() < 0.5
            case "int16" if self.oracle and one.name.endswith("ErrorCode"):
                return rng.randrange(-1, 120)
            case "int64" if self.oracle and "Time" in one.name:
                return rng.choice([0, 1, rng.randrange(1 << 40)])
            case "int32" | "int64" if self.oracle and one.name.endswith("Ms"):
                return rng.choice([-1, 0, 1, 30_000, rng.randrange(1 << 31)])
            case "int8" | "int16" | "int32" | "int64":
                return self.integer(_BITS[one.type])
            case "uint16":
                return rng.choice([0, 1, 65535, 9092])
            case "uint32":
                return rng.choice([0, 1, 2**32 - 1])
            case "float64":
                return rng.choice([0.0, -1.5, 1e300, 1024.0])
            case "uuid":
                return rng.choice([bytes(16), rng.randbytes(16)])
            case "string":
                return rng.choice(_TEXTS)
            case "bytes":
                return rng.randbytes(rng.choice([0, 1, 5, 126, 127, 128, 500]))
            case "records":
                return memoryview(rng.randbytes(rng.choice([0, 1, 61, 127, 20_000])))
        raise AssertionError(one.type)

    def field(self, message: Message, module: MessageModule, version: int, one: Field) -> Any:
        if version in one.nullable and self.rng.random() < 0.25:
            return None
        if one.is_array:
            size = self.rng.choice([0, 1, 1, 2, 3, 130 if not one.is_struct else 2])
            return [self.one(message, module, version, one) for _ in range(size)]
        return self.one(message, module, version, one)

    def one(self, message: Message, module: MessageModule, version: int, one: Field) -> Any:
        if one.is_struct:
            return self.struct(message, module, version, message.structs[one.type])
        return self.primitive(one)

    def struct(self, message: Message, module: MessageModule, version: int, struct: Struct) -> Any:
        values = {
            one.attribute: self.field(message, module, version, one)
            for one in struct.fields
            if version in one.versions and not (version in one.tagged and self.rng.random() < 0.3)
        }
        return getattr(module, struct.name)(**values)


def sample(name: str, version: int, rng: random.Random, *, oracle: bool = False) -> Any:
    """A random message of that version."""
    message = MESSAGES[name]
    return Values(rng, oracle=oracle).struct(message, message_module(name), version, message.structs[name])


def strategy(name: str, version: int) -> st.SearchStrategy[Any]:
    """The same space as `sample`, for hypothesis to search and shrink in."""
    message, module = MESSAGES[name], message_module(name)

    def primitive(one: Field) -> st.SearchStrategy[Any]:
        match one.type:
            case "bool":
                return st.booleans()
            case "int8" | "int16" | "int32" | "int64":
                edge = 1 << (_BITS[one.type] - 1)
                return st.integers(-edge, edge - 1)
            case "uint16":
                return st.integers(0, 65535)
            case "uint32":
                return st.integers(0, 2**32 - 1)
            case "float64":
                return st.floats(allow_nan=False)
            case "uuid":
                return st.binary(min_size=16, max_size=16)
            case "string":
                return st.text(max_size=200)
            case "records":
                return st.binary(max_size=300).map(memoryview)
        return st.binary(max_size=300)

    def field(one: Field) -> st.SearchStrategy[Any]:
        out = struct(message.structs[one.type]) if one.is_struct else primitive(one)
        if one.is_array:
            out = st.lists(out, max_size=4)
        return st.none() | out if version in one.nullable else out

    def struct(one: Struct) -> st.SearchStrategy[Any]:
        fields = {f.attribute: field(f) for f in one.fields if version in f.versions}
        return st.builds(getattr(module, one.name), **fields)

    return struct(message.structs[name])
