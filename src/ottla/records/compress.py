"""The five codecs of a record batch, with bounded decompression.

| codec | written | read |
|---|---|---|
| gzip | one member | members one after another; what follows them is ignored, as Java does |
| snappy | xerial framing, blocks of 32 KiB (what Java writes) | xerial, and one raw block (what librdkafka and franz-go write) |
| lz4 | LZ4 frame, independent blocks of 64 KiB, no content checksum (all that old Java clients can read) | any LZ4 frames |
| zstd | one frame | frames one after another, with or without content size |

Every codec's library is imported when first used: together they cost 20 ms of start-up. Nothing here keeps state between calls but
idle zstd compressors, which are taken from and given back to a list, so any thread may call.

Left out: the LZ4 frames of message format 0 with their wrong header checksum (KAFKA-3160), which Kafka 4 no longer writes.
"""

import zlib
from collections.abc import Callable
from enum import IntEnum
from struct import Struct
from typing import Any, Final

from ottla.records.errors import RecordError, invalid
from ottla.records.header import Buffer

DECOMPRESSED_MAX: Final = 128 * 1024 * 1024
"""What one batch may become, unless the caller says otherwise. The largest batch Kafka accepts by default is 1 MiB."""

_XERIAL_MAGIC = b"\x82SNAPPY\x00"
_XERIAL_HEADER = _XERIAL_MAGIC + b"\x00\x00\x00\x01\x00\x00\x00\x01"
_XERIAL_BLOCK = 32 * 1024
_SNAPPY_EXPANSION_MAX = 32
"""A snappy block grows by at most 64 bytes from 3; a block that claims more than this per byte is a lie."""
_LZ4_FIRST_READ = 64 * 1024
_ZSTD_IDLE_MAX = 4
_MEMBERS_MAX = 100
"""Frames (gzip members) read one after another. Producers write one; a million empty ones would cost seconds."""
_INT32 = Struct(">i")


class Codec(IntEnum):
    """Bits 0-2 of a batch's attributes."""

    NONE = 0
    GZIP = 1
    SNAPPY = 2
    LZ4 = 3
    ZSTD = 4


CODECS: Final[dict[str, Codec]] = {
    "none": Codec.NONE,
    "uncompressed": Codec.NONE,
    "gzip": Codec.GZIP,
    "snappy": Codec.SNAPPY,
    "lz4": Codec.LZ4,
    "zstd": Codec.ZSTD,
}
"""The names of `compression.type` (a topic's `producer` is not a codec)."""

LEVELS: Final[dict[Codec, tuple[int, int, int]]] = {
    Codec.GZIP: (1, 9, -1),
    Codec.LZ4: (1, 17, 9),
    Codec.ZSTD: (-131072, 22, 3),
}
"""KIP-390: smallest, largest and default level. The default stands for the library's own, e.g. LZ4's fast mode."""


def compress(codec: int, data: Buffer, level: int | None = None) -> bytes:
    """`data` compressed. `level` as in KIP-390 (None: the default); a level out of the codec's range is moved into it."""
    return _COMPRESS[codec](data, level)


def decompress(codec: int, data: Buffer, *, limit: int = DECOMPRESSED_MAX) -> bytes:
    """`data` decompressed. Raises RecordError (INVALID_RECORD) when it is damaged, cut short, or becomes more than `limit` bytes.

    At most about `limit` bytes are ever allocated, whatever the data claims.
    """
    try:
        step = _DECOMPRESS[codec]
    except KeyError:
        raise invalid(f"unknown compression type id: {codec}") from None
    return step(data, limit)


def _too_large(codec: str, limit: int) -> RecordError:
    return invalid(f"{codec} data becomes more than the {limit} bytes allowed")


def _too_many(codec: str) -> RecordError:
    return invalid(f"{codec} data has more than {_MEMBERS_MAX} members")


def _clamp(codec: Codec, level: int | None) -> int | None:
    if level is None:
        return None
    smallest, largest, default = LEVELS[codec]
    if level == default:
        return None
    return min(max(level, smallest), largest)


# ---- none


def _compress_none(data: Buffer, level: int | None) -> bytes:
    return bytes(data)


def _decompress_none(data: Buffer, limit: int) -> bytes:
    if len(data) > limit:
        raise _too_large("uncompressed", limit)
    return bytes(data)


# ---- gzip

_gzip_fast: Any = None
"""isal's zlib face, if installed, else the standard library's: 5-10 times the speed at a slightly larger result."""


def _fast_zlib() -> Any:
    global _gzip_fast
    if _gzip_fast is None:
        try:
            from isal import isal_zlib
        except ImportError:
            _gzip_fast = zlib
        else:
            _gzip_fast = isal_zlib
    return _gzip_fast


def _compress_gzip(data: Buffer, level: int | None) -> bytes:
    level = _clamp(Codec.GZIP, level)
    if level is None:
        library = _fast_zlib()
        compressor = library.compressobj(wbits=31)
    else:
        compressor = zlib.compressobj(level, wbits=31)  # isal knows only levels 0-3: who asks for 9 means 9
    packed: bytes = compressor.compress(data)
    return packed + bytes(compressor.flush())


def _decompress_gzip(data: Buffer, limit: int) -> bytes:
    library = _fast_zlib()
    errors: tuple[type[Exception], ...] = (zlib.error, getattr(library, "error", zlib.error))
    out: list[bytes] = []
    room = limit
    members = 0
    rest: Any = data
    while True:
        member = library.decompressobj(wbits=31)
        try:
            piece: bytes = member.decompress(rest, room + 1)
            while not member.eof and len(piece) <= room:
                out.append(piece)
                room -= len(piece)
                rest = member.unconsumed_tail
                if not rest and not piece:
                    raise invalid("gzip data ends early")
                piece = member.decompress(rest, room + 1)
        except errors as error:
            raise invalid(f"gzip data is damaged: {error}") from None
        if len(piece) > room:
            raise _too_large("gzip", limit)
        out.append(piece)
        room -= len(piece)
        rest = member.unused_data
        members += 1
        if members > _MEMBERS_MAX:
            raise _too_many("gzip")
        if rest[:2] != b"\x1f\x8b":
            return out[0] if len(out) == 1 else b"".join(out)


# ---- snappy

_snappy: Any = None
_snappy_error: type[Exception]


def _load_snappy() -> Any:
    global _snappy, _snappy_error
    if _snappy is None:
        import cramjam

        _snappy_error = cramjam.DecompressionError
        _snappy = cramjam.snappy
    return _snappy


def _compress_snappy(data: Buffer, level: int | None) -> bytes:
    snappy = _snappy or _load_snappy()
    view = memoryview(data)
    out = [_XERIAL_HEADER]
    for at in range(0, len(view), _XERIAL_BLOCK):
        block = bytes(snappy.compress_raw(view[at : at + _XERIAL_BLOCK]))
        out.append(_INT32.pack(len(block)))
        out.append(block)
    return b"".join(out)


def _decompress_snappy(data: Buffer, limit: int) -> bytes:
    view = memoryview(data)
    if bytes(view[:8]) != _XERIAL_MAGIC:
        return _snappy_block(view, limit, limit)
    out: list[bytes] = []
    room = limit
    at = 0
    end = len(view)
    while at < end:
        if bytes(view[at : at + 8]) == _XERIAL_MAGIC:  # a stream may follow a stream
            at += len(_XERIAL_HEADER)
            if at > end:
                raise invalid("snappy data ends within a header")
            continue
        if at + 4 > end:
            raise invalid("snappy data ends within a block length")
        size: int = _INT32.unpack_from(view, at)[0]
        at += 4
        if size < 0 or size > end - at:
            raise invalid(f"a snappy block of {size} bytes with {end - at} left")
        block = _snappy_block(view[at : at + size], room, limit)
        out.append(block)
        room -= len(block)
        at += size
    return out[0] if len(out) == 1 else b"".join(out)


def _snappy_block(block: memoryview, room: int, limit: int) -> bytes:
    snappy = _snappy or _load_snappy()
    claimed = 0
    for at in range(5):
        if at >= len(block):
            raise invalid("a snappy block ends within its size")
        byte = block[at]
        claimed |= (byte & 0x7F) << 7 * at
        if byte < 0x80:
            break
    else:
        raise invalid("a snappy block's size has more than 32 bits")
    if claimed > room:
        raise _too_large("snappy", limit)
    if claimed > len(block) * _SNAPPY_EXPANSION_MAX:
        raise invalid(f"a snappy block of {len(block)} bytes claims to hold {claimed}")
    try:
        return bytes(snappy.decompress_raw(block))
    except _snappy_error as error:
        raise invalid(f"snappy data is damaged: {error}") from None


# ---- lz4

_lz4: Any = None


def _load_lz4() -> Any:
    global _lz4
    if _lz4 is None:
        import lz4.frame

        _lz4 = lz4.frame
    return _lz4


def _compress_lz4(data: Buffer, level: int | None) -> bytes:
    frame = _lz4 or _load_lz4()
    level = _clamp(Codec.LZ4, level)
    packed: bytes = frame.compress(
        data,
        compression_level=0
        if level is None
        else min(max(level, 3), 12),  # below 3 the library would take its fast mode
        block_size=frame.BLOCKSIZE_MAX64KB,
        block_linked=False,
        content_checksum=False,
        block_checksum=False,
        store_size=False,
    )
    return packed


def _decompress_lz4(data: Buffer, limit: int) -> bytes:
    frame = _lz4 or _load_lz4()
    out: list[bytes] = []
    room = limit
    rest: Any = data
    # The library allocates as much as it is allowed to return, so it is first allowed little.
    ask = max(_LZ4_FIRST_READ, 4 * len(data))
    reader = frame.LZ4FrameDecompressor()
    members = 0
    try:
        while True:
            piece: bytes = reader.decompress(rest, max_length=min(ask, room + 1))
            rest = b""
            if len(piece) > room:
                raise _too_large("lz4", limit)
            out.append(piece)
            room -= len(piece)
            ask *= 2
            if reader.eof:
                rest = reader.unused_data
                if not rest:
                    return out[0] if len(out) == 1 else b"".join(out)
                members += 1
                if members > _MEMBERS_MAX:
                    raise _too_many("lz4")
                reader = frame.LZ4FrameDecompressor()
            elif reader.needs_input:
                raise invalid("lz4 data ends early")
    except (RuntimeError, EOFError) as error:
        raise invalid(f"lz4 data is damaged: {error}") from None


# ---- zstd

_zstd: Any = None
_zstd_idle: dict[int, list[Any]] = {}


def _load_zstd() -> Any:
    global _zstd
    if _zstd is None:
        try:
            from compression import zstd  # type: ignore[import-not-found,unused-ignore]
        except ImportError:
            from backports import zstd
        _zstd = zstd
    return _zstd


def _compress_zstd(data: Buffer, level: int | None) -> bytes:
    zstd = _zstd or _load_zstd()
    level = _clamp(Codec.ZSTD, level)
    if level is None:
        level = 3
    idle = _zstd_idle.setdefault(level, [])
    try:
        compressor = idle.pop()
    except IndexError:
        compressor = zstd.ZstdCompressor(level=level)
    packed: bytes = compressor.compress(data, zstd.ZstdCompressor.FLUSH_FRAME)
    if len(idle) < _ZSTD_IDLE_MAX:
        idle.append(compressor)
    return packed


def _decompress_zstd(data: Buffer, limit: int) -> bytes:
    zstd = _zstd or _load_zstd()
    out: list[bytes] = []
    room = limit
    rest: Any = data
    for _ in range(_MEMBERS_MAX):
        reader = zstd.ZstdDecompressor()
        try:
            piece: bytes = reader.decompress(rest, room + 1)
        except zstd.ZstdError as error:
            raise invalid(f"zstd data is damaged: {error}") from None
        if len(piece) > room:
            raise _too_large("zstd", limit)
        if not reader.eof:
            raise invalid("zstd data ends early")
        out.append(piece)
        room -= len(piece)
        rest = reader.unused_data
        if not rest:
            return out[0] if len(out) == 1 else b"".join(out)
    raise _too_many("zstd")


_COMPRESS: Final[dict[int, Callable[[Buffer, int | None], bytes]]] = {
    Codec.NONE: _compress_none,
    Codec.GZIP: _compress_gzip,
    Codec.SNAPPY: _compress_snappy,
    Codec.LZ4: _compress_lz4,
    Codec.ZSTD: _compress_zstd,
}
_DECOMPRESS: Final[dict[int, Callable[[Buffer, int], bytes]]] = {
    Codec.NONE: _decompress_none,
    Codec.GZIP: _decompress_gzip,
    Codec.SNAPPY: _decompress_snappy,
    Codec.LZ4: _decompress_lz4,
    Codec.ZSTD: _decompress_zstd,
}
