"""The few calls the local engine makes to a file system, behind one object, so that a test can make any of them fail.

The real one is the `os` module itself: `Disk().pwrite is os.pwrite`, so the seam costs nothing on the append path.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

RWF_NOWAIT: Final[int] = getattr(os, "RWF_NOWAIT", 0)
"""Linux: read only what the page cache holds. 0 where the system has no such flag."""
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
SYNC_ALL: Final = 100
"""Files above which one sync of the whole system is the cheaper way (a flush of one costs 0.2 ms and more)."""


class Disk:
    """The machine's file system. Methods raise OSError as `os` does."""

    open = staticmethod(os.open)
    close = staticmethod(os.close)
    pread = staticmethod(os.pread)
    preadv = staticmethod(os.preadv)
    pwrite = staticmethod(os.pwrite)
    ftruncate = staticmethod(os.ftruncate)
    fsync = staticmethod(os.fsync)
    fdatasync = staticmethod(os.fdatasync) if hasattr(os, "fdatasync") else staticmethod(os.fsync)
    sync = staticmethod(os.sync)
    rename = staticmethod(os.rename)
    replace = staticmethod(os.replace)
    unlink = staticmethod(os.unlink)
    mkdir = staticmethod(os.mkdir)
    rmdir = staticmethod(os.rmdir)
    listdir = staticmethod(os.listdir)
    stat = staticmethod(os.stat)
    fstat = staticmethod(os.fstat)
    utime = staticmethod(os.utime)
    statvfs = staticmethod(os.statvfs)
    makedirs = staticmethod(os.makedirs)

    def exists(self, path: str) -> bool:
        """Whether there is anything of this name."""
        try:
            self.stat(path)
        except FileNotFoundError:
            return False
        return True

    def is_directory(self, path: str) -> bool:
        """Whether there is a directory of this name."""
        try:
            return stat.S_ISDIR(self.stat(path).st_mode)
        except FileNotFoundError:
            return False

    def lock(self, fd: int) -> None:
        """Locks a file for this process, with both kinds of lock (Apache Kafka takes the second). Raises OSError when another has it."""
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def boot_id(self) -> str:
        """Names the time since the machine was started; empty where the system does not say."""
        try:
            return _BOOT_ID.read_text("ascii").strip()
        except OSError:
            return ""

    def fallocate(self, fd: int, size: int) -> None:
        """Reserves `size` bytes from the start of the file, where the system can."""
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(fd, 0, size)

    def fsync_dir(self, path: str) -> None:
        """Makes the names in a directory durable."""
        fd = self.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.fsync(fd)
        finally:
            self.close(fd)

    def read_file(self, path: str) -> bytes:
        """The whole of a (small) file."""
        fd = self.open(path, os.O_RDONLY)
        try:
            parts = []
            position = 0
            while part := self.pread(fd, 1 << 20, position):
                parts.append(part)
                position += len(part)
            return b"".join(parts)
        finally:
            self.close(fd)

    def write_all(self, fd: int, data: bytes | memoryview, position: int) -> None:
        """Writes all of `data` at `position`."""
        view = memoryview(data)
        while view:
            written = self.pwrite(fd, view, position)
            position += written
            view = view[written:]

    def write_file(self, path: str, data: bytes, *, sync: bool) -> None:
        """Puts a file in place whole: under another name first, then renamed. `sync`: durable (but for the directory's entry)."""
        temporary = path + ".tmp"
        fd = self.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            self.write_all(fd, data, 0)
            if sync:
                self.fsync(fd)
        finally:
            self.close(fd)
        self.replace(temporary, path)

    def sync_files(self, paths: Sequence[str]) -> None:
        """Makes files and their names durable. Many at once are flushed with all that the system holds, which is quicker."""
        if len(paths) > SYNC_ALL:
            self.sync()
            return
        for path in paths:
            fd = self.open(path, os.O_RDONLY)
            try:
                self.fsync(fd)
            finally:
                self.close(fd)
        for directory in sorted({path.rpartition("/")[0] for path in paths}):
            self.fsync_dir(directory)

    def unlink_if_there(self, path: str) -> None:
        """Removes a file that may be gone already."""
        try:
            self.unlink(path)
        except FileNotFoundError:
            pass
