"""Apache Kafka 4.3.1's Java programs about transactions: `kafka-transactions` and the TransactionalMessageCopier of its system tests."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from bench.ottla_server import OttlaServer
from confluent_kafka import Consumer, Producer, TopicPartition
from tests.foreign.files import create
from tests.foreign.support import JavaTools, Ran, wait_for
from tests.support.raw import RawClient

from ottla.records.builder import BatchBuilder
from ottla.wire.messages import init_producer_id_request as init
from ottla.wire.messages import produce_request as produce

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

LIMIT_S = 30.0
HOUR_MS = 3_600_000


class Kit:
    def __init__(self, tools: JavaTools, bootstrap: str) -> None:
        self._tools = tools
        self.bootstrap = bootstrap

    def transactions(self, *arguments: object, **more: Any) -> Ran:
        """`kafka-transactions`."""
        main = "org.apache.kafka.tools.TransactionsCommand"
        return self._tools.run(main, "--bootstrap-server", self.bootstrap, *arguments, **more)

    def table(self, *arguments: object) -> list[dict[str, str]]:
        """Its output, row by row."""
        lines = [line for line in self.transactions(*arguments).out.splitlines() if line.strip()]
        names, *rows = [re.split(r"\s+", line.strip()) for line in lines]
        return [dict(zip(names, row, strict=False)) for row in rows]

    def producer(self, transactional_id: str, **more: Any) -> Producer:
        settings = {key.replace("_", "."): value for key, value in more.items()}
        producer = Producer({"bootstrap.servers": self.bootstrap, "transactional.id": transactional_id, **settings})
        producer.init_transactions(LIMIT_S)
        return producer

    def state(self, transactional_id: str) -> str:
        (row,) = self.table("describe", "--transactional-id", transactional_id)
        return row["TransactionState"]

    def copy(self, name: str, source: str, target: str, count: int, *arguments: str) -> dict[str, Any]:
        """Runs a TransactionalMessageCopier for so many records; its last words.

        It could find out itself how many there are (in group mode it always does), but takes the markers in its input for records then,
        and waits for more.
        """
        main = "org.apache.kafka.tools.TransactionalMessageCopier"
        chosen = ["--broker-list", self.bootstrap, "--input-topic", source, "--input-partition", "0"]
        chosen += ["--output-topic", target, "--max-messages", str(count), "--transaction-size", "200"]
        chosen += ["--transactional-id", f"{name}-copier", "--consumer-group", f"{name}-group", *arguments]
        ran = self._tools.run_alone(main, *chosen)
        words = [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]
        assert words, ran
        last: dict[str, Any] = words[-1]
        return last

    def fill(self, topic: str, count: int) -> list[bytes]:
        producer = Producer({"bootstrap.servers": self.bootstrap, "enable.idempotence": True, "linger.ms": 5})
        values = [b"%d" % i for i in range(count)]
        for value in values:
            producer.produce(topic, value, partition=0)
        assert producer.flush(LIMIT_S) == 0
        return values

    def committed(self, topic: str, count: int) -> list[bytes]:
        """What a reader of committed data finds, which must not be more than `count` records."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": f"{topic}-reader",
                "isolation.level": "read_committed",
                "enable.partition.eof": True,
            }
        )
        consumer.assign([TopicPartition(topic, 0, 0)])
        found: list[bytes] = []

        def turn() -> bool:
            for message in consumer.consume(2000, 0.2):
                if message.error() is None:
                    found.append(message.value() or b"")
                else:
                    return True
            return False

        wait_for(f"the end of {topic}", turn, pause_s=0, limit_s=LIMIT_S)
        consumer.close()
        assert len(found) <= count
        return found


@pytest.fixture
def kit(java_tools: JavaTools, broker: str) -> Kit:
    return Kit(java_tools, broker)


def test_lists_and_describes(kit: Kit, name: str) -> None:
    create(kit.bootstrap, name, 2)
    done, going = kit.producer(f"{name}-done"), kit.producer(f"{name}-going", transaction_timeout_ms=60_000)
    done.begin_transaction()
    done.produce(name, b"x", partition=0)
    done.commit_transaction(LIMIT_S)
    going.begin_transaction()
    going.produce(name, b"y", partition=1)
    assert going.flush(LIMIT_S) == 0

    def states() -> dict[str, str]:
        return {row["TransactionalId"]: row["TransactionState"] for row in kit.table("list")}

    wait_for("the end of the one", lambda: states().get(f"{name}-done") == "CompleteCommit")
    assert states()[f"{name}-going"] == "Ongoing"
    by_pattern = kit.table("list", "--transactional-id-pattern", f"{name}-g.*")
    assert [row["TransactionalId"] for row in by_pattern] == [f"{name}-going"]
    assert kit.transactions("list", "--duration-filter", str(HOUR_MS)).out.strip().count("\n") == 0

    (row,) = kit.table("describe", "--transactional-id", f"{name}-going")
    assert row["TransactionState"] == "Ongoing"
    assert row["TransactionTimeoutMs"] == "60000"
    assert row["TopicPartitions"] == f"{name}-1"
    (producer,) = kit.table("describe-producers", "--topic", name, "--partition", 1)
    assert (producer["ProducerId"], producer["CurrentTransactionStartOffset"]) == (row["ProducerId"], "0")
    (idle,) = kit.table("describe-producers", "--topic", name, "--partition", 0)
    assert idle["CurrentTransactionStartOffset"] == "None"
    unknown = kit.transactions("describe", "--transactional-id", f"{name}-unknown", rc=None)
    assert re.search(r"TransactionalIdNotFound|could not be found", unknown.out + unknown.err)
    going.abort_transaction(LIMIT_S)


def test_terminates_an_ongoing_transaction(kit: Kit, name: str) -> None:
    create(kit.bootstrap, name, 1)
    going = kit.producer(name, transaction_timeout_ms=600_000)
    going.begin_transaction()
    going.produce(name, b"never seen", partition=0)
    assert going.flush(LIMIT_S) == 0
    kit.transactions("forceTerminateTransaction", "--transactionalId", name)
    wait_for("the abort", lambda: kit.state(name) in {"CompleteAbort", "Empty"})
    assert kit.committed(name, 0) == []


@pytest.fixture
def without_verification() -> Iterator[OttlaServer]:
    """As Kafka was before 3.6: nobody asks whether a partition belongs to the transaction, so one can be left hanging."""
    with OttlaServer(settings={"transaction.partition.verification.enable": "false"}) as ottla:
        yield ottla


def test_finds_and_aborts_a_hanging_transaction(java_tools: JavaTools, without_verification: OttlaServer) -> None:
    kit = Kit(java_tools, without_verification.bootstrap)
    create(kit.bootstrap, "hung", 1)
    with RawClient(int(kit.bootstrap.rpartition(":")[2])) as client:
        given = client.call(22, 4, init.InitProducerIdRequest("hanging", 60_000))
        batch = BatchBuilder(
            producer_id=given.producer_id,
            producer_epoch=given.producer_epoch,
            base_sequence=0,
            is_transactional=True,
        )
        batch.append(int(time.time() * 1000) - 3 * HOUR_MS, None, b"hangs")
        # The partition was never added, so the coordinator will not end what begins there.
        topic = produce.TopicProduceData("hung", partition_data=[produce.PartitionProduceData(0, batch.build())])
        (answer,) = client.call(0, 11, produce.ProduceRequest("hanging", -1, 10_000, [topic])).responses
        assert [p.error_code for p in answer.partition_responses] == [0]
    kit.fill("hung", 1)
    assert kit.committed("hung", 0) == []

    (found,) = kit.table("find-hanging", "--topic", "hung")
    assert (found["Topic"], found["Partition"], found["StartOffset"]) == ("hung", "0", "0")
    assert found["ProducerId"] == str(given.producer_id)
    kit.transactions("abort", "--topic", "hung", "--partition", 0, "--start-offset", 0)
    wait_for("the marker", lambda: kit.committed("hung", 1) == [b"0"])
    assert kit.table("find-hanging", "--topic", "hung") == []


def test_a_copier_copies_each_record_once(kit: Kit, name: str) -> None:
    source, target = f"{name}-in", f"{name}-out"
    create(kit.bootstrap, source, 1)
    create(kit.bootstrap, target, 1)
    values = kit.fill(source, 1000)
    said = kit.copy(name, source, target, len(values), "--group-mode", "--use-group-metadata")
    assert said["remaining"] == 0
    assert kit.committed(target, len(values)) == values


@pytest.mark.slow
def test_a_chain_of_copiers_with_random_aborts(kit: Kit, name: str) -> None:
    stations = [f"{name}-{n}" for n in range(4)]
    for topic in stations:
        create(kit.bootstrap, topic, 1)
    values = kit.fill(stations[0], 6000)
    for n, (source, target) in enumerate(pairwise(stations)):
        kit.copy(f"{name}-{n}", source, target, len(values), "--enable-random-aborts")
        assert kit.committed(target, len(values)) == values


@pytest.mark.slow
def test_a_copier_in_a_group_with_random_aborts(kit: Kit, name: str) -> None:
    source, target = f"{name}-in", f"{name}-out"
    create(kit.bootstrap, source, 1)
    create(kit.bootstrap, target, 1)
    values = kit.fill(source, 6000)
    chosen = ("--group-mode", "--use-group-metadata", "--enable-random-aborts")
    said = kit.copy(name, source, target, len(values), *chosen)
    assert said["remaining"] == 0
    assert kit.committed(target, len(values)) == values
