"""An event loop whose time is a number and whose chance is a seed, and owners whose callbacks can be made to vanish at once.

Time: where asyncio would sleep, the clock moves to the next timer. Every turn of the loop also costs a few virtual
microseconds, so that code which re-arms a timer for "now" makes progress as it would on a machine.

Death: whoever runs in this loop (a broker process, a client) runs under an `Owner`, carried by the context that asyncio hands from
callback to callback. `kill` forgets every callback, timer and task of an owner between two instructions, as `kill -9` does: no `finally`
of a dead coroutine can touch the world of the living, because what a dead owner schedules is dropped.

Private parts of BaseEventLoop that this rests on: `run_forever` calls `_run_once`, which works off `_ready`, until `_stopping`; a
handle has `_run`, `_context` and `_cancelled`. They are the same in 3.11 to 3.14; the loop's tests would say.
"""

from __future__ import annotations

import asyncio
import random
from asyncio import events
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar, copy_context
from heapq import heappop, heappush
from typing import Any

TURN_S = 2e-6
"""Virtual time one turn of the loop takes."""
TURNS_AT_A_TIME_MAX = 200_000
"""Turns in which the clock moves by `TURN_S` only: more than that is a busy loop."""


class SimulationError(RuntimeError):
    """The simulation cannot go on: a deadlock, or a loop that never rests. Always a bug, in what is simulated or in the simulation."""


class Dead(BaseException):
    """Unwinds the stack of an owner that died in the middle of a call (a power cut inside a write). Nobody should catch it."""


class Owner:
    """Whoever may die at once. `alive` turns False for ever."""

    __slots__ = ("alive", "name", "tasks")

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True
        self.tasks: list[asyncio.Task[Any]] = []

    def __repr__(self) -> str:
        return f"Owner({self.name}{'' if self.alive else ', dead'})"


OWNER: ContextVar[Owner | None] = ContextVar("ottla_sim_owner", default=None)


def context_of(owner: Owner | None) -> Context:
    """A fresh context in which everything belongs to `owner`."""
    context = copy_context()
    context.run(OWNER.set, owner)
    return context


class SimLoop(asyncio.BaseEventLoop):
    """Virtual time from 0.0 s. `rng` is the run's only source of chance; `net` (set by the world) answers `create_server` and friends."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self.rng = rng
        self.now = 0.0
        self.turns = 0
        self.turns_max = 20_000_000
        self.net: Any = None
        self._timers: list[tuple[float, int, events.TimerHandle]] = []
        self._order = 0
        self._resting = 0
        self.thread_slowness = 1.0
        """How many times longer a thread's work takes: a slow disk."""
        self._dead_tasks: list[asyncio.Task[Any]] = []

    # --- time ---------------------------------------------------------------------------------------------------------------

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        """One turn: moves the clock to the next timer where nothing is ready, then runs what is ready and due."""
        ready = self._ready  # type: ignore[attr-defined]
        timers = self._timers
        while timers and timers[0][2]._cancelled:
            heappop(timers)
        self.turns += 1
        if ready or self._stopping:  # type: ignore[attr-defined]
            self._resting += 1
            if self._resting > TURNS_AT_A_TIME_MAX:
                raise SimulationError(f"busy loop: {self._resting} turns without rest")
        elif timers:
            self._resting = 0
            self.now = max(self.now, timers[0][0])
        else:
            raise SimulationError("deadlock: nothing can ever run again")
        if self.turns > self.turns_max:
            raise SimulationError(f"no end in sight after {self.turns} turns")
        self.now += TURN_S
        while timers and timers[0][0] <= self.now:
            handle = heappop(timers)[2]
            if not handle._cancelled:
                ready.append(handle)
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass

    def _timer_handle_cancelled(self, handle: events.TimerHandle) -> None:
        pass

    # --- scheduling -----------------------------------------------------------------------------------------------------------

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> events.Handle:  # type: ignore[override]
        handle = events.Handle(callback, args, self, context)
        owner = OWNER.get() if context is None else context.get(OWNER)
        if owner is not None and not owner.alive:
            handle.cancel()
            return handle
        self._ready.append(handle)  # type: ignore[attr-defined]
        return handle

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> events.Handle:
        return self.call_soon(callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> events.TimerHandle:
        handle = events.TimerHandle(when, callback, args, self, context)
        owner = OWNER.get() if context is None else context.get(OWNER)
        if owner is not None and not owner.alive:
            handle.cancel()
            return handle
        self._order += 1
        heappush(self._timers, (when, self._order, handle))
        return handle

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> events.TimerHandle:
        return self.call_at(self.now + delay, callback, *args, context=context)

    def create_task(self, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> asyncio.Task[Any]:  # type: ignore[override]
        task = super().create_task(coro, **kwargs)
        context = kwargs.get("context")
        owner = OWNER.get() if context is None else context.get(OWNER)
        if owner is not None:
            if not owner.alive:
                self._dead_tasks.append(task)
                return task
            tasks = owner.tasks
            if len(tasks) >= 256:
                owner.tasks = tasks = [one for one in tasks if not one.done()]
            tasks.append(task)
        return task

    # --- threads --------------------------------------------------------------------------------------------------------------

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """A thread's work is one step at some moment; the loop hears of its end at a later one."""
        future = self.create_future()
        rng = self.rng

        def work() -> None:
            try:
                result, problem = func(*args), None
            except Exception as exc:  # noqa: BLE001 - whatever it is belongs to whoever waits
                result, problem = None, exc
            self.call_later(thread_latency(rng) * self.thread_slowness, tell, result, problem)

        def tell(result: Any, problem: Exception | None) -> None:
            if future.done():
                return
            if problem is None:
                future.set_result(result)
            else:
                future.set_exception(problem)

        self.call_later(thread_latency(rng) * self.thread_slowness, work)
        return future

    # --- the network ------------------------------------------------------------------------------------------------------------

    async def create_server(self, *args: Any, **kwargs: Any) -> Any:
        return await self.net.create_server(*args, **kwargs)

    async def create_connection(self, *args: Any, **kwargs: Any) -> Any:
        return await self.net.create_connection(*args, **kwargs)

    # --- death ------------------------------------------------------------------------------------------------------------------

    def kill(self, owner: Owner) -> None:
        """Forgets whatever an owner has planned. Its coroutines are closed by `bury`, once nothing of it is on the stack."""
        owner.alive = False
        for handle in (*self._ready, *(timer[2] for timer in self._timers)):  # type: ignore[attr-defined]
            context = handle._context
            if context is not None and context.get(OWNER) is owner:
                handle.cancel()
        self._dead_tasks += owner.tasks
        owner.tasks = []
        self.call_soon(self.bury, context=context_of(None))

    def bury(self) -> None:
        """Closes the coroutines of the dead. Their `finally` blocks run now, in a dead context, and reach nothing."""
        graves, self._dead_tasks = self._dead_tasks, []
        dead = Owner("dead")
        dead.alive = False
        context = context_of(dead)
        for task in graves:
            task._log_destroy_pending = False  # type: ignore[attr-defined]
            coroutine = task.get_coro()
            if task.done() or coroutine is None:
                continue
            try:
                context.run(coroutine.close)
            except (Dead, Exception):  # noqa: BLE001 - the dead may complain: nobody listens
                continue

    def forget_all(self) -> None:
        """Drops whatever is still planned: the run is over."""
        self._ready.clear()  # type: ignore[attr-defined]
        self._timers.clear()


def thread_latency(rng: random.Random) -> float:
    """Seconds until a thread gets its turn: mostly tens of microseconds, now and then milliseconds."""
    return rng.expovariate(1 / 5e-5) if rng.random() < 0.95 else rng.uniform(0.001, 0.02)
