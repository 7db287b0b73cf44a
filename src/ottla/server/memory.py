"""Keeps the C library from handing memory back to the kernel after every large fetch, only to fault it in again for the next.

A fetch reads a megabyte into a fresh buffer and frees it when it is sent. With glibc's defaults such a buffer is mapped and unmapped
each time, or cut off the heap's end: 256 page faults per megabyte, which cost more than reading and sending it together. Measured
with librdkafka reading 400 MB on 2 shared cores: 1.3 CPU seconds per GB before, 0.5 after (`python -m bench --only consume-1KB`).
"""

from __future__ import annotations

import logging
import sys

log = logging.getLogger("ottla.server.memory")

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
KEEP_BYTES = 64 << 20  # what the heap may keep at its end: this bounds the cost in memory
MAPPED_FROM_BYTES = 32 << 20  # the largest glibc allows


def keep_large_buffers() -> None:
    """Tunes malloc where it is glibc's. For a process that is a broker, not for a host of one."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if (
        mallopt is None
        or not mallopt(_M_MMAP_THRESHOLD, MAPPED_FROM_BYTES)
        or not mallopt(_M_TRIM_THRESHOLD, KEEP_BYTES)
    ):
        log.debug("this C library's malloc cannot be told to keep large buffers")
