"""The process of one transactional client: `python -m tests.durability.child <orders> <tell>`, started by `hosted.py` alone.

The two numbers are file descriptors of pipes. The task and later orders come from the first; when it closes, the parent is gone and
this process ends at once. What the client does goes into the second.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection

from tests.durability.hosted import (
    AS_ASKED,
    END,
    NOTED,
    Abort,
    Begun,
    Deciding,
    Failed,
    Moment,
    Over,
    Sending,
    Task,
    Told,
    TookOver,
)
from tests.durability.transactors import PATIENCE_S, Ended, Outcome, Sent

# Long enough that records which are sent have most likely left for the broker: an abort with nothing sent is another moment.
LEAVE_S = 0.2


class Teller:
    """A `ClientSink` whose words outlive the process. Used by the actor's thread alone."""

    def __init__(self, tell: Connection, abort: Abort | None) -> None:
        self.noted = threading.Semaphore(0)
        self._tell = tell
        self._abort = abort

    def begun(self, ended: Ended) -> None:
        self._say(Begun(ended))
        self._perhaps_abort("begun", ended)

    def sending(self, ended: Ended, sent: Sent) -> None:
        self._say(Sending(sent))
        if len(ended.sent) > 1:
            self._perhaps_abort("sending", ended)

    def deciding(self, ended: Ended) -> None:
        self._say(Deciding(ended))
        if not self.noted.acquire(timeout=PATIENCE_S):
            raise RuntimeError(f"nobody noted within {PATIENCE_S:.0f} s that a commit is to be asked for")
        self._perhaps_abort("deciding", ended)

    def ended(self, ended: Ended) -> None:
        if ended.outcome is Outcome.COMMITTED:
            self._perhaps_abort("ended", ended)
        self._say(Over(ended))

    def took_over(self) -> None:
        self._say(TookOver(time.monotonic()))

    def fail(self, what: str) -> None:
        self._say(Failed(what))

    def _say(self, what: Told) -> None:
        self._tell.send(what)

    def _perhaps_abort(self, moment: Moment, ended: Ended) -> None:
        if self._abort is not None and self._abort.moment == moment and ended.number >= self._abort.number:
            if moment == "sending":
                time.sleep(LEAVE_S)
            print(f"{AS_ASKED} at '{moment}' of {ended.worker}:{ended.number}", file=sys.stderr, flush=True)
            os.abort()


def obey(orders: Connection, teller: Teller, ending: threading.Event) -> None:
    while True:
        try:
            order = orders.recv()
        except (EOFError, OSError):
            os._exit(1)  # the parent is gone; whatever the client waits for is of no use to anybody
        if order == NOTED:
            teller.noted.release()
        elif order == END:
            ending.set()


def main() -> None:
    # Ctrl-C is for the parent, whose end is this process's end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    orders = Connection(int(sys.argv[1]), writable=False)
    tell = Connection(int(sys.argv[2]), readable=False)
    task: Task = orders.recv()
    teller = Teller(tell, task.abort)
    actor = task.make(task.name, task.bootstrap, teller, random.Random(task.seed))
    actor.number, actor.session, actor.succeeds = task.number, task.session + 1, task.succeeds
    threading.Thread(target=obey, args=(orders, teller, actor.ending), name="orders", daemon=True).start()
    actor.act()


if __name__ == "__main__":
    main()
