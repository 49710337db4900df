"""What the lists of the meeting say beside a proposal, as codes: it changes neither points nor class."""

from __future__ import annotations

from analysis.reference.scheme_types import Term

PRECHECKED, RECOMMENDED, ORGANISER = "prechecked", "recommended", "organiser"


def remarks_of(unit: str, held: str, applied: str, term: Term) -> tuple[str, ...]:
    """The remarks of a unit (domain 5.1 and Q5).

    `prechecked`: it holds a title that is named elsewhere, so that it is only checked before; `recommended`: it applies
    for such a title; `organiser`: it runs the assessment, so that another body looks at its score.
    """
    elsewhere = set(term.levels) - set(term.named_here)
    told = {
        PRECHECKED: held in elsewhere,
        RECOMMENDED: applied in elsewhere,
        ORGANISER: unit in term.organisers,
    }
    return tuple(code for code, holds in told.items() if holds)
