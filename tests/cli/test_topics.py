"""`ottla topic` and `ottla cluster` against a broker."""

from __future__ import annotations

import time

LONG_AGO_MS = 1_372_896_000_000  # 2013-07-04


def fill(ottla, topic: str, count: int = 6) -> None:
    """`count` records, two of each three partitions in turn, a second apart from 2013-07-04 on."""
    lines = [
        f'{{"key":"k{at}","value":"v{at}","partition":{at % 3},"timestamp":{LONG_AGO_MS + at * 1000}}}'
        for at in range(count)
    ]
    assert ottla("topic", "alter", topic, "-c", "retention.ms=-1").code == 0
    assert ottla("produce", topic, "--json", stdin="\n".join(lines).encode()).code == 0


def test_a_topic_from_creation_to_deletion(ottla, name: str) -> None:
    made = ottla("topic", "create", name, "--partitions", "3", "-c", "retention.ms=7d", "-c", "segment.bytes=1GiB")
    assert (made.code, made.out, made.err) == (0, "", f"created topic {name}\n")

    assert [name, "3", "1"] in ottla("topic", "list").rows()
    listed = {row["name"]: row for row in ottla("topic", "list", "--json").json}
    assert listed[name] == {"name": name, "partitions": 3, "replication_factor": 1, "internal": False}

    [described] = ottla("topic", "describe", name, "--json").json
    assert len(described.pop("topic_id")) == 22
    partitions = described.pop("partitions")
    assert described == {
        "name": name,
        "internal": False,
        "replication_factor": 1,
        "records": 0,
        "configs": {"retention.ms": "604800000", "segment.bytes": "1073741824"},
    }
    leader = partitions[0]["leader"]
    assert partitions == [
        {"partition": n, "leader": leader, "replicas": [leader], "isr": [leader], "earliest": 0, "latest": 0}
        for n in range(3)
    ]

    gone = ottla("topic", "delete", name, "--yes")
    assert (gone.code, gone.err) == (0, f"deleted topic {name}\n")
    assert name not in ottla("topic", "list").out


def test_a_description_for_people(ottla, topic: str) -> None:
    fill(ottla, topic)
    lines = ottla("topic", "describe", topic).lines
    assert lines[0].split() == ["topic", topic]
    assert lines[2].split() == ["records", "6"]
    assert lines[3].split() == ["settings", "retention.ms=-1"]
    assert lines[5].split() == ["PARTITION", "LEADER", "REPLICAS", "ISR", "EARLIEST", "LATEST"]
    assert [line.split()[-1] for line in lines[6:]] == ["2", "2", "2"]


def test_creating_what_exists(ottla, topic: str) -> None:
    again = ottla("topic", "create", topic)
    assert again.code == 1
    assert again.err == f"ottla: {topic}: Topic '{topic}' already exists. (TOPIC_ALREADY_EXISTS)\n"
    assert ottla("topic", "create", topic, "--if-not-exists").code == 0


def test_one_bad_topic_among_good_ones(ottla, name: str) -> None:
    ran = ottla("topic", "create", name, "no/slash")
    assert ran.code == 1
    assert f"created topic {name}\n" in ran.err
    assert "ottla: no/slash: " in ran.err
    assert "INVALID_TOPIC" in ran.err
    assert ottla("topic", "delete", name, "-y").code == 0


def test_validate_only_makes_nothing(ottla, name: str) -> None:
    assert ottla("topic", "create", name, "--validate-only").err == f"topic {name} can be created\n"
    assert name not in ottla("topic", "list").out
    bad = ottla("topic", "create", name, "--validate-only", "-c", "cleanup.policy=shred")
    assert bad.code == 1
    assert "INVALID_CONFIG" in bad.err


def test_altering(ottla, topic: str) -> None:
    assert (
        ottla(
            "topic", "alter", topic, "--partitions", "5", "-c", "retention.ms=1d", "-c", "max.message.bytes=2MiB"
        ).code
        == 0
    )
    [described] = ottla("topic", "describe", topic, "--json").json
    assert len(described["partitions"]) == 5
    assert described["configs"] == {"max.message.bytes": "2097152", "retention.ms": "86400000"}
    assert ottla("topic", "alter", topic, "--unset", "retention.ms").code == 0
    [described] = ottla("topic", "describe", topic, "--json").json
    assert described["configs"] == {"max.message.bytes": "2097152"}
    fewer = ottla("topic", "alter", topic, "--partitions", "2")
    assert fewer.code == 1
    assert "INVALID_PARTITIONS" in fewer.err


def test_offsets(ottla, topic: str) -> None:
    fill(ottla, topic)
    assert ottla("topic", "offsets", topic).rows() == [[str(n), "0", "2", "2"] for n in range(3)]

    at_time = ottla("topic", "offsets", topic, "--at", f"@{LONG_AGO_MS + 3000}", "--json").json
    assert [row["at"] for row in at_time] == [1, 1, 1]
    assert [row["at"] for row in ottla("topic", "offsets", topic, "--at", "-1", "--json").json] == [1, 1, 1]

    newest = ottla("topic", "offsets", topic, "--at", "newest", "-p", "1", "--json").json
    assert newest == [
        {
            "topic": topic,
            "partition": 1,
            "earliest": 0,
            "latest": 2,
            "records": 2,
            "at": 1,
            "timestamp": LONG_AGO_MS + 4000,
            "time": "2013-07-04T00:00:04.000Z",
        }
    ]


def test_trimming(ottla, topic: str) -> None:
    fill(ottla, topic)
    unasked = ottla("topic", "trim", topic, "--before", "1")
    assert (unasked.code, unasked.err) == (2, f"ottla: Delete 3 records of topic {topic}? Add --yes to do it.\n")

    by_offset = ottla("topic", "trim", topic, "--before", "1", "-p", "0", "--yes", "--json")
    assert by_offset.json == [{"topic": topic, "partition": 0, "earliest": 1, "deleted": 1}]

    by_time = ottla("topic", "trim", topic, "--before", "2013-07-04T00:00:03Z", "--yes")
    assert by_time.rows() == [["0", "1", "0"], ["1", "1", "1"], ["2", "1", "1"]]

    assert ottla("topic", "trim", topic, "--before", "end", "--yes").code == 0
    assert ottla("consume", topic).out == ""
    assert [row["earliest"] for row in ottla("topic", "offsets", topic, "--json").json] == [2, 2, 2]


def test_deletion_wants_a_yes(ottla, topic: str) -> None:
    ran = ottla("topic", "delete", topic)
    assert (ran.code, ran.err) == (2, f"ottla: Delete topic {topic} and all records? Add --yes to do it.\n")
    assert topic in ottla("topic", "list").out


def test_unknown_topics(ottla, name: str) -> None:
    for command in (
        ["describe", name],
        ["offsets", name],
        ["alter", name, "--partitions", "2"],
        ["trim", name, "--before", "end"],
    ):
        ran = ottla("topic", *command)
        assert (ran.code, ran.err) == (1, f"ottla: there is no topic {name}; create it: ottla topic create {name}\n"), (
            command
        )
    gone = ottla("topic", "delete", name, "-y")
    assert gone.code == 1
    assert "UNKNOWN_TOPIC_OR_PARTITION" in gone.err
    assert ottla("topic", "delete", name, "-y", "--if-exists").code == 0
    assert name not in ottla("topic", "list").out


def test_wrong_numbers(ottla, topic: str) -> None:
    for command, why in (
        (["create", "x", "--partitions", "0"], "--partitions 0: at least 1"),
        (["create", "x", "-c", "retention.ms"], "key=value"),
        (["create", "x", "-c", "retention.ms=soon"], "is not a duration"),
        (["alter", topic], "nothing to change"),
        (["offsets", topic, "-p", "7"], "has no partition 7"),
        (["offsets", topic, "--at", "middle"], "is no place in a log"),
        (["trim", topic, "--before", "beginning"], "deletes nothing"),
    ):
        ran = ottla("topic", *command)
        assert ran.code == 2, command
        assert why in ran.err
        assert ran.err.count("\n") == 1


def test_the_cluster(ottla, bootstrap: str) -> None:
    info = ottla("cluster", "info", "--json").json
    host, port = bootstrap.split(":")
    assert len(info["cluster_id"]) == 22
    assert [(node["host"], node["port"], node["controller"]) for node in info["nodes"]] == [(host, int(port), True)]
    shown = ottla("cluster", "info")
    assert shown.code == 0
    assert info["cluster_id"] in shown.lines[0]


def test_nobody_answers(run) -> None:
    begun = time.monotonic()
    ran = run("topic", "list", "--bootstrap", "127.0.0.1:1")
    assert ran.code == 1
    assert ran.err.startswith("ottla: no broker answers at 127.0.0.1:1 (connection refused)")
    assert time.monotonic() - begun < 3


def test_a_wrong_address(run) -> None:
    assert run("topic", "list", "-b", "nowhere").err == "ottla: --bootstrap nowhere: expected HOST:PORT\n"
    assert run("topic", "list", "-b", "nowhere").code == 2
    assert run("topic", "list", "-b", "").code == 2


def test_client_properties(ottla, bootstrap: str, topic: str, tmp_path) -> None:
    file = tmp_path / "client.properties"
    file.write_text(f"# mine\nbootstrap.servers = {bootstrap}\nclient.id=me\n")
    assert topic in ottla("topic", "list", "--client-config", str(file), "-b", "127.0.0.1:1").out
    bad = ottla("topic", "list", "-X", "no.such.property=1")
    assert bad.code == 2
    assert "no.such.property" in bad.err
    assert ottla("topic", "list", "--client-config", str(tmp_path / "missing")).code == 2
