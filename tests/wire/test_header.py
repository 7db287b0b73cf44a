"""Request and response headers, and the registry behind them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wire.samples import MESSAGES

from ottla.wire import header, registry
from ottla.wire.errors import WireError
from ottla.wire.messages import request_header, response_header


@given(
    st.sampled_from(sorted(registry.API_NAMES)),
    st.integers(0, 20),
    st.integers(-(2**31), 2**31 - 1),
    st.none() | st.text(max_size=200),
)
def test_request_header(api_key: int, version: int, correlation_id: int, client_id: str | None) -> None:
    since = registry.flexible_since(api_key)
    flexible = since is not None and version >= since
    generated = request_header.encode(
        request_header.RequestHeader(api_key, version, correlation_id, client_id), 2 if flexible else 1
    )
    assert header.encode_request_header(api_key, version, correlation_id, client_id) == generated
    for buf in (b"??" + generated + b"body", memoryview(b"??" + generated + b"body")):
        read = header.decode_request_header(buf, 2)
        assert read == (api_key, version, correlation_id, client_id, 2 + len(generated))


def test_unknown_tags_in_a_request_header() -> None:
    plain = header.encode_request_header(18, 3, 7, "c")
    assert header.decode_request_header(plain[:-1] + b"\x01\x05\x02ab" + b"body").body_pos == len(plain) + 4


def test_a_header_of_an_unknown_api_or_version_is_still_read() -> None:
    unknown = bytes.fromhex("7fff 0000 00000001 0001 63") + b"rest"
    assert header.decode_request_header(unknown) == (32767, 0, 1, "c", 11)
    newer = bytes.fromhex("0012 0063 00000001 0001 63 00") + b"rest"
    assert header.decode_request_header(newer) == (18, 99, 1, "c", 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0012",
        "0012 0003 00000001 00",
        "0012 0003 00000001 0005 61",
        "0012 0003 00000001 0001 ff 00",
        "0012 0003 00000001 0001 61",
        "0012 0003 00000001 0001 61 01",
        "0012 0003 00000001 0001 61 01 00 05",
        "0012 0003 00000001 0001 61 ffffffffff7f",
    ],
)
def test_bad_request_headers(text: str) -> None:
    with pytest.raises(WireError):
        header.decode_request_header(bytes.fromhex(text))


def test_response_header() -> None:
    for flexible in (False, True):
        want = response_header.encode(response_header.ResponseHeader(-5), int(flexible))
        assert header.encode_response_header(-5, flexible) == want
    assert header.decode_response_header(b"\0\0\0\x09\0body", 3, 9) == (9, 5)
    assert header.decode_response_header(b"\0\0\0\x09body", 3, 8) == (9, 4)
    # KIP-511: a client must read it before it knows the broker's versions.
    assert header.decode_response_header(b"\0\0\0\x09body", 18, 4) == (9, 4)
    assert not header.response_header_is_flexible(18, 4)
    with pytest.raises(WireError):
        header.decode_response_header(b"\0\0", 3, 0)


def test_registry() -> None:
    for key, name in registry.API_NAMES.items():
        low, high = registry.valid_versions(key)
        for module in (registry.request_module(key), registry.response_module(key)):
            assert key == module.API_KEY
            assert low == module.MIN_VERSION
            assert high <= module.MAX_VERSION
            assert registry.flexible_since(key) == module.FLEXIBLE_SINCE
        assert registry.request_module(key).__name__.endswith(MESSAGES[f"{name}Request"].module)
    assert registry.valid_versions(22) == (0, 5)
    assert registry.request_module(22).MAX_VERSION == 6
    assert registry.message_module("EndTxnMarker").API_KEY is None
    for call in (registry.request_module, registry.response_module, registry.flexible_since, registry.valid_versions):
        with pytest.raises(WireError):
            call(4)
    with pytest.raises(WireError):
        registry.message_module("NoSuchMessage")


def test_the_ranges_are_those_apache_kafka_advertises() -> None:
    """Apache Kafka 4.3.1's answer; Produce says 0 only so that old librdkafka compresses (KAFKA-18659)."""
    assert {key: registry.valid_versions(key) for key in (0, 1, 2, 3, 8, 9, 11, 18, 19, 32, 35, 78, 89)} == {
        0: (3, 13),
        1: (4, 18),
        2: (1, 11),
        3: (0, 13),
        8: (2, 10),
        9: (1, 10),
        11: (0, 9),
        18: (0, 4),
        19: (2, 7),
        32: (1, 4),
        35: (1, 5),
        78: (1, 2),
        89: (0, 0),
    }
    assert len(registry.API_NAMES) == 77


def loaded_after(code: str) -> set[str]:
    """The ottla.wire modules in a new process after this code."""
    show = "import sys; print(*(m for m in sys.modules if m.startswith('ottla.wire') or m in ('asyncio', 'inspect', 'typing')))"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_messages_are_imported_when_used_and_not_before() -> None:
    start = loaded_after("import ottla.wire, ottla.wire.registry, ottla.wire.header, ottla.wire.messages")
    assert not {m for m in start if m.startswith("ottla.wire.messages.")}
    assert not start & {"ottla.wire.schema", "ottla.wire.generator", "ottla.wire.emit", "asyncio"}
    one = loaded_after("from ottla.wire.registry import request_module; request_module(3)")
    assert {m for m in one if m.startswith("ottla.wire.messages.")} == {"ottla.wire.messages.metadata_request"}


def test_the_generated_files_are_what_the_table_says() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ottla.wire.generator", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr + "run: python -m ottla.wire.generator"


def test_a_stale_file_is_found_and_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ottla.wire import generator

    monkeypatch.setattr(generator, "HOME", tmp_path)
    (tmp_path / "messages").mkdir()
    assert generator.main(["--check"]) == 1
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0
    (tmp_path / "messages" / "metadata_request.py").write_text("# edited")
    (tmp_path / "messages" / "gone_request.py").write_text("# of a message that is no more")
    assert [path.name for path in generator.stale()] == ["metadata_request.py", "gone_request.py"]
    assert generator.main([]) == 0
    assert generator.stale() == []
