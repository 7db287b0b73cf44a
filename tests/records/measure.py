"""Measures the hot paths of ottla.records. Run: python tests/records/measure.py [name part]

Prints CPU time per call, the smallest of many repeats (other work on the machine disturbs it least).
"""

import os
import sys
import time
import timeit
from collections.abc import Callable

from ottla.records.builder import build_batch
from ottla.records.compress import Codec, compress, decompress
from ottla.records.header import crc_ok, patch, read_header, set_log_append_time
from ottla.records.reader import iter_batches, iter_records
from ottla.records.transform import rebuild
from ottla.records.validate import check_produced_batch

REPEATS = 25
SECONDS_EACH = 0.02


def batch_of_size(size: int) -> memoryview:
    return memoryview(bytearray(build_batch([(1000, b"k" * 10, os.urandom(size - 85))])))


def cpu_us(call: Callable[[], object]) -> float:
    once = max(timeit.timeit(call, number=3, timer=time.perf_counter) / 3, 1e-8)
    number = max(1, int(SECONDS_EACH / once))
    return min(timeit.repeat(call, number=number, repeat=REPEATS, timer=time.process_time)) / number * 1e6


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    hundred = [(1000 + i, b"k" * 10, b"v" * 100) for i in range(100)]
    batch = memoryview(bytearray(build_batch(hundred)))
    header = read_header(batch)
    ten = b"".join(bytes(batch) for _ in range(10))
    text = b"".join(b'{"id": %d, "name": "user %d", "ok": true}' % (i, i * 7919) for i in range(20_000))
    cases: dict[str, Callable[[], object]] = {
        "read_header": lambda: read_header(batch, 0),
        "patch": lambda: patch(batch, 0, 3),
        "iter_batches of 10": lambda: [None for _ in iter_batches(ten)],
        "iter_records, 100 records": lambda: [None for _ in iter_records(batch, header)],
        "build_batch, 100 records": lambda: build_batch(hundred),
        "set_log_append_time, 13 KB": lambda: (
            set_log_append_time(batch, 1),
            set_log_append_time(batch, 2),
        ),
    }
    for size in (200, 16 * 1024, 1024 * 1024):
        view = batch_of_size(size)
        head = read_header(view)
        cases[f"crc_ok, {size} bytes"] = lambda view=view, head=head: crc_ok(view, head)  # type: ignore[misc]
        cases[f"check_produced_batch, {size} bytes"] = lambda view=view: check_produced_batch(view, api_version=13)  # type: ignore[misc]
    for codec in Codec:
        packed = compress(codec, text)
        small = compress(codec, text[:1000])
        cases[f"compress {codec.name}, {len(text)} -> {len(packed)} bytes"] = lambda codec=codec: compress(codec, text)  # type: ignore[misc]
        cases[f"decompress {codec.name}, {len(text)} bytes"] = lambda codec=codec, packed=packed: decompress(  # type: ignore[misc]
            codec, packed
        )
        cases[f"compress {codec.name}, 1000 bytes"] = lambda codec=codec: compress(codec, text[:1000])  # type: ignore[misc]
        cases[f"decompress {codec.name}, 1000 bytes"] = lambda codec=codec, small=small: decompress(codec, small)  # type: ignore[misc]
        cases[f"rebuild none -> {codec.name}, {len(batch)} bytes"] = lambda codec=codec: rebuild(  # type: ignore[misc]
            batch, header, codec=codec
        )
    for name, call in cases.items():
        if wanted in name:
            print(f"{cpu_us(call):12.2f} us  {name}")


if __name__ == "__main__":
    main()
