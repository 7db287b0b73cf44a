"""The smallest tests of what the simulation found in the broker, each once it was mended."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ottla.base.clock import SystemClock
from ottla.base.errors import ErrorCode
from ottla.broker.sessions import FetchSessions, Item, resolve
from ottla.records.builder import build_batch
from ottla.records.header import read_header
from ottla.rules.configs.settings import Settings
from ottla.rules.configs.topic import TopicConfig
from ottla.storage.engine import Append, Got, Mark, Partition, PartitionSpec
from ottla.storage.local import checkpoints
from ottla.storage.local.disk import Disk
from ottla.storage.local.engine import LocalEngine
from ottla.storage.local.partition import LocalPartition
from ottla.testing import broker
from ottla.wire.hot_fetch import FetchPartition
from ottla.wire.messages.end_txn_request import EndTxnRequest
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from ottla.wire.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from support.raw import RawClient
from support.talk import FETCH, PRODUCE, batch, create_topic, fetch_call, fetch_message, partitions_of, send_records


def test_a_session_comes_back_to_what_did_not_fit() -> None:
    """A batch that did not fit into the rest of a response was not offered again until its partition was written to: a stuck consumer."""
    with broker() as kafka, RawClient(kafka.port) as client:
        topic_id = create_topic(client, "narrow", partitions=2)
        for partition in (0, 1):
            send_records(client, "narrow", batch(bytes(3000)), partition=partition)
        first = fetch_call(client, topic_id, {0: 0, 1: 0}, version=15, session=(0, 0), max_bytes=3500)
        assert [bool(part.records) for part in partitions_of(first).values()] == [True, False]
        (served,) = [index for index, part in partitions_of(first).items() if part.records]
        second = fetch_call(client, topic_id, {served: 1}, version=15, session=(first.session_id, 1), max_bytes=3500)
        assert {index for index, part in partitions_of(second).items() if part.records} == {1 - served}
        # The same with a limit of the partition's own: the first of a response comes whole, whatever the limit.
        third = fetch_call(client, topic_id, {0: 0, 1: 0}, version=15, session=(0, 0), partition_max_bytes=1)
        (served,) = [index for index, part in partitions_of(third).items() if part.records]
        fourth = fetch_call(client, topic_id, {served: 1}, version=15, session=(third.session_id, 1))
        assert {index for index, part in partitions_of(fourth).items() if part.records} == {1 - served}


class _Watched(Disk):
    """Knows which files were written to since they were flushed."""

    def __init__(self) -> None:
        self.files: dict[int, str] = {}
        self.unflushed: set[str] = set()

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        fd = os.open(path, flags, mode)
        self.files[fd] = path
        return fd

    def pwrite(self, fd: int, data: bytes | memoryview, position: int) -> int:  # type: ignore[override]
        if self.files[fd].endswith(".log"):
            self.unflushed.add(self.files[fd])
        return os.pwrite(fd, data, position)

    def fdatasync(self, fd: int) -> None:  # type: ignore[override]
        os.fdatasync(fd)
        self.unflushed.discard(self.files[fd])


def test_a_flush_holds_its_files_open_when_descriptors_are_few(tmp_path: Path) -> None:
    """Opening the second segment of a flush could close the first: its descriptor was then flushed when it meant another file, or none."""

    async def work() -> None:
        disk = _Watched()
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock(), disk=disk)
        config = TopicConfig(segment_bytes=400)
        await engine.open([PartitionSpec("t", bytes(range(16)), 0, 0, config)])
        engine.files.limit = 1
        (partition,) = engine.topics["t"]
        assert partition is not None
        for _ in range(12):
            appends = []
            for _ in range(3):  # three segments in one turn of the loop: they are flushed together
                view = memoryview(bytearray(build_batch([(1_700_000_000_000, None, bytes(250))])))
                appends.append(Append(partition, view, read_header(view)))
            done = asyncio.get_running_loop().create_future()
            engine.append(appends, acks_all=True, on_done=lambda done=done: done.set_result(None))  # type: ignore[misc]
            await asyncio.wait_for(done, 10)
            assert [one.error for one in appends] == [ErrorCode.NONE] * 3
            assert not disk.unflushed
        await engine.close()

    asyncio.run(work())


def test_a_start_that_fails_after_a_power_cut_does_not_hide_the_power_cut(tmp_path: Path) -> None:
    """The next start took the directory for one of a living machine, in which no hole can be: it kept holes, and raised no epochs."""

    def started() -> LocalEngine:
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        engine.lock()
        return engine

    def crash(engine: LocalEngine) -> None:
        engine.data_directories[0].unlock()

    first = started()
    (tmp_path / "t-0").mkdir()
    crash(first)
    killed = started()
    assert killed.data_directories[0].same_boot, "kill -9 leaves the page cache as it is"
    crash(killed)
    (tmp_path / ".lock").write_text("1 another-boot\n")
    fails = started()
    assert not fails.data_directories[0].same_boot
    crash(fails)
    again = started()
    assert not again.data_directories[0].same_boot
    again.recovered()
    crash(again)
    last = started()
    assert last.data_directories[0].same_boot
    crash(last)


def test_a_checkpoint_does_not_take_back_a_log_start_that_is_on_its_way(tmp_path: Path) -> None:
    """DeleteRecords was acknowledged, but the checkpoint file was without it again: after a power cut the records were back."""

    async def work() -> None:
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await engine.open([PartitionSpec("t", bytes(range(16)), 0, 0, TopicConfig())])
        (partition,) = engine.topics["t"]
        assert partition is not None
        await _append(engine, partition, 3)
        trimming = asyncio.ensure_future(engine.trim(partition, 2))
        await asyncio.sleep(0)  # it has been noted and is being written
        await engine._checkpoint()
        assert await trimming is ErrorCode.NONE
        written = checkpoints.read_offsets(Disk(), f"{tmp_path}/{checkpoints.LOG_STARTS}")
        assert written == {("t", 0): 2}
        await engine.close()

    asyncio.run(work())


class _Forgetful(Disk):
    """A device whose first flush of a log fails, and that is full from then on. What it then has not got it never gets, unless it is
    written again (as on Linux)."""

    def __init__(self) -> None:
        self.dirty: set[str] = set()
        self.lost: set[str] = set()
        self.files: dict[int, str] = {}
        self.fails = True
        self.is_full = False

    def open(self, path: str, flags: int, mode: int = 0o777) -> int:  # type: ignore[override]
        if self.is_full and flags & os.O_CREAT and not os.path.exists(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        fd = os.open(path, flags, mode)
        self.files[fd] = path
        return fd

    def pwrite(self, fd: int, data: bytes | memoryview, position: int) -> int:  # type: ignore[override]
        self.dirty.add(self.files[fd])
        if position == 0:
            self.lost.discard(self.files[fd])
        return os.pwrite(fd, data, position)

    def fdatasync(self, fd: int) -> None:  # type: ignore[override]
        path = self.files[fd]
        if self.fails and path.endswith(".log"):
            self.fails, self.is_full = False, True
            self.dirty.discard(path)
            self.lost.add(path)
            raise OSError(errno.EIO, "the device has a bad day")
        self.dirty.discard(path)


def test_what_a_failed_flush_covered_is_written_again_before_it_is_believed(tmp_path: Path) -> None:
    """After a restart the page cache showed the records and a flush of them succeeded, though they were on no device."""

    async def work() -> None:
        disk = _Forgetful()
        spec = PartitionSpec("t", bytes(range(16)), 0, 0, TopicConfig())
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock(), disk=disk)
        await engine.open([spec])
        (partition,) = engine.topics["t"]
        assert partition is not None
        (refused,) = await _append(engine, partition, 1)
        assert refused.error is ErrorCode.KAFKA_STORAGE_ERROR
        await engine.close()
        assert disk.lost
        disk.is_full = False
        again = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock(), disk=disk)
        await again.open([spec])
        (partition,) = again.topics["t"]
        assert partition is not None
        assert partition.high_watermark == 1
        assert not disk.lost, "it was served, though a power cut would take it"
        assert not any(path.endswith(".log") for path in disk.dirty)
        await again.close()

    asyncio.run(work())


async def _append(engine: LocalEngine, partition: Partition, count: int) -> list[Append]:
    """Appends batches with acks=all, one at a time."""
    appends = []
    for _ in range(count):
        view = memoryview(bytearray(build_batch([(1_700_000_000_000, None, b"x")])))
        append = Append(partition, view, read_header(view))
        appends.append(append)
        done = asyncio.get_running_loop().create_future()
        engine.append([append], acks_all=True, on_done=lambda done=done: done.set_result(None))  # type: ignore[misc]
        await asyncio.wait_for(done, 10)
    return appends


def test_a_session_watches_nothing_for_a_client_that_has_gone(tmp_path: Path) -> None:
    """A client that left while its fetch was read from disk had its partitions watched, for nobody, as long as the session was kept."""

    class Gone:
        closed = True

        def on_close(self, callback: Callable[[], None]) -> None:
            callback()

    async def work() -> None:
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await engine.open([PartitionSpec("t", bytes(range(16)), 0, 0, TopicConfig())])
        (partition,) = engine.topics["t"]
        assert isinstance(partition, LocalPartition)
        session = FetchSessions(engine, 10).create(uses_ids=False, now_ms=0)
        assert session is not None
        item = Item("t", FetchPartition(0, -1, 0, -1, 1000))
        resolve(engine, item)
        session.add(item)
        session.watch(Gone())  # type: ignore[arg-type]
        assert not partition.watchers
        await engine.close()

    asyncio.run(work())


def test_answers_read_from_disk_are_made_one_at_a_time() -> None:
    """A client that pipelined fetches and did not read had the answers to up to 128 of them made, each as large as it liked."""
    with broker() as kafka, RawClient(kafka.port) as client:
        topic_id = create_topic(client, "cold")
        send_records(client, "cold", batch(bytes(3000)))
        assert kafka.node is not None
        engine = kafka.node.broker.engine
        read_cold = engine.read_cold
        at_once: list[int] = []
        under_way = 0

        async def counted(*given: Any, **more: Any) -> Got:
            nonlocal under_way
            under_way += 1
            at_once.append(under_way)
            await asyncio.sleep(0.02)
            under_way -= 1
            return await read_cold(*given, **more)

        engine.read_cold = counted  # type: ignore[method-assign]
        engine.read = lambda *given, **more: None  # type: ignore[method-assign]
        ids = [client.send_message(FETCH, 15, fetch_message(15, topic_id, {0: 0})) for _ in range(10)]
        for correlation_id in ids:
            assert partitions_of(client.receive(FETCH, 15, correlation_id))[0].records
        assert at_once == [1] * 10


def _power_cut(path: Path) -> None:
    (path / ".lock").write_text("1 another-boot\n")


def _kill(engine: LocalEngine) -> None:
    """Ends an engine as kill -9 does."""
    engine.closed = True
    if engine._flusher is not None:
        engine._flusher.stop()
    engine.files.close_all()
    for directory in engine.data_directories:
        directory.unlock()


def test_a_segment_behind_lost_batches_is_not_believed_after_a_power_cut(tmp_path: Path) -> None:
    """The end of a segment was lost and the next segment was there: the log had a hole, and producers were told that what was lost in
    it is an old duplicate, which counts as written."""
    config = TopicConfig(segment_bytes=400)
    spec = PartitionSpec("t", bytes(range(16)), 0, 0, config)

    def idempotent(partition: Partition, sequence: int) -> Append:
        records = [(1_700_000_000_000, None, bytes(100))]
        view = memoryview(bytearray(build_batch(records, producer_id=5, producer_epoch=0, base_sequence=sequence)))
        return Append(partition, view, read_header(view))

    async def work() -> None:
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await engine.open([spec])
        (partition,) = engine.topics["t"]
        assert partition is not None
        for sequence in range(3):  # two in the first segment
            engine.append([idempotent(partition, sequence)], acks_all=False, on_done=None)
        assert isinstance(partition, LocalPartition)
        assert partition.bases == [0, 2]
        end_of_first = partition.segments[0].size // 2
        _kill(engine)
        _power_cut(tmp_path)
        os.truncate(tmp_path / "t-0" / f"{0:020d}.log", end_of_first)  # batch 1 was never flushed
        again = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await again.open([spec])
        (partition,) = again.topics["t"]
        assert partition is not None
        assert partition.log_end_offset == 1
        retried = idempotent(partition, 1)
        again.append([retried], acks_all=False, on_done=None)
        assert (retried.error, retried.base_offset) == (ErrorCode.NONE, 1)
        await again.close()

    asyncio.run(work())


def test_the_rest_of_a_preallocated_segment_is_cut_off(tmp_path: Path) -> None:
    """The broker died between making a new segment and cutting the old one to its size: the zeros behind its last batch were served."""
    config = TopicConfig(segment_bytes=400, preallocate=True)
    spec = PartitionSpec("t", bytes(range(16)), 0, 0, config)

    async def work() -> None:
        engine = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await engine.open([spec])
        (partition,) = engine.topics["t"]
        assert isinstance(partition, LocalPartition)
        await _append(engine, partition, 3)
        size = partition.active.size
        await engine._checkpoint()
        _kill(engine)
        (tmp_path / "t-0" / f"{3:020d}.log").write_bytes(bytes(400))  # as `roll` makes it
        assert (tmp_path / "t-0" / f"{0:020d}.log").stat().st_size == 400
        again = LocalEngine([tmp_path], Settings.from_mapping(), SystemClock())
        await again.open([spec])
        (partition,) = again.topics["t"]
        assert isinstance(partition, LocalPartition)
        assert (partition.log_end_offset, partition.segments[0].size) == (3, size)
        assert not partition.corrupt
        await again.close()

    asyncio.run(work())


def test_a_transaction_may_begin_while_the_end_of_the_one_before_is_being_told() -> None:
    """The marker of the transaction before was late (a failed write); the first batch of the next one, which waited for that, was refused
    with INVALID_TXN_STATE: the marker had taken away what it was to be recognised by."""

    def produce(client: RawClient, producer_id: int, epoch: int) -> int:
        records = batch(b"v", producer_id=producer_id, producer_epoch=epoch, base_sequence=0, is_transactional=True)
        data = TopicProduceData("t", partition_data=[PartitionProduceData(0, records)])
        answer = client.call(PRODUCE, 12, ProduceRequest("tx", -1, 10_000, [data]))
        return int(answer.responses[0].partition_responses[0].error_code)

    with broker() as kafka, RawClient(kafka.port) as client:
        create_topic(client, "t")
        introduced = client.call(22, 4, InitProducerIdRequest("tx", 60_000))
        assert kafka.node is not None
        engine = kafka.node.broker.engine
        mark = engine.mark
        refused: list[Mark] = []

        def failing(marks: Sequence[Mark], *given: Any, on_done: Callable[[], None]) -> None:
            if refused:
                mark(marks, *given, on_done=on_done)
                return
            refused.extend(marks)
            for one in marks:
                one.error = ErrorCode.KAFKA_STORAGE_ERROR
            on_done()

        engine.mark = failing  # type: ignore[method-assign]
        assert produce(client, introduced.producer_id, introduced.producer_epoch) == 0
        end = EndTxnRequest("tx", introduced.producer_id, introduced.producer_epoch, True)
        ended = client.call(26, 5, end)
        assert ended.error_code == 0
        assert produce(client, ended.producer_id, ended.producer_epoch) == 0
        assert refused
