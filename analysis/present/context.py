"""What every chart of a year says around its finding: the words, and the foot with source, date and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.present.labels import Lang, Words
from analysis.reference import Reference


@dataclass(frozen=True)
class Context:
    """The words of one language and how complete the year's returns are.

    `people_share` is the share of the registered staff that works in units that have reported. `open_groups` names
    for an indicator the peer groups in which too many of its cells are still queried (G23).
    """

    words: Words
    units_due: int
    units_submitted: int
    people_share: float
    open_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def reference(self) -> Reference:
        return self.words.reference

    @property
    def submitted_share(self) -> float:
        """Share of the units due that have reported; 0 when none is due."""
        return self.units_submitted / self.units_due if self.units_due else 0.0

    def foot(self, *notes: str) -> str:
        """Source, freeze date and coverage; then the notes of the chart; then how the page may be used."""
        say, reference = self.words.say, self.reference
        source = say(
            "foot.source",
            year=reference.year,
            freeze=self.words.day(reference.freeze_on),
            submitted=self.words.units(self.units_submitted) if self.words.lang == "zh" else str(self.units_submitted),
            due=self.words.units(self.units_due),
            share=self.words.percent(self.submitted_share),
        )
        people = say("foot.people", people=self.words.percent(self.people_share))
        first = self.words.clauses([source, people])
        marks = [say("foot.internal")]
        if reference.city.fictitious:
            marks.insert(0, say("foot.fictitious", city=self.words.pick(reference.city)))
        return "\n".join(
            line
            for line in (first, self.words.sentences([*self.preliminary(), *notes]), self.words.sentences(marks))
            if line
        )

    def preliminary(self) -> list[str]:
        """The warning that too few units have reported for any ranking, when it is so."""
        needed = self.reference.thresholds["expected_submitted_share"]
        if self.submitted_share >= needed:
            return []
        return [self.words.say("foot.preliminary", needed=self.words.percent(needed))]

    def still_open(self, indicator: str) -> list[str]:
        """The warning that too many cells of the indicator are queried in some peer groups, when it is so."""
        groups = self.open_groups.get(indicator, ())
        if not groups:
            return []
        limit = self.words.percent(self.reference.thresholds["queried_cells_share"])
        names = self.words.join(self.words.peer_group(code) for code in groups)
        return [self.words.say("foot.open", limit=limit, groups=names)]


def make_context(
    units: pd.DataFrame, reference: Reference, lang: Lang = "zh", open_table: pd.DataFrame | None = None
) -> Context:
    """The context of a year from its table `units` and, where it is known, what `open_cells` gives."""
    submitted = units["submitted"].fillna(False).astype(bool)
    people = units["hc_register"].fillna(0)
    total = float(people.sum())
    return Context(
        words=Words(reference, lang),
        units_due=len(units),
        units_submitted=int(submitted.sum()),
        people_share=float(people[submitted].sum()) / total if total else 0.0,
        open_groups={} if open_table is None else _open_groups(open_table, reference),
    )


def _open_groups(table: pd.DataFrame, reference: Reference) -> dict[str, tuple[str, ...]]:
    """Indicator -> the peer groups with too many open cells in any of its categories, in the order of the groups."""
    found = table[table["too_many"]]
    return {
        str(indicator): tuple(group.code for group in reference.peer_groups if group.code in set(rows["peer_group"]))
        for indicator, rows in found.groupby("indicator")
    }
