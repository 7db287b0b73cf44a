"""Counts what a piece of code does instead of how long it takes: bytecode instructions, and calls into C.

Both are the same on every run of one Python version, on an idle machine and on a busy one, so a bound on them can be tight. They miss
what happens inside one C call (a copy of a megabyte is one call): the bench is there for that.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

_HERE = str(Path(__file__).parent)
_ASYNCIO = str(Path(asyncio.__file__).parent)
# The event loop goes round as often as the kernel makes it: its own work is no property of the broker.
_NOT_COUNTED = (_HERE, _ASYNCIO, selectors.__file__, threading.__file__)


@dataclass
class Count:
    """`instructions`: bytecode instructions executed in Python frames. `c_calls`: calls of functions written in C."""

    instructions: int = 0
    c_calls: int = 0


def _counted(frame: FrameType) -> bool:
    return not frame.f_code.co_filename.startswith(_NOT_COUNTED)


@contextmanager
def counting_instructions(count: Count) -> Iterator[None]:
    """Counts the instructions of this thread's frames inside the block; a tracer that was there (coverage) comes back."""

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "opcode":
            count.instructions += 1
        return local

    def enter(frame: FrameType, event: str, argument: Any) -> Any:
        if not _counted(frame):
            return None
        frame.f_trace_lines = False
        frame.f_trace_opcodes = True
        return local

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def counting_c_calls(count: Count) -> Iterator[None]:
    """Counts calls into C made by this thread's frames inside the block."""

    def look(frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_call" and _counted(frame):
            count.c_calls += 1

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)
