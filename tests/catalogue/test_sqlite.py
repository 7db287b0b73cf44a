from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ottla.base.ids import uuid_from_text
from ottla.catalogue import schema, sqlite
from ottla.catalogue.model import (
    CatalogueError,
    Change,
    DeleteGroup,
    DeleteOffset,
    DeleteTopic,
    ForgetDeletedTopic,
    GroupRow,
    OffsetRow,
    PartitionInfo,
    PutConfig,
    PutFeature,
    PutGroup,
    PutOffset,
    PutTopic,
    ReserveProducerIds,
    Topic,
)
from ottla.catalogue.sqlite import SqliteCatalogue


def topic(name: str, *, number: int = 0, partitions: int = 2, **configs: str) -> Topic:
    topic_id = number.to_bytes(4, "big") + name.encode().ljust(12, b".")[:12]
    parts = [PartitionInfo(index, 0, (1, 2)) for index in range(partitions)]
    return Topic(name, topic_id, parts, {key.replace("_", "."): value for key, value in configs.items()})


def offset(group: str, name: str, partition: int, number: int) -> PutOffset:
    return PutOffset(OffsetRow(group, name, partition, number, 3, "m", 1000, topic_id=b"i" * 16))


def committed(path: Path, *groups: Sequence[Change]) -> None:
    """Opens, commits each group on its own, closes."""

    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        try:
            for changes in groups:
                await catalogue.commit(changes)
        finally:
            await catalogue.close()

    asyncio.run(run())


def reopened(path: Path) -> SqliteCatalogue:
    """The catalogue as it is read; closed again."""
    catalogue = SqliteCatalogue.open(path)
    asyncio.run(catalogue.close())
    return catalogue


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


def test_a_new_catalogue_is_empty_and_gets_an_id(path: Path) -> None:
    catalogue = reopened(path)
    assert len(uuid_from_text(catalogue.cluster_id)) == 16
    assert (dict(catalogue.topics), dict(catalogue.configs), dict(catalogue.features)) == ({}, {}, {})
    assert (list(catalogue.deleted_topic_ids), catalogue.next_producer_id) == ([], 0)
    assert reopened(path).cluster_id == catalogue.cluster_id


def test_a_catalogue_in_use_is_refused(path: Path) -> None:
    first = SqliteCatalogue.open(path, cluster_id="one")
    with pytest.raises(CatalogueError, match="in use by another process"):
        SqliteCatalogue.open(path)
    asyncio.run(first.close())
    assert reopened(path).cluster_id == "one"


def test_another_clusters_catalogue_is_refused(path: Path) -> None:
    asyncio.run(SqliteCatalogue.open(path, cluster_id="one").close())
    with pytest.raises(CatalogueError, match="belongs to cluster one, not to two"):
        SqliteCatalogue.open(path, cluster_id="two")
    assert reopened(path).cluster_id == "one"


def test_everything_is_there_again(path: Path) -> None:
    t, u = topic("t", retention_ms="5"), topic("u", partitions=3)
    u.is_internal = True
    committed(
        path,
        [PutTopic(t), PutTopic(u), PutFeature("f", 2), ReserveProducerIds(1000)],
        [PutConfig("topic", "u", "segment.ms", "7"), PutConfig("broker", "", "log.retention.ms", "9")],
        [PutConfig("broker", "0", "a", "b"), PutConfig("broker", "0", "a", None), ReserveProducerIds(500)],
        [PutGroup(GroupRow("g", "classic", b"\0state", 12)), offset("g", "t", 0, 7), offset("g", "u", 1, 8)],
        [offset("g", "t", 0, 9), DeleteOffset("g", "u", 1), PutGroup(GroupRow("h", "consumer", b"", 13))],
        [offset("h", "t", 0, 1), DeleteGroup("h")],
    )
    catalogue = SqliteCatalogue.open(path)
    u.configs = {"segment.ms": "7"}
    assert catalogue.topics == {"t": t, "u": u}
    assert catalogue.topic_ids == {t.topic_id: t, u.topic_id: u}
    assert catalogue.topics["t"] is catalogue.topic_ids[t.topic_id]
    assert catalogue.configs == {
        ("topic", "t"): {"retention.ms": "5"},
        ("topic", "u"): {"segment.ms": "7"},
        ("broker", ""): {"log.retention.ms": "9"},
    }
    assert catalogue.features == {"f": 2}
    assert catalogue.next_producer_id == 1000
    assert catalogue.load_groups() == [GroupRow("g", "classic", b"\0state", 12)]
    assert catalogue.load_offsets() == [OffsetRow("g", "t", 0, 9, 3, "m", 1000, -1, b"i" * 16)]
    asyncio.run(catalogue.close())


def test_a_deleted_topic_takes_its_configs_and_offsets_and_is_remembered(path: Path) -> None:
    t, again = topic("t", retention_ms="5"), topic("t", number=1)
    committed(
        path,
        [PutTopic(t), PutTopic(topic("u")), offset("g", "t", 0, 7), offset("g", "u", 0, 7)],
        [DeleteTopic(t.topic_id), DeleteTopic(b"unknown id......"), PutTopic(again)],
        [PutConfig("topic", "nope", "retention.ms", "5")],
    )
    catalogue = SqliteCatalogue.open(path)
    assert catalogue.topics["t"] == again
    assert list(catalogue.deleted_topic_ids) == [t.topic_id]
    assert dict(catalogue.configs) == {}
    assert [row.topic for row in catalogue.load_offsets()] == ["u"]
    asyncio.run(catalogue.close())
    committed(path, [ForgetDeletedTopic(t.topic_id)])
    assert list(reopened(path).deleted_topic_ids) == []


def test_a_topic_grown_from_an_older_image_loses_no_config(path: Path) -> None:
    t = topic("t", retention_ms="5")
    grown = topic("t", partitions=5, retention_ms="5")
    committed(path, [PutTopic(t)], [PutConfig("topic", "t", "segment.ms", "7"), PutTopic(grown)])
    found = reopened(path).topics["t"]
    assert len(found.partitions) == 5
    assert found.configs == {"retention.ms": "5", "segment.ms": "7"}


def test_the_image_changes_with_the_future_and_not_before(path: Path) -> None:
    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        given = topic("t")
        future = catalogue.commit([PutTopic(given)])
        assert "t" not in catalogue.topics
        seen = []
        future.add_done_callback(lambda _: seen.append("t" in catalogue.topics))
        await future
        assert seen == [True]
        assert catalogue.topics["t"] == given
        assert catalogue.topics["t"] is not given
        await catalogue.close()

    asyncio.run(run())


def test_what_waits_for_one_commit_goes_into_the_next(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        groups: list[int] = []
        started, go_on = threading.Event(), threading.Event()
        write = sqlite.writes.write

        def held(db: sqlite.writes.Executor, changes: Sequence[Change]) -> None:
            groups.append(len(changes))
            started.set()
            assert go_on.wait(10)
            write(db, changes)

        monkeypatch.setattr(sqlite.writes, "write", held)
        first = catalogue.commit([offset("g", "t", 0, 0)])
        await asyncio.to_thread(started.wait, 10)
        rest = [catalogue.commit([offset("g", "t", n % 7, n)]) for n in range(1, 1001)]
        go_on.set()
        await asyncio.gather(first, *rest)
        assert groups == [1, 1000]
        await catalogue.close()

    asyncio.run(run())
    catalogue = SqliteCatalogue.open(path)
    # The last one wins.
    assert {row.partition: row.offset for row in catalogue.load_offsets()} == {n % 7: n for n in range(994, 1001)}
    asyncio.run(catalogue.close())


def test_an_impossible_change_hurts_only_itself(path: Path) -> None:
    async def run() -> list[object]:
        catalogue = SqliteCatalogue.open(path)
        await catalogue.commit([PutTopic(topic("t"))])
        outcomes = await asyncio.gather(
            catalogue.commit([PutTopic(topic("a"))]),
            catalogue.commit([PutTopic(topic("b")), PutTopic(topic("t", number=9))]),  # the name is taken
            catalogue.commit([offset("g", "t", 0, 1 << 70)]),  # no column takes it
            catalogue.commit([PutTopic(topic("c"))]),
            return_exceptions=True,
        )
        assert catalogue.topics.keys() == {"t", "a", "c"}
        await catalogue.close()
        return list(outcomes)

    outcomes = asyncio.run(run())
    assert [type(outcome) for outcome in outcomes] == [type(None), CatalogueError, CatalogueError, type(None)]
    assert reopened(path).topics.keys() == {"t", "a", "c"}


def test_a_topic_keeps_its_name(path: Path) -> None:
    renamed = topic("t")
    renamed.name = "other"
    with pytest.raises(CatalogueError, match="keeps its name"):
        committed(path, [PutTopic(topic("t"))], [PutTopic(renamed)])
    assert reopened(path).topics.keys() == {"t"}


def test_a_full_disk_refuses_and_room_again_takes(path: Path) -> None:
    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        await catalogue.commit([PutTopic(topic("t"))])
        catalogue._db.execute("PRAGMA max_page_count = 40")  # as full as a disk gets without one
        big = PutGroup(GroupRow("g", "classic", os.urandom(1 << 20), 1))
        with pytest.raises(CatalogueError, match="is full"):
            await catalogue.commit([PutTopic(topic("u")), big])
        assert catalogue.topics.keys() == {"t"}
        await catalogue.commit([PutTopic(topic("v"))])
        catalogue._db.execute("PRAGMA max_page_count = 1000000")
        await catalogue.commit([big])
        await catalogue.close()

    asyncio.run(run())
    catalogue = SqliteCatalogue.open(path)
    assert catalogue.topics.keys() == {"t", "v"}
    assert len(catalogue.load_groups()) == 1
    asyncio.run(catalogue.close())


_IO_ERROR = """
import asyncio, resource, sys
from pathlib import Path
from ottla.catalogue.model import CatalogueError, GroupRow, PutFeature, PutGroup
from ottla.catalogue.sqlite import SqliteCatalogue

async def run():
    catalogue = SqliteCatalogue.open(Path(sys.argv[1]))
    await catalogue.commit([PutFeature("before", 1)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    said = []
    for change in (PutGroup(GroupRow("g", "classic", bytes(1 << 20), 1)), PutFeature("after", 1)):
        try:
            await catalogue.commit([change])
        except CatalogueError as problem:
            said.append(str(problem))
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(said) == 2, said
    assert all("until the broker is restarted" in text for text in said), said
    assert "after" not in catalogue.features
    await catalogue.close()

asyncio.run(run())
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs file size limits")
def test_after_an_io_error_nothing_is_changed_any_more(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _IO_ERROR, str(path)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert reopened(path).features == {"before": 1}


def test_a_damaged_file_is_said_in_one_line(path: Path) -> None:
    committed(path, [PutTopic(topic(f"t{n}")) for n in range(500)])
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(data)
    with pytest.raises(CatalogueError) as refused:
        SqliteCatalogue.open(path)
    assert "damaged" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"\0" * 5000])
def test_what_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="not an Ottla catalogue"):
        SqliteCatalogue.open(path)
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="not an Ottla catalogue"):
        SqliteCatalogue.open(path)
    assert path.read_bytes() == before


def test_a_newer_catalogue_is_refused_and_left_alone(path: Path) -> None:
    committed(path, [])
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()
    with pytest.raises(CatalogueError, match=f"newer Ottla .its schema is {schema.VERSION + 1}, "):
        SqliteCatalogue.open(path)


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="catalogue"):
        SqliteCatalogue.open(tmp_path / "no" / "such" / "folder" / "c.db")
    with pytest.raises(CatalogueError, match="catalogue"):
        SqliteCatalogue.open(tmp_path)


def test_closing_finishes_what_was_committed_and_refuses_the_rest(path: Path) -> None:
    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        futures = [catalogue.commit([offset("g", "t", n, n)]) for n in range(500)]
        await asyncio.gather(catalogue.close(), catalogue.close())
        assert all(future.done() and future.exception() is None for future in futures)
        with pytest.raises(CatalogueError, match="closed"):
            await catalogue.commit([offset("g", "t", 0, 0)])
        await catalogue.close()

    asyncio.run(run())
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]  # no WAL is left behind
    catalogue = SqliteCatalogue.open(path)
    assert len(catalogue.load_offsets()) == 500
    asyncio.run(catalogue.close())


def test_a_waiter_that_has_gone_does_not_take_the_change_with_it(path: Path) -> None:
    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        catalogue.commit([PutTopic(topic("t"))]).cancel()
        await catalogue.commit([])
        assert catalogue.topics.keys() == {"t"}
        await catalogue.close()

    asyncio.run(run())


def test_the_queue_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PENDING_CHANGES_MAX", 10)

    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        with catalogue._db_lock:  # the writer cannot go on
            first = catalogue.commit([offset("g", "t", 0, 0)])
            deadline = time.monotonic() + 10
            while catalogue._pending and time.monotonic() < deadline:
                await asyncio.sleep(0.001)
            rest = [catalogue.commit([offset("g", "t", n, n)]) for n in range(12)]
            refused = [future for future in rest if future.done()]
            assert len(refused) == 2
            for future in refused:
                with pytest.raises(CatalogueError, match="more than 10 changes wait"):
                    await future
        await asyncio.gather(first, *rest[:10])
        await catalogue.close()

    asyncio.run(run())


def test_a_bug_in_the_writer_leaves_nobody_waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(db: object, changes: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr(sqlite.writes, "write", broken)
    monkeypatch.setattr(threading, "excepthook", lambda args: None)

    async def run() -> None:
        catalogue = SqliteCatalogue.open(path)
        for _ in range(2):
            with pytest.raises(CatalogueError, match="writer has failed"):
                await asyncio.wait_for(catalogue.commit([PutFeature("f", 1)]), 10)
        await asyncio.wait_for(catalogue.close(), 10)

    asyncio.run(run())


def test_five_thousand_topics_are_quick(path: Path) -> None:
    async def run() -> float:
        catalogue = SqliteCatalogue.open(path)
        started = time.monotonic()
        await asyncio.gather(
            *(catalogue.commit([PutTopic(topic(f"topic-{n}", number=n, retention_ms="1"))]) for n in range(5000))
        )
        took = time.monotonic() - started
        await catalogue.close()
        return took

    assert asyncio.run(run()) < 5  # 0.16 s on an idle machine
    assert len(reopened(path).topics) == 5000


def test_every_migration_is_whole_statements() -> None:
    for version in range(1, schema.VERSION + 1):
        found = list(schema.statements(version, table_options=""))
        assert found
        assert all(sqlite3.complete_statement(statement + ";") for statement in found)
        assert not any("{" in statement for statement in found)
