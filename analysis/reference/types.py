"""What the reference data of a year consist of: one frozen record per kind of line.

Names of units, categories, thresholds and words are never in code; they arrive here from `data/reference/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from analysis.records import Treatment

AliasKind: TypeAlias = Literal["alias", "slip", "ambiguous", "query"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a code is called in front of people."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class City:
    """The city of the register; `fictitious` has to be said on every page that shows its figures."""

    zh: str
    en: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the register: an organ in one period of validity (both days included, None = open).

    The figures are those of the register, not of the return. `title_level` and `kind` are our codes,
    `lead_of` the categories that the unit runs for the city and in which it is not compared.
    """

    code: str
    official_name: str
    short_name: str
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]
    kind: str
    role_note: str
    headcount: int
    party_members: int
    offices: int
    title_level: str
    title_term: str
    women: int
    age_18_55: int
    league: int
    union_members: int
    party_branches: int
    size_band: str
    peer_group: str
    lead_of: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit that followed another: `share` of the predecessor's people went to the successor on `valid_from`."""

    predecessor: str
    successor: str
    valid_from: dt.date
    share: float


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A unit that is not compared with its peers in a category (empty text: in none), and why."""

    unit_code: str
    category: str
    why: str


@dataclass(frozen=True, slots=True)
class FieldDef:
    """One field of a form as issued: a line of `forms.csv`. `codes` maps our code of a list to its printed word."""

    form: str
    block: str
    address: str
    header_group_zh: str
    header_zh: str
    item: str
    measure: str
    type: str
    measure_unit: str
    codes: Mapping[str, str]
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Category:
    """One programme of the moral practice.

    `denominator` names the headcount its rate divides by, `second_denominators` further ones of interest;
    `band_low` and `band_high` (fractions, None = no band) are what is plausible, `zero_usual` that doing nothing is.
    `nature` is any of service, giving, blood, professional, any.
    """

    code: str
    zh: str
    en: str
    traditional: str
    nature: tuple[str, ...]
    denominator: str
    second_denominators: tuple[str, ...]
    band_low: float | None
    band_high: float | None
    zero_usual: bool
    scored: bool
    ranked: bool
    counts_in_breadth: bool

    def outside_band(self, rate: float) -> bool:
        """Whether a rate is not plausible for an organ (G13).

        Doing nothing is plausible where that is usual; a rate above 1 speaks of staff who left, not of the band.
        """
        if self.band_low is None or self.band_high is None or rate > 1 or (rate == 0 and self.zero_usual):
            return False
        return not self.band_low <= rate <= self.band_high


@dataclass(frozen=True, slots=True)
class CategoryAlias:
    """One way of writing a category.

    `alias` and `slip` name one code; `query` names the likely code but the unit is asked; `ambiguous` may be any of
    `codes`. A word with `whole` set counts only as the whole cell, never as a part of a longer text.
    """

    word: str
    kind: AliasKind
    codes: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """The definition of one indicator, with who answers for it.

    `share_of_people` says that the small-number rules hold; `computed` that this version computes it;
    `ranked` that units may be compared and classed by it.
    """

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str
    exclusions: str
    unit: str
    direction: str
    undefined_when: str
    gates: tuple[str, ...]
    share_of_people: bool
    ranked: bool
    scored: bool
    computed: bool
    why: str
    source: str
    written_by: str
    checked_by: str
    review_by: dt.date


@dataclass(frozen=True, slots=True)
class Protection:
    """How a figure is protected outside the office: of what kind it is, and which of its totals reports may show.

    Totals: of the `city`, of each peer `group`, of the `peers` compared, of the `panel` of units present in two years.
    """

    kind: str
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done and said when a rule of the mess (M) or a gate (G) applies; `case` is empty for the default.

    The messages are templates with {raw}, {read_as}, {field} and {detail}.
    """

    rule: str
    case: str
    treatment: Treatment
    name_zh: str
    name_en: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """One way of writing a unit of measure: a value written with it times `factor` is in `measure_unit`."""

    measure_unit: str
    written: str
    factor: float


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A group of units that are compared with each other; `code` is PG1, PG2 and so on, in order."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit, in protocol order."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's answer about one cell, line, sheet or file of a return: a line of `corrections.csv`.

    `cell` is empty when it is about a sheet or a file; then `query_id` says which question it answers. `expected` is
    the text that stood in the cell when the answer was written, empty for a blank. `field` (`item.measure`) is given
    where one cell holds several facts.
    """

    line: int
    file: str
    sheet: str
    cell: str
    expected: str
    action: str
    new_value: str
    field: str
    query_id: str
    reason: str
    told_on: dt.date
    by_whom: str
