"""A chart as a notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.present.save_charts import figure_bytes

SCREEN_DPI = 110


@dataclass(frozen=True)
class Picture:
    """A chart as a PNG; its plain text is the code of the chart and its finding."""

    code: str
    finding: str
    png: bytes

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return self.png, {"alt": self.finding}

    def __repr__(self) -> str:
        return f"[{self.code}] {self.finding}"


def make_picture(code: str, finding: str, figure: Figure) -> Picture:
    """The picture of a figure; nothing stays open."""
    return Picture(code, finding, figure_bytes(figure, "png", SCREEN_DPI))
