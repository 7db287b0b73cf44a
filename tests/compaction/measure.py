"""What compaction costs. Not a test: run it.

    PYTHONPATH=tests python tests/compaction/measure.py round [MEGABYTES [KEYS [CODEC]]]
        one round, then another on what it left, pass by pass, in this process
    PYTHONPATH=tests python tests/compaction/measure.py beside [MEGABYTES [KEYS]]
        the latency of acks=all produce and of the loop: idle, beside a round in a process, beside one on a thread

The log: records of 500 bytes in batches of 32, keys drawn evenly from KEYS, half of it rewritten once before or so.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compaction.kit import adopt, found_bases
from ottla.base.clock import SystemClock
from ottla.records.builder import BatchBuilder
from ottla.records.header import read_header
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Append, PartitionSpec
from ottla.storage.local.compaction.cleaner import Cleaner
from ottla.storage.local.compaction.job import CleanJob
from ottla.storage.local.compaction.runner import ProcessRunner, Runner, ThreadRunner
from ottla.storage.local.compaction.work import clean
from ottla.storage.local.disk import Disk
from ottla.storage.local.engine import LocalEngine

RECORDS = 32
SIZE = 500


def write_log(
    path: Path, megabytes: int, keys: int, codec: int = 0, segment_bytes: int = 256 << 20
) -> list[tuple[int, int]]:
    """Segments of about a quarter of a gigabyte, and an empty active one."""
    chance = random.Random(1)
    path.mkdir(parents=True)
    segments = []
    offset = 0
    value = chance.randbytes(SIZE - 30)
    batches = megabytes * (1 << 20) // (SIZE * RECORDS)
    while batches:
        base, size = offset, 0
        with open(path / f"{base:020d}.log", "wb") as file:
            while batches and size < segment_bytes:
                builder = BatchBuilder(codec, base_offset=offset)
                for n in range(RECORDS):
                    builder.append(1_700_000_000_000 + n, b"user-%010d" % chance.randrange(keys), value)
                size += file.write(builder.build())
                offset += RECORDS
                batches -= 1
        segments.append((base, size))
    (path / f"{offset:020d}.log").write_bytes(b"")
    segments.append((offset, 0))
    return segments


def job_for(path: Path, segments: list[tuple[int, int]]) -> CleanJob:
    end = segments[-1][0]
    return CleanJob(
        str(path), segments, 0, end, end, int(time.time() * 1000), 86_400_000, 1 << 30, 10 << 20, 4096, 128 << 20, 0.9, 512 << 10,
        1e300, 64,
    )  # fmt: skip


def one_round(megabytes: int, keys: int, codec: int) -> None:
    home = Path(tempfile.mkdtemp())
    try:
        segments = write_log(home / "t-0", megabytes, keys, codec)
        job = job_for(home / "t-0", segments)
        size = sum(size for _, size in segments)
        for _ in range(2):
            groups: list[Any] = []
            started, cpu = time.perf_counter(), time.process_time()
            done = clean(Disk(), job, groups.append)
            wall, cpu = time.perf_counter() - started, time.process_time() - cpu
            records = max(done.records_read, 1)
            rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(
                f"{size >> 20} MB in {wall:.1f} s ({size / wall / 1e6:.0f} MB/s), cpu {cpu / records * 1e6:.2f} us a record, rss {rss} MB"
            )
            print(f"  {done}")
            adopt(home / "t-0", groups)
            # the second round: everything is clean but the last segment
            segments = [
                (base, os.path.getsize(home / "t-0" / f"{base:020d}.log")) for base in found_bases(home / "t-0")
            ]
            job = job_for(home / "t-0", segments)
            job.first_dirty_offset = segments[-2][0]
    finally:
        shutil.rmtree(home)


async def beside(home: Path, make: Callable[[LocalEngine], Runner] | None) -> None:
    """Ten records every 10 ms with acks=all, each timed; how late a timer of 2 ms comes; a round meanwhile."""
    engine = LocalEngine([home], Settings.from_mapping({}), SystemClock())
    engine.start()
    gc.collect()
    gc.freeze()
    config = TopicConfig(cleanup_policy=("compact",), min_cleanable_dirty_ratio=0.01)
    await engine.open(
        [
            PartitionSpec("t", bytes(15) + b"\1", 0, 0, config),
            PartitionSpec("p", bytes(15) + b"\2", 0, 0, TopicConfig()),
        ]
    )
    target = engine.topics["p"][0]
    assert target is not None
    loop = asyncio.get_running_loop()
    value = os.urandom(500)
    stop = asyncio.Event()
    latencies: list[float] = []
    lags: list[float] = []

    async def produce() -> None:
        due = loop.time()
        while not stop.is_set():
            due += 0.01
            await asyncio.sleep(max(due - loop.time(), 0))
            builder = BatchBuilder()
            for n in range(10):
                builder.append(n, b"k", value)
            data = memoryview(bytearray(builder.build()))

            def done(due: float = due) -> None:
                latencies.append(loop.time() - due)

            engine.append([Append(target, data, read_header(data))], acks_all=True, on_done=done)

    async def tick() -> None:
        while not stop.is_set():
            before = loop.time()
            await asyncio.sleep(0.002)
            lags.append(loop.time() - before - 0.002)

    tasks = [asyncio.ensure_future(produce()), asyncio.ensure_future(tick())]
    started = time.perf_counter()
    extra = ""
    if make is None:
        await asyncio.sleep(8)
    else:
        cleaner = Cleaner(engine, lambda: make(engine))
        assert await cleaner.clean_next()
        extra = f"round {time.perf_counter() - started:.1f} s"
    stop.set()
    await asyncio.gather(*tasks)
    await engine.close()
    for name, times in (("produce", latencies), ("loop lag", lags)):
        times.sort()
        p50, p99, p999 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99, 0.999))
        print(
            f"  {name}: {len(times)}, ms p50 {p50:.2f} p99 {p99:.2f} p99.9 {p999:.2f} max {times[-1] * 1000:.1f} {extra}"
        )


def all_beside(megabytes: int, keys: int) -> None:
    home = Path(tempfile.mkdtemp())
    modes: dict[str, Callable[[LocalEngine], Runner] | None] = {
        "idle": None,
        "process": lambda engine: ProcessRunner(),
        "thread": lambda engine: ThreadRunner(engine.disk, engine.on_thread),
    }
    try:
        write_log(home / "t-0", megabytes, keys)
        for name, make in [*modes.items(), *modes.items()]:
            copy = home / "copy"
            copy.mkdir()
            shutil.copytree(home / "t-0", copy / "t-0")
            os.sync()
            print(name)
            loops: Any = asyncio.new_event_loop
            try:
                import uvloop
            except ImportError:
                pass
            else:
                loops = uvloop.new_event_loop
            with asyncio.Runner(loop_factory=loops) as runner:
                runner.run(beside(copy, make))
            shutil.rmtree(copy)
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    megabytes, keys, codec = (list(map(int, numbers)) + [500, 500_000, 0][len(numbers) :])[:3]
    if what == "round":
        one_round(megabytes, keys, codec)
    else:
        all_beside(megabytes, keys)
