"""The classic group protocol's APIs: FindCoordinator 0-6, JoinGroup 0-9, SyncGroup 0-5, Heartbeat 0-4, LeaveGroup 0-5.

Versions: JoinGroup 0 has no rebalance timeout (the session's serves), before 4 a new member gets in without a round trip for its id, before
7 a response cannot say "no protocol" by null. SyncGroup 5 must name protocol type and name. LeaveGroup before 3 is one member, its error
the response's.

Not done: coordinators of share groups (FindCoordinator type 2) are answered INVALID_REQUEST with a text, which clients report at once
instead of retrying; authorisation; quotas.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.messages import JoinReply, JoinRequest, LeaveReply, Leaving, SyncReply, SyncRequest
from ottla.wire.messages.find_coordinator_request import FindCoordinatorRequest
from ottla.wire.messages.find_coordinator_response import Coordinator, FindCoordinatorResponse
from ottla.wire.messages.heartbeat_request import HeartbeatRequest
from ottla.wire.messages.heartbeat_response import HeartbeatResponse
from ottla.wire.messages.join_group_request import JoinGroupRequest
from ottla.wire.messages.join_group_response import JoinGroupResponse, JoinGroupResponseMember
from ottla.wire.messages.leave_group_request import LeaveGroupRequest
from ottla.wire.messages.leave_group_response import LeaveGroupResponse, MemberResponse
from ottla.wire.messages.sync_group_request import SyncGroupRequest
from ottla.wire.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request

_GROUP = 0
_TRANSACTION = 1
_WHY_NOT = {
    2: "This broker has no share coordinator: share groups are not served yet.",
}
_KNOWN_ID_SINCE = 4
_NULLABLE_PROTOCOL_SINCE = 7
_BATCHED_KEYS_SINCE = 4
_BATCHED_LEAVE_SINCE = 3
_PROTOCOL_IN_SYNC_SINCE = 5


def find_coordinator(broker: Broker, request: Request, message: FindCoordinatorRequest) -> FindCoordinatorResponse:
    """Every group's and transactional id's coordinator is this node, under the address of the client's listener."""
    if message.key_type == _GROUP:
        broker.groups.looked_up()
    if request.api_version >= _BATCHED_KEYS_SINCE:
        keys = message.coordinator_keys
        return FindCoordinatorResponse(coordinators=[_coordinator(broker, request, message, key) for key in keys])
    found = _coordinator(broker, request, message, message.key)
    return FindCoordinatorResponse(
        error_code=found.error_code,
        error_message=found.error_message,
        node_id=found.node_id,
        host=found.host,
        port=found.port,
    )


def _coordinator(broker: Broker, request: Request, message: FindCoordinatorRequest, key: str) -> Coordinator:
    if message.key_type not in (_GROUP, _TRANSACTION):
        why = _WHY_NOT.get(message.key_type, f"There is no coordinator of type {message.key_type}.")
        return _no_coordinator(key, ErrorCode.INVALID_REQUEST, why)
    node = broker.nodes(request.peer.listener).get(broker.node_id)
    if node is None:
        return _no_coordinator(key, ErrorCode.COORDINATOR_NOT_AVAILABLE, "The coordinator is not available.")
    return Coordinator(key=key, node_id=node.node_id, host=node.host, port=node.port, error_message=None)


def _no_coordinator(key: str, error: ErrorCode, why: str) -> Coordinator:
    return Coordinator(key=key, node_id=-1, host="", port=-1, error_code=error, error_message=why)


def join_group(broker: Broker, request: Request, message: JoinGroupRequest) -> None:
    """Answers now, or when the rebalance it joins is over."""
    version = request.api_version

    def answer(reply: JoinReply) -> None:
        no_protocol = None if version >= _NULLABLE_PROTOCOL_SINCE else ""
        request.reply_message(
            JoinGroupResponse(
                error_code=reply.error,
                generation_id=reply.generation_id,
                protocol_type=reply.protocol_type,
                protocol_name=reply.protocol_name if reply.protocol_name is not None else no_protocol,
                leader=reply.leader,
                skip_assignment=reply.skip_assignment,
                member_id=reply.member_id,
                members=[JoinGroupResponseMember(*member) for member in reply.members],
            )
        )

    join = JoinRequest(
        member_id=message.member_id,
        instance_id=message.group_instance_id,
        protocol_type=message.protocol_type,
        protocols=tuple((one.name, one.metadata) for one in message.protocols),
        session_timeout_ms=message.session_timeout_ms,
        rebalance_timeout_ms=message.rebalance_timeout_ms if version >= 1 else -1,
        new_member_suffix=str(uuid.uuid4()),
        client_id=request.client_id or "",
        client_host=f"/{request.peer.client_host}",
        version=version,
    )
    if version < _KNOWN_ID_SINCE and not message.member_id and message.group_instance_id is None:
        # Only then does its connection matter: nobody else will ever know its member id.
        group_id = message.group_id
        request.peer.on_close(lambda: broker.groups.disconnected(group_id, answer))
    broker.groups.join(message.group_id, join, answer)


def sync_group(broker: Broker, request: Request, message: SyncGroupRequest) -> SyncGroupResponse | None:
    """Answers now, or when the leader's assignment is there and durable."""
    if request.api_version >= _PROTOCOL_IN_SYNC_SINCE and (
        message.protocol_type is None or message.protocol_name is None
    ):
        return SyncGroupResponse(error_code=ErrorCode.INCONSISTENT_GROUP_PROTOCOL)

    def answer(reply: SyncReply) -> None:
        request.reply_message(
            SyncGroupResponse(
                error_code=reply.error,
                protocol_type=reply.protocol_type,
                protocol_name=reply.protocol_name,
                assignment=reply.assignment,
            )
        )

    sync = SyncRequest(
        member_id=message.member_id,
        instance_id=message.group_instance_id,
        generation_id=message.generation_id,
        protocol_type=message.protocol_type,
        protocol_name=message.protocol_name,
        assignments={one.member_id: one.assignment for one in message.assignments},
    )
    broker.groups.sync(message.group_id, sync, answer)
    return None


def heartbeat(broker: Broker, request: Request, message: HeartbeatRequest) -> HeartbeatResponse:
    """Keeps a member's session."""
    return HeartbeatResponse(
        error_code=broker.groups.heartbeat(
            message.group_id, message.member_id, message.group_instance_id, message.generation_id
        )
    )


def leave_group(broker: Broker, request: Request, message: LeaveGroupRequest) -> None:
    """Takes members out of a group."""
    is_batch = request.api_version >= _BATCHED_LEAVE_SINCE

    def answer(reply: LeaveReply) -> None:
        if is_batch:
            members = [MemberResponse(one.member_id, one.instance_id, one.error) for one in reply.members]
            response = LeaveGroupResponse(error_code=reply.error, members=members)
        else:
            error = reply.error or (reply.members[0].error if reply.members else ErrorCode.NONE)
            response = LeaveGroupResponse(error_code=error)
        request.reply_message(response)

    if is_batch:
        leaving = [Leaving(one.member_id, one.group_instance_id) for one in message.members]
    else:
        leaving = [Leaving(message.member_id)]
    broker.groups.leave(message.group_id, leaving, answer)
