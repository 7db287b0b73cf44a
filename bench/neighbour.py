"""The noisy neighbour: `python -m bench.neighbour BOOTSTRAP TOPIC SECONDS` produces 10 KB records as fast as it can until it is killed."""

from __future__ import annotations

import os
import sys
import threading
import time

from bench.clients import payloads, producer

BYTES_MAX = 3 << 30  # whatever happens, the disk is not filled


def main() -> int:
    bootstrap, name, seconds = sys.argv[1:]
    os.nice(5)
    client = producer(bootstrap, acks="1", linger_ms=5, queue_buffering_max_kbytes=32 * 1024)
    block = [{"value": value} for value in payloads(10_000)]
    acknowledged = threading.Event()
    end = time.monotonic() + float(seconds)
    sent = 0
    client.produce(name, b"first", on_delivery=lambda error, _: acknowledged.set() if error is None else None)
    while time.monotonic() < end and sent < BYTES_MAX:
        sent += client.produce_batch(name, block) * 10_000
        client.poll(0.002)
        if acknowledged.is_set():
            acknowledged.clear()
            print("running", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
