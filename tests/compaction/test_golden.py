"""Round after round on random logs: the same batches, records, markers and transaction index as Apache Kafka's own cleaner leaves."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from compaction.golden import FILE, LOGS, random_log, rounds, rows
from compaction.kit import run


@pytest.fixture(scope="module")
def golden() -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = json.loads(gzip.decompress(FILE.read_bytes()))
    assert len(found) == LOGS
    return found


@pytest.mark.parametrize("seed", range(LOGS))
def test_a_log_after_every_round(tmp_path: Path, golden: list[list[dict[str, Any]]], seed: int) -> None:
    log = random_log(tmp_path / "t-0", seed)
    for number, (first, end, now, segment_bytes) in enumerate(rounds(log, seed)):
        done, _ = run(
            log,
            first_dirty=first,
            first_uncleanable_offset=end,
            now_ms=now,
            segment_bytes=segment_bytes,
            index_bytes=10 << 20,
        )
        wanted = golden[seed][number]
        found = rows(log.path)
        assert found["batches"] == wanted["batches"], f"round {number}"
        assert found["aborted"] == wanted["aborted"], f"round {number}"
        assert found["bases"] == wanted["bases"], f"round {number}"
        if first < end:
            assert done.end_offset == wanted["end"]
