"""The faults that are ours: what stops a run with one line and status 1, never with a traceback."""

from __future__ import annotations


def our_faults() -> tuple[type[Exception], ...]:
    """Faults of our tables, folders, fonts and notebooks; loaded late, since drawing takes seconds to load."""
    from analysis.commands.verify import VerifyFault
    from analysis.etl.dictionary import TableFault
    from analysis.etl.store import StoreFault
    from analysis.pipeline import CleaningFault
    from analysis.present.fonts import FontFault
    from analysis.present.pages import PageFault

    return CleaningFault, TableFault, StoreFault, FontFault, PageFault, VerifyFault
