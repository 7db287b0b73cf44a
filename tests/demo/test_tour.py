"""docs/tour.md says only what works: its shell commands are run as they stand, its Python too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from ottla.testing import EmbeddedBroker

ROOT = Path(__file__).resolve().parents[2]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / "tour.md").read_text(), re.DOTALL)


def test_the_commands_of_the_tour(ottla_broker: EmbeddedBroker, tmp_path: Path) -> None:
    environ = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "OTTLA_BOOTSTRAP": ottla_broker.bootstrap,
    }

    def shell(command: str, text: str | None = None) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            input=text,
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    shell("ottla topic create flights --partitions 6 -c retention.ms=-1")
    rows = "".join(f'{{"key":"EWR","value":{{"n":{n}}},"timestamp":{1372896000000 + n * 1000}}}\n' for n in range(1200))
    shell("ottla produce flights --json", rows)

    said = [
        shell(line)
        for block in blocks("sh")
        for line in block.splitlines()
        if not line.startswith(("export ", "ottla start "))
    ]
    assert len(said) == 11
    assert sorted(said[4].splitlines()) == ["alice\thello", "bob\thi there"]
    assert said[6].split()[-1] == "200"


def test_the_python_of_the_tour(tmp_path: Path) -> None:
    [code] = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert re.fullmatch(r"127\.0\.0\.1:\d+\n", done.stdout)
