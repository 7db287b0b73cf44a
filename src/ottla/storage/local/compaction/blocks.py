"""The three loops over the records of a decompressed batch in which a round spends its time, written out in place.

`map_block` puts keys into the map, `keep_by_bits` and `keep_by_key` take out what stays. They share the reading of a record (see
`records.reader` for its layout): lengths and deltas are varints of one or two bytes nearly always, a value is only asked whether it is
there, headers are stepped over. All raise RecordError for records that do not parse.

What they cost: `python tests/compaction/measure.py round`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ottla.records.errors import RecordError, invalid
from ottla.storage.local.compaction.offset_map import WORDS, OffsetMap

_MASK64: Final = (1 << 64) - 1
_BITS: Final = tuple(1 << n for n in range(8))


class Kept(NamedTuple):
    """The records of a batch that stay, as one block; the largest of their timestamp deltas; whether one of them is a tombstone."""

    block: bytes
    records: int
    newest_delta: int
    has_tombstone: bool


def read_long(data: bytes, pos: int) -> tuple[int, int]:
    """(value, position behind it) of an unsigned varint of up to 10 bytes. Raises IndexError, RecordError."""
    n = shift = 0
    while True:
        byte = data[pos]
        pos += 1
        n |= (byte & 0x7F) << shift
        if byte < 0x80:
            return n & _MASK64, pos
        shift += 7
        if shift > 63:
            raise invalid("a varint of more than 10 bytes")


def _bad(data: bytes, pos: int, count: int) -> RecordError:
    return invalid(f"{count} records take {pos} of {len(data)} bytes")


def map_block(
    data: bytes, count: int, base_offset: int, last_offset: int, first_dirty: int, offsets: OffsetMap
) -> bool:
    """Maps the keys of records from `first_dirty` on; False when the map is full (then up to where, `latest_offset` says).

    A batch with tombstones, or whose offsets do not rise (Kafka once took such), is noted as one for which bits say too little.
    """
    table = offsets.table
    slots = offsets.slots
    capacity = offsets.capacity
    size = offsets.size
    salt = offsets.salt
    bits = offsets.bits
    bits_base = offsets.bits_base
    latest = offsets.latest_offset
    odd = 0
    previous = -1
    pos = 0
    is_whole = False
    try:
        for _ in range(count):
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = read_long(data, pos - 2)
            if n & 1:
                raise invalid("a record of negative length")
            stop = pos + (n >> 1)
            pos += 1
            while data[pos] > 127:  # the timestamp
                pos += 1
            n = data[pos + 1]
            pos += 2
            if n > 127:
                n, pos = read_long(data, pos - 1)
            offset = base_offset + (n >> 1)
            if offset > last_offset or n & 1:
                raise invalid(f"a record with offset {offset} in a batch of {base_offset} to {last_offset}")
            if n <= previous:
                odd = 1
            previous = n
            n = data[pos]
            pos += 1
            if n > 127:
                n, pos = read_long(data, pos - 1)
            if n & 1:
                odd |= data[pos]
                pos = stop
                if offset >= first_dirty:
                    if bits is not None:
                        bit = offset - bits_base
                        bits[bit >> 3] |= _BITS[bit & 7]
                    latest = offset
                continue
            end = pos + (n >> 1)
            key = data[pos:end]
            odd |= data[end]
            if end >= stop:
                raise invalid("a record that ends within its key")
            pos = stop
            if offset < first_dirty:
                continue
            first = hash(key)
            second = hash(salt + key)
            at = first % slots
            step = 0
            while True:
                place = at * WORDS
                known = table[place + 2]
                if not known:
                    if size >= capacity:
                        return False
                    table[place] = first
                    table[place + 1] = second
                    size += 1
                    break
                if table[place] == first and table[place + 1] == second:
                    if bits is not None:
                        bit = known - 1 - bits_base
                        bits[bit >> 3] |= _BITS[bit & 7]
                    break
                if not step:
                    step = 1 + second % (slots - 1)
                at = (at + step) % slots
            table[place + 2] = offset + 1
            latest = offset
        is_whole = pos == len(data)
    except IndexError:
        raise invalid("the records end early") from None
    finally:
        offsets.size = size
        offsets.latest_offset = latest
        if odd & 1:
            offsets.note_odd(base_offset)
    if not is_whole:
        raise _bad(data, pos, count)
    return True


def keep_by_bits(data: bytes, count: int, base_offset: int, offsets: OffsetMap) -> Kept:
    """What stays of a batch that was mapped whole, and holds no tombstone: what is not superseded."""
    bits = offsets.bits
    assert bits is not None
    bit_of_base = base_offset - offsets.bits_base
    pieces: list[bytes] = []
    kept = 0
    newest = -(1 << 63)
    run = -1
    start = 0
    try:
        for _ in range(count):
            pos = start
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = read_long(data, pos - 2)
            stop = pos + (n >> 1)
            n = data[pos + 1]
            pos += 2
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = read_long(data, pos - 2)
            delta = n >> 1 ^ -(n & 1)
            n = data[pos]
            if n > 127:
                n, pos = read_long(data, pos)
            bit = bit_of_base + (n >> 1)
            if bits[bit >> 3] & _BITS[bit & 7]:
                if run >= 0:
                    pieces.append(data[run:start])
                    run = -1
            else:
                if run < 0:
                    run = start
                kept += 1
                if delta > newest:
                    newest = delta
            start = stop
    except IndexError:
        raise invalid("the records end early") from None
    if start != len(data):
        raise _bad(data, start, count)
    if run >= 0:
        pieces.append(data[run:])
    return Kept(pieces[0] if len(pieces) == 1 else b"".join(pieces), kept, newest, False)


def keep_by_key(data: bytes, count: int, base_offset: int, keeps_tombstones: bool, offsets: OffsetMap) -> Kept:
    """What stays of any batch: records above the mapped range, else those with a key of which no newer one was met."""
    table = offsets.table
    slots = offsets.slots
    salt = offsets.salt
    latest = offsets.latest_offset
    pieces: list[bytes] = []
    kept = 0
    newest = -(1 << 63)
    has_tombstone = False
    run = -1
    start = 0
    try:
        for _ in range(count):
            pos = start
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = read_long(data, pos - 2)
            if n & 1:
                raise invalid("a record of negative length")
            stop = pos + (n >> 1)
            n = data[pos + 1]
            pos += 2
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = read_long(data, pos - 2)
            delta = n >> 1 ^ -(n & 1)
            n = data[pos]
            pos += 1
            if n > 127:
                n, pos = read_long(data, pos - 1)
            offset = base_offset + (n >> 1)
            n = data[pos]
            pos += 1
            if n > 127:
                n, pos = read_long(data, pos - 1)
            if n & 1:
                stays = offset > latest
                is_tombstone = data[pos] & 1
            else:
                end = pos + (n >> 1)
                if end >= stop:
                    raise invalid("a record that ends within its key")
                is_tombstone = data[end] & 1
                if offset > latest:
                    stays = True
                elif is_tombstone and not keeps_tombstones:
                    stays = False
                else:
                    key = data[pos:end]
                    first = hash(key)
                    place = first % slots * WORDS
                    known = table[place + 2]
                    if not known:
                        stays = True
                    else:
                        second = hash(salt + key)
                        at = first % slots
                        step = 1 + second % (slots - 1)
                        while known and not (table[place] == first and table[place + 1] == second):
                            at = (at + step) % slots
                            place = at * WORDS
                            known = table[place + 2]
                        stays = not known or offset >= known - 1
            if stays:
                if run < 0:
                    run = start
                kept += 1
                if delta > newest:
                    newest = delta
                if is_tombstone:
                    has_tombstone = True
            elif run >= 0:
                pieces.append(data[run:start])
                run = -1
            start = stop
    except IndexError:
        raise invalid("the records end early") from None
    if start != len(data):
        raise _bad(data, start, count)
    if run >= 0:
        pieces.append(data[run:])
    return Kept(pieces[0] if len(pieces) == 1 else b"".join(pieces), kept, newest, has_tombstone)
