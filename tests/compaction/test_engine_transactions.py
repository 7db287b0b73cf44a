"""Transactions, rounds and restarts mixed at random on a whole engine: readers of committed data end with the table a model has."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

import pytest

from compaction.test_cleaner import COMPACT, Bench
from ottla.base.errors import ErrorCode
from ottla.records.builder import BatchBuilder
from ottla.records.reader import iter_records
from ottla.storage.local.compaction.cleaner import Cleaner
from ottla.storage.local.engine import LocalEngine
from ottla.storage.local.partition import LocalPartition
from storage.kit import Clock, QuickDisk, Store, batches_of, crash, local_engine, run
from storage.test_transactions import consumed, end, read_committed

KEYS = [b"a", b"b", b"c", b"dd"]
Table = dict[bytes | None, bytes | None]


class Play:
    """An engine that is driven at random, and what readers of committed data must see of it."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.chance = random.Random(seed)
        self.clock = Clock()
        self.epochs = dict.fromkeys(range(1, 5), 0)
        self.sequences = dict.fromkeys(range(1, 5), 0)
        self.open: dict[int, list[tuple[int, bytes, bytes | None]]] = {}
        self.committed: dict[int, tuple[bytes, bytes | None]] = {}
        self.rounds = 0

    async def start(self) -> None:
        self.engine: LocalEngine = local_engine(self.path, self.clock, QuickDisk())
        self.engine.start()
        self.store = Store(self.engine)
        partition = await self.store.open(config=COMPACT)
        assert isinstance(partition, LocalPartition)
        self.partition = partition
        self.bench = Bench(self.store, self.clock, Cleaner(self.engine), partition)

    async def write(self, producer: int | None, *, transactional: bool) -> None:
        more = {}
        if producer is not None:
            more = {
                "producer_id": producer,
                "producer_epoch": self.epochs[producer],
                "base_sequence": self.sequences[producer],
                "is_transactional": transactional,
            }
        builder = BatchBuilder(self.chance.choice([0, 0, 3]), **more)
        pairs = [
            (
                self.chance.choice(KEYS),
                None if self.chance.random() < 0.2 else self.chance.randbytes(self.chance.randint(1, 200)),
            )
            for _ in range(self.chance.randint(1, 3))
        ]
        for key, value in pairs:
            self.clock.ms += 1
            builder.append(self.clock.ms, key, value)
        one = await self.store.append(
            self.partition, memoryview(bytearray(builder.build())), acks_all=self.chance.random() < 0.5
        )
        assert one.error is ErrorCode.NONE, one.error_message
        records = [(one.base_offset + n, key, value) for n, (key, value) in enumerate(pairs)]
        if producer is not None:
            self.sequences[producer] += len(pairs)
        if transactional:
            assert producer is not None
            self.open.setdefault(producer, []).extend(records)
        else:
            self.committed.update({offset: (key, value) for offset, key, value in records})

    async def end(self, producer: int) -> None:
        commit = self.chance.random() < 0.5
        is_raised = self.chance.random() < 0.5
        if is_raised:
            self.epochs[producer] += 1
            self.sequences[producer] = 0
        error = await end(
            self.engine,
            self.partition,
            producer,
            commit=commit,
            epoch=self.epochs[producer],
            version=2 if is_raised else 0,
        )
        assert error is ErrorCode.NONE
        records = self.open.pop(producer)
        if commit:
            self.committed.update({offset: (key, value) for offset, key, value in records})

    async def compact(self) -> None:
        self.rounds += await self.bench.clean()

    async def restart(self) -> None:
        if self.chance.random() < 0.5:
            await self.engine.close()
        else:
            await crash(self.engine)  # the machine lives on: what was written is there
        await self.start()

    async def check(self) -> None:
        """What is read, by small fetches as by large ones, is what the model has."""
        stable = self.partition.last_stable_offset
        wanted: Table = {}
        for offset in sorted(self.committed):
            if offset < stable:
                key, value = self.committed[offset]
                wanted[key] = value
        for max_bytes in (1 << 20, 300):
            found: Table = {}
            offset = 0
            while offset < stable:
                got = await read_committed(self.engine, self.partition, offset, max_bytes)
                assert got.error is ErrorCode.NONE
                assert got.buffers, f"nothing at {offset} of {stable}"
                seen = set(consumed(got))
                for header, view in batches_of(got):
                    for record in iter_records(view, header):
                        if record.offset in seen and record.offset >= offset and not header.is_control:
                            assert self.committed[record.offset] == (record.key, record.value)
                            found[record.key] = record.value
                    offset = header.next_offset
            assert {k: v for k, v in found.items() if v is not None} == {
                k: v for k, v in wanted.items() if v is not None
            }
        opened = sorted(records[0][0] for records in self.open.values())
        if opened:
            assert stable <= opened[0]
        else:
            assert stable == self.partition.high_watermark

    async def play(self, steps: int) -> None:
        await self.start()
        for _ in range(steps):
            dice = self.chance.random()
            producer = self.chance.randint(1, 4)
            if dice < 0.35:
                await self.write(None, transactional=False)
            elif dice < 0.45:
                if producer not in self.open:
                    await self.write(producer, transactional=False)
            elif dice < 0.75:
                await self.write(producer, transactional=True)
            elif dice < 0.92:
                if producer in self.open:
                    await self.end(producer)
            elif dice < 0.96:
                await self.compact()
                await self.check()
            elif dice < 0.98:
                self.clock.ms += 86_400_000
            else:
                await self.restart()
                await self.check()
        for producer in list(self.open):
            await self.end(producer)
        for _ in range(3):
            for _ in range(40):
                await self.write(None, transactional=False)
            self.clock.ms += 86_400_001
            await self.compact()
            await self.check()
        await self.restart()
        await self.check()
        await self.engine.close()


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 100))])
def test_committed_readers_end_with_the_models_table(seed: int) -> None:
    path = Path(tempfile.mkdtemp())
    play = Play(path, seed)
    try:
        run(play.play(250))
        assert play.rounds > 3
    finally:
        shutil.rmtree(path)
