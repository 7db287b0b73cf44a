"""Where a round's work is done: in a process of its own, or on a thread where a test (or a missing interpreter) wants that."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
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

LINE_MAX: Final = 1 << 20
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
    """A process per job: it starts in about 0.1 s, and gives the map's memory back by ending."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._stopped = False

    async def run(self, job: CleanJob, tell: Tell) -> None:
        """See Runner. Whatever goes wrong with the process is a Failed report, too."""
        try:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                _WORKER,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=_environment(),
                limit=LINE_MAX,
            )
        except OSError as problem:
            tell(Failed(f"cannot start the cleaner: {problem}", is_final=False))
            return
        if self._stopped:
            self.stop()
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        errors = asyncio.ensure_future(_tail(process.stderr))
        ended = False
        problem_text = ""
        try:
            process.stdin.write(encode_job(job))  # left open: its end is how the worker notices ours
            await process.stdin.drain()
            while not ended and (line := await process.stdout.readline()):
                report = decode_report(line)
                ended = not isinstance(report, CleanedGroup)
                tell(report)
        except (OSError, ValueError) as problem:
            problem_text = str(problem)
        finally:
            self._kill()
            code = await process.wait()
            self._process = None
            problem_text = problem_text or await errors
        if not ended:
            tell(Failed(problem_text.strip() or f"the cleaner ended with code {code}", is_final=False))

    def stop(self) -> None:
        self._stopped = True
        self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is not None and process.returncode is None:
            try:
                process.kill()
            except ProcessLookupError:
                return


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


async def _tail(stream: asyncio.StreamReader) -> str:
    """The end of what a process says on its way out."""
    kept = b""
    while part := await stream.read(STDERR_MAX):
        kept = (kept + part)[-STDERR_MAX:]
    return kept.decode(errors="replace")
