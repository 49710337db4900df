"""What the office takes to the meeting, of one year: the deck on screen and on paper, and the draft of the circular."""

from __future__ import annotations

from pathlib import Path

from analysis.present.circular import save_circular
from analysis.present.context import make_context
from analysis.present.deck import save_deck
from analysis.present.labels import Lang
from analysis.present.public_tables import remembered
from analysis.present.save_charts import Tables, open_table
from analysis.reference import Reference


def save_pack(tables: Tables, reference: Reference, folder: Path, lang: Lang = "zh") -> list[Path]:
    """Writes deck and circular into `folder` (made when missing) and gives the files; English ones end in `_en`."""
    context = make_context(tables["units"], reference, lang, open_table(tables, reference))
    with remembered():
        return [*save_deck(tables, context, folder), *save_circular(tables, context, folder)]
