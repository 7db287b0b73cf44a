"""The one error of the codec."""


class WireError(ValueError):
    """Bytes that are no valid message, or a message that has no form at the asked version.

    On decoding it is the peer's fault (answer with INVALID_REQUEST or close, as Kafka does); on encoding it is ours.
    Nothing else escapes the codec: no `struct.error`, `IndexError`, `UnicodeDecodeError` or `MemoryError`.
    """
