"""Produce latency and memory while a large topic is compacted and goes on being written to; what is left is compared with a plain array.

Half a kilobyte a record, as many keys as records, drawn evenly: a good third of the records are out of date when compaction begins.
"""

from __future__ import annotations

import os
import random
import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, TopicPartition

from bench.cases.retention import IDLE_S, LIMIT_S, ClosedLoops, configure, segment_bytes, started, wait_for
from bench.clients import Delivered, Refused, consumer, make_topic, producer
from bench.lives import LifeCase, LifeSetting, Server
from bench.measure import rss_mb
from bench.model import NOT_THE_SAME, Metric, Sample

RECORD = 500
ROWS = 500
FLOW_PER_S = 1000
TOPIC = "table"


class Table:
    """Writes records whose values are rising numbers, and knows what each key's last one is."""

    def __init__(self, bootstrap: str, keys: int) -> None:
        self.expected = array("q", [-1]) * keys
        self.sent = 0
        self._chance = random.Random(keys)
        self._noise = self._chance.randbytes(RECORD - 40)
        self.delivered = Delivered()
        self.client = producer(bootstrap, enable_idempotence=True, linger_ms=10, queue_buffering_max_kbytes=128 * 1024)

    def write(self, count: int) -> None:
        """Raises Refused when a record is refused."""
        keys = len(self.expected)
        rows = []
        for _ in range(count):
            key = int(self._chance.random() * keys)
            rows.append({"key": b"user-%010d" % key, "value": b"%012d" % self.sent + self._noise})
            self.expected[key] = self.sent
            self.sent += 1
        while rows:
            self.client.produce_batch(TOPIC, rows, on_delivery=self.delivered)
            self.client.poll(0)
            rows = [row for row in rows if row.pop("_error", None) is not None]
            if rows:
                self.client.poll(0.01)
        if self.delivered.error is not None:
            raise Refused(str(self.delivered.error))

    def finish(self) -> None:
        if self.client.flush(300):
            raise Refused("records unanswered after 300 s")
        self.delivered.check(self.sent)

    def flow(self, stop: threading.Event) -> None:
        """So many records a second until told to stop."""
        due = time.perf_counter()
        while not stop.is_set():
            self.write(FLOW_PER_S // 50)
            due += 0.02
            time.sleep(max(0.0, due - time.perf_counter()))


def records_left(bootstrap: str, table: Table) -> int:
    """Reads the whole topic; how many records there are. Raises Refused unless the last of every key is the expected one."""
    found = array("q", [-1]) * len(table.expected)
    client = consumer(bootstrap, "compaction", enable_partition_eof=False)
    where = TopicPartition(TOPIC, 0, OFFSET_BEGINNING)
    _, end = client.get_watermark_offsets(where, timeout=30)
    client.assign([where])
    count, offset, ends = 0, -1, time.monotonic() + LIMIT_S
    while offset < end - 1:
        for message in client.consume(5000, 1.0):
            if message.error() is not None:
                raise Refused(str(message.error()))
            key, value = message.key(), message.value()
            assert key is not None
            assert value is not None
            found[int(key[5:])] = int(value[:12])
            offset = message.offset() or 0
            count += 1
        if time.monotonic() > ends:
            raise Refused(f"read to offset {offset} of {end}")
    client.close()
    if found != table.expected:
        wrong = sum(1 for one, other in zip(found, table.expected, strict=True) if one != other)
        raise Refused(f"{wrong} of {len(found)} keys do not have their last value after compaction")
    return count


def cleaned_to(log_dir: Path) -> int:
    """How far the topic was compacted, by the checkpoint that either server writes; -1: not yet."""
    path = log_dir / "cleaner-offset-checkpoint"
    for line in path.read_text().splitlines()[2:] if path.exists() else ():
        name, _, offset = line.split(" ")
        if name == TOPIC:
            return int(offset)
    return -1


def family_rss_mb(pid: int) -> float:
    """Memory of a server with its worker processes."""
    total = rss_mb(pid)
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and int(one.name) != pid:
            try:
                if os.getsid(int(one.name)) == pid:
                    total += rss_mb(int(one.name))
            except OSError:
                continue
    return total


def compaction(make: Callable[[], Server], setting: LifeSetting) -> Sample:
    with started(make, log_cleaner_backoff_ms="500") as server:
        make_topic(
            server.bootstrap,
            TOPIC,
            1,
            cleanup_policy="compact",
            min_cleanable_dirty_ratio="1",  # not before it is told to
            segment_bytes=str(segment_bytes(setting.bytes)),
        )
        records = max(setting.bytes // RECORD, 1000)
        table = Table(server.bootstrap, records)
        while table.sent < records:
            table.write(ROWS)
        table.finish()
        log_dir = Path(server.log_dir)
        stop = threading.Event()
        with ClosedLoops(server.bootstrap) as loops:
            flow = threading.Thread(target=table.flow, args=(stop,))
            flow.start()
            try:
                time.sleep(2)
                idle = time.perf_counter()
                idle_rss = family_rss_mb(server.pid)
                time.sleep(IDLE_S)
                active = max(int(path.stem) for path in (log_dir / f"{TOPIC}-0").glob("*.log"))
                begun = time.perf_counter()
                configure(server.bootstrap, TOPIC, min_cleanable_dirty_ratio="0.01")
                peak = [idle_rss]

                def done() -> bool:
                    peak.append(family_rss_mb(server.pid))
                    return cleaned_to(log_dir) >= active

                wait_for(done, "the topic is compacted", 0.1)
                ended = time.perf_counter()
            finally:
                stop.set()
                flow.join(30)
        table.finish()
        left = records_left(server.bootstrap, table)
        figures = {
            "compacted_s": ended - begun,
            "rss_mb": max(peak) - idle_rss,
            "left": left / table.sent,
        }
        for acks, name in (("1", "acks_1"), ("all", "acks_all")):
            before, during = loops.p99_ms(acks, idle, begun), loops.p99_ms(acks, begun, ended)
            figures |= {f"{name}_p99_ms": during, f"{name}_to_idle": during / before}
        return figures


CASES = (
    LifeCase(
        "compaction",
        "produce while a large topic is compacted and written to",
        (
            Metric("acks_1_p99_ms", "ms p99 acks=1", False, 1.0),
            Metric("acks_1_to_idle", "x idle, acks=1", False),
            Metric("acks_all_p99_ms", "ms p99 acks=all", False),
            Metric("acks_all_to_idle", "x idle, acks=all", False),
            Metric("compacted_s", "s", False),
            # The offset map takes log.cleaner.dedupe.buffer.size (128 MiB); a worker process is more than its map.
            Metric("rss_mb", "MB RSS more", False, bound=250.0),
            Metric("left", "of the records left", False),
        ),
        compaction,
        quick=False,
        note=f"{NOT_THE_SAME}; {FLOW_PER_S} records/s meanwhile; the result is compared with a plain array; --restart-gb sets the size",
        limit_s=4 * LIMIT_S,
    ),
)
