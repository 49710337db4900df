"""The tables beside the charts and those of the notebooks as pages, with the unit and the figure named above each table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.published_tables import CHARTS, PAGES, ROOT, Figure, Published, Row, read_names, read_register

ABOVE = ("h2", "h3", "summary", "caption", "strong")


def read_reports(folder: Path, year: int) -> Iterator[Published]:
    """The tables beside the charts in Chinese, and those of the notebooks."""
    for path in (path for path in sorted((folder / "charts").glob("*.csv")) if not path.stem.endswith("_en")):
        with path.open(encoding="utf-8-sig", newline="") as source:
            yield Published(year, path.name, CHARTS.get(path.stem.split("_")[0]), list(csv.DictReader(source)))
    units, indicators = read_register(ROOT / "data" / "reference" / "units.csv"), set(read_names("indicators"))
    for path in sorted((folder / "notebooks").glob("*.html")):
        reader = _Tables()
        reader.feed(path.read_text(encoding="utf-8"))
        profile = reader.profile if reader.profile in units else ""
        for found in reader.tables:
            unit = found.unit(units) or profile
            rows = [{"单位简称": unit, **row} if unit and "分子" in row else row for row in found.rows]
            default: tuple[str, str | None] | None = CHARTS.get(found.chart)
            if default is None and rows and "指标" not in rows[0]:
                default = found.figure(indicators) or PAGES.get(path.stem[:2])
            yield Published(year, path.name, default, rows)


@dataclass
class Found:
    """A table of a page, with the headings above it from far to near."""

    chart: str
    above: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)

    def unit(self, names: Mapping[str, str]) -> str:
        """The unit that its name begins with: `市信访局：图的数据（9行）`."""
        for text in (self.above.get("caption", ""), self.above.get("summary", "")):
            if (name := text.partition("：")[0]) in names:
                return name
        return ""

    def figure(self, indicators: set[str]) -> Figure | None:
        """The one indicator that the headings name."""
        named = {name for name in indicators if any(name in self.above.get(tag, "") for tag in ("h2", "h3"))}
        return (named.pop(), "") if len(named) == 1 else None


class _Tables(HTMLParser):
    """The tables of a page as rows by heading."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Found] = []
        self.profile = ""  # the unit that the page is about, as its first sentence says
        self._above: dict[str, str] = {}
        self._heads: list[str] = []
        self._cells: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(Found(dict(attrs).get("data-chart") or "", self._above))
            self._heads = []
        if tag == "tr":
            self._cells = []
        if tag in ("td", "th", *ABOVE):
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ABOVE and self._text is not None:
            self._name(tag, "".join(self._text).strip())
            self._text = None
        if tag in ("td", "th") and self._text is not None:
            self._cells.append("".join(self._text).strip())
            (self._heads if tag == "th" else []).append(self._cells[-1])
            self._text = None
        is_row = len(self._cells) == len(self._heads) != 0 and self._cells != self._heads
        if tag == "tr" and self.tables and is_row:
            self.tables[-1].rows.append(dict(zip(self._heads, self._cells, strict=True)))
        if tag == "table":
            self._above = {name: text for name, text in self._above.items() if name in ("h2", "h3")}

    def _name(self, tag: str, text: str) -> None:
        if tag == "strong" and "属" in text and not self.profile:
            self.profile = text.partition("属")[0]
        kept = {"h2": (), "h3": ("h2",)}.get(tag, ("h2", "h3", "summary"))
        self._above = {name: self._above[name] for name in kept if name in self._above} | {tag: text}
        if tag == "caption":
            self.tables[-1].above = self._above
