"""`python -m ottla.demo` as a user runs it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ottla.demo import run

LIMIT_S = 280  # a bound on waiting, not on speed: alone it takes 12 s, beside a busy machine's other work it took 90


def demo(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ottla.demo", *arguments],
        cwd=cwd,
        env={"TMPDIR": str(cwd), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as directory:
        yield Path(directory)


@pytest.mark.timeout(300)
def test_every_flight_comes_back(temporary: Path) -> None:
    process = demo("--once", cwd=temporary)
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, err
    assert "Loaded 336,776 records" in out
    assert out.splitlines()[-1] == "Every record came back, in order: EWR 120,835, JFK 111,279, LGA 104,662"
    assert list(temporary.iterdir()) == []


def test_it_stays_up_until_ctrl_c(temporary: Path) -> None:
    process = demo("--limit", "500", "--listen", "127.0.0.1:0", cwd=temporary)
    try:
        assert process.stdout is not None
        lines = []
        while not lines or not lines[-1].startswith("Ctrl-C"):
            lines.append(process.stdout.readline())
            assert lines[-1], process.communicate()
        bootstrap = lines[0].split()[4].rstrip(",")
        suggested = [line.strip() for line in lines if line.startswith("  ")]
        assert len(suggested) == 6
        for line in suggested:
            assert bootstrap in line
            done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=30, check=False)
            assert done.returncode == 0, (line, done.stderr)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in err
        assert list(temporary.iterdir()) == []
        with socket.socket() as probe:
            host, port = bootstrap.split(":")
            assert probe.connect_ex((host, int(port))) != 0
    finally:
        process.kill()
        process.wait()


def test_a_port_in_use_is_told(temporary: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        process = demo("--listen", where, cwd=temporary)
        out, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, out) == (1, "")
    assert where in err
    assert "Traceback" not in err
    assert list(temporary.iterdir()) == []


def test_data_that_is_there_already(temporary: Path) -> None:
    data = str(temporary / "d")
    first = demo("--once", "--limit", "100", "--data", data, cwd=temporary)
    assert first.communicate(timeout=LIMIT_S)[1] == ""
    assert first.returncode == 0
    second = demo("--once", "--data", data, cwd=temporary)
    _, err = second.communicate(timeout=LIMIT_S)
    assert second.returncode == 1
    assert "holds 100 records already" in err


def test_wrong_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--twice"], ["--limit", "0"], ["--limit", "x"]):
        assert run.main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1
