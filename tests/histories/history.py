"""What clients did and were told: the material the checker works on. Plain values, which can be kept as JSON lines.

A value is text and names one sending: no two sends of a history share it. What is copied is sent again under a name of its own;
`History.content` says what of a value must be unique in a topic (for copies the part that came from the source).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path

Place = tuple[str, int]  # topic, partition


class Outcome(Enum):
    COMMITTED = "committed"  # answered; outside transactions: acknowledged
    ABORTED = "aborted"  # known never to be visible to read_committed
    UNKNOWN = "unknown"  # asked for, never answered


@dataclass(frozen=True, slots=True)
class Send:
    """`offset` as acknowledged; None when nobody said."""

    place: Place
    value: str
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    place: Place
    offset: int
    value: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One transaction, or one send or poll outside of any; `History.operations` has each process's in its order.

    `session` changes when a consumer's position was set anew (assignment, rebalance, seek, rewind); within one it only moves on.
    `read_committed` is the isolation of `reads`. Times are in seconds on one clock, `deciding_s` when the commit was asked for;
    None is unknown, or never.
    """

    process: str
    outcome: Outcome
    sends: tuple[Send, ...] = ()
    reads: tuple[Read, ...] = ()
    session: int = 0
    read_committed: bool = True
    transactional: bool = True
    begun_s: float = 0.0
    deciding_s: float | None = None
    ended_s: float | None = None


def whole(value: str) -> str:
    return value


@dataclass
class History:
    """`read_to_end`: places that somebody read with read_committed from their start to their end when all was over.

    `copies`: pairs of topics, source and target; every content visible in the source must be visible in the target.
    `idempotent`: producers keep order and let nothing in twice; without it the checks of duplicates and of sending order are left out.
    """

    operations: list[Operation] = field(default_factory=list)
    read_to_end: set[Place] = field(default_factory=set)
    copies: list[tuple[str, str]] = field(default_factory=list)
    content: Callable[[str], str] = whole
    idempotent: bool = True


def save(path: Path, operations: Iterable[Operation]) -> None:
    """One operation a line, to look into a failure or to check it again."""
    with path.open("w") as out:
        for operation in operations:
            out.write(json.dumps(asdict(operation) | {"outcome": operation.outcome.value}) + "\n")


def load(path: Path) -> list[Operation]:
    return [_operation(json.loads(line)) for line in path.read_text().splitlines()]


def _operation(row: dict[str, object]) -> Operation:
    sends, reads = row.pop("sends"), row.pop("reads")
    assert isinstance(sends, list)
    assert isinstance(reads, list)
    return Operation(
        outcome=Outcome(row.pop("outcome")),
        sends=tuple(Send((one["place"][0], one["place"][1]), one["value"], one["offset"]) for one in sends),
        reads=tuple(Read((one["place"][0], one["place"][1]), one["offset"], one["value"]) for one in reads),
        **row,  # type: ignore[arg-type]
    )
