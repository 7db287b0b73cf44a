"""One decision being told to those it concerns: markers in partitions, pending offsets of groups, until everyone knows or is gone.

A participant that cannot be told now is told again, with growing pauses (`retry_after_ms`). Telling twice does no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from ottla.base.errors import ErrorCode
from ottla.broker.transactions.offsets import TransactionalOffsets
from ottla.broker.transactions.ports import MarkerWriter, TransactionCatalogue
from ottla.rules.transactions.markers import Marker, Verdict, retry_after_ms, verdict
from ottla.rules.transactions.messages import Ending
from ottla.rules.transactions.states import TopicPartition

log = logging.getLogger("ottla.transactions")

SLICE: Final = 500
"""Partitions told in one turn of the loop."""

OnTold = Callable[[Iterable[TopicPartition], Iterable[str]], None]


class Later(Protocol):
    def __call__(self, after_ms: int, then: Callable[[], None]) -> None:
        """Calls `then` after so many milliseconds."""
        ...


class Telling:
    """`on_told` is called with the participants that know, possibly before `start` returns, and not after `stop`."""

    __slots__ = (
        "_attempts",
        "_catalogue",
        "_ending",
        "_later",
        "_marker",
        "_markers",
        "_name",
        "_offsets",
        "_on_told",
        "_stopped",
    )

    def __init__(
        self,
        name: str,
        ending: Ending,
        coordinator_epoch: int,
        catalogue: TransactionCatalogue,
        markers: MarkerWriter,
        offsets: TransactionalOffsets,
        later: Later,
        on_told: OnTold,
    ) -> None:
        self._name = name
        self._ending = ending
        self._marker = Marker(
            ending.producer_id, ending.producer_epoch, coordinator_epoch, ending.is_commit, ending.version
        )
        self._catalogue = catalogue
        self._markers = markers
        self._offsets = offsets
        self._later = later
        self._on_told = on_told
        self._attempts = 0
        self._stopped = False

    def start(self) -> None:
        """Tells everyone for the first time."""
        self._tell(sorted(self._ending.partitions), sorted(self._ending.groups))

    def stop(self) -> None:
        """Whatever comes back from now on is not listened to."""
        self._stopped = True

    def _tell(self, partitions: list[TopicPartition], groups: list[str]) -> None:
        if self._stopped:
            return
        if len(partitions) > SLICE:
            asyncio.get_running_loop().call_soon(self._tell, partitions[SLICE:], [])
            partitions = partitions[:SLICE]
        again = _Again()
        if partitions:
            self._markers.write(self._marker, partitions, lambda results: self._partitions_told(again, results))
        if groups:
            self._offsets.settle(
                self._ending.producer_id,
                groups,
                is_commit=self._ending.is_commit,
                told=lambda group_id, error: self._group_told(again, group_id, error),
            )

    def _partitions_told(self, again: _Again, results: Sequence[tuple[TopicPartition, ErrorCode]]) -> None:
        told = []
        for where, error in results:
            found = verdict(error, exists=self._exists(where))
            if found is Verdict.AGAIN:
                self._tell_again(again)
                again.partitions.append(where)
                continue
            if found is Verdict.GONE:
                log.info("no marker of transactional id %r in %s-%d: %s", self._name, *where, error.name)
            told.append(where)
        if told and not self._stopped:
            self._on_told(told, ())

    def _group_told(self, again: _Again, group_id: str, error: ErrorCode) -> None:
        if error:
            self._tell_again(again)
            again.groups.append(group_id)
        elif not self._stopped:
            self._on_told((), (group_id,))

    def _tell_again(self, again: _Again) -> None:
        """One pause for all that could not be told in one go."""
        if not again.is_due:
            again.is_due = True
            self._attempts += 1

            def tell() -> None:
                again.is_due = False
                self._tell(again.partitions, again.groups)

            self._later(retry_after_ms(self._attempts), tell)

    def _exists(self, where: TopicPartition) -> bool:
        topic = self._catalogue.topics.get(where[0])
        return topic is not None and where[1] < len(topic.partitions)


class _Again:
    """Those who could not be told in one go."""

    __slots__ = ("groups", "is_due", "partitions")

    def __init__(self) -> None:
        self.partitions: list[TopicPartition] = []
        self.groups: list[str] = []
        self.is_due = False
