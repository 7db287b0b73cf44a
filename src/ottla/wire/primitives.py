"""The wire's small parts: varints, lengths, counts, tag sections, runs of integers.

Generated modules and hand-written codecs share them. Generated code reads the common case itself (a one-byte length that is
in range) and comes here for the rest, so everything that has to be checked before memory is spent is checked in this file.

Readers take `buf` (bytes or a memoryview of bytes) and a position, and return what they read with the position after it.
Slices past the end come back short instead of failing; the next read then raises IndexError or struct.error, or the caller's
last check `pos != len(buf)` does. `decode_fault` and `encode_fault` turn all of that into WireError.
Source of the rules: the Kafka protocol guide, KIP-482 (flexible versions, tagged fields).
"""

from collections.abc import Callable, Sequence
from struct import Struct, pack, unpack_from
from struct import error as struct_error
from typing import Any, Final, TypeAlias

from ottla.wire.errors import WireError

Buffer: TypeAlias = bytes | bytearray | memoryview
Write: TypeAlias = Callable[[bytes | bytearray | memoryview], None]

MAX_ELEMENTS: Final = 1_000_000
"""No array holds more; an element costs up to ~200 bytes of Python objects, so this bounds what one length can ask for."""
MAX_TAGS: Final = 4096
"""No struct carries more tagged fields; Kafka 4.3 defines at most four."""
MAX_STRING: Final = 32767
"""Longest string in UTF-8 bytes, as Kafka has it also where the length is a varint."""
ZERO_UUID: Final = bytes(16)
"""The uuid that means "none"."""

DECODE_FAULTS: Final = (WireError, IndexError, struct_error, UnicodeDecodeError, KeyError)
ENCODE_FAULTS: Final = (
    WireError,
    struct_error,
    AttributeError,
    TypeError,
    ValueError,
    OverflowError,
    KeyError,
)


def decode_fault(name: str, version: int, fault: Exception) -> WireError:
    """The WireError to raise for a fault met while reading message `name`."""
    if isinstance(fault, KeyError):
        return WireError(f"{name} has no version {version}")
    if isinstance(fault, UnicodeDecodeError):
        return WireError(f"{name} v{version}: a string is not UTF-8")
    if isinstance(fault, WireError):
        return WireError(f"{name} v{version}: {fault}")
    return WireError(f"{name} v{version}: truncated")


def encode_fault(name: str, version: int, fault: Exception) -> WireError:
    """The WireError to raise for a fault met while writing message `name`."""
    if isinstance(fault, KeyError):
        return WireError(f"{name} has no version {version}")
    return WireError(f"{name} v{version}: {fault}")


def length_fault(name: str, version: int, size: int, end: int) -> WireError:
    """The WireError for a message that ended at `end` in a buffer of `size` bytes."""
    if end > size:
        return WireError(f"{name} v{version}: truncated")
    return WireError(f"{name} v{version}: {size - end} bytes left over")


def null_fault(field: str) -> WireError:
    return WireError(f"{field} is null where it may not be")


def absent_fault(field: str, what: str = "a non-default value") -> WireError:
    """For a field that the version lacks but the message sets (Kafka's UnsupportedVersionException)."""
    return WireError(f"{field} has {what}, which this version cannot carry")


def uuid_fault(field: str) -> WireError:
    return WireError(f"{field} is not 16 bytes long")


def tag_fault(tag: int) -> WireError:
    return WireError(f"tagged field {tag} does not fill its size")


# --- varints ----------------------------------------------------------------------------------------------------------


def read_uvarint(buf: Buffer, pos: int) -> tuple[int, int]:
    """An unsigned varint of at most 32 bits in at most 5 bytes; raises WireError when longer, IndexError at the end."""
    first = buf[pos]
    if first < 128:
        return first, pos + 1
    return long_uvarint(buf, pos + 1, first)


def long_uvarint(buf: Buffer, pos: int, first: int) -> tuple[int, int]:
    """The rest of an unsigned varint whose first byte, already read, is `first` (any value)."""
    if first < 128:
        return first, pos
    value = first & 0x7F
    shift = 7
    while True:
        byte = buf[pos]
        pos += 1
        value |= (byte & 0x7F) << shift
        if byte < 128:
            if value > 0xFFFFFFFF:
                raise WireError("varint exceeds 32 bits")
            return value, pos
        shift += 7
        if shift > 28:
            raise WireError("varint is longer than 5 bytes")


def read_uvarlong(buf: Buffer, pos: int) -> tuple[int, int]:
    """An unsigned varint of at most 64 bits in at most 10 bytes."""
    value = shift = 0
    while True:
        byte = buf[pos]
        pos += 1
        value |= (byte & 0x7F) << shift
        if byte < 128:
            if value > 0xFFFFFFFFFFFFFFFF:
                raise WireError("varint exceeds 64 bits")
            return value, pos
        shift += 7
        if shift > 63:
            raise WireError("varint is longer than 10 bytes")


def read_varint(buf: Buffer, pos: int) -> tuple[int, int]:
    """A zigzag-coded signed 32-bit varint."""
    value, pos = read_uvarint(buf, pos)
    return (value >> 1) ^ -(value & 1), pos


def read_varlong(buf: Buffer, pos: int) -> tuple[int, int]:
    """A zigzag-coded signed 64-bit varint."""
    value, pos = read_uvarlong(buf, pos)
    return (value >> 1) ^ -(value & 1), pos


ONE_BYTE: Final = tuple(bytes((value,)) for value in range(128))
"""The unsigned varints of 0..127."""


def uvarint(value: int) -> bytes:
    """`value` >= 0 as an unsigned varint; also writes 64-bit values. Raises WireError when negative."""
    if value < 128:
        if value < 0:
            raise WireError("an unsigned varint cannot be negative")
        return ONE_BYTE[value]
    out = bytearray()
    while value > 127:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def varint(value: int) -> bytes:
    """A signed value (32 or 64 bits) as a zigzag varint."""
    return uvarint(value << 1 if value >= 0 else (-value << 1) - 1)


# --- lengths and counts: the cases generated code leaves to us ---------------------------------------------------------


def long_string(buf: Buffer, pos: int, first: int, field: str) -> tuple[int, int]:
    """A compact string's length + 1, given its first byte; raises on null and on more than MAX_STRING bytes."""
    length, pos = long_uvarint(buf, pos, first)
    if length == 0:  # also a null spelled in several bytes: nobody's encoder does that
        raise null_fault(field)
    if length > MAX_STRING + 1:
        raise WireError(f"{field} has {length - 1} bytes, more than {MAX_STRING}")
    if length - 1 > len(buf) - pos:
        raise WireError(f"{field} claims {length - 1} bytes, {max(len(buf) - pos, 0)} remain")
    return length, pos


def long_bytes(buf: Buffer, pos: int, first: int, field: str) -> tuple[int, int]:
    """A compact byte string's length + 1, given its first byte; raises on null and when the bytes are not there."""
    length, pos = long_uvarint(buf, pos, first)
    if length == 0:
        raise null_fault(field)
    if length - 1 > len(buf) - pos:
        raise WireError(f"{field} claims {length - 1} bytes, {max(len(buf) - pos, 0)} remain")
    return length, pos


def long_count(buf: Buffer, pos: int, first: int, element_size: int, field: str) -> tuple[int, int]:
    """A compact array's count + 1, given its first byte; raises on null and when so many elements cannot be there."""
    count, pos = long_uvarint(buf, pos, first)
    check_count(buf, pos, count - 1, element_size, field)
    return count, pos


def check_count(buf: Buffer, pos: int, count: int, element_size: int, field: str) -> None:
    """Raises WireError unless `count` elements of at least `element_size` bytes may stand at `pos`."""
    if count < 0:
        raise null_fault(field)
    if count > MAX_ELEMENTS:
        raise WireError(f"{field} claims {count} elements, more than {MAX_ELEMENTS}")
    if count * element_size > len(buf) - pos:
        raise WireError(f"{field} claims {count} elements, {max(len(buf) - pos, 0)} bytes remain")


def string_length(length: int, field: str) -> bytes:
    """The varint of a compact string's `length` (its bytes + 1); raises WireError when the string is too long."""
    if length > MAX_STRING + 1:
        raise WireError(f"{field} has {length - 1} bytes, more than {MAX_STRING}")
    return uvarint(length)


# --- tag sections -----------------------------------------------------------------------------------------------------


def next_tag(buf: Buffer, pos: int, seen: set[int]) -> tuple[int, int, int]:
    """The next tagged field's (tag, position of its bytes, position after them); `seen` refuses repeats and too many."""
    tag, pos = read_uvarint(buf, pos)
    size, pos = read_uvarint(buf, pos)
    if tag in seen:
        raise WireError(f"tagged field {tag} comes twice")
    if len(seen) >= MAX_TAGS:
        raise WireError(f"more than {MAX_TAGS} tagged fields in one struct")
    if size > len(buf) - pos:
        raise WireError(f"tagged field {tag} claims {size} bytes, {len(buf) - pos} remain")
    seen.add(tag)
    return tag, pos, pos + size


def skip_tags(buf: Buffer, pos: int, count: int) -> int:
    """The position after a tag section whose count's first byte, already read, is `count`."""
    if count == 0:
        return pos
    count, pos = long_uvarint(buf, pos, count)
    seen: set[int] = set()
    for _ in range(count):
        _, _, pos = next_tag(buf, pos, seen)
    return pos


def tagged(tag: int, parts: list[bytes | bytearray | memoryview]) -> bytes:
    """One tagged field: tag, size, bytes."""
    body = b"".join(parts)
    return b"".join((uvarint(tag), uvarint(len(body)), body))


# --- strings and byte strings by hand ---------------------------------------------------------------------------------


def read_string(buf: Buffer, pos: int) -> tuple[str | None, int]:
    """A string with an int16 length, or None for a negative length."""
    (length,) = _INT16(buf, pos)
    pos += 2
    if length < 0:
        return None, pos
    end = pos + length
    if end > len(buf):
        raise WireError(f"a string claims {length} bytes, {len(buf) - pos} remain")
    return _text(buf, pos, end), end


def read_compact_string(buf: Buffer, pos: int) -> tuple[str | None, int]:
    """A string with a varint length + 1, or None for zero."""
    first = buf[pos]
    pos += 1
    if first == 0:
        return None, pos
    length, pos = long_string(buf, pos, first, "a string")
    end = pos + length - 1
    return _text(buf, pos, end), end


def compact_string(value: str | None) -> bytes:
    """A string, or null, with its varint length + 1."""
    if value is None:
        return b"\0"
    data = value.encode()
    return string_length(len(data) + 1, "a string") + data


def string(value: str | None) -> bytes:
    """A string, or null, with its int16 length."""
    if value is None:
        return b"\xff\xff"
    data = value.encode()
    if len(data) > MAX_STRING:
        raise WireError(f"a string has {len(data)} bytes, more than {MAX_STRING}")
    return len(data).to_bytes(2, "big") + data


def compact_bytes(value: Buffer | None) -> bytes:
    """A byte string, or null, with its varint length + 1."""
    return b"\0" if value is None else b"".join((uvarint(len(value) + 1), value))


def _text(buf: Buffer, pos: int, end: int) -> str:
    try:
        return str(buf[pos:end], "utf-8")
    except UnicodeDecodeError as exc:
        raise WireError("a string is not UTF-8") from exc


# --- arrays of primitives ---------------------------------------------------------------------------------------------

_SMALL: Final = 17  # replica lists and partition lists rarely have more entries; these need no format string per call
_INT16: Final = Struct(">h").unpack_from
_UNPACK: Final = {code: tuple(Struct(f">{n}{code}").unpack_from for n in range(_SMALL)) for code in "bhiq"}
_PACK: Final = {code: tuple(Struct(f">{n}{code}").pack for n in range(_SMALL)) for code in "bhiq"}
_UNPACK_INT32, _PACK_INT32 = _UNPACK["i"], _PACK["i"]


def read_int32s(buf: Buffer, pos: int, count: int) -> list[int]:
    """`count` int32; the caller has bounded `count` and moves `pos` on."""
    if count < _SMALL:
        return list(_UNPACK_INT32[count](buf, pos))
    return list(unpack_from(f">{count}i", buf, pos))


def read_numbers(buf: Buffer, pos: int, count: int, code: str) -> list[Any]:
    """`count` numbers of one struct format `code`; the caller has bounded `count` and moves `pos` on."""
    if count < _SMALL and code in _UNPACK:
        return list(_UNPACK[code][count](buf, pos))
    return list(unpack_from(f">{count}{code}", buf, pos))


def pack_int32s(values: Sequence[int]) -> bytes:
    count = len(values)
    if count < _SMALL:
        return _PACK_INT32[count](*values)
    return pack(f">{count}i", *values)


def pack_numbers(values: Sequence[float], code: str) -> bytes:
    count = len(values)
    if count < _SMALL and code in _PACK:
        return _PACK[code][count](*values)
    return pack(f">{count}{code}", *values)


def read_uuids(buf: Buffer, pos: int, count: int) -> list[bytes]:
    """`count` uuids; the caller has bounded `count` and moves `pos` on."""
    if count * 16 > len(buf) - pos:
        raise WireError(f"{count} uuids claimed, {max(len(buf) - pos, 0)} bytes remain")
    return [bytes(buf[at : at + 16]) for at in range(pos, pos + 16 * count, 16)]


def pack_uuids(values: Sequence[bytes]) -> bytes:
    if any(len(value) != 16 for value in values):
        raise uuid_fault("an element")
    return b"".join(values)


def read_compact_strings(buf: Buffer, pos: int, count: int, field: str) -> tuple[list[str], int]:
    """`count` non-null strings with varint lengths."""
    out = []
    for _ in range(count):
        length = buf[pos]
        pos += 1
        if not 0 < length < 128:
            length, pos = long_string(buf, pos, length, field)
        end = pos + length - 1
        out.append(str(buf[pos:end], "utf-8"))
        pos = end
    return out, pos


def read_strings(buf: Buffer, pos: int, count: int, field: str) -> tuple[list[str], int]:
    """`count` non-null strings with int16 lengths."""
    out = []
    for _ in range(count):
        (length,) = _INT16(buf, pos)
        if length < 0:
            raise null_fault(field)
        pos += 2
        end = pos + length
        out.append(str(buf[pos:end], "utf-8"))
        pos = end
    return out, pos


def write_compact_strings(w: Write, values: Sequence[str], field: str) -> None:
    for value in values:
        data = value.encode()
        length = len(data) + 1
        w(ONE_BYTE[length] if length < 128 else string_length(length, field))
        w(data)


def write_strings(w: Write, values: Sequence[str], field: str) -> None:
    for value in values:
        data = value.encode()
        if len(data) > MAX_STRING:
            raise WireError(f"{field} has {len(data)} bytes, more than {MAX_STRING}")
        w(len(data).to_bytes(2, "big"))
        w(data)
