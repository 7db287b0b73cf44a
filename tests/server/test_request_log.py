"""Kafka's request logger, by its own name."""

from __future__ import annotations

import logging

import pytest

from ottla.testing import broker as embedded_broker
from ottla.wire.messages import metadata_request
from support.raw import RawClient


def test_a_line_per_request_when_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    with embedded_broker() as broker, RawClient(broker.port, client_id="me") as client:
        message = metadata_request.MetadataRequest(topics=[])
        client.call(3, 12, message)
        assert "Metadata" not in caplog.text
        with caplog.at_level(logging.DEBUG, "kafka.request.logger"):
            client.call(3, 12, message)
        assert "Metadata v12 correlation id 2 client id me from 127.0.0.1 (User:ANONYMOUS) on PLAINTEXT" in caplog.text
