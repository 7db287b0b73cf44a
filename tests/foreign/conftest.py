"""Fixtures of the foreign-client tests.

`broker` is the address under test: a fresh Ottla, or `OTTLA_TEST_BOOTSTRAP` (any running Kafka-speaking server, by which the
tests themselves are checked against Apache Kafka). Java, Go and Node are looked for once; a machine without them sees a skip that
says what to install, unless `CI` is set: there a missing tool is a failure.
"""

from __future__ import annotations

import itertools
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bench import toolbox  # noqa: E402
from bench.ottla_server import OttlaServer  # noqa: E402
from tests.foreign.support import JavaTools  # noqa: E402

T = TypeVar("T")

# What the foreign clients expect of a server, beyond the defaults: 4 partitions for auto-created topics, quick sessions.
SETTINGS = {"num.partitions": "4", "group.min.session.timeout.ms": "1000"}


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def ready(make: Callable[[], T]) -> T:
    """`make()`, or a skip with its reason where the tool is absent (a failure in CI)."""
    try:
        return make()
    except toolbox.Unavailable as missing:
        if in_ci():
            pytest.fail(f"in CI the foreign clients must run: {missing}", pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """Address of the broker under test."""
    running = os.environ.get("OTTLA_TEST_BOOTSTRAP")
    if running:
        yield running
        return
    with OttlaServer(settings=SETTINGS) as ottla:
        yield ottla.bootstrap
        alive = ottla.process is not None and ottla.process.poll() is None
        log = ottla.log_tail()
    assert alive, f"the broker died during the tests: {log}"
    assert "Traceback (most recent call last)" not in log, log


_counter = itertools.count(1)
_run = uuid.uuid4().hex[:6]


@pytest.fixture
def name() -> str:
    """A prefix nobody else uses, for topics and groups: the broker is shared by all tests of a run."""
    return f"t{_run}-{next(_counter)}"


@pytest.fixture(scope="session")
def java_tools() -> Iterator[JavaTools]:
    """Apache Kafka's console tools in one JVM."""
    ready(toolbox.java_classes)
    tools = JavaTools()
    yield tools
    tools.close()


@pytest.fixture(scope="session")
def go_program() -> Path:
    """The built franz-go scenario."""
    return ready(toolbox.go_program)


@pytest.fixture(scope="session")
def node_project() -> Path:
    """The folder with the kafkajs scenario and its modules."""
    return ready(toolbox.node_project)
