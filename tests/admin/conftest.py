"""Makes `tests.admin.fakes` importable and hands out laboratories."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.admin.fakes import Lab  # noqa: E402


@pytest.fixture
def lab() -> Lab:
    return Lab()


@pytest.fixture
def lab_with() -> Callable[..., Lab]:
    """`lab_with(num__partitions="3")`: settings with their dots doubled to underscores."""
    return Lab
