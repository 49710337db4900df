"""A page opened as a reader opens it from a folder, with everything noted that it asks for and complains of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

DESKTOP, PHONE = (1280, 900), (390, 844)


@dataclass
class Visit:
    """The page, what it asked for outside, and what the browser complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def meet(self, route: Route) -> None:
        """Lets files and data of the page itself through; everything else is stopped and noted."""
        address = route.request.url
        if address.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(address)
            route.abort()


@contextmanager
def visit(browser: Browser, path: Path, size: tuple[int, int] = DESKTOP, after: str = "") -> Iterator[Visit]:
    """Opens a file; `after` is what stands behind its address (`#figure`)."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    found = Visit(page)
    page.route("**/*", found.meet)
    page.on("console", lambda said: found.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: found.faults.append(str(fault)))
    page.on("requestfailed", lambda request: found.faults.append(f"not loaded: {request.url}"))
    page.goto(f"{path.as_uri()}{after}")
    try:
        yield found
    finally:
        context.close()
