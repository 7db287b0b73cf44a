"""Identifiers as the protocol writes them.

A UUID (topic id, directory id) is 16 raw bytes everywhere inside Ottla: it is compared and hashed on the fetch path, and
Python's `uuid.UUID` costs more to build than the partition it names costs to read. Text is Kafka's: url-safe base64 without padding.
"""

import base64
import binascii
import os

ZERO_UUID = bytes(16)
_UUID_TEXT_LENGTH = 22


def random_uuid() -> bytes:
    """A fresh version 4 UUID whose text does not begin with a dash (Kafka's rule: it would read as a command line option)."""
    while True:
        raw = bytearray(os.urandom(16))
        raw[6] = raw[6] & 0x0F | 0x40
        raw[8] = raw[8] & 0x3F | 0x80
        if uuid_to_text(raw)[0] != "-":
            return bytes(raw)


def uuid_to_text(raw: bytes | bytearray) -> str:
    """22 characters, e.g. `AAAAAAAAAAAAAAAAAAAAAA` for the zero id."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def uuid_from_text(text: str) -> bytes:
    """The 16 bytes behind a 22-character text. Raises ValueError, naming the text, when it is not one."""
    try:
        raw = base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(text) != _UUID_TEXT_LENGTH or len(raw) != 16:
        raise ValueError(f"{text!r} is not a Kafka UUID (22 characters of url-safe base64)")
    return raw
