"""Kafka Streams' own smoke test (StreamsSmokeTest of the system tests): 14 topologies whose results its driver computes again.

The driver feeds its input over 90 seconds, so these are for `make test-all`. The names of the topics are its own; each run has a broker to
itself.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench import toolbox
from bench.ottla_server import OttlaServer
from tests.foreign.conftest import ready
from tests.foreign.files import create
from tests.foreign.support import java_command

pytestmark = [pytest.mark.java, pytest.mark.slow, pytest.mark.timeout(900)]

PROGRAM = "org.apache.kafka.streams.tests.StreamsSmokeTest"
TOPICS = (
    "data",
    "fk",
    "echo",
    "max",
    "min",
    "min-suppressed",
    "min-raw",
    "dif",
    "sum",
    "sws-raw",
    "sws-suppressed",
    "cnt",
    "avg",
    "tagg",
)
DRIVER_LIMIT_S = 600


@pytest.fixture(scope="module")
def class_path() -> str:
    return ready(lambda: toolbox.java_class_path("streams"))


@pytest.fixture
def bootstrap() -> Iterator[str]:
    with OttlaServer() as ottla:
        for topic in TOPICS:
            create(ottla.bootstrap, topic, 5)
        yield ottla.bootstrap


@contextmanager
def application(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.mark.parametrize("guarantee", ["exactly_once_v2", "at_least_once"])
def test_smoke(bootstrap: str, class_path: str, tmp_path: Path, guarantee: str) -> None:
    with tempfile.TemporaryDirectory() as state:
        properties = tmp_path / "streams.properties"
        properties.write_text(
            f"bootstrap.servers={bootstrap}\nstate.dir={state}\nprocessing.guarantee={guarantee}\n"
            f"application.id=smoke-{guarantee}\nreplication.factor=1\nnum.stream.threads=2\nauto.offset.reset=earliest\n"
            "acks=all\nsession.timeout.ms=10000\ncommit.interval.ms=500\n"
        )
        java = java_command(heap_mb=512, class_path=class_path)
        log = tmp_path / "application.log"
        with application([*java, PROGRAM, str(properties), "process"], log) as process:
            driver = subprocess.run(
                [*java, PROGRAM, str(properties), "run"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=DRIVER_LIMIT_S,
                check=False,
            )
            ended = process.poll()
        said = f"{driver.stdout[-3000:]}\n{driver.stderr[-2000:]}\n--- application ---\n{log.read_text()[-2000:]}"
        assert ended is None, said
        assert "ALL-RECORDS-DELIVERED" in driver.stdout, said
        assert re.search(r"(?m)^SUCCESS$", driver.stdout), said
        assert not re.search(r"Uncaught exception|UNEXPECTED EXCEPTION|EXCEPTION:", log.read_text()), said
