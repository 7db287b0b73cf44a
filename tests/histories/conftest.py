"""Puts the project's root on the path: these tests use the servers of `bench` and the clients of `tests/durability`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
