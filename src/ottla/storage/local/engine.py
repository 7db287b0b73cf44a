"""The local engine: partitions as files in Kafka's own format, in one or more data directories.

`<dir>/<topic>-<partition>/` holds segments (`.log`, `.index`, `.timeindex`), producer snapshots, `leader-epoch-checkpoint` and
`partition.metadata`; Apache Kafka's tools read them, and a directory that Kafka 4.3 wrote is opened as it stands.

How an append goes: on the loop the batch is judged, patched and written to the page cache; that is all for acks=1. An acks=all batch
is held back from readers, its partition is handed to a flusher thread at the end of the loop's turn, and when the device has it
the high watermark moves, watchers are woken and `on_done` is called. One fdatasync serves all that was written before it began.

Failures: bytes that did not get written whole are cut off again and the append is refused with KAFKA_STORAGE_ERROR (ENOSPC ends here:
the next append may succeed). If they cannot be cut, or a flush fails, the partition goes offline until the process is restarted: after
a failed fdatasync the kernel may have dropped the pages, so no later flush of the same bytes may be believed.

What is left out: moving partitions between directories.

The parts: `appends` (writing and flushing), `marks` (the ends of transactions), `reading` (reads, waits, look-ups by time), `opening`
(opening, creating, dropping), `upkeep` (retention, trimming, checkpoints, closing) over `core`; `recovery` loads a partition, `flusher`
has the threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ottla.rules.producers import ProducerEntry
from ottla.storage.engine import EpochEnd, Partition
from ottla.storage.local.directory import DirectoryInUse, DirectoryMeta, FoundPartition
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.reading import Reading
from ottla.storage.local.upkeep import Upkeep

if TYPE_CHECKING:
    from ottla.storage.engine import Engine


class LocalEngine(Reading, Upkeep):
    """`LocalEngine(directories, settings, clock)`; then `lock()`, `scan()`, `meta()`, and the verbs of the seam."""

    def epoch_end(self, partition: Partition, leader_epoch: int) -> EpochEnd:
        assert type(partition) is LocalPartition
        return partition.epoch_end(leader_epoch)

    def producers(self, partition: Partition) -> Sequence[ProducerEntry]:
        assert type(partition) is LocalPartition
        return partition.producers.entries() if partition.producers is not None else ()


if TYPE_CHECKING:

    def _is_an_engine(engine: LocalEngine) -> Engine:
        return engine


__all__ = ["DirectoryInUse", "DirectoryMeta", "FoundPartition", "LocalEngine"]
