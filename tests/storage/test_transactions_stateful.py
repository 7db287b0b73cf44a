"""Transactions of an engine against a plain model of its log, through rolls, trims, restarts, kills and power cuts."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.storage.disks import PowerDisk
from tests.storage.kit import SMALL, Clock, Store, batch, batches_of, crash, local_engine, other_boot, replace
from tests.storage.test_transactions import consumed, end, read_committed, txn

from ottla.base.errors import ErrorCode
from ottla.records.indexes import AbortedTxn, parse_txn_index
from ottla.storage.engine import OffsetAt, Partition

CONFIG = replace(SMALL, segment_bytes=900, index_interval_bytes=150)
PRODUCERS = (1, 2, 3)


@dataclass(frozen=True)
class Entry:
    """A batch of the model's log. `kind`: plain, open (transactional), commit, abort."""

    base: int
    after: int
    producer: int
    kind: str
    time: int


def stable(log: list[Entry], log_start: int, end_offset: int) -> int:
    return min([end_offset, *(max(first, log_start) for first in opened(log).values())])


def opened(log: list[Entry]) -> dict[int, int]:
    found: dict[int, int] = {}
    for entry in log:
        if entry.kind == "open":
            found.setdefault(entry.producer, entry.base)
        elif entry.kind != "plain":
            found.pop(entry.producer, None)
    return found


def committed(log: list[Entry], from_offset: int, below: int) -> list[int]:
    outcome: dict[int, str] = {}
    offsets: list[int] = []
    for entry in reversed(log):
        if entry.kind in ("commit", "abort"):
            outcome[entry.producer] = entry.kind
        elif entry.after <= below and (entry.kind == "plain" or outcome.get(entry.producer) == "commit"):
            offsets += [one for one in reversed(range(entry.base, entry.after)) if one >= from_offset]
    return offsets[::-1]


def aborted(log: list[Entry]) -> list[AbortedTxn]:
    firsts: dict[int, int] = {}
    found = []
    for entry in log:
        if entry.kind == "open":
            firsts.setdefault(entry.producer, entry.base)
        elif entry.kind != "plain" and entry.producer in firsts:
            first = firsts.pop(entry.producer)
            if entry.kind == "abort":
                found.append(AbortedTxn(entry.producer, first, entry.base, min([entry.after, *firsts.values()])))
    return found


class TransactionMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.root = Path(tempfile.mkdtemp(prefix="ottla-transactions-"))
        self.path = self.root / "0"
        self.rounds = 0
        self.clock = Clock()
        self.disk = PowerDisk()
        self.log: list[Entry] = []  # all of it, also what was trimmed
        self.log_start = 0
        self.durable = 0
        self.trimmed_open = False

    def do(self, work):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(asyncio.wait_for(work, 30))

    @initialize()
    def begin(self) -> None:
        self.start()

    def start(self) -> None:
        self.engine = local_engine(self.path, self.clock, self.disk)
        self.store = Store(self.engine)

        async def open_it() -> Partition:
            return await self.store.open(config=CONFIG)

        self.partition = self.do(open_it())

    @property
    def end(self) -> int:
        return self.log[-1].after if self.log else 0

    def add(self, count: int, producer: int, kind: str) -> None:
        self.log.append(Entry(self.end, self.end + count, producer, kind, self.clock.ms))

    def producer(self, producer: int) -> tuple[int, int]:
        """Epoch and next sequence."""
        for known in self.engine.producers(self.partition):
            if known.producer_id == producer:
                return known.producer_epoch, known.last_sequence + 1
        return 0, 0

    # -- what clients do

    @rule(
        count=st.integers(1, 3),
        size=st.sampled_from([5, 200]),
        producer=st.sampled_from([-1, *PRODUCERS]),
        all_=st.booleans(),
    )
    def write(self, count: int, size: int, producer: int, all_: bool) -> None:
        self.clock.ms += 10
        more = {}
        if producer >= 0:
            more["epoch"], more["sequence"] = self.producer(producer)
        data = batch(count, timestamp=self.clock.ms, size=size, producer=producer, **more)
        one = self.do(self.store.append(self.partition, data, acks_all=all_))
        if producer in opened(self.log):
            assert one.error is ErrorCode.INVALID_TXN_STATE
            return
        assert (one.error, one.base_offset) == (ErrorCode.NONE, self.end)
        self.add(count, producer, "plain")
        self.durable = self.end if all_ else self.durable

    @rule(
        count=st.integers(1, 3), size=st.sampled_from([5, 200]), producer=st.sampled_from(PRODUCERS), all_=st.booleans()
    )
    def write_in_transaction(self, count: int, size: int, producer: int, all_: bool) -> None:
        self.clock.ms += 10
        epoch, sequence = self.producer(producer)
        data = txn(producer, sequence, count=count, epoch=epoch, size=size, timestamp=self.clock.ms)
        one = self.do(self.store.append(self.partition, data, acks_all=all_))
        assert (one.error, one.base_offset) == (ErrorCode.NONE, self.end)
        self.add(count, producer, "open")
        self.durable = self.end if all_ else self.durable

    @rule(
        producer=st.sampled_from(PRODUCERS), commit=st.booleans(), version=st.sampled_from([0, 2]), again=st.booleans()
    )
    def mark(self, producer: int, commit: bool, version: int, again: bool) -> None:
        epoch = self.producer(producer)[0] + (version == 2)
        for _ in range(1 + again):
            error = self.do(end(self.engine, self.partition, producer, commit=commit, epoch=epoch, version=version))
            assert error is ErrorCode.NONE
            self.add(1, producer, "commit" if commit else "abort")
        self.durable = self.end

    @rule(where=st.floats(0, 1))
    def trim(self, where: float) -> None:
        before = self.log_start + int((self.end - self.log_start) * where)
        assert self.do(self.engine.trim(self.partition, before)) is ErrorCode.NONE
        self.log_start = before
        self.trimmed_open |= any(first < before for first in opened(self.log).values())

    @rule(where=st.floats(0, 1), budget=st.sampled_from([1, 150, 500, 3000, 1 << 20]), cold=st.booleans())
    def read(self, where: float, budget: int, cold: bool) -> None:
        offset = self.log_start + int((self.end - self.log_start) * where)
        limit = stable(self.log, self.log_start, self.end)
        wanted = committed(self.log, offset, limit)
        found: list[int] = []
        begin = offset
        while True:
            if cold:
                got = self.do(self.engine.read_cold(self.partition, offset, budget, at_least_one=True, committed=True))
            else:
                got = self.do(read_committed(self.engine, self.partition, offset, budget))
            assert got.error is ErrorCode.NONE
            batches = batches_of(got)
            if not batches:
                break
            assert batches[0][0].last_offset >= offset
            assert batches[-1][0].next_offset <= limit
            found += [one for one in consumed(got) if one >= begin]
            offset = batches[-1][0].next_offset
        assert offset >= limit
        assert found == wanted

    @rule(back=st.integers(0, 300))
    def look_up_time(self, back: int) -> None:
        target = self.clock.ms - back
        limit = stable(self.log, self.log_start, self.end)
        times = [
            (entry.base + n, entry.time + n)
            for entry in self.log
            for n in range(entry.after - entry.base)
            if self.log_start <= entry.base + n < limit
        ]
        found = next(((offset, time) for offset, time in times if time >= target), None)
        wanted = OffsetAt() if found is None else OffsetAt(found[0], found[1], 0)
        assert self.do(self.engine.offset_at(self.partition, target, committed=True)) == wanted

    # -- what happens to brokers

    @rule()
    def settle(self) -> None:
        self.do(self.engine.settle())

    @rule(damage=st.booleans(), pick=st.integers(0, 100))
    def restart(self, damage: bool, pick: int) -> None:
        self.do(self.engine.close())
        self.check_indexes()
        files = sorted((self.path / "events-0").glob("*.txnindex"))
        if damage and files:
            file = files[pick % len(files)]
            file.write_bytes(file.read_bytes()[:-1])
        self.start()
        self.durable = self.end

    @rule()
    def kill(self) -> None:
        self.do(crash(self.engine))
        self.start()
        self.durable = self.end

    @precondition(lambda self: self.log)
    @rule(seed=st.integers(0, 1 << 32))
    def power_cut(self, seed: int) -> None:
        self.do(crash(self.engine))
        self.rounds += 1
        target = self.root / str(self.rounds)
        self.disk.after_power_cut(self.path, target, random.Random(seed))
        shutil.rmtree(self.path)
        self.path = target
        other_boot(self.path)
        self.disk = PowerDisk()
        for file in self.path.rglob("*"):
            if file.is_file():
                self.disk._synced[str(file)] = file.read_bytes()
        self.start()
        left = self.partition.log_end_offset
        assert left >= self.durable
        self.log = [entry for entry in self.log if entry.after <= left]
        assert self.end == left or not self.log
        self.log_start = self.partition.log_start_offset
        self.durable = self.end

    def check_indexes(self) -> None:
        """Of the segments that are left: what the model says was aborted there."""
        directory = self.path / "events-0"
        bases = sorted(int(file.stem) for file in directory.glob("*.log"))
        found: list[AbortedTxn] = []
        for base in bases:
            file = directory / f"{base:020d}.txnindex"
            if file.exists():
                entries = list(parse_txn_index(file.read_bytes()))
                following = next((one for one in bases if one > base), self.end)
                assert all(base <= entry.last_offset < following for entry in entries)
                found += entries
        wanted = [entry for entry in aborted(self.log) if entry.last_offset >= bases[0]]
        if self.trimmed_open:  # first offsets below the log start may have been raised to it
            assert [one.last_offset for one in found] == [one.last_offset for one in wanted]
        else:
            assert found == wanted

    # -- always

    @invariant()
    def bounds(self) -> None:
        if not hasattr(self, "partition"):
            return
        partition = self.partition
        assert partition.error is ErrorCode.NONE
        assert partition.log_start_offset == self.log_start
        assert partition.log_end_offset == partition.high_watermark == self.end
        assert partition.last_stable_offset == stable(self.log, self.log_start, self.end)
        open_now = opened(self.log)
        for producer in PRODUCERS:
            epoch, _ = self.producer(producer)
            assert self.engine.has_open_transaction(partition, producer, epoch) == (producer in open_now)

    def teardown(self) -> None:
        try:
            if hasattr(self, "partition"):
                self.read(0.0, 700, False)
                self.do(self.engine.close())
                self.check_indexes()
        finally:
            self.loop.close()
            shutil.rmtree(self.root)


TransactionMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTransactions = TransactionMachine.TestCase
