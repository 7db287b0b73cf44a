"""Whatever is committed, in whatever groups: the image, the file read again and a plain model say the same."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.catalogue.model import (
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

NAMES = ("a", "b", "c")
GROUPS = ("g", "h")


def topic_id(name: str, life: int) -> bytes:
    return f"{name}{life}".encode().ljust(16, b".")


class Model:
    """What the docstrings of the changes say, as plainly as can be."""

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}
        self.deleted: set[bytes] = set()
        self.configs: dict[tuple[str, str, str], str] = {}
        self.groups: dict[str, GroupRow] = {}
        self.offsets: dict[tuple[str, str, int], OffsetRow] = {}
        self.features: dict[str, int] = {}
        self.next_producer_id = 0

    def apply(self, change: Change) -> None:
        match change:
            case PutTopic(topic):
                known = self.topics.get(topic.name)
                if known is None:
                    self.configs |= {("topic", topic.name, key): value for key, value in topic.configs.items()}
                self.topics[topic.name] = copy.deepcopy(topic)
            case DeleteTopic(id_):
                for name, topic in list(self.topics.items()):
                    if topic.topic_id == id_:
                        del self.topics[name]
                        self.deleted.add(id_)
                        self.configs = {key: value for key, value in self.configs.items() if key[:2] != ("topic", name)}
                        self.offsets = {key: row for key, row in self.offsets.items() if key[1] != name}
            case ForgetDeletedTopic(id_):
                self.deleted.discard(id_)
            case PutConfig(kind, name, key, value):
                if kind == "topic" and name not in self.topics:
                    return
                self.configs.pop((kind, name, key), None)
                if value is not None:
                    self.configs[kind, name, key] = value
            case PutGroup(group):
                self.groups[group.group_id] = group
            case DeleteGroup(group_id):
                self.groups.pop(group_id, None)
                self.offsets = {key: row for key, row in self.offsets.items() if key[0] != group_id}
            case PutOffset(row):
                self.offsets[row.group_id, row.topic, row.partition] = row
            case DeleteOffset(group_id, name, partition):
                self.offsets.pop((group_id, name, partition), None)
            case PutFeature(name, level):
                self.features[name] = level
            case ReserveProducerIds(next_id):
                self.next_producer_id = max(self.next_producer_id, next_id)

    def state(self) -> dict[str, Any]:
        topics = {}
        for name, topic in self.topics.items():
            configs = {key: value for (kind, of, key), value in self.configs.items() if (kind, of) == ("topic", name)}
            topics[name] = Topic(name, topic.topic_id, topic.partitions, configs, topic.is_internal)
        configs: dict[tuple[str, str], dict[str, str]] = {}
        for (kind, name, key), value in self.configs.items():
            configs.setdefault((kind, name), {})[key] = value
        return {
            "topics": topics,
            "deleted": self.deleted,
            "configs": configs,
            "features": self.features,
            "next": self.next_producer_id,
        }

    def rows(self) -> tuple[list[GroupRow], list[OffsetRow]]:
        return [row for _, row in sorted(self.groups.items())], [row for _, row in sorted(self.offsets.items())]


def state(catalogue: SqliteCatalogue) -> dict[str, Any]:
    assert {topic.topic_id: topic for topic in catalogue.topics.values()} == catalogue.topic_ids
    return {
        "topics": dict(catalogue.topics),
        "deleted": set(catalogue.deleted_topic_ids),
        "configs": dict(catalogue.configs),
        "features": dict(catalogue.features),
        "next": catalogue.next_producer_id,
    }


small = st.integers(0, 2)
names, groups = st.sampled_from(NAMES), st.sampled_from(GROUPS)
keys, values = st.sampled_from(("k", "l")), st.sampled_from(("", "1", "é☃"))
topics = st.builds(
    lambda name, parts, configs, internal: Topic(
        name, topic_id(name, 0), [PartitionInfo(n, n, (1,) * (n % 3)) for n in range(parts)], configs, internal
    ),
    names,
    st.integers(1, 4),
    st.dictionaries(keys, values, max_size=2),
    st.booleans(),
)
changes = st.one_of(
    st.builds(PutTopic, topics),
    st.builds(DeleteTopic, st.builds(topic_id, names, st.just(0))),
    st.builds(ForgetDeletedTopic, st.builds(topic_id, names, st.just(0))),
    st.builds(PutConfig, st.just("topic"), names, keys, st.none() | values),
    st.builds(PutConfig, st.sampled_from(("broker", "group")), st.sampled_from(("", "x")), keys, st.none() | values),
    st.builds(PutGroup, st.builds(GroupRow, groups, st.just("classic"), st.binary(max_size=3), small)),
    st.builds(DeleteGroup, groups),
    st.builds(
        PutOffset,
        st.builds(OffsetRow, groups, names, small, st.integers(-1, 2**63 - 1), small, values, small, small),
    ),
    st.builds(DeleteOffset, groups, names, small),
    st.builds(PutFeature, keys, small),
    st.builds(ReserveProducerIds, st.integers(0, 5000)),
)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(changes, max_size=8), max_size=6),
    st.booleans(),
)
def test_image_file_and_model_agree(commits: list[list[Change]], at_once: bool) -> None:
    model = Model()

    async def write(path: Path) -> None:
        catalogue = SqliteCatalogue.open(path)
        futures = []
        for commit in commits:
            future = catalogue.commit(copy.deepcopy(commit))
            futures.append(future)
            for change in commit:
                model.apply(change)
            if not at_once:
                await future
                assert state(catalogue) == model.state()
        await asyncio.gather(*futures)
        assert state(catalogue) == model.state()
        await catalogue.close()

    async def read(path: Path) -> None:
        catalogue = SqliteCatalogue.open(path)
        assert state(catalogue) == model.state()
        assert (list(catalogue.load_groups()), list(catalogue.load_offsets())) == model.rows()
        await catalogue.close()

    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.db"
        asyncio.run(write(path))
        asyncio.run(read(path))
