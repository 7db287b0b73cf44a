"""What commands ask a person, and what they say when the client library is not there."""

from __future__ import annotations

import io
import sys

import pytest

from ottla.cli.errors import UsageError
from ottla.cli.options import confirm


def terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    stdin = io.StringIO(answer)
    monkeypatch.setattr(stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", stdin)


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [("y\n", True), (" YES \n", True), ("n\n", False), ("\n", False), ("", False), ("yess\n", False)],
)
def test_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, agreed: bool
) -> None:
    terminal(monkeypatch, answer)
    assert confirm("Delete it?", False) is agreed
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "Delete it? [y/N] ")


def test_yes_is_not_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    terminal(monkeypatch, "n\n")
    assert confirm("Delete it?", True)
    assert capsys.readouterr().err == ""


def test_nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(UsageError, match="Add --yes"):
        confirm("Delete it?", False)


def test_without_the_client_library(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "confluent_kafka", None)
    monkeypatch.setitem(sys.modules, "confluent_kafka.admin", None)
    for arguments in (["topic", "list"], ["produce", "t"], ["consume", "t"], ["group", "list"], ["cluster", "info"]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "ottla: this command needs the Kafka client library: pip install 'ottla[clients]'\n"
