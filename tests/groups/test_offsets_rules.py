"""Committed offsets: the store against a plain dictionary, and what has aged out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.groups.stage import DELAY, SESSION, Stage, subscription

from ottla.base.errors import ErrorCode
from ottla.catalogue.model import OffsetRow
from ottla.rules.groups.kinds import RetentionBase
from ottla.rules.groups.offsets import OffsetStore, check_unknown_group, expired_offsets, is_expired
from ottla.rules.groups.subscription import subscribed_topics

WEEK = 7 * 24 * 3600 * 1000


def row(offset: int = 1, commit_ms: int = 0, expire_ms: int = -1) -> OffsetRow:
    return OffsetRow("g", "t", 0, offset, -1, "", commit_ms, expire_ms)


GROUPS = st.sampled_from(["g", "h"])
TOPICS = st.sampled_from(["t", "u", "v"])
PARTITIONS = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("put"), GROUPS, TOPICS, PARTITIONS),
    st.tuples(st.just("remove"), GROUPS, TOPICS, PARTITIONS),
    st.tuples(st.just("remove_group"), GROUPS),
    st.tuples(st.just("remove_topic"), TOPICS),
)


@given(st.lists(STEPS, max_size=40))
def test_the_store_is_a_dictionary_by_group_topic_and_partition(steps: list[tuple[object, ...]]) -> None:
    store, model = OffsetStore(), {}
    for number, (what, *where) in enumerate(steps):
        if what == "put":
            model[tuple(where)] = row(number)
            store.put(*where, model[tuple(where)])  # type: ignore[arg-type]
        else:
            getattr(store, str(what))(*where)
            if what == "remove":
                model.pop(tuple(where), None)
            else:
                part = 0 if what == "remove_group" else 1
                model = {key: value for key, value in model.items() if key[part] != where[0]}
    flat = {(g, t, p): c for g in store for t, parts in store.topics(g).items() for p, c in parts.items()}
    assert flat == model
    assert all(store.get(*key) is value for key, value in model.items())
    assert {key[0] for key in model} == set(store)
    assert all(store.topics(group).values() for group in store)


@pytest.mark.parametrize(
    ("generation", "version", "error"),
    [
        (-1, 2, ErrorCode.NONE),
        (-1, 10, ErrorCode.NONE),
        (0, 8, ErrorCode.ILLEGAL_GENERATION),
        (5, 9, ErrorCode.GROUP_ID_NOT_FOUND),
    ],
)
def test_a_commit_to_an_unknown_group(generation: int, version: int, error: ErrorCode) -> None:
    assert check_unknown_group(generation, version) is error


@pytest.mark.parametrize(
    ("commit_ms", "expire_ms", "since_ms", "now_ms", "expired"),
    [
        (1000, -1, None, 1000 + WEEK - 1, False),
        (1000, -1, None, 1000 + WEEK, True),
        (1000, -1, 5000, 1000 + WEEK, False),  # since the group became empty, not since the commit
        (1000, -1, 5000, 5000 + WEEK, True),
        (1000, 2000, 5000, 1999, False),
        (1000, 2000, 5000, 2000, True),  # what the client asked for stands
        (1000, 9 * WEEK, None, 1000 + WEEK, False),
    ],
)
def test_when_an_offset_is_old(
    commit_ms: int, expire_ms: int, since_ms: int | None, now_ms: int, expired: bool
) -> None:
    assert is_expired(row(1, commit_ms, expire_ms), RetentionBase(since_ms), now_ms, WEEK) is expired


def test_offsets_of_a_simple_group_age_each_since_its_commit() -> None:
    stage = Stage()
    topics = {"t": {0: row(1, stage.wall - WEEK), 1: row(1, stage.wall - WEEK + 1)}}
    assert expired_offsets(stage.group, topics, stage.wall, WEEK) == ([("t", 0)], False)
    assert expired_offsets(stage.group, {"t": {0: row(1, stage.wall - WEEK)}}, stage.wall, WEEK) == ([("t", 0)], True)
    assert expired_offsets(stage.group, {}, stage.wall, WEEK) == ([], True)


def test_offsets_of_a_group_with_members_age_only_for_topics_nobody_subscribes_to() -> None:
    stage = Stage()
    (member,) = stage.stable(1, protocols=(("range", subscription("t")),))
    old = {"t": {0: row()}, "u": {0: row()}}
    assert expired_offsets(stage.group, old, stage.wall, WEEK) == ([("u", 0)], False)
    stage.join(member, protocols=(("range", subscription("t")),))  # the leader: CompletingRebalance now
    assert expired_offsets(stage.group, old, stage.wall, WEEK) == ([], False)


def test_offsets_of_a_group_that_became_empty_age_from_then_on() -> None:
    stage = Stage()
    stage.stable(1, protocols=(("range", subscription("t")),))
    stage.pass_time(SESSION)
    old = {"t": {0: row()}}
    assert expired_offsets(stage.group, old, stage.group.state_since_ms + WEEK - 1, WEEK) == ([], False)
    assert expired_offsets(stage.group, old, stage.group.state_since_ms + WEEK, WEEK) == ([("t", 0)], True)


def test_a_group_that_rebalances_for_the_first_time_keeps_its_offsets() -> None:
    stage = Stage()
    stage.new_member(protocols=(("range", subscription("t")),))
    stage.pass_time(DELAY - 1)
    assert expired_offsets(stage.group, {"t": {0: row()}}, stage.wall, WEEK) == ([], False)


@given(st.lists(st.text(max_size=20), max_size=5), st.integers(0, 3))
def test_any_subscription_is_read(topics: list[str], version: int) -> None:
    assert subscribed_topics(subscription(*topics, version=version)) == frozenset(topics)


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reading_of_subscriptions(metadata: bytes) -> None:
    found = subscribed_topics(metadata)
    assert found is None or all(isinstance(topic, str) for topic in found)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=3), st.data())
def test_a_truncated_subscription_is_none(topics: list[str], data: st.DataObject) -> None:
    whole = subscription(*topics, version=0)[:-4]
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert subscribed_topics(whole[:cut]) is None


@pytest.mark.parametrize(
    "metadata",
    [b"", b"\xff\xff" + bytes(8), b"\x00\x00\x7f\xff\xff\xff", b"\x00\x00\x00\x00\x00\x01\xff\xff\x00\x00\x00\x00"],
    ids=["nothing", "negative version", "two billion topics", "null topic"],
)
def test_what_is_no_subscription(metadata: bytes) -> None:
    assert subscribed_topics(metadata) is None
