"""Conversations with a transaction coordinator: made from a seed, spoken to Apache Kafka or to us, answers in a form that can be compared.

Producer ids are numbered as they first appear. A step names credentials by when they were given out, so that a conversation means the
same to both.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

from ottla.wire.messages import add_offsets_to_txn_request as add_offsets
from ottla.wire.messages import add_partitions_to_txn_request as add_partitions
from ottla.wire.messages import describe_transactions_request as describe
from ottla.wire.messages import end_txn_request as end
from ottla.wire.messages import init_producer_id_request as init
from ottla.wire.messages import list_transactions_request as listing
from ottla.wire.messages import txn_offset_commit_request as txn_offset_commit

INIT, ADD_PARTITIONS, ADD_OFFSETS, END, TXN_OFFSET_COMMIT, DESCRIBE, LIST = 22, 24, 25, 26, 28, 65, 66

Step = dict[str, Any]
Call = Callable[[int, int, Any], Awaitable[Any]]

TOPIC = "data"
PARTITIONS = 3
TIMEOUT_MS = 60_000
UNKNOWN_PRODUCER = 987_654_321


class Talk:
    """Speaks one conversation. `prefix` keeps the ids of conversations apart; it never shows in answers."""

    def __init__(self, prefix: str, call: Call) -> None:
        self.prefix = prefix
        self.call = call
        self.topic = TOPIC
        self.given: dict[str, list[tuple[int, int]]] = {}
        self.numbers: dict[int, int] = {-1: -1}

    def tx(self, name: str) -> str:
        return f"{self.prefix}-{name}" if name else ""

    def number(self, producer_id: int) -> int:
        return self.numbers.setdefault(producer_id, 1000 + len(self.numbers))

    def credentials(self, step: Step) -> tuple[int, int]:
        given = self.given.get(step["tx"], [])
        back = step.get("back", 0)
        if step.get("stranger") or back >= len(given):
            return UNKNOWN_PRODUCER, 0
        producer_id, epoch = given[-1 - back]
        return producer_id, max(min(epoch + step.get("delta", 0), 32767), 0)

    def take(self, name: str, producer_id: int, epoch: int) -> list[int]:
        if producer_id >= 0 and (producer_id, epoch) not in self.given.setdefault(name, [])[-1:]:
            self.given[name].append((producer_id, epoch))
        return [self.number(producer_id), epoch]

    async def say(self, step: Step) -> Any:
        """Speaks one step; the answer, ready to be stored as JSON."""
        return await getattr(self, f"do_{step['do']}")(step)

    async def do_init(self, step: Step) -> Any:
        message = init.InitProducerIdRequest(
            transactional_id=self.tx(step["tx"]), transaction_timeout_ms=step.get("timeout_ms", TIMEOUT_MS)
        )
        if step.get("expects"):
            message.producer_id, message.producer_epoch = self.credentials(step)
        answer = await self.call(INIT, step["v"], message)
        return [answer.error_code, *self.take(step["tx"], answer.producer_id, answer.producer_epoch)]

    async def do_add(self, step: Step) -> Any:
        producer_id, epoch = self.credentials(step)
        indexes = step["partitions"]
        topics = [add_partitions.AddPartitionsToTxnTopic(self.topic, indexes)]
        if step["v"] >= 4:
            one = add_partitions.AddPartitionsToTxnTransaction(
                self.tx(step["tx"]), producer_id, epoch, step.get("verify", False), topics
            )
            answer = await self.call(ADD_PARTITIONS, step["v"], add_partitions.AddPartitionsToTxnRequest([one]))
            if answer.error_code:
                return [answer.error_code]
            (result,) = answer.results_by_transaction
            found = result.topic_results
        else:
            message = add_partitions.AddPartitionsToTxnRequest([], self.tx(step["tx"]), producer_id, epoch, topics)
            found = (await self.call(ADD_PARTITIONS, step["v"], message)).results_by_topic_v3_and_below
        return sorted([p.partition_index, p.partition_error_code] for t in found for p in t.results_by_partition)

    async def do_add_group(self, step: Step) -> Any:
        message = add_offsets.AddOffsetsToTxnRequest(
            self.tx(step["tx"]), *self.credentials(step), self.tx(step["group"])
        )
        return [(await self.call(ADD_OFFSETS, step["v"], message)).error_code]

    async def do_end(self, step: Step) -> Any:
        message = end.EndTxnRequest(self.tx(step["tx"]), *self.credentials(step), step["commit"])
        answer = await self.call(END, step["v"], message)
        if step["v"] < 5:
            return [answer.error_code]
        return [answer.error_code, *self.take(step["tx"], answer.producer_id, answer.producer_epoch)]

    async def do_offsets(self, step: Step) -> Any:
        producer_id, epoch = self.credentials(step)
        partitions = [
            txn_offset_commit.TxnOffsetCommitRequestPartition(index, step["offset"], -1, "m")
            for index in step["partitions"]
        ]
        message = txn_offset_commit.TxnOffsetCommitRequest(
            self.tx(step["tx"]),
            self.tx(step["group"]),
            producer_id,
            epoch,
            topics=[txn_offset_commit.TxnOffsetCommitRequestTopic(self.topic, partitions)],
        )
        if step["v"] >= 3:
            message.generation_id = step.get("generation", -1)
        answer = await self.call(TXN_OFFSET_COMMIT, step["v"], message)
        return sorted([p.partition_index, p.error_code] for t in answer.topics for p in t.partitions)

    async def do_describe(self, step: Step) -> Any:
        message = describe.DescribeTransactionsRequest([self.tx(step["tx"])])
        (found,) = (await self.call(DESCRIBE, 0, message)).transaction_states
        topics = {t.topic: sorted(t.partitions) for t in found.topics}
        # Which partition of the offsets topic a group is in depends on its name, which is not the same in two conversations.
        groups = len(topics.pop("__consumer_offsets", ()))
        return [
            found.error_code,
            found.transaction_state,
            found.transaction_timeout_ms,
            found.transaction_start_time_ms > 0,
            0 if found.error_code else self.number(found.producer_id),
            found.producer_epoch,
            topics.get(self.topic, []),
            groups,
        ]

    async def do_list(self, step: Step) -> Any:
        message = listing.ListTransactionsRequest(
            state_filters=step["states"],
            duration_filter=step.get("longer_than_ms", -1),
            transactional_id_pattern=f"{self.prefix}-.*{step.get('pattern', '')}",
        )
        answer = await self.call(LIST, 2, message)
        found = [
            [one.transactional_id.removeprefix(self.prefix), self.number(one.producer_id), one.transaction_state]
            for one in answer.transaction_states
        ]
        return [answer.error_code, sorted(answer.unknown_state_filters), sorted(found)]


# --- made from a seed ---------------------------------------------------------------------------------------------------------


def conversation(seed: int, length: int = 25) -> list[Step]:
    """Mostly sensible steps, with repeats, strangers and old epochs between."""
    rng = random.Random(seed)
    modern = rng.random() < 0.6  # mostly one protocol per conversation; a mixture otherwise
    steps: list[Step] = []
    names = ["a"] if rng.random() < 0.7 else ["a", "b"]
    for name in names:
        if rng.random() < 0.9:
            steps.append({"do": "init", "tx": name, "v": rng.randrange(6)})  # noqa: PERF401
    for _ in range(length):
        steps.append(_step(rng, rng.choice(names), modern if rng.random() < 0.85 else not modern))
        if rng.random() < 0.15:
            steps.append(dict(steps[-1]))  # the answer was lost
        if rng.random() < 0.3:
            steps.append({"do": "describe", "tx": rng.choice(names)})
    return steps


def _credentials(rng: random.Random) -> Step:
    roll = rng.random()
    if roll < 0.72:
        return {}
    if roll < 0.84:
        return {"back": 1}
    if roll < 0.94:
        return {"delta": rng.choice([-1, 1])}
    return {"stranger": True}


def _step(rng: random.Random, name: str, modern: bool) -> Step:
    if rng.random() < 0.02:
        name = rng.choice(["", "nobody"])
    step: Step = {"tx": name}
    roll = rng.random()
    if roll < 0.16:
        step |= {"do": "init", "v": rng.randrange(6)}
        if step["v"] >= 3 and rng.random() < 0.6:
            step |= {"expects": True, **_credentials(rng)}
        if rng.random() < 0.05:
            step["timeout_ms"] = rng.choice([0, -1, 900_001, 900_000, 1])
            if step["timeout_ms"] == 1:
                step["timeout_ms"] = 30_000
        return step
    step |= _credentials(rng)
    if roll < 0.46:
        partitions = sorted(rng.sample(range(PARTITIONS), rng.randrange(1, 3)))
        if rng.random() < 0.06:
            partitions.append(99)
        step |= {"do": "add", "v": rng.choice([4, 5]) if modern else rng.randrange(4), "partitions": partitions}
        if step["v"] >= 4 and rng.random() < 0.3:
            step["verify"] = True
    elif roll < 0.53:
        step |= {"do": "add_group", "v": rng.randrange(5), "group": rng.choice(["g", "h"])}
    elif roll < 0.63:
        step |= {"do": "offsets", "v": 5 if modern else rng.randrange(5), "group": rng.choice(["g", "h"])}
        step |= {"offset": rng.randrange(100), "partitions": sorted(rng.sample(range(PARTITIONS), rng.randrange(1, 3)))}
        if rng.random() < 0.1:
            step["partitions"].append(99)
        if step["v"] >= 3 and rng.random() < 0.1:
            step["generation"] = 3
    elif roll < 0.95:
        step |= {"do": "end", "v": 5 if modern else rng.randrange(5), "commit": rng.random() < 0.55}
    else:
        states = rng.choice([[], ["Ongoing"], ["Empty", "CompleteCommit"], ["Nonsense"], ["Ongoing", "Nonsense"]])
        step |= {"do": "list", "states": states}
        if rng.random() < 0.3:
            step["longer_than_ms"] = rng.choice([-7, 3_600_000])
        if rng.random() < 0.2:
            step["pattern"] = rng.choice(["a", "[ab]", "(", "zz"])
    return step


# --- written by hand ----------------------------------------------------------------------------------------------------------


def _i(**more: Any) -> Step:
    return {"do": "init", "tx": "a", "v": 5, **more}


def _a(v: int = 5, **more: Any) -> Step:
    return {"do": "add", "tx": "a", "v": v, "partitions": [0, 1], **more}


def _e(commit: bool, v: int = 5, **more: Any) -> Step:
    return {"do": "end", "tx": "a", "v": v, "commit": commit, **more}


_D: Step = {"do": "describe", "tx": "a"}
_X: Step = {"do": "expire", "tx": "a"}
_SHORT = {"timeout_ms": 4000}


def _raise(to: int) -> Step:
    """Introduces the producer again and again until it has this epoch."""
    return {"do": "raise", "tx": "a", "to": to}


BY_HAND: dict[str, list[Step]] = {
    "timeout, protocol 2": [
        _i(**_SHORT), _a(), _X, _D, _a(), _e(True), _e(False), _D, _i(expects=True), _i(expects=True, back=1), _i(), _D,
    ],
    "timeout, protocol 1": [
        _i(**_SHORT), _a(3), _X, _D, _a(3), _e(True, 4), _e(False, 4), _i(expects=True, v=3), _i(expects=True), _i(), _D,
    ],
    "longer than": [
        _i(), _a(), {"do": "pause"}, *({"do": "list", "tx": "a", "states": [], "longer_than_ms": ms} for ms in (20, 60_000)),
        _e(True), *({"do": "list", "tx": "a", "states": [], "longer_than_ms": ms} for ms in (20, 60_000)),
        _i(), *({"do": "list", "tx": "a", "states": [], "longer_than_ms": ms} for ms in (20, 60_000)),
    ],
    "timeout, commit first": [_i(**_SHORT), _a(), _X, _e(True), _e(True), _e(False), _D],
    "fence an open one": [_i(), _a(), _i(), _D, _i(), _D, _a(back=1), _e(True, back=1), _e(True), _a(), _e(True), _D],
    "fence an open one, protocol 1": [_i(), _a(3), _i(), _D, _i(), _D, _a(3, back=1), _e(True, 4, back=1), _e(True, 4)],
    "raise one's own epoch in a transaction": [_i(), _a(), _i(expects=True), _D, _i(expects=True), _i(expects=True), _D],
    "same, protocol 1": [_i(), _a(3), _i(expects=True), _D, _i(expects=True), _i(), _D],
    "the last epoch, commit": [
        _i(), _raise(32766), _a(), _D, _e(True), _e(True, back=1), _e(False, back=1), _D, _i(expects=True, back=1), _a(),
        _e(True, back=1), _e(True), _D,
    ],
    "the last epoch, abort of nothing": [_i(), _raise(32766), _e(False), _e(False, back=1), _e(True, back=1), _D, _i(), _D],
    "the last epoch, protocol 1": [_i(), _raise(32766), _a(3), _e(True, 4), _e(True, 4), _D, _i(expects=True), _D, _i(), _D],
    "the last epoch, fenced": [_i(), _raise(32766), _a(), _i(), _D, _i(expects=True), _i(), _D],
    "the last epoch, itself raised": [
        _i(), _raise(32766), _i(expects=True), _i(expects=True, back=1), _i(expects=True, back=1), _D, _i(expects=True), _D,
    ],
    "the last epoch, timeout": [_i(), _raise(32765), _i(**_SHORT), _a(), _X, _D, _e(False), _i(expects=True), _D, _i(), _D],
}  # fmt: skip

BY_HAND_OLD: dict[str, list[Step]] = {
    **{name: steps for name, steps in BY_HAND.items() if "protocol 1" in name or "itself raised" in name},
}
"""Spoken to a server whose finalized transaction.version is 0.

Nothing of protocol 2 is said to it (no client would): Kafka fails to store what is asked, and is busy with that id for ever after.
"""
