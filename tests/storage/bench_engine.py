"""Micro-benchmarks of the local engine, not collected by pytest: `python -m tests.storage.bench_engine [append|flush|read|open|watch]`.

Figures, 2026-11-22, 2 shared cores with a load of 3 to 9, ext4; CPU time of the loop's thread where a call does not wait:

    append 1 record of 100 bytes, acks=1      3.7 us (of which pwrite 1.5), with a producer id 4.5 us
    append a 16 KiB batch, acks=1             16 us (14 of them the kernel's copy)
    read on, 16 KiB / 64 KiB / 1 MiB          8.2 / 18 / 160 us: 0.16 CPU-s per GB with large fetches
    append one small record and read it       10.5 us together
    read at the end: nothing                  0.45 us
    watch and cancel                          1.5 and 0.25 us
    acks=all, one request in flight           0.5 ms (fdatasync alone 0.2 ms), 0.3 ms CPU, most of it ext4's
    acks=all, 64 in flight on one partition   25 us each, 20 us CPU, making the batches included
    acks=all over 100 partitions at once      13 ms with 4 flusher threads; 41 ms with 1, 24 with 2, 13 with 8
    create / open / recover 5,000 partitions  2 / 1.5 / 1.7 s; a disk busy with others' files took ten times as long to create them

Four flusher threads: ext4 commits its journal for several files at once when they ask together; eight gain little and cost a lone
request. Threads lose when files are created (they wait for one lock in the kernel), so `open` creates on few.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.storage.kit import batch

from ottla.base.clock import SystemClock
from ottla.base.ids import random_uuid
from ottla.records.header import read_header
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Append, Partition, PartitionSpec
from ottla.storage.local.engine import LocalEngine


def engine(path: Path) -> LocalEngine:
    return LocalEngine([path], Settings.from_mapping({}), SystemClock())


def say(what: str, seconds: float, count: int, unit: str = "us") -> None:
    each = seconds / count
    text = f"{each * 1e6:9.2f} us" if unit == "us" else f"{each * 1e3:9.2f} ms"
    print(f"{what:<58} {text}", flush=True)


async def append(path: Path) -> None:
    one = engine(path)
    await one.open([PartitionSpec("t", random_uuid(), 0, 0, TopicConfig())])
    partition = one.topics["t"][0]
    assert partition is not None
    count = 20000
    for what, kwargs in (
        ("append 1 record of 100 bytes, acks=1", {"size": 100}),
        ("append 16 KiB batch, acks=1", {"size": 16300}),
    ):
        for idempotent in (False, True):
            batches = []
            for n in range(count):
                data = batch(**kwargs, **({"producer": 1, "sequence": n} if idempotent else {}))
                batches.append((data, read_header(data)))
            best = 1e9
            for chunk in range(0, count, count // 10):
                started = time.thread_time()
                for data, header in batches[chunk : chunk + count // 10]:
                    one.append([Append(partition, data, header)], acks_all=False, on_done=None)
                best = min(best, time.thread_time() - started)
            say(what + (", idempotent" if idempotent else ""), best, count // 10)
            if idempotent:
                partition.producers = None  # type: ignore[attr-defined]
    await one.close()


async def in_flight(one: LocalEngine, partition: Partition, depth: int, total: int) -> None:
    """Many requests in flight on one partition share flushes."""
    left = total
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def answered() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            over.set_result(None)
        elif left >= depth:
            send()

    def send() -> None:
        data = batch(size=100)
        one.append([Append(partition, data, read_header(data))], acks_all=True, on_done=answered)

    started, cpu = time.perf_counter(), time.process_time()
    for _ in range(depth):
        send()
    await over
    say(f"acks=all, {depth} in flight on one partition (with making batches)", time.perf_counter() - started, total)
    say("   CPU", time.process_time() - cpu, total)


async def flush(path: Path) -> None:
    for partitions in (1, 16, 100):
        one = engine(path / str(partitions))
        await one.open([PartitionSpec("t", random_uuid(), 0, 0, TopicConfig())])
        tid = random_uuid()
        await one.open([PartitionSpec("u", tid, n, 0, TopicConfig()) for n in range(partitions)])
        rounds = 300
        for n in range(rounds + 1):
            if n == 1:
                started = time.perf_counter()
                cpu = time.process_time()
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            data = [batch(size=100) for _ in range(partitions)]
            appends = [
                Append(partition, each, read_header(each))
                for partition, each in zip(one.topic_ids[tid], data, strict=True)
                if partition is not None
            ]
            one.append(appends, acks_all=True, on_done=lambda done=done: done.set_result(None))
            await done
        say(f"acks=all over {partitions} partitions at once, one in flight", time.perf_counter() - started, rounds)
        say("   CPU", time.process_time() - cpu, rounds)
        if partitions == 1:
            partition = one.topic_ids[tid][0]
            assert partition is not None
            await in_flight(one, partition, 64, 20000)
        await one.close()


async def read(path: Path) -> None:
    one = engine(path)
    await one.open([PartitionSpec("t", random_uuid(), 0, 0, TopicConfig())])
    partition = one.topics["t"][0]
    assert partition is not None
    for _ in range(16000):
        data = batch(size=16300)
        one.append([Append(partition, data, read_header(data))], acks_all=False, on_done=None)
    for max_bytes in (16384, 65536, 1 << 20):
        offset, count, size = 0, 0, 0
        started = time.thread_time()
        while offset < partition.high_watermark:
            got = one.read(partition, offset, max_bytes, at_least_one=True)
            assert got is not None
            count += 1
            size += got.size
            offset += got.size // len(data)
        seconds = time.thread_time() - started
        say(f"read on, {max_bytes >> 10} KiB at a time ({size / seconds / 1e9:.1f} GB/s)", seconds, count)
    started = time.thread_time()
    for _ in range(20000):
        data = batch(size=100)
    base = time.thread_time() - started
    started = time.thread_time()
    for _ in range(20000):
        data = batch(size=100)
        one.append([Append(partition, data, read_header(data))], acks_all=False, on_done=None)
        got = one.read(partition, partition.high_watermark - 1, 1 << 20, at_least_one=True)
        assert got is not None
        assert got.size == len(data)
    say("append one small record and read it at once", time.thread_time() - started - base, 20000)
    started = time.thread_time()
    for _ in range(20000):
        one.read(partition, partition.high_watermark, 1 << 20, at_least_one=True)
    say("read at the end: nothing", time.thread_time() - started, 20000)
    started = time.thread_time()
    for n in range(5000):
        got = one.read(partition, n * 3, 16384, at_least_one=True)
    say("read at random places, 16 KiB", time.thread_time() - started, 5000)
    started = time.perf_counter()
    for n in range(500):
        await one.read_cold(partition, n * 3, 1 << 20, at_least_one=True)
    say("read_cold, 1 MiB, page cache warm", time.perf_counter() - started, 500)
    await one.close()


async def opening(path: Path) -> None:
    count = 5000
    one = engine(path)
    specs = [PartitionSpec(f"t{n}", random_uuid(), 0, 0, TopicConfig()) for n in range(count)]
    started = time.perf_counter()
    await one.open(specs)
    print(f"create {count} partitions: {time.perf_counter() - started:.2f} s")
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    appends = []
    for spec in specs:
        data = batch(3)
        partition = one.topic_ids[spec.topic_id][0]
        assert partition is not None
        appends.append(Append(partition, data, read_header(data)))
    started = time.perf_counter()
    one.append(appends, acks_all=True, on_done=lambda: done.set_result(None))
    print(f"first append to each: {time.perf_counter() - started:.2f} s on the loop")
    await done
    print(f"   durable after {time.perf_counter() - started:.2f} s")
    for again in ("clean", "after a crash"):
        started = time.perf_counter()
        if again == "clean":
            await one.close()
            print(f"close: {time.perf_counter() - started:.2f} s")
        else:
            from tests.storage.kit import crash

            await crash(one)
        one = engine(path)
        started = time.perf_counter()
        await one.open(specs)
        print(f"open {count} partitions, {again}: {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    await one.drop(one.all_partitions())
    print(f"drop: {time.perf_counter() - started:.2f} s")
    await one.close()


async def watch(path: Path) -> None:
    one = engine(path)
    count = 2000
    tid = random_uuid()
    await one.open([PartitionSpec("t", tid, n, 0, TopicConfig()) for n in range(count)])
    started = time.perf_counter()
    cancels = [one.watch([partition], lambda _: None) for partition in one.topic_ids[tid] if partition is not None]
    say("watch", time.perf_counter() - started, count)
    started = time.perf_counter()
    for cancel in cancels:
        cancel()
    say("cancel", time.thread_time() - started, count)
    await one.close()


BENCHES: dict[str, Callable[[Path], Coroutine[Any, Any, None]]] = {
    "append": append,
    "flush": flush,
    "read": read,
    "open": opening,
    "watch": watch,
}


def main() -> None:
    for name in sys.argv[1:] or BENCHES:
        path = Path(tempfile.mkdtemp(prefix="ottla-bench-"))
        try:
            asyncio.run(BENCHES[name](path))
        finally:
            shutil.rmtree(path)


if __name__ == "__main__":
    main()
