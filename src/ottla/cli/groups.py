"""`ottla group`."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated

from cyclopts import App, Parameter

from ottla.cli.client.cluster import Cluster
from ottla.cli.client.model import GroupDetail, Partition
from ottla.cli.errors import FAILED, OK, CliError, UsageError
from ottla.cli.options import Json, Server, Yes, confirm, report
from ottla.cli.output import note, plural, print_facts, print_json, print_table
from ottla.cli.topics import Partitions, chosen
from ottla.cli.values import PLACE_HELP, Beginning, End, Last, Place, place

app = App(name="group", help="List, describe, reset and delete consumer groups.")

Group = Annotated[str, Parameter(help="Group name.")]
Groups = Annotated[list[str], Parameter(help="Group names.", negative=())]


@app.command(name="list")
def list_groups(
    *,
    state: Annotated[
        str | None,
        Parameter(help="Only groups in this state: stable, empty, preparing-rebalance, …", show_default=False),
    ] = None,
    json: Json = False,
    server: Server | None = None,
) -> int:
    """All consumer groups."""
    groups = [g for g in (server or Server()).cluster().groups() if state is None or g.state == state.lower()]
    if json:
        print_json([asdict(group) for group in groups])
    elif groups:
        print_table([asdict(group) for group in groups], {"group": "Group", "state": "State", "type": "Type"})
    else:
        note("no consumer groups" + (f" in state {state}" if state else ""))
    return OK


@app.command
def describe(names: Groups, /, *, json: Json = False, server: Server | None = None) -> int:
    """Members, what they read, and how far behind the group is."""
    cluster = (server or Server()).cluster()
    found = [(cluster.group(name), _lag(cluster, name)) for name in names]
    if json:
        print_json([asdict(group) | {"members": _members(group), "offsets": lag} for group, lag in found])
        return OK
    for at, (group, lag) in enumerate(found):
        if at:
            print()
        print_facts(
            {
                "group": group.group,
                "state": group.state,
                "type": group.type,
                "assignor": group.assignor or None,
                "coordinator": group.coordinator,
                "members": len(group.members),
                "lag": _total(lag),
            }
        )
        if group.members:
            print()
            rows = [
                m | {"partitions": [f"{p['topic']}-{p['partition']}" for p in m["partitions"]]} for m in _members(group)
            ]
            print_table(
                rows, {"client_id": "Client", "host": "Host", "member_id": "Member", "partitions": "Partitions"}
            )
        if lag:
            print()
            _print_lag(lag)
    return OK


def _members(group: GroupDetail) -> list[dict[str, list[dict[str, object]]]]:
    return [
        asdict(member) | {"partitions": [{"topic": topic, "partition": index} for topic, index in member.partitions]}
        for member in group.members
    ]


def _lag(cluster: Cluster, group: str) -> list[dict[str, object]]:
    """A row for each partition with a committed offset; `lag` is None when the partition is gone."""
    committed = cluster.committed(group)
    existing = {name for name in {topic for topic, _ in committed} if cluster.find_topic(name) is not None}
    latest = cluster.latest(p for p in committed if p[0] in existing)
    return [
        {
            "topic": p[0],
            "partition": p[1],
            "committed": offset,
            "latest": latest.get(p),
            "lag": max(0, latest[p] - offset) if p in latest else None,
            "metadata": metadata or None,
        }
        for p, (offset, metadata) in committed.items()
    ]


def _total(lag: list[dict[str, object]]) -> int | None:
    known = [row["lag"] for row in lag if isinstance(row["lag"], int)]
    return sum(known) if known else None


def _print_lag(lag: list[dict[str, object]]) -> None:
    print_table(
        lag, {"topic": "Topic", "partition": "Partition", "committed": "Committed", "latest": "Latest", "lag": "Lag"}
    )


@app.command
def lag(
    names: Annotated[list[str], Parameter(help="Group names (default: all).", negative=())] = [],  # noqa: B006
    /,
    *,
    json: Json = False,
    server: Server | None = None,
) -> int:
    """How many records each group has still to read."""
    cluster = (server or Server()).cluster()
    states = {group.group: group.state for group in cluster.groups()}
    rows = []
    for name in names or states:
        state = states.get(name) or cluster.group(name).state
        partitions = _lag(cluster, name)
        rows.append({"group": name, "state": state, "partitions": len(partitions), "lag": _total(partitions)})
    if json:
        print_json(rows)
    elif rows:
        print_table(rows, {"group": "Group", "state": "State", "partitions": "Partitions", "lag": "Lag"})
    else:
        note("no consumer groups")
    return OK


@app.command
def offsets(name: Group, /, *, json: Json = False, server: Server | None = None) -> int:
    """The group's committed offsets."""
    cluster = (server or Server()).cluster()
    cluster.group(name)
    rows = _lag(cluster, name)
    if json:
        print_json(rows)
    elif rows:
        _print_lag(rows)
    else:
        note(f"group {name} has committed nothing")
    return OK


@app.command
def reset(
    name: Group,
    /,
    *,
    to: Annotated[
        str,
        Parameter(
            help=f"Where to: {PLACE_HELP}; or +N / current-N: so many on or back from where it stands.",
            allow_leading_hyphen=True,
        ),
    ],
    topic: Annotated[
        list[str],
        Parameter(name=["--topic", "-t"], help="Only this topic; may be repeated.", negative=(), show_default=False),
    ] = [],  # noqa: B006
    partition: Partitions = [],  # noqa: B006
    dry_run: Annotated[bool, Parameter(help="Only show what would change.", negative=())] = False,
    json: Json = False,
    yes: Yes = False,
    server: Server | None = None,
) -> int:
    """Move a group's committed offsets. Its members must be gone."""
    shift = _shift(to)
    where: Place = End() if shift is not None else place(to, time.time_ns() // 1_000_000)
    if partition and len(topic) != 1:
        raise UsageError("--partition needs exactly one --topic")
    cluster = (server or Server()).cluster()
    committed = {p: offset for p, (offset, _) in cluster.committed(name).items()}
    if topic:
        asked = [p for wanted in topic for p in chosen(cluster.topic(wanted), partition)]
    else:
        asked = [p for p in committed if cluster.find_topic(p[0]) is not None]
    if shift is not None:
        asked = [p for p in asked if p in committed]
    if not asked:
        raise CliError(f"group {name} has committed nothing there: name a topic with --topic")
    goals = _shifted(cluster, asked, committed, shift) if shift is not None else cluster.resolve(asked, where)
    rows = [{"topic": p[0], "partition": p[1], "from": committed.get(p), "to": goals[p]} for p in asked]
    if json:
        print_json(rows)
    else:
        print_table(rows, {"topic": "Topic", "partition": "Partition", "from": "From", "to": "To"})
    if dry_run:
        return OK
    if not confirm(f"Move {plural(len(rows), 'offset')} of group {name}?", yes):
        return FAILED
    cluster.commit(name, goals)
    note(f"moved {plural(len(rows), 'offset')} of group {name}")
    return OK


def _shift(text: str) -> int | None:
    """`+5` and `current-5` as a number of records; None for anything else. Raises UsageError."""
    stripped = text.strip().lower()
    if stripped == "current":
        return 0
    number = stripped.removeprefix("current")
    if number[:1] not in "+-" or (number == stripped and not number.startswith("+")) or not number:
        return None
    if not number[1:].isdecimal():
        raise UsageError(f"--to {text}: expected +N or current-N")
    return int(number)


def _shifted(
    cluster: Cluster, asked: list[Partition], committed: dict[Partition, int], shift: int
) -> dict[Partition, int]:
    earliest, latest = cluster.resolve(asked, Beginning()), cluster.resolve(asked, Last(0))
    return {p: min(max(committed[p] + shift, earliest[p]), latest[p]) for p in asked}


@app.command
def delete(names: Groups, /, *, yes: Yes = False, server: Server | None = None) -> int:
    """Delete groups and their offsets. Their members must be gone."""
    where = server or Server()
    what = f"group {names[0]}" if len(names) == 1 else f"{len(names)} groups"
    if not confirm(f"Delete {what} with its offsets?", yes):
        return FAILED
    outcome = where.cluster().delete_groups(names)
    for name in outcome.done:
        note(f"deleted group {name}")
    return report(outcome.failed)
