"""What is said about a transaction's data (`data_talk.py` speaks it): by hand, and made from a seed."""

from __future__ import annotations

import random
from typing import Any

from transactions.scenarios import Step


def _i(**more: Any) -> Step:
    return {"do": "init", "tx": "a", "v": 5, **more}


def _a(**more: Any) -> Step:
    """The partitions of protocol 1 are added by the client."""
    return {"do": "add", "tx": "a", "v": 3, "partitions": [0], **more}


def _p(v: int = 12, **more: Any) -> Step:
    return {"do": "produce", "tx": "a", "v": v, **more}


def _e(commit: bool = True, v: int = 5, **more: Any) -> Step:
    return {"do": "end", "tx": "a", "v": v, "commit": commit, **more}


def _f(at: int = 0, **more: Any) -> Step:
    return {"do": "fetch", "v": 12, "from": at, **more}


def _m(**more: Any) -> Step:
    return {"do": "markers", "tx": "a", "v": 2, **more}


def _o(at: int, **more: Any) -> Step:
    return {"do": "offset", "v": 8, "at": at, **more}


def _d(to: int) -> Step:
    return {"do": "delete", "to": to}


def _c(v: int = 5, **more: Any) -> Step:
    return {"do": "commit", "tx": "a", "v": v, "group": "g", **more}


def _in(group: str = "g", **more: Any) -> Step:
    return {"do": "join", "group": group, **more}


_P: Step = {"do": "producers"}
_D: Step = {"do": "describe", "tx": "a"}
_OUT: Step = {"do": "leave", "group": "g"}
_G: Step = {"do": "committed", "group": "g"}
_GS: Step = {"do": "committed", "group": "g", "stable": True}
_AG: Step = {"do": "add_group", "tx": "a", "v": 3, "group": "g"}
_ENDS = [_o(at, iso=iso) for at in (-1, -2, -3) for iso in (0, 1)]


def _list(*states: str) -> Step:
    return {"do": "list", "tx": "a", "states": list(states)}


MODERN = (12, 13)
OLD = (3, 7, 9, 10, 11)
WITHIN_FIVE = [_p(n=2), _p(), _p(n=3), _p(), _p(), _p(n=2)]

PROTOCOL_2: dict[str, list[Step]] = {
    **{f"a transaction is begun by writing, {v}": [
        _i(), _p(v), _D, _P, _f(), _e(), _f(), _P, _p(v), _e(False), _f(), _P,
    ] for v in MODERN},
    "the first sequence of a new producer": [_i(), _p(seq=3), _D, _P, _p(seq=1), _p(), _e(), _P],
    "the first sequence of the next transaction": [_i(), _p(), _p(), _e(), _p(seq=2), _p(seq=1), _D, _P, _p(seq=0), _e(), _P],
    "the first sequence in a partition of which nothing is known": [
        _i(), _p(), _p(p=[1], seq=5), _p(p=[1]), _p(p=[1], gap=2), _e(), _p(p=[1], seq=1), _p(p=[1]), _e(), _f(p=1),
    ],
    "the first sequence after a higher epoch": [_i(), _p(), _i(), _D, _P, _p(seq=1), _p(seq=7), _p(), _P, _e()],
    "wrong epochs, nothing open": [_i(), _i(), _p(back=1), _p(delta=1), _p(delta=-1), _p(delta=5), _D, _P],
    "wrong epochs, open": [_i(), _i(), _p(), _p(back=1), _p(delta=-1), _D, _P, _e(), _P],
    "a wrong higher epoch, open": [_i(), _i(), _p(), _p(delta=1), _p(delta=9, seq=0), _D, _P, _e(), _P],
    "wrong epochs, after an end": [
        _i(), _p(), _e(), _p(back=1), _p(back=1, again=0), _p(back=1, gap=1), _D, _P, _p(), _p(back=1), _e(), _P,
    ],
    "strangers": [_p(), _i(), _p(stranger=True), _p(), _p(stranger=True), _e(), _p(stranger=True), _P],
    "nobody's transactional id": [
        _i(), _p(**{"as": "nobody"}), _p(**{"as": None}), _p(**{"as": ""}), _p(), _p(**{"as": "nobody"}), _p(**{"as": None}),
        _e(), _f(),
    ],
    "somebody else's transactional id": [
        _i(), {**_i(), "tx": "b"}, _p(**{"as": "b"}), _p(), _p(**{"as": "b"}), _p(tx="b"), _e(), _f(), _e(tx="b"), _f(),
    ],
    "sequences out of order": [_i(), _p(), _p(gap=1), _p(gap=5), _p(seq=0, n=2), _p(gap=-1, n=2), _p(n=2), _p(gap=-1), _P, _e()],
    "duplicates within the window": [_i(), *WITHIN_FIVE, *(_p(again=n) for n in range(5)), _P, _f(), _e(), _f()],
    "duplicates older than the window": [
        _i(), *WITHIN_FIVE, _p(), _p(again=5), _p(again=6), _p(seq=0), _p(seq=0, n=3), _p(gap=-3), _P, _e(),
    ],
    "duplicates of the transaction before": [
        _i(), _p(), _p(), _e(), _p(back=1, again=0), _p(), _p(back=1, again=1), _e(False), _p(back=1, again=0), _f(),
    ],
    "written after the end": [_i(), _p(), _e(), _p(back=1, gap=0), _p(), _D, _f(), _e(False), _p(back=1), _f(), _P],
    "plain batches": [_i(), _p(plain=True), _p(), _p(plain=True), _p(plain=True, seq=9), _e(), _p(plain=True), _p(), _e(), _f()],
    "plain batches in two partitions": [_i(), _p(p=[0, 1]), _p(plain=True, p=[0]), _p(plain=True, nobody=True), _e(), _f(), _f(p=1)],
    "plain batches of a stranger": [
        _p(stranger=True, plain=True, seq=4), _p(stranger=True, plain=True), _p(stranger=True, plain=True, gap=1), _P, _f(),
    ],
    "two partitions, one refused": [_i(), _p(), _p(p=[0, 1], seq=1), _p(p=[0, 1]), _e(), _f(), _f(p=1)],
    "a mixed request of nobody": [_i(), _p(nobody=True, plain=True), _p(), _p(nobody=True, plain=True), _f(), _e(), _f()],
    "no producer id but transactional": [_i(), _p(nobody=True), _P, _f()],
    "introduced while open": [_i(), _p(), _i(), _D, _P, _f(), _p(), _e(), _f(), _i(), _p(back=1), _e(back=1)],
    "introduced while open, credentials given": [
        _i(), _p(), _i(expects=True), _D, _P, _f(), _i(expects=True, back=1), _i(expects=True), _p(), _e(), _f(),
    ],
    "introduced with stale credentials": [
        _i(), _i(), _p(), _i(expects=True, back=1), _D, _i(expects=True, stranger=True), _i(expects=True, delta=1), _D, _e(), _P,
    ],
    "introduced after an end with the epoch before": [
        _i(), _p(), _e(), _i(expects=True, back=1), _D, _p(), _e(False), _i(expects=True, back=2), _D, _P,
    ],
    "ends again": [
        _i(), _p(), _e(), _e(back=1), _e(False, back=1), _e(), _p(), _e(False), _e(False, back=1), _e(back=1), _e(False), _D, _P,
    ],
    "ends with stale epochs": [_i(), _p(), _e(delta=-1), _e(delta=1), _e(delta=2), _i(), _e(back=1), _p(), _e(back=1), _e(), _D],
    "ends with version 4": [_i(), _p(), _e(v=4), _D, _P, _e(v=4), _e(False, v=4), _p(), _D, _e(v=4), _p(gap=0), _e(), _D, _P],
    "an abort of nothing": [_i(), _e(False), _P, _D, _p(back=1), _p(), _e(), _f(), _P],
    "what readers see": [
        _i(), {**_i(), "tx": "b"}, _p(n=2), *_ENDS, _p(tx="b"), _f(), _f(2), _f(iso=0), _f(v=4), _f(v=4, iso=0), _f(v=17),
        _f(v=13, iso=0),
        _e(), *_ENDS, _f(), _f(3), _f(4), _e(False, tx="b"), *_ENDS, _f(), _f(2), _f(3), _f(4), _f(5), _f(6), _f(v=5), _f(v=17),
        _f(iso=0),
    ],
    "aborted transactions that overlap": [
        _i(), {**_i(), "tx": "b"}, {**_i(), "tx": "c"}, _p(tx="c"), _p(), _p(tx="b"), _p(), _e(False, tx="b"), _f(), _p(tx="b"),
        _e(False), _f(), _e(tx="c"), _f(), _f(1), _f(3), _f(5), _e(False, tx="b"), _f(), _f(4), _f(6), _f(7), _f(9), *_ENDS,
    ],
    "an empty abort behind others": [_i(), _p(), _e(False), _p(p=[1]), _e(False), _f(), _f(1), _f(p=1), _f(2), _f(3), _f(99)],
    "times under isolation": [
        _i(), _p(n=3), _p(nobody=True, plain=True), *(_o(at, iso=iso, v=v) for at in (0, 1, 3, 4) for iso in (0, 1) for v in (2, 7)),
        _e(), *(_o(at, iso=iso) for at in (0, 2, 3, 4, 700_000_000) for iso in (0, 1)), *_ENDS,
    ],
    "records deleted below an open transaction": [
        _i(), _p(n=3), _p(n=2), _d(2), _P, _f(2), _f(), *_ENDS, _d(3), _P, _f(3), _e(False), _f(3), _f(5), _P,
    ],
    "records deleted over an open transaction": [
        _i(), _p(n=2), _d(-1), _P, _f(2), *_ENDS, _p(), _P, _f(2), _e(), _f(2), _P, _d(99), _d(-2),
    ],
    "records deleted above the last stable offset": [
        _i(), _p(), _p(nobody=True, plain=True, n=4), _d(4), _f(4), _f(4, iso=0), *_ENDS, _P, _e(False), _f(4),
    ],
    "records deleted over an aborted transaction": [
        _i(), _p(n=2), _e(False), _p(), _e(False), _d(2), _f(2), _f(3), _d(3), _f(3), _P, _d(-1), _f(5), _P, _p(), _e(), _P,
    ],
    "markers by hand, old version": [
        _i(), _p(), _m(v=1), _P, _f(), _D, _m(v=1), _P, _f(), _m(v=1, commit=True), _f(), _e(), _f(), _P,
    ],
    "markers by hand, protocol 2": [
        _i(), _p(), _m(transaction_version=2), _P, _m(transaction_version=2, delta=1), _P, _f(), _D, _m(transaction_version=2, delta=1),
        _m(transaction_version=2), _P, _p(), _e(), _f(), _P,
    ],
    "markers by hand, stale": [
        _i(), _i(), _p(), _m(back=1), _m(delta=-1), _m(coordinator_epoch=5, delta=1), _P, _m(coordinator_epoch=4, delta=1),
        _m(coordinator_epoch=5, delta=2), _P, _f(),
        _m(delta=1, coordinator_epoch=5, transaction_version=2), _P,
    ],
    "markers by hand, for strangers": [
        _m(stranger=True, commit=True), _P, _m(stranger=True), _f(), _i(), _m(p=[0, 1, 9]), _P, _m(p=[9]), _p(), _P,
    ],
    "markers by hand, other versions": [
        _i(), _p(), _m(transaction_version=1), _P, _p(), _m(transaction_version=3), _P, _p(), _P,
    ],
    "each state": [
        _list(), _D, _i(), _D, _list("Empty"), _list("Ongoing"), _p(), _D, _list("Ongoing"), _list("Empty"), _e(), _D,
        _list("CompleteCommit"),
        _p(), _e(False), _D, _list("CompleteAbort"), _list("PrepareAbort", "PrepareCommit", "PrepareEpochFence", "Dead"),
        _list("CompleteAbort", "?"),
    ],
    "offsets of members": [
        _in(), _i(), _c(), _G, _GS, _e(), _G, _GS, _c(offset=9, late=1), _c(offset=9, member="x"), _c(offset=9, member=""),
        _c(offset=9, generation=-1),
        _c(offset=9, generation=-1, member=""), _D, _e(False), _G, _GS, _c(generation=99), _c(instance="i"), _e(False), _OUT,
        _c(), _c(generation=-1, member=""), _e(), _G,
    ],
    "offsets of members, old versions": [
        _in(), _i(), _AG,
        *(s for v in range(5) for s in (_c(v, offset=v), _c(v, late=1), _c(v, member="x"), _c(v, generation=-1, member=""))),
        _GS, _e(v=4), _G,
    ],
    "offsets of a static member": [
        _in(instance="one"), _i(), _c(instance="one"), _c(instance="two"), _c(instance="one", late=1),
        _c(instance="one", member="x"), _c(instance="one", generation=-1, member=""), _GS, _e(), _G,
    ],
    "offsets while the group rebalances": [_in(only=True), _i(), _c(), _c(late=1), _c(generation=-1, member=""), _e(), _G],
    "offsets of a group nobody knows": [
        _i(), _c(generation=3, member="x"), _D, _c(generation=-1, member="x"), _c(generation=-1, member=""), _GS, _e(), _G, _GS,
        _c(generation=3, member="x"), _e(), _G,
    ],
    "offsets without a transaction": [
        _in(), _c(), _i(), _c(delta=1), _c(delta=-1), _c(stranger=True), _c(back=1), _c(4), _c(3), _D, _e(), _G,
    ],
    "offsets that are too wordy": [_i(), _c(generation=-1, member="", m=5000), _D, _c(generation=-1, member="", m=4096), _e(), _G],
    "offsets aborted over committed ones": [
        _i(), _c(generation=-1, member="", offset=1), _e(), _G, _c(generation=-1, member="", offset=2), _G, _GS, _e(False), _G,
        _GS,
    ],
    "offsets and records in one": [_in(), _i(), _p(), _c(), _f(), _GS, _D, _e(), _f(), _G, _p(), _c(offset=8), _i(), _D, _G, _GS, _f()],
    "an old producer on the new server": [_i(), _a(), _p(11), _f(), _e(v=4), _D, _P, _f(), _a(), _p(11), _e(False, 4), _D, _P, _p(), _D],
    "from the old protocol to the new": [
        _i(), _a(), _p(11), _e(v=4), _p(), _D, _P, _e(), _D, _P, _p(11), _a(), _p(11), _e(v=4), _p(12), _e(False), _P, _f(),
    ],
}  # fmt: skip

PROTOCOL_1: dict[str, list[Step]] = {
    **{f"written without being added, {v}": [
        _i(), _p(v), _P, _D, _a(), _p(v), _p(v, p=[0, 1]), _P, _e(v=4), _p(v), _a(), _p(v), _e(False, 4), _f(), _P,
    ] for v in OLD},
    **{f"wrong epochs, {v}": [
        _i(), _i(), _p(v, back=1), _p(v, delta=1), _a(), _p(v, delta=1), _p(v, delta=-1), _p(v), _p(v, delta=-1), _p(v, delta=1),
        _p(v, stranger=True), _e(v=4), _p(v, back=1), _P,
    ] for v in OLD},
    **{f"after a fence, {v}": [
        _i(), _a(), _p(v), _i(), _D, _P, _p(v, back=1), _p(v, seq=1), _a(), _p(v, seq=1), _p(v, back=1), _p(v), _P, _e(v=4), _P,
        _f(),
    ] for v in OLD},
    "the first sequence": [
        _i(), _a(), _p(11, seq=3), _p(11), _e(v=4), _a(), _p(11, gap=1), _p(11, seq=0), _p(11), _p(11, p=[1]), _e(v=4), _P,
    ],
    "sequences go on": [
        _i(), _a(), _p(11), _p(11), _e(v=4), _P, _a(), _p(11, again=0), _p(11, gap=1), _p(11), _e(False, v=4), _P,
        _p(11, again=0), _p(11, again=1), _f(),
    ],
    "duplicates older than the window": [
        _i(), _a(), *({**s, "v": 11} for s in WITHIN_FIVE), *(_p(11, again=n) for n in range(6)), _p(11, seq=0),
        _p(11, seq=0, n=9), _e(v=4), *(_p(11, again=n) for n in range(6)),
    ],
    "plain batches, old": [
        _i(), _a(), _p(11, plain=True), _p(11), _p(11, plain=True), _e(v=4), _p(11, plain=True), _a(), _p(11), _e(v=4), _f(),
    ],
    "nobody's id, old": [
        _i(), _a(), _p(11, **{"as": "nobody"}), _p(11, **{"as": None}), _p(11), _p(11, **{"as": "nobody"}),
        _p(11, **{"as": None}), _e(v=4), _f(),
    ],
    "ends again, old": [
        _i(), _a(), _p(11), _e(v=4), _e(v=4), _e(False, v=4), _e(v=3), _a(), _e(v=4, delta=1), _e(v=4, delta=-1),
        _e(v=1, delta=-1), _e(False, v=4), _e(v=4), _D, _P,
    ],
    "introduced while open, old": [
        _i(), _a(), _p(11), _i(v=3, expects=True), _D, _i(v=3), _D, _P, _f(), _p(11), _a(), _p(11), _e(v=4), _f(),
    ],
    "what readers see, old": [
        _i(), _a(), _p(11), _f(), *_ENDS, _p(11, nobody=True, plain=True), _f(), _e(False, v=4), _f(), _f(1), _f(2), _f(3),
        *_ENDS, _a(), _p(11), _e(v=4), _f(), _f(2), _f(4),
    ],
    "offsets, old": [
        _in(), _i(), _c(3), _c(4), _c(0), _AG, _c(3), _c(3, late=1), _c(3, member="x"), _c(3, generation=-1, member=""),
        _c(3, generation=-1, member="x"), _c(2), _GS, _e(v=4), _G, _c(3), _c(4), _GS,
    ],
    "offsets of a group nobody knows, old": [_i(), _AG, _c(3, generation=3, member="x"), _c(2, offset=4), _GS, _e(v=4), _G],
    "each state, old": [
        _i(), _D, _a(), _D, _list("Ongoing"), _e(v=4), _D, _a(), _e(False, v=4), _D, _list("CompleteAbort", "CompleteCommit"),
    ],
}  # fmt: skip

LEVELS: dict[str, list[Step]] = {
    "down to 1 while open": [
        _i(), _p(), {"do": "level", "to": 1}, _p(), _D, _e(), _D, _P, _i(), _D, _a(), _p(11), _e(v=4), _D, _P,
        {"do": "level", "to": 2}, _p(), _e(), _D, _P, _f(),
    ],
    "down to 0 while open": [
        _i(), _a(), _p(11), {"do": "level", "to": 0}, _p(11), _D, _e(v=4), _D, _P, _i(), _D, _a(), _p(11), _i(), _D, _P,
        {"do": "level", "to": 2}, _p(), _e(), _D, _P, _f(),
    ],
    "down to 0 between two": [
        _i(), _p(), _e(), {"do": "level", "to": 0}, _D, _a(), _p(11), _e(v=4), _D, _P, _i(expects=True), _D,
        {"do": "level", "to": 2}, _i(), _p(), _e(), _f(), _D,
    ],
    "fenced after going down to 0": [
        _i(), _p(), {"do": "level", "to": 0}, _i(), _D, _P, _f(), _a(), _p(11), _e(v=4), _D, {"do": "level", "to": 2}, _D,
    ],
    "what is no level": [
        {"do": "level", "to": 3}, {"do": "level", "to": 1}, {"do": "level", "to": 0}, {"do": "level", "to": 1},
        {"do": "level", "to": 2}, {"do": "level", "to": -1},
    ],
}  # fmt: skip
"""Spoken one after the other; each leaves the level at 2."""


# --- made from a seed -----------------------------------------------------------------------------------------------------------


def conversation(seed: int, *, modern: bool, length: int = 40) -> list[Step]:
    """Two producers, mostly sensible, on two partitions; readers look after every third step."""
    rng = random.Random(seed)
    names = ["a"] if rng.random() < 0.4 else ["a", "b"]
    steps: list[Step] = [_i(tx=name) for name in names]
    for _ in range(length):
        name = rng.choice(names)
        steps += _some(rng, modern) if rng.random() < 0.3 else [_change(rng, name, modern)]
    return [*steps, _f(), _f(p=1), _P, {"do": "producers", "p": 1}]


def _some(rng: random.Random, modern: bool) -> list[Step]:
    index = rng.randrange(2)
    roll = rng.random()
    if roll < 0.5:
        v = rng.choice([4, 5, 7, 11, 12, 13, 15, 17])
        return [_f(rng.randrange(12), p=index, iso=int(rng.random() < 0.8), v=v)]
    if roll < 0.75:
        return [{"do": "producers", "p": index}]
    if roll < 0.9:
        return [_o(rng.choice([-1, -1, -2, -3, 0, 3]), p=index, iso=rng.randrange(2), v=rng.randrange(7, 11))]
    return [_D]


def _who(rng: random.Random) -> Step:
    roll = rng.random()
    if roll < 0.8:
        return {}
    if roll < 0.9:
        return {"back": rng.choice([1, 1, 2])}
    return {"delta": -1} if roll < 0.97 else {"stranger": True}


def _change(rng: random.Random, name: str, modern: bool) -> Step:
    step: Step = {"tx": name, **_who(rng)}
    roll = rng.random()
    if roll < 0.55:
        step |= {"do": "produce", "v": rng.choice(MODERN if modern else OLD), "p": rng.choice([[0], [0], [1], [0, 1]])}
        step["n"] = rng.choice([1, 1, 2, 4])
        odd = rng.random()
        if odd < 0.1:
            step["again"] = rng.randrange(7)
        elif odd < 0.18:
            step["gap"] = rng.choice([-2, -1, 1, 3])
        elif odd < 0.24:
            step["seq"] = rng.choice([0, 0, 1, 4])
        elif odd < 0.31:
            step |= {"plain": True, "nobody": True}
    elif roll < 0.65 and not modern:
        step |= {"do": "add", "v": rng.randrange(4), "partitions": rng.choice([[0], [1], [0, 1]])}
    elif roll < 0.85:
        step |= {"do": "end", "v": 5 if modern else rng.randrange(5), "commit": rng.random() < 0.5}
    elif roll < 0.92:
        step |= {"do": "init", "v": rng.randrange(3, 6)}
        if rng.random() < 0.5:
            step["expects"] = True
    elif roll < 0.95:
        step |= {"do": "markers", "v": rng.choice([1, 2]), "commit": rng.random() < 0.5, "p": rng.choice([[0], [0, 1]])}
        if step["v"] == 2:
            step["transaction_version"] = rng.choice([0, 1, 2])
    elif roll < 0.97:
        step |= {"do": "delete", "to": rng.choice([-1, 1, 2, 4])}
    else:
        step |= {"do": "commit", "v": 5 if modern else 3, "group": "g", "member": "", "generation": -1}
    return step
