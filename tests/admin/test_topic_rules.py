"""What may become a topic: the pure rules, against Kafka's words."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.rules.topics import (
    Assignment,
    MorePartitions,
    NewTopic,
    Refusal,
    Surroundings,
    TopicPlan,
    can_collide,
    collision_key,
    duplicates,
    is_internal,
    name_fault,
    place,
    plan_partitions,
    plan_topic,
    plan_topics,
)

LEGAL = string.ascii_letters + string.digits + "._-"


def around(*existing: str, brokers: tuple[int, ...] = (1,), partitions: int = 1, factor: int = 1) -> Surroundings:
    colliding = {collision_key(name): name for name in existing if can_collide(name)}
    return Surroundings(dict.fromkeys(existing), colliding.get, brokers, partitions, factor)


def no_fault(configs: object) -> None:
    return None


def plan(topic: NewTopic, *existing: str, brokers: tuple[int, ...] = (1,)) -> TopicPlan | Refusal:
    return plan_topic(topic, around(*existing, brokers=brokers), no_fault)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "Topic name is invalid: the empty string is not allowed"),
        (".", "Topic name is invalid: '.' is not allowed"),
        ("..", "Topic name is invalid: '..' is not allowed"),
        ("a" * 250, f"Topic name is invalid: the length of '{'a' * 250}' is longer than the max allowed length 249"),
        (
            "a b",
            "Topic name is invalid: 'a b' contains one or more characters other than "
            "ASCII alphanumerics, '.', '_' and '-'",
        ),
        (
            "ä",
            "Topic name is invalid: 'ä' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
        ),
        (
            "a\n",
            "Topic name is invalid: 'a\n' contains one or more characters other than "
            "ASCII alphanumerics, '.', '_' and '-'",
        ),
    ],
)
def test_names_that_cannot_be(name: str, fault: str) -> None:
    assert name_fault(name) == fault


@given(st.text(LEGAL, min_size=1, max_size=249).filter(lambda name: name not in {".", ".."}))
def test_every_legal_name_can_be(name: str) -> None:
    assert name_fault(name) is None
    assert isinstance(plan(NewTopic(name)), TopicPlan)


@given(st.text(min_size=1, max_size=300))
def test_a_name_is_a_safe_directory_name_or_refused(name: str) -> None:
    if name_fault(name) is None:
        assert len(name) <= 249
        assert set(name) <= set(LEGAL)
        assert name not in {".", ".."}


def test_dots_and_underscores_are_the_same_to_a_metric() -> None:
    refusal = plan(NewTopic("a.b_c"), "a_b.c")
    assert refusal == Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, "Topic 'a.b_c' collides with existing topic: a_b.c")
    assert isinstance(plan(NewTopic("a-b"), "a_b", "a.b"), TopicPlan)


def test_what_exists_is_said_to_exist_even_when_it_collides_with_itself() -> None:
    assert plan(NewTopic("a_b"), "a_b") == Refusal(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic 'a_b' already exists.")


def test_two_of_one_name_are_both_refused() -> None:
    plans = plan_topics([NewTopic("x"), NewTopic("y"), NewTopic("x")], around(), no_fault)
    assert plans[0] == plans[2] == Refusal(ErrorCode.INVALID_REQUEST, "Duplicate topic name.")
    assert isinstance(plans[1], TopicPlan)


def test_internal_topics() -> None:
    assert is_internal("__consumer_offsets")
    assert not is_internal("consumer_offsets")
    refusal = plan(NewTopic("__cluster_metadata"))
    assert isinstance(refusal, Refusal)
    assert refusal.error is ErrorCode.INVALID_REQUEST


@pytest.mark.parametrize(
    ("topic", "error", "message"),
    [
        (
            NewTopic("t", 1, 3),
            ErrorCode.INVALID_REPLICATION_FACTOR,
            "Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached because "
            "only 1 broker(s) are registered.",
        ),
        (
            NewTopic("t", 1, 0),
            ErrorCode.INVALID_REPLICATION_FACTOR,
            "Replication factor must be larger than 0, or -1 to use the default value.",
        ),
        (
            NewTopic("t", 1, -2),
            ErrorCode.INVALID_REPLICATION_FACTOR,
            "Replication factor must be larger than 0, or -1 to use the default value.",
        ),
        (
            NewTopic("t", 0, 1),
            ErrorCode.INVALID_PARTITIONS,
            "Number of partitions was set to an invalid non-positive value.",
        ),
        (
            NewTopic("t", -2),
            ErrorCode.INVALID_PARTITIONS,
            "Number of partitions was set to an invalid non-positive value.",
        ),
        (
            NewTopic("t", -1, 1, (Assignment(0, (1,)),)),
            ErrorCode.INVALID_REQUEST,
            "A manual partition assignment was specified, but replication factor was not set to -1.",
        ),
        (
            NewTopic("t", 1, -1, (Assignment(0, (1,)),)),
            ErrorCode.INVALID_REQUEST,
            "A manual partition assignment was specified, but numPartitions was not set to -1.",
        ),
        (
            NewTopic("t", assignments=(Assignment(0, (1,)), Assignment(0, (1,)))),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "Found multiple manual partition assignments for partition 0",
        ),
        (
            NewTopic("t", assignments=(Assignment(0, (1,)), Assignment(2, (1,)))),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "partitions should be a consecutive 0-based integer sequence",
        ),
        (
            NewTopic("t", assignments=(Assignment(0, ()),)),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "The manual partition assignment includes an empty replica list.",
        ),
        (
            NewTopic("t", assignments=(Assignment(0, (1, 5)),)),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "The manual partition assignment includes broker 5, but no such broker is registered.",
        ),
        (
            NewTopic("t", assignments=(Assignment(0, (1, 1)),)),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "The manual partition assignment includes the broker 1 more than once.",
        ),
        (
            NewTopic("t", configs=(("retention.ms", None), ("x", None))),
            ErrorCode.INVALID_CONFIG,
            "Null value not supported for topic configs: retention.ms,x",
        ),
    ],
)
def test_refusals_in_kafkas_words(topic: NewTopic, error: ErrorCode, message: str) -> None:
    assert plan(topic) == Refusal(error, message)


def test_assignments_of_different_length() -> None:
    refusal = plan(NewTopic("t", assignments=(Assignment(0, (1, 2)), Assignment(1, (1,)))), brokers=(1, 2))
    assert refusal == Refusal(
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
        "The manual partition assignment includes a partition with 1 replica(s), but this is not consistent with "
        "previous partitions, which have 2 replica(s).",
    )


def test_the_judge_of_configs_is_heard() -> None:
    refusal = plan_topic(NewTopic("t", configs=(("a", "b"),)), around(), lambda configs: f"no {configs}")
    assert refusal == Refusal(ErrorCode.INVALID_CONFIG, "no {'a': 'b'}")


def test_defaults_fill_in_for_minus_one() -> None:
    made = plan_topic(NewTopic("t"), around(partitions=6), no_fault)
    assert isinstance(made, TopicPlan)
    assert made.replicas == ((1,),) * 6


def test_a_manual_assignment_is_taken_in_order_of_index() -> None:
    made = plan(NewTopic("t", assignments=(Assignment(1, (2, 1)), Assignment(0, (1, 2)))), brokers=(1, 2))
    assert isinstance(made, TopicPlan)
    assert made.replicas == ((1, 2), (2, 1))


def test_a_request_may_ask_for_ten_thousand_partitions_and_not_one_more() -> None:
    asked = [NewTopic("a", 9_999), NewTopic("b")]
    assert all(isinstance(one, TopicPlan) for one in plan_topics(asked, around(), no_fault))
    refused = plan_topics([*asked, NewTopic("c", 1)], around(), no_fault)
    assert refused == [
        Refusal(ErrorCode.POLICY_VIOLATION, "Excessively large number of partitions per request.")
    ] * len(refused)


@given(
    st.integers(0, 50), st.integers(1, 50), st.lists(st.integers(0, 99), min_size=1, max_size=6, unique=True), st.data()
)
def test_placement_is_even_and_never_doubles(start: int, count: int, brokers: list[int], data: st.DataObject) -> None:
    factor = data.draw(st.integers(1, len(brokers)))
    replicas = place(start, count, factor, brokers)
    assert not isinstance(replicas, Refusal)
    assert len(replicas) == count
    leaders = [one[0] for one in replicas]
    assert max(map(leaders.count, brokers)) - min(map(leaders.count, brokers)) <= 1
    for one in replicas:
        assert len(one) == len(set(one)) == factor
        assert set(one) <= set(brokers)


@given(st.lists(st.sampled_from("abcd")))
def test_duplicates(names: list[str]) -> None:
    assert duplicates(names) == {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize(
    ("wanted", "error", "message"),
    [
        (MorePartitions("t", 3), ErrorCode.INVALID_PARTITIONS, "Topic already has 3 partition(s)."),
        (
            MorePartitions("t", 2),
            ErrorCode.INVALID_PARTITIONS,
            "The topic t currently has 3 partition(s); 2 would not be an increase.",
        ),
        (
            MorePartitions("t", 5, ((1,),)),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.",
        ),
        (
            MorePartitions("t", 4, ((9,),)),
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "The manual partition assignment includes broker 9, but no such broker is registered.",
        ),
        (
            MorePartitions("t", 2**31 - 1),
            ErrorCode.POLICY_VIOLATION,
            "Excessively large number of partitions per request.",
        ),
    ],
)
def test_growth_that_cannot_be(wanted: MorePartitions, error: ErrorCode, message: str) -> None:
    assert plan_partitions(wanted, 3, 1, (1,)) == Refusal(error, message)


def test_growth() -> None:
    assert plan_partitions(MorePartitions("t", 5), 3, 1, (1,)) == ((1,), (1,))
    assert plan_partitions(MorePartitions("t", 4, ((2, 1),)), 3, 2, (1, 2)) == ((2, 1),)
