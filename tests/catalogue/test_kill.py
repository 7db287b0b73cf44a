"""kill -9 in the middle of commits: whatever was acknowledged is there again, and nothing is there by halves."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ottla.catalogue.sqlite import SqliteCatalogue

# Every commit puts three offsets and a topic that say the same number; it is printed once the commit is acknowledged.
_WRITER = """
import asyncio, os, sys
from pathlib import Path
from ottla.catalogue.model import OffsetRow, PartitionInfo, PutOffset, PutTopic, Topic
from ottla.catalogue.sqlite import SqliteCatalogue

async def writer(catalogue, lane, first):
    number = first
    while True:
        number += 1
        changes = [PutOffset(OffsetRow(f"lane-{lane}", "t", part, number, -1, "", number)) for part in range(3)]
        name = f"lane-{lane}-{number}"
        topic_id = name.encode().rjust(16, b".")
        await catalogue.commit([*changes, PutTopic(Topic(name, topic_id, [PartitionInfo(0, 0, (0,))]))])
        os.write(1, f"{lane} {number}\\n".encode())

async def run():
    catalogue = SqliteCatalogue.open(Path(sys.argv[1]))
    first = int(sys.argv[2])
    await asyncio.gather(*(writer(catalogue, lane, first) for lane in range(8)))

asyncio.run(run())
"""


@pytest.mark.parametrize("seed", range(6))
def test_acknowledged_changes_survive_kill_9(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "catalogue.db"
    acknowledged = dict.fromkeys(range(8), 0)
    for round_ in range(2):
        wanted = chance.randrange(20, 400)
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), str(round_ * 1_000_000)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(wanted):
            process.stdout.readline()
        process.kill()
        for line in process.stdout:  # what it had said before it died
            if line.endswith("\n"):
                lane, number = map(int, line.split())
                acknowledged[lane] = max(acknowledged[lane], number)
        process.stdout.close()
        process.wait()
        catalogue = SqliteCatalogue.open(path)
        rows: dict[str, set[int]] = {}
        for row in catalogue.load_offsets():
            rows.setdefault(row.group_id, set()).add(row.offset)
        for lane, number in acknowledged.items():
            (found,) = rows.get(f"lane-{lane}", {0})  # one number: no commit is there by halves
            assert found >= number
            assert found == 0 or f"lane-{lane}-{found}" in catalogue.topics
            assert number == 0 or f"lane-{lane}-{number}" in catalogue.topics
        asyncio.run(catalogue.close())
