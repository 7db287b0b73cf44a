"""`python -m tests.guards`: what a request of every hot path costs in instructions, beside its bound.

python -m tests.guards --update     make what is counted now, and 4 %, the bounds of this Python version
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from guards.bounds import FILE, count, keep, kept, version
from guards.paths import PATHS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.guards")
    parser.add_argument("--update", action="store_true", help="rewrite the bounds of this Python version")
    parser.add_argument("--json", action="store_true", help="print the counts for a program, and compare nothing")
    options = parser.parse_args()
    if options.json:
        print(json.dumps(count()))
        return 0
    bounds = kept().get(version(), {})
    counted = count()
    over = False
    print(f"{version():20} {'instructions':>12} {'bound':>9} {'C calls':>9} {'bound':>9}")
    for path in PATHS:
        line = f"{path.name:20}"
        for field in ("instructions", "c_calls"):
            most = bounds.get(path.name, {}).get(field)
            line += f" {counted[path.name][field]:>{12 if field == 'instructions' else 9}.1f} {most or '-':>9}"
            over |= most is not None and counted[path.name][field] > most
        print(f"{line}  {path.what}")
    if options.update:
        keep(counted)
        print(f"written: {FILE.name}")
        return 0
    if over:
        print("over its bound: see docs/bench.md, Guards")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
