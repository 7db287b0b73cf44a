"""Java's properties format: what a Kafka server.properties is written in (java.util.Properties.load)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ottla.rules.configs.values import ConfigError

_BLANK = " \t\f"
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")


def parse_properties(text: str) -> dict[str, str]:
    """Keys and values, the last of equal keys. Raises ConfigError, naming the line, for a malformed escape."""
    found: dict[str, str] = {}
    for number, line in _logical_lines(text):
        key, rest = _key(line)
        try:
            found[_unescape(key)] = _unescape(rest)
        except ConfigError as problem:
            raise ConfigError(f"line {number}: {problem}") from None
    return found


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their continuations joined; comments and blank lines are gone. A comment cannot be continued."""
    held, first = "", 0
    for number, natural in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        line = natural.lstrip(_BLANK)
        if not first:
            if not line or line[0] in "#!":
                continue
            first = number
        if (len(line) - len(line.rstrip("\\"))) % 2:
            held += line[:-1]
            continue
        yield first, held + line
        held, first = "", 0
    if first and held:
        yield first, held


def _key(line: str) -> tuple[str, str]:
    """Splits at the first `=`, `:` or blank that is not escaped."""
    end = 0
    while end < len(line) and line[end] not in "=:" + _BLANK:
        end += 2 if line[end] == "\\" else 1
    rest = line[end:].lstrip(_BLANK)
    if rest[:1] in ("=", ":"):
        rest = rest[1:].lstrip(_BLANK)
    return line[:end], rest


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char != "\\" or at == len(text):
            if char != "\\":
                out.append(char)
            continue
        char = text[at]
        at += 1
        if char == "u":
            digits = text[at : at + 4]
            if not _HEX.fullmatch(digits):
                raise ConfigError(f"malformed escape \\u{digits}: four hexadecimal digits must follow")
            out.append(chr(int(digits, 16)))
            at += 4
        else:
            out.append(_ESCAPES.get(char, char))
    # Two escapes may be the halves of one character.
    return "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
