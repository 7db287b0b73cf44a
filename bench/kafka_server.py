"""One Apache Kafka 4.3.1 node (KRaft, broker and controller in one process) on free ports of 127.0.0.1.

Used as the peer of the bench and by tests that need files or answers made by Kafka itself:

    with KafkaServer() as kafka:
        print(kafka.bootstrap, kafka.pid)
"""

from __future__ import annotations

import base64
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bench import leavings, toolbox

HEAP_MB = 1024
START_LIMIT_S = 60.0
STOP_LIMIT_S = 60.0

# A properties file, because Kafka's log4j binding wants no further dependency for it.
_LOG4J = """\
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %m (%c)%n
rootLogger.level = WARN
rootLogger.appenderRef.console.ref = console
"""


class KafkaServer:
    """A context manager around one Kafka process.

    `folder`: where its configuration, log and data live (default: a temporary folder, removed at the end).
    `settings`: broker properties on top of the single-node ones. `port`: the client listener's (default: a free one).
    After a stop the same object can be started again on the same data.
    """

    def __init__(
        self, folder: Path | None = None, settings: Mapping[str, str] | None = None, *, heap_mb: int = HEAP_MB
    ) -> None:
        self.start_limit_s = START_LIMIT_S
        self._own_folder = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="kafka-")) if folder is None else folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings = dict(settings or {})
        self.heap_mb = heap_mb
        self.port, self._controller_port = toolbox.free_ports(2)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log_dir(self) -> Path:
        """The directory with `<topic>-<partition>` folders."""
        return self.folder / "data"

    @property
    def log_file(self) -> Path:
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        assert self.process is not None, "not started"
        return self.process.pid

    def properties(self) -> dict[str, str]:
        own = f"127.0.0.1:{self.port}"
        controller = f"127.0.0.1:{self._controller_port}"
        base = {
            "process.roles": "broker,controller",
            "node.id": "0",
            "controller.quorum.voters": f"0@{controller}",
            "listeners": f"PLAINTEXT://{own},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{own}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs": str(self.log_dir),
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
        }
        return base | self.settings

    def _java(self, main: str, *arguments: str) -> list[str]:
        log4j = self.folder / "log4j2.properties"
        log4j.write_text(_LOG4J)
        return [
            toolbox.java(),
            f"-Xmx{self.heap_mb}m",
            f"-Xms{self.heap_mb}m",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            f"-Dlog4j2.configurationFile={log4j}",
            f"-Dkafka.logs.dir={self.folder}",
            "-cp",
            toolbox.java_class_path(),
            main,
            *arguments,
        ]

    def start(self) -> KafkaServer:
        """Formats the data directory when it is new, starts the process and waits until it answers."""
        properties = self.folder / "server.properties"
        properties.write_text("".join(f"{key}={value}\n" for key, value in self.properties().items()))
        if not (self.log_dir / "meta.properties").exists():
            # The bit keeps the text from starting with a dash, which the tool would take for an option.
            raw = uuid.uuid4().bytes
            cluster = base64.urlsafe_b64encode(bytes([raw[0] & 0x7F]) + raw[1:]).decode().rstrip("=")
            argv = self._java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(properties))
            done = subprocess.run(argv, capture_output=True, text=True, timeout=START_LIMIT_S, check=False)
            if done.returncode != 0:
                raise toolbox.Unavailable(f"Kafka's storage format failed: {(done.stdout + done.stderr)[-600:]}")
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                self._java("kafka.Kafka", str(properties)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_it_answers()
        return self

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + self.start_limit_s
        while True:
            assert self.process is not None
            if self.process.poll() is not None:
                raise toolbox.Unavailable(f"Kafka ended with {self.process.returncode}: {self.log_tail()}")
            if answers_api_versions("127.0.0.1", self.port):
                return
            if time.monotonic() > deadline:
                self.kill()
                raise toolbox.Unavailable(f"Kafka did not answer within {self.start_limit_s:.0f} s: {self.log_tail()}")
            time.sleep(0.02)

    def log_tail(self, size: int = 1500) -> str:
        return self.log_file.read_text(errors="replace")[-size:] if self.log_file.exists() else ""

    def stop(self) -> None:
        """A controlled shutdown (SIGTERM); a process that does not end is killed."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def __enter__(self) -> KafkaServer:
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


def answers_api_versions(host: str, port: int, limit_s: float = 2.0) -> bool:
    """Whether a Kafka-speaking server answers ApiVersions v0 there: a listening port alone says little."""
    request = b"\x00\x12\x00\x00\x00\x00\x00\x07\xff\xff"  # key 18, version 0, correlation id 7, null client id
    try:
        with socket.create_connection((host, port), limit_s) as link:
            link.sendall(len(request).to_bytes(4, "big") + request)
            head = b""
            while len(head) < 10:
                more = link.recv(10 - len(head))
                if not more:
                    return False
                head += more
    except OSError:
        return False
    return head[4:8] == b"\x00\x00\x00\x07" and head[8:10] == b"\x00\x00"
