"""A disk in memory behind the engine's `Disk` seam: what was written, what is durable, and what a power cut makes of the difference.

A file has contents as processes see them (`data`), contents as they would be after a power cut if nothing more were written (`durable`),
and the writes in between, in order. `fsync` makes the first the second. Names are the same: a directory's changes count as durable
after `fsync_dir`; until then they are a list, of which a power cut keeps a beginning.

At a power cut the seed decides how much of the unsynced writes of a file survives: all, none, a beginning with a torn end, or any sectors
in any order (what a drive may do with a cache that was not flushed). Process kills lose nothing that was written.

Faults: no space, EIO on write, short writes, EIO on fsync (the pages are then clean and not durable, as on Linux: a second fsync
succeeds and proves nothing), cold pages, and death after the n-th call from now.
"""

# mypy: disable-error-code="override, assignment"
# `Disk` is the os module by another name, with all of its optional arguments; here is what the engine uses of them.

from __future__ import annotations

import errno
import os
import random
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NoReturn

from ottla.storage.local.disk import Disk

SECTOR = 512


@dataclass(slots=True)
class DiskFaults:
    """How the disk misbehaves now. The rates are chances per call."""

    write_error: float = 0.0
    short_write: float = 0.0
    sync_error: float = 0.0
    cold_read: float = 0.0
    capacity: int = 1 << 40
    slow: float = 1.0
    """How many times longer a flush takes."""


class File:
    """An inode."""

    __slots__ = ("children", "data", "durable", "mtime", "number", "unsynced")

    def __init__(self, number: int, *, is_directory: bool) -> None:
        self.number = number
        self.data = bytearray()
        self.durable = bytearray()
        self.unsynced: list[tuple[int, bytes | None]] = []
        """(position, bytes written), or (size, None) for a truncation; in order."""
        self.mtime = 0.0
        self.children: dict[str, File] | None = {} if is_directory else None


NameChange = tuple[str, "File | None"]


class SimDisk(Disk):
    """One file system, with one root. `on_call` is asked before every call and may not return (death in the middle of things)."""

    def __init__(self, rng: random.Random, time: Callable[[], float]) -> None:
        self.rng = rng
        self.time = time
        self.faults = DiskFaults()
        self.on_call: Callable[[str], None] | None = None
        self.boots = 1
        self.calls = 0
        self.syncs = 0
        self._numbers = 0
        self.root = self._file(is_directory=True)
        self._names: dict[int, dict[str, File]] = {self.root.number: {}}
        self._journal: dict[int, list[list[NameChange]]] = {}
        self._files: dict[int, File] = {}
        self._next_fd = 100
        self.used = 0

    # --- the machine's side -----------------------------------------------------------------------------------------------------

    def forget_descriptors(self) -> None:
        """The process that held them is gone."""
        self._files.clear()

    def power_cut(self) -> dict[str, int]:
        """What was not synced is lost, or not. Returns bytes and names (kept, lost), for the story."""
        self.boots += 1
        self._files.clear()
        figures = {"names_lost": 0, "bytes_kept": 0, "bytes_lost": 0}
        rng = self.rng
        whole = rng.random()
        for number, journal in self._journal.items():
            keep = len(journal) if whole < 0.3 else 0 if whole < 0.6 else rng.randrange(len(journal) + 1)
            figures["names_lost"] += len(journal) - keep
            for change in journal[:keep]:
                self._apply(self._names[number], change)
        self._journal.clear()
        mode = rng.choice(("none", "all", "prefix", "prefix", "sectors", "sectors", "mixed"))
        reached: dict[int, File] = {}
        self._restore(self.root, mode, reached, figures)
        self._names = {number: names for number, names in self._names.items() if number in reached}
        self.used = sum(len(file.data) for file in reached.values())
        return figures

    def _restore(self, file: File, mode: str, reached: dict[int, File], figures: dict[str, int]) -> None:
        reached[file.number] = file
        if file.children is None:
            if mode == "mixed":
                mode = self.rng.choice(("none", "all", "prefix", "sectors"))
            self._settle(file, mode, figures)
            return
        names = self._names[file.number]
        file.children = dict(names)
        for child in names.values():
            self._restore(child, mode, reached, figures)

    def _settle(self, file: File, mode: str, figures: dict[str, int]) -> None:
        """Decides what is left of a file's unsynced writes."""
        rng = self.rng
        writes = file.unsynced
        if writes:
            keep = len(writes) if mode == "all" else 0 if mode == "none" else rng.randrange(len(writes) + 1)
            for number, (position, piece) in enumerate(writes):
                size = len(piece) if piece is not None else 0
                if mode == "sectors":
                    kept = self._keep_sectors(file.durable, position, piece)
                elif number < keep:
                    _write(file.durable, position, piece)
                    kept = size
                elif number == keep and mode == "prefix" and piece is not None:
                    kept = rng.randrange(size + 1)
                    _write(file.durable, position, piece[:kept])
                else:
                    kept = 0
                figures["bytes_kept"] += kept
                figures["bytes_lost"] += size - kept
            file.unsynced = []
        file.data = bytearray(file.durable)

    def _keep_sectors(self, durable: bytearray, position: int, piece: bytes | None) -> int:
        """Any sectors of a write may have reached the device."""
        if piece is None:
            if self.rng.random() < 0.5:
                _write(durable, position, None)
            return 0
        kept = 0
        at = 0
        while at < len(piece):
            stop = min(at + SECTOR - (position + at) % SECTOR, len(piece))
            if self.rng.random() < 0.6:
                _write(durable, position + at, piece[at:stop])
                kept += stop - at
            at = stop
        return kept

    # --- names ------------------------------------------------------------------------------------------------------------------

    def _file(self, *, is_directory: bool) -> File:
        self._numbers += 1
        return File(self._numbers, is_directory=is_directory)

    def _call(self, name: str) -> None:
        self.calls += 1
        if self.on_call is not None:
            self.on_call(name)

    def _find(self, path: str) -> File | None:
        file: File | None = self.root
        for part in path.split("/"):
            if not part:
                continue
            if file is None or file.children is None:
                return None
            file = file.children.get(part)
        return file

    def _parent(self, path: str) -> tuple[File, str]:
        folder, _, name = path.rpartition("/")
        parent = self._find(folder)
        if parent is None or parent.children is None:
            _fail(errno.ENOENT, path)
        return parent, name

    def _change(self, directory: File, changes: list[NameChange]) -> None:
        """Changes names, atomically; not durable yet."""
        assert directory.children is not None
        self._apply(directory.children, changes)
        self._journal.setdefault(directory.number, []).append(changes)

    @staticmethod
    def _apply(names: dict[str, File], changes: list[NameChange]) -> None:
        for name, file in changes:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file

    def mkdir(self, path: str, mode: int = 0o777) -> None:
        self._call("mkdir")
        parent, name = self._parent(path)
        assert parent.children is not None
        if name in parent.children:
            _fail(errno.EEXIST, path)
        self._room(0)
        made = self._file(is_directory=True)
        self._names[made.number] = {}
        self._change(parent, [(name, made)])

    def makedirs(self, path: str, mode: int = 0o777, exist_ok: bool = False) -> None:
        at = ""
        for part in path.split("/"):
            at = f"{at}/{part}" if part else at
            if at and self._find(at) is None:
                self.mkdir(at)

    def rmdir(self, path: str) -> None:
        self._call("rmdir")
        parent, name = self._parent(path)
        assert parent.children is not None
        file = parent.children.get(name)
        if file is None:
            _fail(errno.ENOENT, path)
        if file.children:
            _fail(errno.ENOTEMPTY, path)
        self._change(parent, [(name, None)])

    def unlink(self, path: str) -> None:
        self._call("unlink")
        parent, name = self._parent(path)
        assert parent.children is not None
        file = parent.children.get(name)
        if file is None:
            _fail(errno.ENOENT, path)
        self.used -= len(file.data)
        self._change(parent, [(name, None)])

    def rename(self, old: str, new: str) -> None:
        self._call("rename")
        parent, name = self._parent(old)
        target, new_name = self._parent(new)
        assert parent is target, "the engine renames within a directory only"
        assert parent.children is not None
        file = parent.children.get(name)
        if file is None:
            _fail(errno.ENOENT, old)
        before = parent.children.get(new_name)
        if before is not None and before.children is not None:
            _fail(errno.EEXIST, new)
        if before is not None:
            self.used -= len(before.data)
        self._change(parent, [(name, None), (new_name, file)])

    replace = rename

    def listdir(self, path: str) -> list[str]:
        self._call("listdir")
        file = self._find(path)
        if file is None or file.children is None:
            _fail(errno.ENOENT, path)
        names = sorted(file.children)
        self.rng.shuffle(names)  # a real directory has no order to rely on
        return names

    def stat(self, path: str) -> Any:
        file = self._find(path)
        if file is None:
            _fail(errno.ENOENT, path)
        return _stat_of(file)

    def fstat(self, fd: int) -> Any:
        return _stat_of(self._files[fd])

    def statvfs(self, path: str) -> Any:
        free = max(self.faults.capacity - self.used, 0)
        return SimpleNamespace(f_frsize=1, f_blocks=self.faults.capacity, f_bavail=free)

    def fsync_dir(self, path: str) -> None:
        """Makes the names in a directory durable."""
        self._call("fsync_dir")
        file = self._find(path)
        if file is None or file.children is None:
            _fail(errno.ENOENT, path)
        self._sync_fault()
        for change in self._journal.pop(file.number, []):
            self._apply(self._names[file.number], change)

    def lock(self, fd: int) -> None:
        """Nobody else is there."""

    def boot_id(self) -> str:
        return f"boot-{self.boots}"

    def fallocate(self, fd: int, size: int) -> None:
        self._call("fallocate")
        file = self._files[fd]
        if len(file.data) < size:
            self._room(size - len(file.data))
            self._set_size(file, size)

    # --- contents ---------------------------------------------------------------------------------------------------------------

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:
        self._call("open")
        file = self._find(path)
        if file is None:
            if not flags & os.O_CREAT:
                _fail(errno.ENOENT, path)
            self._room(0)
            file = self._file(is_directory=False)
            file.mtime = self.time()
            parent, name = self._parent(path)
            self._change(parent, [(name, file)])
        elif flags & os.O_TRUNC and file.data:
            self._set_size(file, 0)
        self._next_fd += 1
        self._files[self._next_fd] = file
        return self._next_fd

    def close(self, fd: int) -> None:
        self._files.pop(fd, None)

    def pread(self, fd: int, size: int, position: int) -> bytes:
        return bytes(self._files[fd].data[position : position + size])

    def preadv(self, fd: int, buffers: Any, position: int, flags: int = 0) -> int:
        if flags and self.faults.cold_read and self.rng.random() < self.faults.cold_read:
            raise BlockingIOError(errno.EAGAIN, "not in the page cache")
        data = self._files[fd].data
        read = 0
        for buffer in buffers:
            piece = data[position + read : position + read + len(buffer)]
            buffer[: len(piece)] = piece
            read += len(piece)
        return read

    def pwrite(self, fd: int, data: bytes | bytearray | memoryview, position: int) -> int:
        self._call("pwrite")
        file = self._files[fd]
        faults = self.faults
        size = len(data)
        if faults.write_error and self.rng.random() < faults.write_error:
            torn = self.rng.randrange(size) if size and self.rng.random() < 0.5 else 0
            if torn:
                self._put(file, position, bytes(data[:torn]))
            _fail(errno.EIO, "write")
        if faults.short_write and size > 1 and self.rng.random() < faults.short_write:
            size = self.rng.randrange(1, size)
        grows = position + size - len(file.data)
        if grows > 0 and self.used + grows > faults.capacity:
            size -= self.used + grows - faults.capacity
            if size <= 0:
                _fail(errno.ENOSPC, "write")
        self._put(file, position, bytes(data[:size]))
        return size

    def ftruncate(self, fd: int, size: int) -> None:
        self._call("ftruncate")
        self._set_size(self._files[fd], size)

    def fsync(self, fd: int) -> None:
        self._call("fsync")
        file = self._files[fd]
        if file.children is not None:
            raise AssertionError("directories are synced by fsync_dir")
        self.syncs += 1
        try:
            self._sync_fault()
        except OSError:
            file.unsynced = []  # the pages are clean now, and on no device
            raise
        for position, piece in file.unsynced:
            _write(file.durable, position, piece)
        file.unsynced = []

    fdatasync = fsync

    def sync(self) -> None:
        """Everything at once; a device that fails now says nothing of it (as Linux)."""
        self._call("sync")
        self.syncs += 1
        for file in self._all_files(self.root):
            if file.children is not None:
                for change in self._journal.pop(file.number, []):
                    self._apply(self._names[file.number], change)
            elif file.unsynced:
                for position, piece in file.unsynced:
                    _write(file.durable, position, piece)
                file.unsynced = []

    def _all_files(self, file: File) -> Iterator[File]:
        yield file
        for child in (file.children or {}).values():
            yield from self._all_files(child)

    def utime(self, path: str, times: tuple[float, float]) -> None:
        """Sets when a file was last written."""
        self._call("utime")
        file = self._find(path)
        if file is None:
            _fail(errno.ENOENT, path)
        file.mtime = times[1]

    # --- how --------------------------------------------------------------------------------------------------------------------

    def _put(self, file: File, position: int, piece: bytes) -> None:
        before = len(file.data)
        _write(file.data, position, piece)
        file.unsynced.append((position, piece))
        file.mtime = self.time()
        self.used += len(file.data) - before

    def _set_size(self, file: File, size: int) -> None:
        self.used += size - len(file.data)
        _write(file.data, size, None)
        file.unsynced.append((size, None))

    def _room(self, size: int) -> None:
        if self.used + size >= self.faults.capacity:
            _fail(errno.ENOSPC, "create")

    def _sync_fault(self) -> None:
        if self.faults.sync_error and self.rng.random() < self.faults.sync_error:
            _fail(errno.EIO, "fsync")


def _write(data: bytearray, position: int, piece: bytes | None) -> None:
    """Applies one write, or one truncation (None) to `position` bytes."""
    if piece is None:
        if position < len(data):
            del data[position:]
        else:
            data += bytes(position - len(data))
        return
    if position > len(data):
        data += bytes(position - len(data))
    data[position : position + len(piece)] = piece


def _stat_of(file: File) -> Any:
    mode = stat.S_IFREG if file.children is None else stat.S_IFDIR
    return SimpleNamespace(st_size=len(file.data), st_atime=file.mtime, st_mtime=file.mtime, st_mode=mode)


def _fail(code: int, what: str) -> NoReturn:
    raise OSError(code, os.strerror(code), what)
