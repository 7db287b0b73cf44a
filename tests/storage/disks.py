"""Disks that fail: at the n-th call, by running full, by losing what was not flushed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.storage.kit import QuickDisk

from ottla.storage.local.disk import Disk

WRITING = ("pwrite", "ftruncate", "fsync", "fdatasync", "rename", "replace", "unlink", "mkdir", "fsync_dir", "create")


class FaultDisk(QuickDisk):
    """Fails calls that change something. `judge(name, args)` returns an errno to fail with, or None.

    With `short` a failing pwrite first writes half of what it was given, as a disk does that runs full.
    """

    def __init__(self, judge: Callable[[str, tuple[Any, ...]], int | None], *, short: bool = False) -> None:
        self.judge = judge
        self.short = short
        self.failed: list[str] = []

    def _meet(self, name: str, *args: Any) -> None:
        code = self.judge(name, args)
        if code is not None:
            self.failed.append(name)
            raise OSError(code, os.strerror(code))

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        if flags & os.O_CREAT and not os.path.exists(path):
            self._meet("create", path)
        return os.open(path, flags, mode)

    def pwrite(self, fd: int, data: Any, position: int) -> int:  # type: ignore[override]
        try:
            self._meet("pwrite", fd, data, position)
        except OSError:
            if self.short and len(data) > 1:
                os.pwrite(fd, memoryview(data)[: len(data) // 2], position)
            raise
        return os.pwrite(fd, data, position)

    def ftruncate(self, fd: int, size: int) -> None:  # type: ignore[override]
        self._meet("ftruncate", fd, size)
        os.ftruncate(fd, size)

    def fsync(self, fd: int) -> None:  # type: ignore[override]
        self._meet("fsync", fd)

    def fdatasync(self, fd: int) -> None:  # type: ignore[override]
        self._meet("fdatasync", fd)

    def rename(self, source: str, target: str) -> None:  # type: ignore[override]
        self._meet("rename", source, target)
        os.rename(source, target)

    def replace(self, source: str, target: str) -> None:  # type: ignore[override]
        self._meet("replace", source, target)
        os.replace(source, target)

    def unlink(self, path: str) -> None:  # type: ignore[override]
        self._meet("unlink", path)
        os.unlink(path)

    def mkdir(self, path: str) -> None:  # type: ignore[override]
        self._meet("mkdir", path)
        os.mkdir(path)

    def fsync_dir(self, path: str) -> None:
        self._meet("fsync_dir", path)


class FullDisk(FaultDisk):
    """Takes no more than `room` bytes; `room` may be raised again."""

    def __init__(self, room: int) -> None:
        super().__init__(self._full)
        self.room = room

    def _full(self, name: str, args: tuple[Any, ...]) -> int | None:
        return errno.ENOSPC if name in ("create", "mkdir") and self.room <= 0 else None

    def pwrite(self, fd: int, data: Any, position: int) -> int:  # type: ignore[override]
        size = min(len(data), self.room)
        if size <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= size
        return os.pwrite(fd, memoryview(data)[:size], position)


class GateDisk(QuickDisk):
    """Flushes wait until the gate is opened, or fail when told so."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.fails = False
        self.flushes = 0

    def fdatasync(self, fd: int) -> None:  # type: ignore[override]
        self.gate.wait(20)
        self.flushes += 1
        if self.fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


class PowerDisk(Disk):
    """Knows what would be left if the machine went down now: per file the bytes of the last flush, per directory the names.

    `after_power_cut` makes a copy of the directory as it may be found then: any part of what was not flushed, in any pages.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: dict[int, str] = {}
        self._synced: dict[str, bytes] = {}  # contents at the last flush, by the name the file has now
        self._names: dict[
            str, bytes | None
        ] = {}  # names not flushed yet: what the name stood for before (None: nothing)

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        with self._lock:
            is_new = flags & os.O_CREAT and not os.path.exists(path)
            fd = os.open(path, flags, mode)
            self._paths[fd] = path
            if is_new:
                self._names.setdefault(path, None)
            return fd

    def close(self, fd: int) -> None:  # type: ignore[override]
        with self._lock:
            self._paths.pop(fd, None)
            os.close(fd)

    def _flush(self, fd: int) -> None:
        with self._lock:
            path = self._paths[fd]
            if os.path.isdir(path):
                parent = path.rstrip("/")
                for name in [name for name in self._names if os.path.dirname(name) == parent]:
                    del self._names[name]
            elif os.path.exists(path):
                self._synced[path] = Path(path).read_bytes()

    fsync = _flush  # type: ignore[assignment]
    fdatasync = _flush  # type: ignore[assignment]

    def replace(self, source: str, target: str) -> None:  # type: ignore[override]
        with self._lock:
            before = self._synced.get(target)
            if not os.path.exists(target):
                before = None
            os.replace(source, target)
            self._names.setdefault(target, before)
            self._names.pop(source, None)
            if source in self._synced:
                self._synced[target] = self._synced.pop(source)
            else:
                self._synced.pop(target, None)

    rename = replace  # type: ignore[assignment]

    def mkdir(self, path: str) -> None:  # type: ignore[override]
        with self._lock:
            os.mkdir(path)
            self._names.setdefault(path, None)

    def after_power_cut(self, source: Path, target: Path, chance: random.Random) -> None:
        """Copies what may be left. Names of directories that vanish take their files with them."""
        with self._lock:
            shutil.copytree(source, target)
            gone: list[Path] = []
            for file in sorted(source.rglob("*")):
                copy = target / file.relative_to(source)
                if any(one in copy.parents for one in gone):
                    continue
                name = str(file)
                if name in self._names and chance.random() < 0.5:
                    before = self._names[name]
                    if file.is_dir():
                        shutil.rmtree(copy)
                        gone.append(copy)
                    elif before is None:
                        copy.unlink()
                    else:
                        copy.write_bytes(before)
                    continue
                if file.is_file():
                    copy.write_bytes(self._left_of(file.read_bytes(), self._synced.get(name, b""), chance))

    @staticmethod
    def _left_of(now: bytes, synced: bytes, chance: random.Random) -> bytes:
        if not now.startswith(synced):  # cut since, which is a change of its own that may not have reached the disk
            return now if chance.random() < 0.5 else synced
        rest = bytearray(now[len(synced) :])
        kept = chance.choice([0, len(rest), chance.randint(0, len(rest))])
        del rest[kept:]
        if rest and chance.random() < 0.5:
            at = chance.randrange(len(rest))
            rest[at : at + 512] = bytes(len(rest[at : at + 512]))
        return synced + bytes(rest)


class ShortDisk(QuickDisk):
    """Writes and reads no more than a few bytes at a time, without an error: a signal, a network file system, a quota."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def pwrite(self, fd: int, data: Any, position: int) -> int:  # type: ignore[override]
        view = memoryview(data)
        return os.pwrite(fd, view[: self.chance.randint(1, max(len(view), 1))], position)

    def pread(self, fd: int, size: int, position: int) -> bytes:  # type: ignore[override]
        return os.pread(fd, self.chance.randint(1, max(size, 1)), position)
