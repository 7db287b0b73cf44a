"""Open transactions nobody will ever end.

A partition can hold an open transaction that no coordinator knows of: its directory came from an Apache Kafka broker, whose coordinator
keeps its state in a topic that is not taken over; or the catalogue was restored from an older copy. Readers of committed data would wait
for it for ever, so such transactions are aborted when the broker starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.states import PREPARED, Facts, State, TopicPartition


class OpenOne(NamedTuple):
    """A transaction that is open in a partition, as the partition knows it."""

    where: TopicPartition
    producer_id: int
    producer_epoch: int
    coordinator_epoch: int
    """Of the last marker this producer got there, -1 for none."""


def orphans(
    opened: Iterable[OpenOne], known: Mapping[int, Facts], coordinator_epoch: int
) -> list[tuple[Marker, TopicPartition]]:
    """The markers that end what no transactional id will end. `known`: facts by the producer id that may still be writing."""
    found = []
    for one in opened:
        facts = known.get(one.producer_id)
        if facts is not None and one.where in facts.partitions:
            if facts.state is State.ONGOING or facts.state in PREPARED:
                continue
        epoch = max(coordinator_epoch, one.coordinator_epoch)
        found.append((Marker(one.producer_id, one.producer_epoch, epoch, is_commit=False), one.where))
    return found
