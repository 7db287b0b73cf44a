"""What every kind of group (classic now; consumer, share, streams later) is to the coordinator that keeps it.

A group is a pure machine. Each step takes what it knows (the request, the time) and returns an `Outcome`: replies to release at once,
states to make durable, and nothing else. Whoever waits for a reply is an opaque `Token`, given back exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ottla.base.errors import ErrorCode

Token = Any
"""Whoever waits for a reply; only handed through."""


class Now(NamedTuple):
    """The time of a step: `ticks_ms` never goes back and serves deadlines, `wall_ms` is stored and serves retention."""

    ticks_ms: int
    wall_ms: int


class Reply(Protocol):
    """A reply can say of itself what it is when the coordinator failed."""

    @property
    def error(self) -> ErrorCode: ...

    def failed(self, error: ErrorCode) -> Reply:
        """The same reply, refused with `error`."""
        ...


class Write(NamedTuple):
    """A state of the group to make durable.

    When it is, `then` is released and `group.written(ticket, now)` called; when it cannot be, everyone in `then` is refused and the
    group is dropped and loaded again from its last durable state.
    """

    state: bytes
    ticket: object
    then: tuple[tuple[Token, Reply], ...] = ()


@dataclass(slots=True)
class Outcome:
    """What one step wants done, in this order: the replies, then the writes."""

    now: Now
    replies: list[tuple[Token, Reply]] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)


class RetentionBase(NamedTuple):
    """From when the offsets of a group age: since `since_wall_ms`, or (None) each since its own commit."""

    since_wall_ms: int | None


class ListedGroup(NamedTuple):
    """A line of ListGroups. `state` and `kind` as Kafka spells them."""

    group_id: str
    protocol_type: str
    state: str
    kind: str


class Group(Protocol):
    """What the coordinator needs of a group whatever its kind."""

    kind: str
    group_id: str

    @property
    def wake_ms(self) -> int | None:
        """When `expire` has work at the earliest (ticks); may be too early, never too late. None: never."""
        ...

    @property
    def is_empty(self) -> bool:
        """No member: it may be deleted, and goes once its offsets are gone."""
        ...

    @property
    def is_disposable(self) -> bool:
        """Empty, and nobody is about to join."""
        ...

    def loaded(self, now: Now) -> Outcome:
        """It was just loaded: what has to be done about a configuration that changed meanwhile."""
        ...

    def expire(self, now: Now) -> Outcome:
        """Does what is due: sessions, rebalance and sync deadlines."""
        ...

    def written(self, ticket: object, now: Now) -> Outcome:
        """The write with this ticket is durable."""
        ...

    def die(self, error: ErrorCode, now: Now) -> Outcome:
        """The group leaves this coordinator: everyone who waits is answered with `error`; nothing is accepted any more."""
        ...

    def listed(self) -> ListedGroup: ...

    def check_commit(
        self, member_id: str, instance_id: str | None, generation_id: int, *, is_transactional: bool = False
    ) -> ErrorCode:
        """Whether this member may commit offsets now."""
        ...

    def committed_by(self, member_id: str, now: Now) -> None:
        """A commit by this member was accepted: it is alive."""
        ...

    def check_offset_fetch(self, member_id: str | None, member_epoch: int) -> ErrorCode: ...

    def check_offset_delete(self) -> ErrorCode: ...

    def check_delete(self) -> ErrorCode: ...

    def is_subscribed_to(self, topic: str) -> bool:
        """Whether a live member may read this topic: its offsets stay."""
        ...

    def retention_base(self) -> RetentionBase | None:
        """From when this group's offsets age; None: they do not, now."""
        ...
