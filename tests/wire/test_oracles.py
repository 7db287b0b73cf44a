"""The codec against two independent ones: kio (every version of every message) and kafka-python (those it has).

Both ways: they read our bytes to the same values and write the same bytes back. Neither ever sees hostile bytes here.
"""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import io
import random
import uuid
import warnings
from typing import Any

import pytest
from kio.index import load_entity_schema
from kio.serial import entity_reader, entity_writer
from kio.static.constants import EntityType
from tests.wire.samples import MESSAGES, PAIRS, sample

from ottla.wire.registry import message_module
from ottla.wire.schema import Message, Struct

ROUNDS = 3


def kio_class(message: Message, version: int) -> Any:
    stem = message.module
    if message.kind in {"request", "response"}:
        stem = stem.removesuffix(f"_{message.kind}")
    return load_entity_schema(stem.replace("kraft_", "k_raft_"), version, EntityType[message.kind])


def plain(value: Any) -> Any:
    """kio's richer value types as what stands on the wire."""
    match value:
        case datetime.timedelta():
            return value // datetime.timedelta(milliseconds=1)
        case datetime.datetime():
            return round(value.timestamp() * 1000)
        case uuid.UUID():
            return value.bytes
        case memoryview():
            return bytes(value)
        case bool():
            return value
        case int():
            return int(value)
        case str():
            return str(value)
    return value


def assert_same(message: Message, struct: Struct, version: int, ours: Any, theirs: Any) -> None:
    fields = [one for one in struct.fields if version in one.versions]
    their_fields = dataclasses.fields(theirs)
    assert len(fields) == len(their_fields)
    for one, their_field in zip(fields, their_fields, strict=True):
        our_value, their_value = getattr(ours, one.attribute), getattr(theirs, their_field.name)
        where = f"{struct.name}.{one.name} v{version}"
        if our_value is None or their_value is None:
            zero_uuid = one.type == "uuid" and our_value == bytes(16)
            never = their_value is None and our_value == -1  # kio reads "no time" as None
            assert our_value is their_value or zero_uuid or never, where
        elif one.is_array:
            assert len(our_value) == len(their_value), where
            for a, b in zip(our_value, their_value, strict=True):
                if one.is_struct:
                    assert_same(message, message.structs[one.type], version, a, b)
                else:
                    assert plain(a) == plain(b), where
        elif one.is_struct:
            assert_same(message, message.structs[one.type], version, our_value, their_value)
        else:
            assert plain(our_value) == plain(their_value), where


@pytest.mark.parametrize("name", MESSAGES)
def test_kio_agrees(name: str) -> None:
    message, module = MESSAGES[name], message_module(name)
    rng = random.Random(name)
    for version in message.versions:
        cls = kio_class(message, version)
        read, write = entity_reader(cls), entity_writer(cls)
        for _ in range(ROUNDS):
            ours = sample(name, version, rng, oracle=True)
            data = module.encode(ours, version)
            theirs, size = read(data, 0)
            assert size == len(data)
            assert_same(message, message.structs[name], version, ours, theirs)
            out = io.BytesIO()
            write(out, theirs)
            assert out.getvalue() == data
            assert module.decode(out.getvalue(), version) == ours


def test_every_version_that_kio_knows_is_ours_too() -> None:
    from kio.schema.index import api_key_map, schema_name_map

    ours = {(m.key, version) for m in MESSAGES.values() if m.kind == "request" for version in m.versions}
    controller_only = {52, 53, 54, 56, 58, 59, 62, 63, 67, 70, 73, 82}
    theirs = {
        (key, version)
        for key, name in api_key_map.items()
        if key not in controller_only
        for version in schema_name_map[name]
    }
    assert ours == theirs


KAFKA_PYTHON_PACKAGES = ["admin", "consumer", "metadata", "producer", "sasl"]


def kafka_python_classes() -> dict[str, Any]:
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it reads its schemas through a deprecated function
        for package in KAFKA_PYTHON_PACKAGES:
            module = importlib.import_module(f"kafka.protocol.{package}")
            found |= {name: value for name, value in vars(module).items() if name in MESSAGES}
    return found


KAFKA_PYTHON = kafka_python_classes()


@pytest.mark.parametrize("name", KAFKA_PYTHON)
def test_kafka_python_agrees(name: str) -> None:
    message, module, cls = MESSAGES[name], message_module(name), KAFKA_PYTHON[name]
    rng = random.Random(name)
    for version in message.versions:
        if version > cls.max_version:
            continue
        for _ in range(ROUNDS):
            ours = sample(name, version, rng, oracle=True)
            if name == "ApiVersionsResponse":
                ours.error_code = 0  # with an error, kafka-python takes the layout for version 0
            data = module.encode(ours, version)
            if message.kind == "data":
                theirs = cls.decode(data, version=version, header=False)
                assert bytes(theirs.encode(version=version, header=False)) == data
                continue
            theirs = cls.decode(data, version=version)
            theirs._header = None  # its decoder leaves this unset and its encoder looks at it
            assert bytes(theirs.encode(version=version)) == data


def test_the_oracles_cover_what_they_should() -> None:
    assert len(KAFKA_PYTHON) >= 90
    assert len(PAIRS) == 577
