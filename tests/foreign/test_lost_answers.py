"""Clients whose answers get lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from tests.foreign.files import create
from tests.foreign.support import wait_for

from ottla.testing import broker
from support.cutting import Cutting, cutting

LIMIT_S = 20.0


@pytest.fixture
def relay() -> Iterator[Cutting]:
    with cutting() as relay, broker(**{"advertised.listeners": f"PLAINTEXT://127.0.0.1:{relay.port}"}) as embedded:
        relay.target = embedded.port
        yield relay


def test_no_committed_record_is_taken_for_an_aborted_one(relay: Cutting, name: str) -> None:
    """librdkafka purges what it aborts and gives its sequence numbers anew, though the broker has the records (see `rules.producers`)."""
    bootstrap = f"127.0.0.1:{relay.port}"
    create(bootstrap, name, 1)
    producer = Producer(
        {
            "bootstrap.servers": bootstrap,
            "transactional.id": name,
            "linger.ms": 0,
            "reconnect.backoff.ms": 20,
            "reconnect.backoff.max.ms": 100,
            "metadata.recovery.strategy": "none",
            "error_cb": lambda _: None,
        }
    )
    purged, committed = threading.Event(), []

    def delivered(error: KafkaError | None, _: Message) -> None:
        if error is not None and error.code() == KafkaError._PURGE_QUEUE:
            purged.set()

    def commit(value: bytes) -> None:
        producer.begin_transaction()
        producer.produce(name, value, partition=0)
        try:
            producer.commit_transaction(LIMIT_S)
        except KafkaException as refused:
            if not refused.args[0].txn_requires_abort():
                raise
            producer.abort_transaction(LIMIT_S)
        else:
            committed.append(value)

    producer.init_transactions(LIMIT_S)
    commit(b"before")
    producer.begin_transaction()
    relay.lose_next_answer()
    producer.produce(name, b"aborted", partition=0, on_delivery=delivered)
    wait_for("the cut", lambda: producer.poll(0.05) is not None and relay.is_cut.is_set(), pause_s=0)
    aborting = threading.Thread(target=producer.abort_transaction, args=(LIMIT_S,))
    aborting.start()
    wait_for("the purge", purged.is_set)
    relay.heal()
    aborting.join(LIMIT_S)
    assert not aborting.is_alive()
    commit(b"after")
    commit(b"last")
    assert committed[0] == b"before"
    assert committed[-1] == b"last"

    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": name, "enable.partition.eof": True})
    consumer.assign([TopicPartition(name, 0, 0)])
    seen: list[bytes] = []

    def at_end() -> bool:
        message = consumer.poll(0.1)
        if message is not None and message.error() is None:
            seen.append(message.value() or b"")
        return message is not None and message.error() is not None

    wait_for("the end", at_end, pause_s=0)
    consumer.close()
    assert seen == committed
