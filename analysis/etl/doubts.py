"""What stops a reading: a text whose shape is known, but that must be asked about."""

from __future__ import annotations

from fractions import Fraction


class Doubt(Exception):
    """`rule` and `case` say what to ask; `low` and `high` are the bounds that the text gives, if it gives any."""

    def __init__(self, rule: str, case: str, low: Fraction | None = None, high: Fraction | None = None) -> None:
        super().__init__(rule, case)
        self.rule, self.case, self.low, self.high = rule, case, low, high
