"""The regular expressions of clients: the same answers as Python's `re` where both know the syntax, and no way to make it slow."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.rules.transactions.pattern import LENGTH_MAX, Pattern, PatternError

ATOMS = st.one_of(
    st.sampled_from(
        ["a", "b", "1", "-", "_", ".", "[ab]", "[^a]", "[a-c1]", r"\d", r"\w", r"\W", r"\S", r"\.", r"\-", "é"]
    ),
    st.sampled_from(["(?:)", "^", r"\b", r"\B", "$"]),
)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"(?i:{part})"),
    )


PATTERNS = st.recursive(ATOMS, _grow, max_leaves=6)


@settings(max_examples=400, deadline=None)
@given(pattern=PATTERNS, texts=st.lists(st.text("abcABC1-_. é\n", max_size=8), min_size=1, max_size=6))
def test_same_answers_as_re(pattern: str, texts: list[str]) -> None:
    ours = Pattern(pattern)
    # ASCII classes as RE2 has them; `$` there is the end of the text, which Python spells \Z.
    theirs = re.compile(pattern.replace("$", r"\Z"), re.ASCII)
    for text in texts:
        if "(?i:" in pattern and "é" in pattern + text:
            continue  # ASCII mode folds ASCII only in Python
        if not text and r"\B" in pattern:
            continue  # no word boundary in an empty text: so says RE2, and Python from 3.14 on
        assert ours.matches(text) == bool(theirs.fullmatch(text)), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("app-.*", ["app-", "app-1"], ["xapp-1", "app"]),
        ("a|b", ["a", "b"], ["ab", ""]),
        ("", [""], ["a"]),
        (r"\Qa.b\E+", ["a.b", "a.bb"], ["axb", "a.ba.b"]),
        (r"[[:digit:]x]{2}", ["1x", "22"], ["a1"]),
        (r"[[:^digit:]]", ["a"], ["1"]),
        (r"\p{Lu}\pN", ["A1", "É٣"], ["a1"]),
        (r"\PL", ["1"], ["a"]),
        (r"(?i)tX[a-c]", ["TxB", "tXa"], ["txd"]),
        (r"(?i:a)b", ["Ab"], ["AB"]),
        (r"a(?s).b", ["a\nb"], ["ab"]),
        (r"(?m)^a$\n^b$", ["a\nb"], ["ab"]),
        (r"x\x41\x{1F600}\101\n", ["xA😀A\n"], ["xA"]),
        (r"a{,2}", ["a{,2}"], ["aa"]),
        (r"[]a]", ["]", "a"], ["b"]),
        (r"[a-]", ["-", "a"], ["b"]),
        (r"(?P<name>a)(?<other>b)", ["ab"], ["a"]),
        (r"\Aa\z", ["a"], ["aa"]),
        (r"(a*)*b", ["b", "aab"], ["a"]),
    ],
)
def test_syntax(pattern: str, yes: list[str], no: list[str]) -> None:
    compiled = Pattern(pattern)
    assert [text for text in yes if not compiled.matches(text)] == []
    assert [text for text in no if compiled.matches(text)] == []


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "a**", "*a", "(?=a)", "(?!a)", "(?<=a)", r"\1", "a{1001}", "a{2,1}", "\\", r"\p{Nope}", "[b-a]",
     "[[:nope:]]", "(?", "(?z)", "(?P<>a)", r"\x{110000}", "(?i", r"\y", "(((a{1000}){1000}){1000})", "x" * (LENGTH_MAX + 1),
     "(" * 300 + ")" * 300],
)  # fmt: skip
def test_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Pattern(pattern)


@settings(max_examples=300, deadline=None)
@given(text=st.text(r"ab\[]()*+?{}|^$.,-:<>P0123xpQEiUms", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        compiled = Pattern(text)
    except PatternError:
        return
    assert compiled.matches("abab01") in (True, False)


def test_nothing_takes_exponential_time() -> None:
    began = time.perf_counter()
    for pattern in ("(a+)+b", "(a|a)*b", "(a|aa)+$x", "(?:a?){30}a{30}", "(.*)(.*)(.*)(.*)x"):
        assert not Pattern(pattern).matches("a" * 3000)
    assert time.perf_counter() - began < 5  # `re` needs longer than the age of the universe
