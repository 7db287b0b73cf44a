"""Transactional ids and pending offsets as rows."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ottla.catalogue.model import (
    DeleteGroup,
    DeletePendingOffset,
    DeleteTopic,
    DeleteTransaction,
    OffsetRow,
    PartitionInfo,
    PendingOffsetRow,
    PutPendingOffset,
    PutTopic,
    PutTransaction,
    Topic,
    TransactionRow,
)
from ottla.catalogue.sqlite import SqliteCatalogue


def pending(group: str, topic: str, sequence: int, *, superseded: bool = False) -> PendingOffsetRow:
    offset = OffsetRow(group, topic, 0, 10 * sequence, 1, "m", 5, -1, b"t" * 16)
    return PendingOffsetRow(7, sequence, superseded, offset)


def test_rows_come_back_in_order_and_go_with_what_they_belong_to(tmp_path: Path) -> None:
    async def test() -> None:
        catalogue = SqliteCatalogue.open(tmp_path / "c.db")
        rows = [pending("g", "a", 3), pending("g", "b", 1, superseded=True), pending("h", "a", 2), pending("k", "k", 4)]
        await catalogue.commit(
            [
                PutTopic(Topic("a", b"a" * 16, [PartitionInfo(0, 0, (1,))])),
                PutTransaction(TransactionRow("t2", b"two", 2)),
                PutTransaction(TransactionRow("t1", b"one", 1)),
                PutTransaction(TransactionRow("t1", b"uno", 3)),
                *map(PutPendingOffset, rows),
            ]
        )
        assert catalogue.load_transactions() == [TransactionRow("t1", b"uno", 3), TransactionRow("t2", b"two", 2)]
        assert catalogue.load_pending_offsets() == sorted(rows, key=lambda row: row.sequence)
        await catalogue.commit([DeleteTransaction("t2"), DeletePendingOffset("k", 7, "k", 0), DeleteTopic(b"a" * 16)])
        await catalogue.close()
        again = SqliteCatalogue.open(tmp_path / "c.db")
        assert again.load_transactions() == [TransactionRow("t1", b"uno", 3)]
        assert again.load_pending_offsets() == [rows[1]]
        await again.commit([DeleteGroup("g")])
        assert again.load_pending_offsets() == []
        await again.close()

    asyncio.run(test())
