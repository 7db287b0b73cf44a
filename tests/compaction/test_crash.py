"""A crash at every step of a round, and every step failing: what a start finds is the old segments or the new one."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from compaction.kit import NOW, Log, committed, found_bases, read, table
from compaction.test_cleaner import COMPACT, Bench, bench
from ottla.base.errors import ErrorCode
from ottla.storage.local.compaction import swap
from ottla.storage.local.compaction.job import CleanedGroup
from ottla.storage.local.compaction.work import clean
from ottla.storage.local.disk import Disk
from ottla.storage.local.index import parse
from ottla.storage.local.recovery import LoadOptions, load
from storage.kit import QuickDisk, run

CHANGING = ("pwrite", "rename", "replace", "unlink", "ftruncate", "fsync", "fdatasync", "fsync_dir", "utime", "create")


class Crash(BaseException):
    """The process is gone: nobody catches this."""


class MortalDisk(QuickDisk):
    """Dies at its n-th call that changes something, before or (a write) in the middle of it; nothing works after that."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def _meet(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Crash

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        if flags & os.O_CREAT:
            self._meet()
        return os.open(path, flags, mode)

    def pwrite(self, fd: int, data: Any, position: int) -> int:  # type: ignore[override]
        try:
            self._meet()
        except Crash:
            os.pwrite(fd, memoryview(data)[: len(data) // 2], position)
            raise
        return os.pwrite(fd, data, position)

    def rename(self, old: str, new: str) -> None:  # type: ignore[override]
        self._meet()
        os.rename(old, new)

    def unlink(self, path: str) -> None:  # type: ignore[override]
        if self.left > 0:  # a dead process tidies nothing up
            os.unlink(path)

    def fsync(self, fd: int) -> None:  # type: ignore[override]
        self._meet()

    def fdatasync(self, fd: int) -> None:  # type: ignore[override]
        self._meet()

    def fsync_dir(self, path: str) -> None:
        self._meet()


def whole_round(disk: Disk, log: Log) -> None:
    """What cleaner and worker do to the files, group after group."""
    job = log.job(segment_bytes=700, index_bytes=1 << 20)

    def say(group: CleanedGroup) -> None:
        if group.is_unchanged:
            return
        swap.to_swap(disk, job.directory, group.base_offsets)
        swap.take_place(disk, job.directory, group.base_offsets, has_txn_index=group.has_txn_index)
        swap.clear_away(disk, job.directory, group.base_offsets)

    clean(disk, job, say)


def written(path: Path) -> Log:
    """A log with several groups, transactions, tombstones and an emptied segment."""
    log = Log(path)
    for n in range(10):
        log.data(
            [(f"k{n % 3}".encode(), f"{n}".encode() * 20), (f"u{n}".encode(), b"v" * 20)], producer=4, sequence=2 * n
        )
        if n % 3 == 0:
            log.data([(b"k0", b"aborted" * 9)], producer=5, sequence=n, transactional=True)
            log.roll()
            log.end(5, commit=False)
        if n % 4 == 0:
            log.data([(b"k1", None)])
            log.roll()
    log.roll()
    log.data([(b"active", b"1")])
    log.write()
    return log


def recovered(path: Path, end: int) -> None:
    """Starts as after a crash; then the files must be in order."""
    loaded = load(
        Disk(),
        str(path),
        LoadOptions(
            clean=False,
            same_boot=True,
            recovery_point=end,
            log_start_offset=0,
            index_interval_bytes=64,
            index_bytes=1 << 20,
            now_ms=NOW,
        ),
    )
    assert loaded.log_end_offset == end
    assert loaded.log_start_offset == 0
    assert not loaded.corrupt
    left = [name for name in os.listdir(path) if name.endswith((".cleaned", ".swap", ".deleted"))]
    assert not left
    for segment in loaded.segments:
        try:
            index = parse(Path(segment.index_path).read_bytes(), Path(segment.time_path).read_bytes(), segment.size)
        except FileNotFoundError:
            continue
        assert index is not None
        batches = {}
        position = 0
        for header, _ in read_segment(segment.log_path):
            batches[position] = header.last_offset
            position += header.total_size
        for relative, at in zip(index.offsets, index.positions, strict=True):
            assert batches[at] == segment.base_offset + relative


def read_segment(path: str) -> Iterator[Any]:
    from ottla.records.reader import iter_batches

    return iter_batches(Path(path).read_bytes())


def contents(path: Path) -> dict[int, bytes]:
    return {base: (path / f"{base:020d}.log").read_bytes() for base in found_bases(path)}


def test_a_crash_at_every_step_leaves_old_or_new(tmp_path: Path) -> None:
    log = written(tmp_path / "t-0")
    before = contents(log.path)
    old_table = table(committed(log.path))
    kept = tmp_path / "kept"
    shutil.copytree(log.path, kept)
    whole_round(QuickDisk(), log)
    after = contents(log.path)
    new_table = table(committed(log.path))
    assert after != before
    assert new_table == old_table
    assert len(after) < len(before)
    crashes = 0
    for calls in count(1):
        shutil.rmtree(log.path)
        shutil.copytree(kept, log.path)
        try:
            whole_round(MortalDisk(calls), log)
        except Crash:
            crashes += 1
        else:
            break
        recovered(log.path, log.next_offset)
        found = contents(log.path)
        for base, data in found.items():
            assert data in (before.get(base), after.get(base)), f"half a segment at {base} after {calls} calls"
        assert table(committed(log.path)) == old_table
        read(log.path)  # no segment overlaps its neighbour
        # and the next round gets through
        whole_round(QuickDisk(), log)
        assert table(committed(log.path)) == old_table
    assert crashes > 60


class Forgetful(QuickDisk):
    """Removes this many files, then dies."""

    def __init__(self, removals: int) -> None:
        self.left = removals

    def unlink(self, path: str) -> None:  # type: ignore[override]
        os.unlink(path)
        self.left -= 1
        if not self.left:
            raise Crash


def test_a_crash_while_a_cleaned_segment_is_taken_back(tmp_path: Path) -> None:
    """No index of it may outlive it, or a start would give it to the old log."""
    log = written(tmp_path / "t-0")
    before = table(committed(log.path))
    job = log.job()
    kept = tmp_path / "kept"
    groups: list[CleanedGroup] = []
    clean(QuickDisk(), job, groups.append)
    assert len(groups) == 1
    swap.to_swap(QuickDisk(), job.directory, groups[0].base_offsets)
    shutil.copytree(log.path, kept)
    for removals in count(1):
        shutil.rmtree(log.path)
        shutil.copytree(kept, log.path)
        try:
            swap.take_back(Forgetful(removals), job.directory, 0)
        except Crash:
            recovered(log.path, log.next_offset)
            assert table(committed(log.path)) == before
        else:
            break
    assert removals == 5
    recovered(log.path, log.next_offset)
    assert table(committed(log.path)) == before


# -- steps that fail instead


class FailingDisk(QuickDisk):
    """The n-th call on compaction's own files fails with an errno; the rest goes on."""

    def __init__(self) -> None:
        self.judge: Callable[[str, str], None] = lambda name, path: None

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        if flags & os.O_CREAT and ".cleaned" in path:
            self.judge("create", path)
        return os.open(path, flags, mode)

    def rename(self, old: str, new: str) -> None:  # type: ignore[override]
        self.judge("rename", new)
        os.rename(old, new)

    def unlink(self, path: str) -> None:  # type: ignore[override]
        self.judge("unlink", path)
        os.unlink(path)

    def fsync_dir(self, path: str) -> None:
        self.judge("fsync_dir", path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failure_at_every_step_loses_nothing(tmp_path: Path, code: int) -> None:
    async def one_failure(path: Path, at: int) -> bool:
        disk = FailingDisk()
        seen = 0

        def judge(name: str, where: str) -> None:
            nonlocal seen
            if "events-0" not in where:
                return
            seen += 1
            if seen == at:
                raise OSError(code, os.strerror(code))

        async with bench(path, disk=disk) as one:
            await one.fill(40)
            before = await one.table()
            disk.judge = judge
            await clean_once(one)
            disk.judge = lambda name, path: None
            if one.partition.error is ErrorCode.NONE:
                assert await one.table() == before
                one.clock.ms += 10 * 3_600_000
                await one.clean()
                assert await one.table() == before
                assert not one.names(".cleaned")
                assert not one.names(".swap")
        async with bench(path) as one:
            assert one.partition.error is ErrorCode.NONE
            assert await one.table() == before
            assert not one.names(".swap")
        return seen >= at

    async def work() -> None:
        for at in count(1):
            if not await one_failure(tmp_path / str(at), at):
                assert at > 20
                return

    run(work())


async def clean_once(one: Bench) -> None:
    await one.flushed()
    await asyncio.wait_for(one.cleaner.clean_next(), 20)


def test_a_full_disk_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        disk = FailingDisk()
        async with bench(tmp_path, COMPACT, disk=disk) as one:
            await one.fill(40)

            def full(name: str, path: str) -> None:
                if name == "create":
                    raise OSError(errno.ENOSPC, "No space left on device")

            disk.judge = full
            assert await one.clean() == 1
            assert "tried again later" in caplog.text
            assert await one.clean() == 0
            disk.judge = lambda name, path: None
            one.clock.ms += 60_000
            assert await one.clean() == 1
            assert len(await one.seen()) < 40

    run(work())
