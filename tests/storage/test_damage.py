"""Bits that flip while the broker runs: found when the bytes come from the device, and they cost only themselves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.storage.kit import (
    NOW,
    SMALL,
    QuickDisk,
    Store,
    batch,
    batches_of,
    crash,
    local_engine,
    opened,
    replace,
    run,
    settled,
)

from ottla.base.errors import ErrorCode
from ottla.storage.engine import Partition
from ottla.storage.local.damage import CORRUPT_RANGES

FOLDER = "events-0"


class ColdDisk(QuickDisk):
    """A page cache that can be told to hold nothing, and counts what was read past it."""

    def __init__(self) -> None:
        self.is_cold = False
        self.reads = 0

    def preadv(self, fd: int, buffers: Any, position: int, flags: int = 0) -> int:  # type: ignore[override]
        if self.is_cold:
            raise BlockingIOError
        return os.preadv(fd, buffers, position)

    def pread(self, fd: int, size: int, position: int) -> bytes:  # type: ignore[override]
        self.reads += 1
        return os.pread(fd, size, position)


def flip(path: Path, position: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[position] ^= 0x10
    path.write_bytes(raw)


def log_of(folder: Path, base: int = 0) -> Path:
    return folder / FOLDER / f"{base:020d}.log"


async def read_around(store: Store, partition: Partition, sent: list[bytes], bad: set[int]) -> None:
    """Every offset is read as itself or says CORRUPT_MESSAGE, at any budget, from memory and from disk."""
    for offset in range(len(sent)):
        for budget in (1, 3 * len(sent[0]), 1 << 20):
            got = await store.read(partition, offset, budget)
            cold = await store.engine.read_cold(partition, offset, budget, at_least_one=True)
            for one in (got, cold):
                if offset in bad:
                    assert one.error is ErrorCode.CORRUPT_MESSAGE
                    continue
                assert one.error is ErrorCode.NONE
                found = [bytes(view) for _, view in batches_of(one)]
                assert found
                assert found == sent[offset : offset + len(found)]


@pytest.mark.parametrize("where", [70, 9, 16, 0, 25], ids=["records", "length", "magic", "offset", "delta"])
@pytest.mark.parametrize("how", ["after a start", "not in the page cache"])
def test_a_flipped_bit_is_found_when_it_is_read(tmp_path: Path, where: int, how: str) -> None:
    async def work() -> None:
        disk = ColdDisk()
        config = replace(SMALL, segment_bytes=1 << 20)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=config)
            sent = await store.fill(partition, 40)
        size = len(sent[0])
        if how == "after a start":
            flip(log_of(tmp_path), 11 * size + where)
            flip(log_of(tmp_path), 12 * size + where)
            flip(log_of(tmp_path), 30 * size + where)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=config)
            if how != "after a start":
                assert await store.read_all(partition) == sent
                assert store.engine.read(partition, 0, 1 << 20, at_least_one=True) is not None, "it is trusted by now"
                for n in (11, 12, 30):
                    flip(log_of(tmp_path), n * size + where)
                disk.is_cold = True
            first = await store.read(partition, 0)
            if where:  # a base offset that is out of line shows behind it
                assert first.error is ErrorCode.NONE
                assert [header.base_offset for header, _ in batches_of(first)] == list(range(11))
            await settled(lambda: len(getattr(partition, "corrupt", ())) > 0 and not store.engine._examined)  # type: ignore[attr-defined]
            await read_around(store, partition, sent, {11, 12, 30})
            assert (await store.engine.offset_at(partition, NOW + 13)).offset == 13
            more = batch(timestamp=NOW + 40)
            assert (await store.append(partition, more)).base_offset == 40
            sent.append(bytes(more))
            assert (await store.read(partition, 40)).size > 0
        async with opened(tmp_path, disk=disk) as store:  # known from the start on
            partition = await store.open(config=config)
            assert (tmp_path / FOLDER / CORRUPT_RANGES).exists()
            await read_around(store, partition, sent, {11, 12, 30})

    run(work())


def test_damage_at_the_end_of_a_segment_and_of_the_log(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 60)
        logs = sorted((tmp_path / FOLDER).glob("*.log"))
        assert len(logs) > 2
        bad = {int(logs[1].stem) - 1, int(logs[2].stem) - 1}
        for log in logs[:2]:
            flip(log, log.stat().st_size - 1)
        async with opened(tmp_path) as store:
            partition = await store.open(config=SMALL)
            for base in (0, int(logs[1].stem)):
                assert (await store.read(partition, base)).error is ErrorCode.NONE
            await settled(lambda: len(partition.corrupt) == 2)  # type: ignore[attr-defined]
            await read_around(store, partition, sent, bad)

    run(work())


def test_bytes_are_checked_once(tmp_path: Path) -> None:
    """After a start the first reader goes through the check, the next ones do not; and at the tail nobody does."""

    async def work() -> None:
        disk = ColdDisk()
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=SMALL)
            sent = await store.fill(partition, 100)
            disk.reads = 0
            assert await store.read_all(partition, 1000) == sent
            assert disk.reads == 0, "this process wrote it"
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open(config=SMALL)
            disk.reads = 0
            assert await store.read_all(partition, 1000) == sent
            assert disk.reads > 0
            disk.reads = 0
            assert await store.read_all(partition, 1000) == sent
            assert disk.reads == 0
            await store.append(partition, batch())
            assert store.engine.read(partition, 100, 1 << 20, at_least_one=True) is not None
            disk.is_cold = True
            assert store.engine.read(partition, 100, 1 << 20, at_least_one=True) is None
            disk.is_cold = False
            assert store.engine.read(partition, 100, 1 << 20, at_least_one=True) is None, "who knows what came back"
            assert (await store.read(partition, 100)).size > 0

    run(work())


def test_what_recovery_checked_is_trusted(tmp_path: Path) -> None:
    async def work() -> None:
        disk = ColdDisk()
        engine = local_engine(tmp_path, disk=disk)
        store = Store(engine)
        sent = await store.fill(await store.open(), 20)
        await crash(engine)
        async with opened(tmp_path, disk=disk) as store:
            partition = await store.open()
            disk.reads = 0
            assert await store.read_all(partition, 1000) == sent
            assert disk.reads == 1, "the file had to be opened, no more"

    run(work())
