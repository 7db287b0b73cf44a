"""The judge of consumer groups: assignments, generations and committed offsets, by what members were told.

A committed offset is a register. A reader may be told any commit that no later one had replaced for certain before it asked: a commit
counts as replaced by one that was sent after it was answered, or that belongs to a later generation, once that one was answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ottla.testing.sim.auditor import Key, Violation

FOREVER = float("inf")


@dataclass(slots=True, eq=False)
class Commit:
    """One attempt to commit one partition's offset. `ended` is FOREVER while no answer came."""

    group: str
    key: Key
    offset: int
    generation: int
    started: float
    ended: float = FOREVER
    acked: bool = False


@dataclass(slots=True)
class Generation:
    """What is known of one generation of a group."""

    leader: str = ""
    members: frozenset[str] = frozenset()
    plans: list[Mapping[str, tuple[Key, ...]]] = field(default_factory=list)
    """What leaders sent."""
    synced_at: float = FOREVER
    """When the first member was given its assignment."""


@dataclass(slots=True)
class GroupModel:
    commits: dict[Key, list[Commit]] = field(default_factory=dict)
    generations: dict[int, Generation] = field(default_factory=dict)
    newest: int = 0
    """The newest generation somebody has an assignment of."""


class GroupAuditor:
    """See the module. `violate` makes and reports a violation."""

    def __init__(self, time: Callable[[], float], violate: Callable[[str, str], Violation]) -> None:
        self.time = time
        self.violate = violate
        self.groups: dict[str, GroupModel] = {}
        self.acked_commits = 0

    def group(self, group: str) -> GroupModel:
        model = self.groups.get(group)
        if model is None:
            model = self.groups[group] = GroupModel()
        return model

    # --- offsets ----------------------------------------------------------------------------------------------------------------

    def committing(self, group: str, key: Key, offset: int, generation: int) -> Commit:
        commit = Commit(group, key, offset, generation, self.time())
        self.group(group).commits.setdefault(key, []).append(commit)
        return commit

    def committed(self, commit: Commit) -> None:
        """The broker acknowledged it."""
        commit.ended = self.time()
        commit.acked = True
        self.acked_commits += 1
        model = self.group(commit.group)
        for number, generation in model.generations.items():
            if commit.generation >= 0 and number > commit.generation and generation.synced_at < commit.started:
                raise self.violate(
                    "zombie",
                    f"{commit.group}: a commit of generation {commit.generation} was taken although generation {number} "
                    f"had begun",
                )
        history = model.commits[commit.key]
        if len(history) > 64:  # what was replaced for certain long ago can never be the answer again
            model.commits[commit.key] = [one for one in history if not self._replaced(one, history, commit.started)]

    def refused(self, commit: Commit) -> None:
        """The broker said that it has not taken it."""
        self.group(commit.group).commits[commit.key].remove(commit)

    def withdrawn(self, commit: Commit) -> None:
        """It turned out that it does not count: its transaction was aborted."""
        history = self.group(commit.group).commits[commit.key]
        if commit in history:
            history.remove(commit)

    def fetched(self, group: str, key: Key, offset: int, asked_at: float) -> None:
        """A reader was told the committed offset (-1: none)."""
        history = self.group(group).commits.get(key, [])
        if offset < 0:
            if any(one.acked and one.ended < asked_at for one in history):
                raise self.violate("group-offset", f"{group} {key}: no offset, although one was committed")
            return
        allowed = [one for one in history if not self._replaced(one, history, asked_at)]
        if not any(one.offset == offset for one in allowed):
            wanted = sorted({one.offset for one in allowed})
            raise self.violate("group-offset", f"{group} {key}: offset {offset} was fetched, committed: {wanted}")

    @staticmethod
    def _replaced(one: Commit, history: Sequence[Commit], asked_at: float) -> bool:
        return any(
            other.acked
            and other.ended < asked_at
            and (other.started > one.ended or other.generation > one.generation >= 0)
            for other in history
        )

    # --- generations ------------------------------------------------------------------------------------------------------------

    def joined(self, group: str, number: int, member: str, leader: str, members: Sequence[str], floor: int) -> None:
        """A member was told its generation. `floor`: what `floor()` was when it asked."""
        model = self.group(group)
        if number < floor:
            raise self.violate(
                "generation", f"{group}: {member} was told generation {number}, {floor} was in force before"
            )
        generation = model.generations.get(number)
        if generation is None or (number > model.newest and not self._agrees(generation, leader, members)):
            # A generation that nobody was given an assignment of was never stored: its number may be used again.
            generation = model.generations[number] = Generation()
        if not self._agrees(generation, leader, members):
            raise self.violate(
                "generation",
                f"{group} {number}: {member} was told leader {leader} and members {sorted(members)}, others leader "
                f"{generation.leader} and members {sorted(generation.members)}",
            )
        generation.leader = leader
        if members:
            if member != leader or member not in members:
                raise self.violate(
                    "assignment", f"{group} {number}: {member} was given the members {sorted(members)}, led by {leader}"
                )
            generation.members = frozenset(members)

    @staticmethod
    def _agrees(generation: Generation, leader: str, members: Sequence[str]) -> bool:
        if generation.leader and generation.leader != leader:
            return False
        return not members or not generation.members or generation.members == frozenset(members)

    def floor(self, group: str) -> int:
        """Captured when a member asks to join: the newest generation that was stored (somebody had an assignment)."""
        return self.group(group).newest

    def planned(self, group: str, number: int, plan: Mapping[str, tuple[Key, ...]]) -> None:
        """The leader is about to send the assignments."""
        self.group(group).generations[number].plans.append(plan)

    def synced(self, group: str, number: int, member: str, given: tuple[Key, ...]) -> None:
        """A member was given its assignment."""
        model = self.group(group)
        generation = model.generations[number]
        model.newest = max(model.newest, number)
        generation.synced_at = min(generation.synced_at, self.time())
        if not any(plan.get(member, ()) == given for plan in generation.plans):
            plans = [dict(plan) for plan in generation.plans]
            raise self.violate(
                "assignment", f"{group} {number}: {member} was given {given}, the leader's plan: {plans}"
            )

    def stable(
        self, group: str, members: Mapping[str, tuple[int, Sequence[Key]]], partitions: Sequence[Key]
    ) -> str | None:
        """Whether everybody is in one generation and every partition has one owner: None, or what is missing."""
        if not members:
            return None
        generations = {generation for generation, _ in members.values()}
        if len(generations) > 1 or -1 in generations:
            return f"{group}: members are in generations {sorted(generations)}"
        owned = [key for _, keys in members.values() for key in keys]
        if sorted(owned) != sorted(partitions):
            return f"{group}: {sorted(owned)} are owned of {sorted(partitions)}"
        return None
