"""Opening, creating and dropping partitions: many at a time, on threads."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from ottla.base.errors import ErrorCode
from ottla.rules.producers import ProducerTable
from ottla.storage.engine import Partition, PartitionSpec
from ottla.storage.local import checkpoints
from ottla.storage.local.core import LOG, POOL_THREADS
from ottla.storage.local.deleting import UNUSED_AFTER_MS, Doomed
from ottla.storage.local.directory import DirectoryMeta, FoundPartition
from ottla.storage.local.flusher import Flusher
from ottla.storage.local.marks import Marks
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.recovery import Loaded, LoadOptions, load
from ottla.storage.local.segment import Segment

CHUNK = 64
"""Partitions below which a second thread is not worth its start."""
_NAME_MAX = 255


@dataclass(slots=True)
class _Opened:
    """What a thread found or made of a partition."""

    partition: LocalPartition
    loaded: Loaded | None
    created: bool = False
    error: OSError | None = None


class Opening(Marks):
    """`open`, `drop`, and what the composition root asks before it opens anything."""

    def scan(self) -> list[FoundPartition]:
        """The partitions that lie in the data directories. Call after `lock`; reads small files. Raises OSError."""
        return [found for directory in self.data_directories for found in directory.scan()]

    def meta(self) -> list[DirectoryMeta]:
        """What each data directory's meta.properties says (after `lock`)."""
        return [directory.meta() for directory in self.data_directories]

    def write_meta(self, cluster_id: str, node_id: int) -> None:
        """Writes each data directory's meta.properties unless it says this already. Raises OSError."""
        for directory in self.data_directories:
            directory.write_meta(cluster_id, node_id)

    def discard(self, found: Iterable[FoundPartition]) -> None:
        """Marks partitions that lie here but belong to no topic for deletion. Raises OSError."""
        for one in found:
            path = str(one.path)
            self.disk.rename(path, _marked(path, "delete"))

    def start(self) -> None:
        """Takes the running loop and starts the threads. `open` does it where needed."""
        if self._loop is not None:
            return
        assert not self.closed, "the engine is closed"
        self.lock()
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(POOL_THREADS, thread_name_prefix="ottla-storage")
        self._flusher = self.make_flusher(self._loop)
        self._homes = {
            name: directory
            for directory in reversed(self.data_directories)
            for name in self.disk.listdir(directory.path)
        }
        for directory in self.data_directories:
            for path in directory.doomed():
                self.delete_directory(path)

    def recovered(self) -> None:
        """To be called when every partition that lies here was opened: after the machine went down its logs are whole again."""
        for directory in self.data_directories:
            if all(not partition.error for partition in self.all_partitions() if partition.directory is directory):
                try:
                    directory.mark_recovered()
                except OSError as problem:  # the next start is only more careful than it need be
                    LOG.warning("%s: cannot note that its logs are recovered: %s", directory.path, problem)

    def make_flusher(self, loop: asyncio.AbstractEventLoop) -> Flusher:
        """The flusher's threads. The simulation has a twin without threads."""
        return Flusher(self.disk, loop, self.flushed)

    async def open(self, partitions: Sequence[PartitionSpec]) -> None:
        """See the seam. A partition whose files cannot be read is opened offline; one that cannot be created raises OSError."""
        self.start()
        made = [self._place(spec) for spec in partitions if self._opened(spec) is None]
        problem: OSError | None = None
        # Checking batches runs outside the interpreter's lock and gains by threads; creating files only loses by them.
        threads = self.settings.int("num.recovery.threads.per.data.dir") * len(self.data_directories)
        lanes = min(threads, POOL_THREADS, len(made) // CHUNK + 1)
        results = await asyncio.gather(
            *(self.on_thread(partial(self._open_chunk, made[lane::lanes])) for lane in range(lanes))
        )
        for result in results:
            for opened in result:
                if opened.error is not None:
                    problem = opened.error
                elif opened.loaded is not None:
                    self._install(opened)
        if problem is not None:
            raise OSError(problem.errno, f"cannot create a partition: {problem.strerror}") from problem

    def _opened(self, spec: PartitionSpec) -> Partition | None:
        row = self.topic_ids.get(spec.topic_id)
        return row[spec.index] if row is not None and spec.index < len(row) else None

    def _place(self, spec: PartitionSpec) -> LocalPartition:
        """Where a partition lies, or (with the fewest partitions) will lie."""
        home = self._homes.get(f"{spec.topic}-{spec.index}")
        if home is None:
            home = min(self.data_directories, key=lambda directory: directory.partitions)
        home.partitions += 1
        return LocalPartition(spec.topic, spec.topic_id, spec.index, spec.leader_epoch, spec.config, home)

    def _open_chunk(self, partitions: Sequence[LocalPartition]) -> list[_Opened]:
        """On a thread."""
        return [self._open_one(partition) for partition in partitions]

    def _open_one(self, partition: LocalPartition) -> _Opened:
        path = partition.path
        try:
            if f"{partition.topic}-{partition.index}" not in self._homes or not self.disk.is_directory(path):
                return _Opened(partition, self._create(partition), created=True)
            topic_id = partition.directory.topic_id_of(path)
            if topic_id is not None and topic_id != partition.topic_id:
                # Of a topic that had this name before. Kafka's word for it is stray: never deleted unasked.
                LOG.warning("%s belongs to another topic id: set aside as stray", path)
                self.disk.rename(path, _marked(path, "stray"))
                return _Opened(partition, self._create(partition), created=True)
        except OSError as problem:
            return _Opened(partition, None, error=problem)
        try:
            if topic_id is None:
                self._write_metadata(partition)
            directory = partition.directory
            key = (partition.topic, partition.index)
            loaded = load(
                self.disk,
                path,
                LoadOptions(
                    clean=directory.clean,
                    same_boot=directory.same_boot,
                    recovery_point=directory.recovery_points.get(key, 0),
                    log_start_offset=directory.log_starts.get(key, 0),
                    index_interval_bytes=partition.index_interval,
                    index_bytes=partition.index_bytes,
                    now_ms=self.clock.now_ms(),
                    ticks_ms=self.clock.monotonic_ms(),
                    is_compacted="compact" in partition.config.cleanup_policy or key in directory.cleaned,
                ),
            )
        except OSError as problem:
            LOG.error("%s cannot be loaded and stays offline: %s", path, problem)
            partition.error = ErrorCode.KAFKA_STORAGE_ERROR
            empty = Segment(path, 0, 0)
            empty.fresh()
            return _Opened(partition, Loaded([empty], 0, 0, 0, [], ProducerTable()))
        return _Opened(partition, loaded)

    def _create(self, partition: LocalPartition) -> Loaded:
        disk = self.disk
        disk.mkdir(partition.path)
        try:
            self._write_metadata(partition)
            segment = Segment(partition.path, 0, self.clock.now_ms())
            if partition.config.preallocate:
                fd = disk.open(segment.log_path, os.O_RDWR | os.O_CREAT, 0o644)
                try:
                    disk.fallocate(fd, partition.segment_bytes)
                finally:
                    disk.close(fd)
        except OSError:
            for name in disk.listdir(partition.path):
                disk.unlink(f"{partition.path}/{name}")
            disk.rmdir(partition.path)
            raise
        segment.fresh()
        return Loaded([segment], 0, 0, 0, [], ProducerTable())

    def _write_metadata(self, partition: LocalPartition) -> None:
        """Made durable with the partition's first flush, before anything in it is acknowledged."""
        disk = self.disk
        path = f"{partition.path}/{checkpoints.PARTITION_METADATA}"
        fd = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            disk.write_all(fd, checkpoints.encode_partition_metadata(partition.topic_id), 0)
        finally:
            disk.close(fd)

    def _install(self, opened: _Opened) -> None:
        partition, loaded = opened.partition, opened.loaded
        assert loaded is not None
        for note in loaded.notes:
            LOG.warning("%s-%d: %s", partition.topic, partition.index, note)
        partition.adopt(loaded)
        directory = partition.directory
        name = f"{partition.topic}-{partition.index}"
        if opened.created:
            directory.generation += 1
            partition.root_generation = directory.generation
            partition.files_dirty = True
            self._homes[name] = directory
            for offsets in (directory.recovery_points, directory.log_starts, directory.high_watermarks):
                offsets.pop((partition.topic, partition.index), None)
        if not partition.error:
            partition.begin_epoch(partition.leader_epoch)
            if (
                partition.pending_files
            ):  # transaction indexes that were built anew: until they are written the recovery point waits
                self.want_flush(partition)
        row = self.topic_ids.get(partition.topic_id)
        if row is None:
            row = self.topic_ids[partition.topic_id] = self.topics[partition.topic] = []
        row += [None] * (partition.index + 1 - len(row))
        row[partition.index] = partition

    async def drop(self, partitions: Sequence[Partition]) -> None:
        dropped: list[LocalPartition] = []
        for partition in partitions:
            assert type(partition) is LocalPartition
            if not partition.dropped:
                self._forget(partition)
                dropped.append(partition)
        if not dropped:
            return
        moved = await self.on_thread(lambda: [self._rename_away(partition) for partition in dropped])
        for partition, path in zip(dropped, moved, strict=True):
            if path is not None:
                self.delete_later(path, partition.config.file_delete_delay_ms, is_directory=True)

    def _forget(self, partition: LocalPartition) -> None:
        partition.dropped = True
        partition.directory.partitions -= 1
        key = (partition.topic, partition.index)
        for offsets in (
            partition.directory.recovery_points,
            partition.directory.log_starts,
            partition.directory.high_watermarks,
        ):
            offsets.pop(key, None)
        self._homes.pop(f"{partition.topic}-{partition.index}", None)
        row = self.topic_ids.get(partition.topic_id)
        if row is not None:
            row[partition.index] = None
            if not any(row):
                del self.topic_ids[partition.topic_id]
                if self.topics.get(partition.topic) is row:
                    del self.topics[partition.topic]
        partition.go_offline(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        if not partition.flushing:
            self._call(self._fail_holds(partition, partition.error))
        self.discard_segments(partition.segments)

    def _rename_away(self, partition: LocalPartition) -> str | None:
        """On a thread: where the partition's directory is now, None when it could not be moved."""
        target = _marked(partition.path, "delete")
        try:
            self.disk.rename(partition.path, target)
        except OSError as problem:
            LOG.error("cannot mark %s for deletion: %s", partition.path, problem)
            return None
        return target

    def delete_later(self, path: str, delay_ms: int, *, is_directory: bool) -> None:
        """Deletes a directory or file when its delay is over (`settle`)."""
        due_ms = self.clock.monotonic_ms() + delay_ms
        self._doomed.append(Doomed(due_ms, path, is_directory, delay_ms >= UNUSED_AFTER_MS))

    def delete_directory(self, path: str) -> None:
        """Has a directory that nobody uses deleted by the next `settle`."""
        self._doomed.append(Doomed(self.clock.monotonic_ms(), path, True, True))


def _marked(path: str, mark: str) -> str:
    """`<topic>-<partition>.<32 hex digits>-<mark>`, the topic's name cut where that would be too long (as Kafka does)."""
    parent, name = os.path.split(path)
    suffix = f".{uuid.uuid4().hex}-{mark}"
    topic, _, index = name.rpartition("-")
    topic = topic[: _NAME_MAX - len(suffix) - len(index) - 1]
    return f"{parent}/{topic}-{index}{suffix}"
