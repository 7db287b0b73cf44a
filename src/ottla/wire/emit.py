"""Turns one message of the table into straight-line Python: what decoding and encoding have in common.

Used by generator.py only; nothing at run time imports this.

Every (struct, version) becomes the text of a function; versions whose text is equal share one (`Functions`). Fixed-size fields
that stand next to each other are read and written by one `Struct`, together with the length byte that follows them.
"""

from dataclasses import dataclass, field

from ottla.wire.schema import NO_VERSIONS, Field, Message, Range, Struct

CODES = {
    "bool": "?",
    "int8": "b",
    "int16": "h",
    "int32": "i",
    "int64": "q",
    "uint16": "H",
    "uint32": "I",
    "float64": "d",
    "uuid": "16s",
}
SIZES = {"bool": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint16": 2, "uint32": 4, "float64": 8, "uuid": 16}
PYTHON_TYPES = {"bool": "bool", "float64": "float", "uuid": "bytes", "string": "str", "bytes": "bytes"}
_NAMES_OF_CODES = {"?": "Z", "16s": "U"}


@dataclass(slots=True)
class Functions:
    """The functions of one module by text, and the `Struct`s and helpers they use."""

    by_text: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    definitions: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    helpers: set[str] = field(default_factory=set)

    def add(self, stem: str, version: int, head: str, body: list[str]) -> str:
        """The name of the function with this body; it is defined on first sight, named after its lowest version."""
        text = "\n".join([stem, head, *body])
        if text not in self.by_text:
            name = f"_{stem}_v{version}"
            if name in self.taken:
                raise AssertionError(f"two layouts of {name}")
            self.taken.add(name)
            self.by_text[text] = name
            self.definitions.append("\n".join([f"def {name}{head}:", *(f"    {line}" for line in body)]))
        return self.by_text[text]

    def format(self, kind: str, codes: list[str]) -> str:
        """The name of a bound `unpack_from` (kind "u") or `pack` (kind "p") for these struct codes."""
        name = f"_{kind}_{''.join(_NAMES_OF_CODES.get(code, code) for code in codes)}"
        method = "unpack_from" if kind == "u" else "pack"
        self.formats[name] = f'Struct(">{"".join(codes)}").{method}'
        return name

    def use(self, helper: str) -> str:
        self.helpers.add(helper)
        return helper


@dataclass(slots=True)
class Layout:
    """What a message looks like at one version."""

    message: Message
    version: int

    @property
    def flexible(self) -> bool:
        return self.version in self.message.flexible

    def is_flexible(self, one: Field) -> bool:
        return self.flexible and not one.never_flexible

    def plain_fields(self, struct: Struct) -> list[Field]:
        return [f for f in struct.fields if self.version in f.versions and self.version not in f.tagged]

    def tagged_fields(self, struct: Struct) -> list[Field]:
        found = [f for f in struct.fields if self.version in f.versions and self.version in f.tagged]
        return sorted(found, key=lambda f: f.tag)

    def absent_fields(self, struct: Struct) -> list[Field]:
        return [f for f in class_fields(self.message, struct) if self.version not in f.versions]

    def nullable(self, one: Field) -> bool:
        return self.version in one.nullable

    def minimum_size(self, one: Field) -> int:
        """Fewest bytes one element of the array `one` can have."""
        if one.is_struct:
            return self.minimum_struct_size(self.message.structs[one.type])
        if one.type in SIZES:
            return SIZES[one.type]
        return 1 if self.is_flexible(one) else (2 if one.type == "string" else 4)

    def minimum_struct_size(self, struct: Struct) -> int:
        total = 1 if self.flexible else 0
        for one in self.plain_fields(struct):
            if one.is_array:
                total += 1 if self.is_flexible(one) else 4
            elif one.is_struct:
                nested = self.minimum_struct_size(self.message.structs[one.type])
                total += 1 if self.nullable(one) else nested
            else:
                total += self.minimum_size(one)
        return total


def overlap(one: Range, other: Range) -> Range:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Range(low, high) if low <= high else NO_VERSIONS


def class_fields(message: Message, struct: Struct) -> list[Field]:
    """The fields of the Python class: those that some served version carries."""
    return [f for f in struct.fields if overlap(f.versions, message.versions) != NO_VERSIONS]


def ever_null(message: Message, one: Field) -> bool:
    return one.default == "null" or overlap(overlap(one.nullable, one.versions), message.versions) != NO_VERSIONS


def python_type(message: Message, one: Field) -> str:
    if one.type == "records":
        base = "bytes | bytearray | memoryview"
    else:
        base = one.type if one.is_struct else PYTHON_TYPES.get(one.type, "int")
    if one.is_array:
        base = f"list[{base}]"
    return f"{base} | None" if ever_null(message, one) else base


def default_value(message: Message, one: Field) -> str:
    """The Python expression of a field's default; a new object each time for lists and structs."""
    text = one.default
    if text == "null" or (one.type == "records" and ever_null(message, one)):
        return "None"
    if one.is_array:
        return "[]"
    if one.is_struct:
        return f"{one.type}()"
    if one.type == "bool":
        return "True" if (text or "").lower() == "true" else "False"
    if one.type == "string":
        return '""' if text in {None, '""'} else repr(text)
    if one.type in {"bytes", "records"}:
        return 'b""'
    if one.type == "uuid":
        return "ZERO_UUID"
    if one.type == "float64":
        return repr(float(text or 0))
    return str(int(text or "0", 0))


def differs_from_default(message: Message, one: Field, value: str) -> str:
    """A Python condition: `value` (an expression) is not the field's default."""
    default = default_value(message, one)
    if default == "None":
        return f"{value} is not None"
    if one.is_struct and not one.is_array:
        nested = message.structs[one.type]
        tests = [differs_from_default(message, f, f"{value}.{f.attribute}") for f in class_fields(message, nested)]
        if ever_null(message, one):
            tests.insert(0, f"{value} is None")
        return " or ".join(tests)
    if default in {"0", "0.0", "False", "[]", '""', 'b""'} and not ever_null(message, one):
        return value
    if default == "True":
        return f"not {value}"
    return f"{value} != {default}"
