"""What the scheme of a term consists of: parts, items with their sources and rules, and the lines of each class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

SOURCES = (
    "rate",
    "numerator",
    "count",
    "share",
    "yes",
    "yescount",
    "any",
    "panel",
    "survey",
    "department",
    "quality",
    "group",
)
LINEAR, PEOPLE = "linear", "people"  # with `people` the people needed are rounded down (domain 4.3)
LINEAR_RULES = (LINEAR, PEOPLE)
RULES = (*LINEAR_RULES, "yes", "share", "scaled", "below", "from", "yes_deducts")
DEDUCTIONS = ("below", "from", "yes_deducts")
YEARS = ("both", "term")
HOLDERS = ("all", "titled", "untitled")
CHOSEN = ("low", "high", "points", "source")
PART_KINDS = ("base", "bonus", "deduction")
CLASSES = ("name", "keep", "rectify", "withdraw", "refuse")


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of a form: `F7`, `proposals`, `adopted`; the item is empty where the form has none."""

    form: str
    item: str
    measure: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the value of an item comes from.

    `rate` and `numerator`: an indicator, with a category where it has one. `count`, `yes`: one field of a form;
    `yescount`, `any`: several; `share`: the first field per the second. `panel`, `survey`, `department`: a code of
    the tables that people fill in. `quality`: a column of the table `quality`. `group`: the items whose codes begin
    so, as a share of their full points.
    """

    kind: str
    name: str = ""
    category: str = ""
    fields: tuple[FieldRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeItem:
    """One scored item.

    `linear` gives no points at `low` and all at `high` (lower is better when `high` < `low`); `yes` all for yes;
    `share` the value itself as a share of `full`; `scaled` the share of the items of its source. Deductions have
    full 0 and take `high` (below 0): `below` when the value is under `low`, `from` when it reaches `low`,
    `yes_deducts` for yes. `years`: `both` is scored in each year of the term, `term` once.

    `when_undefined`: `wait` (a person decides: no points yet, all possible), `zero`, `move:ITEM` (its points go to
    that item) or `panel:CODE` (the panel decides). `step_zh` and `step_en` say what one step more would be, with `{n}`
    for how many; empty where the unit cannot do it by a count of its own. `chosen` names what we chose because the
    design of the scheme gives none: `low`, `high`, `points` (how the points of an item are split) or `source`.
    """

    code: str
    part: str
    zh: str
    en: str
    seed: str
    full: float
    source: Source
    rule: str
    low: float | None
    high: float | None
    years: str
    when_undefined: str
    applies: str
    note: str
    step_zh: str = ""
    step_en: str = ""
    chosen: tuple[str, ...] = ()

    @property
    def is_linear(self) -> bool:
        """Whether its points lie on a line between floor and full mark."""
        return self.rule in LINEAR_RULES

    @property
    def least(self) -> float:
        """The fewest points it can bring: 0, or the deduction."""
        return float(self.high or 0.0) if self.rule in DEDUCTIONS else 0.0


@dataclass(frozen=True, slots=True)
class SchemePart:
    """A part of the scheme; `base` parts make 100 together, `bonus` and `deduction` come on top."""

    code: str
    kind: str
    zh: str
    en: str
    full: float


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of entry: in the last year the value of `source` is at least `least`, for the units that it applies to."""

    code: str
    source: Source
    least: float
    applies: str


@dataclass(frozen=True, slots=True)
class Band:
    """The class of a total from `lowest` on and below `below` (null: no end), for a level and `new` or `titled`."""

    level: str
    holder: str
    result: str
    lowest: float
    below: float | None


@dataclass(frozen=True, slots=True)
class Term:
    """What holds for one term: its years with their weights, the best units, and how uncertainty is simulated.

    `levels` are those of a title from the highest down, `named_here` those that the city itself names. A unit whose
    title was withdrawn may not apply for `withdrawn_ban_years`. The simulation begins with `draws` and doubles them up to
    `draws_most` (0: never) until it has converged. For entry: `all_forms` asks for the forms of each year, `lower_title`
    for the title of the level below. The panel gives points in steps of `panel_step`. `held_by` is the last day on which
    the meeting may be: nothing said after it counts. `organisers` are units of the register that run the assessment and
    are in it.
    """

    number: int
    years: tuple[int, ...]
    year_weights: tuple[float, ...]
    assessed_in: int
    version: str
    levels: tuple[str, ...]
    named_here: tuple[str, ...]
    least_age_years: int
    top_share: float
    top_from: float
    draws: int
    weight_noise: float
    seed: int
    borderline: float
    median_min_units: int
    withdrawn_ban_years: int = 0
    draws_most: int = 0
    all_forms: bool = True
    lower_title: bool = True
    panel_step: float = 0.05
    held_by: dt.date = dt.date.max
    organisers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """The whole scheme of a term, found sound. Parts and items stand in the order of the files."""

    term: Term
    parts: tuple[SchemePart, ...]
    items: tuple[SchemeItem, ...]
    bands: tuple[Band, ...]
    conditions: tuple[Condition, ...] = ()

    def items_for(self, titled: bool) -> tuple[SchemeItem, ...]:
        """The items that a unit with or without a title is scored on."""
        other = "untitled" if titled else "titled"
        return tuple(item for item in self.items if item.applies != other)

    def conditions_for(self, titled: bool) -> tuple[Condition, ...]:
        """The conditions of entry that a unit with or without a title must meet."""
        other = "untitled" if titled else "titled"
        return tuple(condition for condition in self.conditions if condition.applies != other)

    def part_kind(self, code: str) -> str:
        """`base`, `bonus` or `deduction`."""
        kinds: Mapping[str, str] = {part.code: part.kind for part in self.parts}
        return kinds[code]

    def bands_of(self, level: str, holder: str) -> tuple[Band, ...]:
        """The classes of a level for `new` or `titled` units, from the lowest up. Raises KeyError where it has none."""
        own = [band for band in self.bands if (band.level, band.holder) == (level, holder)]
        if not own:
            raise KeyError(f"levels.csv has no line for {level}, {holder}")
        return tuple(sorted(own, key=lambda band: band.lowest))
