"""The units of the register that a text names as joint holders of an activity."""

from __future__ import annotations

import re
import unicodedata

from analysis.etl.names import UnitNames
from analysis.reference import Reference

_SEVERAL = re.compile(r"[、,;/+\n]")
_AND = re.compile(r"[和与及]")


class PartnerUnits:
    """Finds units of the register in what stands under joint holders; each text is looked up once."""

    def __init__(self, reference: Reference) -> None:
        self._names = UnitNames(reference)
        self._known: dict[str, frozenset[str]] = {}

    def named_in(self, text: str) -> frozenset[str]:
        """The codes of the units; streets, communities and whatever is not in the register name none."""
        if text not in self._known:
            parts = _SEVERAL.split(unicodedata.normalize("NFKC", text))
            self._known[text] = frozenset(code for part in parts for code in self._units(part))
        return self._known[text]

    def _units(self, text: str) -> list[str]:
        """The unit of a part, else those between its 和; a name such as 林业和园林局 is not taken apart."""
        parts = _AND.split(text)
        whole = self._unit(text)
        if whole or len(parts) == 1:
            return [whole] if whole else []
        return [code for part in parts if (code := self._unit(part))]

    def _unit(self, text: str) -> str | None:
        return (self._names.resolve(text).code or self._names.resolve_inside(text).code) if text.strip() else None
