"""Writes the encoding half of a message's module (see emit.py)."""

from dataclasses import dataclass, field

from ottla.wire.emit import CODES, Functions, Layout, default_value, differs_from_default, ever_null
from ottla.wire.schema import Field, Message, Struct


@dataclass(slots=True)
class _Writer:
    """Lines that write struct `x` through `w`; `run` holds fixed-size items not yet written.

    An item is (struct code, expression, expression of its bytes should `n` need more than one varint byte).
    """

    layout: Layout
    functions: Functions
    lines: list[str] = field(default_factory=list)
    indent: str = ""
    write: str = "w"
    known_value: bool = False  # inside `if x.field is not None:`
    run: list[tuple[str, str, str]] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.lines.append(self.indent + text)

    def flush(self) -> None:
        if not self.run:
            return
        *fixed, (code, value, long_form) = self.run
        if long_form:
            short = self.packed(self.run) if fixed else f"{self.functions.use('ONE_BYTE')}[{value}]"
            long = f"{self.packed(fixed)} + {long_form}" if fixed else long_form
            self.line(f"{self.write}({short} if {value} < 128 else {long})")
        elif not fixed and code == "x":
            self.line(f'{self.write}(b"\\0")')
        else:
            self.line(f"{self.write}({self.packed(self.run)})")
        self.run = []

    def packed(self, items: list[tuple[str, str, str]]) -> str:
        name = self.functions.format("p", [code for code, _, _ in items])
        return f"{name}({', '.join(value for code, value, _ in items if code != 'x')})"

    def length(self, code: str, long_form: str = "") -> None:
        self.run.append((code, "n", long_form))
        self.flush()

    def struct(self, struct: Struct) -> None:
        layout, use = self.layout, self.functions.use
        for one in layout.absent_fields(struct):
            if not one.ignorable:
                self.line(f"if {self.differs(one)}:")
                self.line(f'    raise {use("absent_fault")}("{one.name}")')
        for one in layout.plain_fields(struct):
            self.plain(one)
        if layout.flexible:
            known = layout.tagged_fields(struct)
            if known:
                self.known_tags(known)
            else:
                self.run.append(("x", "", ""))
        self.flush()

    def differs(self, one: Field) -> str:
        text = differs_from_default(self.layout.message, one, f"x.{one.attribute}")
        if "ZERO_UUID" in text:
            self.functions.use("ZERO_UUID")
        return text

    def known_tags(self, known: list[Field]) -> None:
        use = self.functions.use
        self.flush()
        self.line("tags = 0")
        self.line('section = b""')
        outer, outer_write = self.indent, self.write
        for one in known:
            self.line(f"if {self.differs(one)}:")
            self.indent = outer + "    "
            self.line(f"parts_{one.tag}: list[bytes | bytearray | memoryview] = []")
            self.write = f"parts_{one.tag}.append"
            self.known_value = default_value(self.layout.message, one) == "None"
            self.plain(one)
            self.flush()
            self.known_value = False
            self.line("tags += 1")
            self.line(f"section += {use('tagged')}({one.tag}, parts_{one.tag})")
            self.indent, self.write = outer, outer_write
        self.line(f"{self.write}({use('ONE_BYTE')}[tags])")
        self.line("if tags:")
        self.line(f"    {self.write}(section)")

    def may_be_null(self, one: Field) -> bool:
        return self.layout.nullable(one) and not self.known_value

    def plain(self, one: Field) -> None:
        value, use = f"x.{one.attribute}", self.functions.use
        flexible, nullable = self.layout.is_flexible(one), self.may_be_null(one)
        if not nullable and not self.known_value and ever_null(self.layout.message, one):
            self.line(f"if {value} is None:")
            self.line(f'    raise {use("null_fault")}("{one.name}")')
        if one.is_array:
            self.array(one)
        elif one.is_struct:
            self.nested(one)
        elif one.type in CODES:
            if one.type == "uuid":
                self.line(f"if len({value}) != 16:")
                self.line(f'    raise {use("uuid_fault")}("{one.name}")')
            self.run.append((CODES[one.type], value, ""))
        elif one.type == "string":
            self.sized(
                "s",
                f"{value}.encode()",
                f"{value} is None" if nullable else "",
                "h",
                f'{use("string_length")}(n, "{one.name}")' if flexible else "",
            )
        else:
            self.sized(
                "d", value, f"{value} is None" if nullable else "", "i", f"{use('uvarint')}(n)" if flexible else ""
            )

    def sized(self, name: str, value: str, is_null: str, code: str, long_form: str) -> None:
        """A string or byte string held in the local `name`: its length, then its bytes."""
        n = f"len({name}) + 1" if long_form else f"len({name})"
        if is_null:
            self.line(f"if {is_null}:")
            self.line(f'    {name} = b""')
            self.line(f"    n = {0 if long_form else -1}")
            self.line("else:")
            self.line(f"    {name} = {value}")
            self.line(f"    n = {n}")
        else:
            self.line(f"{name} = {value}")
            self.line(f"n = {n}")
        self.length("B" if long_form else code, long_form)
        self.line(f"{self.write}({name})")

    def array(self, one: Field) -> None:
        value, use = f"x.{one.attribute}", self.functions.use
        flexible = self.layout.is_flexible(one)
        n = f"len({value}) + 1" if flexible else f"len({value})"
        if self.may_be_null(one):
            n = f"{0 if flexible else -1} if {value} is None else {n}"
        self.line(f"n = {n}")
        self.length("B" if flexible else "i", f"{use('uvarint')}(n)" if flexible else "")
        self.line(f"if {value}:")
        if one.is_struct:
            function = write_function(self.layout, self.functions, one.type, many=True)
            self.line(f"    {function}({self.write}, {value})")
        elif one.type == "string":
            writer = use("write_compact_strings" if flexible else "write_strings")
            self.line(f'    {writer}({self.write}, {value}, "{one.name}")')
        elif one.type == "int32":
            self.line(f"    {self.write}({use('pack_int32s')}({value}))")
        elif one.type == "uuid":
            self.line(f"    {self.write}({use('pack_uuids')}({value}))")
        else:
            self.line(f'    {self.write}({use("pack_numbers")}({value}, "{CODES[one.type]}"))')

    def nested(self, one: Field) -> None:
        value = f"x.{one.attribute}"
        function = write_function(self.layout, self.functions, one.type, many=False)
        if self.layout.nullable(one):
            self.line(f"n = -1 if {value} is None else 1")
            self.length("b")
            self.line(f"if {value} is not None:")
            self.line(f"    {function}({self.write}, {value})")
        else:
            self.flush()
            self.line(f"{function}({self.write}, {value})")


def write_function(layout: Layout, functions: Functions, name: str, *, many: bool) -> str:
    """The function that writes one struct, or an array of it, at the layout's version; defines it if need be."""
    writer = _Writer(layout, functions, indent="    " if many else "")
    writer.struct(layout.message.structs[name])
    lines = writer.lines or [f"{writer.indent}pass"]
    if any(line.strip().startswith("d = ") for line in lines):
        lines.insert(0, f"{writer.indent}d: bytes | bytearray | memoryview")
    stem = f"write_{Field(name, name, False, layout.message.versions).attribute}"
    if many:
        return functions.add(
            f"{stem}_list",
            layout.version,
            f"(w: Write, items: list[{name}]) -> None",
            ["for x in items:", *lines],
        )
    return functions.add(stem, layout.version, f"(w: Write, x: {name}) -> None", lines)


def encoders(message: Message, functions: Functions) -> dict[int, str]:
    """The body's writing function per version."""
    return {
        version: write_function(Layout(message, version), functions, message.name, many=False)
        for version in message.versions
    }
