"""Apache Kafka's DumpLogSegments reads our `.log`, `.index`, `.timeindex` and `.snapshot` files without complaint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.foreign.files import CODECS, create, read_all, server_under_test, write
from tests.foreign.support import JavaTools

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

DUMP = "org.apache.kafka.tools.DumpLogSegments"
COMPLAINTS = re.compile(
    r"isvalid: false|Mismatches in|Non-consecutive offsets|invalid bytes at the end|Found timestamp mismatch|"
    r"Found out of order|Error at offset|Exception|corrupt|does not have a|Indexed offset"
)
# With --deep-iteration the tool says this of every segment but a log's first, also of Kafka's own files.
OWN_SLIP = re.compile(r"Non-consecutive offsets in \S*?/0*(\d+)\.log\n  -1 is followed by \1\n")
# Kafka 4 allows no smaller segment than 1 MiB.
SMALL = {"segment_bytes": str(1 << 20), "index_interval_bytes": "512"}
RECORDS = 4000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dump")


@pytest.fixture(scope="module")
def log_dir(folder: Path) -> Path:
    """Files of a server that was loaded, killed, started again, loaded further and stopped."""
    server = server_under_test(folder)
    server.start()
    try:
        for codec in CODECS:
            create(server.bootstrap, f"dump-{codec}", 1, **SMALL)
            write(server.bootstrap, f"dump-{codec}", 1, RECORDS, codec, enable_idempotence=True)
        create(server.bootstrap, "dump-appended", 1, message_timestamp_type="LogAppendTime", **SMALL)
        write(server.bootstrap, "dump-appended", 1, RECORDS, "lz4")
        create(server.bootstrap, "dump-recompressed", 1, compression_type="zstd", **SMALL)
        write(server.bootstrap, "dump-recompressed", 1, RECORDS, "gzip")
        server.kill()
        server.start()
        for codec in CODECS:
            write(server.bootstrap, f"dump-{codec}", 1, 100, codec, first=RECORDS)
        assert len(read_all(server.bootstrap, "dump-none", 1)) == RECORDS + 100
    except BaseException:
        server.kill()
        raise
    server.stop()
    return server.log_dir


def files(log_dir: Path, topic: str, *suffixes: str) -> list[Path]:
    return sorted(path for path in (log_dir / f"{topic}-0").iterdir() if path.suffix in suffixes)


def dump(tools: JavaTools, paths: list[Path], *options: str) -> str:
    ran = tools.run(DUMP, *options, "--files", ",".join(map(str, paths)))
    text = OWN_SLIP.sub("", ran.out + ran.err)
    found = COMPLAINTS.search(text)
    assert found is None, text[max(0, found.start() - 500) : found.end() + 500]
    return text


@pytest.mark.parametrize("codec", CODECS)
def test_every_record_of_every_segment(java_tools: JavaTools, log_dir: Path, codec: str) -> None:
    logs = files(log_dir, f"dump-{codec}", ".log")
    if codec == "none":
        assert len(logs) > 1, "the log should have rolled"
    text = dump(java_tools, logs, "--deep-iteration")
    offsets = [int(found) for found in re.findall(r"(?m)^\| offset: (\d+) ", text)]
    assert offsets == list(range(RECORDS + 100))
    named = {"none": "none"}.get(codec, codec)
    assert set(re.findall(r"compresscodec: (\w+)", text)) == {named}
    assert "isvalid: true" in text


@pytest.mark.parametrize("topic", ["dump-none", "dump-zstd", "dump-appended", "dump-recompressed"])
def test_indexes_point_into_the_log(java_tools: JavaTools, log_dir: Path, topic: str) -> None:
    paths = files(log_dir, topic, ".log", ".index", ".timeindex")
    assert {path.suffix for path in paths} == {".log", ".index", ".timeindex"}
    text = dump(java_tools, paths, "--deep-iteration")
    assert re.search(r"(?m)^offset: \d+ position: \d+$", text)
    assert re.search(r"(?m)^timestamp: \d+ offset: \d+$", text)
    indexes = [path for path in paths if path.suffix != ".log"]
    checked = dump(java_tools, indexes, "--index-sanity-check")
    assert checked.count("passed sanity check") == len(indexes)
    dump(java_tools, indexes, "--verify-index-only")


def test_times_and_codec_chosen_by_the_topic(java_tools: JavaTools, log_dir: Path) -> None:
    appended = dump(java_tools, files(log_dir, "dump-appended", ".log"), "--deep-iteration")
    assert "LogAppendTime: " in appended
    assert "CreateTime: " not in appended
    recompressed = dump(java_tools, files(log_dir, "dump-recompressed", ".log"))
    assert set(re.findall(r"compresscodec: (\w+)", recompressed)) == {"zstd"}


def test_producer_snapshots(java_tools: JavaTools, log_dir: Path) -> None:
    snapshots = files(log_dir, "dump-none", ".snapshot")
    assert snapshots, "a rolled log of an idempotent producer has snapshots"
    text = dump(java_tools, snapshots)
    assert re.search(r"producerId: \d+ producerEpoch: 0", text)
