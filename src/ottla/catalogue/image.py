"""The catalogue's image: what is in the tables, in memory, and how a change alters it. No SQL here.

Rules the tables and the image share (`writes.py` says the same in SQL):
- `PutTopic` sets a topic's configs only when its id is new; afterwards `PutConfig` alone changes them, so that a topic grown from an
  older image loses no config set meanwhile.
- A topic's `PutConfig` for a name that is not there changes nothing; so does `DeleteTopic` for an unknown id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ottla.catalogue.model import (
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


class Image:
    """Topics, configs, features and the producer id counter. Groups and offsets belong to their coordinator and are not kept twice."""

    __slots__ = ("configs", "deleted_topic_ids", "features", "next_producer_id", "topic_ids", "topics")

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}
        self.topic_ids: dict[bytes, Topic] = {}
        self.deleted_topic_ids: dict[bytes, None] = {}  # a dict: it keeps the order of deletion
        self.configs: dict[tuple[str, str], dict[str, str]] = {}
        self.features: dict[str, int] = {}
        self.next_producer_id = 0

    def apply(self, change: Change) -> None:
        """Makes one durable change visible."""
        _APPLY[type(change)](self, change)

    def put_topic(self, given: Topic) -> None:
        """Creates or replaces a topic; the image keeps a copy of its own."""
        known = self.topic_ids.get(given.topic_id)
        configs = dict(given.configs) if known is None else known.configs
        topic = replace(given, partitions=[replace(partition) for partition in given.partitions], configs=configs)
        self.topics[topic.name] = self.topic_ids[topic.topic_id] = topic
        if configs:
            self.configs[("topic", topic.name)] = configs

    def _put_topic(self, change: PutTopic) -> None:
        self.put_topic(change.topic)

    def _delete_topic(self, change: DeleteTopic) -> None:
        topic = self.topic_ids.pop(change.topic_id, None)
        if topic is None:
            return
        del self.topics[topic.name]
        self.configs.pop(("topic", topic.name), None)
        self.deleted_topic_ids[change.topic_id] = None

    def _forget_deleted_topic(self, change: ForgetDeletedTopic) -> None:
        self.deleted_topic_ids.pop(change.topic_id, None)

    def _put_config(self, change: PutConfig) -> None:
        topic = None
        if change.resource_type == "topic":
            topic = self.topics.get(change.name)
            if topic is None:
                return
        resource = (change.resource_type, change.name)
        configs = dict(self.configs.get(resource, ()))  # a new dict: whoever holds the old one sees no half of a change
        if change.value is None:
            configs.pop(change.key, None)
        else:
            configs[change.key] = change.value
        if configs:
            self.configs[resource] = configs
        else:
            self.configs.pop(resource, None)
        if topic is not None:
            topic.configs = configs

    def _put_feature(self, change: PutFeature) -> None:
        self.features[change.name] = change.level

    def _reserve_producer_ids(self, change: ReserveProducerIds) -> None:
        self.next_producer_id = max(self.next_producer_id, change.next_id)

    def _not_kept(self, change: Change) -> None:
        """Groups, offsets, transactions: their coordinators keep them."""


_APPLY: dict[type, Callable[[Image, Any], None]] = {
    PutTopic: Image._put_topic,
    DeleteTopic: Image._delete_topic,
    ForgetDeletedTopic: Image._forget_deleted_topic,
    PutConfig: Image._put_config,
    PutFeature: Image._put_feature,
    ReserveProducerIds: Image._reserve_producer_ids,
    PutGroup: Image._not_kept,
    DeleteGroup: Image._not_kept,
    PutOffset: Image._not_kept,
    DeleteOffset: Image._not_kept,
    PutTransaction: Image._not_kept,
    DeleteTransaction: Image._not_kept,
    PutPendingOffset: Image._not_kept,
    DeletePendingOffset: Image._not_kept,
}
