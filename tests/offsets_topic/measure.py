"""What the copy costs: us of the loop's CPU for each commit, with and without it. Run: `python tests/offsets_topic/measure.py`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.offsets_topic.test_copy import commit, settled, start

COMMITS = 4000


async def run(label: str, together: int, offsets: int, **settings: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        node = await start(Path(folder), offsets_topic_num_partitions="50", **settings)
        if node.broker.groups.offsets_topic is not None:
            await settled(node)
        where = [("t", 0, 1), ("t", 1, 1), ("t", 2, 1), ("t", 3, 1)][:offsets]
        started = time.thread_time()
        for _ in range(COMMITS // together):
            await asyncio.gather(*(commit(node, f"group-{n}", *where) for n in range(together)))
        took = (time.thread_time() - started) / COMMITS * 1e6
        await node.stop()
    print(f"{label:40} {took:7.1f} us of CPU for a commit")
    return took


async def first_lookup() -> None:
    with tempfile.TemporaryDirectory() as folder:
        node = await start(Path(folder), offsets_topic_num_partitions="50")
        started, cpu = time.perf_counter(), time.process_time()
        await settled(node)
        took, cpu = time.perf_counter() - started, time.process_time() - cpu
        print(f"making the topic: {took * 1e3:.1f} ms in the background, {cpu * 1e3:.1f} ms of CPU")
        await node.stop()


async def main() -> None:
    await first_lookup()
    for offsets in (1, 4):
        for together in (1, 50):
            label = f"{offsets} offsets, {together} groups at once"
            without = await run(label + ", without", together, offsets, ottla_offsets_topic_mirror="false")
            print(f"{'':40} +{await run(label, together, offsets) - without:6.1f} us")


if __name__ == "__main__":
    asyncio.run(main())
