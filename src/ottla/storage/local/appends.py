"""The append path, and what happens when the device has the bytes.

Figures: see the end of the file's docstring in tests/storage/bench_engine.py; one small acks=1 append costs the engine about as much
Python as it costs the kernel to take the bytes.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence

from ottla.base.errors import ErrorCode
from ottla.records.header import CONTROL, LOG_APPEND_TIME, TRANSACTIONAL, patch
from ottla.records.snapshot import encode_snapshot
from ottla.rules.producers import ACCEPT, Duplicate, ProducerTable, Refuse, Verdict
from ottla.rules.transactions.markers import Marker, check_marker
from ottla.rules.transactions.open import check_batch
from ottla.storage.engine import Append
from ottla.storage.local import checkpoints
from ottla.storage.local.core import LOG, Core
from ottla.storage.local.flusher import ClosedSegment, FlushTask
from ottla.storage.local.partition import Hold, LocalPartition, Waiter
from ottla.storage.local.segment import Segment

RETRY_S = 0.05
"""Until a flush is tried again for which no file descriptor was left."""
PENDING_FILES_MAX = 2
"""Producer snapshots kept to be written again; an older one is worth little beside a newer."""
TXN_INDEX = ".txnindex"
_OFFLINE = "The partition is offline after a failed write or flush"


class MarkerAppend(Append):
    """A transaction marker on its way into a partition."""

    __slots__ = ("marker",)

    marker: Marker


class Appends(Core):
    """`append`, rolling and flushing."""

    def append(self, appends: Sequence[Append], *, acks_all: bool, on_done: Callable[[], None] | None) -> None:
        durable = acks_all and self.flush_acks_all
        waiter: Waiter | None = None
        now_ms = self.clock.now_ms()
        ticks_ms = self.clock.monotonic_ms()  # a producer is not forgotten because the wall clock jumps
        pwrite = self.disk.pwrite
        for one in appends:
            partition = one.partition
            assert type(partition) is LocalPartition
            header = one.header
            batch = one.batch
            size = len(batch)
            one.log_start_offset = partition.log_start_offset
            if partition.error:
                one.error = partition.error
                one.error_message = _OFFLINE if partition.error is ErrorCode.KAFKA_STORAGE_ERROR else None
                continue
            producers = partition.producers
            if header.producer_id >= 0:
                if producers is None:
                    producers = partition.producers = ProducerTable()
                attributes = header.attributes
                if attributes & CONTROL:
                    if not self._takes_marker(one, partition, producers):
                        continue
                else:
                    verdict = producers.check(header, ticks_ms)
                    if verdict is not ACCEPT:
                        if self._judge(one, partition, verdict) and durable:
                            waiter = self._wait_for_duplicate(one, partition, waiter, on_done)
                        continue
                    if partition.transactions is not None and not self._fits(one, partition):
                        continue
                    if one.guard and not self._is_expected(one, partition, producers):
                        continue
            else:
                producers = None
            base_offset = partition.log_end_offset
            segment = partition.active
            position = segment.size
            if position + size > partition.segment_bytes or partition.must_roll(header, now_ms):
                if not self._make_room(one, partition, size, now_ms):
                    if producers is not None and one.error is ErrorCode.KAFKA_STORAGE_ERROR:
                        producers.not_written(header)
                    continue
                segment = partition.active
                position = segment.size
            patch(batch, base_offset, partition.leader_epoch)
            try:
                fd = segment.fd
                if fd < 0:
                    fd = self.files.open(segment)
                if pwrite(fd, batch, position) != size:
                    self.disk.write_all(fd, batch, position)
            except OSError as problem:
                self._write_failed(one, partition, position, problem)
                if producers is not None:
                    producers.not_written(header)
                continue
            segment.used = True
            next_offset = base_offset + header.last_offset_delta + 1
            segment.note(
                next_offset - 1, position, size, header.max_timestamp, partition.index_interval, partition.index_bytes
            )
            segment.size = position + size
            if producers is not None:
                if attributes & CONTROL:
                    self._wrote_marker(one, partition, producers, base_offset, ticks_ms)
                else:
                    producers.update(header, base_offset, ticks_ms)
                    if attributes & TRANSACTIONAL:
                        partition.wrote_transactional(header.producer_id, base_offset, position, ticks_ms)
            partition.log_end_offset = next_offset
            one.base_offset = base_offset
            if header.attributes & LOG_APPEND_TIME:
                one.log_append_time_ms = header.max_timestamp
            if durable or next_offset - partition.recovery_point >= partition.flush_at_messages:
                if waiter is None:
                    waiter = Waiter(on_done)
                waiter.remaining += 1
                partition.holds.append(Hold(base_offset, next_offset, segment, position, one, waiter))
                self.want_flush(partition)
                continue
            if partition.flush_timed and not partition.flush_timer:
                self._flush_later(partition)
            if not partition.holds:
                partition.high_watermark = partition.last_stable_offset = next_offset
                if partition.transactions is not None:
                    partition.move_stable()
                if partition.watchers:
                    partition.wake()
        if waiter is None and on_done is not None:
            on_done()

    def _fits(self, one: Append, partition: LocalPartition) -> bool:
        """Whether a data batch fits what its producer has open; refuses it otherwise."""
        header = one.header
        assert partition.transactions is not None
        error, message = check_batch(
            is_transactional=header.attributes & TRANSACTIONAL != 0,
            is_open=header.producer_id in partition.transactions,
            is_verified=True,
            producer_id=header.producer_id,
        )
        if error:
            one.error = error
            one.error_message = f"{message} in partition {partition.topic}-{partition.index}"
        return not error

    def _is_expected(self, one: Append, partition: LocalPartition, producers: ProducerTable) -> bool:
        """Whether a batch that the coordinator let in may begin its producer's transaction; refuses it otherwise."""
        producer_id = one.header.producer_id
        expected = partition.verifications
        if expected is None or (partition.transactions is not None and producer_id in partition.transactions):
            return True
        if not expected.is_verified(producer_id, one.guard):
            # A marker came meanwhile: whatever this batch belonged to is over.
            error, message = check_batch(
                is_transactional=True, is_open=False, is_verified=False, producer_id=producer_id
            )
        else:
            is_new = producers.known(producer_id).producer_epoch < 0
            error, message = expected.check_sequence(producer_id, one.header.base_sequence, is_new=is_new)
        if error:
            one.error = error
            one.error_message = f"{message} in partition {partition.topic}-{partition.index}"
        return not error

    def _takes_marker(self, one: Append, partition: LocalPartition, producers: ProducerTable) -> bool:
        """Whether a control batch may be written; refuses it otherwise."""
        if not isinstance(one, MarkerAppend):
            one.error, one.error_message = ErrorCode.INVALID_RECORD, "Clients are not allowed to write control records"
            return False
        one.error, one.error_message = check_marker(one.marker, producers.known(one.marker.producer_id))
        return not one.error

    def _wrote_marker(
        self, one: Append, partition: LocalPartition, producers: ProducerTable, offset: int, ticks_ms: int
    ) -> None:
        assert isinstance(one, MarkerAppend)
        marker = one.marker
        producers.marked(one.header, marker.coordinator_epoch, ticks_ms)
        partition.wrote_marker(marker.producer_id, offset, is_commit=marker.is_commit)

    def _judge(self, one: Append, partition: LocalPartition, verdict: Verdict) -> bool:
        """Answers a batch that is not the producer's next; whether it is a duplicate."""
        if isinstance(verdict, Refuse):
            one.error = verdict.error
            one.error_message = f"{verdict.message} in partition {partition.topic}-{partition.index}"
            return False
        assert isinstance(verdict, Duplicate)
        one.base_offset = verdict.base_offset
        one.log_append_time_ms = verdict.timestamp_ms  # as Kafka: the time of the batch that is in the log
        return True

    def _wait_for_duplicate(
        self, one: Append, partition: LocalPartition, waiter: Waiter | None, on_done: Callable[[], None] | None
    ) -> Waiter | None:
        """A duplicate with acks=all is acknowledged when its first appearance is durable."""
        end = partition.log_end_offset
        if one.base_offset < partition.recovery_point:
            return waiter
        if waiter is None:
            waiter = Waiter(on_done)
        waiter.remaining += 1
        partition.holds.append(Hold(end, end, partition.active, partition.active.size, one, waiter))
        self.want_flush(partition)
        return waiter

    def _make_room(self, one: Append, partition: LocalPartition, size: int, now_ms: int) -> bool:
        """Rolls to a new segment; False when the batch is refused instead."""
        if size > partition.segment_bytes:
            one.error = ErrorCode.RECORD_LIST_TOO_LARGE
            one.error_message = (
                f"Message batch size is {size} bytes in append to partition {partition.topic}-{partition.index}, which "
                f"exceeds the maximum configured segment size of {partition.segment_bytes}."
            )
            return False
        if not partition.active.size:
            return True
        try:
            self.roll(partition, now_ms)
        except OSError as problem:
            one.error = ErrorCode.KAFKA_STORAGE_ERROR
            one.error_message = f"cannot begin a new segment: {problem.strerror}"
            LOG.error("%s-%d: cannot begin a new segment: %s", partition.topic, partition.index, problem)
            return False
        return True

    def _write_failed(self, one: Append, partition: LocalPartition, position: int, problem: OSError) -> None:
        """Cuts off what may have been written of a batch. When even that fails the partition goes offline."""
        one.error = ErrorCode.KAFKA_STORAGE_ERROR
        one.error_message = f"cannot write: {problem.strerror}"
        LOG.error("%s-%d: refused an append: %s", partition.topic, partition.index, problem)
        segment = partition.active
        if segment.fd < 0:
            return  # it could not even be opened, so nothing was written
        try:
            self.disk.ftruncate(segment.fd, position)
        except OSError as worse:
            self.set_offline(partition, worse, "cutting off a torn write")

    def roll(self, partition: LocalPartition, now_ms: int) -> None:
        """Begins a new segment at the log end. Raises OSError, and then nothing has changed."""
        old = partition.active
        base = partition.log_end_offset
        segment = Segment(partition.path, base, now_ms)
        self.files.make_room()
        fd = self.disk.open(segment.log_path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        if partition.config.preallocate:
            try:
                self.disk.fallocate(fd, partition.segment_bytes)
                self.disk.ftruncate(self.files.open(old), old.size)
            except OSError:
                self.disk.close(fd)
                self.disk.unlink_if_there(segment.log_path)
                raise
        segment.fresh()
        self.files.install(segment, fd)
        self.keep_aborted(partition, old)
        partition.segments = [*partition.segments, segment]
        partition.bases = [*partition.bases, base]
        partition.active = segment
        partition.unsynced.append(old)
        partition.files_dirty = True
        self.keep_snapshot(partition)
        self.want_flush(partition)

    def keep_snapshot(self, partition: LocalPartition) -> None:
        """Has the producer state as of the log end written with the next flush."""
        entries = partition.producers.snapshot() if partition.producers is not None else []
        name = f"{partition.log_end_offset:020d}.snapshot"
        partition.pending_files.append((name, encode_snapshot(entries)))
        partition.snapshot_offset = partition.log_end_offset

    def keep_aborted(self, partition: LocalPartition, segment: Segment) -> None:
        """Has the transaction index of a segment that is closed now written with the next flush."""
        if segment.aborted is not None and segment in partition.unsaved_aborted:
            partition.pending_files.append((segment.txn_name, segment.aborted.encode()))

    # -- flushing

    def want_flush(self, partition: LocalPartition) -> None:
        """Has the partition flushed at the end of the loop's turn, or right after the flush that is under way."""
        if partition.wants_flush:
            return
        partition.wants_flush = True
        if not partition.flushing:
            self._due.append(partition)
            if not self._kicked:
                self._kicked = True
                self.loop.call_soon(self._kick)

    def _flush_later(self, partition: LocalPartition) -> None:
        partition.flush_timer = True
        self.loop.call_later(partition.config.flush_ms / 1000, self._flush_timer_rang, partition)

    def _flush_timer_rang(self, partition: LocalPartition) -> None:
        partition.flush_timer = False
        if not self.closed and not partition.error and partition.recovery_point < partition.log_end_offset:
            self.want_flush(partition)

    def _kick(self) -> None:
        """Starts the flushes that are due. A flush keeps its files open, so only so many may be under way."""
        self._kicked = False
        due, self._due = self._due, []
        bounds = (max(self.files.limit // 2, 1), max(self.files.limit // 4, 1))
        waiting = []
        for partition in due:
            if not partition.wants_flush or partition.flushing or self.closed:
                continue
            background = not partition.holds
            if self._flights[background] >= bounds[background]:
                waiting.append(partition)
            else:
                self._start_flush(partition, background)
        self._due = waiting + self._due

    def _start_flush(self, partition: LocalPartition, background: bool) -> None:
        partition.wants_flush = False
        if partition.error:
            self._call(self._fail_holds(partition, partition.error))
            self.flush_ended.set()
            return
        try:
            task = self.flush_task(partition)
        except OSError as problem:
            if problem.errno in (errno.EMFILE, errno.ENFILE):  # sockets took them all: nothing is lost yet
                self.loop.call_later(RETRY_S, self.want_flush, partition)
                return
            self.set_offline(partition, problem, "opening a segment to flush it")
            self._call(self._fail_holds(partition, ErrorCode.KAFKA_STORAGE_ERROR))
            self.flush_ended.set()
            return
        partition.flushing = True
        task.background = background
        self._flights[background] += 1
        self.flusher.submit(task, background=background)

    def flush_task(self, partition: LocalPartition) -> FlushTask:
        """What has to be made durable of a partition now. Pins the segments. Raises OSError."""
        segments = [*partition.unsynced, partition.active]
        files = self.files
        handles: list[tuple[Segment, int, int]] = []
        try:
            for segment in segments:
                handles.append((segment, files.open(segment), segment.size))
                segment.pins += 1  # at once: opening the next one may close what nobody holds
        except OSError:
            for segment, _, _ in handles:
                files.unpin(segment)
            raise
        task = FlushTask(partition, partition.directory, partition.log_end_offset, handles)
        for segment in partition.unsynced:
            task.closed.append(ClosedSegment(segment, *segment.index_tail(closing=True)))
        partition.unsynced.clear()
        if partition.pending_files:
            task.files.extend(partition.pending_files)
            partition.pending_files.clear()
        if partition.epochs_dirty:
            task.files.append((checkpoints.LEADER_EPOCHS, checkpoints.encode_epochs(partition.epochs)))
            partition.epochs_dirty = False
        if partition.files_dirty or task.files:
            task.names_changed = True
            task.root_generation = partition.root_generation
            partition.files_dirty = False
        return task

    def flushed(self, tasks: list[FlushTask]) -> None:
        """Flushes have ended: holds are let go, high watermarks move, watchers wake, then the appends are answered."""
        done: list[Callable[[], None]] = []
        for task in tasks:
            partition = task.partition
            partition.flushing = False
            self._flights[task.background] -= 1
            for segment, _, size in task.segments:
                self.files.unpin(segment)
                if task.error is None and size > segment.synced_size:
                    segment.synced_size = size
            if task.error is not None:
                if not partition.dropped:
                    self.set_offline(partition, task.error, "flushing")
                partition.wants_flush = False
                done += self._fail_holds(partition, partition.error or ErrorCode.KAFKA_STORAGE_ERROR)
                continue
            if task.beside_error is not None and not partition.dropped:
                self._write_again(task, task.beside_error)
            elif partition.unsaved_aborted:
                saved = {name for name, _ in task.files}
                partition.unsaved_aborted = [
                    segment for segment in partition.unsaved_aborted if segment.txn_name not in saved
                ]
            for closed in task.closed:
                if not closed.segment.doomed:
                    self.files.note_index(closed.segment)
            end = partition.recovery_point = task.end_offset
            holds = partition.holds
            while holds and holds[0].needs <= end:
                waiter = holds.popleft().waiter
                waiter.remaining -= 1
                if not waiter.remaining and waiter.on_done is not None:
                    done.append(waiter.on_done)
            if not partition.error and partition.move_high_watermark():
                partition.wake()
            if partition.wants_flush:
                self._due.append(partition)
        self._call(done)
        self.flush_ended.set()
        if self._due and not self._kicked:
            self._kicked = True
            self.loop.call_soon(self._kick)

    def _write_again(self, task: FlushTask, problem: OSError) -> None:
        """Has what lies beside the batches written with a later flush (indexes: when they are missed)."""
        partition = task.partition
        LOG.warning("%s-%d: cannot write beside the log: %s", partition.topic, partition.index, problem)
        partition.pending_files = [
            file
            for file in (*task.files, *partition.pending_files)
            if file[0] != checkpoints.LEADER_EPOCHS and not file[0].endswith(TXN_INDEX)
        ][-PENDING_FILES_MAX:]
        for segment in partition.unsaved_aborted:
            if segment is not partition.active:
                self.keep_aborted(partition, segment)
        partition.epochs_dirty |= any(name == checkpoints.LEADER_EPOCHS for name, _ in task.files)

    def _fail_holds(self, partition: LocalPartition, error: ErrorCode) -> list[Callable[[], None]]:
        """What waited for the device is refused. The high watermark stays below it."""
        done = []
        for hold in partition.holds:
            hold.append.error = error
            hold.append.error_message = _OFFLINE if error is ErrorCode.KAFKA_STORAGE_ERROR else None
            hold.append.base_offset = -1
            hold.waiter.remaining -= 1
            if not hold.waiter.remaining and hold.waiter.on_done is not None:
                done.append(hold.waiter.on_done)
        partition.holds.clear()
        return done

    def _call(self, done: Sequence[Callable[[], None]]) -> None:
        for on_done in done:
            on_done()
