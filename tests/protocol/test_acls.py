"""Without an authorizer every ACL call says so, in Kafka's own way."""

from __future__ import annotations

import pytest

from ottla.base.errors import ErrorCode
from ottla.testing import broker as embedded_broker
from ottla.wire.messages import create_acls_request, delete_acls_request, describe_acls_request
from support.raw import RawClient


@pytest.mark.parametrize("version", [1, 2, 3])
def test_security_is_disabled(version: int) -> None:
    # ANY for what is looked for; for what is made: topic "t", User:a, host *, operation READ, ALLOW.
    describe = describe_acls_request.DescribeAclsRequest(
        resource_type_filter=1, pattern_type_filter=1, operation=1, permission_type=1
    )
    create = create_acls_request.CreateAclsRequest(
        creations=[
            create_acls_request.AclCreation(
                resource_type=2, resource_name="t", principal="User:a", host="*", operation=3, permission_type=3
            )
        ]
    )
    delete = delete_acls_request.DeleteAclsRequest(
        filters=[
            delete_acls_request.DeleteAclsFilter(
                resource_type_filter=1, pattern_type_filter=1, operation=1, permission_type=1
            )
        ]
        * 2
    )
    with embedded_broker() as broker, RawClient(broker.port) as client:
        described = client.call(29, version, describe)
        assert (described.error_code, described.error_message) == (
            ErrorCode.SECURITY_DISABLED,
            "No Authorizer is configured.",
        )
        assert [r.error_code for r in client.call(30, version, create).results] == [ErrorCode.SECURITY_DISABLED]
        deleted = client.call(31, version, delete).filter_results
        assert [r.error_code for r in deleted] == [ErrorCode.SECURITY_DISABLED] * 2
