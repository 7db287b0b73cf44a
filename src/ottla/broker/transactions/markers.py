"""Markers for the partitions of this node, written by its storage engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ottla.base.errors import ErrorCode
from ottla.rules.transactions.markers import Marker
from ottla.rules.transactions.states import TopicPartition
from ottla.storage.engine import Engine, Mark


class EngineMarkers:
    """A `MarkerWriter` over the engine. Every partition is this node's own until `workers` exist."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(
        self,
        marker: Marker,
        partitions: Sequence[TopicPartition],
        done: Callable[[Sequence[tuple[TopicPartition, ErrorCode]]], None],
    ) -> None:
        marks: list[tuple[TopicPartition, Mark]] = []
        unknown: list[tuple[TopicPartition, ErrorCode]] = []
        for where in partitions:
            topic, index = where
            opened = self._engine.topics.get(topic)
            partition = opened[index] if opened is not None and 0 <= index < len(opened) else None
            if partition is None:
                unknown.append((where, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))
            else:
                marks.append((where, Mark(partition)))
        if not marks:
            done(unknown)
            return
        self._engine.mark(
            [mark for _, mark in marks],
            marker,
            on_done=lambda: done([*unknown, *((where, mark.error) for where, mark in marks)]),
        )
