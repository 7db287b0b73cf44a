"""The features of this cluster, as ApiVersions reports them: what the code supports, and what was finalized in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from ottla.catalogue.model import Catalogue, Change, PutFeature
from ottla.rules.features import FRESH, SUPPORTED

EPOCH = "finalized-features-epoch"
"""Kept among the features; no feature can be called so."""


def supported_features() -> list[tuple[str, int, int]]:
    """(name, lowest level, highest level), by name. One whose lowest is 0 may only be told in ApiVersions 4 and later (KAFKA-17011)."""
    return [(name, low, high) for name, (low, high) in sorted(SUPPORTED.items())]


def finalized_levels(catalogue: Catalogue) -> dict[str, int]:
    """The level of every feature that is on. One the code no longer knows is left out: nobody could keep to it."""
    return {name: level for name, level in {**FRESH, **catalogue.features}.items() if name in SUPPORTED and level > 0}


def finalized_features(catalogue: Catalogue) -> list[tuple[str, int]]:
    """(name, level) of every feature that is on, by name."""
    return sorted(finalized_levels(catalogue).items())


def epoch(catalogue: Catalogue) -> int:
    """A number that rises with every change of a finalized level: clients believe the highest they have seen."""
    return catalogue.features.get(EPOCH, 0) + 1


def changes(catalogue: Catalogue, levels: Iterable[tuple[str, int]]) -> list[Change]:
    """What finalizes these levels; nothing for none."""
    found: list[Change] = [PutFeature(name, level) for name, level in levels]
    return [*found, PutFeature(EPOCH, epoch(catalogue))] if found else []
