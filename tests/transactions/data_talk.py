"""Speaks conversations about a transaction's data to a running broker: Produce, Fetch, offsets, markers, members of groups.

Every conversation has a topic of its own, so that offsets mean the same to whoever answers. A producer remembers what it was told is
written, per epoch and partition; a step says how its sequence number differs from the next one.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from ottla.records.builder import BatchBuilder, control_type
from ottla.records.header import CONTROL, MAX_SEQUENCE, TRANSACTIONAL
from ottla.records.reader import iter_batches, iter_records
from ottla.wire.messages import api_versions_request as api_versions
from ottla.wire.messages import delete_records_request as delete_records
from ottla.wire.messages import describe_producers_request as describe_producers
from ottla.wire.messages import join_group_request as join
from ottla.wire.messages import leave_group_request as leave
from ottla.wire.messages import list_offsets_request as list_offsets
from ottla.wire.messages import offset_fetch_request as offset_fetch
from ottla.wire.messages import produce_request as produce
from ottla.wire.messages import sync_group_request as sync
from ottla.wire.messages import txn_offset_commit_request as txn_offset_commit
from ottla.wire.messages import update_features_request as features
from ottla.wire.messages import write_txn_markers_request as write_markers
from support.raw import RawClient
from support.talk import create_topic, fetch_message
from transactions.live import LIMIT_S, LiveTalk
from transactions.scenarios import TXN_OFFSET_COMMIT, Step, Talk

PARTITIONS = 2
IDS_SINCE = 13
ABOUT_DATA = frozenset(
    ("produce", "markers", "delete", "fetch", "offset", "producers", "join", "leave", "committed", "level")
)
"""Steps whose answers cannot be mistaken for a coordinator's that is not ready."""
STUCK = "stuck"
"""In place of an answer: the transaction stays prepared for ever, because a partition refuses its marker."""
_NOT_ENOUGH_REPLICAS = 19
_BEFORE_MS = 600_000
"""Records are so much older than markers, so that a time says which of the two was found."""


class DataTalk(LiveTalk):
    settle_limit_s = 3.0

    def __init__(self, prefix: str, port: int) -> None:
        super().__init__(prefix, port)
        self.topic = f"{prefix}-data"
        self.topic_id = create_topic(self.client, self.topic, PARTITIONS, retention_ms="-1")
        self._wait_for_leaders()
        self.began_ms = int(time.time() * 1000) - _BEFORE_MS
        self.records = 0
        self.is_stuck = False
        self.sent: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
        self.members: dict[str, tuple[str, int]] = {}

    def _wait_for_leaders(self) -> None:
        """Apache Kafka answers CreateTopics before its partitions work."""
        deadline = time.monotonic() + LIMIT_S
        for index in range(PARTITIONS):
            while True:
                answer = self.client.call(1, 13, fetch_message(13, self.topic_id, {index: 0}))
                if not any(p.error_code for topic in answer.responses for p in topic.partitions):
                    break
                assert time.monotonic() < deadline, answer
                time.sleep(0.005)

    # --- writing ------------------------------------------------------------------------------------------------------------

    def _sequence(self, step: Step, where: tuple[int, int, int]) -> tuple[int, int]:
        """The first sequence number and the number of records."""
        count = step.get("n", 1)
        sent = self.sent.get(where, [])
        if "again" in step and step["again"] < len(sent):
            return sent[-1 - step["again"]]
        if "seq" in step:
            return step["seq"], count
        following = (sent[-1][0] + sent[-1][1]) & MAX_SEQUENCE if sent else 0
        return (following + step.get("gap", 0)) & MAX_SEQUENCE, count

    async def do_produce(self, step: Step) -> Any:
        version = step["v"]
        producer_id, epoch = self.credentials(step)
        if step.get("nobody"):
            producer_id, epoch = -1, -1
        topic = produce.TopicProduceData()
        if version >= IDS_SINCE:
            topic.topic_id = self.topic_id
        else:
            topic.name = self.topic
        chosen: dict[int, tuple[int, int]] = {}
        for index in step.get("p", [0]):
            sequence, count = self._sequence(step, (producer_id, epoch, index))
            chosen[index] = sequence, count
            builder = BatchBuilder(
                producer_id=producer_id,
                producer_epoch=epoch,
                base_sequence=sequence if producer_id >= 0 else -1,
                is_transactional=not step.get("plain"),
            )
            for _ in range(count):
                builder.append(self.began_ms + self.records, b"k", b"v")
                self.records += 1
            topic.partition_data.append(produce.PartitionProduceData(index, builder.build()))
        name = step.get("as", step["tx"])
        message = produce.ProduceRequest(None if name is None else self.tx(name), step.get("acks", -1), 10_000, [topic])
        answers = await self._produced(version, message)
        for index, error, *_ in answers:
            if not error and producer_id >= 0:
                sent = self.sent.setdefault((producer_id, epoch, index), [])
                if chosen[index] not in sent:
                    sent.append(chosen[index])
        return answers

    async def _produced(self, version: int, message: Any) -> list[list[int]]:
        deadline = time.monotonic() + 5
        while True:
            answer = await self.call(0, version, message)
            (topic,) = answer.responses
            found = sorted(
                [p.index, p.error_code, p.base_offset, p.log_start_offset] for p in topic.partition_responses
            )
            # A Kafka that has yet to find its coordinator says so; it means what it says when it goes on saying it.
            if all(one[1] != _NOT_ENOUGH_REPLICAS for one in found) or time.monotonic() > deadline:
                return found
            time.sleep(0.05)

    async def do_markers(self, step: Step) -> Any:
        """As a coordinator would, or a tool that ends a hanging transaction."""
        producer_id, epoch = self.credentials(step)
        topic = write_markers.WritableTxnMarkerTopic(self.topic, step.get("p", [0]))
        marker = write_markers.WritableTxnMarker(
            producer_id, epoch, step.get("commit", False), [topic], step.get("coordinator_epoch", 0)
        )
        if step["v"] >= 2:
            marker.transaction_version = step.get("transaction_version", 0)
        answer = await self.call(27, step["v"], write_markers.WriteTxnMarkersRequest([marker]))
        return sorted([p.partition_index, p.error_code] for m in answer.markers for t in m.topics for p in t.partitions)

    async def do_delete(self, step: Step) -> Any:
        topic = delete_records.DeleteRecordsTopic(self.topic, [delete_records.DeleteRecordsPartition(0, step["to"])])
        answer = await self.call(21, step.get("v", 2), delete_records.DeleteRecordsRequest([topic], 10_000))
        return [[p.error_code, p.low_watermark] for t in answer.topics for p in t.partitions]

    # --- reading ------------------------------------------------------------------------------------------------------------

    async def do_fetch(self, step: Step) -> Any:
        """[error, high watermark, last stable offset, log start, aborted (null unless committed data was asked for), batches]"""
        version = step["v"]
        key = self.topic_id if version >= IDS_SINCE else self.topic
        isolation_level, offsets = step.get("iso", 1), {step.get("p", 0): step.get("from", 0)}
        message = fetch_message(version, key, offsets, isolation_level=isolation_level)
        answer = await self.call(1, version, message)
        ((one,),) = [topic.partitions for topic in answer.responses]
        batches = [self._batch(header, view) for header, view in iter_batches(one.records or b"")]
        aborted = one.aborted_transactions
        if aborted is not None:
            # In any order; Apache Kafka also names some that begin behind what was read.
            end = batches[-1][0] + batches[-1][1] if batches else -1
            aborted = sorted([self.number(a.producer_id), a.first_offset] for a in aborted if a.first_offset <= end)
        log_start = one.log_start_offset if version >= 5 else -1
        # Apache Kafka leaves the last stable offset where it was when DeleteRecords passes it.
        return [one.error_code, one.high_watermark, max(one.last_stable_offset, log_start), log_start, aborted, batches]

    def _batch(self, header: Any, view: memoryview) -> Any:
        kind = None
        if header.attributes & CONTROL:
            (record,) = iter_records(view, header)
            kind = control_type(record.key)
        return [
            header.base_offset,
            header.last_offset_delta,
            self.number(header.producer_id),
            header.producer_epoch,
            header.base_sequence,
            bool(header.attributes & TRANSACTIONAL),
            kind,
        ]

    async def do_offset(self, step: Step) -> Any:
        """ListOffsets: [error, offset, whether the time is that of a marker or which record's]."""
        at = step["at"]
        partition = list_offsets.ListOffsetsPartition(step.get("p", 0), -1, self.began_ms + at if at >= 0 else at)
        topic = list_offsets.ListOffsetsTopic(self.topic, [partition])
        message = list_offsets.ListOffsetsRequest(-1, step.get("iso", 1), [topic])
        answer = await self.call(2, step["v"], message)
        ((found,),) = [topic.partitions for topic in answer.topics]
        when = found.timestamp - self.began_ms
        return [
            found.error_code,
            found.offset,
            found.timestamp if found.timestamp < 0 else "marker" if when >= _BEFORE_MS else when,
        ]

    async def do_producers(self, step: Step) -> Any:
        """[id, epoch, last sequence, coordinator epoch, first offset of the open transaction] of each."""
        topic = describe_producers.TopicRequest(self.topic, [step.get("p", 0)])
        answer = await self.call(61, 0, describe_producers.DescribeProducersRequest([topic]))
        ((found,),) = [topic.partitions for topic in answer.topics]
        producers = [
            [
                self.number(p.producer_id),
                p.producer_epoch,
                p.last_sequence,
                p.coordinator_epoch,
                p.current_txn_start_offset,
            ]
            for p in found.active_producers
        ]
        return [found.error_code, sorted(producers)]

    # --- groups -------------------------------------------------------------------------------------------------------------

    async def do_join(self, step: Step) -> Any:
        """One member joins a group and gets its assignment; [error, generation]."""
        group = self.tx(step["group"])
        message = join.JoinGroupRequest(
            group, 60_000, 60_000, self.members.get(step["group"], ("", -1))[0], step.get("instance"), "consumer"
        )
        message.protocols = [join.JoinGroupRequestProtocol("range", b"\0\1\0\0\0\0\0\0\0\0")]
        deadline = time.monotonic() + LIMIT_S
        while True:
            answer = await self.call(11, 9, message)
            if answer.error_code == 79:  # MEMBER_ID_REQUIRED
                message.member_id = answer.member_id
            elif answer.error_code not in (14, 15, 16) or time.monotonic() > deadline:
                break
            else:
                time.sleep(0.02)
        if answer.error_code:
            return [answer.error_code, -1]
        self.members[step["group"]] = answer.member_id, answer.generation_id
        if step.get("only"):
            return [0, answer.generation_id]
        synced = sync.SyncGroupRequest(group, answer.generation_id, answer.member_id, step.get("instance"))
        synced.protocol_type, synced.protocol_name = "consumer", "range"
        synced.assignments = [sync.SyncGroupRequestAssignment(answer.member_id, b"")]
        return [(await self.call(14, 5, synced)).error_code, answer.generation_id]

    async def do_leave(self, step: Step) -> Any:
        member_id, _ = self.members[step["group"]]
        message = leave.LeaveGroupRequest(self.tx(step["group"]))
        message.members = [leave.MemberIdentity(member_id, step.get("instance"))]
        answer = await self.call(13, 5, message)
        return [answer.error_code, *(m.error_code for m in answer.members)]

    async def do_commit(self, step: Step) -> Any:
        """TxnOffsetCommit in a member's name: `member` is its id (default: the true one), `late` how old its generation is."""
        known, generation = self.members.get(step["group"], ("", -1))
        partition = txn_offset_commit.TxnOffsetCommitRequestPartition(
            0, step.get("offset", 7), -1, "m" * step.get("m", 1)
        )
        message = txn_offset_commit.TxnOffsetCommitRequest(
            self.tx(step["tx"]),
            self.tx(step["group"]),
            *self.credentials(step),
            topics=[txn_offset_commit.TxnOffsetCommitRequestTopic(self.topic, [partition])],
        )
        if step["v"] >= 3:
            message.member_id = step.get("member", known)
            message.generation_id = step.get("generation", generation - step.get("late", 0))
            message.group_instance_id = step.get("instance")
        answer = await self.call(TXN_OFFSET_COMMIT, step["v"], message)
        return [p.error_code for t in answer.topics for p in t.partitions]

    async def do_committed(self, step: Step) -> Any:
        """OffsetFetch: [error of the group, [error, offset]]."""
        topic = offset_fetch.OffsetFetchRequestTopics(self.topic, partition_indexes=[0])
        asked = offset_fetch.OffsetFetchRequestGroup(self.tx(step["group"]), topics=[topic])
        message = offset_fetch.OffsetFetchRequest(groups=[asked], require_stable=step.get("stable", False))
        (group,) = (await self.call(9, 9, message)).groups
        return [group.error_code, *([p.error_code, p.committed_offset] for t in group.topics for p in t.partitions)]

    # --- the cluster --------------------------------------------------------------------------------------------------------

    async def do_level(self, step: Step) -> Any:
        """Changes the finalized `transaction.version`; [error, whether it is so then]."""
        error = set_level(self.client, step["to"])
        return [error, level(self.client)]

    async def settle(self, step: Step) -> None:
        try:
            await super().settle(step)
        except TimeoutError:
            self.is_stuck = True

    async def say(self, step: Step) -> Any:
        if step["do"] in ABOUT_DATA:
            return await Talk.say(self, step)
        return await super().say(step)


def speak(port: int, prefix: str, steps: list[Step]) -> list[Any]:
    """The answers to one conversation, as JSON has them; up to the one after which Kafka cannot end a transaction."""
    talk = DataTalk(prefix, port)

    async def run() -> list[Any]:
        answers: list[Any] = []
        for step in steps:
            answer = await talk.say(step)
            answers.append(STUCK if talk.is_stuck else answer)
            if talk.is_stuck:
                break
        return answers

    try:
        return list(json.loads(json.dumps(asyncio.run(run()))))
    finally:
        talk.client.socket.close()


def level(client: RawClient) -> int:
    """The finalized `transaction.version`; 0 is the same as none."""
    answer = client.call(18, 4, api_versions.ApiVersionsRequest("t", "1"))
    return next((f.max_version_level for f in answer.finalized_features if f.name == "transaction.version"), 0)


def set_level(client: RawClient, to: int) -> int:
    """Finalizes `transaction.version` at this level, as upgrade or safe downgrade; waits until the broker knows. The error."""
    upgrade_type = 1 if to > level(client) else 2
    update = features.FeatureUpdateKey("transaction.version", to, upgrade_type=upgrade_type)
    answer = client.call(57, 1, features.UpdateFeaturesRequest(60_000, [update]))
    error = int(answer.error_code or next((r.error_code for r in answer.results), 0))
    deadline = time.monotonic() + LIMIT_S
    while not error and level(client) != to:
        assert time.monotonic() < deadline, f"transaction.version is never {to}"
        time.sleep(0.02)
    return error
