# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterUserScramCredentialsRequest, API key 51: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 51
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_bi = Struct(">bi").pack
_p_biB = Struct(">biB").pack
_p_bx = Struct(">bx").pack
_u_bB = Struct(">bB").unpack_from
_u_biB = Struct(">biB").unpack_from


class ScramCredentialDeletion(WireStruct):
    __slots__ = ("name", "mechanism")
    name: str
    mechanism: int

    def __init__(
        self,
        name: str = "",
        mechanism: int = 0,
    ) -> None:
        self.name = name
        self.mechanism = mechanism


class ScramCredentialUpsertion(WireStruct):
    __slots__ = ("name", "mechanism", "iterations", "salt", "salted_password")
    name: str
    mechanism: int
    iterations: int
    salt: bytes
    salted_password: bytes

    def __init__(
        self,
        name: str = "",
        mechanism: int = 0,
        iterations: int = 0,
        salt: bytes = b"",
        salted_password: bytes = b"",
    ) -> None:
        self.name = name
        self.mechanism = mechanism
        self.iterations = iterations
        self.salt = salt
        self.salted_password = salted_password


class AlterUserScramCredentialsRequest(WireStruct):
    __slots__ = ("deletions", "upsertions")
    deletions: list[ScramCredentialDeletion]
    upsertions: list[ScramCredentialUpsertion]

    def __init__(
        self,
        deletions: list[ScramCredentialDeletion] = NEW,
        upsertions: list[ScramCredentialUpsertion] = NEW,
    ) -> None:
        self.deletions = [] if deletions is NEW else deletions
        self.upsertions = [] if upsertions is NEW else upsertions


def _read_scram_credential_deletion_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ScramCredentialDeletion], int]:
    out: list[ScramCredentialDeletion] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        mechanism, tags = _u_bB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ScramCredentialDeletion(name, mechanism))
    return out, pos


def _read_scram_credential_upsertion_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ScramCredentialUpsertion], int]:
    out: list[ScramCredentialUpsertion] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        mechanism, iterations, n = _u_biB(buf, pos)
        pos += 6
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Salt")
        end = pos + n - 1
        salt = buf[pos:end]
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "SaltedPassword")
        end = pos + n - 1
        salted_password = buf[pos:end]
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ScramCredentialUpsertion(name, mechanism, iterations, salt, salted_password))
    return out, pos


def _read_alter_user_scram_credentials_request_v0(buf: bytes, pos: int) -> tuple[AlterUserScramCredentialsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Deletions")
    deletions, pos = _read_scram_credential_deletion_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 9, "Upsertions")
    upsertions, pos = _read_scram_credential_upsertion_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterUserScramCredentialsRequest(deletions, upsertions), pos


def _write_scram_credential_deletion_list_v0(w: Write, items: list[ScramCredentialDeletion]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(_p_bx(x.mechanism))


def _write_scram_credential_upsertion_list_v0(w: Write, items: list[ScramCredentialUpsertion]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        d = x.salt
        n = len(d) + 1
        w(_p_biB(x.mechanism, x.iterations, n) if n < 128 else _p_bi(x.mechanism, x.iterations) + uvarint(n))
        w(d)
        d = x.salted_password
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        w(b"\0")


def _write_alter_user_scram_credentials_request_v0(w: Write, x: AlterUserScramCredentialsRequest) -> None:
    n = len(x.deletions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.deletions:
        _write_scram_credential_deletion_list_v0(w, x.deletions)
    n = len(x.upsertions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.upsertions:
        _write_scram_credential_upsertion_list_v0(w, x.upsertions)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterUserScramCredentialsRequest, int]]]] = {
    0: _read_alter_user_scram_credentials_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, AlterUserScramCredentialsRequest], None]]] = {
    0: _write_alter_user_scram_credentials_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterUserScramCredentialsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterUserScramCredentialsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterUserScramCredentialsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterUserScramCredentialsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterUserScramCredentialsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterUserScramCredentialsRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterUserScramCredentialsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterUserScramCredentialsRequest", version, exc) from exc
    return parts


def encode(message: AlterUserScramCredentialsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterUserScramCredentialsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterUserScramCredentialsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
