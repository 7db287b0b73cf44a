"""Produce and Fetch are written by hand; the generated codec says what their bytes have to be."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ottla.wire import hot_fetch, hot_produce
from ottla.wire.errors import WireError
from ottla.wire.messages import fetch_request, fetch_response, produce_request, produce_response

PRODUCE_VERSIONS = range(3, 14)
FETCH_VERSIONS = range(4, 19)
IDS = [bytes([n]) * 16 for n in (1, 2)]
NAMES = ["orders", "é" * 40]


def keys(version: int, since: int) -> list[str | bytes]:
    return list(IDS) if version >= since else list(NAMES)


def produce_message(version: int) -> produce_request.ProduceRequest:
    topics = []
    for n, key in enumerate(keys(version, 13)):
        topic = produce_request.TopicProduceData(
            partition_data=[
                produce_request.PartitionProduceData(
                    index=i, records=None if i == 1 else bytes([i]) * (70 * n + 130 * i)
                )
                for i in range(3)
            ]
        )
        if isinstance(key, bytes):
            topic.topic_id = key
        else:
            topic.name = key
        topics.append(topic)
    return produce_request.ProduceRequest(transactional_id="tx", acks=-1, timeout_ms=1500, topic_data=topics)


@pytest.mark.parametrize("version", PRODUCE_VERSIONS)
def test_produce_request_reads_what_the_generated_codec_writes(version: int) -> None:
    message = produce_message(version)
    raw = b"head" + produce_request.encode(message, version)
    call = hot_produce.decode(memoryview(raw), version, 4)
    assert (call.transactional_id, call.acks, call.timeout_ms) == ("tx", -1, 1500)
    assert [topic.key for topic in call.topics] == keys(version, 13)
    for topic, wanted in zip(call.topics, message.topic_data, strict=True):
        got = [(index, None if view is None else bytes(view)) for index, view in topic.partitions]
        assert got == [(p.index, p.records) for p in wanted.partition_data]


@pytest.mark.parametrize("version", PRODUCE_VERSIONS)
def test_produce_request_cut_anywhere_is_one_error(version: int) -> None:
    raw = produce_request.encode(produce_message(version), version)
    for size in range(len(raw)):
        with pytest.raises(WireError):
            hot_produce.decode(memoryview(raw)[:size], version, 0)
    assert hot_produce.decode(memoryview(raw + b"\0"), version, 0) == hot_produce.decode(memoryview(raw), version, 0)


@pytest.mark.parametrize("version", PRODUCE_VERSIONS)
def test_produce_response_is_byte_for_byte_the_generated_one(version: int) -> None:
    topics, answers = [], []
    for key in keys(version, 13):
        parts = [
            hot_produce.PartitionAnswer(0, 0, 1 << 40, 1700000000000, 17),
            hot_produce.PartitionAnswer(1, 6, -1, -1, -1, leader=(3, 9) if version >= 10 else None),
        ]
        if version >= 8:
            parts.append(hot_produce.PartitionAnswer(2, 87, message="no key", record_errors=[(4, "bad"), (5, None)]))
        answers.append((key, parts))
        topic = produce_response.TopicProduceResponse(
            partition_responses=[
                produce_response.PartitionProduceResponse(
                    index=p.partition,
                    error_code=p.error,
                    base_offset=p.base_offset,
                    log_append_time_ms=p.log_append_time_ms,
                    log_start_offset=p.log_start_offset,
                    record_errors=[
                        produce_response.BatchIndexAndErrorMessage(batch_index=i, batch_index_error_message=m)
                        for i, m in p.record_errors
                    ],
                    error_message=p.message,
                    current_leader=produce_response.LeaderIdAndEpoch(*p.leader)
                    if p.leader
                    else produce_response.LeaderIdAndEpoch(),
                )
                for p in parts
            ]
        )
        if isinstance(key, bytes):
            topic.topic_id = key
        else:
            topic.name = key
        topics.append(topic)
    endpoints = [hot_produce.Endpoint(3, "host", 9092, "rack")] if version >= 10 else []
    message = produce_response.ProduceResponse(
        responses=topics,
        node_endpoints=[
            produce_response.NodeEndpoint(node_id=3, host="host", port=9092, rack="rack") for _ in endpoints
        ],
    )
    assert hot_produce.encode(answers, version, endpoints) == produce_response.encode(message, version)


def fetch_message(version: int) -> fetch_request.FetchRequest:
    message = fetch_request.FetchRequest(
        max_wait_ms=500, min_bytes=2, max_bytes=1 << 20, isolation_level=1, rack_id="r" if version >= 11 else ""
    )
    if version >= 15:
        message.replica_state = fetch_request.ReplicaState(replica_id=5, replica_epoch=7)
    else:
        message.replica_id = 5
    if version >= 7:
        message.session_id, message.session_epoch = 99, 3
    if version >= 12:
        message.cluster_id = "c" * 200
    for key in keys(version, 13):
        topic = fetch_request.FetchTopic(
            partitions=[
                fetch_request.FetchPartition(
                    partition=i,
                    fetch_offset=1 << 33,
                    partition_max_bytes=1000 + i,
                    current_leader_epoch=i if version >= 9 else -1,
                    last_fetched_epoch=2 if version >= 12 else -1,
                    log_start_offset=4 if version >= 5 else -1,
                    replica_directory_id=IDS[1] if version >= 17 and i else bytes(16),
                )
                for i in range(3)
            ]
        )
        if isinstance(key, bytes):
            topic.topic_id = key
        else:
            topic.topic = key
        message.topics.append(topic)
        if version >= 7:
            forgotten = fetch_request.ForgottenTopic(partitions=[1, 8])
            if isinstance(key, bytes):
                forgotten.topic_id = key
            else:
                forgotten.topic = key
            message.forgotten_topics_data.append(forgotten)
    return message


@pytest.mark.parametrize("version", FETCH_VERSIONS)
def test_fetch_request_reads_what_the_generated_codec_writes(version: int) -> None:
    message = fetch_message(version)
    call = hot_fetch.decode(memoryview(fetch_request.encode(message, version)), version, 0)
    assert call.replica_id == 5
    assert (call.max_wait_ms, call.min_bytes, call.max_bytes, call.isolation_level) == (500, 2, 1 << 20, 1)
    assert (call.session_id, call.session_epoch) == ((99, 3) if version >= 7 else (0, -1))
    assert call.rack_id == message.rack_id
    assert [key for key, _ in call.topics] == keys(version, 13)
    for (_, partitions), topic in zip(call.topics, message.topics, strict=True):
        assert [tuple(p) for p in partitions] == [
            (p.partition, p.current_leader_epoch, p.fetch_offset, p.last_fetched_epoch, p.partition_max_bytes)
            for p in topic.partitions
        ]
    assert call.forgotten == ([(key, [1, 8]) for key in keys(version, 13)] if version >= 7 else [])


@pytest.mark.parametrize("version", FETCH_VERSIONS)
def test_fetch_request_cut_anywhere_is_one_error(version: int) -> None:
    raw = fetch_request.encode(fetch_message(version), version)
    for size in range(len(raw)):
        with pytest.raises(WireError):
            hot_fetch.decode(memoryview(raw)[:size], version, 0)


@pytest.mark.parametrize("version", FETCH_VERSIONS)
def test_fetch_response_is_byte_for_byte_the_generated_one(version: int) -> None:
    answers, topics = [], []
    for key in keys(version, 13):
        parts = [
            hot_fetch.FetchAnswer(0, 0, 9, 8, 1, 6, [b"abc", memoryview(b"def")], aborted=[(5, 6)]),
            hot_fetch.FetchAnswer(1, 6, -1, -1, -1, 0, (), leader=(1, 2) if version >= 12 else None),
            hot_fetch.FetchAnswer(2, 0, 4, 4, 0, 0, (), diverging=(3, 77) if version >= 12 else None),
        ]
        answers.append((key, parts))
        topic = fetch_response.FetchableTopicResponse(
            partitions=[
                fetch_response.PartitionData(
                    partition_index=p.partition,
                    error_code=p.error,
                    high_watermark=p.high_watermark,
                    last_stable_offset=p.last_stable_offset,
                    log_start_offset=p.log_start_offset,
                    aborted_transactions=None
                    if p.aborted is None
                    else [fetch_response.AbortedTransaction(producer_id=a, first_offset=b) for a, b in p.aborted],
                    records=b"".join(p.buffers),
                    diverging_epoch=fetch_response.EpochEndOffset(*p.diverging)
                    if p.diverging
                    else fetch_response.EpochEndOffset(),
                    current_leader=fetch_response.LeaderIdAndEpoch(*p.leader)
                    if p.leader
                    else fetch_response.LeaderIdAndEpoch(),
                )
                for p in parts
            ]
        )
        if isinstance(key, bytes):
            topic.topic_id = key
        else:
            topic.topic = key
        topics.append(topic)
    message = fetch_response.FetchResponse(responses=topics)
    if version >= 7:
        message.session_id, message.error_code = 12, 71
    endpoints = []
    if version >= 16:
        endpoints = [hot_produce.Endpoint(3, "host", 9092, None)]
        message.node_endpoints = [fetch_response.NodeEndpoint(node_id=3, host="host", port=9092)]
    got = hot_fetch.encode(answers, version, error=71, session_id=12, endpoints=endpoints)
    assert b"".join(got) == fetch_response.encode(message, version)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([3, 9, 13]), st.sampled_from([4, 7, 12, 18]))
def test_garbage_is_one_error(raw: bytes, produce_version: int, fetch_version: int) -> None:
    for decode, version in ((hot_produce.decode, produce_version), (hot_fetch.decode, fetch_version)):
        try:
            decode(memoryview(raw), version, 0)
        except WireError:
            pass


@pytest.mark.parametrize("version", [3, 8, 9, 12, 13])
def test_flipped_bytes_are_one_error(version: int) -> None:
    rng = random.Random(version)
    raw = produce_request.encode(produce_message(version), version)
    fetch_version = version + 4
    fetch = fetch_request.encode(fetch_message(fetch_version), fetch_version)
    for _ in range(2000):
        for original, decode, v in ((raw, hot_produce.decode, version), (fetch, hot_fetch.decode, fetch_version)):
            bent = bytearray(original)
            bent[rng.randrange(len(bent))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
            try:
                decode(memoryview(bent), v, 0)
            except WireError:
                pass


@pytest.mark.parametrize("version", range(7, 19))
def test_the_same_fetch_is_told_from_every_other(version: int) -> None:
    def body(**other: int | str) -> memoryview:
        fields = {"max_wait_ms": 500, "min_bytes": 1, "max_bytes": 9, "session_id": 5, "session_epoch": 1, **other}
        return memoryview(b"head" + fetch_request.encode(fetch_request.FetchRequest(**fields), version))  # type: ignore[arg-type]

    first = body()
    call = hot_fetch.decode(first, version, 4)
    assert hot_fetch.peek_session(first, version, 4) == (5, 1) == (call.session_id, call.session_epoch)
    asked = hot_fetch.remember(first, version, 4, call)
    assert asked is not None
    assert asked.call is call
    assert hot_fetch.asks_again(body(session_epoch=2), version, 4, asked)
    others: list[dict[str, int | str]] = [
        {"max_wait_ms": 501},
        {"min_bytes": 2},
        {"max_bytes": 8},
        {"isolation_level": 1},
    ]
    if version >= 11:
        others.append({"rack_id": "r"})
    for other in others:
        assert not hot_fetch.asks_again(body(**other), version, 4, asked)
    changing = fetch_message(version)
    changing.session_id, changing.session_epoch = 5, 2
    moved = memoryview(b"head" + fetch_request.encode(changing, version))
    assert not hot_fetch.asks_again(moved, version, 4, asked)
    assert hot_fetch.remember(moved, version, 4, hot_fetch.decode(moved, version, 4)) is None
    for size in range(4, len(first)):
        assert not hot_fetch.asks_again(first[:size], version, 4, asked)
        hot_fetch.peek_session(first[:size], version, 4)  # cut off: says nothing, raises nothing


@pytest.mark.parametrize("version", range(7, 19))
def test_an_answer_without_news_is_byte_for_byte_the_generated_one(version: int) -> None:
    wanted = fetch_response.encode(fetch_response.FetchResponse(session_id=77), version)
    assert hot_fetch.encode_nothing_new(version, 77) == wanted
