"""Codecs, their dialects, and that no input makes them take more memory than allowed."""

import gzip
import random
import subprocess
import sys
import tracemalloc

import cramjam
import lz4.frame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.base.errors import ErrorCode
from ottla.records import compress as module
from ottla.records.compress import CODECS, LEVELS, Codec, compress, decompress
from ottla.records.errors import RecordError

zstd = module._load_zstd()
SAMPLE = b"".join(b"event %d of %d;" % (i, i * i) for i in range(20_000))
MIB = 1024 * 1024
packing = pytest.mark.parametrize("codec", [codec for codec in Codec if codec])


@pytest.mark.parametrize("codec", list(Codec))
@pytest.mark.parametrize("size", [0, 1, 100, 32 * 1024, 32 * 1024 + 1, 65_536, 200_000])
@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_round_trip(codec: Codec, size: int, kind: type) -> None:
    packed = compress(codec, kind(SAMPLE[:size]))
    assert type(packed) is bytes
    unpacked = decompress(codec, kind(packed), limit=size)
    assert type(unpacked) is bytes
    assert unpacked == SAMPLE[:size]


@given(st.binary(max_size=5000), st.sampled_from(list(Codec)))
@settings(deadline=None, max_examples=100)
def test_any_bytes_round_trip(data: bytes, codec: Codec) -> None:
    assert decompress(codec, compress(codec, data)) == data


@pytest.mark.parametrize("codec", list(LEVELS))
def test_levels(codec: Codec) -> None:
    smallest, largest, default = LEVELS[codec]
    sizes = {}
    for level in {smallest, 1, 3, default, 6, largest, smallest - 1, largest + 1}:
        packed = compress(codec, SAMPLE, level)
        assert decompress(codec, packed) == SAMPLE
        sizes[level] = len(packed)
    assert sizes[largest] < sizes[1]
    assert sizes[largest] == sizes[largest + 1]
    assert compress(codec, SAMPLE, default) == compress(codec, SAMPLE)


def test_names() -> None:
    assert {name: int(codec) for name, codec in CODECS.items()} == {
        "none": 0,
        "uncompressed": 0,
        "gzip": 1,
        "snappy": 2,
        "lz4": 3,
        "zstd": 4,
    }


@pytest.mark.parametrize("codec", [5, 6, 7, -1])
def test_unknown_codec(codec: int) -> None:
    with pytest.raises(RecordError):
        decompress(codec, b"")


# ---- dialects


def test_snappy_is_xerial_framed_and_raw_blocks_are_read() -> None:
    packed = compress(Codec.SNAPPY, SAMPLE)
    assert packed.startswith(b"\x82SNAPPY\0\0\0\0\x01\0\0\0\x01")
    raw = bytes(cramjam.snappy.compress_raw(SAMPLE))
    assert decompress(Codec.SNAPPY, raw) == SAMPLE
    assert decompress(Codec.SNAPPY, packed + packed) == SAMPLE + SAMPLE


def test_gzip_members_and_what_follows_them() -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"two")
    assert decompress(Codec.GZIP, packed) == b"onetwo"
    assert decompress(Codec.GZIP, packed + bytes(10)) == b"onetwo"
    assert gzip.decompress(compress(Codec.GZIP, SAMPLE)) == SAMPLE
    assert gzip.decompress(compress(Codec.GZIP, SAMPLE, 9)) == SAMPLE


def test_gzip_without_isal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_gzip_fast", None)
    monkeypatch.setitem(sys.modules, "isal", None)
    packed = compress(Codec.GZIP, SAMPLE)
    assert module._gzip_fast.__name__ == "zlib"
    assert decompress(Codec.GZIP, packed) == SAMPLE
    for size in (0, 5, 20, len(packed) - 1):
        with pytest.raises(RecordError):
            decompress(Codec.GZIP, packed[:size])
    with pytest.raises(RecordError):
        decompress(Codec.GZIP, compress(Codec.GZIP, bytes(MIB)), limit=MIB - 1)


def test_lz4_frame_is_what_java_reads() -> None:
    packed = compress(Codec.LZ4, SAMPLE)
    info = lz4.frame.get_frame_info(packed)
    assert info["block_size"] == 64 * 1024
    assert not info["block_linked"]
    assert not info["content_checksum"]
    assert info["content_size"] == 0


@pytest.mark.parametrize("block_size", [4, 5, 6, 7])
@pytest.mark.parametrize("options", [{}, {"block_linked": True}, {"content_checksum": True, "store_size": True}])
def test_other_lz4_frames_are_read(block_size: int, options: dict) -> None:
    packed = lz4.frame.compress(SAMPLE, block_size=block_size, **options)
    assert decompress(Codec.LZ4, packed) == SAMPLE
    assert decompress(Codec.LZ4, packed + packed) == SAMPLE * 2


def test_zstd_with_and_without_content_size() -> None:
    stream = zstd.ZstdCompressor(level=1)
    pieces = [stream.compress(SAMPLE[at : at + 1000]) for at in range(0, len(SAMPLE), 1000)]
    packed = b"".join([*pieces, stream.flush()])
    assert zstd.get_frame_info(packed).decompressed_size is None
    assert decompress(Codec.ZSTD, packed) == SAMPLE
    assert decompress(Codec.ZSTD, packed + compress(Codec.ZSTD, SAMPLE)) == SAMPLE * 2
    skippable = b"\x50\x2a\x4d\x18\x03\0\0\0xyz"
    assert decompress(Codec.ZSTD, skippable + packed) == SAMPLE


# ---- bad input


@packing
def test_truncated_at_each_byte(codec: Codec) -> None:
    packed = compress(codec, SAMPLE[:700])
    # A raw block or an xerial stream may end between its blocks, which is not seen here but by who counts the records.
    for size in range(len(packed)):
        if codec is Codec.SNAPPY and size == 16:
            assert decompress(codec, packed[:size]) == b""
            continue
        with pytest.raises(RecordError) as caught:
            decompress(codec, packed[:size])
        assert caught.value.code == ErrorCode.INVALID_RECORD


@packing
def test_garbage_raises_only_record_errors(codec: Codec) -> None:
    rng = random.Random(codec)
    good = compress(codec, SAMPLE[:3000])
    refused = 0
    for _ in range(1500):
        data = bytearray(good)
        for _ in range(rng.choice((1, 2, 10))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            decompress(codec, bytes(data), limit=MIB)
        except RecordError:
            refused += 1
    assert refused > 100


@given(st.binary(max_size=200), st.sampled_from([codec for codec in Codec if codec]))
@settings(deadline=None, max_examples=300)
def test_random_bytes_raise_only_record_errors(data: bytes, codec: Codec) -> None:
    try:
        out = decompress(codec, data, limit=10_000)
    except RecordError:
        return
    assert len(out) <= 10_000


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\xff",
        b"\xff\xff\xff\xff\xff\xff",
        b"\xff\xff\xff\xff\x0f",
        b"\xff\xff\xff\xff\x0f" + bytes(1000),
        b"\x80\x80\x80\x04" + bytes(10),
    ],
)
@pytest.mark.parametrize("framed", [False, True])
def test_snappy_block_that_lies_about_its_size(block: bytes, framed: bool) -> None:
    data = compress(Codec.SNAPPY, b"") + len(block).to_bytes(4, "big") + block if framed else block
    with pytest.raises(RecordError):
        decompress(Codec.SNAPPY, data, limit=2**40)


@pytest.mark.parametrize("length", [b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x05", b"\0\0"])
def test_snappy_frame_with_a_bad_block_length(length: bytes) -> None:
    with pytest.raises(RecordError):
        decompress(Codec.SNAPPY, compress(Codec.SNAPPY, b"x") + length + b"abc")


@packing
def test_bomb(codec: Codec) -> None:
    bomb = compress(codec, bytes(64 * MIB))
    assert len(bomb) < 4 * MIB
    tracemalloc.start()
    try:
        with pytest.raises(RecordError, match="more than the 2097152 bytes allowed"):
            decompress(codec, bomb, limit=2 * MIB)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5 * MIB


@packing
def test_bomb_does_not_grow_the_process(codec: Codec) -> None:
    """The same by the system's own count, which sees what C and Rust libraries take."""
    script = f"""
import resource, sys
from ottla.records.compress import compress, decompress
from ottla.records.errors import RecordError
bomb = sys.stdin.buffer.read()
decompress({codec.value}, compress({codec.value}, b"warm"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(3):
    try:
        decompress({codec.value}, bomb, limit={MIB})
    except RecordError:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    bomb = compress(codec, bytes(256 * MIB))
    done = subprocess.run([sys.executable, "-c", script], input=bomb, capture_output=True, check=True, timeout=60)
    kilobytes = [int(line) for line in done.stdout.split()]
    assert len(kilobytes) == 3
    unit = 1024 if sys.platform == "darwin" else 1
    assert max(kilobytes) / unit < 24 * 1024


@pytest.mark.parametrize("codec", [Codec.GZIP, Codec.LZ4, Codec.ZSTD])
def test_a_thousand_empty_members_are_refused_quickly(codec: Codec) -> None:
    with pytest.raises(RecordError, match="members"):
        decompress(codec, compress(codec, b"") * 1000)


def test_libraries_are_imported_only_when_used() -> None:
    script = (
        "import sys, ottla.records.compress, ottla.records.validate\n"
        "print([m for m in ('cramjam', 'lz4', 'backports.zstd', 'isal') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
