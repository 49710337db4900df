"""The yearly statistics of civility work: returns of units -> facts -> rates, comparison and charts.

`from analysis import open_year` opens a year for a notebook; nothing else is imported until it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.notebook import open_year

__all__ = ["open_year"]


def __getattr__(name: str) -> Any:
    """`open_year`, when somebody asks for it: the command line and the workers start without pandas and matplotlib."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis import notebook

    return getattr(notebook, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
