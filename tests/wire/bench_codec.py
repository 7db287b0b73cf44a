"""What the codec costs: microseconds per message, body only. Not collected by pytest.

    python tests/wire/bench_codec.py [--kio]

2026-11, CPython 3.11, two cores busy with other jobs (kio itself ran 1.7 times slower than on the idle machine), enc/dec, kio beside it:

    HeartbeatResponse v4                  0.3 /  0.6      3.2 /  0.4
    MetadataRequest v13, 1 topic          0.8 /  1.9      8.1 /  1.0
    OffsetCommitRequest v9, 1x1           1.6 /  2.9     17.8 /  1.0
    JoinGroupResponse v9, 20 members      8.7 / 16       125  /  4.5
    FetchRequest v17, 5x10                15  / 30       220  / 18
    MetadataResponse v13, 3 brokers 10x6  59  / 100      594  / 40

Imports with cached bytecode: 4 ms for what a first produce needs, 60 ms for everything (without a cache, 30 and 440 ms).
Run it before and after touching emit*.py or structs.py.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import timeit
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ottla.wire.messages import (
    api_versions_request,
    api_versions_response,
    fetch_request,
    fetch_response,
    heartbeat_request,
    heartbeat_response,
    join_group_request,
    join_group_response,
    metadata_request,
    metadata_response,
    offset_commit_request,
    offset_commit_response,
    offset_fetch_response,
    produce_request,
    produce_response,
)
from ottla.wire.registry import API_NAMES

ID = bytes(range(1, 17))


def cases() -> list[tuple[str, ModuleType, int, Any]]:
    m, j = metadata_response, join_group_response
    brokers = [m.MetadataResponseBroker(n, f"broker-{n}.example.com", 9092) for n in range(3)]
    topics = [
        m.MetadataResponseTopic(
            0,
            f"topic-{t}",
            ID,
            False,
            [m.MetadataResponsePartition(0, p, p % 3, 5, [0, 1, 2], [0, 1, 2], []) for p in range(6)],
        )
        for t in range(10)
    ]
    members = [j.JoinGroupResponseMember(f"consumer-1-{'a' * 36}", None, b"x" * 20) for _ in range(20)]
    oc = offset_commit_request
    of = offset_fetch_response
    fr = fetch_request
    return [
        (
            "MetadataRequest v13, 1 topic",
            metadata_request,
            13,
            metadata_request.MetadataRequest([metadata_request.MetadataRequestTopic(name="flights")]),
        ),
        (
            "MetadataResponse v13, 3 brokers 1x1",
            m,
            13,
            m.MetadataResponse(
                0,
                brokers,
                "cluster",
                1,
                [m.MetadataResponseTopic(0, "t", ID, False, [m.MetadataResponsePartition(0, 0, 1, 5, [1], [1], [])])],
            ),
        ),
        ("MetadataResponse v13, 3 brokers 10x6", m, 13, m.MetadataResponse(0, brokers, "cluster", 1, topics)),
        (
            "ApiVersionsRequest v3",
            api_versions_request,
            3,
            api_versions_request.ApiVersionsRequest("librdkafka", "2.15.0"),
        ),
        (
            "ApiVersionsResponse v4, 77 keys",
            api_versions_response,
            4,
            api_versions_response.ApiVersionsResponse(
                0, [api_versions_response.ApiVersion(k, 0, 4) for k in API_NAMES]
            ),
        ),
        (
            "HeartbeatRequest v4",
            heartbeat_request,
            4,
            heartbeat_request.HeartbeatRequest("group", 5, "consumer-1-" + "a" * 36),
        ),
        ("HeartbeatResponse v4", heartbeat_response, 4, heartbeat_response.HeartbeatResponse()),
        (
            "JoinGroupRequest v9",
            join_group_request,
            9,
            join_group_request.JoinGroupRequest(
                "group",
                45000,
                300000,
                "c" * 40,
                None,
                "consumer",
                [
                    join_group_request.JoinGroupRequestProtocol("range", b"x" * 40),
                    join_group_request.JoinGroupRequestProtocol("cooperative-sticky", b"x" * 40),
                ],
            ),
        ),
        (
            "JoinGroupResponse v9, 20 members",
            j,
            9,
            j.JoinGroupResponse(0, 0, 3, "consumer", "range", "a" * 40, False, "a" * 40, members),
        ),
        (
            "OffsetCommitRequest v9, 1x1",
            oc,
            9,
            oc.OffsetCommitRequest(
                "group",
                5,
                "m" * 40,
                topics=[
                    oc.OffsetCommitRequestTopic("flights", partitions=[oc.OffsetCommitRequestPartition(0, 1234, 5, "")])
                ],
            ),
        ),
        (
            "OffsetCommitRequest v9, 4x8",
            oc,
            9,
            oc.OffsetCommitRequest(
                "group",
                5,
                "m" * 40,
                topics=[
                    oc.OffsetCommitRequestTopic(
                        f"topic-{t}", partitions=[oc.OffsetCommitRequestPartition(p, 1234, 5, "") for p in range(8)]
                    )
                    for t in range(4)
                ],
            ),
        ),
        (
            "OffsetCommitResponse v9, 4x8",
            offset_commit_response,
            9,
            offset_commit_response.OffsetCommitResponse(
                0,
                [
                    offset_commit_response.OffsetCommitResponseTopic(
                        f"topic-{t}",
                        partitions=[offset_commit_response.OffsetCommitResponsePartition(p, 0) for p in range(8)],
                    )
                    for t in range(4)
                ],
            ),
        ),
        (
            "OffsetFetchResponse v9, 4x8",
            of,
            9,
            of.OffsetFetchResponse(
                groups=[
                    of.OffsetFetchResponseGroup(
                        "group",
                        [
                            of.OffsetFetchResponseTopics(
                                f"topic-{t}",
                                partitions=[of.OffsetFetchResponsePartitions(p, 1234, 5, "", 0) for p in range(8)],
                            )
                            for t in range(4)
                        ],
                    )
                ]
            ),
        ),
        (
            "ProduceRequest v13, 1 x 1 KB",
            produce_request,
            13,
            produce_request.ProduceRequest(
                None,
                -1,
                30000,
                [
                    produce_request.TopicProduceData(
                        topic_id=ID, partition_data=[produce_request.PartitionProduceData(0, memoryview(b"r" * 1000))]
                    )
                ],
            ),
        ),
        (
            "ProduceResponse v13, 1",
            produce_response,
            13,
            produce_response.ProduceResponse(
                [
                    produce_response.TopicProduceResponse(
                        topic_id=ID, partition_responses=[produce_response.PartitionProduceResponse(0, 0, 77)]
                    )
                ]
            ),
        ),
        (
            "FetchRequest v17, 1",
            fr,
            17,
            fr.FetchRequest(
                topics=[fr.FetchTopic(topic_id=ID, partitions=[fr.FetchPartition(0, 1, 5, -1, -1, 1 << 20)])]
            ),
        ),
        (
            "FetchRequest v17, 5x10",
            fr,
            17,
            fr.FetchRequest(
                topics=[
                    fr.FetchTopic(
                        topic_id=ID, partitions=[fr.FetchPartition(p, 1, 5, -1, -1, 1 << 20) for p in range(10)]
                    )
                    for _ in range(5)
                ]
            ),
        ),
        (
            "FetchResponse v17, 1 x 64 KB",
            fetch_response,
            17,
            fetch_response.FetchResponse(
                responses=[
                    fetch_response.FetchableTopicResponse(
                        topic_id=ID,
                        partitions=[
                            fetch_response.PartitionData(
                                0, 0, 9, 9, 0, aborted_transactions=None, records=memoryview(b"r" * 65536)
                            )
                        ],
                    )
                ]
            ),
        ),
    ]


def micros(call: Any) -> float:
    number = 1
    while (taken := min(timeit.repeat(call, number=number, repeat=1))) < 0.02:
        number *= 4
    return min(taken, *timeit.repeat(call, number=number, repeat=4)) / number * 1e6


def kio_micros(module: ModuleType, version: int, data: bytes, message: Any) -> tuple[float, float]:
    from kio.serial import entity_reader, entity_writer
    from tests.wire.samples import MESSAGES
    from tests.wire.test_oracles import kio_class

    cls = kio_class(MESSAGES[type(message).__name__], version)
    read, write = entity_reader(cls), entity_writer(cls)
    theirs, _ = read(data, 0)
    return micros(lambda: write(io.BytesIO(), theirs)), micros(lambda: read(data, 0))


def import_costs() -> None:
    """Milliseconds and KiB of RSS that importing takes, in a new process."""
    code = """
import time, resource, sys
import struct, dataclasses, importlib, functools
def rss(): return int(open('/proc/self/statm').read().split()[1]) * 4
before, start = rss(), time.perf_counter()
import ottla.wire.registry as r, ottla.wire.header
middle = time.perf_counter()
for key in KEYS: r.request_module(key), r.response_module(key)
end = time.perf_counter()
print(f"{(middle - start) * 1e3:6.1f} ms registry and header, {(end - middle) * 1e3:6.1f} ms messages, {rss() - before} KiB")
"""
    for what, keys in (
        ("first produce (3 18 22)", "[3, 18, 22]"),
        ("a consumer group", "[1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 18]"),
        ("all", "list(r.API_NAMES)"),
    ):
        run = subprocess.run(
            [sys.executable, "-c", code.replace("KEYS", keys)], capture_output=True, text=True, check=True
        )
        print(f"{what:28}{run.stdout.strip()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kio", action="store_true", help="measure kio beside it")
    compare = parser.parse_args().kio
    print(f"{'message':40}{'bytes':>8}{'enc us':>9}{'dec us':>9}" + ("  kio enc  kio dec" if compare else ""))
    for what, module, version, message in cases():
        data = module.encode(message, version)
        line = f"{what:40}{len(data):8}{micros(lambda m=module, x=message, v=version: m.encode(x, v)):9.2f}"  # type: ignore[misc]
        line += f"{micros(lambda m=module, d=data, v=version: m.decode(d, v)):9.2f}"  # type: ignore[misc]
        if compare:
            encode, decode = kio_micros(module, version, data, message)
            line += f"{encode:9.2f}{decode:9.2f}"
        print(line)
    import_costs()


if __name__ == "__main__":
    main()
