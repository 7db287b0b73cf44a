"""Deleting large files in steps: a gigabyte freed at once holds up every flush."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.storage.kit import SMALL, Clock, QuickDisk, opened, replace, run

from ottla.storage.local.deleting import STEP_MAX_BYTES, STEP_MIN_BYTES, UNUSED_AFTER_MS, Doomed, Pace, deletion
from ottla.storage.local.disk import Disk


class SteppedDisk(QuickDisk):
    """Notes how much each call frees."""

    def __init__(self) -> None:
        self.freed: list[int] = []
        self.fails = ""

    def ftruncate(self, fd: int, size: int) -> None:  # type: ignore[override]
        self.freed.append(os.fstat(fd).st_size - size)
        os.ftruncate(fd, size)

    def unlink(self, path: str) -> None:  # type: ignore[override]
        if path.endswith(self.fails or "\0"):
            raise OSError(errno.EIO, "no")
        self.freed.append(os.stat(path).st_size)
        os.unlink(path)


def sparse(path: Path, size: int) -> str:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.truncate(path, size)
    return str(path)


def test_steps_and_rests(tmp_path: Path) -> None:
    disk = SteppedDisk()
    large = sparse(tmp_path / "large", 5 * STEP_MIN_BYTES + 7)
    kept_whole = sparse(tmp_path / "in use", 3 * STEP_MIN_BYTES)
    folder = tmp_path / "t-0.x-delete"
    for n in range(40):
        sparse(folder / str(n), STEP_MIN_BYTES // 10)
    due = [
        Doomed(0, large, False, True),
        Doomed(0, str(tmp_path / "gone"), False, True),
        Doomed(0, kept_whole, False, False),
        Doomed(0, str(folder), True, True),
    ]
    rests = [sum(disk.freed) for _ in deletion(disk, due, Pace())]
    assert not list(tmp_path.iterdir())
    assert disk.freed[:6] == [STEP_MIN_BYTES] * 5 + [7]
    assert 3 * STEP_MIN_BYTES in disk.freed, "one that may have readers is not cut under them"
    between = [after - before for before, after in zip([0, *rests], rests, strict=False)]
    assert sum(disk.freed) - rests[-1] < STEP_MIN_BYTES
    assert max(between) <= 3 * STEP_MIN_BYTES + STEP_MIN_BYTES
    assert len(rests) >= 9


def test_steps_grow_where_they_are_quick_and_shrink_where_they_are_not() -> None:
    pace = Pace()
    for _ in range(10):
        assert pace.rest_s(0.0001) == 0.002
    assert pace.step_bytes == STEP_MAX_BYTES
    assert pace.rest_s(0.0006) == 0.002
    assert pace.step_bytes == STEP_MAX_BYTES
    for took_s in (0.005, 0.004, 0.003, 0.002, 1.0):
        assert 0.002 < pace.rest_s(took_s) <= 0.1
    assert pace.step_bytes == STEP_MIN_BYTES


def test_what_cannot_be_deleted_does_not_stop_the_rest(tmp_path: Path) -> None:
    disk = SteppedDisk()
    disk.fails = "stuck"
    due = [Doomed(0, sparse(tmp_path / name, 10), False, True) for name in ("a", "stuck", "b")]
    assert list(deletion(disk, due, Pace())) == []
    assert [path.name for path in tmp_path.iterdir()] == ["stuck"]


@pytest.mark.parametrize("delay_ms", [0, UNUSED_AFTER_MS])
def test_the_engine_deletes_so(tmp_path: Path, delay_ms: int) -> None:
    async def work() -> None:
        disk, clock = SteppedDisk(), Clock()
        async with opened(tmp_path, clock, disk) as store:
            config = replace(SMALL, retention_bytes=0, file_delete_delay_ms=delay_ms)
            partition = await store.open(config=config)
            await store.fill(partition, 60)
            first = tmp_path / "events-0" / f"{0:020d}.log"
            await store.engine.settle()
            clock.ms += 31_000
            await store.engine.settle()
            marked = first.with_name(first.name + ".deleted")
            assert marked.exists()
            os.truncate(marked, 5 * STEP_MAX_BYTES + 7)  # as if there were more in it
            disk.freed.clear()
            clock.ms += delay_ms
            await store.engine.settle()
            assert not list(marked.parent.glob("*.deleted"))
            assert sum(disk.freed) >= 5 * STEP_MAX_BYTES + 7
            if delay_ms:
                assert max(disk.freed) <= STEP_MAX_BYTES
            else:
                assert max(disk.freed) == 5 * STEP_MAX_BYTES + 7

    run(work())


def test_the_disk_is_the_systems(tmp_path: Path) -> None:
    path = sparse(tmp_path / "x", 2 * STEP_MIN_BYTES)
    assert len(list(deletion(Disk(), [Doomed(0, path, False, True)], Pace()))) >= 1
    assert not os.path.exists(path)
