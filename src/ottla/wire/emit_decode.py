"""Writes the decoding half of a message's module (see emit.py)."""

from dataclasses import dataclass, field

from ottla.wire.emit import CODES, SIZES, Functions, Layout, class_fields, default_value, python_type
from ottla.wire.schema import Field, Message, Struct

# Names the functions use themselves; a field of that name gets a trailing underscore as a local variable.
_OWN_NAMES = frozenset(
    {"buf", "pos", "n", "end", "tags", "tag", "tag_end", "seen", "count", "out"}
    | {"len", "list", "range", "str", "bytes", "set", "tuple", "int"}
)


def local_name(one: Field) -> str:
    name = one.attribute
    return f"{name}_" if name in _OWN_NAMES else name


@dataclass(slots=True)
class _Reader:
    """Lines that read one struct; `run` holds fixed-size items not yet read."""

    layout: Layout
    functions: Functions
    views: bool
    lines: list[str] = field(default_factory=list)
    indent: str = ""
    run: list[tuple[str, str]] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.lines.append(self.indent + text)

    def flush(self) -> None:
        if not self.run:
            return
        codes = [code for code, _ in self.run]
        names = ", ".join(name for _, name in self.run)
        if codes == ["B"]:
            self.line(f"{names} = buf[pos]")
            self.line("pos += 1")
        else:
            size = sum(_code_size(code) for code in codes)
            left = names if len(codes) > 1 else f"({names},)"
            self.line(f"{left} = {self.functions.format('u', codes)}(buf, pos)")
            self.line(f"pos += {size}")
        self.run = []

    def length(self, one: Field, code: str) -> None:
        self.run.append((code, "n"))
        self.flush()

    def struct(self, struct: Struct) -> str:
        """Reads every field into locals; returns the expression that builds the object."""
        layout = self.layout
        for one in layout.plain_fields(struct):
            self.plain(one)
        if layout.flexible:
            known = layout.tagged_fields(struct)
            self.run.append(("B", "tags"))
            self.flush()
            if known:
                self.known_tags(known)
            else:
                self.line("if tags:")
                self.line(f"    pos = {self.functions.use('skip_tags')}(buf, pos, tags)")
        self.flush()
        present = {f.name for f in struct.fields if layout.version in f.versions}
        values = [
            local_name(one) if one.name in present else self.default(one)
            for one in class_fields(layout.message, struct)
        ]
        return f"{struct.name}({', '.join(values)})"

    def default(self, one: Field) -> str:
        text = default_value(self.layout.message, one)
        return self.functions.use(text) if text == "ZERO_UUID" else text

    def known_tags(self, known: list[Field]) -> None:
        use = self.functions.use
        for one in known:
            self.line(f"{local_name(one)}: {python_type(self.layout.message, one)} = {self.default(one)}")
        self.line("if tags:")
        self.line(f"    tags, pos = {use('long_uvarint')}(buf, pos, tags)")
        self.line("    seen: set[int] = set()")
        self.line("    for _ in range(tags):")
        self.line(f"        tag, pos, tag_end = {use('next_tag')}(buf, pos, seen)")
        outer = self.indent
        for index, one in enumerate(known):
            self.indent = outer + "        "
            self.line(f"{'if' if index == 0 else 'elif'} tag == {one.tag}:")
            self.indent = outer + "            "
            self.plain(one)
            self.flush()
        self.indent = outer
        self.line("        else:")
        self.line("            pos = tag_end")
        self.line("        if pos != tag_end:")
        self.line(f"            raise {use('tag_fault')}(tag)")

    def plain(self, one: Field) -> None:
        if one.is_array:
            self.array(one)
        elif one.is_struct:
            self.nested(one)
        elif one.type in CODES:
            self.run.append((CODES[one.type], local_name(one)))
        elif one.type == "string":
            self.text(one)
        else:
            self.data(one)

    def text(self, one: Field) -> None:
        piece = 'str(buf[pos:end], "utf-8")' if self.views else "buf[pos:end].decode()"
        self.sized(one, "h", "long_string", piece)

    def data(self, one: Field) -> None:
        piece = "buf[pos:end]"
        if self.views and one.type == "bytes":
            piece = "bytes(buf[pos:end])"
        self.sized(one, "i", "long_bytes", piece)

    def sized(self, one: Field, code: str, slow: str, piece: str) -> None:
        """A string or byte string: its length, then its bytes."""
        use, name = self.functions.use, local_name(one)
        outer = self.indent
        if self.layout.is_flexible(one):
            self.length(one, "B")
            if self.layout.nullable(one):
                self.line("if n == 0:")
                self.line(f"    {name} = None")
                self.line("else:")
                self.indent += "    "
                self.line("if n > 127:")
            else:
                self.line("if not 0 < n < 128:")
            self.line(f'    n, pos = {use(slow)}(buf, pos, n, "{one.name}")')
            self.line("end = pos + n - 1")
        else:
            self.length(one, code)
            self.line("if n < 0:")
            if self.layout.nullable(one):
                self.line(f"    {name} = None")
                self.line("else:")
                self.indent += "    "
            else:
                self.line(f'    raise {use("null_fault")}("{one.name}")')
            self.line("end = pos + n")
        self.line(f"{name} = {piece}")
        self.line("pos = end")
        self.indent = outer

    def array(self, one: Field) -> None:
        use, name, layout = self.functions.use, local_name(one), self.layout
        outer = self.indent
        size = layout.minimum_size(one)
        if layout.is_flexible(one):
            count = "n - 1"
            self.length(one, "B")
            if layout.nullable(one):
                self.line("if n == 0:")
                self.line(f"    {name} = None")
                self.line("else:")
                self.indent += "    "
                self.line("if n > 127:")
            else:
                self.line("if not 0 < n < 128:")
            self.line(f'    n, pos = {use("long_count")}(buf, pos, n, {size}, "{one.name}")')
        else:
            count = "n"
            self.length(one, "i")
            if layout.nullable(one):
                self.line("if n < 0:")
                self.line(f"    {name} = None")
                self.line("else:")
                self.indent += "    "
                self.line("if n > 127:")
            else:
                self.line("if not -1 < n < 128:")
            self.line(f'    {use("check_count")}(buf, pos, n, {size}, "{one.name}")')
        self.elements(one, count)
        self.indent = outer

    def elements(self, one: Field, count: str) -> None:
        use, name = self.functions.use, local_name(one)
        if one.is_struct:
            function = read_function(self.layout, self.functions, self.views, one.type, many=True)
            some = "n > 1" if count == "n - 1" else "n"
            self.line(f"{name}, pos = {function}(buf, pos, {count}) if {some} else ([], pos)")
        elif one.type == "string":
            reader = use("read_compact_strings" if self.layout.is_flexible(one) else "read_strings")
            self.line(f'{name}, pos = {reader}(buf, pos, {count}, "{one.name}")')
        else:
            if one.type == "int32":
                call = f"{use('read_int32s')}(buf, pos, {count})"
            elif one.type == "uuid":
                call = f"{use('read_uuids')}(buf, pos, {count})"
            else:
                call = f'{use("read_numbers")}(buf, pos, {count}, "{CODES[one.type]}")'
            times = SIZES[one.type]
            moved = f"({count})" if count != "n" else count
            self.line(f"{name} = {call}")
            self.line(f"pos += {moved}" if times == 1 else f"pos += {times} * {moved}")

    def nested(self, one: Field) -> None:
        name = local_name(one)
        function = read_function(self.layout, self.functions, self.views, one.type, many=False)
        if self.layout.nullable(one):
            self.length(one, "b")
            self.line("if n < 0:")
            self.line(f"    {name} = None")
            self.line("else:")
            self.line(f"    {name}, pos = {function}(buf, pos)")
        else:
            self.flush()
            self.line(f"{name}, pos = {function}(buf, pos)")


def _code_size(code: str) -> int:
    return {"B": 1, **{CODES[kind]: size for kind, size in SIZES.items()}}[code]


def read_function(layout: Layout, functions: Functions, views: bool, name: str, *, many: bool) -> str:
    """The function that reads one struct, or an array of it, at the layout's version; defines it if need be."""
    struct = layout.message.structs[name]
    reader = _Reader(layout, functions, views, indent="    " if many else "")
    build = reader.struct(struct)
    source = "memoryview" if views else "bytes"
    stem = f"read_{Field(name, name, False, layout.message.versions).attribute}"
    if many:
        head = f"(buf: {source}, pos: int, count: int) -> tuple[list[{name}], int]"
        body = [f"out: list[{name}] = []", "for _ in range(count):", *reader.lines]
        return functions.add(
            f"{stem}_list", layout.version, head, [*body, f"    out.append({build})", "return out, pos"]
        )
    head = f"(buf: {source}, pos: int) -> tuple[{name}, int]"
    return functions.add(stem, layout.version, head, [*reader.lines, f"return {build}, pos"])


def decoders(message: Message, functions: Functions, views: bool) -> dict[int, str]:
    """The body's reading function per version."""
    return {
        version: read_function(Layout(message, version), functions, views, message.name, many=False)
        for version in message.versions
    }
