"""What the foreign-client tests share. Nothing here knows Ottla: any Kafka-speaking address will do."""

from __future__ import annotations

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any, TypeVar

from bench import toolbox

T = TypeVar("T")
LIMIT_S = 45.0


def wait_for(what: str, done: Callable[[], T], *, limit_s: float = LIMIT_S, pause_s: float = 0.05) -> T:
    """Calls `done` until it returns something true, and returns that; fails by name after `limit_s`."""
    deadline = time.monotonic() + limit_s
    while True:
        got = done()
        if got:
            return got
        assert time.monotonic() < deadline, f"not within {limit_s:.0f} s: {what} (last: {got!r})"
        time.sleep(pause_s)


def steps(argv: Sequence[str], *, limit_s: float, cwd: Path | None = None) -> dict[str, dict[str, Any]]:
    """Runs a scenario program that prints one JSON object a step; returns them by name."""
    done = subprocess.run(
        list(argv), cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit_s, check=False
    )
    assert done.returncode == 0, f"{argv[0]} ended with {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return parse_steps(done.stdout, done.stderr)


def parse_steps(out: str, err: str) -> dict[str, dict[str, Any]]:
    """The step objects of a scenario's output; a step's own failure carries the end of stderr."""
    found: dict[str, dict[str, Any]] = {}
    for line in out.splitlines():
        if line.startswith("{"):
            step = json.loads(line)
            if "error" in step:
                step["error"] = f"{step['error']}\n{err[-4000:]}"
            found[step.pop("step")] = step
    assert found, f"no step in the output\n{out[-2000:]}\n{err[-4000:]}"
    return found


def outcome(found: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """One step without its timing; a step that failed inside the program fails the test here."""
    assert name in found, f"the scenario never came to `{name}`: {list(found)}"
    step = dict(found[name])
    assert "error" not in step, step["error"]
    step.pop("seconds", None)
    return step


@dataclass(frozen=True)
class Ran:
    rc: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"rc {self.rc}\n--- out ---\n{self.out[-3000:]}\n--- err ---\n{self.err[-3000:]}"


class JavaTools:
    """Apache Kafka's console tools, run one after the other in one JVM (`java/ToolServer.java`)."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._log: deque[str] = deque(maxlen=200)

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*java_command(heap_mb=384), "ToolServer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        Thread(target=self._drain, args=(process.stderr,), daemon=True).start()
        return process

    def _drain(self, stream: IO[str]) -> None:
        self._log.extend(stream)

    def run(self, main: str, *arguments: object, stdin: str | None = None, rc: int | None = 0) -> Ran:
        """Runs `main`'s main method; asserts its exit status unless `rc` is None."""
        if self._process is None:
            self._process = self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"main": main, "args": [str(argument) for argument in arguments], "stdin": stdin}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the JVM ended: {''.join(self._log)[-3000:]}"
        ran = Ran(**json.loads(answer))
        assert rc is None or ran.rc == rc, f"{main} {' '.join(request['args'])}\n{ran}"
        return ran

    def run_alone(self, main: str, *arguments: object) -> Ran:
        """Runs `main` in a JVM of its own: for tools whose last words come from the JVM's shutdown hooks."""
        argv = [*java_command(heap_mb=128), main, *map(str, arguments)]
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S * 2, check=False
        )
        ran = Ran(done.returncode, done.stdout, done.stderr)
        assert ran.rc == 0, f"{main}\n{ran}"
        return ran

    def close(self) -> None:
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def java_command(*, heap_mb: int, class_path: str | None = None) -> list[str]:
    """A JVM that starts quickly; by default with Kafka's jars and our own programs on its class path."""
    return [
        toolbox.java(),
        f"-Xmx{heap_mb}m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-Dlog4j2.configurationFile={toolbox.FOREIGN / 'java' / 'log4j2.properties'}",
        "-cp",
        toolbox.java_classes() if class_path is None else class_path,
    ]
