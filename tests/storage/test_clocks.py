"""A wall clock that jumps: nothing is deleted, forgotten or held up because of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.storage.kit import NOW, SMALL, Clock, batch, opened, replace, run

from ottla.base.believed import BELIEVE_MS, BelievedTime
from ottla.base.errors import ErrorCode

DAY = 86_400_000


class TwoClocks(Clock):
    """The wall clock may be moved on its own."""

    ahead = 0

    def now_ms(self) -> int:
        return self.ms + self.ahead


def test_a_jump_forward_is_believed_when_it_lasts() -> None:
    clock = TwoClocks()
    believed = BelievedTime(clock)
    clock.ms += 20_000
    assert believed.now_ms() == clock.now_ms()
    clock.ahead = 10 * DAY
    assert believed.now_ms() == clock.ms
    clock.ms += BELIEVE_MS - 1
    assert believed.now_ms() == clock.ms
    clock.ahead = 0
    assert believed.now_ms() == clock.ms
    clock.ahead = 10 * DAY
    for _ in range(2):
        assert believed.now_ms() == clock.ms
        clock.ms += BELIEVE_MS // 2
    assert believed.now_ms() == clock.now_ms() == clock.ms + 10 * DAY
    clock.ahead = -DAY
    assert believed.now_ms() == clock.now_ms()
    clock.ahead += 30_000  # steps of a time service
    assert believed.now_ms() == clock.now_ms()


@pytest.mark.parametrize("jump", [30 * DAY, -30 * DAY, 60_000, -60_000])
def test_retention_and_producers_outlive_a_jump(tmp_path: Path, jump: int) -> None:
    async def work() -> None:
        clock = TwoClocks()
        config = replace(SMALL, retention_ms=7 * DAY, file_delete_delay_ms=0, segment_ms=10 * DAY)
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=config)
            await store.append(partition, batch(producer=7, sequence=0))
            await store.append(partition, batch(producer=8, sequence=0, is_transactional=True))
            await store.fill(partition, 60)
            await store.engine.settle()
            clock.ahead = jump
            for _ in range(3):
                clock.ms += 600_000
                await store.engine.settle()
            assert partition.log_start_offset == 0
            again = await store.append(partition, batch(producer=7, sequence=0))
            assert (again.error, again.base_offset) == (ErrorCode.NONE, 0), "it is known still: a repeat"
            assert (await store.append(partition, batch(producer=7, sequence=1), acks_all=True)).base_offset == 62
            clock.ahead = 0
            clock.ms += 2 * DAY
            await store.engine.settle()
            fresh = await store.append(partition, batch(producer=7, sequence=9))
            assert fresh.error is ErrorCode.NONE, "a day without a word: forgotten"
            open_one = await store.append(partition, batch(producer=8, sequence=5, is_transactional=True))
            assert open_one.error is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, "not while its transaction is open"
            for _ in range(3):
                clock.ms += 2 * DAY
                await store.engine.settle()
            assert partition.log_start_offset > 0, "and time that really passes counts"

    run(work())


def test_segments_roll_and_expiry_goes_on_after_a_restart_in_the_past(tmp_path: Path) -> None:
    """The machine comes up with its clock years behind: appends, reads, flushes and rolls work; records keep their own times."""

    async def work() -> None:
        clock = TwoClocks()
        config = replace(SMALL, segment_ms=3_600_000)
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=config)
            sent = await store.fill(partition, 20, acks_all=True)
            await store.append(partition, batch(producer=7, sequence=0))
        clock.ahead = -1000 * DAY
        async with opened(tmp_path, clock) as store:
            partition = await store.open(config=config)
            assert (await store.read_all(partition))[:20] == sent
            assert (await store.append(partition, batch(producer=7, sequence=0))).base_offset == 20
            one = await store.append(partition, batch(producer=7, sequence=1, timestamp=NOW + 5_000_000), acks_all=True)
            assert one.base_offset == 21
            assert len(partition.segments) >= 2, "by the span of the records' own times"  # type: ignore[attr-defined]
            await store.engine.settle()
            clock.ahead = 0
            await store.engine.settle()
            assert (await store.append(partition, batch(), acks_all=True)).base_offset == 22

    run(work())
