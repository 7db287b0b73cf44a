"""Produce and Fetch against a running broker, word by word, in every version."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from ottla.base.errors import ErrorCode as E
from ottla.records.reader import iter_batches, iter_records
from ottla.testing import broker as embedded_broker
from ottla.testing.embedded import EmbeddedBroker
from support.raw import RawClient
from support.talk import (
    FETCH,
    PRODUCE,
    batch,
    create_topic,
    fetch_call,
    fetch_message,
    partitions_of,
    produce_message,
    send_records,
)

VERSIONS = range(3, 14)


@pytest.fixture(scope="module")
def broker() -> Iterator[EmbeddedBroker]:
    with embedded_broker() as running:
        yield running


@pytest.fixture
def client(broker: EmbeddedBroker) -> Iterator[RawClient]:
    with RawClient(broker.port) as raw:
        yield raw


def values(records: bytes | memoryview | None) -> list[bytes | None]:
    view = memoryview(bytes(records or b""))
    return [record.value for header, one in iter_batches(view) for record in iter_records(one, header)]


@pytest.mark.parametrize("acks", [-1, 1])
@pytest.mark.parametrize("version", VERSIONS)
def test_produce_then_fetch_in_every_version(client: RawClient, version: int, acks: int) -> None:
    name = f"round-{version}-{acks}"
    topic_id = create_topic(client, name)
    key = topic_id if version >= 13 else name
    for n in range(3):
        answer = send_records(client, key, batch(b"a%d" % n, b"b%d" % n), version=version, acks=acks)
        assert (answer.error_code, answer.base_offset, answer.log_append_time_ms) == (E.NONE, 2 * n, -1)
        if version >= 5:
            assert answer.log_start_offset == 0
    for fetch_version in range(4, 19):
        fetch_key = topic_id if fetch_version >= 13 else name
        got = partitions_of(fetch_call(client, fetch_key, {0: 0}, version=fetch_version))[0]
        assert (got.error_code, got.high_watermark, got.last_stable_offset) == (E.NONE, 6, 6)
        assert values(got.records) == [b"a0", b"b0", b"a1", b"b1", b"a2", b"b2"]


def test_acks_0_is_written_and_not_answered(client: RawClient) -> None:
    create_topic(client, "quiet")
    client.send_message(PRODUCE, 9, produce_message(9, "quiet", batch(b"x"), acks=0))
    answer = send_records(client, "quiet", batch(b"y"))
    assert answer.base_offset == 1, "the next answer on the connection is the next request's"


def test_a_failed_acks_0_closes_the_connection(broker: EmbeddedBroker) -> None:
    with RawClient(broker.port) as client:
        client.send_message(PRODUCE, 9, produce_message(9, "nowhere", batch(b"x"), acks=0))
        assert client.closed()


@pytest.mark.parametrize("acks", [2, -2, 100])
def test_odd_acks(client: RawClient, acks: int) -> None:
    create_topic(client, f"acks{acks}")
    assert send_records(client, f"acks{acks}", batch(b"x"), acks=acks).error_code == E.INVALID_REQUIRED_ACKS


def bent(raw: bytes, at: int, value: int) -> bytes:
    out = bytearray(raw)
    out[at] = value
    return bytes(out)


GOOD = batch(b"one", b"two")
REFUSED = {
    "wrong crc": (bent(GOOD, len(GOOD) - 1, GOOD[-1] ^ 1), E.CORRUPT_MESSAGE),
    "two batches": (GOOD + GOOD, E.INVALID_RECORD),
    "nothing": (b"", E.INVALID_RECORD),
    "null": (None, E.INVALID_RECORD),
    "length over the end": (bent(GOOD, 9, 1), E.INVALID_RECORD),
    "transactional": (
        batch(b"x", is_transactional=True, producer_id=5, producer_epoch=0, base_sequence=0),
        E.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_batch_leaves_no_trace(client: RawClient, what: str) -> None:
    records, error = REFUSED[what]
    name = "refused-" + what.replace(" ", "-")
    create_topic(client, name)
    answer = send_records(client, name, records)
    assert (E(answer.error_code), answer.base_offset) == (error, -1)
    assert send_records(client, name, GOOD).base_offset == 0


def test_unknown_places(client: RawClient) -> None:
    topic_id = create_topic(client, "known")
    assert send_records(client, "unknown", GOOD).error_code == E.UNKNOWN_TOPIC_OR_PARTITION
    assert send_records(client, "known", GOOD, partition=1).error_code == E.UNKNOWN_TOPIC_OR_PARTITION
    assert send_records(client, "known", GOOD, partition=-1).error_code == E.UNKNOWN_TOPIC_OR_PARTITION
    assert send_records(client, b"\1" * 16, GOOD, version=13).error_code == E.UNKNOWN_TOPIC_ID
    assert send_records(client, topic_id, GOOD, version=13, partition=7).error_code == E.UNKNOWN_TOPIC_OR_PARTITION
    for version, key, error in ((12, "unknown", E.UNKNOWN_TOPIC_OR_PARTITION), (13, b"\1" * 16, E.UNKNOWN_TOPIC_ID)):
        assert partitions_of(fetch_call(client, key, {0: 0}, version=version))[0].error_code == error
    assert partitions_of(fetch_call(client, "known", {9: 0}))[9].error_code == E.UNKNOWN_TOPIC_OR_PARTITION


def test_max_message_bytes_holds(client: RawClient) -> None:
    create_topic(client, "small", max_message_bytes="1000")
    assert send_records(client, "small", batch(bytes(2000))).error_code == E.MESSAGE_TOO_LARGE
    assert send_records(client, "small", batch(bytes(500))).error_code == E.NONE


def test_log_append_time(client: RawClient) -> None:
    create_topic(client, "stamped", message_timestamp_type="LogAppendTime")
    before = time.time_ns() // 1_000_000
    answer = send_records(client, "stamped", batch(b"a", b"b", timestamp_ms=5))
    assert before <= answer.log_append_time_ms <= time.time_ns() // 1_000_000
    records = partitions_of(fetch_call(client, "stamped", {0: 0}))[0].records
    ((header, one),) = iter_batches(memoryview(bytes(records)))
    assert [record.timestamp for record in iter_records(one, header)] == [answer.log_append_time_ms] * 2


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd", "uncompressed"])
@pytest.mark.parametrize("size", [100, 100_000])
def test_compression_type_recompresses(client: RawClient, codec: str, size: int) -> None:
    name = f"in-{codec}-{size}"
    create_topic(client, name, compression_type=codec)
    for sent in (0, 1, 4):
        assert send_records(client, name, batch(bytes(size), b"end", codec=sent)).error_code == E.NONE
    records = memoryview(bytes(partitions_of(fetch_call(client, name, {0: 0}))[0].records))
    codes = {"uncompressed": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}
    assert [header.codec for header, _ in iter_batches(records)] == [codes[codec]] * 3
    assert values(records) == [bytes(size), b"end"] * 3


def test_a_compacted_topic_wants_keys(client: RawClient) -> None:
    create_topic(client, "compacted", cleanup_policy="compact")
    answer = send_records(client, "compacted", batch(b"x", b"y", key=None))
    assert answer.error_code == E.INVALID_RECORD
    assert [error.batch_index for error in answer.record_errors] == [0, 1]
    assert send_records(client, "compacted", batch(b"x")).error_code == E.NONE


def test_timestamps_out_of_bounds(client: RawClient) -> None:
    create_topic(client, "bounded", message_timestamp_before_max_ms="60000", message_timestamp_after_max_ms="60000")
    now = time.time_ns() // 1_000_000
    assert send_records(client, "bounded", batch(b"x", timestamp_ms=now)).error_code == E.NONE
    for wrong in (now - 120_000, now + 120_000):
        answer = send_records(client, "bounded", batch(b"x", timestamp_ms=wrong))
        assert answer.error_code == E.INVALID_TIMESTAMP
        assert [error.batch_index for error in answer.record_errors] == [0]


def test_sequences(client: RawClient) -> None:
    create_topic(client, "idempotent")

    def send(sequence: int, epoch: int = 0) -> tuple[E, int]:
        raw = batch(b"a", b"b", producer_id=77, producer_epoch=epoch, base_sequence=sequence)
        answer = send_records(client, "idempotent", raw)
        return E(answer.error_code), answer.base_offset

    assert send(0) == (E.NONE, 0)
    assert send(2) == (E.NONE, 2)
    assert send(0) == (E.NONE, 0), "a duplicate is answered with its first offset"
    assert send(6)[0] == E.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert send(4) == (E.NONE, 4)
    assert send(0, epoch=1) == (E.NONE, 6)
    assert send(6)[0] == E.INVALID_PRODUCER_EPOCH


# --- fetch ---------------------------------------------------------------------------------------------------------------------


def test_offsets_out_of_range(client: RawClient) -> None:
    create_topic(client, "range")
    send_records(client, "range", GOOD)
    for offset, error in ((-1, E.OFFSET_OUT_OF_RANGE), (3, E.OFFSET_OUT_OF_RANGE), (2, E.NONE), (0, E.NONE)):
        got = partitions_of(fetch_call(client, "range", {0: offset}))[0]
        assert got.error_code == error, offset


def test_a_fetch_inside_a_batch_returns_the_whole_batch(client: RawClient) -> None:
    create_topic(client, "inside")
    send_records(client, "inside", batch(b"a", b"b", b"c"))
    send_records(client, "inside", batch(b"d", b"e"))
    assert values(partitions_of(fetch_call(client, "inside", {0: 1}))[0].records) == [b"a", b"b", b"c", b"d", b"e"]
    assert values(partitions_of(fetch_call(client, "inside", {0: 3}))[0].records) == [b"d", b"e"]
    assert values(partitions_of(fetch_call(client, "inside", {0: 4}))[0].records) == [b"d", b"e"]


def test_epochs(client: RawClient) -> None:
    create_topic(client, "epochs")
    send_records(client, "epochs", GOOD)
    assert partitions_of(fetch_call(client, "epochs", {0: 0}, leader_epoch=0))[0].error_code == E.NONE
    assert partitions_of(fetch_call(client, "epochs", {0: 0}, leader_epoch=5))[0].error_code == E.UNKNOWN_LEADER_EPOCH


def test_the_first_batch_comes_whatever_its_size(client: RawClient) -> None:
    create_topic(client, "large", partitions=2)
    for partition in (0, 1):
        send_records(client, "large", batch(bytes(5000)), partition=partition)
        send_records(client, "large", batch(b"next"), partition=partition)
    got = partitions_of(fetch_call(client, "large", {0: 0, 1: 0}, max_bytes=100, partition_max_bytes=10))
    assert [len(values(got[i].records)) for i in (0, 1)] == [1, 0]
    assert got[1].high_watermark == 2


def test_a_long_poll_ends_with_the_first_record(broker: EmbeddedBroker, client: RawClient) -> None:
    create_topic(client, "poll")
    with RawClient(broker.port) as consumer:
        for n, session in ((0, (0, -1)), (1, (0, 0))):
            asked = consumer.send_message(
                FETCH, 12, fetch_message(12, "poll", {0: n}, max_wait_ms=20_000, session=session)
            )
            threading.Timer(0.05, lambda: send_records(client, "poll", batch(b"now"))).start()
            started = time.monotonic()
            got = partitions_of(consumer.receive(FETCH, 12, asked))[0]
            assert values(got.records) == [b"now"]
            assert time.monotonic() - started < 10


def test_a_long_poll_ends_in_time(client: RawClient) -> None:
    create_topic(client, "patience")
    started = time.monotonic()
    got = partitions_of(fetch_call(client, "patience", {0: 0}, max_wait_ms=150))[0]
    assert values(got.records) == []
    assert 0.15 <= time.monotonic() - started < 5


def test_min_bytes_waits_for_enough(broker: EmbeddedBroker, client: RawClient) -> None:
    create_topic(client, "enough")
    with RawClient(broker.port) as consumer:
        wanted = fetch_message(12, "enough", {0: 0}, max_wait_ms=20_000, min_bytes=5000)
        asked = consumer.send_message(FETCH, 12, wanted)
        for _ in range(5):
            send_records(client, "enough", batch(bytes(1200)))
        got = partitions_of(consumer.receive(FETCH, 12, asked))[0]
        assert len(got.records) >= 5000
        assert len(values(got.records)) in (4, 5)


def test_a_waiting_fetch_learns_that_its_topic_is_gone(broker: EmbeddedBroker, client: RawClient) -> None:
    from ottla.wire.messages import delete_topics_request as delete

    create_topic(client, "doomed")
    with RawClient(broker.port) as consumer:
        asked = consumer.send_message(FETCH, 12, fetch_message(12, "doomed", {0: 0}, max_wait_ms=20_000))
        time.sleep(0.05)  # that the fetch is parked first is likely, not needed
        answer = client.call(20, 5, delete.DeleteTopicsRequest(topic_names=["doomed"], timeout_ms=5000))
        assert answer.responses[0].error_code == E.NONE
        got = partitions_of(consumer.receive(FETCH, 12, asked))[0]
        assert got.error_code == E.UNKNOWN_TOPIC_OR_PARTITION


# --- sessions (KIP-227) --------------------------------------------------------------------------------------------------------


def test_a_session_names_only_what_changed(client: RawClient) -> None:
    topic_id = create_topic(client, "session", partitions=3)
    first = fetch_call(client, topic_id, {0: 0, 1: 0, 2: 0}, version=15, session=(0, 0))
    sid = first.session_id
    assert sid > 0
    assert sorted(partitions_of(first)) == [0, 1, 2]
    quiet = fetch_call(client, topic_id, {}, version=15, session=(sid, 1))
    assert partitions_of(quiet) == {}
    send_records(client, "session", batch(b"x"), partition=1)
    news = fetch_call(client, topic_id, {}, version=15, session=(sid, 2), max_wait_ms=5000)
    assert list(partitions_of(news)) == [1]
    again = fetch_call(client, topic_id, {}, version=15, session=(sid, 3))
    assert list(partitions_of(again)) == [1], "the position did not move, so the data comes again"
    moved = fetch_call(client, topic_id, {1: 1}, version=15, session=(sid, 4))
    assert partitions_of(moved) == {}
    gone = fetch_call(client, topic_id, {}, version=15, session=(sid, 5), forget=(1,))
    assert partitions_of(gone) == {}
    send_records(client, "session", batch(b"y"), partition=1)
    send_records(client, "session", batch(b"z"), partition=2)
    rest = fetch_call(client, topic_id, {}, version=15, session=(sid, 6), max_wait_ms=5000)
    assert list(partitions_of(rest)) == [2]


def test_session_errors(client: RawClient) -> None:
    topic_id = create_topic(client, "session-errors")
    sid = fetch_call(client, topic_id, {0: 0}, version=15, session=(0, 0)).session_id
    assert fetch_call(client, topic_id, {}, version=15, session=(sid, 7)).error_code == E.INVALID_FETCH_SESSION_EPOCH
    assert fetch_call(client, topic_id, {}, version=15, session=(sid + 1, 1)).error_code == E.FETCH_SESSION_ID_NOT_FOUND
    assert fetch_call(client, "x", {}, version=12, session=(sid, 1)).error_code == E.FETCH_SESSION_TOPIC_ID_ERROR
    closed = fetch_call(client, topic_id, {0: 0}, version=15, session=(sid, -1))
    assert (closed.error_code, closed.session_id) == (E.NONE, 0)
    assert fetch_call(client, topic_id, {}, version=15, session=(sid, 1)).error_code == E.FETCH_SESSION_ID_NOT_FOUND


def test_partitions_take_turns_under_max_bytes(client: RawClient) -> None:
    topic_id = create_topic(client, "turns", partitions=4)
    for partition in range(4):
        for _ in range(4):
            send_records(client, "turns", batch(bytes(3000)), partition=partition)
    response = fetch_call(client, topic_id, dict.fromkeys(range(4), 0), version=15, session=(0, 0), max_bytes=3000)
    sid, epoch = response.session_id, 1
    order = []
    position = dict.fromkeys(range(4), 0)
    for _ in range(12):
        served = [i for i, p in partitions_of(response).items() if p.records]
        order += served
        moved = {}
        for i in served:
            position[i] += len(values(partitions_of(response)[i].records))
            moved[i] = position[i]
        response = fetch_call(client, topic_id, moved, version=15, session=(sid, epoch), max_bytes=3000)
        epoch += 1
    assert sorted(order[:4]) == [0, 1, 2, 3], "everyone had a turn before anyone had a second"
    assert sorted(order[4:8]) == [0, 1, 2, 3]


def test_a_recreated_topic_is_another_topic(client: RawClient) -> None:
    from ottla.wire.messages import delete_topics_request as delete

    old_id = create_topic(client, "again")
    send_records(client, "again", GOOD)
    by_id = fetch_call(client, old_id, {0: 2}, version=15, session=(0, 0))
    by_name = fetch_call(client, "again", {0: 2}, version=12, session=(0, 0))
    client.call(20, 5, delete.DeleteTopicsRequest(topic_names=["again"], timeout_ms=5000))
    assert create_topic(client, "again") != old_id
    got = partitions_of(fetch_call(client, old_id, {}, version=15, session=(by_id.session_id, 1)))[0]
    assert got.error_code == E.UNKNOWN_TOPIC_ID
    got = partitions_of(fetch_call(client, "again", {}, version=12, session=(by_name.session_id, 1)))[0]
    assert got.error_code == E.OFFSET_OUT_OF_RANGE, "the new topic is empty: the old position means nothing in it"


def test_a_fetch_of_many_megabytes_is_whole(client: RawClient) -> None:
    """Above a few megabytes the rest is read off the loop: nothing is lost or doubled on the way, and the budget holds."""
    topic_id = create_topic(client, "bulk", partitions=12)
    for partition in range(12):
        for n in range(2):
            send_records(client, "bulk", batch(bytes([partition, n]) * 250_000), partition=partition)
    got = partitions_of(
        fetch_call(client, topic_id, dict.fromkeys(range(12), 0), version=15, partition_max_bytes=1_100_000)
    )
    assert {i: values(p.records) for i, p in got.items()} == {
        i: [bytes([i, n]) * 250_000 for n in range(2)] for i in range(12)
    }
    some = partitions_of(
        fetch_call(
            client, topic_id, dict.fromkeys(range(12), 0), version=15, partition_max_bytes=1_100_000, max_bytes=8 << 20
        )
    )
    assert 6 << 20 < sum(len(p.records) for p in some.values()) <= 8 << 20
