"""What a transactional producer's library does: an identity, sequence numbers, the partitions and offsets of the open transaction, its end.

Written after the Java client, in both protocols: 1 adds partitions and groups before it writes (AddPartitionsToTxn, AddOffsetsToTxn) and
keeps its epoch; 2 (KIP-890) lets Produce 12 and TxnOffsetCommit 5 add them, and takes a new epoch from every EndTxn 5. Whatever is not
answered is sent again, over a new connection too. A producer that aborts although it does not know what became of its batches takes
a new epoch before it goes on (KIP-360); in protocol 2 the end of the transaction has given it one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from ottla.base.errors import ErrorCode
from ottla.records.builder import build_batch
from ottla.testing.sim.auditor import Key
from ottla.testing.sim.client import (
    ADD_OFFSETS_TO_TXN,
    ADD_PARTITIONS_TO_TXN,
    BACKOFF_S,
    END_TXN,
    INIT_PRODUCER_ID,
    PRODUCE,
    RETRIED,
    TXN_OFFSET_COMMIT,
    Client,
)
from ottla.testing.sim.link import Link, LinkError
from ottla.testing.sim.txn_auditor import Introduction, Txn
from ottla.wire.messages.add_offsets_to_txn_request import AddOffsetsToTxnRequest
from ottla.wire.messages.add_partitions_to_txn_request import AddPartitionsToTxnRequest, AddPartitionsToTxnTopic
from ottla.wire.messages.end_txn_request import EndTxnRequest
from ottla.wire.messages.init_producer_id_request import InitProducerIdRequest
from ottla.wire.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from ottla.wire.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)

IMPLICIT = 2
"""The protocol in which what is written is added by the broker."""
VERSIONS: Mapping[int, Mapping[int, tuple[int, int]]] = {
    1: {
        PRODUCE: (3, 11),
        INIT_PRODUCER_ID: (3, 5),
        ADD_PARTITIONS_TO_TXN: (0, 3),
        ADD_OFFSETS_TO_TXN: (0, 4),
        TXN_OFFSET_COMMIT: (3, 4),
        END_TXN: (0, 4),
    },
    2: {PRODUCE: (12, 13), INIT_PRODUCER_ID: (0, 5), TXN_OFFSET_COMMIT: (5, 5), END_TXN: (5, 5)},
}
"""What is spoken in each protocol. Group metadata goes with offsets from TxnOffsetCommit 3 on, a raise of the epoch can be asked for from
InitProducerId 3 on."""
REQUEST_TIMEOUT_S = 30.0
_FENCED = (ErrorCode.PRODUCER_FENCED, ErrorCode.INVALID_PRODUCER_EPOCH)
_NOT_YET = RETRIED | {ErrorCode.CONCURRENT_TRANSACTIONS}
_NOT_OURS = (ErrorCode.INVALID_TXN_STATE, ErrorCode.TRANSACTION_ABORTABLE)
"""The partition or group is not in an open transaction."""
_OUT_OF_GROUP = (ErrorCode.ILLEGAL_GENERATION, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.FENCED_INSTANCE_ID)


class FencedError(Exception):
    """The identity is of no use any more; whatever was open is over for this instance."""


class OutOfGroupError(Exception):
    """The group has moved on: the transaction is to be aborted. `error` is the broker's."""

    def __init__(self, error: int) -> None:
        super().__init__(ErrorCode(error).name)
        self.error = error


class TxnBatch:
    """Records for one partition."""

    __slots__ = ("key", "records", "values")

    def __init__(self, key: Key, values: Sequence[str], records: bytes) -> None:
        self.key = key
        self.values = values
        self.records = records


class Transactor:
    """One instance of a transactional id. `txn` is the open transaction; `end_wanted` how it is being ended (None: it is not)."""

    def __init__(self, client: Client, transactional_id: str) -> None:
        rng = client.rng
        self.client = client
        self.world = client.world
        self.transactional_id = transactional_id
        self.protocol = rng.choice(client.world.protocols)
        self.timeout_ms = rng.choice((1000, 3000, 8000))
        self.producer_id = -1
        self.producer_epoch = -1
        self.wants_raise = False
        self.txn: Txn | None = None
        self.end_wanted: bool | None = None
        self.batches: list[TxnBatch] = []
        """Those that were not acknowledged."""
        self._introduction: Introduction | None = None
        self._sequences: dict[Key, int] = {}
        self._sequences_before: dict[Key, int] = {}
        self._added: set[Key] = set()
        self._added_groups: set[str] = set()
        self._wrote = False
        self._unsure = False
        """Whether a request that adds something was not answered."""
        for api_key, versions in VERSIONS[self.protocol].items():
            client.versions[api_key] = rng.randint(*versions)

    @property
    def is_introduced(self) -> bool:
        """Whether there is an identity to work with."""
        return self.producer_id >= 0 and not self.wants_raise

    # --- the identity -----------------------------------------------------------------------------------------------------------

    async def introduce(self) -> None:
        """InitProducerId, until there is an identity. Raises LinkError, FencedError."""
        client, book = self.client, self.world.transactions
        while True:
            before = (self.producer_id, self.producer_epoch) if self.wants_raise else (-1, -1)
            introduction = book.introducing(self.transactional_id)
            request = InitProducerIdRequest(self.transactional_id, self.timeout_ms, *before)
            try:
                answer = await client.ask(INIT_PRODUCER_ID, request)
            except LinkError:
                book.introduction_lost(introduction)
                raise
            error = answer.error_code
            if not error:
                break
            book.introduction_refused(introduction)
            if error in _FENCED and self.wants_raise:
                self._fenced("InitProducerId")
            if error not in _NOT_YET:
                raise client.unexpected("InitProducerId", error)
            await asyncio.sleep(BACKOFF_S)
        book.introduced(self.transactional_id, introduction, answer.producer_id, answer.producer_epoch)
        self._introduction = introduction
        self.wants_raise = False
        self._take_identity(answer.producer_id, answer.producer_epoch)
        self.world.tell(
            "producer",
            f"{client.name} is {self.transactional_id}: producer {answer.producer_id} epoch {answer.producer_epoch}",
        )
        client.went_well()

    def _take_identity(self, producer_id: int, producer_epoch: int) -> None:
        if (producer_id, producer_epoch) != (self.producer_id, self.producer_epoch):
            self._sequences.clear()
        self.producer_id, self.producer_epoch = producer_id, producer_epoch

    def _fenced(self, what: str) -> None:
        """Raises FencedError."""
        txn, self.txn = self.txn, None
        assert self._introduction is not None
        self.world.transactions.fenced(self.transactional_id, self._introduction, txn, f"{self.client.name}: {what}")
        if txn is not None:
            self.world.transactions.given_up(txn)
        self.producer_id = self.producer_epoch = -1
        self.wants_raise = False
        self._forget()
        self.world.tell("producer", f"{self.client.name} is fenced at {what}")
        raise FencedError(what)

    def _forget(self) -> None:
        self.txn = None
        self.end_wanted = None
        self.batches.clear()
        self._added.clear()
        self._added_groups.clear()
        self._wrote = self._unsure = False

    def _served(self, what: str, sent_at: float) -> None:
        assert self._introduction is not None
        self.world.transactions.served(
            self.transactional_id, self._introduction, f"{self.client.name}: {what}", sent_at
        )

    # --- the transaction --------------------------------------------------------------------------------------------------------

    def begin(self) -> Txn:
        """A new transaction; nobody hears of it yet."""
        assert self._introduction is not None
        self._sequences_before = dict(self._sequences)
        self.txn = self.world.transactions.begin(
            self.transactional_id, self.client.name, self.timeout_ms / 1000, self._introduction
        )
        return self.txn

    def write(self, key: Key, first_number: int, values: Sequence[str], codec: int = 0) -> None:
        """Has a batch written by the next `flush`."""
        world, txn = self.world, self.txn
        assert txn is not None
        now_ms = world.machine.clock.now_ms()
        sequence = self._sequences.get(key, 0)
        self._sequences[key] = sequence + len(values)
        records = build_batch(
            [(now_ms, None, value.encode()) for value in values],
            codec,
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            base_sequence=sequence,
            is_transactional=True,
        )
        numbers = range(first_number, first_number + len(values))
        world.auditor.sending(key, self.client.name, numbers, values, -1)
        world.transactions.writing(txn, key, values)
        self.batches.append(TxnBatch(key, values, records))

    async def flush(self) -> None:
        """Until every batch is acknowledged. Raises LinkError, FencedError."""
        client = self.client
        while self.batches:
            link = await client.connect()
            if self.protocol < IMPLICIT:
                await self._add_partitions()
            chosen = self.batches[: client.rng.randrange(1, 6)]
            sent_at = self.world.loop.now
            self._wrote = True
            futures = [link.post(PRODUCE, client.version(PRODUCE), self._request(batch)) for batch in chosen]
            waits: set[Key] = set()
            for batch, future in zip(chosen, futures, strict=True):
                self._judge(batch, await self._answer(link, future), sent_at, waits)
            if waits:
                await asyncio.sleep(BACKOFF_S)

    def _request(self, batch: TxnBatch) -> ProduceRequest:
        topic, index = batch.key
        data = TopicProduceData(topic, self.world.topic_ids[topic], [PartitionProduceData(index, batch.records)])
        return ProduceRequest(self.transactional_id, -1, 30_000, [data])

    @staticmethod
    async def _answer(link: Link, future: asyncio.Future[Any]) -> Any:
        try:
            async with asyncio.timeout(REQUEST_TIMEOUT_S):
                answer = await future
        except TimeoutError:
            link.close()
            raise LinkError("a produce request was not answered in time") from None
        return answer.responses[0].partition_responses[0]

    def _judge(self, batch: TxnBatch, answer: Any, sent_at: float, waits: set[Key]) -> None:
        error = answer.error_code
        if not error or error == ErrorCode.DUPLICATE_SEQUENCE_NUMBER:
            self._served("a batch", sent_at)
            base_offset = answer.base_offset if not error else -1
            self.world.auditor.acked(batch.key, batch.values, base_offset, -1, sent_at)
            self.batches.remove(batch)
            self.client.went_well()
        elif error in _FENCED:
            self._fenced("Produce")
        elif error in _NOT_YET or (error == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER and batch.key in waits):
            waits.add(batch.key)
        elif error in _NOT_OURS:
            self._fenced(f"Produce ({ErrorCode(error).name})")
        else:
            raise self.client.unexpected(f"a batch for {batch.key}, which is the next one due,", error)

    async def _add_partitions(self) -> None:
        missing = sorted({batch.key for batch in self.batches} - self._added)
        while missing:
            by_topic: dict[str, list[int]] = {}
            for topic, index in missing:
                by_topic.setdefault(topic, []).append(index)
            topics = [AddPartitionsToTxnTopic(topic, indexes) for topic, indexes in by_topic.items()]
            request = AddPartitionsToTxnRequest(
                [], self.transactional_id, self.producer_id, self.producer_epoch, topics
            )
            self._wrote = self._unsure = True
            sent_at = self.world.loop.now
            answer = await self.client.ask(ADD_PARTITIONS_TO_TXN, request)
            self._unsure = False
            errors = {
                one.partition_error_code
                for topic in answer.results_by_topic_v3_and_below
                for one in topic.results_by_partition
            }
            if errors == {0}:
                self._served("AddPartitionsToTxn", sent_at)
                self._added.update(missing)
                return
            await self._refused("AddPartitionsToTxn", max(errors))

    async def _refused(self, what: str, error: int) -> None:
        """Waits where it helps. Raises FencedError otherwise; anything else is a violation."""
        if error in _FENCED:
            self._fenced(what)
        if error not in _NOT_YET:
            raise self.client.unexpected(what, error)
        await asyncio.sleep(BACKOFF_S)

    # --- offsets ----------------------------------------------------------------------------------------------------------------

    async def send_offsets(
        self, group: str, generation: int, member_id: str, instance_id: str | None, offsets: Mapping[Key, int]
    ) -> None:
        """Has a group's offsets committed with the transaction. Raises LinkError, FencedError, OutOfGroupError."""
        txn, book = self.txn, self.world.transactions
        assert txn is not None
        while self.protocol < IMPLICIT and group not in self._added_groups:
            self._wrote = self._unsure = True
            sent_at = self.world.loop.now
            request = AddOffsetsToTxnRequest(self.transactional_id, self.producer_id, self.producer_epoch, group)
            answer = await self.client.ask(ADD_OFFSETS_TO_TXN, request)
            self._unsure = False
            if answer.error_code:
                await self._refused("AddOffsetsToTxn", answer.error_code)
                continue
            self._served("AddOffsetsToTxn", sent_at)
            self._added_groups.add(group)
        self._wrote = True
        by_topic: dict[str, list[TxnOffsetCommitRequestPartition]] = {}
        for (topic, index), offset in offsets.items():
            by_topic.setdefault(topic, []).append(TxnOffsetCommitRequestPartition(index, offset, -1, None))
            book.committing(txn, group, (topic, index), offset, generation)
        commit = TxnOffsetCommitRequest(
            self.transactional_id,
            group,
            self.producer_id,
            self.producer_epoch,
            generation,
            member_id,
            instance_id,
            [TxnOffsetCommitRequestTopic(topic, parts) for topic, parts in by_topic.items()],
        )
        while True:
            sent_at = self.world.loop.now
            answer = await self.client.ask(TXN_OFFSET_COMMIT, commit)
            errors = {part.error_code for topic in answer.topics for part in topic.partitions}
            if errors == {0}:
                self._served("TxnOffsetCommit", sent_at)
                return
            error = max(errors)
            if error in _OUT_OF_GROUP:
                raise OutOfGroupError(error)
            await self._refused("TxnOffsetCommit", error)

    # --- the end ----------------------------------------------------------------------------------------------------------------

    async def end(self, *, is_commit: bool) -> bool:
        """Commits or aborts; True: committed. Raises LinkError (then `end` is to be called again, to the same end), FencedError."""
        txn, book = self.txn, self.world.transactions
        assert txn is not None
        if self.end_wanted is None:
            self.end_wanted = is_commit and not self.batches
            if not self._wrote and (self.protocol < IMPLICIT or is_commit):
                book.given_up(txn)  # nobody was told of it
                self._sequences = self._sequences_before
                self._forget()
                return False
            if (self.batches or self._unsure) and self.protocol < IMPLICIT:
                self.wants_raise = True
            self.batches.clear()
            book.ending(txn, is_commit=self.end_wanted)
        wanted = self.end_wanted
        request = EndTxnRequest(self.transactional_id, self.producer_id, self.producer_epoch, wanted)
        while True:
            sent_at = self.world.loop.now
            answer = await self.client.ask(END_TXN, request)
            if not answer.error_code:
                break
            is_unheard = not wanted and self.protocol < IMPLICIT and not self._added | self._added_groups
            if answer.error_code == ErrorCode.INVALID_TXN_STATE and is_unheard:
                break  # the broker had not heard of it
            if answer.error_code == ErrorCode.INVALID_TXN_STATE:
                self._fenced("EndTxn (INVALID_TXN_STATE)")  # it ended the other way, by its timeout
            await self._refused("EndTxn", answer.error_code)
        self._served("EndTxn", sent_at)
        book.ended(txn, is_commit=wanted)
        if self.protocol >= IMPLICIT:
            self._take_identity(answer.producer_id, answer.producer_epoch)
        self._forget()
        self.client.went_well()
        return wanted
