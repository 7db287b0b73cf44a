"""Where a round's work is done: in a process of its own, or on a thread where a test (or a missing interpreter) wants that."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import ottla
from ottla.storage.local.compaction.job import (
    CleanedGroup,
    CleanJob,
    Failed,
    Report,
    Stopped,
    Uncleanable,
    decode_report,
    encode_job,
)
from ottla.storage.local.compaction.work import clean
from ottla.storage.local.disk import Disk

STDERR_MAX: Final = 4096
_WORKER = "ottla.storage.local.compaction.worker"

Tell = Callable[[Report], None]
OnThread = Callable[[Callable[[], Report]], Awaitable[Report]]


class Runner(Protocol):
    """Does one job at a time. `tell` is called on the loop, for groups and then once with how it ended."""

    async def run(self, job: CleanJob, tell: Tell) -> None: ...

    def stop(self) -> None:
        """Has `run` end soon, with a Failed report."""
        ...


class ProcessRunner:
    """A process per job: it starts in about 0.1 s, and gives the map's memory back by ending.

    A thread starts it and listens to it. Not the loop, because uvloop forks: with 1.5 GB in use that stood still for 300 ms, while
    `subprocess` uses vfork (1.5 ms).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    async def run(self, job: CleanJob, tell: Tell) -> None:
        """See Runner. Whatever goes wrong with the process is a Failed report, too."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[Report] = loop.create_future()

        def on_loop(what: Callable[[Report], None], report: Report) -> None:
            try:
                loop.call_soon_threadsafe(what, report)
            except RuntimeError:  # the loop is closed: nobody is left to be told
                self.stop()

        def work() -> None:
            on_loop(ended.set_result, self._talk(encode_job(job), partial(on_loop, tell)))

        threading.Thread(target=work, name="ottla-cleaner", daemon=True).start()
        tell(await asyncio.shield(ended))

    def _talk(self, job: bytes, say: Callable[[Report], None]) -> Report:
        """On the thread: hands the job over and passes groups on; how it ended."""
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
            )
        except OSError as problem:
            return Failed(f"cannot start the cleaner: {problem}", is_final=False)
        with process:
            with self._lock:
                self._process = process
                if self._stopped:
                    process.kill()
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            try:
                process.stdin.write(job)  # left open: its end is how the worker notices ours
                process.stdin.flush()
                for line in process.stdout:
                    report = decode_report(line)
                    if not isinstance(report, CleanedGroup):
                        return report
                    say(report)
                problem_text = process.stderr.read().decode(errors="replace").strip()[-STDERR_MAX:]
            except (OSError, ValueError) as problem:
                problem_text = str(problem)
            finally:
                process.kill()
                with self._lock:
                    self._process = None
                try:
                    process.stdin.close()
                except BrokenPipeError:
                    pass  # it went away before it read its job
        return Failed(problem_text or f"the cleaner ended with code {process.returncode}", is_final=False)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()


class ThreadRunner:
    """The same on a thread of the engine's pool, with a given disk. Long rounds hold up the loop: see the figures above."""

    def __init__(self, disk: Disk, on_thread: OnThread) -> None:
        self._disk = disk
        self._on_thread = on_thread
        self._stopped = False

    async def run(self, job: CleanJob, tell: Tell) -> None:
        """See Runner."""
        loop = asyncio.get_running_loop()

        def check() -> None:
            if self._stopped:
                raise Stopped

        def say(group: CleanedGroup) -> None:
            loop.call_soon_threadsafe(tell, group)

        def work() -> Report:
            try:
                return clean(self._disk, job, say, check)
            except Uncleanable as problem:
                return Failed(str(problem), is_final=True)
            except OSError as problem:
                return Failed(str(problem), is_final=False)
            except Stopped:
                return Failed("stopped", is_final=False)

        tell(await self._on_thread(work))

    def stop(self) -> None:
        self._stopped = True


def runner_for(disk: Disk, on_thread: OnThread) -> Runner:
    """A process for the machine's own files; a thread for a disk that is something else, as in tests."""
    if type(disk) is Disk and sys.executable:
        return ProcessRunner()
    return ThreadRunner(disk, on_thread)


def _environment() -> dict[str, str]:
    """The worker must find the same package, and its hash must have a key nobody knows."""
    home = str(Path(ottla.__file__).parent.parent)
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "PYTHONHASHSEED": "random"}
