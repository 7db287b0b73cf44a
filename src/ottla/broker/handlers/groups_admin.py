"""Groups as an administrator sees them: DescribeGroups 0-6, ListGroups 0-5, DeleteGroups 0-2, OffsetDelete 0.

DescribeGroups 6 says GROUP_ID_NOT_FOUND with a text where earlier versions show a group that is Dead (KIP-1043); authorised operations are
all there are while there is no authorisation, as Kafka answers without an authorizer. ListGroups 4 filters by state, 5 by type, both
without regard to case.

Not done: authorisation. Groups of other kinds than classic do not exist yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.wire.messages.delete_groups_request import DeleteGroupsRequest
from ottla.wire.messages.delete_groups_response import DeletableGroupResult, DeleteGroupsResponse
from ottla.wire.messages.describe_groups_request import DescribeGroupsRequest
from ottla.wire.messages.describe_groups_response import DescribedGroup, DescribedGroupMember, DescribeGroupsResponse
from ottla.wire.messages.list_groups_request import ListGroupsRequest
from ottla.wire.messages.list_groups_response import ListedGroup, ListGroupsResponse
from ottla.wire.messages.offset_delete_request import OffsetDeleteRequest
from ottla.wire.messages.offset_delete_response import (
    OffsetDeleteResponse,
    OffsetDeleteResponsePartition,
    OffsetDeleteResponseTopic,
)

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

_NOT_FOUND_SINCE = 6

GROUP_OPERATIONS = sum(1 << operation for operation in (3, 6, 8, 10, 11))
"""READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS: what can be done to a group, as a bit field of ACL operations."""

_DEAD = "Dead"


def describe_groups(broker: Broker, request: Request, message: DescribeGroupsRequest) -> DescribeGroupsResponse:
    """State, protocol and members of classic groups."""
    groups = [_described(broker, request.api_version, group_id) for group_id in message.groups]
    if message.include_authorized_operations:
        for group in groups:
            if not group.error_code:
                group.authorized_operations = GROUP_OPERATIONS
    return DescribeGroupsResponse(groups=groups)


def _described(broker: Broker, version: int, group_id: str) -> DescribedGroup:
    unavailable = broker.groups.unavailable
    if unavailable:
        return DescribedGroup(group_id=group_id, error_code=unavailable, error_message=None)
    found = broker.groups.describe(group_id)
    if found is None:
        if version >= _NOT_FOUND_SINCE:
            why = f"Group {group_id} not found."
            return DescribedGroup(ErrorCode.GROUP_ID_NOT_FOUND, why, group_id=group_id, group_state=_DEAD)
        return DescribedGroup(group_id=group_id, group_state=_DEAD, error_message=None)
    return DescribedGroup(
        error_message=None,
        group_id=group_id,
        group_state=found.state,
        protocol_type=found.protocol_type,
        protocol_data=found.protocol_name,
        members=[DescribedGroupMember(*member) for member in found.members],
    )


def list_groups(broker: Broker, request: Request, message: ListGroupsRequest) -> ListGroupsResponse:
    """Every group, or those in the asked states and of the asked types."""
    unavailable = broker.groups.unavailable
    if unavailable:
        return ListGroupsResponse(error_code=unavailable)
    states = {state.strip().lower() for state in message.states_filter}
    types = {kind.strip().lower() for kind in message.types_filter}
    return ListGroupsResponse(
        groups=[
            ListedGroup(*group)
            for group in broker.groups.listed()
            if (not states or group.state.lower() in states) and (not types or group.kind in types)
        ]
    )


async def delete_groups(broker: Broker, request: Request, message: DeleteGroupsRequest) -> DeleteGroupsResponse:
    """Deletes groups that have no members; each stands for itself, one named twice is answered once."""
    results = await broker.groups.delete_groups(dict.fromkeys(message.groups_names))
    return DeleteGroupsResponse(results=[DeletableGroupResult(*result) for result in results.items()])


async def offset_delete(broker: Broker, request: Request, message: OffsetDeleteRequest) -> OffsetDeleteResponse:
    """Forgets a group's offsets of topics that no member subscribes to (KIP-496)."""
    refusal = broker.groups.check_offset_delete(message.group_id)
    if refusal:
        return OffsetDeleteResponse(error_code=refusal)
    response = OffsetDeleteResponse()
    deletable: list[tuple[str, int]] = []
    deleted: list[OffsetDeleteResponsePartition] = []
    for asked in message.topics:
        topic = broker.catalogue.topics.get(asked.name)
        count = 0 if topic is None else len(topic.partitions)
        is_subscribed = broker.groups.is_subscribed_to(message.group_id, asked.name)
        answered = OffsetDeleteResponseTopic(asked.name)
        response.topics.append(answered)
        for one in asked.partitions:
            part = OffsetDeleteResponsePartition(one.partition_index)
            answered.partitions.append(part)
            if not 0 <= one.partition_index < count:
                part.error_code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            elif is_subscribed:
                part.error_code = ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC
            else:
                deletable.append((asked.name, one.partition_index))
                deleted.append(part)
    if deletable:
        error = await broker.groups.delete_offsets(message.group_id, deletable)
        for part in deleted:
            part.error_code = error
    return response
