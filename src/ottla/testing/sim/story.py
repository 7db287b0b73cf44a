"""What happened, for people: a list of events with their virtual times, and a hash of everything for machines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable


class Story:
    """Events in order. `trace` feeds the hash only: it is called for every packet."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._hash = hashlib.blake2b(digest_size=8)
        self.events: list[tuple[float, str, str]] = []
        self.traced = 0

    def tell(self, kind: str, text: str) -> None:
        """An event worth reading about."""
        now = self._time()
        self.events.append((now, kind, text))
        self._hash.update(f"{now:.9f} {kind} {text}\n".encode())

    def trace(self, what: str, first: int, second: int) -> None:
        """An event nobody reads about."""
        self.traced += 1
        self._hash.update(f"{self._time():.9f} {what} {first} {second}\n".encode())

    @property
    def digest(self) -> str:
        """The hash of all that happened so far."""
        return self._hash.hexdigest()

    def forget(self, *, keep: bool) -> None:
        """Makes it fit for another process: no more to be told, and without its events unless they are kept."""
        if not keep:
            self.events = []

    def __getstate__(self) -> dict[str, object]:
        return {"events": self.events, "traced": self.traced}

    def page(self, lines: int, *, keep: Iterable[str] = ("fault", "phase", "broker")) -> list[str]:
        """The events in at most so many lines: the last ones, and before them those of the kinds to keep."""
        kept = set(keep)
        last = self.events[-lines * 2 // 3 :]
        before = [event for event in self.events[: -len(last) or None] if event[1] in kept]
        room = max(lines - len(last), 0)
        skipped = len(before) - room
        head = before[-room:] if room else []
        out = [f"    ... {skipped} earlier events left out"] if skipped > 0 else []
        out += [f"{at:10.4f}  {kind:8} {text}" for at, kind, text in (*head, *last)]
        return out
