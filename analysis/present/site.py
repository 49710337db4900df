"""The site of a year: `reports/<year>/index.html` and what hangs on it, to be opened from a folder without network.

`index.html`, `figures/` and the charts may leave the office: small numbers are hidden in them. `units/` holds whole
numbers and the text of cells, and stays in it. No page loads anything from outside the folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analysis.present.context import Context, make_context
from analysis.present.labels import LANGS, Lang
from analysis.present.save_charts import Tables, open_table
from analysis.present.site_cells import Cells
from analysis.present.site_figures import figure_pages
from analysis.present.site_index import INDEX, Index, answers_of, charts_of
from analysis.present.site_page import FONT_CSS, Both, Page, render
from analysis.present.site_queries import queries_page
from analysis.present.site_units import UnitPages, neighbours
from analysis.present.unit_figures import unit_figures
from analysis.present.web_font import characters_of, font_sheet
from analysis.reference import Reference

OWN = ("figures", "units")  # folders of which every page is of the site


def save_site(
    tables: Tables, reference: Reference, folder: Path, notebooks_html: Path, n_units: int | None = None
) -> list[Path]:
    """Writes the site into `folder`, where charts and files of the year are already; gives what it wrote.

    `notebooks_html` holds the notebooks as pages; what they say is in the font too. With `n_units` only the first units
    of the register get a page: for a quick look. Pages of an earlier run that are no longer made go. Raises FontFault when
    the font of the house is absent.
    """
    chinese = make_context(tables["units"], reference, "zh", open_table(tables, reference))
    contexts: dict[Lang, Context] = {lang: replace(chinese, words=replace(chinese.words, lang=lang)) for lang in LANGS}
    pages = {
        name: render(page, contexts)
        for name, page in site_pages(tables, contexts, folder, notebooks_html, n_units).items()
    }
    notebooks = [path.read_text(encoding="utf-8") for path in sorted(notebooks_html.glob("*.html"))]
    files = {name: text.encode("utf-8") for name, text in pages.items()}
    files[FONT_CSS] = font_sheet(characters_of([*pages.values(), *notebooks]))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for stale in (path for name in OWN for path in (folder / name).glob("*.html")):
        if stale.relative_to(folder).as_posix() not in files:
            stale.unlink()
    return [folder / name for name in files]


def site_pages(
    tables: Tables, contexts: dict[Lang, Context], folder: Path, notebooks: Path, n_units: int | None
) -> dict[str, Page]:
    """The pages by address below the folder of the year."""
    pages: dict[str, Page] = {}
    answers, charts = answers_of(tables, contexts["zh"]), charts_of(tables, contexts["zh"])
    for lang, context in contexts.items():
        pages[INDEX[lang]] = Index(tables, context, folder, notebooks, answers, charts).page()
        pages |= figure_pages(tables, context.words)
    return pages | _internal_pages(tables, contexts, folder, n_units)


def _internal_pages(
    tables: Tables, contexts: dict[Lang, Context], folder: Path, n_units: int | None
) -> dict[str, Page]:
    """The pages that stay in the office."""
    both = Both(contexts["zh"].words, contexts["en"].words)
    reference = both.zh.reference
    cells = Cells(reference, both)
    of_units = UnitPages(tables, unit_figures(tables, reference), cells, folder)
    units = reference.units[:n_units]
    pages = {
        f"units/{unit.code}.html": of_units.page(unit, *neighbours(units, place)) for place, unit in enumerate(units)
    }
    names = {unit.code: unit.short_name for unit in units}
    pages["units/queries.html"] = queries_page(
        tables["queries"], cells, names, [(both.say("site.index"), "../index.html")]
    )
    return pages
