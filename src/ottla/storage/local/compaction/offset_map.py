"""Which offset is a key's newest: hashes of keys, never the keys, in a fixed piece of memory.

Open addressing over one flat buffer, 24 bytes a slot: 16 of hash, 8 of offset + 1 (0: free). The slot count is a prime, the probe step
comes from the other half of the hash (double hashing), so a table that is 90 % full is still found in with a few probes.

The 128 bits are two values of the interpreter's own SipHash, which is keyed anew in every process, of the key and of the key behind a
random salt. Two keys of one hash would cost a record, so 64 bits are too few; a client cannot build such keys as it could with MD5,
which Kafka takes; and it costs a tenth of calling any digest from Python.

Beside the map goes a bit for every offset of the dirty range: *superseded* is set when a newer record of its key was met. So the
rewriting of the dirty range looks at bits, hashes no key, and copies a batch without a set bit as it is. A range too wide for that
(`BIT_SHARE` of the memory) is looked up by key.

Measured on 2 busy cores (python tests/compaction/measure.py map): see there.
"""

from __future__ import annotations

import os
from typing import Final

SLOT_BYTES: Final = 24
BIT_SHARE: Final = 8
"""One part in this many of the memory may go into bits."""
_WORDS = 3


class OffsetMap:
    """Offsets are taken for records in rising order. `latest_offset` is where mapping ended: nothing above it is known."""

    __slots__ = ("_bits", "_bits_base", "_salt", "_slots", "_table", "capacity", "latest_offset", "size")

    def __init__(
        self, memory_bytes: int, load_factor: float, first_offset: int, end_offset: int, *, most_keys: int | None = None
    ) -> None:
        """`most_keys`: no more can come, so that a small log takes little memory."""
        bits_bytes = (end_offset - first_offset + 7) // 8
        self._bits = bytearray(bits_bytes) if 0 < bits_bytes <= memory_bytes // BIT_SHARE else None
        self._bits_base = first_offset
        slots = (memory_bytes - (bits_bytes if self._bits is not None else 0)) // SLOT_BYTES
        if most_keys is not None:
            slots = min(slots, int(most_keys / load_factor) + 16)
        self._slots = _prime_below(max(slots, 5))
        self.capacity = max(int(self._slots * load_factor), 1)
        self._table = memoryview(bytearray(SLOT_BYTES * self._slots)).cast("q")
        self._salt = os.urandom(16)
        self.size = 0
        self.latest_offset = -1

    @property
    def memory_bytes(self) -> int:
        """Memory taken."""
        return self._table.nbytes + (len(self._bits) if self._bits is not None else 0)

    @property
    def has_bits(self) -> bool:
        """Whether `is_superseded` and `any_superseded` may be asked."""
        return self._bits is not None

    def put(self, key: bytes, offset: int) -> bool:
        """Notes a record. False when the map is full and the key is not in it: then nothing changed."""
        table = self._table
        slots = self._slots
        first = hash(key)
        second = hash(self._salt + key)
        at = first % slots
        step = 0
        while True:
            place = at * _WORDS
            if table[place] == first and table[place + 1] == second and table[place + 2]:
                if self._bits is not None:
                    self.supersede(table[place + 2] - 1)
                table[place + 2] = offset + 1
                return True
            if not table[place + 2]:
                if self.size >= self.capacity:
                    return False
                table[place] = first
                table[place + 1] = second
                table[place + 2] = offset + 1
                self.size += 1
                return True
            if not step:
                step = 1 + second % (slots - 1)
            at = (at + step) % slots

    def get(self, key: bytes) -> int:
        """The newest offset of a key, -1 for a key that was not met."""
        table = self._table
        slots = self._slots
        first = hash(key)
        at = first % slots
        place = at * _WORDS
        if not table[place + 2]:
            return -1
        second = hash(self._salt + key)
        step = 1 + second % (slots - 1)
        while True:
            if table[place] == first and table[place + 1] == second and table[place + 2]:
                return table[place + 2] - 1
            if not table[place + 2]:
                return -1
            at = (at + step) % slots
            place = at * _WORDS

    def supersede(self, offset: int) -> None:
        """Sets an offset's bit (where there are bits): it is not to be kept."""
        if self._bits is not None:
            bit = offset - self._bits_base
            self._bits[bit >> 3] |= 1 << (bit & 7)

    def is_superseded(self, offset: int) -> bool:
        """Of an offset in the mapped range. Only with `has_bits`."""
        bits = self._bits
        assert bits is not None
        bit = offset - self._bits_base
        return bits[bit >> 3] >> (bit & 7) & 1 == 1

    def any_superseded(self, first: int, last: int) -> bool:
        """Whether any offset in [first, last] is. Only with `has_bits`."""
        bits = self._bits
        assert bits is not None
        low, high = first - self._bits_base, last - self._bits_base
        word = int.from_bytes(bits[low >> 3 : (high >> 3) + 1], "little") >> (low & 7)
        return word & ((1 << (high - low + 1)) - 1) != 0


def _prime_below(number: int) -> int:
    """The largest prime not above `number` (5 or more)."""
    candidate = number if number % 2 else number - 1
    while any(candidate % divisor == 0 for divisor in range(3, int(candidate**0.5) + 1, 2)):
        candidate -= 2
    return candidate
