"""Creating many topics.

They are deleted when all samples were taken: ext4 does not use a removed inode for minutes, and every new file walks past all of them.
"""

from __future__ import annotations

from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from bench.clients import Refused
from bench.measure import Span
from bench.model import Case, Metric, Sample, Setting

BATCH = 250
KEPT_PREFIX = "bench-topics-"


def named(tag: str, count: int) -> list[str]:
    return [f"{KEPT_PREFIX}{tag}-{i}" for i in range(count)]


def create(bootstrap: str, tag: str, count: int) -> None:
    """Makes `count` topics of one partition, `BATCH` in a request, one request after the other."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    names = named(tag, count)
    for first in range(0, count, BATCH):
        wanted = [NewTopic(name, 1, 1) for name in names[first : first + BATCH]]
        for name, future in admin.create_topics(wanted, request_timeout=120).items():
            if future.result(180) is not None:
                raise Refused(name)


def delete(bootstrap: str, names: list[str]) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for first in range(0, len(names), BATCH):
        for future in admin.delete_topics(names[first : first + BATCH], request_timeout=120).values():
            future.result(180)


def number(setting: Setting) -> int:
    return min(1000, setting.count_max)


def run(setting: Setting) -> Sample:
    count = number(setting)
    with Span(setting.pid) as span:
        create(setting.bootstrap, setting.tag, count)
    return {"topics_per_s": count / span.wall_s, "cpu_ms_per_topic": span.server_s / count * 1e3}


CASES = (
    Case(
        "create-topics",
        "create 1,000 topics",
        (Metric("topics_per_s", "topics/s", True, 1.4), Metric("cpu_ms_per_topic", "CPU-ms/topic", False, 0.7)),
        run,
        tidy=lambda setting: delete(setting.bootstrap, named(setting.tag, number(setting))),
    ),
)
