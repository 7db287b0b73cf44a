"""`ottla group` against a broker."""

from __future__ import annotations

import time
from collections.abc import Iterator

import confluent_kafka
import pytest


@pytest.fixture
def group(ottla, topic: str, name: str) -> Iterator[str]:
    """A group that has read three of the five records in partition 0 of `topic`, and is empty again."""
    ottla("produce", topic, "-p", "0", stdin=b"1\n2\n3\n4\n5\n")
    assert ottla("consume", topic, "-g", f"{name}-group", "--count", "3").lines == ["1", "2", "3"]
    yield f"{name}-group"
    ottla("group", "delete", f"{name}-group", "-y")


@pytest.fixture
def member(group: str, topic: str, bootstrap: str) -> Iterator[str]:
    """The group with a member in it."""
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": bootstrap, "group.id": group, "client.id": "my-app", "enable.auto.commit": False}
    )
    consumer.subscribe([topic])
    deadline = time.monotonic() + 20
    while len(consumer.assignment()) < 3 and time.monotonic() < deadline:
        consumer.poll(0.1)
    assert len(consumer.assignment()) == 3
    yield group
    consumer.close()


def test_listing(ottla, group: str) -> None:
    assert [group, "empty", "classic"] in ottla("group", "list").rows()
    rows = {row["group"]: row for row in ottla("group", "list", "--json").json}
    assert rows[group] == {"group": group, "state": "empty", "type": "classic", "simple": False}
    assert group in ottla("group", "list", "--state", "empty").out
    assert group not in ottla("group", "list", "--state", "stable").out


def test_describing_an_empty_group(ottla, group: str, topic: str) -> None:
    [found] = ottla("group", "describe", group, "--json").json
    assert (found["group"], found["state"], found["members"]) == (group, "empty", [])
    assert found["offsets"] == [
        {"topic": topic, "partition": 0, "committed": 3, "latest": 5, "lag": 2, "metadata": None}
    ]
    shown = ottla("group", "describe", group)
    assert shown.lines[0].split() == ["group", group]
    assert shown.lines[-1].split() == [topic, "0", "3", "5", "2"]


def test_describing_a_group_at_work(ottla, member: str, topic: str) -> None:
    [found] = ottla("group", "describe", member, "--json").json
    assert (found["state"], found["assignor"]) == ("stable", "range")
    [one] = found["members"]
    assert (one["client_id"], one["host"], one["instance_id"]) == ("my-app", "127.0.0.1", None)
    assert one["partitions"] == [{"topic": topic, "partition": n} for n in range(3)]
    shown = ottla("group", "describe", member)
    assert f"{topic}-0,{topic}-1,{topic}-2" in shown.out
    assert "my-app" in shown.out


def test_lag(ottla, group: str) -> None:
    assert ottla("group", "lag", group).rows() == [[group, "empty", "1", "2"]]
    rows = {row["group"]: row for row in ottla("group", "lag", "--json").json}
    assert rows[group] == {"group": group, "state": "empty", "partitions": 1, "lag": 2}


def test_offsets(ottla, group: str, topic: str) -> None:
    assert ottla("group", "offsets", group).rows() == [[topic, "0", "3", "5", "2"]]


def test_lag_of_a_topic_that_is_gone(ottla, group: str, topic: str) -> None:
    before = ottla("group", "offsets", group, "--json").json
    assert ottla("topic", "delete", topic, "-y").code == 0
    after = ottla("group", "offsets", group, "--json")
    # Kafka forgets the offsets of a deleted topic some time after it.
    assert after.code == 0
    assert after.json in ([], [before[0] | {"latest": None, "lag": None}])


@pytest.mark.parametrize(
    ("to", "offset"),
    [
        ("beginning", 0),
        ("end", 5),
        ("4", 4),
        ("99", 5),
        ("-1", 4),
        ("+1", 4),
        ("current-2", 1),
        ("current-9", 0),
        ("current", 3),
        ("1h", 0),
        ("@99999999999999", 5),
    ],
)
def test_resetting(ottla, group: str, topic: str, to: str, offset: int) -> None:
    ran = ottla("group", "reset", group, "--to", to, "--yes", "--json")
    assert (ran.code, ran.json) == (0, [{"topic": topic, "partition": 0, "from": 3, "to": offset}])
    assert ran.err == f"moved 1 offset of group {group}\n"
    assert ottla("group", "offsets", group, "--json").json[0]["committed"] == offset


def test_a_reset_is_shown_first(ottla, group: str, topic: str) -> None:
    dry = ottla("group", "reset", group, "--to", "end", "--dry-run")
    assert (dry.code, dry.rows()) == (0, [[topic, "0", "3", "5"]])
    unasked = ottla("group", "reset", group, "--to", "end")
    assert (unasked.code, unasked.err) == (2, f"ottla: Move 1 offset of group {group}? Add --yes to do it.\n")
    assert ottla("group", "offsets", group, "--json").json[0]["committed"] == 3


def test_resetting_a_whole_topic_for_a_new_group(ottla, topic: str, name: str) -> None:
    ottla("produce", topic, "-p", "1", stdin=b"1\n2\n")
    ran = ottla("group", "reset", name, "--to", "end", "--topic", topic, "-y", "--json")
    assert [(row["partition"], row["from"], row["to"]) for row in ran.json] == [
        (0, None, 0),
        (1, None, 2),
        (2, None, 0),
    ]
    one = ottla("group", "reset", name, "--to", "1", "-t", topic, "-p", "1", "-y", "--json")
    assert one.json == [{"topic": topic, "partition": 1, "from": 2, "to": 1}]
    assert ottla("group", "delete", name, "-y").code == 0


def test_a_group_at_work_is_not_reset_or_deleted(ottla, member: str) -> None:
    for command in (["reset", member, "--to", "end", "-y"], ["delete", member, "-y"]):
        ran = ottla("group", *command)
        assert ran.code == 1, command
        assert ran.err.count("\n") == 1
    assert ottla("group", "offsets", member, "--json").json[0]["committed"] == 3


def test_deleting(ottla, group: str) -> None:
    unasked = ottla("group", "delete", group)
    assert (unasked.code, unasked.err) == (2, f"ottla: Delete group {group} with its offsets? Add --yes to do it.\n")
    gone = ottla("group", "delete", group, "-y")
    assert (gone.code, gone.err) == (0, f"deleted group {group}\n")
    assert group not in ottla("group", "list").out
    again = ottla("group", "delete", group, "-y")
    assert again.code == 1
    assert "GROUP_ID_NOT_FOUND" in again.err


def test_unknown_groups(ottla, name: str) -> None:
    for command in (["describe", name], ["offsets", name], ["lag", name]):
        ran = ottla("group", *command)
        assert (ran.code, ran.err) == (1, f"ottla: there is no group {name}; see ottla group list\n"), command
    ran = ottla("group", "reset", name, "--to", "end", "-y")
    assert ran.code == 1
    assert "name a topic with --topic" in ran.err


def test_wrong_resets(ottla, name: str) -> None:
    for arguments in (["--to", "+x"], ["--to", "nowhere"], ["--to", "end", "-p", "1"], []):
        ran = ottla("group", "reset", name, *arguments)
        assert ran.code == 2, arguments
        assert ran.err.count("\n") == 1
