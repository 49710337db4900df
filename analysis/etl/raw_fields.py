"""What a block of a form gives before anybody asks what it means: raw fields with their addresses, roles, notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis.records import Cell, Role, Treatment
from analysis.reference.types import FieldDef

NUMBER_TYPES = frozenset({"count", "number", "hours", "amount", "ml"})
Place = tuple[int, int]
Roles = dict[Place, tuple[Role, str | None]]
Factor = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the layout that a person must know. `place` is None when it concerns the sheet."""

    rule: str
    case: str
    treatment: Treatment
    place: Place | None
    field: str = ""
    raw: str = ""
    detail: str = ""
    field_zh: str = ""


@dataclass(frozen=True, slots=True)
class RawField:
    """One field of one line with the cell that holds it; `cell` is None when the place is blank."""

    field: FieldDef
    row: int
    place: Place
    cell: Cell | None
    forced: tuple[str, str] | None = None
    filled: bool = False
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Extract:
    """What a block gives: its raw fields, the roles of its cells and what is to be said about its layout."""

    fields: tuple[RawField, ...]
    roles: Roles
    notices: tuple[Notice, ...]
    totals: tuple[RawField, ...] = ()
    first_cells: Mapping[int, str] = field(default_factory=dict)
