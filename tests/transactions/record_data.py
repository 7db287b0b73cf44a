"""Asks an Apache Kafka 4.3.1 broker the conversations of `data_scenarios` and stores its answers.

`python tests/transactions/record_data.py [part of a name ...]`; with names it only prints what is said. One after the other: Kafka asks
its coordinator for several producers at once, and answers all in the words of one's version. A few minutes.
Needs a JDK and what `bench` downloads.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.kafka_server import KafkaServer  # noqa: E402

from support.raw import RawClient  # noqa: E402
from transactions.data_scenarios import LEVELS, PROTOCOL_1, PROTOCOL_2, conversation  # noqa: E402
from transactions.data_talk import STUCK, set_level, speak  # noqa: E402
from transactions.record_kafka import make_internal_topics  # noqa: E402
from transactions.scenarios import Step  # noqa: E402

ANSWERS = Path(__file__).with_name("kafka-4.3.1-data.json.gz")
SEEDS = range(60)
SETTINGS = {
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.num.partitions": "1",
    "producer.id.expiration.ms": "86400000",
}


def conversations() -> list[tuple[str, int, list[Step]]]:
    """(name, finalized transaction.version, what is said)."""
    found: list[tuple[str, int, list[Step]]] = []
    for level in (2, 1, 0):
        found += [(name, level, steps) for name, steps in PROTOCOL_1.items()]
        found += [(f"old {seed}", level, conversation(seed, modern=False)) for seed in SEEDS[:: 1 if level == 2 else 6]]
        if level:  # nothing of protocol 2 is said to a server of version 0 (see `scenarios`)
            found += [(name, level, steps) for name, steps in PROTOCOL_2.items()]
            found += [
                (f"new {seed}", level, conversation(seed, modern=True)) for seed in SEEDS[:: 1 if level == 2 else 6]
            ]
    return found


def main() -> None:
    only = sys.argv[1:]
    recorded: list[dict[str, Any]] = []
    with KafkaServer(settings=SETTINGS, heap_mb=512) as kafka:
        make_internal_topics(kafka.port)
        level = 2
        jobs = [*((name, 2, steps) for name, steps in LEVELS.items()), *conversations()]
        for number, (name, wanted, steps) in enumerate(jobs):
            if only and not any(one in name for one in only):
                continue
            if wanted != level:
                with RawClient(kafka.port) as client:
                    assert set_level(client, wanted) == 0
                level = wanted
            answers = speak(kafka.port, f"d{number}", steps)
            if STUCK in answers:
                print(f"{name}: stuck after {len(answers)} of {len(steps)}", flush=True)
            recorded.append({"name": name, "server": wanted, "steps": steps, "answers": answers})
            if only:
                print(name)
                for step, answer in zip(steps, answers, strict=False):
                    print("  ", step, answer)
    if only:
        return
    data = json.dumps(recorded, separators=(",", ":")).encode()
    ANSWERS.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(recorded)} conversations, {ANSWERS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
