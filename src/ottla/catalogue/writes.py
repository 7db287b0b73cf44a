"""Changes as SQL. Many changes become few statements: each statement run gives up and takes back the interpreter lock.

Puts and deletes of one key are absolute, so within a transaction only the last one counts: they are gathered per table and written as
multi-row upserts. What reaches across tables (topics, a group with its offsets) is written in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from ottla.catalogue.model import (
    CatalogueError,
    Change,
    DeleteGroup,
    DeleteOffset,
    DeletePendingOffset,
    DeleteTopic,
    DeleteTransaction,
    ForgetDeletedTopic,
    PutConfig,
    PutFeature,
    PutGroup,
    PutOffset,
    PutPendingOffset,
    PutTopic,
    PutTransaction,
    ReserveProducerIds,
    Topic,
)

Row = tuple[Any, ...]
# Rows per statement: few distinct texts, so that they stay prepared; 100 rows of 9 columns stay below SQLite's oldest limit of 999.
_CHUNKS = (100, 10, 1)


class Executor(Protocol):
    """What of a database connection this needs."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any: ...


class Table:
    """One table's upsert and delete."""

    def __init__(self, name: str, keys: Sequence[str], values: Sequence[str]) -> None:
        self.columns = len(keys) + len(values)
        self._insert = f"INSERT INTO {name} ({', '.join([*keys, *values])}) VALUES "
        updates = ", ".join(f"{column} = excluded.{column}" for column in values)
        self._conflict = f" ON CONFLICT ({', '.join(keys)}) DO " + (f"UPDATE SET {updates}" if values else "NOTHING")
        self._delete = f"DELETE FROM {name} WHERE {' AND '.join(f'{key} = ?' for key in keys)}"

    def upsert(self, db: Executor, rows: Sequence[Row]) -> None:
        """Writes rows whose keys differ."""
        done = 0
        for size in _CHUNKS:
            while len(rows) - done >= size:
                marks = f"({', '.join('?' * self.columns)})"
                sql = self._insert + ", ".join([marks] * size) + self._conflict
                db.execute(sql, [value for row in rows[done : done + size] for value in row])
                done += size

    def delete(self, db: Executor, keys: Sequence[Row]) -> None:
        if len(keys) == 1:
            db.execute(self._delete, keys[0])
        elif keys:
            db.executemany(self._delete, keys)


TOPICS = Table("topics", ("topic_id",), ("name", "is_internal"))
PARTITIONS = Table("partitions", ("topic_id", "partition_index"), ("leader_epoch", "replicas"))
DELETED_TOPICS = Table("deleted_topics", ("topic_id",), ())
CONFIGS = Table("configs", ("resource_type", "name", "key"), ("value",))
GROUPS = Table("group_states", ("group_id",), ("kind", "state", "updated_ms"))
OFFSETS = Table(
    "committed_offsets",
    ("group_id", "topic", "partition_index"),
    ("committed_offset", "leader_epoch", "metadata", "commit_ms", "expire_ms", "topic_id"),
)
TRANSACTIONS = Table("transactions", ("transactional_id",), ("state", "updated_ms"))
PENDING_OFFSETS = Table(
    "pending_offsets",
    ("group_id", "producer_id", "topic", "partition_index"),
    (
        "sequence",
        "is_superseded",
        "committed_offset",
        "leader_epoch",
        "metadata",
        "commit_ms",
        "expire_ms",
        "topic_id",
    ),
)
FEATURES = Table("features", ("name",), ("level",))
META = Table("meta", ("key",), ("value",))


class _Gather:
    """The last word on every key since the last change that reaches across tables. None as a row: delete."""

    def __init__(self, db: Executor) -> None:
        self.db = db
        self.tables: dict[Table, dict[Row, Row | None]] = {}
        self.topics: list[Topic] = []
        self.next_producer_id = -1

    def put(self, table: Table, key: Row, row: Row | None) -> None:
        if self.topics:
            self.write_topics()
        self.tables.setdefault(table, {})[key] = row

    def write(self) -> None:
        """Writes what was gathered."""
        for table, rows in self.tables.items():
            table.upsert(self.db, [row for row in rows.values() if row is not None])
            table.delete(self.db, [key for key, row in rows.items() if row is None])
        self.tables.clear()
        if self.next_producer_id >= 0:
            self.db.execute(
                "INSERT INTO counters (name, value) VALUES ('producer_ids', ?) ON CONFLICT (name) DO "
                "UPDATE SET value = excluded.value WHERE excluded.value > counters.value",
                (self.next_producer_id,),
            )
            self.next_producer_id = -1
        if self.topics:
            self.write_topics()

    def write_topics(self) -> None:
        topics, self.topics = self.topics, []
        latest = {topic.topic_id: topic for topic in topics}
        first = {topic.topic_id: topic for topic in reversed(topics)}
        new: list[Topic] = []
        for topic in latest.values():
            known = self.db.execute("SELECT name FROM topics WHERE topic_id = ?", (topic.topic_id,)).fetchone()
            if known is None:
                new.append(first[topic.topic_id])
            elif known[0] != topic.name:
                raise CatalogueError(f"topic {known[0]!r} cannot become {topic.name!r}: a topic keeps its name")
            else:
                self.db.execute("DELETE FROM partitions WHERE topic_id = ?", (topic.topic_id,))
        for earlier in new:
            if latest[earlier.topic_id].name != earlier.name:
                raise CatalogueError(f"topic {earlier.name!r} cannot become another: a topic keeps its name")
        TOPICS.upsert(self.db, [(topic.topic_id, topic.name, int(topic.is_internal)) for topic in latest.values()])
        PARTITIONS.upsert(
            self.db,
            [
                (topic.topic_id, part.index, part.leader_epoch, ",".join(map(str, part.replicas)))
                for topic in latest.values()
                for part in topic.partitions
            ],
        )
        CONFIGS.upsert(
            self.db, [("topic", topic.name, key, value) for topic in new for key, value in topic.configs.items()]
        )


def write(db: Executor, changes: Iterable[Change]) -> None:
    """Writes changes in order, inside the caller's transaction. Raises the driver's errors, and CatalogueError for an impossible one."""
    gather = _Gather(db)
    for change in changes:
        _WRITE[type(change)](gather, change)
    gather.write()


def _put_topic(gather: _Gather, change: PutTopic) -> None:
    if gather.tables:
        gather.write()
    gather.topics.append(change.topic)


def _delete_topic(gather: _Gather, change: DeleteTopic) -> None:
    gather.write()
    db, key = gather.db, (change.topic_id,)
    known = db.execute("SELECT name FROM topics WHERE topic_id = ?", key).fetchone()
    if known is None:
        return
    db.execute("DELETE FROM configs WHERE resource_type = 'topic' AND name = ?", known)
    db.execute("DELETE FROM committed_offsets WHERE topic = ?", known)
    db.execute("DELETE FROM pending_offsets WHERE topic = ?", known)
    db.execute("DELETE FROM partitions WHERE topic_id = ?", key)
    db.execute("DELETE FROM topics WHERE topic_id = ?", key)
    DELETED_TOPICS.upsert(db, [key])


def _forget_deleted_topic(gather: _Gather, change: ForgetDeletedTopic) -> None:
    gather.put(DELETED_TOPICS, (change.topic_id,), None)


def _put_config(gather: _Gather, change: PutConfig) -> None:
    key = (change.resource_type, change.name, change.key)
    if change.resource_type == "topic" and change.value is not None:
        if gather.topics:
            gather.write_topics()
        if gather.db.execute("SELECT 1 FROM topics WHERE name = ?", (change.name,)).fetchone() is None:
            return
    gather.put(CONFIGS, key, None if change.value is None else (*key, change.value))


def _put_group(gather: _Gather, change: PutGroup) -> None:
    row = change.row
    gather.put(GROUPS, (row.group_id,), (row.group_id, row.kind, row.state, row.updated_ms))


def _delete_group(gather: _Gather, change: DeleteGroup) -> None:
    gather.write()
    gather.db.execute("DELETE FROM committed_offsets WHERE group_id = ?", (change.group_id,))
    gather.db.execute("DELETE FROM pending_offsets WHERE group_id = ?", (change.group_id,))
    gather.db.execute("DELETE FROM group_states WHERE group_id = ?", (change.group_id,))


def _put_transaction(gather: _Gather, change: PutTransaction) -> None:
    row = change.row
    gather.put(TRANSACTIONS, (row.transactional_id,), (row.transactional_id, row.state, row.updated_ms))


def _delete_transaction(gather: _Gather, change: DeleteTransaction) -> None:
    gather.put(TRANSACTIONS, (change.transactional_id,), None)


def _put_pending_offset(gather: _Gather, change: PutPendingOffset) -> None:
    row, offset = change.row, change.row.offset
    key = (offset.group_id, row.producer_id, offset.topic, offset.partition)
    values = (
        row.sequence,
        int(row.is_superseded),
        offset.offset,
        offset.leader_epoch,
        offset.metadata,
        offset.commit_ms,
        offset.expire_ms,
        offset.topic_id,
    )
    gather.put(PENDING_OFFSETS, key, (*key, *values))


def _delete_pending_offset(gather: _Gather, change: DeletePendingOffset) -> None:
    gather.put(PENDING_OFFSETS, (change.group_id, change.producer_id, change.topic, change.partition), None)


def _put_offset(gather: _Gather, change: PutOffset) -> None:
    row = change.row
    key = (row.group_id, row.topic, row.partition)
    gather.put(
        OFFSETS,
        key,
        (*key, row.offset, row.leader_epoch, row.metadata, row.commit_ms, row.expire_ms, row.topic_id),
    )


def _delete_offset(gather: _Gather, change: DeleteOffset) -> None:
    gather.put(OFFSETS, (change.group_id, change.topic, change.partition), None)


def _put_feature(gather: _Gather, change: PutFeature) -> None:
    gather.put(FEATURES, (change.name,), (change.name, change.level))


def _reserve_producer_ids(gather: _Gather, change: ReserveProducerIds) -> None:
    gather.next_producer_id = max(gather.next_producer_id, change.next_id)


# Changes that are written by one statement.
SINGLE = (ForgetDeletedTopic, PutGroup, PutOffset, DeleteOffset, PutFeature, ReserveProducerIds)

_WRITE: dict[type, Callable[[_Gather, Any], None]] = {
    PutTopic: _put_topic,
    DeleteTopic: _delete_topic,
    ForgetDeletedTopic: _forget_deleted_topic,
    PutConfig: _put_config,
    PutGroup: _put_group,
    DeleteGroup: _delete_group,
    PutOffset: _put_offset,
    PutTransaction: _put_transaction,
    DeleteTransaction: _delete_transaction,
    PutPendingOffset: _put_pending_offset,
    DeletePendingOffset: _delete_pending_offset,
    DeleteOffset: _delete_offset,
    PutFeature: _put_feature,
    ReserveProducerIds: _reserve_producer_ids,
}
