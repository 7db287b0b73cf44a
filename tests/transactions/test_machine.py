"""One transactional id, step by step: every refusal where Kafka 4.3.1 has it, every change durable before it is told."""

from __future__ import annotations

import pytest

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.machine import Transaction
from ottla.rules.transactions.messages import Add, End, Init, Now, Outcome, Write
from ottla.rules.transactions.settings import PARTICIPANTS_MAX, TransactionSettings
from ottla.rules.transactions.states import Facts, State
from ottla.rules.transactions.stored import StoredStateError, decode, encode

E = ErrorCode
SETTINGS = TransactionSettings()
T0 = ("t", 0)
T1 = ("t", 1)
PARTITIONS = frozenset((T0, T1))


class Bench:
    """Runs a machine whose writes are durable at once and whose participants are told at once, unless held."""

    def __init__(self, version: int = 2) -> None:
        self.machine = Transaction("tx", SETTINGS)
        self.version = version
        self.now = Now(1_000, 1_700_000_000_000)
        self.next_id = 100
        self.holds_writes = self.holds_told = False
        self.written: list[Write] = []
        self.held: list[Write] = []
        self.told: list[tuple[int, int, bool]] = []
        self.answers: list[object] = []

    @property
    def facts(self) -> Facts:
        assert self.machine.facts is not None
        return self.machine.facts

    def pass_ms(self, ms: int) -> None:
        self.now = Now(self.now.ticks_ms + ms, self.now.wall_ms + ms)

    def run(self, out: Outcome) -> None:
        for write in out.writes:
            if self.holds_writes:
                self.held.append(write)
            else:
                self.durable(write)
        self.answers += [reply for _, reply in out.replies]
        if out.ending is not None:
            self.told.append((out.ending.producer_id, out.ending.producer_epoch, out.ending.is_commit))
            if not self.holds_told:
                self.run(self.machine.told(out.ending.partitions, out.ending.groups, self.now))

    def durable(self, write: Write) -> None:
        self.written.append(write)
        self.answers += [reply for _, reply in write.then]
        self.run(self.machine.written(write, self.now))

    def release(self) -> None:
        self.holds_writes = False
        while self.held:
            self.durable(self.held.pop(0))

    def finish_telling(self) -> None:
        self.holds_told = False
        self.run(self.machine.told(*self.machine.untold, self.now))

    def answer(self):
        (reply,) = self.answers
        self.answers.clear()
        return reply

    def init(self, expected: tuple[int, int] | None = None, timeout_ms: int = 60_000):
        request = Init(timeout_ms, expected)
        out = self.machine.init("c", request, self.now, server_version=self.version)
        if out.wants_producer_id:
            self.next_id += 1
            out = self.machine.init("c", request, self.now, server_version=self.version, fresh_id=self.next_id)
        self.run(out)
        return self.answer() if self.answers else None

    def add(self, producer_id: int, epoch: int, partitions=PARTITIONS, groups=frozenset()):
        self.run(self.machine.add("c", Add(producer_id, epoch, partitions, groups, self.version), self.now))
        return self.answer().error if self.answers else None

    def end(self, producer_id: int, epoch: int, *, commit: bool, version: int | None = None):
        request = End(producer_id, epoch, commit, self.version if version is None else version)
        out = self.machine.end("c", request, self.now)
        if out.wants_producer_id:
            self.next_id += 1
            out = self.machine.end("c", request, self.now, fresh_id=self.next_id)
        self.run(out)
        return self.answer() if self.answers else None

    def expire(self) -> None:
        out = self.machine.expire(self.now, server_version=self.version)
        if out.wants_producer_id:
            self.next_id += 1
            out = self.machine.expire(self.now, server_version=self.version, fresh_id=self.next_id)
        self.run(out)

    def at(self, **changes) -> Bench:
        """Puts the machine where a test begins."""
        facts = Facts(State.EMPTY, 7, 3, 60_000, self.now.wall_ms)._replace(**changes)
        self.machine = Transaction("tx", SETTINGS)
        self.run(self.machine.load(facts, self.now))
        return self

    def open(self, epoch: int = 3, **changes) -> Bench:
        return self.at(
            state=State.ONGOING, producer_epoch=epoch, partitions=PARTITIONS, started_ms=self.now.wall_ms, **changes
        )


@pytest.fixture(params=[1, 2])
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(request.param)


# --- InitProducerId -----------------------------------------------------------------------------------------------------------


def test_new_id_gets_a_producer_id_and_epoch_0(bench: Bench) -> None:
    assert bench.init() == (E.NONE, 101, 0)
    assert bench.facts.state is State.EMPTY
    assert bench.facts.last_producer_epoch == -1


@pytest.mark.parametrize("timeout_ms", [0, -1, SETTINGS.max_timeout_ms + 1])
def test_timeout_out_of_bounds(bench: Bench, timeout_ms: int) -> None:
    assert bench.init(timeout_ms=timeout_ms).error is E.INVALID_TRANSACTION_TIMEOUT
    assert bench.machine.is_unknown
    assert bench.init(timeout_ms=SETTINGS.max_timeout_ms).error is E.NONE


def test_a_new_producer_fences_the_old_one(bench: Bench) -> None:
    bench.init()
    assert bench.init() == (E.NONE, 101, 1)
    assert bench.add(101, 0) is E.PRODUCER_FENCED
    assert bench.end(101, 0, commit=True).error in (E.PRODUCER_FENCED, E.PRODUCER_FENCED)
    assert bench.init(expected=(101, 0)).error is E.PRODUCER_FENCED


def test_a_producer_raises_its_own_epoch_and_may_repeat_the_request(bench: Bench) -> None:
    bench.init()
    assert bench.init(expected=(101, 0)) == (E.NONE, 101, 1)
    assert bench.init(expected=(101, 0)) == (E.NONE, 101, 1)
    assert bench.init(expected=(101, 1)) == (E.NONE, 101, 2)
    assert bench.init(expected=(101, 0)).error is E.PRODUCER_FENCED
    assert bench.init(expected=(55, 2)).error is E.PRODUCER_FENCED


def test_unknown_id_with_an_expected_epoch_begins_anew(bench: Bench) -> None:
    assert bench.init(expected=(55, 9)) == (E.NONE, 101, 0)


@pytest.mark.parametrize("expected", [None, (7, 32766)])
def test_an_exhausted_epoch_gets_another_producer_id(bench: Bench, expected: tuple[int, int] | None) -> None:
    bench.at(producer_epoch=32766)
    assert bench.init(expected=expected) == (E.NONE, 101, 0)
    # The answer was lost: the same request gets the same answer, if it named its epoch; who names none is another producer.
    again = bench.init(expected=expected)
    assert again == ((E.NONE, 101, 1) if expected is None else (E.NONE, 101, 0))


def test_the_last_epoch_may_be_given(bench: Bench) -> None:
    bench.at(producer_epoch=32765)
    assert bench.init() == (E.NONE, 7, 32766)


def test_an_open_transaction_is_aborted_first() -> None:
    for version in (1, 2):
        bench = Bench(version).open(epoch=3)
        assert bench.init().error is E.CONCURRENT_TRANSACTIONS
        assert bench.told == [(7, 4, False)]
        assert bench.facts.state is State.COMPLETE_ABORT
        assert bench.add(7, 3) is E.PRODUCER_FENCED
        assert bench.init() == (E.NONE, 7, 5)


def test_a_fence_at_the_last_epoch() -> None:
    old = Bench(1).open(epoch=32766)
    old.init()
    assert old.told == [(7, 32767, False)]
    assert old.init() == (E.NONE, 101, 0)
    new = Bench(2).open(epoch=32766)
    new.init()
    assert new.told == [(7, 32767, False)]
    assert (new.facts.producer_id, new.facts.producer_epoch) == (101, 0)
    assert new.init() == (E.NONE, 101, 1)


# --- additions ----------------------------------------------------------------------------------------------------------------


def test_additions_begin_and_extend_a_transaction(bench: Bench) -> None:
    bench.at()
    assert bench.add(7, 3, frozenset({T0})) is E.NONE
    started = bench.facts.started_ms
    bench.pass_ms(50)
    writes = len(bench.written)
    assert bench.add(7, 3, frozenset({T0})) is E.NONE
    assert len(bench.written) == writes, "what is known already costs no write"
    assert bench.add(7, 3, frozenset({T1}), frozenset({"g"})) is E.NONE
    assert bench.facts.partitions == PARTITIONS
    assert bench.facts.groups == {"g"}
    assert bench.facts.started_ms == started


def test_additions_of_others_are_refused(bench: Bench) -> None:
    assert bench.add(7, 3) is E.INVALID_PRODUCER_ID_MAPPING
    bench.at()
    assert bench.add(8, 3) is E.INVALID_PRODUCER_ID_MAPPING
    assert bench.add(7, 2) is E.PRODUCER_FENCED
    assert bench.add(7, 4) is E.PRODUCER_FENCED


def test_the_number_of_participants_is_bounded(bench: Bench) -> None:
    bench.at()
    assert bench.add(7, 3, frozenset(("t", index) for index in range(PARTICIPANTS_MAX + 1))) is E.POLICY_VIOLATION
    assert bench.facts.state is State.EMPTY


def test_busy_comes_before_the_epoch(bench: Bench) -> None:
    bench.at()
    bench.holds_writes = True
    assert bench.add(7, 3) is None
    assert bench.add(7, 9) is E.CONCURRENT_TRANSACTIONS
    assert bench.init().error is E.CONCURRENT_TRANSACTIONS
    bench.release()
    assert bench.answer().error is E.NONE


def test_verification(bench: Bench) -> None:
    unknown = ("t", 9)
    assert bench.machine.verify(7, 3, [T0]) == {T0: E.INVALID_PRODUCER_ID_MAPPING}
    bench.open(groups=frozenset({"g"}))
    assert bench.machine.verify(7, 3, [T0, unknown]) == {T0: E.NONE, unknown: E.TRANSACTION_ABORTABLE}
    assert bench.machine.verify(8, 3, [T0]) == {T0: E.INVALID_PRODUCER_ID_MAPPING}
    assert bench.machine.verify(7, 2, [T0]) == {T0: E.PRODUCER_FENCED}
    assert bench.machine.verify_group(7, 3, "g") is E.NONE
    assert bench.machine.verify_group(7, 3, "h") is E.TRANSACTION_ABORTABLE
    bench.holds_told = True
    bench.end(7, 3, commit=True)
    epoch = bench.facts.producer_epoch
    assert bench.machine.verify(7, epoch, [T0]) == {T0: E.CONCURRENT_TRANSACTIONS}
    bench.finish_telling()
    assert bench.machine.verify(7, epoch, [T0]) == {T0: E.TRANSACTION_ABORTABLE}


# --- EndTxn -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("commit", [True, False])
def test_an_end_is_told_after_it_is_durable_and_answered_before_all_know(bench: Bench, commit: bool) -> None:
    bench.open(groups=frozenset({"g"}))
    bench.holds_writes = bench.holds_told = True
    assert bench.end(7, 3, commit=commit) is None
    assert bench.told == []
    bench.release()
    raised = 3 + (bench.version == 2)
    assert bench.answer() == (E.NONE, 7, raised)
    assert bench.told == [(7, raised, commit)]
    assert bench.facts.state is (State.PREPARE_COMMIT if commit else State.PREPARE_ABORT)
    bench.run(bench.machine.told([T0], [], bench.now))
    bench.run(bench.machine.told([T0], ["g"], bench.now))
    assert bench.machine.untold == (frozenset({T1}), frozenset())
    assert bench.machine.pending is not None
    bench.run(bench.machine.told([T1], [], bench.now))
    assert bench.facts.state is (State.COMPLETE_COMMIT if commit else State.COMPLETE_ABORT)
    assert bench.facts.partitions == frozenset()
    assert bench.machine.pending is None


@pytest.mark.parametrize("commit", [True, False])
def test_version_1_repeats(commit: bool) -> None:
    bench = Bench(1).open()
    bench.holds_told = True
    assert bench.end(7, 3, commit=commit).error is E.NONE
    assert bench.end(7, 3, commit=commit).error is E.CONCURRENT_TRANSACTIONS
    assert bench.end(7, 3, commit=not commit).error is E.CONCURRENT_TRANSACTIONS
    assert bench.end(7, 2, commit=commit).error is E.PRODUCER_FENCED
    assert bench.end(8, 3, commit=commit).error is E.INVALID_PRODUCER_ID_MAPPING
    bench.finish_telling()
    assert bench.end(7, 3, commit=commit).error is E.NONE
    assert bench.end(7, 3, commit=not commit).error is E.INVALID_TXN_STATE
    assert bench.add(7, 3) is E.NONE


@pytest.mark.parametrize("commit", [True, False])
def test_version_1_without_a_transaction(commit: bool) -> None:
    bench = Bench(1)
    assert bench.end(7, 3, commit=commit).error is E.INVALID_PRODUCER_ID_MAPPING
    bench.at()
    assert bench.end(7, 3, commit=commit).error is E.INVALID_TXN_STATE
    assert bench.end(7, 4, commit=commit).error is E.PRODUCER_FENCED


# KIP-890: state -> {(retry or current, commit): answer}; "raise" means an abort of nothing, which raises the epoch.
VERSION_2 = {
    State.EMPTY: {(0, 0): E.PRODUCER_FENCED, (1, 0): "raise", (0, 1): E.PRODUCER_FENCED, (1, 1): E.INVALID_TXN_STATE},
    State.COMPLETE_ABORT: {(0, 0): E.NONE, (1, 0): "raise", (0, 1): E.INVALID_TXN_STATE, (1, 1): E.INVALID_TXN_STATE},
    State.COMPLETE_COMMIT: {(0, 0): E.INVALID_TXN_STATE, (1, 0): "raise", (0, 1): E.NONE, (1, 1): E.INVALID_TXN_STATE},
}


@pytest.mark.parametrize("state", list(VERSION_2), ids=str)
@pytest.mark.parametrize("current", [0, 1])
@pytest.mark.parametrize("commit", [0, 1])
def test_version_2_without_a_transaction(state: State, current: int, commit: int) -> None:
    bench = Bench(2).at(state=state, producer_epoch=4, last_producer_epoch=3, version=2)
    reply = bench.end(7, 3 + current, commit=bool(commit))
    expected = VERSION_2[state][current, commit]
    if expected == "raise":
        assert reply == (E.NONE, 7, 5)
        assert bench.facts.state is State.COMPLETE_ABORT
        assert bench.told == []
    else:
        assert reply.error is expected
        assert reply[1:] == ((7, 4) if expected is E.NONE else (-1, -1))


@pytest.mark.parametrize("commit", [True, False])
def test_version_2_a_zombie_is_no_retry(commit: bool) -> None:
    """Its successor, one epoch above, speaks the older protocol, whose ends raise no epoch."""
    state = State.COMPLETE_COMMIT if commit else State.COMPLETE_ABORT
    bench = Bench(2).at(state=state, producer_epoch=4, version=0)
    assert bench.end(7, 3, commit=commit) == (E.PRODUCER_FENCED, -1, -1)
    assert bench.end(7, 3, commit=not commit) == (E.INVALID_TXN_STATE, -1, -1)


def test_version_2_other_epochs_and_ids() -> None:
    bench = Bench(2).open(epoch=4)
    assert bench.end(7, 3, commit=True).error is E.PRODUCER_FENCED
    assert bench.end(7, 5, commit=True).error is E.PRODUCER_FENCED
    assert bench.end(8, 4, commit=True).error is E.INVALID_PRODUCER_ID_MAPPING
    bench.holds_told = True
    assert bench.end(7, 4, commit=True) == (E.NONE, 7, 5)
    for epoch in (3, 4, 5):
        assert bench.end(7, epoch, commit=True).error is E.CONCURRENT_TRANSACTIONS


@pytest.mark.parametrize("commit", [True, False])
def test_version_2_rolls_over(commit: bool) -> None:
    bench = Bench(2).open(epoch=32766)
    assert bench.end(7, 32766, commit=commit) == (E.NONE, 101, 0)
    assert bench.told == [(7, 32767, commit)]
    assert bench.end(7, 32766, commit=commit) == (E.NONE, 101, 0), "a repeated request"
    assert bench.end(7, 32766, commit=not commit).error is E.INVALID_TXN_STATE
    assert bench.init(expected=(7, 32766)) == (E.NONE, 101, 0)
    assert bench.add(101, 0) is E.NONE
    assert bench.end(7, 32766, commit=commit).error is E.INVALID_PRODUCER_ID_MAPPING


# --- time ---------------------------------------------------------------------------------------------------------------------


def test_a_transaction_times_out(bench: Bench) -> None:
    bench.at(timeout_ms=1000)
    bench.add(7, 3)
    wake = bench.machine.wake_ms
    assert wake == bench.now.ticks_ms + 1000
    bench.pass_ms(999)
    bench.expire()
    assert bench.facts.state is State.ONGOING
    bench.pass_ms(1)
    bench.expire()
    assert bench.told == [(7, 4, False)]
    assert bench.facts.state is State.COMPLETE_ABORT
    assert bench.machine.wake_ms is None
    assert bench.add(7, 3) is E.PRODUCER_FENCED
    if bench.version == 2:
        # The producer's next call looks like the repetition of an end that raised the epoch: an abort it may have, a commit not.
        assert bench.end(7, 3, commit=True).error is E.INVALID_TXN_STATE
        assert bench.end(7, 3, commit=False) == (E.NONE, 7, 4)
        assert bench.init(expected=(7, 3)) == (E.NONE, 7, 4)
    else:
        assert bench.end(7, 3, commit=True).error is E.PRODUCER_FENCED
        assert bench.init(expected=(7, 3)).error is E.PRODUCER_FENCED


def test_more_additions_do_not_prolong(bench: Bench) -> None:
    bench.at(timeout_ms=1000)
    bench.add(7, 3, frozenset({T0}))
    bench.pass_ms(900)
    bench.add(7, 3, frozenset({T1}))
    bench.pass_ms(100)
    bench.expire()
    assert bench.facts.state is State.COMPLETE_ABORT


def test_the_wall_clock_may_jump(bench: Bench) -> None:
    bench.at(timeout_ms=1000)
    bench.add(7, 3)
    bench.now = Now(bench.now.ticks_ms + 10, bench.now.wall_ms + 86_400_000)
    bench.expire()
    assert bench.facts.state is State.ONGOING
    bench.now = Now(bench.now.ticks_ms + 990, bench.now.wall_ms - 2 * 86_400_000)
    bench.expire()
    assert bench.facts.state is State.COMPLETE_ABORT


def test_an_end_that_is_being_stored_is_not_overtaken_by_the_timeout(bench: Bench) -> None:
    bench.open(timeout_ms=1000)
    bench.holds_writes = True
    bench.end(7, 3, commit=True)
    bench.pass_ms(5000)
    assert bench.machine.wake_ms is None
    bench.expire()
    bench.release()
    assert bench.facts.state is State.COMPLETE_COMMIT


def test_an_unused_id_is_forgotten(bench: Bench) -> None:
    for state in (State.EMPTY, State.COMPLETE_COMMIT, State.COMPLETE_ABORT):
        bench.at(state=state)
        bench.pass_ms(SETTINGS.id_expiration_ms - 1)
        bench.run(bench.machine.forget(bench.now))
        assert bench.machine.facts is not None
        bench.pass_ms(1)
        bench.holds_writes = True
        bench.run(bench.machine.forget(bench.now))
        assert bench.add(7, 3) is E.CONCURRENT_TRANSACTIONS
        bench.release()
        assert bench.machine.is_unknown
    bench.open()
    bench.pass_ms(2 * SETTINGS.id_expiration_ms)
    bench.run(bench.machine.forget(bench.now))
    assert bench.facts.state is State.ONGOING


# --- recovery -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.PREPARE_COMMIT, State.PREPARE_ABORT])
def test_what_was_decided_is_told_again(bench: Bench, state: State) -> None:
    bench.at(state=state, partitions=PARTITIONS, started_ms=1, version=bench.version)
    assert bench.told == [(7, 3, state is State.PREPARE_COMMIT)]
    assert bench.facts.state.name == state.name.replace("PREPARE", "COMPLETE")


def test_a_prepared_abort_of_nothing_is_completed(bench: Bench) -> None:
    bench.at(state=State.PREPARE_ABORT, started_ms=1, version=2)
    assert bench.facts.state is State.COMPLETE_ABORT


def test_what_was_open_runs_on_or_out(bench: Bench) -> None:
    bench.open(timeout_ms=1000)
    loaded = bench.facts
    for age_ms, left_ms in ((400, 600), (1000, 0), (999_999, 0), (-5000, 1000)):
        machine = Transaction("tx", SETTINGS)
        now = Now(77, loaded.started_ms + age_ms)
        machine.load(loaded, now)
        assert machine.wake_ms == 77 + left_ms, age_ms


# --- what is stored -----------------------------------------------------------------------------------------------------------


def test_stored_facts_come_back() -> None:
    facts = Facts(
        State.PREPARE_COMMIT, 7, 3, 60_000, 123, 2, 6, 9, 100, frozenset({("t", 0), ("é", 5)}), frozenset({"g"}), 2
    )
    assert decode("tx", encode(facts)) == facts


@pytest.mark.parametrize(
    "facts",
    [
        Facts(State.DEAD, 7, 3, 1, 1),
        Facts(State.PREPARE_EPOCH_FENCE, 7, 3, 1, 1),
        Facts(State.EMPTY, -1, 3, 1, 1),
        Facts(State.EMPTY, 7, -1, 1, 1),
        Facts(State.EMPTY, 7, 3, 0, 1),
        Facts(State.EMPTY, 7, 3, 1, 1, partitions=PARTITIONS),
        Facts(State.ONGOING, 7, 3, 1, 1, partitions=PARTITIONS),
        Facts(State.EMPTY, 7, 3, 1, 1, last_producer_epoch=-2),
    ],
)
def test_stored_nonsense_is_refused(facts: Facts) -> None:
    with pytest.raises(StoredStateError):
        decode("tx", encode(facts))


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 40, b"[]"])
def test_stored_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(StoredStateError):
        decode("tx", data)
