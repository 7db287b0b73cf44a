"""Records to and from a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ottla.cli.client.access import Access, code_of, library, name_of, raised, sentence
from ottla.cli.client.model import Partition, Record
from ottla.cli.errors import CliError, UsageError

_POLL_S = 0.1
_POLL_RECORDS = 1000


class Writer:
    """Sends records. Failures are gathered (the first few with their words) and told by `close`."""

    FAILURES_KEPT = 5

    def __init__(self, access: Access, *, acks: str, compression: str, linger_ms: int = 5) -> None:
        self._kafka = library()
        access.check_reachable()
        self._access = access
        self.sent = 0
        self.failed = 0
        self.failures: list[str] = []
        settings = access.settings(
            acks=acks,
            enable_idempotence=acks == "all",  # a retry then neither repeats a record nor changes the order
            compression_type=compression,
            linger_ms=linger_ms,
            partitioner="murmur2_random",
            message_timeout_ms=int(access.timeout_s * 1000),
        )
        try:
            self._producer = self._kafka.Producer(settings)
        except self._kafka.KafkaException as error:
            raise UsageError(str(raised(error, access))) from error

    def check_topic(self, topic: str) -> None:
        """Waits until a topic can be written to, creating it where the broker does so. Raises CliError when it never can."""
        deadline = time.monotonic() + min(5.0, self._access.timeout_s)
        while True:
            try:
                found = self._producer.list_topics(topic, timeout=self._access.timeout_s).topics[topic]
            except self._kafka.KafkaException as error:
                raise raised(error, self._access) from error
            if found.error is None:
                return
            if time.monotonic() > deadline or name_of(found.error) not in (
                "UNKNOWN_TOPIC_OR_PARTITION",
                "LEADER_NOT_AVAILABLE",
            ):
                break
            time.sleep(_POLL_S)
        if name_of(found.error) == "UNKNOWN_TOPIC_OR_PARTITION":
            raise CliError(f"there is no topic {topic}; create it: ottla topic create {topic}")
        raise CliError(f"topic {topic}: {sentence(found.error)}")

    def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None = None,
        *,
        headers: Sequence[tuple[str, bytes | None]] = (),
        partition: int | None = None,
        timestamp_ms: int | None = None,
    ) -> None:
        """Queues a record; waits while the queue is full. Raises CliError for a record that can never be sent."""
        more: dict[str, object] = {}
        if headers:
            more["headers"] = list(headers)
        if partition is not None:
            more["partition"] = partition
        if timestamp_ms is not None:
            more["timestamp"] = timestamp_ms
        while True:
            try:
                self._producer.produce(topic, value, key, on_delivery=self._delivered, **more)
                break
            except BufferError:
                self._producer.poll(_POLL_S)
            except self._kafka.KafkaException as error:
                raise raised(error, self._access) from error
        self._producer.poll(0)

    def _delivered(self, error: Any, message: Any) -> None:
        if error is None:
            self.sent += 1
            return
        self.failed += 1
        if len(self.failures) < self.FAILURES_KEPT:
            self.failures.append(sentence(error))

    def close(self) -> None:
        """Waits for every answer."""
        self._producer.flush(self._access.timeout_s + 5)
        left = len(self._producer)
        if left:
            self.failed += left
            self.failures.append("no answer in time")


class Reader:
    """Reads records, either of partitions chosen here (`assign`) or as a member of a group (`join`)."""

    def __init__(self, access: Access, *, group: str | None, follow: bool, committed_only: bool = True) -> None:
        self._kafka = library()
        access.check_reachable()
        self._access = access
        self._group = group
        self._follow = follow
        self._open: set[Partition] = set()
        self._stops: dict[Partition, int] = {}
        self._assigned = False
        self._trouble: CliError | None = None
        settings = access.settings(
            group_id=group or "ottla-cli",
            enable_auto_commit=group is not None,
            enable_auto_offset_store=False,
            enable_partition_eof=True,
            auto_offset_reset="error" if group is None else "earliest",
            isolation_level="read_committed" if committed_only else "read_uncommitted",
            error_cb=self._on_error,
        )
        settings["error_cb"] = settings.pop("error.cb")
        try:
            self._consumer = self._kafka.Consumer(settings)
        except self._kafka.KafkaException as error:
            raise UsageError(str(raised(error, access))) from error

    def _on_error(self, error: Any) -> None:
        if name_of(error) == "_ALL_BROKERS_DOWN" and not self._follow:
            self._trouble = CliError(f"lost the connection to {self._access.bootstrap}")
        elif error.fatal():
            self._trouble = CliError(sentence(error))

    def assign(self, starts: Mapping[Partition, int], stops: Mapping[Partition, int]) -> None:
        """Reads partitions from these offsets; without `follow` up to `stops` (excluded)."""
        self._stops = dict(stops)
        self._open = {p for p, start in starts.items() if self._follow or start < stops[p]}
        self._assigned = True
        self._consumer.assign([self._kafka.TopicPartition(t, i, starts[t, i]) for t, i in sorted(self._open)])

    def join(self, topics: Sequence[str], first: Callable[[list[Partition]], Mapping[Partition, int]]) -> None:
        """Joins the group. `first` tells where to begin in partitions for which the group has no offset yet."""

        def on_assign(consumer: Any, partitions: list[Any]) -> None:
            known = consumer.committed(partitions, timeout=self._access.timeout_s)
            fresh = [(tp.topic, tp.partition) for tp in known if tp.offset < 0]
            begins = first(fresh) if fresh else {}
            for tp in known:
                if tp.offset < 0:
                    tp.offset = begins[tp.topic, tp.partition]
            self._open = {(tp.topic, tp.partition) for tp in partitions}
            self._assigned = True
            consumer.assign(known)

        def on_revoke(consumer: Any, partitions: list[Any]) -> None:
            self._open -= {(tp.topic, tp.partition) for tp in partitions}
            self._assigned = False
            consumer.unassign()

        self._consumer.subscribe(list(topics), on_assign=on_assign, on_revoke=on_revoke, on_lost=on_revoke)

    def records(self) -> Iterator[list[Record]]:
        """Records in lists as they come, an empty one now and then while none come. Ends at the end of the data without `follow`."""
        while self._follow or not self._assigned or self._open:
            try:
                messages = self._consumer.consume(_POLL_RECORDS, _POLL_S)
            except self._kafka.KafkaException as error:
                raise raised(error, self._access) from error
            if self._trouble is not None:
                raise self._trouble
            yield [record for message in messages if (record := self._taken(message)) is not None]

    def _taken(self, message: Any) -> Record | None:
        partition = (message.topic(), message.partition())
        error = message.error()
        if error is not None:
            if name_of(error) == "_PARTITION_EOF":
                self._open.discard(partition)
            elif not error.retriable() or name_of(error) in ("UNKNOWN_TOPIC_OR_PARTITION", "_UNKNOWN_TOPIC"):
                where = f"{partition[0]} partition {partition[1]}: " if partition[0] else ""
                raise CliError(where + sentence(error))
            return None
        offset = message.offset()
        stop = self._stops.get(partition)
        if stop is not None and not self._follow:
            if offset >= stop - 1:
                self._open.discard(partition)
            if offset >= stop:
                return None
        kind, timestamp = message.timestamp()
        return Record(
            *partition,
            offset,
            timestamp if kind != self._kafka.TIMESTAMP_NOT_AVAILABLE else None,
            message.key(),
            message.value(),
            message.headers() or [],
            message.leader_epoch(),
        )

    def done_with(self, record: Record) -> None:
        """Notes that everything up to a record was dealt with; the group's offset follows (every 5 s, and at `close`)."""
        if self._group is not None:
            at = self._kafka.TopicPartition(record.topic, record.partition, record.offset + 1)
            try:
                self._consumer.store_offsets(offsets=[at])
            except self._kafka.KafkaException as error:
                # The partition went to another member meanwhile: it will read this record again.
                if code_of(error) != "_STATE":
                    raise raised(error, self._access) from error

    def close(self) -> None:
        """Commits what was dealt with and leaves the group."""
        self._consumer.close()
