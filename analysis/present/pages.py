"""Notebooks -> pages for people who have no Jupyter: run for a year, written as HTML without code.

A page is one file: pictures inside, one small style, no script and no outside address, so that it opens on a machine
without network and tells nobody that it was opened. Where the machine has no Chinese font, it takes the one of the site
beside it (`site.py`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from analysis.present.labels import Words
from analysis.reference import load_reference

STYLE = Path(__file__).with_name("page.css")
LEFT_OUT = "nbval-skip"  # the tag of cells with widgets, which a page cannot have
ADDRESS = re.compile(r"""\b(src|href)\s*=\s*["']?\s*(https?:)?//[^"'\s>]*["']?""", re.IGNORECASE)
NEIGHBOUR, PAGE_OF = re.compile(r"""href="(\w+)\.ipynb\""""), r'href="\1.html"'  # another notebook -> its page
ANCHOR = re.compile(r"""<a class="anchor-link"[^>]*>.*?</a>""")
CHARACTER = re.compile(r"&#(\d{3,6});")  # nbconvert writes every Chinese character as a number
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'self' file: 'unsafe-inline'; font-src data:">
<link rel="stylesheet" href="../fonts/chinese.css">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
{back}<main>
{body}
</main>
<footer>{foot}</footer>
</body>
</html>
"""


class PageFault(Exception):
    """A notebook of ours stopped with an error; the text says which, where and why."""


def write_pages(notebooks: Path, out_dir: Path, data_dir: Path, year: int) -> list[Path]:
    """Runs every notebook of the folder for the year and writes `<name>.html`; gives the pages.

    The notebooks themselves stay as they are. Cells with widgets are left out. Raises PageFault when one stops with an
    error.
    """
    words = Words(load_reference(data_dir, year))
    foot, back = page_foot(words, year), words.say("site.index")
    out_dir.mkdir(parents=True, exist_ok=True)
    pages = []
    for source in sorted(notebooks.glob("*.ipynb")):
        page = out_dir / f"{source.stem}.html"
        notebook = run_notebook(source, data_dir, {"YEAR": year})
        page.write_text(to_page(notebook, foot, back), encoding="utf-8", newline="\n")
        pages.append(page)
    return pages


def page_foot(words: Words, year: int) -> str:
    """The line at the foot of every page."""
    city = words.reference.city
    marks = [words.say("foot.fictitious", city=words.pick(city))] if city.fictitious else []
    freeze = words.day(words.reference.freeze_on)
    return words.clauses([words.say("foot.page", year=year, freeze=freeze), *marks, words.say("foot.internal")])


def run_notebook(source: Path, data_dir: Path, parameters: Mapping[str, int | str]) -> Any:
    """The notebook with the outputs of a fresh run, `YEAR` and the like as given; cells with widgets are not run.

    Raises PageFault when it has no such parameter or stops with an error.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    check_parameters(source, parameters)
    try:
        with environment("CIVILITY_DATA", str(data_dir)):
            return papermill.execute_notebook(
                source,
                None,
                parameters=dict(parameters),
                progress_bar=False,
                kernel_name="python3",
                language="python",
                log_output=False,
                extra_arguments=["--log-level=50"],
                skip_cells_with_tag=LEFT_OUT,
            )
    except PapermillExecutionError as error:
        raise PageFault(
            f"{source.name}: {error.ename}: {error.evalue}; 请在 JupyterLab 中运行该笔记本查看 | "
            f"open it in JupyterLab (`make lab`), run all cells and mend it"
        ) from error


def check_parameters(source: Path, parameters: Mapping[str, int | str]) -> None:
    """Raises PageFault for a parameter that the notebook does not set in its cell tagged `parameters`.

    papermill alone would only warn, and run the notebook for something else than was asked.
    """
    import nbformat

    cells = nbformat.read(source, as_version=4).cells  # type: ignore[no-untyped-call]
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    known = [name for text in tagged for name in re.findall(r"^(\w+)\s*=", text, re.MULTILINE)]
    for name in parameters:
        if name not in known:
            raise PageFault(
                f"{source.name}: 没有参数 {name};可用:{'、'.join(known) or '无'} | "
                f"no parameter {name}; it has {', '.join(known) or 'none'}"
            )


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Sets a variable for the children that start inside the block."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def to_page(notebook: Any, foot: str, back: str = "") -> str:
    """The page of a notebook that has been run: its text and outputs, no code.

    `back` are the words of the way to the first page of the year; without them there is none.
    """
    parts = [part for cell in notebook.cells for part in cell_parts(cell)]
    body = "\n".join(parts)
    title = re.sub(r"<[^>]+>", "", next((part for part in parts if "<h1" in part), "").split("</h1>")[0]).strip()
    way = f'<nav><a href="../index.html">{escape(back)}</a></nav>\n' if back else ""
    return PAGE.format(title=title, style=STYLE.read_text(encoding="utf-8"), back=way, body=body, foot=escape(foot))


def cell_parts(cell: Any) -> Iterator[str]:
    """What one cell shows."""
    from nbconvert.filters.markdown import markdown2html

    if cell.cell_type == "markdown":
        html = ANCHOR.sub("", CHARACTER.sub(lambda match: chr(int(match.group(1))), markdown2html(cell.source)))
        yield f"<section>{without_addresses(NEIGHBOUR.sub(PAGE_OF, html))}</section>"
    if cell.cell_type == "code" and LEFT_OUT not in cell.metadata.get("tags", []):
        yield from (output_html(output) for output in cell.outputs)


def output_html(output: Any) -> str:
    """One output: the page's HTML, a picture with its finding as text, else plain text."""
    data = output.get("data", {})
    if "text/html" in data:
        return without_addresses(str(data["text/html"]))
    text = str(data.get("text/plain", output.get("text", "")))
    if "image/png" in data:
        picture = str(data["image/png"]).replace("\n", "")
        return f'<figure><img alt="{escape(text, quote=True)}" src="data:image/png;base64,{picture}"></figure>'
    return f"<pre>{escape(text)}</pre>"


def without_addresses(html: str) -> str:
    """The same without any outside address in a `src` or `href`."""
    return ADDRESS.sub(lambda match: f'{match.group(1)}="#"', html)
