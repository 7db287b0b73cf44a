"""`ottla produce` and `ottla consume` against a broker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from kafka.partitioner.default import murmur2


def texts(ran) -> list[str]:
    return sorted(ran.lines)


def test_lines_there_and_back(ottla, topic: str) -> None:
    sent = ottla("produce", topic, stdin="eins\nzwei\n\n  drei  \nü".encode())
    assert (sent.code, sent.out, sent.err) == (0, "", f"sent 5 records to {topic}\n")
    read = ottla("consume", topic)
    assert (read.code, read.err) == (0, "")
    assert texts(read) == sorted(["eins", "zwei", "", "  drei  ", "ü"])


def test_keys_headers_and_nulls(ottla, topic: str) -> None:
    stdin = b"a:1\nb:2:3\nc:NIL\n"
    sent = ottla("produce", topic, "-k", ":", "--null", "NIL", "-H", "source=test", "--quiet", stdin=stdin)
    assert (sent.code, sent.err) == (0, "")
    assert texts(ottla("consume", topic, "--keys")) == ["a\t1", "b\t2:3", "c\tnull"]
    assert texts(ottla("consume", topic, "--keys", "--headers", "--null", "-")) == [
        "source=test\ta\t1",
        "source=test\tb\t2:3",
        "source=test\tc\t-",
    ]


def test_a_key_goes_where_javas_partitioner_puts_it(ottla, topic: str) -> None:
    ottla("produce", topic, "--key", "EWR", stdin=b"x\n")
    ottla("produce", topic, "-k", "\\t", stdin=b"EWR\ty\n")
    place = (murmur2(b"EWR") & 0x7FFFFFFF) % 3
    assert texts(ottla("consume", topic, "--format", "%p %k %v\\n")) == [f"{place} EWR x", f"{place} EWR y"]


def test_json_there_and_back(ottla, topic: str, name: str) -> None:
    rows = [
        {
            "key": "k",
            "value": "v",
            "headers": [["h", "1"], ["h", None]],
            "partition": 1,
            "timestamp": 1_372_896_000_000,
        },
        {"key": None, "value": {"base64": "/w=="}, "headers": [], "partition": 2, "timestamp": 1_372_896_000_001},
    ]
    assert ottla("topic", "alter", topic, "-c", "retention.ms=-1").code == 0
    assert ottla("produce", topic, "--json", stdin="\n\n".join(map(json.dumps, rows)).encode()).code == 0
    read = ottla("consume", topic, "--json")
    assert sorted(read.json_lines, key=lambda row: row["partition"]) == [
        {"topic": topic, "offset": 0} | row for row in rows
    ]
    # What consume prints, produce takes.
    copy = f"{name}-copy"
    assert ottla("topic", "create", copy, "--partitions", "3", "-c", "retention.ms=-1").code == 0
    assert ottla("produce", copy, "--json", stdin=read.raw).code == 0
    again = ottla("consume", copy, "--json")
    assert again.raw == read.raw.replace(topic.encode(), copy.encode())


@pytest.mark.parametrize("codec", ["none", "gzip", "snappy", "lz4", "zstd"])
def test_every_compression(ottla, topic: str, codec: str) -> None:
    lines = [f"{codec} {n} {'x' * 50}" for n in range(50)]
    assert ottla("produce", topic, "-z", codec, "-p", "0", stdin="\n".join(lines).encode()).code == 0
    assert ottla("consume", topic).lines == lines


@pytest.mark.parametrize("acks", ["0", "1", "all"])
def test_every_acks(ottla, topic: str, acks: str) -> None:
    assert ottla("produce", topic, "--acks", acks, stdin=b"x\n").code == 0
    # With acks=0 the client does not learn when its record is there.
    assert ottla("consume", topic, "--follow", "--count", "1").lines == ["x"]


def test_where_to_begin_and_how_much(ottla, topic: str) -> None:
    assert ottla("topic", "alter", topic, "-c", "retention.ms=-1").code == 0
    lines = [{"value": str(n), "partition": 0, "timestamp": 1_372_896_000_000 + n * 1000} for n in range(10)]
    ottla("produce", topic, "--json", stdin="\n".join(map(json.dumps, lines)).encode())

    def read(*arguments: str) -> str:
        return "".join(ottla("consume", topic, *arguments).lines)

    assert read() == "0123456789"
    assert read("--from", "7") == "789"
    assert read("--from", "-2") == "89"
    assert read("--from=-2") == "89"
    assert read("--from", "end") == ""
    assert read("--from", "99") == ""
    assert read("--from", "2013-07-04T00:00:05Z") == "56789"
    assert read("--from", "@1372896008500") == "9"
    assert read("--from", "1h") == ""
    assert read("--count", "3") == "012"
    assert read("--from", "4", "--count", "3") == "456"
    assert read("--partition", "0", "-n", "1") == "0"
    assert read("--partition", "1", "--partition", "2") == ""


def test_times_and_offsets(ottla, topic: str) -> None:
    assert ottla("topic", "alter", topic, "-c", "retention.ms=-1").code == 0
    ottla("produce", topic, "--json", stdin=b'{"value":"x","partition":2,"timestamp":1372896000000}\n')
    assert ottla("consume", topic, "--timestamps", "--offsets").out == "2013-07-04T00:00:00.000Z\t2:0\tx\n"
    assert ottla("consume", topic, "--format", "%t-%p@%o %T %e\\n").out == f"{topic}-2@0 1372896000000 0\n"


def test_a_group_goes_on_where_it_stopped(ottla, topic: str, name: str) -> None:
    ottla("produce", topic, "-p", "0", stdin=b"1\n2\n3\n4\n5\n")
    assert ottla("consume", topic, "-g", name, "--count", "2").lines == ["1", "2"]
    assert ottla("consume", topic, "-g", name).lines == ["3", "4", "5"]
    assert ottla("consume", topic, "-g", name).lines == []
    ottla("produce", topic, "-p", "0", stdin=b"6\n")
    # Where the group has an offset, --from has nothing to say.
    assert ottla("consume", topic, "-g", name, "--from", "beginning").lines == ["6"]
    assert ottla("consume", topic, "-g", f"{name}-late", "--from", "-1").lines == ["6"]


def test_a_line_without_key(ottla, topic: str) -> None:
    ran = ottla("produce", topic, "-k", ":", stdin=b"a:1\nb\nc:3\n")
    assert (ran.code, ran.err) == (1, "ottla: line 2 has no key separator ':': nothing after it was sent\n")
    assert ottla("consume", topic).lines == ["1"]


def test_a_line_that_is_not_json(ottla, topic: str) -> None:
    ran = ottla("produce", topic, "--json", stdin=b'{"value":"1"}\n{"value":\n')
    assert ran.code == 1
    assert ran.err.startswith("ottla: line 2 is not JSON")


def test_a_record_that_is_too_large(ottla, topic: str) -> None:
    assert ottla("topic", "alter", topic, "-c", "max.message.bytes=1000").code == 0
    ran = ottla("produce", topic, stdin=b"x" * 5000)
    assert ran.code == 1
    assert ran.err.startswith(f"ottla: 1 record not sent to {topic} (0 sent): ")
    assert "MESSAGE_TOO_LARGE" in ran.err


def test_a_partition_that_does_not_exist(ottla, topic: str) -> None:
    ran = ottla("produce", topic, "-p", "9", "--timeout", "3s", stdin=b"x\n")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert ottla("consume", topic, "-p", "9").code == 2


def test_an_unknown_topic_is_not_created_by_reading(ottla, name: str) -> None:
    ran = ottla("consume", name)
    assert (ran.code, ran.err) == (1, f"ottla: there is no topic {name}; create it: ottla topic create {name}\n")
    assert name not in ottla("topic", "list").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["produce", "t", "--json", "--key", "k"],
        ["produce", "t", "--key", "k", "--key-separator", ":"],
        ["produce", "t", "--key-separator", ""],
        ["produce", "t", "-p", "-1"],
        ["produce", "t", "--acks", "2"],
        ["produce", "t", "-H", "novalue"],
        ["produce"],
        ["consume", "t", "--json", "--keys"],
        ["consume", "t", "--format", "%v", "--keys"],
        ["consume", "t", "--format", "%z"],
        ["consume", "t", "--count", "0"],
        ["consume", "t", "--group", "g", "--partition", "1"],
        ["consume", "t", "--from", "somewhere"],
        ["consume", "t", "--timeout", "0s"],
        ["consum", "t"],
    ],
)
def test_wrong_command_lines(run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("ottla: ")
    assert ran.err.count("\n") == 1


def ottla_process(*arguments: str, bootstrap: str, **more: object) -> subprocess.Popen[bytes]:
    environ = os.environ | {"OTTLA_BOOTSTRAP": bootstrap}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "ottla.cli", *arguments],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def test_following_until_ctrl_c(ottla, topic: str, bootstrap: str) -> None:
    reading = ottla_process("consume", topic, "--follow", bootstrap=bootstrap)
    try:
        assert reading.stdout is not None
        assert ottla("produce", topic, stdin=b"first\n").code == 0
        assert reading.stdout.readline() == b"first\n"
        begun = time.monotonic()
        assert ottla("produce", topic, stdin=b"second\n").code == 0
        assert reading.stdout.readline() == b"second\n"
        assert time.monotonic() - begun < 5
        reading.send_signal(signal.SIGINT)
        assert reading.communicate(timeout=15) == (b"", b"")
        assert reading.returncode == 0
    finally:
        reading.kill()
        reading.wait()


def test_a_reader_that_has_seen_enough(ottla, topic: str, bootstrap: str) -> None:
    ottla("produce", topic, stdin=b"x" * 1000 + b"\n" + (b"y" * 1000 + b"\n") * 2000)
    reading = ottla_process("consume", topic, bootstrap=bootstrap)
    try:
        assert reading.stdout is not None
        assert reading.stdout.read(10)
        reading.stdout.close()
        assert reading.stderr is not None
        assert reading.wait(30) == 0
        assert reading.stderr.read() == b""
    finally:
        reading.kill()
        reading.wait()
        if reading.stderr is not None:
            reading.stderr.close()


def test_typing_line_by_line(ottla, topic: str, bootstrap: str) -> None:
    writing = ottla_process("produce", topic, bootstrap=bootstrap, stdin=subprocess.PIPE)
    try:
        assert writing.stdin is not None
        writing.stdin.write(b"now\n")
        writing.stdin.flush()
        # It is there while the input is still open.
        assert ottla("consume", topic, "--follow", "--count", "1").lines == ["now"]
        writing.send_signal(signal.SIGINT)
        assert writing.wait(15) == 0
        assert writing.communicate() == (b"", f"sent 1 record to {topic}\n".encode())
    finally:
        writing.kill()
        writing.wait()
