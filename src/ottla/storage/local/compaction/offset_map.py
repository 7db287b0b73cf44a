"""Which offset is a key's newest: hashes of keys, never the keys, in a fixed piece of memory.

Open addressing over one flat buffer, 24 bytes a slot: 16 of hash, 8 of offset + 1 (0: free). The slot count is a prime, the probe step
comes from the other half of the hash (double hashing), so a table that is 90 % full is still found in with a few probes.

The 128 bits are two values of the interpreter's own SipHash, which is keyed anew in every process: of the key, and of the key behind a
random salt. Two keys of one hash would cost a record, so 64 bits are too few; a client cannot build such keys as it could with MD5, which
Kafka takes; and it costs a tenth of calling any digest from Python.

Beside the map go bits for the offsets of the dirty range. *Superseded*: a newer record of its key was met, or it has no key. So
rewriting the dirty range looks at bits, hashes no key, and copies a batch without a set bit as it is, undecoded. *Odd*: the batch at
this base offset holds a tombstone, or offsets that do not rise, so its records are looked up by key. So is a range too wide for the
bits (`BIT_SHARE` of the memory).

The loops that fill and ask it are in `blocks`, which is why its parts are plain attributes.
"""

from __future__ import annotations

import os
from typing import Final

WORDS: Final = 3
SLOT_BYTES: Final = 8 * WORDS
BIT_SHARE: Final = 8
"""One part in this many of the memory may go into bits, both kinds together."""


class OffsetMap:
    """Offsets are taken in rising order. `latest_offset` is where mapping ended: nothing above it is known.

    `table`: slot after slot of (hash of the key, hash of salt and key, offset + 1). `bits`: superseded offsets from `bits_base` on.
    """

    __slots__ = (
        "bits",
        "bits_base",
        "capacity",
        "latest_offset",
        "odd",
        "salt",
        "size",
        "slots",
        "table",
    )

    def __init__(
        self, memory_bytes: int, load_factor: float, first_offset: int, end_offset: int, *, most_keys: int | None = None
    ) -> None:
        """`most_keys`: no more can come, so that a small log takes little memory."""
        bits_bytes = (end_offset - first_offset + 7) // 8
        has_bits = 0 < 2 * bits_bytes <= memory_bytes // BIT_SHARE
        self.bits = bytearray(bits_bytes) if has_bits else None
        self.bits_base = first_offset
        self.odd: bytearray | None = None
        slots = (memory_bytes - (2 * bits_bytes if has_bits else 0)) // SLOT_BYTES
        if most_keys is not None:
            slots = min(slots, int(most_keys / load_factor) + 16)
        self.slots = _prime_below(max(slots, 5))
        self.capacity = max(int(self.slots * load_factor), 1)
        self.table = memoryview(bytearray(SLOT_BYTES * self.slots)).cast("q")
        self.salt = os.urandom(16)
        self.size = 0
        self.latest_offset = -1

    @property
    def memory_bytes(self) -> int:
        """Memory taken."""
        return self.table.nbytes + sum(len(bits) for bits in (self.bits, self.odd) if bits is not None)

    def note_odd(self, base_offset: int) -> None:
        """Of the batch at `base_offset` the bits say too little."""
        if self.bits is None:
            return
        if self.odd is None:
            self.odd = bytearray(len(self.bits))
        bit = max(base_offset - self.bits_base, 0)
        self.odd[bit >> 3] |= 1 << (bit & 7)

    def is_plain(self, base_offset: int, last_offset: int) -> bool:
        """Whether a batch was mapped whole and nothing in it is odd, so that bits alone say what stays."""
        if self.bits is None or base_offset < self.bits_base or last_offset > self.latest_offset:
            return False
        if self.odd is None:
            return True
        bit = base_offset - self.bits_base
        return not self.odd[bit >> 3] >> (bit & 7) & 1

    def any_superseded(self, first: int, last: int) -> bool:
        """Whether any offset in [first, last] is. Only of a batch that `is_plain`."""
        bits = self.bits
        assert bits is not None
        low, high = first - self.bits_base, last - self.bits_base
        word = int.from_bytes(bits[low >> 3 : (high >> 3) + 1], "little") >> (low & 7)
        return word & ((1 << (high - low + 1)) - 1) != 0


def _prime_below(number: int) -> int:
    """The largest prime not above `number` (5 or more)."""
    candidate = number if number % 2 else number - 1
    while any(candidate % divisor == 0 for divisor in range(3, int(candidate**0.5) + 1, 2)):
        candidate -= 2
    return candidate
