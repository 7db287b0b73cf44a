"""The broker for tests, tested."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import confluent_kafka
import pytest

from ottla.rules.configs.settings import ConfigError
from ottla.testing import abroker, broker


def put(bootstrap: str, value: bytes, topic: str = "t") -> None:
    producer = confluent_kafka.Producer({"bootstrap.servers": bootstrap})
    failures: list[object] = []
    producer.produce(topic, value, on_delivery=lambda error, _: failures.append(error) if error else None)
    assert producer.flush(20) == 0
    assert failures == []


def get(bootstrap: str, count: int, topic: str = "t") -> list[bytes]:
    settings = {"bootstrap.servers": bootstrap, "group.id": "g", "auto.offset.reset": "earliest"}
    consumer = confluent_kafka.Consumer({**settings, "enable.auto.commit": False})
    consumer.subscribe([topic])
    values: list[bytes] = []
    deadline = time.monotonic() + 20
    while len(values) < count and time.monotonic() < deadline:
        message = consumer.poll(0.1)
        if message is not None and message.error() is None:
            values.append(message.value())
    consumer.close()
    return values


def closed(bootstrap: str) -> bool:
    host, port = bootstrap.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def left_over(before: set[threading.Thread]) -> list[str]:
    """Threads that run now and did not before."""
    return [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]


def test_a_broker_comes_and_goes_without_trace() -> None:
    threads = set(threading.enumerate())
    with broker() as kafka:
        assert kafka.running
        assert kafka.data.is_dir()
        assert kafka.bootstrap == f"127.0.0.1:{kafka.port}"
        put(kafka.bootstrap, b"x")
        assert get(kafka.bootstrap, 1) == [b"x"]
        data, bootstrap = kafka.data, kafka.bootstrap
    assert not kafka.running
    assert not data.exists()
    assert closed(bootstrap)
    assert left_over(threads) == []


def test_it_is_up_soon() -> None:
    with broker():
        pass  # imports are paid once
    took_s = []
    for _ in range(3):
        begun = time.perf_counter()
        with broker():
            took_s.append(time.perf_counter() - begun)
    assert min(took_s) < 0.3


def test_a_restart_keeps_data_and_address() -> None:
    with broker() as kafka:
        put(kafka.bootstrap, b"before")
        bootstrap = kafka.bootstrap
        kafka.restart()
        assert kafka.bootstrap == bootstrap
        put(kafka.bootstrap, b"after")
        assert sorted(get(kafka.bootstrap, 2)) == [b"after", b"before"]


def test_an_advertised_address_is_not_the_brokers_own() -> None:
    with broker(**{"advertised.listeners": "PLAINTEXT://elsewhere.example:1"}) as embedded:
        own = embedded.port
        socket.create_connection(("127.0.0.1", own), 5).close()
        embedded.restart()
        assert embedded.port == own
        socket.create_connection(("127.0.0.1", own), 5).close()


def test_it_may_be_stopped_within() -> None:
    with broker() as kafka:
        kafka.stop()
        assert closed(kafka.bootstrap)
        kafka.stop()
        kafka.start()
        put(kafka.bootstrap, b"x")


def test_settings() -> None:
    with broker(num_partitions=7, auto_create_topics_enable=False, log_cleanup_policy=["compact", "delete"]) as kafka:
        assert kafka.node is not None
        settings = kafka.node.settings
        assert settings.int("num.partitions") == 7
        assert settings.bool("auto.create.topics.enable") is False
        assert settings.list("log.cleanup.policy") == ("compact", "delete")
        assert settings.int("group.initial.rebalance.delay.ms") == 0


def test_a_directory_of_ones_own_is_kept(tmp_path: Path) -> None:
    with broker(data=tmp_path / "d") as kafka:
        put(kafka.bootstrap, b"x")
    assert (tmp_path / "d" / "t-0").is_dir()
    with broker(data=tmp_path / "d") as again:
        assert get(again.bootstrap, 1) == [b"x"]


def test_several_at_once() -> None:
    with broker() as one, broker() as two:
        assert one.bootstrap != two.bootstrap
        put(one.bootstrap, b"1")
        put(two.bootstrap, b"2")
        assert (get(one.bootstrap, 1), get(two.bootstrap, 1)) == ([b"1"], [b"2"])


def test_a_bad_setting_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    threads = set(threading.enumerate())
    with pytest.raises(ConfigError, match=r"num\.partitions"), broker(num_partitons=3):
        pass
    assert list(tmp_path.iterdir()) == []
    assert left_over(threads) == []


def test_a_failed_start_leaves_nothing_behind(tmp_path: Path) -> None:
    from ottla.server.node import NodeError

    threads = set(threading.enumerate())
    with broker(data=tmp_path) as kafka:
        with pytest.raises(NodeError), broker(data=tmp_path):
            pass
        put(kafka.bootstrap, b"still here")
    assert left_over(threads) == []


def test_an_error_in_the_test_is_the_one_seen() -> None:
    seen: list[Path] = []

    def story() -> None:
        with broker() as kafka:
            seen.append(kafka.data)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        story()
    assert not seen[0].exists()


def test_looking_inside() -> None:
    with broker() as kafka:
        put(kafka.bootstrap, b"x")

        async def topics() -> list[str]:
            assert kafka.node is not None
            return list(kafka.node.broker.catalogue.topics)

        assert kafka.run(topics) == ["t"]
    with pytest.raises(RuntimeError, match="stopped"):
        kafka.run(topics)


def test_for_asyncio() -> None:
    async def story() -> Path:
        async with abroker(num_partitions=2) as kafka:
            assert kafka.running
            assert kafka.bootstrap == f"127.0.0.1:{kafka.port}"
            reader, writer = await asyncio.open_connection("127.0.0.1", kafka.port)
            writer.write(b"\0\0\0\x0a\0\x12\0\0\0\0\0\7\xff\xff")
            assert (await reader.readexactly(8))[4:] == b"\0\0\0\7"
            writer.close()
            await kafka.restart()
            assert kafka.node is not None
            await kafka.stop()
            assert not kafka.running
            return kafka.data

    assert not asyncio.run(story()).exists()


def test_the_fixtures() -> None:
    """In a project that has nothing but Ottla installed."""
    tests = """
        def test_one(ottla_broker, ottla_session_broker, ottla_broker_factory):
            more = ottla_broker_factory(num_partitions=5)
            assert len({ottla_broker.bootstrap, ottla_session_broker.bootstrap, more.bootstrap}) == 3
            assert more.node.settings.int("num.partitions") == 5
            test_one.session = ottla_session_broker.bootstrap

        def test_two(ottla_session_broker):
            assert ottla_session_broker.bootstrap == test_one.session
    """
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "test_fixtures.py").write_text(textwrap.dedent(tests))
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", directory],
            cwd=directory,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert "2 passed" in done.stdout, done.stdout


def test_the_plugin_imports_next_to_nothing() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import ottla.testing.plugin; print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert {name for name in done.stdout.split() if not name.startswith("ottla")} == set()
    assert "ottla.testing.embedded" not in done.stdout.split()
