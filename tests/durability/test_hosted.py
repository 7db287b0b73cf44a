"""A client whose library ends its process costs its own transaction and nothing else, and that one is judged right."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from bench.kafka_server import KafkaServer
from bench.ottla_server import OttlaServer
from bench.toolbox import free_port
from tests.durability.crew import TOPICS, WRITTEN, create_topics
from tests.durability.hosted import AS_ASKED, BARREN_MAX, ROOT, Abort, Hosted, client_aborts_line, last_words
from tests.durability.ledger import Ledger, TransactionLoad
from tests.durability.lives import lives
from tests.durability.transactors import Ended, Outcome, Writer

LIMIT_S = 90.0
# By actor, one process after the other: every moment for a writer, those with records for a copier.
ABORTS = {
    "w0": [Abort("begun", 2), Abort("sending", 4)],
    "w1": [Abort("deciding", 2), Abort("ended", 4)],
    "c0": [Abort("ended", 1), Abort("sending", 3)],
}
RIGHT = {
    "begun": Outcome.ABORTED,
    "sending": Outcome.ABORTED,
    "deciding": Outcome.UNKNOWN,
    "ended": Outcome.UNKNOWN,
}


def wait_until(reached: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> None:
    deadline = time.monotonic() + limit_s
    while not reached():
        assert time.monotonic() < deadline, f"not within {limit_s:.0f} s: {what}"
        time.sleep(0.02)


class Kept(Ledger):
    """A ledger that also keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[tuple[str, int], Ended] = {}

    def ended(self, ended: Ended) -> None:
        assert (ended.worker, ended.number) not in self.told
        self.told[ended.worker, ended.number] = ended
        super().ended(ended)


def asked(load: TransactionLoad) -> list[tuple[str, str, int]]:
    """The aborts of `ABORTS` that happened: moment, worker, number of the transaction."""
    found = [re.search(f"{AS_ASKED} at '(\\w+)' of (\\w+):(\\d+)$", said) for said in load.client_aborts]
    return [(one[1], one[2], int(one[3])) for one in found if one is not None]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OttlaServer | KafkaServer]:
    made = KafkaServer(tmp_path) if os.environ.get("OTTLA_TEST_SERVER") == "kafka" else OttlaServer(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.mark.timeout(300)
def test_aborts_at_each_moment_and_kills_beside_them_lead_to_a_right_ledger(server: OttlaServer | KafkaServer) -> None:
    create_topics(server.bootstrap, TOPICS)
    ledger = Kept()
    load = TransactionLoad(server.bootstrap, 3, ledger=ledger, aborts=ABORTS)
    wanted = sum(map(len, ABORTS.values()))
    try:
        load.start()
        for _ in lives(server, 3, random.Random(3), 1.0):
            assert ledger.failures == []

        def all_went_on() -> bool:
            """Every abort happened, and its client has ended a transaction since."""
            aborted = asked(load)
            return len(aborted) >= wanted and all((worker, number + 1) in ledger.told for _, worker, number in aborted)

        wait_until(lambda: all_went_on() or bool(ledger.failures), f"{wanted} aborts and clients that go on after them")
        load.end()
    finally:
        load.abandon()
    assert ledger.failures == []
    assert len(asked(load)) == wanted
    for moment, worker, number in asked(load):
        ended = ledger.told[worker, number]
        assert ended.outcome is RIGHT[moment], ended
        assert (ended.deciding_s is not None) == (ended.outcome is Outcome.UNKNOWN), ended
        assert bool(ended.sent) == (moment != "begun"), ended
    assert ledger.counts["unknown, found committed"] >= 2  # both 'ended'


def writer(bootstrap: str, ledger: Ledger, aborts: list[Abort]) -> Hosted:
    make = partial(Writer, places=WRITTEN, pause_s=0.01)
    return Hosted("w0", bootstrap, ledger, random.Random(1), make, aborts)


def test_a_client_that_aborts_again_and_again_is_a_failure(server: OttlaServer | KafkaServer) -> None:
    ledger = Ledger()
    hosted = writer(server.bootstrap, ledger, [Abort("begun", 1)] * BARREN_MAX)
    hosted.thread.start()
    hosted.thread.join(LIMIT_S)
    assert "aborted before they ended a transaction" in ledger.failures[0]
    assert hosted.client_aborts.total() == BARREN_MAX


def test_any_other_end_of_a_client_is_a_failure() -> None:
    ledger = Ledger()
    hosted = writer(f"127.0.0.1:{free_port()}", ledger, [])
    hosted.thread.start()
    wait_until(lambda: hosted.pid is not None, "a process")
    assert hosted.pid is not None
    os.kill(hosted.pid, signal.SIGKILL)
    hosted.thread.join(LIMIT_S)
    assert f"ended with status {-signal.SIGKILL}" in ledger.failures[0]
    assert hosted.client_aborts.total() == 0


PARENT = """
import sys, time
from tests.durability.test_hosted import Ledger, writer
hosted = writer(sys.argv[1], Ledger(), [])
hosted.thread.start()
while hosted.pid is None:
    time.sleep(0.01)
print(hosted.pid, flush=True)
time.sleep(600)
"""


def gone(pid: int) -> bool:
    """No process, or one that only waits to be reaped."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except (FileNotFoundError, ProcessLookupError):
            return True
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, text=True, check=False).stdout
    return state.strip() == "" or state.strip().startswith("Z")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_clients_end_with_their_parent(how: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT, f"127.0.0.1:{free_port()}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not gone(child)
        parent.send_signal(how)
        parent.wait(LIMIT_S)
        wait_until(lambda: gone(child), "the end of the child")


def test_the_final_figures_say_whose_assertion_it_was() -> None:
    text = "%4|rdkafka|\npython: rdkafka_txnmgr.c:1134: f: Assertion `txn_req_cnt > 0' failed.\nAborted\n"
    own = Counter({last_words(text): 2})
    assert client_aborts_line(Counter()) == "client aborts: 0"
    assert client_aborts_line(own).startswith(
        "client aborts: 2 (librdkafka's own assertion)\n  2 × python: rdkafka_txn"
    )
    assert client_aborts_line(own + Counter(["corrupted"])).startswith("client aborts: 3 (2 by librdkafka's own")
