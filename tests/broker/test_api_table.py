"""The API table against the protocol, the handlers and the page made from it."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from ottla.broker.api_page import page
from ottla.broker.api_table import APIS, BY_KEY, Api, Stage, advertised
from ottla.wire.registry import API_NAMES, request_module, response_module, valid_versions

ids = [api.name for api in APIS]


@pytest.mark.parametrize("api", APIS, ids=ids)
def test_a_row_is_what_the_protocol_says(api: Api) -> None:
    assert API_NAMES[api.key] == api.name
    kafka = valid_versions(api.key)
    assert (max(api.versions[0], kafka[0]), min(api.versions[1], kafka[1])) == api.versions


@pytest.mark.parametrize("api", APIS, ids=ids)
def test_a_row_names_a_handler_of_its_stage(api: Api) -> None:
    module, _, name = api.handler.partition(":")
    handler = getattr(import_module(f"ottla.broker.handlers.{module}"), name)
    assert inspect.iscoroutinefunction(handler) == (api.stage is Stage.ASYNC)
    assert len(inspect.signature(handler).parameters) == (2 if api.stage is Stage.RAW else 3)


@pytest.mark.parametrize("api", APIS, ids=ids)
def test_a_row_has_messages_for_every_version(api: Api) -> None:
    request, response = request_module(api.key), response_module(api.key)
    for version in range(api.versions[0], api.versions[1] + 1):
        empty = getattr(response, f"{api.name}Response")()
        assert isinstance(response.encode(empty, version), bytes)
        assert request.MIN_VERSION <= version <= request.MAX_VERSION


def test_rows_are_in_order_and_once() -> None:
    assert [api.key for api in APIS] == sorted(BY_KEY)
    assert len(advertised()) == len(APIS)


def test_produce_advertises_version_zero() -> None:
    """KAFKA-18659: librdkafka before 2.11.1 drops compression where Produce 0 is not offered."""
    assert (0, 0, 13) in advertised()


def test_the_api_page_is_fresh() -> None:
    stored = Path(__file__).parents[2] / "docs" / "apis.md"
    assert stored.read_text() == page(), "docs/apis.md is stale: run `make generate`"
