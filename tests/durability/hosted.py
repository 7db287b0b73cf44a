"""Transactional clients in processes of their own: when the client library aborts (SIGABRT), only that client is gone.

librdkafka ends its process with assertions of its own when its broker comes and goes often enough: `txn_req_cnt > 0`, a counter it
sets to 0 while an answer is under way. `Hosted` stands in this process for one `Transactor` that lives in a child (`child.py`). The
child says what it does through a pipe, whose messages outlive it:

- `Begun` before a transaction's first request, `Sending` before each record: numbers and names are never used twice;
- `Deciding` before the commit is asked for; the child asks only when it has heard that this was noted, so no reader of this process
  can be ahead of it;
- `Over` afterwards, with the outcome.

What a child had under way when it aborted is UNKNOWN when its commit had been announced, else ABORTED: nobody will ask for it any
more. It is told to the sink when the next child's producer of the same transactional id has taken over. An abort is counted, any other
end of a child that was not asked to end is a failure. Children end with this process: their end of a pipe closes.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Literal, Protocol

from tests.durability.transactors import Actor, ClientSink, Ended, Outcome, Sent, Sink, Transactor

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = "rdkafka"
SAID_MAX = 200
AS_ASKED = "aborts as asked"
# So many lives in a row, each aborted before it ended one transaction, are no accident of the client library any more.
BARREN_MAX = 5


class Make(Protocol):
    """Builds the actor in the child; picklable, like `functools.partial(Writer, places=..., pause_s=...)`."""

    def __call__(self, name: str, bootstrap: str, sink: ClientSink, rng: random.Random) -> Transactor: ...


Moment = Literal["begun", "sending", "deciding", "ended"]


@dataclass(frozen=True)
class Abort:
    """For tests: one child aborts at the first such moment from transaction `number` on.

    `begun`: nothing is sent. `sending`: some records are. `deciding`: the commit is announced, not asked for. `ended`: the commit was
    answered, nobody was told.
    """

    moment: Moment
    number: int


@dataclass(frozen=True)
class Task:
    """What one child is to be. `number` and `session` are the last that are used up; `succeeds`: another child had the id before."""

    make: Make
    name: str
    bootstrap: str
    seed: int
    number: int
    session: int
    succeeds: bool
    abort: Abort | None


@dataclass(frozen=True)
class Begun:
    ended: Ended


@dataclass(frozen=True)
class Sending:
    sent: Sent


@dataclass(frozen=True)
class Deciding:
    ended: Ended


@dataclass(frozen=True)
class Over:
    ended: Ended


@dataclass(frozen=True)
class TookOver:
    """The producer of a child that succeeds another has the id; `at_s` is of `time.monotonic`, one clock for all processes."""

    at_s: float


@dataclass(frozen=True)
class Failed:
    what: str


Told = Begun | Sending | Deciding | Over | TookOver | Failed

# What a child is told after its task.
NOTED, END = "noted", "end"


class Hosted(Actor):
    """One transactional id and the children that have it, one after the other; its thread listens to them.

    `aborts`: for tests; what the children do, one after the other. `client_aborts`: how many children aborted, by what they said last.
    """

    sink: Sink

    def __init__(
        self,
        name: str,
        bootstrap: str,
        sink: Sink,
        rng: random.Random,
        make: Make,
        aborts: Sequence[Abort] = (),
    ) -> None:
        super().__init__(name, bootstrap, sink, rng)
        self.make = make
        self.copied = 0
        self.client_aborts: Counter[str] = Counter()
        self._aborts = list(aborts)
        self._number = 0
        self._session = 0
        self._over = 0
        self._open: Ended | None = None
        self._lock = threading.Lock()
        self._orders: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._abandoned = False
        self._judged = False

    @property
    def pid(self) -> int | None:
        """Of the latest child."""
        process = self._process
        return None if process is None else process.pid

    def _run(self) -> None:
        self._live()
        self._judged = True

    def _live(self) -> None:
        """One child after the other, until one ends as it was told to."""
        lives = barren = 0
        while True:
            before = self._over
            with tempfile.TemporaryFile() as words:
                told = self._start(lives, words.fileno())
                if told is None:
                    return
                self._listen(told)
                status = self._reap()
                words.seek(0)
                said = last_words(words.read().decode(errors="replace"))
            lives += 1
            if self._abandoned:
                return
            if status != -signal.SIGABRT:
                self._judge_end(status, said)
                return
            self.client_aborts[said] += 1
            if said.startswith(AS_ASKED):
                self._aborts.pop(0)
            barren = barren + 1 if self._over == before else 0
            if barren >= BARREN_MAX:
                self.sink.fail(
                    f"{self.name}: {barren} of its processes aborted before they ended a transaction: {said}"
                )
                return

    def _start(self, lives: int, words: int) -> Connection | None:
        """A new child, or None when no more is wanted. Returns where it will be heard."""
        with self._lock:
            if self._abandoned:
                return None
            orders, self._orders = Pipe(duplex=False)
            told, tell = Pipe(duplex=False)
            command = [sys.executable, "-m", "tests.durability.child", str(orders.fileno()), str(tell.fileno())]
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                pass_fds=(orders.fileno(), tell.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
            )
            orders.close()
            tell.close()
            abort = self._aborts[0] if self._aborts else None
            seed = self.rng.getrandbits(64)
            self._order(Task(self.make, self.name, self.bootstrap, seed, self._number, self._session, lives > 0, abort))
            if self.ending.is_set():
                self._order(END)
            return told

    def _order(self, what: object) -> None:
        if self._orders is not None:
            try:
                self._orders.send(what)
            except OSError:
                return  # the child is dead; its thread will see that and start another

    def _listen(self, told: Connection) -> None:
        """Until the child is dead and everything it said was heard."""
        with told:
            while True:
                try:
                    message: Told = told.recv()
                except (EOFError, OSError):  # OSError: it died in the middle of a message
                    return
                self._hear(message)

    def _hear(self, message: Told) -> None:
        match message:
            case Begun(ended):
                self._open, self._number = ended, ended.number
                self._session = max(self._session, ended.session)
            case Sending(sent):
                assert self._open is not None
                self._open.sent.append(sent)
            case Deciding(ended):
                self._open = ended
                self.sink.deciding(ended)
                with self._lock:
                    self._order(NOTED)
            case Over(ended):
                self._over += 1
                self._tell(ended)
            case TookOver(at_s):
                if self._open is not None:
                    asked = self._open.deciding_s is not None
                    self._open.outcome = Outcome.UNKNOWN if asked else Outcome.ABORTED
                    self._open.ended_s = at_s
                    self._tell(self._open)
            case Failed(what):
                self.sink.fail(what)

    def _tell(self, ended: Ended) -> None:
        self._open = None
        if ended.outcome is Outcome.COMMITTED:
            self.copied += len(ended.got)
        self.sink.ended(ended)

    def _reap(self) -> int:
        assert self._process is not None
        status = self._process.wait()
        with self._lock:
            if self._orders is not None:
                self._orders.close()
                self._orders = None
        return status

    def _judge_end(self, status: int, said: str) -> None:
        if status != 0 or not self.ending.is_set():
            self.sink.fail(f"{self.name}: its process ended with status {status}: {said}")
        elif self._open is not None:
            self.sink.fail(f"{self.name}: its process ended and left transaction {self._open.number} open")

    def finish(self, limit_s: float) -> None:
        with self._lock:
            self.ending.set()
            self._order(END)
        super().finish(limit_s)
        if not self._judged:
            self.sink.fail(f"{self.name}: what its process said was not heard to the end")
        self.abandon()

    def abandon(self) -> None:
        """Ends the child as it stands, if there still is one; nothing more is judged."""
        with self._lock:
            self._abandoned = True
            if self._process is not None:
                self._process.kill()


def last_words(text: str) -> str:
    """The assertion that a dead process printed, or else its last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["it said nothing"]
    asserted = [line for line in lines if "assert" in line.lower()]
    return (asserted or lines)[-1][-SAID_MAX:]


def client_aborts_line(client_aborts: Counter[str]) -> str:
    """For the final figures of a run."""
    total = client_aborts.total()
    if not total:
        return "client aborts: 0"
    own = sum(count for said, count in client_aborts.items() if LIBRARY in said and "assert" in said.lower())
    label = "librdkafka's own assertion" if own == total else f"{own} by librdkafka's own assertion"
    return "\n".join([f"client aborts: {total} ({label})", *(f"  {n} × {said}" for said, n in client_aborts.items())])
