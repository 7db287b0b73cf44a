"""Logs, and what Apache Kafka's own cleaner made of them: `golden.json.gz`.

    python -m tests.compaction.golden DIRECTORY_OF_KAFKAS_JARS

writes the file anew (Java 17 and the jars of a Kafka 4.3 distribution are needed). The logs are random from fixed seeds; the file
holds what each of them looked like after each of several rounds, as rows.
"""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from compaction.kit import NOW, RETENTION, Log, found_bases, read, txn_index

HERE = Path(__file__).parent
FILE = HERE / "golden.json.gz"
LOGS = 60
TIMES = (NOW, NOW + 1, NOW + RETENTION - 1, NOW + RETENTION, NOW + RETENTION + 2, NOW + 3 * RETENTION)
KEYS: list[bytes | None] = [None, b"", b"a", b"b", b"c", b"dd", b"key-e"]


def random_log(path: Path, seed: int) -> Log:
    """A log with everything in it that the rules know."""
    chance = random.Random(seed)
    log = Log(path)
    sequences: dict[tuple[int, int], int] = {}
    epochs: dict[int, int] = {}
    for _ in range(chance.randint(5, 60)):
        pairs = [
            (chance.choice(KEYS), None if chance.random() < 0.3 else chance.randbytes(chance.randint(0, 30)))
            for _ in range(chance.randint(1, 5))
        ]
        if seed % 3 == 0:
            pairs = [(key or b"k", value) for key, value in pairs]
        dice = chance.random()
        headers = [("h", chance.choice([None, b"x"]))] if chance.random() < 0.2 else []
        codec = chance.choice([0, 0, 0, 1, 2, 3, 4])
        if dice < 0.3:
            log.data(pairs, codec=codec, append_time=chance.random() < 0.3, headers=headers)
        elif dice < 0.65:
            producer = chance.randint(1, 4)
            epoch = epochs.get(producer, 0)
            sequence = sequences.get((producer, epoch), 0)
            log.data(
                pairs,
                codec=codec,
                producer=producer,
                epoch=epoch,
                sequence=sequence,
                transactional=producer > 1,
                headers=headers,
            )
            sequences[producer, epoch] = sequence + len(pairs)
        elif dice < 0.85:
            producer = chance.randint(2, 4)
            if chance.random() < 0.3:
                epochs[producer] = epochs.get(producer, 0) + 1
            if producer in log.open or producer in log.producers:
                log.end(producer, commit=chance.random() < 0.5, epoch=epochs.get(producer, 0))
        elif dice < 0.95:
            log.roll()
        else:
            log.gap(chance.randint(1, 10))
    for producer in list(log.open):
        log.end(producer, commit=chance.random() < 0.5, epoch=epochs.get(producer, 0))
    log.roll()
    log.data([(b"active", b"1"), (b"a", None)])
    log.write()
    return log


def rounds(log: Log, seed: int) -> list[tuple[int, int, int, int]]:
    """(first dirty offset, first uncleanable offset, now, segment.bytes) of each round."""
    chance = random.Random(seed + 1000)
    segment_bytes = chance.choice([1, 300, 1000, 1 << 20])
    end = log.bases[-1]
    first = chance.choice([0, 0, chance.choice(log.bases[:-1])])
    return [(first if not number else end, end, now, segment_bytes) for number, now in enumerate(TIMES)]


def rows(path: Path) -> dict[str, Any]:
    """What a directory holds, as plain values. The base timestamp only where it is the delete horizon: see `batches.rewrite`."""
    batches = []
    for header, records in read(path):
        batches.append(
            [
                header.base_offset, header.last_offset, header.records_count, header.attributes, header.max_timestamp,
                header.producer_id, header.producer_epoch, header.base_sequence, header.partition_leader_epoch,
                header.base_timestamp if header.has_delete_horizon else None,
                [
                    [one.offset, one.timestamp, one.key.hex() if one.key is not None else None,
                     one.value.hex() if one.value is not None else None, [list(map(str, pair)) for pair in one.headers]]
                    for one in records
                ],
            ]
        )  # fmt: skip
    return {"bases": found_bases(path), "batches": batches, "aborted": [list(entry) for entry in txn_index(path)]}


def main() -> None:
    """Makes the file."""
    jars = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        homes = []
        for seed in range(LOGS):
            home = Path(name) / str(seed)
            home.mkdir()
            log = random_log(home / "t-0", seed)
            lines = [f"{first} {end} {now} {size} {RETENTION}\n" for first, end, now, size in rounds(log, seed)]
            (home / "rounds").write_text("".join(lines))
            homes.append(home)
        subprocess.run(
            ["java", "-cp", f"{jars}/*", str(HERE / "java" / "CleanLogs.java"), *map(str, homes)],
            check=True,
            timeout=600,
        )
        found = [
            [
                {"end": int((home / f"after-{number}" / "end").read_text()), **rows(home / f"after-{number}")}
                for number in range(len(TIMES))
            ]
            for home in homes
        ]
    FILE.write_bytes(gzip.compress(json.dumps(found, separators=(",", ":")).encode(), mtime=0))


if __name__ == "__main__":
    main()
