r"""Regular expressions in RE2's language, matched in time linear in the text: clients send them, and `re` can be made to hang.

Whole text or nothing (Kafka's `matches`), so greedy and lazy are the same and groups only group. Compiled to a nondeterministic
automaton (Thompson); the sets of its states that occur are remembered, so that a character usually costs one look-up.

Read: literals, `.`, `[a-z]`, `[^…]`, `[[:alpha:]]`, `\d \D \w \W \s \S`, `\pL \p{Lu} \PN` (general categories), `\Q…\E`, escapes
`\n \t \r \f \v \a \0 \12 \x41 \x{1F600}`, `( )`, `(?: )`, `(?P<name> )`, `(?<name> )`, flags `(?i)`, `(?s)`, `(?m)`, `(?U)`, also
`(?i: )`, `|`, `* + ? {n} {n,} {n,m}`, lazy forms, `^ $ \A \z \b \B`.

Not done: scripts (`\p{Greek}`), `\C`. Refused, as by RE2: look-around, back references, repetition above 1000.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

LENGTH_MAX: Final = 4096
PROGRAM_MAX: Final = 20_000
"""Instructions; nested repetitions multiply."""
REPEAT_MAX: Final = 1000
DEPTH_MAX: Final = 200
MEMORY_MAX: Final = 10_000
"""Remembered steps; more make it forget all and begin anew."""

Test = Callable[[str], bool]


class PatternError(ValueError):
    """No valid pattern; the message says why."""


# --- the tree -----------------------------------------------------------------------------------------------------------------


class _One(NamedTuple):
    test: Test


class _At(NamedTuple):
    kind: int  # an assertion of _START .. _NOT_WORD


class _All(NamedTuple):
    parts: tuple[_Node, ...]


class _Any(NamedTuple):
    parts: tuple[_Node, ...]


class _Repeat(NamedTuple):
    part: _Node
    least: int
    most: int | None


_Node = _One | _At | _All | _Any | _Repeat
_START, _END, _LINE_START, _LINE_END, _WORD, _NOT_WORD = range(6)


class _Flags(NamedTuple):
    ignore_case: bool = False
    dot_all: bool = False
    many_lines: bool = False


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())


_CLASSES: Final[dict[str, Test]] = {
    "d": lambda c: "0" <= c <= "9",
    "w": _is_word,
    "s": lambda c: c in "\t\n\f\r ",
}
_POSIX: Final[dict[str, Test]] = {
    "alnum": lambda c: c.isascii() and c.isalnum(),
    "alpha": lambda c: c.isascii() and c.isalpha(),
    "ascii": lambda c: c.isascii(),
    "blank": lambda c: c in "\t ",
    "cntrl": lambda c: c < " " or c == "\x7f",
    "digit": lambda c: "0" <= c <= "9",
    "graph": lambda c: "!" <= c <= "~",
    "lower": lambda c: "a" <= c <= "z",
    "print": lambda c: " " <= c <= "~",
    "punct": lambda c: "!" <= c <= "~" and not c.isalnum(),
    "space": lambda c: c in "\t\n\v\f\r ",
    "upper": lambda c: "A" <= c <= "Z",
    "word": _is_word,
    "xdigit": lambda c: c in "0123456789abcdefABCDEF",
}
_CATEGORIES: Final = frozenset(
    (
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "L",
        "Ll",
        "Lm",
        "Lo",
        "Lt",
        "Lu",
        "M",
        "Mc",
        "Me",
        "Mn",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Pe",
        "Pf",
        "Pi",
        "Po",
        "Ps",
        "S",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Z",
        "Zl",
        "Zp",
        "Zs",
    )
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_ASSERTIONS: Final = {"A": _START, "z": _END, "b": _WORD, "B": _NOT_WORD}


def _not(test: Test) -> Test:
    return lambda char: not test(char)


def _either(tests: list[Test]) -> Test:
    return lambda char: any(test(char) for test in tests)


def _between(low: str, high: str) -> Test:
    return lambda char: low <= char <= high


def _folded(test: Test) -> Test:
    def folded(char: str) -> bool:
        return test(char) or any(
            len(other) == 1 and test(other) for other in (char.lower(), char.upper(), char.casefold())
        )

    return folded


def _category(name: str) -> Test:
    if name == "Any":
        return lambda char: True
    if name not in _CATEGORIES:
        raise PatternError(f"invalid character class range: `\\p{{{name}}}`")
    return lambda char: unicodedata.category(char).startswith(name)


class _Reader:
    """Reads a pattern into a tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def read(self) -> _Node:
        node, _ = self.either(_Flags())
        if self.at < len(self.text):
            raise PatternError("unexpected `)`")
        return node

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, what: str) -> bool:
        if self.text.startswith(what, self.at):
            self.at += len(what)
            return True
        return False

    def either(self, flags: _Flags) -> tuple[_Node, _Flags]:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise PatternError("expression nests too deeply")
        branches: list[_Node] = []
        while True:
            parts: list[_Node] = []
            while self.peek() not in ("", "|", ")"):
                flags = self.item(parts, flags)
            branches.append(_All(tuple(parts)))
            if not self.take("|"):
                break
        self.depth -= 1
        return (branches[0] if len(branches) == 1 else _Any(tuple(branches))), flags

    def item(self, parts: list[_Node], flags: _Flags) -> _Flags:
        if self.take("\\Q"):
            end = self.text.find("\\E", self.at)
            quoted = self.text[self.at :] if end < 0 else self.text[self.at : end]
            self.at = len(self.text) if end < 0 else end + 2
            parts.extend(self.literal(char, flags) for char in quoted)
            if not quoted or self.peek() not in ("*", "+", "?", "{"):
                return flags
            node = parts.pop()
        elif self.take("("):
            inner = flags
            if self.take("?"):
                if self.take("P<") or self.take("<"):
                    if self.peek() in ("=", "!"):
                        raise PatternError("invalid or unsupported Perl syntax: `(?<`")
                    self.name()
                else:
                    changed, is_group = self.flags(flags)
                    if not is_group:
                        return changed
                    inner = changed
            node, _ = self.either(inner)
            if not self.take(")"):
                raise PatternError("missing closing )")
        else:
            node = self.atom(flags)
        parts.append(self.repeated(node))
        return flags

    def name(self) -> None:
        end = self.text.find(">", self.at)
        name = self.text[self.at : end] if end >= 0 else ""
        if not name or not all(_is_word(char) for char in name):
            raise PatternError("invalid named capture")
        self.at = end + 1

    def flags(self, flags: _Flags) -> tuple[_Flags, bool]:
        """After `(?`: the new flags, and whether a group follows (`:`) or not (`)`)."""
        names = {"i": "ignore_case", "s": "dot_all", "m": "many_lines"}
        value = True
        seen = False
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char in ":)":
                if not seen and (char == ")" or not value):
                    break
                return flags, char == ":"
            if char == "-" and value:
                value = False
                seen = False
                continue
            if char in names:
                flags = flags._replace(**{names[char]: value})
            elif char != "U":  # which of greedy and lazy is which makes no difference here
                break
            seen = True
        raise PatternError("invalid or unsupported Perl syntax: `(?`")

    def repeated(self, node: _Node) -> _Node:
        times = 0
        while True:
            if self.take("*"):
                least, most = 0, None
            elif self.take("+"):
                least, most = 1, None
            elif self.take("?"):
                least, most = 0, 1
            else:
                found = self.counts()
                if found is None:
                    return node
                least, most = found
            times += 1
            if times > 1:
                raise PatternError("invalid nested repetition operator")
            self.take("?")
            node = _Repeat(node, least, most)

    def counts(self) -> tuple[int, int | None] | None:
        """`{n}`, `{n,}`, `{n,m}`; anything else that begins with a brace is text."""
        if self.peek() != "{":
            return None
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : end].partition(",") if end >= 0 else ("", "", "")
        if not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            return None
        if len(low) > 4 or len(high) > 4:
            raise PatternError("invalid repeat count")
        least = int(low)
        most = int(high) if high else (None if comma else least)
        if max(least, most or 0) > REPEAT_MAX or (most is not None and most < least):
            raise PatternError("invalid repeat count")
        self.at = end + 1
        return least, most

    def atom(self, flags: _Flags) -> _Node:
        char = self.text[self.at]
        self.at += 1
        match char:
            case "*" | "+" | "?":
                raise PatternError(f"missing argument to repetition operator: `{char}`")
            case ".":
                return _One((lambda c: True) if flags.dot_all else (lambda c: c != "\n"))
            case "^":
                return _At(_LINE_START if flags.many_lines else _START)
            case "$":
                return _At(_LINE_END if flags.many_lines else _END)
            case "[":
                return _One(self.set(flags))
            case "\\":
                return self.escape(flags)
        return self.literal(char, flags)

    def literal(self, char: str, flags: _Flags) -> _Node:
        test: Test = char.__eq__
        return _One(_folded(test) if flags.ignore_case else test)

    def escape(self, flags: _Flags) -> _Node:
        char = self.peek()
        if char in _ASSERTIONS and char:
            self.at += 1
            return _At(_ASSERTIONS[char])
        test = self.class_escape()
        if test is not None:
            return _One(_folded(test) if flags.ignore_case else test)
        return self.literal(self.char_escape(), flags)

    def class_escape(self) -> Test | None:
        """`\\d`, `\\pL` and their like, after the backslash; None: something else."""
        char = self.peek()
        if char and char in "dwsDWS":
            self.at += 1
            test = _CLASSES[char.lower()]
            return _not(test) if char.isupper() else test
        if char and char in "pP":
            self.at += 1
            if self.take("{"):
                end = self.text.find("}", self.at)
                name = self.text[self.at : end] if end >= 0 else ""
                self.at = end + 1 if end >= 0 else len(self.text)
            else:
                name = self.peek()
                self.at += 1
            is_not = char == "P"
            if name.startswith("^"):
                is_not, name = not is_not, name[1:]
            test = _category(name)
            return _not(test) if is_not else test
        return None

    def char_escape(self) -> str:
        """A character written with a backslash, after it."""
        char = self.peek()
        if not char:
            raise PatternError("trailing backslash at end of expression")
        self.at += 1
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char == "x":
            return self.hexadecimal()
        if "0" <= char <= "7":
            if char != "0" and not ("0" <= self.peek() <= "7" and self.peek()):
                raise PatternError(f"invalid escape sequence: `\\{char}`")
            digits = char
            while len(digits) < 3 and self.peek() and "0" <= self.peek() <= "7":
                digits += self.peek()
                self.at += 1
            return chr(int(digits, 8))
        if char.isascii() and char.isalnum():
            raise PatternError(f"invalid escape sequence: `\\{char}`")
        return char

    def hexadecimal(self) -> str:
        if self.take("{"):
            end = self.text.find("}", self.at)
            digits = self.text[self.at : end] if end >= 0 else ""
            self.at = end + 1
        else:
            digits = self.text[self.at : self.at + 2]
            self.at += 2
            if len(digits) != 2:
                digits = ""
        if not digits or len(digits) > 8 or not all(char in "0123456789abcdefABCDEF" for char in digits):
            raise PatternError("invalid escape sequence: `\\x`")
        code = int(digits, 16)
        if code > 0x10FFFF:
            raise PatternError("invalid escape sequence: `\\x`")
        return chr(code)

    def set(self, flags: _Flags) -> Test:
        """After `[`."""
        is_not = self.take("^")
        tests: list[Test] = []
        first = True
        while first or not self.take("]"):
            if self.at >= len(self.text):
                raise PatternError("missing closing ]")
            first = False
            if self.take("[:"):
                end = self.text.find(":]", self.at)
                name = self.text[self.at : end] if end >= 0 else ""
                opposite = name.startswith("^")
                named = _POSIX.get(name.removeprefix("^"))
                if named is None:
                    raise PatternError("invalid character class range")
                self.at = end + 2
                tests.append(_not(named) if opposite else named)
                continue
            if self.peek() == "\\":
                self.at += 1
                test = self.class_escape()
                if test is not None:
                    tests.append(test)
                    continue
                low = self.char_escape()
            else:
                low = self.text[self.at]
                self.at += 1
            high = low
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("", "]"):
                self.at += 1
                if self.take("\\"):
                    high = self.char_escape()
                else:
                    high = self.text[self.at]
                    self.at += 1
                if high < low:
                    raise PatternError(f"invalid character class range: `{low}-{high}`")
            tests.append(_between(low, high))
        test = _either(tests)
        if flags.ignore_case:
            test = _folded(test)
        return _not(test) if is_not else test


# --- the automaton ------------------------------------------------------------------------------------------------------------


class _Program:
    """Instructions, the entry last. Built from the end, so that every target exists."""

    def __init__(self) -> None:
        self.tests: list[tuple[Test, int] | None] = []
        self.moves: list[tuple[int | None, tuple[int, ...]]] = []
        self.has_context = False
        self.emit(None, (None, ()))  # 0: success

    def emit(self, test: tuple[Test, int] | None, move: tuple[int | None, tuple[int, ...]]) -> int:
        if len(self.tests) >= PROGRAM_MAX:
            raise PatternError("expression is too large")
        self.tests.append(test)
        self.moves.append(move)
        return len(self.tests) - 1

    def add(self, node: _Node, then: int) -> int:
        """Compiles a node that goes on at `then`; where it begins."""
        match node:
            case _One(test):
                return self.emit((test, then), (None, ()))
            case _At(kind):
                self.has_context = self.has_context or kind not in (_START, _END)
                return self.emit(None, (kind, (then,)))
            case _All(parts):
                for part in reversed(parts):
                    then = self.add(part, then)
                return then
            case _Any(parts):
                return self.emit(None, (None, tuple(self.add(part, then) for part in parts)))
            case _Repeat(part, least, most):
                if most is None:
                    loop = self.emit(None, (None, ()))
                    self.moves[loop] = (None, (self.add(part, loop), then))
                    then = loop
                else:
                    end = then
                    for _ in range(most - least):
                        then = self.emit(None, (None, (self.add(part, then), end)))
                for _ in range(least):
                    then = self.add(part, then)
                return then


class Pattern:
    """A compiled pattern. Raises PatternError."""

    __slots__ = ("_entry", "_memory", "_program", "text")

    def __init__(self, text: str) -> None:
        if len(text) > LENGTH_MAX:
            raise PatternError(f"expression is longer than {LENGTH_MAX} characters")
        self.text = text
        self._program = _Program()
        self._entry = self._program.add(_Reader(text).read(), 0)
        self._memory: dict[tuple[frozenset[int], int, str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        states = frozenset((self._entry,))
        memory = self._memory
        length = len(text)
        has_context = self._program.has_context
        for at, char in enumerate(text):
            context = self._context(text, at, length) if has_context else not at
            key = (states, context, char)
            following = memory.get(key)
            if following is None:
                if len(memory) >= MEMORY_MAX:
                    memory.clear()
                following = memory[key] = self._step(states, context, char)
            if not following:
                return False
            states = following
        return 0 in self._reach(states, self._context(text, length, length))

    def _context(self, text: str, at: int, length: int) -> int:
        """A bit for every assertion that holds between two characters."""
        before, after = text[at - 1 : at] if at else "", text[at : at + 1]
        at_word = bool(before and _is_word(before)) != bool(after and _is_word(after))
        return (
            (at == 0) << _START
            | (at == length) << _END
            | (at == 0 or before == "\n") << _LINE_START
            | (at == length or after == "\n") << _LINE_END
            | at_word << _WORD
            | (not at_word) << _NOT_WORD
        )

    def _reach(self, states: frozenset[int], context: int) -> set[int]:
        """States that are reached without a character."""
        moves = self._program.moves
        reached: set[int] = set()
        todo = list(states)
        while todo:
            state = todo.pop()
            if state in reached:
                continue
            reached.add(state)
            kind, targets = moves[state]
            if kind is None or context >> kind & 1:
                todo += targets
        return reached

    def _step(self, states: frozenset[int], context: int, char: str) -> frozenset[int]:
        tests = self._program.tests
        following = set()
        for state in self._reach(states, context):
            found = tests[state]
            if found is not None and found[0](char):
                following.add(found[1])
        return frozenset(following)
