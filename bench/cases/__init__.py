"""Every case, in the order of the report."""

from __future__ import annotations

from bench.cases import connections, consume, end_to_end, idle, produce, rebalance, requests, topics, transactions
from bench.model import Case

ALL: tuple[Case, ...] = (
    *produce.CASES,
    *transactions.CASES,
    *consume.CASES,
    *requests.CASES,
    *end_to_end.CASES,
    *connections.CASES,
    *idle.CASES,
    *rebalance.CASES,
    *topics.CASES,
)

BY_NAME = {case.name: case for case in ALL}
