"""ApiVersions, versions 0-4 (KIP-35, KIP-511, KIP-584).

Before anything else a client asks this. A request of a version we do not know is answered in version 0's layout with
UNSUPPORTED_VERSION and the full list, and the connection lives on (KIP-511): a newer client then asks again in a version we serve.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ottla.base.errors import ErrorCode
from ottla.broker.api_table import advertised
from ottla.broker.features import epoch, finalized_features, supported_features
from ottla.wire.messages import api_versions_response as wire

if TYPE_CHECKING:
    from ottla.broker.broker import Broker
    from ottla.broker.request import Request
    from ottla.wire.messages.api_versions_request import ApiVersionsRequest

# KIP-511: what a client may call itself.
_SOFTWARE = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?")
_FEATURE_MIN_ZERO_SINCE = 4  # KAFKA-17011: older clients cannot read a minimum of 0


def handle(broker: Broker, request: Request, message: ApiVersionsRequest | None) -> wire.ApiVersionsResponse | None:
    """`message` is None when the request's version is not one we know."""
    keys = [wire.ApiVersion(api_key=key, min_version=low, max_version=high) for key, low, high in advertised()]
    if message is None:
        answer = wire.ApiVersionsResponse(error_code=ErrorCode.UNSUPPORTED_VERSION, api_keys=keys)
        request.reply(wire.encode(answer, 0))
        return None
    if request.api_version >= 3:
        name, version = message.client_software_name, message.client_software_version
        if not _SOFTWARE.fullmatch(name) or not _SOFTWARE.fullmatch(version):
            return wire.ApiVersionsResponse(error_code=ErrorCode.INVALID_REQUEST)
        request.peer.software_name, request.peer.software_version = name, version
    return wire.ApiVersionsResponse(
        api_keys=keys,
        supported_features=[
            wire.SupportedFeatureKey(name=name, min_version=low, max_version=high)
            for name, low, high in supported_features()
            if low > 0 or request.api_version >= _FEATURE_MIN_ZERO_SINCE
        ],
        finalized_features_epoch=epoch(broker.catalogue),
        finalized_features=[
            wire.FinalizedFeatureKey(name=name, max_version_level=level, min_version_level=level)
            for name, level in finalized_features(broker.catalogue)
        ],
    )
