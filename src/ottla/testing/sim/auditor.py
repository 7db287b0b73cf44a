"""The judge: a plain model of what clients were told, and the rules that no later answer may break. It knows nothing of the broker.

A record is known by its value, which no other record has. What a client was told is final as far as the acknowledgement went:

- acks=all, acknowledged or seen by a reader: at its offset for ever ("hard"), with everything before it in its partition.
- acks=1 and acks=0, acknowledged or seen: survives the process; a power cut may take it ("soft"), together with all that follows it.
  What survives a restart was flushed by it and is hard from then on.
- refused for good: never seen.
- no answer: at most once for a producer that does not retry and for an idempotent one; it may be there or not.

A marker (`marker()`) takes an offset like a record and is nobody's; it may stand there more than once.

Answers to requests that were sent before the last power cut prove nothing about soft records. Groups are judged by `groups.py`,
transactions by `txn_auditor.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Key = tuple[str, int]
"""(topic, partition)."""
MARKER = "#"
"""What the value of a transaction marker begins with, here. No record's does."""


class Floor(NamedTuple):
    """What was known of a partition when a request was sent."""

    high_watermark: int
    log_start: int
    stable: int = 0


class Violation(Exception):
    """A rule was broken. `rule` is its short name."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(f"{rule}: {message}")
        self.rule = rule


@dataclass(slots=True)
class Attempt:
    """One record a producer tried to write. `acks` -1: all."""

    producer: str
    number: int
    acks: int
    retried: bool
    acked: bool = False
    refused: bool = False
    lost: bool = False


@dataclass(slots=True)
class PartitionModel:
    """What is known of one partition."""

    key: Key
    attempts: dict[str, Attempt] = field(default_factory=dict)
    log: dict[int, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    limbos: list[dict[int, str]] = field(default_factory=list)
    """Soft records that power cuts may have taken, one dictionary for each cut."""
    hard_end: int = 0
    seen_end: int = 0
    """No high watermark may be below this any more."""
    stable: int = 0
    """No last stable offset may be below this any more."""
    log_start: int = 0
    log_start_max: int = 0
    """The furthest anyone asked the log start to move to."""
    cuts: list[tuple[float, int]] = field(default_factory=list)
    """Power cuts that may have taken records: when, and the offset from which on."""


class Auditor:
    """Collects what clients observe. A broken rule raises Violation, after `on_violation` was told."""

    def __init__(self, time: Callable[[], float], on_violation: Callable[[Violation], None]) -> None:
        self.time = time
        self.partitions: dict[Key, PartitionModel] = {}
        self.acked_records = 0
        self.seen_records = 0
        self.power_cut_at = -1.0
        self.on_placed: Callable[[Key, int, str], None] | None = None
        self._on_violation = on_violation

    def violate(self, rule: str, message: str) -> Violation:
        """Makes, reports and returns a violation, for `raise`."""
        violation = Violation(rule, message)
        self._on_violation(violation)
        return violation

    def partition(self, key: Key) -> PartitionModel:
        model = self.partitions.get(key)
        if model is None:
            model = self.partitions[key] = PartitionModel(key)
        return model

    # --- producers --------------------------------------------------------------------------------------------------------------

    def sending(self, key: Key, producer: str, numbers: Sequence[int], values: Sequence[str], acks: int) -> None:
        """A producer is about to write these for the first time."""
        attempts = self.partition(key).attempts
        for number, value in zip(numbers, values, strict=True):
            assert value not in attempts, "values are unique"
            attempts[value] = Attempt(producer, number, acks, retried=False)

    def acked(self, key: Key, values: Sequence[str], base_offset: int, acks: int, sent_at: float) -> None:
        """The broker acknowledged a batch (`base_offset` -1: as a duplicate whose place it no longer knows)."""
        model = self.partition(key)
        for step, value in enumerate(values):
            attempt = model.attempts[value]
            if not attempt.acked:
                attempt.acked = True
                self.acked_records += 1
            if attempt.lost and acks == -1:
                raise self.violate("lost", f"{key}: {value} is acknowledged but was found to be lost")
            if base_offset < 0:
                continue
            if acks == -1 or sent_at > self.power_cut_at:
                self._place(model, base_offset + step, value)
        if acks == -1 and base_offset >= 0:
            end = base_offset + len(values)
            model.hard_end = max(model.hard_end, end)
            model.seen_end = max(model.seen_end, end)

    def refused(self, key: Key, values: Iterable[str]) -> None:
        """The broker said that it has not written these and never will."""
        model = self.partition(key)
        for value in values:
            model.attempts[value].refused = True
            if value in model.places:
                raise self.violate("refused", f"{key}: {value} was refused, but it is at {model.places[value]}")

    # --- readers ----------------------------------------------------------------------------------------------------------------

    def saw(
        self, key: Key, reader: str, records: Sequence[tuple[int, str]], high_watermark: int, sent_at: float
    ) -> None:
        """A reader was given records: (offset, value), in the order they came."""
        model = self.partition(key)
        before = -1
        for offset, value in records:
            self.seen_records += 1
            if offset >= high_watermark:
                raise self.violate(
                    "high-watermark",
                    f"{key}: {reader} was given offset {offset}, the high watermark is {high_watermark}",
                )
            if offset <= before:
                raise self.violate("order", f"{key}: {reader} was given offset {offset} after {before}")
            if before >= 0 and offset != before + 1:
                raise self.violate("gap", f"{key}: {reader} was given offset {offset} right after {before}")
            before = offset
            attempt = model.attempts.get(value)
            if attempt is None and value.startswith(MARKER):
                self._place_marker(model, offset, value)
                continue
            if attempt is None:
                raise self.violate("phantom", f"{key}: {reader} read {value!r} at {offset}, which nobody wrote")
            if attempt.acks == -1 or sent_at > self.power_cut_at:
                self._place(model, offset, value)
                if attempt.acks == -1:
                    model.hard_end = max(model.hard_end, offset + 1)

    def floor(self, key: Key) -> Floor:
        """Captured when a request is sent: what its answer may not contradict."""
        model = self.partition(key)
        return Floor(model.seen_end, model.log_start, model.stable)

    def known(self, key: Key, offset: int) -> str | None:
        """What is known to be at an offset."""
        return self.partition(key).log.get(offset)

    def seen_end(self, key: Key) -> int:
        """How far anybody could read."""
        return self.partition(key).seen_end

    def bounds(
        self, key: Key, who: str, log_start: int, high_watermark: int, floor: Floor, sent_at: float, stable: int = -1
    ) -> None:
        """A reader was told where the log begins and how far it may read, also if it wants committed data only (-1: not told)."""
        if sent_at <= self.power_cut_at:
            return
        model = self.partition(key)
        if 0 <= high_watermark < floor.high_watermark:
            raise self.violate(
                "high-watermark",
                f"{key}: {who} was told high watermark {high_watermark}, {floor.high_watermark} was known before",
            )
        model.seen_end = max(model.seen_end, high_watermark)
        if 0 <= high_watermark < stable:
            raise self.violate(
                "lso", f"{key}: {who} was told last stable offset {stable} and high watermark {high_watermark}"
            )
        if 0 <= stable < floor.stable:
            raise self.violate(
                "lso", f"{key}: {who} was told last stable offset {stable}, {floor.stable} was known before"
            )
        model.stable = max(model.stable, stable)
        if log_start < 0:
            return
        if log_start > model.log_start_max:
            raise self.violate("log-start", f"{key}: {who} was told log start {log_start}, nobody deleted so much")
        if log_start < floor.log_start:
            raise self.violate(
                "log-start", f"{key}: {who} was told log start {log_start}, it was {floor.log_start} before"
            )

    def trimming(self, key: Key, before_offset: int) -> None:
        """Someone asks for records to be deleted."""
        model = self.partition(key)
        model.log_start_max = max(model.log_start_max, before_offset)

    def trimmed(self, key: Key, log_start: int) -> None:
        """The broker says it has deleted them."""
        model = self.partition(key)
        model.log_start = max(model.log_start, log_start)

    def out_of_range(self, key: Key, reader: str, position: int, floor: Floor, sent_at: float) -> None:
        """A reader was told that its position is outside of the log."""
        model = self.partition(key)
        if position < model.log_start_max or sent_at <= self.power_cut_at:
            return
        if position <= floor.high_watermark:
            raise self.violate(
                "lost",
                f"{key}: {reader} stands at {position}, which is out of range; {floor.high_watermark} was visible before",
            )

    # --- what happens to the broker ---------------------------------------------------------------------------------------------

    def died(self, how: str) -> None:
        """The broker is gone: "kill", "power cut" or "stop"."""
        if how != "power cut":
            return
        self.power_cut_at = self.time()
        for model in self.partitions.values():
            soft = [offset for offset in model.log if offset >= model.hard_end]
            limbo: dict[int, str] = {}
            for offset in sorted(soft):
                value = limbo[offset] = model.log.pop(offset)
                model.places.pop(value, None)
            if limbo:
                model.limbos.append(limbo)
            model.seen_end = min(model.seen_end, model.hard_end)
            model.stable = min(model.stable, model.hard_end)
            model.cuts.append((self.power_cut_at, model.hard_end))

    def started(self) -> None:
        """The broker serves again. What it found it has flushed."""
        for model in self.partitions.values():
            if model.log:
                model.hard_end = max(model.hard_end, max(model.log) + 1)

    # --- the log ----------------------------------------------------------------------------------------------------------------

    def _place(self, model: PartitionModel, offset: int, value: str) -> None:
        known = model.log.get(offset)
        if known == value:
            return
        key = model.key
        if known is not None:
            raise self.violate("two-values", f"{key}: offset {offset} was {known}, now it is {value}")
        elsewhere = model.places.get(value)
        if elsewhere is not None:
            raise self.violate("duplicate", f"{key}: {value} is at {elsewhere} and at {offset}")
        attempt = model.attempts[value]
        if attempt.refused:
            raise self.violate("refused", f"{key}: {value} was refused, but it is at {offset}")
        if attempt.lost:
            raise self.violate("lost", f"{key}: {value} is at {offset} though records before it were lost")
        for limbo in model.limbos:
            self._leave_limbo(model, limbo, offset, value)
        model.limbos = [limbo for limbo in model.limbos if limbo]
        model.log[offset] = value
        model.places[value] = offset
        if self.on_placed is not None:
            self.on_placed(key, offset, value)

    def _place_marker(self, model: PartitionModel, offset: int, value: str) -> None:
        """A marker is flushed before it is seen."""
        known = model.log.get(offset)
        if known is None:
            for limbo in model.limbos:
                self._leave_limbo(model, limbo, offset, value)
            model.log[offset] = value
        elif known != value:
            raise self.violate("two-values", f"{model.key}: offset {offset} was {known}, now it is {value}")
        model.hard_end = max(model.hard_end, offset + 1)

    def _leave_limbo(self, model: PartitionModel, limbo: dict[int, str], offset: int, value: str) -> None:
        """An offset from the time after a power cut shows how far the log survived it: it survives as a beginning of itself."""
        if limbo.get(offset) == value:
            for survivor in sorted(one for one in limbo if one <= offset):
                model.log[survivor] = limbo[survivor]
                model.places[limbo.pop(survivor)] = survivor
            model.hard_end = max(model.hard_end, offset + 1)
            return
        elsewhere = next((at for at, one in limbo.items() if one == value), None)
        if elsewhere is not None:
            raise self.violate(
                "duplicate", f"{model.key}: {value} was at {elsewhere} before the power cut, now it is at {offset}"
            )
        if offset in limbo:
            for gone in [one for one in limbo if one >= offset]:
                attempt = model.attempts[limbo.pop(gone)]
                attempt.lost = True

    # --- the end ----------------------------------------------------------------------------------------------------------------

    def final(self, key: Key, records: Sequence[tuple[int, str]], log_start: int, log_end: int) -> None:
        """The whole of a partition, read by a fresh reader when nothing moves any more."""
        model = self.partition(key)
        self.saw(key, "final reader", records, log_end, self.time())
        offsets = {offset for offset, _ in records}
        if len(records) != log_end - log_start:
            raise self.violate("lost", f"{key}: {len(records)} records in [{log_start}, {log_end})")
        for offset, value in model.log.items():
            if offset >= log_start and offset not in offsets:
                raise self.violate("lost", f"{key}: {value} was at {offset}; the log ends at {log_end}")
        model.limbos.clear()
        there = {value for _, value in records}
        for value, attempt in model.attempts.items():
            if (
                attempt.acked
                and attempt.acks == -1
                and value not in there
                and model.places.get(value, -1) < 0
                and not log_start
            ):
                raise self.violate("lost", f"{key}: {value} was acknowledged and is nowhere")
        newest: dict[str, tuple[int, str]] = {}
        for offset, value in records:
            if value.startswith(MARKER):
                continue
            attempt = model.attempts[value]
            last = newest.get(attempt.producer)
            if last is not None and attempt.number <= last[0]:
                raise self.violate("order", f"{key}: {value} at {offset} lies behind {last[1]}")
            newest[attempt.producer] = (attempt.number, value)
