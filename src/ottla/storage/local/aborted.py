"""The aborted transactions whose markers lie in one segment: in memory, and as Kafka's `.txnindex` file.

The file is written when the segment is closed, and at a clean stop; a start after a crash builds it anew for every segment it checks. A
missing file means that nothing was aborted in the segment, so the recovery point on disk never passes a segment whose entries are not
durable (`LocalPartition.durable_point`).

In memory an entry takes 32 bytes, for as long as the segment lives.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from ottla.records.errors import RecordError
from ottla.records.indexes import AbortedTxn, encode_txn, parse_txn_index
from ottla.rules.transactions.open import Aborted

_FIELDS = 4


class AbortedIndex(Sequence[Aborted]):
    """Entries in the order of their markers."""

    __slots__ = ("_fields",)

    def __init__(self, entries: Iterable[Aborted] = ()) -> None:
        self._fields = array("q")
        for entry in entries:
            self._fields.extend(entry)

    def __len__(self) -> int:
        return len(self._fields) // _FIELDS

    @overload
    def __getitem__(self, at: int) -> Aborted: ...

    @overload
    def __getitem__(self, at: slice) -> list[Aborted]: ...

    def __getitem__(self, at: int | slice) -> Aborted | list[Aborted]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        return Aborted._make(self._fields[at * _FIELDS : at * _FIELDS + _FIELDS])

    def append(self, entry: Aborted) -> None:
        """The next one."""
        self._fields.extend(entry)

    def encode(self) -> bytes:
        """The whole file."""
        return b"".join(encode_txn(AbortedTxn._make(entry)) for entry in self)


def parse_aborted(data: bytes, base_offset: int) -> AbortedIndex | None:
    """The entries of a segment's file, or None when they cannot be its own."""
    index = AbortedIndex()
    last = base_offset - 1
    try:
        for entry in parse_txn_index(data):
            if entry.last_offset <= last or entry.first_offset > entry.last_offset:
                return None
            last = entry.last_offset
            index.append(Aborted._make(entry))
    except RecordError:
        return None
    return index
