"""The features of this cluster, as ApiVersions reports them: what the code supports, and what was finalized in the catalogue."""

from __future__ import annotations

from ottla.catalogue.model import Catalogue
from ottla.rules.features import FRESH, SUPPORTED


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
    """A number that rises whenever a finalized level does. Levels only rise here, so their sum will do."""
    return sum(finalized_levels(catalogue).values())
