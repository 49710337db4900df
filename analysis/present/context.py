"""What every chart of a year says around its finding: the words, and the foot with source, date and coverage."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.present.labels import Lang, Words
from analysis.reference import Reference


@dataclass(frozen=True)
class Context:
    """The words of one language and how complete the year's returns are.

    `people_share` is the share of the registered staff that works in units that have reported.
    """

    words: Words
    units_due: int
    units_submitted: int
    people_share: float

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


def make_context(units: pd.DataFrame, reference: Reference, lang: Lang = "zh") -> Context:
    """The context of a year from its table `units`."""
    submitted = units["submitted"].fillna(False).astype(bool)
    people = units["hc_register"].fillna(0)
    total = float(people.sum())
    return Context(
        words=Words(reference, lang),
        units_due=len(units),
        units_submitted=int(submitted.sum()),
        people_share=float(people[submitted].sum()) / total if total else 0.0,
    )
