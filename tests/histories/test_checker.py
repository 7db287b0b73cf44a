"""The checker finds nothing in honest histories, and every kind of lie that is planted in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.histories.checker import check
from tests.histories.graph import strongly_connected
from tests.histories.history import History, Operation, Outcome, Read, Send, load, save
from tests.histories.tiny_log import TinyLog

# Two cores, one of which may be busy elsewhere: how long an example takes says nothing.
PATIENT = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
COMMITTED, ABORTED, UNKNOWN = Outcome.COMMITTED, Outcome.ABORTED, Outcome.UNKNOWN
P, Q = ("t", 0), ("u", 0)


def history_of(actions: list[tuple[int, int, int, int]]) -> History:
    log = TinyLog()
    for action in actions:
        log.act(*action)
    return log.finish()


ACTION = st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3))
HISTORIES = st.lists(ACTION, min_size=1, max_size=80).map(history_of)
RICH = st.lists(ACTION, min_size=30, max_size=70).map(history_of)


@PATIENT
@given(HISTORIES)
def test_honest_histories_are_sound(history: History) -> None:
    found = check(history)
    assert found.anomalies == [], str(found)


@PATIENT
@given(HISTORIES)
def test_a_history_survives_its_file(tmp_path_factory: pytest.TempPathFactory, history: History) -> None:
    path: Path = tmp_path_factory.mktemp("history") / "history.jsonl"
    save(path, history.operations)
    assert load(path) == history.operations


def changed(history: History, number: int, **fields: object) -> History:
    history.operations[number] = replace(history.operations[number], **fields)  # type: ignore[arg-type]
    return history


def visible_values(history: History) -> list[str]:
    """What somebody read, of transactions that were answered."""
    known = {send.value for one in history.operations if one.outcome is COMMITTED for send in one.sends}
    seen = {read.value for one in history.operations for read in one.reads}
    return sorted(known & seen)


def lose(history: History, pick: int) -> tuple[History, str]:
    values = visible_values(history)
    assume(values)
    lost = values[pick % len(values)]
    for number, one in enumerate(history.operations):
        changed(history, number, reads=tuple(read for read in one.reads if read.value != lost))
    return history, "lost write"


def tear(history: History, pick: int) -> tuple[History, str]:
    seen = {read.value for one in history.operations for read in one.reads}
    torn = [one for one in history.operations if one.outcome is UNKNOWN and len(one.sends) > 1]
    torn = [one for one in torn if one.sends[0].value in seen]
    assume(torn)
    lost = torn[pick % len(torn)].sends[0].value
    for number, one in enumerate(history.operations):
        changed(history, number, reads=tuple(read for read in one.reads if read.value != lost))
    return history, "torn transaction"


def final_reads(history: History) -> int:
    number = len(history.operations) - 1
    assume(history.operations[number].process == "r1")
    return number


def show_aborted(history: History, pick: int) -> tuple[History, str]:
    sends = [send for one in history.operations if one.outcome is ABORTED for send in one.sends]
    assume(sends)
    send = sends[pick % len(sends)]
    assert send.offset is not None
    history.operations.append(Operation("r9", COMMITTED, reads=(Read(send.place, send.offset, send.value),)))
    return history, "aborted read"


def double(history: History, pick: int) -> tuple[History, str]:
    values = visible_values(history)
    assume(values)
    read = next(read for one in history.operations for read in one.reads if read.value == values[pick % len(values)])
    history.operations.append(Operation("r9", COMMITTED, reads=(replace(read, offset=10_000),)))
    return history, "duplicate"


def contradict(history: History, pick: int) -> tuple[History, str]:
    values = visible_values(history)
    assume(len(values) > 1)
    reads = {read.value: read for one in history.operations for read in one.reads}
    one, other = values[pick % len(values)], values[(pick + 1) % len(values)]
    history.operations.append(Operation("r9", COMMITTED, reads=(replace(reads[one], value=other),)))
    return history, "inconsistent offsets"


def turn_back(history: History, pick: int) -> tuple[History, str]:
    found = [
        number
        for number, one in enumerate(history.operations)
        if len(one.reads) > 1 and one.reads[0].place == one.reads[1].place
    ]
    assume(found)
    number = found[pick % len(found)]
    one, other, *rest = history.operations[number].reads
    return changed(history, number, reads=(other, one, *rest)), "nonmonotonic poll"


def skip(history: History, pick: int) -> tuple[History, str]:
    number = final_reads(history)
    reads = history.operations[number].reads
    assume(len(reads) > 2)
    gone = reads[1]
    history.operations.append(Operation("r9", COMMITTED, reads=(gone,)))
    return changed(history, number, reads=tuple(read for read in reads if read is not gone)), "skipped poll"


def send_back(history: History, pick: int) -> tuple[History, str]:
    found = [
        number
        for number, one in enumerate(history.operations)
        if len(one.sends) > 1 and one.sends[0].place == one.sends[1].place and one.sends[0].offset is not None
    ]
    assume(found)
    number = found[pick % len(found)]
    one, other, *rest = history.operations[number].sends
    swapped = (replace(one, offset=other.offset), replace(other, offset=one.offset), *rest)
    return changed(history, number, sends=swapped), "nonmonotonic send"


def too_early(history: History, pick: int) -> tuple[History, str]:
    values = visible_values(history)
    assume(values)
    value = values[pick % len(values)]
    number = next(
        number for number, one in enumerate(history.operations) if value in {send.value for send in one.sends}
    )
    return changed(history, number, deciding_s=1e9, ended_s=1e9), "intermediate read"


def own(history: History, pick: int) -> tuple[History, str]:
    found = [number for number, one in enumerate(history.operations) if one.outcome is COMMITTED and one.sends]
    assume(found)
    number = found[pick % len(found)]
    one = history.operations[number]
    send = one.sends[0]
    assert send.offset is not None
    read = Read(send.place, send.offset, send.value)
    return changed(history, number, reads=(*one.reads, read)), "precommitted read"


def strange(history: History, pick: int) -> tuple[History, str]:
    history.operations.append(Operation("r9", COMMITTED, reads=(Read(P, 5_000 + pick, "of nobody"),)))
    return history, "unknown value"


PLANTED = [lose, tear, show_aborted, double, contradict, turn_back, skip, send_back, too_early, own, strange]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
@PATIENT
@given(history=RICH, pick=st.integers(0, 1000))
def test_planted_anomalies_are_found(
    plant: Callable[[History, int], tuple[History, str]], history: History, pick: int
) -> None:
    planted, kind = plant(history, pick)
    found = check(planted)
    assert kind in found.kinds(), f"{kind} in {[str(anomaly) for anomaly in found.anomalies]}"


def transaction(process: str, sends: str = "", reads: str = "") -> Operation:
    """`sends` and `reads` as words `place@offset`, place being p or q; values are named after their place and offset."""

    def rows(text: str) -> list[tuple[tuple[str, int], int, str]]:
        return [({"p": P, "q": Q}[word[0]], int(word[2:]), word) for word in text.split()]

    return Operation(
        process,
        COMMITTED,
        tuple(Send(place, value, offset) for place, offset, value in rows(sends)),
        tuple(Read(place, offset, value) for place, offset, value in rows(reads)),
    )


def test_two_transactions_that_read_each_other_are_a_cycle() -> None:
    found = check(History([transaction("a", "p@0", "q@0"), transaction("b", "q@0", "p@0")]))
    assert found.kinds() == {"G1c"}


def test_a_long_cycle_is_one_finding() -> None:
    ring = [transaction(f"t{n}", f"p@{n}", f"p@{(n + 1) % 5}") for n in range(5)]
    found = check(History(ring))
    assert found.counts["G1c"] == 1
    assert "t0#0" in str(found)


def test_a_chain_of_reads_is_no_cycle() -> None:
    chain = [transaction("t0", "p@0"), *(transaction(f"t{n}", f"p@{n}", f"p@{n - 1}") for n in range(1, 5))]
    assert check(History(chain)).anomalies == []


def test_interleaved_writes_are_allowed_and_told_apart() -> None:
    found = check(History([transaction("a", "p@0 q@1"), transaction("b", "p@1 q@0")]))
    assert (found.kinds(), {one.kind for one in found.allowed}) == (set(), {"G0"})


def test_a_cycle_with_write_order_is_allowed_and_told_apart() -> None:
    found = check(History([transaction("a", "p@0", "q@0"), transaction("b", "p@1 q@0")]))
    assert (found.kinds(), {one.kind for one in found.allowed}) == (set(), {"G1c with ww"})


def copied(source: str, number: int, offset: int) -> Operation:
    return Operation(f"c{number}", COMMITTED, (Send(Q, f"c{number}<{source}", offset),))


def copies(*operations: Operation, of: str) -> History:
    sent = Operation("w", COMMITTED, tuple(Send(P, value, offset) for offset, value in enumerate(of.split())))
    every = [sent, *operations]
    reads = [Read(send.place, send.offset or 0, send.value) for one in every for send in one.sends]
    final = Operation("r", COMMITTED, reads=tuple(reads), transactional=False)
    return History([*every, final], {P, Q}, [(P[0], Q[0])], lambda value: value.split("<")[-1])


def test_a_copy_must_be_whole_and_once() -> None:
    assert check(copies(copied("x", 1, 0), copied("y", 2, 1), of="x y")).anomalies == []
    assert check(copies(copied("x", 1, 0), of="x y")).kinds() == {"lost copy"}
    assert check(copies(copied("x", 1, 0), copied("x", 2, 1), of="x")).kinds() == {"duplicate"}


def test_without_idempotence_duplicates_and_disorder_are_no_finding() -> None:
    sent = Operation("w", COMMITTED, (Send(P, "x", 1), Send(P, "y", 0)), transactional=False)
    again = Operation("r", COMMITTED, reads=(Read(P, 0, "y"), Read(P, 1, "x"), Read(P, 2, "y")), transactional=False)
    assert check(History([sent, again], idempotent=False)).anomalies == []
    assert check(History([sent, again])).kinds() == {"duplicate", "nonmonotonic send"}


def test_what_read_uncommitted_sees_early_or_aborted_is_its_own_choice() -> None:
    aborted = Operation("w", ABORTED, (Send(P, "x", 0),))
    dirty = Operation("r", COMMITTED, reads=(Read(P, 0, "x"),), read_committed=False, transactional=False)
    assert check(History([aborted, dirty], {P})).anomalies == []


def test_sending_a_value_twice_is_the_recorder_s_mistake() -> None:
    twice = Operation("w", COMMITTED, (Send(P, "x", 0), Send(P, "x", 1)))
    with pytest.raises(ValueError, match="sent twice"):
        check(History([twice]))


@PATIENT
@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), max_size=8))
def test_components_are_what_reaches_itself_mutually(edges: dict[int, set[int]]) -> None:
    reach = {node: set(edges.get(node, ())) for node in range(8)}
    for middle in range(8):
        for start in range(8):
            if middle in reach[start]:
                reach[start] |= reach[middle]
    wanted = {
        frozenset(other for other in range(8) if other in reach[node] and node in reach[other])
        for node in range(8)
        if node in reach[node]
    }
    found = strongly_connected(edges)
    assert {frozenset(component) for component in found} == wanted
    assert len(found) == len(wanted)
