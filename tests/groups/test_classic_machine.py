"""Any order of joins, syncs, heartbeats, departures, time, slow writes and crashes leaves a group that keeps its promises.

Promises: every request is answered exactly once; within one generation a member has one assignment, and it is the one meant for it; a
generation that was handed out as assignment is never handed out again; what is stored is what lives; and when everyone goes silent, the
group becomes empty and nobody is left waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from tests.groups.stage import RANGE, ROBIN, Stage, limits

from ottla.base.errors import ErrorCode
from ottla.rules.groups.classic.group import ClassicGroup
from ottla.rules.groups.classic.messages import JoinReply, Leaving, SyncReply
from ottla.rules.groups.classic.state import State
from ottla.rules.groups.classic.stored import snapshot
from ottla.rules.groups.kinds import Outcome
from ottla.rules.groups.settings import NEW_MEMBER_JOIN_TIMEOUT_MS

PROTOCOLS = st.sampled_from([(RANGE,), (ROBIN, RANGE), (("range", b"changed"),), (ROBIN,)])
SESSIONS = st.sampled_from([6_000, 10_000, 30_000])
REBALANCES = st.sampled_from([0, 5_000, 60_000])
INSTANCES = st.sampled_from([None, None, None, "a", "b"])


@dataclass(eq=False)
class Client:
    """A client as it knows itself."""

    instance: str | None
    version: int
    session: int
    rebalance: int
    member_id: str = ""
    generation: int = -1
    leads: bool = False
    fellows: tuple[str, ...] = ()
    waits_for: set[str] = field(default_factory=set)


class Machine(RuleBasedStateMachine):
    clients = Bundle("clients")

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage(limits(max_size=5))
        self.stage.run = self.run  # type: ignore[method-assign]
        self.asked: dict[str, Client] = {}
        self.meant: dict[bytes, set[str]] = {}  # an assignment -> whom it is meant for, and who replaced them
        self.had: dict[tuple[int, str], bytes] = {}
        self.handed_out = 0  # the highest generation whose assignment someone has
        self.highest = 0
        self.numbers = count()

    # --- the world ----------------------------------------------------------------------------------------------------------

    def run(self, out: Outcome) -> None:
        for token, reply in out.replies:
            self.stage.answer(token, reply)
            self.told(token, reply)
        self.stage.held += out.writes
        while self.stage.held and not self.stage.holds_writes:
            self.stage.grant()

    def told(self, token: str, reply: object) -> None:
        client = self.asked.pop(token, None)
        if client is None:
            return
        if isinstance(reply, JoinReply):
            if reply.error is ErrorCode.MEMBER_ID_REQUIRED:
                client.member_id = reply.member_id
            elif reply.error is ErrorCode.NONE:
                assert reply.generation_id > self.handed_out or reply.generation_id == self.stage.group.generation_id
                client.member_id, client.generation = reply.member_id, reply.generation_id
                client.leads = reply.leader == reply.member_id
                client.fellows = tuple(member.member_id for member in reply.members)
                assert bool(client.fellows) == client.leads
                assert not client.fellows or client.member_id in client.fellows
            elif reply.error in (ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.FENCED_INSTANCE_ID):
                client.member_id, client.generation = "", -1
        elif isinstance(reply, SyncReply) and not reply.error:
            key = (client.generation, client.member_id)
            assert self.had.setdefault(key, reply.assignment) == reply.assignment
            assert not reply.assignment or client.member_id in self.meant[reply.assignment]
            self.handed_out = max(self.handed_out, client.generation)

    def ask(self, client: Client, token: str) -> str:
        self.asked[token] = client
        return token

    # --- what can happen ----------------------------------------------------------------------------------------------------

    @rule(
        target=clients,
        instance=INSTANCES,
        version=st.sampled_from([3, 8, 9]),
        session=SESSIONS,
        rebalance=REBALANCES,
        protocols=PROTOCOLS,
    )
    def come(
        self, instance: str | None, version: int, session: int, rebalance: int, protocols: tuple[tuple[str, bytes], ...]
    ) -> Client:
        client = Client(instance, version, session, rebalance)
        self.send_join(client, protocols)
        return client

    @rule(client=clients, protocols=PROTOCOLS, as_new=st.booleans())
    def join(self, client: Client, protocols: tuple[tuple[str, bytes], ...], as_new: bool) -> None:
        if as_new and client.instance is not None:
            client.member_id = ""
        self.send_join(client, protocols)

    def send_join(self, client: Client, protocols: tuple[tuple[str, bytes], ...]) -> None:
        before = dict(self.stage.group.static)
        token = self.ask(client, f"join {next(self.numbers)}")
        self.stage.join(
            client.member_id,
            token=token,
            protocols=protocols,
            session=client.session,
            rebalance=client.rebalance,
            instance_id=client.instance,
            version=client.version,
        )
        old, new = before.get(client.instance or ""), self.stage.group.static.get(client.instance or "")
        if old is not None and new is not None and old != new:
            for people in self.meant.values():
                if old in people:
                    people.add(new)

    @rule(client=clients)
    def sync(self, client: Client) -> None:
        assignments = {}
        if client.leads:
            for member_id in client.fellows:
                assignment = f"{client.generation} {member_id} {len(self.meant)}".encode()
                self.meant[assignment] = {member_id}
                assignments[member_id] = assignment
        token = self.ask(client, f"sync {next(self.numbers)}")
        self.stage.sync(client.member_id, client.generation, assignments, token=token, instance_id=client.instance)

    @rule(client=clients)
    def heartbeat(self, client: Client) -> None:
        error = self.stage.heartbeat(client.member_id, client.generation, client.instance)
        if error is ErrorCode.NONE:
            assert client.member_id in self.stage.group.members

    @rule(client=consumes(clients))
    def leave(self, client: Client) -> None:
        token = self.stage.token(f"leave {next(self.numbers)}")
        self.stage.run(self.stage.group.leave(token, [Leaving(client.member_id, client.instance)], self.stage.now))

    @rule(client=consumes(clients))
    def disconnect(self, client: Client) -> None:
        for token in [token for token, one in self.asked.items() if one is client]:
            self.stage.run(self.stage.group.disconnected(token, self.stage.now))

    @rule(ms=st.sampled_from([1, 500, 3_000, 6_000, 60_000]))
    def time_passes(self, ms: int) -> None:
        self.stage.pass_time(ms)

    @rule(holds=st.booleans())
    def writes_are_slow(self, holds: bool) -> None:
        self.stage.holds_writes = holds
        if not holds:
            while self.stage.held:
                self.stage.grant()

    @rule()
    def one_write_is_done(self) -> None:
        if self.stage.held:
            self.stage.grant()

    @rule(after_it_landed=st.booleans())
    def crash(self, after_it_landed: bool) -> None:
        if after_it_landed and self.stage.held:
            self.stage.stored = self.stage.held[0].state
        self.asked.clear()
        self.stage.restart()
        self.highest = self.stage.group.generation_id
        assert self.highest >= self.handed_out

    # --- what always holds --------------------------------------------------------------------------------------------------

    @invariant()
    def generations_only_grow(self) -> None:
        assert self.stage.group.generation_id >= self.highest
        self.highest = self.stage.group.generation_id

    @invariant()
    def its_books_are_right(self) -> None:
        group = self.stage.group
        members = list(group.members.values())
        assert all(member_id == member.member_id for member_id, member in group.members.items())
        assert group.joined_count == sum(member.join_token is not None for member in members)
        assert group.static == {m.instance_id: m.member_id for m in members if m.instance_id is not None}
        names = [name for member in members for name, _ in member.protocols]
        assert group.protocol_counts == {name: names.count(name) for name in names}
        assert not group.pending.keys() & group.members.keys()
        assert (group.leader_id in group.members) if members else group.leader_id is None
        assert group.joined_count <= group.settings.max_size
        if group.state is State.EMPTY:
            assert not members
        if group.state in (State.STABLE, State.COMPLETING_REBALANCE):
            assert group.protocol_counts[group.protocol_name or ""] == len(members)
        if group.state is not State.COMPLETING_REBALANCE:
            assert all(member.sync_token is None for member in members)
        if group.state is State.COMPLETING_REBALANCE:
            assert all(member.join_token is None for member in members)
        if group.state is State.PREPARING_REBALANCE:
            assert group.join_timer is not None

    @invariant()
    def it_wakes_in_time(self) -> None:
        group = self.stage.group
        deadlines = [*group.pending.values()]
        for member in group.members.values():
            if member.deadline_ms is None:
                assert member.join_token is not None or member.sync_token is not None
            else:
                deadlines.append(member.deadline_ms)
        if group.join_timer is not None:
            deadlines.append(group.join_timer.at_ms)
        if deadlines:
            assert group.wake_ms is not None
            assert group.wake_ms <= min(deadlines)

    @invariant()
    def what_is_stored_is_what_lives(self) -> None:
        group = self.stage.group
        if group.state is State.STABLE and not self.stage.held:
            loaded = ClassicGroup.load("g", snapshot(group), group.settings, self.stage.now)
            assert loaded.describe() == group.describe()
            assert (loaded.leader_id, loaded.generation_id) == (group.leader_id, group.generation_id)
            assert loaded.protocol_counts == group.protocol_counts
            assert self.stage.stored is not None

    def teardown(self) -> None:
        self.stage.holds_writes = False
        while self.stage.held:
            self.stage.grant()
        self.stage.pass_time(2 * NEW_MEMBER_JOIN_TIMEOUT_MS + 60_000)
        assert self.stage.group.is_disposable
        assert self.stage.tokens == self.stage.replies.keys()


Machine.TestCase.settings = settings(
    max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnyOrder = Machine.TestCase
