"""A log with transactions in forty lines, honest by construction: histories for the checker's own tests come from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.histories.history import History, Operation, Outcome, Place, Read, Send

PLACES: list[Place] = [("t", 0), ("t", 1), ("u", 0)]


@dataclass
class Entry:
    value: str | None  # None: a marker
    transaction: int


@dataclass
class Client:
    """A worker, or with no sends just a reader. `settled` is where it goes on after an abort."""

    name: str
    position: dict[Place, int] = field(default_factory=lambda: dict.fromkeys(PLACES, 0))
    settled: dict[Place, int] = field(default_factory=lambda: dict.fromkeys(PLACES, 0))
    session: int = 0
    number: int | None = None
    begun_s: float = 0.0
    sends: list[Send] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)


class TinyLog:
    """Interprets actions (small integers of any size will do) and writes down what clients would have recorded."""

    def __init__(self, workers: int = 3) -> None:
        self.clients = [Client(f"p{number}") for number in range(workers)]
        self.readers = [Client("r0"), Client("r1")]
        self.log: dict[Place, list[Entry]] = {place: [] for place in PLACES}
        self.states: list[Outcome | None] = []  # None: open
        self.history = History()
        self.now_s = 0.0

    def act(self, verb: int, who: int, place: int, many: int) -> None:
        self.now_s += 1
        client, chosen = self.clients[who % len(self.clients)], PLACES[place % len(PLACES)]
        match verb % 8:
            case 0 | 1 | 2:
                self.send(client, chosen)
            case 3:
                self.read(client, chosen, many)
            case 4:
                self.end(client, Outcome.COMMITTED, heard=True)
            case 5:
                self.end(client, Outcome.ABORTED, heard=True)
            case 6:
                self.end(client, Outcome.COMMITTED if many % 2 else Outcome.ABORTED, heard=False)
            case 7:
                self.poll(self.readers[0], chosen, many)

    def begin(self, client: Client) -> int:
        if client.number is None:
            client.number, client.begun_s = len(self.states), self.now_s
            self.states.append(None)
        return client.number

    def send(self, client: Client, place: Place) -> None:
        number, log = self.begin(client), self.log[place]
        value = f"{client.name}:{number}:{len(client.sends)}"
        client.sends.append(Send(place, value, len(log)))
        log.append(Entry(value, number))

    def stable(self, place: Place) -> int:
        opened = [offset for offset, entry in enumerate(self.log[place]) if self.states[entry.transaction] is None]
        return min(opened, default=len(self.log[place]))

    def take(self, client: Client, place: Place, many: int) -> list[Read]:
        found: list[Read] = []
        while client.position[place] < self.stable(place) and len(found) < many % 4 + 1:
            offset = client.position[place]
            entry = self.log[place][offset]
            if entry.value is not None and self.states[entry.transaction] is Outcome.COMMITTED:
                found.append(Read(place, offset, entry.value))
            client.position[place] += 1
        return found

    def read(self, client: Client, place: Place, many: int) -> None:
        self.begin(client)
        client.reads += self.take(client, place, many)

    def poll(self, client: Client, place: Place, many: int) -> None:
        reads = tuple(self.take(client, place, many))
        self.history.operations.append(
            Operation(
                client.name, Outcome.COMMITTED, reads=reads, transactional=False, begun_s=self.now_s, ended_s=self.now_s
            )
        )

    def end(self, client: Client, outcome: Outcome, *, heard: bool) -> None:
        if client.number is None:
            return
        self.states[client.number] = outcome
        for place in {send.place for send in client.sends}:
            self.log[place].append(Entry(None, client.number))
        asked = not heard or outcome is Outcome.COMMITTED
        self.history.operations.append(
            Operation(
                client.name,
                outcome if heard else Outcome.UNKNOWN,
                tuple(client.sends if heard else [Send(send.place, send.value) for send in client.sends]),
                tuple(client.reads),
                client.session,
                begun_s=client.begun_s,
                deciding_s=self.now_s if asked else None,
                ended_s=self.now_s,
            )
        )
        if outcome is Outcome.COMMITTED:
            client.settled = dict(client.position)
        if not heard or outcome is Outcome.ABORTED:
            client.position = dict(client.settled)
            client.session += 1
        client.number, client.sends, client.reads = None, [], []

    def finish(self) -> History:
        for client in self.clients:
            self.now_s += 1
            self.end(client, Outcome.ABORTED, heard=True)
        for place in PLACES:
            self.now_s += 1
            while self.readers[1].position[place] < self.stable(place):
                self.poll(self.readers[1], place, 3)
        self.history.read_to_end = set(PLACES)
        return self.history
