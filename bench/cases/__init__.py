"""Every case, in the order of the report."""

from __future__ import annotations

from bench.cases import consume, end_to_end, idle, produce, requests, topics
from bench.model import Case

ALL: tuple[Case, ...] = (
    *produce.CASES,
    *consume.CASES,
    *requests.CASES,
    *end_to_end.CASES,
    *idle.CASES,
    *topics.CASES,
)

BY_NAME = {case.name: case for case in ALL}
