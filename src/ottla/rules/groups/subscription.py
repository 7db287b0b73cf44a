"""The one thing the broker reads of a classic consumer's opaque metadata: the topics it subscribes to.

Embedded consumer protocol, never flexible: version int16, topics [string], user data bytes; later versions only append, so the prefix is
read whatever the version. Everything else in metadata and assignments belongs to the clients.
"""

from __future__ import annotations

from struct import Struct
from struct import error as struct_error

CONSUMER_PROTOCOL = "consumer"

_version = Struct(">h").unpack_from
_count = Struct(">i").unpack_from
_length = Struct(">h").unpack_from


def subscribed_topics(metadata: bytes) -> frozenset[str] | None:
    """The topics of a Subscription, None when these bytes are none."""
    topics = []
    try:
        (version,) = _version(metadata)
        (count,) = _count(metadata, 2)
        pos = 6
        if version < 0 or count < 0 or count > (len(metadata) - pos) // 2:
            return None
        for _ in range(count):
            (length,) = _length(metadata, pos)
            end = pos + 2 + length
            if length < 0 or end > len(metadata):
                return None
            topics.append(metadata[pos + 2 : end].decode("utf-8"))
            pos = end
        (user_data,) = _count(metadata, pos)
    except (struct_error, UnicodeDecodeError):
        return None
    if user_data > len(metadata) - pos - 4:
        return None
    return frozenset(topics)
