"""Load on a cluster, for `ottla bench`: what one ordinary client achieves, measured at the client."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ottla.cli.client.access import Access, library, raised, sentence
from ottla.cli.client.model import Partition
from ottla.cli.errors import CliError, UsageError

_KINDS = 64  # different values in turn, so that compression has something to do
_KINDS_BYTES = 4 << 20
_BLOCK_BYTES = 1 << 20
_QUEUE_KIB = 128 * 1024
_TEXT = b'{"origin":"EWR","carrier":"UA","dep_delay":2.0,"distance":1400}'


@dataclass(slots=True, frozen=True)
class Moved:
    """Records moved, their bytes (keys and values), and the seconds it took until the last was acknowledged or read."""

    records: int
    bytes: int
    seconds: float


def _values(size: int) -> list[bytes]:
    """Values that compress about as well as JSON does: half noise, half text."""
    kinds = max(1, min(_KINDS, _KINDS_BYTES // max(size, 1)))
    text = _TEXT * (size // len(_TEXT) + 1)
    return [(os.urandom(size // 2) + text)[:size] for _ in range(kinds)]


class _Deliveries:
    """Counts what was acknowledged; keeps the first failure."""

    def __init__(self) -> None:
        self.count = 0
        self.failure: str | None = None

    def __call__(self, error: Any, message: Any) -> None:
        if error is None:
            self.count += 1
        elif self.failure is None:
            self.failure = sentence(error)

    def check(self, sent: int) -> None:
        if self.failure is not None:
            raise CliError(f"{sent - self.count} of {sent} records were not acknowledged: {self.failure}")
        if self.count != sent:
            raise CliError(f"{sent - self.count} of {sent} records were not acknowledged in time")


def _producer(access: Access, **more: object) -> Any:
    kafka = library()
    try:
        return kafka.Producer(access.settings(message_timeout_ms=int(access.timeout_s * 1000), **more))
    except kafka.KafkaException as error:
        raise UsageError(str(raised(error, access))) from error


def produce(
    access: Access, topic: str, *, size: int, seconds: float, bytes_max: int, acks: str, compression: str
) -> Moved:
    """Sends records of `size` bytes, batched, for `seconds` or up to `bytes_max`. Raises CliError when any is refused."""
    client = _producer(
        access,
        acks=acks,
        compression_type=compression,
        linger_ms=5,
        queue_buffering_max_kbytes=_QUEUE_KIB,
        message_max_bytes=max(1_000_000, size + 1024),
    )
    values = _values(size)
    rows = max(1, min(500, _BLOCK_BYTES // max(size, 1)))
    block: list[dict[str, Any]] = [{"value": values[n % len(values)]} for n in range(rows)]
    deliveries = _Deliveries()
    sent = 0
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds and sent * size < bytes_max and deliveries.failure is None:
        taken = client.produce_batch(topic, block, on_delivery=deliveries)
        sent += taken
        client.poll(0 if taken == rows else 0.005)
        if taken < rows:
            if not taken and any(row["_error"].code() != library().KafkaError._QUEUE_FULL for row in block):
                raise CliError(sentence(block[0]["_error"]))
            for row in block:
                row.pop("_error", None)
    client.flush(access.timeout_s + 5)
    deliveries.check(sent)
    return Moved(sent, sent * size, time.perf_counter() - begun)


def consume(access: Access, starts: Mapping[Partition, int], records: int) -> Moved:
    """Reads `records` records from these offsets. Raises CliError when none come for as long as an answer may take."""
    kafka = library()
    try:
        client = kafka.Consumer(
            access.settings(
                group_id="ottla-bench",
                enable_auto_commit=False,
                fetch_wait_max_ms=100,
                queued_min_messages=200_000,
                auto_offset_reset="error",
            )
        )
    except kafka.KafkaException as error:
        raise UsageError(str(raised(error, access))) from error
    got = size = 0
    begun = last = time.perf_counter()
    try:
        client.assign([kafka.TopicPartition(topic, index, offset) for (topic, index), offset in starts.items()])
        while got < records:
            messages = client.consume(min(2000, records - got), 0.2)
            for message in messages:
                if message.error() is not None:
                    raise CliError(sentence(message.error()))
                size += len(message)
            got += len(messages)
            now = time.perf_counter()
            if messages:
                last = now
            elif now - last > access.timeout_s:
                raise CliError(f"{got} of {records} records came, then none for {access.timeout_s:g} s")
        return Moved(got, size, time.perf_counter() - begun)
    except kafka.KafkaException as error:
        raise raised(error, access) from error
    finally:
        client.close()


def round_trips(access: Access, topic: str, *, size: int, seconds: float, acks: str) -> list[float]:
    """Sends one record after the other, each after the answer to the one before; returns the seconds of each, ascending."""
    client = _producer(access, acks=acks, linger_ms=0)
    (value, *_) = _values(size)
    times: list[float] = []
    for warm in (True, False):
        deliveries = _Deliveries()
        end = time.perf_counter() + (min(seconds, 0.2) if warm else seconds)
        count = 0
        while not count or time.perf_counter() < end:
            begun = time.perf_counter()
            client.produce(topic, value, on_delivery=deliveries)
            count += 1
            while deliveries.count < count and deliveries.failure is None:
                client.poll(1.0)
                if time.perf_counter() - begun > access.timeout_s + 5:
                    break
            deliveries.check(count)
            if not warm:
                times.append(time.perf_counter() - begun)
    return sorted(times)
