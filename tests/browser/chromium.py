"""The browser of the tests: the system's Chromium or Chrome, else the one that playwright brings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REMEDY = (
    "No browser for tests/browser: run `.venv/bin/playwright install chromium` (needs no root), "
    "or install the package chromium (Debian: apt-get install chromium)."
)


class NoBrowser(Exception):
    """No Chromium can be started; the text is one line that says what to install."""


def system_browser() -> str | None:
    """Where the system's Chromium or Chrome is; None when it has none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless browser for as long as the block runs; raises NoBrowser when none can be started."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        found = system_browser()
        if found is None and not Path(playwright.chromium.executable_path).is_file():
            raise NoBrowser(REMEDY)
        try:
            browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        except Error as error:
            reason = next((line for line in str(error).splitlines() if line.strip()), "")
            raise NoBrowser(f"{found or 'The browser of playwright'} does not start ({reason}). {REMEDY}") from error
        try:
            yield browser
        finally:
            browser.close()
