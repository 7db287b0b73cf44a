"""What commands print: a rich table on a terminal, aligned plain text in a pipe, JSON for programs.

A command hands over rows (dictionaries with stable keys) and the columns to show. The JSON is the rows themselves, so that a program
sees everything, in numbers, under names that do not change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]


def print_json(data: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def note(text: str) -> None:
    """A sentence for a person: on standard error, so that data stays alone on standard output."""
    print(text, file=sys.stderr)


def plural(count: int, noun: str) -> str:
    """`1 record`, `2 records`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def cell(value: object) -> str:
    """A value as a table shows it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(cell(item) for item in value) or "-"
    return str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def print_table(rows: Sequence[Row], columns: Mapping[str, str], *, title: str | None = None) -> None:
    """Rows under headings. `columns`: the row's key and its heading, in order."""
    numeric = {key for key in columns if any(_is_number(row.get(key)) for row in rows)}
    cells = [[cell(row.get(key)) for key in columns] for row in rows]
    if sys.stdout.isatty():
        _print_rich(cells, columns, numeric, title)
    else:
        _print_plain(cells, columns, numeric)


def _print_rich(cells: list[list[str]], columns: Mapping[str, str], numeric: set[str], title: str | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", header_style="bold", pad_edge=False)
    for key, heading in columns.items():
        table.add_column(heading, justify="right" if key in numeric else "left", overflow="fold")
    for row in cells:
        # Text, because a topic may be called "[red]" and must be shown so.
        table.add_row(*(Text(text) for text in row))
    Console().print(table)


def _print_plain(cells: list[list[str]], columns: Mapping[str, str], numeric: set[str]) -> None:
    lines = [[heading.upper().replace(" ", "_") for heading in columns.values()], *cells]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    for line in lines:
        parts = [
            text.rjust(width) if key in numeric else text.ljust(width)
            for key, text, width in zip(columns, line, widths, strict=True)
        ]
        print("  ".join(parts).rstrip())


def print_facts(facts: Mapping[str, object]) -> None:
    """A few named values, one to a line."""
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        print(f"{name.ljust(width)}  {cell(value)}")
