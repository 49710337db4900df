"""同上 and 〃 in a column of words: what the line above says (M53)."""

from __future__ import annotations

from dataclasses import replace

from analysis.etl.blanks import ask
from analysis.etl.extract import RawField
from analysis.records import Reading

_READ = ("reported", "repaired")


class Above:
    """Remembers the line above of each column while the fields of a sheet are read in order."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str, int], tuple[RawField, Reading | None]] = {}

    def filled(self, raw: RawField, reading: Reading | None) -> Reading | None:
        """The reading, a ditto mark replaced by what the same field of the line above says.

        Where nothing certain stands there, it is asked about.
        """
        key = (raw.field.form, raw.field.block, raw.place[1])
        if reading and (reading.rule, reading.case) == ("M53", "text"):
            reading = self._said_above(key, raw, reading)
        self._last[key] = (raw, reading)
        return reading

    def _said_above(self, key: tuple[str, str, int], raw: RawField, reading: Reading) -> Reading:
        before, said = self._last.get(key, (None, None))
        if before is None or said is None or said.status not in _READ or not said.text:
            return ask("M53")
        if before.field.measure != raw.field.measure or raw.row - before.row not in (0, 1):
            return ask("M53")
        words = said.read_as or raw.field.codes.get(said.text, said.text)
        return replace(reading, text=said.text, read_as=words)
