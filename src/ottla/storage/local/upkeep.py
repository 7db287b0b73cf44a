"""Upkeep: retention, deletion, checkpoints, expiry of producers, trimming, and closing.

`settle` does one bounded slice and is meant to be called about once a second; each kind of work has its own interval (Kafka's keys).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from ottla.base.errors import ErrorCode
from ottla.records.snapshot import encode_snapshot
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Directory, DirectoryUse, Partition
from ottla.storage.local import checkpoints
from ottla.storage.local.compaction.cleaner import Cleaner
from ottla.storage.local.core import LOG
from ottla.storage.local.damage import write_corrupt
from ottla.storage.local.deleting import Doomed, Pace, deletion
from ottla.storage.local.directory import DataDirectory
from ottla.storage.local.disk import Disk
from ottla.storage.local.epochs import trim_epochs
from ottla.storage.local.index_files import ensure_index, save_index
from ottla.storage.local.lookups import load_max_timestamp
from ottla.storage.local.opening import Opening
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.segment import Segment

SLICE = 256
"""Partitions one `settle` looks at, and files it deletes."""
DELETION_WAIT_S = 0.5
RETENTION_DELAY_MS = 30_000
"""Before the first look at retention after a start (Kafka's log.initial.task.delay.ms)."""
_SUFFIXES = (".log", ".index", ".timeindex", ".txnindex")

T = TypeVar("T")


class Upkeep(Opening):
    """`trim`, `configure`, `directories`, `settle`, `close`."""

    _round: _Round | None = None
    cleaner: Cleaner | None = None
    _deletion: asyncio.Future[None] | None = None

    async def settle(self) -> None:
        if self._loop is None or self.closed:
            return
        await self._delete_due()
        now_ms = self.clock.monotonic_ms()
        if self._round is None:
            self._round = _Round(now_ms)
        turn = self._round
        settings = self.settings
        if not turn.retention and now_ms >= turn.retention_due_ms:
            turn.retention_due_ms = now_ms + settings.int("log.retention.check.interval.ms")
            turn.retention = self.all_partitions()
        for _ in range(min(SLICE, len(turn.retention))):
            partition = turn.retention.pop()
            if not partition.dropped and not partition.error:
                await self._retain(partition)
        if not turn.expiry and now_ms >= turn.expiry_due_ms:
            turn.expiry_due_ms = now_ms + settings.int("producer.id.expiration.check.interval.ms")
            turn.expiry = [
                partition for partition in self.all_partitions() if partition.producers or partition.verifications
            ]
        for _ in range(min(SLICE, len(turn.expiry))):
            partition = turn.expiry.pop()
            if partition.producers is not None:
                partition.producers.expire(now_ms, self.producer_expiration_ms)
            if partition.verifications is not None:
                partition.verifications.expire(now_ms, self.producer_expiration_ms)
        if now_ms >= turn.checkpoint_due_ms:
            turn.checkpoint_due_ms = now_ms + settings.int("log.flush.offset.checkpoint.interval.ms")
            await self._checkpoint()
        if self.cleaner is None:
            self.cleaner = Cleaner(self)
        self.cleaner.tick()

    # -- retention

    async def _retain(self, partition: LocalPartition) -> None:
        """Kafka's deleteOldSegments: what lies below the log start, then by time, then by size, oldest first."""
        config = partition.config
        doomed: list[Segment] = []
        segments = partition.segments
        by_policy = "delete" in config.cleanup_policy
        size = partition.size_bytes
        spare = size - config.retention_bytes if by_policy and 0 <= config.retention_bytes <= size else -1
        now_ms = self.believed.now_ms()
        for number, segment in enumerate(segments):
            last = number + 1 == len(segments)
            upper = partition.log_end_offset if last else segments[number + 1].base_offset
            if partition.high_watermark < upper or (last and not segment.size):
                break
            below_start = not last and upper <= partition.log_start_offset
            aged = False
            if not below_start and by_policy and config.retention_ms >= 0:
                newest = await self._newest_ms(partition, segment)
                aged = now_ms - newest > config.retention_ms
            if not (below_start or aged or spare - segment.size >= 0):
                break
            spare -= segment.size
            doomed.append(segment)
        if not doomed or partition.error or partition.segments is not segments:
            return
        if len(doomed) == len(segments):
            if partition.high_watermark < partition.log_end_offset:
                doomed.pop()
            else:
                try:
                    self.roll(partition, now_ms)
                except OSError as problem:
                    LOG.error("%s-%d: cannot begin a new segment: %s", partition.topic, partition.index, problem)
                    return
        await self._delete_segments(partition, doomed)

    async def _newest_ms(self, partition: LocalPartition, segment: Segment) -> int:
        """The largest timestamp of a segment; where it has none, when its file was last written."""
        if segment.max_timestamp == -2:

            def look() -> None:
                if not load_max_timestamp(self.disk, segment):
                    ensure_index(
                        self.disk, segment, partition.index_interval, partition.index_bytes, list(partition.corrupt)
                    )

            await self._pinned(segment, look)
            if segment.index is not None and not segment.doomed:
                self.files.note_index(segment)
        if segment.max_timestamp >= 0:
            return segment.max_timestamp
        return int(self.disk.stat(segment.log_path).st_mtime * 1000)

    async def _pinned(self, segment: Segment, work: Callable[[], T]) -> T:
        segment.pins += 1
        try:
            return await self.on_thread(work)
        finally:
            self.files.unpin(segment)

    async def _delete_segments(self, partition: LocalPartition, doomed: list[Segment]) -> None:
        """Takes the oldest segments out of the log; their files are renamed now and deleted after file.delete.delay.ms."""
        if not doomed:
            return
        partition.segments = partition.segments[len(doomed) :]
        partition.bases = partition.bases[len(doomed) :]
        first = partition.segments[0].base_offset
        moved = first > partition.log_start_offset
        if moved:
            self._set_log_start(partition, first)
        bases = {segment.base_offset for segment in doomed}
        partition.cursors.clear()
        partition.unsynced = [segment for segment in partition.unsynced if segment.base_offset not in bases]
        partition.unsaved_aborted = [one for one in partition.unsaved_aborted if one.base_offset not in bases]
        kept = [hole for hole in partition.corrupt if hole.base_offset not in bases]
        corrupt_changed = len(kept) != len(partition.corrupt)
        partition.corrupt = kept
        self.discard_segments(doomed)
        LOG.info("%s-%d: deleting %d segments below offset %d", partition.topic, partition.index, len(doomed), first)

        def rename() -> list[str]:
            renamed = []
            for segment in doomed:
                for suffix in _SUFFIXES:
                    path = segment.prefix + suffix
                    try:
                        self.disk.rename(path, path + ".deleted")
                    except FileNotFoundError:
                        continue
                    renamed.append(path + ".deleted")
                self.disk.unlink_if_there(segment.prefix + ".snapshot")
            if corrupt_changed:
                write_corrupt(self.disk, partition.path, kept)
            return renamed

        try:
            for path in await self.on_thread(rename):
                self.delete_later(path, partition.config.file_delete_delay_ms, is_directory=False)
        except OSError as problem:
            if not partition.dropped:
                LOG.error("%s-%d: cannot delete segments: %s", partition.topic, partition.index, problem)

    def _set_log_start(self, partition: LocalPartition, offset: int) -> None:
        partition.log_start_offset = offset
        if partition.transactions is not None:
            partition.transactions.trimmed(offset)
            partition.move_stable()
        epochs = trim_epochs(partition.epochs, offset)
        if epochs != partition.epochs:
            partition.epochs = epochs
            partition.epochs_dirty = True
        partition.wake()

    async def _delete_due(self) -> None:
        """Begins to delete what was dropped or retired and has waited long enough, unless the last lot is not gone yet.

        Waits for a small lot. A large one goes on by itself: the rest of upkeep must not wait for it.
        """
        if self._deletion is not None and not self._deletion.done():
            return
        now_ms = self.clock.monotonic_ms()
        due = [one for one in self._doomed if one.due_ms <= now_ms][:SLICE]
        if not due:
            return
        gone = set(due)
        self._doomed = [one for one in self._doomed if one not in gone]
        self._deletion = asyncio.ensure_future(self._delete(due))
        self.in_background(self._deletion)
        await asyncio.wait((self._deletion,), timeout=DELETION_WAIT_S)

    async def _delete(self, due: Sequence[Doomed]) -> None:
        """Deletes, with rests. What is left when the engine closes goes at its next start."""
        pace = Pace()
        steps = deletion(self.disk, due, pace)
        while not self.closed:
            began = self.loop.time()
            if await self.on_thread(lambda: next(steps, True)):
                return
            await asyncio.sleep(pace.rest_s(self.loop.time() - began))
        steps.close()

    # -- the log start

    async def trim(self, partition: Partition, before_offset: int) -> ErrorCode:
        assert type(partition) is LocalPartition
        if partition.error:
            return partition.error
        if before_offset > partition.high_watermark or before_offset < 0:
            return ErrorCode.OFFSET_OUT_OF_RANGE
        if before_offset <= partition.log_start_offset:
            return ErrorCode.NONE
        # A log must not begin behind its end, not even after a power cut that took what was never flushed.
        while partition.recovery_point < before_offset and not partition.error:
            self.want_flush(partition)
            self.flush_ended.clear()
            await self.flush_ended.wait()
        if partition.error:
            return partition.error
        directory = partition.directory
        key = (partition.topic, partition.index)
        directory.log_starts[key] = max(before_offset, directory.log_starts.get(key, 0))
        try:
            await self._write_log_starts(directory)
        except OSError as problem:
            LOG.error("%s-%d: cannot write the log start: %s", partition.topic, partition.index, problem)
            directory.log_starts[key] = partition.log_start_offset
            return ErrorCode.KAFKA_STORAGE_ERROR
        if partition.error:
            return partition.error
        if before_offset > partition.log_start_offset:
            self._set_log_start(partition, before_offset)
            doomed = []
            for segment, following in zip(partition.segments, partition.bases[1:], strict=False):
                if following > partition.log_start_offset:
                    break
                doomed.append(segment)
            await self._delete_segments(partition, doomed)
        return ErrorCode.NONE

    async def _write_log_starts(self, directory: DataDirectory) -> None:
        """Durable when this returns. Calls that come while a write is under way share the next one."""
        directory.starts_version += 1
        version = directory.starts_version
        async with self._checkpoint_lock:
            if directory.starts_written >= version:
                return
            version, offsets = directory.starts_version, dict(directory.log_starts)
            await self.on_thread(lambda: directory.write_offsets(checkpoints.LOG_STARTS, offsets))
            directory.starts_written = version

    async def _checkpoint(self) -> None:
        """Writes Kafka's offset checkpoints of every directory, where something changed."""
        partitions = self.all_partitions()
        for directory in self.data_directories:
            try:
                await self._checkpoint_directory(directory, [one for one in partitions if one.directory is directory])
            except OSError as problem:
                LOG.error("%s: cannot write checkpoints: %s", directory.path, problem)

    async def _checkpoint_directory(self, directory: DataDirectory, partitions: list[LocalPartition]) -> None:
        for partition in partitions:
            key = (partition.topic, partition.index)
            # Not by the partition's own log start: one that is being moved stands here before it is in force.
            if directory.log_starts.get(key, 0) <= partition.bases[0]:
                directory.log_starts.pop(key, None)
        points = {(one.topic, one.index): one.durable_point for one in partitions if one.durable_point}
        marks = {(one.topic, one.index): one.high_watermark for one in partitions}
        open_here = {(one.topic, one.index) for one in partitions}
        for name, now, before in (
            (checkpoints.RECOVERY_POINTS, points, directory.recovery_points),
            (checkpoints.HIGH_WATERMARKS, marks, directory.high_watermarks),
        ):
            wanted = {**{key: offset for key, offset in before.items() if key not in open_here}, **now}
            if wanted == before:
                continue
            async with self._checkpoint_lock:
                await self.on_thread(partial(directory.write_offsets, name, wanted))
            before.clear()
            before.update(wanted)
        await self._write_log_starts(directory)

    # -- the rest

    def configure(self, topic_id: bytes, config: TopicConfig) -> None:
        for partition in self.topic_ids.get(topic_id, ()):
            if partition is not None:
                assert type(partition) is LocalPartition
                partition.configure(config)

    async def directories(self) -> Sequence[Directory]:
        uses: dict[str, list[DirectoryUse]] = {directory.path: [] for directory in self.data_directories}
        for partition in self.all_partitions():
            uses[partition.directory.path].append(DirectoryUse(partition.topic, partition.index, partition.size_bytes))
        disks = await asyncio.gather(*(self.on_thread(partial(_disk_use, self.disk, path)) for path in uses))
        return [
            Directory(directory.path, directory.directory_id, error, total, usable, tuple(uses[directory.path]))
            for directory, (error, total, usable) in zip(self.data_directories, disks, strict=True)
        ]

    async def close(self) -> None:
        if self.closed:
            return
        if self._loop is None:
            self.closed = True
            self._unlock()
            return
        if self.cleaner is not None:
            self.cleaner.stop()
        await self._drain()
        self.closed = True
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))
        flusher, self._flusher = self.flusher, None
        await self.on_thread(flusher.stop)
        await asyncio.sleep(0)  # what the threads reported last is delivered now
        partitions = self.all_partitions()
        good = True
        for directory in self.data_directories:
            good &= await self._close_directory(directory, [one for one in partitions if one.directory is directory])
        self.files.close_all()
        for partition in partitions:
            partition.error = partition.error or ErrorCode.KAFKA_STORAGE_ERROR
            partition.wake()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
        self._unlock()

    async def _drain(self) -> None:
        """Flushes every partition that has unflushed bytes, through the flusher's threads."""
        for partition in self.all_partitions():
            if not partition.error and (partition.recovery_point < partition.log_end_offset or partition.unsynced):
                self.want_flush(partition)
        while any(partition.flushing or partition.wants_flush for partition in self.all_partitions()):
            self.flush_ended.clear()
            await self.flush_ended.wait()

    async def _close_directory(self, directory: DataDirectory, partitions: list[LocalPartition]) -> bool:
        """Writes what a clean start wants to find. False (and no marker) when something is not durable."""
        whole = all(not partition.error for partition in partitions)

        def work() -> None:
            written: list[str] = []
            for partition in partitions:
                if not partition.error:
                    written.extend(self._close_partition(partition))
            # Before the marker: what a clean start believes must be durable.
            self.disk.sync_files(written)

        try:
            await self.on_thread(work)
            await self._checkpoint_directory(directory, partitions)
            if whole:
                await self.on_thread(directory.mark_clean)
        except OSError as problem:
            LOG.error("%s: the stop was not clean: %s", directory.path, problem)
            return False
        return whole

    def _close_partition(self, partition: LocalPartition) -> list[str]:
        """On a thread, when nothing else uses the partition any more: the files written. Raises OSError."""
        written: list[str] = []
        active = partition.active
        end = partition.log_end_offset
        disk = self.disk
        if partition.config.preallocate:
            fd = disk.open(active.log_path, os.O_RDWR)
            try:
                disk.ftruncate(fd, active.size)
            finally:
                disk.close(fd)
        if active.size:
            if save_index(disk, active, closing=True, sync=False):
                written += [active.index_path, active.time_path]
        for segment in partition.unsaved_aborted:
            assert segment.aborted is not None
            disk.write_file(segment.txn_path, segment.aborted.encode(), sync=False)
            written.append(segment.txn_path)
        partition.unsaved_aborted = []
        if partition.snapshot_offset != end and (partition.producers or len(partition.segments) > 1):
            entries = partition.producers.snapshot() if partition.producers else []
            name = f"{partition.path}/{end:020d}.snapshot"
            disk.write_file(name, encode_snapshot(entries), sync=False)
            written.append(name)
        if partition.epochs_dirty and end:  # an empty log's epoch begins anew when it is opened
            name = f"{partition.path}/{checkpoints.LEADER_EPOCHS}"
            disk.write_file(name, checkpoints.encode_epochs(partition.epochs), sync=False)
            written.append(name)
        return written

    def _unlock(self) -> None:
        self._cancel_settings()
        for directory in self.data_directories:
            directory.unlock()
        self.locked = False


class _Round:
    """Where each kind of upkeep stands."""

    def __init__(self, now_ms: int) -> None:
        self.retention: list[LocalPartition] = []
        self.retention_due_ms = now_ms + RETENTION_DELAY_MS
        self.expiry: list[LocalPartition] = []
        self.expiry_due_ms = now_ms
        self.checkpoint_due_ms = now_ms


def _disk_use(disk: Disk, path: str) -> tuple[ErrorCode, int, int]:
    try:
        use = disk.statvfs(path)
    except OSError:
        return ErrorCode.KAFKA_STORAGE_ERROR, -1, -1
    return ErrorCode.NONE, use.f_frsize * use.f_blocks, use.f_frsize * use.f_bavail
