"""`kill -9` while it writes, again and again: nothing acknowledged is lost, no gap, nothing twice."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.storage.kit import Store, local_engine, run
from tests.storage.writer import CONFIG, LOST, PARTITIONS, content

ROOT = Path(__file__).parents[2]


def one_life(path: Path, start: dict[int, int], seconds: float) -> list[tuple[int, int, int, bool]]:
    """Lets a writer work for a while and kills it; what it said was acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{index} {sequence}\n" for index, sequence in start.items()))
    process.stdin.close()
    ready = process.stdout.readline()
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
    reader.start()
    time.sleep(seconds)
    process.kill()
    process.wait()
    reader.join()
    errors = process.stderr.read() if process.stderr else ""
    assert ready == "ready\n", errors
    assert process.returncode == -9, errors
    found = []
    for line in lines:
        if line.endswith("\n"):
            index, sequence, offset, durable = map(int, line.split())
            found.append((index, sequence, offset, bool(durable)))
    return found


def lives(path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: dict[int, dict[int, int]] = {index: {} for index in range(PARTITIONS)}
    start = dict.fromkeys(range(PARTITIONS), 0)
    for _ in range(rounds):
        for index, sequence, offset, _ in one_life(path, start, chance.uniform(0.02, 0.3)):
            known = acknowledged[index].setdefault(sequence, offset)
            assert known == offset, "a batch that was sent again has moved"
        # As a producer does: what was not acknowledged is sent again, and a little that was (its answer may have been lost).
        start = {
            index: max(max(done, default=-1) + 1 - chance.randrange(LOST + 1), 0)
            for index, done in acknowledged.items()
        }

    async def look() -> None:
        engine = local_engine(path)
        store = Store(engine)
        for index in range(PARTITIONS):
            partition = await store.open(index=index, config=CONFIG)
            found = await store.read_all(partition)
            assert partition.high_watermark == len(found)
            for sequence, data in enumerate(found):
                assert int.from_bytes(data[:8], "big") == sequence
                assert data[16:] == bytes(content(index, sequence))[16:], "altered"
            assert len(found) > max(acknowledged[index], default=-1), "lost"
            assert all(sequence == offset for sequence, offset in acknowledged[index].items())
        await engine.close()

    run(look())
    assert sum(map(len, acknowledged.values())) > rounds


def test_killed_a_few_times(tmp_path: Path) -> None:
    lives(tmp_path, 6, 1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    for seed in range(20):
        lives(tmp_path / str(seed), 10, seed)
