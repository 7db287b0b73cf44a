"""Tables: plain in a pipe, drawn on a terminal."""

import sys

import pytest

from ottla.cli.output import print_facts, print_table

ROWS = [{"name": "short", "n": 5, "list": [1, 2]}, {"name": "[red]", "n": 12345, "list": []}]
COLUMNS = {"name": "Topic", "n": "How many", "list": "List"}


def test_plain_tables_are_aligned_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(ROWS, COLUMNS)
    assert capsys.readouterr().out == "TOPIC  HOW_MANY  LIST\nshort         5  1,2\n[red]     12345  -\n"


def test_tables_on_a_terminal_show_names_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_table(ROWS, COLUMNS, title="Topics")
    shown = capsys.readouterr().out
    for text in ("Topics", "How many", "[red]", "12345"):
        assert text in shown


def test_facts(capsys: pytest.CaptureFixture[str]) -> None:
    print_facts({"id": None, "longer": True, "list": ["a", "b"]})
    assert capsys.readouterr().out == "id      -\nlonger  yes\nlist    a,b\n"
