"""`ottla log dump` on files written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ottla.records.builder import BatchBuilder


def batch(base_offset: int, *values: bytes) -> bytes:
    builder = BatchBuilder(base_offset=base_offset)
    for at, value in enumerate(values):
        builder.append(1_000 + at, b"k%d" % (base_offset + at), value, [("h", b"x")])
    return bytes(builder.build())


@pytest.fixture
def partition(tmp_path: Path) -> Path:
    """A partition's directory with two segments of one batch each."""
    directory = tmp_path / "orders-0"
    directory.mkdir()
    (directory / f"{0:020}.log").write_bytes(batch(0, b"v0", b"v1"))
    (directory / f"{2:020}.log").write_bytes(batch(2, b"\xff"))
    (directory / f"{0:020}.index").write_bytes(b"\0\0\0\1\0\0\0\0")
    (directory / f"{0:020}.timeindex").write_bytes((1001).to_bytes(8, "big") + (1).to_bytes(4, "big"))
    (directory / "partition.metadata").write_text("version: 0\ntopic_id: abc\n")
    return directory


def test_a_partition_is_its_segments_in_order(run, partition: Path) -> None:
    ran = run("log", "dump", str(partition))
    assert ran.code == 0
    assert [line.split()[0] for line in ran.lines] == ["Dumping", "baseOffset:", "Dumping", "baseOffset:"]
    assert "baseOffset: 0 lastOffset: 1 count: 2" in ran.lines[1]
    assert "isvalid: true" in ran.lines[1]
    assert "baseOffset: 2 lastOffset: 2 count: 1" in ran.lines[3]


def test_records_and_their_contents(run, partition: Path) -> None:
    deep = run("log", "dump", str(partition / f"{0:020}.log"), "--deep")
    assert [line.startswith("| offset: ") for line in deep.lines] == [False, False, True, True]
    assert "payload" not in deep.out
    full = run("log", "dump", str(partition / f"{0:020}.log"), "--contents")
    assert "key: k1 payload: v1" in full.lines[3]


def test_json_has_one_row_a_line(run, partition: Path) -> None:
    rows = run("log", "dump", str(partition), "--contents", "--json").json_lines
    assert [(row["kind"], row.get("baseOffset"), row.get("offset")) for row in rows] == [
        ("batch", 0, None),
        ("record", None, 0),
        ("record", None, 1),
        ("batch", 2, None),
        ("record", None, 2),
    ]
    assert rows[1]["payload"] == "v0"
    assert rows[1]["headers"] == [["h", "x"]]
    assert rows[4]["payload"] == {"base64": "/w=="}
    assert rows[4]["file"].endswith("00000000000000000002.log")


def test_indexes_and_checkpoints(run, partition: Path) -> None:
    names = [f"{0:020}.index", f"{0:020}.timeindex", "partition.metadata"]
    ran = run("log", "dump", *(str(partition / name) for name in names))
    assert ran.code == 0
    shown = [line for line in ran.lines if not line.startswith("Dumping")]
    assert shown == ["offset: 1 position: 0", "timestamp: 1001 offset: 1", "version: 0", "topic_id: abc"]


def test_a_data_directory_is_a_table_of_partitions(run, partition: Path) -> None:
    ran = run("log", "dump", str(partition.parent))
    assert ran.rows() == [["orders-0", "2", str(sum(p.stat().st_size for p in partition.glob("*.log"))), "0", "2"]]
    assert run("log", "dump", str(partition.parent), "--json").json[0]["segments"] == 2


def test_a_flipped_bit_is_told(run, partition: Path) -> None:
    path = partition / f"{0:020}.log"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    ran = run("log", "dump", str(path), "--deep")
    assert ran.code == 1
    assert "isvalid: false" in ran.out
    assert "DAMAGED" in ran.out
    assert "damaged" in ran.err
    assert ran.err.count("\n") == 1


def test_a_torn_tail_is_told(run, partition: Path) -> None:
    path = partition / f"{0:020}.log"
    path.write_bytes(path.read_bytes() + batch(2, b"torn")[:-1])
    ran = run("log", "dump", str(path), "--json")
    assert ran.code == 1
    assert [row["kind"] for row in ran.json_lines] == ["batch", "end"]


@pytest.mark.parametrize(
    ("file", "code", "why"),
    [
        ("missing.log", 1, "there is no"),
        ("notes.txt", 2, "is no file of a log"),
        ("short.index", 2, "20 digits"),
    ],
)
def test_other_files_are_refused(run, tmp_path: Path, file: str, code: int, why: str) -> None:
    if not file.startswith("missing"):
        (tmp_path / file).write_bytes(b"abc")
    ran = run("log", "dump", str(tmp_path / file))
    assert ran.code == code
    assert why in ran.err


def test_an_empty_directory_says_so(run, tmp_path: Path) -> None:
    ran = run("log", "dump", str(tmp_path))
    assert (ran.code, ran.out) == (0, "")
    assert "no partitions" in ran.err
