"""The catalogue's schema: numbered migrations in SQL that SQLite and PostgreSQL both read.

A migration that was released is never edited; a change is the next number. The number of the last one applied is the schema's version.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator

MIGRATIONS: tuple[str, ...] = ("0001_start.sql", "0002_transactions.sql")
VERSION = len(MIGRATIONS)


def statements(version: int, *, table_options: str) -> Iterator[str]:
    """The statements that lead from version - 1 to this version, in a dialect whose tables end with `table_options`."""
    data = pkgutil.get_data(__name__, f"migrations/{MIGRATIONS[version - 1]}")
    assert data is not None, "migrations are part of the package"
    lines = [line for line in data.decode().splitlines() if not line.startswith("--")]
    for statement in "\n".join(lines).replace("{table_options}", table_options).split(";"):
        if statement.strip():
            yield statement.strip()
