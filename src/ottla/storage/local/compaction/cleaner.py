"""Compaction as the loop sees it: which partition is next, handing the work out, swapping in what comes back, remembering how far it came.

`tick` is called from upkeep (about once a second) and never waits. A round: choose the dirtiest partition that is due, have a `Runner`
clean it, swap in group after group as they come, write `cleaner-offset-checkpoint`; then the next, until nothing is due, then rest for
`log.cleaner.backoff.ms`. `log.cleaner.threads` rounds run at a time, each with its part of the memory and of the throughput.

A partition whose log cannot be cleaned (damage) is left alone until the next start, as in Kafka; one whose round failed for another
reason (a full disk) is left alone for a while that doubles.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from ottla.records.header import HEADER_SIZE, read_header
from ottla.rules.compaction import Assessment, LogFacts, SegmentFacts, assess, dirtiest
from ottla.rules.configs.topic import MAX_LONG
from ottla.storage.local import checkpoints
from ottla.storage.local.aborted import AbortedIndex
from ottla.storage.local.checkpoints import CheckpointError, Key
from ottla.storage.local.compaction import swap
from ottla.storage.local.compaction.job import CleanedGroup, CleanJob, Failed, Finished, Report
from ottla.storage.local.compaction.runner import Runner, runner_for
from ottla.storage.local.core import LOG
from ottla.storage.local.lookups import load_max_timestamp
from ottla.storage.local.partition import LocalPartition
from ottla.storage.local.segment import Segment

if TYPE_CHECKING:
    from ottla.storage.local.opening import Opening

SEGMENTS_MAX: Final = 64
"""Old segments one new one may replace, which bounds what the loop does in one breath (swap.take_place)."""
DEDUPE_MAX: Final = 2**31 - 1
RETRY_MS: Final = 60_000
RETRY_MS_MAX: Final = 3_600_000
PINS_WAIT_MS: Final = 30_000
"""How long a swap waits for threads that read the old segments."""
LOOKS: Final = 64
"""Partitions looked at before others get the loop."""


@dataclass(slots=True)
class _Rest:
    """A partition that is left alone. `until_ms` None: until the next start."""

    until_ms: int | None
    wait_ms: int


class Cleaner:
    """The compaction of one engine. Made by upkeep; everything is called on the loop."""

    def __init__(self, engine: Opening, make_runner: Callable[[], Runner] | None = None) -> None:
        self._engine = engine
        self._make_runner = make_runner or (lambda: runner_for(engine.disk, engine.on_thread))
        self._closing = False
        self._workers = 0
        self._due_ms = 0
        self._choosing = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._busy: set[LocalPartition] = set()
        self._rests: dict[bytes, dict[int, _Rest]] = {}
        self._runners: set[Runner] = set()
        self._offsets: dict[str, dict[Key, int]] = {}
        self._topic_ids: dict[Key, bytes] = {}
        self.last: dict[Key, Finished] = {}
        """What the last round did, by partition."""
        self.max_dirty_ratio = 0.0

    # -- when

    def tick(self) -> None:
        """Starts a round where one is due."""
        settings = self._engine.settings
        if self._closing or not settings.bool("log.cleaner.enable"):
            return
        if self._workers < settings.int("log.cleaner.threads") and self._engine.clock.monotonic_ms() >= self._due_ms:
            self._workers += 1
            self._engine.in_background(self._work())

    def stop(self) -> None:
        """Ends what runs, soon. The tasks are the engine's to wait for."""
        self._closing = True
        for runner in self._runners:
            runner.stop()

    async def _work(self) -> None:
        try:
            while not self._closing and await self.clean_next():
                pass
            self._due_ms = self._engine.clock.monotonic_ms() + self._engine.settings.int("log.cleaner.backoff.ms")
        finally:
            self._workers -= 1

    async def clean_next(self) -> bool:
        """Cleans the dirtiest partition that is due; False when none is."""
        async with self._choosing:
            found = await self._choose()
            if found is None or self._closing:
                return False
            partition, assessment = found
            self._busy.add(partition)
        try:
            await self._clean(partition, assessment)
        finally:
            self._busy.discard(partition)
        return True

    # -- which

    async def _choose(self) -> tuple[LocalPartition, Assessment] | None:
        await self._read_offsets()
        now_ms = self._engine.believed.now_ms()
        partitions = self._engine.all_partitions()
        self._forget_dropped(partitions)
        seen = []
        for number, partition in enumerate(partitions):
            if number % LOOKS == LOOKS - 1:
                await asyncio.sleep(0)
            config = partition.config
            if "compact" not in config.cleanup_policy or len(partition.segments) < 2 or not self._is_free(partition):
                continue
            if not self._is_saved(partition):
                continue
            if config.min_compaction_lag_ms > 0 or config.max_compaction_lag_ms < MAX_LONG:
                try:
                    await self._load_times(partition)
                except OSError as problem:
                    LOG.error("%s-%d: cannot look at its segments: %s", partition.topic, partition.index, problem)
                    self._rest(partition, is_final=False)
                    continue
                if not self._is_free(partition):
                    continue
            seen.append((partition, assess(self._facts(partition), config, now_ms), config))
        self.max_dirty_ratio = max((assessment.ratio for _, assessment, _ in seen), default=0.0)
        return dirtiest(seen)

    def _is_free(self, partition: LocalPartition) -> bool:
        if partition.error or partition.dropped or partition in self._busy:
            return False
        rest = self._rests.get(partition.topic_id, {}).get(partition.index)
        return rest is None or (rest.until_ms is not None and self._engine.clock.monotonic_ms() >= rest.until_ms)

    def _is_saved(self, partition: LocalPartition) -> bool:
        """Whether closed segments have their `.txnindex`. After a crash they may not: then it is written, and the next look finds it."""
        unsaved = [segment for segment in partition.unsaved_aborted if segment is not partition.active]
        if unsaved and not partition.flushing and not partition.wants_flush:
            for segment in unsaved:
                self._engine.keep_aborted(partition, segment)
            self._engine.want_flush(partition)
        return not unsaved

    def _facts(self, partition: LocalPartition) -> LogFacts:
        key = (partition.topic, partition.index)
        return LogFacts(
            [
                SegmentFacts(one.base_offset, one.size, one.first_timestamp, one.max_timestamp)
                for one in partition.segments
            ],
            partition.log_start_offset,
            partition.log_end_offset,
            min(partition.last_stable_offset, partition.high_watermark),
            partition.recovery_point,
            self._offsets[partition.directory.path].get(key),
        )

    async def _load_times(self, partition: LocalPartition) -> None:
        """Reads what planning must know of the dirty segments' timestamps. Raises OSError."""
        disk = self._engine.disk
        dirty = self._offsets[partition.directory.path].get((partition.topic, partition.index), 0)
        unknown = [
            segment
            for segment in partition.segments[partition.segment_at(dirty) : -1]
            if segment.size and (segment.first_timestamp < -1 or segment.max_timestamp < -1)
        ]
        if not unknown:
            return

        def look() -> list[tuple[int, int]]:
            found = []
            for segment in unknown:
                fd = disk.open(segment.log_path, os.O_RDONLY | os.O_CLOEXEC)
                try:
                    head = disk.pread(fd, HEADER_SIZE, 0)
                finally:
                    disk.close(fd)
                first = read_header(head).max_timestamp if len(head) == HEADER_SIZE else -1
                largest = segment.max_timestamp
                if largest < -1 and not load_max_timestamp(disk, segment):
                    largest = int(disk.stat(segment.log_path).st_mtime * 1000)  # as Kafka where there are no timestamps
                found.append((first, largest if largest >= -1 else segment.max_timestamp))
            return found

        for segment in unknown:
            segment.pins += 1
        try:
            times = await self._engine.on_thread(look)
        finally:
            for segment in unknown:
                self._engine.files.unpin(segment)
        for segment, (first, largest) in zip(unknown, times, strict=True):
            segment.first_timestamp = first
            segment.max_timestamp = largest

    def _rest(self, partition: LocalPartition, *, is_final: bool) -> None:
        rests = self._rests.setdefault(partition.topic_id, {})
        before = rests.get(partition.index)
        wait_ms = min(before.wait_ms * 2, RETRY_MS_MAX) if before is not None else RETRY_MS
        rests[partition.index] = _Rest(None if is_final else self._engine.clock.monotonic_ms() + wait_ms, wait_ms)

    # -- one round

    async def _clean(self, partition: LocalPartition, assessment: Assessment) -> None:
        if partition.corrupt:
            first = partition.corrupt[0].first_offset
            self._gave_up(partition, Failed(f"the log is damaged at offset {first}", is_final=True))
            return
        runner = self._make_runner()
        self._runners.add(runner)
        reports: asyncio.Queue[Report] = asyncio.Queue()
        running = asyncio.ensure_future(runner.run(self._job(partition, assessment), reports.put_nowait))
        end: Report | None = None
        is_whole = True
        try:
            while end is None:
                report = await reports.get()
                if not isinstance(report, CleanedGroup):
                    end = report
                elif is_whole and not report.is_unchanged and not await self._swap(partition, report):
                    is_whole = False
                    runner.stop()
            await running
        finally:
            self._runners.discard(runner)
        if isinstance(end, Finished) and is_whole:
            await self._finished(partition, assessment, end)
            return
        try:
            if not partition.dropped:
                await self._engine.on_thread(lambda: swap.remove_cleaned(self._engine.disk, partition.path))
        except OSError as problem:
            LOG.error("%s-%d: cannot remove what a cleaning left: %s", partition.topic, partition.index, problem)
        if self._closing:
            return
        if isinstance(end, Failed) and is_whole:
            self._gave_up(partition, end)
        else:
            # Segments went away meanwhile, or a reader did not let go: not at once again.
            self._rest(partition, is_final=False)

    def _gave_up(self, partition: LocalPartition, failed: Failed) -> None:
        if partition.error or partition.dropped:
            return
        self._rest(partition, is_final=failed.is_final)
        LOG.error(
            "%s-%d: cannot be compacted%s: %s",
            partition.topic,
            partition.index,
            ", left alone until the next start" if failed.is_final else ", tried again later",
            failed.message,
        )

    def _job(self, partition: LocalPartition, assessment: Assessment) -> CleanJob:
        settings, config = self._engine.settings, partition.config
        share = max(settings.int("log.cleaner.threads"), 1)
        entries = partition.producers.snapshot() if partition.producers is not None else []
        return CleanJob(
            directory=partition.path,
            segments=[(segment.base_offset, segment.size) for segment in partition.segments],
            first_dirty_offset=assessment.first_dirty_offset,
            first_uncleanable_offset=assessment.first_uncleanable_offset,
            high_watermark=partition.high_watermark,
            now_ms=self._engine.believed.now_ms(),
            delete_retention_ms=config.delete_retention_ms,
            segment_bytes=config.segment_bytes,
            index_bytes=config.segment_index_bytes,
            index_interval_bytes=config.index_interval_bytes,
            dedupe_bytes=min(settings.int("log.cleaner.dedupe.buffer.size") // share, DEDUPE_MAX),
            load_factor=min(max(settings.float("log.cleaner.io.buffer.load.factor"), 0.01), 0.99),
            io_bytes=settings.int("log.cleaner.io.buffer.size") // share,
            bytes_per_second=max(settings.float("log.cleaner.io.max.bytes.per.second") / share, 1.0),
            segments_max=SEGMENTS_MAX,
            producers=[(entry.producer_id, entry.last_offset, entry.producer_epoch) for entry in entries],
        )

    async def _finished(self, partition: LocalPartition, assessment: Assessment, done: Finished) -> None:
        key = (partition.topic, partition.index)
        if partition.dropped:
            return
        self.last[key] = done
        self._rests.get(partition.topic_id, {}).pop(partition.index, None)
        offsets = self._offsets[partition.directory.path]
        if done.end_offset <= assessment.first_dirty_offset:
            # A transaction that nobody closed holds it up: looking again at once would not help.
            self._rest(partition, is_final=False)
        offsets[key] = done.end_offset
        LOG.info(
            "%s-%d: compacted up to offset %d: %d of %d records kept, %d bytes read, %d written; %d keys in %d bytes of memory "
            "(%.0f %% full); survey %d ms, map %d ms, rewrite %d ms",
            *(partition.topic, partition.index, done.end_offset, done.records_kept, done.records_read, done.bytes_read),
            *(done.bytes_written, done.keys, done.map_bytes, 100 * done.keys / max(done.capacity, 1)),
            *(done.survey_ms, done.map_ms, done.rewrite_ms),
        )
        await self._write_offsets(partition.directory.path)

    # -- swapping

    async def _swap(self, partition: LocalPartition, group: CleanedGroup) -> bool:
        """Gives a cleaned segment the place of those it was made from. False when they are not there any more, or it failed."""
        engine, disk, bases = self._engine, self._engine.disk, group.base_offsets
        old = self._in_place(partition, bases)
        if old is None:
            return await self._take_back(partition, bases[0])
        try:
            aborted = await engine.on_thread(lambda: swap.to_swap(disk, partition.path, bases))
        except OSError as problem:
            LOG.error("%s-%d: cannot swap a cleaned segment in: %s", partition.topic, partition.index, problem)
            return await self._take_back(partition, bases[0])
        deadline_ms = engine.clock.monotonic_ms() + PINS_WAIT_MS
        while True:
            if self._in_place(partition, bases) != old:
                return await self._take_back(partition, bases[0])
            if not any(segment.pins for segment in old):
                break
            if engine.clock.monotonic_ms() > deadline_ms:
                LOG.warning("%s-%d: a cleaned segment waited in vain for readers", partition.topic, partition.index)
                return await self._take_back(partition, bases[0])
            await asyncio.sleep(0.005)
        try:
            swap.take_place(disk, partition.path, bases, has_txn_index=group.has_txn_index)
        except OSError as problem:
            engine.set_offline(partition, problem, "swapping a cleaned segment in")
            return False
        self._replace(partition, old, group, aborted)
        try:
            for path in await engine.on_thread(lambda: swap.clear_away(disk, partition.path, bases)):
                engine.delete_later(path, partition.config.file_delete_delay_ms, is_directory=False)
        except OSError as problem:
            if not partition.dropped:
                LOG.error("%s-%d: cannot retire old segments: %s", partition.topic, partition.index, problem)
        return True

    def _in_place(self, partition: LocalPartition, bases: Sequence[int]) -> list[Segment] | None:
        """The segments at these base offsets, if they are still a part of the log that may be replaced."""
        if partition.error or partition.dropped:
            return None
        first = partition.segment_at(bases[0])
        old = partition.segments[first : first + len(bases)]
        if [segment.base_offset for segment in old] != list(bases) or old[-1] is partition.active:
            return None
        # A `.txnindex` that is still to be written would take the place of the cleaned one.
        unsaved = (*partition.unsynced, *partition.unsaved_aborted)
        return None if any(segment in unsaved for segment in old) else old

    async def _take_back(self, partition: LocalPartition, base: int) -> bool:
        """Removes a cleaned segment that is not wanted; always False."""
        try:
            if not partition.dropped:
                await self._engine.on_thread(lambda: swap.take_back(self._engine.disk, partition.path, base))
        except OSError as problem:
            if not partition.dropped:
                # A start would take the files for the truth, which is older than what deleted the segments.
                self._engine.set_offline(partition, problem, "removing a cleaned segment")
        return False

    def _replace(
        self, partition: LocalPartition, old: list[Segment], group: CleanedGroup, aborted: AbortedIndex | None
    ) -> None:
        new = Segment(partition.path, old[0].base_offset, old[0].created_ms)
        new.size = new.synced_size = group.size
        new.first_timestamp = group.first_timestamp
        new.max_timestamp = group.max_timestamp
        new.max_timestamp_offset = group.max_timestamp_offset
        new.aborted = aborted
        at = partition.segment_at(new.base_offset)
        segments = partition.segments
        partition.segments = [*segments[:at], new, *segments[at + len(old) :]]
        partition.bases = [segment.base_offset for segment in partition.segments]
        partition.cursors.clear()
        self._engine.discard_segments(old)

    # -- the checkpoint

    async def _read_offsets(self) -> None:
        for directory in self._engine.data_directories:
            if directory.path in self._offsets:
                continue
            path = f"{directory.path}/{checkpoints.CLEANER_OFFSETS}"
            try:
                offsets = await self._engine.on_thread(partial(checkpoints.read_offsets, self._engine.disk, path))
            except (CheckpointError, OSError) as problem:
                LOG.warning("%s: ignored, so compacted logs are compacted from their start: %s", path, problem)
                offsets = {}
            self._offsets[directory.path] = offsets

    def _forget_dropped(self, partitions: Sequence[LocalPartition]) -> None:
        """A topic that was deleted leaves nothing here, above all not for another one of its name."""
        ids = {(partition.topic, partition.index): partition.topic_id for partition in partitions}
        homes = {(partition.topic, partition.index): partition.directory.path for partition in partitions}
        for path, offsets in self._offsets.items():
            for key in list(offsets):
                if homes.get(key) != path or self._topic_ids.get(key, ids[key]) != ids[key]:
                    del offsets[key]
        self._topic_ids = ids
        for key in [key for key in self.last if key not in ids]:
            del self.last[key]
        known = set(ids.values())
        for topic_id in [one for one in self._rests if one not in known]:
            del self._rests[topic_id]

    async def _write_offsets(self, directory_path: str) -> None:
        directory = next(one for one in self._engine.data_directories if one.path == directory_path)
        async with self._writing:
            offsets = dict(self._offsets[directory_path])
            try:
                await self._engine.on_thread(lambda: directory.write_offsets(checkpoints.CLEANER_OFFSETS, offsets))
            except OSError as problem:
                # The next round begins where an older one ended: more work, nothing lost.
                LOG.error("%s: cannot write %s: %s", directory_path, checkpoints.CLEANER_OFFSETS, problem)


__all__ = ["Cleaner"]
