"""Damage that is met while a running broker reads: a bit that flipped on the device, a sector that came back wrong.

Apache Kafka hands such bytes to the consumer, whose own check fails and which then stops. Here a batch's CRC is checked when its bytes come
from the device, or were there before this process; what it wrote itself and the page cache still holds is trusted. A read that meets damage
is answered with what stands before it, or with CORRUPT_MESSAGE; its segment is then looked through once on a thread, and the offsets from
each damaged batch to the next whole one are marked, as recovery does (`damage.CorruptRange`). Everything around them is served.

What it costs (2 shared cores): 0.8 us a batch of 170 bytes and 2.1 us one of 16 KiB, which is 0.13 s of CPU a GB, on the thread that waited
for the device; a read of trusted bytes compares one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final

from ottla.records.header import CRC_FROM, HEADER_SIZE, LOG_OVERHEAD, MAGIC, Buffer, crc32c
from ottla.storage.engine import Got
from ottla.storage.local.batches import Walk, reading, resync
from ottla.storage.local.damage import CorruptRange
from ottla.storage.local.disk import Disk
from ottla.storage.local.reads import Place
from ottla.storage.local.segment import MAX_RELATIVE_OFFSET, Segment

_HEAD = Struct(">qiibIhi")
_LENGTH_MIN: Final = HEADER_SIZE - LOG_OVERHEAD


def whole_until(data: Buffer, offset_min: int, offset_end: int) -> int:
    """Up to where the batches at the start of `data` are whole and undamaged, with offsets that rise within [offset_min, offset_end)."""
    view = memoryview(data)
    at, end = 0, len(view)
    while end - at >= HEADER_SIZE:
        # `plausible` and `crc_ok` in one, which is a third quicker.
        base_offset, length, _, magic, crc, _, delta = _HEAD.unpack_from(view, at)
        after = at + length + LOG_OVERHEAD
        if (
            magic != MAGIC
            or length < _LENGTH_MIN
            or after > end
            or base_offset < offset_min
            or delta < 0
            or base_offset + delta >= offset_end
            or crc32c(view[at + CRC_FROM : after]) != crc
        ):
            return at
        offset_min = base_offset + delta + 1
        at = after
    return at


def cut_damaged(got: Got, spans: Sequence[Place], offset_end: int) -> Place | None:
    """Checks what was read; `spans` says where each buffer comes from. Cuts `got` before the first damaged batch, and says where it is."""
    size = 0
    for number, (buffer, (segment, position)) in enumerate(zip(got.buffers, spans, strict=True)):
        good = whole_until(buffer, segment.base_offset, offset_end)
        size += good
        if good < len(buffer):
            got.buffers[number:] = [memoryview(buffer)[:good]] if good else []
            got.size = size
            return segment, position + good
    return None


def find_damage(disk: Disk, segment: Segment, size: int, offset_end: int) -> list[CorruptRange]:
    """Every damaged place in the first `size` bytes of a segment, behind which offset `offset_end` follows. Raises OSError."""
    found: list[CorruptRange] = []
    limit = min(segment.base_offset + MAX_RELATIVE_OFFSET, offset_end - 1)
    position, next_offset = 0, segment.base_offset
    with reading(disk, segment.log_path) as read_at:
        while True:
            walk = Walk(read_at, position, size, next_offset, offset_max=limit, check=True)
            for _ in walk:
                pass
            position, next_offset = walk.position, walk.next_offset
            if position >= size:
                return found
            place = resync(read_at, position, size, next_offset, limit)
            end, resume = (place[0], place[1].base_offset) if place is not None else (size, offset_end)
            found.append(CorruptRange(next_offset, resume, segment.base_offset, position, end))
            position, next_offset = end, resume
