"""What a run takes from the process around it, for as long as it lasts: chance, the broker's log, some bounds."""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ottla.server import connection
from ottla.testing.sim.auditor import Violation
from ottla.testing.sim.loop import Dead
from ottla.testing.sim.machine import FLUSH_BYTES

Tell = Callable[[str, str], None]
OnBug = Callable[[str, BaseException], None]


@contextmanager
def logging_to(tell: Tell, on_bug: OnBug) -> Iterator[None]:
    """The broker's log becomes part of the story; a logged traceback is a bug."""
    logger = logging.getLogger("ottla")
    before = logger.level, logger.propagate, logger.handlers[:]
    logger.handlers = [_StoryHandler(tell, on_bug)]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.level, logger.propagate, logger.handlers = before[0], before[1], before[2]
        logger.setLevel(before[0])


class _StoryHandler(logging.Handler):
    def __init__(self, tell: Tell, on_bug: OnBug) -> None:
        super().__init__()
        self._tell = tell
        self._on_bug = on_bug

    def emit(self, record: logging.LogRecord) -> None:
        self._tell("log", f"{record.levelname} {record.getMessage()}")
        if record.exc_info and record.exc_info[1] is not None and not isinstance(record.exc_info[1], Dead | Violation):
            problem = record.exc_info[1]
            self._on_bug(f"{record.getMessage()}: {type(problem).__name__}: {problem}", problem)


@contextmanager
def seeded_entropy(seed: int) -> Iterator[None]:
    """What this thread asks the system for as random bytes comes from the seed: topic ids, member ids, session ids. So does its pid."""
    rng = random.Random(f"{seed}/entropy")
    thread = threading.get_ident()
    real, real_pid = os.urandom, os.getpid

    def urandom(size: int) -> bytes:
        return rng.randbytes(size) if threading.get_ident() == thread else real(size)

    def getpid() -> int:
        return 4242 if threading.get_ident() == thread else real_pid()

    state = random.getstate()
    os.urandom = random._urandom = urandom  # type: ignore[attr-defined]
    os.getpid = getpid
    random.seed(f"{seed}/global")
    try:
        yield
    finally:
        os.urandom = random._urandom = real  # type: ignore[attr-defined]
        os.getpid = real_pid
        random.setstate(state)


@contextmanager
def small_bounds() -> Iterator[None]:
    """Bounds of the broker that a small run would never reach."""
    before = connection.FLUSH_BYTES
    connection.FLUSH_BYTES = FLUSH_BYTES
    try:
        yield
    finally:
        connection.FLUSH_BYTES = before
