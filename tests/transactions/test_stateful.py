"""Producers that share a transactional id, a coordinator that crashes, a catalogue and partitions that are slow or fail: whatever happens,
a transaction ends the same way everywhere and as its producer was told, nobody fenced gets anything in, and everything ends at last.

The model knows nothing of states and epoch arithmetic: it keeps what producers did and were told, and looks at the partitions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.markers import Known, Marker, check_marker
from ottla.rules.transactions.messages import Add, AddReply, End, EndReply, Init, InitReply
from ottla.rules.transactions.states import PREPARED, State, TopicPartition
from transactions.fakes import Markers, World, rows

E = ErrorCode
PARTITIONS = [("data", index) for index in range(3)]
GROUPS = ["g", "h"]
TIMEOUT_MS = 5000


class Txn:
    """What a producer takes for one transaction, and what became of it in each partition."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.acknowledged: set[TopicPartition] = set()
        self.outcomes: dict[TopicPartition, set[str]] = {}
        self.offsets: list[tuple[str, int, int]] = []  # (group, partition, offset) that were acknowledged
        self.told: str | None = None

    def __repr__(self) -> str:
        return f"{self.name}{self.outcomes}{self.told}"


class Partition:
    """A partition's log, as far as transactions matter. Survives crashes."""

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self.open: dict[int, Txn] = {}

    def produce(self, producer: tuple[int, int], txn: Txn) -> bool:
        """A batch whose partition belongs to the transaction; whether it was taken."""
        producer_id, epoch = producer
        known = self.known.get(producer_id, Known())
        if epoch < known.producer_epoch:
            return False
        there = self.open.setdefault(producer_id, txn)
        assert there is txn, f"{txn} runs into {there}, which was never ended here"
        self.known[producer_id] = Known(epoch, known.coordinator_epoch, True)
        return True

    def end(self, where: TopicPartition, marker: Marker) -> ErrorCode:
        known = self.known.get(marker.producer_id, Known())
        error, _ = check_marker(marker, known)
        if not error:
            txn = self.open.pop(marker.producer_id, None)
            if txn is not None:
                txn.outcomes.setdefault(where, set()).add("commit" if marker.is_commit else "abort")
            self.known[marker.producer_id] = Known(marker.producer_epoch, marker.coordinator_epoch, False)
        return error


class PartitionMarkers(Markers):
    """Writes into partitions that outlive it."""

    def __init__(self, partitions: dict[TopicPartition, Partition], away: set[TopicPartition]) -> None:
        super().__init__()
        self.partitions = partitions
        self.away = away

    def release(self) -> None:
        held, self.held = self.held, []
        for marker, wheres, done in held:
            done([(where, self.write_one(where, marker)) for where in wheres])

    def write_one(self, where: TopicPartition, marker: Marker) -> ErrorCode:
        return E.KAFKA_STORAGE_ERROR if where in self.away else self.partitions[where].end(where, marker)


class Producer:
    """One at a time: it waits for its answer, or gives up waiting."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.credentials: tuple[int, int] | None = None
        self.txn: Txn | None = None
        self.ended: tuple[Txn, bool, tuple[int, int]] | None = (
            None  # an end that was sent and not yet answered for good
        )
        self.waits: object | None = None


class Transactions(RuleBasedStateMachine):
    @initialize(server=st.sampled_from([0, 2]), version=st.sampled_from([0, 2]))
    def begin(self, server: int, version: int) -> None:
        self.version = version
        self.loop = asyncio.new_event_loop()
        self.raised: list[BaseException] = []  # in callbacks, where the loop would only log it
        self.loop.set_exception_handler(lambda loop, context: self.raised.append(context["exception"]))
        self.partitions = {where: Partition() for where in PARTITIONS}
        self.away: set[TopicPartition] = set()
        self.producers = [Producer("A"), Producer("B")]
        self.issued: list[tuple[int, int]] = []
        self.txns: list[Txn] = []
        self.sent: list[tuple[Txn, str, int, int]] = []
        self.world = World(version=server)
        self.world.make_markers = lambda: PartitionMarkers(self.partitions, self.away)
        self.do(self.world.start)

    def do(self, action: Callable[[], Any]) -> Any:
        async def run() -> Any:
            found = action()
            await self.world.turn(12)
            return found

        found = self.loop.run_until_complete(run())
        self.raise_what_was_raised()
        return found

    def raise_what_was_raised(self) -> None:
        if self.raised:
            raise self.raised[0]

    # --- producers ----------------------------------------------------------------------------------------------------------

    def ask(
        self, producer: Producer, call: Callable[[Callable[[Any], None]], None], then: Callable[[Any], None]
    ) -> None:
        ticket = producer.waits = object()

        def answer(reply: Any) -> None:
            if isinstance(reply, InitReply) and not reply.error:
                # Given out is given out, whether or not somebody still listens.
                self.issue((reply.producer_id, reply.producer_epoch))
            if producer.waits is ticket:
                producer.waits = None
                then(reply)

        self.do(lambda: call(answer))

    def issue(self, credentials: tuple[int, int]) -> None:
        if self.issued:
            assert credentials >= self.issued[-1], f"{credentials} after {self.issued[-1]}"
        self.issued.append(credentials)

    def idle(self, number: int) -> Producer | None:
        producer = self.producers[number]
        return producer if producer.waits is None else None

    @rule(number=st.integers(0, 1), keeps=st.booleans())
    def introduce(self, number: int, keeps: bool) -> None:
        producer = self.idle(number)
        if producer is None:
            return
        expected = producer.credentials if keeps else None
        before = list(self.issued)

        def answered(reply: InitReply) -> None:
            if reply.error:
                if reply.error is E.PRODUCER_FENCED:
                    assert expected is not None
                return
            if expected is None and before:
                assert (reply.producer_id, reply.producer_epoch) > before[-1], "a newcomer fences everyone"
            producer.credentials = (reply.producer_id, reply.producer_epoch)
            producer.txn = producer.ended = None

        name = "tx"
        self.ask(
            producer, lambda waiter: self.world.transactions.init(name, Init(TIMEOUT_MS, expected), waiter), answered
        )

    @rule(number=st.integers(0, 1), where=st.sampled_from(PARTITIONS))
    def add_and_produce(self, number: int, where: TopicPartition) -> None:
        producer = self.idle(number)
        if producer is None or producer.credentials is None or producer.ended is not None:
            return
        credentials = producer.credentials
        txn = self.txn_of(producer)

        def answered(reply: AddReply) -> None:
            if not reply.error:
                assert credentials >= self.issued[-1], f"{credentials} is fenced by {self.issued[-1]}"
                txn.acknowledged.add(where)
                self.partitions[where].produce(credentials, txn)

        add = Add(*credentials, frozenset((where,)), version=self.version)
        self.ask(producer, lambda waiter: self.world.transactions.add("tx", add, waiter), answered)

    @rule(number=st.integers(0, 1), where=st.sampled_from(PARTITIONS))
    def produce_without_asking(self, number: int, where: TopicPartition) -> None:
        """A client that believes the partition to be in its transaction; the broker verifies it.

        With protocol 1 nothing tells two transactions of an epoch apart, so there a client must have had its answer.
        """
        producer = self.idle(number)
        if producer is None or producer.credentials is None or producer.txn is None or producer.ended is not None:
            return
        if self.version == 0 and where not in producer.txn.acknowledged:
            return
        producer_id, epoch = producer.credentials
        partition = self.partitions[where]
        known = partition.known.get(producer_id, Known())
        if not (known.is_open and known.producer_epoch == epoch):
            found = self.world.transactions.verify("tx", producer_id, epoch, [where])
            if found[where]:
                return
            assert producer.credentials >= self.issued[-1]
        if where not in producer.txn.acknowledged and not known.is_open:
            # Added, but the answer was lost: it belongs to the transaction all the same.
            producer.txn.acknowledged.add(where)
        partition.produce(producer.credentials, producer.txn)

    @rule(number=st.integers(0, 1), group=st.sampled_from(GROUPS), index=st.integers(0, 1), offset=st.integers(0, 999))
    def send_offsets(self, number: int, group: str, index: int, offset: int) -> None:
        producer = self.idle(number)
        if producer is None or producer.credentials is None or producer.ended is not None:
            return
        producer_id, epoch = producer.credentials
        txn = self.txn_of(producer)
        world = self.world

        def added(reply: AddReply) -> None:
            if reply.error or world.transactions.verify_group("tx", producer_id, epoch, group):
                return
            ticket = producer.waits = object()
            self.sent.append((txn, group, index, offset))
            sent = self.sent[-1]

            def stored(error: ErrorCode) -> None:
                if not error:
                    txn.offsets.append((group, index, offset))
                if producer.waits is ticket:
                    producer.waits = None
                    if error:
                        self.sent.remove(sent)

            world.offsets.commit(group, producer_id, rows(group, [(index, offset)]), stored)

        add = Add(producer_id, epoch, groups=frozenset((group,)), version=self.version)
        self.ask(producer, lambda waiter: world.transactions.add("tx", add, waiter), added)

    @rule(number=st.integers(0, 1), commit=st.booleans())
    def end(self, number: int, commit: bool) -> None:
        producer = self.idle(number)
        if producer is None or producer.credentials is None or producer.txn is None or producer.ended is not None:
            return
        producer.ended = (producer.txn, commit, producer.credentials)
        self.send_end(producer)

    @rule(number=st.integers(0, 1))
    def end_again(self, number: int) -> None:
        """It was told to come back, or gave up waiting."""
        producer = self.idle(number)
        if producer is not None and producer.ended is not None:
            self.send_end(producer)

    def send_end(self, producer: Producer) -> None:
        assert producer.ended is not None
        txn, commit, credentials = producer.ended

        def answered(reply: EndReply) -> None:
            if reply.error in (E.CONCURRENT_TRANSACTIONS, E.COORDINATOR_NOT_AVAILABLE):
                return
            producer.ended = producer.txn = None
            if reply.error:
                return
            outcome = "commit" if commit else "abort"
            assert txn.told in (None, outcome)
            txn.told = outcome
            if self.version == 2:
                producer.credentials = (reply.producer_id, reply.producer_epoch)
                self.issued.append(max(self.issued[-1], producer.credentials))

        end = End(*credentials, commit, self.version)
        self.ask(producer, lambda waiter: self.world.transactions.end("tx", end, waiter), answered)

    @rule(number=st.integers(0, 1), where=st.sampled_from(PARTITIONS), choice=st.integers(0, 5))
    def go_on(self, number: int, where: TopicPartition, choice: int) -> None:
        """The next sensible thing."""
        producer = self.producers[number]
        if producer.waits is not None:
            return
        if producer.credentials is None:
            self.introduce(number, False)
        elif producer.ended is not None:
            self.end_again(number)
        elif producer.txn is None or choice < 2:
            self.add_and_produce(number, where)
        elif choice == 2:
            self.send_offsets(number, GROUPS[where[1] % 2], where[1] % 2, len(self.sent))
        else:
            self.end(number, choice != 5)

    @rule(where=st.sampled_from(PARTITIONS), choice=st.integers(0, 5))
    def first_goes_on(self, where: TopicPartition, choice: int) -> None:
        self.go_on(0, where, choice)

    @rule(number=st.integers(0, 1))
    def give_up_waiting(self, number: int) -> None:
        self.producers[number].waits = None

    def txn_of(self, producer: Producer) -> Txn:
        if producer.txn is None:
            producer.txn = Txn(f"{producer.name}{len(self.txns)}")
            self.txns.append(producer.txn)
        return producer.txn

    # --- the world ----------------------------------------------------------------------------------------------------------

    @rule()
    def catalogue_becomes_slow_or_quick(self) -> None:
        self.slow_catalogue(not self.world.catalogue.holds)

    def slow_catalogue(self, slow: bool) -> None:
        self.world.catalogue.holds = slow
        if not slow:
            self.do(self.world.catalogue.release)

    @precondition(lambda self: self.world.catalogue.held)
    @rule(count=st.integers(1, 3))
    def something_becomes_durable(self, count: int) -> None:
        self.do(lambda: self.world.catalogue.release(count))

    @precondition(lambda self: self.world.catalogue.held)
    @rule()
    def commits_fail(self) -> None:
        self.do(self.world.catalogue.fail)

    @rule()
    def markers_become_slow_or_quick(self) -> None:
        self.slow_markers(not self.world.markers.holds)

    def slow_markers(self, slow: bool) -> None:
        self.world.markers.holds = slow
        if not slow:
            self.do(self.world.markers.release)

    @rule(where=st.sampled_from(PARTITIONS))
    def partition_goes_away_or_comes_back(self, where: TopicPartition) -> None:
        self.away ^= {where}

    @rule(ms=st.sampled_from([1, 30, 600, 3000, 6000]))
    def time_passes(self, ms: int) -> None:
        self.loop.run_until_complete(self.world.pass_ms(ms))
        self.raise_what_was_raised()

    @rule(durable=st.integers(0, 3), written=st.booleans())
    def crash(self, durable: int, written: bool) -> None:
        """Of what was on its way, the first commits may have become durable, and markers may have been written."""
        world = self.world

        def crash() -> None:
            for changes, _ in list(world.catalogue.held)[:durable]:
                for change in changes:
                    world.store.apply(change)
            for marker, wheres, _ in world.markers.held if written else ():
                for where in wheres:
                    world.markers.write_one(where, marker)
            for producer in self.producers:
                producer.waits = None
            world.transactions.close()
            world.transactions = None  # type: ignore[assignment]
            world.start()

        self.do(crash)

    # --- what must hold -----------------------------------------------------------------------------------------------------

    @invariant()
    def every_transaction_ends_one_way(self) -> None:
        for txn in getattr(self, "txns", ()):
            outcomes = set().union(*txn.outcomes.values()) if txn.outcomes else set()
            assert len(outcomes) <= 1, f"torn: {txn}"
            if txn.told is not None and outcomes:
                assert outcomes == {txn.told}, f"told otherwise: {txn}"

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.quiet()
            self.judge()
        finally:
            self.world.transactions.close()
            self.loop.close()

    def quiet(self) -> None:
        """All is well again; time passes until nothing is left to do."""
        self.away.clear()
        self.slow_catalogue(False)
        self.slow_markers(False)
        for _ in range(6):
            self.time_passes(6000)
        for name, facts in self.world.transactions.known():
            assert facts.state is not State.ONGOING, (name, facts)
            assert facts.state not in PREPARED, (name, facts)

    def judge(self) -> None:
        self.every_transaction_ends_one_way()
        for where, partition in self.partitions.items():
            assert not partition.open, f"hanging in {where}: {partition.open}"
        assert not self.world.store.pending
        committed = {txn for txn in self.txns if self.outcome(txn) == "commit"}
        for txn in self.txns:
            if txn.told == "commit":
                assert set(txn.offsets) <= {(g, i, o) for t, g, i, o in self.sent if t is txn}
        for group in GROUPS:
            for index in (0, 1):
                sure = [
                    o
                    for t, g, i, o in self.sent
                    if (g, i) == (group, index) and t in committed and (g, i, o) in t.offsets
                ]
                found = self.world.store.offsets.get((group, "data", index))
                possible = {o for t, g, i, o in self.sent if (g, i) == (group, index) and self.outcome(t) != "abort"}
                assert found is None or found.offset in possible, f"offset of an aborted transaction: {found}"
                assert found is not None or not sure, f"offset of {group} {index} is lost"

    def outcome(self, txn: Txn) -> str | None:
        """None: nobody can say (nothing was written, and its producer never heard)."""
        outcomes = set().union(*txn.outcomes.values()) if txn.outcomes else set()
        return txn.told or next(iter(outcomes), None)


Transactions.TestCase.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
TestTransactions = Transactions.TestCase
