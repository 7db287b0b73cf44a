"""`ottla config` against a broker."""

from __future__ import annotations

import pytest


def broker_id(ottla) -> str:
    return str(ottla("cluster", "info", "--json").json["nodes"][0]["node_id"])


def values(ottla, kind: str, name: str, *more: str) -> dict[str, str]:
    return {row["name"]: row["value"] for row in ottla("config", "get", kind, name, "--json", *more).json}


def test_a_topics_settings(ottla, topic: str) -> None:
    ran = ottla("config", "set", "topic", topic, "retention.ms=2d", "cleanup.policy=compact")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"topic {topic}: retention.ms=172800000\ntopic {topic}: cleanup.policy=compact\n"

    changed = values(ottla, "topic", topic)
    assert changed["retention.ms"] == "172800000"
    assert changed["cleanup.policy"] == "compact"
    assert "segment.bytes" not in changed
    assert values(ottla, "topic", topic, "--all")["segment.bytes"] == "1073741824"

    assert ["retention.ms", "172800000", "dynamic-topic"] in ottla("config", "get", "topic", topic).rows()
    assert ottla("config", "get", "topic", topic, "segment.bytes").rows() == [
        ["segment.bytes", "1073741824", "default"]
    ]

    undone = ottla("config", "unset", "topic", topic, "retention.ms")
    assert (undone.code, undone.err) == (0, f"topic {topic}: retention.ms=604800000 (default)\n")
    assert "retention.ms" not in values(ottla, "topic", topic)


def test_a_brokers_settings(ottla) -> None:
    node = broker_id(ottla)
    assert ottla("config", "set", "broker", node, "log.retention.ms=3d").code == 0
    try:
        row = next(r for r in ottla("config", "get", "broker", node, "--json").json if r["name"] == "log.retention.ms")
        assert (row["value"], row["source"], row["read_only"]) == ("259200000", "dynamic-broker", False)
    finally:
        assert ottla("config", "unset", "broker", node, "log.retention.ms").code == 0
    assert values(ottla, "broker", node, "--all")["log.retention.ms"] is None


def test_a_groups_settings(ottla, name: str) -> None:
    assert ottla("config", "set", "group", name, "consumer.session.timeout.ms=50s").code == 0
    assert values(ottla, "group", name)["consumer.session.timeout.ms"] == "50000"
    assert ottla("config", "unset", "group", name, "consumer.session.timeout.ms").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (
            ["set", "topic", "TOPIC", "retention.mss=1"],
            1,
            "there is no setting retention.mss (did you mean retention.ms?)",
        ),
        (["get", "topic", "TOPIC", "clean.policy"], 1, "did you mean cleanup.policy?"),
        (["unset", "topic", "TOPIC", "xyzzy"], 1, "there is no setting xyzzy"),
        (["set", "topic", "TOPIC", "cleanup.policy=shred"], 1, "INVALID_CONFIG"),
        (["set", "topic", "TOPIC", "retention.ms"], 2, "key=value"),
        (["set", "topic", "TOPIC", "retention.ms=soon"], 2, "is not a duration"),
        (["get", "broker", "one"], 1, "'one' is no broker's id"),
        (["get", "user", "x"], 2, "topic"),
    ],
)
def test_refusals_are_one_line(ottla, topic: str, arguments: list[str], code: int, why: str) -> None:
    ran = ottla("config", *(topic if word == "TOPIC" else word for word in arguments))
    assert ran.code == code
    assert why in ran.err
    assert ran.err.count("\n") == 1


def test_an_unknown_topic(ottla, name: str) -> None:
    ran = ottla("config", "get", "topic", name)
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_nothing_changed(ottla, name: str) -> None:
    ran = ottla("config", "get", "group", name)
    assert (ran.code, ran.out) == (0, "")
    assert "stands at its default" in ran.err
