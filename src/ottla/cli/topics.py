"""`ottla topic`."""

from __future__ import annotations

import sys
import time
from typing import Annotated

from cyclopts import App, Parameter

from ottla.cli.client.cluster import Cluster
from ottla.cli.client.model import Outcome, Partition, TopicInfo
from ottla.cli.errors import FAILED, OK, CliError, UsageError
from ottla.cli.options import Json, Server, Yes, confirm, report
from ottla.cli.output import note, plural, print_facts, print_json, print_table
from ottla.cli.values import PLACE_HELP, Beginning, End, config_values, iso_time, place

app = App(name="topic", help="List, create, describe, alter, delete and trim topics.")

Names = Annotated[list[str], Parameter(help="Topic names.", negative=())]
Configs = Annotated[
    list[str],
    Parameter(
        name=["--config", "-c"],
        help="Setting of the topic, KEY=VALUE; 7d and 1GiB are understood where the key ends in .ms or .bytes.",
        negative=(),
        show_default=False,
    ),
]
Partitions = Annotated[
    list[int],
    Parameter(
        name=["--partition", "-p"], help="Only this partition; may be repeated.", negative=(), show_default=False
    ),
]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def chosen(topic: TopicInfo, wanted: list[int]) -> list[Partition]:
    """The topic's partitions, or those asked for. Raises UsageError for one it has not."""
    have = [partition.index for partition in topic.partitions]
    for index in wanted:
        if index not in have:
            raise UsageError(f"topic {topic.name} has no partition {index}; it has {len(have)}, from 0")
    return [(topic.name, index) for index in have if not wanted or index in wanted]


@app.command(name="list")
def list_topics(
    *,
    internal: Annotated[bool, Parameter(help="Also Kafka's own topics (__consumer_offsets).", negative=())] = False,
    json: Json = False,
    server: Server | None = None,
) -> int:
    """All topics."""
    topics = [t for t in (server or Server()).cluster().topics() if internal or not t.internal]
    rows = [
        {
            "name": topic.name,
            "partitions": len(topic.partitions),
            "replication_factor": topic.replication_factor,
            "internal": topic.internal,
        }
        for topic in topics
    ]
    if json:
        print_json(rows)
    elif rows:
        print_table(rows, {"name": "Topic", "partitions": "Partitions", "replication_factor": "Replicas"})
    else:
        note("no topics yet; create one: ottla topic create NAME")
    return OK


@app.command
def create(
    names: Names,
    /,
    *,
    partitions: Annotated[
        int | None, Parameter(help="How many partitions (default: the broker's num.partitions).", show_default=False)
    ] = None,
    replicas: Annotated[
        int | None,
        Parameter(
            name=["--replicas", "--replication-factor"],
            help="Copies of each (default: the broker's choice).",
            show_default=False,
        ),
    ] = None,
    config: Configs = [],  # noqa: B006
    if_not_exists: Annotated[bool, Parameter(help="Do nothing about topics that exist.", negative=())] = False,
    validate_only: Annotated[bool, Parameter(help="Only ask whether it would work.", negative=())] = False,
    server: Server | None = None,
) -> int:
    """Create topics."""
    for name, value in (("--partitions", partitions), ("--replicas", replicas)):
        if value is not None and value < 1:
            raise UsageError(f"{name} {value}: at least 1")
    configs = config_values(config)
    outcome = (
        (server or Server())
        .cluster()
        .create_topics(
            names,
            partitions=-1 if partitions is None else partitions,
            replicas=-1 if replicas is None else replicas,
            configs=configs,
            validate_only=validate_only,
        )
    )
    for name in outcome.done:
        note(f"topic {name} can be created" if validate_only else f"created topic {name}")
    return report(_unless(outcome, "TOPIC_ALREADY_EXISTS" if if_not_exists else None))


def _unless(outcome: Outcome, forgiven: str | None) -> dict[str, str]:
    return {name: why for name, why in outcome.failed.items() if outcome.codes[name] != forgiven}


@app.command
def describe(names: Names, /, *, json: Json = False, server: Server | None = None) -> int:
    """Partitions, their leaders and offsets, and settings that are not the default."""
    cluster = (server or Server()).cluster()
    described = [_described(cluster, cluster.topic(name)) for name in names]
    if json:
        print_json(described)
        return OK
    for at, topic in enumerate(described):
        if at:
            print()
        configs = topic["configs"]
        assert isinstance(configs, dict)
        print_facts(
            {
                "topic": topic["name"],
                "id": topic["topic_id"],
                "records": topic["records"],
                "settings": [f"{key}={value}" for key, value in configs.items()] or None,
            }
        )
        print()
        rows = topic["partitions"]
        assert isinstance(rows, list)
        columns = {
            "partition": "Partition",
            "leader": "Leader",
            "replicas": "Replicas",
            "isr": "ISR",
            "earliest": "Earliest",
            "latest": "Latest",
        }
        print_table(rows, columns)
    return OK


def _described(cluster: Cluster, topic: TopicInfo) -> dict[str, object]:
    led = [(topic.name, p.index) for p in topic.partitions if p.leader is not None]
    earliest, latest = cluster.earliest(led), cluster.latest(led)
    overrides = [c for c in cluster.configs("topic", topic.name) if c.source == "dynamic-topic"]
    return {
        "name": topic.name,
        "topic_id": topic.topic_id,
        "internal": topic.internal,
        "replication_factor": topic.replication_factor,
        # What offsets tell: compaction and transaction markers make it more than a consumer will see.
        "records": sum(latest[p] - earliest[p] for p in led),
        "configs": {c.name: c.value for c in overrides},
        "partitions": [
            {
                "partition": p.index,
                "leader": p.leader,
                "replicas": p.replicas,
                "isr": p.isr,
                "earliest": earliest.get((topic.name, p.index)),
                "latest": latest.get((topic.name, p.index)),
            }
            for p in topic.partitions
        ],
    }


@app.command
def alter(
    name: Annotated[str, Parameter(help="Topic name.")],
    /,
    *,
    partitions: Annotated[int | None, Parameter(help="How many partitions from now on.", show_default=False)] = None,
    config: Configs = [],  # noqa: B006
    unset: Annotated[
        list[str],
        Parameter(help="Setting to take back to its default; may be repeated.", negative=(), show_default=False),
    ] = [],  # noqa: B006
    server: Server | None = None,
) -> int:
    """Add partitions, change settings."""
    if partitions is None and not config and not unset:
        raise UsageError("nothing to change: give --partitions, --config or --unset")
    values: dict[str, str | None] = {**config_values(config), **dict.fromkeys(unset)}
    cluster = (server or Server()).cluster()
    cluster.topic(name)
    if values:
        cluster.change_configs("topic", name, values)
        note(f"changed the settings of topic {name}")
    if partitions is not None:
        outcome = cluster.set_partitions(name, partitions)
        if outcome.failed:
            return report(outcome.failed)
        note(f"topic {name} has {plural(partitions, 'partition')}")
    return OK


@app.command
def delete(
    names: Names,
    /,
    *,
    if_exists: Annotated[bool, Parameter(help="Do nothing about topics that do not exist.", negative=())] = False,
    yes: Yes = False,
    server: Server | None = None,
) -> int:
    """Delete topics and their records."""
    what = "topic " + names[0] if len(names) == 1 else f"{len(names)} topics"
    where = server or Server()
    if not confirm(f"Delete {what} and all records?", yes):
        return FAILED
    outcome = where.cluster().delete_topics(names)
    for name in outcome.done:
        note(f"deleted topic {name}")
    return report(_unless(outcome, "UNKNOWN_TOPIC_OR_PARTITION" if if_exists else None))


@app.command
def offsets(
    name: Annotated[str, Parameter(help="Topic name.")],
    /,
    *,
    at: Annotated[
        str | None,
        Parameter(
            help=f"Also the offset at a place: newest (largest timestamp), {PLACE_HELP}.",
            show_default=False,
            allow_leading_hyphen=True,
        ),
    ] = None,
    partition: Partitions = [],  # noqa: B006
    json: Json = False,
    server: Server | None = None,
) -> int:
    """First and next offset of each partition."""
    where = place(at, _now_ms()) if at is not None and at != "newest" else None
    cluster = (server or Server()).cluster()
    asked = chosen(cluster.topic(name), partition)
    earliest, latest = cluster.earliest(asked), cluster.latest(asked)
    rows: list[dict[str, object]] = [
        {
            "topic": name,
            "partition": p[1],
            "earliest": earliest[p],
            "latest": latest[p],
            "records": latest[p] - earliest[p],
        }
        for p in asked
    ]
    columns = {"partition": "Partition", "earliest": "Earliest", "latest": "Latest", "records": "Records"}
    if at == "newest":
        found = cluster.newest(asked)
        for row, p in zip(rows, asked, strict=True):
            empty = found[p].offset < 0
            row["at"] = None if empty else found[p].offset
            row["timestamp"] = None if empty else found[p].timestamp_ms
            row["time"] = None if empty else iso_time(found[p].timestamp_ms)
        columns |= {"at": "Newest", "time": "Time"}
    elif where is not None:
        resolved = cluster.resolve(asked, where)
        for row, p in zip(rows, asked, strict=True):
            row["at"] = resolved[p]
        columns["at"] = "At"
    if json:
        print_json(rows)
    else:
        print_table(rows, columns)
    return OK


@app.command
def trim(
    name: Annotated[str, Parameter(help="Topic name.")],
    /,
    *,
    before: Annotated[str, Parameter(help=f"Up to where (excluded): {PLACE_HELP}.", allow_leading_hyphen=True)],
    partition: Partitions = [],  # noqa: B006
    json: Json = False,
    yes: Yes = False,
    server: Server | None = None,
) -> int:
    """Delete a topic's oldest records."""
    where = place(before, _now_ms())
    if isinstance(where, Beginning):
        raise UsageError("--before beginning deletes nothing")
    cluster = (server or Server()).cluster()
    asked = chosen(cluster.topic(name), partition)
    earliest = cluster.earliest(asked)
    goals = cluster.latest(asked) if isinstance(where, End) else cluster.resolve(asked, where)
    gone = sum(goals[p] - earliest[p] for p in asked)
    if gone and not confirm(f"Delete {plural(gone, 'record')} of topic {name}?", yes):
        return FAILED
    begins = cluster.trim({p: goals[p] for p in asked if goals[p] > earliest[p]}) if gone else {}
    rows = [
        {
            "topic": name,
            "partition": p[1],
            "earliest": begins.get(p, earliest[p]),
            "deleted": max(0, goals[p] - earliest[p]),
        }
        for p in asked
    ]
    if json:
        print_json(rows)
    elif sys.stdout.isatty() or gone:
        print_table(rows, {"partition": "Partition", "earliest": "Earliest", "deleted": "Deleted"})
    if any(begins.get(p, earliest[p]) < goals[p] for p in asked):
        raise CliError(f"topic {name}: some partitions did not move as far as asked")
    return OK
