"""How long a group is not at work: until all members of a new group hold their share, and after one more comes or one goes.

Members heartbeat every 100 ms (clients do so every 3 s), so that what is measured is the coordinator and not the wait for a heartbeat.
`group.initial.rebalance.delay.ms` is 0 on both servers.
"""

from __future__ import annotations

import contextlib

from bench.clients import topic
from bench.kafka_groups import Group, wait_for_coordinator
from bench.measure import Span
from bench.model import Case, Metric, Sample, Setting

LIMIT_S = 60.0


def case(members: int, *, quick: bool = False) -> Case:
    def run(setting: Setting) -> Sample:
        number = min(members, max(2, setting.count_max))
        name = f"rebalance-{setting.tag}"
        wait_for_coordinator(setting.bootstrap, name)
        with topic(setting.bootstrap, name, 1), contextlib.closing(Group(setting.bootstrap, name)) as group:
            group.add(number)
            with Span(setting.pid) as span:
                formed = group.settle(LIMIT_S)
                group.add(1)
                joined = group.settle(LIMIT_S, after=group.members[0].generation)
                generation = group.members[0].generation
                group.drop(group.members[-1])
                left = group.settle(LIMIT_S, after=generation)
            for member in list(group.members):
                group.drop(member)
        return {
            "form_ms": formed * 1e3,
            "join_ms": joined * 1e3,
            "leave_ms": left * 1e3,
            "cpu_ms": span.server_s * 1e3,
        }

    metrics = (
        Metric("form_ms", "ms to form", False, 1.0),
        Metric("join_ms", "ms, one joins", False, 1.0),
        Metric("leave_ms", "ms, one leaves", False, 1.0),
        Metric("cpu_ms", "CPU-ms of all three", False),
    )
    return Case(f"rebalance-{members}", f"group rebalance, {members} members", metrics, run, quick, slack_s=220)


CASES = (case(2), case(50, quick=True), case(200))
