"""The worker as a process, and compaction in a whole broker under a client's eyes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from compaction.kit import Log, adopt, records_of
from ottla.storage.local.compaction.job import (
    CleanedGroup,
    CleanJob,
    Failed,
    Finished,
    decode_job,
    decode_report,
    encode_job,
    encode_report,
)
from ottla.storage.local.compaction.runner import _WORKER, _environment
from ottla.testing.embedded import broker


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )


def talk(job: CleanJob) -> tuple[int, list[bytes]]:
    """The code a worker ends with, and its lines. Its standard input stays open, or it would think that we are gone."""
    with start() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(encode_job(job))
        process.stdin.flush()
        lines = process.stdout.read().splitlines()
        return process.wait(20), lines


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = Log(tmp_path / "t-0")
    for n in range(50):
        log.data([(b"k%d" % (n % 5), b"v" * 1000)])
    log.roll()
    log.data([(b"active", b"1")])
    log.write()
    return log


def test_jobs_and_reports_are_lines(log: Log) -> None:
    job = log.job(producers=[(1, 2, 3)], bytes_per_second=1.5)
    assert decode_job(encode_job(job)) == job
    for report in (
        CleanedGroup([0, 5], False, 10, 1, 2, 3, True),
        Finished(7, keys=3),
        Failed("it\nbroke", is_final=True),
    ):
        line = encode_report(report)
        assert line.count(b"\n") == 1
        assert decode_report(line) == report
    for bad in (b"", b"{}", b"[]", b'{"kind": "Finished"}', b'{"kind": "x"}'):
        with pytest.raises(ValueError):
            decode_report(bad)
        with pytest.raises(ValueError):
            decode_job(bad)


def test_a_round_in_a_process(log: Log) -> None:
    code, out = talk(log.job())
    assert code == 0
    group, done = map(decode_report, out)
    assert isinstance(group, CleanedGroup)
    assert isinstance(done, Finished)
    assert done.records_kept == 5
    adopt(log.path, [group])
    assert len(records_of(log.path)) == 6


def test_the_worker_ends_with_its_parent(log: Log) -> None:
    process = start()
    assert process.stdin is not None
    process.stdin.write(encode_job(log.job(bytes_per_second=1000.0)))
    process.stdin.flush()
    deadline = time.monotonic() + 20
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    process.stdin.close()
    assert process.wait(deadline - time.monotonic()) == 1
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stderr.close()


def test_a_log_that_cannot_be_cleaned_is_said_to_be(log: Log) -> None:
    path = log.path / f"{0:020d}.log"
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)
    assert json.loads(talk(log.job())[1][-1])["is_final"] is True
    path.unlink()
    job = log.job()
    job.segments.insert(0, (0, 1000))
    assert json.loads(talk(job)[1][-1])["is_final"] is False


def differences(found: dict[bytes, bytes], wanted: dict[bytes, bytes]) -> list[bytes]:
    """The keys whose values differ: the values are long."""
    return sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))


def test_a_topic_shrinks_while_a_client_reads_and_writes_it() -> None:
    """A whole broker, librdkafka, a compacted topic: a reader from the start ends with the newest values, before and after a restart."""
    confluent = pytest.importorskip("confluent_kafka")
    from confluent_kafka.admin import AdminClient, NewTopic

    keys = 20
    with broker(log_cleaner_backoff_ms=50, log_segment_delete_delay_ms=100) as node:
        admin = AdminClient({"bootstrap.servers": node.bootstrap})
        config = {
            "cleanup.policy": "compact",
            "segment.bytes": "1048576",
            "min.cleanable.dirty.ratio": "0.01",
            "max.message.bytes": "1000000",
        }
        admin.create_topics([NewTopic("table", 1, config=config)])["table"].result(20)
        producer = confluent.Producer({"bootstrap.servers": node.bootstrap, "enable.idempotence": True, "linger.ms": 5})
        last: dict[bytes, bytes] = {}

        def write(count: int) -> None:
            for n in range(count):
                key = b"key-%d" % (n % keys)
                last[key] = b"%d-" % (n + len(last)) + os.urandom(2000)
                while True:
                    try:
                        producer.produce("table", last[key], key)
                        break
                    except BufferError:
                        producer.poll(0.05)
            for n in range(0, keys, 4):
                last.pop(b"key-%d" % n, None)
                producer.produce("table", None, b"key-%d" % n)
            assert producer.flush(30) == 0

        def table() -> tuple[dict[bytes, bytes], int]:
            consumer = confluent.Consumer(
                {
                    "bootstrap.servers": node.bootstrap,
                    "group.id": "g",
                    "enable.auto.commit": False,
                    "enable.partition.eof": True,
                    "auto.offset.reset": "earliest",
                }
            )
            consumer.assign([confluent.TopicPartition("table", 0, 0)])
            found: dict[bytes, bytes] = {}
            count = 0
            offset = -1
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                message = consumer.poll(1.0)
                if message is None:
                    continue
                if message.error():
                    assert message.error().code() == confluent.KafkaError._PARTITION_EOF
                    break
                assert message.offset() > offset
                offset = message.offset()
                count += 1
                if message.value() is None:
                    found.pop(message.key(), None)
                else:
                    found[message.key()] = message.value()
            consumer.close()
            return found, count

        write(1500)
        stop = threading.Event()
        deadline = time.monotonic() + 60
        while True:
            found, count = table()
            assert differences(found, last) == []
            if count < 800:
                break
            assert time.monotonic() < deadline, f"{count} records are left"
            stop.wait(0.2)
        write(1500)
        assert differences(table()[0], last) == []
        node.restart()
        assert differences(table()[0], last) == []
        write(500)
        assert differences(table()[0], last) == []
