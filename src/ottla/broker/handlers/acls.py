"""DescribeAcls, CreateAcls and DeleteAcls, versions 1-3, on a broker without an authorizer: SECURITY_DISABLED, as Apache Kafka says it.

Tools rely on that answer: MirrorMaker goes on without copying ACLs, ClientCompatibilityTest counts the API as served.

Not here yet: an authorizer (`authorizer.class.name`), with the security issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.wire.messages.create_acls_response import AclCreationResult, CreateAclsResponse
from ottla.wire.messages.delete_acls_response import DeleteAclsFilterResult, DeleteAclsResponse
from ottla.wire.messages.describe_acls_response import DescribeAclsResponse

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.wire.messages.create_acls_request import CreateAclsRequest
    from ottla.wire.messages.delete_acls_request import DeleteAclsRequest
    from ottla.wire.messages.describe_acls_request import DescribeAclsRequest

_WHY = "No Authorizer is configured."


def describe_acls(broker: Broker, request: Request, message: DescribeAclsRequest) -> DescribeAclsResponse:
    return DescribeAclsResponse(error_code=ErrorCode.SECURITY_DISABLED, error_message=_WHY)


def create_acls(broker: Broker, request: Request, message: CreateAclsRequest) -> CreateAclsResponse:
    return CreateAclsResponse(
        results=[
            AclCreationResult(error_code=ErrorCode.SECURITY_DISABLED, error_message=_WHY) for _ in message.creations
        ]
    )


def delete_acls(broker: Broker, request: Request, message: DeleteAclsRequest) -> DeleteAclsResponse:
    return DeleteAclsResponse(
        filter_results=[
            DeleteAclsFilterResult(error_code=ErrorCode.SECURITY_DISABLED, error_message=_WHY) for _ in message.filters
        ]
    )
