"""Producer ids from blocks that are reserved durably first: an id is never given twice, across restarts too (KIP-98, KIP-730)."""

from __future__ import annotations

import asyncio

from ottla.catalogue.model import Catalogue, ReserveProducerIds

BLOCK_SIZE = 1000  # one durable write for this many producers; a restart skips what is left of a block


class ProducerIds:
    """Hands out producer ids, each once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._next = 0
        self._end = 0
        self._reserving: asyncio.Task[None] | None = None

    async def allocate(self) -> int:
        """The next id. Raises CatalogueError when a block cannot be reserved; asking again tries again."""
        while self._next >= self._end:
            # Everyone who finds the block empty waits for one reservation, which a caller that gives up must not take down.
            if self._reserving is None:
                self._reserving = asyncio.get_running_loop().create_task(self._reserve())
            await asyncio.shield(self._reserving)
        self._next += 1
        return self._next - 1

    async def _reserve(self) -> None:
        try:
            first = self._catalogue.next_producer_id
            await self._catalogue.commit([ReserveProducerIds(first + BLOCK_SIZE)])
            self._next, self._end = first, first + BLOCK_SIZE
        finally:
            self._reserving = None
