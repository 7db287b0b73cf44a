"""Runs `ottla` commands in this process, against one real broker for the session."""

from __future__ import annotations

import io
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ottla.cli import main

_NUMBERS = itertools.count(1)


@dataclass(slots=True, frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def rows(self) -> list[list[str]]:
        """A plain table's cells, without its headings."""
        return [line.split() for line in self.lines[1:]]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("topic", "list", stdin=b"…")`; no broker unless the command line names one."""
    monkeypatch.delenv("OTTLA_BOOTSTRAP", raising=False)

    def once(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        code = main(arguments)
        captured = capsysbinary.readouterr()
        return Ran(code, captured.out.decode(errors="replace"), captured.err.decode(), captured.out)

    return once


@pytest.fixture(scope="session")
def bootstrap(request: pytest.FixtureRequest) -> str:
    """The broker under test: our own, or `OTTLA_TEST_BOOTSTRAP` (Apache Kafka, by which these tests themselves are checked)."""
    running = os.environ.get("OTTLA_TEST_BOOTSTRAP")
    return running or request.getfixturevalue("ottla_session_broker").bootstrap


@pytest.fixture
def ottla(run: Run, bootstrap: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same with a broker as the default one."""
    monkeypatch.setenv("OTTLA_BOOTSTRAP", bootstrap)
    return run


@pytest.fixture
def name() -> str:
    """A topic or group name nobody else uses."""
    return f"cli-{os.getpid()}-{next(_NUMBERS)}"


@pytest.fixture
def topic(ottla: Run, name: str) -> Iterator[str]:
    """An empty topic of three partitions."""
    assert ottla("topic", "create", name, "--partitions", "3").code == 0
    yield name
    ottla("topic", "delete", name, "--yes", "--if-exists")
