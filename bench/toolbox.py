"""Where foreign tools come from, for the bench and for the tests in `tests/foreign`: resolved once, kept in the user's cache.

Nothing here is part of the product. A tool that is absent, or a registry that cannot be reached, raises `Unavailable` with a
sentence a user can act on; the callers turn it into a skip, a failure or an exit.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = ROOT / "tests" / "foreign"
JDK_MIN = 17
NODE_MIN = 18


class Unavailable(Exception):
    """A tool this machine lacks, or one that could not be made ready. The message is one sentence for a person."""


def cache_dir() -> Path:
    """The folder that keeps class paths, built binaries and node modules between runs (`OTTLA_TEST_CACHE` overrides)."""
    base = os.environ.get("OTTLA_TEST_CACHE")
    if base:
        path = Path(base)
    else:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ottla-tests"
    path.mkdir(parents=True, exist_ok=True)
    return path


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def free_ports(count: int) -> list[int]:
    """`count` different free TCP ports of 127.0.0.1."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _digest(paths: Iterable[Path], salt: str = "") -> str:
    seen = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def _run(argv: list[str], cwd: Path, limit_s: float, what: str, env: Mapping[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            argv,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{what} did not end within {limit_s:.0f} s") from None
    if done.returncode != 0:
        tail = " | ".join((done.stdout + done.stderr).strip().splitlines()[-4:])
        raise Unavailable(f"{what} failed: {tail[:600]}")
    return done.stdout


def _major(argv: list[str], pattern: str) -> int:
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(pattern, done.stdout + done.stderr)
    return int(found[1]) if found else 0


def java() -> str:
    """Path of a Java 17+ launcher."""
    home = os.environ.get("JAVA_HOME")
    path = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not path or not Path(path).exists():
        raise Unavailable(f"no `java` on PATH: install a JDK {JDK_MIN} or newer to run this")
    if _major([path, "-version"], r'version "(\d+)') < JDK_MIN:
        raise Unavailable(f"{path} is older than Java {JDK_MIN}")
    return path


def java_class_path(project: str = "java") -> str:
    """The class path of `tests/foreign/<project>/pom.xml`; Maven resolves it once.

    `java`: Apache Kafka 4.3.1's server, clients and tools. `streams`: Kafka Streams with its system-test programs.
    """
    java()
    pom = FOREIGN / project / "pom.xml"
    kept = cache_dir() / f"{project}-{_digest([pom])}.classpath"
    if kept.exists():
        text = kept.read_text()
        if all(Path(jar).exists() for jar in text.split(os.pathsep)):
            return text
    maven = shutil.which("mvn")
    if not maven:
        raise Unavailable("no `mvn` on PATH: install Maven to fetch Apache Kafka's tools")
    with tempfile.TemporaryDirectory(dir=cache_dir()) as work:
        out = Path(work) / "cp"
        goal = [maven, "-q", "-B", "-f", str(pom), "dependency:build-classpath"]
        _run([*goal, f"-Dmdep.outputFile={out}", "-Dmdep.includeScope=runtime"], Path(work), 600, "Maven")
        text = out.read_text().strip()
    fresh = kept.with_suffix(f".{os.getpid()}")
    fresh.write_text(text)
    fresh.replace(kept)
    return text


def java_classes() -> str:
    """Class path with our own Java programs (`tests/foreign/java/*.java`) compiled in front of Kafka's."""
    class_path = java_class_path()
    sources = sorted((FOREIGN / "java").glob("*.java"))
    kept = cache_dir() / f"java-{_digest(sources, class_path)}.classes"
    if not kept.exists():
        compiler = Path(java()).resolve().parent / "javac"
        found = str(compiler) if compiler.exists() else shutil.which("javac")
        if not found:
            raise Unavailable("no `javac` beside `java`: a JDK is needed, not only a runtime")
        fresh = Path(tempfile.mkdtemp(dir=cache_dir()))
        argv = [found, "-nowarn", "-proc:none", "-d", str(fresh), "-cp", class_path, *map(str, sources)]
        _run(argv, FOREIGN, 300, "javac")
        _settle(fresh, kept)
    return f"{kept}{os.pathsep}{class_path}"


def go_program() -> Path:
    """The built franz-go scenario (`tests/foreign/go`)."""
    sources = [path for path in (FOREIGN / "go").iterdir() if path.suffix in {".go", ".mod", ".sum"}]
    kept = cache_dir() / f"go-{_digest(sources)}" / "scenario"
    if not kept.exists():
        go = shutil.which("go")
        if not go:
            raise Unavailable("no `go` on PATH: install Go to run the franz-go scenario")
        fresh = Path(tempfile.mkdtemp(dir=cache_dir()))
        # A copy, so that a build never writes into the project (`go` may want to touch go.sum).
        work = fresh / "src"
        work.mkdir()
        for path in sources:
            shutil.copy(path, work)
        _run([go, "build", "-o", str(fresh / "scenario"), "."], work, 900, "go build", {"GOFLAGS": "-mod=mod"})
        _settle(fresh, kept.parent)
    return kept


def node() -> str:
    """Path of a Node.js launcher."""
    path = shutil.which("node")
    if not path:
        raise Unavailable("no `node` on PATH: install Node.js to run the kafkajs scenario")
    if _major([path, "--version"], r"v(\d+)") < NODE_MIN:
        raise Unavailable(f"{path} is older than Node.js {NODE_MIN}")
    return path


def node_project() -> Path:
    """A folder with `tests/foreign/node` and its modules installed."""
    node()
    sources = [path for path in (FOREIGN / "node").iterdir() if path.suffix in {".js", ".json"}]
    kept = cache_dir() / f"node-{_digest(sources)}"
    if not kept.exists():
        npm = shutil.which("npm")
        if not npm:
            raise Unavailable("no `npm` on PATH: install it to fetch kafkajs")
        fresh = Path(tempfile.mkdtemp(dir=cache_dir()))
        for path in sources:
            shutil.copy(path, fresh)
        _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], fresh, 300, "npm ci")
        _settle(fresh, kept)
    return kept


def _settle(fresh: Path, kept: Path) -> None:
    """Puts a finished folder in its place; when another process was first, its work is as good as ours."""
    try:
        fresh.rename(kept)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not kept.exists():
            raise
