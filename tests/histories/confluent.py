"""A history from librdkafka's clients while their broker is killed again and again.

python -m tests.histories.confluent --rounds 20 --seed 1 [--server kafka] [--keep history.jsonl]
"""

from __future__ import annotations

import random
import sys

from tests.durability.crew import COPY, PLACES, SOURCE, TOPICS, WRITTEN, Crew, create_topics
from tests.durability.lives import Server, lives
from tests.histories.command import Recorded, command
from tests.histories.history import History
from tests.histories.recorder import Plain, Recorder, content


def record(server: Server, *, rounds: int, seed: int, load_s: float = 1.0) -> Recorded:
    """`rounds` lives of `server` under a crew of transactional clients and a plain producer; then everything is read once more."""
    rng = random.Random(seed)
    server.start()
    create_topics(server.bootstrap, TOPICS)
    recorder = Recorder()
    plain = Plain("p0", server.bootstrap, recorder, random.Random(seed + 1), WRITTEN)
    crew = Crew(server.bootstrap, seed, recorder, more=[plain])
    try:
        crew.start()
        for _ in lives(server, rounds, rng, load_s):
            if recorder.failures:
                break
        crew.finish(recorder.finals)
    finally:
        crew.abandon()
    server.stop()
    history = History(recorder.operations, set(PLACES), [(SOURCE, COPY)], content)
    return Recorded(history, recorder.failures, crew.client_aborts)


if __name__ == "__main__":
    sys.exit(command("Kill the broker under librdkafka's clients and check their history.", record))
