"""Apache Kafka's DumpLogSegments reads the markers, the `.txnindex` and the `.snapshot` of transactions as we wrote them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.foreign.support import JavaTools
from tests.foreign.test_dump_log_segments import dump, files
from tests.storage.kit import Store, local_engine, run
from tests.storage.test_transactions import end, send, txn

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]


def test_markers_index_and_snapshot(java_tools: JavaTools, tmp_path: Path) -> None:
    async def work() -> None:
        engine = local_engine(tmp_path)
        store = Store(engine)
        partition = await store.open()
        await send(store, partition, txn(7, count=2))  # 0, 1
        await send(store, partition, txn(8, epoch=3))  # 2
        await end(engine, partition, 7, commit=False, epoch=1, version=2, coordinator=5)  # 3
        await send(store, partition, txn(9))  # 4
        await end(engine, partition, 9, commit=True, coordinator=6)  # 5
        await engine.close()

    run(work())
    text = dump(java_tools, files(tmp_path, "events", ".log"), "--deep-iteration")
    assert re.findall(r"endTxnMarker: (\w+) coordinatorEpoch: (\d+)", text) == [("ABORT", "5"), ("COMMIT", "6")]
    text = dump(java_tools, files(tmp_path, "events", ".txnindex"))
    (entry,) = re.findall(r"version: 0 producerId: 7 .*", text)
    assert re.findall(r"-?\d+", entry) == ["0", "7", "0", "3", "2"]
    text = dump(java_tools, files(tmp_path, "events", ".snapshot"))
    kept = {one: line for line in text.splitlines() if (one := re.sub(r"^producerId: (\d+) .*", r"\1", line)) != line}
    assert set(kept) == {"7", "8", "9"}
    assert "producerEpoch: 1 coordinatorEpoch: 5 currentTxnFirstOffset: OptionalLong.empty" in kept["7"]
    assert re.search(r"producerEpoch: 3 coordinatorEpoch: -1 currentTxnFirstOffset: \D*2\b", kept["8"])
    assert "coordinatorEpoch: 6 currentTxnFirstOffset: OptionalLong.empty" in kept["9"]
