"""What all message classes share: equality, repr, and being a dataclass only when somebody asks.

Generated classes are written out (`__slots__`, `__init__`) instead of being decorated: `@dataclass(slots=True)` takes 300-700 us a
class when imported, this 20, and a broker has started before it would have built the classes it needs (tests/wire/bench_codec.py).
For `dataclasses.fields`, `replace` and `asdict` they are dataclasses all the same: `__dataclass_fields__` is made on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

if TYPE_CHECKING:
    from dataclasses import Field

NEW: Final[Any] = type("New", (), {"__repr__": lambda self: "<new each time>"})()
"""The default of parameters whose value is made per object (lists, structs)."""


class _Fields:
    """Computes `__dataclass_fields__` for the class it is read from, once."""

    def __get__(self, instance: object, owner: type[WireStruct]) -> dict[str, Field[Any]]:
        found = _FIELDS_OF.get(owner)
        if found is None:
            found = _FIELDS_OF[owner] = _dataclass_fields(owner)
        return found


_FIELDS_OF: Final[dict[type, dict[str, Field[Any]]]] = {}


def _dataclass_fields(owner: type[WireStruct]) -> dict[str, Field[Any]]:
    from dataclasses import field, fields, make_dataclass

    def default(name: str, value: Any) -> Any:
        if value is NEW:
            return field(default_factory=lambda: getattr(owner(), name))
        return value

    values = owner.__init__.__defaults__ or ()
    types = owner.__annotations__
    twin = make_dataclass(
        owner.__name__,
        [(name, types[name], default(name, value)) for name, value in zip(owner.__slots__, values, strict=True)],
    )
    return {one.name: one for one in fields(twin)}


class WireStruct:
    """A message or a struct within one: mutable, compared by value, built from keywords or in the table's order."""

    __slots__: tuple[str, ...] = ()
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _Fields()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # mutable

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"
