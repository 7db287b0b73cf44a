"""OffsetCommit 2-10 and OffsetFetch 1-10: a group's positions, durable before they are acknowledged and before anyone reads them.

OffsetCommit: topics and partitions are checked first, then the group, as in Kafka; before version 5 the client may say how long its
offsets live; from 10 topics are named by id. OffsetFetch: before 8 one group, before 2 errors stand on partitions; `topics` null is
everything; from 10 topics are named by id, and those without one any more are left out of "everything".

Offsets remember the id of the topic they were committed for and are not shown for another topic of the same name.

`require_stable` waits for the commits that are in flight; offsets that an open transaction may still change are UNSTABLE_OFFSET_COMMIT.

Not done: authorisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.base.ids import ZERO_UUID
from ottla.catalogue.model import OffsetRow
from ottla.wire.messages.offset_commit_request import OffsetCommitRequest
from ottla.wire.messages.offset_commit_response import (
    OffsetCommitResponse,
    OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
)
from ottla.wire.messages.offset_fetch_request import OffsetFetchRequest, OffsetFetchRequestGroup
from ottla.wire.messages.offset_fetch_response import (
    OffsetFetchResponse,
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartition,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopic,
    OffsetFetchResponseTopics,
)

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

_TOPIC_IDS_SINCE = 10
_RETENTION_VERSIONS = range(2, 5)
_MANY_GROUPS_SINCE = 8
_TOP_LEVEL_ERROR_SINCE = 2


def offset_commit(broker: Broker, request: Request, message: OffsetCommitRequest) -> OffsetCommitResponse | None:
    """Answers at once when nothing is to be stored, else when it is durable."""
    by_id = request.api_version >= _TOPIC_IDS_SINCE
    catalogue = broker.catalogue
    groups = broker.groups
    metadata_max = groups.limits.offset_metadata_max_bytes
    now_ms = broker.clock.now_ms()
    expire_ms = -1
    if request.api_version in _RETENTION_VERSIONS and message.retention_time_ms >= 0:
        expire_ms = now_ms + message.retention_time_ms
    rows: list[OffsetRow] = []
    known: list[OffsetCommitResponsePartition] = []  # partitions that exist: what the group says goes for all of them
    stored: list[OffsetCommitResponsePartition] = []
    response = OffsetCommitResponse()
    for asked in message.topics:
        topic = catalogue.topic_ids.get(asked.topic_id) if by_id else catalogue.topics.get(asked.name)
        answered = OffsetCommitResponseTopic(name=asked.name, topic_id=asked.topic_id)
        response.topics.append(answered)
        if topic is None:
            error = ErrorCode.UNKNOWN_TOPIC_ID if by_id else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            answered.partitions = [
                OffsetCommitResponsePartition(one.partition_index, error) for one in asked.partitions
            ]
            continue
        count = len(topic.partitions)
        for one in asked.partitions:
            part = OffsetCommitResponsePartition(one.partition_index)
            answered.partitions.append(part)
            if not 0 <= one.partition_index < count:
                part.error_code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                continue
            known.append(part)
            metadata = one.committed_metadata or ""
            if len(metadata) > metadata_max:
                part.error_code = ErrorCode.OFFSET_METADATA_TOO_LARGE
                continue
            stored.append(part)
            rows.append(
                OffsetRow(
                    message.group_id,
                    topic.name,
                    one.partition_index,
                    one.committed_offset,
                    one.committed_leader_epoch,
                    metadata,
                    now_ms,
                    expire_ms,
                    topic.topic_id,
                )
            )
    if not known:
        return response
    refusal = groups.check_commit(
        message.group_id,
        message.member_id,
        message.group_instance_id,
        message.generation_id_or_member_epoch,
        request.api_version,
    )
    if refusal:
        for part in known:
            part.error_code = refusal
        return response
    if not rows:
        return response

    def done(error: ErrorCode) -> None:
        if error:
            for part in stored:
                part.error_code = error
        request.reply_message(response)

    groups.commit(message.group_id, rows, done)
    return None


def offset_fetch(broker: Broker, request: Request, message: OffsetFetchRequest) -> OffsetFetchResponse | None:
    """Answers at once; with `require_stable`, when the groups' commits in flight are durable (KIP-447)."""
    if message.require_stable:
        group_ids = [message.group_id, *(group.group_id for group in message.groups)]
        if not broker.groups.commits.when_settled(
            group_ids, lambda: request.reply_message(_fetched(broker, request, message))
        ):
            return None
    return _fetched(broker, request, message)


def _fetched(broker: Broker, request: Request, message: OffsetFetchRequest) -> OffsetFetchResponse:
    if request.api_version >= _MANY_GROUPS_SINCE:
        by_id = request.api_version >= _TOPIC_IDS_SINCE
        return OffsetFetchResponse(
            groups=[_fetch_group(broker, group, by_id, message.require_stable) for group in message.groups]
        )
    return _fetch_one_group(broker, request.api_version, message)


def _fetch_group(broker: Broker, asked: OffsetFetchRequestGroup, by_id: bool, stable: bool) -> OffsetFetchResponseGroup:
    answer = OffsetFetchResponseGroup(group_id=asked.group_id)
    answer.error_code = broker.groups.check_offset_fetch(asked.group_id, asked.member_id, asked.member_epoch)
    if answer.error_code:
        return answer
    catalogue = broker.catalogue
    if asked.topics is None:
        for name, partitions in broker.groups.commits.store.topics(asked.group_id).items():
            topic = catalogue.topics.get(name)
            if by_id and topic is None:
                continue
            found = [_partition(broker, asked.group_id, name, index, stable) for index in partitions]
            shown = [one for one in found if one.committed_offset != -1 or one.error_code]
            if shown:
                topic_id = topic.topic_id if topic is not None else ZERO_UUID
                answer.topics.append(OffsetFetchResponseTopics(name, topic_id, shown))
        return answer
    for one in asked.topics:
        named = catalogue.topic_ids.get(one.topic_id) if by_id else None
        if by_id and named is None:
            parts = [_none(index, ErrorCode.UNKNOWN_TOPIC_ID) for index in one.partition_indexes]
        else:
            name = one.name if named is None else named.name
            parts = [_partition(broker, asked.group_id, name, index, stable) for index in one.partition_indexes]
        answer.topics.append(OffsetFetchResponseTopics(one.name, one.topic_id, parts))
    return answer


def _partition(broker: Broker, group_id: str, topic: str, index: int, stable: bool) -> OffsetFetchResponsePartitions:
    if stable and broker.groups.commits.is_unstable(group_id, topic, index):
        return _none(index, ErrorCode.UNSTABLE_OFFSET_COMMIT)
    found = broker.groups.commits.visible(group_id, topic, index)
    if found is None:
        return _none(index, ErrorCode.NONE)
    return OffsetFetchResponsePartitions(index, found.offset, found.leader_epoch, found.metadata)


def _none(index: int, error: ErrorCode) -> OffsetFetchResponsePartitions:
    return OffsetFetchResponsePartitions(index, -1, -1, "", error)


def _fetch_one_group(broker: Broker, version: int, message: OffsetFetchRequest) -> OffsetFetchResponse:
    """Before version 8."""
    error = broker.groups.check_offset_fetch(message.group_id, None, -1)
    if error:
        if version >= _TOP_LEVEL_ERROR_SINCE:
            return OffsetFetchResponse(error_code=error)
        topics = [
            OffsetFetchResponseTopic(
                one.name, [OffsetFetchResponsePartition(index, -1, -1, "", error) for index in one.partition_indexes]
            )
            for one in message.topics or []
        ]
        return OffsetFetchResponse(topics=topics)
    asked: list[tuple[str, list[int]]]
    if message.topics is None:
        stored = broker.groups.commits.store.topics(message.group_id)
        asked = [(name, list(partitions)) for name, partitions in stored.items()]
    else:
        asked = [(one.name, one.partition_indexes) for one in message.topics]
    topics = []
    for name, indexes in asked:
        parts = []
        for index in indexes:
            if message.require_stable and broker.groups.commits.is_unstable(message.group_id, name, index):
                parts.append(OffsetFetchResponsePartition(index, -1, -1, "", ErrorCode.UNSTABLE_OFFSET_COMMIT))
                continue
            found = broker.groups.commits.visible(message.group_id, name, index)
            if found is not None:
                parts.append(OffsetFetchResponsePartition(index, found.offset, found.leader_epoch, found.metadata))
            elif message.topics is not None:
                parts.append(OffsetFetchResponsePartition(index, -1, -1, ""))
        if parts or message.topics is not None:
            topics.append(OffsetFetchResponseTopic(name, parts))
    return OffsetFetchResponse(topics=topics)
