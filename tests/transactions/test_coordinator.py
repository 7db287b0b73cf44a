"""The coordinator's runtime: durable before answered, one step at a time, and nothing lost when a write, a marker or the broker fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ottla.base.errors import ErrorCode
from ottla.broker.transactions.produce import ALL_ADMITTED, Refused, admit, check_request
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.messages import Add, End, EndReply, Init, InitReply
from ottla.rules.transactions.orphans import OpenOne
from ottla.rules.transactions.settings import WAITING_MAX
from ottla.rules.transactions.states import State
from ottla.rules.transactions.stored import decode
from transactions.fakes import World, rows

E = ErrorCode
P0, P1, P2 = ("data", 0), ("data", 1), ("data", 2)


class Asked:
    """Answers as they come."""

    def __init__(self) -> None:
        self.replies: list[Any] = []

    def __call__(self, reply: Any) -> None:
        self.replies.append(reply)

    @property
    def one(self) -> Any:
        (reply,) = self.replies
        return reply

    @property
    def error(self) -> ErrorCode:
        found: ErrorCode = self.one.error
        return found


def run(body: Callable[[World], Awaitable[None]], **settings: Any) -> None:
    """Runs a test's body in an event loop, with a world that is closed afterwards."""
    import asyncio

    async def main() -> None:
        world = World(**settings).start()
        await body(world)
        world.transactions.close()

    asyncio.run(main())


def init(world: World, name: str = "tx", expected: tuple[int, int] | None = None, timeout_ms: int = 60_000) -> Asked:
    asked = Asked()
    world.transactions.init(name, Init(timeout_ms, expected), asked)
    return asked


def add(
    world: World,
    producer: tuple[int, int],
    *partitions: tuple[str, int],
    name: str = "tx",
    groups: tuple[str, ...] = (),
) -> Asked:
    asked = Asked()
    world.transactions.add(name, Add(*producer, frozenset(partitions), frozenset(groups), 2), asked)
    return asked


def end(world: World, producer: tuple[int, int], commit: bool = True, version: int = 2, name: str = "tx") -> Asked:
    asked = Asked()
    world.transactions.end(name, End(*producer, commit, version), asked)
    return asked


async def introduced(world: World, name: str = "tx", **more: Any) -> tuple[int, int]:
    asked = init(world, name, **more)
    await world.turn()
    assert asked.error is E.NONE
    return asked.one.producer_id, asked.one.producer_epoch


def stored(world: World, name: str = "tx") -> State:
    return decode(name, world.store.transactions[name].state).state


# --- order and durability -----------------------------------------------------------------------------------------------------


def test_a_transaction_from_begin_to_end() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        assert (producer[0], producer[1]) == (7001, 0)
        asked = add(world, producer, P0, P1, groups=("g",))
        await world.turn()
        assert asked.error is E.NONE
        done = Asked()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), done)
        await world.turn()
        assert done.replies == [E.NONE]
        assert world.offsets.is_pending("g", "data", 0)
        assert not world.store.offsets
        asked = end(world, producer)
        await world.turn()
        assert asked.one == EndReply(E.NONE, 7001, 1)
        assert {where for _, where in world.markers.written} == {P0, P1}
        assert {marker for marker, _ in world.markers.written} == {Marker(7001, 1, 0, True, 2)}
        assert [row.offset for row in world.groups.seen] == [5]
        assert not world.offsets.is_pending("g", "data", 0)
        assert not world.store.pending
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_nobody_is_answered_or_told_before_it_is_durable() -> None:
    async def body(world: World) -> None:
        world.catalogue.holds = True
        asked = init(world)
        await world.turn()
        assert not asked.replies
        world.catalogue.release()
        await world.turn()
        producer = (asked.one.producer_id, 0)
        asked = add(world, producer, P0)
        await world.turn()
        assert not asked.replies
        world.catalogue.release()
        await world.turn()
        asked = end(world, producer)
        await world.turn()
        assert not asked.replies
        assert not world.markers.asked
        world.catalogue.release(1)
        await world.turn()
        assert asked.error is E.NONE
        assert len(world.markers.written) == 1

    run(body)


def test_an_end_is_answered_before_all_participants_know() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.markers.holds = True
        asked = end(world, producer)
        await world.turn()
        assert asked.error is E.NONE
        assert stored(world) is State.PREPARE_COMMIT
        world.markers.release()
        await world.turn()
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


# --- waiting ------------------------------------------------------------------------------------------------------------------


def test_requests_wait_for_the_step_before_and_keep_their_order() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.markers.holds = True
        first = end(world, producer)
        await world.turn()
        raised = (producer[0], first.one.producer_epoch)
        again = end(world, producer)  # its answer was lost
        next_add = add(world, raised, P1)
        last = end(world, raised)
        await world.turn()
        assert [again.replies, next_add.replies, last.replies] == [[], [], []]
        world.markers.holds = False
        world.markers.release()
        await world.turn(20)
        assert again.one == first.one
        assert next_add.error is E.NONE
        assert last.one == EndReply(E.NONE, producer[0], 2)
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_a_wait_ends_after_a_while() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.markers.holds = True
        end(world, producer)
        await world.turn()
        asked = [add(world, (producer[0], 1), P1), init(world), end(world, (producer[0], 1))]
        await world.pass_ms(499)
        assert [one.replies for one in asked] == [[], [], []]
        await world.pass_ms(1)
        assert [one.error for one in asked] == [E.CONCURRENT_TRANSACTIONS] * 3
        world.markers.release()
        await world.turn()
        assert stored(world) is State.COMPLETE_COMMIT
        assert all(len(one.replies) == 1 for one in asked)

    run(body)


def test_not_everybody_may_wait() -> None:
    async def body(world: World) -> None:
        world.catalogue.holds = True
        init(world)
        await world.turn()
        asked = [init(world) for _ in range(WAITING_MAX + 3)]
        await world.turn()
        assert sum(len(one.replies) for one in asked) == 3
        assert asked[-1].error is E.CONCURRENT_TRANSACTIONS

    run(body)


def test_introducing_a_second_producer_aborts_and_answers_when_that_is_done() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.markers.holds = True
        asked = init(world)
        await world.turn()
        assert not asked.replies
        world.markers.release()
        await world.turn(12)
        assert asked.one == InitReply(E.NONE, producer[0], 2)
        assert [(m.producer_epoch, m.is_commit) for m, _ in world.markers.written] == [(1, False)]

    run(body)


def test_a_slow_producer_id_holds_up_its_own_id_only() -> None:
    async def body(world: World) -> None:
        import asyncio

        other = await introduced(world, "other")
        world.ids.waits = asyncio.Event()
        first, second = init(world), init(world)
        assert add(world, other, P0, name="other").replies == []
        await world.turn()
        assert stored(world, "other") is State.ONGOING
        world.ids.waits.set()
        await world.turn(12)
        assert (first.one.producer_epoch, second.one.producer_epoch) == (0, 1)
        assert first.one.producer_id == second.one.producer_id

    run(body)


def test_no_producer_id() -> None:
    async def body(world: World) -> None:
        world.ids.fails = True
        asked = init(world)
        await world.turn()
        assert asked.error is E.COORDINATOR_NOT_AVAILABLE
        assert list(world.transactions.known()) == []
        assert not world.transactions._entries
        world.ids.fails = False
        await introduced(world)

    run(body)


# --- refusals that need no machine --------------------------------------------------------------------------------------------


def test_ids_nobody_knows() -> None:
    async def body(world: World) -> None:
        assert add(world, (1, 0), P0).error is E.INVALID_PRODUCER_ID_MAPPING
        assert end(world, (1, 0)).error is E.INVALID_PRODUCER_ID_MAPPING
        assert world.transactions.verify("tx", 1, 0, [P0]) == {P0: E.INVALID_PRODUCER_ID_MAPPING}
        assert world.transactions.verify_group("tx", 1, 0, "g") is E.INVALID_PRODUCER_ID_MAPPING
        assert world.transactions.describe("tx") is E.TRANSACTIONAL_ID_NOT_FOUND
        for name_asked in (init(world, ""), add(world, (1, 0), P0, name=""), end(world, (1, 0), name="")):
            assert name_asked.error is E.INVALID_REQUEST
        assert world.transactions.describe("") is E.INVALID_REQUEST
        assert init(world, timeout_ms=0).error is E.INVALID_TRANSACTION_TIMEOUT
        assert not world.transactions._entries, "a refused introduction leaves nothing behind"

    run(body)


def test_after_close() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        world.catalogue.holds = True
        waiting = add(world, producer, P0)
        parked = add(world, producer, P1)
        world.transactions.close()
        assert parked.error is E.COORDINATOR_NOT_AVAILABLE
        assert init(world).error is E.COORDINATOR_NOT_AVAILABLE
        world.catalogue.release()
        await world.turn()
        assert waiting.error is E.NONE, "what was being stored is still answered"

    run(body)


# --- failed writes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("refuses", [True, False])
def test_a_failed_write_changes_nothing(refuses: bool) -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        world.catalogue.holds = True
        world.catalogue.refuses = refuses
        asked = add(world, producer, P0)
        await world.turn()
        if not refuses:
            parked = add(world, producer, P1)
            world.catalogue.fail()
            await world.turn()
            assert parked.error is E.COORDINATOR_NOT_AVAILABLE
        assert asked.error is E.COORDINATOR_NOT_AVAILABLE
        assert add(world, producer, P0).error is E.COORDINATOR_NOT_AVAILABLE, "not before it is loaded again"
        assert init(world).error is E.COORDINATOR_NOT_AVAILABLE
        world.catalogue.holds = world.catalogue.refuses = False
        await world.pass_ms(25)
        assert stored(world) is State.EMPTY
        asked = add(world, producer, P0)
        await world.turn()
        assert asked.error is E.NONE

    run(body)


def test_a_new_id_that_could_not_be_stored_never_was() -> None:
    async def body(world: World) -> None:
        world.catalogue.holds = True
        asked = init(world)
        await world.turn()
        world.catalogue.fail()
        await world.turn()
        assert asked.error is E.COORDINATOR_NOT_AVAILABLE
        world.catalogue.holds = False
        await world.pass_ms(25)
        assert not world.transactions._entries
        assert (await introduced(world))[1] == 0

    run(body)


def test_a_decision_that_could_not_be_stored_was_none() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.catalogue.holds = True
        asked = end(world, producer)
        await world.turn()
        world.catalogue.fail()
        await world.turn()
        assert asked.error is E.COORDINATOR_NOT_AVAILABLE
        assert not world.markers.asked
        world.catalogue.holds = False
        await world.pass_ms(25)
        asked = end(world, producer, commit=False)
        await world.turn()
        assert asked.one == EndReply(E.NONE, producer[0], 1)
        assert [marker.is_commit for marker, _ in world.markers.written] == [False]

    run(body)


def test_a_completion_that_could_not_be_stored_is_told_again() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.catalogue.holds = True
        asked = end(world, producer)
        world.catalogue.release()
        await world.turn()
        assert asked.error is E.NONE
        world.catalogue.fail()  # the completion
        await world.turn()
        assert stored(world) is State.PREPARE_COMMIT
        world.catalogue.holds = False
        await world.pass_ms(25)
        assert stored(world) is State.COMPLETE_COMMIT
        assert [marker.is_commit for marker, _ in world.markers.written] == [True, True]
        asked = add(world, (producer[0], 1), P1)
        await world.turn()
        assert asked.error is E.NONE

    run(body)


def test_a_catalogue_that_stays_broken_is_not_hammered() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        world.markers.holds = True
        end(world, producer)
        await world.turn()
        world.markers.holds = False
        world.catalogue.refuses = True
        world.markers.release()
        before = world.markers.asked
        for _ in range(100):
            await world.pass_ms(50)
        assert world.markers.asked - before < 12
        world.catalogue.refuses = False
        await world.pass_ms(6000)
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


# --- participants that cannot be told -----------------------------------------------------------------------------------------


def test_a_partition_that_is_away_is_told_later() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0, P1, P2)
        await world.turn()
        world.markers.errors = {P1: E.KAFKA_STORAGE_ERROR, P2: E.INVALID_PRODUCER_EPOCH}
        end(world, producer)
        await world.turn()
        assert stored(world) is State.PREPARE_COMMIT
        for _ in range(5):
            await world.pass_ms(1000)
        assert stored(world) is State.PREPARE_COMMIT
        assert {where for _, where in world.markers.written} == {P0}
        world.markers.errors = {}
        await world.pass_ms(5000)
        assert stored(world) is State.COMPLETE_COMMIT
        assert [where for _, where in world.markers.written] == [P0, P1]

    run(body)


def test_a_deleted_topic_needs_no_marker() -> None:
    async def body(world: World) -> None:
        world.create_topic("gone", 1, b"g" * 16)
        producer = await introduced(world)
        add(world, producer, P0, ("gone", 0))
        await world.turn()
        del world.store.topics["gone"]
        world.markers.errors = {("gone", 0): E.UNKNOWN_TOPIC_OR_PARTITION}
        end(world, producer)
        await world.turn()
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_many_partitions_are_told_in_slices() -> None:
    async def body(world: World) -> None:
        world.create_topic("wide", 1700, b"w" * 16)
        producer = await introduced(world)
        add(world, producer, *(("wide", index) for index in range(1700)))
        await world.turn()
        end(world, producer)
        await world.turn(20)
        assert world.markers.asked == 4
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_group_offsets_that_cannot_be_settled_are_settled_later() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, groups=("g",))
        await world.turn()
        done = Asked()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), done)
        await world.turn()
        world.catalogue.holds = True
        end(world, producer)
        world.catalogue.release()
        await world.turn()
        world.catalogue.fail()
        await world.turn()
        assert world.offsets.is_pending("g", "data", 0)
        world.catalogue.holds = False
        await world.pass_ms(25)
        assert not world.offsets.is_pending("g", "data", 0)
        assert [row.offset for row in world.groups.seen] == [5]
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_offsets_on_their_way_are_not_left_behind() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, groups=("g",))
        await world.turn()
        world.catalogue.holds = True
        stored_offsets = Asked()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), stored_offsets)
        asked = end(world, producer, commit=False)
        await world.turn()
        while world.catalogue.held:
            world.catalogue.release(1)
            await world.turn()
        assert asked.error is E.NONE
        assert stored_offsets.replies == [E.NONE]
        assert not world.offsets.has_pending("g")
        assert not world.store.pending
        assert not world.store.offsets

    run(body)


def test_offsets_for_a_topic_that_was_made_anew_are_dropped() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, groups=("g",))
        await world.turn()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), Asked())
        await world.turn()
        world.create_topic("data", 3, b"n" * 16)
        end(world, producer)
        await world.turn()
        assert not world.store.offsets
        assert not world.groups.seen
        assert not world.store.pending

    run(body)


def test_a_plain_commit_supersedes_what_was_sent_before() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, groups=("g",))
        await world.turn()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5), (1, 6)]), Asked())
        await world.turn()
        changes, then = world.offsets.superseding(rows("g", [(0, 9)]))
        assert len(changes) == 1
        world.catalogue.commit(changes)
        then()
        world = world.restart()
        end(world, producer)
        await world.turn()
        assert [(row.partition, row.offset) for row in world.groups.seen] == [(1, 6)]
        assert not world.store.pending

    run(body)


# --- time ---------------------------------------------------------------------------------------------------------------------


def test_a_transaction_times_out() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world, timeout_ms=1000)
        add(world, producer, P0)
        await world.turn()
        await world.pass_ms(900)
        add(world, producer, P1)
        await world.turn()
        assert stored(world) is State.ONGOING
        await world.pass_ms(100)
        assert stored(world) is State.COMPLETE_ABORT
        assert {(m.producer_epoch, m.is_commit, w) for m, w in world.markers.written} == {
            (1, False, P0),
            (1, False, P1),
        }
        assert add(world, producer, P0).error is E.PRODUCER_FENCED
        # The next transaction has a time of its own.
        asked = add(world, (producer[0], 1), P0)
        await world.turn()
        assert asked.error is E.NONE
        await world.pass_ms(999)
        assert stored(world) is State.ONGOING
        await world.pass_ms(1)
        assert stored(world) is State.COMPLETE_ABORT

    run(body)


def test_a_timeout_that_could_not_be_stored_is_tried_again() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world, timeout_ms=1000)
        add(world, producer, P0)
        await world.turn()
        world.catalogue.refuses = True
        await world.pass_ms(1000)
        world.catalogue.refuses = False
        await world.pass_ms(50)
        await world.pass_ms(50)
        assert stored(world) is State.COMPLETE_ABORT

    run(body)


def test_ids_nobody_uses_are_forgotten() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        await introduced(world, "idle")
        world.clock.ticks += 604_800_000 - 1
        add(world, producer, P0)
        await world.turn()
        world.clock.ticks += 1
        world.transactions.sweep()
        await world.turn()
        assert list(world.store.transactions) == ["tx"]
        assert [name for name, _ in world.transactions.known()] == ["tx"]
        assert (await introduced(world, "idle"))[1] == 0

    run(body)


def test_forgetting_that_fails_is_no_harm() -> None:
    async def body(world: World) -> None:
        await introduced(world)
        world.clock.ticks += 604_800_000
        world.catalogue.holds = True
        world.transactions.sweep()
        asked = init(world)
        await world.turn()
        assert world.transactions.describe("tx") is E.TRANSACTIONAL_ID_NOT_FOUND
        world.catalogue.fail()
        await world.turn()
        assert asked.error is E.COORDINATOR_NOT_AVAILABLE
        world.catalogue.holds = False
        await world.pass_ms(25)
        assert (await introduced(world))[1] == 1

    run(body)


# --- crashes ------------------------------------------------------------------------------------------------------------------


def test_what_was_decided_is_finished_after_a_crash() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0, groups=("g",))
        await world.turn()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), Asked())
        await world.turn()
        world.catalogue.holds = True
        end(world, producer)
        world.catalogue.release()
        world.markers.holds = True
        world.restart()
        await world.turn()
        assert [(m.producer_epoch, m.is_commit, w) for m, w in world.markers.written] == [(1, True, P0)]
        assert [row.offset for row in world.groups.seen] == [5]
        assert stored(world) is State.COMPLETE_COMMIT

    run(body)


def test_what_was_open_runs_out_after_a_crash() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world, timeout_ms=1000)
        add(world, producer, P0, groups=("g",))
        await world.turn()
        world.offsets.commit("g", producer[0], rows("g", [(0, 5)]), Asked())
        await world.turn()
        world.clock.ticks += 700
        world.restart()
        assert world.offsets.is_pending("g", "data", 0)
        await world.pass_ms(299)
        assert stored(world) is State.ONGOING
        await world.pass_ms(1)
        assert stored(world) is State.COMPLETE_ABORT
        assert not world.store.offsets
        assert not world.offsets.is_pending("g", "data", 0)
        world.clock.ticks += 10_000
        assert add(world, producer, P0).error is E.PRODUCER_FENCED

    run(body)


def test_stored_garbage_costs_its_own_id_only() -> None:
    async def body(world: World) -> None:
        import dataclasses

        await introduced(world, "good")
        await introduced(world, "bad")
        row = world.store.transactions["bad"]
        world.store.transactions["bad"] = dataclasses.replace(row, state=b"\x00garbage")
        world.restart()
        assert [name for name, _ in world.transactions.known()] == ["good"]
        assert (await introduced(world, "bad"))[1] == 0

    run(body)


def test_offsets_of_no_transaction_are_abandoned_at_start() -> None:
    async def body(world: World) -> None:
        world.offsets.commit("g", 123, rows("g", [(0, 5)]), Asked())
        await world.turn()
        world.restart()
        await world.turn()
        assert not world.store.pending
        assert not world.offsets.has_pending("g")

    run(body)


def test_open_transactions_nobody_knows_are_aborted() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        add(world, producer, P0)
        await world.turn()
        found = world.transactions.abort_orphans([OpenOne(P0, *producer, -1), OpenOne(P1, 99, 3, 4)])
        assert found == 1
        assert world.markers.written == [(Marker(99, 3, 4, False), P1)]

    run(body)


# --- Produce ------------------------------------------------------------------------------------------------------------------


def test_which_requests_may_carry_transactional_batches() -> None:
    assert check_request(None, [1]) is E.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    assert check_request("tx", [1, 2]) is E.INVALID_PRODUCER_ID_MAPPING
    assert check_request("tx", [1, 1]) is E.NONE


def test_partitions_are_verified_or_added() -> None:
    async def body(world: World) -> None:
        producer = await introduced(world)
        transactions = world.transactions
        assert admit(transactions, 11, "tx", *producer, []) is ALL_ADMITTED
        assert admit(transactions, 11, "tx", *producer, [P0]) == {P0: Refused(E.TRANSACTION_ABORTABLE, None)}
        refused = admit(transactions, 9, "tx", *producer, [P0])
        assert isinstance(refused, dict)
        assert refused[P0].error is E.INVALID_TXN_STATE
        future = admit(transactions, 12, "tx", *producer, [P0, P1])
        assert not isinstance(future, dict)
        assert await future == ALL_ADMITTED
        assert admit(transactions, 9, "tx", *producer, [P0]) == ALL_ADMITTED
        assert admit(transactions, 12, "tx", *producer, [P0, P1]) == ALL_ADMITTED, "known already: at once"
        fenced = admit(transactions, 12, "tx", producer[0], 9, [P0])
        assert fenced == {P0: Refused(E.INVALID_PRODUCER_EPOCH, None)}

    run(body)


def test_verification_can_be_switched_off() -> None:
    async def body(world: World) -> None:
        assert admit(world.transactions, 11, "tx", 1, 0, [P0]) == ALL_ADMITTED

    run(body, transaction_partition_verification_enable="false")
