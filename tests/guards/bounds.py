"""Counts every path and keeps their bounds, per Python version, in `bounds.json`."""

from __future__ import annotations

import asyncio
import json
import logging
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from guards.counter import Count, counting_c_calls, counting_instructions
from guards.paths import PATHS, Round
from guards.world import World, world

FILE = Path(__file__).with_name("bounds.json")
HEADROOM = 1.04
WARM_ROUNDS = 5
ROUNDS = 9

Bounds = dict[str, dict[str, float]]


def version() -> str:
    """The key of this interpreter's bounds: bytecode differs from one minor version to the next, and between implementations."""
    return f"{sys.implementation.name}-{platform.python_version_tuple()[0]}.{platform.python_version_tuple()[1]}"


async def _least(
    world: World, rounds: Iterator[Round], count: Callable[[Count], AbstractContextManager[None]], field: str
) -> float:
    """The least of several rounds: a timer of the broker that fires meanwhile only adds."""
    seen = []
    for number in range(WARM_ROUNDS + ROUNDS):
        one = next(rounds)
        counted = Count()
        with count(counted):
            world.feed(one.data)
            answers = await world.settle(one.number)  # comes back at once where the connection answered at once
            if one.rest_s:
                await asyncio.sleep(one.rest_s)
        one.check(answers)
        if number >= WARM_ROUNDS:
            seen.append(getattr(counted, field) / one.per)
    return min(seen)


async def _count(folder: Path) -> Bounds:
    found: Bounds = {}
    async with world(folder) as one:
        for path in PATHS:
            rounds = await path.rounds(one)
            instructions = await _least(one, rounds, counting_instructions, "instructions")
            c_calls = await _least(one, rounds, counting_c_calls, "c_calls")
            found[path.name] = {"instructions": instructions, "c_calls": c_calls}
    return found


def count() -> Bounds:
    """Instructions and C calls a request, by path."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with tempfile.TemporaryDirectory(prefix="ottla-guards-") as folder:
            return asyncio.run(_count(Path(folder)))
    finally:
        logging.disable(level)


def kept() -> dict[str, Bounds]:
    """Every version's bounds."""
    found: dict[str, Bounds] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def bound(counted: float) -> float:
    """What a count may become before it is a slow-down."""
    return round(counted * HEADROOM + 1, 1)


def keep(counted: Bounds) -> None:
    """Makes these counts, with headroom, this version's bounds."""
    fresh = kept()
    fresh[version()] = {
        name: {field: bound(value) for field, value in fields.items()} for name, fields in counted.items()
    }
    FILE.write_text(json.dumps(fresh, indent=1, sort_keys=True) + "\n")
