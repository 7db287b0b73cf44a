"""`ottla start` as a process of its own: what it says, how it ends, what it costs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., subprocess.Popen[str]]
LIMIT_S = 20.0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `ottla start` with these arguments; what still runs at the end is killed."""
    processes: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "ottla.cli", "start", *arguments],
            cwd=tmp_path,
            env=os.environ | (env or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def up(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The facts of a broker started with --json."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        assert process.stderr is not None
        pytest.fail(f"no broker: {process.stderr.read()}")
    facts: dict[str, Any] = json.loads(line)
    return facts


def address(facts: dict[str, Any], listener: str = "PLAINTEXT") -> tuple[str, int]:
    host, _, port = facts["listeners"][listener].rpartition(":")
    return host.strip("[]"), int(port)


def answers(where: tuple[str, int]) -> bool:
    """Whether ApiVersions v0 is answered there."""
    request = b"\x00\x12\x00\x00\x00\x00\x00\x07\xff\xff"
    with socket.create_connection(where, LIMIT_S) as link:
        link.sendall(len(request).to_bytes(4, "big") + request)
        head = link.recv(8, socket.MSG_WAITALL)
    return head[4:] == b"\x00\x00\x00\x07"


def failure(process: subprocess.Popen[str], code: int = 1) -> str:
    """The one line on standard error of a process that could not start."""
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == code, err
    assert out == ""
    assert "Traceback" not in err
    [line] = err.splitlines()
    return line.removeprefix("ottla: ")


def test_the_calm_block(start: Start, tmp_path: Path) -> None:
    process = start("--listen", "127.0.0.1:0", "--data", "here")
    assert process.stdout is not None
    lines = [process.stdout.readline().rstrip() for _ in range(5)]
    assert lines[0].startswith("Ottla ")
    assert lines[0].endswith(" is up")
    label, place, listener = lines[1].rsplit(maxsplit=2)
    assert (label.strip(), listener) == ("listening on", "(PLAINTEXT)")
    host, port = place.split(":")
    assert answers((host, int(port)))
    assert lines[2].split() == ["data", "in", str(tmp_path / "here")]
    assert lines[3].split()[0] == "cluster"
    assert lines[4] == "Stop it with Ctrl-C."
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_sigterm_is_a_clean_exit_and_data_stays(start: Start, tmp_path: Path, run) -> None:
    first = start("--listen", "127.0.0.1:0", "--data", "d", "--json")
    facts = up(first)
    assert facts["data"] == str(tmp_path / "d")
    assert run("produce", "t", "-b", facts["listeners"]["PLAINTEXT"], stdin=b"kept\n").code == 0
    first.terminate()
    first.communicate(timeout=LIMIT_S)
    assert first.returncode == 0
    assert (tmp_path / "d" / ".kafka_cleanshutdown").exists()

    again = up(start("--listen", "127.0.0.1:0", "--data", "d", "--json"))
    assert again["cluster_id"] == facts["cluster_id"]
    assert run("consume", "t", "-b", again["listeners"]["PLAINTEXT"]).lines == ["kept"]


def test_the_data_directory_is_ottla_data_here_unless_told(start: Start, tmp_path: Path) -> None:
    assert up(start("--listen", "127.0.0.1:0", "--json"))["data"] == str(tmp_path / "ottla-data")
    assert up(start("--listen", "127.0.0.1:0", "--json", "--set", "log.dir=other"))["data"] == str(tmp_path / "other")


def test_two_listeners_with_addresses_of_their_own(start: Start) -> None:
    facts = up(start("--listen", "127.0.0.1:0", "--listen", "OUTSIDE://127.0.0.1:0", "--json"))
    assert sorted(facts["listeners"]) == ["OUTSIDE", "PLAINTEXT"]
    assert answers(address(facts))
    assert answers(address(facts, "OUTSIDE"))


def test_the_advertised_address_is_told(start: Start) -> None:
    facts = up(start("--listen", "127.0.0.1:0", "--advertise", "kafka.example:19092", "--json"))
    assert facts["listeners"] == {"PLAINTEXT": "kafka.example:19092"}


def test_settings_from_everywhere(start: Start, tmp_path: Path, run) -> None:
    (tmp_path / "f.properties").write_text("num.partitions=2\nlog.retention.ms=1\ndefault.replication.factor=1\n")
    arguments = ("--listen", "127.0.0.1:0", "--config", "f.properties", "--set", "log.retention.ms=7d", "--json")
    facts = up(start(*arguments, env={"OTTLA_NUM_PARTITIONS": "3", "OTTLA_BOOTSTRAP": "ignored:1"}))
    bootstrap = facts["listeners"]["PLAINTEXT"]
    rows = run(
        "config",
        "get",
        "broker",
        str(facts["node_id"]),
        "num.partitions",
        "log.retention.ms",
        "--json",
        "-b",
        bootstrap,
    ).json
    assert {row["name"]: (row["value"], row["source"]) for row in rows} == {
        "num.partitions": ("3", "static-broker"),
        "log.retention.ms": ("604800000", "static-broker"),
    }


def test_a_program_that_dies_takes_its_broker_along(start: Start) -> None:
    process = start("--listen", "127.0.0.1:0", "--json", "--until-stdin-closes")
    up(process)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(LIMIT_S) == 0


def test_the_directory_is_in_use(start: Start) -> None:
    up(start("--listen", "127.0.0.1:0", "--data", "d", "--json"))
    assert " in use" in failure(start("--listen", "127.0.0.1:0", "--data", "d"))


def test_the_port_is_in_use(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        message = failure(start("--listen", where, "--data", "d"))
    assert where in message
    assert "in use" in message


def test_the_port_of_a_broker_is_in_use(start: Start) -> None:
    facts = up(start("--listen", "127.0.0.1:0", "--data", "one", "--json"))
    where = facts["listeners"]["PLAINTEXT"]
    assert where in failure(start("--listen", where, "--data", "two"))


def test_a_directory_that_cannot_be_used(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "file" in failure(start("--listen", "127.0.0.1:0", "--data", "file"))


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["--set", "num.partitons=3"], 1, "num.partitions"),
        (["--set", "num.partitions=many"], 1, "num.partitions"),
        (["--set", "num.partitions"], 2, "key=value"),
        (["--set", "log.retention.ms=soon"], 2, "is not a duration"),
        (["--config", "missing.toml"], 1, "missing.toml"),
        (["--config", "bad.toml"], 1, "bad.toml"),
        (["--config", "unknown.properties"], 1, "log.retention.ms"),
        (["--lisen", "127.0.0.1:0"], 2, "did you mean --listen"),
        (["--listen", "127.0.0.1"], 2, "expected HOST:PORT"),
        (["--listen", "no.such.host.invalid:0"], 1, "no.such.host.invalid"),
        (["--set", "log.dirs=a,b"], 1, "2 directories"),
    ],
)
def test_a_bad_configuration_is_one_line(
    start: Start, tmp_path: Path, arguments: list[str], code: int, why: str
) -> None:
    (tmp_path / "bad.toml").write_text("a = = 1")
    (tmp_path / "unknown.properties").write_text("log.retention.mss=1\n")
    assert why in failure(start(*arguments), code)


def test_help(run) -> None:
    ran = run("start", "--help")
    assert ran.code == 0
    for option in ("--listen", "--advertise", "--data", "--config", "--set", "--json"):
        assert option in ran.out


def modules(*arguments: str) -> set[str]:
    """What a command imports."""
    code = f"import sys; from ottla.cli import main; main({list(arguments)!r}); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT_S, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--version"], ["start", "--help"], ["start", "--bad"]])
def test_what_need_not_be_imported_is_not(arguments: list[str]) -> None:
    assert modules(*arguments).isdisjoint({"cyclopts", "rich", "confluent_kafka", "asyncio", "ottla.server"})


def test_help_does_not_need_the_client_library() -> None:
    assert "confluent_kafka" not in modules("topic", "--help")


def test_a_running_broker_is_small_and_quick(start: Start) -> None:
    begun = time.monotonic()
    process = start("--listen", "127.0.0.1:0", "--json")
    facts = up(process)
    assert answers(address(facts))
    took_s = time.monotonic() - begun
    maps = Path(f"/proc/{process.pid}/maps")
    if maps.exists():
        loaded = maps.read_text()
        assert "confluent_kafka" not in loaded
        status = dict(
            line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if ":" in line
        )
        assert int(status["VmRSS"].split()[0]) < 70 * 1024
    # 0.6 s is the bench's bound on a quiet machine; tests run beside others.
    assert took_s < 3
