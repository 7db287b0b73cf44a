"""`ottla bench` against a broker: numbers that hang together, and nothing left behind."""

from __future__ import annotations

import pytest

from ottla.cli.bench import percentile


def test_percentile_is_the_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.99, 0.999)] == [50.0, 99.0, 100.0]
    assert percentile([7.0], 0.5) == 7.0


def test_figures_and_nothing_left(ottla) -> None:
    before = ottla("topic", "list", "--json").json
    ran = ottla("bench", "--time", "200ms", "--most", "2MB", "--size", "500B", "--partitions", "2", "--json")
    found = ran.json
    assert found["produce"]["records"] > 0
    assert found["consume"]["records"] == found["produce"]["records"]
    assert found["produce"]["mb_per_s"] > 0
    one = found["one_at_a_time"]
    assert one["records"] > 0
    assert 0 < one["p50_ms"] <= one["p99_ms"] <= one["p999_ms"]
    assert ottla("topic", "list", "--json").json == before


@pytest.mark.parametrize(("acks", "compression"), [("0", "none"), ("1", "lz4")])
def test_a_topic_of_ones_own_stays(ottla, topic: str, acks: str, compression: str) -> None:
    arguments = ("--topic", topic, "--time", "100ms", "--most", "1MB", "--acks", acks, "-z", compression)
    ran = ottla("bench", *arguments)
    assert ran.code == 0, ran.err
    assert ran.lines[0].split()[:2] == ["PART", "RECORDS"]
    assert [line.split()[0] for line in ran.lines[1:3]] == ["produce", "consume"]
    again = ottla("bench", *arguments, "--json").json  # reads what this run sent, not what was there
    assert again["consume"]["records"] <= again["produce"]["records"]
    assert ottla("topic", "describe", topic).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--size", "0B"), "--size 0B"),
        (("--time", "0s"), "--time 0s"),
        (("--partitions", "0"), "--partitions 0"),
        (("--size", "many"), "not a size"),
    ],
)
def test_wrong_command_lines(ottla, arguments: tuple[str, ...], said: str) -> None:
    ran = ottla("bench", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_no_such_topic(ottla) -> None:
    ran = ottla("bench", "--topic", "nobody-made-this", "--time", "100ms")
    assert ran.code == 1
    assert "nobody-made-this" in ran.err


def test_nobody_there(run) -> None:
    ran = run("bench", "--bootstrap", "127.0.0.1:1")
    assert ran.code == 1
    assert "no broker answers" in ran.err
