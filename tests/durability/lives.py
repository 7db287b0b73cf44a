"""One data directory, one broker after the other: most of them are killed with -9."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from typing import Any, Protocol


class Server(Protocol):
    """What `bench.ottla_server.OttlaServer` and `bench.kafka_server.KafkaServer` both are."""

    process: Any

    @property
    def bootstrap(self) -> str: ...
    def start(self) -> Any: ...
    def stop(self) -> Any: ...
    def kill(self) -> None: ...
    def log_tail(self) -> str: ...


def lives(server: Server, rounds: int, rng: random.Random, load_s: float) -> Iterator[int]:
    """Yields the round's number after each end and new start: nine of ten killed, one of ten also killed while it starts."""
    for done in range(1, rounds + 1):
        time.sleep(rng.uniform(0.02, load_s))
        chance = rng.random()
        if chance < 0.1:
            server.stop()
        else:
            server.kill()
        if 0.1 <= chance < 0.2:
            early_kill(server, rng)
        server.start()
        yield done


def early_kill(server: Server, rng: random.Random) -> None:
    """Kills a broker that is still starting, most likely in the middle of its recovery."""
    starter = threading.Thread(target=_start_in_vain, args=(server,), daemon=True)
    starter.start()
    deadline = time.monotonic() + 5
    while server.process is None and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(rng.uniform(0.0, 0.5))
    process = server.process
    if process is not None:
        process.kill()
        process.wait()
    starter.join(60)
    server.process = None


def _start_in_vain(server: Server) -> None:
    from bench.toolbox import Unavailable

    try:
        server.start()
    except (Unavailable, AssertionError):
        return  # it was killed before it answered, as intended
