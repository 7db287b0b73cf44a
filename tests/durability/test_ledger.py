"""The ledger notices each kind of damage a broker could do to transactions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.durability.crew import COPY, OTHER, PLACES, SOURCE
from tests.durability.ledger import Columns, Ledger, columns
from tests.durability.transactors import Ended, Got, Outcome, Place, Reported, Sent, name_of, value_of

Log = dict[Place, list[tuple[int, str]]]

HONEST: Log = {
    (SOURCE, 0): [(0, "w0:1:0"), (1, "w0:1:2"), (3, "w1:1:0")],
    (OTHER, 1): [(0, "w0:1:1")],
    (COPY, 0): [(0, "c0:1:0<w0:1:0"), (1, "c0:1:1<w0:1:2"), (5, "c1:1:0<w1:1:0")],
}
ABORTED = {(SOURCE, 0): [(4, "w2:1:0")]}


def merged(*logs: Log) -> Log:
    return {place: sorted({row for log in logs for row in log.get(place, [])}) for place in PLACES}


def read(log: Log) -> Columns:
    found = columns()
    for place, rows in log.items():
        for offset, name in rows:
            assert found[place].add(Got(place, offset, name)) is None
    return found


def transactions(log: Log, *, outcomes: dict[str, Outcome]) -> list[Ended]:
    """What the clients would have reported of this log."""
    found: dict[str, Ended] = {}
    for place, rows in log.items():
        for offset, name in rows:
            worker, number, _ = name.split("<")[0].split(":")
            ended = found.setdefault(f"{worker}:{number}", Ended(worker, int(number), 0.0, deciding_s=1.0))
            ended.sent.append(Sent(place, name, offset))
    for key, ended in found.items():
        ended.outcome = outcomes.get(key, Outcome.COMMITTED)
    return list(found.values())


OUTCOMES = {"w2:1": Outcome.ABORTED, "w1:1": Outcome.UNKNOWN}


def judged(
    committed: Log, uncommitted: Log | None = None, *, live: Log | None = None, told: Log | None = None
) -> list[str]:
    """The failures when the clients reported `told` and a final reading found `committed` and `uncommitted`."""
    ledger = Ledger()
    for ended in transactions(told or merged(HONEST, ABORTED), outcomes=OUTCOMES):
        if ended.outcome is not Outcome.ABORTED:
            ledger.deciding(ended)
        ledger.ended(ended)
    uncommitted = merged(committed, ABORTED) if uncommitted is None else uncommitted
    for isolation, log in ((True, committed if live is None else live), (False, uncommitted)):
        got = [Got(place, offset, name) for place, rows in log.items() for offset, name in rows]
        ledger.polled("reader", isolation, got)
    ledger.judge(read(committed), read(uncommitted))
    return ledger.failures


def without(log: Log, *names: str) -> Log:
    return {place: [row for row in rows if row[1] not in names] for place, rows in log.items()}


def test_an_honest_log_passes() -> None:
    assert judged(HONEST) == []


def test_an_unknown_commit_may_be_absent_whole() -> None:
    assert (
        judged(without(HONEST, "w1:1:0", "c1:1:0<w1:1:0"), told=merged(without(HONEST, "c1:1:0<w1:1:0"), ABORTED)) == []
    )


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: judged(without(HONEST, "w0:1:1")), "2 of 3 records are there"),
        (lambda: judged(without(HONEST, "w0:1:0", "w0:1:2", "w0:1:1")), "0 of 3 records are there"),
        (lambda: judged(merged(HONEST, ABORTED)), "before its commit was asked for"),
        (lambda: judged(merged(HONEST, ABORTED), live=HONEST), "(aborted): 1 of 1 records are there"),
        (lambda: judged(without(HONEST, "c1:1:0<w1:1:0")), "lost ['w1:1:0']"),
        (lambda: judged(merged(HONEST, {(COPY, 0): [(9, "c0:2:0<w0:1:0")]})), "more than once ['w0:1:0']"),
        (lambda: judged(merged(HONEST, {(COPY, 0): [(9, "c0:2:0<w2:1:0")]})), "of nothing ['w2:1:0']"),
        (lambda: judged(merged(HONEST, {(SOURCE, 0): [(9, "w1:1:0")]})), "w1:1:0 came again"),
        (lambda: judged(merged(HONEST, {(SOURCE, 0): [(9, "w0:1:0")]})), "w0:1:0 came behind w0:1:2"),
        (lambda: judged(HONEST, live=without(HONEST, "w0:1:2")), "a fresh one (1, 'w0:1:2')"),
        (lambda: judged(HONEST, without(merged(HONEST, ABORTED), "w0:1:1")), "read_uncommitted has not"),
        (
            lambda: judged(HONEST, told=merged(without(HONEST, "w0:1:1"), {(OTHER, 1): [(7, "w0:1:1")]}, ABORTED)),
            "offset 7: nothing, acknowledged was w0:1:1",
        ),
    ],
)
def test_damage_is_noticed(damage: Callable[[], list[str]], said: str) -> None:
    failures = damage()
    assert any(said in failure for failure in failures), failures


def test_a_reader_that_goes_back_is_noticed() -> None:
    ledger = Ledger()
    ledger.polled("reader", False, [Got((OTHER, 0), 3, "w0:1:0"), Got((OTHER, 0), 3, "w0:1:0")])
    assert "after offset 3 came 3" in ledger.failures[0]


def test_an_altered_record_is_noticed() -> None:
    value = value_of("w0:7:1")
    assert name_of(value) == "w0:7:1"
    assert name_of(value + b"x") is None
    ledger = Ledger()
    ledger.polled("reader", True, [Got((OTHER, 0), 3, None)])
    assert "altered record" in ledger.failures[0]


def test_offsets_that_librdkafka_counts_on_from_a_duplicate_are_no_offsets() -> None:
    reported = Reported()
    said = [7, 8, None, 0, 1, 9, 0]
    assert [reported.offset((OTHER, 0), offset) for offset in said] == [7, 8, None, None, None, 9, 0]
    assert reported.offset((OTHER, 1), 0) == 0
