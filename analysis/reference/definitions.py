"""How each indicator is computed, as data: a line of `definitions.csv` -> one side of a definition.

The vocabulary. `source` is a table of `data/clean/` (`units` are the figures of F1, `participation` those of F3),
`threshold` or a table of our own; `operation` what is done with its lines, `filters` which lines, joined by `and`:

    rect_status in not_started;in_progress and due_date <= year_end

`filled`: something stands there (a yes-or-no field: it says yes). `year_start` and `year_end` are 1 January and 31
December of the report year. A side with an operation of `SPECIAL` is computed by a function of that name; its columns
say what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.reference.rows import Row

SOURCES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "units": ("F1", ("main",)),
    "activities": ("F2", ("list",)),
    "participation": ("F3", ("offices",)),
    "training": ("F4", ("subjects", "special", "learning_organ")),
    "pairings": ("F5", ("list",)),
    "rectifications": ("F6", ("list",)),
    "institutions": ("F7", ("institutions",)),
    "targets": ("F7", ("targets",)),
    "exemplars": ("F8", ("list",)),
}
"""Table -> form and blocks."""
ONE_FIGURE = ("units", "participation", "training", "institutions")
"""Sources whose lines the form prints: a unit has one figure for each item and measure."""
OWN = ("threshold", "submissions")
"""Sources that no cell of a return stands behind."""
ROLES: Mapping[str, str] = {"units": "", "participation": "category", "training": "item", "institutions": "item"}
"""What names the line of a source with printed lines."""
AMONG = "among"
"""How many people of the denominator are among those counted, when nobody said who they are: mostly an interval."""
PLAIN = ("sum", "sum_of_min", "sum_of_product", "union", AMONG, "count", "count_distinct", "constant")
SPECIAL = ("breadth", "continuity", "pairing", "on_time", "quality")
HEADCOUNT = "hc_end"
EACH = "each"
ROW_CATEGORY = "row_category"
ROW_DENOMINATOR = "row_denominator"
DAYS = ("year_start", "year_end")
_CONDITION = re.compile(r"(\w+) (?:(filled)|(=|!=|<=|>=|<|>|in) (\S+))")


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter: `column` `op` any of `values`. `filled` has none; the other ops but `in` have one."""

    column: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a definition.

    `total` is the item that says the same of all lines at once: the distinct count of a union, or the sum where the
    lines themselves were left blank. `divided_by` divides each product.
    """

    source: str
    operation: str
    columns: tuple[str, ...] = ()
    divided_by: str = ""
    conditions: tuple[Condition, ...] = ()
    total: str = ""

    @property
    def is_special(self) -> bool:
        return self.operation in SPECIAL


@dataclass(frozen=True, slots=True)
class Definition:
    """Numerator and denominator of an indicator; a count has no denominator.

    `category` is `each` for one row per category of the moral practice, else the category of the row, empty for
    none. `groups_only`: no row of a single unit is made. `least` names the threshold below which the denominator gives
    no rate, empty for none.
    """

    indicator: str
    category: str
    groups_only: bool
    numerator: Side
    denominator: Side | None = None
    least: str = ""

    @property
    def is_special(self) -> bool:
        return self.numerator.is_special


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of a filter; empty for an empty text.

    Raises:
        ValueError: with the part that is no condition.
    """
    found = []
    for part in filter(None, text.split(" and ")):
        match = _CONDITION.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        column, filled, op, values = match.groups()
        found.append(Condition(column, filled or op, tuple(values.split(";")) if values else ()))
    return tuple(found)


def build_side(row: Row) -> Side:
    """One line of `definitions.csv`."""
    return Side(
        row.text("source"),
        row.text("operation"),
        row.items("column"),
        row.text("divided_by"),
        parse_conditions(row.text("filters")),
        row.text("total"),
    )


def build_definitions(rows: Iterable[Row]) -> Mapping[str, tuple[Definition, ...]]:
    """The definitions by indicator, in the order of the file."""
    sides: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        sides.setdefault((row.text("indicator"), row.text("category")), {})[row.text("part")] = row
    found: dict[str, tuple[Definition, ...]] = {}
    for (indicator, category), parts in sides.items():
        base = parts.get("denominator")
        definition = Definition(
            indicator,
            category,
            parts["numerator"].text("shown") == "groups",
            build_side(parts["numerator"]),
            build_side(base) if base else None,
            parts["numerator"].text("least"),
        )
        found[indicator] = (*found.get(indicator, ()), definition)
    return found
