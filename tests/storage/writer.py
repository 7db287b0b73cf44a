"""A process that writes until it is killed: `python -m tests.storage.writer DIRECTORY`, for test_kill.py.

Four idempotent producers, each over one partition, several batches in flight, acks=all and acks=1 in turn. What is acknowledged is printed:
`<partition> <sequence> <base offset> <durable>`. At its start it sends again what the process before it may have left in flight,
given on stdin as `<partition> <next sequence>`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.storage.kit import NOW, SMALL, TOPIC_ID, batch, replace, to_append

from ottla.base.clock import SystemClock
from ottla.base.errors import ErrorCode
from ottla.rules.configs.settings import Settings
from ottla.storage.engine import Append, PartitionSpec
from ottla.storage.local.engine import LocalEngine

PARTITIONS = 4
IN_FLIGHT = 5
LOST = 1
"""Answers a process may have printed that its producer did not get: what it sends again still fits into the window of five."""
CONFIG = replace(SMALL, segment_bytes=20_000)


def content(partition: int, sequence: int) -> memoryview:
    """The batch a producer sends at a place of its sequence: the same each time it is sent."""
    return batch(timestamp=NOW + sequence, size=20 + sequence * 7 % 900, producer=partition + 1, sequence=sequence)


async def main(path: Path, start: dict[int, int]) -> None:
    engine = LocalEngine([path], Settings.from_mapping({}), SystemClock())
    await engine.open([PartitionSpec("events", TOPIC_ID, n, 0, CONFIG) for n in range(PARTITIONS)])
    write = sys.stdout.write
    room = asyncio.Event()
    flying = [0] * PARTITIONS

    def send(index: int, sequence: int) -> None:
        partition = engine.topic_ids[TOPIC_ID][index]
        assert partition is not None
        one: Append = to_append(partition, content(index, sequence))
        durable = sequence % 4 != 0
        flying[index] += 1

        def answered() -> None:
            flying[index] -= 1
            room.set()
            if one.error is ErrorCode.DUPLICATE_SEQUENCE_NUMBER:
                return  # written by a life before and older than the window: to a client that is success
            assert not one.error, (one.error, one.error_message)
            write(f"{index} {sequence} {one.base_offset} {int(durable)}\n")
            sys.stdout.flush()

        engine.append([one], acks_all=durable, on_done=answered)

    print("ready", flush=True)
    sequences = dict(start)
    while True:
        for index in range(PARTITIONS):
            send(index, sequences[index])
            sequences[index] += 1
        while max(flying) >= IN_FLIGHT - LOST:
            room.clear()
            await room.wait()
        await asyncio.sleep(0)


if __name__ == "__main__":
    begin = {int(line.split()[0]): int(line.split()[1]) for line in sys.stdin}
    asyncio.run(main(Path(sys.argv[1]), begin))
