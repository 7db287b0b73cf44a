"""CreateTopics, DeleteTopics and CreatePartitions: each topic of a request stands for itself, and is there (or gone) before the reply.

CreateTopics 2-7: validate-only, defaults (-1), manual assignments, config overrides; from version 5 the answer has the partitions, the
replication factor and every effective config, from version 7 the topic's id. The texts of refusals are Kafka's.
DeleteTopics 1-6: by name, from version 6 by id too. CreatePartitions 0-3. `timeout_ms` is not looked at: the answer comes when all is done.

Not done: authorisation, controller mutation quotas (KIP-599), a policy class (`create.topic.policy.class.name` is Java).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.rules.configs.describe import Entry, describe_topic
from ottla.rules.configs.keys import TOPIC_KEYS
from ottla.rules.configs.settings import Settings, Source
from ottla.rules.topics import Assignment, MorePartitions, NewTopic, Refusal
from ottla.wire.messages.create_partitions_request import CreatePartitionsRequest
from ottla.wire.messages.create_partitions_response import CreatePartitionsResponse, CreatePartitionsTopicResult
from ottla.wire.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from ottla.wire.messages.create_topics_response import (
    CreatableTopicConfigs,
    CreatableTopicResult,
    CreateTopicsResponse,
)
from ottla.wire.messages.delete_topics_request import DeleteTopicsRequest
from ottla.wire.messages.delete_topics_response import DeletableTopicResult, DeleteTopicsResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.catalogue.model import Topic

_WITH_CONFIGS = 5
_DELETION_DISABLED_SINCE = 3


async def create_topics(broker: Broker, request: Request, message: CreateTopicsRequest) -> CreateTopicsResponse:
    """Answers CreateTopics."""
    wanted = [_wanted(one) for one in message.topics]
    made = await broker.topics.create(wanted, validate_only=message.validate_only)
    with_configs = request.api_version >= _WITH_CONFIGS
    results: dict[str, CreatableTopicResult] = {}  # a name that stands twice is answered once, as in Kafka
    for one, topic in zip(wanted, made, strict=True):
        if isinstance(topic, Refusal):
            results[one.name] = CreatableTopicResult(one.name, error_code=topic.error, error_message=topic.message)
        else:
            results[one.name] = _created(topic, broker.settings if with_configs else None)
    return CreateTopicsResponse(topics=list(results.values()))


def _wanted(one: CreatableTopic) -> NewTopic:
    return NewTopic(
        one.name,
        one.num_partitions,
        one.replication_factor,
        tuple(Assignment(each.partition_index, tuple(each.broker_ids)) for each in one.assignments),
        tuple((each.name, each.value) for each in one.configs),
    )


def _created(topic: Topic, settings: Settings | None) -> CreatableTopicResult:
    return CreatableTopicResult(
        name=topic.name,
        topic_id=topic.topic_id,
        error_message=None,
        num_partitions=len(topic.partitions),
        replication_factor=len(topic.partitions[0].replicas),
        configs=[] if settings is None else effective_configs(topic.configs, settings),
    )


def effective_configs(overrides: Mapping[str, str], settings: Settings) -> list[CreatableTopicConfigs]:
    """Every topic key with the value in force and where it comes from, by name. Never null: the Java client dies of it."""
    defaults: dict[str, CreatableTopicConfigs] | None = settings.cache.get(effective_configs)
    if defaults is None:
        defaults = {one.name: _told(one, _source(one.name, settings)) for one in describe_topic({}, settings)}
        settings.cache[effective_configs] = defaults
    if not overrides:
        return list(defaults.values())
    own = {one.name: _told(one, one.source) for one in describe_topic(overrides, settings, overrides.keys())}
    return [one for _, one in sorted({**defaults, **own}.items())]


def _told(entry: Entry, source: Source) -> CreatableTopicConfigs:
    return CreatableTopicConfigs(entry.name, entry.value, entry.read_only, source, entry.sensitive)


def _source(key: str, settings: Settings) -> Source:
    """Kafka's controller looks at all synonyms of a key (`retention.ms`: `log.retention.hours` too), DescribeConfigs only at the first."""
    for synonym in TOPIC_KEYS[key].synonyms:
        if settings.value(synonym.key) is not None:
            return settings.source(synonym.key)
    return Source.DEFAULT_CONFIG


async def delete_topics(broker: Broker, request: Request, message: DeleteTopicsRequest) -> DeleteTopicsResponse:
    """Answers DeleteTopics."""
    asked = [(one.name, one.topic_id) for one in message.topics] or [(name, ZERO_UUID) for name in message.topic_names]
    if not broker.settings.bool("delete.topic.enable"):
        error = (
            ErrorCode.TOPIC_DELETION_DISABLED
            if request.api_version >= _DELETION_DISABLED_SINCE
            else ErrorCode.INVALID_REQUEST
        )
        return DeleteTopicsResponse(
            responses=[DeletableTopicResult(name, topic_id, error, None) for name, topic_id in asked]
        )
    responses: list[DeletableTopicResult] = []
    names: dict[str, int] = {}  # how often each is asked for
    ids: dict[bytes, int] = {}
    for name, topic_id in asked:
        if name is None and topic_id == ZERO_UUID:
            responses.append(_refused(None, topic_id, "Neither topic name nor id were specified."))
        elif name is None:
            ids[topic_id] = ids.get(topic_id, 0) + 1
        elif topic_id == ZERO_UUID:
            names[name] = names.get(name, 0) + 1
        else:
            responses.append(_refused(name, topic_id, "You may not specify both topic name and topic id."))
    responses += [_refused(name, ZERO_UUID, "Duplicate topic name.") for name, times in names.items() if times > 1]
    responses += [_refused(None, one, "Duplicate topic id.") for one, times in ids.items() if times > 1]

    doomed: dict[bytes, str] = {}
    for topic_id in (one for one, times in ids.items() if times == 1):
        topic = broker.catalogue.topic_ids.get(topic_id)
        if topic is None:
            responses.append(
                DeletableTopicResult(
                    None, topic_id, ErrorCode.UNKNOWN_TOPIC_ID, "This server does not host this topic ID."
                )
            )
        else:
            doomed[topic_id] = topic.name
    for name in (one for one, times in names.items() if times == 1):
        topic = broker.catalogue.topics.get(name)
        if topic is None:
            responses.append(_unknown(name))
        elif topic.topic_id in ids:
            doomed.pop(topic.topic_id, None)
            fault = "The provided topic name maps to an ID that was already supplied."
            responses.append(_refused(name, topic.topic_id, fault))
        else:
            doomed[topic.topic_id] = name

    answers = await broker.topics.delete(list(doomed))
    gone = [doomed[topic_id] for topic_id, refusal in answers.items() if refusal is None]
    if gone:
        broker.groups.topics_deleted(gone)
    for topic_id, refusal in answers.items():
        name, by_name = doomed[topic_id], topic_id not in ids
        if refusal is None:
            responses.append(DeletableTopicResult(name, topic_id, ErrorCode.NONE, None))
        elif refusal.error is ErrorCode.UNKNOWN_TOPIC_ID and by_name:
            responses.append(_unknown(name))
        else:
            responses.append(DeletableTopicResult(name, topic_id, refusal.error, refusal.message))
    return DeleteTopicsResponse(responses=responses)


def _unknown(name: str) -> DeletableTopicResult:
    return DeletableTopicResult(
        name, ZERO_UUID, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition."
    )


def _refused(name: str | None, topic_id: bytes, fault: str) -> DeletableTopicResult:
    return DeletableTopicResult(name, topic_id, ErrorCode.INVALID_REQUEST, fault)


async def create_partitions(
    broker: Broker, request: Request, message: CreatePartitionsRequest
) -> CreatePartitionsResponse:
    """Answers CreatePartitions."""
    wanted = [
        MorePartitions(
            one.name,
            one.count,
            None if one.assignments is None else tuple(tuple(each.broker_ids) for each in one.assignments),
        )
        for one in message.topics
    ]
    grown = await broker.topics.add_partitions(wanted, validate_only=message.validate_only)
    results: dict[str, CreatePartitionsTopicResult] = {}
    for one, answer in zip(wanted, grown, strict=True):
        refusal = answer if isinstance(answer, Refusal) else Refusal(ErrorCode.NONE)
        results[one.name] = CreatePartitionsTopicResult(one.name, refusal.error, refusal.message)
    return CreatePartitionsResponse(results=list(results.values()))
