"""Hostile and broken clients: each costs itself its connection, or gets the protocol's own error, and nobody else notices."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from ottla.base.errors import ErrorCode as E
from ottla.broker.api_table import APIS, Api
from ottla.testing import broker as embedded_broker
from ottla.testing.embedded import EmbeddedBroker
from ottla.wire.messages import api_versions_request, api_versions_response, metadata_request
from support.raw import RawClient
from support.talk import METADATA, batch, create_topic, produce_message, send_records

API_VERSIONS = 18


@pytest.fixture(scope="module")
def broker() -> Iterator[EmbeddedBroker]:
    with embedded_broker(socket_request_max_bytes=10_000_000) as running:
        yield running


@pytest.fixture
def witness(broker: EmbeddedBroker) -> Iterator[RawClient]:
    """Another client, connected before and still served after."""
    with RawClient(broker.port) as client:
        client.call(METADATA, 12, metadata_request.MetadataRequest(topics=[]))
        yield client
        answer = client.call(METADATA, 12, metadata_request.MetadataRequest(topics=[]))
        assert len(answer.brokers) == 1


def memory_bytes() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise AssertionError


@pytest.mark.parametrize("size", [-1, 0, 3, 10_000_001, 2**31 - 1, -(2**31)])
def test_frame_sizes(broker: EmbeddedBroker, witness: RawClient, size: int) -> None:
    with RawClient(broker.port) as client:
        client.socket.sendall(struct.pack(">i", size) + b"\0" * 16)
        assert client.closed()


def test_unknown_api(broker: EmbeddedBroker, witness: RawClient) -> None:
    for key in (-1, 4, 93, 1000, 32767):
        with RawClient(broker.port) as client:
            client.socket.sendall(struct.pack(">ihhih", 10, key, 0, 1, -1))
            assert client.closed()


@pytest.mark.parametrize("api", [api for api in APIS if api.key != API_VERSIONS], ids=lambda api: api.name)
def test_unknown_versions_close(broker: EmbeddedBroker, witness: RawClient, api: Api) -> None:
    for version in (api.versions[0] - 1, api.versions[1] + 1, 32767, -1):
        with RawClient(broker.port) as client:
            client.socket.sendall(struct.pack(">ihhih", 10, api.key, version, 1, -1))
            assert client.closed()


@pytest.mark.parametrize("version", [5, 6, 100, 32767])
def test_an_unknown_version_of_api_versions_is_answered(broker: EmbeddedBroker, version: int) -> None:
    """KIP-511: version 0's layout, UNSUPPORTED_VERSION and what is served; the connection goes on."""
    with RawClient(broker.port) as client:
        body = b"\x05abcd\x02\x00"
        client.socket.sendall(struct.pack(">ihhih", 10 + len(body), API_VERSIONS, version, 7, -1) + body)
        frame = client.receive_bytes()
        assert struct.unpack_from(">i", frame) == (7,)
        answer = api_versions_response.decode(frame, 0, 4)
        assert answer.error_code == E.UNSUPPORTED_VERSION
        assert {key.api_key: (key.min_version, key.max_version) for key in answer.api_keys}[API_VERSIONS] == (0, 4)
        retry = client.call(
            API_VERSIONS,
            3,
            api_versions_request.ApiVersionsRequest(client_software_name="a", client_software_version="1"),
        )
        assert retry.error_code == E.NONE


@pytest.mark.parametrize(("name", "version"), [("", "1"), ("a", ""), ("-a", "1"), ("a b", "1"), ("a", "1\n")])
def test_client_software_names(broker: EmbeddedBroker, name: str, version: str) -> None:
    message = api_versions_request.ApiVersionsRequest(client_software_name=name, client_software_version=version)
    with RawClient(broker.port) as client:
        assert client.call(API_VERSIONS, 3, message).error_code == E.INVALID_REQUEST


def test_a_billion_elements(broker: EmbeddedBroker, witness: RawClient) -> None:
    before = memory_bytes()
    for version, count in ((8, b"\x3b\x9a\xca\x00"), (12, b"\xff\xff\xff\xff\x0f"), (12, b"\x81\x94\xeb\xdc\x03")):
        with RawClient(broker.port) as client:
            client.send(METADATA, version, count + b"\0" * 8)
            assert client.closed()
    assert memory_bytes() - before < 100_000_000


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_garbage_bodies(broker: EmbeddedBroker, witness: RawClient, api: Api) -> None:
    """Whatever the bytes, the broker answers or closes; it does not hang, and does not fall over."""
    rng = random.Random(api.key)
    for version in {api.versions[0], api.versions[1]}:
        for _ in range(8):
            with RawClient(broker.port, timeout_s=20) as client:
                client.send(api.key, version, rng.randbytes(rng.choice([0, 1, 5, 20, 80, 400])))
                # A second request tells an answered first one from one that is rightly kept (a join, a long poll).
                client.send(API_VERSIONS, 0, b"")
                client.socket.settimeout(1.0)
                try:
                    client.receive_bytes()
                except (ConnectionError, TimeoutError):
                    pass


def test_truncated_bodies_close(broker: EmbeddedBroker, witness: RawClient) -> None:
    good = metadata_request.encode(metadata_request.MetadataRequest(topics=[]), 12)
    for size in range(len(good)):
        with RawClient(broker.port) as client:
            client.send(METADATA, 12, good[:size])
            assert client.closed()


def test_bytes_behind_a_body_are_ignored(broker: EmbeddedBroker) -> None:
    """As in Kafka; librdkafka 2.16 sends three too many with Metadata v13."""
    good = metadata_request.encode(metadata_request.MetadataRequest(topics=[]), 12)
    with RawClient(broker.port) as client:
        sent = client.send(METADATA, 12, good + b"abc")
        assert len(client.receive(METADATA, 12, sent).brokers) == 1


def test_unknown_tagged_fields_are_skipped(broker: EmbeddedBroker) -> None:
    """The protocol lets a newer client add tags without a new version, in the header and in every struct."""
    good = metadata_request.encode(metadata_request.MetadataRequest(topics=[]), 12)
    assert good.endswith(b"\0")
    tagged = good[:-1] + b"\x02\x10\x03abc\x7f\x00"
    with RawClient(broker.port) as client:
        sent = client.send(METADATA, 12, tagged, tags=b"\x01\x05\x04beef")
        assert len(client.receive(METADATA, 12, sent).brokers) == 1


def test_a_decompression_bomb_is_refused(broker: EmbeddedBroker, witness: RawClient) -> None:
    create_topic(witness, "bombs", cleanup_policy="compact", max_message_bytes="9000000")
    before = memory_bytes()
    bomb = batch(bytes(900_000_000), codec=4)
    grown = memory_bytes()  # building it took memory of its own
    answer = send_records(witness, "bombs", bomb)
    assert answer.error_code in (E.INVALID_RECORD, E.CORRUPT_MESSAGE, E.MESSAGE_TOO_LARGE)
    assert memory_bytes() - max(before, grown) < 300_000_000


def test_a_client_that_vanishes_mid_frame(broker: EmbeddedBroker, witness: RawClient) -> None:
    raw = produce_message(9, "bombs", batch(bytes(200_000)))
    from ottla.wire.messages import produce_request

    body = produce_request.encode(raw, 9)
    for part in (3, 100, 150_000):
        client = RawClient(broker.port)
        client.socket.sendall((struct.pack(">ihhih", 9 + len(body), 0, 9, 1, -1) + b"\0" + body)[:part])
        client.socket.close()
