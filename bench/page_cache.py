"""Makes a topic's log files cold: written out, then dropped from the page cache. Linux; wants no privilege."""

from __future__ import annotations

import ctypes
import mmap
import os
import tempfile
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)


def drop(data: str, topic: str) -> float:
    """Drops the logs of a topic's partitions; returns the share of their pages that are in memory afterwards (0 to 1)."""
    held = pages = 0
    for path in sorted(Path(data).glob(f"{topic}-*/*.log")):
        handle = os.open(path, os.O_RDONLY)
        try:
            size = os.fstat(handle).st_size
            if not size:
                continue
            os.fsync(handle)  # a dirty page cannot be dropped
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            found = _resident(handle, size)
            held, pages = held + sum(flag & 1 for flag in found), pages + len(found)
        finally:
            os.close(handle)
    return held / pages if pages else 1.0


def touch(size: int) -> None:
    """Has `size` bytes of the page cache written once and given back.

    In a virtual machine memory that was not used for a while belongs to the host, and its first use costs several times what the copy
    into it does (here 3 s of CPU a GB instead of 0.5). Whichever server is measured first after the other one's files are gone would
    pay, and it is not what the bench asks.
    """
    block = bytes(1 << 20)
    with tempfile.TemporaryFile(buffering=0) as scratch:
        for _ in range(size >> 20):
            scratch.write(block)


def _resident(handle: int, size: int) -> bytes:
    """One byte per page of a file; its lowest bit says whether the page is in memory (mincore)."""
    count = (size + mmap.PAGESIZE - 1) // mmap.PAGESIZE
    flags = (ctypes.c_ubyte * count)()
    # A private writable mapping, because ctypes wants a writable buffer to take the address of; nothing is written.
    with mmap.mmap(handle, size, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE) as view:
        held = ctypes.c_char.from_buffer(view)
        try:
            if _LIBC.mincore(ctypes.c_void_p(ctypes.addressof(held)), ctypes.c_size_t(size), flags) != 0:
                raise OSError(ctypes.get_errno(), "mincore")
        finally:
            del held
    return bytes(flags)
