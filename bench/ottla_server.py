"""One Ottla broker as a process of its own (`ottla start`), for the bench and for tests that stop, kill or adopt.

    with OttlaServer() as ottla:
        print(ottla.bootstrap, ottla.pid)

The same shape as `bench.kafka_server.KafkaServer`, so that one caller can drive either.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bench import leavings, toolbox
from bench.kafka_server import answers_api_versions

START_LIMIT_S = 30.0
STOP_LIMIT_S = 30.0


def command() -> list[str]:
    """How this environment starts `ottla`: its console script, or the function behind it."""
    script = Path(sysconfig.get_path("scripts")) / "ottla"
    if script.exists():
        return [sys.executable, str(script)]
    return [sys.executable, "-c", "import sys; from ottla.cli import main; sys.exit(main())"]


class OttlaServer:
    """A context manager around one `ottla start`.

    `folder`: where its data and its log live (default: a temporary folder, removed at the end). `data`: the data directory,
    when it is not `folder/data`. `settings`: broker keys, given with `--set`.
    """

    def __init__(
        self, folder: Path | None = None, settings: Mapping[str, str] | None = None, *, data: Path | None = None
    ) -> None:
        self.start_limit_s = START_LIMIT_S
        self._own_folder = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="ottla-")) if folder is None else folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = data or self.folder / "data"
        self.settings = {"group.initial.rebalance.delay.ms": "0", **(settings or {})}
        self.port = toolbox.free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        assert self.process is not None, "not started"
        return self.process.pid

    @property
    def log_dir(self) -> Path:
        """The directory with `<topic>-<partition>` folders: the data directory itself or one folder below it."""
        for candidate in [self.data, *sorted(path for path in self.data.glob("*") if path.is_dir())]:
            if any(candidate.glob("*-[0-9]*/*.log")):
                return candidate
        return self.data

    def arguments(self) -> list[str]:
        chosen = [f"--set={key}={value}" for key, value in self.settings.items()]
        return [*command(), "start", "--listen", self.bootstrap, "--data", str(self.data), *chosen]

    def start(self) -> OttlaServer:
        """Starts the process and waits until it answers ApiVersions."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                self.arguments(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        deadline = time.monotonic() + self.start_limit_s
        while not answers_api_versions("127.0.0.1", self.port):
            if self.process.poll() is not None:
                raise toolbox.Unavailable(f"`ottla start` ended with {self.process.returncode}: {self.log_tail()}")
            if time.monotonic() > deadline:
                self.kill()
                raise toolbox.Unavailable(f"Ottla did not answer within {self.start_limit_s:.0f} s: {self.log_tail()}")
            time.sleep(0.01)
        return self

    def log_tail(self, size: int = 3000) -> str:
        return self.log_file.read_text(errors="replace")[-size:] if self.log_file.exists() else ""

    def stop(self) -> int | None:
        """SIGTERM and wait; a process that does not end is killed. Returns its exit status."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        try:
            status: int | None = self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            status = None
            self.kill()
        self.process = None
        return status

    def kill(self) -> None:
        """SIGKILL: what a power switch does to a process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def __enter__(self) -> OttlaServer:
        try:
            return self.start()
        except BaseException:
            self._clean()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._clean()

    def _clean(self) -> None:
        if self._own_folder:
            leavings.remove(self.folder)
