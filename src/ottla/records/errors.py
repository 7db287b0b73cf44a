"""The one error type of this package."""

from ottla.base.errors import ErrorCode


class RecordError(Exception):
    """Bytes that are not what they claim to be: a torn or damaged batch, a bad varint, a bomb.

    `code` is what a producer of these bytes is told. CORRUPT_MESSAGE (retriable) where the bytes may have been damaged on their
    way; INVALID_RECORD (final) where sending them again cannot help.
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code.name}: {self.message}"


def corrupt(message: str) -> RecordError:
    """A CORRUPT_MESSAGE error, to raise."""
    return RecordError(ErrorCode.CORRUPT_MESSAGE, message)


def invalid(message: str) -> RecordError:
    """An INVALID_RECORD error, to raise."""
    return RecordError(ErrorCode.INVALID_RECORD, message)
