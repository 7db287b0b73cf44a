"""Asks an Apache Kafka 4.3.1 broker the conversations of `scenarios` and stores its answers: `python tests/transactions/record_kafka.py`.

Takes about five minutes (a producer's epochs are used up by introducing it 32,766 times). Needs a JDK and what `bench` downloads.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.kafka_server import KafkaServer  # noqa: E402

from ottla.wire.messages import find_coordinator_request  # noqa: E402
from ottla.wire.messages import update_features_request as features  # noqa: E402
from support.raw import RawClient  # noqa: E402
from support.talk import create_topic  # noqa: E402
from transactions.live import LIMIT_S, LiveTalk  # noqa: E402
from transactions.scenarios import BY_HAND, BY_HAND_OLD, PARTITIONS, TOPIC, Step, conversation  # noqa: E402

ANSWERS = Path(__file__).with_name("kafka-4.3.1.json.gz")
SEEDS = range(300)


def speak(port: int, prefix: str, steps: list[Step]) -> list[Any]:
    talk = LiveTalk(prefix, port)

    async def run() -> list[Any]:
        return [await talk.say(step) for step in steps]

    try:
        return asyncio.run(run())
    finally:
        talk.client.socket.close()


def make_internal_topics(port: int) -> None:
    """They come into being when somebody asks for a coordinator."""
    deadline = time.monotonic() + LIMIT_S
    with RawClient(port, timeout_s=60) as client:
        for key_type in (0, 1):
            message = find_coordinator_request.FindCoordinatorRequest(key_type=key_type, coordinator_keys=["x"])
            while client.call(10, 4, message).coordinators[0].error_code:
                assert time.monotonic() < deadline
                time.sleep(0.1)


def set_transaction_version(port: int, level: int) -> None:
    with RawClient(port) as client:
        update = features.FeatureUpdateKey("transaction.version", level, upgrade_type=2)
        answer = client.call(57, 1, features.UpdateFeaturesRequest(60_000, [update]))
        assert answer.error_code == 0, answer
        assert all(one.error_code == 0 for one in answer.results), answer


def main() -> None:
    settings = {"transaction.abort.timed.out.transaction.cleanup.interval.ms": "100"}
    recorded: list[dict[str, Any]] = []
    with KafkaServer(settings=settings, heap_mb=512) as kafka:
        with RawClient(kafka.port, timeout_s=60) as client:
            create_topic(client, TOPIC, PARTITIONS)
        make_internal_topics(kafka.port)

        def run(job: tuple[str, int, list[Step]]) -> dict[str, Any]:
            name, version, steps = job
            prefix = "".join(c if c.isalnum() else "." for c in f"c{version}{name}")
            return {"name": name, "server": version, "steps": steps, "answers": speak(kafka.port, prefix, steps)}

        with ThreadPoolExecutor(8) as pool:
            recorded += pool.map(run, [(name, 2, steps) for name, steps in BY_HAND.items()])
            # One after the other: Kafka asks the coordinator for several clients at once, and answers all in the words of one's version.
            recorded += map(run, [(f"seed {seed}", 2, conversation(seed)) for seed in SEEDS])
            set_transaction_version(kafka.port, 0)
            recorded += pool.map(run, [(name, 0, steps) for name, steps in BY_HAND_OLD.items()])
    data = json.dumps(recorded, separators=(",", ":")).encode()
    ANSWERS.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(recorded)} conversations, {ANSWERS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
