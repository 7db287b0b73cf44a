"""Pending offsets: what holds in the end is what was sent last among what was committed, whatever the order of the ends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.listing import Filter, describe, offsets_partition
from ottla.rules.transactions.orphans import OpenOne, orphans
from ottla.rules.transactions.pending import Key, Pending, PendingOffsets
from ottla.rules.transactions.states import Facts, State
from ottla.rules.transactions.versions import coordinator_error, offset_commit_error, produce_error

E = ErrorCode
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["send", "send", "commit", "abort", "plain"]), st.integers(1, 3), st.integers(0, 1)),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(ACTIONS)
def test_against_a_history(actions: list[tuple[str, int, int]]) -> None:
    store: PendingOffsets[int] = PendingOffsets()
    held: dict[int, int] = {}
    # The model: everything ever sent for a partition, in order, with what became of it.
    history: dict[int, list[list[object]]] = {0: [], 1: []}
    for value, (action, producer_id, partition) in enumerate(actions):
        match action:
            case "send":
                store.put(Key("g", producer_id, "t", partition), Pending(store.next_sequence(), value))
                for entry in history[partition]:
                    if entry[0] == producer_id and entry[2] == "open":
                        entry[2] = "replaced"
                history[partition].append([producer_id, value, "open"])
            case "plain":
                store.mark(store.supersede("g", [("t", partition)]))
                held[partition] = value
                history[partition].append([0, value, "commit"])
            case _:
                settled = store.settle("g", producer_id, is_commit=action == "commit")
                for (_, index), found in settled.applied:
                    held[index] = found
                store.apply(settled)
                for entries in history.values():
                    for entry in entries:
                        if entry[0] == producer_id and entry[2] == "open":
                            entry[2] = action
        for index, entries in history.items():
            committed = [entry[1] for entry in entries if entry[2] == "commit"]
            assert held.get(index) == (committed[-1] if committed else None)
            assert store.is_pending("g", "t", index) == any(entry[2] == "open" for entry in entries)
    assert store.has_group("g") == any(e[2] == "open" for entries in history.values() for e in entries)


def test_deletions() -> None:
    store: PendingOffsets[int] = PendingOffsets()
    for group in ("g", "h"):
        for topic in ("t", "u"):
            store.put(Key(group, 1, topic, 0), Pending(store.next_sequence(), 0))
    store.remove_topic("t")
    assert set(store) == {Key("g", 1, "u", 0), Key("h", 1, "u", 0)}
    assert store.groups_of(1) == ["g", "h"]
    store.remove_group("g")
    assert set(store) == {Key("h", 1, "u", 0)}
    store.remove(Key("h", 1, "u", 0))
    store.remove(Key("h", 1, "u", 0))
    assert not store.has_group("h")


# --- the offsets topic's partitions, filters ----------------------------------------------------------------------------------


def test_partition_of_a_group_is_javas() -> None:
    # "polygenelubricants".hashCode() is the smallest int and has no absolute value. The others: jshell.
    assert offsets_partition("polygenelubricants", 50) == 0
    assert offsets_partition("my-group", 50) == 12
    assert offsets_partition("", 50) == 0
    assert offsets_partition("a", 50) == 97 % 50
    assert offsets_partition("group-😀", 50) == offsets_partition("group-\ud83d\ude00", 50)


def test_filters() -> None:
    facts = Facts(State.ONGOING, 7, 0, 1000, 0, started_ms=1000, partitions=frozenset({("t", 1), ("t", 0), ("s", 2)}))
    now = 2000
    assert Filter.read([], [], -1, None).lets_through("a", facts, now)
    assert Filter.read(["Ongoing", "Nope"], [7], 999, "a|b").lets_through("a", facts, now)
    assert Filter.read(["Ongoing", "Nope"], [], -1).unknown_states == ("Nope",)
    assert not Filter.read(["Nope"], [], -1).lets_through("a", facts, now)
    assert not Filter.read([], [8], -1).lets_through("a", facts, now)
    assert not Filter.read([], [], 1000).lets_through("a", facts, now)
    assert not Filter.read([], [], -1, "b").lets_through("a", facts, now)
    assert Filter.read([], [], -1, "").lets_through("a", facts, now)
    found = describe(facts._replace(groups=frozenset({"a"})), 50)
    assert found.topics == (("__consumer_offsets", (47,)), ("s", (2,)), ("t", (0, 1)))


def test_orphans() -> None:
    where = ("t", 0)
    ongoing = Facts(State.ONGOING, 7, 2, 1000, 0, started_ms=0, partitions=frozenset({where}))
    known = {7: ongoing, 8: ongoing._replace(state=State.COMPLETE_ABORT, producer_id=8, partitions=frozenset())}
    opened = [OpenOne(where, 7, 2, -1), OpenOne(("t", 1), 7, 2, 3), OpenOne(where, 8, 1, -1), OpenOne(where, 9, 0, -1)]
    found = orphans(opened, known, 1)
    assert [(m.producer_id, m.producer_epoch, m.coordinator_epoch, m.is_commit, w) for m, w in found] == [
        (7, 2, 3, False, ("t", 1)),
        (8, 1, 1, False, where),
        (9, 0, 1, False, where),
    ]


# --- words --------------------------------------------------------------------------------------------------------------------


def test_words_of_old_versions() -> None:
    for api_key, since in ((22, 4), (24, 2), (25, 2), (26, 2)):
        assert coordinator_error(api_key, since - 1, E.PRODUCER_FENCED) is E.INVALID_PRODUCER_EPOCH
        assert coordinator_error(api_key, since, E.PRODUCER_FENCED) is E.PRODUCER_FENCED
        assert coordinator_error(api_key, 0, E.INVALID_TXN_STATE) is E.INVALID_TXN_STATE
    assert produce_error(10, E.TRANSACTION_ABORTABLE) == (
        E.INVALID_TXN_STATE,
        "Partition was not added to the transaction",
    )
    assert produce_error(11, E.TRANSACTION_ABORTABLE)[0] is E.TRANSACTION_ABORTABLE
    assert produce_error(12, E.PRODUCER_FENCED)[0] is E.INVALID_PRODUCER_EPOCH
    assert produce_error(11, E.CONCURRENT_TRANSACTIONS)[0] is E.NOT_ENOUGH_REPLICAS
    assert produce_error(12, E.CONCURRENT_TRANSACTIONS)[0] is E.CONCURRENT_TRANSACTIONS
    assert produce_error(12, E.COORDINATOR_LOAD_IN_PROGRESS)[0] is E.NOT_ENOUGH_REPLICAS
    assert offset_commit_error(3, E.TRANSACTION_ABORTABLE) is E.INVALID_TXN_STATE
    assert offset_commit_error(4, E.TRANSACTION_ABORTABLE) is E.TRANSACTION_ABORTABLE
    assert offset_commit_error(1, E.COORDINATOR_LOAD_IN_PROGRESS) is E.COORDINATOR_NOT_AVAILABLE
    assert offset_commit_error(2, E.COORDINATOR_LOAD_IN_PROGRESS) is E.COORDINATOR_LOAD_IN_PROGRESS
    assert offset_commit_error(5, E.PRODUCER_FENCED) is E.INVALID_PRODUCER_EPOCH
