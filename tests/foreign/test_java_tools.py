"""Apache Kafka 4.3.1's console tools, judged by what they print and what they leave in the broker."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench import kafka_wire
from confluent_kafka import Consumer
from tests.foreign.support import JavaTools, Ran, java_command, wait_for

pytestmark = [pytest.mark.java, pytest.mark.timeout(300)]

TOOLS = "org.apache.kafka.tools"


class Kit:
    """The tools under the names of their shell scripts, with the address filled in."""

    def __init__(self, tools: JavaTools, bootstrap: str) -> None:
        self._tools = tools
        self.bootstrap = bootstrap

    def _run(self, main: str, *arguments: object, **more: Any) -> Ran:
        return self._tools.run(main, "--bootstrap-server", self.bootstrap, *arguments, **more)

    def topics(self, *arguments: object, **more: Any) -> Ran:
        return self._run(f"{TOOLS}.TopicCommand", *arguments, **more)

    def configs(self, *arguments: object, **more: Any) -> Ran:
        return self._run("kafka.admin.ConfigCommand", *arguments, **more)

    def groups(self, *arguments: object, **more: Any) -> Ran:
        return self._run(f"{TOOLS}.consumer.group.ConsumerGroupCommand", *arguments, **more)

    def tool(self, name: str, *arguments: object, **more: Any) -> Ran:
        return self._run(f"{TOOLS}.{name}", *arguments, **more)

    def verifiable_producer(self, topic: str, count: int, *arguments: object) -> Ran:
        chosen = ("--bootstrap-server", self.bootstrap, "--topic", topic, "--max-messages", count, *arguments)
        return self._tools.run_alone(f"{TOOLS}.VerifiableProducer", *chosen)

    def create(self, topic: str, partitions: int, **configs: str) -> str:
        chosen = [part for key, value in configs.items() for part in ("--config", f"{key.replace('_', '.')}={value}")]
        self.topics("--create", "--topic", topic, "--partitions", partitions, "--replication-factor", 1, *chosen)
        # Apache Kafka answers before its own metadata cache has the topic.
        wait_for(topic, lambda: self.topics("--describe", "--topic", topic, rc=None).rc == 0)
        return topic

    def produce(self, topic: str, lines: list[str], *arguments: object) -> Ran:
        text = "".join(f"{line}\n" for line in lines)
        return self.tool("ConsoleProducer", "--topic", topic, *arguments, stdin=text)

    def consume(self, topic: str, count: int, *arguments: object) -> list[str]:
        chosen = arguments or ("--from-beginning",)
        ran = self.tool(
            "consumer.ConsoleConsumer", "--topic", topic, "--max-messages", count, "--timeout-ms", 30000, *chosen
        )
        return ran.out.splitlines()

    def offsets(self, topic: str, when: str = "latest") -> dict[int, int | None]:
        ran = self.tool("GetOffsetShell", "--topic", topic, "--time", when)
        rows = re.findall(rf"(?m)^{re.escape(topic)}:(\d+):(-?\d*)$", ran.out)
        return {int(partition): int(offset) if offset else None for partition, offset in rows}


@pytest.fixture
def kit(java_tools: JavaTools, broker: str) -> Kit:
    return Kit(java_tools, broker)


def events(text: str, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [event for event in found if event.get("name") == kind]


def test_topic_command(kit: Kit, name: str) -> None:
    topic = kit.create(name, 3, retention_ms="3600000")
    described = kit.topics("--describe", "--topic", topic).out
    assert re.search(r"TopicId: \S{22}\s+PartitionCount: 3\s+ReplicationFactor: 1\s", described)
    assert "retention.ms=3600000" in described
    assert len(re.findall(r"Partition: \d\s+Leader: (\d+)\s+Replicas: \1\s+Isr: \1", described)) == 3
    assert topic in kit.topics("--list").out.split()

    kit.topics("--alter", "--topic", topic, "--partitions", 5)
    wait_for("5 partitions", lambda: "PartitionCount: 5" in kit.topics("--describe", "--topic", topic).out)
    again = kit.topics("--create", "--topic", topic, "--partitions", 1, rc=1)
    assert "TopicExistsException" in again.out + again.err
    kit.topics("--create", "--topic", topic, "--partitions", 1, "--if-not-exists")
    fewer = kit.topics("--alter", "--topic", topic, "--partitions", 2, rc=1)
    assert "InvalidPartitionsException" in fewer.out + fewer.err
    for healthy in ("--under-replicated-partitions", "--unavailable-partitions"):
        assert kit.topics("--describe", "--topic", topic, healthy).out.strip() == ""

    kit.topics("--delete", "--topic", topic)
    wait_for("topic gone", lambda: topic not in kit.topics("--list").out.split())


def test_config_command_on_a_topic(kit: Kit, name: str) -> None:
    entity = ("--entity-type", "topics", "--entity-name", kit.create(name, 1))
    kit.configs("--alter", *entity, "--add-config", "retention.ms=12345678,cleanup.policy=[compact,delete]")
    altered = kit.configs("--describe", *entity).out
    assert re.search(r"retention\.ms=12345678 sensitive=false synonyms=\{DYNAMIC_TOPIC_CONFIG:", altered)
    assert "cleanup.policy=compact,delete" in altered
    kit.configs("--alter", *entity, "--delete-config", "retention.ms")
    assert "retention.ms=12345678" not in kit.configs("--describe", *entity).out
    everything = kit.configs("--describe", "--all", *entity).out
    assert re.search(r"(?m)^\s+retention\.ms=604800000 ", everything)
    assert re.search(r"cleanup\.policy=.*DEFAULT_CONFIG:log\.cleanup\.policy=delete", everything)
    assert re.search(r"(?m)^\s+segment\.bytes=\d+", everything)
    refused = kit.configs("--alter", *entity, "--add-config", "retention.ms=soon", rc=1)
    assert "InvalidConfigurationException" in refused.out + refused.err


def test_config_command_on_the_broker(kit: Kit) -> None:
    node = re.search(r"\(id: (\d+) ", kit.tool("BrokerApiVersionsCommand").out)
    assert node is not None
    entity = ("--entity-type", "brokers", "--entity-name", node[1])
    described = kit.configs("--describe", "--all", *entity).out
    for key in ("advertised.listeners", "log.retention.hours", "num.partitions", "message.max.bytes"):
        assert re.search(rf"(?m)^\s+{re.escape(key)}=", described), key
    kit.configs("--alter", *entity, "--add-config", "log.retention.ms=604800001")
    try:
        wait_for("the broker's key", lambda: "log.retention.ms=604800001" in kit.configs("--describe", *entity).out)
    finally:
        kit.configs("--alter", *entity, "--delete-config", "log.retention.ms")
    wait_for("its removal", lambda: "log.retention.ms=604800001" not in kit.configs("--describe", *entity).out)
    refused = kit.configs("--alter", *entity, "--add-config", "node.id=77", rc=1)
    assert re.search(r"Cannot update|InvalidRequestException|InvalidConfigurationException", refused.out + refused.err)


@pytest.mark.parametrize("codec", ["none", "gzip", "snappy", "lz4", "zstd"])
def test_console_producer_and_consumer(kit: Kit, name: str, codec: str) -> None:
    topic = kit.create(name, 1)
    rows = [f"h{i}:v{i},x:y\tkey{i}\tvalue {i} {'lorem ipsum ' * 5}" for i in range(500)]
    parse = ("--reader-property", "parse.key=true", "--reader-property", "parse.headers=true")
    kit.produce(topic, rows, *parse, "--compression-codec", codec)
    shown = ("--formatter-property", "print.key=true", "--formatter-property", "print.headers=true")
    assert kit.consume(topic, 500, "--from-beginning", *shown) == rows
    position = ("--formatter-property", "print.offset=true", "--formatter-property", "print.timestamp=true")
    tail = kit.consume(topic, 2, "--partition", 0, "--offset", 498, *position)
    assert [re.sub(r"CreateTime:\d{13}\t(Offset:\d+)\t.*", r"\1", line) for line in tail] == [
        "Offset:498",
        "Offset:499",
    ]


def test_null_keys_and_values(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    marks = ("--reader-property", "parse.key=true", "--reader-property", "null.marker=NULL")
    kit.produce(topic, ["k\tNULL", "NULL\tv", "k2\t"], *marks)
    shown = ("--formatter-property", "print.key=true", "--formatter-property", "null.literal=<null>")
    assert kit.consume(topic, 3, "--from-beginning", *shown) == ["k\t<null>", "<null>\tv", "k2\t"]


def test_log_append_time(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1, message_timestamp_type="LogAppendTime")
    kit.produce(topic, ["now"])
    (line,) = kit.consume(topic, 1, "--from-beginning", "--formatter-property", "print.timestamp=true")
    assert re.fullmatch(r"LogAppendTime:\d{13}\tnow", line)


def test_get_offset_shell_and_delete_records(kit: Kit, name: str, tmp_path: Path) -> None:
    topic = kit.create(name, 2)
    assert kit.offsets(topic) == {0: 0, 1: 0}
    made = 1_700_000_000_000
    single = kit.create(f"{name}-timed", 1)
    kit.verifiable_producer(single, 100, "--message-create-time", made)
    assert kit.offsets(single) == {0: 100}
    assert kit.offsets(single, "earliest") == {0: 0}
    assert kit.offsets(single, "max-timestamp") == {0: 99}
    middle = kit.offsets(single, str(made + 50))[0]
    assert middle is not None
    assert 0 < middle < 100
    assert kit.offsets(single, "earliest-local") == {0: 0}

    def trim(offset: int, rc: int | None = 0) -> str:
        wanted = {"partitions": [{"topic": single, "partition": 0, "offset": offset}], "version": 1}
        path = tmp_path / "offsets.json"
        path.write_text(json.dumps(wanted))
        ran = kit.tool("DeleteRecordsCommand", "--offset-json-file", path, rc=rc)
        return ran.out + ran.err

    assert "low_watermark: 30" in trim(30)
    assert kit.offsets(single, "earliest") == {0: 30}
    assert len(kit.consume(single, 70)) == 70
    assert re.search(r"OffsetOutOfRange|outside the range", trim(1000, rc=None))
    assert "low_watermark: 100" in trim(-1)
    assert kit.offsets(single, "earliest") == {0: 100}


@pytest.mark.parametrize("acks", ["0", "1", "all"])
def test_producer_performance(kit: Kit, name: str, acks: str) -> None:
    topic = kit.create(name, 3)
    idempotent = str(acks == "all").lower()
    properties = (f"acks={acks}", f"enable.idempotence={idempotent}", "compression.type=lz4")
    size = ("--num-records", 20000, "--record-size", 100, "--throughput", -1)
    ran = kit.tool("ProducerPerformance", "--topic", topic, *size, "--command-property", *properties)
    assert "20000 records sent, " in ran.out
    # acks=0: the producer is done before the broker is.
    wait_for("all records", lambda: sum(offset or 0 for offset in kit.offsets(topic).values()) == 20000)


def test_verifiable_producer_and_consumer(kit: Kit, name: str) -> None:
    topic, count = kit.create(name, 3), 5000
    produced = kit.verifiable_producer(topic, count).out
    acknowledged = {int(event["value"]) for event in events(produced, "producer_send_success")}
    assert acknowledged == set(range(count))
    group = ("--group-id", f"{name}-group", "--max-messages", count, "--verbose")
    consumed = kit.tool("VerifiableConsumer", "--topic", topic, *group).out
    seen = Counter(int(event["value"]) for event in events(consumed, "record_data"))
    assert seen == Counter(range(count))
    committed = {
        row["partition"]: row["offset"]
        for event in events(consumed, "offsets_committed")
        if event["success"]
        for row in event["offsets"]
    }
    assert sum(committed.values()) == count


def test_verifiable_consumers_rebalance(kit: Kit, name: str, tmp_path: Path) -> None:
    topic, count = kit.create(name, 4), 2000
    kit.verifiable_producer(topic, count)

    def start(index: int) -> tuple[subprocess.Popen[bytes], Path]:
        path = tmp_path / f"member-{index}.json"
        group = ["--group-id", f"{name}-group", "--session-timeout", "10000", "--verbose"]
        argv = [f"{TOOLS}.VerifiableConsumer", "--bootstrap-server", kit.bootstrap, "--topic", topic, *group]
        with path.open("wb") as out:
            process = subprocess.Popen([*java_command(heap_mb=128), *argv], stdout=out, stderr=subprocess.DEVNULL)
        return process, path

    def assigned(path: Path) -> list[int]:
        """Sizes of the assignments one member was told of, in order."""
        return [len(event["partitions"]) for event in events(path.read_text(), "partitions_assigned")]

    members: list[tuple[subprocess.Popen[bytes], Path]] = []
    try:
        members.append(start(0))
        wait_for("the first has all", lambda: assigned(members[0][1])[-1:] == [4])
        members.append(start(1))
        wait_for("they share", lambda: [assigned(path)[-1:] for _, path in members] == [[2], [2]])
        members[1][0].terminate()
        members[1][0].wait(30)
        wait_for("the first has all again", lambda: assigned(members[0][1])[-1:] == [4])
        wait_for("every record", lambda: len(values(members)) == count)
    finally:
        for process, _ in members:
            process.terminate()
            process.wait(30)
    assert max(values(members).values()) == 1, "a record came twice though each revocation commits"


def values(members: list[tuple[subprocess.Popen[bytes], Path]]) -> Counter[int]:
    seen: Counter[int] = Counter()
    for _, path in members:
        seen.update(int(event["value"]) for event in events(path.read_text(), "record_data"))
    return seen


@pytest.fixture
def live_member(broker: str, kit: Kit, name: str) -> Iterator[Consumer]:
    """A confluent-kafka consumer in the group `<name>-live` on the 3 partitions of `<name>-live`."""
    topic = kit.create(f"{name}-live", 3)
    kit.produce(topic, ["x"])
    consumer = Consumer(
        {
            "bootstrap.servers": broker,
            "group.id": topic,
            "client.id": "the-live-one",
            "auto.offset.reset": "earliest",
            "partition.assignment.strategy": "range",
        }
    )
    consumer.subscribe([topic])
    wait_for("an assignment", lambda: consumer.poll(0.1) is None and len(consumer.assignment()) == 3)
    yield consumer
    consumer.close()


def test_consumer_group_command(kit: Kit, name: str) -> None:
    topic, group = kit.create(name, 2), f"{name}-group"
    kit.produce(topic, [f"r{i}" for i in range(100)])
    kit.consume(topic, 100, "--from-beginning", "--group", group, "--command-property", "group.protocol=classic")
    kit.produce(topic, ["more"])
    rows = [line.split() for line in kit.groups("--describe", "--group", group).out.splitlines()]
    offsets = [(int(row[3]), int(row[5])) for row in rows if row[:2] == [group, topic]]
    assert len(offsets) == 2
    assert sum(offset for offset, _ in offsets) == 100
    assert sum(lag for _, lag in offsets) == 1
    assert group in kit.groups("--list").out.split()
    assert re.search(rf"{re.escape(group)}\s+Empty", kit.groups("--list", "--state").out)

    reset = ("--reset-offsets", "--group", group, "--topic", topic)
    kit.groups(*reset, "--to-earliest", "--execute")
    assert len(kit.consume(topic, 101, "--group", group)) == 101
    kit.groups(*reset, "--shift-by", -10, "--dry-run")
    assert "NEW-OFFSET" in kit.groups(*reset, "--shift-by", -1, "--execute").out
    kit.groups("--delete-offsets", "--group", group, "--topic", topic)
    assert topic not in kit.groups("--describe", "--group", group, rc=None).out
    assert "successful" in kit.groups("--delete", "--group", group).out
    assert group not in kit.groups("--list").out.split()
    gone = kit.groups("--describe", "--group", group, rc=None)
    assert re.search(r"does not exist|GroupIdNotFoundException", gone.out + gone.err)


def test_consumer_group_command_on_a_live_group(kit: Kit, live_member: Consumer, name: str) -> None:
    group = f"{name}-live"
    state = kit.groups("--describe", "--group", group, "--state").out
    assert re.search(rf"{re.escape(group)}\s.*\brange\b.*\bStable\b\s.*\b1\b", state), state
    members = kit.groups("--describe", "--group", group, "--members", "--verbose").out
    assert re.search(rf"(?m)^{re.escape(group)}\s+the-live-one\S*\s.*\b3\b.*{re.escape(group)}:0,1,2", members), members
    refused = kit.groups("--delete", "--group", group, rc=None)
    assert re.search(r"GroupNotEmptyException|not empty", refused.out + refused.err)


def test_client_compatibility_test(kit: Kit, name: str) -> None:
    topic = kit.create(name, 1)
    if "newtopic" in kit.topics("--list").out.split():  # the tool's own fixed name
        kit.topics("--delete", "--topic", "newtopic")
        wait_for("newtopic gone", lambda: "newtopic" not in kit.topics("--list").out.split())
    # ACLs are an issue of their own: until then the API is not advertised, and the tool is told so.
    acls = str(kafka_wire.DESCRIBE_ACLS in kafka_wire.api_versions(kit.bootstrap)).lower()
    ran = kit.tool(
        "ClientCompatibilityTest",
        *("--topic", topic),
        *("--num-cluster-nodes", 1),
        *("--offsets-for-times-supported", "true"),
        *("--cluster-id-supported", "true"),
        *("--expect-record-too-large-exception", "false"),
        *("--create-topics-supported", "true"),
        *("--describe-acls-supported", acls),
        *("--describe-configs-supported", "true"),
        *("--idempotent-producer-supported", "true"),
    )
    assert "SUCCESS" in ran.out + ran.err
