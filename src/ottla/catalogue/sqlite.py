"""The catalogue in one SQLite file, for a broker that needs nothing else to run.

One writer thread owns the connection. Whatever is queued while one transaction is on its way to the device goes into the next one
(group commit), so a commit waits for at most the group in flight and its own. Image and futures change on the loop only, in the order
of the commits. A group that fails is taken back and its members are tried one by one, so that an impossible change hurts only itself.

A full disk refuses what does not fit and is tried again with the next commit. After an I/O error nothing is known about what
the device holds: the catalogue refuses every further change until the broker is started again, which reads the file anew.

The file is opened in exclusive locking mode: a second process gets a clear refusal, and SQLite needs no shared memory file.
Not here: a catalogue shared by several nodes (that is PostgreSQL's job), backup while running.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ottla.base.ids import random_uuid, uuid_to_text
from ottla.catalogue import schema, writes
from ottla.catalogue.image import Image
from ottla.catalogue.model import (
    CatalogueError,
    Change,
    GroupRow,
    OffsetRow,
    PartitionInfo,
    PendingOffsetRow,
    PutConfig,
    Topic,
    TransactionRow,
)

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4F54544C  # "OTTL": tells our file from anyone else's
PENDING_CHANGES_MAX = 200_000  # waiting for the writer; beyond, commits are refused at once
GROUP_CHANGES_MAX = 20_000  # in one transaction; bounds how long the next group waits
CACHE_KIB = 1024
WAL_BYTES_KEPT = 4 << 20
_CHECKED_BYTES = (
    64 << 20
)  # a file up to this size is checked page by page at every start, a larger one only after a crash

# Primary result codes after which the file cannot be trusted any more: IOERR, CORRUPT, NOTADB.
_BROKEN = frozenset({10, 11, 26})
_FULL = 13


class _Pending(NamedTuple):
    changes: Sequence[Change]
    future: asyncio.Future[None]


class SqliteCatalogue:
    """`model.Catalogue` on SQLite. Open it with `open`; `commit` only while the loop runs, from the loop's thread."""

    def __init__(self, path: Path, db: sqlite3.Connection, loop: asyncio.AbstractEventLoop | None) -> None:
        self.path = path
        self.cluster_id = ""
        self._db = db
        self._loop = loop
        self._image = Image()
        self._db_lock = threading.Lock()  # one user of the connection: the writer's transaction or a reading at start
        self._turn = threading.Condition(threading.Lock())  # guards what follows
        self._pending: deque[_Pending] = deque()
        self._pending_changes = 0
        self._closing = False
        self._writer: threading.Thread | None = None
        self._closed: asyncio.Future[None] | None = None
        self._broken: str | None = None  # why no change can be made any more; written by the writer only

    # --- opening -------------------------------------------------------------------------------------------------------------

    @classmethod
    def open(
        cls, path: Path, *, cluster_id: str | None = None, loop: asyncio.AbstractEventLoop | None = None
    ) -> SqliteCatalogue:
        """Opens the file (and creates it), brings its schema up to date and reads the image. Blocks; called before serving.

        `cluster_id`: what a new catalogue is called (default: a random one) and what an existing one has to be called.
        `loop`: the loop `commit` is called on (default: the one running at the first commit).
        Raises CatalogueError, in one line, for a file that is damaged, foreign, newer, in use, or of another cluster.
        """
        left_over = _size(path.with_name(path.name + "-wal")) > 0
        try:
            db = sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False, cached_statements=64)
        except sqlite3.Error as error:
            raise CatalogueError(f"cannot open the catalogue {path}: {error}") from error
        self = cls(path, db, loop)
        try:
            self._prepare(cluster_id, check=left_over or _size(path) <= _CHECKED_BYTES)
            _load(db, self._image)
        except sqlite3.Error as error:
            db.close()
            raise CatalogueError(_explain(path, error)) from error
        except CatalogueError:
            db.close()
            raise
        return self

    def _prepare(self, cluster_id: str | None, *, check: bool) -> None:
        db = self._db
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        found = int(db.execute("PRAGMA application_id").fetchone()[0])
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        fresh = not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if found != APPLICATION_ID and not fresh:
            raise CatalogueError(f"{self.path} is a database, but not an Ottla catalogue")
        if version > schema.VERSION:
            raise CatalogueError(
                f"the catalogue {self.path} was written by a newer Ottla "
                f"(its schema is {version}, this version knows {schema.VERSION})"
            )
        db.execute("PRAGMA journal_mode = WAL")
        for pragma in (
            "synchronous = FULL",
            "fullfsync = ON",  # macOS: fsync alone leaves the drive's cache
            f"cache_size = -{CACHE_KIB}",
            f"journal_size_limit = {WAL_BYTES_KEPT}",
            "temp_store = MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
        if check and not fresh:
            problem = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise CatalogueError(f"the catalogue {self.path} is damaged: {problem.splitlines()[-1]}")
        self._migrate(version, cluster_id)
        _sync_directory(self.path.parent)

    def _migrate(self, version: int, cluster_id: str | None) -> None:
        """Brings the schema up to date, and writes once: a file that cannot be written is noticed before the broker serves."""
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        for number in range(version + 1, schema.VERSION + 1):
            for statement in schema.statements(number, table_options=" WITHOUT ROWID"):
                db.execute(statement)
        known = db.execute("SELECT value FROM meta WHERE key = 'cluster_id'").fetchone()
        if known is not None and cluster_id is not None and known[0] != cluster_id:
            raise CatalogueError(f"the catalogue {self.path} belongs to cluster {known[0]}, not to {cluster_id}")
        self.cluster_id = known[0] if known is not None else cluster_id or uuid_to_text(random_uuid())
        now = str(time.time_ns() // 1_000_000)
        rows = [("cluster_id", self.cluster_id), ("opened_ms", now)]
        if known is None:
            rows.append(("created_ms", now))
        writes.META.upsert(db, rows)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.VERSION}")
        db.execute("COMMIT")

    # --- the image -----------------------------------------------------------------------------------------------------------

    @property
    def topics(self) -> Mapping[str, Topic]:
        return self._image.topics

    @property
    def topic_ids(self) -> Mapping[bytes, Topic]:
        return self._image.topic_ids

    @property
    def deleted_topic_ids(self) -> Iterable[bytes]:
        return self._image.deleted_topic_ids

    @property
    def configs(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        return self._image.configs

    @property
    def features(self) -> Mapping[str, int]:
        return self._image.features

    @property
    def next_producer_id(self) -> int:
        return self._image.next_producer_id

    # --- change --------------------------------------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
        """Makes the changes durable in one transaction, applies them to the image, then resolves; raises CatalogueError from the future."""
        loop = self._loop
        if loop is None:
            loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        with self._turn:
            refusal = self._refusal(len(changes))
            if refusal is None:
                self._pending.append(_Pending(tuple(changes), future))
                self._pending_changes += len(changes)
                if self._writer is None:
                    self._start_writer()
                else:
                    self._turn.notify()
        if refusal is not None:
            future.set_exception(CatalogueError(refusal))
        return future

    def _refusal(self, count: int) -> str | None:
        if self._closing:
            return "the catalogue is closed"
        if self._broken is not None:
            return self._broken
        if self._pending and self._pending_changes + count > PENDING_CHANGES_MAX:
            return f"more than {PENDING_CHANGES_MAX} changes wait for the catalogue already"
        return None

    def _start_writer(self) -> None:
        self._writer = threading.Thread(target=self._write_groups, name="ottla-catalogue", daemon=True)
        self._writer.start()

    def _write_groups(self) -> None:
        """The writer thread: group after group until closing and nothing waits."""
        group: list[_Pending] = []
        try:
            while group := self._next_group():
                outcomes = self._write_group(group)
                self._tell(self._finish, group, outcomes)
        finally:
            if group:  # a bug brought the thread down: nobody may wait for it for ever
                self._abandon(group)
            with self._db_lock:
                self._close_file()
            self._tell(self._mark_closed)

    def _abandon(self, group: Sequence[_Pending]) -> None:
        with self._turn:
            self._broken = "the catalogue's writer has failed; nothing is changed until the broker is restarted"
            left = [*group, *self._pending]
            self._pending.clear()
        self._tell(self._finish, left, [self._broken] * len(left))

    def _tell(self, callback: object, *args: object) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(callback, *args)  # type: ignore[arg-type]
        except RuntimeError:
            log.debug("the loop is closed, nobody waits for the catalogue any more")

    def _next_group(self) -> list[_Pending]:
        with self._turn:
            while not self._pending:
                if self._closing:
                    return []
                self._turn.wait()
            group = [self._pending.popleft()]
            size = len(group[0].changes)
            while self._pending and size + len(self._pending[0].changes) <= GROUP_CHANGES_MAX:
                group.append(self._pending.popleft())
                size += len(group[-1].changes)
            self._pending_changes -= size
            return group

    def _write_group(self, group: Sequence[_Pending]) -> list[str | None]:
        """What became of each member: None when it is durable, else why not."""
        with self._db_lock:
            refusal, hopeless = self._transaction([change for pending in group for change in pending.changes])
            if refusal is None or hopeless or len(group) == 1:
                return [refusal] * len(group)
            return [self._transaction(pending.changes)[0] for pending in group]

    def _transaction(self, changes: Sequence[Change]) -> tuple[str | None, bool]:
        """(why it was taken back or None, whether trying a part of it is hopeless)."""
        if self._broken is not None:
            return self._broken, True
        try:
            if len(changes) == 1 and isinstance(changes[0], writes.SINGLE):
                writes.write(self._db, changes)  # one statement is a transaction of its own
            else:
                self._db.execute("BEGIN IMMEDIATE")
                writes.write(self._db, changes)
                self._db.execute("COMMIT")
        except CatalogueError as problem:
            self._take_back()
            return str(problem), False
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _BROKEN:
                self._broken = f"{_explain(self.path, error)}; nothing is changed until the broker is restarted"
                log.error("%s", self._broken)
            self._take_back()
            return self._broken or _explain(self.path, error), code in _BROKEN
        except (
            TypeError,
            ValueError,
            OverflowError,
        ) as error:  # a value that no column takes: the change's fault, not the file's
            self._take_back()
            return f"a change cannot be stored: {error}", False
        return None, False

    def _take_back(self) -> None:
        if not self._db.in_transaction:
            return
        try:
            self._db.execute("ROLLBACK")
        except sqlite3.Error as error:
            self._broken = (
                self._broken or f"{_explain(self.path, error)}; nothing is changed until the broker is restarted"
            )

    def _finish(self, group: Sequence[_Pending], outcomes: Sequence[str | None]) -> None:
        """On the loop: shows what became durable, then tells who waits."""
        for pending, refusal in zip(group, outcomes, strict=True):
            if refusal is None:
                for change in pending.changes:
                    self._image.apply(change)
        for pending, refusal in zip(group, outcomes, strict=True):
            if pending.future.done():  # who waited has gone
                continue
            if refusal is None:
                pending.future.set_result(None)
            else:
                pending.future.set_exception(CatalogueError(refusal))

    # --- reading at start ----------------------------------------------------------------------------------------------------

    def load_groups(self) -> Sequence[GroupRow]:
        """Every group, read once at start."""
        with self._db_lock:
            rows = self._db.execute("SELECT group_id, kind, state, updated_ms FROM group_states ORDER BY group_id")
            return [GroupRow(*row) for row in rows]

    def load_offsets(self) -> Sequence[OffsetRow]:
        """Every committed offset, read once at start."""
        with self._db_lock:
            rows = self._db.execute(
                "SELECT group_id, topic, partition_index, committed_offset, leader_epoch, metadata, commit_ms, expire_ms, "
                "topic_id FROM committed_offsets ORDER BY group_id, topic, partition_index"
            )
            return [OffsetRow(*row) for row in rows]

    def load_transactions(self) -> Sequence[TransactionRow]:
        """Every transactional id, read once at start."""
        with self._db_lock:
            rows = self._db.execute(
                "SELECT transactional_id, state, updated_ms FROM transactions ORDER BY transactional_id"
            )
            return [TransactionRow(*row) for row in rows]

    def load_pending_offsets(self) -> Sequence[PendingOffsetRow]:
        """Every pending offset, read once at start."""
        with self._db_lock:
            rows = self._db.execute(
                "SELECT producer_id, sequence, is_superseded, group_id, topic, partition_index, committed_offset, leader_epoch, "
                "metadata, commit_ms, expire_ms, topic_id FROM pending_offsets ORDER BY sequence"
            )
            return [
                PendingOffsetRow(producer_id, sequence, bool(superseded), OffsetRow(*offset))
                for producer_id, sequence, superseded, *offset in rows
            ]

    # --- closing -------------------------------------------------------------------------------------------------------------

    async def close(self) -> None:
        """Finishes what was committed and closes."""
        with self._turn:
            first = not self._closing
            self._closing = True
            writer = self._writer
            if first and writer is not None:
                assert self._loop is not None
                self._closed = self._loop.create_future()
            self._turn.notify()
        if self._closed is not None:
            await asyncio.shield(self._closed)
            assert writer is not None
            writer.join()  # it has said its last word
        elif first:
            self._close_file()

    def _mark_closed(self) -> None:
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)

    def _close_file(self) -> None:
        """Closing moves the WAL into the file; what it cannot move is read from the WAL at the next start."""
        try:
            self._db.close()
        except sqlite3.Error as error:
            log.warning("closing the catalogue %s: %s", self.path, error)


def _load(db: sqlite3.Connection, image: Image) -> None:
    """Reads the tables into the image."""
    configs: dict[str, dict[str, str]] = {}
    for kind, name, key, value in db.execute("SELECT resource_type, name, key, value FROM configs"):
        if kind == "topic":
            configs.setdefault(name, {})[key] = value
        else:
            image.apply(PutConfig(kind, name, key, value))
    partitions: dict[bytes, list[PartitionInfo]] = {}
    for topic_id, index, leader_epoch, replicas in db.execute(
        "SELECT topic_id, partition_index, leader_epoch, replicas FROM partitions ORDER BY topic_id, partition_index"
    ):
        nodes = tuple(map(int, replicas.split(","))) if replicas else ()
        partitions.setdefault(topic_id, []).append(PartitionInfo(index, leader_epoch, nodes))
    for topic_id, name, is_internal in db.execute("SELECT topic_id, name, is_internal FROM topics ORDER BY name"):
        image.put_topic(Topic(name, topic_id, partitions.get(topic_id, []), configs.get(name, {}), bool(is_internal)))
    image.deleted_topic_ids.update(dict.fromkeys(row[0] for row in db.execute("SELECT topic_id FROM deleted_topics")))
    image.features.update(db.execute("SELECT name, level FROM features"))
    counter = db.execute("SELECT value FROM counters WHERE name = 'producer_ids'").fetchone()
    image.next_producer_id = counter[0] if counter else 0


def _explain(path: Path, error: sqlite3.Error) -> str:
    """One line that says what to do about it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (5, 6):  # BUSY, LOCKED
        return f"the catalogue {path} is in use by another process"
    if code == _FULL:
        return f"the disk under the catalogue {path} is full"
    if code in (11, 26):
        return f"the catalogue {path} is damaged, or not an Ottla catalogue: {error}"
    if code in (3, 8, 14):  # PERM, READONLY, CANTOPEN
        return f"the catalogue {path} cannot be written: {error}"
    return f"the catalogue {path} failed: {error}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _sync_directory(path: Path) -> None:
    """Makes the names of new files durable: SQLite does so for its contents only."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
