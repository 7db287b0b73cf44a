"""Produce, versions 3-13 (0-2 are advertised for librdkafka's sake, KAFKA-18659, and refused by closing, as Apache Kafka does).

The way of a batch: cut out of the frame, checked (exactly one v2 batch, CRC, size, sequence), patched in place, written. Records are
decoded only where the topic asks for it: `cleanup.policy` with `compact` (every record needs a key), `compression.type` other than
the producer's, and timestamps that may be out of bounds. That work leaves the loop when it is more than `INLINE_DEEP_BYTES`;
the connection's next request then waits, so that a producer's batches keep their order.

acks=1 is answered when the batch is written, acks=all when it is flushed, acks=0 never (an error closes the connection, which is how
such a producer learns of it). `min.insync.replicas` never refuses here: Apache Kafka caps it at the number of replicas, which is one.

A transactional batch that would begin its producer's transaction in a partition needs the transaction coordinator's word (KIP-890). From
version 12 on that adds the partition to the transaction, durably; the connection's next request waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.records.header import TRANSACTIONAL, set_log_append_time
from ottla.records.validate import Refusal, check_produced_batch, must_open
from ottla.storage.engine import Append, Partition
from ottla.wire import hot_produce
from ottla.wire.hot_produce import PartitionAnswer, ProduceCall, ProduceTopic

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.broker.transactions.produce import Refusals
    from ottla.rules.transactions.states import TopicPartition

INLINE_DEEP_BYTES = 32 * 1024
ACKS_ALL = -1

# What is planned for one partition of the request: an append, or its answer already.
Step = tuple[int, Append | PartitionAnswer]
Steps = list[tuple[str | bytes, list[Step]]]


def handle(broker: Broker, request: Request) -> Awaitable[None] | None:
    """Stage one: decode, check, queue the appends. The answer follows from the engine's callback."""
    version = request.api_version
    call = hot_produce.decode(request.body, version, request.body_pos)
    acks = call.acks
    if not -1 <= acks <= 1:
        refused: Steps = [
            (key, [(index, PartitionAnswer(index, ErrorCode.INVALID_REQUIRED_ACKS)) for index, _ in parts])
            for key, parts in call.topics
        ]
        Pending(broker, request, acks, refused).finish()
        return None
    now_ms = broker.clock.now_ms()
    deep: list[DeepCheck] = []
    steps: Steps = [(topic.key, _plan_topic(broker, topic, version, now_ms, deep)) for topic in call.topics]
    if call.transactional_id is not None or _is_transactional(steps):
        verified = _verify(broker, version, call.transactional_id, steps)
        if verified is not None:
            return _verified_then_append(broker, request, call, steps, deep, now_ms, verified)
    return _go_on(broker, request, call, steps, deep, now_ms)


def _go_on(
    broker: Broker, request: Request, call: ProduceCall, steps: Steps, deep: list[DeepCheck], now_ms: int
) -> Awaitable[None] | None:
    acks = call.acks
    if not deep:
        _append(broker, request, acks, call.timeout_ms, steps)
        return None
    if sum(len(check.append.batch) for check in deep) <= INLINE_DEEP_BYTES:
        _run_all(deep, now_ms)
        _finish_deep(steps, deep)
        _append(broker, request, acks, call.timeout_ms, steps)
        return None
    return _deep_then_append(broker, request, acks, call.timeout_ms, steps, deep, now_ms)


def _is_transactional(steps: Steps) -> bool:
    for _, parts in steps:
        for _, step in parts:
            if isinstance(step, Append) and step.header.attributes & TRANSACTIONAL:
                return True
    return False


def _verify(
    broker: Broker, version: int, transactional_id: str | None, steps: Steps
) -> asyncio.Future[Refusals] | None:
    """Has the transaction coordinator admit what would begin a transaction in a partition (KIP-890).

    Puts refusals in place of appends; returns what has to be waited for before the others may be written, if anything.
    """
    from ottla.broker.transactions.produce import Refused, admit, check_request, is_verified
    from ottla.rules.transactions.versions import IMPLICIT_SINCE, PRODUCE

    transactional = [
        step
        for _, parts in steps
        for _, step in parts
        if isinstance(step, Append) and step.header.attributes & TRANSACTIONAL
    ]
    if not transactional:
        return None
    # Without a producer the bit means nothing, and nobody is asked about it.
    found = [step for step in transactional if step.header.producer_id >= 0]
    error = check_request(transactional_id, [step.header.producer_id for step in found])
    if error or transactional_id is None:
        for _, parts in steps:
            parts[:] = [(index, PartitionAnswer(index, error)) for index, _ in parts]
        return None
    if not found:
        return None
    producer_id, producer_epoch = found[0].header.producer_id, found[0].header.producer_epoch
    engine = broker.engine
    beginning = []
    stale: dict[TopicPartition, Refused] = {}
    is_implicit = version >= IMPLICIT_SINCE[PRODUCE]
    for step in found:
        if engine.has_open_transaction(step.partition, producer_id, step.header.producer_epoch):
            continue
        where = (step.partition.topic, step.partition.index)
        if is_verified(broker.transactions, version):
            guard = engine.expect_transaction(step.partition, step.header, is_implicit=is_implicit)
            if guard is None:
                stale[where] = Refused(
                    ErrorCode.INVALID_PRODUCER_EPOCH, "The partition knows a later epoch of the producer"
                )
                continue
            step.guard = guard
        beginning.append(where)
    _refuse(steps, stale)

    def added() -> None:
        # While this waited at the coordinator for the end of the transaction before, that one's marker took the guards back.
        for step in found:
            if (step.partition.topic, step.partition.index) in beginning:
                guard = engine.expect_transaction(step.partition, step.header, is_implicit=True)
                step.guard = step.guard if guard is None else guard

    admitted = admit(broker.transactions, version, transactional_id, producer_id, producer_epoch, beginning, added)
    if isinstance(admitted, asyncio.Future):
        return admitted
    _refuse(steps, admitted)
    return None


def _refuse(steps: Steps, refusals: Refusals) -> None:
    if not refusals:
        return
    for _, parts in steps:
        for i, (index, step) in enumerate(parts):
            if isinstance(step, Append) and step.header.attributes & TRANSACTIONAL:
                refused = refusals.get((step.partition.topic, step.partition.index))
                if refused is not None:
                    parts[i] = (index, PartitionAnswer(index, refused.error, message=refused.message))


async def _verified_then_append(
    broker: Broker,
    request: Request,
    call: ProduceCall,
    steps: Steps,
    deep: list[DeepCheck],
    now_ms: int,
    verified: asyncio.Future[Refusals],
) -> None:
    _refuse(steps, await verified)
    if request.peer.closed:
        return
    waiting = _go_on(broker, request, call, steps, deep, now_ms)
    if waiting is not None:
        await waiting


async def _deep_then_append(
    broker: Broker, request: Request, acks: int, timeout_ms: int, steps: Steps, deep: list[DeepCheck], now_ms: int
) -> None:
    await asyncio.to_thread(_run_all, deep, now_ms)
    if not request.peer.closed:
        _finish_deep(steps, deep)
        _append(broker, request, acks, timeout_ms, steps)


def _run_all(deep: list[DeepCheck], now_ms: int) -> None:
    for check in deep:
        check.run(now_ms)


def _plan_topic(broker: Broker, topic: ProduceTopic, version: int, now_ms: int, deep: list[DeepCheck]) -> list[Step]:
    key = topic.key
    engine = broker.engine
    if isinstance(key, bytes):
        partitions = engine.topic_ids.get(key)
        unknown = ErrorCode.UNKNOWN_TOPIC_ID
    else:
        partitions = engine.topics.get(key)
        unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    steps: list[Step] = []
    for index, view in topic.partitions:
        if partitions is None:
            steps.append((index, PartitionAnswer(index, unknown)))
            continue
        partition = partitions[index] if 0 <= index < len(partitions) else None
        if partition is None:
            steps.append((index, PartitionAnswer(index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)))
            continue
        planned = plan_batch(partition, view, version, now_ms)
        if isinstance(planned, PartitionAnswer):
            steps.append((index, planned._replace(partition=index)))
            continue
        if isinstance(planned, DeepCheck):
            deep.append(planned)
            planned = planned.append
        steps.append((index, planned))
    return steps


def plan_batch(
    partition: Partition, view: memoryview | None, version: int, now_ms: int
) -> Append | DeepCheck | PartitionAnswer:
    """Checks one partition's records as far as the header shows them."""
    config = partition.config
    if view is None:
        return PartitionAnswer(partition.index, ErrorCode.INVALID_RECORD, message="Produce request without records")
    header = check_produced_batch(view, api_version=version, max_message_bytes=config.max_message_bytes)
    if isinstance(header, Refusal):
        return PartitionAnswer(partition.index, header.error, message=header.message)
    if len(view) != header.total_size:
        view = view[: header.total_size]
    if len(view) > config.segment_bytes:
        return PartitionAnswer(
            partition.index,
            ErrorCode.RECORD_LIST_TOO_LARGE,
            message=f"The record batch size of {len(view)} bytes exceeds the maximum configured segment size of {config.segment_bytes}.",
        )
    append = Append(partition, view, header)
    log_append_time = config.message_timestamp_type == "LogAppendTime"
    recompress = config.compression_type != "producer" and _CODECS[config.compression_type] != header.attributes & 7
    if recompress or must_open(
        header,
        compacted="compact" in config.cleanup_policy,
        now_ms=now_ms,
        before_max_ms=config.message_timestamp_before_max_ms,
        after_max_ms=config.message_timestamp_after_max_ms,
        log_append_time=log_append_time,
    ):
        return DeepCheck(append, recompress=recompress, log_append_time=log_append_time)
    if log_append_time:
        set_log_append_time(view, now_ms)
        append.header = header._replace(attributes=header.attributes | 0x08, max_timestamp=now_ms)
        append.log_append_time_ms = now_ms
    return append


_CODECS = {"uncompressed": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}


class DeepCheck:
    """A batch whose records must be looked at, or written in another codec. `run` may be called off the loop."""

    __slots__ = ("answer", "append", "log_append_time", "recompress")

    def __init__(self, append: Append, *, recompress: bool, log_append_time: bool) -> None:
        self.append = append
        self.recompress = recompress
        self.log_append_time = log_append_time
        self.answer: PartitionAnswer | None = None

    def run(self, now_ms: int) -> None:
        """Fills `answer` when the batch is refused; else leaves the batch to append in `append`."""
        from ottla.records.errors import RecordError
        from ottla.records.header import read_header
        from ottla.records.transform import rebuild
        from ottla.records.validate import check_records, refusal_of

        append = self.append
        config = append.partition.config
        index = append.partition.index
        try:
            faults = check_records(
                append.batch,
                append.header,
                compacted="compact" in config.cleanup_policy,
                now_ms=now_ms,
                before_max_ms=config.message_timestamp_before_max_ms,
                after_max_ms=config.message_timestamp_after_max_ms,
                log_append_time=self.log_append_time,
            )
            if faults:
                refusal = refusal_of(faults)
                self.answer = PartitionAnswer(
                    index,
                    refusal.error,
                    message=refusal.message,
                    record_errors=[(fault.index, fault.message) for fault in faults],
                )
                return
            if self.recompress:
                codec = _CODECS[config.compression_type]
                level = _level(append.partition, config.compression_type)
                raw = bytearray(rebuild(append.batch, append.header, codec=codec, level=level))
                append.batch = memoryview(raw)
                append.header = read_header(append.batch)
                if len(raw) > config.max_message_bytes:
                    self.answer = PartitionAnswer(
                        index,
                        ErrorCode.MESSAGE_TOO_LARGE,
                        message=f"The record batch is {len(raw)} bytes in the topic's codec, "
                        f"more than max.message.bytes={config.max_message_bytes}.",
                    )
                    return
            if self.log_append_time:
                set_log_append_time(append.batch, now_ms)
                append.header = append.header._replace(attributes=append.header.attributes | 0x08, max_timestamp=now_ms)
                append.log_append_time_ms = now_ms
        except RecordError as e:
            self.answer = PartitionAnswer(index, e.code, message=e.message)


def _level(partition: Partition, codec: str) -> int | None:
    config = partition.config
    match codec:
        case "gzip":
            return config.compression_gzip_level
        case "lz4":
            return config.compression_lz4_level
        case "zstd":
            return config.compression_zstd_level
    return None


def _finish_deep(steps: Steps, deep: list[DeepCheck]) -> None:
    """Replaces the appends that the deep check refused by their answers."""
    refused = {id(check.append): check.answer for check in deep if check.answer is not None}
    if not refused:
        return
    for _, parts in steps:
        for i, (index, step) in enumerate(parts):
            answer = refused.get(id(step))
            if answer is not None:
                parts[i] = (index, answer)


def _append(broker: Broker, request: Request, acks: int, timeout_ms: int, steps: Steps) -> None:
    appends = [step for _, parts in steps for _, step in parts if isinstance(step, Append)]
    pending = Pending(broker, request, acks, steps)
    if not appends:
        pending.finish()
        return
    broker.engine.append(appends, acks_all=acks == ACKS_ALL, on_done=pending.finish)
    if not pending.done:
        pending.bucket = -1
        broker.deadlines.add(pending, min(max(timeout_ms, 1), 600_000))


class Pending:
    """A produce request whose appends are queued."""

    __slots__ = ("acks", "broker", "bucket", "done", "request", "steps")

    def __init__(self, broker: Broker, request: Request, acks: int, steps: Steps) -> None:
        self.broker = broker
        self.request = request
        self.acks = acks
        self.steps = steps
        self.done = False
        self.bucket = 0

    def finish(self) -> None:
        """Every append is written (flushed) or refused."""
        if self.done:
            return
        self.done = True
        if self.bucket:
            self.broker.deadlines.drop(self)
        self._answer(_result)

    def expire(self) -> None:
        """The flush took longer than the producer wanted to wait. What was queued may still become durable, as in Apache Kafka."""
        if not self.done:
            self.done = True
            self._answer(_timed_out)

    def _answer(self, result: Callable[[int, Append], PartitionAnswer]) -> None:
        request = self.request
        if request.peer.closed:
            return
        answers = [
            (key, [step if isinstance(step, PartitionAnswer) else result(index, step) for index, step in parts])
            for key, parts in self.steps
        ]
        if self.acks == 0:
            failed = next((a for _, parts in answers for a in parts if a.error), None)
            if failed is not None:
                request.peer.abort(
                    f"Produce with acks=0 failed: {ErrorCode(failed.error).name} {failed.message or ''}".rstrip()
                )
            else:
                request.no_reply()
            return
        request.reply(hot_produce.encode(answers, request.api_version))


def _result(index: int, append: Append) -> PartitionAnswer:
    if append.error:
        return PartitionAnswer(
            index, append.error, message=append.error_message, log_start_offset=append.log_start_offset
        )
    return PartitionAnswer(index, 0, append.base_offset, append.log_append_time_ms, append.log_start_offset)


def _timed_out(index: int, append: Append) -> PartitionAnswer:
    return PartitionAnswer(index, ErrorCode.REQUEST_TIMED_OUT)
