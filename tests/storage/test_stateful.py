"""An engine against a plain model, through appends, reads, trims, rolls, restarts, kills and power cuts."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.storage.disks import PowerDisk
from tests.storage.kit import NOW, SMALL, Clock, Store, batch, batches_of, crash, local_engine, other_boot, replace

from ottla.base.errors import ErrorCode
from ottla.records.header import read_header
from ottla.storage.engine import OffsetAt, Partition

CONFIG = replace(SMALL, segment_bytes=1500, index_interval_bytes=200, segment_ms=1000)


@dataclass
class Sent:
    """A batch of the model: its first and next offset, its bytes as they should lie in the log, the times of its records."""

    base: int
    after: int
    data: bytes
    times: list[int]
    durable: bool


@dataclass
class Model:
    batches: list[Sent] = field(default_factory=list)
    log_start: int = 0
    end: int = 0
    sequence: dict[int, int] = field(default_factory=dict)  # producer -> next sequence
    last: dict[int, tuple[int, int, int]] = field(
        default_factory=dict
    )  # producer -> sequence, count, base of its last batch


class EngineMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.root = Path(tempfile.mkdtemp(prefix="ottla-stateful-"))
        self.path = self.root / "0"
        self.rounds = 0
        self.clock = Clock()
        self.model = Model()
        self.disk = PowerDisk()

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

    # -- what clients do

    @rule(
        count=st.integers(1, 3),
        size=st.sampled_from([5, 60, 400]),
        acks_all=st.booleans(),
        step=st.integers(-300, 600),
        producer=st.sampled_from([-1, -1, 1, 2]),
    )
    def append(self, count: int, size: int, acks_all: bool, step: int, producer: int) -> None:
        model = self.model
        self.clock.ms += max(step, 0)
        timestamp = self.clock.ms + min(step, 0)
        sequence = model.sequence.get(producer, 0)
        data = batch(count, timestamp=timestamp, size=size, producer=producer, sequence=sequence)
        one = self.do(self.store.append(self.partition, data, acks_all=acks_all))
        assert one.error is ErrorCode.NONE
        assert one.base_offset == model.end
        times = [timestamp + n for n in range(count)]
        model.batches.append(Sent(model.end, model.end + count, bytes(data), times, acks_all))
        if acks_all:
            for sent in model.batches:
                sent.durable = True
        if producer >= 0:
            model.sequence[producer] = sequence + count
            model.last[producer] = (sequence, count, model.end)
        model.end += count

    @precondition(lambda self: self.model.last)
    @rule(data=st.data(), acks_all=st.booleans())
    def repeat(self, data: st.DataObject, acks_all: bool) -> None:
        producer = data.draw(st.sampled_from(sorted(self.model.last)))
        sequence, count, base = self.model.last[producer]
        again = batch(count, producer=producer, sequence=sequence)
        one = self.do(self.store.append(self.partition, again, acks_all=acks_all))
        assert (one.error, one.base_offset) == (ErrorCode.NONE, base)

    @precondition(lambda self: self.model.sequence)
    @rule(data=st.data())
    def skip_ahead(self, data: st.DataObject) -> None:
        producer = data.draw(st.sampled_from(sorted(self.model.sequence)))
        gap = batch(1, producer=producer, sequence=self.model.sequence[producer] + 1)
        one = self.do(self.store.append(self.partition, gap))
        assert one.error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER

    @rule(where=st.floats(0, 1), budget=st.sampled_from([1, 150, 500, 3000, 1 << 20]), cold=st.booleans())
    def read(self, where: float, budget: int, cold: bool) -> None:
        model = self.model
        offset = model.log_start + int((model.end - model.log_start) * where)
        if cold:
            got = self.do(self.engine.read_cold(self.partition, offset, budget, at_least_one=True))
        else:
            got = self.do(self.store.read(self.partition, offset, budget))
        found = [bytes(view) for _, view in batches_of(got)]
        wanted = [sent.data for sent in model.batches if sent.after > offset]
        assert found == wanted[: len(found)]
        assert bool(found) == bool(wanted)

    @rule(back=st.integers(-5, 2500))
    def look_up_time(self, back: int) -> None:
        target = self.clock.ms - back
        times = [(sent.base + n, time) for sent in self.model.batches for n, time in enumerate(sent.times)]
        visible = [(offset, time) for offset, time in times if offset >= self.model.log_start]
        found = next(((offset, time) for offset, time in visible if time >= target), None)
        wanted = OffsetAt() if found is None else OffsetAt(found[0], found[1], 0)
        assert self.do(self.engine.offset_at(self.partition, target)) == wanted

    @rule()
    def look_up_newest(self) -> None:
        times = [
            (time, -(sent.base + n))
            for sent in self.model.batches
            for n, time in enumerate(sent.times)
            if sent.after > self.model.log_start
        ]
        found = self.do(self.engine.max_timestamp(self.partition))
        if not times:
            assert found == OffsetAt()
            return
        newest, offset = max(times)
        assert found.timestamp_ms == newest
        assert found.offset == max(-offset, self.model.log_start)

    @rule(where=st.floats(0, 1))
    def trim(self, where: float) -> None:
        model = self.model
        before = model.log_start + int((model.end - model.log_start) * where)
        assert self.do(self.engine.trim(self.partition, before)) is ErrorCode.NONE
        for sent in model.batches:
            sent.durable |= sent.base < before  # what is trimmed was flushed first
        model.log_start = before
        model.batches = [sent for sent in model.batches if sent.after > before]

    # -- what happens to brokers

    @rule()
    def settle(self) -> None:
        self.do(self.engine.settle())

    @rule()
    def restart(self) -> None:
        self.do(self.engine.close())
        self.start()
        for sent in self.model.batches:
            sent.durable = True

    @rule()
    def kill(self) -> None:
        self.do(crash(self.engine))
        self.start()
        for sent in self.model.batches:
            sent.durable = True  # recovery flushes what it found

    @rule(torn=st.binary(max_size=200))
    def kill_while_writing(self, torn: bytes) -> None:
        self.do(crash(self.engine))
        logs = sorted((self.path / "events-0").glob("*.log"))
        if logs:
            whole = bytes(batch(2, size=100))
            with logs[-1].open("ab") as file:
                file.write(whole[: len(torn)] if len(torn) % 2 else torn)
        self.start()
        for sent in self.model.batches:
            sent.durable = True

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
        for file in self.path.rglob("*"):  # what is on the disk now is on the disk
            if file.is_file():
                self.disk._synced[str(file)] = file.read_bytes()
        self.start()
        model = self.model
        end = self.partition.high_watermark
        lost = [sent for sent in model.batches if sent.after > end]
        assert not any(sent.durable for sent in lost), "an acknowledged batch is gone"
        assert self.partition.log_start_offset == model.log_start <= end
        model.log_start = self.partition.log_start_offset
        model.batches = [sent for sent in model.batches if sent.after <= end]
        for sent in model.batches:
            sent.durable = True
        model.end = end
        self.reread_producers()

    def reread_producers(self) -> None:
        """What was lost is forgotten: the model takes the sequences from the engine, after checking them against what is left."""
        model = self.model
        known = {entry.producer_id: entry for entry in self.engine.producers(self.partition)}
        for producer in list(model.sequence):
            left = [
                header
                for header in (read_header(sent.data) for sent in model.batches)
                if header.producer_id == producer
            ]
            if left:
                assert known[producer].last_sequence == left[-1].last_sequence
            if producer in known:
                model.sequence[producer] = known[producer].last_sequence + 1
                if left:
                    model.last[producer] = (left[-1].base_sequence, left[-1].records_count, left[-1].base_offset)
                else:
                    model.last.pop(producer, None)
            else:
                model.sequence.pop(producer, None)
                model.last.pop(producer, None)

    # -- always

    @invariant()
    def bounds(self) -> None:
        if not hasattr(self, "partition"):
            return
        assert self.partition.error is ErrorCode.NONE
        assert self.partition.log_start_offset == self.model.log_start
        assert self.partition.log_end_offset == self.model.end

    def teardown(self) -> None:
        try:
            if hasattr(self, "partition"):
                found = self.do(self.store.read_all(self.partition, 700))
                assert found == [sent.data for sent in self.model.batches]
                self.do(self.engine.close())
        finally:
            self.loop.close()
            shutil.rmtree(self.root)


EngineMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEngine = EngineMachine.TestCase
assert NOW
